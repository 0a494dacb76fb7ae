package jobs

import (
	"fmt"
	"slices"
	"time"

	"jiuye/internal/ground/lang"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// Problem is what keeps a vacancy from being published, with the form's field it is about.
type Problem struct{ Field, Text string }

// Check lists everything that keeps a vacancy from being published on a day, in the order of the form.
func Check(v employer.Vacancy, today time.Time) []Problem {
	var list []Problem
	bad := func(field, format string, args ...any) {
		list = append(list, Problem{field, fmt.Sprintf(format, args...)})
	}
	for _, text := range []struct{ field, name, text string }{
		{"title", "岗位名称", v.Title}, {"occupation", "工种", v.Occupation}, {"benefits", "福利和要求", v.Benefits},
	} {
		for _, o := range Objections(text.text) {
			bad(text.field, "%s", o.Text(text.name))
		}
	}
	if v.Title == "" {
		bad("title", "请填写岗位名称")
	}
	if v.Openings < 1 || v.Openings > 5000 {
		bad("openings", "招聘人数应在 1～5000 之间，您填了 %d", v.Openings)
	}
	least := minimumWage(today)
	switch {
	case v.PayLow <= 0:
		bad("low", "请填写最低月工资")
	case v.PayLow < least.fen:
		bad("low", "最低月工资 %s 元低于最低工资标准 %s 元。请改为 %s 元以上（%s）", lang.Fen(v.PayLow), lang.Fen(least.fen), lang.Fen(least.fen), least.source)
	case v.PayHigh < v.PayLow:
		bad("high", "最高月工资 %s 元低于最低月工资 %s 元。请改为不低于 %s 元", lang.Fen(v.PayHigh), lang.Fen(v.PayLow), lang.Fen(v.PayLow))
	}
	if len(v.Area) < 6 || !area.Exists(v.Area) {
		bad("area", "请选择工作地点")
	}
	if !v.Closes.After(today) {
		bad("closes", "截止日期应在今天（%s）以后，请填写以后的日期", lang.DateShort(today))
	} else if v.Closes.After(today.AddDate(1, 0, 0)) {
		bad("closes", "截止日期最长为一年，请填写 %s 以前的日期", lang.DateShort(today.AddDate(1, 0, 0)))
	}
	return slices.CompactFunc(list, func(a, b Problem) bool { return a == b })
}
