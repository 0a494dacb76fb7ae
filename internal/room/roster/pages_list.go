package roster

import (
	"fmt"
	"net/url"
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

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
