package jobs

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

const wishColumns = `person_id, occupation, pay, area, km, hours, updated_at, version`

func (w *Wish) fields() []any {
	return []any{&w.PersonID, &w.Occupation, &w.Pay, &w.Area, &w.Km, &w.Hours, &w.UpdatedAt, &w.Version}
}

// wishes are what people have said they want; who has said nothing is left out.
func (s store) wishes(ctx context.Context, ids []int64) (map[int64]Wish, error) {
	out := map[int64]Wish{}
	for part := range slices.Chunk(ids, 1000) {
		err := db.Each(ctx, s, (*Wish).fields, func(w *Wish) error { out[w.PersonID] = *w; return nil },
			`SELECT `+wishColumns+` FROM jobs_wish WHERE person_id IN (`+db.In(1, len(part))+`) ORDER BY person_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// setWish writes a wish over the version that was read; false when somebody else was faster.
func (s store) setWish(ctx context.Context, tx *db.Tx, w Wish) (bool, error) {
	if w.Version == 0 {
		n, err := tx.Exec(ctx, `INSERT INTO jobs_wish (`+wishColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT (person_id) DO NOTHING`,
			w.PersonID, w.Occupation, w.Pay, w.Area, w.Km, w.Hours, w.UpdatedAt)
		return n > 0, err
	}
	n, err := tx.Exec(ctx, `UPDATE jobs_wish SET occupation = $1, pay = $2, area = $3, km = $4, hours = $5, updated_at = $6, version = version + 1
		WHERE person_id = $7 AND version = $8`, w.Occupation, w.Pay, w.Area, w.Km, w.Hours, w.UpdatedAt, w.PersonID, w.Version)
	return n > 0, err
}
