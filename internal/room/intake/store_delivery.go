package intake

import (
	"context"
	"encoding/json"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
)

// saveQuality keeps what is known of a sheet so far.
func saveQuality(ctx context.Context, tx *db.Tx, f *File, q quality) error {
	text, err := json.Marshal(q)
	if err != nil {
		return err
	}
	return tx.Upsert(ctx, "intake_quality", []string{"batch_id", "file_id", "profile"}, []string{"batch_id", "file_id"}, [][]any{{f.BatchID, f.ID, string(text)}})
}

// qualities reads what is known of a batch's sheets, by file.
func qualities(ctx context.Context, q db.Querier, batchID int64) (map[int64]quality, error) {
	type row struct {
		file int64
		text string
	}
	out := map[int64]quality{}
	err := db.Each(ctx, q, func(r *row) []any { return []any{&r.file, &r.text} }, func(r *row) error {
		var one quality
		err := json.Unmarshal([]byte(r.text), &one)
		out[r.file] = one
		return err
	}, `SELECT file_id, profile FROM intake_quality WHERE batch_id = $1 ORDER BY file_id`, batchID)
	return out, err
}

// rejectsByFile groups rejected rows by file, rule and column.
func rejectsByFile(ctx context.Context, q db.Querier, batchID int64) (map[int64][]grouped, error) {
	return groupedByFile(ctx, q, `SELECT r.file_id, r.code, r.head, r.many, r.example_row, x.shown
		FROM (SELECT file_id, code, head, count(*) AS many, min(row_number) AS example_row FROM intake_reject WHERE batch_id = $1 GROUP BY file_id, code, head) r
		JOIN intake_reject x ON x.batch_id = $1 AND x.file_id = r.file_id AND x.row_number = r.example_row
		ORDER BY r.file_id, r.many DESC, r.code, r.head`, batchID)
}

// remindersByFile lists what was mended or passed over, by file.
func remindersByFile(ctx context.Context, q db.Querier, batchID int64) (map[int64][]grouped, error) {
	return groupedByFile(ctx, q, `SELECT file_id, code, head, row_count, example_row, '' FROM intake_reminder WHERE batch_id = $1 ORDER BY file_id, row_count DESC, code, head`, batchID)
}

func groupedByFile(ctx context.Context, q db.Querier, query string, batchID int64) (map[int64][]grouped, error) {
	out := map[int64][]grouped{}
	err := db.Each(ctx, q, func(g *grouped) []any { return []any{&g.FileID, &g.Code, &g.Head, &g.Rows, &g.Row, &g.Shown} }, func(g *grouped) error {
		out[g.FileID] = append(out[g.FileID], *g)
		return nil
	}, query, batchID)
	return out, err
}

var promiseColumns = []string{"batch_id", "line", "list_name", "file_name", "row_count", "algorithm", "hash", "delivered"}

// addPromises keeps what a manifest says. Its lines are numbered after those of the manifests before it.
func addPromises(ctx context.Context, tx *db.Tx, batchID int64, list []manifestLine) error {
	if len(list) == 0 {
		return nil
	}
	from, err := db.Value[int64](ctx, tx, `SELECT count(*) FROM intake_manifest WHERE batch_id = $1`, batchID)
	if err != nil {
		return err
	}
	rows := make([][]any, len(list))
	for i, l := range list {
		rows[i] = []any{batchID, from + int64(i), l.List, l.File, l.Rows, l.Algorithm, l.Hash, l.Delivered}
	}
	return tx.Upsert(ctx, "intake_manifest", promiseColumns, promiseColumns[:2], rows)
}

// promises reads what a batch's manifests say.
func promises(ctx context.Context, q db.Querier, batchID int64) ([]manifestLine, error) {
	return db.All(ctx, q, func(l *manifestLine) []any {
		return []any{&l.List, &l.File, &l.Rows, &l.Algorithm, &l.Hash, &l.Delivered}
	},
		`SELECT list_name, file_name, row_count, algorithm, hash, delivered FROM intake_manifest WHERE batch_id = $1 ORDER BY line`, batchID)
}

var deliveryColumns = []string{"batch_id", "source", "kind", "area", "at", "day", "rows_read", "accepted", "repeated", "review", "rejected", "known", "renumbered", "version", "print"}

const deliveryFields = `d.batch_id, d.source, d.kind, d.area, d.at, d.day, d.rows_read, d.accepted, d.repeated, d.review, d.rejected, d.known, d.renumbered, d.version, d.print, b.state`

