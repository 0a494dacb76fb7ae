package verify

import (
	"fmt"
	"hash/fnv"
	"math"
	"slices"

	"jiuye/internal/engine/honest"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// material is everything about one indicator that panels are made of.
type material struct {
	of       indicator.Definition
	reports  []indicator.Report // newest of each figure
	sums     []indicator.Sum    // counted, by month
	targets  []indicator.Target
	rounding []Rounding
	macro    []Macro
	last     indicator.Period // the register's last month
}

// examined says whether an indicator's months can be examined: numbers of people or things, not shares and means.
func examined(d indicator.Definition) bool {
	return d.Kind == indicator.Event || d.Kind == indicator.Stock || d.Kind == indicator.Reported && d.Unit != "%" && d.Unit != "年"
}

// table is a panel with what its evidence sheets need.
type table struct {
	honest.Panel
	material
	marks []map[int]string // by series and year: a mark of what was reported
}

// compose makes a panel of an indicator's monthly reports; nil where nobody reported a month. Years run from the first reported month's to the last's.
func compose(m material) *table {
	var first, last int
	for i := range m.reports {
		if rep := &m.reports[i]; !rep.Period.IsYear() && rep.State != indicator.Returned {
			y := rep.Period.Year()
			if first == 0 || y < first {
				first = y
			}
			last = max(last, y)
		}
	}
	if first == 0 {
		return nil
	}
	t := &table{material: m, Panel: honest.Panel{First: first}}
	n, place := (last-first+1)*12, map[string]int{}
	at := func(p indicator.Period) int {
		if k := (p.Year()-first)*12 + p.Month() - 1; k < n {
			return k
		}
		return -1
	}
	for i := range m.reports {
		rep := &m.reports[i]
		if rep.Period.IsYear() || rep.State == indicator.Returned {
			continue
		}
		k, there := place[rep.Area]
		if !there {
			k = len(t.Series)
			place[rep.Area] = k
			t.Series = append(t.Series, honest.Series{Area: rep.Area, Reported: unknown(n), Targets: map[int]float64{}, Totals: map[int]float64{}})
		}
		t.Series[k].Reported[at(rep.Period)] = float64(rep.Value)
	}
	for i := range m.reports {
		if rep := &m.reports[i]; rep.Period.IsYear() && rep.State != indicator.Returned && m.of.Kind != indicator.Stock {
			if k, there := place[rep.Area]; there {
				t.Series[k].Totals[rep.Period.Year()] = float64(rep.Value)
			}
		}
	}
	t.count(place, at, n)
	t.wanted(place)
	t.outside(place, at, n)
	for k := range t.Series {
		s := &t.Series[k]
		for _, g := range m.rounding {
			if g.Area == s.Area && (g.Indicator == "" || g.Indicator == m.of.ID) {
				s.Rounded = math.Max(s.Rounded, float64(g.Unit))
			}
		}
		s.Parts = t.parts(place, s.Area)
		t.marks = append(t.marks, marks(s.Reported, first))
	}
	return t
}

func unknown(n int) []float64 { return slices.Repeat([]float64{math.NaN()}, n) }

// count puts the register's sums beside what was reported. Months in which nothing happened have no sum: they are 0 up to the data's last month.
func (t *table) count(place map[string]int, at func(indicator.Period) int, n int) {
	if !t.of.FromRegister() {
		return
	}
	for _, s := range t.sums {
		k, there := place[s.Area]
		if !there || s.Period.IsYear() {
			continue
		}
		own := &t.Series[k].Recomputed
		if *own == nil {
			*own = unknown(n)
			for m := range n {
				if indicator.Period((t.First+m/12)*100+m%12+1) <= t.last && t.of.Kind == indicator.Event {
					(*own)[m] = 0
				}
			}
		}
		if m := at(s.Period); m >= 0 {
			(*own)[m] = float64(s.Numerator)
		}
	}
}

// wanted is what each year's total is held against: a yearly target, or a year's share of a cumulative one.
func (t *table) wanted(place map[string]int) {
	for area, k := range place {
		var own []indicator.Target
		for _, x := range t.targets {
			if x.Area == area && x.Comparator != indicator.InWords {
				own = append(own, x)
			}
		}
		for y := t.First; y < t.First+len(t.Series[k].Reported)/12; y++ {
			x := indicator.InForce(own, t.of.ID, y)
			if x == nil || !x.Covers(y) || x.Value <= 0 {
				continue
			}
			v := float64(x.Value)
			if x.Cumulative {
				v /= float64(x.Year - x.BaseYear)
			}
			t.Series[k].Targets[y] = v
		}
	}
}

// outside puts macro series beside an area's reports: those that are positive in every whole year.
func (t *table) outside(place map[string]int, at func(indicator.Period) int, n int) {
	lists := map[string]map[string][]float64{}
	for _, m := range t.macro {
		if _, there := place[m.Area]; !there || m.Value <= 0 || m.Month/100 < t.First {
			continue
		}
		if lists[m.Area] == nil {
			lists[m.Area] = map[string][]float64{}
		}
		if lists[m.Area][m.Series] == nil {
			lists[m.Area][m.Series] = unknown(n)
		}
		if k := at(indicator.Period(m.Month)); k >= 0 {
			lists[m.Area][m.Series][k] = m.Value
		}
	}
	for code, all := range lists {
		var names []string
		for name := range all {
			names = append(names, name)
		}
		slices.Sort(names)
		s := &t.Series[place[code]]
		for _, name := range names {
			s.Outside = append(s.Outside, all[name])
		}
	}
}

// parts are the series of the areas one level below, when all of them report; otherwise there is nothing to add up.
func (t *table) parts(place map[string]int, code string) (list []int) {
	if area.Level(code) >= area.Banner {
		return nil
	}
	for _, a := range area.Children(code) {
		k, there := place[a.Code]
		if !there {
			if a.Level == area.Banner || a.Level == area.League {
				return nil
			}
			continue
		}
		list = append(list, k)
	}
	return list
}

// marks tell by year whether what was reported has changed.
func marks(months []float64, first int) map[int]string {
	out := map[int]string{}
	for y := range len(months) / 12 {
		h := fnv.New64a()
		for _, v := range months[y*12 : y*12+12] {
			_, _ = fmt.Fprint(h, v, ";") // never fails
		}
		out[first+y] = fmt.Sprintf("%016x", h.Sum64())
	}
	return out
}

// findings are a panel's scores over the limits, one finding for an area and year.
func (t *table) findings(limits map[string]Limit, asOf string) (out []Finding, scores int, err error) {
	list, err := honest.Examine(&t.Panel)
	if err != nil {
		return nil, 0, err
	}
	over := honest.Limits{}
	for _, k := range honest.Kinds {
		over[k] = limits[string(k)].Value
	}
	type cell struct{ series, year int }
	places := map[cell]int{}
	for _, s := range over.Findings(list) {
		at, there := places[cell{s.Series, s.Year}]
		if !there {
			at = len(out)
			places[cell{s.Series, s.Year}] = at
			code := t.Series[s.Series].Area
			mark := t.marks[s.Series][s.Year]
			out = append(out, Finding{Key: fmt.Sprintf("%s/%s/%d/%s", code, t.of.ID, s.Year, mark), Kind: string(s.Kind), Area: code, Indicator: t.of.ID, Period: s.Year, Mark: mark, Evidence: t.evidence(s.Series, s.Year, asOf)})
		}
		f := &out[at]
		if slices.ContainsFunc(f.Signals, func(x Signal) bool { return x.Kind == string(s.Kind) }) {
			continue
		}
		sig := Signal{Kind: string(s.Kind), Value: s.Value, Limit: s.Limit, Seen: s.Seen, Expected: s.Expected, From: s.From}
		if s.Kind == honest.Copy && s.Other >= 0 {
			sig.Other = t.Series[s.Other].Area
			f.Evidence.Other = months(t.Series[s.Other].Reported, s.From-t.First)
		}
		f.Signals = append(f.Signals, sig)
	}
	return out, len(list), nil
}

// evidence is what a sheet shows of an area's year.
func (t *table) evidence(series, year int, asOf string) Evidence {
	s := &t.Series[series]
	e := Evidence{Unit: t.of.Unit, AsOf: asOf, Reported: months(s.Reported, year-t.First), Register: months(s.Recomputed, year-t.First), Before: months(s.Reported, year-1-t.First), Rounded: int64(s.Rounded)}
	if v, ok := s.Targets[year]; ok {
		e.Target = int64(math.Round(v))
	}
	return e
}

func months(list []float64, y int) (out []*int64) {
	if y < 0 || len(list) < y*12+12 {
		return nil
	}
	for _, v := range list[y*12 : y*12+12] {
		out = append(out, whole(v))
	}
	return out
}

// background is what is told of a whole year's areas and never makes a finding: totals bunched just above targets, and leading digits.
type background struct {
	Indicator string  `json:"indicator"`
	Bunching  float64 `json:"bunching"`
	Over      int     `json:"over"`
	Under     int     `json:"under"`
	Benford   float64 `json:"benford"`
	Digits    bool    `json:"digits"` // there are figures enough for Benford
}

func (t *table) background() background {
	b := background{Indicator: t.of.ID}
	var totals, targets, all []float64
	for i := range t.Series {
		s := &t.Series[i]
		for y, want := range s.Targets {
			sum, complete := 0.0, true
			for _, v := range s.Reported[(y-t.First)*12 : (y-t.First)*12+12] {
				complete = complete && !math.IsNaN(v)
				sum += v
			}
			if complete && t.of.Kind != indicator.Stock {
				totals, targets = append(totals, sum), append(targets, want)
			}
		}
		all = append(all, s.Reported...)
	}
	b.Bunching, b.Over, b.Under = honest.Bunching(totals, targets, .05)
	b.Benford, b.Digits = honest.Benford(all)
	return b
}
