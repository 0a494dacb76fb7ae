package dispatch

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
)

func contains(text, part string) bool { return strings.Contains(text, part) }

func TestTheRegionsListTakesASecondPersonAndABannersDoesNot(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		u := Unit{EmployerID: 5, Level: Region, Criteria: []string{"leader"}, Why: "带动就业 300 人", Since: on(2025, 9, 20)}
		_, err := w.Enter(ctx, bold, u, w.Once())
		w.Refused(fault.Denied, "阿拉善左旗", err)
		u.Level = League
		_, err = w.Enter(ctx, suriya, u, w.Once())
		w.Refused(fault.Denied, "阿拉善盟", err)
		_, err = w.Enter(ctx, suriya, Unit{EmployerID: 5, Level: Banner, Why: "x", Since: on(2025, 9, 20)}, w.Once())
		w.Refused(fault.Invalid, "列入条件", err)
		u.Level = Region
		asked, err := w.Enter(ctx, suriya, u, w.Once())
		w.Must(err)
		got, err := w.unitByID(ctx, w.World.DB, 5)
		w.Must(err)
		if !asked || got.State != Asked {
			t.Fatalf("asked %v, %+v", asked, got)
		}
		_, err = w.Enter(ctx, suriya, u, w.Once())
		w.Refused(fault.Conflict, "已在", err)
		list, err := w.Approvals.List(ctx, approval.Filter{Kind: kindList, Area: "15", States: []approval.State{approval.Waiting}}, 0, 10)
		w.Must(err)
		w.Must(w.Approvals.Decide(ctx, region, list[0].ID, list[0].Version, true, "", w.Once()))
		got, err = w.unitByID(ctx, w.World.DB, 5)
		w.Must(err)
		if got.State != On || got.Level != Region {
			t.Errorf("after the region's yes: %+v", got)
		}
		w.Must(w.Leave(ctx, suriya, 5, "停产", got.Version, w.Once()))
		list, err = w.Approvals.List(ctx, approval.Filter{Kind: kindList, Area: "15", States: []approval.State{approval.Waiting}}, 0, 10)
		w.Must(err)
		w.Must(w.Approvals.Decide(ctx, region, list[0].ID, list[0].Version, true, "", w.Once()))
		got, err = w.unitByID(ctx, w.World.DB, 5)
		w.Must(err)
		events, err := w.events(ctx, 5)
		w.Must(err)
		if got.State != Off || got.Until.IsZero() || len(events) != 4 {
			t.Errorf("after it left: %+v, %d events", got, len(events))
		}
	})
}

func TestAReportIsPrefilledHandedInSentBackCorrectedAndVerified(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.enter()
		p, reported, err := w.Draft(ctx, 5, 202509)
		w.Must(err)
		if reported || len(p.Gaps) != 2 || p.Gaps[0].Openings != 10 || p.Gaps[1].Occupation != "电工" || p.Gaps[1].VacancyID != 52 || p.Staff != 5 {
			t.Fatalf("prefilled %+v", p)
		}
		p.Reasons = []string{"pay"}
		w.Refused(fault.NotFound, "", w.Report(ctx, shop, p, 0, w.Once()))
		w.Refused(fault.Denied, "", w.Report(ctx, bold, p, 0, w.Once()))
		w.Refused(fault.Denied, "", w.Report(ctx, xie, p, 0, w.Once()))
		w.Must(w.Report(ctx, plant, p, 0, w.Once()))
		p.Staff = 298
		w.Refused(fault.Conflict, "刚刚被修改", w.Report(ctx, plant, p, 0, w.Once()))
		w.Refused(fault.Invalid, "写明", w.Return(ctx, suriya, 5, 202509, "", 1, w.Once()))
		w.Must(w.Return(ctx, suriya, 5, 202509, "电工工资请核对", 1, w.Once()))
		now, _, err := reportOf(ctx, w.World.DB, 5, 202509)
		w.Must(err)
		if now.State != Returned || now.Due.String() != "2025-09-26" || now.Openings != 13 {
			t.Errorf("sent back: %+v", now)
		}
		w.World.Clock.Add(24 * 3600e9)
		w.Must(w.Report(ctx, plant, p, now.Version, w.Once()))
		w.Must(w.Verify(ctx, suriya, 5, 202509, now.Version+1, w.Once()))
		now, _, err = reportOf(ctx, w.World.DB, 5, 202509)
		w.Must(err)
		versions, err := versionsOf(ctx, w.World.DB, 5, 202509)
		w.Must(err)
		if now.State != Verified || now.Staff != 298 || now.FirstOn.String() != "2025-09-24" || len(versions) != 2 || versions[1].Staff != 5 {
			t.Errorf("verified %+v with %d versions", now, len(versions))
		}
		w.Refused(fault.Conflict, "已核实", w.Report(ctx, plant, p, now.Version, w.Once()))
		w.Refused(fault.Late, "以前 11 个月", w.Report(ctx, plant, Report{EmployerID: 5, Month: 202510}, 0, w.Once()))
	})
}

