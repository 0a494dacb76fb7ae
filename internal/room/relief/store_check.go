package relief

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const hospitalColumns = `hospital_id, area, name, address, phone, employer_id, valid_from, valid_until, by_name`

func (h *Hospital) fields() []any {
	return []any{&h.ID, &h.Area, &h.Name, &h.Address, &h.Phone, &h.EmployerID, &h.From, &h.Until, &h.By}
}

func insertHospital(ctx context.Context, tx *db.Tx, h *Hospital) error {
	_, err := tx.Exec(ctx, `INSERT INTO relief_hospital (`+hospitalColumns+`) VALUES (`+db.In(1, 9)+`)`, h.ID, h.Area, h.Name, h.Address, h.Phone, h.EmployerID, h.From, h.Until, h.By)
	return err
}

func hospitals(ctx context.Context, q db.Querier, area string, limit int) ([]Hospital, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, (*Hospital).fields, `SELECT `+hospitalColumns+` FROM relief_hospital WHERE area >= $1 AND area < $2 ORDER BY area, hospital_id LIMIT $3`, low, high, limit)
}

func hospitalByID(ctx context.Context, q db.Querier, id int64) (Hospital, error) {
	h, found, err := db.One(ctx, q, (*Hospital).fields, `SELECT `+hospitalColumns+` FROM relief_hospital WHERE hospital_id = $1 ORDER BY hospital_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这家定点医院")
	}
	return h, err
}

type storedCheck struct {
	Checkup
	fit int64
}

const checkColumns = `person_id, check_id, hospital_id, class, day, fit, valid_until, by_name`

func (c *storedCheck) fields() []any {
	return []any{&c.PersonID, &c.ID, &c.HospitalID, &c.Class, &c.On, &c.fit, &c.Until, &c.By}
}

func insertCheck(ctx context.Context, tx *db.Tx, c *Checkup) error {
	_, err := tx.Exec(ctx, `INSERT INTO relief_check (`+checkColumns+`) VALUES (`+db.In(1, 8)+`)`, c.PersonID, c.ID, c.HospitalID, c.Class, c.On, bit(c.Fit), c.Until, c.By)
	return err
}

// checksOf are somebody's, the latest first.
func checksOf(ctx context.Context, q db.Querier, personID int64) (list []Checkup, err error) {
	err = db.Each(ctx, q, (*storedCheck).fields, func(c *storedCheck) error {
		c.Fit = c.fit == 1
		list = append(list, c.Checkup)
		return nil
	}, `SELECT `+checkColumns+` FROM relief_check WHERE person_id = $1 ORDER BY day DESC, check_id DESC`, personID)
	return list, err
}

type storedShow struct {
	Shown
	ended int64
}

func (s *storedShow) fields() []any {
	return []any{&s.Code, &s.PersonID, &s.CheckID, &s.Until, &s.ended}
}

func insertShow(ctx context.Context, tx *db.Tx, s *Shown) error {
	_, err := tx.Exec(ctx, `INSERT INTO relief_show (code, person_id, check_id, valid_until, ended) VALUES (`+db.In(1, 5)+`)`, s.Code, s.PersonID, s.CheckID, s.Until, bit(s.Ended))
	return err
}

func showByCode(ctx context.Context, q db.Querier, code string) (Shown, bool, error) {
	s, found, err := db.One(ctx, q, (*storedShow).fields, `SELECT code, person_id, check_id, valid_until, ended FROM relief_show WHERE code = $1 ORDER BY code`, code)
	s.Ended = s.ended == 1
	return s.Shown, found, err
}

// showsOf are somebody's codes that are still good on a day.
func showsOf(ctx context.Context, q db.Querier, personID int64, day db.Date) (map[int64]Shown, error) {
	out := map[int64]Shown{}
	return out, db.Each(ctx, q, (*storedShow).fields, func(s *storedShow) error { out[s.CheckID] = s.Shown; return nil },
		`SELECT code, person_id, check_id, valid_until, ended FROM relief_show WHERE person_id = $1 AND ended = 0 AND valid_until >= $2 ORDER BY valid_until, code`, personID, day)
}

// endShows takes somebody's codes of a check back.
func endShows(ctx context.Context, tx *db.Tx, personID, checkID int64) error {
	_, err := tx.Exec(ctx, `UPDATE relief_show SET ended = 1 WHERE person_id = $1 AND check_id = $2`, personID, checkID)
	return err
}

// Look is one look at a check by its code.
type Look struct {
	CheckID int64
	By      string
	At      int64
}

func addLook(ctx context.Context, tx *db.Tx, personID, id int64, l Look) error {
	_, err := tx.Exec(ctx, `INSERT INTO relief_look (person_id, look_id, check_id, by_name, at) VALUES (`+db.In(1, 5)+`)`, personID, id, l.CheckID, l.By, l.At)
	return err
}

func looksOf(ctx context.Context, q db.Querier, personID int64, limit int) ([]Look, error) {
	return db.All(ctx, q, func(l *Look) []any { return []any{&l.CheckID, &l.By, &l.At} }, `SELECT check_id, by_name, at FROM relief_look WHERE person_id = $1 ORDER BY look_id DESC LIMIT $2`, personID, limit)
}

// Held tells of whom the room keeps something.
func (r *Room) Held(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	return db.Told(ctx, q, ids, "有以工代赈用工、工资或入职体检记录", `SELECT DISTINCT person_id FROM (SELECT person_id FROM relief_worker UNION ALL SELECT person_id FROM relief_pay UNION ALL SELECT person_id FROM relief_check) x
		WHERE person_id IN ({ids}) ORDER BY person_id`)
}

// Forget drops people's medical checks, codes and looks. Wages stay as numbers: they are the project's accounts.
func (r *Room) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	for part := range chunks(personIDs) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		for _, table := range []string{"relief_check", "relief_show", "relief_look"} {
			if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE person_id IN (`+db.In(1, len(args))+`)`, args...); err != nil {
				return err
			}
		}
	}
	return nil
}
