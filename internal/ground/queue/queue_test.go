package queue

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
)

var ctx = context.Background()

// desk is a queue on a clock that stands still, worked by hand.
type desk struct {
	*Queue
	t   *testing.T
	now *clock.Fake
}

func newDesk(t *testing.T, d *db.DB, c *clock.Fake, node int) desk {
	q := New(d, c, id.NewMaker(node, c))
	q.Log = slog.New(slog.DiscardHandler)
	q.luck = func() float64 { return 0.5 }
	return desk{Queue: q, t: t, now: c}
}

func each(t *testing.T, body func(t *testing.T, q desk)) {
	dbtest.Run(t, []db.Schema{Schema}, func(t *testing.T, d *db.DB) { body(t, newDesk(t, d, clock.NewFake("2025-09-24"), 1)) })
}

func (q desk) put(j Job) int64 {
	q.t.Helper()
	var jobID int64
	err := q.DB.Tx(ctx, func(tx *db.Tx) (err error) { jobID, err = q.Enqueue(ctx, tx, j); return err })
	if err != nil {
		q.t.Fatal(err)
	}
	return jobID
}

func (q desk) take(n int) []*Running {
	q.t.Helper()
	got, err := q.claim(ctx, n)
	if err != nil {
		q.t.Fatal(err)
	}
	return got
}

// work does everything that is due now and says how many jobs that were.
func (q desk) work() (n int) {
	q.t.Helper()
	for {
		got := q.take(10)
		if len(got) == 0 {
			return n
		}
		for _, r := range got {
			q.perform(ctx, r)
			n++
		}
	}
}

func (q desk) look(jobID int64) Status {
	q.t.Helper()
	s, err := q.Get(ctx, jobID)
	if err != nil {
		q.t.Fatal(err)
	}
	return s
}

func (q desk) want(jobID int64, state State, errorPart string) {
	q.t.Helper()
	s := q.look(jobID)
	if s.State != state || !strings.Contains(s.Error, errorPart) || errorPart == "" && s.Error != "" {
		q.t.Errorf("the job is %s with error %q, want %s with %q", s.State, s.Error, state, errorPart)
	}
}

func TestAJobCarriesItsPayloadAndItsResult(t *testing.T) {
	each(t, func(t *testing.T, q desk) {
		q.Handle("import", func(ctx context.Context, r *Running) error {
			var in struct{ Dir string }
			if err := r.Payload(&in); err != nil {
				return err
			}
			return r.Report("导入了 "+in.Dir, map[string]int{"rows": 3})
		})
		jobID := q.put(Job{Kind: "import", Payload: map[string]string{"dir": "九月"}})
		q.want(jobID, Ready, "")
		if n := q.work(); n != 1 {
			t.Fatalf("%d jobs were done", n)
		}
		q.want(jobID, Done, "")
		if s := q.look(jobID); s.Text != "导入了 九月" || string(s.Result) != `{"rows":3}` || s.Ended.IsZero() || s.Unfinished() || s.State.Zh() != "已完成" {
			t.Errorf("the result reads %+v", s)
		}
	})
}

func TestAJobOfARolledBackTransactionDoesNotExist(t *testing.T) {
	each(t, func(t *testing.T, q desk) {
		q.Handle("k", func(context.Context, *Running) error { return nil })
		stop := errors.New("stop")
		err := q.DB.Tx(ctx, func(tx *db.Tx) error { _, _ = q.Enqueue(ctx, tx, Job{Kind: "k"}); return stop })
		if !errors.Is(err, stop) || q.work() != 0 {
			t.Errorf("%v, or a job was left", err)
		}
	})
}

func TestAFailingJobIsTriedAgainLaterAndLater(t *testing.T) {
	each(t, func(t *testing.T, q desk) {
		good := false
		q.Handle("send", func(context.Context, *Running) error {
			if good {
				return nil
			}
			return fault.New(fault.Unavailable, "对方系统没有应答")
		})
		jobID := q.put(Job{Kind: "send"})
		for i, pause := range []time.Duration{10 * time.Second, 20 * time.Second, 40 * time.Second, 80 * time.Second} {
			if n := q.work(); n != 1 {
				t.Fatalf("try %d: %d jobs were due", i+1, n)
			}
			q.want(jobID, Ready, "对方系统没有应答")
			if got := q.look(jobID).RunAt.Sub(q.now.Now()); got != pause {
				t.Errorf("after try %d the pause is %s, want %s", i+1, got, pause)
			}
			q.now.Add(pause - time.Millisecond)
			if n := q.work(); n != 0 {
				t.Errorf("after try %d it came too early", i+1)
			}
			q.now.Add(time.Millisecond)
		}
		good = true
		q.work()
		q.want(jobID, Done, "")
	})
}

