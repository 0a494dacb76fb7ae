package queue

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
)

func TestRecurringWorkHasExactlyOneNextTurn(t *testing.T) {
	each(t, func(t *testing.T, q desk) {
		other := newDesk(t, q.DB, q.now, 2)
		runs := map[string]int{}
		for _, d := range []desk{q, other} {
			for _, kind := range []string{"night", "hour"} {
				d.Handle(kind, func(context.Context, *Running) error { runs[kind]++; return errors.New("fails now and then") })
			}
			d.Every("night", "", Daily(2*time.Hour+30*time.Minute))
			d.Every("hour", "", Interval(time.Hour))
		}
		for range 3 {
			for _, d := range []desk{q, other} {
				if err := d.plan(ctx); err != nil {
					t.Fatal(err)
				}
			}
		}
		for range 48 * 4 {
			q.work()
			other.work()
			q.now.Add(15 * time.Minute)
		}
		n, err := q.Count(ctx)
		if err != nil || n[Ready] != 2 || runs["night"] < 2 {
			t.Errorf("waiting %v, runs %v (%v)", n, runs, err)
		}
	})
}

func TestDailyWorkComesAtItsHourInLegalTime(t *testing.T) {
	at := func(s string) time.Time { return clock.NewFake(s).Now() }
	for _, c := range []struct{ end, next string }{
		{"2025-09-24 01:00", "2025-09-24 02:30"}, {"2025-09-24 02:30", "2025-09-25 02:30"}, {"2025-12-31 23:59", "2026-01-01 02:30"},
	} {
		if got := Daily(150 * time.Minute).Next(at(c.end)); !got.Equal(at(c.next)) {
			t.Errorf("after %s comes %s, want %s", c.end, got, c.next)
		}
	}
}

func TestTwoProcessesNeverDoTheSameJobTwice(t *testing.T) {
	dbtest.Run(t, []db.Schema{Schema}, func(t *testing.T, d *db.DB) {
		const jobs = 200
		var mu sync.Mutex
		seen := map[int64]int{}
		all := make(chan struct{})
		run, stop := context.WithCancel(ctx)
		var processes sync.WaitGroup
		for node := range 2 {
			q := New(d, clock.System{}, id.NewMaker(node, clock.System{}))
			q.Log = slog.New(slog.DiscardHandler)
			q.Handle("k", func(_ context.Context, r *Running) error {
				mu.Lock()
				defer mu.Unlock()
				if seen[r.ID]++; len(seen) == jobs && seen[r.ID] == 1 {
					close(all)
				}
				return nil
			})
			err := d.Tx(ctx, func(tx *db.Tx) error {
				for range jobs / 2 {
					if _, err := q.Enqueue(ctx, tx, Job{Kind: "k"}); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			processes.Go(func() {
				if err := q.Run(run, 4); err != nil {
					t.Error(err)
				}
			})
		}
		<-all
		stop()
		processes.Wait()
		n, err := count(ctx, d)
		if err != nil || n[Done] != jobs || len(n) != 1 {
			t.Errorf("states %v (%v)", n, err)
		}
		for jobID, times := range seen {
			if times != 1 {
				t.Errorf("job %d was done %d times", jobID, times)
			}
		}
	})
}

func TestAStoppedProgramPutsItsJobsBackWithoutATryLost(t *testing.T) {
	each(t, func(t *testing.T, q desk) {
		begun := make(chan struct{})
		q.Handle("long", func(ctx context.Context, r *Running) error {
			close(begun)
			<-ctx.Done()
			return ctx.Err()
		})
		q.Grace = 20 * time.Millisecond
		jobID := q.put(Job{Kind: "long", MaxTries: 1})
		run, stop := context.WithCancel(ctx)
		ended := make(chan error)
		go func() { ended <- q.Run(run, 2) }()
		<-begun
		stop()
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		q.want(jobID, Ready, "系统停机")
		if s := q.look(jobID); s.Tries != 0 {
			t.Errorf("the stop cost %d tries", s.Tries)
		}
	})
}

func TestOldDoneJobsAreForgotten(t *testing.T) {
	each(t, func(t *testing.T, q desk) {
		q.Handle("k", func(context.Context, *Running) error { return nil })
		jobID := q.put(Job{Kind: "k"})
		q.work()
		q.now.Add(8 * 24 * time.Hour)
		q.work()
		if _, err := q.Get(ctx, jobID); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
	})
}
