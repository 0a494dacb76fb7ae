package dictionary

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// kindsOf reads the kinds of some employers, and which of them build.
func kindsOf(ctx context.Context, q db.Querier, ids []any) (map[int64]string, map[int64]bool, error) {
	out, builders := make(map[int64]string, len(ids)), map[int64]bool{}
	type line struct {
		id             int64
		kind, industry string
	}
	for part := range slices.Chunk(ids, 1000) {
		err := db.Each(ctx, q, func(l *line) []any { return []any{&l.id, &l.kind, &l.industry} }, func(l *line) error {
			out[l.id] = l.kind
			if strings.HasPrefix(l.industry, construction) {
				builders[l.id] = true
			}
			return nil
		}, `SELECT employer_id, kind, industry FROM employer WHERE employer_id IN (`+db.In(1, len(part))+`) ORDER BY employer_id`, part...)
		if err != nil {
			return nil, nil, err
		}
	}
	return out, builders, nil
}

// frail are the households with a member who holds a disability certificate on a day.
func frail(ctx context.Context, q db.Querier, on time.Time) (map[int64]bool, error) {
	out := map[int64]bool{}
	err := db.Each(ctx, q, func(h *int64) []any { return []any{h} }, func(h *int64) error { out[*h] = true; return nil },
		`SELECT p.household_id FROM person_key_group g JOIN person p ON p.person_id = g.person_id
		 WHERE g.kind = 'disabled' AND g.since <= $1 AND (g.until IS NULL OR g.until > $1) AND p.household_id > 0
		 GROUP BY p.household_id ORDER BY p.household_id`, db.On(on))
	return out, err
}

// founds are the kinds of the employers that a person is the legal representative of.
func founds(ctx context.Context, q db.Querier, person int64) ([]string, error) {
	return db.All(ctx, q, func(s *string) []any { return []any{s} }, `SELECT kind FROM employer WHERE founder_id = $1 ORDER BY employer_id`, person)
}

// WorkersOf reads the spells, insurances, disability certificates and rural help of those who have to do with one employer, by person
// and nothing else: an employer's rules ask for no more, and a large one has thousands of people.
func WorkersOf(ctx context.Context, q db.Querier, employer int64) ([]*person.Facts, error) {
	var list []*person.Facts
	of := func(id int64) *person.Facts {
		at, found := slices.BinarySearchFunc(list, id, func(f *person.Facts, id int64) int { return cmp.Compare(f.ID, id) })
		if !found {
			list = slices.Insert(list, at, &person.Facts{Person: person.Person{ID: id}})
		}
		return list[at]
	}
	err := db.Each(ctx, q, func(w *person.Spell) []any { return []any{&w.PersonID, &w.Since, &w.Until} }, func(w *person.Spell) error {
		w.EmployerID = employer
		f := of(w.PersonID)
		f.Spells = append(f.Spells, *w)
		return nil
	}, `SELECT person_id, since, until FROM person_spell WHERE employer_id = $1 ORDER BY person_id, since, kind`, employer)
	if err != nil {
		return nil, err
	}
	err = db.Each(ctx, q, func(w *person.Insurance) []any { return []any{&w.PersonID, &w.Kind, &w.From, &w.To} }, func(w *person.Insurance) error {
		w.EmployerID = employer
		f := of(w.PersonID)
		f.Insurances = append(f.Insurances, *w)
		return nil
	}, `SELECT person_id, kind, from_month, coalesce(to_month, 0) FROM person_insurance WHERE employer_id = $1 ORDER BY person_id, kind, from_month`, employer)
	if err != nil {
		return nil, err
	}
	err = db.Each(ctx, q, func(g *person.Group) []any { return []any{&g.PersonID, &g.Kind, &g.Since, &g.Until} }, func(g *person.Group) error {
		f := of(g.PersonID)
		f.Groups = append(f.Groups, *g)
		return nil
	}, `SELECT g.person_id, g.kind, g.since, g.until FROM person_key_group g WHERE g.kind IN ('disabled', 'outofpoverty') AND g.person_id IN (
		SELECT person_id FROM person_insurance WHERE employer_id = $1 UNION SELECT person_id FROM person_spell WHERE employer_id = $1)
		ORDER BY g.person_id, g.since`, employer)
	return list, err
}
