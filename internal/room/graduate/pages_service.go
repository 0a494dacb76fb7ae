package graduate

import (
	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

var servingStates = []string{Serving, Done, Left}

var servingKind = map[string]string{Serving: "ok", Left: "warn"}

func stateAsked(c *web.Ctx) string {
	switch s := c.Query("state"); s {
	case Serving, Done, Left:
		return s
	}
	return ""
}

// after is what somebody lives on now, once the service is over.
type after struct {
	Working
	Unit string
}

// now asks the register what people live on, and which unit pays.
func (r *Room) living(c *web.Ctx, ids []int64) (map[int64]after, error) {
	facts, err := r.People.FactsOf(c.Context(), ids)
	if err != nil {
		return nil, err
	}
	out, units, month := map[int64]after{}, map[int64]int64{}, person.MonthOf(r.asOf())
	var employers []int64
	for _, f := range facts {
		w, unit := Insured(f.Insurances, month)
		out[f.ID] = after{Working: w}
		if unit != 0 {
			units[f.ID], employers = unit, append(employers, unit)
		}
	}
	names, err := r.Employers.Names(c.Context(), employers)
	for id, unit := range units {
		out[id] = after{AtUnit, names[unit]}
	}
	return out, err
}

// serviceList lists service periods with allowance months, yearly checks due, and what came after.
func (r *Room) serviceList(c *web.Ctx) error {
	ctx, state := c.Context(), stateAsked(c)
	from, err := below(c)
	if err != nil {
		return err
	}
	list, err := servicesIn(ctx, r.DB, c.User.Area, state, from, shown+1)
	if err != nil {
		return err
	}
	list, next := cut(list, func(s *Service) int64 { return s.ID })
	counts, err := countServices(ctx, r.DB, c.User.Area)
	if err != nil {
		return err
	}
	d := content{Tabs: r.tabs(c, atService), Paged: true, Paging: c.Paging(-1, len(list), next), Actions: []web.Tab{{Text: c.T("graduate.exportAllowance"), Href: atService + "/export"}}}
	d.Chips = []web.Tab{{Text: c.T("graduate.all"), Href: atService, Current: state == ""}}
	for _, s := range servingStates {
		d.Chips = append(d.Chips, web.Tab{Text: word(c, "serving", s), Href: atService + "?state=" + s, Current: state == s})
		d.Figures = append(d.Figures, web.Figure{Label: word(c, "serving", s), Value: lang.Int(counts[s]), Unit: c.T("graduate.people")})
	}
	rows, err := r.serviceRows(c, list)
	if err != nil {
		return err
	}
	d.Tables = []table{{ID: "list", Head: c.T("graduate.tab.service"), Note: c.T("graduate.serviceNote"), Heads: heads(c, "name", "unit", "area", "period", "stateHead", "+months", "+checksDue", "now"), Rows: rows, Empty: c.T("graduate.serviceNone")}}
	return c.Render("graduate/sheet", web.Page{Title: c.T("graduate.tab.service"), Lede: c.T("graduate.serviceLede"), Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("graduate.title"), Href: atDesk}}, Data: d})
}

func (r *Room) serviceRows(c *web.Ctx, list []Service) (rows [][]cell, err error) {
	var ids []int64
	for _, s := range list {
		ids = append(ids, s.PersonID)
	}
	names, err := r.People.Names(c.Context(), ids)
	if err != nil {
		return nil, err
	}
	made, err := checksMade(c.Context(), r.DB, list)
	if err != nil {
		return nil, err
	}
	living, err := r.living(c, ids)
	if err != nil {
		return nil, err
	}
	for i := range list {
		s := &list[i]
		due := cell{Text: lang.Int(int64(made[s.ID])) + "/" + lang.Int(int64(s.YearsDue(r.today().Time))), Right: true}
		now := cell{Text: "—"}
		if s.State != Serving {
			a := living[s.PersonID]
			now = cell{Text: word(c, "living", string(a.Working)), Small: a.Unit}
		}
		rows = append(rows, []cell{{Text: identity.MaskName(names[s.PersonID]), Href: serviceAt(s.PersonID, s.ID), Small: word(c, "programme", s.Programme)}, {Text: s.Unit, Small: s.Title}, {Text: area.Name(s.Area)}, {Text: s.Starts.String() + "～" + s.Last().String()},
			{Text: word(c, "serving", s.State), Kind: servingKind[s.State]}, {Text: lang.Int(int64(s.Months(r.today().Time))), Right: true}, due, now})
	}
	return rows, nil
}

func (r *Room) theService(c *web.Ctx) (Service, error) {
	who, err := c.PathID("person")
	if err != nil {
		return Service{}, err
	}
	id, err := c.PathID("id")
	if err != nil {
		return Service{}, err
	}
	s, err := serviceByID(c.Context(), r.DB, who, id)
	if err != nil {
		return s, err
	}
	return s, MayAct(c.User, s.Area)
}

