package employer

import (
	"context"
	"embed"
	"slices"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var files embed.FS

// Schema is the register's tables.
var Schema = db.Schema{Room: "employer", FS: files}

// Store reads and writes the register.
type Store struct {
	DB    *db.DB
	Clock clock.Clock
}

const columns = `employer_id, credit_code, name, kind, industry, area, opened, founder_id, staff, phone`

func (e *Employer) fields() []any {
	return []any{&e.ID, &e.CreditCode, &e.Name, &e.Kind, &e.Industry, &e.Area, &e.Opened, &e.FounderID, &e.Staff, &e.Phone}
}

// Get reads one employer. It is a fault of kind NotFound when there is none.
func (s *Store) Get(ctx context.Context, id int64) (Employer, error) {
	e, found, err := db.One(ctx, s.DB, (*Employer).fields, `SELECT `+columns+` FROM employer WHERE employer_id = $1 ORDER BY employer_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这个单位")
	}
	return e, err
}

// Resolve finds the employers behind many credit codes at once: code → employer.
func (s *Store) Resolve(ctx context.Context, q db.Querier, codes []string) (map[string]int64, error) {
	out := make(map[string]int64, len(codes))
	type row struct {
		code string
		id   int64
	}
	for part := range slices.Chunk(codes, 1000) {
		args := make([]any, len(part))
		for i, c := range part {
			args[i] = c
		}
		err := db.Each(ctx, q, func(r *row) []any { return []any{&r.code, &r.id} }, func(r *row) error { out[r.code] = r.id; return nil },
			`SELECT credit_code, employer_id FROM employer_identity WHERE credit_code IN (`+db.In(1, len(part))+`) ORDER BY credit_code`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Names reads the names of many employers at once, for lists.
func (s *Store) Names(ctx context.Context, ids []int64) (map[int64]string, error) {
	out := make(map[int64]string, len(ids))
	for part := range slices.Chunk(ids, 1000) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		err := db.Each(ctx, s.DB, (*Employer).fields, func(e *Employer) error { out[e.ID] = e.Name; return nil },
			`SELECT `+columns+` FROM employer WHERE employer_id IN (`+db.In(1, len(part))+`) ORDER BY employer_id`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Each goes through every employer of an area's subtree in the order of ids.
func (s *Store) Each(ctx context.Context, area string, yield func(*Employer) error) error {
	low, high := db.Under(area)
	return db.Each(ctx, s.DB, (*Employer).fields, yield,
		`SELECT `+columns+` FROM employer WHERE area >= $1 AND area < $2 ORDER BY employer_id`, low, high)
}

// Count is the number of employers in an area's subtree.
func (s *Store) Count(ctx context.Context, area string) (int64, error) {
	low, high := db.Under(area)
	return db.Value[int64](ctx, s.DB, `SELECT count(*) FROM employer WHERE area >= $1 AND area < $2`, low, high)
}

// Save writes employers and leads their credit codes to them.
func (s *Store) Save(ctx context.Context, tx *db.Tx, list []Employer) error {
	now := s.Clock.Now().UnixMilli()
	rows, keys := make([][]any, len(list)), make([][]any, len(list))
	for i, e := range list {
		rows[i] = []any{e.ID, e.CreditCode, e.Name, e.Kind, e.Industry, e.Area, e.Opened, e.FounderID, e.Staff, e.Phone, now}
		keys[i] = []any{e.CreditCode, e.ID}
	}
	if err := tx.InsertNew(ctx, "employer_identity", []string{"credit_code", "employer_id"}, []string{"credit_code"}, keys); err != nil {
		return err
	}
	return tx.Upsert(ctx, "employer", []string{"employer_id", "credit_code", "name", "kind", "industry", "area", "opened", "founder_id", "staff", "phone", "updated_at"},
		[]string{"employer_id"}, rows)
}
