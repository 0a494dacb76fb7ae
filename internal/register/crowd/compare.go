package crowd

import (
	"context"
	"slices"

	"jiuye/internal/engine/census"
	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
)

// Cut is part of everybody: those of whom a field lies between two values, both included. Of a yes-or-no field 1 is yes, of a
// category it is the place among its values.
type Cut struct {
	Field     int
	Low, High int64
}

// Moved is how many have something under one wording and under another, and what it pays them.
type Moved struct {
	Area               string // of areas: a township, or the area above it
	Before, Gain, Loss int64
	Paid, Pays         Paid // before, after
}

// After is how many have it under the other wording.
func (m *Moved) After() int64 { return m.Before + m.Gain - m.Loss }

// Add sums.
func (m *Moved) Add(o Moved) {
	m.Before, m.Gain, m.Loss = m.Before+o.Before, m.Gain+o.Gain, m.Loss+o.Loss
	m.Paid.Add(o.Paid)
	m.Pays.Add(o.Pays)
}

// Comparison is two wordings of a policy beside each other.
type Comparison struct {
	Areas      []Moved // where somebody has it under either
	Cuts       []Moved // in the order asked for
	Doubt      int64   // of all areas: whose answer becomes unknown
	Paid, Pays Bill
}

// Compare counts two wordings of a policy, neither of which need be in use, by area and by parts of the people, in the areas
// that within says. Faults: those of Ask.
func (c *Crowd) Compare(ctx context.Context, before, after *rule.Policy, cuts []Cut, within func(area string) bool) (out Comparison, err error) {
	err = c.look(ctx, func(p *population) error {
		had, has, doubt, err := p.both(before, after)
		if err != nil {
			return err
		}
		out.Doubt, out.Cuts = doubt, make([]Moved, len(cuts))
		parts, err := c.slices(p, cuts)
		if err != nil {
			return err
		}
		areas := make([]Moved, len(p.names))
		places := map[string]int{}
		for g, name := range p.names {
			areas[g].Area, places[name] = name, g
		}
		had, has = p.inside(had, within), p.inside(has, within)
		count := func(at int, n Moved) {
			areas[p.people.Group(at)].Add(n)
			for k := range parts {
				if p.in(&parts[k], at) {
					out.Cuts[k].Add(n)
				}
			}
		}
		for i, k := 0, 0; i < len(had) || k < len(has); {
			switch {
			case k == len(has) || i < len(had) && had[i] < has[k]:
				count(had[i], Moved{Before: 1, Loss: 1})
				i++
			case i == len(had) || has[k] < had[i]:
				count(has[k], Moved{Gain: 1})
				k++
			default:
				count(had[i], Moved{Before: 1})
				i, k = i+1, k+1
			}
		}
		for _, one := range []struct {
			policy *rule.Policy
			who    []int
			bill   *Bill
			money  func(m *Moved) (*Paid, int64)
		}{
			{before, had, &out.Paid, func(m *Moved) (*Paid, int64) { return &m.Paid, m.Before }},
			{after, has, &out.Pays, func(m *Moved) (*Paid, int64) { return &m.Pays, m.After() }},
		} {
			bill, paid := p.bill(one.policy, one.who, parts)
			*one.bill = bill
			for _, all := range bill.By {
				money, _ := one.money(&areas[places[all.Area]])
				*money = all
			}
			for k := range paid {
				money, people := one.money(&out.Cuts[k])
				*money = paid[k].times("", people)
			}
		}
		out.Areas = slices.DeleteFunc(areas, func(m Moved) bool { return m.Before+m.Gain == 0 })
		return nil
	})
	return out, err
}

// slice is a Cut over its column.
type slice struct {
	column    int
	low, high int64
	bit       bool // the column holds a set, low is the place of what must be in it
}

// slices makes parts ready. Faults: Internal, where no column holds a field.
func (c *Crowd) slices(p *population, cuts []Cut) ([]slice, error) {
	out := make([]slice, len(cuts))
	for i, cut := range cuts {
		f, column := &c.dict.Fields[cut.Field], p.cols.Column(cut.Field)
		if column < 0 {
			return nil, fault.New(fault.Internal, "crowd: no column holds %s", f.Zh)
		}
		out[i] = slice{column, cut.Low, cut.High, f.Type == rule.Choice && !f.Single}
		if f.Type == rule.Choice && f.Single {
			out[i].low, out[i].high = cut.Low+1, cut.High+1 // 0 is none of them
		}
	}
	return out, nil
}

// in says whether somebody belongs to a part.
func (p *population) in(s *slice, at int) bool {
	v, known := p.people.Value(at, s.column)
	if s.bit {
		return known && v>>s.low&1 == 1
	}
	return known && v >= s.low && v <= s.high
}

// both decides two wordings for everybody: who has the one and the other, in order, and whose answer becomes unknown.
func (p *population) both(before, after *rule.Policy) (had, has []int, doubt int64, err error) {
	first, err := p.rule(before)
	second, wrong := p.rule(after)
	if err != nil || wrong != nil {
		return p.bothAlone(before, after, err, wrong)
	}
	not := func(r census.Rule) census.Rule { return census.Rule{Op: census.Not, Kids: []census.Rule{r}} }
	program, err := p.people.Compile([]census.Rule{first, second, either(first, not(first), second, not(second))})
	if err != nil {
		return nil, nil, 0, err
	}
	result := p.people.Screen(program, 0)
	had, has = collect(result, 0), collect(result, 1)
	_, unknown := result.Count(1)
	_, always := result.Count(2)
	return had, has, unknown - always, nil
}

// bothAlone is both person by person.
func (p *population) bothAlone(before, after *rule.Policy, wrong ...error) (had, has []int, doubt int64, err error) {
	for i, policy := range []*rule.Policy{before, after} {
		if wrong[i] != nil && !p.cols.Answers(policy) {
			return nil, nil, 0, unheld(wrong[i])
		}
	}
	unsure := map[int]bool{}
	p.each(before, func(at int, v rule.Verdict) {
		if v == rule.Eligible {
			had = append(had, at)
		} else {
			unsure[at] = true
		}
	})
	p.each(after, func(at int, v rule.Verdict) {
		if v == rule.Eligible {
			has = append(has, at)
		} else if !unsure[at] {
			doubt++
		}
	})
	slices.Sort(had)
	slices.Sort(has)
	return had, has, doubt, nil
}
