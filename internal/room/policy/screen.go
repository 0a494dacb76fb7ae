package policy

import (
	"context"
	"math"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

const bannerDigits = 6

// slot is one number of a run: who of a banner got which answer of a policy.
type slot struct {
	policy  string
	banner  string
	verdict rule.Verdict
}

// Summary is what a screening found.
type Summary struct {
	Run               int64
	People, Employers int64
	Policies          int
	Eligible          int64 // person-policies and employer-policies
	Near, Unknown     int64
	Entered, Left     int64 // against the run before; 0 on the first
	Took              time.Duration
}

// Screen decides every policy for everybody and every employer on today's date, in one pass over the register, and
// keeps who can have it and who almost can. A run that breaks off leaves the latest finished run's counts in force; the
// next one puts the lists right.
func (r *Room) Screen(ctx context.Context, p progress.Reporter) (Summary, error) {
	begun := r.Clock.Now()
	if err := r.refresh(ctx); err != nil {
		return Summary{}, err
	}
	_, again, err := r.store.latest(ctx)
	if err != nil {
		return Summary{}, err
	}
	s := &screening{room: r, catalogue: r.catalogue(), unlisted: map[string]bool{}, run: r.IDs.Next(), record: again, counts: map[slot]int64{}, staff: dictionary.NewStaff(), founderOf: map[int64]int64{}}
	for _, e := range s.catalogue.entries {
		s.unlisted[e.ID] = e.Unlisted
	}
	s.sum = Summary{Run: s.run, Policies: len(s.catalogue.all())}
	this := run{ID: s.run, Day: db.On(r.Clock.Today()), At: begun.UnixMilli()}
	if err := r.store.begin(ctx, this); err != nil {
		return s.sum, err
	}
	seen, err := r.mark(ctx, s.catalogue)
	if err != nil {
		return s.sum, err
	}
	if s.around, err = dictionary.On(ctx, r.DB, r.Clock.Today()); err != nil {
		return s.sum, err
	}
	if err := s.prepare(ctx); err != nil {
		return s.sum, err
	}
	total, err := r.People.Count(ctx, "")
	if err != nil {
		return s.sum, err
	}
	p.Step("逐人判断政策", total)
	if err := s.people(ctx, p); err != nil {
		return s.sum, err
	}
	p.Step("逐单位判断政策", int64(len(s.units)))
	if err := s.employers(ctx, p); err != nil {
		return s.sum, err
	}
	p.End()
	s.sum.Took = r.Clock.Now().Sub(begun)
	this.Ended, this.People, this.Employers = max(1, r.Clock.Now().UnixMilli()), s.sum.People, s.sum.Employers
	if err := r.store.end(ctx, this, s.counts); err != nil {
		return s.sum, err
	}
	return s.sum, r.remember(ctx, seen)
}

// screening is a running one.
type screening struct {
	room      *Room
	catalogue *catalogue      // as it was when the run began
	unlisted  map[string]bool // by policy: only counted
	run       int64
	record    bool // there was a run before, so changes are news
	around    *dictionary.Around
	counts    map[slot]int64
	staff     *dictionary.Staff
	units     []employer.Employer
	founderOf map[int64]int64
	sum       Summary
}

// prepare reads the employers and the zero-employment households, which facts of people need.
func (s *screening) prepare(ctx context.Context) error {
	units, err := s.around.Everybody(ctx, s.room.DB, s.room.Employers)
	s.units = units
	for i := range units {
		if e := &units[i]; e.FounderID != 0 {
			s.founderOf[e.ID] = e.FounderID
		}
	}
	return err
}

func (s *screening) people(ctx context.Context, p progress.Reporter) error {
	var facts dictionary.Row
	after := int64(math.MinInt64)
	founder := func(employerID int64) int64 { return s.founderOf[employerID] }
	err := s.room.People.EachFacts(ctx, 0, func(batch []*person.Facts) error {
		var found []grant
		for _, f := range batch {
			if f.Dead(s.around.On.Time()) { // what is still open in the register makes nobody alive
				continue
			}
			s.staff.Add(f, s.around.AsOf, founder)
			s.around.Fill(&facts, f)
			found = s.decide(found, s.catalogue.people, &facts, f.ID, f.Area)
		}
		s.sum.People += int64(len(batch))
		last := batch[len(batch)-1].ID
		err := s.settle(ctx, ofPeople, after, last, found)
		after = last
		p.Add(int64(len(batch)))
		return err
	})
	if err != nil {
		return err
	}
	return s.settle(ctx, ofPeople, after, math.MaxInt64, nil) // people who are gone
}

// unitsAtOnce is how many employers are settled in one transaction.
const unitsAtOnce = 5000

func (s *screening) employers(ctx context.Context, p progress.Reporter) error {
	after := int64(math.MinInt64)
	var found []grant
	for i := range s.units {
		e := &s.units[i]
		found = s.decide(found, s.catalogue.employers, s.staff.Of(e, s.around.On), e.ID, e.Area)
		if (i+1)%unitsAtOnce == 0 {
			if err := s.settle(ctx, ofEmployers, after, e.ID, found); err != nil {
				return err
			}
			after, found = e.ID, nil
			p.Add(unitsAtOnce)
		}
	}
	s.sum.Employers = int64(len(s.units))
	return s.settle(ctx, ofEmployers, after, math.MaxInt64, found)
}

// decide evaluates the policies for one owner, counts the answers and appends what is to be kept.
func (s *screening) decide(found []grant, policies []*rule.Policy, facts rule.Source, owner int64, area string) []grant {
	for _, p := range policies {
		a := rule.Evaluate(p, facts, s.around.On)
		s.counts[slot{p.ID, area[:min(len(area), bannerDigits)], a.Verdict}]++
		switch a.Verdict {
		case rule.Unknown:
			s.sum.Unknown++
			continue
		case rule.No:
			continue
		case rule.Near:
			s.sum.Near++
		case rule.Eligible:
			s.sum.Eligible++
		}
		if s.unlisted[p.ID] {
			continue
		}
		found = append(found, grant{owner: owner, policy: p.ID, verdict: a.Verdict.String(), area: area, from: db.On(a.From.Time()), run: s.run})
	}
	return found
}

// settle compares what was found with what the tables hold for the same owners, and writes the difference.
func (s *screening) settle(ctx context.Context, sh shelf, after, last int64, found []grant) error {
	held, err := s.room.store.between(ctx, sh, after, last)
	if err != nil {
		return err
	}
	fresh, over, changes := difference(held, found)
	if s.record {
		for _, c := range changes {
			if c.now == "yes" {
				s.sum.Entered++
			}
			if c.was == "yes" {
				s.sum.Left++
			}
		}
	} else {
		changes = nil
	}
	if len(fresh) == 0 && len(over) == 0 {
		return nil
	}
	return s.room.DB.Tx(ctx, func(tx *db.Tx) error { return sh.settle(ctx, tx, s.run, fresh, over, changes) })
}

// difference walks along two lists in the order of owners and policies: what is to be written, what removed, and whose
// verdict changed. A verdict that stays keeps the run that first gave it.
func difference(held, found []grant) (fresh, over []grant, changes []change) {
	for len(held) > 0 || len(found) > 0 {
		switch {
		case len(found) == 0 || len(held) > 0 && before(held[0], found[0]):
			over = append(over, held[0])
			changes = append(changes, change{held[0].owner, held[0].policy, held[0].verdict, ""})
			held = held[1:]
		case len(held) == 0 || before(found[0], held[0]):
			fresh = append(fresh, found[0])
			changes = append(changes, change{found[0].owner, found[0].policy, "", found[0].verdict})
			found = found[1:]
		default:
			was, now := held[0], found[0]
			if was.verdict == now.verdict {
				now.run = was.run
			} else {
				changes = append(changes, change{now.owner, now.policy, was.verdict, now.verdict})
			}
			if was != now {
				fresh = append(fresh, now)
			}
			held, found = held[1:], found[1:]
		}
	}
	return fresh, over, changes
}

func before(a, b grant) bool { return a.owner < b.owner || a.owner == b.owner && a.policy < b.policy }
