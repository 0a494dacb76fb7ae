package dictionary

import (
	"testing"

	"jiuye/internal/engine/rule"
)

func TestWhenPeopleReachTheRetirementAge(t *testing.T) {
	for _, c := range []struct {
		table delay
		birth string
		want  string // year and month of the annexed table
	}{
		{men, "1964-12-15", "2024-12"}, {men, "1965-01-15", "2025-02"}, {men, "1965-04-15", "2025-05"}, {men, "1965-05-15", "2025-07"},
		{men, "1966-05-31", "2026-10"}, {men, "1976-08-15", "2039-07"}, {men, "1976-09-15", "2039-09"}, {men, "1990-01-15", "2053-01"},
		{womenCadres, "1970-01-15", "2025-02"}, {womenCadres, "1981-09-15", "2039-09"}, {womenCadres, "1990-01-15", "2048-01"},
		{womenWorkers, "1974-12-15", "2024-12"}, {womenWorkers, "1975-01-15", "2025-02"}, {womenWorkers, "1975-02-15", "2025-03"},
		{womenWorkers, "1975-03-15", "2025-05"}, {womenWorkers, "1984-11-15", "2039-11"}, {womenWorkers, "1990-01-15", "2045-01"},
	} {
		if got := c.table.from(rule.DayOf(on(c.birth).Time)).String()[:7]; got != c.want {
			t.Errorf("born %s under %+v: %s, want %s", c.birth, c.table, got, c.want)
		}
	}
}
