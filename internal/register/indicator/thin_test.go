package indicator

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

func TestWhatIsTwoYearsPastIsKeptByMonthEndsAndCorrections(t *testing.T) {
	inRegisters(t, func(t *testing.T, r *Register) {
		for n, on := range []string{"2023-01-05", "2023-01-06", "2023-01-20", "2023-02-03", "2023-02-04", "2023-02-28", "2023-03-15", "2024-01-10", "2024-01-11", "2024-02-01"} {
			must(t, r.count(on, fmt.Sprintf("2023 %d", n+1)))
		}
		told := func() (text string) {
			list, err := r.History(ctx, "152921", "new_urban", 2023)
			must(t, err)
			for _, s := range list {
				text += fmt.Sprintf("%s %d; ", s.KnownOn.Format("060102"), s.Numerator)
			}
			return text
		}
		fake := r.Clock.(*clock.Fake)
		thin := func(today string, want int) {
			t.Helper()
			fake.Add(day(today).Sub(fake.Today()))
			n, err := r.Thin(ctx)
			must(t, err)
			if n != want {
				t.Errorf("on %s %d values are forgotten, want %d", today, n, want)
			}
		}
		thin("2024-12-31", 0) // all less than two years old
		thin("2026-05-09", 3)
		thin("2026-05-10", 0)
		const want = "230105 1; 230120 3; 230228 6; 230315 7; 240110 8; 240111 9; 240201 10; " // in January 1 stands on, in February 3
		if got := told(); got != want {
			t.Errorf("what stays is %s, want %s", got, want)
		}
		for on, want := range map[string]int64{"2023-01-10": 1, "2023-01-31": 3, "2023-02-10": 3, "2023-02-28": 6, "2023-12-31": 7, "2024-01-10": 8, "2024-01-31": 9} {
			v, err := r.Year(ctx, "152921", "new_urban", 2023, day(on))
			must(t, err)
			if n, _ := v.Number(); n != want {
				t.Errorf("on %s it was %d, want %d", on, n, want)
			}
		}
		fixed, err := r.Corrected(ctx, "152921", "new_urban", time.Time{})
		must(t, err)
		if len(fixed) != 2 {
			t.Errorf("%d corrections are left", len(fixed))
		}
		if kept, err := db.Setting(ctx, r.DB, thinnedTo); err != nil || kept != "2024-05-01" {
			t.Errorf("thinned to %s (%v)", kept, err)
		}
	})
}

func TestMonthEndsAndCorrectionsAlwaysStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var past []Sum
		from := day("2023-01-01").AddDate(0, 0, rapid.IntRange(0, 40).Draw(t, "begin"))
		for i, gap := range rapid.SliceOfN(rapid.IntRange(1, 50), 1, 40).Draw(t, "gaps") {
			until := from.AddDate(0, 0, gap)
			past = append(past, Sum{Area: "152921", Indicator: "new_urban", Period: 2023, Numerator: int64(i + 1), KnownOn: from, Until: until})
			from = until
		}
		left := apply(past, thinned(past))
		if again := thinned(left); len(again) > 0 {
			t.Fatalf("a second time changes %v", again)
		}
		for _, s := range past {
			for d := s.KnownOn; d.Before(s.Until); d = d.AddDate(0, 0, 1) {
				got := onDay(left, d)
				if got == 0 || got > s.Numerator {
					t.Fatalf("on %s the value is %d, it was %d", d.Format(time.DateOnly), got, s.Numerator)
				}
				if end := d.AddDate(0, 0, 1).Day() == 1; got != s.Numerator && (end || s.Until.After(s.Period.End())) {
					t.Fatalf("on %s the value is %d, it was %d", d.Format(time.DateOnly), got, s.Numerator)
				}
			}
		}
	})
}

// apply is what is left of values.
func apply(past []Sum, list []longer) (left []Sum) {
	for _, s := range past {
		gone := false
		for _, l := range list {
			if s.Until.Equal(l.was) {
				s.Until = l.Until
			} else {
				gone = gone || s.Until.After(l.was) && !s.Until.After(l.Until)
			}
		}
		if !gone {
			left = append(left, s)
		}
	}
	return left
}

func onDay(list []Sum, d time.Time) int64 {
	for _, s := range list {
		if !s.KnownOn.After(d) && s.Until.After(d) {
			return s.Numerator
		}
	}
	return 0
}
