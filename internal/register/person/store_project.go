package person

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
)

// What the room intake needs to draw the register anew from its source records.

// RemoveKeys takes out the facts that share their keys with those given, whatever else they say. It returns how many
// there were.
func (s *Store) RemoveKeys(ctx context.Context, tx *db.Tx, b *Batch) (removed int64, err error) {
	for _, remove := range []func() (int64, error){
		func() (int64, error) { return registrations.removeKeys(ctx, tx, b.Registrations) },
		func() (int64, error) { return insurances.removeKeys(ctx, tx, b.Insurances) },
		func() (int64, error) { return spells.removeKeys(ctx, tx, b.Spells) },
		func() (int64, error) { return groups.removeKeys(ctx, tx, b.Groups) },
		func() (int64, error) { return graduates.removeKeys(ctx, tx, b.Graduates) },
		func() (int64, error) { return trainings.removeKeys(ctx, tx, b.Trainings) },
		func() (int64, error) { return certificates.removeKeys(ctx, tx, b.Certificates) },
		func() (int64, error) { return surveys.removeKeys(ctx, tx, b.Surveys) },
	} {
		n, err := remove()
		if err != nil {
			return removed, err
		}
		removed += n
	}
	return removed, nil
}

// removeKeys deletes a hundred rows with one statement: a longer chain of ORs is too deep for SQLite.
func (f factTable[T]) removeKeys(ctx context.Context, tx *db.Tx, list []T) (removed int64, err error) {
	for part := range slices.Chunk(list, 100) {
		var where []string
		var args []any
		ids := make([][]any, len(part))
		for i := range part {
			values := f.values(&part[i])
			var terms []string
			for k, column := range f.columns[:f.keys] {
				args = append(args, values[k])
				terms = append(terms, fmt.Sprintf("%s = $%d", column, len(args)))
			}
			where = append(where, "("+strings.Join(terms, " AND ")+")")
			ids[i] = values[:1]
		}
		n, err := tx.Exec(ctx, "DELETE FROM "+f.name+" WHERE "+strings.Join(where, " OR "), args...)
		if err != nil {
			return removed, err
		}
		if removed += n; n > 0 {
			if err := touchRows(ctx, tx, f.name, ids); err != nil {
				return removed, err
			}
		}
	}
	return removed, nil
}

// factTables are the tables that hang facts on people.
var factTables = []string{"person_registration", "person_insurance", "person_spell", "person_key_group", "person_graduate", "person_training",
	"person_certificate", "person_survey", "person_need"}

