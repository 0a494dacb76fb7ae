package gig

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const jobColumns = `job_id, hirer_id, employer_id, hirer, market_id, area, address, kind, title, starts, ends, start_min, end_min, rest, places, taken, teams, price, unit, pieces, pay, tools, insured, meals, pick, notice, note, state, why, by_id, by_name, version`

func (j *Job) fields() []any {
	return []any{&j.ID, &j.HirerID, &j.EmployerID, &j.Hirer, &j.MarketID, &j.Area, &j.Address, &j.Kind, &j.Title, &j.From, &j.Until, &j.Start, &j.End, &j.Rest, &j.Places, &j.Taken, &j.Teams, &j.Price, &j.Unit, &j.Pieces,
		&j.Pay, &j.Tools, &j.Insured, &j.Meals, &j.Pick, &j.Notice, &j.Note, &j.State, &j.Why, &j.ByID, &j.By, &j.Version}
}

func insertJobs(ctx context.Context, tx *db.Tx, list []Job) error {
	rows := make([][]any, len(list))
	for i := range list {
		j := &list[i]
		rows[i] = []any{j.ID, j.HirerID, j.EmployerID, j.Hirer, j.MarketID, j.Area, j.Address, j.Kind, j.Title, j.From, j.Until, j.Start, j.End, j.Rest, j.Places, j.Taken, j.Teams, j.Price, j.Unit, j.Pieces,
			j.Pay, j.Tools, j.Insured, j.Meals, j.Pick, j.Notice, j.Note, j.State, j.Why, j.ByID, j.By, j.Version, j.DayFen(), monthOf(j.From)}
	}
	return tx.Copy(ctx, "gig_job", append(split(jobColumns), "day_fen", "month"), rows)
}

func monthOf(d db.Date) int64 { return int64(d.Year()*100 + int(d.Month())) }

