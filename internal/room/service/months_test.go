package service

import (
	"slices"
	"testing"

	"jiuye/internal/ground/clock"
	"jiuye/internal/register/person"
)

func TestTheNumberAtTheEndOfAMonthIsWhoIsStillRegisteredThen(t *testing.T) {
	m := CountMonths([]person.ListedSpell{
		{Area: "152921", Since: "", Until: "", Count: 5},               // long registered
		{Area: "152921", Since: "", Until: "2025-08", Count: 2},        // ended in August
		{Area: "152921", Since: "2025-08", Until: "2025-08", Count: 1}, // came and went within August
		{Area: "152923", Since: "2025-08", Until: "2025-09", Count: 3},
		{Area: "152923", Since: "2025-09", Until: "2026-01", Count: 4}, // ends later
	}, clock.Date(2025, 7, 1), 3)
	for name, c := range map[string]struct{ got, want []int64 }{
		"total": {m.Total, []int64{7, 8, 9}}, "began": {m.Began, []int64{0, 4, 4}}, "ended": {m.Ended, []int64{0, 3, 3}},
		"left banner": {m.Open["152921"], []int64{7, 5, 5}}, "Ejina": {m.Open["152923"], []int64{0, 3, 4}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
	if !slices.Equal(m.Months, []string{"2025-07", "2025-08", "2025-09"}) || !slices.Equal(m.Areas, []string{"152921", "152923"}) {
		t.Errorf("months %v of %v", m.Months, m.Areas)
	}
}
