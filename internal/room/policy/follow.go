package policy

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/feed"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/area"
	"jiuye/internal/register/crowd"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// settingFollowed says how far the lists have followed the register, and by what they were drawn.
const settingFollowed = "policy.followed"

// followed is that setting.
type followed struct {
	Mark  person.Mark `json:"mark"`  // in the people's feed
	Drawn string      `json:"drawn"` // day, policies, and what else everybody's answers hang on
	Units feed.Mark   `json:"units"` // the same in the employers' feed
}

// Beyond these, everybody is screened anew: it is faster.
const (
	manyChanged   = 20_000 // people, and of a small register a fifth of it
	manyEmployers = 1000
)

// mark is where the lists would follow on from that are drawn now.
func (r *Room) mark(ctx context.Context, c *catalogue) (f followed, err error) {
	if r.Crowd == nil {
		return f, nil
	}
	if f.Mark, err = r.Crowd.Mark(ctx); err != nil {
		return f, err
	}
	if f.Units, err = r.Employers.End(ctx); err != nil {
		return f, err
	}
	f.Drawn, err = r.drawn(ctx, c)
	return f, err
}

// drawn changes with anything that changes everybody's answers.
func (r *Room) drawn(ctx context.Context, c *catalogue) (string, error) {
	a, err := dictionary.On(ctx, r.DB, r.Clock.Today())
	return strings.Join(append([]string{a.On.String(), strconv.Itoa(a.AsOf), rule.Fingerprint(c.all())}, a.Resettled...), " "), err
}

func (r *Room) remember(ctx context.Context, f followed) error {
	if r.Crowd == nil {
		return nil
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return f.write(ctx, tx) })
}

func (f *followed) write(ctx context.Context, tx *db.Tx) error {
	text, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return tx.SetSetting(ctx, settingFollowed, string(text))
}

// UseCrowd lets the columns be decided by the policies in force today.
func (r *Room) UseCrowd(ctx context.Context) error {
	if err := r.refresh(ctx); err != nil {
		return err
	}
	r.Crowd.Use(r.catalogue().people)
	return nil
}

// Follow brings the lists up to date: the policies are decided again for people who have changed since the last time, for
// those of their households, for the employers they work at and for employers that have changed; whoever feels an employer's
// change is in the people's feed already. What it finds counts to the latest run. Where that would not do, or take longer,
// everybody is screened: on a new day, after a policy has changed, when many people or employers have.
func (r *Room) Follow(ctx context.Context, p progress.Reporter) (Summary, error) {
	if err := r.refresh(ctx); err != nil {
		return Summary{}, err
	}
	last, found, err := r.store.latest(ctx)
	if err != nil {
		return Summary{}, err
	}
	if r.Crowd == nil || !found {
		return r.Screen(ctx, p)
	}
	w := &following{room: r, catalogue: r.catalogue(), last: last}
	text, err := db.Setting(ctx, r.DB, settingFollowed)
	if err != nil {
		return Summary{}, err
	}
	drawn, err := r.drawn(ctx, w.catalogue)
	if err != nil {
		return Summary{}, err
	}
	if json.Unmarshal([]byte(text), &w.from) != nil || w.from.Drawn != drawn {
		return r.Screen(ctx, p)
	}
	few, err := w.collect(ctx)
	if err != nil {
		return Summary{}, err
	}
	if !few {
		return r.Screen(ctx, p)
	}
	return w.decide(ctx, p)
}

// following is one Follow.
type following struct {
	room      *Room
	catalogue *catalogue
	last      run
	from, to  followed
	people    []int64
	units     map[int64]string // employers that have changed, and how
	fresh     *screening       // what was decided of newcomers among them
	near      map[slot]int64   // how the numbers of near have changed
	sum       Summary
}

// collect finds who has changed; few is false when it is too many.
func (w *following) collect(ctx context.Context) (few bool, err error) {
	r := w.room
	w.to = w.from
	seen := map[int64]bool{}
	most := int64(manyChanged)
	if fifth := w.last.People / 5; fifth < most {
		most = max(100, fifth)
	}
	for more := true; more; {
		var list []person.Change
		if list, w.to.Mark, more, err = r.People.Changes(ctx, w.to.Mark, 5000); err != nil {
			return false, err
		}
		for _, c := range list {
			seen[c.PersonID] = true
		}
		if int64(len(seen)) > most {
			return false, nil
		}
	}
	w.people = slices.Sorted(maps.Keys(seen))
	w.units = map[int64]string{}
	for more := true; more && len(w.units) <= manyEmployers; {
		var list []feed.Change
		if list, w.to.Units, more, err = r.Employers.Changes(ctx, w.to.Units, 5000); err != nil {
			return false, err
		}
		for _, c := range list {
			w.units[c.ID] = c.What
		}
	}
	return len(w.units) <= manyEmployers, nil
}

