package gig

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/engine/rank/advert"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/register/area"
)

// States of a job. That it is over, its last day says.
const (
	Open      = "open"
	Cancelled = "cancelled" // by whoever hires
	Stopped   = "stopped"   // by an officer
)

// mostDays is the longest time for which pay by the hour or day may be settled (《劳动合同法》第七十二条：结算支付周期最长不得超过十五日).
const mostDays = 15

// mostPrice is the highest price of a unit, in fen: what is above it is a slip.
const mostPrice = 1_000_000

// Job is day work that somebody has people wanted for.
type Job struct {
	ID         int64
	HirerID    int64
	EmployerID int64  // 0: a household
	Hirer      string // as everybody may see it: a unit's name, a household's surname
	MarketID   int64  // 0: not brought in at a market
	Area       string // banner or below
	Address    string
	Kind       string
	Title      string
	From       db.Date
	Until      db.Date
	Start, End int64 // minutes of the day
	Rest       int64 // minutes a day that are not paid
	Places     int64
	Taken      int64
	Teams      bool  // a team's leader may take places for its members
	Price      int64 // fen for a unit
	Unit       string
	Pieces     int64 // what somebody does in a day at ordinary speed, when paid by the piece
	Pay        string
	Tools      bool // provided
	Insured    bool // the hirer insures against accidents at work
	Meals      bool
	Pick       bool  // the hirer picks; otherwise who comes first has the place
	Notice     int64 // hours before the beginning until which a taker may step back
	Note       string
	State      string
	Why        string // of a stop or a cancellation
	ByID       int64
	By         string
	Version    int64
}

// Minutes are paid minutes a day.
func (j *Job) Minutes() int64 { return j.End - j.Start - j.Rest }

// Days is how many days the work lasts.
func (j *Job) Days() int64 { return int64(j.Until.Sub(j.From.Time)/(24*time.Hour)) + 1 }

// DayFen is what a whole day pays.
func (j *Job) DayFen() int64 {
	switch j.Unit {
	case PerHour:
		return j.Price * j.Minutes() / 60
	case PerPiece:
		return j.Price * j.Pieces
	}
	return j.Price
}

// HourFen is what an hour pays, rounded down.
func (j *Job) HourFen() int64 { return j.DayFen() * 60 / max(j.Minutes(), 1) }

// DueOn is the day by which the work must be paid.
func (j *Job) DueOn() db.Date {
	if j.Pay == PayWeekly {
		return db.On(j.Until.AddDate(0, 0, 7))
	}
	return j.Until
}

// Begins is the instant at which the work begins.
func (j *Job) Begins() time.Time {
	d := j.From.Time
	return time.Date(d.Year(), d.Month(), d.Day(), int(j.Start/60), int(j.Start%60), 0, 0, clock.Zone)
}

// Takes reports whether places are still given: before the last day's work ends.
func (j *Job) Takes(now time.Time) bool {
	d := j.Until.Time
	return j.State == Open && j.Taken < j.Places && now.Before(time.Date(d.Year(), d.Month(), d.Day(), int(j.End/60), int(j.End%60), 0, 0, clock.Zone))
}

// Hours is the time of day in words: 08:00～18:00.
func (j *Job) Hours() string { return clockText(j.Start) + "～" + clockText(j.End) }

func clockText(minutes int64) string {
	if minutes < 0 {
		return "—"
	}
	return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
}

// readClock reads 8:00, 0800, 8点 and 8：00 as minutes of the day; −1 for nothing, false for what is no time.
func readClock(s string) (int64, bool) {
	s = strings.TrimSuffix(strings.NewReplacer("：", ":", " ", "", "点", ":").Replace(s), ":")
	if s == "" {
		return -1, true
	}
	hours, minutes, parted := strings.Cut(s, ":")
	if !parted && len(s) > 2 {
		hours, minutes = s[:len(s)-2], s[len(s)-2:]
	}
	if minutes == "" {
		minutes = "0"
	}
	h, err := strconv.ParseUint(hours, 10, 8)
	m, err2 := strconv.ParseUint(minutes, 10, 8)
	if err != nil || err2 != nil || m > 59 || h*60+m > 24*60 {
		return 0, false
	}
	return int64(h*60 + m), true
}

// Wage is the minimum wage of a place: fen a month and an hour, 0 where it is not known, and where they are from.
type Wage struct {
	Month, Hour int64
	Source      string
}

