package rights

import (
	"cmp"
	"context"
	"embed"
	"slices"
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "rights", FS: schemaFiles}

type store struct{ db *db.DB }

// allowed are those of the people whose last word on a purpose was yes.
func (s store) allowed(ctx context.Context, ids []int64, purpose string) (map[int64]bool, error) {
	out := make(map[int64]bool, len(ids))
	for part := range slices.Chunk(ids, 1000) {
		err := db.Each(ctx, s.db, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = true; return nil },
			`SELECT person_id FROM rights_consent WHERE purpose = $1 AND allowed AND person_id IN (`+db.In(2, len(part))+`) ORDER BY person_id`,
			append([]any{purpose}, db.Args(part)...)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

type consentRow struct {
	Consent
	at int64
}

func (c *consentRow) fields() []any {
	return []any{&c.Purpose, &c.Allowed, &c.at, &c.Channel, &c.ByID, &c.ByName, &c.Note}
}

// said lists everything a person said of purposes, the newest first.
func (s store) said(ctx context.Context, personID int64) ([]Consent, error) {
	var out []Consent
	err := db.Each(ctx, s.db, (*consentRow).fields, func(c *consentRow) error {
		c.PersonID, c.At = personID, time.UnixMilli(c.at).In(clock.Zone)
		out = append(out, c.Consent)
		return nil
	}, `SELECT purpose, allowed, at, channel, by_id, by_name, note FROM rights_consent_said WHERE person_id = $1 ORDER BY at DESC, said_id DESC`, personID)
	return out, err
}

// say writes consents: each into the history, and over what was said last where it is not older than that.
func (s store) say(ctx context.Context, tx *db.Tx, next func() int64, list []Consent) error {
	said := make([][]any, len(list))
	for i, c := range list {
		said[i] = []any{c.PersonID, next(), c.Purpose, c.Allowed, c.At.UnixMilli(), c.Channel, c.ByID, c.ByName, c.Note}
	}
	columns := []string{"person_id", "said_id", "purpose", "allowed", "at", "channel", "by_id", "by_name", "note"}
	if err := tx.InsertNew(ctx, "rights_consent_said", columns, columns[:2], said); err != nil {
		return err
	}
	last := map[[2]any]Consent{}
	for _, c := range list {
		if k := [2]any{c.PersonID, c.Purpose}; last[k].At.IsZero() || !c.At.Before(last[k].At) {
			last[k] = c
		}
	}
	rows := make([]Consent, 0, len(last))
	for _, c := range last {
		rows = append(rows, c)
	}
	slices.SortFunc(rows, func(a, b Consent) int {
		return cmp.Or(cmp.Compare(a.PersonID, b.PersonID), cmp.Compare(a.Purpose, b.Purpose))
	})
	for part := range slices.Chunk(rows, 100) {
		var values []string
		var args []any
		for _, c := range part {
			values = append(values, "("+db.In(len(args)+1, 8)+")")
			args = append(args, c.PersonID, c.Purpose, c.Allowed, c.At.UnixMilli(), c.Channel, c.ByID, c.ByName, c.Note)
		}
		if _, err := tx.Exec(ctx, `INSERT INTO rights_consent (person_id, purpose, allowed, at, channel, by_id, by_name, note) VALUES `+strings.Join(values, ", ")+`
			ON CONFLICT (person_id, purpose) DO UPDATE SET allowed = excluded.allowed, at = excluded.at, channel = excluded.channel, by_id = excluded.by_id,
			by_name = excluded.by_name, note = excluded.note WHERE rights_consent.at <= excluded.at`, args...); err != nil {
			return err
		}
	}
	return nil
}

// withdrawals counts the words of no since an instant.
func (s store) withdrawals(ctx context.Context, area string, since time.Time) (int64, error) {
	low, high := db.Under(area)
	return db.Value[int64](ctx, s.db, `SELECT count(*) FROM rights_consent c JOIN person p ON p.person_id = c.person_id
		WHERE NOT c.allowed AND c.at >= $1 AND p.area >= $2 AND p.area < $3`, since.UnixMilli(), low, high)
}

// forget drops what the room itself keeps of people: what they said of purposes.
func (s store) forget(ctx context.Context, tx *db.Tx, ids []int64) error {
	for part := range slices.Chunk(ids, 500) {
		for _, table := range []string{"rights_consent", "rights_consent_said"} {
			if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE person_id IN (`+db.In(1, len(part))+`)`, db.Args(part)...); err != nil {
				return err
			}
		}
	}
	return nil
}
