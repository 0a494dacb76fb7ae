package web

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"jiuye/internal/ground/lang"
)

//go:embed frame
var frameFiles embed.FS

func frameRoom() Room {
	files, err := fs.Sub(frameFiles, "frame")
	if err != nil { // cannot happen: the path is a constant
		files = frameFiles
	}
	return Room{Name: "frame", Pages: files, Words: files}
}

// pages are the parsed page sets by language: one set per page, each the frame, its parts, the room's partials and the
// page itself as template "main". Chinese is parsed at the start, which finds every mistake; the others when first asked.
type pages struct {
	server *Server
	rooms  []Room
	sets   map[string]func() (pageSets, error)
}

type pageSets map[string]*template.Template // by page name, "intake/upload"

func (s *Server) loadPages(rooms []Room) (*pages, error) {
	p := &pages{server: s, rooms: rooms, sets: map[string]func() (pageSets, error){}}
	for _, l := range lang.Languages {
		p.sets[l] = sync.OnceValues(func() (pageSets, error) { return p.load(p.rooms, l) })
	}
	_, err := p.sets[lang.Chinese]()
	return p, err
}

func (p *pages) load(rooms []Room, language string) (pageSets, error) {
	sets := pageSets{}
	base := template.New("").Funcs(p.server.funcs(language))
	if _, err := base.ParseFS(rooms[0].Pages, "frame.html", "parts/*.html"); err != nil {
		return nil, fmt.Errorf("web: frame: %w", err)
	}
	for _, room := range rooms {
		if room.Pages == nil {
			continue
		}
		names, err := fs.Glob(room.Pages, "pages/*.html")
		if err != nil {
			return nil, err
		}
		shared, err := base.Clone()
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if strings.HasPrefix(path.Base(name), "_") {
				text, err := readPage(room, name)
				if err == nil {
					_, err = shared.New(path.Base(name)).Parse(text)
				}
				if err != nil {
					return nil, fmt.Errorf("web: %s/%s: %w", room.Name, name, err)
				}
			}
		}
		for _, name := range names {
			if err := sets.add(shared, room, name); err != nil {
				return nil, err
			}
		}
	}
	return sets, nil
}

// {{template "x" nil}} parses but fails when it is shown; {{template "x"}} means the same and works.
var nilPart = regexp.MustCompile(`(\{\{-?\s*template\s+"[^"]+")\s+nil\b`)

func readPage(room Room, name string) (string, error) {
	text, err := fs.ReadFile(room.Pages, name)
	return nilPart.ReplaceAllString(string(text), "$1"), err
}

func (p pageSets) add(shared *template.Template, room Room, name string) error {
	base := path.Base(name)
	if strings.HasPrefix(base, "_") {
		return nil
	}
	text, err := readPage(room, name)
	if err != nil {
		return err
	}
	set, err := shared.Clone()
	if err != nil {
		return err
	}
	if _, err := set.New("main").Parse(text); err != nil {
		return fmt.Errorf("web: %s/%s: %w", room.Name, name, err)
	}
	// Running it once on nothing makes html/template check contexts and missing partials at the start.
	var bad *template.Error
	if err := set.ExecuteTemplate(io.Discard, "frame", nil); errors.As(err, &bad) {
		return fmt.Errorf("web: %s/%s: %w", room.Name, name, err)
	}
	p[room.Name+"/"+strings.TrimSuffix(base, ".html")] = set
	return nil
}

// find is the set of a page. Under Developer everything is parsed again.
func (p *pages) find(page, language string) (*template.Template, error) {
	load := p.sets[language]
	if p.server.conf.Developer {
		load = func() (pageSets, error) { return p.load(live(p.rooms), language) }
	}
	sets, err := load()
	if err != nil {
		return nil, err
	}
	if sets[page] == nil {
		return nil, fmt.Errorf("web: there is no page %q", page)
	}
	return sets[page], nil
}

// live puts the source tree's templates in place of the embedded ones, where the program runs in its source tree.
func live(rooms []Room) []Room {
	fresh := slices.Clone(rooms)
	for i, r := range fresh {
		for _, dir := range []string{"internal/room/" + r.Name, "internal/register/" + r.Name, "internal/ground/web/" + r.Name, "internal/" + r.Name} {
			if _, err := os.Stat(dir + "/pages"); err == nil {
				fresh[i].Pages = os.DirFS(dir)
			}
		}
	}
	return fresh
}
