package service

import (
	"context"
	"embed"
	"encoding/json"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "service", FS: schemaFiles}

const receiptColumns = `person_id, receipt_id, kind, office, place_right, at, by_id, by_name, lines_seal`

// storedReceipt is a receipt as the table holds it.
type storedReceipt struct {
	Receipt
	at int64
}

func (s *storedReceipt) fields() []any {
	return []any{&s.PersonID, &s.ID, &s.Kind, &s.Office, &s.Right, &s.at, &s.ByID, &s.ByName, &s.sealed}
}

func addReceipt(ctx context.Context, tx *db.Tx, v *Receipt) error {
	_, err := tx.Exec(ctx, `INSERT INTO service_receipt (`+receiptColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		v.PersonID, v.ID, v.Kind, v.Office, v.Right, v.At.UnixMilli(), v.ByID, v.ByName, v.sealed)
	return err
}

// receipt reads one with its lines.
func (r *Room) receipt(ctx context.Context, personID, id int64) (Receipt, error) {
	s, found, err := db.One(ctx, r.DB, (*storedReceipt).fields, `SELECT `+receiptColumns+` FROM service_receipt WHERE person_id = $1 AND receipt_id = $2 ORDER BY receipt_id`, personID, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这张回执")
	}
	if err != nil {
		return Receipt{}, err
	}
	s.At = time.UnixMilli(s.at).In(clock.Zone)
	text, err := r.Sealer.Open(s.sealed)
	if err == nil {
		err = json.Unmarshal([]byte(text), &s.Lines)
	}
	return s.Receipt, err
}

func receiptsOf(rows []storedReceipt, err error) ([]Receipt, error) {
	out := make([]Receipt, len(rows))
	for i := range rows {
		out[i] = rows[i].Receipt
		out[i].At = time.UnixMilli(rows[i].at).In(clock.Zone)
	}
	return out, err
}

// receiptsFor are a person's receipts, the newest first, without their lines.
func (r *Room) receiptsFor(ctx context.Context, personID int64) ([]Receipt, error) {
	return receiptsOf(db.All(ctx, r.DB, (*storedReceipt).fields, `SELECT `+receiptColumns+` FROM service_receipt WHERE person_id = $1 ORDER BY receipt_id DESC LIMIT 50`, personID))
}

// latest are the last acts of an area's counters, the newest first.
func (r *Room) latest(ctx context.Context, area string, limit int) ([]Receipt, error) {
	low, high := db.Under(area)
	return receiptsOf(db.All(ctx, r.DB, (*storedReceipt).fields, `SELECT `+receiptColumns+` FROM service_receipt WHERE office >= $1 AND office < $2
		ORDER BY at DESC, receipt_id DESC LIMIT $3`, low, high, limit))
}

// done counts the acts of an area's counters since an instant, by kind.
func (r *Room) done(ctx context.Context, area string, since time.Time) (map[string]int64, error) {
	type row struct {
		kind string
		n    int64
	}
	out := map[string]int64{}
	low, high := db.Under(area)
	err := db.Each(ctx, r.DB, func(v *row) []any { return []any{&v.kind, &v.n} }, func(v *row) error { out[v.kind] = v.n; return nil },
		`SELECT kind, count(*) FROM service_receipt WHERE office >= $1 AND office < $2 AND at >= $3 GROUP BY kind ORDER BY kind`, low, high, since.UnixMilli())
	return out, err
}
