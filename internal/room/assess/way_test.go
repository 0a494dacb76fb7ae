package assess

import (
	"slices"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

func TestEveryWordIsThereInBothLanguages(t *testing.T) { webtest.Words(t, (&Room{}).Web()) }

func TestAClosureIsCountedFromTheRegister(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.set(contributions, 500_000)
		w.set(contributeRate, 2_400)
		w.set(benefitStandard, 170_000)
		e := must(w.Employers.Get(ctx, 5))
		c := w.get(w.file(suriya, Case{Kind: Exit, Title: "恒瑞化工关停", Industry: "C26", Lost: 4}, e.CreditCode))
		r := c.Result
		if r.Insured != 4 || r.Risk.Workers != 4 || r.Risk.Older != 2 {
			t.Errorf("of four workers two are older than fifty: %+v", r.Risk)
		}
		if r.Risk.OneEarner != 2 {
			t.Errorf("the one who lives with somebody out of work and the one alone earn alone: %+v", r.Risk)
		}
		if r.Risk.AreaInsured != 5 || r.Risk.Industry != 4 {
			t.Errorf("five insured in the banner, four of them in chemistry: %+v", r.Risk)
		}
		// 189, 81, 21 and 1 months of contributions until September 2025: 24 + 18 + 12 months of benefit
		if r.Security.Entitled != 3 || r.Security.Months != 54 || r.Security.FundFen != 54*170_000 || r.Security.GapFen != 5_760_000 {
			t.Errorf("%+v", r.Security)
		}
		if c.Lights != (Lights{Red, None, Open, Yellow}) || !slices.Equal(r.Finding, []string{"R03"}) {
			t.Errorf("lights %v, found by %v", c.Lights, r.Finding)
		}
		if err := w.AddLine(ctx, suriya, c.ID, Line{Occupation: "电工", People: 1}, key()); !fault.Is(err, fault.Invalid) {
			t.Errorf("a closure brings no posts: %v", err)
		}
	})
}

func TestAProjectFromFilingToItsMeasures(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.tx(func(tx *db.Tx) error {
			return w.Employers.SaveVacancies(ctx, tx, []employer.Vacancy{{EmployerID: 6, ID: 9, Title: "店员", Occupation: "营业员", Openings: 12, PayLow: 300_000, PayHigh: 500_000, Area: "152921", Posted: db.On(date("2025-09-01")), Closes: db.On(date("2025-12-01")), State: employer.Open}})
		})
		w.set(insuredFloor, 9_000)
		id := w.file(suriya, Case{Kind: Project, Title: "盐化工改造", Industry: "C26", InvestFen: 10_000_000_000}, "")
		if err := w.AddLine(ctx, suriya, id, Line{Occupation: "化工单元操作工", Education: 60, People: 50, Months: 36, Insured: true, PayFen: 450_000}, key()); err != nil {
			t.Fatal(err)
		}
		if err := w.AddLine(ctx, suriya, id, Line{Occupation: "砌筑工", People: 30, Temporary: true, PayFen: 600_000}, key()); err != nil {
			t.Fatal(err)
		}
		c := w.get(id)
		if p := c.Result.Posts; p.Permanent != 50 || p.Temporary != 30 || p.Intensity != 500 || len(p.Fits) != 1 || p.Fits[0].Schooled != 200 || p.Fits[0].Wishing != 1 {
			t.Errorf("50 posts for a hundred million are 5 for ten million; of five levels 40 each are schooled, one looks for the work: %+v", p)
		}
		if e := c.Result.Environment; e.Median != 400_000 || e.AtMedian != 80 || e.Insured != 50 || e.Minimum != 227_000 {
			t.Errorf("%+v", e)
		}
		if c.Lights[1] != Yellow {
			t.Errorf("50 of 80 insured is less than nine tenths: %v", c.Lights)
		}
		if err := w.Send(ctx, suriya, id, Conditional, "可行", key()); !fault.Is(err, fault.Invalid) {
			t.Errorf("without an opinion: %v", err)
		}
		if err := w.Say(ctx, chief, id, Opinion{Department: "阿拉善盟人力资源和社会保障局", Stance: WithChanges, Text: "建设期用工应按项目参加工伤保险"}, key()); err != nil {
			t.Fatal(err)
		}
		if err := w.Send(ctx, suriya, id, Conditional, "可行", key()); !fault.Is(err, fault.Invalid) {
			t.Errorf("without a measure for the yellow light: %v", err)
		}
		once := key()
		for i, again := range []bool{false, true} {
			err := w.AddMeasure(ctx, suriya, id, Measure{Dimension: Environment, Text: "建设期全部按项目参保", Unit: "左旗人力资源和社会保障局", To: "152921", WorkDays: 20}, once)
			if again != fault.Is(err, fault.Repeat) || !again && err != nil {
				t.Errorf("time %d: %v", i, err)
			}
		}
		if err := w.Send(ctx, suriya, id, Conditional, "落实参保后实施", key()); err != nil {
			t.Fatal(err)
		}
		if err := w.AddLine(ctx, suriya, id, Line{Occupation: "电工", People: 1}, key()); !fault.Is(err, fault.Conflict) {
			t.Errorf("what is sent does not change any more: %v", err)
		}
		if err := w.agree(suriya); !fault.Is(err, fault.Denied) {
			t.Errorf("nobody concludes their own: %v", err)
		}
		if err := w.agree(chief); err != nil {
			t.Fatal(err)
		}
		c = w.get(id)
		if c.State != Concluded || c.Verdict != Conditional || c.Concluder == "" {
			t.Errorf("%+v", c)
		}
		tasks := must(w.Assignments.List(ctx, assignment.Filter{To: "152921"}, db.Date{}, 0, 10))
		if len(tasks) != 1 || tasks[0].Title != "就业环境：盐化工改造" {
			t.Fatalf("tasks %+v", tasks)
		}
		if err := w.Assignments.Answer(ctx, suriya, tasks[0].ID, tasks[0].Version, "done", "已全部参保", key()); err != nil {
			t.Fatal(err)
		}
		if err := w.Assignments.Accept(ctx, chief, tasks[0].ID, tasks[0].Version+1, "", key()); err != nil {
			t.Fatal(err)
		}
		if m := must(measuresOf(ctx, w.DB, id)); m[0].DoneOn.String() != "2025-09-24" || m[0].Outcome != "done" {
			t.Errorf("the accepted answer stands at the measure: %+v", m)
		}
		if err := w.Publish(ctx, suriya, id, c.Version, key()); !fault.Is(err, fault.Denied) {
			t.Errorf("officers do not publish: %v", err)
		}
		if err := w.Publish(ctx, chief, id, c.Version, key()); err != nil {
			t.Fatal(err)
		}
	})
}

