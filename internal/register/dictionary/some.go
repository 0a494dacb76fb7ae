package dictionary

import (
	"context"
	"slices"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// Some reads what the facts of some people need, in a few queries for all of them together: a page of a list. Which households
// have nobody at work is asked one by one, and only where zero is true.
func (a *Around) Some(ctx context.Context, d *db.DB, list []*person.Facts, zero bool) error {
	var people, households, units []any
	for _, f := range list {
		people, households = append(people, f.ID), append(households, f.HouseholdID)
		for i := range f.Spells {
			units = append(units, f.Spells[i].EmployerID)
		}
		if !zero {
			continue
		}
		if _, asked := a.Zero[f.HouseholdID]; !asked {
			is, err := person.IsZeroEmployment(ctx, d, f.HouseholdID, a.Today)
			if err != nil {
				return err
			}
			a.Zero[f.HouseholdID] = is
		}
	}
	if len(list) == 0 {
		return nil
	}
	var err error
	if a.Kinds, a.Builders, err = kindsOf(ctx, d, units); err != nil {
		return err
	}
	if err := a.foundersAmong(ctx, d, people); err != nil {
		return err
	}
	return frailAmong(ctx, d, households, a.Today, a.Frail)
}

// foundersAmong marks the legal representatives among some people.
func (a *Around) foundersAmong(ctx context.Context, q db.Querier, people []any) error {
	type line struct {
		id   int64
		kind string
	}
	for part := range slices.Chunk(people, 1000) {
		if err := db.Each(ctx, q, func(l *line) []any { return []any{&l.id, &l.kind} }, func(l *line) error {
			a.Founder[l.id] = true
			if l.kind == employer.Enterprise {
				a.Legal[l.id] = true
			}
			return nil
		}, `SELECT founder_id, kind FROM employer WHERE founder_id IN (`+db.In(1, len(part))+`) ORDER BY employer_id`, part...); err != nil {
			return err
		}
	}
	return nil
}

// frailAmong marks those of some households that have a member who holds a disability certificate on a day.
func frailAmong(ctx context.Context, q db.Querier, households []any, on time.Time, out map[int64]bool) error {
	for part := range slices.Chunk(households, 1000) {
		args := append([]any{db.On(on)}, part...)
		if err := db.Each(ctx, q, func(h *int64) []any { return []any{h} }, func(h *int64) error { out[*h] = true; return nil },
			`SELECT p.household_id FROM person p JOIN person_key_group g ON g.person_id = p.person_id
			 WHERE g.kind = 'disabled' AND g.since <= $1 AND (g.until IS NULL OR g.until > $1) AND p.household_id > 0 AND p.household_id IN (`+db.In(2, len(part))+`)
			 GROUP BY p.household_id ORDER BY p.household_id`, args...); err != nil {
			return err
		}
	}
	return nil
}
