package supervise

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

func TestTheRuleMovesAMilestoneOneStageADay(t *testing.T) {
	due := on(2025, time.September, 24)
	rule, found := RuleOn(clock.Date(2025, time.September, 1))
	if !found || rule.Remind != 7 || rule.Answer != 3 {
		t.Fatalf("in force is %+v", rule)
	}
	for _, c := range []struct {
		when, stage string
		answer      db.Date
		promise     db.Date
		state       string
		want        string
	}{
		{"2025-09-12", "", db.Date{}, db.Date{}, Open, ""}, // the eighth working day before
		{"2025-09-15", "", db.Date{}, db.Date{}, Open, Reminded},
		{"2025-09-23", Reminded, db.Date{}, db.Date{}, Open, ""},
		{"2025-09-24", Reminded, db.Date{}, db.Date{}, Open, Pressed},
		{"2025-09-24", "", db.Date{}, db.Date{}, Open, Pressed},
		{"2025-09-24", Reminded, db.Date{}, db.Date{}, Reported, ""},
		{"2025-09-28", Pressed, on(2025, time.September, 28), db.Date{}, Open, ""}, // a Sunday that is worked
		{"2025-09-29", Pressed, on(2025, time.September, 28), db.Date{}, Open, Escalated},
		{"2025-09-29", Pressed, on(2025, time.September, 28), on(2025, time.October, 9), Open, ""},
		{"2025-10-10", Pressed, on(2025, time.September, 28), on(2025, time.October, 9), Open, Escalated},
		{"2025-12-31", Escalated, on(2025, time.September, 28), db.Date{}, Open, ""}, // further only by two people
		{"2025-12-31", Pressed, on(2025, time.September, 28), db.Date{}, Done, ""},
	} {
		day, _ := time.Parse(time.DateOnly, c.when)
		m := Milestone{Due: due, Stage: c.stage, AnswerBy: c.answer, Promise: c.promise, State: c.state}
		if got, _ := rule.Next(&m, day); got != c.want {
			t.Errorf("on %s from %q: %q, want %q", c.when, c.stage, got, c.want)
		}
	}
	if got := workday.Add(clock.Date(2025, time.September, 24), rule.Answer); !got.Equal(clock.Date(2025, time.September, 28)) {
		t.Errorf("a press of 24 September is to be answered by %s", got)
	}
	if old, _ := RuleOn(clock.Date(2023, time.May, 1)); old.Remind != 5 {
		t.Errorf("in 2023 %+v was in force", old)
	}
	if _, found := RuleOn(clock.Date(2019, time.May, 1)); found {
		t.Error("no rule was in force in 2019")
	}
}

func TestAUnitThatDoesNothingIsRemindedPressedEscalatedAndHandedOver(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		d, m := w.duty(on(2025, time.September, 24))
		w.night(nil)
		w.to("2025-09-15")
		w.night(map[string]int{Reminded: 1})
		w.night(nil) // the same night again
		w.to("2025-09-24")
		w.night(map[string]int{Pressed: 1})
		w.refused(fault.Conflict, w.Hand(ctx, chief, d.ID, m.ID, "仍未落实", d.Version, w.Once()))
		w.to("2025-09-29")
		w.night(map[string]int{Escalated: 1})
		w.night(nil)
		w.Must(w.Hand(ctx, chief, d.ID, m.ID, "催办后仍未落实", d.Version, w.Once()))
		w.refused(fault.Denied, w.approve(chief, kindPlatform)) // whoever asked does not decide
		w.Must(w.approve(second, kindPlatform))
		d, m = w.again(d.ID)
		if m.Stage != Platform {
			t.Errorf("the milestone is at %q", m.Stage)
		}
		steps, err := w.steps(ctx, d.ID)
		w.Must(err)
		var what []string
		for _, s := range steps {
			what = append([]string{s.What}, what...)
		}
		if got := strings.Join(what, " "); got != "give remind press escalate platform" {
			t.Errorf("on record is %s", got)
		}
		n, late, err := w.Overdue(ctx, "1529")
		w.Must(err)
		if n != 1 || late[0].Days != 4 || late[0].Unit != "阿拉善左旗人力资源和社会保障局" {
			t.Errorf("overdue: %d %+v", n, late)
		}
		if n, _, err := w.Overdue(ctx, "152923"); err != nil || n != 0 {
			t.Errorf("another banner has %d overdue (%v)", n, err)
		}
	})
}

