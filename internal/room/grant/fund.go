package grant

import (
	"context"
	"fmt"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
)

// Pot is where a fund's money stands. Their sum is the budget at every moment; what comes in and goes out is the ledger's.
type Pot string

// The pots. Out is the treasury, outside of the fund.
const (
	Out       Pot = "out"
	Available Pot = "available"
	Committed Pot = "committed" // decided, not yet at the bank
	AtBank    Pot = "sent"
	PaidOut   Pot = "paid"
)

// Kind is one sort of movement: from which pot to which.
type Kind struct {
	Code     string
	From, To Pot
	Label
}

// Kinds of movements of money.
var Kinds = []Kind{
	{"allot", Out, Available, Label{"下达预算", "Budget allotted"}},
	{"cut", Available, Out, Label{"调减预算", "Budget cut"}},
	{"commit", Available, Committed, Label{"批准占用", "Committed"}},
	{"release", Committed, Available, Label{"撤销占用", "Released"}},
	{"send", Committed, AtBank, Label{"送银行", "Sent to the bank"}},
	{"pay", AtBank, PaidOut, Label{"发放成功", "Paid"}},
	{"return", AtBank, Committed, Label{"银行退回", "Returned by the bank"}},
	{"recover", PaidOut, Available, Label{"追回入账", "Recovered"}},
}

func kindOf(code string) (Kind, bool) {
	for _, k := range Kinds {
		if k.Code == code {
			return k, true
		}
	}
	return Kind{}, false
}

// Sources of money.
var Sources = []struct {
	Code string
	Label
}{
	{"central", Label{"中央就业补助资金", "Central employment funds"}},
	{"region", Label{"自治区就业资金", "Regional employment funds"}},
	{"league", Label{"盟市配套资金", "League funds"}},
	{"banner", Label{"旗县配套资金", "Banner funds"}},
	{"insurance", Label{"失业保险基金", "Unemployment insurance fund"}},
}

func sourceOf(code string) Label {
	for _, s := range Sources {
		if s.Code == code {
			return s.Label
		}
	}
	return Label{code, code}
}

// Fund is money of one level, source and year. Amounts are fen.
type Fund struct {
	ID                                         int64
	Area, Source                               string
	Year                                       int
	PolicyID, Name                             string // PolicyID "": every policy
	Budget, Available, Committed, AtBank, Paid int64
}

// Sound says whether nothing is below zero and everything adds up to the budget.
func (f *Fund) Sound() bool {
	return f.Available >= 0 && f.Committed >= 0 && f.AtBank >= 0 && f.Paid >= 0 && f.Budget == f.Available+f.Committed+f.AtBank+f.Paid
}

// Movement is one line of a ledger.
type Movement struct {
	FundID, ID       int64
	Kind             string
	From, To         Pot
	Amount           int64
	OwnerID, GrantID int64
	On               db.Date
	ByID             int64
	ByName, Note     string
}

// share is somebody's part of a movement.
type share struct{ OwnerID, GrantID, Fen int64 }

// moveMoney moves an amount between two pots of a fund and writes the ledger, as part of the caller's transaction. The pot it comes
// from must hold it: that is part of the UPDATE's condition, so two transactions at once cannot spend the same money.
// Faults: Conflict when there is not enough.
func (r *Room) moveMoney(ctx context.Context, tx *db.Tx, who web.User, code string, fundID, fen int64, list []share, note string) error {
	k, known := kindOf(code)
	if !known || fen < 0 {
		return fault.New(fault.Internal, "没有这种资金变动：%s %d", code, fen)
	}
	if fen == 0 {
		return nil
	}
	ok, err := r.store.shift(ctx, tx, fundID, k, fen)
	if err != nil {
		return err
	}
	if !ok {
		f, err := r.store.fund(ctx, tx, fundID)
		if err != nil {
			return err
		}
		return short(k, &f, fen)
	}
	var rows []Movement
	base := Movement{FundID: fundID, Kind: code, From: k.From, To: k.To, Amount: fen, On: db.On(r.Clock.Today()), ByID: who.ID, ByName: sign(who), Note: note}
	for _, s := range list {
		m := base
		m.OwnerID, m.GrantID, m.Amount = s.OwnerID, s.GrantID, s.Fen
		rows = append(rows, m)
	}
	if len(list) == 0 {
		rows = append(rows, base)
	}
	return r.store.addEntries(ctx, tx, r.IDs.Next, rows)
}

