package crowd

import (
	"cmp"
	"context"
	"math"
	"slices"

	"jiuye/internal/engine/census"
	"jiuye/internal/engine/rule"
)

// Survey is all that is asked about a policy that somebody is writing, of one area.
type Survey struct {
	Counts []Count // by township, and by the areas above of whom no more is known
	Lacks  []Lack  // what is not known of those whose answer is unknown, the most frequent first
	Bill   Bill
}

// Lack is how many of those whose answer is unknown have nothing in a field that the policy asks about.
type Lack struct {
	Field int
	N     int64
}

// Survey counts a policy that need not be in use, says what most of the unknown lack, and what it would pay. Faults are those of Ask.
func (c *Crowd) Survey(ctx context.Context, policy *rule.Policy, within func(area string) bool) (s Survey, err error) {
	err = c.look(ctx, func(p *population) error {
		r, err := p.rule(policy)
		if err != nil && p.cols.Answers(policy) {
			s = p.surveyAlone(policy, within)
			return nil
		}
		if err != nil {
			return unheld(err)
		}
		rules := []census.Rule{r}
		var fields []int
		for _, id := range policy.Fields() {
			if at := p.cols.Column(id); at >= 0 {
				rules, fields = append(rules, both(r, told(&c.dict.Fields[id], at))), append(fields, id)
			}
		}
		program, err := p.people.Compile(rules)
		if err != nil {
			return err
		}
		result := p.people.Screen(program, 0)
		for i, id := range fields {
			lack := Lack{Field: id}
			for g, n := range result.UnknownBy(i+1, 0) {
				if within(p.names[g]) {
					lack.N += n
				}
			}
			s.Lacks = append(s.Lacks, lack)
		}
		counts := p.counts(result, 0)
		s.Bill, _ = p.bill(policy, p.inside(collect(result, 0), within), nil)
		for _, n := range counts {
			if within(n.Area) {
				s.Counts = append(s.Counts, n)
			}
		}
		return nil
	})
	s.Lacks = slices.DeleteFunc(s.Lacks, func(l Lack) bool { return l.N == 0 })
	slices.SortStableFunc(s.Lacks, func(a, b Lack) int { return cmp.Compare(b.N, a.N) })
	return s, err
}

// told holds where a column's value is known, and is unknown otherwise.
func told(f *rule.Field, column int) census.Rule {
	r := census.Rule{Column: column, In: []census.Range{{From: math.MinInt64, To: math.MaxInt64}}}
	if f.Type == rule.Choice && !f.Single {
		r.In, r.Bits = nil, 1<<len(f.Values)-1
		r = either(r, census.Rule{Op: census.Not, Kids: []census.Rule{r}})
	}
	return r
}

func either(kids ...census.Rule) census.Rule { return census.Rule{Op: census.Any, Kids: kids} }

// both is unknown exactly of those of whom a rule and what is told are: Kleene's logic has no better word for it.
func both(r, told census.Rule) census.Rule {
	return either(told, r, census.Rule{Op: census.Not, Kids: []census.Rule{r}})
}

// surveyAlone is Survey person by person.
func (p *population) surveyAlone(policy *rule.Policy, within func(area string) bool) (s Survey) {
	counts := make([]Count, len(p.names))
	for g, name := range p.names {
		counts[g].Area = name
	}
	seat, fields := p.cols.Seat(p.people), policy.Fields()
	lacks := make([]Lack, len(fields))
	var yes []int
	p.each(policy, func(at int, v rule.Verdict) {
		g := p.people.Group(at)
		switch {
		case v == rule.Eligible:
			counts[g].Yes++
			yes = append(yes, at)
		case v == rule.Unknown:
			counts[g].Unknown++
			seat.At = at
			for i, id := range fields {
				if lacks[i].Field = id; within(p.names[g]) {
					if _, known := seat.Field(id); !known {
						lacks[i].N++
					}
				}
			}
		}
	})
	slices.Sort(yes)
	s.Lacks = lacks
	s.Bill, _ = p.bill(policy, p.inside(yes, within), nil)
	for _, n := range counts {
		if within(n.Area) {
			s.Counts = append(s.Counts, n)
		}
	}
	return s
}

// collect are those whom a rule lets in, in order.
func collect(result *census.Result, rule int) []int {
	yes, _ := result.Count(rule)
	who := make([]int, 0, yes)
	result.Each(rule, 0, func(at int) bool {
		who = append(who, at)
		return true
	})
	return who
}

// inside are those of the areas that within says.
func (p *population) inside(who []int, within func(area string) bool) []int {
	here := make([]bool, len(p.names))
	for g, name := range p.names {
		here[g] = within(name)
	}
	return slices.DeleteFunc(who, func(at int) bool { return !here[p.people.Group(at)] })
}
