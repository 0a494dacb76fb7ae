package workday

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func day(t *testing.T, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDeadlinesCountStatutoryWorkingDays(t *testing.T) {
	for _, c := range []struct {
		name string
		from string
		n    int
		want string
	}{
		{"no holiday: two weeks later", "2025-03-05", 10, "2025-03-19"},
		{"2025 国庆节: eight days off, 09-28 and 10-11 worked", "2025-09-24", 10, "2025-10-14"},
		{"the fifth working day is the last before 国庆节", "2025-09-24", 5, "2025-09-30"},
		{"the sixth is the first after it", "2025-09-24", 6, "2025-10-09"},
		{"an adjusted Saturday is the eighth", "2025-09-24", 8, "2025-10-11"},
		{"recognised on a Saturday", "2025-03-08", 10, "2025-03-21"},
		{"recognised in the middle of 国庆节", "2025-10-03", 1, "2025-10-09"},
		{"2024 春节: 02-10 to 02-17 off, 02-04 and 02-18 worked", "2024-02-02", 10, "2024-02-21"},
		{"2024 清明节: off 04-04 and 04-05, Sunday 04-07 worked", "2024-04-03", 1, "2024-04-07"},
		{"2026 春节: nine days off, 02-14 and 02-28 worked", "2026-02-10", 10, "2026-03-02"},
		{"2026 国庆节: Sunday 09-20 and Saturday 10-10 worked", "2026-09-18", 10, "2026-10-09"},
		{"2020 春节 as lengthened", "2020-01-23", 1, "2020-02-03"},
		{"2006 元旦 is worked off on the last day of 2005", "2005-12-30", 2, "2006-01-04"},
		{"from the last year known into a year unknown", "2026-12-31", 1, "2027-01-01"},
		{"before 2004 only weekends count", "2003-09-30", 1, "2003-10-01"},
		{"none is the day itself, a holiday too", "2025-10-01", 0, "2025-10-01"},
		{"one working day back over 国庆节", "2025-10-09", -1, "2025-09-30"},
		{"ten back from the deadline", "2025-10-14", -10, "2025-09-24"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Add(day(t, c.from), c.n); got != day(t, c.want) {
				t.Errorf("%s %+d working days = %s, want %s", c.from, c.n, got.Format(time.DateOnly), c.want)
			}
		})
	}
}

func TestWhyADayIsOffOrWorked(t *testing.T) {
	for _, c := range []struct {
		date string
		work bool
		why  string
	}{
		{"2025-09-24", true, ""},
		{"2025-09-27", false, "周六"},
		{"2025-09-28", true, "周日，国庆节调休上班"},
		{"2025-10-01", false, "国庆节放假"},
		{"2025-10-06", false, "中秋节放假"},
		{"2025-10-11", true, "周六，国庆节调休上班"},
		{"2024-02-10", false, "春节放假"},
		{"2026-02-14", true, "周六，春节调休上班"},
		{"2005-12-31", true, "周六，元旦调休上班"},
		{"2015-09-03", false, "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日放假"},
		{"2027-10-01", true, ""},
		{"1969-07-20", false, "周日"},
	} {
		d := day(t, c.date)
		if IsWorkday(d) != c.work || Why(d) != c.why {
			t.Errorf("%s: working %v because %q, want %v because %q", c.date, IsWorkday(d), Why(d), c.work, c.why)
		}
	}
}

func TestWorkingDaysOfWholeYears(t *testing.T) {
	for year, want := range map[int]int{2007: 249, 2024: 251, 2025: 248, 2026: 248} {
		a := time.Date(year-1, 12, 31, 0, 0, 0, 0, time.UTC)
		if got := Between(a, a.AddDate(1, 0, 0)); got != want {
			t.Errorf("%d has %d working days, want %d", year, got, want)
		}
	}
}

