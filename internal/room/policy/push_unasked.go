package policy

import (
	"context"
	"fmt"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// unaskedMost is how many people of a list are looked at for 免申即享 at once.
const unaskedMost = 2000

// Unasked proposes to grant a policy without application to those of an area whom the screening has found (免申即享), once for each
// key. The room of grants says who is left out, and why; the commonest reason is returned. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Unasked(ctx context.Context, who web.User, policyID, code, once string) (proposed, skipped int, why string, err error) {
	if err := r.refresh(ctx); err != nil {
		return 0, 0, "", err
	}
	p, err := r.catalogue().find(policyID)
	if err != nil {
		return 0, 0, "", err
	}
	switch {
	case r.Grants == nil:
		return 0, 0, "", fault.New(fault.Unavailable, "补贴办理没有接通，暂时不能提请免申即享")
	case p.For == rule.Employer:
		return 0, 0, "", fault.New(fault.Conflict, "免申即享只面向个人，“%s”面向单位", p.Name.Zh)
	}
	if err := account.CanManageArea(who, code); err != nil {
		return 0, 0, "", err
	}
	list, err := r.store.page(ctx, ofPeople, p.ID, "yes", code, "", 0, unaskedMost)
	if err != nil {
		return 0, 0, "", err
	}
	if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "policy.unasked", Object: "policy", Area: code,
			What: fmt.Sprintf("对名单上 %d 人提请免申即享“%s”", len(list), p.Name.Zh)})
	}); err != nil {
		return 0, 0, "", err
	}
	ids := make([]int64, len(list))
	for i, g := range list {
		ids[i] = g.owner
	}
	proposed, left, err := r.Grants.Unasked(ctx, p.ID, ids)
	count := map[string]int{}
	for _, reason := range left {
		if count[reason]++; count[reason] > count[why] || count[reason] == count[why] && reason < why {
			why = reason
		}
	}
	return proposed, len(left), why, err
}

// pushUnasked proposes 免申即享 for the list.
func (r *Room) pushUnasked(c *web.Ctx) error {
	p, code, _, err := r.pushAddress(c)
	if err != nil {
		return err
	}
	proposed, skipped, why, err := r.Unasked(c.Context(), c.User, p.ID, code, c.Once())
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("policy.push.unaskedDone", lang.Int(int64(proposed)), lang.Int(int64(skipped))))
	if why != "" {
		c.Flash("warn", c.T("policy.push.unaskedWhy", why))
	}
	return c.Redirect(pushHref(p.ID) + "?area=" + code)
}
