package workday

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed days.txt
var file string

// calendar is days.txt, ready for counting.
type calendar struct {
	firstYear, lastYear int
	from                int            // day number of the first year's 1 January
	shift               []int16        // by day from there: working days gained or lost so far against the plain week
	notes               map[int]string // why a day is off, or on against the week
}

var book = sync.OnceValue(func() *calendar {
	c, err := read(file)
	if err != nil {
		panic(fmt.Sprintf("workday: days.txt: %v", err)) // the build is damaged
	}
	return c
})

// read understands lines of "2025 国庆节 休 10-01~10-05 10-07~10-08 班 09-28 10-11".
func read(text string) (*calendar, error) {
	c := &calendar{notes: map[int]string{}}
	change := map[int]int{} // +1: worked against the week, −1: off against it
	row := 0
	for line := range strings.Lines(text) {
		row++
		fields := strings.Fields(line)
		if strings.HasPrefix(line, "#") || len(fields) == 0 {
			continue
		}
		if err := c.add(fields, change); err != nil {
			return nil, fmt.Errorf("line %d: %w", row, err)
		}
	}
	if c.firstYear == 0 {
		return nil, fmt.Errorf("no holidays in it")
	}
	c.from = number(time.Date(c.firstYear, 1, 1, 0, 0, 0, 0, time.UTC))
	end := number(time.Date(c.lastYear+1, 1, 1, 0, 0, 0, 0, time.UTC))
	c.shift = make([]int16, end-c.from)
	sum := 0
	for i := range c.shift {
		sum += change[c.from+i]
		c.shift[i] = int16(sum)
	}
	return c, nil
}

// add takes one holiday of one year.
func (c *calendar) add(fields []string, change map[int]int) error {
	year, err := strconv.Atoi(fields[0])
	if err != nil || len(fields[0]) != 4 || year < 1000 || len(fields) < 4 {
		return fmt.Errorf("want year, holiday, 休 or 班, days; got %q", fields)
	}
	if c.firstYear == 0 {
		c.firstYear = year
	}
	if c.lastYear != 0 && year != c.lastYear && year != c.lastYear+1 {
		return fmt.Errorf("year %d after %d", year, c.lastYear)
	}
	c.lastYear = year
	kind := ""
	for _, field := range fields[2:] {
		if field == "休" || field == "班" {
			kind = field
			continue
		}
		from, to, err := run(fields[0], field)
		if err != nil {
			return err
		}
		for n := from; n <= to; n++ {
			if err := c.mark(n, kind, fields[1], change); err != nil {
				return err
			}
		}
	}
	return nil
}

// mark notes one day off (休) or one weekend day worked (班).
func (c *calendar) mark(n int, kind, holiday string, change map[int]int) error {
	day, free := weekend[weekday(n)]
	switch {
	case c.notes[n] != "":
		return fmt.Errorf("%s stands twice", date(n).Format(time.DateOnly))
	case kind == "休":
		c.notes[n] = holiday + "放假"
		if !free {
			change[n] = -1
		}
	case kind == "班" && free:
		c.notes[n] = day + "，" + holiday + "调休上班"
		change[n] = +1
	default:
		return fmt.Errorf("%s is neither 休 nor a weekend day 班", date(n).Format(time.DateOnly))
	}
	return nil
}

// run reads "10-01" or "10-01~10-05".
func run(year, field string) (from, to int, err error) {
	first, last, ok := strings.Cut(field, "~")
	if !ok {
		last = first
	}
	a, err := time.Parse(time.DateOnly, year+"-"+first)
	if err != nil {
		return 0, 0, err
	}
	b, err := time.Parse(time.DateOnly, year+"-"+last)
	if err != nil {
		return 0, 0, err
	}
	if b.Before(a) {
		return 0, 0, fmt.Errorf("%s ends before it begins", field)
	}
	return number(a), number(b), nil
}
