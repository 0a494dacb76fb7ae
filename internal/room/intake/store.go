package intake

import (
	"context"
	"embed"
	"encoding/json"
	"errors"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var schema embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "intake", FS: schema}

var batchColumns = []string{"batch_id", "source", "title", "bytes", "area", "by_id", "by_name", "forced", "fingerprint", "state", "note", "created_at", "started_at", "ended_at"}

const selectBatch = `SELECT batch_id, source, title, bytes, area, by_id, by_name, forced, fingerprint, state, note, created_at, started_at, ended_at FROM intake_batch `

func (b *Batch) fields() []any {
	return []any{&b.ID, &b.Source, &b.Title, &b.Bytes, &b.Area, &b.ByID, &b.ByName, &b.Forced, &b.Fingerprint, &b.State, &b.Note, &b.CreatedAt, &b.StartedAt, &b.EndedAt}
}

var fileColumns = []string{"batch_id", "file_id", "name", "path", "bytes", "hash", "format", "sheet", "kind", "print", "head_row", "heads", "cells", "missing", "extra",
	"state", "note", "estimate", "cursor_row", "rows_read", "accepted", "repaired", "repeated", "review", "rejected", "started_at", "ended_at"}

const selectFile = `SELECT batch_id, file_id, name, path, bytes, hash, format, sheet, kind, print, head_row, heads, cells, missing, extra,
	state, note, estimate, cursor_row, rows_read, accepted, repaired, repeated, review, rejected, started_at, ended_at FROM intake_file `

// stored is a file with its lists as the table holds them.
type stored struct {
	File
	heads, cells string
}

func (s *stored) fields() []any {
	f := &s.File
	return []any{&f.BatchID, &f.ID, &f.Name, &f.Path, &f.Bytes, &f.Hash, &f.Format, &f.Sheet, &f.Kind, &f.Print, &f.HeadRow, &s.heads, &s.cells, &f.Missing, &f.Extra,
		&f.State, &f.Note, &f.Estimate, &f.Cursor, &f.Read, &f.Accepted, &f.Repaired, &f.Repeated, &f.Review, &f.Rejected, &f.StartedAt, &f.EndedAt}
}

func (f *File) values() []any {
	heads, _ := json.Marshal(f.Heads) // strings and integers always can
	cells, _ := json.Marshal(f.Cells)
	return []any{f.BatchID, f.ID, f.Name, f.Path, f.Bytes, f.Hash, f.Format, f.Sheet, f.Kind, append([]byte{}, f.Print...), f.HeadRow, string(heads), string(cells), f.Missing, f.Extra,
		f.State, f.Note, f.Estimate, f.Cursor, f.Read, f.Accepted, f.Repaired, f.Repeated, f.Review, f.Rejected, f.StartedAt, f.EndedAt}
}

// addBatch writes a batch and its files as they were received.
func addBatch(ctx context.Context, tx *db.Tx, b *Batch, files []File) error {
	row := []any{b.ID, b.Source, b.Title, b.Bytes, b.Area, b.ByID, b.ByName, b.Forced, b.Fingerprint, b.State, b.Note, b.CreatedAt, b.StartedAt, b.EndedAt}
	if err := tx.Upsert(ctx, "intake_batch", batchColumns, batchColumns[:1], [][]any{row}); err != nil {
		return err
	}
	return addFiles(ctx, tx, files)
}

func addFiles(ctx context.Context, tx *db.Tx, files []File) error {
	rows := make([][]any, len(files))
	for i := range files {
		rows[i] = files[i].values()
	}
	return tx.Upsert(ctx, "intake_file", fileColumns, fileColumns[:2], rows)
}

// replaceFile puts the recognised sheets of a file in the place of the received file.
func replaceFile(ctx context.Context, tx *db.Tx, received *File, sheets []File) error {
	n, err := tx.Exec(ctx, `DELETE FROM intake_file WHERE batch_id = $1 AND file_id = $2 AND state = 'received'`, received.BatchID, received.ID)
	if err != nil {
		return err
	}
	if n == 0 {
		return otherRun()
	}
	return addFiles(ctx, tx, sheets)
}

func otherRun() error {
	return fault.New(fault.Conflict, "这一批正由另一个进程导入，这里不再重复。请等它完成，稍后查看结果")
}

func findBatch(ctx context.Context, q db.Querier, id int64) (Batch, error) {
	b, found, err := db.One(ctx, q, (*Batch).fields, selectBatch+`WHERE batch_id = $1 ORDER BY batch_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这一批导入")
	}
	return b, err
}

// brokenOff finds the latest unfinished batch with the same contents.
func brokenOff(ctx context.Context, q db.Querier, fingerprint []byte) (Batch, bool, error) {
	return db.One(ctx, q, (*Batch).fields, selectBatch+`WHERE fingerprint = $1 AND state IN ('waiting', 'running') ORDER BY batch_id DESC`, fingerprint)
}

// listBatches reads an area's batches, newest first, below an id.
func listBatches(ctx context.Context, q db.Querier, area string, below int64, limit int) ([]Batch, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, (*Batch).fields, selectBatch+`WHERE area >= $1 AND area < $2 AND batch_id < $3 ORDER BY batch_id DESC LIMIT $4`, low, high, below, limit)
}

// countBatches is how many batches an area itself has, without those below.
func countBatches(ctx context.Context, q db.Querier, area string) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT count(*) FROM intake_batch WHERE area = $1`, area)
}

