package dispatch

import (
	"slices"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/register/person"
)

// States of a report. Before the first one there is none.
const (
	Submitted = "submitted"
	Returned  = "returned" // to be corrected
	Verified  = "verified" // the officer has looked at it
)

// reasons are why a unit finds nobody.
var reasons = []string{"pay", "skill", "place", "shift", "season", "age", "expand", "quit", "other"}

// dueDay is the working day of its month by which a report is due, and returnDays how many working days a correction has. The plan
// says 按月调度 and names no day: both are assumptions.
const (
	dueDay     = 5
	returnDays = 2
)

// mostGaps is how many lines a report has at most.
const mostGaps = 12

// mostPay is the highest pay that is taken, fen a month: what is above it is a slip.
const mostPay = 100_000_000

// Report is what a unit needs in a month.
type Report struct {
	EmployerID int64
	Month      int // 202509
	State      string
	Staff      int64
	Openings   int64 // sum of the lines
	Told       int64 // filled, as the unit says
	Ahead      [3]int64
	Reasons    []string
	Train      int64
	Trade      string // what is to be learnt
	Note       string
	Returned   string // why it was sent back
	Due        db.Date
	FirstOn    db.Date
	By         string
	At         int64 // unix ms
	Version    int64
	Gaps       []Gap
}

// Gap is one line of a report: work without people.
type Gap struct {
	EmployerID int64
	Month      int
	ID         int64 // 1, 2, 3 in the report
	Occupation string
	Openings   int64
	PayLow     int64 // fen a month
	PayHigh    int64
	Told       int64
	VacancyID  int64 // 0: not among the vacancies
}

// Due is the last day for a month's report: its fifth working day.
func Due(month int) db.Date {
	return db.On(workday.Add(firstOf(month).AddDate(0, 0, -1), dueDay))
}

// Late reports whether a unit's report came late, or has not come and is late on a day. A unit owes nothing for a month
// whose deadline was before its entry.
func Late(r *Report, since db.Date, month int, today time.Time) bool {
	due := Due(month)
	if since.After(due.Time) {
		return false
	}
	if r == nil {
		return today.After(due.Time)
	}
	return r.FirstOn.After(due.Time)
}

// Left is what of a report's gap the unit says is not filled yet.
func (r *Report) Left() int64 { return max(0, r.Openings-r.Told) }

// check says what is wrong with a report as typed, and sums it up.
func (r *Report) check() error {
	r.Openings, r.Told = 0, 0
	if len(r.Gaps) > mostGaps {
		return fault.New(fault.Invalid, "缺工岗位最多 %d 行，您填了 %d 行，请把相近的工种合并", mostGaps, len(r.Gaps))
	}
	if min(r.Staff, r.Train, r.Ahead[0], r.Ahead[1], r.Ahead[2]) < 0 {
		return fault.New(fault.Invalid, "人数不能小于 0，请核对职工、预计需求和培训人数")
	}
	for i := range r.Gaps {
		g := &r.Gaps[i]
		switch {
		case g.Occupation == "":
			return fault.New(fault.Invalid, "第 %d 行没有写工种，请填写，或把人数清空", i+1)
		case g.Openings < 1:
			return fault.New(fault.Invalid, "第 %d 行“%s”缺工人数应为 1 以上，没有缺口请清空这一行", i+1, g.Occupation)
		case g.PayLow < 0 || g.PayHigh > mostPay:
			return fault.New(fault.Invalid, "第 %d 行“%s”月工资应为 0～%s 元，请核对", i+1, g.Occupation, lang.Int(mostPay/100))
		case g.PayHigh < g.PayLow:
			return fault.New(fault.Invalid, "第 %d 行“%s”最高月工资低于最低月工资，请核对", i+1, g.Occupation)
		case g.Told < 0 || g.Told > g.Openings:
			return fault.New(fault.Invalid, "第 %d 行“%s”已招到 %d 人，应为 0 到缺工的 %d 人，请核对", i+1, g.Occupation, g.Told, g.Openings)
		}
		if slices.ContainsFunc(r.Gaps[:i], func(o Gap) bool { return o.Occupation == g.Occupation }) {
			return fault.New(fault.Invalid, "工种“%s”填了两行，请合并成一行", g.Occupation)
		}
		g.EmployerID, g.Month, g.ID = r.EmployerID, r.Month, int64(i+1)
		r.Openings, r.Told = r.Openings+g.Openings, r.Told+g.Told
	}
	if r.Openings > 0 && len(r.Reasons) == 0 {
		return fault.New(fault.Invalid, "有缺口时请选择缺工原因，至少一项")
	}
	if r.Train > 0 && r.Trade == "" {
		return fault.New(fault.Invalid, "需要培训 %d 人，请写明培训的工种", r.Train)
	}
	return nil
}

// firstOf is the first day of a month.
func firstOf(month int) time.Time { return clock.Date(month/100, time.Month(month%100), 1) }

// monthAfter is the month n months on.
func monthAfter(month, n int) int { return person.MonthOf(firstOf(month).AddDate(0, n, 0)) }

// isMonth reports whether a number is a month such as 202509.
func isMonth(n int) bool { return n >= 202001 && n <= 209912 && n%100 >= 1 && n%100 <= 12 }

// readable reports whether a month can be reported on: this one and the eleven before.
func reportable(month, now int) bool {
	return isMonth(month) && month <= now && person.MonthsBetween(month, now) <= 12
}
