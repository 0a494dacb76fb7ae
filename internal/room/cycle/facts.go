package cycle

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// Facts are everything that a document is written from.
type Facts struct {
	Area, Name  string
	Period      indicator.Period
	AsOf        time.Time // the data's last day
	Known       time.Time // the day of the count that it is written from
	Standing    []Standing
	Loads       []Load
	Overdue     int // supervised and past its day; OverdueAt lists it
	OverdueAt   string
	Main        []Main  // the main indicators from January on, against the year before
	Places      []Place // the areas below
	Round       *Round  // nil: nobody was asked
	Forms       []Form  // handed in
	Absent      []Form  // not handed in
	Cases       []Case  // approved lately
	Years       []int   // of the table of years
	ByYear      map[string][]string
	Corrections int // figures that were corrected afterwards in the year
	Whole       bool
}

// Main is one main indicator.
type Main struct {
	indicator.Definition
	Now, Was int64 // from January to the month, this year and last
	HasNow   bool
	HasWas   bool
	Months   []float64 // this year's months
	Before   []float64 // last year's
}

// Place is one area below: its main figures from January on, and its share of its own target.
type Place struct {
	Code, Name string
	Now        map[string]int64
	Has        bool
	Target     int64 // of new urban employment; 0: none
	Reached    int64 // since the target's base
	From       int   // the first year that Reached counts
	Cumulative bool
	Best, Last int // places that it may as well have by chance alone
}

// main are the indicators that a briefing speaks of in its first part, in their order.
var main = []string{"new_urban", "reemployed", "hard_placed", "graduates", "transfers", "trained", "registered_rate", "surveyed_rate"}

// compared are those that areas are compared by.
var compared = []string{"new_urban", "reemployed", "hard_placed", "transfers", "trained"}

// gather reads the facts of an area for a period.
func (r *Room) gather(ctx context.Context, code string, p indicator.Period, kind Kind) (*Facts, error) {
	f := &Facts{Area: code, Name: area.Name(code), Period: p, Whole: true}
	children := area.Children(code)
	codes := []string{code}
	if area.Level(code) < area.Banner {
		for _, a := range children {
			codes = append(codes, a.Code)
		}
	}
	b, err := r.read(ctx, codes)
	if err != nil {
		return nil, err
	}
	if b.asOf.IsZero() || indicator.MonthOf(b.asOf) < p {
		return nil, fault.New(fault.Conflict, "%d年%d月的数据还没有统计出来，统计后再写", p.Year(), p.Month())
	}
	if indicator.MonthOf(b.asOf) > p { // as it was known when the next month had not come yet
		return r.gatherThen(ctx, code, p, kind)
	}
	f.AsOf, f.Known = b.asOf, b.made
	if r.Monitor != nil {
		if f.Standing, f.Loads, _, err = r.Monitor.Standing(ctx, code, r.known); err != nil {
			return nil, err
		}
	}
	if r.Supervision != nil {
		if f.Overdue, f.OverdueAt, err = r.Supervision.Overdue(ctx, code); err != nil {
			return nil, err
		}
	}
	all, err := r.Indicators.Definitions(ctx)
	if err != nil {
		return nil, err
	}
	for i := range f.Standing { // the register's name stands by itself, without what it is a part of
		if at := slices.IndexFunc(all, func(d indicator.Definition) bool { return d.ID == f.Standing[i].ID }); at >= 0 {
			f.Standing[i].Name = all[at].Name
		}
	}
	f.fill(b, all, codes)
	if err := r.targets(ctx, b, f); err != nil {
		return nil, err
	}
	if err := r.said(ctx, f, kind); err != nil {
		return nil, err
	}
	if f.Cases, err = r.casesForPaper(ctx, code); err != nil {
		return nil, err
	}
	corrected, err := r.Indicators.Corrected(ctx, code, "", time.Date(p.Year(), time.January, 1, 0, 0, 0, 0, time.UTC))
	f.Corrections = len(corrected)
	return f, err
}

// gatherThen gathers as of the last count whose data end with the period.
func (r *Room) gatherThen(ctx context.Context, code string, p indicator.Period, kind Kind) (*Facts, error) {
	runs, err := r.Indicators.Runs(ctx, 400)
	if err != nil {
		return nil, err
	}
	for _, run := range runs {
		if indicator.MonthOf(run.AsOf) == p && (r.known.IsZero() || !run.On.After(r.known)) {
			then := *r
			then.known = run.On
			return then.gather(ctx, code, p, kind)
		}
	}
	return nil, fault.New(fault.Conflict, "没有找到数据截至 %d年%d月的那次统计，请改选月份", p.Year(), p.Month())
}

