package service

import (
	"errors"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

func lostJob(n int64) Entry {
	return Entry{Act: Unemployed, PersonID: n, Fields: map[string]string{"since": "2025-09-24", "reason": Reasons[0], "able": "是", "willing": "是", "occupation": "保安员"}, Lines: []Line{{"失业原因", Reasons[0]}}}
}

func TestAHerderLosesWorkFindsWorkAndLosesItAgain(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.lives(1, "乌兰", "152921110001", "152921110001", person.Batch{})
		receipt, err := w.Do(ctx, suriya, lostJob(1), key())
		if err != nil {
			t.Fatal(err)
		}
		today := w.Clock.Today()
		if g := w.facts(1).Registered(today); g == nil || g.Reason != Reasons[0] {
			t.Fatalf("registered: %+v", g)
		}
		v, err := w.receipt(ctx, 1, receipt)
		if err != nil || v.Right != ByResidence || v.Office != "152921" || len(v.Lines) != 1 || v.Lines[0].Value != Reasons[0] {
			t.Errorf("the receipt says %+v, %v", v, err)
		}
		work := Entry{Act: Employed, PersonID: 1, Fields: map[string]string{"since": "2025-09-24", "kind": "灵活就业", "area": "152921", "urban": "是", "newform": "是", "contract": "0"}}
		if _, err := w.Do(ctx, suriya, work, key()); err != nil {
			t.Fatal(err)
		}
		f := w.facts(1)
		if f.Registered(today) != nil || f.AtWork(today) == nil || f.Registrations[0].Outcome != "就业" {
			t.Errorf("after the new work: %+v %+v", f.Registrations, f.Spells)
		}
		fields := spellFields(f.AtWork(today), "")
		fields["until"] = "2025-09-24"
		if _, err := w.Do(ctx, suriya, Entry{Act: Left, PersonID: 1, Fields: fields}, key()); err != nil {
			t.Fatal(err)
		}
		if s := w.facts(1).Spells; len(s) != 1 || s[0].Until != day("2025-09-24") {
			t.Errorf("after leaving: %+v", s)
		}
		if done, err := w.done(ctx, "1529", today); err != nil || done[Unemployed] != 1 || done[Employed] != 1 || done[Left] != 1 {
			t.Errorf("done today: %v %v", done, err)
		}
	})
}

func TestADoubleClickRegistersOnce(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.lives(1, "乌兰", "152921110001", "152921110001", person.Batch{})
		once := key()
		if _, err := w.Do(ctx, suriya, lostJob(1), once); err != nil {
			t.Fatal(err)
		}
		var asked *Asked
		if _, err := w.Do(ctx, suriya, lostJob(1), once); !fault.Is(err, fault.Repeat) && !errors.As(err, &asked) {
			t.Errorf("the second click: %v", err)
		}
		if n := w.count(`SELECT count(*) FROM service_receipt`); n != 1 {
			t.Errorf("%d receipts", n)
		}
	})
}

func TestWhatTheRegisterHoldsAgainstARegistrationIsAskedOrRefused(t *testing.T) {
	paid := person.Batch{Insurances: []person.Insurance{{PersonID: 1, Kind: person.Pension, EmployerID: 5, From: 202301}}}
	working := person.Batch{Spells: []person.Spell{{PersonID: 1, Since: day("2025-01-01"), Kind: person.Flex, Area: "152921"}}}
	listed := person.Batch{Registrations: []person.Registration{{PersonID: 1, Since: day("2025-01-01"), Reason: "其他"}}}
	for _, c := range []struct {
		name, act, key string
		refuse         bool
		facts          person.Batch
	}{
		{"insured by a unit", Unemployed, "insured", false, paid}, {"at work", Unemployed, "working", true, working}, {"registered already", Unemployed, "listed", true, listed},
		{"a second job", Employed, "second", false, working}, {"nothing to end", Unlisted, "notListed", true, person.Batch{}}, {"no work to end", Left, "notWorking", true, person.Batch{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			run(t, func(t *testing.T, w *world) {
				w.Tx(func(tx *db.Tx) error {
					return w.Employers.Save(ctx, tx, []employer.Employer{{ID: 5, CreditCode: "911529210000000001", Name: "安康公司", Kind: employer.Enterprise, Area: "152921"}})
				})
				w.lives(1, "乌兰", "152921110001", "152921110001", c.facts)
				found := Check(c.act, w.facts(1), w.Clock.Today(), map[int64]string{5: "安康公司"})
				if len(found) != 1 || found[0].Key != c.key || found[0].Refuse != c.refuse {
					t.Fatalf("found %+v", found)
				}
				e := lostJob(1)
				e.Act = c.act
				if c.act == Employed {
					e.Fields = map[string]string{"since": "2025-09-24", "kind": "自主创业", "area": "152921", "urban": "是"}
				}
				var asked *Asked
				if _, err := w.Do(ctx, suriya, e, key()); !errors.As(err, &asked) {
					t.Errorf("without an answer: %v", err)
				}
				e.Sure = true
				if _, err := w.Do(ctx, suriya, e, key()); (err != nil) != c.refuse {
					t.Errorf("with an answer: %v", err)
				}
			})
		})
	}
}

func TestOnlyACounterOfTheFourPlacesServesAndTheReadingSaysByWhich(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.lives(1, "乌兰", "152923100001", "152921110001", person.Batch{})
		if _, err := w.Do(ctx, erdene, lostJob(1), key()); !fault.Is(err, fault.Denied) || !strings.Contains(fault.TextOf(err), "额济纳旗") {
			t.Errorf("a banner that has nothing to do with it: %v", err)
		}
		if _, err := w.Do(ctx, chief, lostJob(1), key()); !fault.Is(err, fault.Denied) {
			t.Errorf("a manager: %v", err)
		}
		if _, err := w.serve(ctx, suriya, 1, "查看"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.serve(ctx, erdene, 1, "查看"); !fault.Is(err, fault.Denied) {
			t.Errorf("reading from elsewhere: %v", err)
		}
		if n := w.count(`SELECT count(*) FROM audit_entry WHERE act = 'person.read' AND object_id = 1 AND what = '查看（依户籍地）'`); n != 1 {
			t.Errorf("%d readings name the place", n)
		}
		if n := w.count(`SELECT count(*) FROM audit_entry WHERE act = 'service.refused' AND object_id = 1`); n != 1 {
			t.Errorf("%d refused readings", n)
		}
		if _, err := w.Do(ctx, suriya, lostJob(1), key()); err != nil {
			t.Errorf("the place of the household: %v", err)
		}
	})
}

func TestAMatterGoesToTheOfficeOfAnotherOfTheFourPlaces(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.lives(1, "乌兰", "152923100001", "152921110001", person.Batch{})
		if _, err := w.Route(ctx, suriya, 1, "152922", "核实", "请核实", 5, key()); !fault.Is(err, fault.Invalid) {
			t.Errorf("an office of none of the places: %v", err)
		}
		task, err := w.Route(ctx, suriya, 1, "152923", "核实居住", "请核实是否仍住在达来呼布镇", 5, key())
		if err != nil {
			t.Fatal(err)
		}
		it, err := w.Assignments.Get(ctx, bold, task)
		if err != nil || it.To != "152923" || it.From != "152921" || it.State != assignment.Open {
			t.Fatalf("%s was sent %+v, %v", area.Name("152923"), it, err)
		}
		if err := w.Assignments.Answer(ctx, bold, task, it.Version, "done", "仍在当地居住", key()); err != nil {
			t.Errorf("the answer: %v", err)
		}
	})
}
