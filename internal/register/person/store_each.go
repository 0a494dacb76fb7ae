package person

import (
	"context"
	"sync"

	"jiuye/internal/ground/db"
)

// factsBatch is how many people EachFacts holds in memory at once, twice.
const factsBatch = 5000

// batch is the room for that many people, which is used again and again with all its lists.
type batch struct {
	facts  []Facts
	people []*Facts
}

// EachFacts goes through everybody in the order of ids, from after (excluded) on, in batches that read each table once,
// and reads what rules ask about: no names, relations, numbers, phones, occupations, schools and classes. What yield gets is
// its own until it returns; then the room is used again. While yield works on a batch the next one is read.
func (s *Store) EachFacts(ctx context.Context, after int64, yield func([]*Facts) error) error {
	ctx, cancel := context.WithCancel(ctx)
	read := make(chan []*Facts)
	var failed error
	var reading sync.WaitGroup
	defer reading.Wait()
	defer cancel()
	reading.Go(func() {
		defer close(read)
		var rooms [2]batch // the other one is with yield
		for n := 0; ; n ^= 1 {
			people, err := s.factsAfter(ctx, &rooms[n], after)
			if failed = err; err != nil || len(people) == 0 {
				return
			}
			after = people[len(people)-1].ID
			select {
			case read <- people:
			case <-ctx.Done():
				failed = ctx.Err()
				return
			}
		}
	})
	for people := range read {
		if err := yield(people); err != nil {
			return err
		}
	}
	return failed
}

// factsAfter reads the next batch behind an id.
func (s *Store) factsAfter(ctx context.Context, b *batch, after int64) ([]*Facts, error) {
	if b.facts == nil {
		b.facts, b.people = make([]Facts, factsBatch), make([]*Facts, 0, factsBatch)
	}
	b.people = b.people[:0]
	err := s.DB.Rows(ctx, func(r *db.Row) error {
		f := &b.facts[len(b.people)]
		f.empty()
		f.ID, f.Sex, f.Birth, f.Education, f.Area = r.Int(0), int(r.Int(1)), r.Date(2).Time, int(r.Int(3)), r.Text(4)
		f.Rural, f.HouseholdID, f.Student, f.Able, f.Willing, f.Train, f.Died = r.Bool(5), r.Int(6), r.Bool(7), r.Maybe(8), r.Maybe(9), r.Maybe(10), r.Date(11)
		b.people = append(b.people, f)
		return nil
	}, `SELECT person_id, sex, `+db.Plain(`birth`)+`, education, area, rural, household_id, student, able, willing, train, `+db.Plain(`died`)+`
		FROM person WHERE person_id > $1 ORDER BY person_id LIMIT $2`, after, factsBatch)
	if err != nil || len(b.people) == 0 {
		return nil, err
	}
	return b.people, s.fill(ctx, true, b.people, `person_id > $1 AND person_id <= $2`, after, b.people[len(b.people)-1].ID)
}

// empty makes room for somebody else.
func (f *Facts) empty() {
	*f = Facts{Registrations: f.Registrations[:0], Insurances: f.Insurances[:0], Spells: f.Spells[:0], Groups: f.Groups[:0],
		Graduates: f.Graduates[:0], Trainings: f.Trainings[:0], Certificates: f.Certificates[:0]}
}