// fill brings the counted figures into the facts.
func (f *Facts) fill(b *book, all []indicator.Definition, codes []string) {
	for _, id := range main {
		at := slices.IndexFunc(all, func(d indicator.Definition) bool { return d.ID == id })
		if at < 0 {
			continue
		}
		m := Main{Definition: all[at]}
		m.Now, m.HasNow = b.year(m.Definition, f.Area, f.Period)
		m.Was, m.HasWas = b.year(m.Definition, f.Area, lastYear(f.Period))
		for p := january(f.Period); p <= f.Period; p = p.Next() {
			now, _ := b.over(m.Definition, f.Area, p, p)
			was, _ := b.over(m.Definition, f.Area, lastYear(p), lastYear(p))
			m.Months, m.Before = append(m.Months, indicator.Plot(now, m.Unit)), append(m.Before, indicator.Plot(was, m.Unit))
		}
		f.Main = append(f.Main, m)
	}
	for _, code := range codes[1:] {
		p := Place{Code: code, Name: area.Short(code), Now: map[string]int64{}, Has: b.has(code)}
		f.Whole = f.Whole && p.Has
		for _, m := range f.Main {
			if n, ok := b.year(m.Definition, code, f.Period); ok {
				p.Now[m.ID] = n
			}
		}
		f.Places = append(f.Places, p)
	}
	f.ByYear = map[string][]string{}
	for y := f.Period.Year() - 5; y <= f.Period.Year(); y++ {
		f.Years = append(f.Years, y)
		for _, d := range all {
			text := "—"
			if n, ok := b.whole(d, f.Area, y); ok {
				text = indicator.Figure(n, d.Unit)
			}
			f.ByYear[d.ID] = append(f.ByYear[d.ID], text)
		}
	}
}

// targets holds the areas below against their own targets of new urban employment, and tells which places are no more than chance.
func (r *Room) targets(ctx context.Context, b *book, f *Facts) error {
	var codes []string
	for _, p := range f.Places {
		codes = append(codes, p.Code)
	}
	list, err := r.Indicators.TargetsOf(ctx, codes)
	if err != nil || len(f.Main) == 0 {
		return err
	}
	d := f.Main[0].Definition
	for i := range f.Places {
		p := &f.Places[i]
		own := slices.DeleteFunc(slices.Clone(list), func(t indicator.Target) bool { return t.Area != p.Code })
		t := indicator.InForce(own, d.ID, f.Period.Year())
		if t == nil || t.Value <= 0 || !p.Has {
			continue
		}
		p.Target, p.From, p.Cumulative = t.Value, f.Period.Year(), t.Cumulative
		if t.Cumulative {
			p.From = t.BaseYear + 1
		}
		for y := p.From; y < f.Period.Year(); y++ {
			n, _ := b.whole(d, p.Code, y)
			p.Reached += n
		}
		n, _ := b.year(d, p.Code, f.Period)
		p.Reached += n
	}
	rank(f.Places)
	return nil
}

// share is how much of its target a place has reached.
func (p *Place) share() float64 { return float64(p.Reached) / float64(p.Target) }

// thousandths is the share as it is written, rounded once, as the plan's pages round it.
func (p *Place) thousandths() int64 {
	n, _ := indicator.Ratio(p.Reached, p.Target, 1000)
	return n
}

// rank orders places by the share of their targets, and tells the places that each may as well have: those whose shares do not differ by
// more than counts vary by chance (nine times of ten) change places freely. Those without a target stand last.
func rank(list []Place) {
	slices.SortStableFunc(list, func(a, b Place) int {
		if a.Target == 0 || b.Target == 0 {
			return cmp.Compare(b.Target, a.Target)
		}
		return cmp.Compare(b.share(), a.share())
	})
	apart := func(a, b *Place) bool {
		va, vb := float64(a.Reached)/float64(a.Target)/float64(a.Target), float64(b.Reached)/float64(b.Target)/float64(b.Target)
		return math.Abs(a.share()-b.share()) > 1.645*math.Sqrt(va+vb)
	}
	for i := range list {
		if list[i].Target == 0 {
			continue
		}
		list[i].Best, list[i].Last = i+1, i+1
		for k := range list {
			if list[k].Target == 0 || k == i || apart(&list[i], &list[k]) {
				continue
			}
			list[i].Best, list[i].Last = min(list[i].Best, k+1), max(list[i].Last, k+1)
		}
	}
}

// said reads what the areas below have handed in for the period; of the kinds the one asked for, otherwise the month's.
func (r *Room) said(ctx context.Context, f *Facts, kind Kind) error {
	for _, k := range []Kind{kind, Month} {
		round, err := roundOf(ctx, r.DB, f.Area, k, f.Period)
		if err != nil {
			return err
		}
		if round.ID == 0 {
			continue
		}
		f.Round = &round
		list, err := r.forms(ctx, r.DB, round.ID)
		for _, one := range list {
			if one.in() {
				f.Forms = append(f.Forms, one)
			} else {
				f.Absent = append(f.Absent, one)
			}
		}
		return err
	}
	return nil
}
