package person

import (
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

func TestTwoWaysToWriteANameAreTheSameName(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"娜仁·托娅", "娜仁托娅"}, {"包　小明", "包小明"}, {"阿迪力・买买提", "阿迪力·买买提"}, {"ＢＡＯ", "bao"}, {" 李 雷 ", "李雷"},
	} {
		if NameKey(c.a) != NameKey(c.b) {
			t.Errorf("%q and %q are taken for two names", c.a, c.b)
		}
	}
	if NameKey("张伟") == NameKey("章伟") {
		t.Error("two names are taken for one")
	}
}

func TestAgeIsInCompletedYears(t *testing.T) {
	p := Person{Birth: clock.Date(2000, time.February, 29)}
	for day, want := range map[time.Time]int{
		clock.Date(2025, time.February, 28): 24, clock.Date(2025, time.March, 1): 25, clock.Date(2024, time.February, 29): 24,
	} {
		if got := p.Age(day); got != want {
			t.Errorf("on %s the age is %d, want %d", day.Format(time.DateOnly), got, want)
		}
	}
}

func TestMonthsAreCountedWithBothEnds(t *testing.T) {
	for _, c := range []struct{ from, to, want int }{{202001, 202001, 1}, {202001, 202012, 12}, {201911, 202002, 4}} {
		if got := MonthsBetween(c.from, c.to); got != c.want {
			t.Errorf("%d to %d are %d months, want %d", c.from, c.to, got, c.want)
		}
	}
}

func day(s string) db.Date {
	var d db.Date
	if err := d.Scan(s); err != nil {
		panic(err)
	}
	return d
}

func TestWhatHoldsOnADay(t *testing.T) {
	f := Facts{
		Registrations: []Registration{{Since: day("2024-01-01"), Until: day("2024-06-01")}, {Since: day("2025-03-01")}},
		Spells:        []Spell{{Since: day("2024-06-01"), Until: day("2025-02-28"), Kind: Unit}, {Since: day("2024-09-01"), Until: day("2024-10-31"), Kind: Flex}},
		Insurances:    []Insurance{{Kind: Pension, From: 202406, To: 202502}, {Kind: Resident, From: 202503}},
		Groups:        []Group{{Kind: Hard, Since: day("2025-01-01"), Until: day("2025-07-01")}},
	}
	for _, c := range []struct {
		on                        string
		registered, hard, insured bool
		work                      string
	}{
		{"2023-12-31", false, false, false, ""},
		{"2024-05-31", true, false, false, ""},
		{"2024-06-01", false, false, true, Unit},
		{"2024-09-15", false, false, true, Flex},
		{"2025-02-28", false, true, true, Unit},
		{"2025-07-01", true, false, false, ""},
	} {
		on := day(c.on).Time
		work := ""
		if s := f.AtWork(on); s != nil {
			work = s.Kind
		}
		if (f.Registered(on) != nil) != c.registered || (f.InGroup(Hard, on) != nil) != c.hard || work != c.work ||
			f.Insured(MonthOf(on), Pension, Flexible) != c.insured {
			t.Errorf("on %s: registered %v, hard %v, insured %v, at work %q", c.on, f.Registered(on) != nil, f.InGroup(Hard, on) != nil,
				f.Insured(MonthOf(on), Pension, Flexible), work)
		}
	}
	if e, ok := EducationOf(30); !ok || e.Years != 15 {
		t.Errorf("大学专科 is %+v", e)
	}
}
