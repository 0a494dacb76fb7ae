package gig

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const takeColumns = `person_id, job_id, hirer_id, area, team_id, starts, ends, start_min, end_min, state, at, pay, due, due_on, paid, paid_on, objection, settlement, version`

type storedTake struct {
	Take
	said []byte
}

func (s *storedTake) fields() []any {
	t := &s.Take
	return []any{&t.PersonID, &t.JobID, &t.HirerID, &t.Area, &t.TeamID, &t.From, &t.Until, &t.Start, &t.End, &t.State, &t.At, &t.Pay, &t.Due, &t.DueOn, &t.Paid, &t.PaidOn, &s.said, &t.Settlement, &t.Version}
}

// putTakes writes places, over what the same people had at the job before.
func (r *Room) putTakes(ctx context.Context, tx *db.Tx, list []Take) error {
	rows := make([][]any, len(list))
	for i, t := range list {
		rows[i] = []any{t.PersonID, t.JobID, t.HirerID, t.Area, t.TeamID, t.From, t.Until, t.Start, t.End, t.State, t.At, t.Pay, t.Due, t.DueOn, t.Paid, t.PaidOn, r.Sealer.Seal(t.Objection), t.Settlement, t.Version}
	}
	return tx.Upsert(ctx, "gig_take", split(takeColumns), first(takeColumns, 2), rows)
}

func (r *Room) opened(rows []storedTake, err error) ([]Take, error) {
	if err != nil {
		return nil, err
	}
	out := make([]Take, len(rows))
	for i := range rows {
		if rows[i].Objection, err = r.Sealer.Open(rows[i].said); err != nil {
			return nil, err
		}
		out[i] = rows[i].Take
	}
	return out, nil
}

func (r *Room) takes(ctx context.Context, q db.Querier, where string, args ...any) ([]Take, error) {
	return r.opened(db.All(ctx, q, (*storedTake).fields, `SELECT `+takeColumns+` FROM gig_take WHERE `+where, args...))
}

// takeOf is a person's place at a job.
func (r *Room) takeOf(ctx context.Context, q db.Querier, personID, job int64) (Take, bool, error) {
	list, err := r.takes(ctx, q, `person_id = $1 AND job_id = $2 ORDER BY job_id`, personID, job)
	if err != nil || len(list) == 0 {
		return Take{}, false, err
	}
	return list[0], true, nil
}

// mustTake is takeOf for those who know that there is one.
func (r *Room) mustTake(ctx context.Context, q db.Querier, personID, job int64) (Take, error) {
	t, found, err := r.takeOf(ctx, q, personID, job)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "这位劳动者没有报名这个零工")
	}
	return t, err
}

// takesAt are everybody's at a job, in the order in which they came.
func (r *Room) takesAt(ctx context.Context, q db.Querier, job int64) ([]Take, error) {
	return r.takes(ctx, q, `job_id = $1 ORDER BY at, person_id`, job)
}

// takesBy are a person's, the latest first.
func (r *Room) takesBy(ctx context.Context, q db.Querier, personID int64, limit int) ([]Take, error) {
	return r.takes(ctx, q, `person_id = $1 ORDER BY job_id DESC LIMIT $2`, personID, limit)
}

// unpaid is what a hirer has not paid in full: not told of, told of with less than the days are worth, or disputed.
const unpaid = `pay IN ('owed', 'disputed', 'said') AND (pay = 'disputed' OR due > paid)`

// lateUnder are an area's overdue payments, the oldest first, behind (due, person, job); also objections of people for whom no day counts.
func (r *Room) lateUnder(ctx context.Context, q db.Querier, code string, today, after db.Date, person, job int64, limit int) ([]Take, error) {
	low, high := db.Under(code)
	return r.takes(ctx, q, unpaid+` AND due_on < $1 AND area >= $2 AND area < $3 AND (due_on, person_id, job_id) > ($4, $5, $6) ORDER BY due_on, person_id, job_id LIMIT $7`,
		today, low, high, after, person, job, limit)
}

// busy are those of the people who have a place at the same time as a job, but for that job itself.
func busy(ctx context.Context, q db.Querier, j *Job, people []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	if len(people) == 0 {
		return out, nil
	}
	args := append([]any{j.ID, j.From, j.Until, j.Start, j.End}, db.Args(people)...)
	return out, db.Each(ctx, q, func(n *int64) []any { return []any{n} }, func(n *int64) error { out[*n] = true; return nil },
		`SELECT DISTINCT person_id FROM gig_take WHERE job_id <> $1 AND state = 'taken' AND starts <= $3 AND ends >= $2 AND start_min < $5 AND end_min > $4 AND person_id IN (`+db.In(6, len(people))+`) ORDER BY person_id`, args...)
}

