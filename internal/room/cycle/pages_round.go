package cycle

import (
	"math"
	"slices"
	"strconv"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// kinds of tags by a form's state.
var formKind = map[string]string{Waiting: "warn", Draft: "warn", Signing: "warn", Submitted: "group", Returned: "stop", Accepted: "ok"}

func (r *Room) stateCell(c *web.Ctx, f *Form) cell {
	out := cell{Text: word(c, "state", f.State), Kind: formKind[f.State]}
	if late := f.Late(r.today()); late > 0 {
		out.Small = c.T("cycle.late", late)
		if !f.in() {
			out.Kind = "stop"
		}
	}
	return out
}

// owedShown is how many of its own forms an area sees at once.
const owedShown = 24

func (r *Room) homePage(c *web.Ctx) error {
	at, err := c.Cursor(1)
	if err != nil {
		return err
	}
	below := int64(math.MaxInt64)
	if !at.Start() {
		below = at.Int(0)
	}
	here := home(c.User)
	d := sheet{Tabs: r.tabs(c, atHome)}
	if area.Level(here) > area.Region && at.Start() {
		t, err := r.owedTable(c, here)
		if err != nil {
			return err
		}
		d.Tables = append(d.Tables, t)
	}
	if area.Level(here) <= area.League {
		rounds, err := r.rounds(c.Context(), here, below, shown+1)
		if err != nil {
			return err
		}
		var next web.Cursor
		if len(rounds) > shown {
			rounds = rounds[:shown]
			next = web.NewCursor(rounds[shown-1].ID)
		}
		t := table{ID: "rounds", Head: c.T("cycle.rounds"), Heads: heads(c, "round", "due", "+handedIn", "+accepted", "+lateCount", "roundState"), Empty: c.T("cycle.noRounds")}
		if err := r.roundRows(c, &t, rounds, roundName); err != nil {
			return err
		}
		d.Tables, d.Paged, d.Paging = append(d.Tables, t), len(rounds) > 0, c.Paging(-1, len(rounds), next)
		if area.Level(here) == area.Region && at.Start() {
			t, err := r.belowTable(c, here)
			if err != nil {
				return err
			}
			d.Tables = append(d.Tables, t)
		}
		if c.User.Role == account.Manager {
			d.Actions = []way{{Text: c.T("cycle.begin"), Href: "/cycle/round/new"}}
		}
	}
	return c.Render("cycle/sheet", web.Page{Title: c.T("cycle.title"), Lede: c.T("cycle.lede"), Nav: atHome, Data: d})
}

// roundName is a round's name in the reader's language, roundTitle the name with its area.
func roundName(c *web.Ctx, o *Round) string {
	key := "cycle.roundOf." + string(o.Kind)
	if o.Kind == Quarter || o.Kind == Half {
		key += "." + strconv.Itoa(o.Period.Month()/rhythms[o.Kind].months)
	}
	return c.T(key, strconv.Itoa(o.Period.Year()), o.Period.Month())
}

func roundTitle(c *web.Ctx, o *Round) string {
	return c.T("cycle.roundTitle", area.Name(o.Area), roundName(c, o))
}

// roundRows are rounds with how many forms have come.
func (r *Room) roundRows(c *web.Ctx, t *table, rounds []Round, name func(*web.Ctx, *Round) string) error {
	all, err := headsOf(c.Context(), r.DB, rounds)
	for i := range rounds {
		o := &rounds[i]
		in, accepted, late := r.counts(all[o.ID])
		lateCell := cell{Text: strconv.Itoa(late), Right: true}
		if late > 0 {
			lateCell.Kind = "stop"
		}
		t.Rows = append(t.Rows, []cell{{Text: name(c, o), Href: roundAt(o.ID)}, {Text: o.Due.String()}, {Text: strconv.Itoa(in) + "/" + strconv.Itoa(len(all[o.ID])), Right: true}, {Text: strconv.Itoa(accepted), Right: true},
			lateCell, {Text: word(c, "roundState", o.State)}})
	}
	return err
}

// belowTable lists the latest rounds that the leagues opened.
func (r *Room) belowTable(c *web.Ctx, here string) (table, error) {
	t := table{ID: "below", Head: c.T("cycle.roundsBelow"), Heads: heads(c, "round", "due", "+handedIn", "+accepted", "+lateCount", "roundState"), Empty: c.T("cycle.noRoundsBelow")}
	last, err := r.lastRounds(c.Context(), here)
	if err != nil {
		return t, err
	}
	last = slices.DeleteFunc(last, func(o Round) bool { return o.Area == here })
	return t, r.roundRows(c, &t, last, roundTitle)
}

// owedTable lists what an area has to hand in.
func (r *Room) owedTable(c *web.Ctx, code string) (table, error) {
	list, err := owed(c.Context(), r.DB, code, owedShown)
	if err != nil {
		return table{}, err
	}
	rounds, err := roundsOf(c.Context(), r.DB, list)
	t := table{ID: "owed", Head: c.T("cycle.owed", area.Name(code)), Heads: heads(c, "round", "due", "state", "second"), Empty: c.T("cycle.noOwed")}
	for i := range list {
		f := &list[i]
		round := rounds[f.RoundID]
		t.Rows = append(t.Rows, []cell{{Text: roundTitle(c, &round), Href: formAt(f.RoundID, code)}, {Text: f.Due.String()}, r.stateCell(c, f), {Text: orDash(f.By)}})
	}
	if len(list) == owedShown {
		t.Foot = c.T("cycle.owedMore", owedShown)
	}
	return t, err
}

// counts are how many forms of a round have come, are accepted, or are late.
func (r *Room) counts(forms []Form) (in, accepted, late int) {
	for i := range forms {
		f := &forms[i]
		if f.in() {
			in++
		} else if f.Late(r.today()) > 0 {
			late++
		}
		if f.State == Accepted {
			accepted++
		}
	}
	return in, accepted, late
}

func (r *Room) roundFields(c *web.Ctx) []web.Field {
	var below []web.Option
	for _, a := range area.Children(c.User.Area) {
		below = append(below, web.Option{Value: a.Code, Text: a.Name})
	}
	var kinds []string
	for _, k := range Kinds {
		kinds = append(kinds, string(k))
	}
	return []web.Field{{Name: "kind", Label: c.T("cycle.kind"), Kind: "radios", Need: true, Options: options(c, "kind", kinds)},
		{Name: "period", Label: c.T("cycle.lastMonth"), Hint: c.T("cycle.lastMonthHint"), Kind: "select", Need: true, Options: monthOptions(c, r.today(), 15)},
		{Name: "due", Label: c.T("cycle.due"), Hint: c.T("cycle.dueHint"), Kind: "date"},
		{Name: "areas", Label: c.T("cycle.who"), Hint: c.T("cycle.whoHint"), Kind: "checkboxes", Options: below},
		{Name: "second", Label: c.T("cycle.wantSecond"), Kind: "check"},
		{Name: "asked", Label: c.T("cycle.askedMore"), Hint: c.T("cycle.askedMoreHint"), Kind: "textarea", Max: 400, Rows: 3}}
}

func (r *Room) askRound(c *web.Ctx) error {
	f, names := web.ActForm(c, "begin", r.roundFields(c)...)
	return r.renderRoundForm(c, f, names)
}

func (r *Room) renderRoundForm(c *web.Ctx, f *web.Form, names []string) error {
	if area.Level(c.User.Area) > area.League {
		return fault.New(fault.Denied, "调度由自治区和盟市发起")
	}
	return c.Render("cycle/ask", web.Page{Title: c.T("cycle.begin"), Lede: c.T("cycle.beginNote"), Form: f, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("cycle.title"), Href: atHome}, {Text: c.T("cycle.begin")}},
		Data: box{Action: "/cycle/round/new", Button: word(c, "do", "begin"), Names: names}})
}

