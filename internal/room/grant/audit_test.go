package grant

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// paidTo brings applications to where the bank has paid them.
func (w *world) paidTo(fund int64, list ...Asked) []Application {
	w.t.Helper()
	var apps []Application
	for _, in := range list {
		a := w.proposed(in, fund)
		w.must(w.vote(bater, a.RequestID, true))
		apps = append(apps, a)
	}
	w.days(20)
	b := w.sent(fund)
	var answers []Answer
	for i := range apps {
		apps[i] = w.now(apps[i].OwnerID, apps[i].ID)
		answers = append(answers, w.paidAll(apps[i])...)
	}
	_, _, err := w.Reconcile(ctx, suriya, b.ID, answers, key())
	w.must(err)
	for i := range apps {
		apps[i] = w.now(apps[i].OwnerID, apps[i].ID)
	}
	return apps
}

func day(s string) db.Date {
	var d db.Date
	_ = d.Scan(s)
	return d
}

func TestRecordsThatCannotBeAreFound(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(90000000)
		for i := range int64(4) {
			w.people(person.Person{ID: 400 + i, Name: "某某", HouseholdID: 500 + i})
		}
		shared := func(owner int64) Asked { a := asks("P1", owner); a.Account = "0512345678"; return a }
		list := w.paidTo(fund, asks("P1", 71), asks("P2", 72), shared(400), shared(401), shared(402), asks("P3", 403))
		w.people(person.Person{ID: 71, Name: "娜仁托雅", HouseholdID: 9, Died: day("2025-09-01")}) // before she applied
		w.tx(func(tx *db.Tx) error {
			if err := w.Employers.Save(ctx, tx, []employer.Employer{{ID: 901, CreditCode: "11152921000000001X", Name: "旗政府", Kind: employer.Institution, Area: "152921100"}}); err != nil {
				return err
			}
			if err := w.People.SaveSpells(ctx, tx, []person.Spell{{PersonID: 72, Since: day("2025-03-01"), Kind: person.Unit, EmployerID: 901, Area: "152921100001"}}); err != nil {
				return err
			}
			if err := w.People.SaveRegistrations(ctx, tx, []person.Registration{{PersonID: 403, Since: day("2025-06-01"), Reason: "失业"}}); err != nil {
				return err
			}
			return w.People.SaveInsurances(ctx, tx, []person.Insurance{{PersonID: 403, Kind: person.Pension, EmployerID: 900, From: 202507}})
		})
		n, err := w.Impossible(ctx, progress.None{})
		if n != 6 || err != nil {
			t.Errorf("%d found, %v", n, err)
		}
		rules, err := w.store.findingsOf(ctx, list)
		w.must(err)
		for i, want := range []string{"Y01", "Y02", "Y06", "Y06", "Y06", "Y03"} {
			if got := strings.Join(rules[list[i].ID], " "); got != want {
				t.Errorf("%d: %s, want %s", list[i].OwnerID, got, want)
			}
		}
		if n, err := w.Impossible(ctx, progress.None{}); n != 0 || err != nil {
			t.Errorf("again %d, %v", n, err)
		}
		w.people(person.Person{ID: 71, Name: "娜仁托雅", HouseholdID: 9}) // the registration of the death was wrong
		_, err = w.Impossible(ctx, progress.None{})
		w.must(err)
		if rules, err = w.store.findingsOf(ctx, list[:1]); err != nil || len(rules) != 0 {
			t.Errorf("%v %v", rules, err)
		}
	})
}

func TestAnAuditNeedsEvidenceAndTwoViewsOfDifferentPeople(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(90000000)
		a := w.paidTo(fund, asks("P1", 71))[0]
		in := Sample{From: day("2025-01-01"), To: day("2025-12-31"), PerMille: 1000, Seed: 7, WorkDays: 10}
		_, err := w.Draw(ctx, suriya, in, key())
		w.refused(fault.Denied, "管理人员", err)
		n, err := w.Draw(ctx, chief, in, key())
		if n != 1 || err != nil {
			w.t.Fatalf("%d %v", n, err)
		}
		if n, err := w.Draw(ctx, chief, in, key()); n != 0 || err != nil {
			t.Errorf("what is looked at already was drawn again: %d %v", n, err)
		}
		list, err := w.store.inspections(ctx, "1529", 0, 10)
		w.must(err)
		x := list[0]
		w.refused(fault.Conflict, "等待旗县举证", w.View(ctx, chief, 71, x.ID, 1, Wrong, "没有经营", "", key()))
		w.must(w.Assign.Answer(ctx, suriya, x.TaskID, 1, "partly", "执照已注销", key()))
		w.must(w.View(ctx, chief, 71, x.ID, 2, Wrong, "执照在发放前注销", "", key()))
		w.refused(fault.Denied, "另一位同事", w.View(ctx, chief, 71, x.ID, 3, Wrong, "同上", "bar", key()))
		w.refused(fault.Denied, "管理人员", w.View(ctx, bater, 71, x.ID, 3, Wrong, "同上", "bar", key()))
		w.refused(fault.Invalid, "怎样处理", w.View(ctx, deputy, 71, x.ID, 3, Wrong, "核对一致", "", key()))
		w.must(w.View(ctx, deputy, 71, x.ID, 3, Wrong, "从申请人角度看也没有经营的证据", "bar", key()))
		if x, err = w.store.inspection(ctx, w.DB, 71, x.ID); err != nil || x.State != AuditClosed || x.Sanction != "bar" {
			t.Errorf("%+v %v", x, err)
		}
		w.refused(fault.Conflict, "不能再", w.Assign.Answer(ctx, suriya, x.TaskID, 2, "proven", "补充", key()))
		b := w.checked(asks("P2", 71))
		w.refused(fault.Conflict, "不得申请", w.Give(ctx, suriya, 71, b.ID, b.Version, Opinion{Grant: true, FundID: fund, Why: "x"}, key()))
		_ = a
		var _ assignment.State
	})
}

