package grant

import (
	"net/url"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

// intern is an application of the policy that asks what no department reports.
func intern(owner int64, said string) Asked {
	a := asks("P7", owner)
	a.Said = map[string]string{"就业见习中": said}
	return a
}

func TestWhatNobodyReportsIsStatedVerifiedAndShownToTheDecider(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(90000000)
		a := w.submitted(intern(71, "是"))
		if a.From != 202508 || a.To != 202602 || a.Amount != 4*100000+3*60000 || a.PolicyVersion != "3" {
			t.Fatalf("%+v", a)
		}
		w.refused(fault.Conflict, "受理之后", w.Verify(ctx, suriya, 71, a.ID, a.Version, "就业见习中", True, "", key()))
		w.must(w.Handle(ctx, suriya, 71, a.ID, a.Version, Accept, "", key()))
		w.refused(fault.Conflict, "还没有核实", w.RunCheck(ctx, suriya, 71, a.ID, a.Version+1, key()))
		w.refused(fault.Invalid, "写明理由", w.Verify(ctx, suriya, 71, a.ID, a.Version+1, "就业见习中", False, "", key()))
		w.refused(fault.NotFound, "没有这一项", w.Verify(ctx, suriya, 71, a.ID, a.Version+1, "别的", True, "", key()))
		w.must(w.Verify(ctx, suriya, 71, a.ID, a.Version+1, "就业见习中", True, "见习协议已核对", key()))
		w.must(w.RunCheck(ctx, suriya, 71, a.ID, a.Version+2, key()))
		w.must(w.Give(ctx, suriya, 71, a.ID, a.Version+3, Opinion{Grant: true, FundID: fund, Why: "符合"}, key()))
		it, err := w.Approvals.Get(ctx, bater, w.now(71, a.ID).RequestID)
		w.must(err)
		sheet := ""
		for _, l := range it.Lines {
			sheet += l.Label + " " + l.After + "\n"
		}
		for _, want := range []string{"正在就业见习（据本人声明）", "本人声明 “就业见习中”为是，2025-09-24 由", "见习协议已核对"} {
			if !strings.Contains(sheet, want) {
				t.Errorf("the decider does not read %q in\n%s", want, sheet)
			}
		}
	})
}

func TestAnUntrueStatementIsAReasonOfTheRefusal(t *testing.T) {
	run(t, func(w *world) {
		a := w.submitted(intern(71, "是"))
		w.must(w.Handle(ctx, suriya, 71, a.ID, a.Version, Accept, "", key()))
		w.must(w.Verify(ctx, suriya, 71, a.ID, 0, "就业见习中", False, "单位说没有这个人", key()))
		w.must(w.RunCheck(ctx, suriya, 71, a.ID, 0, key()))
		w.refused(fault.Conflict, "不属实：单位说没有这个人", w.Give(ctx, suriya, 71, a.ID, 0, Opinion{Grant: true, FundID: 1, Why: "x"}, key()))
		w.must(w.Give(ctx, suriya, 71, a.ID, 0, Opinion{Why: "不符合条件"}, key()))
		w.must(w.vote(bater, w.now(71, a.ID).RequestID, true))
		w.site(naran)(mineAt(&a), nil, 200, "不符合条件；声明“就业见习中”为是，经核实不属实：单位说没有这个人", "不属实")
	})
}

func TestRegistersGoBeforeWhatIsStatedAndAReturnedOneIsRestated(t *testing.T) {
	run(t, func(w *world) {
		a := w.submitted(intern(71, "是"))
		w.must(w.Handle(ctx, suriya, 71, a.ID, 0, Accept, "", key()))
		w.must(w.Verify(ctx, suriya, 71, a.ID, 0, "就业见习中", True, "", key()))
		w.book.interns[71] = "否"
		w.must(w.RunCheck(ctx, suriya, 71, a.ID, 0, key()))
		w.site(suriya)(caseAt(&a), nil, 200, "登记为否，以登记为准", "没有在就业见习")
		w.refused(fault.Conflict, "核验没有通过", w.Give(ctx, suriya, 71, a.ID, 0, Opinion{Grant: true, FundID: 1, Why: "x"}, key()))
		w.refused(fault.Conflict, "声明不能再改", w.Restate(ctx, naran, 71, a.ID, 0, map[string]string{"就业见习中": "否"}, key()))
		w.must(w.Handle(ctx, suriya, 71, a.ID, 0, Return, "请核对是否在见习", key()))
		w.must(w.Restate(ctx, naran, 71, a.ID, 0, map[string]string{"就业见习中": "否"}, key()))
		list, err := w.statements(ctx, w.DB, &a)
		if err != nil || len(list) != 1 || list[0].Said != "否" || list[0].Verdict != "" {
			t.Errorf("%+v %v", list, err)
		}
		w.tx(func(tx *db.Tx) error { return w.Forget(ctx, tx, []int64{71}) })
		if list, _ = w.statements(ctx, w.DB, &a); len(list) != 0 {
			t.Errorf("%+v", list)
		}
	})
}

