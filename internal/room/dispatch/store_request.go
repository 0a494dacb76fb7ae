package dispatch

import (
	"context"
	"encoding/json"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

func (r *Room) addVisit(ctx context.Context, tx *db.Tx, v *Visit) error {
	_, err := tx.Exec(ctx, `INSERT INTO dispatch_visit (employer_id, visit_id, day, way, said, by_name) VALUES (`+db.In(1, 6)+`)`, v.EmployerID, r.IDs.Next(), v.Day, v.Way, r.Sealer.Seal(v.Said), v.By)
	return err
}

// visits lists a unit's latest visits.
func (r *Room) visits(ctx context.Context, employerID int64, limit int) (list []Visit, err error) {
	type stored struct {
		Visit
		sealed []byte
	}
	err = db.Each(ctx, r.DB, func(s *stored) []any { return []any{&s.EmployerID, &s.ID, &s.Day, &s.Way, &s.sealed, &s.By} }, func(s *stored) (err error) {
		s.Said, err = r.Sealer.Open(s.sealed)
		list = append(list, s.Visit)
		return err
	}, `SELECT employer_id, visit_id, day, way, said, by_name FROM dispatch_visit WHERE employer_id = $1 ORDER BY day DESC, visit_id DESC LIMIT $2`, employerID, limit)
	return list, err
}

const requestColumns = `employer_id, request_id, area, kind, said, day, doer, due, state, assignment_id, content, closed, version`

type storedRequest struct {
	Request
	sealed []byte
}

// saidOf is what is sealed of a request.
type saidOf struct{ Text, Answer string }

func (s *storedRequest) fields() []any {
	return []any{&s.EmployerID, &s.ID, &s.Area, &s.Kind, &s.sealed, &s.Day, &s.Doer, &s.Due, &s.State, &s.AssignmentID, &s.Content, &s.Closed, &s.Version}
}

func (r *Room) openRequest(s *storedRequest) error {
	plain, err := r.Sealer.Open(s.sealed)
	if err != nil {
		return err
	}
	var open saidOf
	err = json.Unmarshal([]byte(plain), &open)
	s.Text, s.Answer = open.Text, open.Answer
	return err
}

// saveRequest writes a request: version 0 is a new row. Faults: Conflict.
func (r *Room) saveRequest(ctx context.Context, tx *db.Tx, q *Request) error {
	plain, err := json.Marshal(saidOf{q.Text, q.Answer})
	if err != nil {
		return err
	}
	var n int64
	if q.Version == 0 {
		n, err = tx.Exec(ctx, `INSERT INTO dispatch_request (`+requestColumns+`) VALUES (`+db.In(1, 13)+`)`, q.EmployerID, q.ID, q.Area, q.Kind, r.Sealer.Seal(string(plain)), q.Day, q.Doer, q.Due,
			q.State, q.AssignmentID, q.Content, q.Closed, int64(1))
	} else {
		n, err = tx.Exec(ctx, `UPDATE dispatch_request SET said = $3, doer = $4, due = $5, state = $6, assignment_id = $7, content = $8, closed = $9, version = version + 1
			WHERE employer_id = $1 AND request_id = $2 AND version = $10`, q.EmployerID, q.ID, r.Sealer.Seal(string(plain)), q.Doer, q.Due, q.State, q.AssignmentID, q.Content, q.Closed, q.Version)
	}
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这件诉求刚刚被别人办理过，请看过现在的样子再办")
	}
	return err
}

func (r *Room) requestByID(ctx context.Context, q db.Querier, employerID, id int64) (Request, error) {
	s, found, err := db.One(ctx, q, (*storedRequest).fields, `SELECT `+requestColumns+` FROM dispatch_request WHERE employer_id = $1 AND request_id = $2 ORDER BY request_id`, employerID, id)
	if err != nil {
		return Request{}, err
	}
	if !found {
		return Request{}, fault.New(fault.NotFound, "没有这件诉求")
	}
	err = r.openRequest(&s)
	return s.Request, err
}

// requestsOf lists a unit's latest requests.
func (r *Room) requestsOf(ctx context.Context, employerID int64, limit int) (list []Request, err error) {
	err = db.Each(ctx, r.DB, (*storedRequest).fields, func(s *storedRequest) error {
		err := r.openRequest(s)
		list = append(list, s.Request)
		return err
	}, `SELECT `+requestColumns+` FROM dispatch_request WHERE employer_id = $1 ORDER BY request_id DESC LIMIT $2`, employerID, limit)
	return list, err
}

// requestCounts are an area's requests: those not closed, of them past their day, and how content units were with those closed.
type requestCounts struct{ Open, Late, Closed, Content int64 }

func (r *Room) countRequests(ctx context.Context, area string, today db.Date) (c requestCounts, err error) {
	low, high := db.Under(area)
	c, _, err = db.One(ctx, r.DB, func(c *requestCounts) []any { return []any{&c.Open, &c.Late, &c.Closed, &c.Content} }, `SELECT coalesce(sum(CASE WHEN state <> 'closed' THEN 1 ELSE 0 END), 0),
		coalesce(sum(CASE WHEN state = 'open' AND due < $3 THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN state = 'closed' THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN state = 'closed' AND content >= 4 THEN 1 ELSE 0 END), 0)
		FROM dispatch_request WHERE area >= $1 AND area < $2 ORDER BY 1`, low, high, today)
	return c, err
}

// listRequests lists an area's requests that are not closed, the most urgent first.
func (r *Room) listRequests(ctx context.Context, area string, limit int) (list []Request, err error) {
	low, high := db.Under(area)
	err = db.Each(ctx, r.DB, func(s *storedRequest) []any { return append(s.fields(), &s.Unit) }, func(s *storedRequest) error {
		err := r.openRequest(s)
		list = append(list, s.Request)
		return err
	}, `SELECT q.employer_id, q.request_id, q.area, q.kind, q.said, q.day, q.doer, q.due, q.state, q.assignment_id, q.content, q.closed, q.version, e.name
		FROM dispatch_request q JOIN employer e ON e.employer_id = q.employer_id WHERE q.area >= $1 AND q.area < $2 AND q.state <> 'closed' ORDER BY q.due, q.request_id LIMIT $3`, low, high, limit)
	return list, err
}

// requestOwner finds the unit of a request that was sent to another area.
func requestOwner(ctx context.Context, q db.Querier, id int64) (int64, error) {
	owner, found, err := db.One(ctx, q, func(n *int64) []any { return []any{n} }, `SELECT employer_id FROM dispatch_request WHERE request_id = $1 ORDER BY employer_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这件诉求")
	}
	return owner, err
}
