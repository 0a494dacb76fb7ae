package employer

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// What the room intake needs to draw the register anew from its source records.

// ListIn reads many employers as a transaction sees them, in the order of their ids.
func (s *Store) ListIn(ctx context.Context, q db.Querier, ids []int64) ([]Employer, error) {
	var out []Employer
	for part := range slices.Chunk(ids, 1000) {
		list, err := db.All(ctx, q, (*Employer).fields, `SELECT `+columns+` FROM employer WHERE employer_id IN (`+db.In(1, len(part))+`) ORDER BY employer_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// WithVacancies are those of the employers that have vacancies, open or not.
func (s *Store) WithVacancies(ctx context.Context, q db.Querier, ids []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	for part := range slices.Chunk(ids, 1000) {
		err := db.Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = true; return nil },
			`SELECT DISTINCT employer_id FROM employer_vacancy WHERE employer_id IN (`+db.In(1, len(part))+`) ORDER BY employer_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Remove takes employers out of the register: their rows and what leads to them.
func (s *Store) Remove(ctx context.Context, tx *db.Tx, ids []int64) error {
	gone, err := s.ListIn(ctx, tx, ids)
	if err != nil {
		return err
	}
	if err := touchMoved(ctx, tx, gone, nil, int64(len(gone))); err != nil {
		return err
	}
	for part := range slices.Chunk(ids, 1000) {
		in := ` WHERE employer_id IN (` + db.In(1, len(part)) + `)`
		for _, query := range []string{`DELETE FROM employer_identity WHERE credit_code IN (SELECT credit_code FROM employer` + in + `)`, `DELETE FROM employer` + in} {
			if _, err := tx.Exec(ctx, query, db.Args(part)...); err != nil {
				return err
			}
		}
	}
	return nil
}

// RemoveVacancies takes vacancies out of the register.
func (s *Store) RemoveVacancies(ctx context.Context, tx *db.Tx, ids []int64) error {
	for part := range slices.Chunk(ids, 1000) {
		if _, err := tx.Exec(ctx, `DELETE FROM employer_vacancy WHERE vacancy_id IN (`+db.In(1, len(part))+`)`, db.Args(part)...); err != nil {
			return err
		}
	}
	return vacancyChanges.Touch(ctx, tx, ChangeRemoved, ids)
}

// Unfound says that people who have left the register found no employer any more.
func (s *Store) Unfound(ctx context.Context, tx *db.Tx, people []int64) error {
	for part := range slices.Chunk(people, 1000) {
		ids, err := db.All(ctx, tx, func(id *int64) []any { return []any{id} },
			`SELECT employer_id FROM employer WHERE founder_id IN (`+db.In(1, len(part))+`) ORDER BY employer_id`, db.Args(part)...)
		if err != nil {
			return err
		}
		if err := changes.Touch(ctx, tx, "employer", ids); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE employer SET founder_id = 0 WHERE founder_id IN (`+db.In(1, len(part))+`)`, db.Args(part)...); err != nil {
			return err
		}
	}
	return nil
}
