package plan

import (
	"cmp"
	"context"
	"slices"
	"time"

	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
)

// words tells a text in the reader's language.
type words func(key string, args ...any) string

// Board is the leader's page of one area.
type Board struct {
	Area, Name string
	Figures    []web.Figure
	Map        *Atlas
	Below      []Place // the areas one level down, where there is no map
	Lines      []Line
	Others     []Line // what plans want beside the box
	Furthest   []Line // those furthest behind
	Changes    []Change
	ChangeNote string
	Fixed      []Change    // indicators whose past periods were corrected lately: Value says how many figures
	Units      []UnitTasks // nil below the league
	Notes      []string    // what a reader must know about the numbers
	Counted    bool        // there has been a count
	Local      bool        // the plans set no targets for an area so small
	TargetHead string      // with the year where all targets are of one
	LastHead   string      // heads of the columns of years
	NowHead    string
	Judged     bool // there are targets to hold figures against
	people     int64
	tasks      int
	duties     int // the place of overdue duties among the figures; 0: none
	Export     string
	Known      *KnownDays
	Trend      *Trend
	MaySign    bool
	Forecast   bool // there are chances to show
	TasksHref  string
}

// Change is an indicator's last full month against the one before.
type Change struct{ Name, Value, Unit, Delta, Href string }

// Place is one area below with the way into it.
type Place struct {
	Name, Href, People string
	Empty              bool
}

// UnitTasks are the tasks that a unit leads.
type UnitTasks struct {
	Unit                                   string
	Total, Waiting, Running, Done, Overdue int
	Href                                   string
}

// sparkMonths is how far back the small lines of the table go.
const sparkMonths = 20

// board puts an area's page together; mapped is the indicator that colours the map.
func (r *Room) board(ctx context.Context, t words, code string, mapped Indicator, level int, on time.Time) (*Board, error) {
	f, err := r.read(ctx, code, on)
	if err != nil {
		return nil, err
	}
	b := &Board{Area: code, Name: area.Name(code), Counted: !f.asOf.IsZero(), people: f.people, Export: "/plan/area/" + code + "/export"}
	if !on.IsZero() {
		b.Export += "?on=" + on.Format(time.DateOnly)
	}
	list, err := r.followed(ctx, f)
	if err != nil {
		return nil, err
	}
	for _, i := range list {
		if _, boxed := Find(i.ID); boxed {
			b.Lines = append(b.Lines, f.line(t, i))
		} else {
			b.Others = append(b.Others, f.line(t, i))
		}
	}
	if b.Known, err = r.knownDays(ctx, t, f); err != nil {
		return nil, err
	}
	b.Local = area.Level(code) > area.League && !slices.ContainsFunc(b.Lines, func(l Line) bool { return l.Target != "—" })
	for _, l := range b.Lines {
		if l.Ahead != nil && l.Ahead.Chance != "" {
			b.Forecast = true
		}
	}
	b.TargetHead = targetHead(t, b.Lines, b.Others)
	b.LastHead, b.NowHead = t("plan.year", f.asOf.Year()-1), t("plan.yearTo", f.asOf.Year(), int(f.asOf.Month()))
	b.Furthest = furthest(b.Lines)
	b.Notes = f.notes(t)
	b.Trend = f.trend(t, mapped)
	b.changes(t, f)
	if b.Fixed, err = r.fixedLately(ctx, t, f); err != nil {
		return nil, err
	}
	b.judged(t)
	if on.IsZero() { // tasks, duties and households stand as they do today
		if err := r.tasksOf(ctx, t, b); err != nil {
			return nil, err
		}
		if err := r.waiting(ctx, t, b); err != nil {
			return nil, err
		}
	}
	if area.Level(code) <= area.League {
		b.Map, err = r.atlas(ctx, t, f, mapped, level)
	} else {
		b.Below, err = r.places(ctx, f)
	}
	return b, err
}

// followed are the box's indicators, and behind them what other plans want of the area or those above.
func (r *Room) followed(ctx context.Context, f *figures) ([]Indicator, error) {
	all, err := r.Indicators.Definitions(ctx)
	var out []Indicator
	for _, d := range all {
		_, computed := Find(d.ID)
		if computed || slices.ContainsFunc(f.targets, func(t indicator.Target) bool { return t.Indicator == d.ID }) {
			out = append(out, d)
		}
	}
	return out, err
}

// notes are what a reader must know about an area's numbers.
func (f *figures) notes(t words) []string {
	switch {
	case f.asOf.IsZero():
		return []string{t("plan.note.notcounted")}
	case f.people == 0:
		return []string{t("plan.note.nobody")}
	case f.partial:
		names := ""
		for i, code := range f.present {
			if i > 0 {
				names += t("plan.listcomma")
			}
			names += area.Short(code)
		}
		return []string{t("plan.note.partial", len(f.present), names)}
	}
	return nil
}

// changed are the indicators whose months are worth comparing.
var changed = []Index{NewUrban, Reemployed, HardPlaced, Graduates, Transfers, Trained, RegisteredRate, SurveyedRate}

