package grant

import (
	"context"
	"fmt"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

// Cast is who acts in the demonstration's history: officers collect, the league decides, the region approves budgets and batches with it.
type Cast struct {
	Officers               []web.User
	League, Region, Second web.User // Second is another manager of the region; may be nobody
}

// Scene is one application of the demonstration's history.
type Scene struct {
	Asked
	Officer int    // place in Cast.Officers
	Lie     string // field of the statement that turns out untrue: the application is refused
	Appeal  bool   // a refusal is appealed against
	Bounce  bool   // the bank sends the money back once, and the account is corrected
	Reclaim string // why a part is taken back afterwards
	Until   Act    // the last act that is done: "" goes to the end
}

// Round is one month of the demonstration's history.
type Round struct {
	r       *Room
	cast    Cast
	name    string
	working []*made
}

type made struct {
	Scene
	Application
	n int
}

// Begin says who staff are and brings the money of a year, once: two managers for each fund.
func (r *Room) Begin(ctx context.Context, cast Cast, year int, fens map[string]int64) error {
	for i, who := range append([]web.User{cast.League, cast.Region, cast.Second}, cast.Officers...) {
		if who.ID == 0 {
			continue
		}
		if err := r.Declare(ctx, who, fmt.Sprintf("demo-staff-%d", i), fmt.Sprintf("demo-grant-staff-%d-%d", year, i)); err != nil {
			return err
		}
	}
	list := []Fund{{Area: cast.League.Area, Source: "league", Name: "盟本级就业配套资金"}, {Area: cast.League.Area, Source: "insurance", Name: "失业保险基金技能提升补贴", PolicyID: "R18"}}
	for _, o := range cast.Officers {
		list = append(list, Fund{Area: o.Area, Source: "region", Name: "自治区就业补助资金"})
	}
	for i, f := range list {
		f.ID, f.Year, f.Name = r.IDs.Next(), year, fmt.Sprintf("%d 年%s", year, f.Name)
		fen := fens[f.Source]
		if fen == 0 {
			fen = fens[f.Area]
		}
		request, err := r.Budget(ctx, cast.League, f, fen, fmt.Sprintf("演示资金文件〔%d〕%d 号", year, i+11), fmt.Sprintf("demo-grant-budget-%d-%d", year, i))
		if err != nil {
			return err
		}
		if err := r.demoYes(ctx, cast.Region, request); err != nil {
			return err
		}
	}
	return nil
}

// Began says whether there has been any fund, as after Begin.
func (r *Room) Began(ctx context.Context) (bool, error) {
	list, err := r.store.funds(ctx, "15", r.Clock.Today().Year())
	return len(list) > 0, err
}

// demoYes says yes to a request, with keys of its own.
func (r *Room) demoYes(ctx context.Context, who web.User, request int64) error {
	return r.demoVote(ctx, who, request, true, "")
}

func (r *Room) demoVote(ctx context.Context, who web.User, request int64, yes bool, why string) error {
	it, err := r.Approvals.Get(ctx, who, request)
	if err != nil {
		return err
	}
	return r.Approvals.Decide(ctx, who, request, it.Version, yes, why, fmt.Sprintf("demo-grant-vote-%d-%d", request, who.ID))
}

// Play begins a month with what is asked in it. What the registers refuse is left out.
func (r *Room) Play(ctx context.Context, cast Cast, name string, scenes []Scene) (*Round, error) {
	p := &Round{r: r, cast: cast, name: name}
	for i, s := range scenes {
		a, err := r.Apply(ctx, cast.Officers[s.Officer], s.Asked, p.key("apply", i))
		if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Denied) || fault.Is(err, fault.Invalid) {
			continue
		}
		if err != nil {
			return p, err
		}
		p.working = append(p.working, &made{s, a, i})
	}
	return p, nil
}

func (p *Round) key(what string, i int) string {
	return fmt.Sprintf("demo-grant-%s-%s-%d", p.name, what, i)
}

