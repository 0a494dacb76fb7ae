package casework

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestTenWorkingDaysAreCountedOverTheNationalDayHoliday(t *testing.T) {
	c := opening(1, 2, "152921110001", 3, day("2025-09-24"))
	if c.Deadline.String() != "2025-10-14" {
		t.Fatalf("recognised on 24 September, due on %s", c.Deadline)
	}
	cases := []struct {
		today      string
		left, used int
		urgency    Urgency
	}{
		{"2025-09-24", 10, 0, DueLater},
		{"2025-09-27", 8, 2, DueLater},
		{"2025-09-28", 7, 3, DueLater}, // a Sunday on which people work
		{"2025-10-05", 5, 5, DueLater}, // in the holiday
		{"2025-10-09", 4, 6, DueLater},
		{"2025-10-10", 3, 7, DueSoon},
		{"2025-10-11", 2, 8, DueSoon}, // a Saturday on which people work
		{"2025-10-13", 1, 9, DueSoon},
		{"2025-10-14", 0, 10, DueToday},
		{"2025-10-15", -1, 10, Overdue},
		{"2025-10-19", -3, 10, Overdue},
	}
	for _, k := range cases {
		got := c.ClockOf(day(k.today))
		if got.Left != k.left || got.Used != k.used || c.UrgencyOf(day(k.today)) != k.urgency {
			t.Errorf("on %s: %d left, %d used, group %d; want %d, %d, %d", k.today, got.Left, got.Used, c.UrgencyOf(day(k.today)), k.left, k.used, k.urgency)
		}
	}
}

func TestOnTheWeekendAfterItsDeadlineACaseIsOverdueNotDueToday(t *testing.T) {
	c := opening(1, 2, "152921110001", 3, day("2025-08-08")) // due on Friday 22 August
	for _, on := range []string{"2025-08-23", "2025-08-24"} {
		if k := c.ClockOf(day(on)); !k.Over || k.Left != 0 || c.UrgencyOf(day(on)) != Overdue {
			t.Errorf("on %s it stands as %+v", on, k)
		}
	}
}

func TestAClosedCaseStandsStill(t *testing.T) {
	c := opening(1, 2, "152921110001", 3, day("2025-09-24"))
	c.close(day("2025-10-13"), Placed, "娜仁托雅就业")
	if got := c.ClockOf(day("2026-03-01")); got.Left != 1 || got.Over {
		t.Errorf("closed one day before its deadline, it stands as %+v", got)
	}
}

func TestTheClockOfAnyCaseRunsOnWorkingDaysOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		begun := clock.Date(2020, 1, 1).AddDate(0, 0, rapid.IntRange(0, 365*6).Draw(t, "recognised"))
		today := begun.AddDate(0, 0, rapid.IntRange(0, 60).Draw(t, "days later"))
		c := opening(1, 2, "152921110001", 3, begun)
		k, next := c.ClockOf(today), c.ClockOf(today.AddDate(0, 0, 1))
		step := 0
		if workday.IsWorkday(today.AddDate(0, 0, 1)) {
			step = 1
		}
		switch {
		case k.Left-next.Left != step:
			t.Fatalf("from %s to the next day: %d, then %d left", today.Format(time.DateOnly), k.Left, next.Left)
		case k.Over != today.After(c.Deadline.Time):
			t.Fatalf("on %s with deadline %s: over is %v", today.Format(time.DateOnly), c.Deadline, k.Over)
		case k.Left >= 0 && k.Used+k.Left != Days, k.Over && k.Used != Days:
			t.Fatalf("%d used and %d left are not %d", k.Used, k.Left, Days)
		case !workday.IsWorkday(c.Deadline.Time):
			t.Fatalf("the deadline %s is no working day", c.Deadline)
		case (c.UrgencyOf(today) == DueSoon) != (today.Before(c.Deadline.Time) && !c.Deadline.After(workday.Add(today, Soon))):
			t.Fatalf("on %s with deadline %s: group %d, but the desk counts otherwise", today.Format(time.DateOnly), c.Deadline, c.UrgencyOf(today))
		}
	})
}

// relative is a member of a household, described by what matters here.
type relative struct {
	age                          int
	student, unable              bool
	registered, working, insured bool
	dead                         bool
	kind                         string // of the work, "" for unit
	insurance                    string // "" for pension
}

