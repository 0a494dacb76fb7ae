package dispatch

import (
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// mostFile is the largest list that is taken, bytes.
const mostFile = 10 << 20

func importFields(c *web.Ctx) []web.Field {
	return []web.Field{{Name: "department", Label: c.T("dispatch.l.department"), Hint: c.T("dispatch.l.departmentHint"), Max: 40}, {Name: "file", Label: c.T("dispatch.l.file"), Hint: c.T("dispatch.l.fileHint"), Kind: "file", Need: true, Accept: ".xlsx,.csv"}}
}

func (r *Room) leadList(c *web.Ctx) error { return r.renderLeads(c, nil, nil, nil) }

// renderLeads lists an area's leads, and under them what became of a list that was just brought in.
func (r *Room) renderLeads(c *web.Ctx, failing *web.Form, list *List, taken *Taken) error {
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	var after db.Date
	if !at.Start() {
		day, ok := web.ParseDate(at.Text(0))
		if !ok {
			return fault.New(fault.Invalid, "分页地址不完整，请从第一页重新查看")
		}
		after = db.On(day)
	} else {
		after = db.On(firstOf(200001))
	}
	code, state := areaAsked(c), c.Query("state")
	rows, err := leads(c.Context(), r.DB, code, state, after, at.Int(1), shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(rows) > shown {
		rows = rows[:shown]
		next = web.NewCursor(rows[shown-1].Due.String(), rows[shown-1].ID)
	}
	sums, err := sumLeads(c.Context(), r.DB, code, r.today())
	if err != nil {
		return err
	}
	quarters, err := sumQuarters(c.Context(), r.DB, code)
	if err != nil {
		return err
	}
	d := sheetData{Tabs: tabs(c, atLeads), Fields: []string{"area", "state"}, Filter: c.Form(web.Field{Name: "area", Label: c.T("dispatch.area"), Kind: "select", Options: placesIn(c.User)}, web.Field{Name: "state", Label: c.T("dispatch.state"), Kind: "select", Options: options(c, "lstate", leadStates)}),
		Paged: true, Paging: c.Paging(-1, len(rows), next), Actions: []web.Tab{{Text: c.T("dispatch.template"), Href: "/dispatch/lead/template.xlsx"}}}
	slices.SortFunc(sums, func(a, b leadSum) int { return slices.Index(leadStates, a.State) - slices.Index(leadStates, b.State) })
	for _, s := range sums {
		f := web.Figure{Label: word(c, "lstate", s.State), Value: lang.Int(s.N), Unit: c.T("dispatch.projects"), Href: atLeads + "?state=" + s.State}
		if s.State == Fresh && s.Late > 0 {
			f.Kind = "warn"
		}
		d.Figures = append(d.Figures, f)
	}
	if list != nil {
		d.Inform, d.Tables = importTold(c, list, taken)
	}
	t := table{ID: map[bool]string{true: "rows", false: "list"}[list == nil], Head: c.T("dispatch.h.leads"), Heads: heads(c, "project", "area", "department", "+leadPeople", "starts", "due", "state"), Empty: c.T("dispatch.noLeads")}
	for i := range rows {
		l := &rows[i]
		due := cell{Text: l.Due.String()}
		if l.State == Fresh && l.Due.Before(r.Clock.Today()) {
			due.Small = c.T("dispatch.late")
		}
		t.Rows = append(t.Rows, []cell{{Text: l.Project, Href: leadAt(l.ID), Small: l.Owner}, {Text: area.Name(l.Area)}, {Text: l.Department}, num(l.People), {Text: dash(l.Starts)}, due, {Text: word(c, "lstate", l.State), Kind: stateKind[l.State]}})
	}
	d.Tables = append(d.Tables, t)
	if len(quarters) > 0 {
		q := table{ID: "quarters", Head: c.T("dispatch.h.quarters"), Heads: heads(c, "quarter", "+leadPeople")}
		for _, s := range quarters {
			q.Rows = append(q.Rows, []cell{{Text: quarterName(s.Quarter)}, num(s.People)})
		}
		d.Tables = append(d.Tables, q)
	}
	d.Boxes = []box{boxOf(c, "import", atLeads, 0, failing, map[bool]string{true: "import"}[failing != nil], importFields(c)...)}
	d.Boxes[0].Open = true
	page := web.Page{Title: c.T("dispatch.tab.leads"), Lede: c.T("dispatch.leadsLede", strconv.Itoa(leadDays)), Nav: atHome, Crumbs: crumb(c), Data: d}
	if failing != nil && !failing.OK() {
		page.Form = failing
	}
	return c.Render("dispatch/sheet", page)
}

// mostFlaws is how many refused rows the page shows.
const mostFlaws = 100

// importTold says what became of a list.
func importTold(c *web.Ctx, list *List, taken *Taken) (*inform, []table) {
	kind := ""
	if len(list.Flaws) > 0 {
		kind = "warn"
	}
	text := c.T("dispatch.takenText", strconv.Itoa(list.Rows), strconv.Itoa(taken.Fresh), strconv.Itoa(taken.Renewed), strconv.Itoa(taken.Kept), strconv.Itoa(len(list.Flaws)))
	if len(list.Unknown) > 0 {
		text += c.T("dispatch.unknownHeads", strings.Join(list.Unknown, "、"))
	}
	say := &inform{Kind: kind, Head: c.T("dispatch.taken"), Text: text}
	if len(list.Flaws) == 0 {
		return say, nil
	}
	t := table{ID: "flaws", Head: c.T("dispatch.h.flaws"), Note: c.T("dispatch.flawsNote"), Heads: heads(c, "row", "why", "content")}
	for _, f := range list.Flaws[:min(len(list.Flaws), mostFlaws)] {
		t.Rows = append(t.Rows, []cell{{Text: strconv.Itoa(f.Row)}, {Text: f.Why}, {Text: cut(strings.Join(f.Cells, " "), 60)}})
	}
	if len(list.Flaws) > mostFlaws {
		t.Note = c.T("dispatch.firstN", lang.Int(mostFlaws), lang.Int(int64(len(list.Flaws))))
	}
	return say, []table{t}
}

func dash(d db.Date) string {
	if d.IsZero() {
		return "—"
	}
	return d.String()
}

func (r *Room) takeLeads(c *web.Ctx) error {
	f, _ := web.ActForm(c, "import", importFields(c)...)
	department := f.Text("import_department")
	up, err := c.Upload("import_file", mostFile)
	if err != nil {
		return err
	}
	if up == nil {
		f.Fail("import_file", c.T("dispatch.noFile"))
	}
	if !f.OK() {
		return r.renderLeads(c, f, nil, nil)
	}
	list, err := ReadList(up.Path, c.User, department)
	if err != nil {
		if fault.KindOf(err) == fault.Invalid || fault.KindOf(err) == fault.TooLarge {
			f.Fail("import_file", fault.TextOf(err))
			return r.renderLeads(c, f, nil, nil)
		}
		return err
	}
	taken, err := r.Take(c.Context(), c.User, list, c.Once())
	if err != nil {
		return err
	}
	f.Values = map[string][]string{}
	return r.renderLeads(c, f, list, &taken)
}

// template is the empty table for departments, with an example.
func (r *Room) template(c *web.Ctx) error {
	x := sheet.NewXLSX(c.Attachment("项目用工需求推送模板.xlsx", xlsxType))
	var titles []string
	for _, one := range columns {
		titles = append(titles, one.names[0])
	}
	if err := x.Sheet("项目用工需求", sheet.Columns(titles...)...); err != nil {
		return err
	}
	year := strconv.Itoa(r.today().Year() + 1)
	for _, row := range [][]string{
		{"（示例，请删去）光伏治沙二期", "某新能源有限公司", "", "发展和改革委员会", "阿拉善左旗", "86000", year + "-03-01", "电工", "40", year + "年一季度", "王经理", "0483-8330000"},
		{"（示例，请删去）光伏治沙二期", "某新能源有限公司", "", "发展和改革委员会", "阿拉善左旗", "86000", year + "-03-01", "普工", "120", year + "年二季度", "", ""},
	} {
		if err := x.Row(row...); err != nil {
			return err
		}
	}
	return x.Close()
}

// theLead is the lead of an address, for staff who reach it.
func (r *Room) theLead(c *web.Ctx) (Lead, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Lead{}, err
	}
	l, err := r.leadByID(c.Context(), r.DB, id)
	if err != nil {
		return l, err
	}
	return l, MayManage(c.User, l.Area)
}

func (r *Room) showLead(c *web.Ctx) error { return r.renderLead(c, nil, "") }

func leadFields(c *web.Ctx, l *Lead, act string) []web.Field {
	code := web.Field{Name: "code", Label: c.T("dispatch.l.code"), Hint: c.T("dispatch.l.ownerHint"), Max: 18, Width: "16", Need: true}
	switch act {
	case "contacted":
		return []web.Field{{Name: "text", Label: c.T("dispatch.l.contacted"), Hint: c.T("dispatch.l.contactedHint"), Kind: "textarea", Need: true, Max: 300, Rows: 2}}
	case "key":
		return []web.Field{code}
	case "turn":
		return []web.Field{code, {Name: "low", Label: c.T("dispatch.l.low"), Kind: "number", Need: true, Width: "8", Unit: c.T("dispatch.yuan")}, {Name: "high", Label: c.T("dispatch.l.high"), Kind: "number", Need: true, Width: "8", Unit: c.T("dispatch.yuan")}}
	case "drop":
		return []web.Field{{Name: "why", Label: c.T("dispatch.l.dropWhy"), Kind: "textarea", Need: true, Max: 300, Rows: 2}}
	}
	return nil
}

func (r *Room) renderLead(c *web.Ctx, failing *web.Form, failed string) error {
	l, err := r.theLead(c)
	if err != nil {
		return err
	}
	d := sheetData{Tags: []cell{{Text: word(c, "lstate", l.State), Kind: stateKind[l.State]}},
		Pairs: []web.Pair{{Key: c.T("dispatch.owner"), Value: l.Owner}, {Key: c.T("dispatch.l.code"), Value: l.CreditCode}, {Key: c.T("dispatch.department"), Value: l.Department}, {Key: c.T("dispatch.area"), Value: area.FullName(l.Area)}, {Key: c.T("dispatch.l.contact"), Value: strings.TrimSpace(l.Contact.Name + " " + l.Contact.Phone)},
			{Key: c.T("dispatch.invest"), Value: lang.WanYuan(l.Invest), Note: c.T("dispatch.wan")}, {Key: c.T("dispatch.starts"), Value: dash(l.Starts)}, {Key: c.T("dispatch.due"), Value: l.Due.String()}, {Key: c.T("dispatch.givenBy"), Value: l.By, Note: l.Day.String()}},
		Figures: []web.Figure{{Label: c.T("dispatch.leadPeople"), Value: lang.Int(l.People), Unit: c.T("dispatch.people")}}}
	if l.Outcome != "" {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("dispatch.outcome"), Value: l.Outcome})
	}
	if l.EmployerID != 0 && l.State == Made && l.Outcome != "" {
		d.Pairs[0].Href = unitAt(l.EmployerID)
	}
	if l.AssignmentID != 0 {
		d.Actions = []web.Tab{{Text: c.T("dispatch.toAssignment"), Href: "/assignment/" + strconv.FormatInt(l.AssignmentID, 10)}}
	}
	t := table{ID: "forecast", Head: c.T("dispatch.h.forecast"), Heads: heads(c, "occupation", "quarter", "+leadPeople", "vacancy")}
	for _, f := range l.Forecasts {
		vacancy := cell{Text: "—"}
		if f.VacancyID != 0 {
			vacancy = cell{Text: c.T("dispatch.seeVacancy"), Href: "/jobs/vacancy/" + strconv.FormatInt(f.VacancyID, 10)}
		}
		t.Rows = append(t.Rows, []cell{{Text: f.Occupation}, {Text: quarterName(f.Quarter)}, num(f.People), vacancy})
	}
	d.Tables = []table{t}
	if !l.settled() {
		for _, act := range []string{"contacted", "key", "turn", "drop"} {
			b := boxOf(c, act, leadAt(l.ID)+"/"+act, l.Version, failing, failed, leadFields(c, &l, act)...)
			if failed != act && (act == "key" || act == "turn") {
				b.Form.Set(act+"_code", l.CreditCode)
			}
			d.Boxes = append(d.Boxes, b)
		}
	}
	return c.Render("dispatch/sheet", web.Page{Title: l.Project, Form: failing, Nav: atHome, Crumbs: crumb(c, web.Crumb{Text: c.T("dispatch.tab.leads"), Href: atLeads}, web.Crumb{Text: l.Project}), Data: d})
}

