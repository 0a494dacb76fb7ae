package crowd

import (
	"strings"

	"jiuye/internal/engine/rule"
)

// sampled is how many people are asked one by one what they are paid; of more, so many are taken evenly.
const sampled = 5000

// Bill is what a policy pays those whom it lets in, in fen. Where more people have it than are asked one by one, everybody
// stands for so many neighbours: sums of an area are the mean of those asked there times all of it.
type Bill struct {
	By      []Paid // by township, with those who have it
	Every   int64  // one in so many was asked; 1: everybody
	Named   bool   // the policy names an amount
	Endless bool   // it pays by the month or the year and does not say until when: only First is told
	Monthly bool   // it has a schedule
	WhyOpen string // why an amount could not be told, of the first such one
}

// Paid is money for the people of an area.
type Paid struct {
	Area   string
	People int64
	First  int64 // in the first twelve months, each counted from a person's own first one
	Whole  int64 // altogether
	Open   int64 // people whose amount cannot be told
}

// Add sums.
func (p *Paid) Add(o Paid) {
	p.People, p.First, p.Whole, p.Open = p.People+o.People, p.First+o.First, p.Whole+o.Whole, p.Open+o.Open
}

// year is the twelve months that budgets are made for.
const year = 12

// Worth is what a policy pays one subject: in the first twelve months, and altogether. endless says that it does not end by itself.
func Worth(p *rule.Policy, facts rule.Source, on rule.Day) (first, whole int64, endless, known bool, why string) {
	if p.Scheduled() {
		months, known, why := p.Months(facts, on)
		for i, m := range months {
			if whole += m.Fen; i < year {
				first += m.Fen
			}
		}
		return first, whole, false, known, why
	}
	whole, known, why = p.AmountFor(facts, on)
	times := int64(1)
	switch how := p.Amount.How; {
	case strings.HasPrefix(how, "每月"):
		times, endless = year, true
	case strings.HasPrefix(how, "每年"):
		endless = true
	}
	return times * whole, whole, endless, known, why
}

// bill adds up what people are paid, by area, and what those asked of some parts of them are, to be told for all of the part.
func (p *population) bill(policy *rule.Policy, who []int, cuts []slice) (b Bill, parts []Paid) {
	b = Bill{Every: 1, Named: policy.Amount.Fen != 0 || policy.Amount.How != "", Monthly: policy.Scheduled()}
	if !b.Named {
		return b, nil
	}
	b.Every = max(1, int64(len(who)/sampled))
	asked, everyone, yes := make([]Paid, len(p.names)), Paid{}, make([]int64, len(p.names))
	parts = make([]Paid, len(cuts))
	seat := p.cols.Seat(p.people)
	for i, at := range who {
		g := p.people.Group(at)
		if yes[g]++; int64(i)%b.Every != 0 {
			continue
		}
		seat.At = at
		one := Paid{People: 1}
		var known bool
		var why string
		if one.First, one.Whole, b.Endless, known, why = Worth(policy, seat, p.on); !known {
			one.First, one.Whole, one.Open = 0, 0, 1
			if b.WhyOpen == "" {
				b.WhyOpen = why
			}
		}
		asked[g].Add(one)
		everyone.Add(one)
		for k := range cuts {
			if p.in(&cuts[k], at) {
				parts[k].Add(one)
			}
		}
	}
	for g, n := range yes {
		if n == 0 {
			continue
		}
		if asked[g].People == 0 {
			asked[g] = everyone
		}
		b.By = append(b.By, asked[g].times(p.names[g], n))
	}
	for k := range parts {
		if parts[k].People == 0 {
			parts[k] = everyone
		}
	}
	return b, parts
}

// times is what so many people are paid if they are like those asked.
func (p Paid) times(area string, people int64) Paid {
	out := Paid{Area: area, People: people}
	if p.People == people {
		p.Area = area
		return p
	}
	if p.People > 0 {
		share := func(n int64) int64 { return int64(float64(n) / float64(p.People) * float64(people)) }
		out.First, out.Whole, out.Open = share(p.First), share(p.Whole), share(p.Open)
	}
	return out
}

// Sum is the bill of everybody in it.
func (b *Bill) Sum() (all Paid) {
	for _, one := range b.By {
		all.Add(one)
	}
	return all
}
