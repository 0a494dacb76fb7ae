package outwork

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

func (v *Center) fields() []any {
	return []any{&v.ID, &v.Area, &v.Name, &v.Outside, &v.Place, &v.Phone, &v.Hours, &v.Version}
}

const centerColumns = `center_id, area, name, outside, place, phone, hours, version`

func insertCenter(ctx context.Context, tx *db.Tx, v *Center) error {
	_, err := tx.Exec(ctx, `INSERT INTO outwork_center (`+centerColumns+`) VALUES (`+db.In(1, 8)+`)`, v.ID, v.Area, v.Name, v.Outside, v.Place, v.Phone, v.Hours, v.Version)
	return err
}

// centers lists those that an area keeps.
func (r *Room) centers(ctx context.Context, area string, limit int) ([]Center, error) {
	low, high := db.Under(area)
	return db.All(ctx, r.DB, (*Center).fields, `SELECT `+centerColumns+` FROM outwork_center WHERE area >= $1 AND area < $2 ORDER BY area, center_id LIMIT $3`, low, high, limit)
}

const awayColumns = `person_id, away_id, area, place, place_code, work, since, expected, returned, contact, by_name, version`

func (a *Away) fields() []any {
	return []any{&a.PersonID, &a.ID, &a.Area, &a.Place, &a.PlaceCode, &a.Work, &a.Since, &a.Expected, &a.Returned, &a.Contact, &a.By, &a.Version}
}

