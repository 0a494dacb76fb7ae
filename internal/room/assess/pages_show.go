package assess

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/person"
)

// seen is the case of an address, for somebody who may see it.
func (r *Room) seen(c *web.Ctx) (Case, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Case{}, err
	}
	v, err := caseByID(c.Context(), r.DB, id)
	if err == nil {
		err = MaySee(c.User, &v)
	}
	return v, err
}

type lineRow struct {
	ID                                int64
	Occupation, Place, School, Months string
	People                            int64
	Temporary, Insured                bool
	PayFen                            int64
}

type measureRow struct {
	ID               int64
	Text, Unit, Days string
	State            tag
	Href             string
}

type followRow struct {
	Months           int
	On               db.Date
	Estimate, Actual int64
	Interval, Source string
	Error            int64
	Within           tag
}

type showData struct {
	At                             string
	Case                           *Case
	State                          tag
	Subject                        []web.Pair
	Dimensions                     []dimension
	Lines                          []lineRow
	Opinions                       []web.Event
	Policies, Finding              []web.Tab
	Follow                         []followRow
	Due                            []int
	Counted                        bool // follow-ups come from the register
	CanEdit, CanPublish, CanSay    bool
	Line, Measure, Say, Send, Ask  *web.Form
	Needs                          string // what stands between a draft and its conclusion
	Request                        string
	Verdict, Conclusion, Concluder string
}

// show is the page of one assessment. wrong, if any, is a form of the page that was not accepted.
func (r *Room) show(c *web.Ctx) error {
	v, err := r.seen(c)
	if err != nil {
		return err
	}
	return r.renderCase(c, &v, "", nil)
}

func (r *Room) renderCase(c *web.Ctx, v *Case, act string, wrong *web.Form) error {
	ctx := c.Context()
	d := showData{At: caseAt(v.ID), Case: v, State: tag{stateKind[v.State], word(c, "state", v.State)}, Dimensions: dimensionsOf(c, v), CanEdit: MayEdit(c.User, v) == nil,
		CanPublish: v.State == Concluded && MayPublish(c.User, v) == nil, CanSay: v.State == Draft || v.State == Waiting, Counted: v.EmployerID != 0}
	d.Line, d.Measure, d.Say, d.Send, d.Ask = blank(lineForm(c, v)), blank(measureForm(c, v)), blank(sayForm(c)), blank(sendForm(c)), blank(askForm(c))
	d.Line.Set("place", v.Area)
	d.Measure.Set("to", v.Area)
	page := web.Page{Title: v.Title, Lede: c.T("assess.caseLede", word(c, "kind", v.Kind), area.Name(v.Area), v.Unit), Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("assess.title"), Href: atHome}}}
	if wrong != nil {
		page.Form = wrong
		for name, f := range map[string]**web.Form{"line": &d.Line, "measure": &d.Measure, "opinion": &d.Say, "send": &d.Send, "follow": &d.Ask} {
			if name == act {
				*f = wrong
			}
		}
	}
	lines, err := linesOf(ctx, r.DB, v.ID)
	if err != nil {
		return err
	}
	for _, l := range lines {
		d.Lines = append(d.Lines, lineRow{l.ID, l.Occupation, area.Name(l.Place), educationText(c, l.Education), monthsText(c, l.Months), l.People, l.Temporary, l.Insured, l.PayFen})
	}
	opinions, err := opinionsOf(ctx, r.DB, v.ID)
	if err != nil {
		return err
	}
	for _, o := range opinions {
		at := time.UnixMilli(o.At)
		d.Opinions = append(d.Opinions, web.Event{When: lang.Date(c.Lang, at), ISO: at.Format(time.DateOnly), Text: o.Department + "：" + word(c, "stance", o.Stance), Note: join(o.Text, o.Document, o.ByName)})
	}
	measures, err := r.measures(c, v, &d)
	if err != nil {
		return err
	}
	if d.CanEdit && wrong == nil {
		if err := ready(v, Conditional, "x", opinions, measures); err != nil {
			d.Needs = fault.TextOf(err)
		}
	}
	if err := r.besides(c, v, &d); err != nil {
		return err
	}
	page.Data = d
	return c.Render("assess/show", page)
}

// blank empties a form of what was posted to another one of the page.
func blank(f *web.Form) *web.Form {
	f.Posted, f.Values, f.Errors = false, url.Values{}, nil
	return f
}