// each does something with every application that has not come to its end; those that a rule stops go no further.
func (p *Round) each(ctx context.Context, act Act, do func(m *made, officer web.User) error) error {
	var left []*made
	for _, m := range p.working {
		err := do(m, p.cast.Officers[m.Officer])
		if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Denied) {
			continue
		}
		if err != nil {
			return err
		}
		if m.Until != act {
			left = append(left, m)
		}
	}
	p.working = left
	return nil
}

// HandIn lets everything be handed in and accepted.
func (p *Round) HandIn(ctx context.Context) error {
	if err := p.each(ctx, Submit, func(m *made, officer web.User) error {
		return p.r.Submit(ctx, officer, m.OwnerID, m.ID, 0, p.key("submit", m.n))
	}); err != nil {
		return err
	}
	return p.each(ctx, Accept, func(m *made, officer web.User) error {
		return p.r.Handle(ctx, officer, m.OwnerID, m.ID, 0, Accept, "", p.key("accept", m.n))
	})
}

// Examine verifies what was stated, compares with the registers and proposes.
func (p *Round) Examine(ctx context.Context) error {
	return p.each(ctx, Propose, func(m *made, officer web.User) error {
		fields := 0
		for field := range m.Said {
			verdict, why := True, "与协议、证明材料一致"
			if field == m.Lie {
				verdict, why = False, "市场监督管理部门登记显示此前已办过营业执照"
			}
			if err := p.r.Verify(ctx, officer, m.OwnerID, m.ID, 0, field, verdict, why, p.key(fmt.Sprint("verify-", fields), m.n)); err != nil {
				return err
			}
			fields++
		}
		if err := p.r.RunCheck(ctx, officer, m.OwnerID, m.ID, 0, p.key("check", m.n)); err != nil {
			return err
		}
		a, err := p.r.read(ctx, p.r.DB, m.OwnerID, m.ID)
		if err != nil {
			return err
		}
		in := Opinion{Why: "声明不属实，不符合条件"}
		if m.Lie == "" {
			in = Opinion{Grant: true, Why: "登记信息、声明和材料一致，符合条件"}
			if in.FundID, err = p.r.anyFund(ctx, p.r.DB, &a, p.r.Clock.Today().Year(), a.Amount); err != nil && !fault.Is(err, fault.Conflict) {
				return err
			}
			funds, err := p.r.FundsFor(ctx, &a)
			if err != nil {
				return err
			}
			for _, f := range funds { // the policy's own money first
				if f.PolicyID == a.PolicyID && f.Available >= a.Amount {
					in.FundID = f.ID
				}
			}
		}
		err = p.r.Give(ctx, officer, m.OwnerID, m.ID, 0, in, p.key("give", m.n))
		if fault.Is(err, fault.Conflict) { // a check stands in the way
			err = p.r.Give(ctx, officer, m.OwnerID, m.ID, 0, Opinion{Why: fault.TextOf(err)}, p.key("refuse", m.n))
		}
		return err
	})
}

// Decide lets the league decide.
func (p *Round) Decide(ctx context.Context) error {
	return p.each(ctx, Grant, func(m *made, _ web.User) error {
		a, err := p.r.store.get(ctx, p.r.DB, m.OwnerID, m.ID)
		if err != nil {
			return err
		}
		return p.r.demoYes(ctx, p.cast.League, a.RequestID)
	})
}

