package grant

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/person"
)

func TestEveryStateCanBeReachedAndLeft(t *testing.T) {
	to, from := map[State]bool{Draft: true}, map[State]bool{}
	for _, m := range Moves {
		to[m.To] = true
		for _, f := range m.From {
			from[f] = true
		}
		if m.Zh == "" || m.En == "" {
			t.Errorf("%s has no words", m.Act)
		}
	}
	for _, s := range stateWords {
		if !to[s.State] {
			t.Errorf("nothing leads to %s", s.State)
		}
		if s.State.Live() && !from[s.State] {
			t.Errorf("nothing leads on from %s", s.State)
		}
	}
}

func TestAGrantIsAppliedForDecidedShownAndPaidOnce(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(1000000)
		a := w.proposed(asks("P1", 71), fund)
		if a.State != Proposed || a.Amount != 500000 || a.Deadline.String() != "2025-09-30" {
			w.t.Fatalf("%+v", a)
		}
		w.refused(fault.Denied, "谁提出谁不能审批", w.vote(suriya, a.RequestID, true))
		w.must(w.vote(bater, a.RequestID, true))
		if a = w.now(71, a.ID); a.State != Public || a.Granted != 500000 || a.PublicUntil.String() != "2025-09-30" { // the Sunday before the holidays is worked
			w.t.Fatalf("%+v", a)
		}
		if f := w.balanced(fund); f.Committed != 500000 || f.Available != 500000 {
			t.Errorf("%+v", f)
		}
		w.days(6) // the last day itself
		if a = w.now(71, a.ID); a.State != Public {
			t.Errorf("the display ended on its last day: %s", a.State)
		}
		w.days(1)
		b := w.sent(fund)
		if f := w.balanced(fund); f.AtBank != 500000 || f.Committed != 0 {
			t.Errorf("%+v", f)
		}
		if _, content, err := w.File(ctx, suriya, b.ID); err != nil || !strings.Contains(content, "050000000071") || !strings.Contains(content, "5000.00") || !strings.Contains(content, "娜仁托雅") {
			t.Errorf("%s %v", content, err)
		}
		paid, bounced, err := w.Reconcile(ctx, suriya, b.ID, []Answer{{Line: 2, Number: numberIn(a), Fen: 500000, Paid: true}}, key())
		if paid != 1 || bounced != 0 || err != nil {
			w.t.Fatalf("%d %d %v", paid, bounced, err)
		}
		if a = w.now(71, a.ID); a.State != Paid || a.PaidOn.IsZero() {
			t.Errorf("%+v", a)
		}
		if f := w.balanced(fund); f.Paid != 500000 {
			t.Errorf("%+v", f)
		}
		_, err = w.Apply(ctx, naran, asks("P1", 71), key())
		w.refused(fault.Conflict, "一件事只补一次", err)
		_, err = w.MakeBatch(ctx, suriya, fund, key())
		w.refused(fault.Conflict, "没有待发放", err)
		_, _, err = w.Reconcile(ctx, suriya, b.ID, []Answer{{Line: 2, Number: numberIn(a), Fen: 500000, Paid: true}}, key())
		w.refused(fault.Conflict, "不等银行回单", err)
	})
}

