package supervise

import (
	"context"
	"fmt"
	"math"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/indicator"
)

// definition is an indicator by its id.
func (r *Room) definition(ctx context.Context, id string) (indicator.Definition, bool) {
	if slices.Contains(counted, id) || id == "" {
		return indicator.Definition{}, false
	}
	d, err := r.Indicators.Definition(ctx, id)
	return d, err == nil
}

// inputs reads what every area brings to every criterion, as known on the cut-off: a reading or two for each criterion, whatever the
// number of areas.
func (r *Room) inputs(ctx context.Context, s *Scheme, list []Criterion) (map[int64][]Input, error) {
	areas := s.Areas()
	targets, err := r.Indicators.TargetsOf(ctx, areas)
	if err != nil {
		return nil, err
	}
	own := map[string][]indicator.Target{}
	for _, t := range targets {
		own[t.Area] = append(own[t.Area], t)
	}
	out := map[int64][]Input{}
	for _, c := range list {
		var in []Input
		if def, ok := r.definition(ctx, c.Input); ok {
			in, err = r.measured(ctx, s, def, areas, own)
		} else {
			in, err = r.numbered(ctx, s, c.Input, areas)
		}
		if err != nil {
			return nil, err
		}
		out[c.No] = in
	}
	return out, nil
}

// measured holds an indicator against the target in force: a cumulative one's share due by the year, otherwise the way from base to
// target.
func (r *Room) measured(ctx context.Context, s *Scheme, def indicator.Definition, areas []string, own map[string][]indicator.Target) ([]Input, error) {
	year := int(s.Year)
	values := map[string]map[int]indicator.Value{}
	put := func(v indicator.Value) {
		if values[v.Area] == nil {
			values[v.Area] = map[int]indicator.Value{}
		}
		values[v.Area][v.Period.Year()] = v
	}
	if def.FromRegister() {
		sums, err := r.Indicators.SumsOf(ctx, areas, def.ID, indicator.Period(year-9), indicator.Period(year), s.Cutoff.Time)
		if err != nil {
			return nil, err
		}
		for _, v := range sums {
			if v.Period.IsYear() && v.Indicator == def.ID {
				put(indicator.Value{Indicator: def.ID, Kind: def.Kind, Area: v.Area, Period: v.Period, Numerator: v.Numerator, Denominator: v.Denominator, Known: true})
			}
		}
	} else {
		reports, err := r.Indicators.Reports(ctx, areas, s.Cutoff.Time)
		if err != nil {
			return nil, err
		}
		for _, rep := range reports {
			if rep.Indicator == def.ID && rep.Period.IsYear() && rep.State != indicator.Returned {
				put(rep.AsValue())
			}
		}
	}
	var out []Input
	for _, a := range areas {
		out = append(out, against(def, a, year, indicator.InForce(own[a], def.ID, year), values[a]))
	}
	return out, nil
}

// against compares one area's values with its target. It is pure.
func against(def indicator.Definition, area string, year int, t *indicator.Target, values map[int]indicator.Value) Input {
	in := Input{Area: area, Unit: def.Unit}
	if t == nil || t.Comparator == indicator.InWords || t.Year <= t.BaseYear || year <= t.BaseYear {
		in.Words = "没有可计算的目标"
		return in
	}
	gone, all := int64(min(year, t.Year)-t.BaseYear), int64(t.Year-t.BaseYear)
	events := float64(0)
	if t.Cumulative {
		for y := t.BaseYear + 1; y <= year; y++ {
			n, ok := values[y].Number()
			if !ok && values[y].Indicator == "" && def.Kind == indicator.Event {
				continue // nothing happened
			}
			in.Actual += n
		}
		in.Known, in.Wanted, events = len(values) > 0, t.Value*gone/all, float64(in.Actual)
		in.Words = fmt.Sprintf("%d～%d 年累计，目标 %s 的 %d/%d", t.BaseYear+1, year, indicator.Figure(t.Value, def.Unit), gone, all)
	} else {
		v := values[year]
		in.Actual, in.Known = v.Number()
		in.Wanted = t.Base + (t.Value-t.Base)*gone/all
		if t.Comparator == indicator.AtMost || t.Comparator == indicator.Between {
			in.Wanted = max(t.Value, t.High)
		}
		if v.Denominator > 0 && in.Wanted > 0 && def.Kind == indicator.Rate {
			p := float64(v.Numerator) / float64(v.Denominator)
			in.Noise = rounded(1.96 * math.Sqrt(p*(1-p)/float64(v.Denominator)) * 1e8 / float64(in.Wanted))
		}
		if def.Kind == indicator.Stock {
			events = float64(in.Actual)
		}
	}
	if !in.Known || in.Wanted <= 0 {
		in.Known, in.Words = false, "截止日没有数据"
		return in
	}
	if t.Comparator == indicator.AtMost && in.Actual > 0 {
		in.Ratio = rounded(float64(in.Wanted) / float64(in.Actual) * 10000)
	} else {
		in.Ratio = rounded(float64(in.Actual) / float64(in.Wanted) * 10000)
	}
	if events > 0 { // what is counted varies by its root even where nothing changes
		in.Noise = rounded(1.96 * math.Sqrt(events) / float64(in.Wanted) * 10000)
	}
	return in
}

// numbered counts milestones, steps of supervision or entries of the ledger in the year up to the cut-off.
func (r *Room) numbered(ctx context.Context, s *Scheme, input string, areas []string) ([]Input, error) {
	from, _ := dayOf(s.Year, 1, 1)
	until, _ := dayOf(s.Year, 12, 31)
	if s.Cutoff.Before(until.Time) {
		until = s.Cutoff
	}
	done, all, err := countInput(ctx, r.DB, input, s.Area, from, until, s.Cutoff)
	if err != nil {
		return nil, err
	}
	var out []Input
	for _, a := range areas {
		in := Input{Area: a, Actual: done[a], Wanted: all[a], Known: true, Unit: "个"}
		if input == InputMilestones {
			if in.Wanted == 0 {
				in.Known, in.Words = false, "当年没有到期的任务节点"
			} else {
				in.Ratio = rounded(float64(in.Actual) / float64(in.Wanted) * 10000)
			}
		}
		out = append(out, in)
	}
	return out, nil
}

func dayOf(year int64, month, day int) (db.Date, error) {
	var d db.Date
	err := d.Scan(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	return d, err
}
