package dispatch

import "jiuye/internal/register/person"

// window is how many months a gap may take to be filled, the report's own among them.
const window = 3

// again is how many months somebody must not have been insured by the same employer before, to count as new there: who comes back
// within half a year only had a break.
const again = 6

// Closing is what became of gaps (缺口闭环): people newly insured by the employer from the report's month on and within three
// months, no more than the gap, over the gap. A month's hires are told of every month in whose three months they lie, so closings
// of several months must not be added up.
type Closing struct {
	Openings int64
	Filled   int64 // by the insurance register
	Told     int64 // by the enterprises
	Open     bool  // the three months are not over in the data
	None     bool  // the data have not come to the report's month
}

// Rate is filled over openings in ten-thousandths; -1 when there was no gap.
func (c Closing) Rate() int64 {
	if c.Openings == 0 {
		return -1
	}
	return (c.Filled*10_000 + c.Openings/2) / c.Openings
}

// add adds another unit's closing of the same month.
func (c *Closing) add(o Closing) {
	c.Openings, c.Filled, c.Told, c.Open = c.Openings+o.Openings, c.Filled+o.Filled, c.Told+o.Told, c.Open || o.Open
	c.None = c.None || o.None
}

// closingOf is what became of a unit's gap of a month; hired are its newly insured people by month, last the data's last month.
func closingOf(openings, told int64, month int, hired map[int]int64, last int) Closing {
	c := Closing{Openings: openings, Told: told, Open: monthAfter(month, window-1) > last, None: month > last}
	for i := range window {
		c.Filled += hired[monthAfter(month, i)]
	}
	c.Filled = min(c.Filled, openings)
	return c
}

// begun is somebody's run of pension insurance with an employer.
type begun struct {
	EmployerID, PersonID int64
	From, To             int // months; To 0: still paid
}

// newlyInsured counts, by month, the runs of one person with one employer (in order of From) that make them new there: those from
// a month on with no other run within half a year before.
func newlyInsured(runs []begun, from int, count func(month int)) {
	last := 0 // month the run before ended; 0: none
	for _, r := range runs {
		fresh := last == 0 || person.MonthsBetween(last, r.From)-1 > again
		if fresh && r.From >= from {
			count(r.From)
		}
		if r.To == 0 {
			return
		}
		last = max(last, r.To)
	}
}
