package supervise

import (
	"context"
	"encoding/json"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

func (u *Unit) fields() []any { return []any{&u.ID, &u.Area, &u.Code, &u.Name, &u.Version} }

const unitColumns = `unit_id, area, code, name, version`

// units lists an area's, with those of the areas below.
func units(ctx context.Context, q db.Querier, area string) ([]Unit, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, (*Unit).fields, `SELECT `+unitColumns+` FROM supervise_unit WHERE area >= $1 AND area < $2 ORDER BY area, unit_id`, low, high)
}

func unitByID(ctx context.Context, q db.Querier, id int64) (Unit, error) {
	u, found, err := db.One(ctx, q, (*Unit).fields, `SELECT `+unitColumns+` FROM supervise_unit WHERE unit_id = $1 ORDER BY unit_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这个责任单位")
	}
	return u, err
}

// touchUnit counts a change of a unit. Faults: Conflict when somebody else was faster.
func touchUnit(ctx context.Context, tx *db.Tx, id, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE supervise_unit SET version = version + 1 WHERE unit_id = $1 AND version = $2`, id, version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这个单位的联络员刚刚被别人更换，请看过现在的样子再办")
	}
	return err
}

// ensureUnit finds a unit of an area by its name, or enters it.
func (r *Room) ensureUnit(ctx context.Context, tx *db.Tx, area, code, name string) (Unit, error) {
	if _, err := tx.Exec(ctx, `INSERT INTO supervise_unit (`+unitColumns+`) VALUES (`+db.In(1, 5)+`) ON CONFLICT DO NOTHING`, r.IDs.Next(), area, code, name, 0); err != nil {
		return Unit{}, err
	}
	u, _, err := db.One(ctx, tx, (*Unit).fields, `SELECT `+unitColumns+` FROM supervise_unit WHERE area = $1 AND name = $2 ORDER BY unit_id`, area, name)
	return u, err
}

type storedLiaison struct {
	Liaison
	said []byte
}

type contact struct{ Name, Phone string }

func (s *storedLiaison) fields() []any {
	return []any{&s.UnitID, &s.ID, &s.AccountID, &s.said, &s.Since, &s.Until, &s.By}
}

const liaisonColumns = `unit_id, liaison_id, account_id, said, since, until_day, by_name`

func (r *Room) openLiaisons(list []storedLiaison, err error) ([]Liaison, error) {
	var out []Liaison
	for i := range list {
		text, err := r.Sealer.Open(list[i].said)
		if err != nil {
			return nil, err
		}
		var c contact
		if err := json.Unmarshal([]byte(text), &c); err != nil {
			return nil, err
		}
		list[i].Name, list[i].Phone = c.Name, c.Phone
		out = append(out, list[i].Liaison)
	}
	return out, err
}

// liaisons are a unit's, the present one first.
func (r *Room) liaisons(ctx context.Context, q db.Querier, unit int64) ([]Liaison, error) {
	return r.openLiaisons(db.All(ctx, q, (*storedLiaison).fields, `SELECT `+liaisonColumns+` FROM supervise_liaison WHERE unit_id = $1 ORDER BY liaison_id DESC`, unit))
}

// present are the liaisons of an area's units today, by unit.
func (r *Room) present(ctx context.Context, q db.Querier, area string) (map[int64]Liaison, error) {
	low, high := db.Under(area)
	list, err := r.openLiaisons(db.All(ctx, q, (*storedLiaison).fields, `SELECT `+liaisonColumns+` FROM supervise_liaison WHERE until_day IS NULL AND unit_id IN
		(SELECT unit_id FROM supervise_unit WHERE area >= $1 AND area < $2) ORDER BY unit_id`, low, high))
	out := map[int64]Liaison{}
	for _, l := range list {
		out[l.UnitID] = l
	}
	return out, err
}

// accountOf is the account of a unit's present liaison; 0 without one.
func accountOf(ctx context.Context, q db.Querier, unit int64) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT COALESCE(max(account_id), 0) FROM supervise_liaison WHERE unit_id = $1 AND until_day IS NULL`, unit)
}

// setLiaison ends the present liaison and puts another in place. The index on the open ones keeps it at one.
func (r *Room) setLiaison(ctx context.Context, tx *db.Tx, l Liaison) error {
	if _, err := tx.Exec(ctx, `UPDATE supervise_liaison SET until_day = $2 WHERE unit_id = $1 AND until_day IS NULL`, l.UnitID, l.Since); err != nil {
		return err
	}
	raw, err := json.Marshal(contact{l.Name, l.Phone})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO supervise_liaison (`+liaisonColumns+`) VALUES (`+db.In(1, 7)+`)`, l.UnitID, l.ID, l.AccountID, r.Sealer.Seal(string(raw)), l.Since, l.Until, l.By)
	return err
}
