package queue

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"jiuye/internal/ground/db"
)

const (
	shortPause = 50 * time.Millisecond // between two looks right after something happened
	longPause  = 2 * time.Second       // when nothing has happened for a while
)

// Run does jobs, so many at the same time, until ctx ends; then it lets running jobs go on for the grace time, cancels
// their contexts, and puts the unfinished ones back without a try lost. The error counts those that did not end even then.
func (q *Queue) Run(ctx context.Context, workers int) error {
	jobs, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	defer stop(errStopping)
	var busy sync.WaitGroup
	slots := make(chan struct{}, max(1, workers))
	pause := shortPause
	for planned := false; ctx.Err() == nil; {
		var got []*Running
		var err error
		if !planned {
			err = q.plan(ctx)
			planned = err == nil
		}
		if free := cap(slots) - len(slots); planned && free > 0 {
			got, err = q.claim(ctx, free)
		}
		for _, r := range got {
			slots <- struct{}{}
			busy.Go(func() {
				q.perform(jobs, r)
				<-slots
				q.Wake()
			})
		}
		switch {
		case err != nil && ctx.Err() == nil:
			q.Log.Error("queue: looking for work", "err", err)
			pause = longPause
		case len(got) > 0:
			pause = shortPause
		default:
			pause = min(2*pause, longPause)
		}
		select {
		case <-ctx.Done():
		case <-q.wake:
			pause = shortPause / 2 // the next idle look doubles it
		case <-time.After(pause):
		}
	}
	return q.drain(&busy, func() { stop(errStopping) })
}

// drain waits for the running jobs: for the grace time, then with cancelled contexts for as long again, at least 10 s.
func (q *Queue) drain(busy *sync.WaitGroup, cancel func()) error {
	done := make(chan struct{})
	go func() { busy.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-time.After(q.Grace):
		cancel()
	}
	select {
	case <-done:
		return nil
	case <-time.After(max(q.Grace, 10*time.Second)):
	}
	return fmt.Errorf("queue: %d jobs did not end in time; they are taken up again when their leases end", len(q.held()))
}

// plan sees to it that every recurring job has its next turn in the queue.
func (q *Queue) plan(ctx context.Context) error {
	now := q.Clock.Now()
	return q.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, t := range q.turns {
			at := t.when.First(now)
			if _, err := q.Enqueue(ctx, tx, Job{Kind: t.kind, Key: t.key, RunAt: at}); err != nil {
				return err
			}
			if err := sooner(ctx, tx, t.kind, t.key, t.when.Next(now)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (q *Queue) held() []any {
	q.mu.Lock()
	defer q.mu.Unlock()
	var ids []any
	for jobID := range q.mine {
		ids = append(ids, jobID)
	}
	return ids
}

// Sweep puts the jobs of killed processes back and buries those past their deadline. Run does it all the time.
func (q *Queue) Sweep(ctx context.Context) error {
	now := q.Clock.Now()
	mine := q.held()
	return q.DB.Tx(ctx, func(tx *db.Tx) error { return sweep(ctx, tx, mine, now, q.Keep) })
}

// claim takes up to n due jobs of the kinds that have handlers.
func (q *Queue) claim(ctx context.Context, n int) ([]*Running, error) {
	now := q.Clock.Now()
	if now.Sub(q.swept) >= q.Lease/8 {
		if err := q.Sweep(ctx); err != nil {
			return nil, err
		}
		q.swept = now
	}
	var kinds []any
	for kind := range q.handlers {
		kinds = append(kinds, kind)
	}
	if len(kinds) == 0 {
		return nil, nil
	}
	if some, err := due(ctx, q.DB, kinds, now); !some || err != nil {
		return nil, err
	}
	var tasks []task
	err := q.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		tasks, err = take(ctx, tx, kinds, n, q.IDs.Next(), now, now.Add(q.Lease))
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(tasks, func(a, b task) int { return cmp.Compare(a.id, b.id) })
	got := make([]*Running, len(tasks))
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, t := range tasks {
		got[i] = &Running{ID: t.id, Kind: t.kind, Key: t.key, Tries: t.tries, q: q, task: t}
		q.mine[t.id] = true
	}
	return got, nil
}
