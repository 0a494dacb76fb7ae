package roster

import (
	"embed"
	"fmt"
	"net/url"
	"strings"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

const perPage = 50

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	return web.Room{Name: "roster", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get(home, staffRoles, r.index)
			m.Get(home+"/{list}", staffRoles, r.showList)
			m.Get(home+"/{list}/person/{pid}", staffRoles, r.showMember)
			m.Get(home+"/{list}/unit/{eid}", staffRoles, r.showUnit)
			m.Post(home+"/{list}/person/{pid}/notes", staffRoles, r.addNote)
			m.Post(home+"/{list}/unit/{eid}/notes", staffRoles, r.addUnitNote)
			m.Post(home+"/{list}/person/{pid}/manual", staffRoles, r.askByHand)
			m.Get(home+"/person/{pid}", staffRoles, r.showPerson)
			m.Get(home+"/export/{list}", staffRoles, r.export)
			m.Get(home+"/resettled", staffRoles, r.showAreas)
			m.Post(home+"/resettled", staffRoles, r.saveAreas)
			m.Get(compare, staffRoles, r.compareIndex)
			m.Get(compare+"/{kind}", staffRoles, r.showKind)
			m.Post(compare+"/{kind}/send", staffRoles, r.sendDown)
			m.Get(compare+"/{kind}/person/{pid}", staffRoles, r.showFinding)
			m.Get(compare+"/{kind}/unit/{eid}", staffRoles, r.showUnitFinding)
			m.Post(compare+"/{kind}/person/{pid}/answer", staffRoles, r.answer)
			m.Post(compare+"/{kind}/unit/{eid}/answer", staffRoles, r.answerUnit)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer, account.Manager}, Key: "roster.menu", Href: home, Order: 32, Icon: "people"},
		}}
}

// in chooses a language's words; what has no English is shown in Chinese.
func in(language string, w rule.Word) string {
	if language == lang.English && w.En != "" {
		return w.En
	}
	return w.Zh
}

// drawnText is when the lists were drawn, for how many.
func (r *Room) drawnText(c *web.Ctx) (bool, string, error) {
	last, found, err := r.store.latest(c.Context())
	if err != nil || !found {
		return false, c.T("roster.never"), err
	}
	at := time.UnixMilli(last.Ended).In(r.Clock.Now().Location())
	return true, c.T("roster.drawn", at.Format("2006-01-02 15:04"), lang.Int(last.People), lang.Int(last.Units)), nil
}

// places are the tabs of an area: the ways up and down from it.
func places(c *web.Ctx, at, path string) []web.Tab {
	var tabs []web.Tab
	for _, a := range area.Path(at) {
		if account.CanSeeArea(c.User, a.Code) == nil {
			tabs = append(tabs, web.Tab{Text: area.Short(a.Code), Href: path + "?area=" + a.Code, Current: a.Code == at})
		}
	}
	return tabs
}

// below are the areas one level down that counts are kept for.
func below(at string) []area.Area {
	if area.Level(at) >= area.Township {
		return nil
	}
	return area.Children(at)
}

// count is one number with where it leads.
type countCell struct {
	Text string
	N    int64
	Href string
	Kind string // warn where it is work that waits
}

// listRow is one list with its numbers.
type listRow struct {
	ID, Name, For, Keeper, Href string
	Members, Homes, In, Out     int64
	Homely                      bool // counts households too
	Twins                       []countCell
}

type indexData struct {
	Drawn  bool
	Area   string
	Places []web.Tab
	Below  []web.Tab
	Rows   []listRow
}

// index shows every list with its numbers in an area.
func (r *Room) index(c *web.Ctx) error {
	at, err := chosen(c)
	if err != nil {
		return err
	}
	drawn, text, err := r.drawnText(c)
	if err != nil {
		return err
	}
	counts, err := r.store.tallies(c.Context(), at)
	if err != nil {
		return err
	}
	data := indexData{Drawn: drawn, Area: area.FullName(at), Places: places(c, at, home)}
	for _, a := range below(at) {
		data.Below = append(data.Below, web.Tab{Text: area.Short(a.Code), Href: home + "?area=" + a.Code})
	}
	for _, l := range r.lists {
		if l.Check == nil {
			data.Rows = append(data.Rows, rowOf(c, l, counts[l.ID], at))
		}
	}
	return c.Render("roster/index", web.Page{Title: c.T("roster.title"), Lede: text, Data: data, Nav: home})
}

// rowOf is a list's line.
func rowOf(c *web.Ctx, l *List, n tally, at string) listRow {
	row := listRow{ID: l.ID, Name: in(c.Lang, l.Name), For: in(c.Lang, rule.Subjects[l.For]), Keeper: in(c.Lang, l.Keeper.Office), Href: listHref(l) + "?area=" + at,
		Members: n[countAll], Homes: n[countHomes], In: n[countIn], Out: n[countOut], Homely: householdList(l)}
	for i := range l.Twins {
		t := &l.Twins[i]
		row.Twins = append(row.Twins, countCell{Text: in(c.Lang, t.Name), N: n[countTwin+t.ID], Href: listHref(l) + "?area=" + at + "&twin=" + t.ID + "#list"})
	}
	return row
}

