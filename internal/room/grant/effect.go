package grant

import (
	"context"
	"math"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/area"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/person"
)

// Horizons are the months after the payment at which beneficiaries are looked at.
var Horizons = []int{3, 6, 12}

// Cell is what a beneficiary and those they are compared with have in common: the month, age band, sex, banner, education, how long they
// had been registered unemployed, and whether they were at work and insured already.
type Cell struct {
	Month                    int
	Age, Sex, School, Listed int
	Works                    bool // is at work and insured in the month already
	Banner                   string
}

// Tally counts the people of a cell, and those of them who work and are insured at the horizon.
type Tally struct{ N, Good int64 }

// Estimate is what became of beneficiaries against like people who got nothing. Rates are shares of 1.
type Estimate struct {
	Followed, Matched, Controls int64
	Rate, Expected              float64 // of the matched beneficiaries, and what their likes came to
	Gain, Low, High             float64 // difference with its 95 % confidence interval
}

// Compare estimates the effect by exact matching: in each cell the beneficiaries' share of working and insured people less that of the others, weighted
// by the beneficiaries. The variance is that of the two shares in each cell, each smoothed by half a person on either side so that cells
// with few people do not look certain; ±1.96 standard errors. Beneficiaries without anybody like them are left out and counted.
func Compare(treated, others map[Cell]Tally) (e Estimate) {
	for c, t := range treated {
		e.Followed += t.N
		if others[c].N > 0 {
			e.Matched += t.N
			e.Controls += others[c].N
		}
	}
	if e.Matched == 0 {
		return e
	}
	variance := 0.0
	for c, t := range treated {
		o := others[c]
		if o.N == 0 {
			continue
		}
		w := float64(t.N) / float64(e.Matched)
		e.Rate += w * t.share()
		e.Expected += w * o.share()
		variance += w * w * (t.spread() + o.spread())
	}
	e.Gain = e.Rate - e.Expected
	half := 1.96 * math.Sqrt(variance)
	e.Low, e.High = max(-1, e.Gain-half), min(1, e.Gain+half)
	return e
}

func (t Tally) share() float64 { return float64(t.Good) / float64(t.N) }

// spread is the variance of the share.
func (t Tally) spread() float64 {
	p := (float64(t.Good) + 0.5) / (float64(t.N) + 1)
	return p * (1 - p) / float64(t.N)
}

// cellOf is a person's cell in a month; ok is false for who is not compared: dead, or not of working age.
func cellOf(f *person.Facts, month int) (c Cell, ok bool) {
	on := lastDay(month)
	age := f.Age(on)
	if age < 16 || age >= 65 || f.Dead(on) {
		return c, false
	}
	c = Cell{Month: month, Age: (age - 15) / 10, Sex: f.Sex, Banner: area.At(f.Area, area.Banner)}
	switch {
	case f.Education == 0:
	case f.Education <= 30:
		c.School = 3
	case f.Education <= 60:
		c.School = 2
	default:
		c.School = 1
	}
	c.Works = worksInsured(f, month)
	if reg := f.Registered(on); reg != nil {
		switch n := person.MonthsBetween(person.MonthOf(reg.Since.Time), month); {
		case n <= 6:
			c.Listed = 1
		case n <= 12:
			c.Listed = 2
		default:
			c.Listed = 3
		}
	}
	return c, true
}

// worksInsured says whether somebody is at work and insured at the end of a month.
func worksInsured(f *person.Facts, month int) bool {
	return f.AtWork(lastDay(month)) != nil && f.Insured(month, person.Pension, person.Flexible, person.Unemployment)
}

func lastDay(month int) time.Time {
	return time.Date(month/100, time.Month(month%100)+1, 0, 0, 0, 0, 0, time.UTC)
}

func addMonths(month, n int) int {
	t := month/100*12 + month%100 - 1 + n
	return t/12*100 + t%12 + 1
}

// study is one comparison in the making: of a policy, in an area, at a horizon.
type study struct {
	policy, area string
	months       int
}

// Follow follows the beneficiaries of every policy that paid people, and keeps the estimates by policy for the region and each league.
func (r *Room) Follow(ctx context.Context, p progress.Reporter) (int, error) {
	around, err := dictionary.On(ctx, r.DB, r.Clock.Today())
	if err != nil {
		return 0, err
	}
	given, names, err := r.store.firstPaid(ctx)
	if err != nil {
		return 0, err
	}
	months := map[int]bool{}
	for _, g := range given {
		for _, x := range g {
			months[x.month] = true
		}
	}
	treated := map[study]map[Cell]Tally{}
	others := map[int]map[Cell]Tally{} // by horizon
	for _, h := range Horizons {
		others[h] = map[Cell]Tally{}
	}
	p.Step("跟踪享受补贴的人员", 0)
	defer p.End()
	err = r.People.EachFacts(ctx, 0, func(batch []*person.Facts) error {
		for _, f := range batch {
			mine := given[f.ID]
			for _, x := range mine {
				count(treated, f, x, around.AsOf)
			}
			if len(mine) == 0 {
				countOther(others, f, months, around.AsOf)
			}
		}
		p.Add(int64(len(batch)))
		return nil
	})
	if err != nil {
		return 0, err
	}
	var rows [][]any
	for s, cells := range treated {
		e := Compare(cells, others[s.months])
		rows = append(rows, []any{s.policy, s.area, s.months, names[s.policy], e.Followed, e.Matched, e.Controls, parts(e.Rate), parts(e.Expected), parts(e.Gain), parts(e.Low), parts(e.High), db.On(r.Clock.Today())})
	}
	return len(rows), r.DB.Tx(ctx, func(tx *db.Tx) error { return r.store.keepEffects(ctx, tx, rows) })
}

func parts(share float64) int64 { return int64(math.Round(share * 10000)) }

func count(into map[study]map[Cell]Tally, f *person.Facts, x given, asOf int) {
	for _, h := range Horizons {
		at := addMonths(x.month, h)
		c, ok := cellOf(f, x.month)
		if at > asOf || !ok {
			continue
		}
		for _, place := range []string{area.At(f.Area, area.Region), area.At(f.Area, area.League)} {
			s := study{x.policy, place, h}
			if into[s] == nil {
				into[s] = map[Cell]Tally{}
			}
			into[s][c] = into[s][c].plus(worksInsured(f, at))
		}
	}
}

func countOther(into map[int]map[Cell]Tally, f *person.Facts, months map[int]bool, asOf int) {
	for m := range months {
		c, ok := cellOf(f, m)
		if !ok {
			continue
		}
		for _, h := range Horizons {
			if at := addMonths(m, h); at <= asOf {
				into[h][c] = into[h][c].plus(worksInsured(f, at))
			}
		}
	}
}

func (t Tally) plus(good bool) Tally {
	t.N++
	if good {
		t.Good++
	}
	return t
}

// Effect is a kept estimate; rates are ten-thousandths.
type Effect struct {
	PolicyID, Area, Name        string
	Months                      int
	Followed, Matched, Controls int64
	Rate, Expected              int64
	Gain, Low, High             int64
	On                          db.Date
}

// few is how many beneficiaries there must be for their rates to be shown.
const few = 10
