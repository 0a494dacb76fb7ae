package roster

import (
	"context"
	"math"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// Summary is what a drawing of the lists found.
type Summary struct {
	Run              int64
	People, Units    int64
	Lists            int
	Members          int64 // entries on lists, people and employers
	Findings         int64 // open entries of comparisons
	Entered, Left    int64 // on lists, by this run; those of a list's first drawing are not news
	Found, Disproved int64 // findings that came, and that the data closed
	Took             time.Duration
}

// Refresh draws every list and comparison over the whole register on today's date, in one pass, and writes who came, who
// left and what changed. A run that breaks off leaves what it has written; the next one puts the rest right.
func (r *Room) Refresh(ctx context.Context, p progress.Reporter) (Summary, error) {
	return r.refresh(ctx, p, nil)
}

// refresh is Refresh; pretend, when there is one, makes up what officers have done for those who stand on lists.
func (r *Room) refresh(ctx context.Context, p progress.Reporter, pretend func(context.Context, shelf, []standing) error) (Summary, error) {
	begun := r.Clock.Now()
	d := &drawing{room: r, pretend: pretend, sum: Summary{Run: r.IDs.Next(), Lists: len(r.lists)}}
	this := run{ID: d.sum.Run, At: begun.UnixMilli()}
	if err := r.store.begin(ctx, this); err != nil {
		return d.sum, err
	}
	var err error
	if d.drawn, err = r.store.drawn(ctx); err != nil {
		return d.sum, err
	}
	if d.around, err = dictionary.On(ctx, r.DB, r.Clock.Today()); err != nil {
		return d.sum, err
	}
	if d.units, err = d.around.Everybody(ctx, r.DB, r.Employers); err != nil {
		return d.sum, err
	}
	d.founder = make(map[int64]int64, len(d.units))
	for i := range d.units {
		d.founder[d.units[i].ID] = d.units[i].FounderID
	}
	total, err := r.People.Count(ctx, "")
	if err != nil {
		return d.sum, err
	}
	p.Step("逐人核对名单", total)
	if err := d.people(ctx, p); err != nil {
		return d.sum, err
	}
	p.Step("逐单位核对名单", int64(len(d.units)))
	if err := d.employers(ctx); err != nil {
		return d.sum, err
	}
	p.End()
	d.sum.Took = r.Clock.Now().Sub(begun)
	this.Ended, this.People, this.Units = max(1, r.Clock.Now().UnixMilli()), d.sum.People, d.sum.Units
	return d.sum, r.store.end(ctx, this, r.lists, r.monthStart())
}

// monthStart is the day from which entering and leaving count as this month's.
func (r *Room) monthStart() db.Date {
	t := r.Clock.Today()
	return db.On(clock.Date(t.Year(), t.Month(), 1))
}

// drawing is a running Refresh.
type drawing struct {
	room    *Room
	around  *dictionary.Around
	drawn   map[string]bool
	staff   *dictionary.Staff
	units   []employer.Employer
	founder map[int64]int64
	pretend func(context.Context, shelf, []standing) error
	sum     Summary
}

func (d *drawing) people(ctx context.Context, p progress.Reporter) error {
	d.staff = dictionary.NewStaff()
	founder := func(employerID int64) int64 { return d.founder[employerID] }
	after := int64(math.MinInt64)
	var rows []dictionary.Row
	var subjects []subject
	err := d.room.People.EachFacts(ctx, 0, func(batch []*person.Facts) error {
		if len(rows) < len(batch) {
			rows, subjects = make([]dictionary.Row, len(batch)), make([]subject, len(batch))
		}
		for i, f := range batch {
			d.staff.Add(f, d.around.AsOf, founder)
			d.around.Fill(&rows[i], f)
			subjects[i] = subjectOf(&rows[i], f, d.around.On)
		}
		last := batch[len(batch)-1].ID
		err := d.settle(ctx, ofPeople, d.room.people, subjects[:len(batch)], after, last)
		after = last
		d.sum.People += int64(len(batch))
		p.Add(int64(len(batch)))
		return err
	})
	if err != nil {
		return err
	}
	return d.settle(ctx, ofPeople, d.room.people, nil, after, math.MaxInt64) // people who are gone
}

// subjectOf is one person for the lists.
func subjectOf(row *dictionary.Row, f *person.Facts, on rule.Day) subject {
	dead, _ := row.Field(dictionary.Dead)
	return subject{owner: f.ID, area: f.Area, household: f.HouseholdID, dead: dead.IsYes(), known: known{facts: row, on: on}}
}

// unitsAtOnce is how many employers are settled in one transaction.
const unitsAtOnce = 5000

func (d *drawing) employers(ctx context.Context) error {
	after := int64(math.MinInt64)
	var subjects []subject
	for i := range d.units {
		e := &d.units[i]
		subjects = append(subjects, subject{owner: e.ID, area: e.Area, known: known{facts: d.staff.Of(e, d.around.On), on: d.around.On}})
		if len(subjects) == unitsAtOnce {
			if err := d.settle(ctx, ofUnits, d.room.units, subjects, after, e.ID); err != nil {
				return err
			}
			after, subjects = e.ID, nil
		}
	}
	d.sum.Units = int64(len(d.units))
	return d.settle(ctx, ofUnits, d.room.units, subjects, after, math.MaxInt64)
}

// settle brings the entries of owners with after < id <= last in line with the subjects, who are all owners there.
func (d *drawing) settle(ctx context.Context, sh shelf, lists []*List, subjects []subject, after, last int64) error {
	s := d.room.store
	held, err := s.held(ctx, s.db, sh, after, last)
	if err != nil {
		return err
	}
	dones, err := s.dones(ctx, s.db, sh, after, last)
	if err != nil {
		return err
	}
	var hands []manual
	if sh == ofPeople {
		if hands, err = s.manuals(ctx, s.db, after, last); err != nil {
			return err
		}
	}
	var write []entry
	var places []standing
	for i := range subjects {
		sub := &subjects[i]
		var mine []entry
		mine, held, write = d.upTo(sub.owner, held, write)
		var by []manual
		for len(hands) > 0 && hands[0].owner <= sub.owner {
			if hands[0].owner == sub.owner {
				by = append(by, hands[0])
			}
			hands = hands[1:]
		}
		for len(dones) > 0 && dones[0].owner <= sub.owner {
			if dones[0].owner == sub.owner {
				sub.learn(dones[0].item, dones[0].day.Time)
			}
			dones = dones[1:]
		}
		places = draw(places, lists, sub, mine, by, d.drawn)
	}
	_, _, write = d.upTo(math.MaxInt64, held, write)
	if sh == ofPeople {
		if err := d.room.learn(ctx, places); err != nil {
			return err
		}
	}
	if d.pretend != nil {
		if err := d.pretend(ctx, sh, places); err != nil {
			return err
		}
	}
	for i := range places {
		st := &places[i]
		if st.settle() {
			write = append(write, st.now)
		}
		d.tally(st)
	}
	if len(write) == 0 {
		return nil
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error { return sh.write(ctx, tx, write) })
}

// upTo takes the entries of one owner from the front of held; those of earlier owners belong to nobody any more, and are
// closed.
func (d *drawing) upTo(owner int64, held, write []entry) (mine, rest, closed []entry) {
	for len(held) > 0 && (held[0].owner < owner || owner == math.MaxInt64) {
		e := held[0]
		e.until, e.whyOut, e.version = db.On(d.around.Today), whyGone, e.version+1
		write, held = append(write, e), held[1:]
	}
	n := 0
	for n < len(held) && held[n].owner == owner {
		n++
	}
	return held[:n], held[n:], write
}

func (d *drawing) tally(st *standing) {
	check := st.list.Check != nil
	switch {
	case st.gone && check:
		d.sum.Disproved++
	case st.gone:
		d.sum.Left++
	case check:
		d.sum.Findings++
	default:
		d.sum.Members++
	}
	if st.was == nil && !st.now.initial {
		if check {
			d.sum.Found++
		} else {
			d.sum.Entered++
		}
	}
}

// learn brings what other registers know of services to the people who stand on lists: answers about needs, and visits.
func (r *Room) learn(ctx context.Context, places []standing) error {
	var ids []int64
	var subjects []*subject
	for i := range places {
		if st := &places[i]; !st.gone && len(st.list.Twins) > 0 && (len(ids) == 0 || ids[len(ids)-1] != st.of.owner) {
			ids, subjects = append(ids, st.of.owner), append(subjects, st.of)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	needs, err := r.People.LastNeeds(ctx, r.DB, ids)
	if err != nil {
		return err
	}
	var visits map[int64]time.Time
	if r.Visits != nil {
		if visits, err = r.Visits.LastVisits(ctx, ids); err != nil {
			return err
		}
	}
	for _, s := range subjects {
		if n, said := needs[s.owner]; said {
			s.need = &n
			if n.Source == needAtHome {
				s.known.learn(visit, n.Asked.Time)
			}
		}
		s.known.learn(visit, visits[s.owner])
	}
	return nil
}

// needAtHome is the source of an answer that was given at home: it counts as a visit.
const needAtHome = "visit"
