package dictionary

import (
	"cmp"
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// kindsOf reads the kinds of some employers.
func kindsOf(ctx context.Context, q db.Querier, ids []any) (map[int64]string, error) {
	out := make(map[int64]string, len(ids))
	type line struct {
		id   int64
		kind string
	}
	for part := range slices.Chunk(ids, 1000) {
		err := db.Each(ctx, q, func(l *line) []any { return []any{&l.id, &l.kind} }, func(l *line) error { out[l.id] = l.kind; return nil },
			`SELECT employer_id, kind FROM employer WHERE employer_id IN (`+db.In(1, len(part))+`) ORDER BY employer_id`, part...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// founds are the kinds of the employers that a person is the legal representative of.
func founds(ctx context.Context, q db.Querier, person int64) ([]string, error) {
	return db.All(ctx, q, func(s *string) []any { return []any{s} }, `SELECT kind FROM employer WHERE founder_id = $1 ORDER BY employer_id`, person)
}

// WorkersOf reads the spells, insurances and disability certificates of those who have to do with one employer, by person
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
	}, `SELECT g.person_id, g.kind, g.since, g.until FROM person_key_group g JOIN person_insurance i ON i.person_id = g.person_id
		WHERE i.employer_id = $1 AND g.kind = 'disabled' GROUP BY g.person_id, g.kind, g.since, g.until ORDER BY g.person_id, g.since`, employer)
	return list, err
}
