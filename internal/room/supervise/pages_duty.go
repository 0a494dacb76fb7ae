package supervise

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/indicator"
)

// filter reads the filter of the list of duties.
func (r *Room) filter(c *web.Ctx) (Filter, *web.Form, error) {
	all, err := units(c.Context(), r.DB, c.User.Area)
	if err != nil {
		return Filter{}, nil, err
	}
	f := c.Form(web.Field{Name: "area", Label: c.T("supervise.area"), Kind: "select", Options: account.Places(c.User.Area)}, web.Field{Name: "unit", Label: c.T("supervise.unit"), Kind: "select", Options: unitOptions(all)},
		web.Field{Name: "source", Label: c.T("supervise.source"), Kind: "select", Options: options(c, "source", sources)}, web.Field{Name: "state", Label: c.T("supervise.state"), Kind: "select", Options: options(c, "state", states)},
		web.Field{Name: "late", Label: c.T("supervise.standing"), Kind: "select", Options: options(c, "only", standings)})
	out := Filter{Area: c.User.Area, Source: f.Choice("source"), State: f.Choice("state"), UnitID: idOf(f, "unit"), Standing: f.Choice("late"), Today: r.today()}
	if code := f.Choice("area"); code != "" {
		out.Area = code
	}
	return out, f, nil
}

func (r *Room) dutyList(c *web.Ctx) error {
	f, asked, err := r.filter(c)
	if err != nil {
		return err
	}
	at, err := below(c)
	if err != nil {
		return err
	}
	list, err := duties(c.Context(), r.DB, f, at, shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].ID)
	}
	t, err := r.dutyTable(c, list)
	if err != nil {
		return err
	}
	d := content{Tabs: tabs(c, atDuties), Filter: asked, FilterNames: []string{"area", "unit", "source", "state", "late"}, Tables: []table{t}, Paged: len(list) > 0, Paging: c.Paging(-1, len(list), next),
		Actions: []web.Tab{{Text: c.T("supervise.split"), Href: atSplit}, {Text: c.T("supervise.newDuty"), Href: atDuties + "/new", Current: true}, {Text: c.T("supervise.export"), Href: "/supervise/export?" + c.R.URL.RawQuery, Current: true}}}
	return c.Render("supervise/sheet", page(c, word(c, "tab", "duties"), c.T("supervise.dutiesLede"), atHome, c.T("supervise.title"), nil, d))
}

// next is the milestone of a duty that comes first, nil when none is open.
func next(list []Milestone) *Milestone {
	for i := range list {
		if list[i].State == Open {
			return &list[i]
		}
	}
	return nil
}

func (r *Room) dutyTable(c *web.Ctx, list []Duty) (table, error) {
	t := table{ID: "list", Head: word(c, "tab", "duties"), Heads: heads(c, "duty", "unit", "source", "nextMilestone", "stage", "+percent", "state"), Empty: c.T("supervise.noDuties")}
	all, err := milestonesOf(c.Context(), r.DB, list)
	if err != nil || len(list) == 0 {
		return t, err
	}
	plans, err := r.planNames(c)
	if err != nil {
		return t, err
	}
	for i := range list {
		x := &list[i]
		milestone, stage := cell{Text: "—"}, cell{Text: "—"}
		if m := next(all[x.ID]); m != nil {
			milestone, stage = cell{Text: m.Text, Small: r.dueText(c, m)}, stageCell(c, m.Stage)
		}
		t.Rows = append(t.Rows, []cell{{Text: x.Title, Href: dutyAt(x.ID), Small: x.What}, {Text: x.Unit, Small: x.Joint}, {Text: word(c, "source", x.Source), Small: origin(x, plans)}, milestone, stage,
			{Text: itoa(x.Percent) + "%", Right: true}, {Text: word(c, "state", x.State), Kind: map[string]string{Done: "ok", Stopped: "", Open: "group"}[x.State]}})
	}
	return t, nil
}

// origin is the place in a plan that a duty comes from: 就业促进行动实施方案 4.
func origin(d *Duty, plans map[string]string) string {
	if d.Source == FromPlan {
		return cmp.Or(plans[d.Plan], d.Plan) + " " + d.No
	}
	return ""
}

