package plan

import (
	"context"
	"time"

	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// figures are everything that is kept about one area, as it was known on a day.
type figures struct {
	area    string
	on      time.Time // the day that is asked for; zero: now
	asOf    time.Time // the data's last day in the latest count; zero before the first
	made    time.Time // the day of that count
	people  int64     // who lives there
	partial bool      // people of some areas below are not in the register
	present []string  // where partial: the areas below that are
	targets []indicator.Target
	years   map[string]map[int]cell
	months  map[string]map[int]cell
	reports map[string]map[int]Report
	outlook map[string]map[int]indicator.Outlook
	plans   map[string]indicator.Plan
}

// read reads an area's figures as known on a day (zero: now): some hundred rows, however many people live there.
func (r *Room) read(ctx context.Context, code string, on time.Time) (*figures, error) {
	f := &figures{area: code, on: on, years: map[string]map[int]cell{}, months: map[string]map[int]cell{}, reports: map[string]map[int]Report{},
		outlook: map[string]map[int]indicator.Outlook{}, plans: map[string]indicator.Plan{}}
	if err := r.wanted(ctx, f); err != nil {
		return nil, err
	}
	reports, err := r.Indicators.Reports(ctx, []string{code}, on)
	if err != nil {
		return nil, err
	}
	for _, rep := range reports {
		if rep.Period.IsYear() {
			put(f.reports, rep.Indicator, int(rep.Period), rep)
		}
	}
	last, found, err := r.Indicators.Latest(ctx, on)
	if err != nil || !found {
		return f, err
	}
	f.asOf, f.made = last.AsOf, last.On
	sums, err := r.Indicators.Sums(ctx, code, on)
	if err != nil {
		return nil, err
	}
	for _, s := range sums {
		c := cell{s.Numerator, s.Denominator}
		switch {
		case s.Indicator == indicator.People:
			f.people = s.Numerator // the last year's comes last
		case s.Period.IsYear():
			put(f.years, s.Indicator, int(s.Period), c)
		default:
			put(f.months, s.Indicator, int(s.Period), c)
		}
	}
	return f, r.coverage(ctx, f)
}

// wanted reads the targets of an area and those above it, the plans that set them, and the outlook.
func (r *Room) wanted(ctx context.Context, f *figures) error {
	plans, err := r.Indicators.Plans(ctx)
	if err != nil {
		return err
	}
	for _, p := range plans {
		f.plans[p.ID] = p
	}
	var path []string
	for code := f.area; code != ""; code = area.Parent(code) {
		path = append(path, code)
	}
	if f.targets, err = r.Indicators.TargetsOf(ctx, path); err != nil {
		return err
	}
	list, err := r.Indicators.Outlook(ctx, f.area)
	for _, o := range list {
		put(f.outlook, o.Indicator, o.Year, o)
	}
	return err
}

func put[T any](m map[string]map[int]T, id string, when int, v T) {
	if m[id] == nil {
		m[id] = map[int]T{}
	}
	m[id][when] = v
}

// coverage finds out whether all leagues of the region are in the register: only then is a sum the region's.
func (r *Room) coverage(ctx context.Context, f *figures) error {
	if area.Level(f.area) != area.Region || f.people == 0 {
		return nil
	}
	below, err := r.below(ctx, NewUrban.ID(), codes(area.Children(f.area)), f.on)
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

// year is the year that targets are judged in.
func (f *figures) year() int {
	if f.asOf.IsZero() {
		return firstYear + 2
	}
	return f.asOf.Year()
}

// targetAt is what an area on the path wants of an indicator, nil where it has no target.
func (f *figures) targetAt(code, id string) *indicator.Target {
	var own []indicator.Target
	for _, t := range f.targets {
		if t.Area == code && t.Indicator == id {
			own = append(own, t)
		}
	}
	return indicator.InForce(own, id, f.year())
}

// value is an indicator's value in a year: counted if the register can tell it, otherwise reported.
func (f *figures) value(d Indicator, year int) indicator.Value {
	if c, ok := f.years[d.ID][year]; ok && d.FromRegister() {
		return indicator.Value{Indicator: d.ID, Kind: d.Kind, Area: f.area, Period: indicator.Period(year), Numerator: c.numerator, Denominator: c.denominator,
			Known: f.people > 0}
	}
	return f.reported(d, year)
}

// reported is what somebody entered for a year.
func (f *figures) reported(d Indicator, year int) indicator.Value {
	if rep, ok := f.reports[d.ID][year]; ok {
		v := rep.AsValue()
		v.Kind = d.Kind
		return v
	}
	return indicator.Value{Indicator: d.ID, Kind: d.Kind, Area: f.area, Period: indicator.Period(year)}
}

// number is a year's value as a kept number.
func (f *figures) number(d Indicator, year int) (int64, bool) {
	return f.value(d, year).Number()
}

// against is what an indicator has reached for its target: the sum of the years after the base for a cumulative one,
// otherwise the latest level and the year it is of.
func (f *figures) against(d Indicator, cumulative bool, baseYear int) (n int64, year int, ok bool) {
	last := f.asOf.Year()
	if f.asOf.IsZero() || !d.FromRegister() {
		for y := range f.reports[d.ID] {
			last = max(last, y)
		}
	}
	if !cumulative {
		for y := last; y >= baseYear; y-- {
			if n, ok := f.number(d, y); ok {
				return n, y, true
			}
		}
		return 0, 0, false
	}
	for y := baseYear + 1; y <= last; y++ {
		if c, counted := f.years[d.ID][y]; counted && f.people > 0 {
			n, ok = n+c.numerator, true
		} else if rep := f.reported(d, y); rep.Known && !d.FromRegister() {
			n, ok = n+rep.Numerator, true
		}
	}
	return n, last, ok
}

// season is how an event's year has come together in the full years before the current one.
func (f *figures) season(d Indicator) Season {
	var months [12]int64
	for when, c := range f.months[d.ID] {
		if when/100 < f.asOf.Year() && d.Kind == indicator.Event {
			months[when%100-1] += c.numerator
		}
	}
	return SeasonOf(months)
}

// recent are the last values of an indicator, oldest first: months where they are kept, years where it is reported.
func (f *figures) recent(d Indicator, n int) []float64 {
	var out []float64
	if d.Kind == indicator.Reported {
		for year := f.asOf.Year() - n; year <= f.asOf.Year()+1; year++ {
			if rep, ok := f.reports[d.ID][year]; ok {
				out = append(out, float64(rep.Value))
			}
		}
		return out
	}
	for m := n - 1; m >= 0; m-- {
		c, ok := f.months[d.ID][int(indicator.MonthOf(monthsLater(f.asOf.AddDate(0, 0, 1-f.asOf.Day()), -m)))]
		switch {
		case d.Kind == indicator.Event || d.Kind == indicator.Stock:
			out = append(out, float64(c.numerator))
		case ok && c.denominator > 0:
			out = append(out, float64(c.numerator)/float64(c.denominator))
		}
	}
	return out
}

// monthly is an indicator's value in a month as a kept number.
func (f *figures) monthly(d Indicator, month int) (int64, bool) {
	c, ok := f.months[d.ID][month]
	v := indicator.Value{Kind: d.Kind, Numerator: c.numerator, Denominator: c.denominator, Known: f.people > 0 && (ok || d.Kind == indicator.Event)}
	return v.Number()
}

// part is one area below: its people, and an indicator's sums by year.
type part struct {
	people int64
	years  map[int]cell
}

// below reads an indicator's years in many areas at once.
func (r *Room) below(ctx context.Context, id string, areas []string, on time.Time) (map[string]part, error) {
	out := map[string]part{}
	rows, err := r.Indicators.SumsOf(ctx, areas, id, firstYear, lastYear, on)
	for _, row := range rows {
		p := out[row.Area]
		if row.Indicator == indicator.People {
			p.people = row.Numerator
		} else {
			if p.years == nil {
				p.years = map[int]cell{}
			}
			p.years[int(row.Period)] = cell{row.Numerator, row.Denominator}
		}
		out[row.Area] = p
	}
	return out, err
}

// lastYear is beyond every year that is counted, and below every month.
const lastYear = 9999
