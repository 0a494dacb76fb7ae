package queue

import (
	"context"
	"embed"
	"time"

	"jiuye/internal/ground/db"
)

//go:embed schema/*.sql
var files embed.FS

// Schema is the queue's table.
var Schema = db.Schema{Room: "queue", FS: files}

func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// add inserts a job unless an unfinished one has its key; added is false then.
func add(ctx context.Context, tx *db.Tx, jobID int64, j Job, payload string, now time.Time) (added bool, err error) {
	n, err := tx.Exec(ctx, `
		INSERT INTO queue_job (job_id, kind, key, state, payload, run_at, deadline, tries, max_tries, claim, lease_end,
			created_at, started_at, ended_at, step, step_at, done, total, text, result, error)
		VALUES ($1, $2, $3, 'ready', $4, $5, $6, 0, $7, 0, 0, $8, 0, 0, '', 0, 0, 0, '', '', '')
		ON CONFLICT (kind, key) WHERE key <> '' AND state IN ('ready', 'running') DO NOTHING`,
		jobID, j.Kind, j.Key, payload, ms(j.RunAt), ms(j.Deadline), j.MaxTries, ms(now))
	return n > 0, err
}

// unfinished finds the job that holds a key, 0 when there is none.
func unfinished(ctx context.Context, q db.Querier, kind, key string) (int64, error) {
	return db.Value[int64](ctx, q, `
		SELECT job_id FROM queue_job WHERE kind = $1 AND key = $2 AND key <> '' AND state IN ('ready', 'running') ORDER BY job_id`, kind, key)
}