// planNames are the plans' names by id: those of the printed documents are short.
func (r *Room) planNames(c *web.Ctx) (map[string]string, error) {
	list, err := r.Indicators.Plans(c.Context())
	out := map[string]string{}
	for _, p := range list {
		out[p.ID] = p.Name
	}
	for _, id := range printed {
		out[id] = word(c, "plan", id)
	}
	return out, err
}

func (r *Room) dueText(c *web.Ctx, m *Milestone) string {
	today := r.Clock.Today()
	switch left := m.Left(today); {
	case m.State != Open:
		return m.Due.String()
	case m.Late(today):
		return c.T("supervise.dated", m.Due.String(), c.T("supervise.over", -left))
	default:
		return c.T("supervise.dated", m.Due.String(), c.T("supervise.left", left))
	}
}

func (r *Room) theDuty(c *web.Ctx) (Duty, []Milestone, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Duty{}, nil, err
	}
	d, err := dutyByID(c.Context(), r.DB, id)
	if err != nil {
		return d, nil, err
	}
	if err := MaySee(c.User, d.Area); err != nil {
		return d, nil, err
	}
	all, err := milestonesOf(c.Context(), r.DB, []Duty{d})
	return d, all[d.ID], err
}

// dutyFields are the forms of a duty by act; nil where the act makes no sense now.
func (r *Room) dutyFields(c *web.Ctx, act string, d *Duty, list []Milestone, liaison int64) []web.Field {
	which := func(ok func(m *Milestone) bool) web.Field {
		f := web.Field{Name: "which", Label: c.T("supervise.milestone"), Kind: "select", Need: true}
		for i := range list {
			if ok(&list[i]) {
				f.Options = append(f.Options, web.Option{Value: itoa(list[i].ID), Text: list[i].Text + "（" + list[i].Due.String() + "）"})
			}
		}
		return f
	}
	note := web.Field{Name: "note", Label: c.T("supervise.f.note"), Kind: "textarea", Need: true, Max: 400, Rows: 3}
	report, lead := MayReport(c.User, d.Area, liaison) == nil, MaySupervise(c.User, d.Area) == nil
	open := func(m *Milestone) bool { return m.State == Open }
	var out []web.Field
	if d.Source == FromForm && (act == "report" || slices.Contains(notOfForms, act)) {
		return nil
	}
	switch {
	case act == "report" && report:
		reached := which(open)
		reached.Need, reached.Hint = false, c.T("supervise.f.reachedHint")
		reached.Label = c.T("supervise.f.reached")
		return []web.Field{note, {Name: "percent", Label: c.T("supervise.percent"), Kind: "number", Need: true, Min: 0, Top: 100, Width: "4", Unit: "%"}, reached,
			{Name: "file", Label: c.T("supervise.f.file"), Hint: c.T("supervise.f.fileHint"), Kind: "file", Accept: evidence.Accept}}
	case act == "answer" && report:
		out = []web.Field{which(func(m *Milestone) bool { return m.State == Open && m.Stage != "" && m.Stage != Reminded }), note, {Name: "day", Label: c.T("supervise.f.promise"), Kind: "date", Need: true, Width: "8"}}
	case act == "extend" && report:
		out = []web.Field{which(open), {Name: "day", Label: c.T("supervise.f.until"), Kind: "date", Need: true, Width: "8"}, note}
	case act == "check" && lead:
		out = []web.Field{which(func(m *Milestone) bool { return MayCheck(c.User, d, m) == nil && m.State == Reported }),
			{Name: "pass", Label: c.T("supervise.f.pass"), Kind: "radios", Need: true, Options: []web.Option{{Value: "yes", Text: c.T("supervise.pass.yes")}, {Value: "no", Text: c.T("supervise.pass.no")}}}, note}
	case act == "press" && lead:
		note.Need = false
		out = []web.Field{which(func(m *Milestone) bool { return m.State == Open && (m.Stage == "" || m.Stage == Reminded) }), note}
	case act == "platform" && MayLead(c.User, d.Area) == nil:
		out = []web.Field{which(func(m *Milestone) bool { return m.State == Open && m.Stage == Escalated }), note}
	case act == "milestone" && lead:
		return []web.Field{{Name: "text", Label: c.T("supervise.milestone"), Need: true, Max: 80}, {Name: "day", Label: c.T("supervise.due"), Kind: "date", Need: true, Width: "8"}}
	case act == "stop" && MayStop(c.User, d) == nil:
		return []web.Field{note}
	}
	if len(out) == 0 || len(out[0].Options) == 0 {
		return nil
	}
	return out
}