func join(parts ...string) (out string) {
	for _, p := range parts {
		if p != "" && out != "" {
			out += "；"
		}
		out += p
	}
	return out
}

func monthsText(c *web.Ctx, months int) string {
	switch months {
	case 0:
		return c.T("assess.noContract")
	case person.OpenEnded:
		return c.T("assess.openEnded")
	}
	return c.T("assess.months", months)
}

// measures puts the measures under their dimensions, with where their tasks stand.
func (r *Room) measures(c *web.Ctx, v *Case, d *showData) ([]Measure, error) {
	list, err := measuresOf(c.Context(), r.DB, v.ID)
	if err != nil {
		return nil, err
	}
	tasks, err := r.Assignments.List(c.Context(), assignment.Filter{Kind: kindMeasure, Object: "assess", ObjectID: v.ID}, db.Date{}, 0, 100)
	if err != nil {
		return nil, err
	}
	byID := map[int64]assignment.Item{}
	for _, t := range tasks {
		byID[t.ID] = t
	}
	for _, m := range list {
		row := measureRow{ID: m.ID, Text: m.Text, Unit: m.Unit + "，" + area.Name(m.To), Days: c.T("assess.workDays", m.WorkDays), State: tag{"", c.T("assess.measure.planned")}}
		if v.State == Concluded || v.State == Published {
			row.State.Text = c.T("assess.measure.own")
		}
		if t, ok := byID[m.TaskID]; ok {
			row.Href, row.Days = assignment.Href(t.ID), c.T("assess.until", t.Deadline)
			row.State = tag{"warn", c.T("assess.measure.handed")}
			if t.ClockOf(r.Clock.Today()).Over {
				row.State = tag{"stop", c.T("assess.measure.late")}
			}
		}
		if !m.DoneOn.IsZero() {
			row.State = tag{"ok", c.T("assess.measure.done", m.DoneOn)}
		}
		for i := range d.Dimensions {
			if d.Dimensions[i].Code == m.Dimension {
				d.Dimensions[i].Measures = append(d.Dimensions[i].Measures, row)
			}
		}
	}
	return list, nil
}

// besides is what stands in the second column.
func (r *Room) besides(c *web.Ctx, v *Case, d *showData) error {
	ctx := c.Context()
	d.Subject = []web.Pair{{Key: c.T("assess.document"), Value: v.Document}, {Key: c.T("assess.starts"), Value: lang.Date(c.Lang, v.Starts.Time)}}
	if !v.Ends.IsZero() {
		d.Subject = append(d.Subject, web.Pair{Key: c.T("assess.ends"), Value: lang.Date(c.Lang, v.Ends.Time)})
	}
	if v.Industry != "" {
		d.Subject = append(d.Subject, web.Pair{Key: c.T("assess.industry"), Value: industryText(v.Industry, english(c))})
	}
	if v.InvestFen > 0 {
		d.Subject = append(d.Subject, web.Pair{Key: c.T("assess.invest"), Value: c.T("assess.nWan", lang.WanYuan(v.InvestFen))})
	}
	if v.EmployerID != 0 {
		names, err := r.Employers.Names(ctx, []int64{v.EmployerID})
		if err != nil {
			return err
		}
		d.Subject = append(d.Subject, web.Pair{Key: c.T("assess.employer"), Value: names[v.EmployerID]})
	}
	d.Subject = append(d.Subject, web.Pair{Key: c.T("assess.by"), Value: v.ByName})
	if v.Result != nil {
		d.Subject = append(d.Subject, web.Pair{Key: c.T("assess.on"), Value: v.Result.On, Note: c.T("assess.asOf", v.Result.AsOf)})
	}
	if v.Verdict != "" {
		d.Verdict, d.Conclusion, d.Concluder = word(c, "verdict", v.Verdict), v.Conclusion, c.T("assess.concludedBy", v.Concluder, v.ConcludeOn)
	}
	behind, err := policiesOf(ctx, r.DB, []int64{v.ID})
	if err != nil {
		return err
	}
	links, err := r.policyLinks(c)
	if err != nil {
		return err
	}
	d.Policies = links.pick(behind[v.ID])
	if v.Result != nil {
		d.Finding = links.pick(v.Result.Finding)
	}
	done, err := followUps(ctx, r.DB, []int64{v.ID})
	if err != nil {
		return err
	}
	for i := range done {
		f := &done[i]
		row := followRow{Months: f.Months, On: f.On, Estimate: f.Estimate, Actual: f.Actual, Error: f.Error(), Source: f.Source}
		if f.Low != 0 || f.High != 0 {
			row.Interval, row.Within = fmt.Sprintf("%d～%d", f.Low, f.High), tag{"warn", c.T("assess.outside")}
			if f.Within() {
				row.Within = tag{"ok", c.T("assess.within")}
			}
		}
		d.Follow = append(d.Follow, row)
	}
	d.Due = due(v, done, r.Clock.Today())
	if v.State == Waiting {
		waiting, err := r.Approvals.List(ctx, approval.Filter{Kind: kindConclude, Object: "assess", ObjectID: v.ID, States: []approval.State{approval.Waiting}}, 0, 1)
		if err != nil {
			return err
		}
		if len(waiting) > 0 {
			d.Request = approval.Href(waiting[0].ID)
		}
	}
	return nil
}