func TestALineBecomesAVacancyWithOneClick(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.enter()
		w.report(202509, 0, 10, 3, 2)
		_, err := w.Publish(ctx, suriya, 5, 202509, 3, w.Once())
		w.Refused(fault.Denied, "企业用自己的账号", err)
		_, err = w.Publish(ctx, plant, 5, 202509, 2, w.Once())
		w.Refused(fault.Conflict, "已经是招聘中的岗位", err)
		id, err := w.Publish(ctx, plant, 5, 202509, 3, w.Once())
		w.Must(err)
		p, _, err := reportOf(ctx, w.World.DB, 5, 202509)
		w.Must(err)
		if id != 901 || p.Gaps[2].VacancyID != 901 || w.board.list[0].Title != "叉车工" || w.board.list[0].Openings != 2 || w.board.list[0].PayHigh != 500_000 {
			t.Errorf("%d %+v %+v", id, p.Gaps, w.board.list)
		}
	})
}

// Of the plant's people one was insured in June, one in July and two in August; one came back in July after a month's break.
func TestHiresAreCountedFromInsuranceAndNotFromWhatSomebodyTyped(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.enter()
		for month, n := range map[int]int64{202506: 5, 202507: 2, 202508: 8} {
			w.report(month, 1, n)
		}
		n, err := w.CountHired(ctx, "")
		w.Must(err)
		b, err := w.MakeBoard(ctx, "1529", 202506)
		w.Must(err)
		if n != 1 || b.Sum != (Closing{Openings: 5, Filled: 4, Told: 1}) {
			t.Errorf("June: counted for %d, %+v", n, b.Sum)
		}
		b, err = w.MakeBoard(ctx, "152921", 202508)
		w.Must(err)
		if b.Sum != (Closing{Openings: 8, Filled: 2, Told: 1, Open: true}) || b.Reported != 1 || b.Late != 1 || b.Areas[0].Key != "152921100" || b.Industries[0].Key != "C" || b.Jobs[0].Key != "化工操作工" {
			t.Errorf("August: %+v", b)
		}
		july := b.Trend[10]
		if july.Month != 202507 || july.Openings != 2 || july.Filled != 2 || july.Rate() != 10_000 {
			t.Errorf("July in the trend: %+v", july)
		}
		b, err = w.MakeBoard(ctx, "152923", 202508)
		w.Must(err)
		if len(b.Rows) != 0 || b.Sum.Openings != 0 {
			t.Errorf("another banner sees %+v", b.Rows)
		}
	})
}

