package plan

import (
	"context"

	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// targetsBelow puts targets of the areas below, how much of them is done and how likely they are met, beside the figures.
func (r *Room) targetsBelow(ctx context.Context, t words, f *figures, d *Detail, below map[string]part) error {
	children := codes(area.Children(f.area)) // in the order of the rows
	targets, err := r.Indicators.TargetsOf(ctx, children)
	if err != nil {
		return err
	}
	var list []indicator.Outlook
	if f.on.IsZero() { // what is expected today was not on an earlier day
		if list, err = r.Indicators.Outlooks(ctx, children); err != nil {
			return err
		}
	}
	own := map[string][]indicator.Target{}
	for _, g := range targets {
		own[g.Area] = append(own[g.Area], g)
	}
	for n, code := range children {
		row := &d.Below[n]
		g := indicator.InForce(own[code], d.Indicator.ID, d.Year)
		if g == nil {
			continue
		}
		d.Targeted = true
		row.Wanted, row.Done = targetText(t, d.Indicator, g), reachedOf(d.Indicator, g, below[code], d.Year)
		for _, o := range list {
			if o.Area == code && o.Indicator == d.Indicator.ID && o.Year == f.asOf.Year() && d.Year == o.Year && o.Chance >= 0 {
				row.Ahead = &Ahead{Light: o.Light(), Chance: chance(o.Chance)}
			}
		}
	}
	return nil
}

// reachedOf is how much of a sum's target is done by the end of a year, in percent; "" for targets that are no sums.
func reachedOf(d Indicator, g *indicator.Target, p part, year int) string {
	if !g.Cumulative || g.Value <= 0 || d.Kind != indicator.Event {
		return ""
	}
	sum := int64(0)
	for y := g.BaseYear + 1; y <= year; y++ {
		sum += p.years[y].numerator
	}
	n, ok := indicator.Cut(sum, g.Value, 10000)
	if !ok {
		return ""
	}
	return tenths(n) + "%"
}
