package plan

import (
	"context"
	"slices"
	"strconv"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// TaskRow is one task in the list.
type TaskRow struct {
	Task
	Status  TaskStatus
	Overdue bool
	Href    string
	At      int64
}

// TaskList is the page of all tasks of an area.
type TaskList struct {
	Area, AreaName string
	Document       indicator.Plan
	Filter         *web.Form
	Figures        []web.Figure
	Rows           []TaskRow
	All            int
}

// actionPlan is the document whose tasks are followed, with the tasks in its order.
func (r *Room) actionPlan(ctx context.Context) ([]Task, indicator.Plan, error) {
	doc, err := r.Indicators.Plan(ctx, actionPlan)
	if err != nil {
		return nil, doc, err
	}
	tasks, err := r.Indicators.Tasks(ctx, actionPlan)
	return tasks, doc, err
}

// taskArea is the area whose progress is meant: asked for, or the user's own.
func taskArea(c *web.Ctx) (string, error) {
	code := c.Query("area")
	if code == "" {
		code = home(c.User)
	}
	return code, canSeeTasks(c.User, code)
}

func (p pages) tasks(c *web.Ctx) error {
	code, err := taskArea(c)
	if err != nil {
		return err
	}
	tasks, doc, err := p.actionPlan(c.Context())
	if err != nil {
		return err
	}
	states, err := p.states(c.Context(), tasks, code)
	if err != nil {
		return err
	}
	l := TaskList{Area: code, AreaName: area.Name(code), Document: doc, All: len(tasks), Filter: taskFilter(c, tasks)}
	unit, status := l.Filter.Value("unit"), TaskStatus(l.Filter.Value("status"))
	n := map[TaskStatus]int{}
	late := 0
	for _, t := range tasks {
		s := states[t.Key]
		t.Deadline = deadlineText(c.T, t)
		row := TaskRow{Task: t, Status: s.Status, At: s.At, Overdue: overdue(t, s.Status, p.Clock.Today()), Href: "/plan/task/" + t.Key + "?area=" + code}
		n[s.Status]++
		if row.Overdue {
			late++
		}
		if unit != "" && unit != t.Lead && !slices.Contains(t.Units, unit) || status != "" && status != s.Status {
			continue
		}
		l.Rows = append(l.Rows, row)
	}
	for _, s := range TaskStatuses {
		l.Figures = append(l.Figures, web.Figure{Label: c.T("plan.status." + string(s)), Value: text(n[s]), Unit: c.T("plan.fig.items")})
	}
	l.Figures = append(l.Figures, web.Figure{Label: c.T("plan.fig.late"), Value: text(late), Unit: c.T("plan.fig.items"), Kind: kindIf(late > 0, "stop")})
	if p.Overdue != nil {
		n, href, err := p.Overdue(c.Context(), code)
		if err != nil {
			return err
		}
		if c.User.Role == admin {
			href = ""
		}
		l.Figures = append(l.Figures, web.Figure{Label: c.T("plan.fig.duties"), Value: text(n), Unit: c.T("plan.fig.items"), Kind: kindIf(n > 0, "stop"), Href: href})
	}
	return c.Render("plan/tasks", web.Page{Title: c.T("plan.tasks"), Lede: c.T("plan.tasks.lede", l.AreaName, l.Document.Name), Crumbs: inArea(c.User, code), Data: l, Nav: "/plan"})
}

func taskFilter(c *web.Ctx, tasks []Task) *web.Form {
	var units, statuses []web.Option
	for _, t := range tasks {
		if t.Lead != "" && !slices.ContainsFunc(units, func(o web.Option) bool { return o.Value == t.Lead }) {
			units = append(units, web.Option{Value: t.Lead, Text: t.Lead})
		}
	}
	for _, s := range TaskStatuses {
		statuses = append(statuses, web.Option{Value: string(s), Text: c.T("plan.status." + string(s))})
	}
	return c.Form(web.Field{Name: "unit", Label: c.T("plan.unitHead"), Kind: "select", Options: units},
		web.Field{Name: "status", Label: c.T("plan.statusHead"), Kind: "select", Options: statuses})
}

// TaskPage is one task with its log.
type TaskPage struct {
	Task
	Area, AreaName string
	Document       indicator.Plan
	State          TaskState
	Overdue        bool
	Facts          []web.Pair
	Log            []web.Event
	Older          string // address of older notes
	MayWrite       bool
}

// notePage is how many lines of a task's log are shown at once.
const notePage = 30

func (p pages) noteForm(c *web.Ctx) *web.Form {
	var options []web.Option
	for _, s := range TaskStatuses {
		options = append(options, web.Option{Value: string(s), Text: c.T("plan.status." + string(s))})
	}
	return c.Form(web.Field{Name: "text", Label: c.T("plan.note.text"), Hint: c.T("plan.note.hint"), Kind: "textarea", Need: true, Max: 1000, Rows: 4},
		web.Field{Name: "status", Label: c.T("plan.note.status"), Kind: "radios", Need: true, Inline: true, Options: options})
}

func (p pages) task(c *web.Ctx) error { return p.showTask(c, p.noteForm(c)) }

func (p pages) showTask(c *web.Ctx, form *web.Form) error {
	t, err := p.Room.task(c.Context(), c.R.PathValue("key"))
	if err != nil {
		return err
	}
	code, err := taskArea(c)
	if err != nil {
		return err
	}
	tasks, doc, err := p.actionPlan(c.Context())
	if err != nil {
		return err
	}
	after, err := c.Cursor(1)
	if err != nil {
		return err
	}
	states, err := p.states(c.Context(), tasks, code)
	if err != nil {
		return err
	}
	notes, err := p.store.notes(c.Context(), code, t.Key, after.Int(0), notePage+1)
	if err != nil {
		return err
	}
	d := TaskPage{Task: t, Area: code, AreaName: area.Name(code), Document: doc, State: states[t.Key], MayWrite: canWrite(c.User, code) == nil}
	d.Overdue = overdue(t, d.State.Status, p.Clock.Today())
	if len(notes) > notePage {
		notes = notes[:notePage]
		d.Older = "/plan/task/" + t.Key + "?area=" + code + "&after=" + web.NewCursor(notes[notePage-1].ID).String()
	}
	for _, n := range notes {
		d.Log = append(d.Log, web.Event{When: stamp(n.At), Text: n.Text, Note: c.T("plan.note.by", n.ByName, c.T("plan.status."+string(n.Status)))})
	}
	d.Facts = taskFacts(c.T, t, d.Document)
	form.SetVersion(d.State.Version)
	return c.Render("plan/task", web.Page{Title: t.Title, Lede: t.Summary, Form: form, Data: d, Nav: "/plan",
		Crumbs: inArea(c.User, code, web.Crumb{Text: c.T("plan.tasks"), Href: "/plan/tasks?area=" + code})})
}

func stamp(ms int64) string { return time.UnixMilli(ms).In(clock.Zone).Format("2006-01-02 15:04") }

func taskFacts(t words, task Task, doc indicator.Plan) []web.Pair {
	lead := task.Lead
	if lead == "" {
		lead = t("plan.everyUnit")
	}
	facts := []web.Pair{{Key: t("plan.task.no"), Value: task.No, Note: "《" + doc.Name + "》"}, {Key: t("plan.task.lead"), Value: lead}}
	if len(task.Units) > 1 {
		facts = append(facts, web.Pair{Key: t("plan.task.units"), Value: joined(task.Units[1:])})
	}
	for n, d := range task.Deliverables {
		key := ""
		if n == 0 {
			key = t("plan.task.deliverables")
		}
		facts = append(facts, web.Pair{Key: key, Value: d})
	}
	deadline := deadlineText(t, task)
	if deadline == "" {
		deadline = t("plan.task.nodeadline")
	}
	return append(facts, web.Pair{Key: t("plan.task.deadline"), Value: deadline}, web.Pair{Key: t("plan.source.quote"), Value: task.Quote})
}

// deadlineText is a task's deadline as printed; a bare year says that it is one.
func deadlineText(t words, task Task) string {
	if year, err := strconv.Atoi(task.Deadline); err == nil {
		return t("plan.year", year)
	}
	return task.Deadline
}

func joined(list []string) string {
	out := ""
	for i, s := range list {
		if i > 0 {
			out += "、"
		}
		out += s
	}
	return out
}

func (p pages) note(c *web.Ctx) error {
	form := p.noteForm(c)
	code, err := taskArea(c)
	if err != nil {
		return err
	}
	n := TaskNote{Area: code, Task: c.R.PathValue("key"), Text: form.Text("text"), Status: TaskStatus(form.Choice("status"))}
	if !form.OK() {
		return p.showTask(c, form)
	}
	if err := p.Note(c.Context(), c.User, c.Once(), n, form.Version()); err != nil {
		return err
	}
	c.Flash("ok", c.T("plan.note.saved"))
	return c.Redirect("/plan/task/" + n.Task + "?area=" + code)
}