// Pay ends displays, pays what is due in batches of each officer and fund, and takes the bank's answer.
func (p *Round) Pay(ctx context.Context) error {
	if _, err := p.r.Sweep(ctx); err != nil {
		return err
	}
	for i, officer := range p.cast.Officers {
		due, err := p.r.store.payable(ctx, officer.Area)
		if err != nil {
			return err
		}
		for _, w := range due {
			if err := p.batch(ctx, officer, w.Fund, p.key(fmt.Sprint("batch-", i, "-", w.Fund), 0)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *Round) batch(ctx context.Context, officer web.User, fund int64, key string) error {
	r := p.r
	id, err := r.MakeBatch(ctx, officer, fund, key)
	if err != nil {
		return err
	}
	b, err := r.store.batch(ctx, r.DB, id)
	if err != nil {
		return err
	}
	for _, who := range []web.User{p.cast.League, p.cast.Region} {
		if err := r.demoYes(ctx, who, b.RequestID); err != nil {
			return err
		}
	}
	lines, err := r.store.linesIn(ctx, r.DB, id)
	if err != nil {
		return err
	}
	back := map[int64]bool{}
	for _, m := range p.working {
		if m.Bounce {
			back[m.ID] = true
		}
	}
	answers := make([]Answer, len(lines))
	for i := range lines {
		answers[i] = Answer{Line: i + 2, Number: NumberOf(&lines[i]), Fen: lines[i].Fen, Paid: !back[lines[i].GrantID]}
		if !answers[i].Paid {
			answers[i].Why = "收款人户名不符"
		}
	}
	_, _, err = r.Reconcile(ctx, officer, id, answers, key+"-return")
	return err
}

// After corrects accounts, takes back what was paid wrongly, and lets a refusal be appealed against: the league keeps away from its own
// decision, the region says no to it.
func (p *Round) After(ctx context.Context) error {
	r := p.r
	return p.each(ctx, "", func(m *made, officer web.User) error {
		a, err := r.read(ctx, r.DB, m.OwnerID, m.ID)
		if err != nil {
			return err
		}
		switch {
		case m.Bounce && a.State == Bounced:
			m.Bounce = false
			return r.MendAccount(ctx, officer, a.OwnerID, a.ID, 0, a.Bank, "9"+a.Account[1:], p.key("mend", m.n))
		case m.Appeal && a.State == Refused:
			if err := r.AppealTo(ctx, officer, a.OwnerID, a.ID, 0, "此前的营业执照是亲属代办，本人没有经营", p.key("appeal", m.n)); err != nil {
				return err
			}
			now, err := r.store.get(ctx, r.DB, a.OwnerID, a.ID)
			if err != nil {
				return err
			}
			return r.demoVote(ctx, p.cast.Region, now.RequestID, false, "营业执照由本人签字办理，维持原决定")
		case m.Reclaim != "" && a.Paid > 0:
			return p.reclaim(ctx, m, &a, officer)
		}
		return nil
	})
}

func (p *Round) reclaim(ctx context.Context, m *made, a *Application, officer web.User) error {
	r := p.r
	if err := r.Reclaim(ctx, officer, a.OwnerID, a.ID, 0, a.Paid/2, 3, m.Reclaim, p.key("reclaim", m.n)); err != nil {
		return err
	}
	list, err := r.store.recoveriesOf(ctx, a)
	if err != nil {
		return err
	}
	request, err := r.store.requestOf(ctx, KindRecover, a)
	if err != nil {
		return err
	}
	if err := r.demoYes(ctx, p.cast.League, request); err != nil {
		return err
	}
	return r.Receive(ctx, officer, a.OwnerID, list[0].ID, list[0].Fen/3, p.key("receive", m.n))
}

// Inspect draws a sample of what was paid between two days, and lets the first of it be answered and looked at by two managers.
func (r *Room) Inspect(ctx context.Context, cast Cast, in Sample) error {
	if _, err := r.Draw(ctx, cast.League, in, "demo-grant-sample"); err != nil {
		return err
	}
	list, err := r.store.inspections(ctx, cast.League.Area, 0, 2)
	if err != nil || len(list) == 0 {
		return err
	}
	x := list[0]
	for _, officer := range cast.Officers {
		err := r.Assign.Answer(ctx, officer, x.TaskID, 1, "proven", "证书原件、参保记录已核对，扫描件附后", "demo-grant-answer")
		if fault.Is(err, fault.Denied) || fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		for i, v := range []struct {
			who  web.User
			said string
		}{{cast.Region, "证书、参保和领取账户一致"}, {cast.Second, "从反方看，没有找到不应发放的证据"}} {
			if x, err = r.store.inspection(ctx, r.DB, x.OwnerID, x.ID); err != nil || v.who.ID == 0 {
				return err
			}
			if err := r.View(ctx, v.who, x.OwnerID, x.ID, x.Version, Clean, v.said, "", fmt.Sprint("demo-grant-view-", i)); err != nil {
				return err
			}
		}
		return nil
	}
	return nil
}
