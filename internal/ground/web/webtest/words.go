package webtest

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"jiuye/internal/ground/web"
)

var (
	templateKey = regexp.MustCompile(`\bt "([a-zA-Z]+\.[a-zA-Z0-9.]+)"`)
	goKey       = regexp.MustCompile(`\.T\((?:lang, |language, |c\.Lang, )?"([a-zA-Z]+\.[a-zA-Z0-9.]+)"`)
)

// Words checks a room's texts: each key in both languages with the same places, and every key that the room's templates,
// its menu and the Go files of the test's folder name. Keys of the frame are known everywhere.
func Words(t testing.TB, room web.Room) {
	t.Helper()
	server, err := web.New(web.Config{Rooms: []web.Room{room}})
	if err != nil {
		t.Fatal(err)
	}
	words := server.Words()
	for _, missing := range words.Missing() {
		t.Errorf("no text for %s", missing)
	}
	for _, uneven := range words.Uneven() {
		t.Errorf("other places than the Chinese text has: %s", uneven)
	}
	for where, key := range keys(t, room) {
		if !words.Has(key) {
			t.Errorf("%s names the key %q, which no dictionary has", where, key)
		}
	}
}

// keys lists the keys that are named somewhere, by place.
func keys(t testing.TB, room web.Room) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, m := range room.Menu {
		found["the menu entry "+m.Href] = m.Key
	}
	collect := func(name string, text []byte, pattern *regexp.Regexp) {
		for _, m := range pattern.FindAllSubmatch(text, -1) {
			found[name+" "+string(m[1])] = string(m[1])
		}
	}
	if room.Pages != nil {
		pages, err := fs.Glob(room.Pages, "pages/*.html")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range pages {
			text, err := fs.ReadFile(room.Pages, name)
			if err != nil {
				t.Fatal(err)
			}
			collect(name, text, templateKey)
		}
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range sources {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		collect(name, text, goKey)
	}
	return found
}
