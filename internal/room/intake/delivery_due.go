package intake

import (
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/clock"
)

// months is how long a period of each rhythm lasts.
var months = map[string]int{"month": 1, "quarter": 3, "halfyear": 6, "year": 12}

// Regular reports whether deliveries are due at certain days.
func (s *Source) regular() bool { return months[s.Every] > 0 && (s.Day > 0 || s.Workdays > 0) }

// period is the first day of the period of a source's rhythm that a day lies in.
func (s *Source) period(day time.Time) time.Time {
	n := months[s.Every]
	return clock.Date(day.Year(), time.Month((int(day.Month())-1)/n*n+1), 1)
}

// due is the last day on which the delivery of a period is in time: the n-th working day of the period (每月 5 个工作日内),
// or a day of its month, moved on to the next working day (the law moves deadlines that end on a holiday so).
func (s *Source) due(period time.Time) time.Time {
	if s.Workdays > 0 {
		return workday.Add(period.AddDate(0, 0, -1), s.Workdays)
	}
	first := period.AddDate(0, max(0, s.Month-1), 0)
	day := first.AddDate(0, 0, s.Day-1)
	if last := first.AddDate(0, 1, -1); day.After(last) {
		day = last
	}
	for !workday.IsWorkday(day) {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

// next is the period after one.
func (s *Source) next(period time.Time) time.Time { return period.AddDate(0, months[s.Every], 0) }

// missed are the due days since the last delivery that have passed, the earliest first, at most a dozen.
func (s *Source) missed(last, today time.Time) (days []time.Time) {
	if !s.regular() {
		return nil
	}
	for period := s.next(s.period(last)); len(days) < 12; period = s.next(period) {
		due := s.due(period)
		if !today.After(due) {
			break
		}
		days = append(days, due)
	}
	return days
}

// awaited is where a source's deliveries for an area stand on a day.
type awaited struct {
	Due      time.Time // of the delivery that is waited for
	Late     bool
	Workdays int // late by so many, or left
}

// stand says what is waited for after the last delivery: that of the period after its own.
func (s *Source) stand(last, today time.Time) awaited {
	if !s.regular() {
		return awaited{}
	}
	d := awaited{Due: s.due(s.next(s.period(last)))}
	if d.Late = today.After(d.Due); d.Late {
		d.Workdays = workday.Between(d.Due, today)
	} else {
		d.Workdays = workday.Between(today, d.Due)
	}
	return d
}