func TestARefusalMakesItADraftAgain(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id := w.file(suriya, Case{Kind: PolicySubject, Title: "以工代赈"}, "")
		if err := w.Say(ctx, suriya, id, Opinion{Department: "财政局", Stance: Agrees, Text: "同意"}, key()); err != nil {
			t.Fatal(err)
		}
		if err := w.Send(ctx, suriya, id, Proceed, "可行", key()); err != nil {
			t.Fatal(err)
		}
		list := must(w.Approvals.List(ctx, approvalWaiting, 0, 2))
		if err := w.Approvals.Decide(ctx, chief, list[0].ID, list[0].Version, false, "请补充岗位构成", key()); err != nil {
			t.Fatal(err)
		}
		if c := w.get(id); c.State != Draft {
			t.Errorf("state %s", c.State)
		}
	})
}

func TestWhoMayFileWhere(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		one := Filing{Case: Case{Kind: Project, Title: "x", Area: "152921", Starts: db.On(date("2025-10-01"))}}
		if _, err := w.File(ctx, bold, one, key()); !fault.Is(err, fault.Denied) {
			t.Errorf("another banner's officer: %v", err)
		}
		one.CreditCode = "911529210000000001"
		if _, err := w.File(ctx, suriya, one, key()); !fault.Is(err, fault.Invalid) {
			t.Errorf("a unit that nobody knows: %v", err)
		}
		id := w.file(chief, Case{Kind: Project, Title: "x", Area: "1529"}, "")
		if err := w.AddMeasure(ctx, chief, id, Measure{Dimension: Posts, Text: "x", To: "1501", WorkDays: 1}, key()); !fault.Is(err, fault.Invalid) {
			t.Errorf("another league cannot be told: %v", err)
		}
		c := w.get(id)
		if err := MaySee(suriya, &c); !fault.Is(err, fault.Denied) {
			t.Errorf("a banner's officer does not see the league's: %v", err)
		}
		if err := w.SetParameter(ctx, suriya, Setting{Code: fillFloor, Area: "152921", From: c.Starts, Source: "x"}, key()); !fault.Is(err, fault.Denied) {
			t.Errorf("officers set nothing: %v", err)
		}
		if err := w.SetParameter(ctx, chief, Setting{Code: fillFloor, From: c.Starts, Source: "x"}, key()); !fault.Is(err, fault.Denied) {
			t.Errorf("a league sets nothing for the region: %v", err)
		}
	})
}

