package roster

import (
	"context"
	"strings"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

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
	return noteLine{owner: owner, id: r.IDs.Next(), list: list, item: item, day: db.On(day), text: identity.Veil(strings.TrimSpace(text)), at: r.Clock.Now().UnixMilli(), byID: who.ID, byName: account.Signature(who)}
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