func listFiles(ctx context.Context, q db.Querier, batchID int64) ([]File, error) {
	var out []File
	err := db.Each(ctx, q, (*stored).fields, func(s *stored) error {
		if err := json.Unmarshal([]byte(s.heads), &s.Heads); err != nil {
			return err
		}
		out = append(out, s.File)
		return json.Unmarshal([]byte(s.cells), &out[len(out)-1].Cells)
	}, selectFile+`WHERE batch_id = $1 ORDER BY file_id`, batchID)
	return out, err
}

// readBefore is when a sheet with this content was imported under this template for this area; 0: never.
func readBefore(ctx context.Context, q db.Querier, f *File, area string) (at int64, err error) {
	return db.Value[int64](ctx, q, `SELECT max(f.ended_at) FROM intake_file f JOIN intake_batch b ON b.batch_id = f.batch_id
		WHERE f.hash = $1 AND f.sheet = $2 AND f.print = $3 AND f.state = 'done' AND b.area = $4 AND b.source <> 'trial'`, f.Hash, f.Sheet, f.Print, area)
}

// setBatch moves a batch to a state.
func setBatch(ctx context.Context, tx *db.Tx, b *Batch) error {
	_, err := tx.Exec(ctx, `UPDATE intake_batch SET state = $2, note = $3, started_at = $4, ended_at = $5 WHERE batch_id = $1`, b.ID, b.State, b.Note, b.StartedAt, b.EndedAt)
	return err
}

// setPath notes where a file of an unfinished batch lies now.
func setPath(ctx context.Context, tx *db.Tx, batchID int64, hash []byte, path string) error {
	_, err := tx.Exec(ctx, `UPDATE intake_file SET path = $3 WHERE batch_id = $1 AND hash = $2`, batchID, hash, path)
	return err
}

// save writes what a block came to and moves the cursor. Only one run can move it from where it stood: the other one's
// transaction is rolled back.
func (w *writing) save(ctx context.Context) error {
	f, b := w.block.file, w.block
	if state, err := db.Value[string](ctx, w.tx, `SELECT state FROM intake_batch WHERE batch_id = $1 ORDER BY batch_id`, f.BatchID); err != nil || state == Stopped {
		return errors.Join(err, stopped(state))
	}
	now := w.room.Clock.Now().UnixMilli()
	if err := w.saveReviews(ctx, now); err != nil {
		return err
	}
	rows := make([][]any, len(w.rejects))
	for i, r := range w.rejects {
		rows[i] = []any{f.BatchID, f.ID, r.row, r.bad.code, r.bad.column, r.bad.shown, veil(r.bad.text), r.sealed, r.who}
	}
	_, err := w.tx.Merge(ctx, "intake_reject", []string{"batch_id", "file_id", "row_number", "code", "head", "shown", "reason", "row_seal", "who"},
		[]string{"batch_id", "file_id", "row_number"}, rows, db.TakeNew)
	if err != nil {
		return err
	}
	for m, n := range w.reminders {
		if _, err := w.tx.Exec(ctx, `INSERT INTO intake_reminder (batch_id, file_id, code, head, row_count, example_row) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (batch_id, file_id, code, head) DO UPDATE SET row_count = intake_reminder.row_count + excluded.row_count`,
			f.BatchID, f.ID, m.code, m.column, n.rows, n.example); err != nil {
			return err
		}
	}
	state, note, ended, c := Running, "", int64(0), w.counts
	if b.last {
		state, ended = Done, now
		if b.failed != nil {
			state, note = Failed, fault.TextOf(b.failed)
		} else if f.Read+c.Read == 0 {
			state, note = Empty, "只有表头，没有数据行"
		} else if b.note != "" {
			note = b.note
		}
	}
	quality := f.quality
	quality.Known, quality.Renumbered = quality.Known+w.numbered, quality.Renumbered+w.renumbered
	if err := saveQuality(ctx, w.tx, f, quality); err != nil {
		return err
	}
	n, err := w.tx.Exec(ctx, `UPDATE intake_file SET cursor_row = $4, rows_read = rows_read + $5, accepted = accepted + $6, repaired = repaired + $7,
			repeated = repeated + $8, review = review + $9, rejected = rejected + $10, state = $11, note = $12, ended_at = $13,
			started_at = CASE WHEN started_at = 0 THEN $14 ELSE started_at END
		WHERE batch_id = $1 AND file_id = $2 AND cursor_row = $3 AND state IN ('waiting', 'running')`,
		f.BatchID, f.ID, b.cursor, b.end, c.Read, c.Accepted, c.Repaired, c.Repeated, c.Review, c.Rejected, state, note, ended, now)
	if err == nil && n == 0 {
		err = otherRun()
	}
	return err
}

// saveReviews adds the rows that are not waiting yet.
func (w *writing) saveReviews(ctx context.Context, now int64) error {
	if len(w.reviews) == 0 {
		return nil
	}
	w.reviews = fold(w.reviews, func(r *Review) string { return string(r.key) })
	rows := make([][]any, len(w.reviews))
	for i, r := range w.reviews {
		rows[i] = []any{w.room.IDs.Next(), r.Area, ReviewOpen, r.Why, r.Kind, w.block.file.BatchID, w.block.file.ID, w.block.file.Label(), r.Row, r.PersonID, r.key, r.sealed,
			false, now, int64(0), int64(0), "", "", int64(1)}
	}
	added, err := w.tx.Merge(ctx, "intake_review", reviewColumns, []string{"row_key"}, rows, db.KeepOld)
	waits := w.counts.Read - int64(len(w.rejects)) - w.counts.Accepted - w.counts.Repeated
	w.counts.Review = added
	w.counts.Repeated += waits - added // the same row waits already
	return err
}

func stopped(state string) error {
	if state == Stopped {
		return fault.New(fault.Conflict, "这一批已被停止，停止前写入的行保留")
	}
	return nil
}
