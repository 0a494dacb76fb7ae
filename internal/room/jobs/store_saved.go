package jobs

import (
	"context"

	"jiuye/internal/ground/db"
)

const savedColumns = `person_id, saved_id, name, query, alert, seen, created_at`

func (x *Saved) fields() []any {
	return []any{&x.PersonID, &x.ID, &x.Name, &x.Query, &x.Alert, &x.Seen, &x.CreatedAt}
}

// savedOf are a person's searches, the newest first.
func (s store) savedOf(ctx context.Context, q db.Querier, personID int64) ([]Saved, error) {
	return db.All(ctx, q, (*Saved).fields, `SELECT `+savedColumns+` FROM jobs_saved WHERE person_id = $1 ORDER BY saved_id DESC`, personID)
}

func (s store) save(ctx context.Context, tx *db.Tx, x Saved) error {
	_, err := tx.Exec(ctx, `INSERT INTO jobs_saved (`+savedColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`, x.PersonID, x.ID, x.Name, x.Query, x.Alert, x.Seen, x.CreatedAt)
	return err
}

// alert switches a search's messages; one that is switched on again begins today.
func (s store) alert(ctx context.Context, tx *db.Tx, personID, id int64, on bool, today db.Date) (int64, error) {
	return tx.Exec(ctx, `UPDATE jobs_saved SET alert = $1, seen = $2 WHERE person_id = $3 AND saved_id = $4`, on, today, personID, id)
}

func (s store) drop(ctx context.Context, tx *db.Tx, personID, id int64) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM jobs_saved WHERE person_id = $1 AND saved_id = $2`, personID, id)
}

// alerts are the searches with messages that were not told up to a day, behind one of the last page.
func (s store) alerts(ctx context.Context, before db.Date, after Saved, limit int) ([]Saved, error) {
	return db.All(ctx, s, (*Saved).fields, `SELECT `+savedColumns+` FROM jobs_saved WHERE alert AND seen < $1 AND (person_id, saved_id) > ($2, $3)
		ORDER BY person_id, saved_id LIMIT $4`, before, after.PersonID, after.ID, limit)
}

// seen says that what was posted before a day has been told, for a page of searches.
func (s store) seen(ctx context.Context, tx *db.Tx, list []Saved, day db.Date) error {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	_, err := tx.Exec(ctx, `UPDATE jobs_saved SET seen = $1 WHERE alert AND saved_id IN (`+db.In(2, len(ids))+`)`, append([]any{day}, db.Args(ids)...)...)
	return err
}
