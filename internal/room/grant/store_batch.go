package grant

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const batchColumns = `batch_id, number, fund_id, area, state, n, amount, paid_n, paid, bounced_n, bounced, request_id, made_by, made_on, sent_on, done_on, digest`

func (b *PayBatch) fields() []any {
	return []any{&b.ID, &b.Number, &b.FundID, &b.Area, &b.State, &b.N, &b.Fen, &b.PaidN, &b.Paid, &b.BouncedN, &b.Bounced, &b.RequestID, &b.MadeBy, &b.MadeOn, &b.SentOn, &b.DoneOn, &b.Digest}
}

func (s store) insertBatch(ctx context.Context, tx *db.Tx, b *PayBatch) error {
	_, err := tx.Exec(ctx, `INSERT INTO grant_batch (`+batchColumns+`) VALUES (`+db.In(1, 17)+`)`, b.ID, b.Number, b.FundID, b.Area, b.State, b.N, b.Fen, b.PaidN, b.Paid,
		b.BouncedN, b.Bounced, b.RequestID, b.MadeBy, b.MadeOn, b.SentOn, b.DoneOn, b.Digest)
	return err
}

func (s store) saveBatch(ctx context.Context, tx *db.Tx, b *PayBatch) error {
	_, err := tx.Exec(ctx, `UPDATE grant_batch SET state = $1, paid_n = $2, paid = $3, bounced_n = $4, bounced = $5, sent_on = $6, done_on = $7, digest = $8, file = $9 WHERE batch_id = $10`,
		b.State, b.PaidN, b.Paid, b.BouncedN, b.Bounced, b.SentOn, b.DoneOn, b.Digest, b.file, b.ID)
	return err
}

func (s store) batch(ctx context.Context, q db.Querier, id int64) (PayBatch, error) {
	b, found, err := db.One(ctx, q, func(b *PayBatch) []any { return append(b.fields(), &b.file) }, `SELECT `+batchColumns+`, file FROM grant_batch WHERE batch_id = $1 ORDER BY batch_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这个发放批次")
	}
	return b, err
}

// batches lists the batches of an area's subtree, the newest first.
func (s store) batches(ctx context.Context, area string, below int64, limit int) ([]PayBatch, error) {
	if below <= 0 {
		below = 1<<63 - 1
	}
	low, high := db.Under(area)
	return db.All(ctx, s.db, (*PayBatch).fields, `SELECT `+batchColumns+` FROM grant_batch WHERE area >= $1 AND area < $2 AND batch_id < $3 ORDER BY batch_id DESC LIMIT $4`, low, high, below, limit)
}

// inBatch lists the applications that have a line in a batch.
func (s store) inBatch(ctx context.Context, q db.Querier, id int64) ([]Application, error) {
	return db.All(ctx, q, (*Application).fields, `SELECT `+applicationColumns+` FROM grant_application
		WHERE (owner_id, grant_id) IN (SELECT owner_id, grant_id FROM grant_line WHERE batch_id = $1) ORDER BY owner_id, grant_id`, id)
}

// moveAll sets the state of many applications that stand in another one, and returns how many did.
func (s store) moveAll(ctx context.Context, tx *db.Tx, list []Application, was, now State, deadline db.Date, batch int64) (n int64, err error) {
	for part := range slices.Chunk(list, 500) {
		args := []any{string(now), deadline, batch, string(was)}
		for _, a := range part {
			args = append(args, a.OwnerID)
		}
		for _, a := range part {
			args = append(args, a.ID)
		}
		m, err := tx.Exec(ctx, `UPDATE grant_application SET state = $1, deadline = $2, batch_id = $3, row_version = row_version + 1
			WHERE state = $4 AND owner_id IN (`+db.In(5, len(part))+`) AND grant_id IN (`+db.In(5+len(part), len(part))+`)`, args...)
		if err != nil {
			return n, err
		}
		n += m
	}
	return n, nil
}
