package casework

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/queue"
	"jiuye/internal/register/person"
)

func TestAHouseholdIsFollowedFromRecognitionToInsuredWork(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ids := w.household(house{id: 7}, []string{"娜仁托雅", "巴特尔"}, couple...)
		w.household(house{id: 8, rural: true}, nil, couple...)
		w.household(house{id: 9}, nil, relative{age: 40, working: true})

		if got := w.sweep(); got != (Summary{Opened: 1, Open: 1}) {
			t.Fatalf("the first sweep did %+v", got)
		}
		c := w.cases(7)[0]
		if c.Recognised.String() != "2025-09-24" || c.Deadline.String() != "2025-10-14" || c.PersonID != ids[0] || c.Area != "152921110001" {
			t.Errorf("recognised as %+v", c)
		}
		if got := w.sweep(); got != (Summary{Open: 1}) {
			t.Errorf("a second sweep did %+v", got)
		}
		if open, overdue, err := w.Open(ctx, "152921"); open != 1 || overdue != 0 || err != nil {
			t.Errorf("open %d, overdue %d, %v", open, overdue, err)
		}

		w.goOn("2025-09-25")
		err := w.Record(ctx, suriya, "key-visit-0000000001", Record{CaseID: c.ID, Kind: "visit", Note: "见到本人，愿做家政", NextStep: "推荐家政岗位", NextOn: day("2025-09-28")})
		if err != nil {
			t.Fatal(err)
		}
		w.goOn("2025-10-15")
		if open, overdue, err := w.Open(ctx, "1529"); open != 1 || overdue != 1 || err != nil {
			t.Errorf("one day late: open %d, overdue %d, %v", open, overdue, err)
		}

		// 就业登记 arrives first: at work, but nothing is proved.
		w.learn(person.Batch{Spells: []person.Spell{{PersonID: ids[1], Kind: person.Unit, Since: db.On(day("2025-10-09")), Urban: true}},
			Registrations: []person.Registration{{PersonID: ids[1], Since: db.On(clock.Date(2025, 3, 1)), Until: db.On(day("2025-10-09")), Outcome: "就业"}}})
		if got := w.sweep(); got != (Summary{Open: 1}) {
			t.Errorf("with work but no insurance the sweep did %+v", got)
		}
		// 社会保险 arrives a month later.
		w.goOn("2025-11-03")
		w.learn(person.Batch{Insurances: []person.Insurance{{PersonID: ids[1], Kind: person.Pension, From: 202510}}})
		if got := w.sweep(); got != (Summary{Closed: 1}) {
			t.Errorf("with insurance the sweep did %+v", got)
		}
		c = w.cases(7)[0]
		if c.State != StateClosed || c.Outcome != Placed || c.Closed.String() != "2025-11-03" || c.NextStep != "" || !c.NextOn.IsZero() ||
			c.Proof != "巴特尔自 2025年10月9日起就业，2025年10月起参保" {
			t.Errorf("closed as %+v", c)
		}
		var kinds []string
		for _, s := range w.stepsOf(c) {
			kinds = append(kinds, s.Kind)
		}
		if !slices.Equal(kinds, []string{"closed", "visit", "opened"}) {
			t.Errorf("its steps are %v", kinds)
		}

		// After placement: a follow-up is written into the closed case.
		if err := w.Record(ctx, suriya, "key-follow-000000001", Record{CaseID: c.ID, Version: c.Version, Kind: "call", Note: "已满一个月，工资按时发放"}); err != nil {
			t.Errorf("a follow-up: %v", err)
		}
		// The job is lost again: another case, from another day.
		w.goOn("2026-01-05")
		w.learn(person.Batch{Spells: []person.Spell{{PersonID: ids[1], Kind: person.Unit, Since: db.On(day("2025-10-09")), Until: db.On(day("2025-12-31")), Urban: true}},
			Registrations: []person.Registration{{PersonID: ids[1], Since: db.On(day("2026-01-04"))}}})
		if got := w.sweep(); got != (Summary{Opened: 1, Open: 1}) {
			t.Errorf("after the job was lost the sweep did %+v", got)
		}
		if list := w.cases(7); len(list) != 2 || list[0].Recognised.String() != "2026-01-05" || list[1].ID != c.ID {
			t.Errorf("its cases are %+v", list)
		}
		if all, err := w.store.steps(ctx, 7, 0); err != nil || len(all) != 5 {
			t.Errorf("all steps of the household: %v, %v", all, err)
		}
		if err := w.verify(); err != nil {
			t.Errorf("the log: %v", err)
		}
	})
}

func (w *world) verify() error {
	_, err := w.Audit.Verify(ctx)
	return err
}

