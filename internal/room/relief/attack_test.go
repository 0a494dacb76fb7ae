package relief

import (
	"strings"
	"testing"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/person"
)

func TestNumbersThatAreNoAmountAreRefused(t *testing.T) {
	for _, text := range []string{"NaN", "-1", "Inf", "-Inf", "1e99", "0.001", "三千", "=1+1"} {
		if v, err := fen(text); err == nil {
			t.Errorf("%s is %d fen", text, v)
		}
	}
	for text, want := range map[string]int64{"": 0, "3,000.5": 300_050, "1000000": 100_000_000} {
		if v, err := fen(text); err != nil || v != want {
			t.Errorf("%s is %d fen, want %d: %v", text, v, want, err)
		}
	}
}

func TestWagesOwedCannotBeMadeToDisappear(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id := w.project()
		hire := func(n int64, since db.Date) error {
			return w.Hire(ctx, suriya, id, id15(n), "普工", since, w.at(id), w.Once())
		}
		w.Must(hire(1, on(2025, 7, 1)))
		w.Refused(fault.Conflict, "已在用工名册", hire(1, on(2025, 9, 1))) // would drop July and August
		w.Must(w.Leave(ctx, suriya, id, 1, on(2025, 8, 10), w.at(id), w.Once()))
		w.Refused(fault.Conflict, "2025 年 8 月的工资还没有足额发放", hire(1, on(2025, 9, 1)))
		pay := func(month int, day db.Date) error {
			return w.Report(ctx, suriya, id, []Pay{{PersonID: 1, Month: month, Due: 300_000, Paid: 300_000, On: day}}, w.at(id), w.Once())
		}
		w.Refused(fault.Invalid, "2025 年 6 月", pay(202506, on(2025, 7, 10))) // not yet there
		w.Refused(fault.Invalid, "2026 年 1 月", pay(202601, on(2025, 9, 10))) // to come
		w.Refused(fault.Invalid, "今天还没有到", pay(202508, on(2025, 10, 10)))    // promised, not paid
		w.Refused(fault.Invalid, "2025 年 9 月", pay(202509, on(2025, 9, 20))) // had left
		w.Must(pay(202507, on(2025, 8, 10)))
		w.Must(pay(202508, on(2025, 9, 10)))
		w.Must(hire(1, on(2025, 9, 1)))
	})
}

// at is a project's version.
func (w *world) at(id int64) int64 {
	w.T.Helper()
	p, err := projectByID(ctx, w.DB, id)
	w.Must(err)
	return p.Version
}

func TestTheDeadAndChildrenAreNotHired(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id := w.project()
		child := person.Person{ID: 5, Name: "小明", Sex: 1, Birth: clock.Date(2012, 3, 5), IDNumber: identity.MakeIDNumber("152921", clock.Date(2012, 3, 5), 11), Area: "152921100001"}
		gone, err := w.People.Get(ctx, 2)
		w.Must(err)
		gone.Died = on(2025, 8, 1)
		w.Tx(func(tx *db.Tx) error { return w.People.SavePeople(ctx, tx, []person.Person{child, gone}) })
		w.Refused(fault.Invalid, "不满 16 周岁", w.Hire(ctx, suriya, id, child.IDNumber, "普工", on(2025, 9, 1), 1, w.Once()))
		w.Refused(fault.Invalid, "2025-08-01 登记死亡", w.Hire(ctx, suriya, id, id15(2), "普工", on(2025, 9, 1), 1, w.Once()))
	})
}

func TestAProjectOfAnotherCenturyIsRefused(t *testing.T) {
	for _, p := range []Project{{Starts: on(1000, 1, 1), Ends: on(2025, 1, 1)}, {Starts: on(2025, 1, 1), Ends: on(9999, 1, 1)}} {
		p.Title, p.Owner, p.Investment, p.Pay, p.People, p.PayDay = "x", "x", 100, 50, 1, 15
		if err := p.Valid(); err == nil || !strings.Contains(fault.TextOf(err), "工期") {
			t.Errorf("%s: %v", p.Starts, err)
		}
	}
}
