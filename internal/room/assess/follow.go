package assess

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// after is when an estimate is compared with what came of it, in months from the first day.
var after = []int{6, 12}

// due are the months of a case that have passed and were not followed up.
func due(c *Case, done []FollowUp, today time.Time) (list []int) {
	if c.State != Concluded && c.State != Published {
		return nil
	}
	for _, m := range after {
		seen := false
		for _, f := range done {
			seen = seen || f.CaseID == c.ID && f.Months == m
		}
		if !seen && !c.Starts.AddDate(0, m, 0).After(today) {
			list = append(list, m)
		}
	}
	return list
}

// estimateOf is the number that a follow-up tests: lasting posts, or for a closure the posts that end.
func estimateOf(c *Case) (estimate int64, in Interval) {
	if c.Result == nil {
		return 0, Interval{}
	}
	if c.Kind == Exit {
		return c.Lost, Interval{}
	}
	p := &c.Result.Posts
	if in = p.interval(); !in.Known() {
		in = Interval{}
	}
	return p.Direct(), in
}

// counted is what the register shows: how many more people the unit insures than when the sums were done, or fewer for a closure.
func (r *Room) counted(ctx context.Context, q db.Querier, c *Case) (int64, error) {
	now, err := insuredAt(ctx, q, c.EmployerID, r.month())
	if c.Kind == Exit {
		return max(0, c.Result.Insured-now), err
	}
	return max(0, now-c.Result.Insured), err
}

// FollowUp compares the estimate with what came of it, once for each of 6 and 12 months. Where the unit stands in the register it
// is counted, and actual and source are not asked for. Faults: NotFound, Denied, Invalid, Late (not due yet), Conflict, Repeat.
func (r *Room) FollowUp(ctx context.Context, who web.User, id int64, months int, actual int64, source, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		c, err := caseByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MaySee(who, &c); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		return r.follow(ctx, tx, who, &c, months, actual, source)
	})
}

func (r *Room) follow(ctx context.Context, tx *db.Tx, who web.User, c *Case, months int, actual int64, source string) error {
	today := r.Clock.Today()
	ok := false
	for _, m := range due(c, nil, today) {
		ok = ok || m == months
	}
	if !ok || c.Result == nil {
		return fault.New(fault.Late, "审定后，自实施之日（%s）满 6 个月、12 个月才核对", c.Starts)
	}
	f := FollowUp{CaseID: c.ID, Months: months, On: db.On(today), Actual: actual, Source: source, ByName: account.Signature(who), At: r.Clock.Now().UnixMilli()}
	var in Interval
	f.Estimate, in = estimateOf(c)
	f.Low, f.High = in.Low, in.High
	if c.EmployerID != 0 {
		var err error
		if f.Actual, err = r.counted(ctx, tx, c); err != nil {
			return err
		}
		f.Counted, f.Source = true, fmt.Sprintf("社会保险登记，%d 年 %d 月，测算时 %d 人", r.month()/100, r.month()%100, c.Result.Insured)
	} else if source == "" || actual < 0 {
		return fault.New(fault.Invalid, "这个单位不在登记库中，请填写实际人数和来源")
	}
	n, err := insertFollowUp(ctx, tx, &f)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "满 %d 个月的核对已经做过，结果保留，不再修改", months)
	}
	if err != nil {
		return err
	}
	return r.Audit.Write(ctx, tx, entryOf(who, "follow", c, fmt.Sprintf("核对满 %d 个月的就业影响：%s，估计 %d，实际 %d", months, c.Title, f.Estimate, f.Actual)))
}

// followKind is the queue's kind of the nightly comparison.
const followKind = "assess.follow"

// perNight is how many cases a night follows up for each of the terms; the rest waits for the next one.
const perNight = 500

// Follow compares what is due and can be counted from the register, and says how many cases that were.
func (r *Room) Follow(ctx context.Context) (n int, err error) {
	for _, months := range after {
		list, err := r.dueCases(ctx, region, months, db.On(r.Clock.Today().AddDate(0, -months, 0)), true, perNight)
		if err != nil {
			return n, err
		}
		for i := range list {
			c := &list[i]
			if c.Result == nil || len(due(c, nil, r.Clock.Today())) == 0 {
				continue
			}
			if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
				return r.follow(ctx, tx, web.User{Name: "系统", RoleName: "自动核对"}, c, months, 0, "")
			}); err != nil && !fault.Is(err, fault.Late) {
				return n, err
			}
			n++
		}
	}
	return n, nil
}

// Tasks registers the room's background work: what is due is followed up every night at four.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(followKind, func(ctx context.Context, job *queue.Running) error {
		n, err := r.Follow(ctx)
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("核对了 %d 项就业影响评估", n), n)
	})
	q.Every(followKind, "", queue.Daily(4*time.Hour))
}