// lock lets one transaction at a time change a person's places. It makes the person a worker who offers nothing, where there is none.
func lock(ctx context.Context, tx *db.Tx, personID int64, code string) error {
	if err := tx.InsertNew(ctx, "gig_worker", split(workerColumns), first(workerColumns, 1), [][]any{{personID, code, " ", int64(127), db.Date{}, int64(0), int64(100), false, int64(1)}}); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE gig_worker SET version = version WHERE person_id = $1`, personID)
	return err
}

const shiftColumns = `person_id, job_id, day, area, worker_in, worker_out, hirer_in, hirer_out, settled_in, settled_out, pieces, why, by_name, worked, version`

func (s *Shift) fields() []any {
	return []any{&s.PersonID, &s.JobID, &s.Day, &s.Area, &s.WorkerIn, &s.WorkerOut, &s.HirerIn, &s.HirerOut, &s.SettledIn, &s.SettledOut, &s.Pieces, &s.Why, &s.By, &s.Worked, &s.Version}
}

func putShifts(ctx context.Context, tx *db.Tx, list []Shift) error {
	rows := make([][]any, len(list))
	for i := range list {
		s := &list[i]
		rows[i] = []any{s.PersonID, s.JobID, s.Day, s.Area, s.WorkerIn, s.WorkerOut, s.HirerIn, s.HirerOut, s.SettledIn, s.SettledOut, s.Pieces, s.Why, s.By, s.Worked, s.Version + 1, s.Differs()}
	}
	return tx.Upsert(ctx, "gig_shift", append(split(shiftColumns), "differs"), first(shiftColumns, 3), rows)
}

// shiftsAt are everybody's days at a job: person → days.
func shiftsAt(ctx context.Context, q db.Querier, job int64) (map[int64][]Shift, error) {
	out := map[int64][]Shift{}
	return out, db.Each(ctx, q, (*Shift).fields, func(s *Shift) error { out[s.PersonID] = append(out[s.PersonID], *s); return nil }, `SELECT `+shiftColumns+` FROM gig_shift WHERE job_id = $1 ORDER BY person_id, day`, job)
}

func shiftsOf(ctx context.Context, q db.Querier, personID, job int64) ([]Shift, error) {
	return db.All(ctx, q, (*Shift).fields, `SELECT `+shiftColumns+` FROM gig_shift WHERE person_id = $1 AND job_id = $2 ORDER BY day`, personID, job)
}

// differing are an area's days on which the two sides differ, the oldest first.
func differing(ctx context.Context, q db.Querier, code string, limit int) ([]Shift, error) {
	low, high := db.Under(code)
	return db.All(ctx, q, (*Shift).fields, `SELECT `+shiftColumns+` FROM gig_shift WHERE differs AND area >= $1 AND area < $2 ORDER BY day, person_id, job_id LIMIT $3`, low, high, limit)
}

// Arrears is what a hirer owes.
type Arrears struct {
	HirerID                int64
	Jobs, People, Fen      int64
	Oldest                 db.Date
	Name                   string
	Allowed                db.Date
	AllowedWhy, AllowedWho string
}

// arrearsUnder sums up overdue pay by hirer, the most first.
func arrearsUnder(ctx context.Context, q db.Querier, code string, today db.Date, limit int) ([]Arrears, error) {
	low, high := db.Under(code)
	return db.All(ctx, q, func(a *Arrears) []any {
		return []any{&a.HirerID, &a.Name, &a.Allowed, &a.AllowedWhy, &a.AllowedWho, &a.Jobs, &a.People, &a.Fen, &a.Oldest}
	}, `SELECT t.hirer_id, h.name, h.allowed, h.allowed_why, h.allowed_by, count(DISTINCT t.job_id), count(DISTINCT t.person_id), sum(CASE WHEN t.pay = 'disputed' THEN t.due ELSE t.due - t.paid END) AS owed, min(t.due_on) FROM gig_take t JOIN gig_hirer h ON h.hirer_id = t.hirer_id
		WHERE `+unpaid+` AND t.due > 0 AND t.due_on < $1 AND t.area >= $2 AND t.area < $3 GROUP BY t.hirer_id, h.name, h.allowed, h.allowed_why, h.allowed_by ORDER BY owed DESC, t.hirer_id LIMIT $4`,
		today, low, high, limit)
}

// lateJobs counts the jobs for which a hirer owes overdue pay.
func lateJobs(ctx context.Context, q db.Querier, hirer int64, today db.Date) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT count(DISTINCT job_id) FROM gig_take WHERE hirer_id = $1 AND `+unpaid+` AND due > 0 AND due_on < $2`, hirer, today)
}

// recordsOf are how reliable workers (column person_id) or hirers (hirer_id) have been.
func recordsOf(ctx context.Context, q db.Querier, column string, list []int64, today db.Date) (map[int64]Record, error) {
	good, bad := `state = 'taken' AND ends < $1`, `state = 'absent' AND ends < $1`
	if column == "hirer_id" {
		good, bad = `pay IN ('confirmed', 'settled') AND due_on < $1`, unpaid+` AND due > 0 AND due_on < $1`
	}
	out := map[int64]Record{}
	if len(list) == 0 {
		return out, nil
	}
	type row struct{ id, good, bad int64 }
	return out, db.Each(ctx, q, func(x *row) []any { return []any{&x.id, &x.good, &x.bad} }, func(x *row) error { out[x.id] = Record{x.good, x.bad}; return nil },
		`SELECT `+column+`, count(*) FILTER (WHERE `+good+`), count(*) FILTER (WHERE `+bad+`) FROM gig_take WHERE `+column+` IN (`+db.In(2, len(list))+`) GROUP BY `+column+` ORDER BY `+column, append([]any{today}, db.Args(list)...)...)
}

// Work is what was done in a month.
type Work struct{ Month, Days, People, Minutes int64 }

// workUnder is what was worked in an area's subtree in a span of days, in all.
func workUnder(ctx context.Context, q db.Querier, code string, from, until db.Date) (Work, error) {
	low, high := db.Under(code)
	w, _, err := db.One(ctx, q, func(w *Work) []any { return []any{&w.Days, &w.People, &w.Minutes} },
		`SELECT count(*), count(DISTINCT person_id), coalesce(sum(worked), 0) FROM gig_shift WHERE worked > 0 AND day >= $1 AND day <= $2 AND area >= $3 AND area < $4 ORDER BY 1`, from, until, low, high)
	return w, err
}
