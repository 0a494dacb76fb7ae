package cycle

import (
	"fmt"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// Kind is how often a round comes (月调度、季分析、半年总结、年度评估).
type Kind string

// The kinds.
const (
	Month   Kind = "month"
	Quarter Kind = "quarter"
	Half    Kind = "half"
	Year    Kind = "year"
)

// rhythm is what a kind of round means.
type rhythm struct {
	months int    // how many it covers
	days   int    // working days after its end by which forms are due
	zh     string // what it is called
	asks   map[indicator.Frequency]bool
}

var rhythms = map[Kind]rhythm{
	Month:   {1, 8, "月调度", map[indicator.Frequency]bool{indicator.Monthly: true}},
	Quarter: {3, 8, "季分析", map[indicator.Frequency]bool{indicator.Monthly: true, indicator.Quarterly: true}},
	Half:    {6, 10, "半年总结", map[indicator.Frequency]bool{indicator.Monthly: true, indicator.Quarterly: true, indicator.HalfYear: true}},
	Year:    {12, 15, "年度评估", map[indicator.Frequency]bool{indicator.Monthly: true, indicator.Quarterly: true, indicator.HalfYear: true, indicator.Yearly: true}},
}

// Kinds in their order.
var Kinds = []Kind{Month, Quarter, Half, Year}

// Open and Closed are the states of a round.
const (
	Open   = "open"
	Closed = "closed"
)

// Round is one round: an area asks the areas one level down.
type Round struct {
	ID      int64
	Area    string
	Kind    Kind
	Period  indicator.Period // its last month
	Due     db.Date
	Second  bool   // forms need a second signature
	Asked   string // what else is asked for
	State   string
	By      string
	At      int64 // unix ms
	Version int64
	Last    bool // the next period's round does not open by itself
}

// Name is the round as a person says it: 2025年8月调度.
func (r *Round) Name() string { return nameOf(r.Kind, r.Period) }

// Title is the name with its area.
func (r *Round) Title() string { return area.Name(r.Area) + r.Name() }

func nameOf(k Kind, p indicator.Period) string {
	switch k {
	case Quarter:
		return fmt.Sprintf("%d年第%s季度分析", p.Year(), []string{"一", "二", "三", "四"}[(p.Month()-1)/3])
	case Half:
		return fmt.Sprintf("%d年%s半年总结", p.Year(), map[bool]string{true: "上", false: "下"}[p.Month() == 6])
	case Year:
		return fmt.Sprintf("%d年度评估", p.Year())
	}
	return fmt.Sprintf("%d年%d月调度", p.Year(), p.Month())
}

// first is the first month that a round covers.
func (r *Round) first() indicator.Period {
	return r.Period - indicator.Period(rhythms[r.Kind].months-1)
}

// check refuses periods that a kind does not end with, and those that have not ended.
func check(k Kind, p indicator.Period, today time.Time) error {
	of, known := rhythms[k]
	switch {
	case !known:
		return fault.New(fault.Invalid, "请选择月调度、季分析、半年总结或年度评估")
	case p < 202001 || p.IsYear() || p.Month() > 12 || p.Month() < 1:
		return fault.New(fault.Invalid, "请选择年份和月份")
	case p.Month()%of.months != 0:
		return fault.New(fault.Invalid, "%s的最后一个月不会是 %d 月，请改选月份", of.zh, p.Month())
	case !p.End().Before(today):
		return fault.New(fault.Invalid, "%d年%d月还没有结束，结束后再发起", p.Year(), p.Month())
	}
	return nil
}

// DueOf is the day by which forms are due where nobody sets another: so many working days after the period's end.
func DueOf(k Kind, p indicator.Period) db.Date {
	return db.On(workday.Add(p.End(), rhythms[k].days))
}

// Latest is the last period of a kind that has ended by a day.
func Latest(k Kind, today time.Time) indicator.Period {
	m := indicator.MonthOf(today.AddDate(0, 0, 1-today.Day()).AddDate(0, 0, -1))
	for m.Month()%rhythms[k].months != 0 {
		m = before(m)
	}
	return m
}

func before(p indicator.Period) indicator.Period {
	if p.Month() == 1 {
		return indicator.Period((p.Year()-1)*100 + 12)
	}
	return p - 1
}

// after is the period of a kind that follows one.
func after(k Kind, p indicator.Period) indicator.Period {
	for range rhythms[k].months {
		p = p.Next()
	}
	return p
}

// span is the months of the year up to a period's end: 1—8 月.
func span(p indicator.Period) string {
	if p.Month() == 1 {
		return "1 月"
	}
	return fmt.Sprintf("1—%d 月", p.Month())
}
