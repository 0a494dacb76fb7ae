package verify

import (
	"math"
	"strconv"

	"jiuye/internal/engine/honest"
	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
)

// isShare are the checks whose seen and expected are shares or spreads, not numbers of people.
var isShare = map[string]bool{string(honest.Round): true, string(honest.Digits): true}

// seenText writes what was seen or expected of a check.
func seenText(f *Finding, kind string, v float64) string {
	switch {
	case math.IsNaN(v), kind == string(honest.Smooth) && v == 0:
		return "—"
	case isShare[kind]:
		return percent(v)
	case kind == string(honest.Smooth):
		return text(v)
	case f.Indicator != "":
		return indicator.Figure(int64(math.Round(v)), f.Evidence.Unit) + f.Evidence.Unit
	}
	return lang.Int(int64(math.Round(v))) + "人"
}

func (r *Room) theFinding(c *web.Ctx) (Finding, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Finding{}, err
	}
	f, err := r.finding(c.Context(), r.DB, id)
	if err != nil {
		return f, err
	}
	return f, MaySee(c.User, f.Area)
}

func (r *Room) show(c *web.Ctx) error { return r.render(c, nil, "") }

func (r *Room) actFields(c *web.Ctx, act string, f *Finding) []web.Field {
	why := web.Field{Name: "why", Label: c.T("verify.f.why"), Kind: "textarea", Need: true, Max: 800, Rows: 3}
	switch act {
	case "ask":
		return []web.Field{}
	case "explain":
		return []web.Field{{Name: "answer", Label: c.T("verify.f.answer"), Kind: "radios", Need: true, Options: desk.Options(c, "answer", answers)}, {Name: "text", Label: c.T("verify.f.text"), Hint: c.T("verify.f.textHint"), Kind: "textarea", Need: true, Max: 1500, Rows: 4}}
	case "correct":
		if f.Indicator == "" {
			return nil
		}
		return []web.Field{{Name: "month", Label: c.T("verify.f.month"), Kind: "number", Need: true, Min: 1, Top: 12, Width: "4"}, {Name: "value", Label: c.T("verify.f.value"), Need: true, Max: 20, Width: "8", Unit: f.Evidence.Unit}, why}
	case "judge":
		return []web.Field{{Name: "verdict", Label: c.T("verify.f.verdict"), Kind: "radios", Need: true, Options: desk.Options(c, "verdict", verdicts)}, why}
	}
	return nil
}

// mayAct says whether the reader may do an act, for the boxes of the page.
func mayAct(c *web.Ctx, act string, f *Finding) bool {
	if act == "explain" || act == "correct" {
		return MayTell(c.User, f.Area) == nil
	}
	return MayJudge(c.User, f.Area) == nil
}

func (r *Room) render(c *web.Ctx, failing *web.Form, failed string) error {
	f, err := r.theFinding(c)
	if err != nil {
		return err
	}
	title := desk.Word(c, "check", f.Kind)
	if f.Indicator != "" {
		of, err := r.Indicators.Definition(c.Context(), f.Indicator)
		if err != nil {
			return err
		}
		title = of.NameIn(c.Lang)
	}
	title = c.T("verify.findingTitle", area.Name(f.Area), periodOf(c.T, &f), title)
	d := sheetData{Tags: []cell{{Text: desk.Word(c, "state", f.State), Kind: stateKind[f.State]}}, Actions: []web.Tab{{Text: c.T("verify.paper"), Href: findingAt(f.ID) + "/sheet.docx"}}, Note: c.T("verify.neutral"),
		Pairs: []web.Pair{{Key: c.T("verify.area"), Value: area.FullName(f.Area)}, {Key: c.T("verify.period"), Value: periodOf(c.T, &f)}, {Key: c.T("verify.foundOn"), Value: f.On.String()}, {Key: c.T("verify.asof"), Value: f.Evidence.AsOf}}}
	if f.State == Asked {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("verify.due"), Value: f.Due.String()})
	}
	if f.Verdict != "" {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("verify.verdict"), Value: desk.Word(c, "verdict", f.Verdict)})
	}
	if f.Evidence.Rounded > 0 {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("verify.rounded"), Value: lang.Int(f.Evidence.Rounded)})
	}
	if f.Evidence.Target > 0 {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("verify.target"), Value: indicator.Figure(f.Evidence.Target, f.Evidence.Unit) + f.Evidence.Unit})
	}
	if f.Open() && !f.Still {
		d.Inform = &inform{Head: c.T("verify.notSeen"), Text: c.T("verify.notSeenText")}
	}
	d.First = r.signalTable(c, &f)
	if err := r.evidence(c, &f, &d); err != nil {
		return err
	}
	steps, err := r.steps(c.Context(), f.ID)
	if err != nil {
		return err
	}
	for _, s := range steps {
		d.Events = append(d.Events, web.Event{When: stamp(s.At), Text: desk.Word(c, "step", s.What) + " " + s.By, Note: s.Text})
	}
	for _, act := range may[f.State] {
		if fields := r.actFields(c, act, &f); fields != nil && mayAct(c, act, &f) {
			b := desk.Box(c, act, findingAt(f.ID)+"/"+act, f.Version, failing, failed, fields...)
			b.Note = noteOf(c, act)
			b.Open = b.Open || act == may[f.State][0] && failed == "" || act == "judge" && f.State == Told && failed == ""
			d.Boxes = append(d.Boxes, b)
		}
	}
	lede := c.T("verify.findingLede")
	switch f.State {
	case Closed:
		lede = c.T("verify.closedLede", desk.Word(c, "verdict", f.Verdict))
	case Gone:
		lede = desk.Word(c, "state", Gone)
	}
	return c.Render("verify/sheet", web.Page{Title: title, Lede: lede, Form: failing, Nav: atHome, Crumbs: crumb(c, web.Crumb{Text: title}), Data: d})
}

