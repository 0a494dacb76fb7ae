package message

import (
	"embed"
	"fmt"
	"slices"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
)

//go:embed pages/*.html words.zh.json words.en.json
var pageFiles embed.FS

const (
	atBox      = "/message"
	atSettings = "/message/settings"
	pageRows   = 30
)

// Href is the page of one message.
func Href(id int64) string { return fmt.Sprintf("/message/%d", id) }

// Web is the register's pages: everybody who has signed in has a box, and sees nothing but their own.
func (s *Service) Web() web.Room {
	return web.Room{Name: "message", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/message", web.SignedIn, s.list)
			m.Post("/message/read", web.SignedIn, s.readAll)
			m.Get("/message/settings", web.SignedIn, s.settings)
			m.Post("/message/settings", web.SignedIn, s.subscribe)
			m.Get("/message/{id}", web.SignedIn, s.show)
			m.Post("/message/{id}/open", web.SignedIn, s.openOne)
			m.Post("/message/{id}/go", web.SignedIn, s.goOn)
			m.Post("/message/{id}/answer", web.SignedIn, s.reply)
		},
		Menu: []web.MenuItem{{Roles: []string{"*"}, Key: "message.menu", Href: atBox, Order: 88, Icon: "mail", Count: s.Unread}}}
}

type row struct {
	ID          int64
	Title, Text string
	Kind, When  string
	ISO         string
	New         bool
	Answer      string
}

type listData struct {
	Tabs   []web.Tab
	Rows   []row
	Unread int64
	Paging web.Paging
	Only   bool
}

func (s *Service) list(c *web.Ctx) error {
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	only := c.Query("tab") == "new"
	items, err := s.Box(c.Context(), c.User, only, at.Int(0), at.Int(1), pageRows+1)
	if err != nil {
		return err
	}
	n, err := s.Unread(c.Context(), c.User)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(items) > pageRows {
		items = items[:pageRows]
		last := &items[pageRows-1]
		next = web.NewCursor(last.Shown.UnixMilli(), last.ID)
	}
	data := listData{Unread: n, Only: only, Paging: c.Paging(-1, len(items), next),
		Tabs: []web.Tab{{Text: c.T("message.all"), Href: atBox, Current: !only}, {Text: c.T("message.unread", n), Href: atBox + "?tab=new", Current: only}}}
	for i := range items {
		data.Rows = append(data.Rows, s.row(c, &items[i]))
	}
	lede := c.T("message.lede", n)
	if n == 0 {
		lede = c.T("message.ledeNone")
	}
	return c.Render("message/list", web.Page{Title: c.T("message.title"), Lede: lede, Data: data, Nav: atBox, Public: c.User.Citizen})
}

func (s *Service) row(c *web.Ctx, it *Item) row {
	r := row{ID: it.ID, Title: it.Title.in(c.Lang), Text: it.Body.in(c.Lang), When: it.Shown.Format("2006-01-02 15:04"), ISO: it.Shown.Format("2006-01-02T15:04:05Z07:00"),
		New: it.Opened.IsZero(), Kind: it.Kind}
	if k := s.kinds[it.Kind]; k != nil {
		r.Kind, r.Answer = k.name(c.Lang), k.answer(c.Lang, it.Answer)
	}
	return r
}

type showData struct {
	row
	Href    string
	Answers []web.Option
	Facts   []web.Pair
	Legal   bool
}

func (s *Service) show(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	it, err := s.Get(c.Context(), c.User, id)
	if err != nil {
		return err
	}
	data := showData{row: s.row(c, &it), Href: it.Href}
	if k := s.kinds[it.Kind]; k != nil {
		data.Legal = k.Legal
		for _, a := range k.Answers {
			if a.Code != it.Answer {
				data.Answers = append(data.Answers, web.Option{Value: a.Code, Text: k.answer(c.Lang, a.Code)})
			}
		}
	}
	if !it.Answered.IsZero() {
		data.Facts = append(data.Facts, web.Pair{Key: c.T("message.answered"), Value: data.Answer, Note: lang.Date(c.Lang, it.Answered)})
	}
	if !it.Acted.IsZero() {
		data.Facts = append(data.Facts, web.Pair{Key: c.T("message.acted"), Value: lang.Date(c.Lang, it.Acted)})
	}
	return c.Render("message/show", web.Page{Title: data.Title, Window: c.T("message.title"), Lede: data.When + "　" + data.Kind, Data: data, Nav: atBox,
		Public: c.User.Citizen, Crumbs: []web.Crumb{{Text: c.T("message.title"), Href: atBox}, {Text: data.Kind}}})
}

// openOne is the way into a message: it notes the reading and goes on to the page.
func (s *Service) openOne(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	if err := s.Open(c.Context(), c.User, id); err != nil {
		return err
	}
	return c.Redirect(Href(id))
}

func (s *Service) readAll(c *web.Ctx) error {
	if err := s.Open(c.Context(), c.User, 0); err != nil {
		return err
	}
	c.Flash("ok", c.T("message.allRead"))
	return c.Redirect(atBox)
}

func (s *Service) goOn(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	to, err := s.Go(c.Context(), c.User, id)
	if err != nil {
		return err
	}
	if to == "" {
		to = Href(id)
	}
	return c.Redirect(to)
}

func (s *Service) reply(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	if err := s.Reply(c.Context(), c.User, id, c.Form().Value("answer"), c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("message.replied"))
	return c.Redirect(Href(id))
}

type settingRow struct {
	Code, Name, Why string
	On, Fixed       bool
}

// settings lists the kinds that the reader may get.
func (s *Service) settings(c *web.Ctx) error {
	off, err := mutes(c.Context(), s.DB, ownerOf(c.User))
	if err != nil {
		return err
	}
	var rows []settingRow
	for _, code := range s.order {
		k := s.kinds[code]
		if len(k.Roles) > 0 && !slices.Contains(k.Roles, c.User.Role) {
			continue
		}
		r := settingRow{Code: code, Name: k.name(c.Lang), On: !slices.Contains(off, code), Fixed: k.Legal, Why: c.T("message.whyService")}
		if k.Legal {
			r.Why = c.T("message.whyLegal")
		} else if k.Consent && c.User.PersonID != 0 {
			r.Why = c.T("message.whyConsent")
		}
		rows = append(rows, r)
	}
	return c.Render("message/settings", web.Page{Title: c.T("message.settings"), Lede: c.T("message.settingsLede"), Data: rows, Nav: atBox, Public: c.User.Citizen,
		Crumbs: []web.Crumb{{Text: c.T("message.title"), Href: atBox}, {Text: c.T("message.settings")}}})
}

func (s *Service) subscribe(c *web.Ctx) error {
	f := c.Form()
	on := f.Value("on") == "1"
	if err := s.Subscribe(c.Context(), c.User, f.Value("kind"), on, c.Once()); err != nil {
		return err
	}
	if on {
		c.Flash("ok", c.T("message.subscribed"))
	} else {
		c.Flash("ok", c.T("message.unsubscribed"))
	}
	return c.Redirect(atSettings)
}
