package employer

import "jiuye/internal/ground/db"

// Vacancy states.
const (
	Open   = "open"   // 招聘中
	Closed = "closed" // 已停止
	Hidden = "hidden" // 暂不展示: nobody closed it; room jobs says why
)

// Vacancy is work without people (岗位). Pay is in fen a month whatever unit it is offered in, so that vacancies compare.
type Vacancy struct {
	EmployerID int64
	ID         int64
	Title      string
	Occupation string
	Openings   int
	PayLow     int64 // fen a month
	PayHigh    int64
	Education  int // lowest accepted, as person.Educations; 0 none asked
	Area       string
	Contract   int // months; 999 without end
	Posted     db.Date
	Closes     db.Date // last day shown
	Benefits   string
	State      string
	Version    int64

	Code       string  // occupation of the 2022 classification, 6-18-02-04; "" not coded
	Body       string  // the advert's text
	Experience int     // months asked for
	Hours      string  // kind of working time, of Hours; "" not said
	PayUnit    string  // as offered: month, day, hour, year, piece; "" is month
	PayMonths  int     // monthly amounts a year; 0 is 12
	Skills     string  // words with blanks between
	Friendly   string  // groups welcomed: keys of Friendly with blanks between
	Contact    string  // as the advert says
	Source     string  // who delivered it; "" the employer itself
	SourceKey  string  // its number or address there
	Confirmed  db.Date // last day the employer said that it is still open
}

// KeepUntold takes over from a vacancy what departments' tables do not tell of it, so that drawing it anew loses nothing.
func (v *Vacancy) KeepUntold(from Vacancy) {
	v.Version, v.State = from.Version, from.State
	v.Code, v.Body, v.Experience, v.Hours = from.Code, from.Body, from.Experience, from.Hours
	v.PayUnit, v.PayMonths, v.Skills, v.Friendly = from.PayUnit, from.PayMonths, from.Skills, from.Friendly
	v.Contact, v.Source, v.SourceKey, v.Confirmed = from.Contact, from.Source, from.SourceKey, from.Confirmed
}

// Choice is one value of a field with its names.
type Choice struct{ Key, Zh, En string }

// Hours are the kinds of working time.
var Hours = []Choice{
	{"full", "全日制", "full time"}, {"shift", "倒班", "shifts"}, {"part", "非全日制", "part time"}, {"season", "季节性", "seasonal"},
	{"day", "日结零工", "by the day"}, {"flexible", "弹性工时", "flexible"}, {"intern", "见习实习", "internship"},
}

// Friendly are the groups that a vacancy may say it welcomes.
var Friendly = []Choice{
	{"graduate", "高校毕业生", "graduates"}, {"veteran", "退役军人", "veterans"}, {"disabled", "残疾人", "people with disabilities"},
	{"older", "大龄人员", "older people"}, {"carer", "带娃妈妈", "parents with care duties"}, {"rural", "农牧民", "farmers and herders"}, {"hardship", "就业困难人员", "people in hardship"},
}
