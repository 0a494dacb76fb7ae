package outwork

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

// Candidate is somebody who might be named for a batch.
type Candidate struct {
	Facts   *person.Facts
	Allowed bool
	Score   int
	Why     []reason
}

// mark is where a search goes on.
type mark struct {
	Area   string
	Person int64
}

// searched is how many people one page of a search looks at.
const searched = 200

// Find looks through the next people of an area who want to work, and shows those who are not at work and not in the batch, the
// best fits first. more is nil at the end of the area.
func (r *Room) Find(ctx context.Context, b *Batch, area, words string, from mark) (list []Candidate, more *mark, err error) {
	today := r.today()
	ids, err := willing(ctx, r.DB, area, db.On(today.AddDate(-legalAge, 0, 0)), db.On(today), from.Area, from.Person, searched)
	if err != nil || len(ids) == 0 {
		return nil, nil, err
	}
	people, err := r.People.FactsOf(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	if len(ids) == searched {
		i := slices.IndexFunc(people, func(f *person.Facts) bool { return f.ID == ids[len(ids)-1] })
		if i >= 0 {
			more = &mark{people[i].Area, people[i].ID}
		}
	}
	needs, err := r.People.LastNeeds(ctx, r.DB, ids)
	if err != nil {
		return nil, nil, err
	}
	allowed, err := r.Consents.Allowed(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	in := map[int64]bool{}
	members, err := r.membersOf(ctx, r.DB, b.ID, ids)
	for _, m := range members {
		in[m.PersonID] = true
	}
	for _, f := range people {
		if in[f.ID] || f.AtWork(today) != nil || f.Dead(today) || f.Age(today) < legalAge {
			continue
		}
		c := Candidate{Facts: f, Allowed: allowed[f.ID]}
		var need *person.Need
		if n, ok := needs[f.ID]; ok {
			need = &n
		}
		c.Score, c.Why = fits(b, f, need, today)
		if words != "" && !slices.ContainsFunc(c.Why, func(w reason) bool { return w.For && strings.Contains(w.Zh, words) }) {
			continue
		}
		list = append(list, c)
	}
	slices.SortStableFunc(list, func(a, b Candidate) int { return b.Score - a.Score })
	return list, more, err
}

// Recruit names people for a batch: of the officer's own area, old enough, and with their consent. They answer themselves.
func (r *Room) Recruit(ctx context.Context, who web.User, batchID int64, people []int64, key string) (added int64, err error) {
	if len(people) == 0 || len(people) > searched {
		return 0, fault.New(fault.Invalid, "请选择 1～%d 人", searched)
	}
	allowed, err := r.Consents.Allowed(ctx, people)
	if err != nil {
		return 0, err
	}
	err = r.act(ctx, key, func(tx *db.Tx) error {
		b, err := batchByID(ctx, tx, batchID)
		if err != nil {
			return err
		}
		if err := MayRecruit(who, &b); err != nil {
			return err
		}
		if !b.Takes(r.today()) {
			return fault.New(fault.Conflict, "这批需求已经截止，不能再推荐人员")
		}
		found, err := r.People.ListIn(ctx, tx, people)
		if err != nil {
			return err
		}
		if len(found) != len(people) {
			return fault.New(fault.NotFound, "有 %d 人不在登记库中，请重新查找", len(people)-len(found))
		}
		had, err := r.membersOf(ctx, tx, b.ID, people)
		if err != nil {
			return err
		}
		var list []Member
		var told []message.Message
		for i := range found {
			p := &found[i]
			if slices.ContainsFunc(had, func(m Member) bool { return m.PersonID == p.ID }) { // asked before: a no is not asked about again
				continue
			}
			if err := account.CanManagePerson(who, p.Area, p.ID); err != nil {
				return err
			}
			if err := r.fitToGo(p); err != nil {
				return err
			}
			if !allowed[p.ID] {
				return fault.New(fault.Conflict, "%s没有同意“向用人单位推荐”，请先征得本人同意并登记", web.MaskName(p.Name))
			}
			list = append(list, Member{PersonID: p.ID, BatchID: b.ID, Area: p.Area, State: Recruited, JoinedOn: db.On(r.today()), By: account.Signature(who), Version: 1})
			told = append(told, r.groupMessage(&b, p.ID, "请确认是否参加“"+b.Title+"”", fmt.Sprintf("%s，%s，月薪 %s 元，%s出发前后集合。请点开确认或谢绝。", b.Unit, b.Place, b.Pay(), b.From),
				"Will you go? "+b.Title, fmt.Sprintf("%s, %s, %s yuan a month, from %s. Please say yes or no.", b.Unit, b.Place, b.Pay(), b.From)))
		}
		if len(list) == 0 {
			return fault.New(fault.Conflict, "所选人员都已在名单中，或者已经谢绝，没有重复通知")
		}
		if added, err = r.insertMembers(ctx, tx, list); err != nil {
			return err
		}
		if err := r.tell(ctx, tx, told...); err != nil {
			return err
		}
		return r.noteOf(ctx, tx, who, "recruit", who.Area, "推荐参加劳务输出："+b.Title, people...)
	})
	return added, err
}

// fitToGo refuses the dead and those below the legal age.
func (r *Room) fitToGo(p *person.Person) error {
	today := r.today()
	switch {
	case p.Dead(today):
		return fault.New(fault.Conflict, "登记库显示此人已经去世，请核对")
	case p.Age(today) < legalAge:
		return fault.New(fault.Invalid, "%s未满 16 周岁，法律禁止招用", web.MaskName(p.Name))
	}
	return nil
}

// Join lets somebody sign themselves up: that is their yes.
func (r *Room) Join(ctx context.Context, who web.User, batchID int64, key string) error {
	return r.act(ctx, key, func(tx *db.Tx) error {
		b, err := batchByID(ctx, tx, batchID)
		if err != nil {
			return err
		}
		if err := MaySee(who, &b); err != nil {
			return err
		}
		if !b.Takes(r.today()) {
			return fault.New(fault.Conflict, "这批需求已经截止，可以看看其他招募")
		}
		found, err := r.People.ListIn(ctx, tx, []int64{who.PersonID})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fault.New(fault.NotFound, "登记库中没有您的档案，请到就近的服务站建档")
		}
		if err := r.fitToGo(&found[0]); err != nil {
			return err
		}
		m := Member{PersonID: who.PersonID, BatchID: b.ID, Area: found[0].Area, State: Confirmed, Self: true, JoinedOn: db.On(r.today()), By: account.Signature(who), Version: 1}
		n, err := r.insertMembers(ctx, tx, []Member{m})
		if err != nil {
			return err
		}
		if n == 0 { // named by an officer, or has dropped out and thought better of it
			old, err := r.membersOf(ctx, tx, b.ID, []int64{who.PersonID})
			if err != nil {
				return err
			}
			if old[0].State != Recruited && old[0].State != Dropped {
				return fault.New(fault.Repeat, "您已经报名，没有重复办理")
			}
			m.Pickup, m.Training = old[0].Pickup, old[0].Training
			if err := r.updateMember(ctx, tx, &m, old[0].Version); err != nil {
				return err
			}
		}
		return r.noteOf(ctx, tx, who, "join", found[0].Area, "报名参加劳务输出："+b.Title, who.PersonID)
	})
}

// Move is one act about people of a batch.
type Move struct {
	Act, Reason, Note string
	TripID            int64
	Pickup, Training  string
	On                db.Date
}

// Move does one act about people of a batch: staff about several, somebody about themselves. Whoever is in a state from which the
// act does not lead on stops the whole.
func (r *Room) Move(ctx context.Context, who web.User, batchID int64, people []int64, in Move, key string) error {
	if len(people) == 0 || len(people) > searched {
		return fault.New(fault.Invalid, "请选择 1～%d 人", searched)
	}
	self := who.Role == account.Seeker
	if self && (len(people) != 1 || people[0] != who.PersonID || who.PersonID == 0) {
		return fault.New(fault.NotFound, "没有这份报名")
	}
	return r.act(ctx, key, func(tx *db.Tx) error {
		b, err := batchByID(ctx, tx, batchID)
		if err != nil {
			return err
		}
		if b.State == Cancelled && slices.Contains([]string{"confirm", "book", "arrive"}, in.Act) {
			return fault.New(fault.Conflict, "这批劳务输出已经取消，只能登记不参加或者返乡")
		}
		list, err := r.membersOf(ctx, tx, batchID, people)
		if err != nil {
			return err
		}
		if len(list) != len(people) {
			return fault.New(fault.NotFound, "有人不在这批名单里，请刷新页面再选")
		}
		var trip *Trip
		if in.Act == "book" {
			trips, err := r.trips(ctx, tx, batchID)
			if err != nil {
				return err
			}
			i := slices.IndexFunc(trips, func(t Trip) bool { return t.ID == in.TripID })
			if i < 0 {
				return fault.New(fault.Invalid, "请选择出行安排，还没有的先添加")
			}
			trip = &trips[i]
		}
		var told []message.Message
		for i := range list {
			m := &list[i]
			if !self {
				if err := MayMove(who, &b, m); err != nil {
					return err
				}
			}
			if err := r.moved(m, in, self); err != nil {
				return err
			}
			m.By = account.Signature(who)
			if err := r.updateMember(ctx, tx, m, m.Version); err != nil {
				return err
			}
			if trip != nil {
				told = append(told, r.groupMessage(&b, m.PersonID, "“"+b.Title+"”"+trip.Day.String()+"出发", fmt.Sprintf("%s，上车地点：%s。带队：%s %s。", trip.Vehicle, m.Pickup, trip.Leader, trip.Phone),
					"Leaving on "+trip.Day.String()+": "+b.Title, fmt.Sprintf("%s, pick-up: %s. Leader: %s %s.", trip.Vehicle, m.Pickup, trip.Leader, trip.Phone)))
			}
		}
		if err := r.tell(ctx, tx, told...); err != nil {
			return err
		}
		return r.noteOf(ctx, tx, who, in.Act, b.Area, "劳务输出“"+b.Title+"”："+actZh[in.Act], people...)
	})
}

// actZh is what the log says of acts about people.
var actZh = map[string]string{"confirm": "确认参加", "book": "安排出行", "arrive": "确认到岗地", "return": "返乡", "drop": "不参加", "train": "登记行前培训"}

// moved changes a member as an act says.
func (r *Room) moved(m *Member, in Move, self bool) error {
	if in.Act == "train" && !self {
		if m.State == Dropped || strings.TrimSpace(in.Training) == "" {
			return fault.New(fault.Invalid, "请写明培训内容和日期")
		}
		m.Training = in.Training
		return nil
	}
	to, ok := step(in.Act, m.State, self)
	if !ok {
		return fault.New(fault.Conflict, "所选人员中有人现在的状态不能这样办，请按状态筛选后再选")
	}
	today := db.On(r.today())
	if in.On.IsZero() {
		in.On = today
	}
	if in.On.After(today.Time) || in.On.Before(today.AddDate(-1, 0, 0)) {
		return fault.New(fault.Invalid, "日期应在一年以内，不能晚于今天")
	}
	switch in.Act {
	case "book":
		m.TripID, m.Pickup = in.TripID, in.Pickup
	case "arrive":
		m.Arrived = in.On
	case "return", "drop":
		if !slices.Contains(leaveReasons, in.Reason) {
			return fault.New(fault.Invalid, "请选择原因")
		}
		m.Reason, m.Note = in.Reason, in.Note
		if in.Act == "return" {
			if in.On.Before(m.Arrived.Time) {
				return fault.New(fault.Invalid, "返乡日期不能早于到岗日期 %s", m.Arrived)
			}
			m.Returned = in.On
		}
	}
	m.State = to
	return nil
}

// AddTrip arranges a journey.
func (r *Room) AddTrip(ctx context.Context, who web.User, t Trip, key string) (int64, error) {
	if t.Day.IsZero() || strings.TrimSpace(t.Vehicle) == "" || strings.TrimSpace(t.Leader) == "" || strings.TrimSpace(t.Phone) == "" || strings.TrimSpace(t.Pickups) == "" {
		return 0, fault.New(fault.Invalid, "请填写出发日期、车次（车牌）、带队人及其电话和上车地点")
	}
	t.ID = r.IDs.Next()
	return t.ID, r.act(ctx, key, func(tx *db.Tx) error {
		b, err := batchByID(ctx, tx, t.BatchID)
		if err != nil {
			return err
		}
		if err := MayWork(who, &b); err != nil {
			return err
		}
		if b.State != Open && b.State != Closed {
			return fault.New(fault.Conflict, "这批需求还没有公布或已取消，不能安排出行")
		}
		if err := r.insertTrip(ctx, tx, &t); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "trip", "batch", b.ID, b.Area, "安排出行："+b.Title+"，"+t.Day.String())
	})
}

func (r *Room) groupMessage(b *Batch, personID int64, zh, body, en, bodyEn string) message.Message {
	return message.Message{Kind: kindGroup, To: message.To{PersonID: personID}, About: number(b.ID), Href: atMine, Title: message.Text{Zh: zh, En: en}, Body: message.Text{Zh: body, En: bodyEn}, Channels: []string{message.SMS}}
}

// tellMembers tells everybody who goes with a batch.
func (r *Room) tellMembers(ctx context.Context, tx *db.Tx, b *Batch, zh, body, en, bodyEn string) error {
	for after := int64(0); ; {
		list, err := r.members(ctx, tx, b.ID, region, after, chunk)
		if err != nil || len(list) == 0 {
			return err
		}
		var told []message.Message
		for _, m := range list {
			if m.State != Dropped && m.State != Returned {
				told = append(told, r.groupMessage(b, m.PersonID, zh, body, en, bodyEn))
			}
		}
		if err := r.tell(ctx, tx, told...); err != nil {
			return err
		}
		after = list[len(list)-1].PersonID
	}
}
