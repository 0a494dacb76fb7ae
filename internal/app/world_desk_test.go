package app

import (
	"context"
	"testing"

	"jiuye/internal/ground/db"
)

// doubtful puts a cluster of a waiting row and somebody of the banner 152921 on the review desk, and returns its id.
func doubtful(t *testing.T, a *App, person, review int64) int64 {
	t.Helper()
	err := a.DB.Tx(context.Background(), func(tx *db.Tx) error {
		if _, err := tx.Exec(context.Background(), `INSERT INTO intake_cluster (cluster_id, area, state, why, kind, person_id, row_count, likely, benefit, blind_of, first_by, turn, known,
				sent_to, task_id, answer, made_person, made, choice, reason, decided_at, decided_by, decider, created_at, version)
			VALUES (8, '152921', 'open', 'id', 'relief', $1, 1, 5000, 1000, 0, 0, 1, '', '', 0, '', 0, '', '', '', 0, 0, '', 0, 1)`, person); err != nil {
			return err
		}
		_, err := tx.Exec(context.Background(), `INSERT INTO intake_member (cluster_id, review_id, place, answer) VALUES (8, $1, 1, '')`, review)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return 8
}
