package collect

import (
	"context"
	"embed"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/seal"
	"jiuye/internal/register/person"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "collect", FS: schemaFiles}

type store struct {
	db     *db.DB
	sealer *seal.Sealer
}

// receipt says that a key was taken, by whom, and what the answer added.
type receipt struct {
	key    string
	by     int64
	at     int64
	kind   string
	object int64
	flag   string
}

func (r *receipt) fields() []any { return []any{&r.key, &r.by, &r.at, &r.kind, &r.object, &r.flag} }

func (s store) receipt(ctx context.Context, q db.Querier, key string) (receipt, bool, error) {
	return db.One(ctx, q, (*receipt).fields, `SELECT key, by_id, at, kind, object_id, flag FROM collect_receipt WHERE key = $1 ORDER BY key`, key)
}

// keep writes a receipt; it is a fault of kind Repeat when somebody was faster.
func (s store) keep(ctx context.Context, tx *db.Tx, r receipt) error {
	n, err := tx.Exec(ctx, `INSERT INTO collect_receipt (key, by_id, at, kind, object_id, flag) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (key) DO NOTHING`,
		r.key, r.by, r.at, r.kind, r.object, r.flag)
	if err == nil && n == 0 {
		err = fault.New(fault.Repeat, "这一项已经提交过，没有重复办理")
	}
	return err
}

// Visit is a visit of a household.
type Visit struct {
	HouseholdID int64
	Key         string
	Visited     db.Date
	At          int64
	Headcount   int
	Note        string
	ByID        int64
	ByName      string
}

func (v *Visit) fields() []any {
	return []any{&v.HouseholdID, &v.Key, &v.Visited, &v.At, &v.Headcount, &v.Note, &v.ByID, &v.ByName}
}

func (s store) addVisit(ctx context.Context, tx *db.Tx, v Visit) error {
	_, err := tx.Exec(ctx, `INSERT INTO collect_visit (household_id, key, visited, at, headcount, note, by_id, by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (household_id, key) DO NOTHING`, v.HouseholdID, v.Key, v.Visited, v.At, v.Headcount, v.Note, v.ByID, v.ByName)
	return err
}

// visits lists the visits of a household, the latest first.
func (s store) visits(ctx context.Context, household int64) ([]Visit, error) {
	return db.All(ctx, s.db, (*Visit).fields, `SELECT household_id, key, visited, at, headcount, note, by_id, by_name FROM collect_visit
		WHERE household_id = $1 ORDER BY visited DESC, at DESC, key LIMIT 20`, household)
}

const hintColumns = `person_id, hint_id, kind, area, said, value_seal, state, at, by_id, by_name, decided_at, decided_name, reason, version`

func (h *Hint) fields() []any {
	return []any{&h.PersonID, &h.ID, &h.Kind, &h.Area, &h.Said, &h.sealed, &h.State, &h.At, &h.ByID, &h.ByName, &h.DecidedAt, &h.DecidedName, &h.Reason, &h.Version}
}

func (s store) addHint(ctx context.Context, tx *db.Tx, h Hint) error {
	_, err := tx.Exec(ctx, `INSERT INTO collect_hint (`+hintColumns+`) VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9, 0, '', '', 1)`,
		h.PersonID, h.ID, h.Kind, h.Area, h.Said, s.sealer.Seal(h.Value), h.At, h.ByID, h.ByName)
	return err
}

// hints lists the open hints of an area's subtree behind one of them, the oldest first.
func (s store) hints(ctx context.Context, area string, after int64, limit int) ([]Hint, error) {
	low, high := db.Under(area)
	list, err := db.All(ctx, s.db, (*Hint).fields, `SELECT `+hintColumns+` FROM collect_hint
		WHERE state = 'open' AND area >= $1 AND area < $2 AND hint_id > $3 ORDER BY hint_id LIMIT $4`, low, high, after, limit)
	for i := range list {
		if list[i].Value, err = s.unseal(list[i].sealed, err); err != nil {
			return nil, err
		}
	}
	return list, err
}

func (s store) unseal(sealed []byte, before error) (string, error) {
	if before != nil || len(sealed) == 0 {
		return "", before
	}
	return s.sealer.Open(sealed)
}

func (s store) hint(ctx context.Context, q db.Querier, personID, id int64) (Hint, error) {
	h, found, err := db.One(ctx, q, (*Hint).fields, `SELECT `+hintColumns+` FROM collect_hint WHERE person_id = $1 AND hint_id = $2 ORDER BY hint_id`, personID, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这条线索")
	}
	if err == nil {
		h.Value, err = s.unseal(h.sealed, nil)
	}
	return h, err
}

// decideHint closes a hint that nobody else has closed meanwhile.
func (s store) decideHint(ctx context.Context, tx *db.Tx, h Hint) error {
	n, err := tx.Exec(ctx, `UPDATE collect_hint SET state = $1, decided_at = $2, decided_name = $3, reason = $4, version = version + 1
		WHERE person_id = $5 AND hint_id = $6 AND version = $7 AND state = 'open'`, h.State, h.DecidedAt, h.DecidedName, h.Reason, h.PersonID, h.ID, h.Version)
	return changedOnce(n, err)
}

func changedOnce(n int64, err error) error {
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这一条刚刚由别人核实过，请刷新页面后再看")
	}
	return err
}

const newcomerColumns = `newcomer_id, area, name, number_hash, number_seal, phone_seal, note, met, why, person_id, other_id, state, at, by_id, by_name, decided_at, decided_name, reason, version`