func TestWhoDoubtsDecidesForTheBeneficiary(t *testing.T) {
	for _, c := range []struct{ first, second, sanction string }{{Wrong, Clean, "none"}, {Clean, Wrong, "none"}, {Clean, Clean, "none"}, {Wrong, Wrong, "recover"}} {
		x := Inspection{State: AuditAnswered}
		if err := x.take(1, c.first, "a", "recover"); err != nil {
			t.Fatal(err)
		}
		if err := x.take(2, c.second, "b", "recover"); err != nil || x.Sanction != c.sanction || x.State != AuditClosed {
			t.Errorf("%v: %s %v", c, x.Sanction, err)
		}
	}
}

// The same seed draws the same grants, whatever else there is, and about as many as it should.
func TestASampleCanBeDrawnAgain(t *testing.T) {
	n := 0
	for id := range int64(20000) {
		if Drawn(42, id, 50) {
			n++
		}
		if Drawn(42, id, 50) && !Drawn(42, id, 60) {
			t.Fatal("a larger share leaves somebody out")
		}
	}
	if n < 900 || n > 1100 {
		t.Errorf("%d of 20,000 at 5%%", n)
	}
}

func TestRiskHasAReasonForEveryPoint(t *testing.T) {
	for _, c := range []struct {
		s    Signals
		want int64
	}{{Signals{}, 0}, {Signals{Asks: 9}, 20}, {Signals{Sharers: 2, Large: true}, 40}, {Signals{Rules: []string{"去世后"}, Sharers: 1, SameDay: true, Window: true}, 100}} {
		if got, why := c.s.Score(); got != c.want || (got > 0) != (len(why) > 0) {
			t.Errorf("%+v: %d %v", c.s, got, why)
		}
	}
}

func TestAnEffectIsToldWithItsUncertainty(t *testing.T) {
	a, b := Cell{Month: 202501, Age: 2}, Cell{Month: 202501, Age: 3}
	e := Compare(map[Cell]Tally{a: {100, 60}, b: {50, 20}, {Month: 1}: {9, 9}}, map[Cell]Tally{a: {1000, 400}, b: {500, 200}})
	if e.Followed != 159 || e.Matched != 150 || e.Controls != 1500 {
		t.Errorf("%+v", e)
	}
	if math.Abs(e.Gain-2.0/3*0.2) > 1e-9 || e.Low > e.Gain || e.High < e.Gain || e.Low < 0.03 || e.High > 0.24 {
		t.Errorf("%+v", e)
	}
	if e := Compare(map[Cell]Tally{a: {3, 3}}, nil); e.Matched != 0 || e.Gain != 0 {
		t.Errorf("nobody to compare with: %+v", e)
	}
	if e := Compare(map[Cell]Tally{a: {1, 1}}, map[Cell]Tally{a: {1, 0}}); e.High-e.Low < 1 {
		t.Errorf("two people look certain: %+v", e)
	}
}

func TestMonthsRunOverTheYear(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		m := rapid.IntRange(2000, 2098).Draw(r, "year")*100 + rapid.IntRange(1, 12).Draw(r, "month")
		n := rapid.IntRange(0, 24).Draw(r, "n")
		if got := person.MonthsBetween(m, addMonths(m, n)); got != n+1 {
			r.Fatalf("%d + %d = %d", m, n, addMonths(m, n))
		}
		if nextMonth(m) != addMonths(m, 1) {
			r.Fatal(m)
		}
	})
	if lastDay(202402).Format("2006-01-02") != "2024-02-29" {
		t.Error(lastDay(202402))
	}
}

func TestBeneficiariesAreFollowedAgainstTheirLikes(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(900000000)
		list := w.paidTo(fund, asks("P1", 71), asks("P1", 72))
		w.tx(func(tx *db.Tx) error {
			if err := w.People.SaveSpells(ctx, tx, []person.Spell{{PersonID: 71, Since: day("2025-11-01"), Kind: person.Unit, EmployerID: 900, Area: "152921100001"}}); err != nil {
				return err
			}
			if err := tx.SetSetting(ctx, "data.asof", "2026-02-28"); err != nil {
				return err
			}
			return w.People.SaveInsurances(ctx, tx, []person.Insurance{{PersonID: 71, Kind: person.Pension, EmployerID: 900, From: 202511}})
		})
		w.clock.Add(150 * 24 * 3600e9)
		n, err := w.Follow(ctx, progress.None{})
		if n != 2 || err != nil { // the region and the league, after three months
			w.t.Fatalf("%d %v", n, err)
		}
		got, err := w.store.effects(ctx, "1529")
		if err != nil || len(got) != 1 || got[0].Followed != 2 || got[0].Matched != 2 || got[0].Controls != 3 || got[0].Rate != 5000 || got[0].Gain != 5000 || got[0].Low >= 5000 {
			t.Errorf("%+v %v", got, err)
		}
		taken, err := w.store.taken(ctx, "1529")
		if err != nil || len(taken) != 1 || taken[0].Paid != 2 || taken[0].PaidFen != 1000000 || taken[0].Applied != 2 {
			t.Errorf("%+v %v", taken, err)
		}
		_ = list
	})
}
