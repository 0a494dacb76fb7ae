package market

import (
	"fmt"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

// score is one line of the table of points: what an event counts, from a day on, and for how many months.
type score struct {
	Code, Zh, En string
	Points       int
	Months       int
	From         time.Time
}

// scores are the points in force, newest line of a code first. The region has not published points yet (信用评价标准和制度 is a task
// of its opinion, 十七): these are assumptions, to be confirmed before use in service.
var scores = []score{
	{"standard", "评为服务标准化示范单位", "model of standardised service", 5, 24, clock.Date(2024, time.January, 1)},
	{"public", "承接公益招聘活动", "public fair carried out", 3, 12, clock.Date(2024, time.January, 1)},
	{"late", "逾期未报送年度报告", "yearly report late", -10, 12, clock.Date(2024, time.January, 1)},
	{"ledger", "未按规定建立服务台账", "no ledger of services", -5, 12, clock.Date(2024, time.January, 1)},
	{"complaint", "投诉经查实", "complaint found true", -8, 24, clock.Date(2024, time.January, 1)},
	{"discriminate", "发布歧视性招聘信息", "discriminating advert", -10, 24, clock.Date(2024, time.January, 1)},
	{"false", "发布虚假招聘信息", "false advert", -20, 24, clock.Date(2024, time.January, 1)},
	{"fee", "违规向求职者收费、收押金", "unlawful fee or deposit", -20, 24, clock.Date(2024, time.January, 1)},
	{"refuse", "拒不接受监督检查", "refused an inspection", -30, 36, clock.Date(2024, time.January, 1)},
	{"lend", "出租、出借许可证", "lent its licence", -40, 36, clock.Date(2024, time.January, 1)},
}

func scoreOf(code string, on time.Time) (score, bool) {
	for _, s := range scores {
		if s.Code == code && !on.Before(s.From) {
			return s, true
		}
	}
	return score{}, false
}

// Event is one entry of an agency's honesty file. Points are those in force on its day.
type Event struct {
	AgencyID int64
	ID       int64
	Code     string
	Points   int
	On       db.Date
	Until    db.Date // last day it counts
	Text     string
	Source   string // document, inspection or complaint
	By       string
}

// Rating is A to D with what led to it.
type Rating struct {
	Grade   string
	Points  int
	Reasons []string
}

// Basic is what an agency has without events.
const basic = 90

// reportDay is the last day for the report on the year before (《人力资源市场暂行条例》第三十一条 asks for yearly disclosure; the day
// is the region's to set, 待核).
var reportDay = [2]int{3, 31}

// Rate rates an agency on a day. reported tells whether its report on last year is there.
func Rate(a *Agency, events []Event, reported bool, on db.Date) Rating {
	r := Rating{Points: basic, Reasons: []string{fmt.Sprintf("基础分 %d 分", basic)}}
	for _, e := range events {
		if e.On.After(on.Time) || e.Until.Before(on.Time) {
			continue
		}
		r.Points += e.Points
		s, _ := scoreOf(e.Code, e.On.Time)
		r.Reasons = append(r.Reasons, fmt.Sprintf("%s %s，%+d 分，计至 %s", e.On, s.Zh, e.Points, e.Until))
	}
	r.Points = max(0, min(100, r.Points))
	switch {
	case r.Points >= 95:
		r.Grade = "A"
	case r.Points >= 80:
		r.Grade = "B"
	case r.Points >= 60:
		r.Grade = "C"
	default:
		r.Grade = "D"
	}
	atMost := func(grade, why string) {
		if r.Grade < grade {
			r.Grade = grade
		}
		r.Reasons = append(r.Reasons, why)
	}
	last := db.On(clock.Date(on.Year(), time.Month(reportDay[0]), reportDay[1]))
	if !reported && on.After(last.Time) && a.From.Year() < on.Year() {
		atMost("C", fmt.Sprintf("没有报送 %d 年度报告，最高 C 级", on.Year()-1))
	}
	if !a.Valid(on) {
		atMost("D", "许可证不在有效期内，定为 D 级")
	}
	if !a.Listed.IsZero() {
		atMost("D", "列入严重失信名单，定为 D 级")
	}
	return r
}