// policyNames are the listed policies by id.
type policyNames map[string]PolicyLine

func (r *Room) policyLinks(c *web.Ctx) (policyNames, error) {
	out := policyNames{}
	if r.Policies == nil {
		return out, nil
	}
	list, err := r.Policies.Listed(c.Context(), english(c))
	for _, p := range list {
		out[p.ID] = p
	}
	return out, err
}

func (n policyNames) pick(ids []string) (list []web.Tab) {
	for _, id := range ids {
		if p, ok := n[id]; ok {
			list = append(list, web.Tab{Text: p.ID + " " + p.Name, Href: p.Href})
		}
	}
	return list
}

func lineForm(c *web.Ctx, v *Case) *web.Form {
	schools := []web.Option{{Value: "0", Text: c.T("assess.anySchool")}}
	for _, e := range person.Educations {
		schools = append(schools, web.Option{Value: strconv.Itoa(e.Code), Text: educationText(c, e.Code)})
	}
	return c.Form(web.Field{Name: "occupation", Label: c.T("assess.line.occupation"), Need: true, Max: 40},
		web.Field{Name: "people", Label: c.T("assess.line.people"), Kind: "number", Need: true, Min: 1, Top: 100_000, Width: "4", Unit: c.T("assess.posts")},
		web.Field{Name: "temporary", Label: c.T("assess.line.term"), Kind: "radios", Need: true, Inline: true, Options: []web.Option{{Value: "no", Text: c.T("assess.lasting")}, {Value: "yes", Text: c.T("assess.temporary")}}},
		web.Field{Name: "education", Label: c.T("assess.line.education"), Kind: "select", Need: true, Options: schools},
		web.Field{Name: "months", Label: c.T("assess.line.months"), Hint: c.T("assess.line.monthsHint"), Kind: "number", Min: 0, Top: person.OpenEnded, Width: "4", Unit: c.T("assess.month")},
		web.Field{Name: "pay", Label: c.T("assess.line.pay"), Kind: "number", Need: true, Min: 10_000, Top: 10_000_000, Width: "8", Unit: c.T("assess.yuanWord")},
		web.Field{Name: "insured", Label: c.T("assess.line.insured"), Kind: "radios", Need: true, Inline: true, Options: []web.Option{{Value: "yes", Text: c.T("assess.yes")}, {Value: "no", Text: c.T("assess.no")}}},
		web.Field{Name: "place", Label: c.T("assess.line.place"), Kind: "select", Need: true, Options: account.Places(v.Area)})
}

func measureForm(c *web.Ctx, v *Case) *web.Form {
	return c.Form(web.Field{Name: "dimension", Label: c.T("assess.measure.dimension"), Kind: "select", Need: true, Options: options(c, "assess.dimension.", Dimensions)},
		web.Field{Name: "m-text", Label: c.T("assess.measure.text"), Kind: "textarea", Need: true, Max: 500, Rows: 3},
		web.Field{Name: "m-unit", Label: c.T("assess.unit"), Need: true, Max: 60},
		web.Field{Name: "to", Label: c.T("assess.measure.to"), Kind: "select", Need: true, Options: account.Places(v.Area)},
		web.Field{Name: "days", Label: c.T("assess.measure.days"), Kind: "number", Need: true, Min: 1, Top: assignment.MostDays, Width: "4", Unit: c.T("assess.workDay")})
}

func sayForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "department", Label: c.T("assess.opinion.department"), Need: true, Max: 60},
		web.Field{Name: "stance", Label: c.T("assess.opinion.stance"), Kind: "radios", Need: true, Inline: true, Options: options(c, "assess.stance.", stances)},
		web.Field{Name: "o-text", Label: c.T("assess.opinion.text"), Kind: "textarea", Need: true, Max: 500, Rows: 3},
		web.Field{Name: "letter", Label: c.T("assess.opinion.document"), Max: 60})
}

func sendForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "verdict", Label: c.T("assess.verdict"), Kind: "radios", Need: true, Options: options(c, "assess.verdict.", verdicts)},
		web.Field{Name: "conclusion", Label: c.T("assess.conclusion"), Kind: "textarea", Need: true, Max: 1000, Rows: 4})
}

func askForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "actual", Label: c.T("assess.actual"), Kind: "number", Need: true, Min: 0, Top: 1_000_000, Width: "8", Unit: c.T("assess.posts")},
		web.Field{Name: "source", Label: c.T("assess.actualSource"), Need: true, Max: 120})
}

// act takes one of the page's forms.
func (r *Room) act(c *web.Ctx) error {
	v, err := r.seen(c)
	if err != nil {
		return err
	}
	ctx, act, once := c.Context(), c.R.PathValue("act"), c.Once()
	var f *web.Form
	var do func() error
	switch act {
	case "line":
		f = lineForm(c, &v)
		education, _ := strconv.Atoi(f.Choice("education"))
		l := Line{Occupation: f.Text("occupation"), People: f.Int("people"), Temporary: f.Choice("temporary") == "yes", Education: education, Months: int(f.Int("months")), PayFen: f.Fen("pay"),
			Insured: f.Choice("insured") == "yes", Place: f.Choice("place")}
		do = func() error { return r.AddLine(ctx, c.User, v.ID, l, once) }
	case "measure":
		f = measureForm(c, &v)
		m := Measure{Dimension: f.Choice("dimension"), Text: f.Text("m-text"), Unit: f.Text("m-unit"), To: f.Choice("to"), WorkDays: int(f.Int("days"))}
		do = func() error { return r.AddMeasure(ctx, c.User, v.ID, m, once) }
	case "opinion":
		f = sayForm(c)
		o := Opinion{Department: f.Text("department"), Stance: f.Choice("stance"), Text: f.Text("o-text"), Document: f.Text("letter")}
		do = func() error { return r.Say(ctx, c.User, v.ID, o, once) }
	case "send":
		f = sendForm(c)
		verdict, conclusion := f.Choice("verdict"), f.Text("conclusion")
		do = func() error { return r.Send(ctx, c.User, v.ID, verdict, conclusion, once) }
	case "follow":
		f = askForm(c)
		months, _ := strconv.Atoi(f.Value("months"))
		var actual int64
		var source string
		if v.EmployerID == 0 {
			actual, source = f.Int("actual"), f.Text("source")
		}
		do = func() error { return r.FollowUp(ctx, c.User, v.ID, months, actual, source, once) }
	case "drop":
		f = c.Form()
		part, _ := strconv.ParseInt(f.Value("id"), 10, 64)
		do = func() error { return r.Drop(ctx, c.User, v.ID, f.Value("part"), part, once) }
	case "refresh":
		f = c.Form()
		do = func() error { return r.Refresh(ctx, c.User, v.ID, once) }
	case "publish":
		f = c.Form()
		do = func() error { return r.Publish(ctx, c.User, v.ID, f.Version(), once) }
	default:
		return fault.New(fault.NotFound, "没有这项操作")
	}
	if c.User.Role != account.Manager && act == "publish" {
		return MayPublish(c.User, &v)
	}
	if !f.OK() {
		return r.renderCase(c, &v, act, f)
	}
	if err := do(); fault.KindOf(err) == fault.Invalid {
		f.Fail("", fault.TextOf(err))
		return r.renderCase(c, &v, act, f)
	} else if err != nil {
		return err
	}
	c.Flash("ok", word(c, "done", act))
	return c.Redirect(caseAt(v.ID))
}
