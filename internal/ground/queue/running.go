package queue

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
)

// Running is a job in the hands of its handler.
type Running struct {
	ID    int64
	Kind  string
	Key   string
	Tries int // this one included

	q    *Queue
	task task

	mu           sync.Mutex
	now          step
	fresh        bool // now is not written down yet
	text, result string
	concluded    bool // by Complete, if its transaction was not rolled back
}

// step is how far the handler is.
type step struct {
	text        string
	since       time.Time
	done, total int64
}

// Payload reads what was enqueued.
func (r *Running) Payload(into any) error {
	if err := json.Unmarshal([]byte(r.task.payload), into); err != nil {
		return fault.Wrap(fault.Invalid, err, "任务内容读不出来，可能是旧版本留下的，请重新提交")
	}
	return nil
}

// Report sets the result: a sentence for the person waiting, and anything for programs (may be nil).
func (r *Running) Report(text string, result any) error {
	raw := ""
	if result != nil {
		b, err := json.Marshal(result)
		if err != nil {
			return err
		}
		raw = string(b)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.text, r.result = text, raw
	return nil
}

// Complete ends the job inside the handler's last transaction, so that its effect and its end are one. It is a fault
// of kind Conflict, and the transaction should fail with it, when another process has taken the job meanwhile.
func (r *Running) Complete(ctx context.Context, tx *db.Tx) error {
	held, err := r.q.conclude(ctx, tx, r, r.ending(Done))
	r.mu.Lock()
	r.concluded = held
	r.mu.Unlock()
	if err == nil && !held {
		err = fault.New(fault.Conflict, "这项任务已由另一个程序接手，这里的结果不再写入")
	}
	return err
}

// Absorb ends the jobs of the same kind and key that wait by now, for a handler that does everything there is to do: what
// they were enqueued for has been written before this run reads. What comes later has a job of its own. It is called first.
func (r *Running) Absorb(ctx context.Context) (n int64, err error) {
	err = r.q.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err = absorb(ctx, tx, &r.task, r.q.Clock.Now())
		return err
	})
	return n, err
}

func (r *Running) isConcluded() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.concluded
}

func (r *Running) ending(state State) ending {
	r.mu.Lock()
	defer r.mu.Unlock()
	return ending{state: state, text: r.text, result: r.result, at: r.now}
}

// Progress takes the handler's progress; it reaches the table at most twice a second.
func (r *Running) Progress() progress.Reporter { return reporter{r} }

type reporter struct{ r *Running }

// Step implements progress.Reporter.
func (p reporter) Step(text string, total int64) {
	p.r.mu.Lock()
	defer p.r.mu.Unlock()
	p.r.now, p.r.fresh = step{text: text, since: p.r.q.Clock.Now(), total: total}, true
}

// Add implements progress.Reporter.
func (p reporter) Add(n int64) {
	p.r.mu.Lock()
	defer p.r.mu.Unlock()
	p.r.now.done += n
	p.r.fresh = true
}

// End implements progress.Reporter.
func (p reporter) End() {
	p.r.mu.Lock()
	defer p.r.mu.Unlock()
	p.r.now.done, p.r.fresh = max(p.r.now.done, p.r.now.total), true
}

// pulse writes progress down when there is news, and renews the lease when a quarter of it has gone by. held is false
// when somebody else has the job by now.
func (r *Running) pulse(ctx context.Context, renewed *time.Time) (held bool, err error) {
	now := r.q.Clock.Now()
	r.mu.Lock()
	p, news := r.now, r.fresh
	r.fresh = false
	r.mu.Unlock()
	if !news && now.Sub(*renewed) < r.q.Lease/4 {
		return true, nil
	}
	err = r.q.DB.Tx(ctx, func(tx *db.Tx) error {
		held, err = renew(ctx, tx, &r.task, p, now.Add(r.q.Lease))
		return err
	})
	if err != nil {
		r.mu.Lock()
		r.fresh = true
		r.mu.Unlock()
		return false, err
	}
	*renewed = now
	return held, nil
}
