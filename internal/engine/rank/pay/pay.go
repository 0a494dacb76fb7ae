// Package pay reads what adverts say about pay: 8千-1万/月, 1-1.5万·13薪, 15-25K·16薪, 200元/天, 底薪3000+提成, 面议. Every amount is in
// fen of its own unit of time; Month converts it with the days and hours that the law counts a month as.
package pay

import "strings"

// Unit is the time that an amount is for.
type Unit string

// The units of pay, as a register keeps them.
const (
	Month Unit = "month"
	Day   Unit = "day"
	Hour  Unit = "hour"
	Year  Unit = "year"
	Piece Unit = "piece" // by the piece or the order: no monthly amount can be said
)

// Pay is what an advert says. Low and High are fen a Unit, both 0 when nothing is said; High is 0 for an open end (6千以上), and Low is 0 for
// a ceiling alone (1万以下).
type Pay struct {
	Low, High  int64
	Unit       Unit
	Months     int    // monthly amounts a year: 13 in 13薪; 12 when not said
	Negotiable bool   // 面议
	Extra      bool   // more comes on top: 提成, 奖金, 补贴, 计件
	Doubt      string // why the amount could not be read, or how it was understood, in Chinese; "" when there is none
}

// Said tells whether there is an amount.
func (p Pay) Said() bool { return p.Low > 0 || p.High > 0 }

// The days and hours of a month by which a wage is converted (人力资源社会保障部 on 月计薪天数: 21.75 days of 8 hours), in hundredths.
const (
	daysOfMonth  = 2175
	hoursOfMonth = 17400
)

// Month is the pay in fen a month; both are 0 where it cannot be said (piece work, nothing said).
func (p Pay) Month() (low, high int64) {
	convert := func(fen int64) int64 {
		switch p.Unit {
		case Month:
			return fen
		case Day:
			return fen * daysOfMonth / 100
		case Hour:
			return fen * hoursOfMonth / 100
		case Year:
			return fen / 12
		}
		return 0
	}
	return convert(p.Low), convert(p.High)
}

// words is a family of words that mean one thing in an advert. The longer word stands before the shorter one that it contains.
type words struct {
	means string
	any   []string
}

var units = []words{
	{string(Hour), []string{"/小时", "每小时", "元小时", "/时", "/h", "时薪", "小时工资", "一小时", "/钟"}},
	{string(Day), []string{"/天", "/日", "每天", "每日", "日薪", "日结", "元天", "一天", "天结"}},
	{string(Year), []string{"/年", "每年", "年薪", "·年", "年收入", "万年"}},
	{string(Piece), []string{"/件", "/单", "/个", "/次", "/吨", "/米", "/平", "计件", "每件", "每单"}},
	{string(Month), []string{"/月", "每月", "月薪", "月工资", "元月", "/m", "月收入", "月结"}},
}

// unitOf is the unit that a text names, the first that it names if there are several; "" when it names none.
func unitOf(text string) Unit {
	found, at := Unit(""), len(text)
	for _, u := range units {
		for _, w := range u.any {
			if i := strings.Index(text, w); i >= 0 && i < at {
				found, at = Unit(u.means), i
			}
		}
	}
	return found
}

var (
	negotiable = []string{"面议", "面谈", "另议", "negotiable"}
	extra      = []string{"提成", "奖金", "绩效", "补贴", "补助", "分红", "加班费", "计件", "全勤"}
)

func hasAny(text string, list []string) bool {
	for _, w := range list {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
