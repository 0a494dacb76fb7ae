package indicator

import (
	"context"
	"slices"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
)

// Deps is what the register stands on.
type Deps struct {
	DB    *db.DB
	Clock clock.Clock
}

// Register is the register of indicators, plans, sums, reported figures and outlooks.
type Register struct {
	Deps
	store store
}

// New opens the register; plans 000, 001 and 002 are entered when they are not there yet.
func New(ctx context.Context, d Deps) (*Register, error) {
	r := &Register{Deps: d, store: store{d.DB}}
	return r, r.seed(ctx)
}

// Definitions are the newest versions, the computed ones first, in the order they came.
func (r *Register) Definitions(ctx context.Context) ([]Definition, error) {
	all, err := r.store.definitions(ctx, r.DB)
	return slices.CompactFunc(all, func(a, b Definition) bool { return a.ID == b.ID }), err
}

// Definition is the newest version of one; NotFound where there is none.
func (r *Register) Definition(ctx context.Context, id string) (Definition, error) {
	if d, ok := Find(id); ok {
		return d, nil
	}
	list, err := r.Definitions(ctx)
	for _, d := range list {
		if d.ID == id {
			return d, nil
		}
	}
	if err == nil {
		err = fault.New(fault.NotFound, "没有这个指标，请从指标表进入")
	}
	return Definition{}, err
}

// Versions are all versions of one definition, the newest first.
func (r *Register) Versions(ctx context.Context, id string) ([]Definition, error) {
	all, err := r.store.definitions(ctx, r.DB)
	return slices.DeleteFunc(all, func(d Definition) bool { return d.ID != id }), err
}

// Plans are all plans, drafts too, by area and end.
func (r *Register) Plans(ctx context.Context) ([]Plan, error) { return r.store.plans(ctx) }

// Plan is one plan; NotFound where there is none.
func (r *Register) Plan(ctx context.Context, id string) (Plan, error) {
	list, err := r.Plans(ctx)
	for _, p := range list {
		if p.ID == id {
			return p, nil
		}
	}
	if err == nil {
		err = fault.New(fault.NotFound, "没有这个规划，请从规划列表进入")
	}
	return Plan{}, err
}

// Targets are an area's own targets that stand, of all plans: printed in its plan, or handed down by decomposition.
func (r *Register) Targets(ctx context.Context, area string) ([]Target, error) {
	return r.store.targets(ctx, []string{area})
}

// TargetsOf is Targets of several areas in one reading.
func (r *Register) TargetsOf(ctx context.Context, areas []string) ([]Target, error) {
	if len(areas) == 0 {
		return nil, nil
	}
	return r.store.targets(ctx, areas)
}

// PlanTargets are the targets that a plan sets, for its area and below.
func (r *Register) PlanTargets(ctx context.Context, plan string) ([]Target, error) {
	return r.store.targetsOf(ctx, plan)
}

// Tasks are a plan's tasks in its order.
func (r *Register) Tasks(ctx context.Context, plan string) ([]Task, error) {
	return r.store.tasks(ctx, plan)
}

// Latest is the last count finished by a day (zero: by now); found is false where there was none.
func (r *Register) Latest(ctx context.Context, day time.Time) (run Run, found bool, err error) {
	list, err := r.store.runs(ctx, r.DB, day, 1)
	if err != nil || len(list) == 0 {
		return Run{}, false, err
	}
	return list[0], true, nil
}

// Runs are the last counts, the latest first.
func (r *Register) Runs(ctx context.Context, limit int) ([]Run, error) {
	return r.store.runs(ctx, r.DB, time.Time{}, limit)
}

// Sums are all sums of an area as known on a day (zero: now), by indicator and period; years and months.
func (r *Register) Sums(ctx context.Context, area string, asOf time.Time) ([]Sum, error) {
	return r.store.ofArea(ctx, area, asOf)
}

// SumsOf are one indicator's sums in areas, from one period to another, with the number of [People] of each, as known on a day.
func (r *Register) SumsOf(ctx context.Context, areas []string, indicator string, from, to Period, asOf time.Time) ([]Sum, error) {
	return r.store.ofAreas(ctx, indicator, areas, from, to, asOf)
}

// Year is an indicator's value in a year as known on a day (zero: now): counted where the register can tell it, otherwise as
// reported. It is not Known before the first count, where nobody lives, and where nobody has reported.
func (r *Register) Year(ctx context.Context, area, indicator string, year int, asOf time.Time) (Value, error) {
	list, err := r.values(ctx, []string{area}, indicator, Period(year), Period(year), asOf)
	if err != nil || len(list) == 0 {
		return Value{}, err
	}
	return list[0], nil
}

// Months are an indicator's values in areas, every month of each from one to another, in the order of areas asked for.
func (r *Register) Months(ctx context.Context, areas []string, indicator string, from, to Period, asOf time.Time) ([]Value, error) {
	return r.values(ctx, areas, indicator, from, to, asOf)
}