func jobByID(ctx context.Context, q db.Querier, id int64) (Job, error) {
	j, found, err := db.One(ctx, q, (*Job).fields, `SELECT `+jobColumns+` FROM gig_job WHERE job_id = $1 ORDER BY job_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这个零工用工")
	}
	return j, err
}

// lockedJob is jobByID for a transaction that changes a job's places, days or payments: one such transaction at a time goes on, so that what
// the worker and the hirer say at the same moment is both kept.
func lockedJob(ctx context.Context, tx *db.Tx, id int64) (Job, error) {
	if _, err := tx.Exec(ctx, `UPDATE gig_job SET version = version WHERE job_id = $1`, id); err != nil {
		return Job{}, err
	}
	return jobByID(ctx, tx, id)
}

func jobsIn(ctx context.Context, q db.Querier, list []int64) (map[int64]Job, error) {
	out := map[int64]Job{}
	if len(list) == 0 {
		return out, nil
	}
	return out, db.Each(ctx, q, (*Job).fields, func(j *Job) error { out[j.ID] = *j; return nil }, `SELECT `+jobColumns+` FROM gig_job WHERE job_id IN (`+db.In(1, len(list))+`) ORDER BY job_id`, db.Args(list)...)
}

// wanted is what is asked for of the list of open jobs.
type wanted struct {
	Area, Kind string
	Market     int64   // 0: all
	From, Till db.Date // a day of the work lies between
	After      db.Date
	AfterID    int64
	Limit      int
}

// openJobs lists what work there is, the soonest to end first; those that are full too, for people see that they are.
func openJobs(ctx context.Context, q db.Querier, w wanted) ([]Job, error) {
	low, high := db.Under(w.Area)
	return db.All(ctx, q, (*Job).fields, `SELECT `+jobColumns+` FROM gig_job WHERE state = 'open' AND ends >= $1 AND starts <= $2 AND area >= $3 AND area < $4 AND ($5 = '' OR kind = $5) AND ($6 = 0 OR market_id = $6)
		AND (ends, job_id) > ($7, $8) ORDER BY ends, job_id LIMIT $9`, w.From, w.Till, low, high, w.Kind, w.Market, later(w.From, w.After), w.AfterID, w.Limit)
}

// jobsUnder lists an area's jobs in every state, the newest first, below an id.
func jobsUnder(ctx context.Context, q db.Querier, code, kind, state string, below int64, limit int) ([]Job, error) {
	low, high := db.Under(code)
	return db.All(ctx, q, (*Job).fields, `SELECT `+jobColumns+` FROM gig_job WHERE area >= $1 AND area < $2 AND ($3 = '' OR kind = $3) AND ($4 = '' OR state = $4) AND job_id < $5 ORDER BY job_id DESC LIMIT $6`,
		low, high, kind, state, below, limit)
}

func jobsOf(ctx context.Context, q db.Querier, hirer, below int64, limit int) ([]Job, error) {
	return db.All(ctx, q, (*Job).fields, `SELECT `+jobColumns+` FROM gig_job WHERE hirer_id = $1 AND job_id < $2 ORDER BY job_id DESC LIMIT $3`, hirer, below, limit)
}

// reserve takes places at a job, or gives them back when n is below 0. Faults: Conflict when there are not so many.
func reserve(ctx context.Context, tx *db.Tx, job, n int64) error {
	changed, err := tx.Exec(ctx, `UPDATE gig_job SET taken = taken + $2 WHERE job_id = $1 AND state = 'open' AND taken + $2 <= places AND taken + $2 >= 0`, job, n)
	return oldest(changed, err, "名额刚刚满了，没有录上。请看看别的零工")
}

// giveBack frees a place in whatever state the job is.
func giveBack(ctx context.Context, tx *db.Tx, job int64) error {
	_, err := tx.Exec(ctx, `UPDATE gig_job SET taken = taken - 1 WHERE job_id = $1 AND taken > 0`, job)
	return err
}

func endJob(ctx context.Context, tx *db.Tx, id, version int64, state, why string) error {
	n, err := tx.Exec(ctx, `UPDATE gig_job SET state = $2, why = $3, version = version + 1 WHERE job_id = $1 AND state = 'open' AND version = $4`, id, state, why, version)
	return oldest(n, err, "这个用工刚刚有了变化，请看过现在的样子再办")
}

// countJobs counts an area's open jobs that are not over, and their free places.
func countJobs(ctx context.Context, q db.Querier, code string, on db.Date) (jobs, free int64, err error) {
	low, high := db.Under(code)
	type pair struct{ a, b int64 }
	p, _, err := db.One(ctx, q, func(p *pair) []any { return []any{&p.a, &p.b} }, `SELECT count(*), coalesce(sum(places - taken), 0) FROM gig_job WHERE state = 'open' AND ends >= $1 AND area >= $2 AND area < $3 ORDER BY 1`, on, low, high)
	return p.a, p.b, err
}

// Price is what work of a kind paid in a month, by the day, weighed by the people who took it.
type Price struct {
	Kind               string
	Month              int64
	Jobs, People, Mean int64 // fen
	Low, High          int64
}

// prices of an area's subtree, the latest month first. Work that was called off or stopped has paid nothing.
func prices(ctx context.Context, q db.Querier, code string, from int64) ([]Price, error) {
	low, high := db.Under(code)
	return db.All(ctx, q, func(p *Price) []any {
		return []any{&p.Kind, &p.Month, &p.Jobs, &p.People, &p.Mean, &p.Low, &p.High}
	}, `SELECT kind, month, count(*), sum(taken), CAST(sum(day_fen * taken) / sum(taken) AS BIGINT), min(day_fen), max(day_fen) FROM gig_job WHERE month >= $1 AND area >= $2 AND area < $3 AND taken > 0 AND state = 'open'
		GROUP BY kind, month ORDER BY month DESC, kind`, from, low, high)
}