// insertAway writes a new time away, and ends those of the person that are open.
func insertAway(ctx context.Context, tx *db.Tx, a *Away) error {
	if _, err := tx.Exec(ctx, `UPDATE outwork_away SET returned = $2, version = version + 1 WHERE person_id = $1 AND returned IS NULL`, a.PersonID, a.Since); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO outwork_away (`+awayColumns+`) VALUES (`+db.In(1, 12)+`)`, a.PersonID, a.ID, a.Area, a.Place, a.PlaceCode, a.Work, a.Since, a.Expected, a.Returned, a.Contact, a.By, a.Version)
	return err
}

func endAway(ctx context.Context, tx *db.Tx, personID, id int64, on db.Date, by string, version int64) error {
	return changed(tx.Exec(ctx, `UPDATE outwork_away SET returned = $3, by_name = $4, version = version + 1 WHERE person_id = $1 AND away_id = $2 AND version = $5 AND returned IS NULL`, personID, id, on, by, version))
}

func awayByID(ctx context.Context, q db.Querier, personID, id int64) (Away, error) {
	a, found, err := db.One(ctx, q, (*Away).fields, `SELECT `+awayColumns+` FROM outwork_away WHERE person_id = $1 AND away_id = $2 ORDER BY away_id`, personID, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这条外出务工记录")
	}
	return a, err
}

func awaysOf(ctx context.Context, q db.Querier, personID int64, limit int) ([]Away, error) {
	return db.All(ctx, q, (*Away).fields, `SELECT `+awayColumns+` FROM outwork_away WHERE person_id = $1 ORDER BY since DESC, away_id DESC LIMIT $2`, personID, limit)
}

// aways lists who of an area works away, behind (area, person, id); all also those who have come back.
func (r *Room) aways(ctx context.Context, area string, all bool, afterArea string, person, id int64, limit int) ([]Away, error) {
	low, high := db.Under(area)
	where := ""
	if !all {
		where = " AND returned IS NULL"
	}
	return db.All(ctx, r.DB, (*Away).fields, `SELECT `+awayColumns+` FROM outwork_away WHERE area >= $1 AND area < $2 AND (area, person_id, away_id) > ($3, $4, $5)`+where+` ORDER BY area, person_id, away_id LIMIT $6`,
		low, high, afterArea, person, id, limit)
}

// countAway counts who of an area works away, and of these in the region.
func (r *Room) countAway(ctx context.Context, area string) (all, within int64, err error) {
	type pair struct{ all, within int64 }
	low, high := db.Under(area)
	p, _, err := db.One(ctx, r.DB, func(p *pair) []any { return []any{&p.all, &p.within} }, `SELECT count(*), count(CASE WHEN place_code <> '' THEN 1 END) FROM outwork_away WHERE area >= $1 AND area < $2 AND returned IS NULL`, low, high)
	return p.all, p.within, err
}

const requestColumns = `person_id, request_id, kind, said, area, center_id, state, day, due, done_on, answer, handed, by_name, version`

type storedRequest struct {
	Request
	said, answer []byte
}

func (s *storedRequest) fields() []any {
	return []any{&s.PersonID, &s.ID, &s.Kind, &s.said, &s.Area, &s.CenterID, &s.State, &s.On, &s.Due, &s.DoneOn, &s.answer, &s.Handed, &s.By, &s.Version}
}

func (r *Room) insertRequest(ctx context.Context, tx *db.Tx, v *Request) error {
	_, err := tx.Exec(ctx, `INSERT INTO outwork_request (`+requestColumns+`) VALUES (`+db.In(1, 14)+`)`, v.PersonID, v.ID, v.Kind, r.Sealer.Seal(v.Text), v.Area, v.CenterID, v.State, v.On, v.Due, v.DoneOn, r.Sealer.Seal(v.Answer), v.Handed, v.By, v.Version)
	return err
}

func (r *Room) updateRequest(ctx context.Context, tx *db.Tx, v *Request, version int64) error {
	return changed(tx.Exec(ctx, `UPDATE outwork_request SET area = $3, state = $4, done_on = $5, answer = $6, handed = $7, by_name = $8, version = version + 1 WHERE person_id = $1 AND request_id = $2 AND version = $9`,
		v.PersonID, v.ID, v.Area, v.State, v.DoneOn, r.Sealer.Seal(v.Answer), v.Handed, v.By, version))
}

func (r *Room) openRequests(rows []storedRequest, err error) ([]Request, error) {
	list := make([]Request, len(rows))
	for i := range rows {
		if err == nil {
			rows[i].Text, err = r.Sealer.Open(rows[i].said)
		}
		if err == nil {
			rows[i].Answer, err = r.Sealer.Open(rows[i].answer)
		}
		list[i] = rows[i].Request
	}
	return list, err
}

func (r *Room) requestByID(ctx context.Context, q db.Querier, personID, id int64) (Request, error) {
	list, err := r.openRequests(db.All(ctx, q, (*storedRequest).fields, `SELECT `+requestColumns+` FROM outwork_request WHERE person_id = $1 AND request_id = $2 ORDER BY request_id`, personID, id))
	if err == nil && len(list) == 0 {
		err = fault.New(fault.NotFound, "没有这件请求")
	}
	if err != nil {
		return Request{}, err
	}
	return list[0], nil
}

func (r *Room) requestsOf(ctx context.Context, personID int64, limit int) ([]Request, error) {
	return r.openRequests(db.All(ctx, r.DB, (*storedRequest).fields, `SELECT `+requestColumns+` FROM outwork_request WHERE person_id = $1 ORDER BY request_id DESC LIMIT $2`, personID, limit))
}

// requests lists an area's in one state, the most urgent first, behind (due, id). Texts stay sealed.
func (r *Room) requests(ctx context.Context, area, state string, after db.Date, afterID int64, limit int) ([]Request, error) {
	low, high := db.Under(area)
	rows, err := db.All(ctx, r.DB, (*storedRequest).fields, `SELECT `+requestColumns+` FROM outwork_request WHERE area >= $1 AND area < $2 AND state = $3 AND (due, request_id) > ($4, $5) ORDER BY due, request_id LIMIT $6`,
		low, high, state, after, afterID, limit)
	list := make([]Request, len(rows))
	for i := range rows {
		list[i] = rows[i].Request
	}
	return list, err
}

// countRequests counts an area's: waiting, past their day, done, and done in time.
func (r *Room) countRequests(ctx context.Context, area string, today db.Date) (waiting, late, done, inTime int64, err error) {
	type four struct{ waiting, late, done, inTime int64 }
	low, high := db.Under(area)
	n, _, err := db.One(ctx, r.DB, func(n *four) []any { return []any{&n.waiting, &n.late, &n.done, &n.inTime} }, `SELECT count(CASE WHEN state = 'waiting' THEN 1 END), count(CASE WHEN state = 'waiting' AND due < $3 THEN 1 END),
		count(CASE WHEN state = 'done' THEN 1 END), count(CASE WHEN state = 'done' AND done_on <= due THEN 1 END) FROM outwork_request WHERE area >= $1 AND area < $2`, low, high, today)
	return n.waiting, n.late, n.done, n.inTime, err
}
