package gig

import (
	"context"
	"embed"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "gig", FS: schemaFiles}

func split(columns string) []string { return strings.Split(columns, ", ") }

// first is the columns of a key, for writers that name them.
func first(columns string, n int) []string { return split(columns)[:n] }

// oldest says that somebody else was faster.
func oldest(n int64, err error, text string) error {
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "%s", text)
	}
	return err
}

const marketColumns = `market_id, name, kind, area, address, hours, operator, capacity, services, officer, closed, by_name, version`

func (m *Market) fields() []any {
	return []any{&m.ID, &m.Name, &m.Kind, &m.Area, &m.Address, &m.Hours, &m.Operator, &m.Capacity, &m.Services, &m.Officer, &m.Closed, &m.By, &m.Version}
}

func (m *Market) row() []any {
	return []any{m.ID, m.Name, m.Kind, m.Area, m.Address, m.Hours, m.Operator, m.Capacity, m.Services, m.Officer, m.Closed, m.By, m.Version}
}

func insertMarket(ctx context.Context, tx *db.Tx, m *Market) error {
	return tx.Copy(ctx, "gig_market", split(marketColumns), [][]any{m.row()})
}

// updateMarket writes what may be changed of a market. Faults: Conflict.
func updateMarket(ctx context.Context, tx *db.Tx, m *Market, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE gig_market SET name = $2, kind = $3, address = $4, hours = $5, operator = $6, capacity = $7, services = $8, officer = $9, closed = $10, by_name = $11, version = version + 1
		WHERE market_id = $1 AND version = $12`, m.ID, m.Name, m.Kind, m.Address, m.Hours, m.Operator, m.Capacity, m.Services, m.Officer, m.Closed, m.By, version)
	return oldest(n, err, "这个市场刚刚被别人改过，请看过现在的样子再改")
}

func marketByID(ctx context.Context, q db.Querier, id int64) (Market, error) {
	m, found, err := db.One(ctx, q, (*Market).fields, `SELECT `+marketColumns+` FROM gig_market WHERE market_id = $1 ORDER BY market_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这个市场")
	}
	return m, err
}

// markets are those of an area's subtree, behind one.
func markets(ctx context.Context, q db.Querier, code string, after int64, limit int) ([]Market, error) {
	low, high := db.Under(code)
	return db.All(ctx, q, (*Market).fields, `SELECT `+marketColumns+` FROM gig_market WHERE area >= $1 AND area < $2 AND market_id > $3 ORDER BY market_id LIMIT $4`, low, high, after, limit)
}

const sessionColumns = `market_id, day, theme, came, by_name`

func (s *Session) fields() []any { return []any{&s.MarketID, &s.Day, &s.Theme, &s.Came, &s.By} }

func putSession(ctx context.Context, tx *db.Tx, s *Session) error {
	return tx.Upsert(ctx, "gig_session", split(sessionColumns), first(sessionColumns, 2), [][]any{{s.MarketID, s.Day, s.Theme, s.Came, s.By}})
}

// sessions are a market's days, the latest first.
func sessions(ctx context.Context, q db.Querier, market int64, limit int) ([]Session, error) {
	return db.All(ctx, q, (*Session).fields, `SELECT `+sessionColumns+` FROM gig_session WHERE market_id = $1 ORDER BY day DESC LIMIT $2`, market, limit)
}

// Hirer is who hires for day work.
type Hirer struct {
	ID, EmployerID int64
	Area, Name     string
	who            []byte
	Allowed        db.Date
	AllowedWhy     string
	AllowedBy      string
}

const hirerColumns = `hirer_id, employer_id, area, name, who, allowed, allowed_why, allowed_by`

func (h *Hirer) fields() []any {
	return []any{&h.ID, &h.EmployerID, &h.Area, &h.Name, &h.who, &h.Allowed, &h.AllowedWhy, &h.AllowedBy}
}

// keepHirer puts somebody who hires on file, who may be there already.
func keepHirer(ctx context.Context, tx *db.Tx, h *Hirer) error {
	return tx.InsertNew(ctx, "gig_hirer", split(hirerColumns), first(hirerColumns, 1), [][]any{{h.ID, h.EmployerID, h.Area, h.Name, h.who, h.Allowed, h.AllowedWhy, h.AllowedBy}})
}

func hirerByID(ctx context.Context, q db.Querier, id int64) (Hirer, error) {
	h, found, err := db.One(ctx, q, (*Hirer).fields, `SELECT `+hirerColumns+` FROM gig_hirer WHERE hirer_id = $1 ORDER BY hirer_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这个用工方")
	}
	return h, err
}

// callerOf leads a telephone number to a household: the one that has it already, or the one given.
func callerOf(ctx context.Context, tx *db.Tx, hash []byte, id int64) (int64, error) {
	if err := tx.InsertNew(ctx, "gig_caller", []string{"phone_hash", "hirer_id"}, []string{"phone_hash"}, [][]any{{hash, id}}); err != nil {
		return 0, err
	}
	return db.Value[int64](ctx, tx, `SELECT hirer_id FROM gig_caller WHERE phone_hash = $1 ORDER BY hirer_id`, hash)
}

func allowHirer(ctx context.Context, tx *db.Tx, id int64, until db.Date, why, by string) error {
	_, err := tx.Exec(ctx, `UPDATE gig_hirer SET allowed = $2, allowed_why = $3, allowed_by = $4 WHERE hirer_id = $1`, id, until, why, by)
	return err
}

// Held tells of whom the room keeps something, for those who are to leave the register.
func (r *Room) Held(ctx context.Context, q db.Querier, list []int64) (map[int64]string, error) {
	return db.Told(ctx, q, list, "有零工或者共享用工记录", `SELECT DISTINCT person_id FROM (SELECT person_id FROM gig_take WHERE person_id IN ({ids}) UNION ALL SELECT person_id FROM gig_lent WHERE person_id IN ({ids})
		UNION ALL SELECT person_id FROM gig_worker WHERE person_id IN ({ids})) x ORDER BY person_id`)
}

// Forget takes out what people said of themselves and in their own words, and their places at work that has not begun. Days worked and
// payments stay, for the hirer's file and the statistics.
func (r *Room) Forget(ctx context.Context, tx *db.Tx, people []int64) error {
	for _, id := range people {
		for _, query := range []string{`DELETE FROM gig_worker WHERE person_id = $1`, `DELETE FROM gig_member WHERE person_id = $1`, `DELETE FROM gig_member WHERE team_id IN (SELECT team_id FROM gig_team WHERE leader_id = $1)`,
			`DELETE FROM gig_team WHERE leader_id = $1`, `UPDATE gig_lent SET state = 'refused', version = version + 1 WHERE person_id = $1 AND state = 'waiting'`} {
			if _, err := tx.Exec(ctx, query, id); err != nil {
				return err
			}
		}
		for _, query := range []string{`UPDATE gig_job SET taken = taken - 1 WHERE taken > 0 AND job_id IN (SELECT job_id FROM gig_take WHERE person_id = $1 AND state = 'taken' AND starts > $2)`,
			`UPDATE gig_take SET state = 'left', version = version + 1 WHERE person_id = $1 AND state IN ('asked', 'taken') AND starts > $2`} {
			if _, err := tx.Exec(ctx, query, id, db.On(r.today())); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, `UPDATE gig_take SET objection = $2, version = version + 1 WHERE person_id = $1`, id, r.Sealer.Seal("")); err != nil {
			return err
		}
	}
	return nil
}

// league is the league of an area, or the area itself above.
func league(code string) string { return area.At(code, area.League) }