func TestWhoHasToKeepAwayIsKeptAway(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(9000000)
		w.people(person.Person{ID: 74, Name: "苏日娅", HouseholdID: 9}) // lives with 71
		a := w.submitted(asks("P1", 71))
		w.refused(fault.Denied, "同户家庭成员", w.Handle(ctx, suriya, 71, a.ID, a.Version, Accept, "", key()))
		stranger := web.User{ID: 99, Name: "新人", Role: "officer", RoleName: "经办", Area: "152921", AreaName: "阿拉善左旗"}
		w.refused(fault.Denied, "回避登记", w.Handle(ctx, stranger, 71, a.ID, a.Version, Accept, "", key()))
		w.refused(fault.Denied, "额济纳旗", w.Handle(ctx, ejina, 71, a.ID, a.Version, Accept, "", key()))
		w.must(w.Handle(ctx, bater, 71, a.ID, a.Version, Accept, "", key()))
		w.must(w.RunCheck(ctx, bater, 71, a.ID, a.Version+1, key()))
		a = w.now(71, a.ID)
		w.must(w.Declare(ctx, chief, numberOf(73), key())) // 73 lives with 71 too
		w.must(w.Give(ctx, bater, 71, a.ID, a.Version, Opinion{Grant: true, FundID: fund, Why: "符合"}, key()))
		a = w.now(71, a.ID)
		w.refused(fault.Denied, "应当回避", w.vote(chief, a.RequestID, true))
		w.refused(fault.Denied, "应当回避", w.vote(suriya, a.RequestID, true))
		w.must(w.vote(deputy, a.RequestID, true))

		// 72 leads the firm, 75 works there.
		w.must(w.Declare(ctx, deputy, numberOf(72), key()))
		w.tx(func(tx *db.Tx) error {
			return w.People.SaveSpells(ctx, tx, []person.Spell{{PersonID: 75, Since: db.On(born), Kind: person.Unit, EmployerID: 900, Area: "152921100001"}})
		})
		f := w.submitted(asks("P5", 900))
		w.refused(fault.Denied, "在这个单位任职", w.Handle(ctx, bater, 900, f.ID, f.Version, Accept, "", key()))
		f = w.proposed2(f, fund)
		w.refused(fault.Denied, "在这个单位任职", w.vote(deputy, f.RequestID, true))
	})
}

// proposed2 takes a submitted application to its decision, by suriya.
func (w *world) proposed2(a Application, fund int64) Application {
	w.t.Helper()
	w.must(w.Handle(ctx, suriya, a.OwnerID, a.ID, a.Version, Accept, "", key()))
	w.must(w.RunCheck(ctx, suriya, a.OwnerID, a.ID, a.Version+1, key()))
	w.must(w.Give(ctx, suriya, a.OwnerID, a.ID, a.Version+2, Opinion{Grant: true, FundID: fund, Why: "符合条件"}, key()))
	return w.now(a.OwnerID, a.ID)
}

func TestWhoCheckedCannotDecideEvenWhenAnotherProposed(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(9000000)
		a := w.checked(asks("P1", 71))
		w.must(w.Give(ctx, bater, 71, a.ID, a.Version, Opinion{Grant: true, FundID: fund, Why: "符合"}, key()))
		a = w.now(71, a.ID)
		w.refused(fault.Denied, "经办与审批要分开", w.vote(suriya, a.RequestID, true))
		w.refused(fault.Denied, "经办与审批要分开", w.vote(suriya, a.RequestID, false))
	})
}

func TestAMonthIsPaidOnceAndExclusivePoliciesKeepEachOtherOut(t *testing.T) {
	run(t, func(w *world) {
		first := asks("P2", 71)
		a := w.submitted(first)
		second := first
		second.From, second.To = 202506, 202508
		_, err := w.Apply(ctx, naran, second, key())
		w.refused(fault.Conflict, "2025年06月", err)
		second.From = 202507
		w.submitted(second)
		w.must(w.Take(ctx, naran, 71, a.ID, a.Version, "", key()))
		w.submitted(first) // free again

		one, two := w.submitted(asks("P1", 71)), asks("P3", 71)
		_, err = w.Apply(ctx, naran, two, key())
		w.refused(fault.Conflict, "不能同时享受", err)
		w.must(w.Take(ctx, naran, 71, one.ID, one.Version, "", key()))
		w.submitted(two)
	})
}

func TestTwoDraftsOfOneFactBothHandedInAtOnce(t *testing.T) {
	run(t, func(w *world) {
		var drafts []Application
		for range 4 {
			a, err := w.Apply(ctx, naran, asks("P1", 71), key())
			w.must(err)
			drafts = append(drafts, a)
		}
		other, err := w.Apply(ctx, naran, asks("P3", 71), key()) // excluded by P1
		w.must(err)
		drafts = append(drafts, other)
		var wg sync.WaitGroup
		errs := make([]error, len(drafts))
		once := make([]string, len(drafts))
		for i := range drafts {
			once[i] = key()
		}
		for i, a := range drafts {
			wg.Go(func() { errs[i] = w.Submit(ctx, naran, 71, a.ID, 1, once[i]) })
		}
		wg.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
		if done != 1 {
			t.Errorf("%d of them were handed in: %v", done, errs)
		}
	})
}