// sooner moves a waiting turn of recurring work forward when its schedule has become tighter.
func sooner(ctx context.Context, tx *db.Tx, kind, key string, at time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE queue_job SET run_at = $1 WHERE kind = $2 AND key = $3 AND state = 'ready' AND tries = 0 AND run_at > $1`,
		ms(at), kind, key)
	return err
}

// due reports whether a job of these kinds waits for somebody; it reads only, so that an idle queue never writes.
func due(ctx context.Context, q db.Querier, kinds []any, now time.Time) (bool, error) {
	n, err := db.Value[int64](ctx, q, `
		SELECT job_id FROM queue_job WHERE state = 'ready' AND run_at <= $1 AND kind IN (`+db.In(2, len(kinds))+`)
		ORDER BY run_at, job_id LIMIT 1`, append([]any{ms(now)}, kinds...)...)
	return n != 0, err
}

// task is a claimed job.
type task struct {
	id, claim, deadline int64
	kind, key, payload  string
	tries, maxTries     int
}

func (t *task) fields() []any {
	return []any{&t.id, &t.claim, &t.kind, &t.key, &t.payload, &t.deadline, &t.tries, &t.maxTries}
}

// take claims up to n due jobs. The state stands in the outer WHERE too: on PostgreSQL a second worker that waited for
// the row looks at it again and leaves it.
func take(ctx context.Context, tx *db.Tx, kinds []any, n int, claim int64, now, leaseEnd time.Time) ([]task, error) {
	args := append([]any{claim, ms(leaseEnd), ms(now), n}, kinds...)
	return db.All(ctx, tx, (*task).fields, `
		UPDATE queue_job SET state = 'running', claim = $1, lease_end = $2, started_at = $3, ended_at = 0, tries = tries + 1,
			step = '', step_at = 0, done = 0, total = 0
		WHERE state = 'ready' AND job_id IN (
			SELECT job_id FROM queue_job WHERE state = 'ready' AND run_at <= $3 AND kind IN (`+db.In(5, len(kinds))+`)
			ORDER BY run_at, job_id LIMIT $4)
		RETURNING job_id, claim, kind, key, payload, deadline, tries, max_tries`, args...)
}

// ending is how a claim ends.
type ending struct {
	state              State
	runAt              int64 // of the next try
	back               int   // tries given back
	text, result, fail string
	at                 step // how far it came
}

// end ends a claim; held is false when somebody else has the job by now.
func end(ctx context.Context, tx *db.Tx, t *task, e ending, now time.Time) (held bool, err error) {
	n, err := tx.Exec(ctx, `
		UPDATE queue_job SET state = $1, run_at = $2, tries = tries - $3, text = $4, result = $5, error = $6, ended_at = $7, claim = 0, lease_end = 0,
			step = $8, step_at = $9, done = $10, total = $11
		WHERE job_id = $12 AND claim = $13 AND state = 'running'`,
		string(e.state), e.runAt, e.back, e.text, e.result, e.fail, ms(now), e.at.text, ms(e.at.since), e.at.done, e.at.total, t.id, t.claim)
	return n > 0, err
}

// renew prolongs a claim and writes down the progress; held is false when somebody else has the job by now.
func renew(ctx context.Context, tx *db.Tx, t *task, p step, leaseEnd time.Time) (held bool, err error) {
	n, err := tx.Exec(ctx, `
		UPDATE queue_job SET lease_end = $1, step = $2, step_at = $3, done = $4, total = $5 WHERE job_id = $6 AND claim = $7 AND state = 'running'`,
		ms(leaseEnd), p.text, ms(p.since), p.done, p.total, t.id, t.claim)
	return n > 0, err
}

// absorb ends the waiting jobs of a kind and key, all but one.
func absorb(ctx context.Context, tx *db.Tx, t *task, now time.Time) (int64, error) {
	return tx.Exec(ctx, `UPDATE queue_job SET state = 'done', text = $1, error = '', ended_at = $2 WHERE kind = $3 AND key = $4 AND state = 'ready' AND job_id <> $5`,
		"已由同类任务一并办理", ms(now), t.kind, t.key, t.id)
}

const (
	lostText = "办理它的程序连续中断，没有办完。请管理员查看运行日志后重新启动"
	lateText = "超过了规定的完成时间，没有再办。仍需要办的可重新启动"
)

// sweep takes care of what nobody holds any more: ended leases go back or die, passed deadlines die, and what has been
// done or dead for long enough is forgotten. Jobs in mine are in this process's own hands.
func sweep(ctx context.Context, tx *db.Tx, mine []any, now time.Time, keep time.Duration) error {
	spare := ""
	if len(mine) > 0 {
		spare = ` AND job_id NOT IN (` + db.In(3, len(mine)) + `)`
	}
	for _, s := range []struct {
		query string
		args  []any
	}{
		{`UPDATE queue_job SET state = 'dead', claim = 0, ended_at = $1, error = $2
			WHERE state = 'running' AND lease_end < $1 AND tries >= max_tries` + spare, append([]any{ms(now), lostText}, mine...)},
		{`UPDATE queue_job SET state = 'ready', claim = 0, run_at = $1, error = $2
			WHERE state = 'running' AND lease_end < $1` + spare, append([]any{ms(now), "办理它的程序中断了，已重新排队"}, mine...)},
		{`UPDATE queue_job SET state = 'dead', ended_at = $1, error = $2
			WHERE state = 'ready' AND deadline > 0 AND deadline <= $1`, []any{ms(now), lateText}},
		{`DELETE FROM queue_job WHERE state = 'done' AND ended_at < $1`, []any{ms(now.Add(-keep))}},
		{`DELETE FROM queue_job WHERE state = 'dead' AND ended_at < $1`, []any{ms(now.Add(-13 * keep))}},
	} {
		if _, err := tx.Exec(ctx, s.query, s.args...); err != nil {
			return err
		}
	}
	return nil
}

// revive makes a dead job ready again, unless an unfinished one has its key; a deadline that has passed is dropped.
func revive(ctx context.Context, tx *db.Tx, jobID int64, now time.Time) (revived bool, err error) {
	n, err := tx.Exec(ctx, `
		UPDATE queue_job SET state = 'ready', tries = 0, run_at = $1, ended_at = 0,
			deadline = CASE WHEN deadline <= $1 THEN 0 ELSE deadline END
		WHERE job_id = $2 AND state = 'dead' AND NOT EXISTS (
			SELECT 1 FROM queue_job AS o WHERE o.kind = queue_job.kind AND o.key = queue_job.key AND o.key <> '' AND o.state IN ('ready', 'running'))`,
		ms(now), jobID)
	return n > 0, err
}

const columns = `job_id, kind, key, state, tries, max_tries, run_at, deadline, created_at, started_at, ended_at, step, step_at, done, total,
	text, result, error`

// list reads the jobs of a state, newest first, from below a job id on.
func list(ctx context.Context, q db.Querier, state State, below int64, limit int) ([]Status, error) {
	return db.All(ctx, q, (*Status).fields, `
		SELECT `+columns+` FROM queue_job WHERE state = $1 AND job_id < $2 ORDER BY job_id DESC LIMIT $3`, string(state), below, limit)
}

func get(ctx context.Context, q db.Querier, jobID int64) (Status, bool, error) {
	return db.One(ctx, q, (*Status).fields, `SELECT `+columns+` FROM queue_job WHERE job_id = $1 ORDER BY job_id`, jobID)
}

// count says how many jobs are in each state.
func count(ctx context.Context, q db.Querier) (map[State]int64, error) {
	type row struct {
		state string
		n     int64
	}
	out := map[State]int64{}
	err := db.Each(ctx, q, func(r *row) []any { return []any{&r.state, &r.n} },
		func(r *row) error { out[State(r.state)] = r.n; return nil },
		`SELECT state, count(*) FROM queue_job GROUP BY state ORDER BY state`)
	return out, err
}

func (s *Status) fields() []any {
	return []any{&s.ID, &s.Kind, &s.Key, (*string)(&s.State), &s.Tries, &s.MaxTries, (*instant)(&s.RunAt), (*instant)(&s.Deadline), (*instant)(&s.Created),
		(*instant)(&s.Started), (*instant)(&s.Ended), &s.Step, (*instant)(&s.stepAt), &s.Done, &s.Total, &s.Text, (*[]byte)(&s.Result), &s.Error}
}
