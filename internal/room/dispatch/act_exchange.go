package dispatch

import (
	"context"
	"slices"
	"strconv"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/message"
)

func needAt(id int64) string { return atExchange + "/" + strconv.FormatInt(id, 10) }

// Want puts what a unit wants before the agencies: the unit itself, or an officer for one of the list. Faults: Invalid, NotFound, Denied, Repeat.
func (r *Room) Want(ctx context.Context, who web.User, n Need, once string) (int64, error) {
	if who.Role == account.Employer {
		n.EmployerID = who.EmployerID
	}
	n.Text = identity.Veil(n.Text)
	switch {
	case !slices.Contains(services, n.Service) || n.Occupation == "" || n.People < 1:
		return 0, fault.New(fault.Invalid, "请选择需要的服务，写明工种和人数（1 人以上）")
	case !n.Until.After(r.Clock.Today()):
		return 0, fault.New(fault.Invalid, "截止日期应在今天（%s）以后", r.today())
	}
	e, err := r.Employers.Get(ctx, n.EmployerID)
	if err != nil {
		return 0, err
	}
	if who.Role != account.Employer {
		if err := MayManage(who, e.Area); err != nil {
			return 0, err
		}
	}
	n.ID, n.Name, n.Area, n.State, n.By = r.IDs.Next(), e.Name, area.At(e.Area, area.Banner), OpenNeed, account.Signature(who)
	return n.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := addNeed(ctx, tx, &n); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "need", "need", n.ID, n.Area, "发布协同对接需求："+n.Name)
	})
}

// agencies lists the agencies of an area.
func (r *Room) agencies(ctx context.Context, code string) ([]Agency, error) {
	if r.Agencies == nil {
		return nil, nil
	}
	return r.Agencies.Agencies(ctx, code)
}

// ownAgency is the agency that somebody signs in for; found is false for everybody else.
func (r *Room) ownAgency(ctx context.Context, who web.User) (a Agency, found bool, err error) {
	if who.Role != account.Employer || who.EmployerID == 0 || r.Agencies == nil {
		return a, false, nil
	}
	return r.Agencies.AgencyOf(ctx, who.EmployerID)
}

// maySeeNeed asks whether somebody sees a need: staff of its area, its unit, and agencies while it is open or theirs.
func (r *Room) maySeeNeed(ctx context.Context, who web.User, n *Need) error {
	if who.Role != account.Employer {
		return account.CanSeeArea(who, n.Area)
	}
	if who.EmployerID == n.EmployerID && who.EmployerID != 0 {
		return nil
	}
	own, found, err := r.ownAgency(ctx, who)
	if err != nil {
		return err
	}
	if found && n.State == OpenNeed {
		return nil
	}
	if found {
		offers, err := offersOf(ctx, r.DB, n.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(offers, func(o Offer) bool { return o.AgencyID == own.ID }) {
			return nil
		}
	}
	return fault.New(fault.NotFound, "没有这项需求")
}

// mayChoose asks whether somebody decides about a need: its unit, or staff who may act for its area.
func mayChoose(who web.User, n *Need) error {
	if who.Role == account.Employer && who.EmployerID == n.EmployerID && who.EmployerID != 0 {
		return nil
	}
	if who.Role == account.Employer {
		return fault.New(fault.NotFound, "没有这项需求")
	}
	return MayManage(who, n.Area)
}

// Offer answers a need: an agency for itself, or an officer for an agency. Who stands on the list of the seriously dishonest, or has no
// licence in force, cannot. Faults: Invalid, NotFound, Denied, Conflict, Repeat.
func (r *Room) Offer(ctx context.Context, who web.User, o Offer, once string) error {
	n, err := needByID(ctx, r.DB, o.NeedID)
	if err != nil {
		return err
	}
	a, own, err := r.ownAgency(ctx, who)
	if err != nil {
		return err
	}
	if !own {
		if who.Role == account.Employer {
			return fault.New(fault.Denied, "方案由人力资源服务机构提出，贵单位没有登记为人力资源服务机构")
		}
		if err := MayManage(who, n.Area); err != nil {
			return err
		}
		list, err := r.agencies(ctx, area.At(n.Area, area.League))
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(a Agency) bool { return a.ID == o.AgencyID })
		if i < 0 {
			return fault.New(fault.Invalid, "请选择本盟市的人力资源服务机构")
		}
		a = list[i]
	}
	if o.Text = identity.Veil(o.Text); o.Text == "" || o.People < 1 || o.Days < 1 || o.Fee < 0 || o.Fee > mostPay {
		return fault.New(fault.Invalid, "请写明能提供多少人、几天内到岗、怎样组织，费用不能小于 0")
	}
	if a.Listed || !a.Licensed {
		return fault.New(fault.Denied, "%s%s，不能提出方案", a.Name, map[bool]string{true: "在严重失信名单上", false: "的许可证不在有效期内"}[a.Listed])
	}
	o.ID, o.AgencyID, o.Name, o.Grade, o.By, o.At = r.IDs.Next(), a.ID, a.Name, a.Grade, account.Signature(who), r.now()
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		n, err := needByID(ctx, tx, o.NeedID)
		if err != nil {
			return err
		}
		if n.State != OpenNeed || n.Until.Before(r.Clock.Today()) {
			return fault.New(fault.Conflict, "这项需求已不再征集方案")
		}
		if offers, err := offersOf(ctx, tx, n.ID); err != nil {
			return err
		} else if slices.ContainsFunc(offers, func(x Offer) bool { return x.AgencyID == o.AgencyID }) {
			return fault.New(fault.Conflict, "%s已对这项需求提出过方案，每家机构提一次", o.Name)
		}
		if err := addOffer(ctx, tx, &o); err != nil {
			return err
		}
		if err := r.tell(ctx, tx, message.Message{Kind: kindTold, To: message.To{EmployerID: n.EmployerID}, About: "need " + strconv.FormatInt(n.ID, 10), Title: message.Text{Zh: a.Name + "对您的用工需求提出了方案", En: "An agency has made an offer"}, Href: needAt(n.ID)}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "offer", "need", n.ID, n.Area, "提出协同对接方案："+a.Name)
	})
}

