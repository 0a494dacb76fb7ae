package clock

import (
	"testing"
	"time"
)

func TestADayBeginsAtMidnightInBeijing(t *testing.T) {
	cases := []struct{ instant, day string }{
		{"2025-09-23T15:59:59Z", "2025-09-23"},
		{"2025-09-23T16:00:00Z", "2025-09-24"},
		{"2025-12-31T16:00:00Z", "2026-01-01"},
	}
	for _, c := range cases {
		at, err := time.Parse(time.RFC3339, c.instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := DayOf(at).Format(time.DateOnly); got != c.day {
			t.Errorf("%s falls on %s, want %s", c.instant, got, c.day)
		}
	}
}

func TestTheDemonstrationClockRunsFromItsOwnDay(t *testing.T) {
	c := From(time.Date(2025, 9, 24, 9, 0, 0, 0, Zone))
	if got := c.Today(); !got.Equal(Date(2025, 9, 24)) {
		t.Errorf("today is %v", got)
	}
	first := c.Now()
	if c.Now().Before(first) {
		t.Error("the clock ran backwards")
	}
}
