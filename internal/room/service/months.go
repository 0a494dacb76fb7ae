package service

import (
	"time"

	"jiuye/internal/register/person"
)

// Months is the number of registered unemployed at the end of each month (月末登记失业人数), by area.
type Months struct {
	Months []string // 2025-09, the earliest first
	Areas  []string // in the order of their codes
	Open   map[string][]int64
	Total  []int64
	Began  []int64 // registered in the month
	Ended  []int64 // ended in the month
}

// CountMonths counts the ends of the months from first on, n of them. A registration that ends on a day is open until the
// day before, so one that ends within a month is not counted at its end.
func CountMonths(spells []person.ListedSpell, first time.Time, n int) Months {
	m := Months{Open: map[string][]int64{}, Total: make([]int64, n), Began: make([]int64, n), Ended: make([]int64, n)}
	for i := range n {
		m.Months = append(m.Months, first.AddDate(0, i, 0).Format("2006-01"))
	}
	for _, s := range spells {
		if m.Open[s.Area] == nil {
			m.Areas, m.Open[s.Area] = append(m.Areas, s.Area), make([]int64, n)
		}
		for i, month := range m.Months {
			if s.Since <= month && (s.Until == "" || s.Until > month) {
				m.Open[s.Area][i] += s.Count
				m.Total[i] += s.Count
			}
			if s.Since == month {
				m.Began[i] += s.Count
			}
			if s.Until == month {
				m.Ended[i] += s.Count
			}
		}
	}
	return m
}