func TestTheBudgetHoldsWhenManyAreApprovedAtOnce(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(1200000) // two of 5,000, not three
		var list []Application
		for i := range int64(6) {
			w.people(person.Person{ID: 200 + i, Name: "某某", HouseholdID: 300 + i})
			list = append(list, w.proposed(asks("P1", 200+i), fund))
		}
		var wg sync.WaitGroup
		errs := make([]error, len(list))
		once := make([]string, len(list))
		for i := range list {
			once[i] = key()
		}
		for i, a := range list {
			wg.Go(func() { errs[i] = w.Approvals.Decide(ctx, bater, a.RequestID, 1, true, "", once[i]) })
		}
		wg.Wait()
		yes := 0
		for _, err := range errs {
			if err == nil {
				yes++
			} else if !strings.Contains(fault.TextOf(err), "超出预算") {
				t.Error(err)
			}
		}
		if f := w.balanced(fund); yes != 2 || f.Committed != 1000000 || f.Available != 200000 {
			t.Errorf("%d approved, %+v", yes, f)
		}
	})
}

func TestWhatTheBankSendsBackIsCorrectedAndPaidInAnotherBatch(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(5000000)
		a, c := w.payable(asks("P1", 71), fund), w.proposed(asks("P2", 72), fund)
		w.must(w.vote(bater, c.RequestID, true))
		w.days(20)
		b := w.sent(fund)
		good, six := Answer{Line: 2, Number: numberIn(a), Fen: 500000, Paid: true}, w.paidAll(c)
		for i := range six {
			six[i].Paid, six[i].Why = false, "户名不符"
		}
		bad := six[0]
		for _, x := range []struct {
			wrong Answer
			text  string
		}{{Answer{Line: 2, Number: "1-1", Fen: 1, Paid: true}, "不在这个批次"}, {Answer{Line: 2, Number: numberIn(a), Fen: 499999, Paid: true}, "送银行的是 5,000 元"}} {
			_, _, err := w.Reconcile(ctx, suriya, b.ID, []Answer{bad, x.wrong}, key())
			w.refused(fault.Invalid, x.text, err)
		}
		if w.now(72, c.ID).State != Sent {
			t.Error("a wrong file was taken in part")
		}
		if paid, bounced, err := w.Reconcile(ctx, suriya, b.ID, []Answer{bad}, key()); paid != 0 || bounced != 1 || w.now(72, c.ID).State != Sent || err != nil {
			w.t.Fatalf("%d %d %v", paid, bounced, err)
		}
		if paid, bounced, err := w.Reconcile(ctx, suriya, b.ID, append(six, good), key()); paid != 1 || bounced != 5 || err != nil { // the bank sends all of it again
			w.t.Fatalf("%d %d %v", paid, bounced, err)
		}
		_, _, err := w.Reconcile(ctx, ejina, b.ID, []Answer{good}, key())
		w.refused(fault.Denied, "", err)
		if f := w.balanced(fund); f.Paid != 500000 || f.Committed != 900000 || f.AtBank != 0 {
			t.Errorf("%+v", f)
		}
		c = w.now(72, c.ID)
		w.refused(fault.Invalid, "都没有变", w.MendAccount(ctx, userOf(72), 72, c.ID, c.Version, c.Bank, c.Account, key()))
		w.must(w.MendAccount(ctx, userOf(72), 72, c.ID, c.Version, "中国银行", "6222021234567890128", key()))
		next := w.sent(fund)
		if next.N != 6 || next.ID == b.ID {
			t.Errorf("%+v", next)
		}
		_, content, err := w.File(ctx, suriya, next.ID)
		if err != nil || !strings.Contains(content, "6222021234567890128") || strings.Contains(content, numberIn(a)) {
			t.Errorf("%s %v", content, err)
		}
	})
}

