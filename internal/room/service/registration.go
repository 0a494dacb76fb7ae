package service

import (
	"time"

	"jiuye/internal/register/person"
)

// What is done at the counter (办理事项).
const (
	Unemployed = "unemployed" // 失业登记
	Employed   = "employed"   // 就业登记
	Unlisted   = "unlisted"   // 失业登记注销
	Left       = "left"       // 就业登记终止
)

// Acts in the order of the page.
var Acts = []string{Unemployed, Employed, Unlisted, Left}

// Reasons of unemployment (就业失业登记管理办法: 失业原因), outcomes of an ended registration, and reasons of an ended
// employment, as they stand in the registers.
var (
	Reasons   = []string{"终止或解除劳动合同", "毕业后未就业", "停业、破产", "失去承包土地、草场", "退役后未就业", "刑满释放", "其他"}
	Outcomes  = []string{"就业", "参加学习培训", "退休", "丧失劳动能力", "终止就业要求", "移居境外", "死亡", "其他"}
	LeftWhys  = []string{"合同期满", "本人辞职", "单位解除", "单位停业、破产", "退休", "其他"}
	Contracts = []string{"0", "6", "12", "24", "36", "60", "999"} // months, as person.Spell
)

// needsUnit are the kinds of employment that have an employer.
var needsUnit = map[string]bool{person.Unit: true, person.Post: true}

// Kinds of employment in the order of the form.
var Kinds = []string{person.Unit, person.Flex, person.Self, person.Post, person.Transfer}

// Working ages: 16 by 劳动法 art. 15; above 60 nobody registers as unemployed without a second look.
const (
	youngest = 16
	oldest   = 60
)

// Finding is something the register holds against an act: it refuses it, or it is asked about (核对登记库).
type Finding struct {
	Key    string // word key below service.finding.
	Args   []any
	Refuse bool
}

// Check looks at what the register holds of somebody before an act on a day. names are those of the employers.
func Check(act string, f *person.Facts, today time.Time, names map[int64]string) (found []Finding) {
	refuse := func(key string, args ...any) { found = append(found, Finding{key, args, true}) }
	ask := func(key string, args ...any) { found = append(found, Finding{key, args, false}) }
	age, open, work := f.Age(today), f.Registered(today), f.AtWork(today)
	if f.Dead(today) {
		refuse("dead", f.Died.String())
	}
	switch act {
	case Unemployed, Employed:
		if age < youngest {
			refuse("young", age, youngest)
		}
	}
	switch act {
	case Unemployed:
		if open != nil {
			refuse("listed", open.Since.String())
		}
		if work != nil {
			refuse("working", work.Since.String(), unitName(work.EmployerID, names))
		}
		for _, in := range insuredNow(f, today) {
			ask("insured", unitName(in.EmployerID, names), monthText(in.From))
		}
		if age >= oldest {
			ask("old", age)
		}
		if f.Student {
			ask("student")
		}
	case Employed:
		if work != nil {
			ask("second", work.Since.String(), unitName(work.EmployerID, names))
		}
		if f.Student {
			ask("student")
		}
	case Unlisted:
		if open == nil {
			refuse("notListed")
		}
	case Left:
		if work == nil {
			refuse("notWorking")
		}
	}
	return found
}

// insuredNow are the runs of months that units pay for, this month or last.
func insuredNow(f *person.Facts, today time.Time) (list []person.Insurance) {
	last := person.MonthOf(today.AddDate(0, 0, -today.Day()))
	for _, in := range f.Insurances {
		if in.Kind == person.Pension && in.EmployerID != 0 && (in.To == 0 || in.To >= last) {
			list = append(list, in)
		}
	}
	return list
}

func unitName(id int64, names map[int64]string) string {
	if name := names[id]; name != "" {
		return name
	}
	return "—"
}

func monthText(month int) string {
	return time.Date(month/100, time.Month(month%100), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
}