func (d *Delivery) fields() []any {
	return []any{&d.BatchID, &d.Source, &d.Kind, &d.Area, &d.At, &d.Day, &d.Read, &d.Accepted, &d.Repeated, &d.Review, &d.Rejected, &d.Known, &d.Renumbered, &d.Version, &d.Print, &d.State}
}

func addDeliveries(ctx context.Context, tx *db.Tx, list []Delivery) error {
	rows := make([][]any, len(list))
	for i, d := range list {
		rows[i] = []any{d.BatchID, d.Source, d.Kind, d.Area, d.At, d.Day, d.Read, d.Accepted, d.Repeated, d.Review, d.Rejected, d.Known, d.Renumbered, d.Version, append([]byte{}, d.Print...)}
	}
	return tx.Upsert(ctx, "intake_delivery", deliveryColumns, deliveryColumns[:3], rows)
}

// rowsBefore are the rows of the last deliveries of a kind for an area before one, newest first.
func rowsBefore(ctx context.Context, q db.Querier, d *Delivery, limit int) ([]int64, error) {
	return db.All(ctx, q, func(n *int64) []any { return []any{n} }, `SELECT d.rows_read FROM intake_delivery d JOIN intake_batch b ON b.batch_id = d.batch_id AND b.state = 'done'
		WHERE d.source = $1 AND d.kind = $2 AND d.area = $3 AND (d.at, d.batch_id) < ($4, $5) ORDER BY d.at DESC, d.batch_id DESC LIMIT $6`, d.Source, d.Kind, d.Area, d.At, d.BatchID, limit)
}

// lastDeliveries are the latest of each source and area, of areas under one and those above it.
func lastDeliveries(ctx context.Context, q db.Querier, under string) ([]Delivery, error) {
	low, high := db.Under(under)
	above := ancestors(under)
	return db.All(ctx, q, (*Delivery).fields, `SELECT `+deliveryFields+` FROM (
			SELECT x.*, row_number() OVER (PARTITION BY x.source, x.area ORDER BY x.day DESC, x.at DESC, x.kind) AS place FROM intake_delivery x
			JOIN intake_batch y ON y.batch_id = x.batch_id AND y.state = 'done' WHERE x.area >= $1 AND x.area < $2 OR x.area = $3 OR x.area = $4) AS d
		JOIN intake_batch b ON b.batch_id = d.batch_id WHERE d.place = 1 ORDER BY d.source, d.area`, low, high, above[0], above[1])
}

// deliveriesOfSource are a source's deliveries to areas under one, newest first, before an instant and batch.
func deliveriesOfSource(ctx context.Context, q db.Querier, source, under string, at, batch int64, limit int) ([]Delivery, error) {
	low, high := db.Under(under)
	above := ancestors(under)
	return db.All(ctx, q, (*Delivery).fields, `SELECT `+deliveryFields+` FROM intake_delivery AS d JOIN intake_batch b ON b.batch_id = d.batch_id
		WHERE d.source = $1 AND (d.area >= $2 AND d.area < $3 OR d.area = $7 OR d.area = $8)
		AND (d.at, d.batch_id) < ($4, $5) ORDER BY d.at DESC, d.batch_id DESC, d.kind LIMIT $6`, source, low, high, at, batch, limit, above[0], above[1])
}

// ancestors are the areas above one whose deliveries hold its people too: the league's and the region's.
func ancestors(code string) (above [2]string) {
	for i := range above {
		if code = area.Parent(code); code == "" {
			break
		}
		above[i] = code
	}
	return above
}

var alarmColumns = []string{"alarm_id", "alarm_key", "kind", "source", "area", "batch_id", "args", "at", "acked_at", "acked_by", "acker", "reason", "version"}

const selectAlarm = `SELECT alarm_id, alarm_key, kind, source, area, batch_id, args, at, acked_at, acked_by, acker, reason, version FROM intake_alarm `

type storedAlarm struct {
	Alarm
	args string
}

func (a *storedAlarm) fields() []any {
	return []any{&a.ID, &a.Key, &a.Kind, &a.Source, &a.Area, &a.BatchID, &a.args, &a.At, &a.AckedAt, &a.AckedBy, &a.Acker, &a.Reason, &a.Version}
}