func TestAUnitReportsWithEvidenceAndAnotherPersonChecks(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		d, m := w.duty(on(2025, time.September, 24))
		w.refused(fault.Denied, w.Progress(ctx, bold, d.ID, m.ID, 100, "已办", paper, 0, w.Once()))
		w.refused(fault.Denied, w.Progress(ctx, chief, d.ID, m.ID, 100, "已办", paper, 0, w.Once())) // not the unit
		w.refused(fault.Invalid, w.Progress(ctx, suriya, d.ID, m.ID, 100, "已办", nil, 0, w.Once()))
		w.Must(w.Progress(ctx, suriya, d.ID, 0, 40, "已核 40 人", nil, 0, w.Once()))
		w.refused(fault.Invalid, w.Progress(ctx, suriya, d.ID, 0, 30, "更正", nil, 1, w.Once()))
		w.Must(w.Progress(ctx, suriya, d.ID, m.ID, 90, "名单已上报", paper, 1, w.Once()))
		w.refused(fault.Denied, w.Check(ctx, suriya, d.ID, m.ID, true, "属实", 2, w.Once()))
		w.Must(w.Check(ctx, chief, d.ID, m.ID, false, "名单缺 3 人", 2, w.Once()))
		w.Must(w.Progress(ctx, suriya, d.ID, m.ID, 95, "已补", paper, 3, w.Once()))
		w.refused(fault.Conflict, w.Check(ctx, chief, d.ID, m.ID, true, "属实", 2, w.Once())) // a page from before
		w.Must(w.Check(ctx, chief, d.ID, m.ID, true, "属实", 4, w.Once()))
		if d, m = w.again(d.ID); d.State != Done || d.Percent != 100 || m.State != Done {
			t.Errorf("after the last check: %+v %+v", d, m)
		}
		w.to("2025-12-01")
		w.night(nil)
	})
}

func TestWhatIsReturnedAfterAPressHasDaysToAnswerAgain(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		d, m := w.duty(on(2025, time.September, 10))
		w.to("2025-09-10")
		w.night(map[string]int{Pressed: 1})
		w.Must(w.Progress(ctx, suriya, d.ID, m.ID, 100, "已办", paper, 0, w.Once()))
		w.to("2025-09-22")
		w.Must(w.Check(ctx, chief, d.ID, m.ID, false, "名单不全", 1, w.Once()))
		w.to("2025-09-25")
		w.night(nil)
		w.to("2025-09-26")
		w.night(map[string]int{Escalated: 1})
	})
}

func TestMoreTimeIsGivenByTheLevelAbove(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		d, m := w.duty(on(2025, time.September, 24))
		w.to("2025-09-24")
		w.night(map[string]int{Pressed: 1})
		w.refused(fault.Invalid, w.Answer(ctx, suriya, d.ID, m.ID, "人手不足", on(2025, time.December, 1), 0, w.Once()))
		w.Must(w.Answer(ctx, suriya, d.ID, m.ID, "人手不足", on(2025, time.October, 9), 0, w.Once()))
		w.to("2025-09-30")
		w.night(nil) // it has answered
		w.Must(w.Extend(ctx, suriya, d.ID, m.ID, on(2025, time.October, 31), "核查点增加", 1, w.Once()))
		w.refused(fault.Conflict, w.Extend(ctx, suriya, d.ID, m.ID, on(2025, time.November, 1), "再申请", 2, w.Once()))
		w.refused(fault.Denied, w.approve(mergen, kindExtend))
		w.Must(w.approve(chief, kindExtend))
		if _, m = w.again(d.ID); m.Due != on(2025, time.October, 31) || m.Stage != "" {
			t.Errorf("after the extension: %+v", m)
		}
		w.to("2025-10-31")
		w.night(map[string]int{Pressed: 1})
	})
}

