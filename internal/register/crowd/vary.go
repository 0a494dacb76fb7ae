package crowd

import (
	"context"
	"slices"

	"jiuye/internal/engine/census"
	"jiuye/internal/engine/rule"
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