// memberRow is one line of a list or comparison.
type memberRow struct {
	Name, Area, Href, Since, Basis, Note string
	Person                               bool
	Tags                                 []string
	State                                web.Flash // kind and text of a finding's state
}

// areaRow is the numbers of one area below.
type areaRow struct {
	Name, Href         string
	Members, In, Out   int64
	Twins              []countCell
	States             []int64
	Closed, Open, Sent int64
}

type listData struct {
	List      *List
	Name      string
	Drawn     bool
	Employers bool
	Figures   []web.Figure
	Demands   []string
	Leave     []string
	Keeper    string
	Services  []string
	Wanted    []string
	Parameter string
	Filter    *web.Form
	Path      string
	Rows      []memberRow
	Paging    web.Paging
	Places    []web.Tab
	Below     []web.Tab // none: the table of areas leads down
	Areas     []areaRow
	TwinNames []string
	Export    string
	Settings  string // href of what is set for the list
}

// narrowed reads the filter of a list from the address.
func (r *Room) narrowed(c *web.Ctx, l *List, at string) (*web.Form, filter) {
	var areas, twins, states []web.Option
	for _, a := range below(at) {
		areas = append(areas, web.Option{Value: a.Code, Text: area.Short(a.Code)})
	}
	if len(areas) == 0 || at != c.User.Area {
		areas = append([]web.Option{{Value: at, Text: area.Short(at)}}, areas...)
	}
	for i := range l.Twins {
		twins = append(twins, web.Option{Value: l.Twins[i].ID, Text: in(c.Lang, l.Twins[i].Name)})
	}
	for _, s := range States {
		states = append(states, web.Option{Value: string(s), Text: stateText(c, s)})
	}
	since := []web.Option{{Value: "month", Text: c.T("roster.since.month")}, {Value: "quarter", Text: c.T("roster.since.quarter")}, {Value: "year", Text: c.T("roster.since.year")}}
	form := c.Form(web.Field{Name: "area", Label: c.T("roster.area"), Kind: "select", Options: areas},
		web.Field{Name: "twin", Label: c.T("roster.twin"), Kind: "select", Options: twins},
		web.Field{Name: "state", Label: c.T("roster.stateHead"), Kind: "select", Options: states},
		web.Field{Name: "since", Label: c.T("roster.sinceHead"), Kind: "select", Options: since},
		web.Field{Name: "q", Label: c.T("roster.nameFilter"), Width: "8", Max: 30})
	form.Set("area", at)
	f := filter{area: at}
	if t := c.Query("twin"); t != "" {
		_, f.bit = l.twin(t)
		form.Set("twin", t)
	}
	if s := c.Query("state"); s != "" && l.Check != nil {
		f.state = State(s)
		form.Set("state", s)
	}
	if s := c.Query("since"); s != "" {
		f.since = r.monthStart()
		switch s {
		case "quarter":
			f.since.Time = f.since.AddDate(0, -2, 0)
		case "year":
			f.since.Time = f.since.AddDate(0, 1-int(f.since.Month()), 0)
		}
		form.Set("since", s)
	}
	if q := strings.TrimSpace(c.Query("q")); q != "" {
		f.name = nameKey(l, q)
		form.Set("q", q)
	}
	return form, f
}

// showList is one list: its members, what is lacking, where, and the rule.
func (r *Room) showList(c *web.Ctx) error {
	l, err := r.find(c.R.PathValue("list"), false)
	if err != nil {
		return err
	}
	at, err := chosen(c)
	if err != nil {
		return err
	}
	drawn, text, err := r.drawnText(c)
	if err != nil {
		return err
	}
	data := listData{List: l, Name: in(c.Lang, l.Name), Drawn: drawn, Employers: l.Employers(), Demands: demands(c.Lang, l.Enter, r.on()), Path: listHref(l),
		Keeper: in(c.Lang, l.Keeper.Office) + " · " + in(c.Lang, l.Keeper.Level), Places: places(c, at, listHref(l)), Parameter: parameterOf(c.Lang, l)}
	if l.Leave != nil {
		data.Leave = demands(c.Lang, l.Leave, r.on())
	}
	if l.Enter.Dictionary() != nil && asksResettled(l) {
		data.Settings = home + "/resettled"
	}
	for i := range l.Services {
		data.Services = append(data.Services, serviceText(c, &l.Services[i]))
	}
	for i := range l.Wanted {
		data.Wanted = append(data.Wanted, in(c.Lang, l.Wanted[i].Name))
	}
	counts, err := r.store.tallies(c.Context(), at)
	if err != nil {
		return err
	}
	row := rowOf(c, l, counts[l.ID], at)
	unit := c.T("roster.people")
	if l.Employers() {
		unit = c.T("roster.units")
	}
	data.Figures = append(data.Figures, web.Figure{Label: c.T("roster.members"), Value: lang.Int(row.Members), Unit: unit})
	if row.Homely {
		data.Figures = append(data.Figures, web.Figure{Label: c.T("roster.homes"), Value: lang.Int(row.Homes), Unit: c.T("roster.homesUnit")})
	}
	data.Figures = append(data.Figures, web.Figure{Label: c.T("roster.in"), Value: lang.Int(row.In), Unit: unit}, web.Figure{Label: c.T("roster.out"), Value: lang.Int(row.Out), Unit: unit})
	for _, t := range row.Twins {
		data.Figures = append(data.Figures, web.Figure{Label: t.Text, Value: lang.Int(t.N), Unit: unit, Href: t.Href})
		data.TwinNames = append(data.TwinNames, t.Text)
	}
	if data.Areas, err = r.areas(c, l, at); err != nil {
		return err
	}
	var f filter
	data.Filter, f = r.narrowed(c, l, at)
	data.Export = home + "/export/" + l.ID + "?" + query(c, at)
	if data.Rows, data.Paging, err = r.rows(c, l, f); err != nil {
		return err
	}
	return c.Render("roster/list", web.Page{Title: data.Name, Lede: c.T("roster.listLede", area.FullName(at), lang.Int(row.Members), unit) + text, Data: data, Nav: home,
		Crumbs: []web.Crumb{{Text: c.T("roster.title"), Href: home}, {Text: data.Name}}})
}

