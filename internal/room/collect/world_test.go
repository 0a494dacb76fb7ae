package collect

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/person"
)

const here, nextDoor = "152921112001", "152921112002" // two villages of one township

var (
	ctx     = context.Background()
	schemas = []db.Schema{audit.Schema, person.Schema, Schema}

	wuyun  = web.User{ID: 11, Login: "xieguan", Name: "乌云", Role: account.Officer, RoleName: "经办", Area: here, AreaName: "协管"}
	bayar  = web.User{ID: 12, Name: "巴雅尔", Role: account.Officer, RoleName: "经办", Area: here}
	suriya = web.User{ID: 13, Name: "苏日娅", Role: account.Officer, RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
	other  = web.User{ID: 14, Name: "额尔敦", Role: account.Officer, RoleName: "经办", Area: nextDoor}
	chief  = web.User{ID: 15, Name: "王局", Role: account.Manager, RoleName: "管理", Area: "1529", AreaName: "阿拉善盟"}
)

// world is the room with its registers on one database, on Wednesday 24 September 2025. Household 7 is 包娜仁 (71), 白音 (72)
// and a child (73); household 8 is 王芳 (81); in the next village household 9 is 李强 (91).
type world struct {
	*Room
	t     testing.TB
	clock *clock.Fake
	words *lang.Dict
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	c := clock.NewFake("2025-09-24")
	w := &world{t: t, clock: c, Room: New(Deps{DB: d, People: &person.Store{DB: d, Sealer: sealer, Clock: c}, Sealer: sealer, Clock: c, IDs: id.NewMaker(1, c), Audit: audit.New(d, c, "test")})}
	if w.words, err = lang.Load(pageFiles); err != nil {
		t.Fatal(err)
	}
	put := func(id, household int64, village, name, relation string, age int) person.Person {
		birth := c.Today().AddDate(-age, 0, -int(id))
		return person.Person{ID: id, Name: name, Sex: 2, Birth: birth, Ethnic: "05", Education: 70, IDNumber: identity.MakeIDNumber("152921", birth, int(id)), Phone: "13800005678",
			Area: village, HouseholdID: household, Relation: relation, Student: age < 16}
	}
	w.tx(func(tx *db.Tx) error {
		if err := w.People.SaveHouseholds(ctx, tx, []person.Household{{ID: 7, Number: "a", Area: here}, {ID: 8, Number: "b", Area: here}, {ID: 9, Number: "c", Area: nextDoor}}); err != nil {
			return err
		}
		return w.People.SavePeople(ctx, tx, []person.Person{put(71, 7, here, "包娜仁", "户主", 45), put(72, 7, here, "白音", "配偶", 44), put(73, 7, here, "包小明", "子女", 12),
			put(81, 8, here, "王芳", "户主", 30), put(91, 9, nextDoor, "李强", "户主", 50)})
	})
	if err := w.Count(ctx, "152921"); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) tx(work func(tx *db.Tx) error) {
	w.t.Helper()
	if err := w.DB.Tx(ctx, work); err != nil {
		w.t.Fatal(err)
	}
}

func run(t *testing.T, body func(t *testing.T, w *world)) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

func (w *world) reader(u web.User) reader {
	return reader{User: u, t: func(key string, args ...any) string { return w.words.T("zh", key, args...) }}
}

// send submits items and returns what became of each.
func (w *world) send(who web.User, items ...Item) []Result {
	w.t.Helper()
	out, err := w.Submit(ctx, w.reader(who), items)
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

// key is the n-th idempotency key.
func key(n int) string { return fmt.Sprintf("key-of-a-phone-%04d", n) }

func need(n int, personID int64, answers map[string]string) Item {
	return Item{Key: key(n), Kind: KindNeed, Person: fmt.Sprint(personID), Asked: "2025-09-23", Answers: answers}
}

func says(name, value string) map[string]string { return map[string]string{name: value} }

func (w *world) needs(personID int64) []person.Need {
	w.t.Helper()
	list, err := w.People.NeedsOf(ctx, personID)
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// site is the room's pages in the hands of whoever who says.
func (w *world) site(who func() web.User) (*web.Server, *http.Client) {
	w.t.Helper()
	door := web.Room{Name: "door", Routes: func(m *web.Mux) {
		m.Get("/signin", web.Anyone, func(c *web.Ctx) error { return c.Render("door/in", web.Page{Title: "登录"}) })
		m.Post("/signout", web.Anyone, func(c *web.Ctx) error { return c.Redirect("/signin") })
	}, Pages: doorPages}
	s, err := web.New(web.Config{Rooms: []web.Room{w.Web(), door}, Clock: w.clock, Demo: true, Log: slog.New(slog.DiscardHandler), Identify: func(*http.Request) (web.User, error) { return who(), nil }})
	if err != nil {
		w.t.Fatal(err)
	}
	return s, &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

type answer struct {
	status          int
	to, text, plain string
}

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
)

// ask gets an address, or posts fields to it, as a user.
func (w *world) ask(who web.User, path string, fields url.Values) answer {
	w.t.Helper()
	s, client := w.site(func() web.User { return who })
	server := httptest.NewServer(s)
	defer server.Close()
	method, body := http.MethodGet, io.Reader(nil)
	if fields != nil {
		method, body = http.MethodPost, strings.NewReader(fields.Encode())
	}
	req, err := http.NewRequest(method, server.URL+path, body)
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := client.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header.Get("Location"), string(raw), spaces.ReplaceAllString(tags.ReplaceAllString(string(raw), " "), " ")}
}

func (a answer) says(t *testing.T, status int, texts ...string) {
	t.Helper()
	if a.status != status {
		t.Errorf("answered %d, want %d: %.400s", a.status, status, a.plain)
	}
	for _, text := range texts {
		if !strings.Contains(a.plain, text) && !strings.Contains(a.text, text) {
			t.Errorf("does not say %q: %.1500s", text, a.plain)
		}
	}
}
