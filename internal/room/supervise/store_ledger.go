package supervise

import (
	"context"
	"math"

	"jiuye/internal/ground/db"
)

type storedEntry struct {
	Entry
	said []byte
}

const entryColumns = `entry_id, area, kind, unit_id, unit, title, said, conditions, source, source_text, day, state, by_name, decider, decided, version`

func (s *storedEntry) fields() []any {
	return []any{&s.ID, &s.Area, &s.Kind, &s.UnitID, &s.Unit, &s.Title, &s.said, &s.Conditions, &s.Source, &s.SourceText, &s.On, &s.State, &s.By, &s.Decider, &s.Decided, &s.Version}
}

func (r *Room) insertEntry(ctx context.Context, tx *db.Tx, e *Entry) error {
	_, err := tx.Exec(ctx, `INSERT INTO supervise_ledger (`+entryColumns+`) VALUES (`+db.In(1, 16)+`)`, e.ID, e.Area, e.Kind, e.UnitID, e.Unit, e.Title, r.Sealer.Seal(e.Facts), e.Conditions, e.Source, e.SourceText, e.On, e.State, e.By, e.Decider, e.Decided, e.Version)
	return err
}

func decideEntry(ctx context.Context, tx *db.Tx, id int64, state, by string, on db.Date) error {
	_, err := tx.Exec(ctx, `UPDATE supervise_ledger SET state = $2, decider = $3, decided = $4, version = version + 1 WHERE entry_id = $1 AND state = 'waiting'`, id, state, by, on)
	return err
}

// entries lists an area's ledger, the newest first; facts are opened.
func (r *Room) entries(ctx context.Context, area, kind string, below int64, limit int) ([]Entry, error) {
	low, high := db.Under(area)
	var out []Entry
	err := db.Each(ctx, r.DB, (*storedEntry).fields, func(s *storedEntry) (err error) {
		s.Facts, err = r.Sealer.Open(s.said)
		out = append(out, s.Entry)
		return err
	}, `SELECT `+entryColumns+` FROM supervise_ledger WHERE area >= $1 AND area < $2 AND entry_id < $3 AND ($4 = '' OR kind = $4) ORDER BY entry_id DESC LIMIT $5`, low, high, below, kind, limit)
	return out, err
}

const newest = int64(math.MaxInt64)