func (n *Newcomer) fields() []any {
	return []any{&n.ID, &n.Area, &n.Name, &n.hash, &n.number, &n.phone, &n.Note, &n.Met, &n.Why, &n.PersonID, &n.OtherID, &n.State, &n.At, &n.ByID, &n.ByName,
		&n.DecidedAt, &n.DecidedName, &n.Reason, &n.Version}
}

func (s store) numberHash(number string) []byte {
	if number == "" {
		return []byte{}
	}
	return s.sealer.Hash("id", number)
}

func (s store) sealOrEmpty(plain string) []byte {
	if plain == "" {
		return []byte{}
	}
	return s.sealer.Seal(plain)
}

func (s store) addNewcomer(ctx context.Context, tx *db.Tx, n Newcomer) error {
	_, err := tx.Exec(ctx, `INSERT INTO collect_newcomer (newcomer_id, area, name, name_key, number_hash, number_seal, phone_seal, note, met, why, person_id, other_id,
			state, at, by_id, by_name, decided_at, decided_name, reason, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'open', $13, $14, $15, 0, '', '', 1)`,
		n.ID, n.Area, n.Name, person.NameKey(n.Name), s.numberHash(n.IDNumber), s.sealOrEmpty(n.IDNumber), s.sealOrEmpty(n.Phone), n.Note, n.Met, n.Why, n.PersonID, n.OtherID, n.At, n.ByID, n.ByName)
	return err
}

// enteredBefore finds a newcomer who waits with the same number, or without numbers to compare the same name in the village.
func (s store) enteredBefore(ctx context.Context, q db.Querier, n *Newcomer) (other Newcomer, byNumber, found bool, err error) {
	if n.IDNumber != "" {
		other, found, err = db.One(ctx, q, (*Newcomer).fields, `SELECT `+newcomerColumns+` FROM collect_newcomer
			WHERE number_hash = $1 AND state <> 'wrong' ORDER BY newcomer_id LIMIT 1`, s.numberHash(n.IDNumber))
		if err != nil || found {
			return other, true, found, err
		}
	}
	other, found, err = db.One(ctx, q, (*Newcomer).fields, `SELECT `+newcomerColumns+` FROM collect_newcomer
		WHERE name_key = $1 AND area = $2 AND state = 'open' ORDER BY newcomer_id LIMIT 1`, person.NameKey(n.Name), n.Area)
	return other, false, found, err
}

// newcomers lists those of an area's subtree who wait, behind one of them, the oldest first.
func (s store) newcomers(ctx context.Context, area string, after int64, limit int) ([]Newcomer, error) {
	low, high := db.Under(area)
	list, err := db.All(ctx, s.db, (*Newcomer).fields, `SELECT `+newcomerColumns+` FROM collect_newcomer
		WHERE state = 'open' AND area >= $1 AND area < $2 AND newcomer_id > $3 ORDER BY newcomer_id LIMIT $4`, low, high, after, limit)
	for i := range list {
		if err = s.openNewcomer(&list[i], err); err != nil {
			return nil, err
		}
	}
	return list, err
}

func (s store) openNewcomer(n *Newcomer, err error) error {
	n.IDNumber, err = s.unseal(n.number, err)
	n.Phone, err = s.unseal(n.phone, err)
	return err
}

func (s store) newcomer(ctx context.Context, q db.Querier, id int64) (Newcomer, error) {
	n, found, err := db.One(ctx, q, (*Newcomer).fields, `SELECT `+newcomerColumns+` FROM collect_newcomer WHERE newcomer_id = $1 ORDER BY newcomer_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这条新增人员记录")
	}
	return n, s.openNewcomer(&n, err)
}

func (s store) decideNewcomer(ctx context.Context, tx *db.Tx, n Newcomer) error {
	changed, err := tx.Exec(ctx, `UPDATE collect_newcomer SET state = $1, decided_at = $2, decided_name = $3, reason = $4, version = version + 1
		WHERE newcomer_id = $5 AND version = $6 AND state = 'open'`, n.State, n.DecidedAt, n.DecidedName, n.Reason, n.ID, n.Version)
	return changedOnce(changed, err)
}

// setArea replaces what is counted of an area's subtree.
func (s store) setArea(ctx context.Context, tx *db.Tx, area string, list []person.VillageAsked) error {
	low, high := db.Under(area)
	if _, err := tx.Exec(ctx, `DELETE FROM collect_area WHERE area >= $1 AND area < $2`, low, high); err != nil {
		return err
	}
	rows := make([][]any, len(list))
	for i, v := range list {
		rows[i] = []any{v.Area, v.Households, v.Done, v.Wanted, v.Asked, v.Never}
	}
	return tx.Upsert(ctx, "collect_area", []string{"area", "households", "done", "wanted", "asked", "never"}, []string{"area"}, rows)
}

// areas sums what is counted of an area's subtree by the first digits of the codes.
func (s store) areas(ctx context.Context, area string, digits int) ([]person.VillageAsked, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.db, func(v *person.VillageAsked) []any {
		return []any{&v.Area, &v.Households, &v.Done, &v.Wanted, &v.Asked, &v.Never}
	}, `SELECT substr(area, 1, $3), CAST(sum(households) AS BIGINT), CAST(sum(done) AS BIGINT), CAST(sum(wanted) AS BIGINT), CAST(sum(asked) AS BIGINT), CAST(sum(never) AS BIGINT)
		FROM collect_area WHERE area >= $1 AND area < $2 GROUP BY 1 ORDER BY 1`, low, high, digits)
}
