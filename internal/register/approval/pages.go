package approval

import (
	"embed"
	"fmt"
	"net/http"
	"strconv"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

//go:embed pages/*.html words.zh.json words.en.json
var pageFiles embed.FS

const (
	atList   = "/approval"
	pageRows = 50
)

// Href is the page of one request.
func Href(id int64) string { return fmt.Sprintf("/approval/%d", id) }

// Web is the register's pages.
func (s *Service) Web() web.Room {
	staff := web.Roles(account.Officer, account.Manager)
	return web.Room{Name: "approval", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/approval", staff, s.page)
			m.Get("/approval/{id}", staff, s.show)
			m.Post("/approval/{id}", staff, s.decide)
			m.Post("/approval/{id}/withdraw", staff, s.takeBack)
		},
		Menu: []web.MenuItem{{Roles: []string{account.Officer, account.Manager}, Key: "approval.menu", Href: atList, Order: 80, Icon: "check", Count: s.WaitingFor}}}
}

type listData struct {
	Tabs   []web.Tab
	Tab    string
	Filter *web.Form
	Rows   []row
	Paging web.Paging
}

type row struct {
	Item
	KindName, Place string
	State           tag
	Mine, Can       bool
}

// tag is a small label: its words, and ok, warn, stop or nothing for its colour.
type tag struct{ Kind, Text string }

// page lists requests: those that wait in the reader's area, those decided, and the reader's own.
func (s *Service) page(c *web.Ctx) error {
	tab := c.Query("tab")
	if tab != "done" && tab != "mine" {
		tab = "waiting"
	}
	form := s.filterForm(c)
	f := Filter{Kind: form.Value("kind"), Area: c.User.Area}
	if sub := form.Value("area"); sub != "" && area.Within(sub, c.User.Area) {
		f.Area = sub
	}
	switch tab {
	case "waiting":
		f.States = []State{Waiting}
	case "done":
		f.States = States[1:]
	case "mine":
		f.ByID, f.Area = c.User.ID, ""
	}
	after, err := c.Cursor(1)
	if err != nil {
		return err
	}
	items, err := s.List(c.Context(), f, after.Int(0), pageRows+1)
	if err != nil {
		return err
	}
	total, err := s.Count(c.Context(), f)
	if err != nil {
		return err
	}
	waiting, err := s.WaitingFor(c.Context(), c.User)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(items) > pageRows {
		items = items[:pageRows]
		next = web.NewCursor(items[pageRows-1].ID)
	}
	data := listData{Tab: tab, Filter: form, Paging: c.Paging(total, len(items), next)}
	for _, t := range []string{"waiting", "done", "mine"} {
		data.Tabs = append(data.Tabs, web.Tab{Text: c.T("approval.tab." + t), Href: atList + "?tab=" + t, Current: t == tab})
	}
	for i := range items {
		data.Rows = append(data.Rows, s.row(c, items[i]))
	}
	return c.Render("approval/list", web.Page{Title: c.T("approval.title"), Lede: c.T("approval.lede", waiting), Nav: atList, Data: data})
}

func (s *Service) row(c *web.Ctx, it Item) row {
	return row{Item: it, KindName: s.kinds[it.Kind].name(c.Lang), Place: place(it.Area), State: stateTag(c, it.State),
		Mine: it.ByID == c.User.ID, Can: it.State == Waiting && s.mayDecide(c.User, &it) == nil}
}

func stateTag(c *web.Ctx, st State) tag {
	return tag{map[State]string{Approved: "ok", Refused: "stop", Waiting: "warn"}[st], c.T("approval.state." + string(st))}
}

func place(code string) string { return area.FullName(area.At(code, area.Township)) }

func (s *Service) filterForm(c *web.Ctx) *web.Form {
	var kinds, places []web.Option
	for _, code := range s.order {
		kinds = append(kinds, web.Option{Value: code, Text: s.kinds[code].name(c.Lang)})
	}
	for _, a := range area.Children(c.User.Area) {
		places = append(places, web.Option{Value: a.Code, Text: a.Name})
	}
	return c.Form(web.Field{Name: "kind", Label: c.T("approval.kind"), Kind: "select", Options: kinds},
		web.Field{Name: "area", Label: c.T("approval.area"), Kind: "select", Options: places})
}

type showData struct {
	Item     Item
	Facts    []web.Pair
	State    tag
	Votes    string
	Can      bool
	Cannot   string // why not, "" when it is not a question any more
	TakeBack bool
	Events   []web.Event
}

