package crowd

import (
	"context"
	"slices"

	"jiuye/internal/engine/census"
	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
)

// Sweep counts several versions of one policy by area, all in one pass.
func (c *Crowd) Sweep(ctx context.Context, versions []*rule.Policy) (lists [][]Count, err error) {
	err = c.look(ctx, func(p *population) error {
		rules := make([]census.Rule, len(versions))
		for i, v := range versions {
			var err error
			if rules[i], err = p.rule(v); err != nil {
				return unheld(err)
			}
		}
		program, err := p.people.Compile(rules)
		if err != nil {
			return err
		}
		result := p.people.Screen(program, 0)
		for i := range versions {
			lists = append(lists, p.counts(result, i))
		}
		return nil
	})
	return lists, err
}

// Group is how many of a group (those of whom a yes-or-no field says yes) meet a policy in two versions.
type Group struct {
	Field         int
	Before, After int64
}

// Groups counts two versions of a policy by groups, in the areas that within says.
func (c *Crowd) Groups(ctx context.Context, before, after *rule.Policy, fields []int, within func(area string) bool) (list []Group, err error) {
	err = c.look(ctx, func(p *population) error {
		var rules []census.Rule
		for _, policy := range []*rule.Policy{before, after} {
			r, err := p.rule(policy)
			if err != nil {
				return unheld(err)
			}
			for _, f := range fields {
				column := p.cols.Column(f)
				if column < 0 {
					return fault.New(fault.Internal, "crowd: no column holds the field %d", f)
				}
				rules = append(rules, census.Rule{Op: census.All, Kids: []census.Rule{r, {Column: column, In: []census.Range{{From: 1, To: 1}}}}})
			}
		}
		program, err := p.people.Compile(rules)
		if err != nil {
			return err
		}
		result := p.people.Screen(program, 0)
		sum := func(at int) (n int64) {
			for g, k := range result.CountBy(at, 0) {
				if within(p.names[g]) {
					n += k
				}
			}
			return n
		}
		for i, f := range fields {
			list = append(list, Group{f, sum(i), sum(len(fields) + i)})
		}
		return nil
	})
	return list, err
}

// sampled is how many people an average amount is taken from.
const sampled = 5000

// Average is what a policy pays on average those whom its version in use lets in, in fen: over some of them, spread
// over the whole register. known is false where none of the amounts can be told from the columns.
func (c *Crowd) Average(ctx context.Context, policy *rule.Policy) (fen int64, known bool, err error) {
	err = c.look(ctx, func(p *population) error {
		at, ok := p.place[policy.ID]
		if !ok {
			return nil
		}
		yes, _ := p.answers.Count(at)
		step, seat, seen, n, sum := max(1, yes/sampled), p.cols.Seat(p.people), int64(0), int64(0), int64(0)
		p.answers.Each(at, 0, func(who int) bool {
			if seen++; seen%step == 0 {
				seat.At = who
				if amount, told, _ := policy.AmountFor(seat, p.on); told {
					sum, n = sum+amount, n+1
				}
			}
			return true
		})
		if n > 0 {
			fen, known = sum/n, true
		}
		return nil
	})
	return fen, known, err
}

// Under sums counts up to the areas right below one, in the order of their codes; people of it who live in none of them
// stand under the area itself.
func Under(list []Count, area string, children []string) []Count {
	out := make([]Count, len(children), len(children)+1)
	for i, code := range children {
		out[i].Area = code
	}
	rest := Count{Area: area}
	for _, c := range list {
		if len(c.Area) < len(area) || c.Area[:len(area)] != area {
			continue
		}
		at := slices.IndexFunc(children, func(code string) bool { return len(c.Area) >= len(code) && c.Area[:len(code)] == code })
		if at < 0 {
			rest.Yes, rest.Unknown = rest.Yes+c.Yes, rest.Unknown+c.Unknown
			continue
		}
		out[at].Yes += c.Yes
		out[at].Unknown += c.Unknown
	}
	if rest.Yes+rest.Unknown > 0 {
		out = append(out, rest)
	}
	return out
}
