package rights

import (
	"context"
	"slices"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// Say writes down that a person allows a purpose, or allows it no longer, once for each key. It takes effect at once.
// The person themself says it, or an officer of where the person lives writes it down with the channel. Faults: NotFound,
// Denied, Invalid, Repeat.
func (r *Room) Say(ctx context.Context, who web.User, c Consent, once string) error {
	p, err := r.People.Get(ctx, c.PersonID)
	if err != nil {
		return err
	}
	own := who.Role == account.Seeker
	if own {
		err, c.Channel = account.CanSeePerson(who, p.Area, p.ID), "self"
	} else {
		err = account.CanManagePerson(who, p.Area, p.ID)
	}
	if err != nil {
		return err
	}
	purpose, known := purposeOf(c.Purpose)
	switch {
	case !known:
		return fault.New(fault.Invalid, "没有这项用途，请刷新页面后重新选择")
	case !purpose.Optional:
		return fault.New(fault.Invalid, "“%s”是履行法定职责，不以同意为前提，不能撤回。如信息有误，请申请更正", purpose.Zh)
	case !own && (!slices.Contains(Channels, c.Channel) || c.Channel == "self"):
		return fault.New(fault.Invalid, "请选择本人通过什么方式表示的")
	}
	c.At, c.ByID, c.ByName, c.Note = r.Clock.Now(), who.ID, sign(who), identity.Veil(c.Note)
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.store.say(ctx, tx, r.IDs.Next, []Consent{c}); err != nil {
			return err
		}
		if !c.Allowed && r.Withdrawn != nil {
			if err := r.Withdrawn(ctx, tx, who, c); err != nil {
				return err
			}
		}
		what := map[bool]string{true: "同意：", false: "撤回同意："}[c.Allowed] + purpose.Zh
		return r.Audit.Write(ctx, tx, entry(who, "consent", p.ID, p.Area, what))
	})
}

// Record writes down consents that came with something else, a registration form for example, as part of the caller's
// transaction. Somebody's own later word is not overwritten by an earlier one.
func (r *Room) Record(ctx context.Context, tx *db.Tx, who web.User, list []Consent) error {
	var entries []audit.Entry
	for i := range list {
		list[i].ByID, list[i].ByName = who.ID, sign(who)
		if list[i].At.IsZero() {
			list[i].At = r.Clock.Now()
		}
	}
	if len(list) > 0 {
		entries = append(entries, audit.Entry{ActorID: who.ID, Actor: sign(who), Act: "rights.consents", Object: "consent", What: "随登记记下同意情况"})
	}
	if err := r.store.say(ctx, tx, r.IDs.Next, list); err != nil {
		return err
	}
	return r.Audit.Write(ctx, tx, entries...)
}