func addAlarms(ctx context.Context, tx *db.Tx, list []Alarm) error {
	rows := make([][]any, len(list))
	for i, a := range list {
		args, err := json.Marshal(a.Args)
		if err != nil {
			return err
		}
		rows[i] = []any{a.ID, a.Key, a.Kind, a.Source, a.Area, a.BatchID, string(args), a.At, a.AckedAt, a.AckedBy, a.Acker, a.Reason, a.Version}
	}
	_, err := tx.Merge(ctx, "intake_alarm", alarmColumns, []string{"alarm_key"}, rows, db.KeepOld)
	return err
}

func listAlarms(ctx context.Context, q db.Querier, rest string, args ...any) (out []Alarm, err error) {
	err = db.Each(ctx, q, (*storedAlarm).fields, func(a *storedAlarm) error {
		a.Args = nil
		err := json.Unmarshal([]byte(a.args), &a.Args)
		for i, v := range a.Args {
			if n, is := v.(float64); is {
				a.Args[i] = int64(n)
			}
		}
		out = append(out, a.Alarm)
		return err
	}, selectAlarm+rest, args...)
	return out, err
}

func findAlarm(ctx context.Context, q db.Querier, id int64) (Alarm, error) {
	list, err := listAlarms(ctx, q, `WHERE alarm_id = $1 ORDER BY alarm_id`, id)
	if err != nil {
		return Alarm{}, err
	}
	if len(list) == 0 {
		return Alarm{}, fault.New(fault.NotFound, "没有这条报警")
	}
	return list[0], nil
}

func alarmsOfBatch(ctx context.Context, q db.Querier, batchID int64) ([]Alarm, error) {
	return listAlarms(ctx, q, `WHERE batch_id = $1 ORDER BY alarm_id`, batchID)
}

// openAlarms are the latest alarms of areas under one that nobody has seen to.
func openAlarms(ctx context.Context, q db.Querier, under string, limit int) ([]Alarm, error) {
	low, high := db.Under(under)
	return listAlarms(ctx, q, `WHERE acked_at = 0 AND area >= $1 AND area < $2 ORDER BY alarm_id DESC LIMIT $3`, low, high, limit)
}

// countAlarms counts the open alarms of areas under one by source.
func countAlarms(ctx context.Context, q db.Querier, under string) (map[string]int64, error) {
	type row struct {
		source string
		n      int64
	}
	low, high := db.Under(under)
	out := map[string]int64{}
	err := db.Each(ctx, q, func(r *row) []any { return []any{&r.source, &r.n} }, func(r *row) error { out[r.source] = r.n; return nil },
		`SELECT source, count(*) FROM intake_alarm WHERE acked_at = 0 AND area >= $1 AND area < $2 GROUP BY source ORDER BY source`, low, high)
	return out, err
}

// alarmsOfSource are a source's alarms, open ones first.
func alarmsOfSource(ctx context.Context, q db.Querier, source, under string, limit int) ([]Alarm, error) {
	low, high := db.Under(under)
	return listAlarms(ctx, q, `WHERE source = $1 AND area >= $2 AND area < $3 ORDER BY CASE WHEN acked_at = 0 THEN 0 ELSE 1 END, alarm_id DESC LIMIT $4`, source, low, high, limit)
}

// ackAlarm notes the acknowledgement; false when somebody else was first.
func ackAlarm(ctx context.Context, tx *db.Tx, a *Alarm, version int64) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE intake_alarm SET acked_at = $2, acked_by = $3, acker = $4, reason = $5, version = version + 1
		WHERE alarm_id = $1 AND version = $6 AND acked_at = 0`, a.ID, a.AckedAt, a.AckedBy, a.Acker, a.Reason, version)
	return n == 1, err
}

// stale are stopped or failed uploads whose files nobody has touched since an instant.
func staleBatches(ctx context.Context, q db.Querier, before int64) ([]int64, error) {
	return db.All(ctx, q, func(n *int64) []any { return []any{n} }, `SELECT batch_id FROM intake_batch
		WHERE state IN ('stopped', 'failed', 'waiting', 'running') AND created_at < $1 AND ended_at < $1 AND started_at < $1 ORDER BY batch_id`, before)
}

// addStaged sets down rows of a trial.
func addStaged(ctx context.Context, tx *db.Tx, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.Copy(ctx, "intake_stage", []string{"batch_id", "file_id", "row_number", "row_seal"}, rows)
}

// dropStaged removes a trial's rows of a file up to a number.
func dropStaged(ctx context.Context, tx *db.Tx, f *File, upTo int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM intake_stage WHERE batch_id = $1 AND file_id = $2 AND row_number <= $3`, f.BatchID, f.ID, upTo)
	return err
}