func noteOf(c *web.Ctx, act string) string {
	switch act {
	case "ask", "judge", "correct":
		return desk.Word(c, "note", act)
	}
	return ""
}

// signalTable says what was seen, what was expected, and by which rule.
func (r *Room) signalTable(c *web.Ctx, f *Finding) *rows {
	t := &rows{ID: "signals", Head: c.T("verify.signals"), Note: c.T("verify.signalsNote"), Heads: desk.Heads(c, "kind", "+seen2", "+expected", "+measure", "rule")}
	for _, s := range f.Signals {
		rule := desk.Word(c, "rule", s.Kind)
		if s.Kind == string(honest.Copy) && s.Other != "" {
			rule = c.T("verify.copied", area.Name(s.Other), s.From) + rule
		}
		measure := num(measured(c.T, s.Kind, s.Value))
		measure.Small = c.T("verify.limitIs", measured(c.T, s.Kind, s.Limit))
		t.Rows = append(t.Rows, []cell{{Text: desk.Word(c, "check", s.Kind)}, num(seenText(f, s.Kind, s.Seen)), num(seenText(f, s.Kind, s.Expected)), measure, {Text: rule}})
	}
	return t
}

// evidence is the months as reported beside what they are held against, or the people.
func (r *Room) evidence(c *web.Ctx, f *Finding, d *sheetData) error {
	if f.Indicator == "" {
		return r.peopleTable(c, f, d)
	}
	now, err := r.reported(c.Context(), f)
	if err != nil {
		return err
	}
	e := &f.Evidence
	second, name := e.Register, c.T("verify.register")
	if second == nil {
		second, name = e.Before, c.T("verify.before")
	}
	write := func(list []*int64, m int) cell {
		if m >= len(list) || list[m] == nil {
			return num("—")
		}
		return num(indicator.Figure(*list[m], e.Unit))
	}
	t := rows{ID: "months", Wide: true, Head: c.T("verify.months"), Note: e.Unit, Heads: desk.Heads(c, "month", "+reported", "+register", "+before")}
	if e.Other != nil {
		t.Heads = append(t.Heads, desk.Heads(c, "+other")...)
	}
	var x []string
	var actual, beside []float64
	complete := len(second) == len(e.Reported)
	for m := range e.Reported {
		seen := write(e.Reported, m)
		if now[m] != nil && (e.Reported[m] == nil || *now[m] != *e.Reported[m]) {
			seen.Small = c.T("verify.nowIs", indicator.Figure(*now[m], e.Unit))
		}
		line := []cell{{Text: c.T("verify.monthN", m+1)}, seen, write(e.Register, m), write(e.Before, m)}
		if e.Other != nil {
			line = append(line, write(e.Other, m))
		}
		t.Rows = append(t.Rows, line)
		if e.Reported[m] == nil {
			continue
		}
		x, actual = append(x, c.T("verify.monthN", m+1)), append(actual, indicator.Plot(*e.Reported[m], e.Unit))
		if complete && second[m] != nil {
			beside = append(beside, indicator.Plot(*second[m], e.Unit))
		}
	}
	d.Tables = append(d.Tables, t)
	if len(actual) > 1 {
		words := draw.ChartWords{Actual: c.T("verify.reported"), Table: c.T("verify.chartTable"), Time: c.T("verify.month")}
		d.Chart, d.ChartHead = draw.Chart{Label: c.T("verify.chartLabel", periodOf(c.T, f)), X: x, Actual: actual, Words: words}, c.T("verify.chart")
		if len(beside) == len(actual) {
			d.ChartNote, d.Script = c.T("verify.chartNote", name), lines(x, actual, beside, words, name)
		}
	}
	return nil
}