func TestTheFormAsksExactlyWhatIsMissing(t *testing.T) {
	run(t, func(w *world) {
		me := w.site(naran)
		me("/grant/mine", nil, 200, "就业见习补贴", "缺信息")
		page := me("/grant/apply/P7", nil, 200, "没有部门上报", `name="s_in_internship"`)
		if strings.Contains(page, "发放计划") {
			t.Error("a plan is shown before anything is known")
		}
		me("/grant/apply/P7", url.Values{"bank": {"农行"}, "account": {"0512345678"}}, 422, "就业见习中")
		me("/grant/apply/P7", url.Values{"s_in_internship": {"也许"}}, 422, "就业见习中")
		me("/grant/apply/P7", url.Values{"s_in_internship": {"否"}}, 422, "如仍要申请")
		me("/grant/apply/P7", url.Values{"s_in_internship": {"是"}}, 422, "发放计划", "2026年02月") // now that there is money, an account is asked for
		at := me("/grant/apply/P7", url.Values{"s_in_internship": {"是"}, "bank": {"农行"}, "account": {"0512345678"}}, 303)
		me(at, nil, 200, "正在就业见习", "待核实", "证明：就业见习中")
		w.upload(naran, at+"/attach", "证明：就业见习中", "x.png", []byte("\x89PNG\r\n\x1a\n0000IHDR"), 303, "")
		list, err := w.store.ofOwner(ctx, w.DB, 71)
		w.must(err)
		a := list[0]
		me(at+"/state", url.Values{"s_in_internship": {"是"}, "_version": {"1"}}, 303)
		me(at+"/submit", url.Values{"_version": {"1"}}, 303)
		if len(w.applied) != 1 || w.applied[0] != "71 P7" {
			t.Errorf("the pushed message does not hear of it: %v", w.applied)
		}
		desk := w.site(suriya)
		desk(caseAt(&a)+"/accept", url.Values{}, 303)
		desk(caseAt(&a), nil, 200, "证明材料", "记录核实结果")
		desk(caseAt(&a)+"/verify", url.Values{"field": {"就业见习中"}, "verdict": {"true"}}, 303)
		desk(caseAt(&a)+"/check", url.Values{}, 303)
		desk(caseAt(&a), nil, 200, "据本人声明", "核实属实")
	})
}