func (r *Room) actLead(c *web.Ctx) error {
	l, err := r.theLead(c)
	if err != nil {
		return err
	}
	act := c.R.PathValue("act")
	fields := leadFields(c, &l, act)
	if fields == nil {
		return fault.New(fault.NotFound, "没有这种办法")
	}
	f, _ := web.ActForm(c, act, fields...)
	ctx, version, once, to := c.Context(), f.Version(), c.Once(), leadAt(l.ID)
	var do func() error
	switch act {
	case "contacted":
		text := f.Text("contacted_text")
		do = func() error { return r.Contacted(ctx, c.User, l.ID, text, version, once) }
	case "drop":
		why := f.Text("drop_why")
		do = func() error { return r.Drop(ctx, c.User, l.ID, why, version, once) }
	case "key":
		code := strings.ToUpper(f.Text("key_code"))
		do = func() error {
			id, err := r.Key(ctx, c.User, l.ID, code, version, once)
			to = unitAt(id)
			return err
		}
	case "turn":
		code, low, high := strings.ToUpper(f.Text("turn_code")), f.Fen("turn_low"), f.Fen("turn_high")
		do = func() error { _, err := r.Turn(ctx, c.User, l.ID, code, low, high, version, once); return err }
	}
	if f.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("dispatch.done"))
			return c.Redirect(to)
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderLead(c, f, act)
}