func (b *Board) changes(t words, f *figures) {
	if f.people == 0 {
		return
	}
	first := f.asOf.AddDate(0, 0, 1-f.asOf.Day())
	before := monthsLater(first, -1)
	b.ChangeNote = t("plan.changeNote", int(first.Month()), int(before.Month()))
	for _, i := range changed {
		of := Of(i)
		now, ok := f.monthly(of, person.MonthOf(first))
		was, ok2 := f.monthly(of, person.MonthOf(before))
		if !ok || !ok2 {
			continue
		}
		delta := plus(now-was, of.Unit)
		if of.Unit == "%" {
			delta += " " + t("plan.point")
		}
		b.Changes = append(b.Changes, Change{Name: t("plan.name." + of.ID), Value: Figure(now, of.Unit), Unit: t("plan.unit." + of.Unit), Delta: delta,
			Href: indicatorHref(of.ID, f.area)})
	}
}

// judged are the headline numbers of the indicators.
func (b *Board) judged(t words) {
	good, judged, behind := 0, 0, 0
	for _, l := range b.Lines {
		switch l.Progress.Status {
		case Unjudged:
			continue
		case Behind:
			behind++
		default:
			good++
		}
		judged++
	}
	if judged == 0 {
		b.Figures = []web.Figure{{Label: t("plan.fig.people"), Value: Figure(b.people, "人"), Unit: t("plan.unit.人")}}
	} else {
		b.Figures = []web.Figure{
			{Label: t("plan.fig.good"), Value: text(good), Unit: t("plan.fig.of", judged)},
			{Label: t("plan.fig.behind"), Value: text(behind), Unit: t("plan.fig.items"), Kind: kindIf(behind > 0, "warn")},
		}
	}
	b.Judged = judged > 0
}

// waiting are the headline numbers of what is to be done today.
func (r *Room) waiting(ctx context.Context, t words, b *Board) error {
	if b.Units != nil {
		open, late := 0, 0
		for _, u := range b.Units {
			open += u.Waiting + u.Running
			late += u.Overdue
		}
		if late > 0 {
			b.Figures = append(b.Figures, web.Figure{Label: t("plan.fig.late"), Value: text(late), Unit: t("plan.fig.items"), Kind: "stop", Href: b.TasksHref})
		} else {
			b.Figures = append(b.Figures, web.Figure{Label: t("plan.fig.open"), Value: text(open), Unit: t("plan.fig.tasks", b.tasks), Href: b.TasksHref})
		}
	}
	if r.Overdue != nil {
		late, href, err := r.Overdue(ctx, b.Area)
		if err != nil {
			return err
		}
		if late > 0 {
			b.duties = len(b.Figures)
			b.Figures = append(b.Figures, web.Figure{Label: t("plan.fig.duties"), Value: text(late), Unit: t("plan.fig.items"), Kind: "stop", Href: href})
		}
	}
	if r.Cases == nil {
		return nil
	}
	open, overdue, err := r.Cases.Open(ctx, b.Area)
	b.Figures = append(b.Figures, web.Figure{Label: t("plan.fig.cases"), Value: text(open), Unit: t("plan.fig.households", overdue), Kind: kindIf(overdue > 0, "stop")})
	return err
}

// unlinkDuties is for readers who may not go where overdue duties are listed.
func (b *Board) unlinkDuties() {
	if b.duties > 0 {
		b.Figures[b.duties].Href = ""
	}
}

func kindIf(yes bool, kind string) string {
	if yes {
		return kind
	}
	return ""
}

// tasksOf sorts the tasks by the unit that leads them.
func (r *Room) tasksOf(ctx context.Context, t words, b *Board) error {
	if area.Level(b.Area) > area.League {
		return nil
	}
	b.TasksHref = "/plan/tasks?area=" + b.Area
	tasks, err := r.Indicators.Tasks(ctx, actionPlan)
	if err != nil {
		return err
	}
	b.tasks = len(tasks)
	states, err := r.states(ctx, tasks, b.Area)
	if err != nil {
		return err
	}
	for _, task := range tasks {
		name := cmp.Or(task.Lead, t("plan.everyUnit"))
		at := slices.IndexFunc(b.Units, func(u UnitTasks) bool { return u.Unit == name })
		if at < 0 {
			at = len(b.Units)
			b.Units = append(b.Units, UnitTasks{Unit: name, Href: b.TasksHref + "&unit=" + escape(task.Lead)})
		}
		u := &b.Units[at]
		u.Total++
		switch status := states[task.Key].Status; status {
		case Done:
			u.Done++
		case Running:
			u.Running++
		default:
			u.Waiting++
		}
		if overdue(task, states[task.Key].Status, r.Clock.Today()) {
			u.Overdue++
		}
	}
	slices.SortStableFunc(b.Units, func(a, b UnitTasks) int {
		return cmp.Or(cmp.Compare(b.Overdue, a.Overdue), cmp.Compare(b.Total, a.Total))
	})
	return nil
}

// places are the areas below a banner.
func (r *Room) places(ctx context.Context, f *figures) ([]Place, error) {
	children := area.Children(f.area)
	if area.Level(f.area) >= area.Township {
		return nil, nil
	}
	below, err := r.below(ctx, NewUrban.ID(), codes(children), f.on)
	var out []Place
	for _, a := range children {
		n := below[a.Code].people
		out = append(out, Place{Name: area.Short(a.Code), Href: "/plan/area/" + a.Code, People: Figure(n, "人"), Empty: n == 0})
	}
	return out, err
}

// Atlas is the map of the areas below with the choice of what colours it.
type Atlas struct {
	Title, Note string
	Tabs        []web.Tab
	Levels      []web.Tab
	Options     []web.Option
	Current     string
	Level       string
	Shapes      draw.Choropleth
}