func TestWhatIsDoneAboutAGapAndWhatIsLeftGoesUp(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.enter()
		a := Action{EmployerID: 5, Month: 202508, Kind: Fair, Day: on(2025, 9, 12), Text: "专场招聘会", Sent: 40}
		w.Refused(fault.Conflict, "没有报缺口", w.Act(ctx, suriya, a, w.Once()))
		w.report(202508, 1, 8)
		_, err := w.CountHired(ctx, "")
		w.Must(err)
		w.Refused(fault.Denied, "", w.Act(ctx, bold, a, w.Once()))
		w.Must(w.Act(ctx, suriya, a, w.Once()))
		list, err := actionsOf(ctx, w.World.DB, 5, 202508, 10)
		w.Must(err)
		w.Must(w.Result(ctx, suriya, 5, list[0].ID, 6, "6 人达成意向", list[0].Version, w.Once()))
		w.Refused(fault.Conflict, "刚刚", w.Result(ctx, suriya, 5, list[0].ID, 7, "7 人", list[0].Version, w.Once()))
		w.Must(w.Raise(ctx, suriya, 5, 202508, "本旗已开专场，请在全盟调度", w.Once()))
		list, err = actionsOf(ctx, w.World.DB, 5, 202508, 10)
		w.Must(err)
		up := list[0]
		if up.Kind != Up || up.Sent != 6 {
			t.Fatalf("sent up %+v", up)
		}
		task, err := w.Assignments.Get(ctx, chief, up.AssignmentID)
		w.Must(err)
		if task.To != "1529" || !task.Up() || !contains(task.Title, "尚缺 6 人") {
			t.Errorf("%+v", task)
		}
		w.Must(w.Assignments.Answer(ctx, chief, task.ID, task.Version, "done", "联系乌海组织 10 人", w.Once()))
		up, err = actionByID(ctx, w.World.DB, 5, up.ID)
		w.Must(err)
		if !contains(up.Result, "乌海") {
			t.Errorf("%+v", up)
		}
	})
}

func TestARequestGoesToAnotherAreaAndEndsWithHowContentTheUnitIs(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.enter()
		w.Must(w.See(ctx, suriya, Visit{EmployerID: 5, Day: on(2025, 9, 23), Way: "visit", Said: "二期十月投产"}, Asking{Kind: "labour", Text: "需要外地操作工", WorkDays: 5, To: "1529"}, w.Once()))
		w.Must(w.Ask(ctx, plant, 5, Asking{Kind: "policy", Text: "想了解社保补贴"}, w.Once()))
		w.Refused(fault.NotFound, "", w.Ask(ctx, shop, 5, Asking{Kind: "policy", Text: "x"}, w.Once()))
		list, err := w.requestsOf(ctx, 5, 10)
		w.Must(err)
		own, sent := list[0], list[1]
		if own.Doer != "苏日娅" || own.Due.String() != "2025-10-14" || sent.Doer != "阿拉善盟" {
			t.Fatalf("%+v %+v", own, sent)
		}
		task, err := w.Assignments.Get(ctx, chief, sent.AssignmentID)
		w.Must(err)
		w.Must(w.Assignments.Answer(ctx, chief, task.ID, task.Version, assignment.Results[0].Code, "已联系三家机构", w.Once()))
		w.Refused(fault.Conflict, "有了答复", w.Rate(ctx, plant, 5, own.ID, 5, w.Once()))
		w.Must(w.Answer(ctx, suriya, 5, own.ID, "已上门讲解并代为申报", w.Once()))
		w.Refused(fault.Conflict, "已经答复", w.Answer(ctx, suriya, 5, own.ID, "又答", w.Once()))
		w.Must(w.Rate(ctx, plant, 5, own.ID, 5, w.Once()))
		w.Must(w.Rate(ctx, suriya, 5, sent.ID, 3, w.Once()))
		c, err := w.countRequests(ctx, "1529", w.today())
		w.Must(err)
		if c != (requestCounts{Closed: 2, Content: 1}) {
			t.Errorf("%+v", c)
		}
		visits, err := w.visits(ctx, 5, 10)
		w.Must(err)
		if len(visits) != 1 || visits[0].Said != "二期十月投产" {
			t.Errorf("%+v", visits)
		}
	})
}