// query is the address's filter, for links that keep it.
func query(c *web.Ctx, at string) string {
	v := url.Values{"area": {at}}
	for _, name := range []string{"twin", "state", "since", "q"} {
		if s := c.Query(name); s != "" {
			v.Set(name, s)
		}
	}
	return v.Encode()
}

// areas are the numbers of the areas below.
func (r *Room) areas(c *web.Ctx, l *List, at string) ([]areaRow, error) {
	children := below(at)
	if len(children) == 0 {
		return nil, nil
	}
	counts, err := r.store.byArea(c.Context(), l.ID, at, len(children[0].Code))
	if err != nil {
		return nil, err
	}
	var rows []areaRow
	for _, a := range children {
		n := counts[a.Code]
		if n[countAll]+n[countIn]+n[countOut]+n[countClosed] == 0 {
			continue
		}
		row := areaRow{Name: area.Short(a.Code), Href: listHref(l) + "?area=" + a.Code, Members: n[countAll], In: n[countIn], Out: n[countOut], Closed: n[countClosed],
			Open: n[countState+string(Open)], Sent: n[countState+string(Sent)]}
		for i := range l.Twins {
			row.Twins = append(row.Twins, countCell{Text: in(c.Lang, l.Twins[i].Name), N: n[countTwin+l.Twins[i].ID], Href: row.Href + "&twin=" + l.Twins[i].ID + "#list"})
		}
		for _, s := range States {
			row.States = append(row.States, n[countState+string(s)])
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// rows reads one page of a list.
func (r *Room) rows(c *web.Ctx, l *List, f filter) ([]memberRow, web.Paging, error) {
	after, err := c.Cursor(2)
	if err != nil {
		return nil, web.Paging{}, err
	}
	sh := shelfOf(l)
	list, err := r.store.page(c.Context(), sh, l.ID, f, after.Text(0), after.Int(1), perPage+1)
	if err != nil {
		return nil, web.Paging{}, err
	}
	total, err := r.store.count(c.Context(), sh, l.ID, f)
	if err != nil {
		return nil, web.Paging{}, err
	}
	var next web.Cursor
	if len(list) > perPage {
		list = list[:perPage]
		next = web.NewCursor(list[perPage-1].area, list[perPage-1].owner)
	}
	names, err := r.names(c, l, list)
	if err != nil {
		return nil, web.Paging{}, err
	}
	var rows []memberRow
	for i := range list {
		rows = append(rows, r.memberRow(c, l, &list[i], names[list[i].owner]))
	}
	return rows, c.Paging(total, len(rows), next), nil
}

func (r *Room) memberRow(c *web.Ctx, l *List, e *entry, name string) memberRow {
	row := memberRow{Name: name, Area: area.Short(e.area[:min(len(e.area), townshipDigits)]), Href: memberHref(l, e.owner), Since: e.since.String(), Basis: e.basis.String(), Person: !l.Employers()}
	for i := range l.Twins {
		if e.lacks&(1<<i) != 0 {
			row.Tags = append(row.Tags, in(c.Lang, l.Twins[i].Name))
		}
	}
	if e.hand {
		row.Tags = append(row.Tags, c.T("roster.byHand"))
	}
	if l.Check != nil {
		row.State = stateTag(c, e)
	}
	return row
}

func (r *Room) names(c *web.Ctx, l *List, list []entry) (map[int64]string, error) {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].owner
	}
	if l.Employers() {
		return r.Employers.Names(c.Context(), ids)
	}
	return r.People.Names(c.Context(), ids)
}

// on is today as rules count it.
func (r *Room) on() rule.Day { return rule.DayOf(r.Clock.Today()) }

// serviceText is a service with its rhythm.
func serviceText(c *web.Ctx, s *Service) string {
	if s.Every == 0 {
		return c.T("roster.onceService", in(c.Lang, s.Name))
	}
	return c.T("roster.every", in(c.Lang, s.Name), fmt.Sprint(s.Every))
}