func TestABatchThatIsNotApprovedLetsItsGrantsGo(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(5000000)
		a := w.payable(asks("P1", 71), fund)
		n, err := w.MakeBatch(ctx, suriya, fund, key())
		w.must(err)
		b, err := w.store.batch(ctx, w.DB, n)
		w.must(err)
		w.must(w.vote(bater, b.RequestID, true))
		if _, _, err := w.File(ctx, suriya, n); !fault.Is(err, fault.Conflict) {
			t.Errorf("one person's yes gives the bank's file: %v", err)
		}
		w.must(w.vote(chief, b.RequestID, false))
		if x := w.now(71, a.ID); x.State != Payable || x.BatchID != 0 {
			t.Errorf("%+v", x)
		}
		w.balanced(fund)
		w.sent(fund)
	})
}

func TestARefusalCanBeAppealedWithinItsTime(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(5000000)
		a := w.proposed(asks("P1", 71), fund)
		w.must(w.vote(bater, a.RequestID, false))
		if a = w.now(71, a.ID); a.State != Refused {
			w.t.Fatalf("%+v", a)
		}
		w.refused(fault.Invalid, "请写明", w.AppealTo(ctx, naran, 71, a.ID, a.Version, "", key()))
		w.must(w.AppealTo(ctx, naran, 71, a.ID, a.Version, "营业执照已换发", key()))
		a = w.now(71, a.ID)
		w.refused(fault.Denied, "", w.vote(bater, a.RequestID, true))
		w.must(w.vote(chief, a.RequestID, true))
		if a = w.now(71, a.ID); a.State != Accepted {
			w.t.Fatalf("%+v", a)
		}
		b := w.proposed(asks("P1", 72), fund)
		w.must(w.vote(bater, b.RequestID, false))
		w.days(90)
		b = w.now(72, b.ID)
		w.refused(fault.Late, "行政复议", w.AppealTo(ctx, userOf(72), 72, b.ID, b.Version, "迟了", key()))
	})
}

func TestAnObjectionFreesTheMoneyAndALateStepIsSeen(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(5000000)
		a := w.proposed(asks("P1", 71), fund)
		w.must(w.vote(bater, a.RequestID, true))
		a = w.now(71, a.ID)
		w.refused(fault.Invalid, "写明原因", w.Handle(ctx, suriya, 71, a.ID, a.Version, Object, "", key()))
		w.must(w.Handle(ctx, suriya, 71, a.ID, a.Version, Object, "群众反映没有实际经营", key()))
		if f := w.balanced(fund); f.Available != 5000000 {
			t.Errorf("%+v", f)
		}
		w.days(30)
		by, late, err := w.store.counts(ctx, "152921", db.On(w.Clock.Today()))
		if by[Accepted] != 1 || late != 1 || err != nil {
			t.Errorf("%v %d %v", by, late, err)
		}
		list, err := w.store.list(ctx, w.DB, Filter{Area: "1529", Late: true}, db.On(w.Clock.Today()), db.Date{}, 0, 10)
		if len(list) != 1 || err != nil {
			t.Errorf("%v %v", list, err)
		}
	})
}

