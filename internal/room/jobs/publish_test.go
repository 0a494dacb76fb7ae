package jobs

import (
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/employer"
)

var auditStart audit.Cursor

func TestWhatKeepsAVacancyFromBeingPublished(t *testing.T) {
	today := clock.Date(2025, time.September, 24)
	good := employer.Vacancy{Title: "保洁员", Openings: 2, PayLow: 250000, PayHigh: 300000, Area: "152921110", Closes: day(10, 31)}
	for name, c := range map[string]struct {
		change func(*employer.Vacancy)
		field  string
		text   string
	}{
		"nothing":               {func(*employer.Vacancy) {}, "", ""},
		"a discriminating word": {func(v *employer.Vacancy) { v.Title = "保洁员（限女性）" }, "title", "岗位名称里写了“限女性”。法律不允许限制性别，请删去（《就业促进法》第二十七条、《妇女权益保障法》第四十三条）"},
		"in the benefits":       {func(v *employer.Vacancy) { v.Benefits = "包吃住，押金200元" }, "benefits", "福利和要求里写了“押金200元”"},
		"no title":              {func(v *employer.Vacancy) { v.Title = "" }, "title", "请填写岗位名称"},
		"nobody is wanted":      {func(v *employer.Vacancy) { v.Openings = 0 }, "openings", "招聘人数应在 1～5000 之间，您填了 0"},
		"no pay":                {func(v *employer.Vacancy) { v.PayLow = 0 }, "low", "请填写最低月工资"},
		"below the minimum":     {func(v *employer.Vacancy) { v.PayLow = 150000 }, "low", "最低月工资 1,500 元低于最低工资标准 2,270 元。请改为 2,270 元以上"},
		"upside down":           {func(v *employer.Vacancy) { v.PayHigh = 240000 }, "high", "最高月工资 2,400 元低于最低月工资 2,500 元。请改为不低于 2,500 元"},
		"no place":              {func(v *employer.Vacancy) { v.Area = "1529" }, "area", "请选择工作地点"},
		"ends today":            {func(v *employer.Vacancy) { v.Closes = day(9, 24) }, "closes", "截止日期应在今天（2025-09-24）以后，请填写以后的日期"},
		"open for ever":         {func(v *employer.Vacancy) { v.Closes = db.On(clock.Date(2030, 1, 1)) }, "closes", "截止日期最长为一年，请填写 2026-09-24 以前的日期"},
	} {
		v := good
		c.change(&v)
		got := Check(v, today, Floor{227000, "测试"})
		switch {
		case c.field == "" && len(got) == 0:
		case len(got) != 1 || got[0].Field != c.field || !strings.HasPrefix(got[0].Text, c.text):
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTheMinimumWageIsThatOfThePlaceOfWork(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		v := employer.Vacancy{Title: "帮厨", Openings: 2, PayLow: 225000, PayHigh: 300000, Area: "152923100", Closes: day(10, 31)}
		if _, err := r.Publish(ctx, unit, v, "a"); err != nil {
			t.Errorf("2,250 yuan in Ejin, where 2,200 is the least: %v", err)
		}
		v.Area = "152921110"
		_, err := r.Publish(ctx, unit, v, "b")
		wantFault(t, err, fault.Invalid, "2,250 yuan where 2,270 is the least")
	})
}

func TestAnEmployerPublishesChangesAndCloses(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.work(t, cleaning(10, 1))
		v := employer.Vacancy{Title: "帮厨", Occupation: "帮厨", Openings: 2, PayLow: 250000, PayHigh: 300000, Area: "152921110", Closes: day(10, 31)}
		_, err := r.Publish(ctx, seeker(1), v, "a")
		wantFault(t, err, fault.Denied, "a seeker publishes")
		bad := v
		bad.Title = "帮厨（限男）"
		_, err = r.Publish(ctx, unit, bad, "b")
		wantFault(t, err, fault.Invalid, "a discriminating vacancy")
		id, err := r.Publish(ctx, unit, v, "c")
		if err != nil {
			t.Fatal(err)
		}
		_, err = r.Publish(ctx, unit, v, "c")
		wantFault(t, err, fault.Repeat, "a double click")

		kept, err := r.Employers.Vacancy(ctx, id)
		if err != nil || kept.Version != 1 || kept.EmployerID != 50 || kept.Posted != day(9, 24) || kept.State != employer.Open {
			t.Fatalf("%+v, %v", kept, err)
		}
		change := kept
		change.Openings = 3
		if _, err := r.Publish(ctx, unit, change, "d"); err != nil {
			t.Fatal(err)
		}
		_, err = r.Publish(ctx, unit, change, "e")
		wantFault(t, err, fault.Conflict, "a stale form")
		_, err = r.Publish(ctx, rival, change, "f")
		wantFault(t, err, fault.NotFound, "another employer's vacancy")

		wantFault(t, r.Close(ctx, rival, id, false, 2, "g"), fault.NotFound, "another employer closes")
		if err := r.Close(ctx, unit, id, false, 2, "h"); err != nil {
			t.Fatal(err)
		}
		wantFault(t, r.Apply(ctx, seeker(1), id, "", "i"), fault.Late, "a closed vacancy")
		if err := r.Close(ctx, unit, id, true, 3, "j"); err != nil {
			t.Fatal(err)
		}
		r.clock.Add(60 * 24 * time.Hour)
		wantFault(t, r.Close(ctx, unit, id, true, 4, "k"), fault.Late, "reopened after its last day")
	})
}
