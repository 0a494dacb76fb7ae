package fair

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// Part is a share of a fair's visitors: of a banner, or of a group.
type Part struct {
	Key                                 string // area code, or key of a group
	Registered, Came, Promising, Month1 int64
}

// Report is what a fair was and what came of it.
type Report struct {
	Fair   Fair
	Sums   Sums
	Areas  []Part // by banner of residence, the most visitors first
	Groups []Part // by key group on the fair's day; somebody may be in several
	Like   []Like // fairs of the same kind held by the same area before, the latest first
	Mean   Sums   // of these
}

// Like is a fair to compare with.
type Like struct {
	Fair Fair
	Sums Sums
}

// likeFairs is how many earlier fairs a fair is compared with.
const likeFairs = 6

// partGroups are the groups of a report: key groups of the register, graduates of two years, and farmers and herders.
var partGroups = []string{person.Hard, person.OutOfPoverty, person.Veteran, person.Disabled, person.LowIncome, "graduate", "rural"}

func inGroup(p *person.Facts, key string, on db.Date) bool {
	switch key {
	case "rural":
		return p.Rural
	case "graduate":
		return slices.ContainsFunc(p.Graduates, func(g person.Graduate) bool {
			return !g.Graduated.After(on.Time) && g.Graduated.AddDate(2, 0, 0).After(on.Time)
		})
	}
	return p.InGroup(key, on.Time) != nil
}

// Report adds up a fair.
func (r *Room) Report(ctx context.Context, f Fair) (out Report, err error) {
	out.Fair = f
	like, err := pastFairs(ctx, r.DB, filter{area: f.Area, kind: f.Kind, state: Closed}, f.Day, f.ID, 50)
	if err != nil {
		return out, err
	}
	like = slices.DeleteFunc(like, func(l Fair) bool { return l.Area != f.Area })
	like = like[:min(len(like), likeFairs)]
	ids := []int64{f.ID}
	for _, l := range like {
		ids = append(ids, l.ID)
	}
	sums, err := sumsOf(ctx, r.DB, ids)
	if err != nil {
		return out, err
	}
	out.Sums = *sums[f.ID]
	for _, l := range like {
		out.Like = append(out.Like, Like{l, *sums[l.ID]})
	}
	out.Mean = mean(out.Like)
	return out, r.parts(ctx, &out)
}

// mean is the mean of fairs' figures, rounded; the shares of those insured are added up, for they are shown as n of m.
func mean(list []Like) (m Sums) {
	n := int64(len(list))
	if n == 0 {
		return m
	}
	for _, l := range list {
		for _, p := range []struct{ to, add *int64 }{{&m.Registered, &l.Sums.Registered}, {&m.Came, &l.Sums.Came}, {&m.WalkIn, &l.Sums.WalkIn}, {&m.Units, &l.Sums.Units}, {&m.Vacancies, &l.Sums.Vacancies},
			{&m.Openings, &l.Sums.Openings}, {&m.Intents, &l.Sums.Intents}, {&m.Interviews, &l.Sums.Interviews}, {&m.Hires, &l.Sums.Hires}, {&m.Promising, &l.Sums.Promising},
			{&m.Known1, &l.Sums.Known1}, {&m.Month1, &l.Sums.Month1}, {&m.Known3, &l.Sums.Known3}, {&m.Month3, &l.Sums.Month3}} {
			*p.to += *p.add
		}
	}
	for _, v := range []*int64{&m.Registered, &m.Came, &m.WalkIn, &m.Units, &m.Vacancies, &m.Openings, &m.Intents, &m.Interviews, &m.Hires, &m.Promising} {
		*v = (*v + n/2) / n
	}
	return m
}

// parts divides the visitors by where they live and by group.
func (r *Room) parts(ctx context.Context, out *Report) error {
	visits, err := visitsOf(ctx, r.DB, out.Fair.ID)
	if err != nil {
		return err
	}
	talks, err := talksOf(ctx, r.DB, out.Fair.ID)
	if err != nil {
		return err
	}
	promising, insured := map[int64]bool{}, map[int64]bool{}
	for _, t := range talks {
		if t.Promising() {
			promising[t.PersonID] = true
			insured[t.PersonID] = insured[t.PersonID] || t.Month1 == Yes
		}
	}
	areas, groups := map[string]*Part{}, map[string]*Part{}
	count := func(in map[string]*Part, key string, v *Visit) {
		p := in[key]
		if p == nil {
			p = &Part{Key: key}
			in[key] = p
		}
		for _, one := range []struct {
			yes bool
			to  *int64
		}{{true, &p.Registered}, {v.CheckedAt > 0, &p.Came}, {promising[v.PersonID], &p.Promising}, {insured[v.PersonID], &p.Month1}} {
			if one.yes {
				*one.to++
			}
		}
	}
	for part := range slices.Chunk(visits, chunk) {
		ids, byID := make([]int64, len(part)), map[int64]*Visit{}
		for i := range part {
			ids[i], byID[part[i].PersonID] = part[i].PersonID, &part[i]
		}
		people, err := r.People.FactsOf(ctx, ids)
		if err != nil {
			return err
		}
		for _, p := range people {
			count(areas, area.At(p.Area, area.Banner), byID[p.ID])
			for _, g := range partGroups {
				if inGroup(p, g, out.Fair.Day) {
					count(groups, g, byID[p.ID])
				}
			}
		}
	}
	for _, p := range areas {
		out.Areas = append(out.Areas, *p)
	}
	slices.SortFunc(out.Areas, func(a, b Part) int {
		if a.Registered != b.Registered {
			return int(b.Registered - a.Registered)
		}
		if a.Key < b.Key {
			return -1
		}
		return 1
	})
	for _, g := range partGroups {
		if p := groups[g]; p != nil {
			out.Groups = append(out.Groups, *p)
		}
	}
	return nil
}
