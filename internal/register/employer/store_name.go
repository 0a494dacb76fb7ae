package employer

import (
	"cmp"
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// ResolveNames finds the employers that names of a league lead to: key → employer.
func (s *Store) ResolveNames(ctx context.Context, q db.Querier, league string, keys []string) (map[string]int64, error) {
	out := make(map[string]int64, len(keys))
	for part := range slices.Chunk(keys, 1000) {
		args := []any{league}
		for _, k := range part {
			args = append(args, k)
		}
		err := db.Each(ctx, q, func(n *Named) []any { return []any{&n.Key, &n.ID} }, func(n *Named) error { out[n.Key] = n.ID; return nil },
			`SELECT name_key, employer_id FROM employer_name WHERE league = $1 AND name_key IN (`+db.In(2, len(part))+`) ORDER BY name_key`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// SaveUnverified writes units known by name only and leads their names to them. Who comes second with a name learns which
// employer it leads to already: taken maps the id that was offered to that one, and the offered unit is not written.
func (s *Store) SaveUnverified(ctx context.Context, tx *db.Tx, league string, list []Employer) (taken map[int64]int64, err error) {
	rows, keys := make([][]any, len(list)), make([]string, len(list))
	for i, e := range list {
		keys[i] = NameKey(e.Name)
		rows[i] = []any{league, keys[i], e.ID}
	}
	slices.SortFunc(rows, func(a, b []any) int { return cmp.Compare(a[1].(string), b[1].(string)) })
	columns := []string{"league", "name_key", "employer_id"}
	if _, err := tx.Merge(ctx, "employer_name", columns, columns[:2], rows, db.KeepOld); err != nil {
		return nil, err
	}
	found, err := s.ResolveNames(ctx, tx, league, keys)
	if err != nil {
		return nil, err
	}
	now := s.Clock.Now().UnixMilli()
	taken = map[int64]int64{}
	var fresh [][]any
	for i, e := range list {
		if id := found[keys[i]]; id != e.ID {
			taken[e.ID] = id
			continue
		}
		fresh = append(fresh, []any{e.ID, "", e.Name, Unverified, e.Industry, e.Area, e.Opened, int64(0), 0, e.Phone, now})
	}
	return taken, tx.InsertNew(ctx, "employer", []string{"employer_id", "credit_code", "name", "kind", "industry", "area", "opened", "founder_id", "staff", "phone", "updated_at"},
		[]string{"employer_id"}, fresh)
}

// ListUnverified lists the units of an area's subtree that are known by name only, in the order of ids behind one.
func (s *Store) ListUnverified(ctx context.Context, area string, after int64, limit int) ([]Employer, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.DB, (*Employer).fields, `SELECT `+columns+` FROM employer WHERE kind = 'unverified' AND area >= $1 AND area < $2 AND employer_id > $3
		ORDER BY employer_id LIMIT $4`, low, high, after, limit)
}

// Link makes a unit known by name only one with an employer of the register: its name and its vacancies become that one's, and the
// unit is no more. It returns how many vacancies moved.
func (s *Store) Link(ctx context.Context, tx *db.Tx, unverified, known int64) (moved int64, err error) {
	ids, err := db.All(ctx, tx, func(id *int64) []any { return []any{id} }, `SELECT vacancy_id FROM employer_vacancy WHERE employer_id = $1 ORDER BY vacancy_id`, unverified)
	if err != nil {
		return 0, err
	}
	if moved, err = tx.Exec(ctx, `UPDATE employer_vacancy SET employer_id = $2, version = version + 1 WHERE employer_id = $1`, unverified, known); err != nil {
		return 0, err
	}
	if len(ids) > 0 {
		if err := s.TouchVacancies(ctx, tx, ids); err != nil {
			return 0, err
		}
	}
	if _, err := tx.Exec(ctx, `UPDATE employer_name SET employer_id = $2 WHERE employer_id = $1`, unverified, known); err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, `DELETE FROM employer WHERE employer_id = $1 AND kind = 'unverified'`, unverified)
	return moved, err
}
