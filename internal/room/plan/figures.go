package plan

import (
	"context"
	"time"

	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// figures are everything that is kept about one area.
type figures struct {
	area    string
	asOf    time.Time // of the latest count; zero before the first
	people  int64     // who lives there
	partial bool      // people of some areas below are not in the register
	present []string  // where partial: the areas below that are
	years   map[Index]map[int]cell
	months  map[Index]map[int]cell
	reports map[Index]map[int]Report
}

// read reads an area's figures: some hundred rows, however many people live there.
func (r *Room) read(ctx context.Context, code string) (*figures, error) {
	f := &figures{area: code, years: map[Index]map[int]cell{}, months: map[Index]map[int]cell{}, reports: map[Index]map[int]Report{}}
	reports, err := r.store.reports(ctx, code)
	if err != nil {
		return nil, err
	}
	for _, rep := range reports {
		put(f.reports, rep.Indicator, rep.Year, rep)
	}
	last, found, err := r.store.latest(ctx)
	if err != nil || !found {
		return f, err
	}
	f.asOf = last.asOf.Time
	years, err := r.store.years(ctx, code, last.asOf)
	if err != nil {
		return nil, err
	}
	for _, row := range years {
		if row.indicator == people.ID() {
			f.people = row.numerator
		} else if i, ok := Find(row.indicator); ok {
			put(f.years, i.Index, row.when, row.cell)
		}
	}
	months, err := r.store.months(ctx, code)
	if err != nil {
		return nil, err
	}
	for _, row := range months {
		if i, ok := Find(row.indicator); ok {
			put(f.months, i.Index, row.when, row.cell)
		}
	}
	return f, r.coverage(ctx, f)
}

func put[T any](m map[Index]map[int]T, i Index, when int, v T) {
	if m[i] == nil {
		m[i] = map[int]T{}
	}
	m[i][when] = v
}

// coverage finds out whether all leagues of the region are in the register: only then is a sum the region's.
func (r *Room) coverage(ctx context.Context, f *figures) error {
	if area.Level(f.area) != area.Region || f.people == 0 {
		return nil
	}
	below, err := r.below(ctx, people, codes(area.Children(f.area)), f.asOf)
	if err != nil {
		return err
	}
	for _, a := range area.Children(f.area) {
		if below[a.Code].people > 0 {
			f.present = append(f.present, a.Code)
		}
	}
	f.partial = len(f.present) < len(area.Children(f.area))
	return nil
}

func codes(list []area.Area) []string {
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = a.Code
	}
	return out
}

// value is an indicator's value in a year: counted if the register can tell it, otherwise reported.
func (f *figures) value(i Index, year int) Value {
	v := Value{Indicator: i, Area: f.area, Year: year}
	if c, ok := f.years[i][year]; ok && Of(i).FromRegister() {
		v.AsOf, v.Numerator, v.Denominator, v.Known = f.asOf, c.numerator, c.denominator, f.people > 0
		return v
	}
	return f.reported(i, year)
}

// reported is what somebody entered for a year.
func (f *figures) reported(i Index, year int) Value {
	v := Value{Indicator: i, Area: f.area, Year: year}
	if rep, ok := f.reports[i][year]; ok {
		v.Numerator, v.Denominator, v.Known, v.Reported, v.Note = rep.Value, 0, true, true, rep.Note
		v.AsOf = time.UnixMilli(rep.At)
	}
	return v
}

// number is a year's value as a kept number.
func (f *figures) number(i Index, year int) (int64, bool) {
	return f.value(i, year).Number()
}

// against is what an indicator has reached for its target: the sum of the years after the base for a cumulative one,
// otherwise the latest level and the year it is of.
func (f *figures) against(i Index, cumulative bool, baseYear int) (n int64, year int, ok bool) {
	last := f.asOf.Year()
	if f.asOf.IsZero() || !Of(i).FromRegister() {
		for y := range f.reports[i] {
			last = max(last, y)
		}
	}
	if !cumulative {
		for y := last; y >= baseYear; y-- {
			if n, ok := f.number(i, y); ok {
				return n, y, true
			}
		}
		return 0, 0, false
	}
	for y := baseYear + 1; y <= last; y++ {
		if c, counted := f.years[i][y]; counted && f.people > 0 {
			n, ok = n+c.numerator, true
		}
	}
	return n, last, ok
}

// season is how an event's year has come together in the full years before the current one.
func (f *figures) season(i Index) Season {
	var months [12]int64
	for when, c := range f.months[i] {
		if when/100 < f.asOf.Year() {
			months[when%100-1] += c.numerator
		}
	}
	return SeasonOf(months)
}

// recent are the last values of an indicator, oldest first: months where they are kept, years where it is reported.
func (f *figures) recent(i Index, n int) []float64 {
	var out []float64
	if Of(i).Kind == Reported {
		for year := f.asOf.Year() - n; year <= f.asOf.Year()+1; year++ {
			if rep, ok := f.reports[i][year]; ok {
				out = append(out, float64(rep.Value))
			}
		}
		return out
	}
	for m := n - 1; m >= 0; m-- {
		c, ok := f.months[i][person.MonthOf(monthsLater(f.asOf.AddDate(0, 0, 1-f.asOf.Day()), -m))]
		switch of := Of(i); {
		case of.Kind == Event || of.Kind == Stock:
			out = append(out, float64(c.numerator))
		case ok && c.denominator > 0:
			out = append(out, float64(c.numerator)/float64(c.denominator))
		}
	}
	return out
}

// monthly is an indicator's value in a month as a kept number.
func (f *figures) monthly(i Index, month int) (int64, bool) {
	c, ok := f.months[i][month]
	v := Value{Indicator: i, Numerator: c.numerator, Denominator: c.denominator, Known: f.people > 0 && (ok || Of(i).Kind == Event)}
	return v.Number()
}

// part is one area below: its people, and an indicator's sums by year.
type part struct {
	people int64
	years  map[int]cell
}

// below reads an indicator in many areas at once.
func (r *Room) below(ctx context.Context, i Index, areas []string, asOf time.Time) (map[string]part, error) {
	out := map[string]part{}
	if asOf.IsZero() {
		return out, nil
	}
	rows, err := r.store.ofAreas(ctx, i.ID(), areas, asOf)
	for _, row := range rows {
		p := out[row.area]
		if row.indicator == people.ID() {
			p.people = row.numerator
		} else {
			if p.years == nil {
				p.years = map[int]cell{}
			}
			p.years[row.when] = row.cell
		}
		out[row.area] = p
	}
	return out, err
}