var dutyActs = []string{"report", "answer", "extend", "check", "press", "platform", "milestone", "stop"}

func (r *Room) showDuty(c *web.Ctx) error { return r.renderDuty(c, nil, "") }

func (r *Room) renderDuty(c *web.Ctx, failing *web.Form, failed string) error {
	d, list, err := r.theDuty(c)
	if err != nil {
		return err
	}
	ctx := c.Context()
	present, err := r.liaisons(ctx, r.DB, d.UnitID)
	if err != nil {
		return err
	}
	plans, err := r.planNames(c)
	if err != nil {
		return err
	}
	account := int64(0)
	pairs := []web.Pair{{Key: c.T("supervise.unit"), Value: d.Unit, Href: unitAt(d.UnitID)}, {Key: c.T("supervise.joint"), Value: dash(d.Joint)}}
	if len(present) > 0 && present[0].Until.IsZero() {
		account = present[0].AccountID
		pairs = append(pairs, web.Pair{Key: c.T("supervise.liaison"), Value: c.T("supervise.dated", present[0].Name, web.MaskPhone(present[0].Phone))})
	} else {
		pairs = append(pairs, web.Pair{Key: c.T("supervise.liaison"), Value: c.T("supervise.noLiaison")})
	}
	pairs = append(pairs, web.Pair{Key: c.T("supervise.area"), Value: area.FullName(d.Area)}, web.Pair{Key: c.T("supervise.source"), Value: strings.TrimSpace(word(c, "source", d.Source) + " " + origin(&d, plans))},
		web.Pair{Key: c.T("supervise.percent"), Value: itoa(d.Percent) + "%"}, web.Pair{Key: c.T("supervise.by"), Value: d.By})
	page0 := content{Pairs: pairs, Tags: []cell{{Text: word(c, "state", d.State), Kind: map[string]string{Done: "ok", Open: "group"}[d.State]}}}
	if d.Href != "" && d.State == Open {
		page0.Actions = []web.Tab{{Text: c.T("supervise.openForm"), Href: d.Href}}
	}
	if d.What != "" {
		page0.Paragraphs = append(page0.Paragraphs, d.What)
	}
	if d.Quote != "" {
		page0.Paragraphs = append(page0.Paragraphs, "“"+strings.NewReplacer("“", "‘", "”", "’").Replace(d.Quote)+"”")
	}
	if figure := r.figure(c, &d); figure != "" {
		page0.Paragraphs = append(page0.Paragraphs, figure)
	}
	t := table{ID: "milestones", Head: c.T("supervise.milestones"), Heads: heads(c, "milestone", "due", "state", "stage", "answerBy", "promise"), Empty: c.T("supervise.noMilestones")}
	for i := range list {
		m := &list[i]
		t.Rows = append(t.Rows, []cell{{Text: m.Text}, {Text: r.dueText(c, m)}, {Text: word(c, "reach", m.State), Kind: map[string]string{Done: "ok", Reported: "warn"}[m.State]}, stageCell(c, m.Stage), {Text: dash(m.AnswerBy.String())}, {Text: dash(m.Promise.String())}})
	}
	page0.Tables = []table{t}
	files, err := r.Evidence.List(ctx, r.DB, d.UnitID, "supervise", d.ID)
	if err != nil {
		return err
	}
	if len(files) > 0 {
		p := table{ID: "files", Head: c.T("supervise.files"), Heads: heads(c, "file", "on")}
		for _, f := range files {
			p.Rows = append(p.Rows, []cell{{Text: f.Name, Href: "/supervise/file/" + itoa(f.ID)}, {Text: clock.DayOf(f.At).Format(time.DateOnly)}})
		}
		page0.Tables = append(page0.Tables, p)
	}
	steps, err := r.steps(ctx, d.ID)
	if err != nil {
		return err
	}
	for _, s := range steps {
		at := time.UnixMilli(s.At).In(clock.Zone)
		page0.Events = append(page0.Events, web.Event{When: at.Format("2006-01-02 15:04"), ISO: at.Format(time.RFC3339), Text: c.T("supervise.labelled", word(c, "step", s.What), s.By), Note: s.Text})
	}
	if d.State == Open {
		for _, act := range dutyActs {
			if fields := r.dutyFields(c, act, &d, list, account); fields != nil {
				page0.Boxes = append(page0.Boxes, desk.Box(c, act, dutyAt(d.ID)+"/"+act, d.Version, failing, failed, fields...))
			}
		}
	}
	return c.Render("supervise/sheet", page(c, d.Title, "", atDuties, word(c, "tab", "duties"), failing, page0))
}