// need changes a need as one act: from one of some states on.
func (r *Room) need(ctx context.Context, who web.User, id, version int64, once, what string, from []string, do func(n *Need) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := needByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := mayChoose(who, &n); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if !slices.Contains(from, n.State) {
			return fault.New(fault.Conflict, "这项需求现在的状态不能这样办，请看过现在的样子再办")
		}
		if err := do(&n); err != nil {
			return err
		}
		if err := saveNeed(ctx, tx, &n, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "need", "need", id, n.Area, what+"："+n.Name)
	})
}

// Choose takes an offer. Faults: Invalid, NotFound, Denied, Conflict, Repeat.
func (r *Room) Choose(ctx context.Context, who web.User, id, offer, version int64, once string) error {
	offers, err := offersOf(ctx, r.DB, id)
	if err != nil {
		return err
	}
	return r.need(ctx, who, id, version, once, "选定方案", []string{OpenNeed}, func(n *Need) error {
		if !slices.ContainsFunc(offers, func(o Offer) bool { return o.ID == offer }) {
			return fault.New(fault.Invalid, "请选择一个方案")
		}
		n.State, n.OfferID = Chosen, offer
		return nil
	})
}

// Sign notes the contract with the chosen agency. Faults: as for Choose.
func (r *Room) Sign(ctx context.Context, who web.User, id int64, contract string, on db.Date, version int64, once string) error {
	return r.need(ctx, who, id, version, once, "登记合同", []string{Chosen}, func(n *Need) error {
		if contract == "" || on.IsZero() || on.After(r.Clock.Today()) {
			return fault.New(fault.Invalid, "请填写合同编号和签订日期（今天或以前）")
		}
		n.State, n.Contract, n.Signed = Contracted, identity.Veil(contract), on
		return nil
	})
}

// Finish says what came of a need. Faults: as for Choose.
func (r *Room) Finish(ctx context.Context, who web.User, id, brought int64, text string, version int64, once string) error {
	return r.need(ctx, who, id, version, once, "填写对接结果", []string{Chosen, Contracted}, func(n *Need) error {
		if text == "" || brought < 0 {
			return fault.New(fault.Invalid, "请写明到岗人数和结果")
		}
		n.State, n.Brought, n.Result = ClosedNeed, brought, identity.Veil(text)
		return nil
	})
}

// Withdraw takes a need back. Faults: as for Choose.
func (r *Room) Withdraw(ctx context.Context, who web.User, id, version int64, once string) error {
	return r.need(ctx, who, id, version, once, "撤回需求", []string{OpenNeed, Chosen}, func(n *Need) error {
		n.State = Withdrawn
		return nil
	})
}