func TestWhatIsPaidByScheduleIsLookedAtAgainEveryMonth(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(1000000)
		a := w.checkedIntern(71)
		w.must(w.Give(ctx, suriya, 71, a.ID, 0, Opinion{Grant: true, FundID: fund, Why: "符合"}, key()))
		w.must(w.vote(bater, w.now(71, a.ID).RequestID, true))
		if f := w.balanced(fund); f.Committed != 4*100000+60000 { // what belongs to 2026 waits for that year's money
			t.Errorf("%+v", f)
		}
		w.days(9) // 3 October: August and September
		b := w.sent(fund)
		lines, err := w.store.linesOf(ctx, w.DB, &a)
		w.must(err)
		if b.N != 2 || b.Fen != 200000 || len(lines) != 7 || lines[6].Year != 2026 || lines[6].FundID != 0 || lines[6].DueOn.String() != "2026-02-28" {
			t.Fatalf("%+v %+v", b, lines)
		}
		_, _, err = w.Reconcile(ctx, suriya, b.ID, w.paidAll(a)[:2], key())
		w.must(err)
		if a = w.now(71, a.ID); a.State != Payable || a.Paid != 200000 || a.Deadline.String() != "2025-11-14" {
			t.Errorf("%+v", a)
		}
		_, err = w.MakeBatch(ctx, suriya, fund, key())
		w.refused(fault.Conflict, "没有待发放", err)
		w.book.interns[71] = "否" // found work; a department says so
		w.days(40)               // 12 November: October is due
		lines, err = w.store.linesOf(ctx, w.DB, &a)
		w.must(err)
		if lines[2].State != LineHeld {
			t.Fatalf("%+v", lines[2])
		}
		_, err = w.MakeBatch(ctx, suriya, fund, key())
		w.refused(fault.Conflict, "没有待发放", err)
		w.site(suriya)("/grant?state=held", nil, 200, "就业见习补贴")
		w.site(suriya)(caseAt(&a), nil, 200, "不再符合条件", "提出停发", "提出继续发放")
		w.refused(fault.Invalid, "理由", w.Halt(ctx, suriya, 71, a.ID, 0, true, "", key()))
		w.must(w.Halt(ctx, suriya, 71, a.ID, 0, false, "十月还在见习", key()))
		w.refused(fault.Denied, "谁提出谁不能审批", w.vote(suriya, w.request(KindStop, &a), true))
		w.must(w.vote(bater, w.request(KindStop, &a), true))
		b = w.sent(fund)
		_, _, err = w.Reconcile(ctx, suriya, b.ID, w.paidAll(a)[2:3], key())
		w.must(err)
		w.must(w.Halt(ctx, suriya, 71, a.ID, 0, true, "十一月起就业", key()))
		w.must(w.vote(bater, w.request(KindStop, &a), true))
		if a = w.now(71, a.ID); a.State != Stopped || a.Paid != 300000 {
			t.Errorf("%+v", a)
		}
		if f := w.balanced(fund); f.Paid != 300000 || f.Available != 700000 {
			t.Errorf("%+v", f)
		}
		held, err := w.store.claims(ctx, w.DB, 71, []string{"P7"})
		w.must(err)
		if len(held) != 3 {
			t.Errorf("the months that were stopped are still taken: %v", held)
		}
		w.site(naran)(mineAt(&a), nil, 200, "已停发", "十一月起就业", "2025年11月")
		if w.told(71) == 0 {
			t.Error("nobody told her")
		}
	})
}

func TestTheMonthsOfTheNextYearTakeThatYearsMoneyAndTheDeadAreNotPaid(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(1000000)
		a := w.checkedIntern(71)
		w.must(w.Give(ctx, suriya, 71, a.ID, 0, Opinion{Grant: true, FundID: fund, Why: "符合"}, key()))
		w.must(w.vote(bater, w.now(71, a.ID).RequestID, true))
		w.days(140) // 11 February 2026: January is due, without money of 2026
		lines, err := w.store.linesOf(ctx, w.DB, &a)
		w.must(err)
		if lines[4].State != LineDue || lines[5].State != LinePlanned || lines[5].FundID != 0 {
			t.Fatalf("%+v", lines)
		}
		f := Fund{ID: w.IDs.Next(), Area: "152921", Source: "region", Year: 2026, Name: "2026 年就业补助资金"}
		request, err := w.Budget(ctx, chief, f, 60000, "文件", key())
		w.must(err)
		w.must(w.vote(deputy, request, true))
		w.days(1)
		if g := w.balanced(f.ID); g.Committed != 60000 {
			t.Errorf("%+v", g)
		}
		w.people(person.Person{ID: 71, Name: "娜仁托雅", HouseholdID: 9, Died: day("2026-02-12")})
		w.days(30)
		_, err = w.MakeBatch(ctx, suriya, fund, key())
		w.refused(fault.Conflict, "没有待发放", err)
		if lines, err = w.store.linesOf(ctx, w.DB, &a); err != nil || lines[6].State != LineHeld {
			t.Errorf("%+v %v", lines[6], err)
		}
	})
}

// checkedIntern brings an application with a verified statement to where an opinion is due.
func (w *world) checkedIntern(owner int64) Application {
	w.t.Helper()
	a := w.submitted(intern(owner, "是"))
	w.must(w.Handle(ctx, suriya, owner, a.ID, 0, Accept, "", key()))
	w.must(w.Verify(ctx, suriya, owner, a.ID, 0, "就业见习中", True, "", key()))
	w.must(w.RunCheck(ctx, suriya, owner, a.ID, 0, key()))
	return w.now(owner, a.ID)
}

func (w *world) request(kind string, a *Application) int64 {
	w.t.Helper()
	id, err := w.store.requestOf(ctx, kind, a)
	w.must(err)
	return id
}

// told counts the messages in somebody's box.
func (w *world) told(owner int64) int {
	w.t.Helper()
	list, err := w.Messages.Box(ctx, userOf(owner), false, 0, 0, 100)
	w.must(err)
	seen := map[message.Text]bool{}
	for _, it := range list {
		if seen[it.Body] {
			w.t.Errorf("told twice: %s", it.Body.Zh)
		}
		seen[it.Body] = true
	}
	return len(list)
}