func TestThePauseIsAQuarterMoreOrLessAndAnHourAtMost(t *testing.T) {
	for _, c := range []struct {
		tries int
		luck  float64
		want  time.Duration
	}{{1, 0, 7500 * time.Millisecond}, {1, 1, 12500 * time.Millisecond}, {3, 0.5, 40 * time.Second}, {9, 0.5, 2560 * time.Second}, {10, 0.5, time.Hour}, {1000, 0.5, time.Hour}} {
		if got := backoff(c.tries, c.luck); got != c.want {
			t.Errorf("after %d tries %s, want %s", c.tries, got, c.want)
		}
	}
}

func TestAJobThatKeepsFailingIsBuriedAndComesBackWhenRevived(t *testing.T) {
	each(t, func(t *testing.T, q desk) {
		q.Handle("send", func(_ context.Context, r *Running) error { return errors.New("dial tcp: refused") })
		jobID := q.put(Job{Kind: "send", Key: "a", MaxTries: 3})
		for range 5 {
			q.work()
			q.now.Add(time.Hour)
		}
		q.want(jobID, Dead, "系统出了问题，已记录")
		dead, err := q.List(ctx, Dead, 0, 10)
		if err != nil || len(dead) != 1 || dead[0].Tries != 3 {
			t.Fatalf("the dead are %+v (%v)", dead, err)
		}
		revive := func() error { return q.DB.Tx(ctx, func(tx *db.Tx) error { return q.Revive(ctx, tx, jobID) }) }
		other := q.put(Job{Kind: "send", Key: "a"})
		if err := revive(); other == jobID || !fault.Is(err, fault.Conflict) {
			t.Errorf("reviving beside a job with the same key gave %v", err)
		}
		q.Handle("send", func(context.Context, *Running) error { return nil })
		q.work()
		if err := revive(); err != nil {
			t.Fatal(err)
		}
		if err := revive(); !fault.Is(err, fault.Conflict) {
			t.Errorf("reviving twice gave %v", err)
		}
		q.work()
		q.want(jobID, Done, "")
	})
}

func TestWhatTryingAgainCannotMendIsBuriedAtOnce(t *testing.T) {
	each(t, func(t *testing.T, q desk) {
		var fail error
		q.Handle("k", func(context.Context, *Running) error {
			if fail == nil {
				panic("index out of range")
			}
			return fail
		})
		for _, c := range []struct {
			fail  error
			state State
			text  string
		}{
			{fault.New(fault.Invalid, "表头不对"), Dead, "表头不对"},
			{fault.New(fault.Repeat, "已办过"), Done, ""},
			{nil, Ready, "程序办理时出了问题"},
		} {
			fail = c.fail
			jobID := q.put(Job{Kind: "k"})
			q.work()
			q.want(jobID, c.state, c.text)
		}
	})
}

func TestAJobPastItsDeadlineIsBuriedWithTheReason(t *testing.T) {
	each(t, func(t *testing.T, q desk) {
		ran := 0
		q.Handle("k", func(context.Context, *Running) error { ran++; return errors.New("x") })
		inAnHour := q.now.Now().Add(time.Hour)
		waiting := q.put(Job{Kind: "k", RunAt: q.now.Now().Add(2 * time.Hour), Deadline: inAnHour})
		hasty := q.put(Job{Kind: "k", Deadline: q.now.Now().Add(5 * time.Second)})
		q.work()
		q.want(hasty, Dead, "来不及再试")
		claimed := q.put(Job{Kind: "k", Deadline: inAnHour})
		got := q.take(1)
		q.now.Add(3 * time.Hour)
		q.perform(ctx, got[0])
		q.want(claimed, Dead, "超过了规定的完成时间")
		q.work()
		q.want(waiting, Dead, "超过了规定的完成时间")
		if ran != 1 {
			t.Errorf("the handler ran %d times", ran)
		}
		if err := q.DB.Tx(ctx, func(tx *db.Tx) error { return q.Revive(ctx, tx, waiting) }); err != nil {
			t.Fatal(err)
		}
		if s := q.look(waiting); !s.Deadline.IsZero() || s.State != Ready {
			t.Errorf("a revived job keeps its passed deadline: %+v", s)
		}
	})
}

func TestTheSameKeyWaitsOnlyOnce(t *testing.T) {
	each(t, func(t *testing.T, q desk) {
		q.Handle("k", func(context.Context, *Running) error { return nil })
		first, again := q.put(Job{Kind: "k", Key: "152921"}), q.put(Job{Kind: "k", Key: "152921"})
		elsewhere, free := q.put(Job{Kind: "k", Key: "152922"}), q.put(Job{Kind: "k"})
		if again != first || elsewhere == first || free == q.put(Job{Kind: "k"}) {
			t.Errorf("ids %d %d %d", first, again, elsewhere)
		}
		held := q.take(1)
		if q.put(Job{Kind: "k", Key: "152921"}) != first {
			t.Error("a running job gave its key away")
		}
		q.perform(ctx, held[0])
		if q.put(Job{Kind: "k", Key: "152921"}) == first {
			t.Error("a done job kept its key")
		}
	})
}