// Wages tells the minimum wage. The room of policies has it among its parameters.
type Wages interface {
	MinimumWage(ctx context.Context, area string, on time.Time) Wage
}

// monthHours are paid hours a month: 21.75 days of eight (人社部发〔2025〕2号 and before it 劳社部发〔2008〕3号).
const monthHours = 174

// least is the minimum for an hour and the words of its rule; 0 where nothing is known.
func (w Wage) least() (int64, string) {
	switch {
	case w.Hour > 0:
		return w.Hour, "小时最低工资标准（" + w.Source + "）"
	case w.Month > 0:
		return (w.Month + monthHours - 1) / monthHours, fmt.Sprintf("月最低工资标准 %s 元除以 %d 小时（%s；小时标准没有设置）", lang.Fen(w.Month), monthHours, w.Source)
	}
	return 0, ""
}

// underpaid is the sentence for pay below the minimum; "" when it is not.
func underpaid(j *Job, w Wage) string {
	least, rule := w.least()
	if j.HourFen() >= least {
		return ""
	}
	need := least * j.Minutes() / 60
	return fmt.Sprintf("折合每小时 %s 元，低于每小时 %s 元：%s。每天 %s 小时至少应付 %s 元", lang.Fen(j.HourFen()), lang.Fen(least), rule, hoursText(j.Minutes()), lang.Fen(need))
}

func hoursText(minutes int64) string {
	if minutes%60 == 0 {
		return fmt.Sprint(minutes / 60)
	}
	return fmt.Sprintf("%.1f", float64(minutes)/60)
}

// checkJob says what is wrong with a job, the first thing only.
func checkJob(j *Job, today time.Time, w Wage) error {
	bad := func(format string, args ...any) error { return fault.New(fault.Invalid, format, args...) }
	switch {
	case j.Title == "" || j.Address == "":
		return bad("请填写干什么活和地点")
	case !slices.Contains(kinds, j.Kind) || !slices.Contains(units, j.Unit) || !slices.Contains(payDays, j.Pay):
		return bad("请选择工种、计价单位和支付时间")
	case !area.Exists(j.Area) || area.Level(j.Area) < area.Banner:
		return bad("请选择用工地点所在的旗县（市、区）或苏木乡镇")
	case j.From.IsZero() || j.From.Before(today):
		return bad("开工日期应为今天或以后，您填的是 %s", j.From)
	case j.From.After(today.AddDate(1, 0, 0)):
		return bad("开工日期应在一年以内，您填的是 %s", j.From)
	case j.Until.Before(j.From.Time):
		return bad("完工日期应不早于开工日期")
	case j.Days() > mostDays:
		return bad("一次零工最长 %d 天，您填了 %d 天：按日、按小时计酬的用工，结算周期最长 15 天（《劳动合同法》第七十二条）。更长的用工请发布招聘岗位", mostDays, j.Days())
	case j.End <= j.Start:
		return bad("收工时间应晚于到岗时间，过夜的活请分成两天填写")
	case j.Rest < 0:
		return bad("休息时间不能小于 0 分钟")
	case j.Minutes() <= 0 || j.Minutes() > 12*60:
		return bad("每天干活的时间应在 12 小时以内，扣除休息后您填了 %s 小时", hoursText(j.Minutes()))
	case j.Places < 1 || j.Places > 500:
		return bad("人数应为 1 到 500，您填了 %d", j.Places)
	case j.Price <= 0 || j.Price > mostPrice:
		return bad("请填写价钱，每天、每小时或每件最多 %s 元", lang.Fen(mostPrice))
	case j.Unit == PerPiece && (j.Pieces < 1 || j.Pieces > 100_000):
		return bad("按件计酬请填写一般人一天能做多少件（1 到 100,000），用来核对最低工资")
	case j.Notice < 0 || j.Notice > 72:
		return bad("可取消的时间应为开工前 0 到 72 小时")
	}
	if why := underpaid(j, w); why != "" {
		return bad("%s", why)
	}
	for _, o := range advert.Check([]advert.Field{{Name: "title", Text: j.Title}, {Name: "note", Text: j.Note}}, advert.Context{Hourly: true}) {
		if o.Severity == advert.Refuse {
			return bad("%s", o.Text(map[string]string{"title": "工作名称", "note": "说明"}[o.Place.Field]))
		}
	}
	return nil
}