func TestAMilestoneNeverGoesBackNorSkipsAPress(t *testing.T) {
	order := map[string]int{"": 0, Reminded: 1, Pressed: 2, Escalated: 3}
	rapid.Check(t, func(t *rapid.T) {
		due := clock.Date(2025, time.January, 1).AddDate(0, 0, rapid.IntRange(0, 600).Draw(t, "due"))
		m := Milestone{Due: db.On(due), State: Open}
		day := due.AddDate(0, 0, -rapid.IntRange(0, 30).Draw(t, "before"))
		for range rapid.IntRange(1, 40).Draw(t, "nights") {
			day = day.AddDate(0, 0, rapid.IntRange(1, 5).Draw(t, "days"))
			rule, _ := RuleOn(day)
			stage, answer := rule.Next(&m, day)
			if stage == "" {
				continue
			}
			if order[stage] <= order[m.Stage] || stage == Escalated && m.Stage != Pressed || stage == Pressed && day.Before(due) {
				t.Fatalf("from %q to %q on %s, due %s", m.Stage, stage, day, due)
			}
			if m.Stage = stage; !answer.IsZero() {
				m.AnswerBy = db.On(answer)
			}
			if again, _ := rule.Next(&m, day); again != "" {
				t.Fatalf("twice on %s: %q", day, again)
			}
		}
	})
}

func TestEveryUnitHasOneLiaison(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		d, _ := w.duty(on(2025, time.September, 24))
		w.refused(fault.Denied, w.Appoint(ctx, bold, d.UnitID, Liaison{Name: "乌兰", Phone: "1"}, 0, w.Once()))
		w.Must(w.Appoint(ctx, chief, d.UnitID, Liaison{Name: "乌兰", Phone: "13800000001"}, 0, w.Once()))
		w.refused(fault.Conflict, w.Appoint(ctx, chief, d.UnitID, Liaison{Name: "高娃", Phone: "1"}, 0, w.Once()))
		w.to("2025-09-10")
		w.Must(w.Appoint(ctx, chief, d.UnitID, Liaison{Name: "高娃", Phone: "13800000002", AccountID: mergen.ID}, 1, w.Once()))
		list, err := w.liaisons(ctx, w.Room.DB, d.UnitID)
		w.Must(err)
		if len(list) != 2 || list[0].Name != "高娃" || !list[0].Until.IsZero() || list[1].Until != on(2025, time.September, 10) {
			t.Errorf("liaisons: %+v", list)
		}
	})
}

// A plan that was uploaded and put in force is split as the printed ones are; its departments are those of the area.
func TestTheTasksOfAnUploadedPlanAreSplitToo(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		plan := indicator.Plan{ID: "912", Name: "阿拉善盟“十五五”就业促进规划", Area: "1529", BaseYear: 2025, LastYear: 2030, State: indicator.Confirmed}
		w.Must(w.Room.DB.Tx(ctx, func(tx *db.Tx) error {
			if err := w.Indicators.SavePlan(ctx, tx, plan); err != nil {
				return err
			}
			return w.Indicators.SaveTasks(ctx, tx, []indicator.Task{
				{Plan: "912", No: "1", Key: "1", Title: "办好零工市场", Summary: "各旗至少一处", Lead: "盟人力资源和社会保障局", Units: []string{"盟人力资源和社会保障局", "盟财政局", "盟妇女儿童中心"}, Deliverables: []string{"零工市场4处"}, Due: "2026-06-30", Quote: "办好零工市场"},
				{Plan: "912", No: "2", Key: "2", Title: "没有写明单位的任务", Summary: "没有写明单位的任务", Quote: "没有写明单位的任务"}})
		}))
		all, names, err := w.offered(ctx, "152921")
		w.Must(err)
		if last := all[len(all)-1]; last.Key() != "912/1" || names["912"] != plan.Name {
			t.Fatalf("%+v, %v", last, names)
		}
		if n, err := w.Split(ctx, chief, "152921", 2026, []string{"912/1"}, w.Once()); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		type given struct{ unit, joint, text string }
		g, _, err := db.One(ctx, w.Room.DB, func(g *given) []any { return []any{&g.unit, &g.joint, &g.text} },
			`SELECT u.name, d.joint, m.text FROM supervise_duty d JOIN supervise_unit u ON u.unit_id = d.unit_id JOIN supervise_milestone m ON m.duty_id = d.duty_id WHERE d.plan = '912' ORDER BY d.duty_id`)
		w.Must(err)
		if g.unit != "阿拉善左旗人力资源和社会保障局" || g.joint != "阿拉善左旗财政局、盟妇女儿童中心" || g.text != "零工市场4处" {
			t.Errorf("%+v", g)
		}
		if other, _, err := w.offered(ctx, "1501"); err != nil || len(other) != len(all)-1 {
			t.Errorf("another league is offered the plan: %v", err)
		}
	})
}