func TestWhatWasPaidWronglyComesBackInInstalments(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(5000000)
		a := w.payable(asks("P1", 71), fund)
		b := w.sent(fund)
		_, _, err := w.Reconcile(ctx, suriya, b.ID, []Answer{{Number: numberIn(a), Fen: 500000, Paid: true}}, key())
		w.must(err)
		a = w.now(71, a.ID)
		w.refused(fault.Invalid, "最多可以追回 5,000 元", w.Reclaim(ctx, suriya, 71, a.ID, a.Version, 500001, 3, "虚报", key()))
		w.must(w.Reclaim(ctx, suriya, 71, a.ID, a.Version, 500000, 3, "虚报经营", key()))
		w.refused(fault.Conflict, "新情况", w.Reclaim(ctx, suriya, 71, a.ID, a.Version, 1, 1, "再来", key()))
		list, err := w.store.recoveriesOf(ctx, &a)
		w.must(err)
		waiting, err := w.Approvals.WaitingFor(ctx, bater)
		w.must(err)
		if len(list) != 1 || waiting != 1 {
			w.t.Fatalf("%v %d", list, waiting)
		}
		request, err := db.Value[int64](ctx, w.DB, `SELECT request_id FROM approval_request WHERE kind = 'grant.recover' ORDER BY request_id`)
		w.must(err)
		w.must(w.vote(bater, request, true))
		w.site(naran)(mineAt(&a), nil, 200, "虚报经营", "1,666.66")
		w.refused(fault.Invalid, "尚欠", w.Receive(ctx, suriya, 71, list[0].ID, 600000, key()))
		w.must(w.Receive(ctx, suriya, 71, list[0].ID, 200000, key()))
		parts, err := w.store.instalments(ctx, w.DB, 71, list[0].ID)
		if fmt.Sprint(parts[0].Received, parts[1].Received, parts[2].Fen) != "166666 33334 166668" || err != nil {
			t.Errorf("%+v %v", parts, err)
		}
		w.must(w.Receive(ctx, suriya, 71, list[0].ID, 300000, key()))
		if f := w.balanced(fund); f.Paid != 0 || f.Available != 5000000 {
			t.Errorf("%+v", f)
		}
		w.refused(fault.Conflict, "没有在进行", w.Receive(ctx, suriya, 71, list[0].ID, 1, key()))
		_, err = w.Apply(ctx, naran, asks("P1", 71), key())
		w.refused(fault.Conflict, "一件事只补一次", err)
	})
}

func TestWithoutApplyingOnlyWhoAgreedAndOnlyAfterTwoYeses(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(5000000)
		w.said[71], w.said[72], w.said[73] = true, true, true
		w.book.verdict[73] = "unknown"
		a := w.payable(asks("P1", 71), fund)
		b := w.sent(fund)
		_, _, err := w.Reconcile(ctx, suriya, b.ID, []Answer{{Number: numberIn(a), Fen: 500000, Paid: true}}, key())
		w.must(err)
		done, skipped, err := w.Propose(ctx, "P6", []int64{71, 72, 73, 74})
		if done != 1 || err != nil || !strings.Contains(skipped[72], "收款账户") || !strings.Contains(skipped[73], "不能确认") || !strings.Contains(skipped[74], "没有同意") {
			w.t.Fatalf("%d %v %v", done, skipped, err)
		}
		_, skipped, err = w.Propose(ctx, "P6", []int64{71})
		if err != nil || !strings.Contains(skipped[71], "已经申请过") {
			t.Errorf("%v %v", skipped, err)
		}
		list, err := w.store.ofOwner(ctx, w.DB, 71)
		w.must(err)
		w.must(w.vote(suriya, list[0].RequestID, true))
		if x := w.now(71, list[0].ID); x.State != Proposed {
			t.Errorf("one yes was enough: %s", x.State)
		}
		w.must(w.vote(bater, list[0].RequestID, true))
		if x := w.now(71, list[0].ID); x.State != Public || x.Origin != FromAuto {
			t.Errorf("%+v", x)
		}
		w.balanced(fund)
	})
}