func TestUnitsAreRemindedBeforeAndAfterTheDeadlineOnceEach(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.enter()
		told := func() int64 {
			n, err := db.Value[int64](ctx, w.World.DB, `SELECT count(*) FROM message_item`)
			w.Must(err)
			return n
		}
		for range 2 { // 24 September: late
			_, err := w.Remind(ctx)
			w.Must(err)
		}
		if n := told(); n != 2 {
			t.Errorf("late: %d messages, want one to the unit and one to its officer", n)
		}
		w.World.Clock.Add(17 * 24 * 3600e9) // 11 October, three days before the deadline
		_, err := w.Remind(ctx)
		w.Must(err)
		if n := told(); n != 3 {
			t.Errorf("before the deadline: %d messages", n)
		}
	})
}

// list writes a department's list and reads it as somebody.
func (w *world) list(rows ...[]string) *List {
	w.T.Helper()
	path := filepath.Join(w.T.TempDir(), "项目.xlsx")
	f, err := os.Create(path)
	w.Must(err)
	x := sheet.NewXLSX(f)
	w.Must(x.Sheet("表", sheet.Columns("项目名称", "建设单位", "统一社会信用代码", "所在地区", "主管部门", "工种", "2025年四季度", "2026年一季度")...))
	for _, row := range rows {
		w.Must(x.Row(row...))
	}
	w.Must(x.Close())
	w.Must(f.Close())
	list, err := ReadList(path, chief, "")
	w.Must(err)
	return list
}

func TestADepartmentsListBecomesLeadsThatBannersSettle(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		rows := [][]string{{"光伏二期", "某新能源", code(80), "阿拉善左旗", "发改委", "电工", "10", "20"}, {"光伏二期", "某新能源", code(80), "阿拉善左旗", "发改委", "普工", "", "60"},
			{"煤化工", "某化工", "", "额济纳旗", "工信局", "操作工", "30", ""}, {"坏行", "某单位", "", "某某旗", "工信局", "操作工", "30", ""}}
		list := w.list(rows...)
		if len(list.Leads) != 2 || list.Leads[0].People != 90 || len(list.Flaws) != 1 || list.Flaws[0].Row != 5 {
			t.Fatalf("%+v %+v", list.Leads, list.Flaws)
		}
		taken, err := w.Take(ctx, chief, list, w.Once())
		w.Must(err)
		if taken != (Taken{Fresh: 2}) {
			t.Errorf("%+v", taken)
		}
		rows[0][6] = "12"
		taken, err = w.Take(ctx, chief, w.list(rows...), w.Once())
		w.Must(err)
		if taken != (Taken{Renewed: 2}) {
			t.Errorf("the same list again: %+v", taken)
		}
		mine, err := leads(ctx, w.World.DB, "152921", "", db.Date{Time: firstOf(200001)}, 0, 10)
		w.Must(err)
		if len(mine) != 1 || mine[0].People != 92 || mine[0].Due.String() != "2025-10-14" {
			t.Fatalf("%+v", mine)
		}
		l := mine[0]
		task, err := w.Assignments.Get(ctx, suriya, l.AssignmentID)
		w.Must(err)
		w.Refused(fault.Conflict, "先在项目线索页", w.Assignments.Answer(ctx, suriya, task.ID, task.Version, "done", "好", w.Once()))
		w.Must(w.Contacted(ctx, suriya, l.ID, "一月进场", l.Version, w.Once()))
		_, err = w.Turn(ctx, suriya, l.ID, "", 500_000, 400_000, l.Version+1, w.Once())
		w.Refused(fault.Invalid, "月工资", err)
		made, err := w.Turn(ctx, suriya, l.ID, "", 500_000, 600_000, l.Version+1, w.Once())
		w.Must(err)
		got, err := w.leadByID(ctx, w.World.DB, l.ID)
		w.Must(err)
		open, err := w.World.Employers.VacanciesOf(ctx, got.EmployerID)
		w.Must(err)
		if made != 3 || got.State != Made || len(open) != 3 || open[0].State != employer.Open || got.Forecasts[0].VacancyID == 0 {
			t.Errorf("%d made, %+v, %d open", made, got, len(open))
		}
		w.Must(w.Assignments.Answer(ctx, suriya, task.ID, task.Version, "done", "已转岗位", w.Once()))
		w.Refused(fault.Conflict, "已经办结", w.Drop(ctx, suriya, l.ID, "x", got.Version, w.Once()))
		taken, err = w.Take(ctx, chief, w.list(rows...), w.Once())
		w.Must(err)
		if taken != (Taken{Renewed: 1, Kept: 1}) {
			t.Errorf("after one was settled: %+v", taken)
		}
	})
}

