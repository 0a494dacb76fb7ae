package intake

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

var reviewColumns = []string{"review_id", "area", "state", "why", "kind", "batch_id", "file_id", "file_name", "row_number", "person_id", "row_key", "row_seal",
	"added", "created_at", "decided_at", "decided_by", "decider", "reason", "version"}

const selectReview = `SELECT review_id, area, state, why, kind, batch_id, file_id, file_name, row_number, person_id, row_key, row_seal,
	added, created_at, decided_at, decided_by, decider, reason, version, cluster_id FROM intake_review `

func (r *Review) fields() []any {
	return []any{&r.ID, &r.Area, &r.State, &r.Why, &r.Kind, &r.BatchID, &r.FileID, &r.FileName, &r.Row, &r.PersonID, &r.key, &r.sealed,
		&r.Added, &r.CreatedAt, &r.DecidedAt, &r.DecidedBy, &r.Decider, &r.Reason, &r.Version, &r.ClusterID}
}

func findReview(ctx context.Context, q db.Querier, id int64) (Review, error) {
	v, found, err := db.One(ctx, q, (*Review).fields, selectReview+`WHERE review_id = $1 ORDER BY review_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这一条待核记录")
	}
	return v, err
}

// reviewOf is the item of a row that waits already.
func reviewOf(ctx context.Context, q db.Querier, key []byte) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT review_id FROM intake_review WHERE row_key = $1 ORDER BY review_id`, key)
}

// reviewFilter narrows a list of review items; "" means any.
type reviewFilter struct{ area, state, why string }

// listReviews reads items newest first, below an id.
func listReviews(ctx context.Context, q db.Querier, f reviewFilter, below int64, limit int) ([]Review, error) {
	low, high := db.Under(f.area)
	return db.All(ctx, q, (*Review).fields, selectReview+`WHERE state = $1 AND area >= $2 AND area < $3 AND (why = $4 OR $5 = '') AND review_id < $6
		ORDER BY review_id DESC LIMIT $7`, f.state, low, high, f.why, f.why, below, limit)
}

// openReviews reads undecided items of a reason in the order of their ids, above an id.
func openReviews(ctx context.Context, q db.Querier, area, why string, after int64, limit int) ([]Review, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, (*Review).fields, selectReview+`WHERE state = 'open' AND why = $1 AND area >= $2 AND area < $3 AND review_id > $4
		ORDER BY review_id LIMIT $5`, why, low, high, after, limit)
}

func countReviews(ctx context.Context, q db.Querier, area, state, why string) (int64, error) {
	low, high := db.Under(area)
	return db.Value[int64](ctx, q, `SELECT count(*) FROM intake_review WHERE state = $1 AND area >= $2 AND area < $3 AND (why = $4 OR $5 = '')`, state, low, high, why, why)
}

// setReview writes a decision over the version the decider saw.
func (r *Room) setReview(ctx context.Context, tx *db.Tx, who Actor, v *Review, version int64) error {
	at, by, name := r.Clock.Now().UnixMilli(), who.ID, who.Name
	if v.State == ReviewOpen { // taken back: as if nobody had decided
		at, by, name = 0, 0, ""
	}
	n, err := tx.Exec(ctx, `UPDATE intake_review SET state = $3, person_id = $4, added = $5, decided_at = $6, decided_by = $7, decider = $8, reason = $9, version = version + 1
		WHERE review_id = $1 AND version = $2`, v.ID, version, v.State, v.PersonID, v.Added, at, by, name, v.Reason)
	if err == nil && n == 0 {
		err = changedMeanwhile(v)
	}
	return err
}

// grouped is what befell rows of a batch in the same way.
type grouped struct {
	Code, Head string
	Rows       int64
	FileID     int64 // of the example
	Row        int64
	Shown      string
	Reason     string
}

func (g *grouped) fields() []any {
	return []any{&g.Code, &g.Head, &g.Rows, &g.FileID, &g.Row, &g.Shown, &g.Reason}
}

// rejectGroups counts a batch's rejected rows by rule and column, each with its first row; the largest first.
func rejectGroups(ctx context.Context, q db.Querier, batchID int64) ([]grouped, error) {
	return db.All(ctx, q, (*grouped).fields, `SELECT code, head, many, file_id, row_number, shown, reason FROM (
			SELECT code, head, file_id, row_number, shown, reason, count(*) OVER (PARTITION BY code, head) AS many,
				row_number() OVER (PARTITION BY code, head ORDER BY file_id, row_number) AS place
			FROM intake_reject WHERE batch_id = $1) AS g
		WHERE place = 1 ORDER BY many DESC, code, head`, batchID)
}

// reminderGroups counts what was mended in a batch.
func reminderGroups(ctx context.Context, q db.Querier, batchID int64) ([]grouped, error) {
	return db.All(ctx, q, (*grouped).fields, `SELECT code, head, sum(row_count), min(file_id), min(example_row), '', '' FROM intake_reminder WHERE batch_id = $1
		GROUP BY code, head ORDER BY sum(row_count) DESC, code, head`, batchID)
}

// rejected is one row of the error sheet.
type rejected struct {
	fileID, row  int64
	head, reason string
	sealed       []byte
}

func (r *rejected) fields() []any { return []any{&r.fileID, &r.row, &r.head, &r.reason, &r.sealed} }

// eachRejected goes through a batch's rejected rows, file by file in the order of rows.
func eachRejected(ctx context.Context, q db.Querier, batchID int64, yield func(*rejected) error) error {
	return db.Each(ctx, q, (*rejected).fields, yield, `SELECT file_id, row_number, head, reason, row_seal FROM intake_reject WHERE batch_id = $1 ORDER BY file_id, row_number`, batchID)
}
