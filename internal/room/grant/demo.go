package grant

import (
	"context"
	"fmt"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

// Cast is who acts in the demonstration: the officer collects, the league decides, the region approves budgets with it.
type Cast struct {
	Officer, League, Region web.User
	Asking                  []Beneficiary // who applies: units for the first policy with money that they may have, people for the first one
}

// demoMost is how many applications the demonstration has.
const demoMost = 12

// SeedDemo makes a budget and applications that stand at different places of their way: paid, at the bank, on display, waiting.
func (r *Room) SeedDemo(ctx context.Context, cast Cast) error {
	done, err := r.store.funds(ctx, "15", r.Clock.Today().Year())
	if err != nil || len(done) > 0 {
		return err
	}
	for i, who := range []web.User{cast.Officer, cast.League, cast.Region} {
		if err := r.Declare(ctx, who, fmt.Sprintf("demo-staff-%d", i), fmt.Sprintf("demo-grant-staff-%d", i)); err != nil {
			return err
		}
	}
	year := r.Clock.Today().Year()
	var funds []int64
	for i, f := range []Fund{
		{Area: cast.Officer.Area, Source: "region", Year: year, Name: fmt.Sprintf("%d 年自治区就业补助资金", year)},
		{Area: cast.League.Area, Source: "league", Year: year, Name: fmt.Sprintf("%d 年盟本级就业配套资金", year)},
	} {
		f.ID = r.IDs.Next()
		request, err := r.Budget(ctx, cast.League, f, []int64{150000000, 80000000}[i], "演示资金文件〔2025〕12 号", fmt.Sprintf("demo-grant-budget-%d", i))
		if err != nil {
			return err
		}
		if err := r.demoYes(ctx, cast.Region, request); err != nil {
			return err
		}
		funds = append(funds, f.ID)
	}
	var list []Application
	for i, b := range cast.Asking {
		if len(list) == demoMost {
			break
		}
		a, ok, err := r.demoApply(ctx, cast, b, i)
		if err != nil {
			return err
		}
		if ok {
			list = append(list, a)
		}
	}
	for i := range list {
		if err := r.demoStep(ctx, cast, &list[i], i, funds[0]); err != nil {
			return err
		}
	}
	return r.demoPay(ctx, cast, funds[0])
}

func (r *Room) demoYes(ctx context.Context, who web.User, request int64) error {
	it, err := r.Approvals.Get(ctx, who, request)
	if err != nil {
		return err
	}
	return r.Approvals.Decide(ctx, who, request, it.Version, true, "", fmt.Sprintf("demo-grant-yes-%d-%d", request, who.ID))
}

// demoApply writes an application at the window for the first policy that fits; ok is false when there is none.
func (r *Room) demoApply(ctx context.Context, cast Cast, b Beneficiary, i int) (a Application, ok bool, err error) {
	offers, err := r.Policies.Offers(ctx, "zh", b)
	if err != nil {
		return a, false, err
	}
	for _, o := range offers {
		if o.Verdict != "yes" || b.Unit && o.AmountFen == 0 {
			continue
		}
		in := Asked{Policy: o.PolicyID, For: b, Bank: "中国农业银行巴彦浩特支行", Account: fmt.Sprintf("0529%010d", 77000+i)}
		if o.Monthly() {
			first := r.Clock.Today().AddDate(0, -3, 0)
			in.From = first.Year()*100 + int(first.Month())
			in.To = nextMonth(nextMonth(in.From))
		}
		a, err = r.Apply(ctx, cast.Officer, in, fmt.Sprintf("demo-grant-apply-%d", i))
		if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Denied) {
			return a, false, nil
		}
		return a, err == nil, err
	}
	return a, false, nil
}

// demoStep takes the first half of the applications to a decision, and leaves the others on their way.
func (r *Room) demoStep(ctx context.Context, cast Cast, a *Application, i int, fund int64) error {
	k := func(s string) string { return fmt.Sprintf("demo-grant-%s-%d", s, i) }
	if i%6 == 5 {
		return nil // a draft
	}
	if err := r.Submit(ctx, cast.Officer, a.OwnerID, a.ID, 0, k("submit")); err != nil || i%6 == 4 {
		return err
	}
	if err := r.Handle(ctx, cast.Officer, a.OwnerID, a.ID, 0, Accept, "", k("accept")); err != nil || i%6 == 3 {
		return err
	}
	if err := r.RunCheck(ctx, cast.Officer, a.OwnerID, a.ID, 0, k("check")); err != nil {
		return err
	}
	if err := r.Give(ctx, cast.Officer, a.OwnerID, a.ID, 0, Opinion{Grant: true, FundID: fund, Why: "登记信息与材料一致，符合条件"}, k("give")); err != nil || i%6 == 2 {
		return err
	}
	now, err := r.store.get(ctx, r.DB, a.OwnerID, a.ID)
	if err != nil {
		return err
	}
	if err := r.demoYes(ctx, cast.League, now.RequestID); err != nil || i%6 == 1 {
		return err
	}
	// The demonstration's day stands still, so the days of public display are taken as gone.
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		one, err := r.read(ctx, tx, a.OwnerID, a.ID)
		if err != nil {
			return err
		}
		return r.move(ctx, tx, web.User{}, &one, Shown, "")
	})
}

// demoPay pays what may be paid in one batch.
func (r *Room) demoPay(ctx context.Context, cast Cast, fund int64) error {
	id, err := r.MakeBatch(ctx, cast.Officer, fund, "demo-grant-batch")
	if fault.Is(err, fault.Conflict) {
		return nil
	}
	if err != nil {
		return err
	}
	b, err := r.store.batch(ctx, r.DB, id)
	if err != nil {
		return err
	}
	for _, who := range []web.User{cast.League, cast.Region} {
		if err := r.demoYes(ctx, who, b.RequestID); err != nil {
			return err
		}
	}
	list, err := r.store.inBatch(ctx, r.DB, id)
	if err != nil {
		return err
	}
	var answers []Answer
	for i := range list {
		x := Answer{Line: i + 2, Number: NumberOf(&list[i]), Fen: list[i].Granted, Paid: i != 1}
		if !x.Paid {
			x.Why = "收款人户名不符"
		}
		answers = append(answers, x)
	}
	_, _, err = r.Reconcile(ctx, cast.Officer, id, answers, "demo-grant-return"+strings.Repeat("-", 4))
	return err
}