func (s *Service) show(c *web.Ctx) error {
	it, err := s.theItem(c)
	if err != nil {
		return err
	}
	return s.render(c, it, web.Page{Form: s.form(c, it)})
}

func (s *Service) theItem(c *web.Ctx) (Item, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Item{}, err
	}
	return s.Get(c.Context(), c.User, id)
}

func (s *Service) form(c *web.Ctx, it Item) *web.Form {
	f := c.Form(
		web.Field{Name: "yes", Label: c.T("approval.opinion"), Kind: "choices", Need: true, Options: []web.Option{
			{Value: "yes", Text: c.T("approval.yes"), Hint: c.T("approval.yesHint")},
			{Value: "no", Text: c.T("approval.no"), Hint: c.T("approval.noHint")}}},
		web.Field{Name: "reason", Label: c.T("approval.reason"), Hint: c.T("approval.reasonHint"), Kind: "textarea", Max: 500, Rows: 3})
	f.SetVersion(it.Version)
	return f
}

func (s *Service) render(c *web.Ctx, it Item, page web.Page) error {
	if err := s.noteRead(c.Context(), c.User, &it); err != nil {
		return err
	}
	k := s.kinds[it.Kind]
	data := showData{Item: it, State: stateTag(c, it.State)}
	data.Facts = []web.Pair{{Key: c.T("approval.kind"), Value: k.name(c.Lang)}, {Key: c.T("approval.about"), Value: it.Title, Href: it.Href},
		{Key: c.T("approval.area"), Value: place(it.Area)}, {Key: c.T("approval.by"), Value: it.ByName},
		{Key: c.T("approval.at"), Value: it.AskedAt.Format("2006-01-02 15:04")}, {Key: c.T("approval.why"), Value: it.Why}}
	if it.State == Waiting {
		data.Facts = append(data.Facts, web.Pair{Key: c.T("approval.until"), Value: lang.Date(c.Lang, it.Until.Time), Note: c.T("approval.untilNote")})
		if err := s.mayDecide(c.User, &it); err != nil {
			data.Cannot = fault.TextOf(err)
		} else {
			data.Can = true
		}
		data.TakeBack = it.ByID == c.User.ID
		if k.votes() > 1 {
			data.Votes = c.T("approval.votes", k.votes(), it.Yes)
		}
	}
	for _, st := range it.Steps {
		text := c.T("approval.step." + st.What)
		if st.Reason != "" && st.What != "ask" {
			text += c.T("approval.colon") + st.Reason
		}
		data.Events = append(data.Events, web.Event{When: st.At.Format("2006-01-02 15:04"), ISO: st.At.Format("2006-01-02T15:04:05Z07:00"), Text: text, Note: st.ByName})
	}
	page.Title, page.Data, page.Nav = k.name(c.Lang)+c.T("approval.colon")+it.Title, data, atList
	page.Crumbs = []web.Crumb{{Text: c.T("approval.title"), Href: atList}, {Text: k.name(c.Lang)}}
	return c.Render("approval/show", page)
}

func (s *Service) decide(c *web.Ctx) error {
	it, err := s.theItem(c)
	if err != nil {
		return err
	}
	f := s.form(c, it)
	yes, reason := f.Choice("yes"), f.Text("reason")
	if yes == "no" && reason == "" {
		f.Fail("reason", c.T("approval.needReason"))
	}
	if !f.OK() && s.mayDecide(c.User, &it) == nil {
		return s.render(c, it, web.Page{Form: f})
	}
	err = s.Decide(c.Context(), c.User, it.ID, f.Version(), yes == "yes", reason, c.Once())
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid) {
		return s.stale(c, fault.TextOf(err))
	}
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("approval.done."+yes))
	return c.Redirect(Href(it.ID))
}

// stale shows the request as it is now, with what was typed still in the form.
func (s *Service) stale(c *web.Ctx, text string) error {
	it, err := s.theItem(c)
	if err != nil {
		return err
	}
	f := s.form(c, it)
	f.Values.Set("_version", strconv.FormatInt(it.Version, 10))
	f.Fail("", text)
	return s.render(c, it, web.Page{Form: f, Status: http.StatusConflict})
}

func (s *Service) takeBack(c *web.Ctx) error {
	it, err := s.theItem(c)
	if err != nil {
		return err
	}
	if err := s.Withdraw(c.Context(), c.User, it.ID, c.Form().Version(), c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("approval.done.withdraw"))
	return c.Redirect(Href(it.ID))
}
