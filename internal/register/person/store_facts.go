package person

import (
	"context"
	"slices"
	"sync"

	"jiuye/internal/ground/db"
)

// merge reads one table of facts for people, who stand in the order of their ids and are all that match where, and
// hangs each row on its person.
type merge func(ctx context.Context, q db.Querier, people []*Facts, where string, args ...any) error

func table[T any](columns, name, order string, fields func(*T) []any, owner func(*T) int64, list func(*Facts) *[]T) merge {
	return func(ctx context.Context, q db.Querier, people []*Facts, where string, args ...any) error {
		at := 0
		return db.Each(ctx, q, fields, func(v *T) error {
			for at < len(people) && people[at].ID < owner(v) {
				at++
			}
			if at < len(people) && people[at].ID == owner(v) {
				l := list(people[at])
				*l = append(*l, *v)
			}
			return nil
		}, `SELECT person_id, `+columns+` FROM `+name+` WHERE `+where+` ORDER BY person_id, `+order, args...)
	}
}

// tables are all tables of facts, each in the order of its primary key.
var tables = []merge{
	table(`since, until, reason, outcome, occupation, pay`, `person_registration`, `since`,
		func(r *Registration) []any {
			return []any{&r.PersonID, &r.Since, &r.Until, &r.Reason, &r.Outcome, &r.Occupation, &r.Pay}
		},
		func(r *Registration) int64 { return r.PersonID }, func(f *Facts) *[]Registration { return &f.Registrations }),
	table(`kind, employer_id, from_month, coalesce(to_month, 0)`, `person_insurance`, `kind, employer_id, from_month`,
		func(r *Insurance) []any { return []any{&r.PersonID, &r.Kind, &r.EmployerID, &r.From, &r.To} },
		func(r *Insurance) int64 { return r.PersonID }, func(f *Facts) *[]Insurance { return &f.Insurances }),
	table(`since, kind, employer_id, until, urban, newform, area, contract, occupation`, `person_spell`, `since, kind, employer_id`,
		func(r *Spell) []any {
			return []any{&r.PersonID, &r.Since, &r.Kind, &r.EmployerID, &r.Until, &r.Urban, &r.NewForm, &r.Area, &r.Contract, &r.Occupation}
		},
		func(r *Spell) int64 { return r.PersonID }, func(f *Facts) *[]Spell { return &f.Spells }),
	table(`kind, since, until, detail`, `person_key_group`, `kind, since`,
		func(r *Group) []any { return []any{&r.PersonID, &r.Kind, &r.Since, &r.Until, &r.Detail} },
		func(r *Group) int64 { return r.PersonID }, func(f *Facts) *[]Group { return &f.Groups }),
	table(`graduated, school, degree, major`, `person_graduate`, `graduated`,
		func(r *Graduate) []any { return []any{&r.PersonID, &r.Graduated, &r.School, &r.Degree, &r.Major} },
		func(r *Graduate) int64 { return r.PersonID }, func(f *Facts) *[]Graduate { return &f.Graduates }),
	table(`class, since, until, hours, subsidised, occupation`, `person_training`, `class`,
		func(r *Training) []any {
			return []any{&r.PersonID, &r.Class, &r.Since, &r.Until, &r.Hours, &r.Subsidised, &r.Occupation}
		},
		func(r *Training) int64 { return r.PersonID }, func(f *Facts) *[]Training { return &f.Trainings }),
	table(`issued, level, occupation`, `person_certificate`, `issued, level`,
		func(r *Certificate) []any { return []any{&r.PersonID, &r.Issued, &r.Level, &r.Occupation} },
		func(r *Certificate) int64 { return r.PersonID }, func(f *Facts) *[]Certificate { return &f.Certificates }),
}

func (s *Store) fill(ctx context.Context, people []*Facts, where string, args ...any) error {
	for _, read := range tables {
		if err := read(ctx, s.DB, people, where, args...); err != nil {
			return err
		}
	}
	return nil
}

// Facts reads everything about one person, numbers unsealed. It is a fault of kind NotFound when there is none.
func (s *Store) Facts(ctx context.Context, id int64) (*Facts, error) {
	p, err := s.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	f := &Facts{Person: p}
	return f, s.fill(ctx, []*Facts{f}, `person_id = $1`, id)
}

// FactsOf reads everything about many people, numbers sealed, in the order of their ids; ids nobody has are left out.
func (s *Store) FactsOf(ctx context.Context, ids []int64) ([]*Facts, error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	var out []*Facts
	for part := range slices.Chunk(ids, 1000) {
		where := `person_id IN (` + db.In(1, len(part)) + `)`
		people, err := s.people(ctx, where, anys(part)...)
		if err != nil {
			return nil, err
		}
		if err := s.fill(ctx, people, where, anys(part)...); err != nil {
			return nil, err
		}
		out = append(out, people...)
	}
	return out, nil
}

func (s *Store) people(ctx context.Context, where string, args ...any) ([]*Facts, error) {
	var out []*Facts
	err := db.Each(ctx, s.DB, (*sealed).fields, func(row *sealed) error {
		p, err := s.open(row, false)
		out = append(out, &Facts{Person: p})
		return err
	}, `SELECT `+personColumns+` FROM person p WHERE `+where, args...) // where carries the order when it carries a limit
	slices.SortFunc(out, func(a, b *Facts) int { return int(min(1, max(-1, a.ID-b.ID))) })
	return out, err
}

// factsBatch is how many people EachFacts holds in memory at once.
const factsBatch = 5000

// EachFacts goes through everybody in the order of ids, from after (excluded) on, in batches that read each table
// once. ID numbers and phones stay sealed. While yield works on a batch the next one is read.
func (s *Store) EachFacts(ctx context.Context, after int64, yield func([]*Facts) error) error {
	ctx, cancel := context.WithCancel(ctx)
	read := make(chan []*Facts)
	var failed error
	var reading sync.WaitGroup
	defer reading.Wait()
	defer cancel()
	reading.Go(func() {
		defer close(read)
		for {
			batch, err := s.factsAfter(ctx, after)
			if failed = err; err != nil || len(batch) == 0 {
				return
			}
			after = batch[len(batch)-1].ID
			select {
			case read <- batch:
			case <-ctx.Done():
				failed = ctx.Err()
				return
			}
		}
	})
	for batch := range read {
		if err := yield(batch); err != nil {
			return err
		}
	}
	return failed
}

// factsAfter reads the next batch behind an id.
func (s *Store) factsAfter(ctx context.Context, after int64) ([]*Facts, error) {
	batch, err := s.people(ctx, `p.person_id > $1 ORDER BY p.person_id LIMIT $2`, after, factsBatch)
	if err != nil || len(batch) == 0 {
		return nil, err
	}
	return batch, s.fill(ctx, batch, `person_id > $1 AND person_id <= $2`, after, batch[len(batch)-1].ID)
}
