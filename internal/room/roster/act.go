package roster

import (
	"context"
	"strings"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
)

// approvalKind is the kind of request that takes somebody in or leaves somebody out by hand.
const approvalKind = "roster.manual"

// Note is a service rendered to a member, or what was learned of one.
type Note struct {
	List  *List
	Owner int64
	Item  string // service or attribute
	Day   time.Time
	Text  string
}

// Write records a note: the twins that it ends are counted down at once, on every list of the owner. Faults: Denied, NotFound,
// Invalid (no such item on the list, a day to come), Repeat.
func (r *Room) Write(ctx context.Context, who web.User, n Note, once string) error {
	if n.List.service(n.Item) == nil && n.List.attribute(n.Item) == nil {
		return fault.New(fault.Invalid, "“%s”没有这项服务或信息，请在列出的项目中选择", n.List.Name.Zh)
	}
	if n.Day.After(r.Clock.Today()) {
		return fault.New(fault.Invalid, "日期不能晚于今天，请填已经发生的日期")
	}
	sh := shelfOf(n.List)
	s, err := r.member(ctx, who, n.List, n.Owner)
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.store.note(ctx, tx, sh, r.line(who, n.Owner, n.List.ID, n.Item, n.Text, n.Day)); err != nil {
			return err
		}
		s.known.learn(n.Item, n.Day)
		if err := r.again(ctx, tx, sh, s); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, r.entry(who, "roster.note", sh, n.Owner, s.area, "在“"+n.List.Name.Zh+"”记了一条："+itemName(n.List, n.Item)))
	})
}

// member reads the subject behind an owner whom somebody may manage.
func (r *Room) member(ctx context.Context, who web.User, l *List, owner int64) (*subject, error) {
	if l.Employers() {
		e, s, err := r.lookUnit(ctx, owner)
		if err != nil {
			return nil, err
		}
		return s, account.CanManageEmployer(who, e.Area, e.ID)
	}
	f, s, err := r.look(ctx, owner)
	if err != nil {
		return nil, err
	}
	return s, account.CanManagePerson(who, f.Area, f.ID)
}

// again looks anew at what is lacking on all lists of one owner, and moves the counts.
func (r *Room) again(ctx context.Context, tx *db.Tx, sh shelf, s *subject) error {
	held, err := r.store.held(ctx, tx, sh, s.owner-1, s.owner)
	if err != nil {
		return err
	}
	counts := map[slot]int64{}
	var write []entry
	for i := range held {
		l := r.byID(held[i].list)
		if l == nil {
			continue
		}
		now := held[i]
		if now.lacks = l.lacks(&s.known); now == held[i] {
			continue
		}
		now.version++
		l.tell(counts, &held[i], -1)
		l.tell(counts, &now, 1)
		write = append(write, now)
	}
	if len(write) == 0 {
		return nil
	}
	if err := sh.write(ctx, tx, write); err != nil {
		return err
	}
	return r.store.change(ctx, tx, counts)
}

func (r *Room) byID(id string) *List {
	for _, l := range r.lists {
		if l.ID == id {
			return l
		}
	}
	return nil
}

// line is a note as it is stored.
func (r *Room) line(who web.User, owner int64, list, item, text string, day time.Time) noteLine {
	return noteLine{owner: owner, id: r.IDs.Next(), list: list, item: item, day: db.On(day), text: strings.TrimSpace(text), at: r.Clock.Now().UnixMilli(), byID: who.ID, byName: account.Signature(who)}
}

func (r *Room) entry(who web.User, act string, sh shelf, owner int64, area, what string) audit.Entry {
	return audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: act, Object: sh.object, ObjectID: owner, Area: area, What: what}
}

func itemName(l *List, item string) string {
	if s := l.service(item); s != nil {
		return s.Name.Zh
	}
	if a := l.attribute(item); a != nil {
		return a.Name.Zh
	}
	return item
}

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
	_, s, err := r.look(ctx, p.Person)
	if err != nil {
		return err
	}
	m := manual{owner: p.Person, list: l.ID, takeIn: p.TakeIn, reason: d.Why, byName: p.By, approvedBy: account.Signature(d.By), at: r.Clock.Now().UnixMilli()}
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

// Answer is what somebody found out about a finding.
type Answer struct {
	List    *List
	Owner   int64
	State   State // Confirmed, Cleared or Fixed
	Text    string
	Version int64
}

// Reply answers a finding. Faults: Denied, NotFound (it has closed), Invalid, Conflict (somebody answered meanwhile), Repeat.
func (r *Room) Reply(ctx context.Context, who web.User, a Answer, once string) error {
	sh := shelfOf(a.List)
	s, err := r.member(ctx, who, a.List, a.Owner)
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		held, err := r.store.held(ctx, tx, sh, a.Owner-1, a.Owner)
		if err != nil {
			return err
		}
		e := entryOf(held, a.List.ID)
		if e == nil {
			return fault.New(fault.NotFound, "这条疑点已经随数据更新关闭，不用再反馈")
		}
		if e.version != a.Version {
			return fault.New(fault.Conflict, "这条疑点刚刚有人反馈过，请看最新的情况再办")
		}
		counts := map[slot]int64{}
		a.List.tell(counts, e, -1)
		if e.answered.IsZero() {
			e.answered = db.On(r.Clock.Today())
			e.answerDays = int(rule.DayOf(r.Clock.Today()) - rule.DayOf(e.since.Time))
		}
		e.state, e.version = a.State, e.version+1
		a.List.tell(counts, e, 1)
		if err := sh.write(ctx, tx, []entry{*e}); err != nil {
			return err
		}
		if err := r.store.change(ctx, tx, counts); err != nil {
			return err
		}
		if err := r.store.note(ctx, tx, sh, r.line(who, a.Owner, a.List.ID, string(a.State), a.Text, r.Clock.Today())); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, r.entry(who, "roster.answer", sh, a.Owner, s.area, "反馈了疑点“"+a.List.Name.Zh+"”："+stateZh[a.State]))
	})
}

// stateZh are the states in sentences that are kept.
var stateZh = map[State]string{Open: "待核实", Sent: "已交办", Confirmed: "属实", Cleared: "不属实", Fixed: "已整改"}