func TestARunThatDoesEverythingTakesTheWaitingOnesAlong(t *testing.T) {
	each(t, func(t *testing.T, q desk) {
		runs := 0
		q.Handle("refresh", func(ctx context.Context, r *Running) error {
			runs++
			if n, err := r.Absorb(ctx); err != nil || runs == 1 && n != 3 {
				t.Errorf("run %d took %d along, %v", runs, n, err)
			}
			if runs == 1 {
				q.put(Job{Kind: "refresh"}) // what changes from now on, this run may have missed
			}
			return nil
		})
		q.Handle("other", func(context.Context, *Running) error { return nil })
		var waiting []int64
		first := q.put(Job{Kind: "refresh"})
		for range 3 {
			waiting = append(waiting, q.put(Job{Kind: "refresh"}))
		}
		other := q.put(Job{Kind: "other"})
		for _, r := range q.take(1) {
			q.perform(ctx, r)
		}
		for _, n := range append(waiting, first) {
			q.want(n, Done, "")
		}
		q.want(other, Ready, "")
		if n := q.work(); n != 2 || runs != 2 {
			t.Errorf("%d jobs were left, %d refreshes in all", n, runs)
		}
	})
}

func TestTheJobOfAKilledProcessIsTakenUpAgainAndTheDeadHandWritesNothing(t *testing.T) {
	each(t, func(t *testing.T, q desk) {
		other := newDesk(t, q.DB, q.now, 2)
		for _, d := range []desk{q, other} {
			d.Handle("k", func(_ context.Context, r *Running) error { return r.Report(fmt.Sprintf("第 %d 次", r.Tries), nil) })
		}
		jobID := q.put(Job{Kind: "k", MaxTries: 2})
		killed := q.take(1)[0]
		q.now.Add(q.Lease)
		if n := other.work(); n != 0 {
			t.Fatal("a job was taken before its lease had ended")
		}
		q.now.Add(time.Minute)
		if n := other.work(); n != 1 {
			t.Fatalf("%d jobs were taken up", n)
		}
		q.perform(ctx, killed) // it was only asleep, and wakes up too late
		if s := q.look(jobID); s.State != Done || s.Text != "第 2 次" {
			t.Errorf("the job reads %+v", s)
		}
		if err := q.DB.Tx(ctx, func(tx *db.Tx) error { return killed.Complete(ctx, tx) }); !fault.Is(err, fault.Conflict) {
			t.Errorf("completing a lost job gave %v", err)
		}
		bad := q.put(Job{Kind: "k", MaxTries: 1})
		q.take(1)
		q.now.Add(2 * q.Lease)
		if err := other.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		other.want(bad, Dead, "连续中断")
	})
}

func TestALivingProcessKeepsItsJobAndTellsItsProgress(t *testing.T) {
	each(t, func(t *testing.T, q desk) {
		other := newDesk(t, q.DB, q.now, 2)
		jobID := q.put(Job{Kind: "k"})
		q.Handle("k", nil)
		other.Handle("k", nil)
		r := q.take(1)[0]
		renewed := q.now.Now()
		p := r.Progress()
		p.Step("导入户籍.csv", 1000)
		q.now.Add(10 * time.Second)
		p.Add(250)
		if held, err := r.pulse(ctx, &renewed); !held || err != nil {
			t.Fatal(held, err)
		}
		s := q.look(jobID)
		if s.Step != "导入户籍.csv" || s.Done != 250 || s.Percent() != 25 || !s.LeftKnown || s.Left != 30*time.Second {
			t.Errorf("the progress reads %+v", s)
		}
		for range 10 {
			q.now.Add(q.Lease / 3)
			if held, err := r.pulse(ctx, &renewed); !held || err != nil {
				t.Fatal(held, err)
			}
			if got := other.take(1); len(got) != 0 {
				t.Fatal("a living job was taken away")
			}
		}
	})
}

func TestTheEndOfAJobAndItsEffectAreOne(t *testing.T) {
	each(t, func(t *testing.T, q desk) {
		jobID := q.put(Job{Kind: "k"})
		try := func(fail error) {
			q.Handle("k", func(ctx context.Context, r *Running) error {
				return q.DB.Tx(ctx, func(tx *db.Tx) error {
					if err := tx.SetSetting(ctx, "effect", fmt.Sprint(r.Tries)); err != nil {
						return err
					}
					return errors.Join(r.Complete(ctx, tx), fail)
				})
			})
			q.work()
			q.now.Add(time.Minute)
		}
		effect := func() string { s, _ := db.Setting(ctx, q.DB, "effect"); return s }
		try(errors.New("disk"))
		q.want(jobID, Ready, "系统出了问题")
		if effect() != "" {
			t.Error("a failed try left its effect")
		}
		try(nil)
		q.want(jobID, Done, "")
		if effect() != "2" {
			t.Errorf("the effect is %q", effect())
		}
	})
}
