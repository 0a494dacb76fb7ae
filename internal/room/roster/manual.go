package roster

import (
	"context"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
)

// approvalKind is the kind of request that takes somebody in or leaves somebody out by hand.
const approvalKind = "roster.manual"

// byHand is what a request to take in or leave out asks for.
type byHand struct {
	List   string `json:"list"`
	Person int64  `json:"person"`
	TakeIn bool   `json:"take_in"`
	By     string `json:"by"`
}

// Ask asks a second person to take somebody in, or leave somebody out, against the rule. Faults: Denied, NotFound, Invalid
// (no reason, nothing would change), Repeat.
func (r *Room) Ask(ctx context.Context, who web.User, l *List, personID int64, takeIn bool, reason, once string) (int64, error) {
	f, _, err := r.look(ctx, personID)
	if err != nil {
		return 0, err
	}
	if err := account.CanManagePerson(who, f.Area, f.ID); err != nil {
		return 0, err
	}
	held, err := r.store.held(ctx, r.DB, ofPeople, personID-1, personID)
	if err != nil {
		return 0, err
	}
	if on := entryOf(held, l.ID) != nil; on == takeIn {
		return 0, fault.New(fault.Invalid, "%s", map[bool]string{true: "这个人已经在名单上，不用再列入", false: "这个人不在名单上，不用移出"}[on])
	}
	before, after := "在名单上", "移出"
	if takeIn {
		before, after = "不在名单上", "列入"
	}
	var id int64
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		var err error
		id, err = r.Approvals.Request(ctx, tx, approval.Request{Kind: approvalKind, Object: "person", ObjectID: personID, PersonID: personID, Area: f.Area,
			Title: web.MaskName(f.Name) + "：" + after + "“" + l.Name.Zh + "”", Why: reason, Href: memberHref(l, personID),
			Lines: []approval.Line{{Label: l.Name.Zh, Before: before, After: after}}, Payload: byHand{l.ID, personID, takeIn, account.Signature(who)}, By: who})
		return err
	})
	return id, err
}

// decided does what a second person approved, in the transaction of the approval.
func (r *Room) decided(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var p byHand
	if err := d.Payload(&p); err != nil {
		return err
	}
	l := r.byID(p.List)
	if l == nil {
		return fault.New(fault.NotFound, "名单已经不在，不能再办理")
	}
	f, s, err := r.look(ctx, p.Person)
	if err != nil {
		return err
	}
	if account.CanSeeArea(d.By, f.Area) != nil { // moved away since it was asked for
		return fault.New(fault.Denied, "此人现在的居住地属于%s，不在您的地区范围内，不能由您审批。请由上一级审批，或请当地重新提出", area.Name(area.At(f.Area, area.Banner)))
	}
	m := manual{owner: p.Person, list: l.ID, takeIn: p.TakeIn, reason: identity.Veil(d.Why), byName: p.By, approvedBy: account.Signature(d.By), at: r.Clock.Now().UnixMilli()}
	if err := r.store.decideByHand(ctx, tx, m); err != nil {
		return err
	}
	held, err := r.store.held(ctx, tx, ofPeople, p.Person-1, p.Person)
	if err != nil {
		return err
	}
	counts := map[slot]int64{}
	for _, st := range draw(nil, []*List{l}, s, held, []manual{m}, map[string]bool{l.ID: true}) {
		if !st.settle() {
			continue
		}
		if st.was != nil {
			l.tell(counts, st.was, -1)
		}
		town := st.now.area[:min(len(st.now.area), townshipDigits)]
		switch {
		case st.gone:
			counts[slot{l.ID, town, countOut}]++
		default:
			l.tell(counts, &st.now, 1)
			if st.was == nil {
				counts[slot{l.ID, town, countIn}]++
			}
		}
		if err := ofPeople.write(ctx, tx, []entry{st.now}); err != nil {
			return err
		}
	}
	return r.store.change(ctx, tx, counts)
}
