package market

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/evidence"
)

// Buy puts a contract on services on file. The agency's licence must be in force, and it must not be listed.
func (r *Room) Buy(ctx context.Context, who web.User, p Purchase, key string) (int64, error) {
	if err := MayAct(who, p.Area); err != nil {
		return 0, err
	}
	a, err := agencyByID(ctx, r.DB, p.AgencyID)
	if err != nil {
		return 0, err
	}
	switch {
	case p.Title == "" || p.Number == "" || !slices.Contains(items, p.Item) || p.Amount <= 0:
		return 0, fault.New(fault.Invalid, "请填写项目名称、合同编号、服务内容和合同金额")
	case p.From.IsZero() || p.Until.Before(p.From.Time):
		return 0, fault.New(fault.Invalid, "合同的截止日期应在起始日期以后")
	case !a.Valid(r.today()) || !a.Listed.IsZero():
		return 0, fault.New(fault.Conflict, "“%s”的许可证不在有效期内或已列入严重失信名单，不能承接政府购买服务", a.Name)
	}
	p.ID, p.By, p.ById = r.IDs.Next(), account.Signature(who), who.ID
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := insertPurchase(ctx, tx, &p); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "buy", "purchase", p.ID, p.Area, "登记购买服务合同："+p.Title)
	})
	return p.ID, err
}

// within does something about a purchase within a transaction, and counts the change.
func (r *Room) within(ctx context.Context, who web.User, id, version int64, key, what string, do func(tx *db.Tx, p *Purchase, list []Deliverable) error) error {
	p, err := purchaseByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayAct(who, p.Area); err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		all, err := deliverables(ctx, tx, []Purchase{p})
		if err != nil {
			return err
		}
		if err := do(tx, &p, all[p.ID]); err != nil {
			return err
		}
		if err := touch(ctx, tx, &p, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "purchase", "purchase", p.ID, p.Area, what+"："+p.Title)
	})
}

// Promise adds a deliverable. All of them together must not be worth more than the contract.
func (r *Room) Promise(ctx context.Context, who web.User, d Deliverable, version int64, key string) error {
	return r.within(ctx, who, d.PurchaseID, version, key, "登记成果要求", func(tx *db.Tx, p *Purchase, list []Deliverable) error {
		sum := d.Amount
		for _, o := range list {
			sum += o.Amount
		}
		switch {
		case d.What == "" || d.Quantity < 1 || d.Unit == "" || d.Due.IsZero() || d.Amount < 0:
			return fault.New(fault.Invalid, "请填写成果名称、数量、单位、期限和金额")
		case sum > p.Amount:
			return fault.New(fault.Invalid, "各项成果金额合计 %s 元，超过合同金额 %s 元", lang.Fen(sum), lang.Fen(p.Amount))
		}
		d.ID, d.State = r.IDs.Next(), Planned
		return putDeliverable(ctx, tx, &d)
	})
}

// Proof is a file that shows that something was delivered.
type Proof struct {
	Content []byte
	Type    string
}

// Submit tells that something was delivered, with the evidence.
func (r *Room) Submit(ctx context.Context, who web.User, purchase, id, done int64, note string, proof *Proof, version int64, key string) error {
	return r.within(ctx, who, purchase, version, key, "提交成果", func(tx *db.Tx, p *Purchase, list []Deliverable) error {
		d, err := pick(list, id, Planned, Returned)
		if err != nil {
			return err
		}
		if done < 1 || note == "" || proof == nil {
			return fault.New(fault.Invalid, "请填写完成数量和说明，并附成果材料（PDF 或照片）")
		}
		d.State, d.Done, d.Note, d.SubmittedBy, d.Submitter, d.On = Submitted, done, note, who.ID, account.Signature(who), r.today()
		if _, err := r.Evidence.Add(ctx, tx, evidence.File{OwnerID: p.AgencyID, Object: "market", ObjectID: d.ID, Name: "成果材料", Type: proof.Type, Content: proof.Content, ByID: who.ID}); err != nil {
			return err
		}
		return putDeliverable(ctx, tx, d)
	})
}

// Accept accepts or returns what was delivered; never whoever submitted it.
func (r *Room) Accept(ctx context.Context, who web.User, purchase, id int64, pass bool, note string, version int64, key string) error {
	return r.within(ctx, who, purchase, version, key, map[bool]string{true: "验收成果", false: "退回成果"}[pass], func(tx *db.Tx, p *Purchase, list []Deliverable) error {
		d, err := pick(list, id, Submitted)
		if err != nil {
			return err
		}
		if err := MayAccept(who, p, d); err != nil {
			return err
		}
		if note == "" {
			return fault.New(fault.Invalid, "请写明验收意见")
		}
		if pass && d.Done < d.Quantity {
			return fault.New(fault.Conflict, "完成 %d %s，少于合同要求的 %d %s，不能验收通过", d.Done, d.Unit, d.Quantity, d.Unit)
		}
		d.State = map[bool]string{true: Passed, false: Returned}[pass]
		d.Acceptor, d.On, d.Note = account.Signature(who), r.today(), note
		return putDeliverable(ctx, tx, d)
	})
}

// Paid tells how much finance has paid so far; never more than what was accepted is worth.
func (r *Room) Paid(ctx context.Context, who web.User, purchase, fen int64, version int64, key string) error {
	return r.within(ctx, who, purchase, version, key, "登记已付金额", func(_ *db.Tx, p *Purchase, list []Deliverable) error {
		if most := payable(list); fen > most || fen < p.Paid {
			return fault.New(fault.Invalid, "已付金额应在 %s～%s 元之间（已登记的和验收通过的），您填了 %s 元", lang.Fen(p.Paid), lang.Fen(most), lang.Fen(fen))
		}
		p.Paid = fen
		return nil
	})
}

func pick(list []Deliverable, id int64, states ...string) (*Deliverable, error) {
	for i := range list {
		if list[i].ID == id && slices.Contains(states, list[i].State) {
			return &list[i], nil
		}
	}
	return nil, fault.New(fault.Conflict, "这项成果现在的状态不能这样办，请看过现在的样子再办")
}

// Tell puts a need or an offer on the board: staff for their area, employers for themselves.
func (r *Room) Tell(ctx context.Context, who web.User, n Need, key string) error {
	switch {
	case who.Role == account.Employer && who.EmployerID != 0:
		e, err := r.Employers.Get(ctx, who.EmployerID)
		if err != nil {
			return err
		}
		n.Side, n.Name, n.Area = "unit", e.Name, area.At(e.Area, area.Banner)
		if served, err := db.Value[int64](ctx, r.DB, `SELECT count(*) FROM market_agency WHERE employer_id = $1`, who.EmployerID); err != nil {
			return err
		} else if served > 0 {
			n.Side = "agency"
		}
	default:
		n.Side, n.Name, n.Area = "department", who.AreaName+"人社部门", who.Area
		if err := MayAct(who, n.Area); err != nil {
			return err
		}
	}
	if n.Text == "" || n.Phone == "" || n.Until.Before(r.Clock.Today()) {
		return fault.New(fault.Invalid, "请写明需要或能提供什么、联系电话和有效期（今天以后）")
	}
	n.ID, n.ById = r.IDs.Next(), who.ID
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := addNeed(ctx, tx, &n); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "need", "need", n.ID, n.Area, "发布供需信息")
	})
}
