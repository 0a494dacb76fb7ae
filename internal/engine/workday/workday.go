package workday

import "time"

// IsWorkday tells whether d is a statutory working day.
func IsWorkday(d time.Time) bool {
	n := number(d)
	return upTo(n) > upTo(n-1)
}

// Add returns the n-th working day after d; d itself does not count, so Add(recognised, 10) is the last day of
// “认定后 10 个工作日内”. With n negative it is the n-th working day before d, with 0 it is d.
func Add(d time.Time, n int) time.Time {
	day := number(d)
	switch {
	case n > 0:
		return date(first(upTo(day) + n))
	case n < 0:
		return date(first(upTo(day-1) + n + 1))
	}
	return date(day)
}

// Between counts the working days after a up to and with b. It is negative when b lies before a:
// Between(a, b) = −Between(b, a).
func Between(a, b time.Time) int { return upTo(number(b)) - upTo(number(a)) }

// Why says in Chinese why d is not an ordinary working day or an ordinary one against the week's run: “国庆节放假”,
// “周日，国庆节调休上班”, “周六”; empty on a common working day.
func Why(d time.Time) string {
	n := number(d)
	if note, ok := book().notes[n]; ok {
		return note
	}
	return weekend[weekday(n)]
}

var weekend = map[int]string{5: "周六", 6: "周日"}

// number counts days from 1970-01-01, a Thursday.
func number(d time.Time) int {
	year, month, day := d.Date()
	return floor(int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()), 86400)
}

func date(n int) time.Time { return time.Unix(int64(n)*86400, 0).UTC() }

// weekday is 0 on Mondays, 6 on Sundays.
func weekday(n int) int { return n + 3 - 7*floor(n+3, 7) }

// floor divides downwards, also below zero.
func floor(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// plain counts Mondays to Fridays from Monday 1969-12-29 up to and with day n, as if there were no holidays.
func plain(n int) int { return 5*floor(n+3, 7) + min(weekday(n)+1, 5) }

// upTo counts working days like plain, corrected by the holidays and adjusted days up to n.
func upTo(n int) int {
	b := book()
	switch i := n - b.from; {
	case i < 0:
		return plain(n)
	case i < len(b.shift):
		return plain(n) + int(b.shift[i])
	}
	return plain(n) + int(b.shift[len(b.shift)-1])
}

// first finds the day whose working day is the count-th of upTo, by halving the days in which it can lie: all holidays of
// all years together are fewer than the covered days.
func first(count int) int {
	reach := len(book().shift)
	low := floor(count, 5)*7 - reach
	high := low + 2*reach + 14
	for low < high {
		middle := low + floor(high-low, 2)
		if upTo(middle) >= count {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}