// mostPeople is how many people a sheet shows.
const mostPeople = 30

// peopleTable shows whom a check of records saw, masked, by right and logged.
func (r *Room) peopleTable(c *web.Ctx, f *Finding, d *sheetData) error {
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	list, err := hits(c.Context(), r.DB, f.Kind, f.Area, at.Int(0), at.Int(1), mostPeople+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > mostPeople {
		list = list[:mostPeople]
		next = web.NewCursor(list[mostPeople-1].Other, list[mostPeople-1].PersonID)
	}
	ids := make([]int64, len(list))
	for i, h := range list {
		ids[i] = h.PersonID
	}
	people, err := r.People.List(c.Context(), ids)
	if err != nil {
		return err
	}
	if err := r.readPeople(c, f, people); err != nil {
		return err
	}
	t := rows{ID: "rows", Head: c.T("verify.people"), Note: c.T("verify.peopleNote"), Heads: desk.Heads(c, "name", "idNumber", "area"), Empty: c.T("verify.noPeople")}
	if f.Evidence.Of > 0 {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("verify.employed"), Value: lang.Int(f.Evidence.Of)})
	}
	for _, p := range people {
		t.Rows = append(t.Rows, []cell{{Text: identity.MaskName(p.Name), Href: "/casework/person/" + strconv.FormatInt(p.ID, 10)}, {Text: identity.MaskID(p.IDNumber)}, {Text: area.FullName(p.Area)}})
	}
	d.Tables, d.Paged, d.Paging = append(d.Tables, t), true, c.Paging(-1, len(list), next)
	return nil
}

// readPeople writes into each person's log that the sheet showed them.
func (r *Room) readPeople(c *web.Ctx, f *Finding, people []person.Person) error {
	entries := make([]audit.Entry, len(people))
	for i, p := range people {
		entries[i] = audit.Entry{ActorID: c.User.ID, Actor: account.Signature(c.User), Act: "verify.people", Object: "person", ObjectID: p.ID, Area: p.Area, What: "在核查单上查看：" + checkNames[f.Kind]}
	}
	if len(entries) == 0 {
		return nil
	}
	return r.DB.Tx(c.Context(), func(tx *db.Tx) error { return r.Audit.Write(c.Context(), tx, entries...) })
}

func (r *Room) act(c *web.Ctx) error {
	v, err := r.theFinding(c)
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	fields := r.actFields(c, act, &v)
	if fields == nil {
		return fault.New(fault.NotFound, "没有这种办法")
	}
	f, _ := web.ActForm(c, act, fields...)
	ctx, once := c.Context(), c.Once()
	var do func() error
	switch act {
	case "ask":
		do = func() error { _, err := r.Ask(ctx, c.User, []int64{v.ID}, once); return err }
	case "explain":
		answer, said := f.Choice("explain_answer"), f.Text("explain_text")
		do = func() error { return r.Explain(ctx, c.User, v.ID, answer, said, once) }
	case "correct":
		m, typedIn, why := f.Int("correct_month"), f.Text("correct_value"), f.Text("correct_why")
		n, err := indicator.Scaled(typedIn, v.Evidence.Unit)
		if err != nil && typedIn != "" {
			f.Fail("correct_value", c.T("verify.notNumber"))
		}
		do = func() error { return r.Correct(ctx, c.User, v.ID, int(m), n, why, once) }
	case "judge":
		verdict, why, version := f.Choice("judge_verdict"), f.Text("judge_why"), f.Version()
		do = func() error { return r.Judge(ctx, c.User, v.ID, verdict, why, version, once) }
	}
	if !mayAct(c, act, &v) {
		return do() // says why not, whatever was filled in
	}
	if f.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("verify.done"))
			return c.Redirect(findingAt(v.ID))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.render(c, f, act)
}