func TestACaseAlsoClosesWhenTheHouseholdIsNoLongerZeroEmployment(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ids := w.household(house{id: 7}, nil, relative{age: 46, registered: true})
		w.household(house{id: 8}, nil, relative{age: 46, registered: true})
		w.household(house{id: 9}, nil, relative{age: 46, registered: true})
		w.sweep()
		w.learn(person.Batch{Registrations: []person.Registration{{PersonID: ids[0], Since: db.On(clock.Date(2025, 3, 1)), Until: db.On(day("2025-09-20")), Outcome: "退休"}}})
		w.Tx(func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `DELETE FROM household WHERE household_id = 8`)
			return err
		})
		if got := w.sweep(); got != (Summary{Closed: 2, Open: 1}) {
			t.Errorf("the sweep did %+v", got)
		}
		for household, words := range map[int64]string{7: "其中登记失业 0 人", 8: "不在户籍登记中"} {
			if c := w.cases(household)[0]; c.Outcome != Left || !strings.Contains(c.Proof, words) {
				t.Errorf("household %d closed as %+v", household, c)
			}
		}
	})
}

func TestSweepsAtOnceOpenOneCase(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		for i := range int64(40) {
			w.household(house{id: 100 + i}, nil, relative{age: 46, registered: true})
		}
		opened := make([]int, 4)
		var all sync.WaitGroup
		for i := range opened {
			all.Go(func() {
				sum, err := w.Sweep(ctx, progress.None{})
				if err != nil {
					t.Error(err)
				}
				opened[i] = sum.Opened
			})
		}
		all.Wait()
		sum := 0
		for _, n := range opened {
			sum += n
		}
		if open, _, err := w.Open(ctx, ""); open != 40 || sum != 40 || err != nil {
			t.Errorf("four sweeps opened %v, %d are open, %v", opened, open, err)
		}
		if n, err := db.Value[int64](ctx, w.DB, `SELECT count(*) FROM casework_step`); n != 40 || err != nil {
			t.Errorf("there are %d steps, %v", n, err)
		}
	})
}

func TestACaseThatAnotherSweepHasOpenedMeanwhileIsRefused(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.household(house{id: 7}, nil, couple...)
		w.sweep()
		c := opening(7, w.IDs.Next(), "152921110001", 71, w.Clock.Today())
		err := w.DB.Tx(ctx, func(tx *db.Tx) error {
			return w.store.insert(ctx, tx, []Case{c}, []Step{w.step(c.ID, program, stepOpened, "")})
		})
		if !db.IsDuplicate(err) {
			t.Errorf("a second open case: %v", err)
		}
	})
}

func TestAnOfficerWhoIsFasterThanTheSweepKeepsTheCase(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ids := w.household(house{id: 7}, nil, couple...)
		w.sweep()
		seen := w.cases(7)[0]
		w.learn(person.Batch{Spells: []person.Spell{{PersonID: ids[0], Kind: person.Unit, Since: db.On(day("2025-09-01"))}},
			Insurances: []person.Insurance{{PersonID: ids[0], Kind: person.Pension, From: 202509}}})
		if err := w.Record(ctx, suriya, "key-faster-000000001", Record{CaseID: seen.ID, Kind: "call", Note: "已上岗"}); err != nil {
			t.Fatal(err)
		}
		families, err := w.People.Families(ctx, []int64{7})
		if err != nil {
			t.Fatal(err)
		}
		if done, err := w.closeIfSolved(ctx, &seen, families); done || err != nil {
			t.Errorf("a sweep that read before the officer wrote: %v, %v", done, err)
		}
		if got := w.sweep(); got.Closed != 1 {
			t.Errorf("the next sweep did %+v", got)
		}
	})
}

func TestTheSweepIsBackgroundWork(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.household(house{id: 7}, nil, couple...)
		q := queue.New(w.DB, w.Clock, w.IDs)
		w.Tasks(q)
		var jobID int64
		w.Tx(func(tx *db.Tx) (err error) {
			jobID, err = q.Enqueue(ctx, tx, queue.Job{Kind: SweepKind})
			return err
		})
		stop := runQueue(t, q)
		defer stop()
		for {
			s, err := q.Get(ctx, jobID)
			if err != nil {
				t.Fatal(err)
			}
			if !s.Unfinished() {
				if s.State != queue.Done || s.Text != "零就业家庭：新认定 1 户，办结 0 件，在办 1 件" {
					t.Errorf("the job ended as %s: %s %s", s.State, s.Text, s.Error)
				}
				return
			}
		}
	})
}