func TestWhoTheRegisterSaysNoToMayStillAskWithAReason(t *testing.T) {
	run(t, func(w *world) {
		w.book.verdict[71] = "no"
		in := asks("P1", 71)
		_, err := w.Apply(ctx, naran, in, key())
		w.refused(fault.Invalid, "登记失业不满 12 个月", err)
		in.Insist = true
		_, err = w.Apply(ctx, naran, in, key())
		w.refused(fault.Invalid, "哪里有出入", err)
		in.Note = "登记日期录错了"
		a := w.checked(in)
		w.refused(fault.Conflict, "核验没有通过", w.Give(ctx, suriya, 71, a.ID, a.Version, Opinion{Grant: true, FundID: 1, Why: "x"}, key()))
		w.must(w.Give(ctx, suriya, 71, a.ID, a.Version, Opinion{Why: "不符合条件"}, key()))
		a = w.now(71, a.ID)
		w.must(w.vote(bater, a.RequestID, true))
		if a = w.now(71, a.ID); a.State != Refused {
			t.Errorf("%+v", a)
		}
		_, err = w.Apply(ctx, userOf(72), asks("P1", 71), key())
		w.refused(fault.NotFound, "", err)
		_, err = w.Apply(ctx, firm, asks("P1", 71), key())
		w.refused(fault.NotFound, "", err)
	})
}

func TestADoubleClickDoesThingsOnce(t *testing.T) {
	run(t, func(w *world) {
		a := w.submitted(asks("P1", 71))
		k := key()
		w.must(w.Handle(ctx, suriya, 71, a.ID, a.Version, Accept, "", k))
		if err := w.Handle(ctx, suriya, 71, a.ID, a.Version, Accept, "", k); !fault.Is(err, fault.Repeat) {
			t.Error(err)
		}
		if err := w.Handle(ctx, bater, 71, a.ID, a.Version, Return, "缺材料", key()); !fault.Is(err, fault.Conflict) {
			t.Error(err)
		}
		if err := errors.Join(w.Handle(ctx, bater, 71, a.ID, 0, Return, "缺材料", key())); err != nil {
			t.Error(err)
		}
	})
}

func TestAYearHasItsLimit(t *testing.T) {
	run(t, func(w *world) {
		w.limits = []Limit{{For: "人员", Times: 1}, {Policy: "P2", For: "人员", Yuan: 8000}}
		fund := w.fund(90000000)
		a := w.proposed(asks("P2", 71), fund) // 9,000 yuan
		w.refused(fault.Conflict, "超过年度上限 8000 元", w.vote(bater, a.RequestID, true))
		b := w.proposed(asks("P1", 72), fund)
		w.must(w.vote(bater, b.RequestID, true))
		c := w.proposed(asks("P2", 72), fund)
		w.refused(fault.Conflict, "2 次，超过年度上限 1 次", w.vote(bater, c.RequestID, true))
		if f := w.balanced(fund); f.Committed != 500000 {
			t.Errorf("what was not approved is committed: %+v", f)
		}
	})
}

func TestWhoIsForgottenLeavesTheLedgerButNoAccount(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(90000000)
		a := w.paidTo(fund, asks("P1", 71))[0]
		w.tx(func(tx *db.Tx) error { return w.Forget(ctx, tx, []int64{71}) })
		x := w.now(71, a.ID)
		if x.Account != "" || x.Holder != "" || len(x.accountHash) != 0 || x.Granted != 500000 {
			t.Errorf("%+v", x.Content)
		}
		if f := w.balanced(fund); f.Paid != 500000 {
			t.Errorf("%+v", f)
		}
		held, err := w.Held(ctx, w.DB, []int64{71, 72})
		if err != nil || held[71] == "" || held[72] != "" {
			t.Errorf("%v %v", held, err)
		}
	})
}

func TestAYesOfWhoHadToKeepAwayDoesNotCount(t *testing.T) {
	run(t, func(w *world) {
		fund := w.fund(90000000)
		a := w.payable(asks("P1", 71), fund)
		w.must(w.Declare(ctx, bater, numberOf(73), key())) // lives with 71
		n, err := w.MakeBatch(ctx, suriya, fund, key())
		w.must(err)
		b, err := w.store.batch(ctx, w.DB, n)
		w.must(err)
		w.must(w.vote(bater, b.RequestID, true))
		w.refused(fault.Denied, "这一票不能算", w.vote(chief, b.RequestID, true))
		w.must(w.vote(chief, b.RequestID, false))
		if x := w.now(71, a.ID); x.State != Payable {
			t.Errorf("%+v", x)
		}
	})
}