func (m relative) facts(id int64, today time.Time) *person.Facts {
	f := &person.Facts{Person: person.Person{ID: id, Name: "王芳", Birth: today.AddDate(-m.age, 0, 0), Student: m.student}}
	no := false
	if m.unable {
		f.Able = &no
	}
	if m.dead {
		f.Died = db.On(today)
	}
	if m.registered {
		f.Registrations = []person.Registration{{PersonID: id, Since: db.On(clock.Date(2025, 3, 1))}}
	}
	if m.working {
		f.Spells = []person.Spell{{PersonID: id, Kind: or(m.kind, person.Unit), Urban: true, Since: db.On(clock.Date(2025, 8, 20))}}
	}
	if m.insured {
		f.Insurances = []person.Insurance{{PersonID: id, Kind: or(m.insurance, person.Pension), From: 202509}}
	}
	return f
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

func TestWhatAZeroEmploymentHouseholdIs(t *testing.T) {
	today := day("2025-09-24")
	cases := []struct {
		name    string
		rural   bool
		members []relative
		zero    bool
		proofs  int
		outcome string // of a case of such a household, "" when it stays open
	}{
		{"a couple, both registered, and a child at school", false, []relative{{age: 45, registered: true}, {age: 44, registered: true}, {age: 12}}, true, 0, ""},
		{"the same with agricultural registration", true, []relative{{age: 45, registered: true}, {age: 44, registered: true}}, false, 0, Left},
		{"one of the two works, not insured yet", false, []relative{{age: 45, registered: true}, {age: 44, working: true}}, false, 0, ""},
		{"one of the two works and is insured", false, []relative{{age: 45, registered: true}, {age: 44, working: true, insured: true}}, false, 1, Placed},
		{"insured as a resident only", false, []relative{{age: 44, working: true, insured: true, insurance: person.Resident}}, false, 0, ""},
		{"in a unit, but paying as a flexible worker", false, []relative{{age: 44, working: true, insured: true, insurance: person.Flexible}}, false, 0, ""},
		{"flexibly at work and paying as such", false, []relative{{age: 44, working: true, kind: person.Flex, insured: true, insurance: person.Flexible}}, false, 1, Placed},
		{"one of the two has never registered", false, []relative{{age: 45, registered: true}, {age: 44}}, false, 0, Left},
		{"the other studies", false, []relative{{age: 45, registered: true}, {age: 19, student: true}}, true, 0, ""},
		{"the other cannot work", false, []relative{{age: 45, registered: true}, {age: 50, unable: true}}, true, 0, ""},
		{"the other has died since, still registered", false, []relative{{age: 45, registered: true}, {age: 44, registered: true, dead: true}}, true, 0, ""},
		{"the one who worked has died", false, []relative{{age: 45, registered: true}, {age: 44, working: true, insured: true, dead: true}}, true, 0, ""},
		{"the only one has died", false, []relative{{age: 45, registered: true, dead: true}}, false, 0, Left},
		{"the other is a pensioner at work", false, []relative{{age: 45, registered: true}, {age: 66, working: true, insured: true}}, true, 0, ""},
		{"sixteen today", false, []relative{{age: 16, registered: true}}, true, 0, ""},
		{"sixty today", false, []relative{{age: 60, registered: true}}, false, 0, Left},
		{"only pensioners and children", false, []relative{{age: 70}, {age: 8}}, false, 0, Left},
		{"nobody", false, nil, false, 0, Left},
	}
	for _, c := range cases {
		f := person.Family{Household: person.Household{Rural: c.rural}}
		for i, m := range c.members {
			f.Members = append(f.Members, m.facts(int64(i+1), today))
		}
		s := Judge(f, today)
		if outcome, _ := verdict(f, today); s.Zero != c.zero || len(s.Insured) != c.proofs || outcome != c.outcome {
			t.Errorf("%s: zero %v with %d proofs, case %q; want %v with %d, %q", c.name, s.Zero, len(s.Insured), outcome, c.zero, c.proofs, c.outcome)
		}
	}
}

func TestTheProofIsToldInWords(t *testing.T) {
	got := Proof{Name: "娜仁托雅", Since: day("2025-08-20"), Month: 202509}.Text()
	if want := "娜仁托雅自 2025年8月20日起就业，2025年9月起参保"; got != want {
		t.Errorf("%q", got)
	}
}