// decide decides again, settles, and puts the numbers right.
func (w *following) decide(ctx context.Context, p progress.Reporter) (Summary, error) {
	r := w.room
	w.sum = Summary{Run: w.last.ID, Policies: len(w.catalogue.all()), People: w.last.People, Employers: w.last.Employers}
	w.near, w.fresh = map[slot]int64{}, w.screening()
	begun := r.Clock.Now()
	p.Step("有变动的人重新判断政策", int64(len(w.people)))
	look := r.Crowd.Look()
	touched := map[int64]bool{}
	for id := range w.units {
		touched[id] = true
	}
	for part := range slices.Chunk(w.people, 2000) {
		found, err := look.Again(ctx, part)
		if err != nil {
			return w.sum, err
		}
		for _, f := range found.People {
			for i := range f.Spells {
				touched[f.Spells[i].EmployerID] = true
			}
			for i := range f.Insurances {
				touched[f.Insurances[i].EmployerID] = true
			}
		}
		if err := w.settlePeople(ctx, found); err != nil {
			return w.sum, err
		}
		p.Add(int64(len(part)))
	}
	delete(touched, 0)
	if len(touched) > manyEmployers {
		return r.Screen(ctx, p)
	}
	if err := w.settleEmployers(ctx, slices.Sorted(maps.Keys(touched))); err != nil {
		return w.sum, err
	}
	p.End()
	if err := w.count(ctx); err != nil {
		return w.sum, err
	}
	w.sum.Took = r.Clock.Now().Sub(begun)
	return w.sum, r.remember(ctx, w.to)
}

func (w *following) screening() *screening {
	s := &screening{room: w.room, catalogue: w.catalogue, unlisted: map[string]bool{}, run: w.last.ID, counts: map[slot]int64{},
		around: &dictionary.Around{On: rule.DayOf(w.room.Clock.Today())}}
	for _, e := range w.catalogue.entries {
		s.unlisted[e.ID] = e.Unlisted
	}
	return s
}

func (w *following) settlePeople(ctx context.Context, f crowd.Found) error {
	s := w.screening()
	var found []grant
	owners := slices.Clone(f.Gone)
	for i, one := range f.People {
		owners = append(owners, one.ID)
		if !one.Dead(w.room.Clock.Today()) {
			found = s.decide(found, w.catalogue.people, &f.Facts[i], one.ID, one.Area)
		}
	}
	return w.settle(ctx, ofPeople, owners, found)
}

func (w *following) settleEmployers(ctx context.Context, ids []int64) error {
	for part := range slices.Chunk(ids, 200) {
		s := w.screening()
		var found []grant
		for _, id := range part {
			e, unit, _, err := w.room.unitOf(ctx, id)
			if fault.Is(err, fault.NotFound) { // it has left the register
				continue
			}
			if err != nil {
				return err
			}
			by := s
			if w.units[id] == employer.ChangeNew {
				by = w.fresh
			}
			found = by.decide(found, w.catalogue.employers, unit, id, e.Area)
		}
		if err := w.settle(ctx, ofEmployers, part, found); err != nil {
			return err
		}
	}
	return nil
}

// settle writes what differs from the lists for some owners. Entering and leaving is noted with the latest run; who enters
// and leaves again within it has not moved.
func (w *following) settle(ctx context.Context, sh shelf, owners []int64, found []grant) error {
	held, err := w.room.store.heldBy(ctx, sh, owners)
	if err != nil {
		return err
	}
	fresh, over, changes := difference(held, found)
	for _, c := range changes {
		if c.now == "yes" {
			w.sum.Entered++
		}
		if c.was == "yes" {
			w.sum.Left++
		}
	}
	for n, list := range [2][]grant{held, found} {
		for _, g := range list {
			if g.verdict == "near" {
				w.near[slot{g.policy, area.At(g.area, area.Banner), rule.Near}] += int64(2*n - 1)
			}
		}
	}
	if len(fresh) == 0 && len(over) == 0 {
		return nil
	}
	before, err := w.room.store.movedIn(ctx, sh, w.last.ID, changes)
	if err != nil {
		return err
	}
	return w.room.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := sh.forget(ctx, tx, w.last.ID, before); err != nil {
			return err
		}
		return sh.settle(ctx, tx, w.last.ID, fresh, over, joined(before, changes))
	})
}

// joined makes one change of two that follow each other.
func joined(before, after []change) (out []change) {
	type key struct {
		owner  int64
		policy string
	}
	was := map[key]string{}
	for _, c := range before {
		was[key{c.owner, c.policy}] = c.was
	}
	for _, c := range after {
		if first, twice := was[key{c.owner, c.policy}]; twice {
			c.was = first
		}
		if c.was != c.now {
			out = append(out, c)
		}
	}
	return out
}