// Below are an indicator's values in the areas one level down.
func (r *Register) Below(ctx context.Context, code, indicator string, year int, asOf time.Time) ([]Value, error) {
	var codes []string
	for _, a := range area.Children(code) {
		codes = append(codes, a.Code)
	}
	return r.values(ctx, codes, indicator, Period(year), Period(year), asOf)
}

// values are an indicator's values in areas and all periods from one to another.
func (r *Register) values(ctx context.Context, areas []string, indicator string, from, to Period, asOf time.Time) ([]Value, error) {
	of, err := r.Definition(ctx, indicator)
	if err != nil {
		return nil, err
	}
	type key struct {
		area   string
		period Period
	}
	there, lives := map[key]Value{}, map[string]bool{}
	if of.FromRegister() {
		sums, err := r.store.ofAreas(ctx, indicator, areas, from, to, asOf)
		if err != nil {
			return nil, err
		}
		for _, s := range sums {
			if s.Indicator == People {
				lives[s.Area] = s.Numerator > 0 // the last year's comes last
				continue
			}
			there[key{s.Area, s.Period}] = Value{Numerator: s.Numerator, Denominator: s.Denominator, Known: true, KnownOn: s.KnownOn}
		}
	} else {
		reports, err := r.Reports(ctx, areas, asOf)
		if err != nil {
			return nil, err
		}
		for _, rep := range reports {
			if rep.Indicator == indicator {
				lives[rep.Area], there[key{rep.Area, rep.Period}] = true, rep.AsValue()
			}
		}
	}
	var out []Value
	for _, a := range areas {
		for p := from; p <= to; p = p.Next() {
			v := there[key{a, p}]
			v.Indicator, v.Kind, v.Area, v.Period = indicator, of.Kind, a, p
			v.Known = lives[a] && (v.Known || of.Kind == Event)
			out = append(out, v)
		}
	}
	return out, nil
}

// History is what one sum was, the oldest first: each with the day it became known and the day another took its place.
func (r *Register) History(ctx context.Context, area, indicator string, period Period) ([]Sum, error) {
	return r.store.history(ctx, area, indicator, period)
}

// Correction is a figure that was known otherwise after its period had ended.
type Correction struct {
	Was Sum // Until: the day it was corrected
	Now Sum // what took its place
}

// Corrected are the figures of an area, of one indicator ("": all), that were corrected after a day although their period had ended
// when they were known: by indicator, period and day.
func (r *Register) Corrected(ctx context.Context, area, indicator string, since time.Time) ([]Correction, error) {
	past, err := r.store.changes(ctx, area, indicator, since)
	if err != nil || len(past) == 0 {
		return nil, err
	}
	now, err := r.store.ofArea(ctx, area, time.Time{})
	if err != nil {
		return nil, err
	}
	type key struct {
		indicator string
		period    Period
	}
	next := map[key]Sum{}
	for _, s := range now {
		next[key{s.Indicator, s.Period}] = s
	}
	var out []Correction
	for _, s := range slices.Backward(past) {
		k := key{s.Indicator, s.Period}
		if s.Indicator != People && s.KnownOn.After(s.Period.End()) {
			out = append(out, Correction{Was: s, Now: next[k]})
		}
		next[k] = s
	}
	slices.Reverse(out)
	return out, nil
}

// Reports are the figures reported in areas as known on a day (zero: now): of each the newest version that was not returned,
// or, where all were, the newest.
func (r *Register) Reports(ctx context.Context, areas []string, asOf time.Time) ([]Report, error) {
	all, err := r.store.reports(ctx, areas, asOf)
	var out []Report
	for _, rep := range all {
		last := len(out) - 1
		switch {
		case last < 0 || out[last].Area != rep.Area || out[last].Indicator != rep.Indicator || out[last].Period != rep.Period:
			out = append(out, rep)
		case out[last].State == Returned && rep.State != Returned:
			out[last] = rep
		}
	}
	return out, err
}

// ReportVersions are one figure's versions, the newest first.
func (r *Register) ReportVersions(ctx context.Context, area, indicator string, period Period) ([]Report, error) {
	return r.store.versions(ctx, r.DB, area, indicator, period)
}

// Waiting are reported figures from below an area that nobody has signed or returned.
func (r *Register) Waiting(ctx context.Context, area string, limit int) ([]Report, error) {
	return r.store.waiting(ctx, area, limit)
}

// Outlook is what is expected of an area's targets, kept by the nightly count: for each indicator the end of the current year and
// of the target's year.
func (r *Register) Outlook(ctx context.Context, area string) ([]Outlook, error) {
	return r.store.outlooks(ctx, []string{area})
}

// Outlooks is Outlook of several areas.
func (r *Register) Outlooks(ctx context.Context, areas []string) ([]Outlook, error) {
	return r.store.outlooks(ctx, areas)
}