func TestAProjectsOwnerBecomesAKeyEnterprise(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		_, err := w.Take(ctx, suriya, &List{Leads: []*Lead{{Area: "152921", Project: "光伏", Owner: "某公司", Department: "发改委", People: 40, Forecasts: []Forecast{{Occupation: "电工", People: 40}}}}}, w.Once())
		w.Must(err)
		mine, err := leads(ctx, w.World.DB, "152921", "", db.Date{Time: firstOf(200001)}, 0, 10)
		w.Must(err)
		if mine[0].AssignmentID != 0 {
			t.Error("a banner's own list is not sent down")
		}
		_, err = w.Key(ctx, suriya, mine[0].ID, "123", 1, w.Once())
		w.Refused(fault.Invalid, "18 位", err)
		_, err = w.Key(ctx, bold, mine[0].ID, code(88), 1, w.Once())
		w.Refused(fault.Denied, "", err)
		id, err := w.Key(ctx, suriya, mine[0].ID, code(88), 1, w.Once())
		w.Must(err)
		u, err := w.unitByID(ctx, w.World.DB, id)
		w.Must(err)
		if u.State != On || u.Level != Banner || u.Name != "某公司" {
			t.Errorf("%+v", u)
		}
	})
}

func TestANeedGetsOffersOneIsChosenSignedAndFinished(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id, err := w.Want(ctx, plant, Need{Service: "recruit", Occupation: "操作工", People: 20, Until: on(2025, 12, 1)}, w.Once())
		w.Must(err)
		o := Offer{NeedID: id, People: 15, Days: 20, Fee: 30_000, Text: "从乌海组织"}
		w.Refused(fault.Denied, "没有登记为人力资源服务机构", w.Offer(ctx, shop, o, w.Once()))
		w.Must(w.Offer(ctx, agent, o, w.Once()))
		o.AgencyID = 73
		w.Refused(fault.Denied, "严重失信", w.Offer(ctx, suriya, o, w.Once()))
		o.AgencyID = 72
		w.Must(w.Offer(ctx, suriya, o, w.Once()))
		offers, err := offersOf(ctx, w.World.DB, id)
		w.Must(err)
		if len(offers) != 2 || offers[0].Grade != "B" || offers[1].Grade != "D" {
			t.Fatalf("%+v", offers)
		}
		w.Refused(fault.NotFound, "", w.Choose(ctx, agent, id, offers[0].ID, 1, w.Once()))
		w.Refused(fault.Conflict, "状态", w.Sign(ctx, plant, id, "合〔2025〕1 号", on(2025, 9, 24), 1, w.Once()))
		w.Must(w.Choose(ctx, plant, id, offers[0].ID, 1, w.Once()))
		w.Refused(fault.Conflict, "不再征集", w.Offer(ctx, agent, o, w.Once()))
		w.Must(w.Sign(ctx, suriya, id, "合〔2025〕1 号", on(2025, 9, 24), 2, w.Once()))
		w.Must(w.Finish(ctx, plant, id, 14, "14 人到岗", 3, w.Once()))
		n, err := needByID(ctx, w.World.DB, id)
		w.Must(err)
		if n.State != ClosedNeed || n.Brought != 14 || n.Contract == "" {
			t.Errorf("%+v", n)
		}
		if w.maySeeNeed(ctx, agent, &n) != nil || w.maySeeNeed(ctx, shop, &n) == nil || w.maySeeNeed(ctx, bold, &n) == nil || w.maySeeNeed(ctx, chief, &n) != nil {
			t.Error("its agency and the league see it, others do not")
		}
	})
}
