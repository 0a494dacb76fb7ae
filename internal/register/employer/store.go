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

// Each goes through every employer of an area's subtree in the order of ids, without those known by name only.
func (s *Store) Each(ctx context.Context, area string, yield func(*Employer) error) error {
	low, high := db.Under(area)
	return db.Each(ctx, s.DB, (*Employer).fields, yield,
		`SELECT `+columns+` FROM employer WHERE area >= $1 AND area < $2 AND kind <> 'unverified' ORDER BY employer_id`, low, high)
}

// Count is the number of employers in an area's subtree, without those known by name only.
func (s *Store) Count(ctx context.Context, area string) (int64, error) {
	low, high := db.Under(area)
	return db.Value[int64](ctx, s.DB, `SELECT count(*) FROM employer WHERE area >= $1 AND area < $2 AND kind <> 'unverified'`, low, high)
}

// Save writes employers and leads their credit codes to them. Several rows for one code in one call are the caller's to
// fold together first.
func (s *Store) Save(ctx context.Context, tx *db.Tx, list []Employer) error {
	if _, err := s.Claim(ctx, tx, list); err != nil {
		return err
	}
	_, err := s.SaveClaimed(ctx, tx, list)
	return err
}

// Claim leads the credit codes to the employers, and returns those that lead to another one already: code → that one.
// Two programs that bring the same newcomer at once both call it before they write: the second waits for the first
// and then learns the id that the first has given.
func (s *Store) Claim(ctx context.Context, tx *db.Tx, list []Employer) (taken map[string]int64, err error) {
	owner, codes := make(map[string]int64, len(list)), make([]string, len(list))
	for i, e := range list {
		owner[e.CreditCode], codes[i] = e.ID, e.CreditCode
	}
	slices.Sort(codes) // in the order of the key, so that two claims at once cannot wait for each other
	rows := make([][]any, len(codes))
	for i, code := range codes {
		rows[i] = []any{code, owner[code]}
	}
	keys := []string{"credit_code", "employer_id"}
	added, err := tx.Merge(ctx, "employer_identity", keys, keys[:1], rows, db.KeepOld)
	if err != nil || added == int64(len(rows)) {
		return nil, err
	}
	found, err := s.Resolve(ctx, tx, codes)
	taken = map[string]int64{}
	for code, id := range found {
		if owner[code] != id {
			taken[code] = id
		}
	}
	return taken, err
}

// SaveClaimed writes employers whose codes lead to them already, and returns how many were new or different.
func (s *Store) SaveClaimed(ctx context.Context, tx *db.Tx, list []Employer) (changed int64, err error) {
	now := s.Clock.Now().UnixMilli()
	rows, ids := make([][]any, len(list)), make([]int64, len(list))
	for i, e := range list {
		ids[i] = e.ID
		rows[i] = []any{e.ID, e.CreditCode, e.Name, e.Kind, e.Industry, e.Area, e.Opened, e.FounderID, e.Staff, e.Phone, now}
	}
	before, err := s.ListIn(ctx, tx, ids)
	if err != nil {
		return 0, err
	}
	changed, err = tx.Merge(ctx, "employer", []string{"employer_id", "credit_code", "name", "kind", "industry", "area", "opened", "founder_id", "staff", "phone", "updated_at"},
		[]string{"employer_id"}, rows, db.TakeNew, "updated_at")
	if err != nil || changed == 0 {
		return changed, err
	}
	return changed, touchMoved(ctx, tx, before, list, changed)
}

// Ref is what joining a department's row needs of an employer.
type Ref struct {
	ID   int64
	Area string
}

// Find finds employers by their credit codes, many at once.
func (s *Store) Find(ctx context.Context, q db.Querier, codes []string) (map[string]Ref, error) {
	out := make(map[string]Ref, len(codes))
	type row struct {
		code string
		Ref
	}
	for part := range slices.Chunk(codes, 1000) {
		args := make([]any, len(part))
		for i, c := range part {
			args[i] = c
		}
		err := db.Each(ctx, q, func(r *row) []any { return []any{&r.code, &r.ID, &r.Area} }, func(r *row) error { out[r.code] = r.Ref; return nil },
			`SELECT i.credit_code, e.employer_id, e.area FROM employer_identity i JOIN employer e ON e.employer_id = i.employer_id
				WHERE i.credit_code IN (`+db.In(1, len(part))+`) ORDER BY i.credit_code`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
