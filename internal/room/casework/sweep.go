package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/queue"
	"jiuye/internal/register/person"
)

// SweepKind is the queue's kind of a sweep: it runs every night, and whoever has changed people's facts enqueues one
// more, as queue.Job{Kind: casework.SweepKind} without payload.
const SweepKind = "casework.sweep"

// batch is how many households a sweep holds in memory and writes in one transaction.
const batch = 500

// Tasks registers the room's background work.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(SweepKind, func(ctx context.Context, job *queue.Running) error {
		sum, err := r.Sweep(ctx, job.Progress())
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("零就业家庭：新认定 %d 户，办结 %d 件，在办 %d 件", sum.Opened, sum.Closed, sum.Open), sum)
	})
	q.Every(SweepKind, "night", queue.Daily(2*time.Hour))
}

// Summary is what a sweep did, and how many cases are open after it.
type Summary struct{ Opened, Closed, Open int }

// Sweep closes the cases whose households have a member at work and insured, or are zero-employment households no
// longer, and opens a case for every zero-employment household that has none, recognised today. Running it twice, or
// two at once, changes nothing more.
func (r *Room) Sweep(ctx context.Context, p progress.Reporter) (sum Summary, err error) {
	defer p.End()
	p.Step("核对在办的零就业家庭", 0)
	if sum.Closed, err = r.closeSolved(ctx, p); err != nil {
		return sum, err
	}
	p.Step("查找新的零就业家庭", 0)
	if sum.Opened, err = r.openNew(ctx, p); err != nil {
		return sum, err
	}
	sum.Open, _, err = r.Open(ctx, "")
	return sum, err
}

func (r *Room) openNew(ctx context.Context, p progress.Reporter) (opened int, err error) {
	found, err := person.ZeroEmployment(ctx, r.DB, "", r.Clock.Today())
	if err != nil {
		return 0, err
	}
	for part := range slices.Chunk(found, batch) {
		n, err := r.openThese(ctx, part)
		for range 3 { // another sweep was faster with one of them: look again
			if !db.IsDuplicate(err) {
				break
			}
			n, err = r.openThese(ctx, part)
		}
		if err != nil {
			return opened, err
		}
		opened += n
		p.Add(int64(n))
	}
	return opened, nil
}

// openThese opens cases for those of the households that have none.
func (r *Room) openThese(ctx context.Context, households []int64) (opened int, err error) {
	today := r.Clock.Today()
	families, err := r.People.Families(ctx, households)
	if err != nil {
		return 0, err
	}
	return opened, r.DB.Tx(ctx, func(tx *db.Tx) error {
		has, err := r.store.withOpenCase(ctx, tx, ZeroEmployment, households)
		if err != nil {
			return err
		}
		var list []Case
		var steps []Step
		for _, f := range families {
			if has[f.ID] || !Judge(f, today).Zero {
				continue
			}
			c := opening(f.ID, r.IDs.Next(), f.Area, f.Members[0].ID, today)
			list = append(list, c)
			steps = append(steps, r.step(c.ID, program, stepOpened,
				fmt.Sprintf("零就业家庭，应在 %d 个工作日内、%s前安置", Days, c.Deadline.Format("2006年1月2日"))))
		}
		if opened = len(list); opened == 0 {
			return nil
		}
		if err := r.store.insert(ctx, tx, list, steps); err != nil {
			return err
		}
		entries := make([]audit.Entry, len(list))
		for i, c := range list {
			entries[i] = entry(program, "casework.open", c.PersonID, c.Area, "认定为零就业家庭，开始帮扶")
		}
		return r.Audit.Write(ctx, tx, entries...)
	})
}

func (r *Room) closeSolved(ctx context.Context, p progress.Reporter) (closed int, err error) {
	var last Case
	for {
		cases, err := r.store.openAfter(ctx, last.HouseholdID, last.ID, batch)
		if err != nil || len(cases) == 0 {
			return closed, err
		}
		last = cases[len(cases)-1]
		ids := make([]int64, len(cases))
		for i := range cases {
			ids[i] = cases[i].HouseholdID
		}
		families, err := r.People.Families(ctx, ids)
		if err != nil {
			return closed, err
		}
		for i := range cases {
			done, err := r.closeIfSolved(ctx, &cases[i], families)
			if err != nil {
				return closed, err
			}
			if done {
				closed++
			}
		}
		p.Add(int64(len(cases)))
	}
}

// closeIfSolved closes one case if its household, one of the families in the order of their ids, gives reason to.
func (r *Room) closeIfSolved(ctx context.Context, c *Case, families []person.Family) (done bool, err error) {
	today := r.Clock.Today()
	outcome, proof := Left, "这一户已不在户籍登记中"
	if i, found := slices.BinarySearchFunc(families, c.HouseholdID, func(f person.Family, id int64) int { return cmp.Compare(f.ID, id) }); found {
		outcome, proof = verdict(families[i], today)
	}
	if outcome == "" {
		return false, nil
	}
	c.close(today, outcome, proof)
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := r.store.change(ctx, tx, c, r.step(c.ID, program, stepClosed, proof)); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entry(program, "casework.close", c.PersonID, c.Area, "零就业家庭帮扶办结"))
	})
	if fault.Is(err, fault.Conflict) {
		return false, nil // an officer was faster; the next sweep looks again
	}
	return err == nil, err
}
