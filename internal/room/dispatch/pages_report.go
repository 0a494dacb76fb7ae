package dispatch

import (
	"strconv"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// spare is how many empty lines a report's form has beyond those that are filled.
const spare = 2

// gapLine is one line of the form.
type gapLine struct {
	N                        int
	Job, Openings, Low, High web.Shown
	Told                     web.Shown
}

// reportData is what the page of a month's report shows.
type reportData struct {
	At           string
	Can          bool // fill in
	Staff        bool
	Tags         []cell
	Inform       *inform
	Form         *web.Form
	Lines, More  []gapLine
	Above, Below []string
	Months       []string
	Folded       bool // the form is behind what was said
	Pairs        []web.Pair
	Said         *table
	Tables       []table
	Boxes        []box
	Publish      []publishLine
	Figures      []web.Figure
	Links        []web.Tab
}

// publishLine is a line that can become a vacancy with one click, or is one.
type publishLine struct {
	N    int64
	Text string
	Href string
}

func reportFields(c *web.Ctx, month, lines int) (list []web.Field) {
	count := func(name, label string) web.Field {
		return web.Field{Name: name, Label: label, Kind: "number", Min: 0, Top: 100_000, Width: "8", Unit: c.T("dispatch.people")}
	}
	staff := count("staff", c.T("dispatch.l.staff"))
	staff.Need = true
	list = append(list, staff)
	for i := 1; i <= lines; i++ {
		n := strconv.Itoa(i)
		list = append(list, web.Field{Name: "job" + n, Label: c.T("dispatch.occupation"), Max: 40}, count("openings"+n, c.T("dispatch.l.openings")), web.Field{Name: "low" + n, Label: c.T("dispatch.l.low"), Kind: "number", Width: "8", Unit: c.T("dispatch.yuan")},
			web.Field{Name: "high" + n, Label: c.T("dispatch.l.high"), Kind: "number", Width: "8", Unit: c.T("dispatch.yuan")}, count("told"+n, c.T("dispatch.l.told")))
	}
	list = append(list, web.Field{Name: "reasons", Label: c.T("dispatch.l.reasons"), Kind: "checkboxes", Options: options(c, "reason", reasons)})
	for i := range 3 {
		list = append(list, count("ahead"+strconv.Itoa(i+1), c.T("dispatch.l.ahead", strconv.Itoa(monthAfter(month, i+1)%100))))
	}
	return append(list, count("train", c.T("dispatch.l.train")), web.Field{Name: "trade", Label: c.T("dispatch.l.trade"), Max: 60}, web.Field{Name: "note", Label: c.T("dispatch.l.note"), Kind: "textarea", Max: 400, Rows: 2})
}

// filledIn is a report as typed.
func filledIn(f *web.Form, lines int) (p Report) {
	p.Staff, p.Reasons, p.Train, p.Trade, p.Note = f.Int("staff"), f.Many("reasons"), f.Int("train"), f.Text("trade"), f.Text("note")
	for i := range 3 {
		p.Ahead[i] = f.Int("ahead" + strconv.Itoa(i+1))
	}
	for i := 1; i <= lines; i++ {
		n := strconv.Itoa(i)
		g := Gap{Occupation: f.Text("job" + n), Openings: f.Int("openings" + n), PayLow: f.Fen("low" + n), PayHigh: f.Fen("high" + n), Told: f.Int("told" + n)}
		if g.Openings > 0 || g.Occupation != "" && f.Value("openings"+n) != "" && g.Told > 0 {
			p.Gaps = append(p.Gaps, g)
		}
	}
	return p
}

func fillForm(f *web.Form, p *Report) {
	count := func(name string, n int64) {
		if n > 0 {
			f.Set(name, strconv.FormatInt(n, 10))
		}
	}
	f.Set("staff", strconv.FormatInt(p.Staff, 10))
	f.Set("reasons", p.Reasons...)
	f.Set("trade", p.Trade)
	f.Set("note", p.Note)
	count("train", p.Train)
	for i := range 3 {
		count("ahead"+strconv.Itoa(i+1), p.Ahead[i])
	}
	for i := range p.Gaps {
		g, n := &p.Gaps[i], strconv.Itoa(i+1)
		f.Set("job"+n, g.Occupation)
		count("openings"+n, g.Openings)
		count("told"+n, g.Told)
		if g.PayHigh > 0 {
			f.Set("low"+n, web.Yuan(g.PayLow))
			f.Set("high"+n, web.Yuan(g.PayHigh))
		}
	}
}

// theReport is the unit and month of an address.
func (r *Room) theReport(c *web.Ctx) (Unit, int, error) {
	u, err := r.theUnit(c)
	if err != nil {
		return u, 0, err
	}
	month, err := strconv.Atoi(c.R.PathValue("month"))
	if err != nil || !isMonth(month) || month > r.month() {
		return u, 0, fault.New(fault.NotFound, "没有这个月的月报，地址里的月份应写成 %d 这样，不晚于本月", r.month())
	}
	return u, month, nil
}

func (r *Room) showReport(c *web.Ctx) error { return r.renderReport(c, nil, "", nil) }

// renderReport shows a month's report: typed is the report's own form when it failed, failing that of another act.
func (r *Room) renderReport(c *web.Ctx, own *web.Form, failed string, failing *web.Form) error {
	u, month, err := r.theReport(c)
	if err != nil {
		return err
	}
	p, reported, err := r.Draft(c.Context(), u.EmployerID, month)
	if err != nil {
		return err
	}
	staff := c.User.Role != account.Employer
	d := reportData{At: reportAt(u.EmployerID, month), Staff: staff, Above: []string{"staff"}, Below: []string{"trade", "note"}, Months: []string{"ahead1", "ahead2", "ahead3", "train"}, Folded: reported && own == nil && p.State != Returned,
		Can: u.State == On && reportable(month, r.month()) && MayReport(c.User, &u) == nil && (staff || p.State != Verified)}
	lines := min(mostGaps, len(p.Gaps)+spare)
	if own != nil {
		lines = mostGaps
	}
	f := own
	if f == nil {
		f = c.Form(reportFields(c, month, lines)...)
		f.Posted, f.Values, f.Errors = false, map[string][]string{}, nil
		fillForm(f, &p)
	}
	f.SetVersion(p.Version)
	d.Form = f
	for i := 1; i <= lines; i++ {
		n := strconv.Itoa(i)
		line := gapLine{i, f.Show("job" + n), f.Show("openings" + n), f.Show("low" + n), f.Show("high" + n), f.Show("told" + n)}
		if i <= len(p.Gaps)+1 || f.Value("job"+n) != "" {
			d.Lines = append(d.Lines, line)
		} else {
			d.More = append(d.More, line)
		}
	}
	d.Tags = []cell{{Text: c.T("dispatch.rstate.none"), Kind: "warn"}}
	if reported {
		d.Tags = []cell{{Text: word(c, "rstate", p.State), Kind: stateKind[p.State]}}
	}
	var first *Report
	if reported {
		first = &p
	}
	if Late(first, u.Since, month, r.Clock.Today()) {
		d.Tags = append(d.Tags, cell{Text: c.T("dispatch.late"), Kind: "stop"})
	}
	switch {
	case p.State == Returned:
		d.Inform = &inform{Kind: "warn", Head: c.T("dispatch.returnedHead", p.Due.String()), Text: p.Returned}
	case !reported && d.Can:
		d.Inform = &inform{Head: c.T("dispatch.prefilled"), Text: c.T("dispatch.prefilledText", Due(month).String())}
	}
	if reported {
		if err := r.aboutReport(c, &d, &u, &p, failed, failing); err != nil {
			return err
		}
	}
	page := web.Page{Title: c.T("dispatch.reportOf", u.Name, strconv.Itoa(month/100), strconv.Itoa(month%100)), Nav: map[bool]string{true: atHome, false: atMine}[staff], Data: d}
	if own != nil {
		page.Form = own
	} else if failing != nil {
		page.Form = failing
	}
	if staff {
		page.Crumbs = crumb(c, web.Crumb{Text: u.Name, Href: unitAt(u.EmployerID)})
	} else {
		page.Crumbs = []web.Crumb{{Text: c.T("dispatch.menu.mine"), Href: atMine}}
	}
	return c.Render("dispatch/report", page)
}

// aboutReport adds what hangs on a report that was handed in.
func (r *Room) aboutReport(c *web.Ctx, d *reportData, u *Unit, p *Report, failed string, failing *web.Form) error {
	ctx := c.Context()
	counts, err := hiredIn(ctx, r.DB, u.Area, u.EmployerID, p.Month)
	if err != nil {
		return err
	}
	x := closingOf(p.Openings, p.Told, p.Month, counts[u.EmployerID], r.last())
	d.Figures = []web.Figure{{Label: c.T("dispatch.f.gap"), Value: lang.Int(p.Openings), Unit: c.T("dispatch.people")}, {Label: c.T("dispatch.f.filled"), Value: lang.Int(x.Filled), Unit: c.T("dispatch.people")}, {Label: c.T("dispatch.f.told"), Value: lang.Int(p.Told), Unit: c.T("dispatch.people")},
		rateFigure(c, x)}
	d.Pairs = []web.Pair{{Key: c.T("dispatch.l.staff"), Value: lang.Int(p.Staff)}, {Key: c.T("dispatch.l.reasons"), Value: wordsOf(c, "reason", p.Reasons)},
		{Key: c.T("dispatch.f.ahead"), Value: lang.Int(p.Ahead[0]) + " / " + lang.Int(p.Ahead[1]) + " / " + lang.Int(p.Ahead[2])}, {Key: c.T("dispatch.l.train"), Value: lang.Int(p.Train), Note: p.Trade}, {Key: c.T("dispatch.l.note"), Value: p.Note}, {Key: c.T("dispatch.by"), Value: p.By, Note: stamp(p.At)}}
	said := table{ID: "said", Head: c.T("dispatch.h.gaps"), Heads: heads(c, "occupation", "+gap", "+told", "+pay"), Empty: c.T("dispatch.noGap")}
	for _, g := range p.Gaps {
		said.Rows = append(said.Rows, []cell{{Text: g.Occupation}, num(g.Openings), num(g.Told), {Text: payText(g.PayLow, g.PayHigh), Right: true}})
	}
	d.Said = &said
	for i := range p.Gaps {
		g := &p.Gaps[i]
		line := publishLine{N: g.ID, Text: g.Occupation + "　" + lang.Int(g.Openings-g.Told) + c.T("dispatch.people") + "　" + payText(g.PayLow, g.PayHigh)}
		if g.VacancyID != 0 {
			line.Href = "/jobs/vacancy/" + strconv.FormatInt(g.VacancyID, 10)
		} else if g.Openings <= g.Told {
			continue
		}
		d.Publish = append(d.Publish, line)
	}
	acts, err := actionsOf(ctx, r.DB, u.EmployerID, p.Month, 50)
	if err != nil {
		return err
	}
	versions, err := versionsOf(ctx, r.DB, u.EmployerID, p.Month)
	if err != nil {
		return err
	}
	t := table{ID: "versions", Head: c.T("dispatch.h.versions"), Heads: heads(c, "day", "by", "+staff", "+gap", "+told")}
	for i := range versions {
		v := &versions[i]
		var small []string
		for _, g := range v.Gaps {
			small = append(small, g.Occupation+" "+strconv.FormatInt(g.Openings, 10))
		}
		t.Rows = append(t.Rows, []cell{{Text: stamp(v.At), Small: strings.Join(small, c.T("dispatch.and"))}, {Text: v.By}, num(v.Staff), num(v.Openings), num(v.Told)})
	}
	d.Tables = []table{actionTable(c, acts), t}
	if !d.Staff || MayManage(c.User, u.Area) != nil {
		return nil
	}
	d.Links = []web.Tab{{Text: c.T("dispatch.link.fair"), Href: "/fair/desk"}, {Text: c.T("dispatch.link.jobs"), Href: "/jobs/office"}, {Text: c.T("dispatch.link.exchange"), Href: atExchange}}
	for _, act := range []string{"verify", "return", "action", "result", "up"} {
		fields := r.reportActFields(c, act, acts)
		skip := act == "verify" && p.State != Submitted || act == "return" && p.State == Returned || act == "result" && len(fields[0].Options) == 0 || (act == "action" || act == "up") && p.Openings == 0 || act == "up" && area.Parent(c.User.Area) == ""
		if skip {
			continue
		}
		b := boxOf(c, act, d.At+"/"+act, p.Version, failing, failed, fields...)
		if act == "action" && failed != act {
			b.Form.Set("action_day", r.today().String())
		}
		d.Boxes = append(d.Boxes, b)
	}
	return nil
}

// reportActFields are the fields of an officer's act about a report; nil for acts that there are none of.
func (r *Room) reportActFields(c *web.Ctx, act string, acts []Action) []web.Field {
	text := func(label string) web.Field {
		return web.Field{Name: "text", Label: c.T("dispatch.l." + label), Hint: c.T("dispatch.l." + label + "Hint"), Kind: "textarea", Need: true, Max: 400, Rows: 2}
	}
	switch act {
	case "verify":
		return []web.Field{}
	case "return":
		return []web.Field{text("returnWhy")}
	case "up":
		return []web.Field{text("upText")}
	case "action":
		return []web.Field{{Name: "kind", Label: c.T("dispatch.kindOf"), Kind: "radios", Need: true, Options: options(c, "kind", kinds)}, {Name: "day", Label: c.T("dispatch.day"), Kind: "date", Need: true, Width: "8"}, text("actionText"),
			{Name: "sent", Label: c.T("dispatch.l.sent"), Kind: "number", Min: 0, Top: 100_000, Width: "8", Unit: c.T("dispatch.people")}}
	case "result":
		f := web.Field{Name: "which", Label: c.T("dispatch.kindOf"), Kind: "select", Need: true}
		for _, a := range acts {
			if a.Result == "" && a.AssignmentID == 0 {
				f.Options = append(f.Options, web.Option{Value: strconv.FormatInt(a.ID, 10), Text: a.Day.String() + " " + word(c, "kind", a.Kind) + "：" + cut(a.Text, 18)})
			}
		}
		return []web.Field{f, {Name: "met", Label: c.T("dispatch.l.met"), Kind: "number", Min: 0, Top: 100_000, Width: "8", Need: true, Unit: c.T("dispatch.people")}, text("resultText")}
	}
	return nil
}

func (r *Room) actReport(c *web.Ctx) error {
	u, month, err := r.theReport(c)
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	if act == "submit" {
		return r.takeReport(c, &u, month)
	}
	if act == "publish" {
		f := c.Form(web.Field{Name: "gap", Label: c.T("dispatch.occupation"), Kind: "number", Need: true, Min: 1, Top: mostGaps})
		gap := f.Int("gap")
		if !f.OK() {
			return r.renderReport(c, nil, "", f)
		}
		if _, err := r.Publish(c.Context(), c.User, u.EmployerID, month, gap, c.Once()); err != nil {
			if err := f.Mend(err); err != nil {
				return err
			}
			return r.renderReport(c, nil, "", f)
		}
		c.Flash("ok", c.T("dispatch.published"))
		return c.Redirect(reportAt(u.EmployerID, month))
	}
	acts, err := actionsOf(c.Context(), r.DB, u.EmployerID, month, 50)
	if err != nil {
		return err
	}
	fields := r.reportActFields(c, act, acts)
	if fields == nil {
		return fault.New(fault.NotFound, "没有这种办法")
	}
	if err := MayManage(c.User, u.Area); err != nil {
		return err
	}
	f, _ := web.ActForm(c, act, fields...)
	ctx, id, version, once := c.Context(), u.EmployerID, f.Version(), c.Once()
	var do func() error
	switch act {
	case "verify":
		do = func() error { return r.Verify(ctx, c.User, id, month, version, once) }
	case "return":
		why := f.Text("return_text")
		do = func() error { return r.Return(ctx, c.User, id, month, why, version, once) }
	case "up":
		text := f.Text("up_text")
		do = func() error { return r.Raise(ctx, c.User, id, month, text, once) }
	case "action":
		a := Action{EmployerID: id, Month: month, Kind: f.Choice("action_kind"), Day: db.On(f.Date("action_day")), Text: f.Text("action_text"), Sent: f.Int("action_sent")}
		do = func() error { return r.Act(ctx, c.User, a, once) }
	case "result":
		which, _ := strconv.ParseInt(f.Choice("result_which"), 10, 64) // the form has checked it against its options
		met, text := f.Int("result_met"), f.Text("result_text")
		do = func() error {
			a, err := actionByID(ctx, r.DB, id, which)
			if err != nil {
				return err
			}
			return r.Result(ctx, c.User, id, which, met, text, a.Version, once)
		}
	}
	if f.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("dispatch.done"))
			return c.Redirect(reportAt(id, month))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderReport(c, nil, act, f)
}

func (r *Room) takeReport(c *web.Ctx, u *Unit, month int) error {
	f := c.Form(reportFields(c, month, mostGaps)...)
	p := filledIn(f, mostGaps)
	p.EmployerID, p.Month = u.EmployerID, month
	if f.OK() {
		err := r.Report(c.Context(), c.User, p, f.Version(), c.Once())
		if err == nil {
			c.Flash("ok", c.T("dispatch.reported"))
			return c.Redirect(reportAt(u.EmployerID, month))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderReport(c, f, "", nil)
}
