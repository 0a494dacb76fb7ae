package service

import (
	"strings"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

const demandShown = 50

type demandsData struct {
	Tabs   []web.Tab
	Filter *web.Form
	Rows   []demandRow
	Paging web.Paging
}

type demandRow struct {
	ID, Version                                  int64
	Project, Unit, Department, Occupation, Place string
	On                                           db.Date
	People, Seekers, Gap                         int64
	State                                        tag
	Vacancy                                      int64
	CanHand                                      bool
}

// demands lists what will be needed, with who looks for such work beside it.
func (r *Room) demands(c *web.Ctx) error {
	ctx, today := c.Context(), r.Clock.Today()
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "occupation", Label: c.T("service.demand.occupation"), Max: 40}, web.Field{Name: "month", Label: c.T("service.demand.month"), Hint: "2025-10", Max: 7, Width: "8"})
	from, before := db.On(today), db.On(today.AddDate(20, 0, 0))
	if m := c.Query("month"); m != "" {
		first, err := time.Parse("2006-01", m)
		if err != nil {
			return fault.New(fault.Invalid, "月份应写成 2025-10 的样子，写的是 %s", m)
		}
		from, before = db.On(first), db.On(first.AddDate(0, 1, 0))
	}
	var after db.Date
	if !at.Start() {
		if err := after.Scan(at.Text(0)); err != nil {
			return fault.Wrap(fault.Invalid, err, "翻页位置无效，请从第一页看起")
		}
	} else {
		after = db.On(from.AddDate(0, 0, -1))
	}
	list, err := r.listDemand(ctx, c.User.Area, c.Query("occupation"), from, before, after, at.Int(1), demandShown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > demandShown {
		list = list[:demandShown]
		next = web.NewCursor(list[demandShown-1].NeededOn.String(), list[demandShown-1].ID)
	}
	d := demandsData{Tabs: tabs(c, atDemand), Filter: f, Paging: c.Paging(-1, len(list), next)}
	looking, units, err := r.beside(c, list)
	if err != nil {
		return err
	}
	for _, v := range list {
		row := demandRow{ID: v.ID, Version: v.Version, Project: v.Project, Unit: units[v.EmployerID], Department: v.Department, Occupation: v.Occupation, Place: area.Name(v.Area), On: v.NeededOn,
			People: int64(v.People), Seekers: looking[v.Area+v.Occupation], Vacancy: v.VacancyID, State: tag{"warn", c.T("service.demand.open")},
			CanHand: v.State == OpenDemand && account.CanManageArea(c.User, v.Area) == nil && !v.NeededOn.Before(today)}
		row.Gap = max(0, row.People-row.Seekers)
		if v.State == Handed {
			row.State = tag{"ok", c.T("service.demand.handed")}
		}
		d.Rows = append(d.Rows, row)
	}
	return c.Render("service/demands", web.Page{Title: c.T("service.demand.title"), Lede: c.T("service.demand.lede"), Data: d, Nav: atHome})
}

// beside reads who looks for work, by banner and occupation, and the units' names.
func (r *Room) beside(c *web.Ctx, list []Demand) (looking map[string]int64, units map[int64]string, err error) {
	wishes, err := r.People.Wishes(c.Context(), c.User.Area, 6, db.On(r.Clock.Today()))
	if err != nil {
		return nil, nil, err
	}
	looking = map[string]int64{}
	for _, w := range wishes {
		looking[w.Area+w.Occupation] += w.Count
	}
	ids := make([]int64, len(list))
	for i, d := range list {
		ids[i] = d.EmployerID
	}
	units, err = r.Employers.Names(c.Context(), ids)
	return looking, units, err
}

func demandForm(c *web.Ctx) *web.Form {
	var places []web.Option
	for _, o := range workplaces(c) {
		if area.Within(o.Value, c.User.Area) {
			places = append(places, o)
		}
	}
	return c.Form(
		web.Field{Name: "project", Label: c.T("service.demand.project"), Need: true, Max: 80},
		web.Field{Name: "department", Label: c.T("service.demand.department"), Need: true, Max: 40},
		web.Field{Name: "creditcode", Label: c.T("service.field.creditcode"), Need: true, Max: 30, Width: "16"},
		web.Field{Name: "employer", Label: c.T("service.field.employer"), Need: true, Max: 100},
		web.Field{Name: "occupation", Label: c.T("service.demand.occupation"), Hint: c.T("service.demand.occupationHint"), Need: true, Max: 40},
		web.Field{Name: "people", Label: c.T("service.demand.people"), Kind: "number", Need: true, Min: 1, Top: 100000, Width: "4", Unit: c.T("service.people")},
		web.Field{Name: "on", Label: c.T("service.demand.on"), Kind: "date", Need: true},
		web.Field{Name: "area", Label: c.T("service.field.area"), Kind: "select", Need: true, Options: places},
		web.Field{Name: "note", Label: c.T("service.demand.note"), Kind: "textarea", Max: 500, Rows: 3})
}

func (r *Room) askDemand(c *web.Ctx) error { return renderNewDemand(c, demandForm(c)) }

func renderNewDemand(c *web.Ctx, f *web.Form) error {
	title := c.T("service.demand.new")
	return c.Render("service/demandnew", web.Page{Title: title, Lede: c.T("service.demand.newLede"), Form: f, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("service.demand.title"), Href: atDemand}, {Text: title}}})
}

func (r *Room) writeDemand(c *web.Ctx) error {
	f := demandForm(c)
	d := Demand{Project: f.Text("project"), Department: f.Text("department"), Occupation: f.Text("occupation"), People: int(f.Int("people")), NeededOn: db.On(f.Date("on")),
		Area: f.Choice("area"), Note: f.Text("note")}
	u := Unit{Name: f.Text("employer"), Kind: employer.Enterprise}
	if code := strings.TrimSpace(f.Text("creditcode")); code != "" {
		parsed, err := identity.ParseCreditCode(code)
		if err != nil {
			f.Fail("creditcode", err.Error())
		}
		if u.Code = parsed.Code; parsed.Dept == '1' {
			u.Kind = employer.Institution
		} else if parsed.Category == '2' && parsed.Dept == '9' {
			u.Kind = employer.Individual
		}
	}
	if f.Error("on") == "" && d.NeededOn.Before(r.Clock.Today()) {
		f.Fail("on", c.T("service.demand.past"))
	}
	if !f.OK() {
		return renderNewDemand(c, f)
	}
	if err := r.Push(c.Context(), c.User, u, d, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("service.demand.saved"))
	return c.Redirect(atDemand)
}

func (r *Room) handDemand(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f := c.Form()
	if _, err := r.Hand(c.Context(), c.User, id, f.Version(), c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("service.demand.handedNow"))
	return c.Redirect(atDemand)
}