func (r *Room) showService(c *web.Ctx) error {
	s, err := r.theService(c)
	if err != nil {
		return err
	}
	return r.renderService(c, &s, nil, "")
}

func serveFields(c *web.Ctx, act string, s *Service) []web.Field {
	day := web.Field{Name: "day", Label: c.T("graduate.f.day"), Kind: "date", Need: true, Width: "8"}
	text := web.Field{Name: "text", Label: c.T("graduate.f.text"), Kind: "textarea", Need: act != Complete, Max: 400, Rows: 2}
	switch act {
	case Yearly:
		return []web.Field{{Name: "result", Label: c.T("graduate.f.result"), Kind: "radios", Need: true, Inline: true, Options: options(c, "grade", gradesOfYear)}, day, text}
	case Transfer:
		return []web.Field{{Name: "area", Label: c.T("graduate.place"), Kind: "select", Need: true, Options: account.Places(area.At(s.Area, area.League))}, {Name: "unit", Label: c.T("graduate.unit"), Need: true, Max: 60}, {Name: "title", Label: c.T("graduate.post"), Need: true, Max: 40}, day, text}
	case Leave, Complete:
		return []web.Field{day, text}
	}
	return nil
}

// renderService shows a service period; the look is recorded.
func (r *Room) renderService(c *web.Ctx, s *Service, failing *web.Form, failed string) error {
	ctx := c.Context()
	p, err := r.People.Get(ctx, s.PersonID)
	if err != nil {
		return err
	}
	if failing == nil {
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
			return r.note(ctx, tx, c.User, "look", "person", s.PersonID, p.Area, "查看服务期记录")
		}); err != nil {
			return err
		}
	}
	steps, err := r.servedOf(ctx, r.DB, s.PersonID, s.ID)
	if err != nil {
		return err
	}
	living, err := r.living(c, []int64{s.PersonID})
	if err != nil {
		return err
	}
	months := s.Months(r.today().Time)
	d := content{Tabs: r.tabs(c, atService), Tags: []cell{{Text: word(c, "serving", s.State), Kind: servingKind[s.State]}}, Pairs: []web.Pair{{Key: c.T("graduate.programme"), Value: word(c, "programme", s.Programme)}, {Key: c.T("graduate.unit"), Value: s.Unit + " " + s.Title},
		{Key: c.T("graduate.place"), Value: area.FullName(s.Area)}, {Key: c.T("graduate.period"), Value: s.Starts.String() + "～" + s.Last().String()}, {Key: c.T("graduate.allowance"), Value: lang.Fen(s.Allowance)}},
		Figures: []web.Figure{{Label: c.T("graduate.months"), Value: lang.Int(int64(months)), Unit: c.T("graduate.month")}, {Label: c.T("graduate.allowanceSum"), Value: lang.Fen(int64(months) * s.Allowance), Unit: c.T("graduate.yuan")}},
		Actions: []web.Tab{{Text: c.T("graduate.toGrant"), Href: "/grant"}}}
	if s.State != Serving {
		a := living[s.PersonID]
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("graduate.now"), Value: word(c, "living", string(a.Working)) + " " + a.Unit, Note: c.T("graduate.nowNote", lang.Date(c.Lang, r.asOf()))})
	}
	for _, x := range steps {
		text := word(c, "act", x.What)
		if x.Result != "" {
			text += "：" + word(c, "grade", x.Result)
		}
		d.Events = append(d.Events, web.Event{When: lang.Date(c.Lang, x.On.Time), ISO: x.On.String(), Text: text, Note: x.Text + "　" + x.By})
	}
	if s.State == Serving {
		for _, act := range []string{Yearly, Transfer, Leave, Complete} {
			d.Boxes = append(d.Boxes, boxOf(c, act, serviceAt(s.PersonID, s.ID)+"/"+act, s.Version, failing, failed, serveFields(c, act, s)...))
		}
	}
	return c.Render("graduate/sheet", web.Page{Title: p.Name, Window: identity.MaskName(p.Name), Form: failing, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("graduate.tab.service"), Href: atService}}, Data: d})
}

func (r *Room) actService(c *web.Ctx) error {
	s, err := r.theService(c)
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	fields := serveFields(c, act, &s)
	if fields == nil {
		return fault.New(fault.NotFound, "没有这种办法")
	}
	f, _ := web.ActForm(c, act, fields...)
	in := Happening{What: act, Text: f.Text(act + "_text"), On: db.On(f.Date(act + "_day"))}
	switch act {
	case Yearly:
		in.Result = f.Choice(act + "_result")
	case Transfer:
		in.Area, in.Unit, in.Title = f.Choice(act+"_area"), f.Text(act+"_unit"), f.Text(act+"_title")
	}
	if f.OK() {
		err := r.Note(c.Context(), c.User, s.PersonID, s.ID, in, f.Version(), c.Once())
		if err == nil {
			c.Flash("ok", c.T("graduate.done"))
			return c.Redirect(serviceAt(s.PersonID, s.ID))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderService(c, &s, f, act)
}
