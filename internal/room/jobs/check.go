package jobs

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"jiuye/internal/engine/rank/advert"
	"jiuye/internal/ground/lang"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// Problem is what keeps a vacancy from being published, with the form's field it is about.
type Problem struct{ Field, Text string }

// fieldNames are the fields of the form whose words are checked, with their names for people.
var fieldNames = []struct{ field, name string }{{"title", "岗位名称"}, {"occupation", "工种"}, {"benefits", "福利和要求"}, {"body", "岗位说明"}}

func nameOf(field string) string {
	for _, f := range fieldNames {
		if f.field == field {
			return f.name
		}
	}
	return "工资"
}

func wordsOf(v employer.Vacancy) []advert.Field {
	return []advert.Field{{Name: "title", Text: v.Title}, {Name: "occupation", Text: v.Occupation}, {Name: "benefits", Text: v.Benefits}, {Name: "body", Text: v.Body}}
}

// Check lists everything that keeps a vacancy from being published on a day and with a minimum wage, in the order of the form. What an
// officer is to be asked about does not: see asked.
func Check(v employer.Vacancy, today time.Time, least Floor) []Problem {
	var list []Problem
	bad := func(field, format string, args ...any) {
		list = append(list, Problem{field, fmt.Sprintf(format, args...)})
	}
	for _, o := range objections(wordsOf(v), advert.Context{}) {
		if !o.Ask {
			bad(o.found.Place.Field, "%s", o.Text(nameOf(o.found.Place.Field)))
		}
	}
	if v.Title == "" {
		bad("title", "请填写岗位名称")
	}
	if v.Openings < 1 || v.Openings > 5000 {
		bad("openings", "招聘人数应在 1～5000 之间，您填了 %d", v.Openings)
	}
	switch {
	case v.PayLow <= 0:
		bad("low", "请填写最低月工资")
	case v.PayLow < least.Fen:
		bad("low", "最低月工资 %s 元低于最低工资标准 %s 元。请改为 %s 元以上，依据：%s", lang.Fen(v.PayLow), lang.Fen(least.Fen), lang.Fen(least.Fen), least.Source)
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

// asked are the objections about which an officer is asked before a vacancy is published, but for the phrases that an officer
// has already let pass. Pay is compared with open vacancies of the same work in the league.
func (r *Room) asked(ctx context.Context, v employer.Vacancy, passed string) ([]Objection, error) {
	usual, err := r.usual(ctx, v)
	if err != nil {
		return nil, err
	}
	var list []Objection
	for _, o := range objections(wordsOf(v), advert.Context{PayLow: v.PayLow, PayHigh: v.PayHigh, Usual: usual}) {
		if o.Ask && !slices.Contains(strings.Split(passed, "\n"), o.key()) {
			list = append(list, o)
		}
	}
	return list, nil
}

// key is what an officer lets pass: the words, or what is said about the pay.
func (o Objection) key() string {
	if o.Phrase == "" {
		return o.Rule
	}
	return strings.Join(strings.Fields(o.Phrase), " ")
}

func (r *Room) usual(ctx context.Context, v employer.Vacancy) (*advert.Usual, error) {
	league := leagueOf(v.Area)
	list, err := r.Employers.Paid(ctx, league, v.Code, v.Occupation, v.ID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	at := func(part int) int64 { return list[min(len(list)*part/100, len(list)-1)] }
	work := v.Occupation
	if work == "" {
		work = v.Title
	}
	return &advert.Usual{N: len(list), Tenth: at(10), Mid: at(50), Most: at(90), Where: area.Name(league) + work}, nil
}
