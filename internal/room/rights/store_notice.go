package rights

import (
	"context"
	"fmt"
	"slices"

	"jiuye/internal/ground/db"
)

// States of a notice.
const (
	noticed  = "noticed"  // told, the days are running
	proposed = "proposed" // two people are asked
	done     = "done"     // anonymised
	back     = "back"     // came back before the day, or is not due for another reason
	kept     = "kept"     // the person or an officer asked to keep the data
)

// Notice says that a person's data are due.
type Notice struct {
	PersonID, ID int64
	Rule, State  string
	Area         string
	Since        db.Date
	NoticedOn    db.Date
	DueOn        db.Date
	EndedOn      db.Date
	RequestID    int64
	Why          string
}

var noticeColumns = []string{"person_id", "notice_id", "rule", "state", "area", "since", "noticed_on", "due_on", "ended_on", "request_id", "why"}

const noticeSelect = `SELECT person_id, notice_id, rule, state, area, since, noticed_on, due_on, ended_on, request_id, why FROM rights_notice `

func (n *Notice) fields() []any {
	return []any{&n.PersonID, &n.ID, &n.Rule, &n.State, &n.Area, &n.Since, &n.NoticedOn, &n.DueOn, &n.EndedOn, &n.RequestID, &n.Why}
}

// addNotices writes new notices; whoever has an open one already keeps it. It returns how many were new.
func (s store) addNotices(ctx context.Context, tx *db.Tx, list []Notice) (added int64, err error) {
	rows := make([][]any, len(list))
	for i, n := range list {
		rows[i] = []any{n.PersonID, n.ID, n.Rule, n.State, n.Area, n.Since, n.NoticedOn, n.DueOn, n.EndedOn, n.RequestID, n.Why}
	}
	return int64(len(rows)), tx.InsertNew(ctx, "rights_notice", noticeColumns, noticeColumns[:2], rows)
}

// noticesOf are the open notices of people, and the last ones kept: person → notice.
func (s store) noticesOf(ctx context.Context, q db.Querier, ids []int64, states ...string) (map[int64]Notice, error) {
	out := map[int64]Notice{}
	for part := range slices.Chunk(ids, 500) {
		args := db.Args(part)
		for _, st := range states {
			args = append(args, st)
		}
		err := db.Each(ctx, q, (*Notice).fields, func(n *Notice) error { out[n.PersonID] = *n; return nil }, noticeSelect+
			`WHERE person_id IN (`+db.In(1, len(part))+`) AND state IN (`+db.In(1+len(part), len(states))+`) ORDER BY person_id, notice_id`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// openNotices lists notices in these states, behind a person.
func (s store) openNotices(ctx context.Context, q db.Querier, state string, dueBy db.Date, after int64, limit int) ([]Notice, error) {
	if dueBy.IsZero() {
		return db.All(ctx, q, (*Notice).fields, noticeSelect+`WHERE state = $1 AND person_id > $2 ORDER BY person_id LIMIT $3`, state, after, limit)
	}
	return db.All(ctx, q, (*Notice).fields, noticeSelect+`WHERE state = $1 AND person_id > $2 AND due_on <= $3 ORDER BY person_id LIMIT $4`, state, after, dueBy, limit)
}

// ofRequest lists the notices that one request is about.
func (s store) ofRequest(ctx context.Context, q db.Querier, requestID int64) ([]Notice, error) {
	return db.All(ctx, q, (*Notice).fields, noticeSelect+`WHERE state = 'proposed' AND request_id = $1 ORDER BY person_id`, requestID)
}

// setNotices moves notices to a state; ended ones get their day.
func (s store) setNotices(ctx context.Context, tx *db.Tx, list []Notice, state, why string, requestID int64, ended db.Date) error {
	for part := range slices.Chunk(list, 500) {
		args := []any{state, why, requestID, ended}
		for _, n := range part {
			args = append(args, n.ID)
		}
		people := make([]any, len(part))
		for i, n := range part {
			people[i] = n.PersonID
		}
		if _, err := tx.Exec(ctx, `UPDATE rights_notice SET state = $1, why = $2, request_id = $3, ended_on = $4
			WHERE notice_id IN (`+db.In(5, len(part))+`) AND person_id IN (`+db.In(5+len(part), len(part))+`)`, append(args, people...)...); err != nil {
			return err
		}
	}
	return nil
}

// list reads notices of an area's subtree, the nearest day first, behind one of them.
func (s store) list(ctx context.Context, area, state string, after db.Date, afterID int64, limit int) ([]Notice, error) {
	low, high := db.Under(area)
	args := []any{low, high, state}
	where := `WHERE area >= $1 AND area < $2 AND state = $3`
	if !after.IsZero() {
		args = append(args, after, afterID)
		where += ` AND (due_on, notice_id) > ($4, $5)`
	}
	args = append(args, limit)
	return db.All(ctx, s.db, (*Notice).fields, noticeSelect+where+fmt.Sprintf(` ORDER BY due_on, notice_id LIMIT $%d`, len(args)), args...)
}

// countNotices counts an area's notices by state.
func (s store) countNotices(ctx context.Context, area string) (map[string]int64, error) {
	low, high := db.Under(area)
	type row struct {
		state string
		n     int64
	}
	out := map[string]int64{}
	err := db.Each(ctx, s.db, func(r *row) []any { return []any{&r.state, &r.n} }, func(r *row) error { out[r.state] = r.n; return nil },
		`SELECT state, count(*) FROM rights_notice WHERE area >= $1 AND area < $2 GROUP BY state ORDER BY state`, low, high)
	return out, err
}
