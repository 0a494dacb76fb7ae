package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"jiuye/internal/ground/web"
)

func TestACursorComesBackAsItWent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.StringN(0, 20, 60), 1, 4).Draw(t, "keys")
		c := web.Cursor(keys)
		back, err := web.ParseCursor(c.String(), len(keys))
		if err != nil || !slices.Equal(back, c) {
			t.Fatalf("%q came back as %q, %v", c, back, err)
		}
	})
	c := web.NewCursor("2025-09-24", int64(1529))
	if c.Text(0) != "2025-09-24" || c.Int(1) != 1529 || c.Text(9) != "" || c.Int(0) != 0 || c.Start() {
		t.Errorf("%v", c)
	}
}

func FuzzCursor(f *testing.F) {
	for _, s := range []string{"", "WyJhIiwiYiJd", "%%%", "W10", "bnVsbA", strings.Repeat("A", 2000)} {
		f.Add(s, 2)
	}
	f.Fuzz(func(t *testing.T, s string, n int) {
		c, err := web.ParseCursor(s, n)
		if err != nil || len(c) == 0 {
			return
		}
		if len(c) != n {
			t.Fatalf("%q has %d values, not %d", s, len(c), n)
		}
		for _, k := range c {
			if !utf8.ValidString(k) {
				t.Fatalf("%q holds %q", s, k)
			}
		}
		if again, err := web.ParseCursor(c.String(), n); err != nil || !slices.Equal(c, again) {
			t.Fatalf("%q does not settle: %v", s, err)
		}
	})
}

func TestTheNextPageKeepsTheFilter(t *testing.T) {
	r := room(map[string]string{"p": `<table><tr>{{template "sorthead" (.Data.Sort.Column "due" "期限")}}{{template "sorthead" (.Data.Sort.Number "fen" "金额")}}</tr></table>{{template "paging" .Data.Paging}}`}, func(m *web.Mux) {
		m.Get("/list", web.Anyone, func(c *web.Ctx) error {
			after, err := c.Cursor(1)
			if err != nil {
				return err
			}
			return c.Render("test/p", web.Page{Data: map[string]any{"Sort": c.Sort("-due", "fen"), "Paging": c.Paging(23140, 50, web.NewCursor(after.Int(0)+50))}})
		})
	})
	server := serve(t, web.Config{Rooms: []web.Room{r}})
	next := web.NewCursor(50).String()
	first := get(t, server.URL+"/list?q=%E8%8B%8F")
	wants(t, first, http.StatusOK, "共 23,140 条，显示 50 条", "/list?after="+next+"&amp;q=%E8%8B%8F", `aria-sort="descending"`, "期限 ↓", "sort=fen", "sort=due")
	if strings.Contains(first.body, "回到第一页") {
		t.Error("the first page leads back to itself")
	}
	wants(t, get(t, server.URL+"/list?sort=-fen&after="+next), http.StatusOK, "回到第一页", "金额 ↓")
	wants(t, get(t, server.URL+"/list?after=garbage"), http.StatusUnprocessableEntity, "翻页位置无效")
}

func TestBytesThatNoDatabaseTakesDoNotComeThroughAnAddress(t *testing.T) {
	got := ""
	r := room(nil, func(m *web.Mux) {
		m.Get("/find", web.Anyone, func(c *web.Ctx) error { got = c.Query("q"); return c.Redirect("/") })
	})
	server := serve(t, web.Config{Rooms: []web.Room{r}})
	for _, c := range []struct{ typed, want string }{{"%00", ""}, {"a%00b", "ab"}, {"%ff%fe%E7%8E%8B", "王"}, {"+%E7%8E%8B%25_'+", "王%_'"}} {
		get(t, server.URL+"/find?q="+c.typed)
		if got != c.want {
			t.Errorf("%s is read as %q", c.typed, got)
		}
	}
}
