package graduate

import (
	"context"
	"fmt"
	"slices"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

// sinceYears is how long after graduation somebody stands on the list: the two years in which to choose (2年择业期).
const sinceYears = 2

// stride is how many graduations one transaction of the nightly walk takes.
const stride = 20_000

// Refresh draws the list of graduates without work and counts the years' figures anew, a stretch of graduates at a time.
func (r *Room) Refresh(ctx context.Context) error { return r.refresh(ctx, stride) }

func (r *Room) refresh(ctx context.Context, stride int) error {
	day := r.asOf()
	month, since := person.MonthOf(day), db.On(day.AddDate(-sinceYears, 0, 0))
	sum := map[placeYear]*Year{}
	after := int64(0)
	for {
		s, more, err := stretchOf(ctx, r.DB, after, stride)
		if err != nil {
			return err
		}
		if !more {
			break
		}
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return drawLeavers(ctx, tx, s, month, since, db.On(day)) }); err != nil {
			return err
		}
		if err := countYears(ctx, r.DB, sum, s, month, day.Year()-4); err != nil {
			return err
		}
		after = s.to
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := dropLeavers(ctx, tx, after); err != nil {
			return err
		}
		return saveYears(ctx, tx, sum)
	})
}

// Contact notes what was done for somebody on the list. Faults: NotFound, Denied, Invalid, Repeat.
func (r *Room) Contact(ctx context.Context, who web.User, c Contact, key string) error {
	l, found, err := leaverByID(ctx, r.DB, c.PersonID)
	if err != nil {
		return err
	}
	if !found {
		return fault.New(fault.NotFound, "此人不在离校未就业毕业生名单中")
	}
	if err := MayAct(who, l.Area); err != nil {
		return err
	}
	switch {
	case !slices.Contains(contactKinds, c.Kind):
		return fault.New(fault.Invalid, "请选择服务内容")
	case c.Kind == Reached && (c.State == "" || c.State == Unasked || !slices.Contains(leaverStates, c.State)):
		return fault.New(fault.Invalid, "请选择本人的打算")
	case c.Text == "":
		return fault.New(fault.Invalid, "请写明联系情况或服务内容")
	case c.On.IsZero() || c.On.After(r.Clock.Today()) || c.On.Before(l.Graduated.Time):
		return fault.New(fault.Invalid, "日期应在毕业（%s）以后、今天以前", l.Graduated)
	}
	if c.Kind != Reached {
		c.State = ""
	}
	c.By = account.Signature(who)
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.addContact(ctx, tx, &c); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "contact", "person", c.PersonID, l.Area, "毕业生实名服务")
	})
}

// Subscribe asks for the weekly letter, or takes that back; asking is the consent to it.
func (r *Room) Subscribe(ctx context.Context, who web.User, on bool, key string) error {
	if err := seeker(who); err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := subscribe(ctx, tx, who.PersonID, on, r.today()); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "subscribe", "person", who.PersonID, who.Area, map[bool]string{true: "订阅毕业生每周信息", false: "取消订阅"}[on])
	})
}

// AddEvent puts something for graduates into the calendar.
func (r *Room) AddEvent(ctx context.Context, who web.User, e Event, key string) error {
	if err := MayAct(who, e.Area); err != nil {
		return err
	}
	switch {
	case e.Title == "" || e.Place == "" || !slices.Contains(eventKinds, e.Kind):
		return fault.New(fault.Invalid, "请填写活动名称、类别和地点")
	case e.On.Before(r.Clock.Today()):
		return fault.New(fault.Invalid, "活动日期应在今天（%s）以后", r.today())
	case e.On.After(r.Clock.Today().AddDate(2, 0, 0)):
		return fault.New(fault.Invalid, "活动日期应在两年以内，您填了 %s", e.On)
	}
	e.ID, e.By = r.IDs.Next(), account.Signature(who)
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := addEvent(ctx, tx, &e); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "event", "event", e.ID, e.Area, "发布毕业生活动："+e.Title)
	})
}

// Week writes the weekly letter to its subscribers, on Mondays, and says how many were told.
func (r *Room) Week(ctx context.Context) (n int, err error) {
	if r.Messages == nil || r.Clock.Today().Weekday() != time.Monday {
		return 0, nil
	}
	open, err := rounds(ctx, r.DB, r.Home, true, 1<<62, 50)
	if err != nil {
		return 0, err
	}
	open = slices.DeleteFunc(open, func(p Round) bool { return !p.Takes(r.today()) })
	coming, err := events(ctx, r.DB, r.Home, r.today(), 5)
	if err != nil {
		return 0, err
	}
	text := fmt.Sprintf("正在报名的招募 %d 次，近期活动 %d 场", len(open), len(coming))
	if r.Portal != nil {
		fresh, err := r.Portal.Vacancies(ctx, r.Home, false, 3)
		if err != nil {
			return 0, err
		}
		for _, v := range fresh {
			text += "；新岗位：" + v.Title + "（" + v.Sub + "）"
		}
	}
	year, week := r.Clock.Today().ISOWeek()
	once := fmt.Sprintf("graduate week %d-%02d", year, week)
	for after := int64(0); ; {
		ids, err := subscribers(ctx, r.DB, after, 500)
		if err != nil || len(ids) == 0 {
			return n, err
		}
		after = ids[len(ids)-1]
		var list []message.Message
		for _, id := range ids {
			list = append(list, message.Message{Kind: kindWeek, To: message.To{PersonID: id}, Href: atHome, Once: once, Title: message.Text{Zh: "本周高校毕业生就业信息", En: "This week for graduates"}, Body: message.Text{Zh: text + "。", En: text}})
		}
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
			sent, err := r.Messages.SendAll(ctx, tx, list)
			for _, s := range sent {
				if s.Outcome == message.Told {
					n++
				}
			}
			return err
		}); err != nil {
			return n, err
		}
	}
}