// Days off on weekdays less weekend days worked are the holiday's statutory days: the check that the package's
// missing day of 2005 failed.
func TestEveryHolidayGivesItsStatutoryDays(t *testing.T) {
	exceptions := map[string]int{
		"2009 国庆节": 4, "2012 国庆节": 4, "2015 国庆节": 4, "2020 国庆节": 4, // 中秋节 given with it
		"2009 中秋节": 0, "2012 中秋节": 0, "2015 中秋节": 0, // on a weekend, given with 国庆节
		"2020 春节": 5, // lengthened against the epidemic
	}
	statutory := func(year int, holiday string) int {
		switch {
		case holiday == "国庆节", holiday == "春节" && year < 2025, holiday == "劳动节" && year < 2008:
			return 3
		case holiday == "春节":
			return 4
		case holiday == "劳动节" && year >= 2025:
			return 2
		}
		return 1
	}
	given := map[string]int{}
	years := map[string]int{}
	for n, note := range book().notes {
		holiday := strings.TrimSuffix(note[strings.Index(note, "，")+1:], "放假")
		if _, after, ok := strings.Cut(note, "，"); ok {
			holiday = strings.TrimSuffix(after, "调休上班")
		}
		year := date(n).Year()
		if holiday == "元旦" && date(n).Month() == time.December {
			year++
		}
		key := date(n).AddDate(year-date(n).Year(), 0, 0).Format("2006 ") + holiday
		years[key] = year
		if _, weekend := weekend[weekday(n)]; weekend && IsWorkday(date(n)) {
			given[key]--
		} else if !weekend {
			given[key]++
		}
	}
	for key, year := range years {
		want, ok := exceptions[key]
		if !ok {
			want = statutory(year, key[5:])
		}
		if given[key] != want {
			t.Errorf("%s gives %d days, want %d", key, given[key], want)
		}
	}
}

func TestOnlyTheDateAsWrittenCounts(t *testing.T) {
	beijing := time.FixedZone("UTC+8", 8*3600)
	late := time.Date(2025, 9, 24, 23, 59, 59, 0, beijing)
	if got := Add(late, 10); got != day(t, "2025-10-14") || got.Location() != time.UTC {
		t.Errorf("got %v", got)
	}
	if Between(late, time.Date(2025, 9, 25, 0, 0, 1, 0, beijing)) != 1 {
		t.Error("the next day is one working day later at any hour")
	}
}

var anyDay = rapid.Custom(func(t *rapid.T) time.Time { return date(rapid.IntRange(-40000, 40000).Draw(t, "day")) })

func TestAddAndBetweenAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, n := anyDay.Draw(t, "d"), rapid.IntRange(1, 6000).Draw(t, "n")
		later, earlier := Add(d, n), Add(d, -n)
		if Between(d, later) != n || !IsWorkday(later) || !later.After(d) {
			t.Fatalf("%v + %d = %v, %d between", d, n, later, Between(d, later))
		}
		if !IsWorkday(earlier) || !earlier.Before(d) || Between(earlier.AddDate(0, 0, -1), d.AddDate(0, 0, -1)) != n {
			t.Fatalf("%v − %d = %v", d, n, earlier)
		}
	})
}

func TestCountingAgreesWithTheCalendarDayByDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyDay.Draw(t, "a")
		b := a.AddDate(0, 0, rapid.IntRange(0, 500).Draw(t, "days"))
		count := 0
		for d := a; d.Before(b); {
			d = d.AddDate(0, 0, 1)
			free := Why(d) == "周六" || Why(d) == "周日" || strings.HasSuffix(Why(d), "放假")
			if free == IsWorkday(d) {
				t.Fatalf("%v: working %v because %q", d, IsWorkday(d), Why(d))
			}
			if !free {
				count++
			}
		}
		if Between(a, b) != count || Between(b, a) != -count {
			t.Fatalf("between %v and %v: %d, counted %d", a, b, Between(a, b), count)
		}
	})
}

func TestALaterStartNeverGivesAnEarlierDeadline(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, n := anyDay.Draw(t, "d"), rapid.IntRange(-300, 300).Draw(t, "n")
		if Add(d.AddDate(0, 0, 1), n).Before(Add(d, n)) || Add(d, n+1).Before(Add(d, n)) {
			t.Fatalf("%v, %d", d, n)
		}
	})
}

func TestADamagedFileIsRefusedWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "no holidays",
		"# x\n2025 国庆节":                    "line 2",
		"2025 国庆节 休 13-01":                 "line 1",
		"2025 国庆节 休 10-05~10-01":           "ends before",
		"2025 国庆节 10-01 10-02":             "neither",
		"2025 国庆节 班 10-01":                 "neither",
		"2025 国庆节 休 10-01~10-03 10-02":     "twice",
		"2025 元旦 休 01-01\n2027 元旦 休 01-01": "line 2: year 2027 after 2025",
	} {
		if _, err := read(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(file)
	f.Add("2025 国庆节 休 10-01~10-05 班 09-28")
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := read(text); err == nil && len(c.shift) == 0 {
			t.Errorf("%q read as an empty calendar", text)
		}
	})
}

func BenchmarkAddTenYears(b *testing.B) {
	d := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)
	for b.Loop() {
		Add(d, 2500)
	}
}