func (r *Room) takeRound(c *web.Ctx) error {
	f, names := web.ActForm(c, "begin", r.roundFields(c)...)
	p, _ := strconv.Atoi(f.Choice("begin_period"))
	round := Round{Area: c.User.Area, Kind: Kind(f.Choice("begin_kind")), Period: indicator.Period(p), Due: db.On(f.Date("begin_due")), Second: f.Flag("begin_second"), Asked: f.Text("begin_asked")}
	areas := f.Many("begin_areas")
	if f.OK() {
		id, err := r.Begin(c.Context(), c.User, round, areas, c.Once())
		if err == nil {
			c.Flash("ok", c.T("cycle.begun"))
			return c.Redirect(roundAt(id))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderRoundForm(c, f, names)
}

// theRound is the round of an address, for somebody who may see it.
func (r *Room) theRound(c *web.Ctx) (Round, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Round{}, err
	}
	round, err := roundByID(c.Context(), r.DB, id)
	if err != nil {
		return round, err
	}
	return round, MaySee(c.User, round.Area)
}

func (r *Room) showRound(c *web.Ctx) error { return r.renderRound(c, nil, "") }

func (r *Room) renderRound(c *web.Ctx, failing *web.Form, failed string) error {
	round, err := r.theRound(c)
	if err != nil {
		return err
	}
	forms, err := r.forms(c.Context(), r.DB, round.ID)
	if err != nil {
		return err
	}
	in, accepted, late := r.counts(forms)
	d := sheet{Tabs: r.tabs(c, atHome), Figures: []web.Figure{{Label: c.T("cycle.handedIn"), Value: strconv.Itoa(in), Unit: c.T("cycle.ofAreas", len(forms))}, {Label: c.T("cycle.accepted"), Value: strconv.Itoa(accepted), Unit: c.T("cycle.areas")},
		{Label: c.T("cycle.lateCount"), Value: strconv.Itoa(late), Unit: c.T("cycle.areas"), Kind: map[bool]string{true: "stop"}[late > 0]}},
		Actions: []way{{Text: c.T("cycle.sheetFile"), Href: roundAt(round.ID) + "/file", Note: "2"}}}
	t := table{ID: "forms", Head: c.T("cycle.forms"), Note: c.T("cycle.formsNote", round.Due.String()), Heads: heads(c, "area", "due", "state", "handedOn", "by"), Empty: c.T("cycle.none")}
	for i := range forms {
		f := &forms[i]
		t.Rows = append(t.Rows, []cell{{Text: area.Name(f.Area), Href: formAt(round.ID, f.Area)}, {Text: f.Due.String()}, r.stateCell(c, f), {Text: orDash(f.In.String())}, {Text: orDash(f.By), Small: f.Second}})
	}
	sums, err := r.sums(c.Context(), &round, forms)
	if err != nil {
		return err
	}
	d.Tables = []table{t, sumTable(c, &round, forms, sums)}
	if c.User.Role == account.Manager && area.Within(round.Area, c.User.Area) {
		acts := []string{"press", "end"}
		if round.State == Closed {
			acts = []string{"reopen"}
		}
		for _, act := range acts {
			d.Boxes = append(d.Boxes, desk.Box(c, act, roundAt(round.ID)+"/"+act, round.Version, failing, failed, endFields(c, act)...))
		}
		w := desk.Box(c, "write", "/cycle/paper/new", 0, nil, "", web.Field{Name: "kind", Label: c.T("cycle.paperKind"), Kind: "select", Need: true, Options: options(c, "paper", PaperKinds)}, web.Field{Name: "period", Label: c.T("cycle.lastMonth"), Kind: "select", Need: true, Options: []web.Option{{Value: strconv.Itoa(int(round.Period)), Text: c.T("cycle.monthOf", strconv.Itoa(round.Period.Year()), round.Period.Month())}}},
			web.Field{Name: "area", Label: c.T("cycle.area"), Kind: "select", Need: true, Options: []web.Option{{Value: round.Area, Text: area.Name(round.Area)}}})
		w.Form.Set("write_kind", Briefing)
		w.Form.Set("write_period", strconv.Itoa(int(round.Period)))
		w.Form.Set("write_area", round.Area)
		w.Open = true
		d.Boxes = append([]box{w}, d.Boxes...)
	}
	lede := c.T("cycle.roundLede", round.By, word(c, "roundState", round.State))
	if round.Last {
		lede = c.T("cycle.roundLast", round.By, word(c, "roundState", round.State))
	}
	return c.Render("cycle/sheet", web.Page{Title: roundTitle(c, &round), Lede: lede, Form: failing, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("cycle.title"), Href: atHome}, {Text: roundName(c, &round)}}, Data: d})
}

