package grant

import (
	"context"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/evidence"
)

// Asked is what somebody fills in: everything else is known.
type Asked struct {
	Policy                      string
	For                         Beneficiary
	From, To                    int // months, where the policy pays by the month
	Bank, Account, Holder, Note string
	Insist                      bool              // applies although the registers say no
	Said                        map[string]string // what no department reports: Chinese name of the field → value
}

// object is what the room's evidence supports.
const object = "grant"

// Apply writes a draft, once for each key: the beneficiary themself, or an officer of the area at the window. It is submitted by
// Submit, after the documents have come. Faults: NotFound, Denied, Invalid, Conflict, Repeat.
func (r *Room) Apply(ctx context.Context, who web.User, in Asked, key string) (Application, error) {
	a, offer, err := r.draft(ctx, who, in)
	if err != nil {
		return a, err
	}
	if (offer.Verdict == "no" || offer.Verdict == "near") && !in.Insist {
		return a, fault.New(fault.Invalid, "按现在登记的信息：%s。如仍要申请，请勾选“信息有出入，仍要申请”并写明理由", offer.Lead)
	}
	if in.Insist && strings.TrimSpace(in.Note) == "" && offer.Verdict != "yes" {
		return a, fault.New(fault.Invalid, "请写明登记信息哪里有出入，经办人员要据此核实")
	}
	return a, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if text, err := r.clash(ctx, tx, &a, offer.Excludes); err != nil || text != "" {
			return orFault(err, text)
		}
		if err := r.begin(ctx, tx, who, &a); err != nil {
			return err
		}
		return r.keepSaid(ctx, tx, who, &a, nil, in.Said)
	})
}

func orFault(err error, text string) error {
	if err == nil {
		err = fault.New(fault.Conflict, "%s", text)
	}
	return err
}

func (r *Room) begin(ctx context.Context, tx *db.Tx, who web.User, a *Application) error {
	if err := r.seal(a); err != nil {
		return err
	}
	if err := r.store.insert(ctx, tx, a); err != nil {
		return err
	}
	if err := r.step(ctx, tx, who, a, Note, "", "建立申请"); err != nil {
		return err
	}
	return r.Audit.Write(ctx, tx, entry(who, "draft", a, "“"+a.PolicyName+"”申请：填写"))
}

// draft fills an application with what is known and what was asked.
func (r *Room) draft(ctx context.Context, who web.User, in Asked) (a Application, offer Offer, err error) {
	a = Application{OwnerID: in.For.ID, ID: r.IDs.Next(), Unit: in.For.Unit, State: Draft, Origin: FromSelf, From: in.From, To: in.To,
		CreatedAt: r.Clock.Now(), Version: 1, Content: Content{Bank: in.Bank, Holder: in.Holder, Note: in.Note}}
	if a.Area, a.Holder, err = r.placeOf(ctx, in.For, in.Holder); err != nil {
		return a, offer, err
	}
	if err := mayOwn(who, &a); err != nil {
		return a, offer, err
	}
	if !owns(who, in.For) {
		a.Origin = FromWindow
	}
	if offer, err = r.Policies.Offer(ctx, lang.Chinese, in.Policy, in.For, in.Said); err != nil {
		return a, offer, err
	}
	a.PolicyID, a.PolicyName, a.PolicyVersion = offer.PolicyID, offer.Name, offer.Version
	if err := checkPeriod(offer.Monthly(), a.From, a.To, r.Clock.Today()); err != nil {
		return a, offer, err
	}
	if owns(who, in.For) && !offer.Online {
		return a, offer, fault.New(fault.Conflict, "“%s”不在网上申请。%s", offer.Name, offer.Next)
	}
	a.price(&offer)
	if offer.AmountFen > 0 || in.Account != "" {
		if a.Account, err = CheckAccount(in.Account); err != nil {
			return a, offer, err
		}
		if a.Bank == "" {
			return a, offer, fault.New(fault.Invalid, "请填写开户银行，如“中国农业银行巴彦浩特支行”")
		}
	}
	return a, offer, nil
}

// placeOf is where a beneficiary belongs, and whose name the account bears unless another one was given.
func (r *Room) placeOf(ctx context.Context, b Beneficiary, holder string) (place, name string, err error) {
	if b.Unit {
		e, err := r.Employers.Get(ctx, b.ID)
		if holder == "" {
			holder = e.Name
		}
		return e.Area, holder, err
	}
	p, err := r.People.Get(ctx, b.ID)
	if err == nil && p.Dead(r.Clock.Today()) {
		err = fault.New(fault.Conflict, "登记显示本人已去世，不能申请。如登记有误请先到窗口更正")
	}
	if holder == "" {
		holder = p.Name
	}
	return p.Area, holder, err
}

