package app

import (
	"context"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/queue"
)

// refreshJob is the event that the register has changed: everything that is drawn from it is drawn anew.
const refreshJob = "register.changed"

// tidyJob drops, every night, what the database need not keep: idempotency keys after a month.
const (
	tidyJob  = "ground.tidy"
	keepKeys = 30 * 24 * time.Hour
)

// changed puts the event into the queue, in the transaction that changed the register. While a demonstration is made
// there is no event: it refreshes by itself.
func (a *App) changed(ctx context.Context, tx *db.Tx) error {
	if a.making {
		return nil
	}
	_, err := a.Queue.Enqueue(ctx, tx, queue.Job{Kind: refreshJob, Payload: struct{}{}})
	return err
}

// Refresh follows the register through every room: which policies find whom, who stands on which list, who fits which vacancy, which households
// need help or no longer do, and what the plan's figures are.
func (a *App) Refresh(ctx context.Context, p progress.Reporter) (DemoSummary, error) {
	sum, err := a.redraw(ctx, p)
	if err != nil {
		return sum, err
	}
	_, err = a.Roster.Refresh(ctx, p)
	return sum, err
}

// redraw is Refresh but for the lists, which no other room looks at.
func (a *App) redraw(ctx context.Context, p progress.Reporter) (DemoSummary, error) {
	var sum DemoSummary
	screened, err := a.Policy.Follow(ctx, p)
	if err != nil {
		return sum, err
	}
	matched, err := a.Jobs.Match(ctx, p)
	if err != nil {
		return sum, err
	}
	cases, err := a.Casework.Sweep(ctx, p)
	if err != nil {
		return sum, err
	}
	if err := a.Collect.CountAll(ctx, p); err != nil {
		return sum, err
	}
	count := a.Plan.Compute
	if a.making {
		count = a.Plan.ComputeDemo
	}
	if _, err := count(ctx, p); err != nil {
		return sum, err
	}
	sum.Policies, sum.Eligible, sum.Matches, sum.Cases = screened.Policies, screened.Eligible, int64(matched.Pairs), cases.Open
	return sum, nil
}

func (a *App) tasks() {
	a.Queue.Handle(refreshJob, func(ctx context.Context, job *queue.Running) error {
		a.refreshing.Lock()
		defer a.refreshing.Unlock()
		if _, err := job.Absorb(ctx); err != nil { // many deliveries in a row need one refresh
			return err
		}
		_, err := a.Refresh(ctx, job.Progress())
		return err
	})
	a.Queue.Handle(tidyJob, func(ctx context.Context, _ *queue.Running) error {
		return a.DB.Tx(ctx, func(tx *db.Tx) error {
			_, err := tx.Forget(ctx, a.Clock.Now().Add(-keepKeys))
			return err
		})
	})
	a.Queue.Every(tidyJob, "daily", queue.Daily(time.Hour))
	a.morning()
}

// followCrowd keeps everybody's columns fresh while pages are served, and in their file when it ends.
func (a *App) followCrowd(ctx context.Context) {
	a.Crowd.Run(ctx, a.Policy.UseCrowd, func(err error) { a.Log.Error("crowd", "error", err) })
	if err := a.Crowd.Keep(); err != nil {
		a.Log.Error("crowd", "error", err)
	}
}