// WithFacts are those of the people about whom any table of facts still holds a row.
func (s *Store) WithFacts(ctx context.Context, q db.Querier, ids []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	for part := range slices.Chunk(ids, 1000) {
		for _, table := range factTables {
			err := db.Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = true; return nil },
				`SELECT DISTINCT person_id FROM `+table+` WHERE person_id IN (`+db.In(1, len(part))+`) ORDER BY person_id`, db.Args(part)...)
			if err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// RemovePeople takes people out of the register: their rows and what leads to them. Their facts are the caller's to take
// out first.
func (s *Store) RemovePeople(ctx context.Context, tx *db.Tx, people []Person) error {
	ids := make([]int64, len(people))
	hashes := make([]Hash, 0, len(people))
	for i := range people {
		ids[i] = people[i].ID
		hashes = append(hashes, s.HashOf(people[i].IDNumber))
	}
	for part := range slices.Chunk(ids, 1000) {
		if _, err := tx.Exec(ctx, `DELETE FROM person WHERE person_id IN (`+db.In(1, len(part))+`)`, db.Args(part)...); err != nil {
			return err
		}
	}
	if err := s.forget(ctx, tx, hashes); err != nil {
		return err
	}
	return touch(ctx, tx, "removed", ids)
}

func (s *Store) forget(ctx context.Context, tx *db.Tx, hashes []Hash) error {
	for part := range slices.Chunk(hashes, 1000) {
		if _, err := tx.Exec(ctx, `DELETE FROM person_identity WHERE kind = 'id' AND hash IN (`+db.In(1, len(part))+`)`, hashArgs(part)...); err != nil {
			return err
		}
	}
	return nil
}

// Release takes away what leads from an ID number to a person who has another one now.
func (s *Store) Release(ctx context.Context, tx *db.Tx, numbers []string) error {
	hashes := make([]Hash, len(numbers))
	for i, n := range numbers {
		hashes[i] = s.HashOf(n)
	}
	return s.forget(ctx, tx, hashes)
}

// MembersIn reads the members of households, as a transaction sees them, numbers sealed: household → members in the order of
// their ids.
func (s *Store) MembersIn(ctx context.Context, q db.Querier, households []int64) (map[int64][]Person, error) {
	out := map[int64][]Person{}
	for part := range slices.Chunk(households, 1000) {
		err := s.eachIn(ctx, q, false, func(p Person) error { out[p.HouseholdID] = append(out[p.HouseholdID], p); return nil },
			`SELECT `+personColumns+` FROM person p WHERE p.household_id IN (`+db.In(1, len(part))+`) ORDER BY p.person_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// RemoveHouseholds takes households without members out of the register.
func (s *Store) RemoveHouseholds(ctx context.Context, tx *db.Tx, ids []int64) error {
	for part := range slices.Chunk(ids, 1000) {
		in := ` WHERE household_id IN (` + db.In(1, len(part)) + `)`
		for _, query := range []string{`DELETE FROM household_identity WHERE number IN (SELECT number FROM household` + in + `)`, `DELETE FROM household` + in} {
			if _, err := tx.Exec(ctx, query, db.Args(part)...); err != nil {
				return err
			}
		}
	}
	return nil
}

// PlaceHouseholds says with which member each household lives: area and registration are that member's.
func (s *Store) PlaceHouseholds(ctx context.Context, tx *db.Tx, with map[int64]Person) error {
	ids := make([]int64, 0, len(with))
	for id := range with {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for part := range slices.Chunk(ids, 1000) {
		type row struct {
			id     int64
			number string
		}
		var list []Household
		err := db.Each(ctx, tx, func(r *row) []any { return []any{&r.id, &r.number} }, func(r *row) error {
			list = append(list, Household{ID: r.id, Number: r.number, Area: with[r.id].Area, Rural: with[r.id].Rural})
			return nil
		}, `SELECT household_id, number FROM household WHERE household_id IN (`+db.In(1, len(part))+`) ORDER BY household_id`, db.Args(part)...)
		if err != nil {
			return err
		}
		if err := s.SaveClaimedHouseholds(ctx, tx, list); err != nil {
			return err
		}
	}
	return nil
}

// Split parts facts by whose they are.
func (b *Batch) Split(first func(personID int64) bool) (yes, no Batch) {
	yes.Registrations, no.Registrations = split(b.Registrations, func(r *Registration) bool { return first(r.PersonID) })
	yes.Insurances, no.Insurances = split(b.Insurances, func(r *Insurance) bool { return first(r.PersonID) })
	yes.Spells, no.Spells = split(b.Spells, func(r *Spell) bool { return first(r.PersonID) })
	yes.Groups, no.Groups = split(b.Groups, func(r *Group) bool { return first(r.PersonID) })
	yes.Graduates, no.Graduates = split(b.Graduates, func(r *Graduate) bool { return first(r.PersonID) })
	yes.Trainings, no.Trainings = split(b.Trainings, func(r *Training) bool { return first(r.PersonID) })
	yes.Certificates, no.Certificates = split(b.Certificates, func(r *Certificate) bool { return first(r.PersonID) })
	yes.Surveys, no.Surveys = split(b.Surveys, func(r *Survey) bool { return first(r.PersonID) })
	return yes, no
}

func split[T any](list []T, first func(*T) bool) (yes, no []T) {
	for i := range list {
		if first(&list[i]) {
			yes = append(yes, list[i])
		} else {
			no = append(no, list[i])
		}
	}
	return yes, no
}

// CopyFacts writes facts whose keys do not exist; it fails as a whole when one does. On PostgreSQL it costs a fraction of
// SaveFacts. It returns how many they were.
func (s *Store) CopyFacts(ctx context.Context, tx *db.Tx, b *Batch) (added int64, err error) {
	for _, save := range []func() (int64, error){
		func() (int64, error) { return registrations.copy(ctx, tx, b.Registrations) },
		func() (int64, error) { return insurances.copy(ctx, tx, b.Insurances) },
		func() (int64, error) { return spells.copy(ctx, tx, b.Spells) },
		func() (int64, error) { return groups.copy(ctx, tx, b.Groups) },
		func() (int64, error) { return graduates.copy(ctx, tx, b.Graduates) },
		func() (int64, error) { return trainings.copy(ctx, tx, b.Trainings) },
		func() (int64, error) { return certificates.copy(ctx, tx, b.Certificates) },
		func() (int64, error) { return surveys.copy(ctx, tx, b.Surveys) },
	} {
		n, err := save()
		if err != nil {
			return added, err
		}
		added += n
	}
	return added, nil
}

func (f factTable[T]) copy(ctx context.Context, tx *db.Tx, list []T) (int64, error) {
	if len(list) == 0 {
		return 0, nil
	}
	rows := make([][]any, len(list))
	for i := range list {
		rows[i] = f.values(&list[i])
	}
	if err := tx.Copy(ctx, f.name, f.columns, rows); err != nil {
		return 0, err
	}
	return int64(len(rows)), touchRows(ctx, tx, f.name, rows)
}

// Employing finds, of those employers that somebody works for or is insured by, one such person: employer → person.
func (s *Store) Employing(ctx context.Context, q db.Querier, employers []int64) (map[int64]int64, error) {
	out := map[int64]int64{}
	type pair struct{ unit, person int64 }
	for part := range slices.Chunk(employers, 1000) {
		for _, table := range []string{"person_spell", "person_insurance"} {
			err := db.Each(ctx, q, func(p *pair) []any { return []any{&p.unit, &p.person} }, func(p *pair) error { out[p.unit] = p.person; return nil },
				`SELECT employer_id, min(person_id) FROM `+table+` WHERE employer_id IN (`+db.In(1, len(part))+`) GROUP BY employer_id ORDER BY employer_id`, db.Args(part)...)
			if err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}
