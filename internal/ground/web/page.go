package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// Page is what a handler shows.
type Page struct {
	Title   string  // h1 and window title
	Window  string  // window title where it is another one: it stays in the browser's history, so nobody's whole name
	Lede    string  // the answer in one line, under the title
	Crumbs  []Crumb // the way here, without this page
	AsOf    string  // 数据截至; "" takes the server's
	Data    any     // the page's own
	Public  bool    // for citizens: 16 px, one column, tab bar on phones
	Wide    bool    // uses the whole width (leader's board)
	OwnHead bool    // the page writes its own h1
	Status  int     // 0: 200, or 422 when Form has errors
	Form    *Form   // its errors go to the head of the page
	Nav     string  // href of the current menu entry; "" finds the longest one that begins this address
}

// Crumb is one step of the way to a page.
type Crumb struct{ Text, Href string }

// View is what a template gets: the Page and what the frame knows. In pages: .Data, .Form, .User, .Lang, .Path.
type View struct {
	Page
	User     User
	Lang     string
	Path     string // this page's path
	Menu     []MenuLine
	Flashes  []Flash
	LangHref string
	Request  string
	Demo     bool
}

// MenuLine is a menu entry for this user.
type MenuLine struct {
	Text, Href, Icon string
	Current          bool
}

// Tabs reports whether a phone shows the tab bar: to people who are served, and to strangers.
func (v View) Tabs() bool {
	return len(v.Menu) > 1 && (v.User.Citizen || v.Public && !v.User.SignedIn())
}

// tabsMost is how many entries a tab bar holds with words that can be read.
const tabsMost = 4

// TabMenu is the tab bar.
func (v View) TabMenu() []MenuLine { return v.Menu[:min(tabsMost, len(v.Menu))] }

// mainMost is how many entries a mast holds beside the brand and the name.
const mainMost = 7

// MainMenu is what stands in the mast.
func (v View) MainMenu() []MenuLine {
	if len(v.Menu) <= mainMost+1 {
		return v.Menu
	}
	return v.Menu[:mainMost]
}

// RestMenu opens under 更多.
func (v View) RestMenu() []MenuLine { return v.Menu[len(v.MainMenu()):] }

// MoreMenu is what the tab bar has no room for; phones list it at the foot.
func (v View) MoreMenu() []MenuLine { return v.Menu[min(tabsMost, len(v.Menu)):] }

// SigninHref is where a stranger signs in to come back here; "" for whoever has signed in, and at the door itself.
func (v View) SigninHref() string {
	if v.User.SignedIn() || v.Path == "/signin" {
		return ""
	}
	return "/signin?next=" + escapeQuery(v.Path)
}

// Failed reports whether the form has errors.
func (v View) Failed() bool { return v.Form != nil && !v.Form.OK() }

// Render shows a page: "intake/upload" is pages/upload.html of the room intake. It is made completely before the
// first byte goes out, so that a failing template becomes an error page.
func (c *Ctx) Render(page string, p Page) error {
	tmpl, err := c.server.pages.find(page, c.Lang)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := tmpl.ExecuteTemplate(&out, "frame", c.view(p)); err != nil {
		return fmt.Errorf("web: page %s: %w", page, err)
	}
	status := p.Status
	if status == 0 {
		status = http.StatusOK
		if p.Form != nil && !p.Form.OK() {
			status = http.StatusUnprocessableEntity
		}
	}
	return c.send(status, out.Bytes())
}

func (c *Ctx) send(status int, html []byte) error {
	h := c.W.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
		if c.User.SignedIn() { // the next one at a shared machine must not find it by going back
			h.Set("Cache-Control", "no-store")
		}
	}
	h.Add("Vary", "Accept-Encoding")
	if len(html) > 1400 && strings.Contains(c.R.Header.Get("Accept-Encoding"), "gzip") {
		var small bytes.Buffer
		zip := gzip.NewWriter(&small)
		_, _ = zip.Write(html) // a buffer takes everything
		_ = zip.Close()
		h.Set("Content-Encoding", "gzip")
		html = small.Bytes()
	}
	h.Set("Content-Length", strconv.Itoa(len(html)))
	c.W.WriteHeader(status)
	_, err := c.W.Write(html)
	if err != nil {
		c.server.log.Debug("reader left", "request", c.state.id, "err", err)
	}
	return nil
}

func (c *Ctx) view(p Page) View {
	if p.AsOf == "" && c.server.conf.DataAsOf != nil {
		p.AsOf = c.server.conf.DataAsOf(c.Lang)
	}
	v := View{Page: p, User: c.User, Lang: c.Lang, Path: c.R.URL.Path, LangHref: c.langHref(),
		Request: c.state.id, Demo: c.server.conf.Demo}
	if !c.bare {
		v.Flashes = c.flashes(true)
		v.Menu = c.menu(p.Nav)
	}
	return v
}

// menu is the menu for this user; the current entry is nav or the longest one that begins this path.
func (c *Ctx) menu(nav string) []MenuLine {
	var lines []MenuLine
	best := -1
	for _, m := range c.server.menu {
		if !m.shownTo(c.User) {
			continue
		}
		lines = append(lines, MenuLine{Text: c.T(m.Key) + c.waiting(m), Href: m.Href, Icon: m.Icon})
		here := m.Href == nav
		if nav == "" {
			here = c.R.URL.Path == m.Href || m.Href != "/" && strings.HasPrefix(c.R.URL.Path, strings.TrimSuffix(m.Href, "/")+"/")
		}
		if i := len(lines) - 1; here && (best < 0 || len(m.Href) > len(lines[best].Href)) {
			best = i
		}
	}
	if best >= 0 {
		lines[best].Current = true
	}
	return lines
}

// waiting is the number behind a menu entry. A menu without its number is better than no page.
func (c *Ctx) waiting(m MenuItem) string {
	if m.Count == nil {
		return ""
	}
	n, err := m.Count(c.Context(), c.User)
	if err != nil {
		c.server.log.Warn("web: number of the menu entry", "href", m.Href, "err", err)
	}
	if n <= 0 {
		return ""
	}
	return c.T("frame.menuCount", n)
}

// Attachment starts a download under a file name and returns where to write it. Nothing else may be rendered after.
func (c *Ctx) Attachment(filename, contentType string) http.ResponseWriter {
	h := c.W.Header()
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+strings.ReplaceAll(escapeQuery(filename), "+", "%20"))
	return c.W
}
