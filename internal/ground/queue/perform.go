package queue

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// beat is how often progress and lease are looked after.
const beat = 500 * time.Millisecond

// Why a handler's context ended.
var (
	errStopping = errors.New("queue: the program is stopping")
	errTaken    = errors.New("queue: another process has taken the job")
	errLate     = errors.New("queue: past its deadline")
)

// perform runs the handler of a claimed job and ends the claim.
func (q *Queue) perform(jobs context.Context, r *Running) {
	defer func() {
		q.mu.Lock()
		delete(q.mine, r.ID)
		q.mu.Unlock()
	}()
	ctx, cancel := context.WithCancelCause(jobs)
	defer cancel(nil)
	over := make(chan struct{})
	var watcher sync.WaitGroup
	watcher.Go(func() { q.watch(ctx, r, cancel, over) })
	err := q.call(ctx, r)
	close(over)
	watcher.Wait()
	if err != nil {
		q.Log.Warn("queue: job failed", "job", r.ID, "kind", r.Kind, "try", r.Tries, "err", err)
	}
	q.finish(context.WithoutCancel(jobs), r, q.judge(r, err, context.Cause(ctx)))
}

// watch keeps the lease alive and ends the context at the deadline or when the lease is lost.
func (q *Queue) watch(ctx context.Context, r *Running, cancel context.CancelCauseFunc, over <-chan struct{}) {
	tick := time.NewTicker(beat)
	defer tick.Stop()
	renewed := q.Clock.Now()
	for {
		select {
		case <-over:
			return
		case <-tick.C:
		}
		if d := r.task.deadline; d > 0 && ms(q.Clock.Now()) >= d {
			cancel(errLate)
		}
		held, err := r.pulse(context.WithoutCancel(ctx), &renewed)
		switch {
		case err != nil:
			q.Log.Warn("queue: renewing the lease", "job", r.ID, "err", err)
		case !held:
			if !r.isConcluded() {
				cancel(errTaken)
			}
			return
		}
	}
}

// call runs the handler; a panic in it is an error like any other.
func (q *Queue) call(ctx context.Context, r *Running) (err error) {
	defer func() {
		if p := recover(); p != nil {
			q.Log.Error("queue: handler panicked", "job", r.ID, "kind", r.Kind, "panic", p, "stack", string(debug.Stack()))
			err = fault.Wrap(fault.Internal, fmt.Errorf("panic: %v", p), "程序办理时出了问题，已记录。请管理员查看运行日志")
		}
	}()
	if d := r.task.deadline; d > 0 && ms(q.Clock.Now()) >= d {
		return fault.Wrap(fault.Late, errLate, lateText)
	}
	return q.handlers[r.Kind](ctx, r)
}

// judge decides how a claim ends, from the handler's error and from why its context ended.
func (q *Queue) judge(r *Running, err, cause error) ending {
	now := q.Clock.Now()
	e := r.ending(Done)
	switch {
	case err == nil, fault.Is(err, fault.Repeat):
	case errors.Is(cause, errStopping):
		e.state, e.runAt, e.back, e.fail = Ready, ms(now), 1, "系统停机，已重新排队"
	case errors.Is(cause, errLate):
		e.state, e.fail = Dead, lateText
	case hopeless[fault.KindOf(err)], r.task.tries >= r.task.maxTries:
		e.state, e.fail = Dead, fault.TextOf(err)
	default:
		next := now.Add(backoff(r.task.tries, q.luck()))
		e.state, e.runAt, e.fail = Ready, ms(next), fault.TextOf(err)
		if d := r.task.deadline; d > 0 && e.runAt >= d {
			e.state = Dead
			e.fail += "（到 " + time.UnixMilli(d).In(clock.Zone).Format("2006年1月2日 15:04") + " 的期限前来不及再试）"
		}
	}
	return e
}

// finish writes the ending down. While the database is away it tries again for as long as the lease lasts.
func (q *Queue) finish(ctx context.Context, r *Running, e ending) {
	for pause := 200 * time.Millisecond; ; pause *= 2 {
		err := q.DB.Tx(ctx, func(tx *db.Tx) error {
			_, err := q.conclude(ctx, tx, r, e)
			return err
		})
		if err == nil {
			return
		}
		q.Log.Error("queue: writing the end of a job", "job", r.ID, "kind", r.Kind, "err", err)
		if !fault.Is(err, fault.Unavailable) || pause > q.Lease/4 {
			return
		}
		time.Sleep(pause)
	}
}

// conclude ends a claim and, for recurring work that is over, enqueues the next turn in the same transaction.
func (q *Queue) conclude(ctx context.Context, tx *db.Tx, r *Running, e ending) (held bool, err error) {
	now := q.Clock.Now()
	held, err = end(ctx, tx, &r.task, e, now)
	if err != nil || !held || e.state == Ready {
		return held, err
	}
	for _, t := range q.turns {
		if t.kind == r.Kind && t.key == r.Key {
			_, err = q.Enqueue(ctx, tx, Job{Kind: t.kind, Key: t.key, RunAt: t.when.Next(now)})
		}
	}
	return held, err
}