func TestAPlanIsSplitOnce(t *testing.T) {
	all, err := items()
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, it := range all {
		count[it.Plan]++
		if it.Title == "" || it.Lead == "" || unitName(it.Lead, "152921") == it.Lead || it.Quote == "" || len(it.Steps) == 0 {
			t.Errorf("%s is not whole: %+v", it.Key(), it)
		}
	}
	for plan, n := range map[string]int{"002": 21, "001": 29, "000": 29, "004": 26} { // 19 tasks and two guarantees; box projects; sections
		if count[plan] != n {
			t.Errorf("of document %s the catalogue has %d, want %d", plan, count[plan], n)
		}
	}
	run(t, func(t *testing.T, w *world) {
		keys := []string{"002/5", "002/16", "001/专栏12-5"}
		for _, want := range []int{3, 0} {
			if n, err := w.Split(ctx, chief, "152921", 2025, keys, w.Once()); err != nil || n != want {
				t.Errorf("%d duties were given (%v), want %d", n, err, want)
			}
		}
		_, err := w.Split(ctx, bold, "152921", 2025, keys, w.Once())
		w.refused(fault.Denied, err)
		list, err := units(ctx, w.Room.DB, "152921")
		w.Must(err)
		if len(list) != 2 || list[0].Name != "阿拉善左旗市场监督管理局" {
			t.Errorf("units: %+v", list)
		}
	})
}

func TestAnInspectionIsClosedWhenEveryFindingIsPutRight(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		d, _ := w.duty(on(2025, time.September, 24))
		in := Inspection{Area: "1529", Theme: "money", Title: "资金检查", From: on(2025, time.September, 1), Until: on(2025, time.September, 5), Leader: "那仁", Member: "那仁", Places: "152921", Checklist: "专款专用\n按月发放"}
		_, err := w.Plan(ctx, chief, in, w.Once())
		w.refused(fault.Invalid, err) // two people
		in.Member = "刘芳"
		id, err := w.Plan(ctx, chief, in, w.Once())
		w.Must(err)
		k := Checked{Area: "152921", Item: "按月发放", Text: "3 人的补贴晚发"}
		w.refused(fault.Invalid, w.Look(ctx, chief, id, k, d.UnitID, on(2025, time.September, 30), nil, 0, w.Once()))
		w.Must(w.Look(ctx, chief, id, k, d.UnitID, on(2025, time.September, 30), paper, 0, w.Once()))
		w.refused(fault.Conflict, w.Conclude(ctx, chief, id, "良好", 1, w.Once()))
		found, err := duties(ctx, w.Room.DB, Filter{Area: "152921", Source: FromFinding, SourceID: id}, newest, 5)
		w.Must(err)
		fix, m := w.again(found[0].ID)
		w.Must(w.Progress(ctx, suriya, fix.ID, m.ID, 100, "已补发", paper, 0, w.Once()))
		w.Must(w.Check(ctx, chief, fix.ID, m.ID, true, "已核", 1, w.Once()))
		w.Must(w.Conclude(ctx, chief, id, "一个问题，已整改", 1, w.Once()))
	})
}

func TestTheLedgerIsWrittenByTwoPeople(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		d, _ := w.duty(on(2025, time.September, 24))
		e := Entry{Kind: Tolerance, UnitID: d.UnitID, Title: "试点未达预期", Facts: "事实", Conditions: "explore lawful", Source: "inspection", SourceText: "资金检查", On: on(2025, time.August, 1)}
		w.refused(fault.Invalid, w.Enter(ctx, chief, e, w.Once()))
		e.Conditions = strings.Join(conditions, " ")
		w.refused(fault.Denied, w.Enter(ctx, suriya, e, w.Once()))
		w.Must(w.Enter(ctx, chief, e, w.Once()))
		w.refused(fault.Denied, w.approve(chief, kindLedger))
		w.Must(w.approve(second, kindLedger))
		list, err := w.entries(ctx, "152921", "", newest, 5)
		w.Must(err)
		if len(list) != 1 || list[0].State != Kept || list[0].Facts != "事实" || !strings.Contains(list[0].Decider, "陈处") {
			t.Errorf("the ledger: %+v", list)
		}
	})
}

func TestALeaguesAppraisalCoversEveryBannerBelow(t *testing.T) {
	if s := (Scheme{Area: "1529"}); len(s.Areas()) != len(area.Children("1529")) {
		t.Error(s.Areas())
	}
	if sum := sumOf(usual()); sum != Full {
		t.Errorf("the usual weights add up to %s", hundredths(sum))
	}
}