// sumTable holds the parts against the whole.
func sumTable(c *web.Ctx, round *Round, forms []Form, sums []Sum) table {
	t := table{ID: "sums", Head: c.T("cycle.sums"), Note: c.T("cycle.sumsNote"), Wide: true, Heads: []cell{{Text: c.T("cycle.indicator")}}}
	for _, f := range forms {
		t.Heads = append(t.Heads, cell{Text: area.Short(f.Area), Right: true})
	}
	t.Heads = append(t.Heads, heads(c, "+sum", "+whole", "sumCheck")...)
	figure := func(n int64, known bool) string {
		if !known {
			return "—"
		}
		return lang.Int(n)
	}
	for i := range sums {
		s := &sums[i]
		row := []cell{{Text: s.Name, Small: s.Unit, Href: indicatorAt(s.Indicator, round.Area, round.Period.Year())}}
		for _, p := range s.Parts {
			one := cell{Text: figure(p.Counted, p.Known), Right: true}
			if p.HasOwn {
				one.Small = c.T("cycle.ownIs", lang.Int(p.Own))
			}
			row = append(row, one)
		}
		sum, whole := cell{Text: lang.Int(s.Counted), Right: true}, cell{Text: figure(s.Whole, s.HasWhole), Right: true}
		if s.HasOwn {
			sum.Small = c.T("cycle.ownIs", lang.Int(s.Own))
		}
		if s.HasWholeOwn {
			whole.Small = c.T("cycle.ownIs", lang.Int(s.WholeOwn))
		}
		verdict := cell{Text: c.T("cycle.agrees"), Kind: "ok"}
		switch {
		case !s.HasWhole:
			verdict = cell{Text: "—"}
		case !s.Agrees():
			verdict = cell{Text: c.T("cycle.differs", lang.Int(s.Whole-s.Counted)), Kind: "warn"}
		case !s.OwnAgrees():
			verdict = cell{Text: c.T("cycle.ownDiffers", lang.Int(s.WholeOwn-s.Own)), Kind: "warn"}
		}
		if len(s.Missing) > 0 {
			for k, code := range s.Missing {
				if k > 0 {
					verdict.Small += "、"
				}
				verdict.Small += area.Short(code)
			}
			verdict.Small = c.T("cycle.missing", verdict.Small)
		}
		t.Rows = append(t.Rows, append(row, sum, whole, verdict))
	}
	return t
}

// endFields ask, where a round is ended, whether the cycle ends with it.
func endFields(c *web.Ctx, act string) []web.Field {
	if act != "end" {
		return nil
	}
	return []web.Field{{Name: "last", Label: c.T("cycle.last"), Hint: c.T("cycle.lastHint"), Kind: "check"}}
}

func (r *Room) actRound(c *web.Ctx) error {
	round, err := r.theRound(c)
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	f, _ := web.ActForm(c, act, endFields(c, act)...)
	last := act == "end" && f.Flag("end_last")
	do := map[string]func() error{
		"press":  func() error { _, err := r.Press(c.Context(), c.User, round.ID, f.Version(), c.Once()); return err },
		"end":    func() error { return r.End(c.Context(), c.User, round.ID, last, f.Version(), c.Once()) },
		"reopen": func() error { return r.Reopen(c.Context(), c.User, round.ID, f.Version(), c.Once()) }}[act]
	if do == nil {
		return fault.New(fault.NotFound, "没有这种办法")
	}
	if err := do(); err != nil {
		if err := f.Mend(err); err != nil {
			return err
		}
		return r.renderRound(c, f, act)
	}
	c.Flash("ok", c.T("cycle.done"))
	return c.Redirect(roundAt(round.ID))
}