func TestAThresholdCountsOnceASecondManagerAgrees(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		s := Setting{Code: fillFloor, Area: "1529", From: db.On(date("2025-09-01")), Value: 3_000, Source: "阿署办〔2025〕9 号"}
		if err := w.SetParameter(ctx, chief, s, key()); err != nil {
			t.Fatal(err)
		}
		if list := must(settings(ctx, w.DB)); len(list) != 0 {
			t.Errorf("nobody has agreed yet: %v", list)
		}
		if err := w.agree(chief); !fault.Is(err, fault.Denied) {
			t.Errorf("nobody agrees with themselves: %v", err)
		}
		if err := w.agree(region15); err != nil {
			t.Fatal(err)
		}
		got, ok := valueAt(must(settings(ctx, w.DB)), fillFloor, "152921", "", db.On(date("2025-09-24")))
		if !ok || got.Value != 3_000 || got.Approver == "" {
			t.Errorf("%+v %v", got, ok)
		}
	})
}

func TestAFollowUpKeepsTheErrorAndMakesTheNextInterval(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		e := must(w.Employers.Get(ctx, 5))
		conclude := func(title, code string, posts int64) int64 {
			id := w.file(suriya, Case{Kind: Investment, Title: title, Industry: "C26", InvestFen: 1_000_000_000}, code)
			if err := w.AddLine(ctx, suriya, id, Line{Occupation: "电工", People: posts, Months: 36, Insured: true, PayFen: 500_000}, key()); err != nil {
				t.Fatal(err)
			}
			if err := w.Say(ctx, suriya, id, Opinion{Department: "财政局", Stance: Agrees, Text: "同意"}, key()); err != nil {
				t.Fatal(err)
			}
			if err := w.Send(ctx, suriya, id, Proceed, "可行", key()); err != nil {
				t.Fatal(err)
			}
			if err := w.agree(chief); err != nil {
				t.Fatal(err)
			}
			return id
		}
		one := conclude("一期", e.CreditCode, 2)
		two, three := conclude("二期", "", 10), conclude("三期", "", 10)
		if err := w.FollowUp(ctx, suriya, one, 6, 0, "", key()); !fault.Is(err, fault.Late) {
			t.Errorf("it has not begun: %v", err)
		}
		w.clock.Add(date("2026-04-01").Sub(w.clock.Today()))
		w.tx(func(tx *db.Tx) error { // one more worker, where two were promised
			_, err := w.People.SaveFacts(ctx, tx, &person.Batch{Insurances: []person.Insurance{{PersonID: 6, Kind: person.Pension, EmployerID: 5, From: 202512}}})
			return err
		})
		if n := must(w.Follow(ctx)); n != 1 {
			t.Errorf("at night the one with a unit is checked, %d were", n)
		}
		if err := w.FollowUp(ctx, suriya, two, 6, 8, "", key()); !fault.Is(err, fault.Invalid) {
			t.Errorf("where nothing can be counted a source is asked for: %v", err)
		}
		for _, id := range []int64{two, three} {
			if err := w.FollowUp(ctx, suriya, id, 6, 5, "单位用工备案", key()); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.FollowUp(ctx, suriya, two, 6, 9, "再报一次", key()); !fault.Is(err, fault.Conflict) {
			t.Errorf("an error that was found stays: %v", err)
		}
		f := must(followUps(ctx, w.DB, []int64{one}))
		if len(f) != 1 || f[0].Estimate != 2 || f[0].Actual != 1 || f[0].Error() != -1 || !f[0].Counted {
			t.Fatalf("%+v", f)
		}
		next := w.file(suriya, Case{Kind: Investment, Title: "四期", Industry: "C26", InvestFen: 2_000_000_000, Starts: db.On(date("2026-06-01"))}, "")
		if err := w.AddLine(ctx, suriya, next, Line{Occupation: "电工", People: 100, PayFen: 500_000}, key()); err != nil {
			t.Fatal(err)
		}
		p := w.get(next).Result.Posts
		if p.Stated != (Interval{50, 50, 50, 3}) || p.Like != "division" || p.ByRate.N != 3 || p.Worst != 50 {
			t.Errorf("all three kept half of their word, so a hundred are fifty: %+v", p)
		}
	})
}
