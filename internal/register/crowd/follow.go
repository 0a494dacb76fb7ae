package crowd

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/person"
)

// Fresh brings the columns up to date: opened or built where there are none of today's under the policies in use, and
// then everybody written again who has changed. It returns how many people that were.
func (c *Crowd) Fresh(ctx context.Context, p progress.Reporter) (int, error) {
	c.following.Lock()
	defer c.following.Unlock()
	policies := c.wanted()
	on := rule.DayOf(c.Clock.Today())
	if now := c.population(); now == nil || now.on != on || !slices.Equal(now.policies, policies) {
		made, err := c.open(policies, on)
		if err != nil {
			return 0, err
		}
		if made == nil {
			if made, err = c.build(ctx, policies, p); err != nil {
				return 0, err
			}
			if err := c.save(made); err != nil {
				return 0, err
			}
		}
		c.lock.Lock()
		c.now = made
		c.lock.Unlock()
	}
	return c.catchUp(ctx)
}

func (c *Crowd) population() *population {
	c.lock.RLock()
	defer c.lock.RUnlock()
	return c.now
}

// Run keeps the crowd fresh until ctx ends, looking for changes once a second; before each look, ready may say which policies
// are in use. failed is told what went wrong; it is tried again at the next turn.
func (c *Crowd) Run(ctx context.Context, ready func(context.Context) error, failed func(error)) {
	turn := time.NewTicker(time.Second)
	defer turn.Stop()
	for {
		err := ready(ctx)
		if err == nil {
			_, err = c.Fresh(ctx, progress.None{})
		}
		if err != nil && ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-turn.C:
		}
	}
}

// page is how many changes are read at once.
const page = 5000

func (c *Crowd) catchUp(ctx context.Context) (people int, err error) {
	s := c.population()
	look := c.Look()
	for {
		changes, next, more, err := c.People.Changes(ctx, s.mark, page)
		if err != nil {
			return people, err
		}
		if len(changes) > 0 {
			ids := make([]int64, len(changes))
			for i := range changes {
				ids[i] = changes[i].PersonID
			}
			found, err := look.Again(ctx, ids)
			if err != nil {
				return people, err
			}
			people += len(found.People) + len(found.Gone)
			c.write(s, found)
		}
		c.lock.Lock()
		s.mark = next
		c.lock.Unlock()
		if !more {
			return people, nil
		}
	}
}

// write puts people's new facts into the columns and decides the policies for them again.
func (c *Crowd) write(s *population, found Found) {
	rows := make([]row, len(found.People))
	for i := range found.People {
		rows[i] = s.row()
		s.fill(rows[i], &found.Facts[i])
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	var places []int
	for i, f := range found.People {
		group := groupOf(s.group, f.Area)
		at, there := s.people.Find(f.ID)
		if there {
			s.people.Set(at, group, rows[i].values, rows[i].known)
		} else {
			at, _ = s.people.Append(f.ID, group, rows[i].values, rows[i].known)
		}
		places = append(places, at)
	}
	nobody := s.row()
	nobody.known[len(nobody.known)-1] = true
	for _, id := range found.Gone {
		if at, there := s.people.Find(id); there {
			s.people.Set(at, 0, nobody.values, nobody.known)
			places = append(places, at)
		}
	}
	slices.Sort(places)
	s.answers.Again(slices.Compact(places), 0)
}

// Found is what changed people, and those of their households, look like now.
type Found struct {
	People []*person.Facts // in the order of ids
	Facts  []dictionary.Row
	Gone   []int64 // ids of those who are in the register no more
}

// Look reads people who have changed. What it needs from around them it reads for each of a few people, and once for
// everybody where they are many; one Look is for one following of the feed.
type Look struct {
	c        *Crowd
	day      *dictionary.Around
	everyone *dictionary.Around // the same with what everybody's facts need
}

// Look begins a following of the feed.
func (c *Crowd) Look() *Look { return &Look{c: c} }

// fewPeople are read for each of them.
const fewPeople = 100

// largest is the household beyond which one member's change is not told of the others: those are homes and barracks, whose
// register says nothing of a family.
const largest = 30

// Again reads people, and the others of their households, whose facts hang on theirs.
func (l *Look) Again(ctx context.Context, ids []int64) (Found, error) {
	people, err := l.c.People.FactsOf(ctx, ids)
	if err != nil {
		return Found{}, err
	}
	var out Found
	here := make(map[int64]bool, len(people))
	homes := map[int64]bool{}
	for _, f := range people {
		here[f.ID] = true
		homes[f.HouseholdID] = true
	}
	for _, id := range ids {
		if !here[id] {
			out.Gone = append(out.Gone, id)
		}
	}
	others, err := l.others(ctx, slices.Sorted(maps.Keys(homes)), here)
	if err != nil {
		return out, err
	}
	out.People = append(people, others...)
	slices.SortFunc(out.People, func(a, b *person.Facts) int { return cmp.Compare(a.ID, b.ID) })
	out.Facts = make([]dictionary.Row, len(out.People))
	for i, f := range out.People {
		a, err := l.around(ctx, f, len(out.People))
		if err != nil {
			return out, err
		}
		a.Fill(&out.Facts[i], f)
	}
	return out, nil
}

// others are the members of households who are not here yet.
func (l *Look) others(ctx context.Context, homes []int64, here map[int64]bool) ([]*person.Facts, error) {
	list, err := l.c.mates(ctx, homes)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for len(list) > 0 {
		n := slices.IndexFunc(list, func(m mate) bool { return m.household != list[0].household })
		if n < 0 {
			n = len(list)
		}
		for _, m := range list[:n] {
			if n <= largest && !here[m.id] {
				ids = append(ids, m.id)
			}
		}
		list = list[n:]
	}
	return l.c.People.FactsOf(ctx, ids)
}

func (l *Look) around(ctx context.Context, f *person.Facts, many int) (*dictionary.Around, error) {
	if l.everyone != nil {
		return l.everyone, nil
	}
	if l.day == nil {
		a, err := dictionary.On(ctx, l.c.DB, l.c.Clock.Today())
		if err != nil {
			return nil, err
		}
		l.day = a
	}
	if many <= fewPeople {
		a := *l.day // what Somebody writes into is this person's own
		a.Zero, a.Founder, a.Legal = map[int64]bool{}, map[int64]bool{}, map[int64]bool{}
		return &a, a.Somebody(ctx, l.c.DB, f)
	}
	if _, err := l.day.Everybody(ctx, l.c.DB, l.c.Employers); err != nil {
		return nil, err
	}
	l.everyone = l.day
	return l.everyone, nil
}