func dash(s string) string {
	if s == "" || strings.HasPrefix(s, "0001-") {
		return "—"
	}
	return s
}

// figure tells how far the indicator behind a duty is, where it has one.
func (r *Room) figure(c *web.Ctx, d *Duty) string {
	def, ok := r.definition(c.Context(), d.Indicator)
	if !ok {
		return ""
	}
	v, err := r.Indicators.Year(c.Context(), d.Area, def.ID, int(d.Year), time.Time{})
	if err != nil {
		return ""
	}
	n, known := v.Number()
	if !known {
		return c.T("supervise.noFigure", def.Name)
	}
	return c.T("supervise.figure", d.Year, def.Name, indicator.Figure(n, def.Unit)+" "+def.Unit)
}

func (r *Room) actDuty(c *web.Ctx) error {
	d, list, err := r.theDuty(c)
	if err != nil {
		return err
	}
	liaison, err := accountOf(c.Context(), r.DB, d.UnitID)
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	fields := r.dutyFields(c, act, &d, list, liaison)
	if fields == nil {
		return fault.New(fault.Denied, "您现在不能这样办理这项任务：它的状态已改变，或这一步由别人办理")
	}
	f, _ := web.ActForm(c, act, fields...)
	ctx, version, note := c.Context(), f.Version(), ""
	for _, x := range fields {
		if x.Name == act+"_note" {
			note = f.Text(x.Name)
		}
	}
	var which int64
	if fields[0].Name == act+"_which" || act == "report" {
		which = idOf(f, act+"_which")
	}
	day := db.Date{}
	if act == "answer" || act == "extend" || act == "milestone" {
		day = db.On(f.Date(act + "_day"))
	}
	var do func() error
	switch act {
	case "report":
		percent := f.Int("report_percent")
		proof, err := proofOf(c, f, "report_file")
		if err != nil {
			return err
		}
		do = func() error { return r.Progress(ctx, c.User, d.ID, which, percent, note, proof, version, c.Once()) }
	case "answer":
		do = func() error { return r.Answer(ctx, c.User, d.ID, which, note, day, version, c.Once()) }
	case "extend":
		do = func() error { return r.Extend(ctx, c.User, d.ID, which, day, note, version, c.Once()) }
	case "check":
		pass := f.Choice("check_pass") == "yes"
		do = func() error { return r.Check(ctx, c.User, d.ID, which, pass, note, version, c.Once()) }
	case "press":
		do = func() error { return r.Press(ctx, c.User, d.ID, which, note, version, c.Once()) }
	case "platform":
		do = func() error { return r.Hand(ctx, c.User, d.ID, which, note, version, c.Once()) }
	case "milestone":
		text := f.Text("milestone_text")
		do = func() error { return r.AddMilestone(ctx, c.User, d.ID, text, day, version, c.Once()) }
	case "stop":
		do = func() error { return r.Stop(ctx, c.User, d.ID, note, version, c.Once()) }
	}
	return carry(c, f, func() string { return dutyAt(d.ID) }, do, func() error { return r.renderDuty(c, f, act) })
}

// file gives evidence out again, to staff whose area reaches the duty's.
func (r *Room) file(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f, err := r.Evidence.Find(c.Context(), "supervise", id)
	if err != nil {
		return err
	}
	d, err := dutyByID(c.Context(), r.DB, f.ObjectID)
	if err != nil {
		return err
	}
	if err := MaySee(c.User, d.Area); err != nil {
		return err
	}
	err = r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		return r.note(c.Context(), tx, c.User, "file", "duty", d.ID, d.Area, "查看证明材料："+d.Title)
	})
	if err != nil {
		return err
	}
	_, err = c.Attachment(f.Filename(), f.Type).Write(f.Content)
	return err
}
