package outwork

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/person"
)

func TestEveryTextIsThereInBothLanguages(t *testing.T) { webtest.Words(t, (&Room{}).Web()) }

func TestSixMonthsOfWorkAreWhatRegistersShow(t *testing.T) {
	at := person.Person{Area: "152921100001"}
	spell := func(kind, from, to string) person.Spell {
		return person.Spell{Kind: kind, Since: day(from), Until: day(to)}
	}
	for _, c := range []struct {
		name   string
		facts  person.Facts
		months int
		gaps   int
		open   bool
	}{
		{"six months exactly", person.Facts{Spells: []person.Spell{spell("transfer", "2025-02-01", "2025-08-01")}}, 6, 0, false},
		{"a day short of it", person.Facts{Spells: []person.Spell{spell("transfer", "2025-02-01", "2025-07-31")}}, 5, 0, false},
		{"still there, from the end of February to the end of August", person.Facts{Spells: []person.Spell{spell("transfer", "2025-02-28", "")}}, 6, 0, true},
		{"an end behind the data makes it no longer", person.Facts{Spells: []person.Spell{spell("transfer", "2025-06-01", "2026-06-01")}}, 2, 0, true},
		{"two times with a break are not added up", person.Facts{Spells: []person.Spell{spell("transfer", "2025-02-01", "2025-05-01"), spell("transfer", "2025-05-10", "2025-08-31")}}, 3, 1, false},
		{"two times that touch are one", person.Facts{Spells: []person.Spell{spell("transfer", "2025-02-01", "2025-05-01"), spell("transfer", "2025-05-02", "2025-08-02")}}, 6, 0, false},
		{"work at home does not count", person.Facts{Spells: []person.Spell{spell("unit", "2025-02-01", "")}}, 0, 0, false},
		{"an earlier year does not count", person.Facts{Spells: []person.Spell{spell("transfer", "2024-02-01", "2024-12-01")}}, 0, 0, false},
		{"insured in another banner for six months", person.Facts{Insurances: []person.Insurance{{Kind: person.Pension, EmployerID: 6, From: 202502, To: 202507}}}, 6, 0, false},
		{"insured at home", person.Facts{Insurances: []person.Insurance{{Kind: person.Pension, EmployerID: 5, From: 202502, To: 202507}}}, 0, 0, false},
		{"insured at home by the plant that asked for people", person.Facts{Insurances: []person.Insurance{{Kind: person.Pension, EmployerID: 9, From: 202503, To: 202507}}}, 5, 0, false},
		{"a flexible worker's insurance", person.Facts{Insurances: []person.Insurance{{Kind: person.Flexible, EmployerID: 6, From: 202502, To: 202507}}}, 0, 0, false},
		{"an employment record that insurance carries on", person.Facts{Spells: []person.Spell{spell("transfer", "2025-02-10", "2025-05-15")}, Insurances: []person.Insurance{{Kind: person.Pension, EmployerID: 6, From: 202505}}}, 6, 0, true},
	} {
		c.facts.Person = at
		sc := scope{since: clock.Date(2025, 2, 15), asOf: clock.Date(2025, 8, 31), employerID: 9, areas: map[int64]string{5: "152921100001", 6: "150203001001", 9: "152921100001"}}
		s := sc.staying(&c.facts)
		if s.Months != c.months || len(s.Gaps()) != c.gaps || s.Open != c.open || s.Stable() != (c.months >= 6) {
			t.Errorf("%s: %d months, %d gaps, open %t, want %d, %d, %t", c.name, s.Months, len(s.Gaps()), s.Open, c.months, c.gaps, c.open)
		}
	}
}

func TestTransfersAreCountedAsThePlanDoes(t *testing.T) {
	asOf := clock.Date(2025, 8, 31)
	for _, c := range []struct {
		from, to     string
		stable, soon int
	}{{"2025-01-05", "2025-07-05", 1, 0}, {"2025-01-05", "2025-07-04", 0, 0}, {"2025-02-28", "", 1, 0}, {"2025-03-01", "", 0, 1}, {"2025-06-01", "2026-06-01", 0, 1}, {"2024-08-31", "2025-02-28", 1, 0}} {
		var n Count
		n.take(&transfer{Since: day(c.from), Until: day(c.to)}, asOf)
		if n.Spells != 1 || n.Stable != c.stable || n.TooSoon != c.soon {
			t.Errorf("%s to %s: %+v", c.from, c.to, n)
		}
	}
}

func TestRunsThatAreJoinedNeverOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []run
		for range rapid.IntRange(0, 12).Draw(t, "n") {
			from := clock.Date(2025, 1, 1).AddDate(0, 0, rapid.IntRange(0, 300).Draw(t, "from"))
			list = append(list, run{From: from, To: from.AddDate(0, 0, rapid.IntRange(0, 120).Draw(t, "days"))})
		}
		all := append([]run(nil), list...)
		out := joined(list)
		for i, r := range out {
			if r.To.Before(r.From) || i > 0 && !r.From.After(out[i-1].To) {
				t.Fatalf("%v overlap", out)
			}
			if later(r.From, r.months()).After(r.To) {
				t.Fatalf("%v is no %d months", r, r.months())
			}
		}
		for _, r := range all {
			in := false
			for _, o := range out {
				in = in || !r.From.Before(o.From) && !r.To.After(o.To)
			}
			if !in {
				t.Fatalf("%v is lost in %v", r, out)
			}
		}
	})
}

func TestANumberIsDealtOutWithoutRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		need := rapid.IntRange(0, 500).Draw(t, "need")
		weights := rapid.SliceOfN(rapid.Int64Range(0, 3000), 1, 12).Draw(t, "weights")
		sum, heavy := 0, int64(0)
		for i, n := range shareOut(need, weights) {
			if n < 0 || weights[i] == 0 && n > 0 {
				t.Fatalf("%d for %d", n, weights[i])
			}
			sum, heavy = sum+n, heavy+weights[i]
		}
		if heavy > 0 && sum != need {
			t.Fatalf("%d of %d", sum, need)
		}
	})
}

func TestNobodyIsChosenForSexOrPeople(t *testing.T) {
	b := Batch{Occupation: "电工", PayHigh: 600_000}
	f := person.Facts{Person: person.Person{Sex: 1, Ethnic: "01", Rural: true, Birth: clock.Date(1990, 1, 1)}, Spells: []person.Spell{{Kind: person.Transfer, Occupation: "维修电工"}}}
	need := &person.Need{Place: "outside"}
	score, why := fits(&b, &f, need, clock.Date(2025, 9, 24))
	if score != 70 || len(why) != 3 {
		t.Errorf("%d, %v", score, why)
	}
	for _, change := range []func(*person.Person){func(p *person.Person) { p.Sex = 2 }, func(p *person.Person) { p.Ethnic = "05" }, func(p *person.Person) { p.Rural = false }, func(p *person.Person) { p.Birth = clock.Date(1970, 1, 1) }} {
		g := f
		change(&g.Person)
		if s, w := fits(&b, &g, need, clock.Date(2025, 9, 24)); s != score || fmt.Sprint(w) != fmt.Sprint(why) {
			t.Errorf("%d, %v", s, w)
		}
	}
}

func TestARequestGoesToTheBannerWhoseBusinessItIs(t *testing.T) {
	for _, c := range []struct{ kind, place, want string }{
		{"wages", "150203", "150203"}, {"injury", "150203", "150203"}, {"wages", "", "152921"}, {"wages", "110108", "152921"}, {"wages", "1502", "152921"}, {"school", "150203", "152921"}, {"other", "150203", "152921"},
	} {
		k, _ := requestKindOf(c.kind)
		if got := k.rightBanner("152921100001", c.place); got != c.want {
			t.Errorf("%s at %q: %s, want %s", c.kind, c.place, got, c.want)
		}
	}
	k, _ := requestKindOf("wages")
	if due := k.due(clock.Date(2025, time.September, 24)); due != day("2025-09-30") && due.String() != "2025-09-30" { // 28 September is worked
		t.Errorf("due on %s", due)
	}
}

func TestAMemberGoesTheWayStepByStep(t *testing.T) {
	for _, c := range []struct {
		act, from string
		self      bool
		to        string
	}{
		{"confirm", Recruited, true, Confirmed}, {"confirm", Confirmed, false, ""}, {"book", Confirmed, false, Booked}, {"book", Confirmed, true, ""}, {"book", Recruited, false, ""},
		{"arrive", Booked, true, Arrived}, {"arrive", Recruited, false, ""}, {"return", Arrived, true, Returned}, {"return", Booked, true, ""}, {"drop", Booked, true, Dropped}, {"drop", Arrived, true, ""}, {"nothing", Booked, false, ""},
	} {
		if to, _ := step(c.act, c.from, c.self); to != c.to {
			t.Errorf("%s from %s: %q, want %q", c.act, c.from, to, c.to)
		}
	}
}