// act runs one act on one application in a transaction of its own. Faults besides its own: NotFound, Repeat, Conflict.
func (r *Room) act(ctx context.Context, who web.User, owner, id, version int64, key string, may func(web.User, *Application) error, do func(tx *db.Tx, a *Application) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		a, err := r.read(ctx, tx, owner, id)
		if err != nil {
			return err
		}
		if err := may(who, &a); err != nil {
			return err
		}
		// Before the version is looked at: the second half of a double click carries an old one.
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if version != 0 && a.Version != version {
			return stale()
		}
		return do(tx, &a)
	})
}

// Submit hands an application in, and takes its facts. Faults: as for act; Conflict when a fact is another application's, Invalid
// when a document lacks.
func (r *Room) Submit(ctx context.Context, who web.User, owner, id, version int64, key string) error {
	first, err := r.store.get(ctx, r.DB, owner, id)
	if err != nil {
		return err
	}
	if err := mayOwn(who, &first); err != nil {
		return err
	}
	said, err := r.said(ctx, r.DB, &first)
	if err != nil {
		return err
	}
	offer, err := r.Policies.Offer(ctx, lang.Chinese, first.PolicyID, first.Owner(), said)
	if err != nil {
		return err
	}
	return r.act(ctx, who, owner, id, version, key, mayOwn, func(tx *db.Tx, a *Application) error {
		if err := r.takeClaims(ctx, tx, a, offer.Excludes); err != nil {
			return err
		}
		if a.SubmittedOn.IsZero() {
			a.SubmittedOn = db.On(r.Clock.Today())
		}
		if r.Applied != nil {
			if err := r.Applied(ctx, tx, a.Owner(), a.PolicyID); err != nil {
				return err
			}
		}
		return r.move(ctx, tx, who, a, Submit, "")
	})
}

// Attach adds a document to an application that is still the beneficiary's to complete. Faults: Invalid, TooLarge, Conflict.
func (r *Room) Attach(ctx context.Context, who web.User, owner, id int64, name, kind string, content []byte, key string) error {
	if strings.TrimSpace(name) == "" {
		return fault.New(fault.Invalid, "请选择这是哪一份材料")
	}
	return r.act(ctx, who, owner, id, 0, key, mayOwn, func(tx *db.Tx, a *Application) error {
		if err := r.completable(who, a); err != nil {
			return err
		}
		if _, err := r.Evidence.Add(ctx, tx, evidence.File{OwnerID: a.OwnerID, Object: object, ObjectID: a.ID, Name: name, Type: kind, Content: content, ByID: who.ID}); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entry(who, "attach", a, "“"+a.PolicyName+"”申请：上传材料 "+name))
	})
}

// Detach removes a document.
func (r *Room) Detach(ctx context.Context, who web.User, owner, id, file int64, key string) error {
	return r.act(ctx, who, owner, id, 0, key, mayOwn, func(tx *db.Tx, a *Application) error {
		if err := r.completable(who, a); err != nil {
			return err
		}
		_, err := r.Evidence.Remove(ctx, tx, owner, file, object, id)
		return err
	})
}

// completable asks whether documents may still come and go: for the beneficiary while it is theirs, for the desk until it has been checked.
func (r *Room) completable(who web.User, a *Application) error {
	switch a.State {
	case Draft, Returned:
		return nil
	case Submitted, Accepted:
		if !owns(who, a.Owner()) {
			return nil
		}
	}
	return fault.New(fault.Conflict, "这件申请现在是“%s”，材料不能再改。需要补材料时，请等经办人员退回补正", a.State.Label().Zh)
}

// Take withdraws an application; its facts are free again. Faults: as for act.
func (r *Room) Take(ctx context.Context, who web.User, owner, id, version int64, why, key string) error {
	return r.act(ctx, who, owner, id, version, key, mayOwn, func(tx *db.Tx, a *Application) error {
		if err := r.store.unclaim(ctx, tx, a); err != nil {
			return err
		}
		return r.move(ctx, tx, who, a, Withdraw, why)
	})
}

// MendAccount corrects the account of a grant that the bank sent back. Faults: as for act; Invalid.
func (r *Room) MendAccount(ctx context.Context, who web.User, owner, id, version int64, bank, number, key string) error {
	number, err := CheckAccount(number)
	if err != nil {
		return err
	}
	return r.act(ctx, who, owner, id, version, key, mayOwn, func(tx *db.Tx, a *Application) error {
		if a.Account == number && a.Bank == bank {
			return fault.New(fault.Invalid, "开户银行和账号都没有变，银行会再次退回，请核对银行卡")
		}
		a.Bank, a.Account = bank, number
		if err := r.store.mend(ctx, tx, a); err != nil {
			return err
		}
		return r.move(ctx, tx, who, a, Mend, "更正为尾号 "+number[len(number)-4:])
	})
}