func short(k Kind, f *Fund, fen int64) error {
	have := map[Pot]int64{Available: f.Available, Committed: f.Committed, AtBank: f.AtBank, PaidOut: f.Paid}[k.From]
	if k.Code == "commit" {
		return fault.New(fault.Conflict, "资金“%s”可用余额 %s 元，这一笔要 %s 元，超出预算，不能批准。请换一项资金，或请上级调增预算后再审批", f.Name, lang.Fen(have), lang.Fen(fen))
	}
	return fault.New(fault.Conflict, "资金“%s”只有 %s 元可以“%s”，这一笔是 %s 元，没有办理。请核对台账", f.Name, lang.Fen(have), k.Zh, lang.Fen(fen))
}

// Budget asks for money to be allotted (or taken back, when fen is negative) to a fund of the manager's area; another manager approves. A fund
// that there is not yet is made when it is approved. Faults: Denied, Invalid, Repeat.
func (r *Room) Budget(ctx context.Context, who web.User, f Fund, fen int64, why, once string) (request int64, err error) {
	switch {
	case who.Role != account.Manager:
		return 0, fault.New(fault.Denied, "资金预算由盟市或自治区管理人员下达")
	case account.CanSeeArea(who, f.Area) != nil:
		return 0, account.CanSeeArea(who, f.Area)
	case fen == 0:
		return 0, fault.New(fault.Invalid, "金额不能为 0")
	case f.Year < 2000 || f.Year > 2999:
		return 0, fault.New(fault.Invalid, "年度应写成 2025 的样子，填的是 %d", f.Year)
	case sourceOf(f.Source).Zh == f.Source:
		return 0, fault.New(fault.Invalid, "请选择资金来源")
	case f.Name == "":
		return 0, fault.New(fault.Invalid, "请填写资金名称")
	case why == "":
		return 0, fault.New(fault.Invalid, "请写明依据，如资金文件的名称和文号")
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if f.ID == 0 {
			f.ID = r.IDs.Next()
		}
		word := "下达"
		if fen < 0 {
			word = "调减"
		}
		request, err = r.Approvals.Request(ctx, tx, approval.Request{Kind: KindBudget, Object: "fund", ObjectID: f.ID, Area: f.Area,
			Title: fmt.Sprintf("%s预算：%d 年%s", word, f.Year, f.Name), Why: why, Href: atFunds, Payload: budget{f, fen, why}, By: who,
			Lines: []approval.Line{{Label: "地区", After: area.Name(f.Area)}, {Label: "来源", After: sourceOf(f.Source).Zh}, {Label: word + "（元）", After: lang.Fen(fen)}}})
		return err
	})
	return request, err
}

type budget struct {
	Fund Fund
	Fen  int64
	Why  string
}

// budgeted is approval's Do of a budget.
func (r *Room) budgeted(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var b budget
	if err := d.Payload(&b); err != nil {
		return err
	}
	f := b.Fund
	if err := r.store.keepFund(ctx, tx, &f); err != nil {
		return err
	}
	kind, fen := "allot", b.Fen
	if fen < 0 {
		kind, fen = "cut", -fen
	}
	return r.moveMoney(ctx, tx, d.By, kind, f.ID, fen, nil, b.Why)
}

// FundsFor are the funds of a year that may pay an application: of its area or a level above it, for its policy or every policy.
func (r *Room) FundsFor(ctx context.Context, a *Application) ([]Fund, error) {
	list, err := r.store.fundsAbove(ctx, a.Area, r.Clock.Today().Year())
	if err != nil {
		return nil, err
	}
	var out []Fund
	for _, f := range list {
		if f.PolicyID == "" || f.PolicyID == a.PolicyID {
			out = append(out, f)
		}
	}
	return out, nil
}