// TestTheRegisterAndTheRoomMeanTheSameHouseholds holds person.ZeroEmployment and Judge together.
func TestTheRegisterAndTheRoomMeanTheSameHouseholds(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		base := int64(0)
		today := w.Clock.Today()
		yes := rapid.Bool()
		rapid.Check(t, func(r *rapid.T) {
			var ids []int64
			for range rapid.IntRange(1, 4).Draw(r, "households") {
				base++
				var members []relative
				for range rapid.IntRange(0, 3).Draw(r, "members") {
					members = append(members, relative{age: rapid.SampledFrom([]int{8, 15, 16, 30, 59, 60}).Draw(r, "age"), student: rapid.IntRange(0, 4).Draw(r, "student") == 0,
						unable: rapid.IntRange(0, 4).Draw(r, "unable") == 0, registered: rapid.IntRange(0, 4).Draw(r, "registered") > 0, working: rapid.IntRange(0, 4).Draw(r, "working") == 0, insured: yes.Draw(r, "insured")})
				}
				w.household(house{id: base, rural: rapid.IntRange(0, 4).Draw(r, "rural") == 0}, nil, members...)
				ids = append(ids, base)
			}
			found, err := person.ZeroEmployment(ctx, w.DB, "", today)
			if err != nil {
				r.Fatal(err)
			}
			families, err := w.People.Families(ctx, ids)
			if err != nil {
				r.Fatal(err)
			}
			for _, f := range families {
				if _, in := slices.BinarySearch(found, f.ID); in != Judge(f, today).Zero {
					r.Fatalf("household %d: the register says %v, the room %+v", f.ID, in, Judge(f, today))
				}
			}
		})
	})
}

func TestOnlyOneOfTwoHalvesOfADoubleClickIsWritten(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.household(house{id: 7}, nil, couple...)
		w.sweep()
		c := w.cases(7)[0]
		errs := make([]error, 2)
		var both sync.WaitGroup
		for i := range errs {
			both.Go(func() {
				errs[i] = w.Record(ctx, suriya, "key-double-000000001", Record{CaseID: c.ID, Kind: "visit", Note: "入户"})
			})
		}
		both.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || !fault.Is(errs[0], fault.Repeat) && !fault.Is(errs[1], fault.Repeat) {
			t.Errorf("the two halves got %v and %v", errs[0], errs[1])
		}
		if n := len(w.stepsOf(c)); n != 2 {
			t.Errorf("the case has %d steps", n)
		}
	})
}

func TestWhoMayRecordWhat(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.household(house{id: 7}, nil, couple...)
		w.sweep()
		c := w.cases(7)[0]
		visit := Record{CaseID: c.ID, Kind: "visit", Note: "入户"}
		if err := w.Record(ctx, other, "key-other-0000000001", visit); !fault.Is(err, fault.Denied) {
			t.Errorf("an officer of another banner: %v", err)
		}
		if err := w.Record(ctx, chief, "key-chief-0000000001", visit); !fault.Is(err, fault.Denied) {
			t.Errorf("a manager: %v", err)
		}
		if err := w.Record(ctx, suriya, "key-gone-00000000001", Record{CaseID: 5, Kind: "visit", Note: "入户"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a case that is not there: %v", err)
		}
		if err := w.Record(ctx, suriya, "key-right-0000000001", visit); err != nil {
			t.Errorf("the right officer: %v", err)
		}
		if err := w.Record(ctx, suriya, "key-stale-0000000001", visit); !fault.Is(err, fault.Conflict) {
			t.Errorf("a stale version: %v", err)
		}
		entries, _, err := w.Audit.About(ctx, "person", c.PersonID, 10, audit.Cursor{})
		if err != nil || len(entries) != 2 || entries[1].Actor != "系统" || entries[0].Actor != "苏日娅（经办）" || entries[0].Act != "casework.record" {
			t.Errorf("the log says %+v, %v", entries, err)
		}
	})
}

func TestTheDeskIsReadPageByPageAndByArea(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		for i := range int64(7) {
			area := "152921110001"
			if i >= 5 {
				area = "152922103001"
			}
			w.household(house{id: 100 + i, area: area}, nil, relative{age: 46, registered: true})
			w.sweep()
			w.Clock.Add(24 * time.Hour)
		}
		var seen []int64
		var at Case
		for {
			page, err := w.store.open(ctx, "152921", at.Deadline, at.ID, 2)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			for _, c := range page {
				seen = append(seen, c.HouseholdID)
			}
			at = page[len(page)-1]
		}
		if !slices.Equal(seen, []int64{100, 101, 102, 103, 104}) {
			t.Errorf("the desk of 152921 shows %v", seen)
		}
		w.goOn("2025-10-15")
		n, err := w.counts(ctx, "1529")
		if err != nil || n.Open != 7 || n.Overdue+n.Today+n.Soon+n.Later != 7 || n.Overdue == 0 || n.Later == 0 {
			t.Errorf("counted %+v, %v", n, err)
		}
	})
}
