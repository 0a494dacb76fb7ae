package fair

import (
	"context"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// Come registers a seeker for a fair and returns the visit with its code; a second time changes nothing. Faults: NotFound, Denied,
// Late, Repeat.
func (r *Room) Come(ctx context.Context, who web.User, fairID int64, once string) (Visit, error) {
	f, err := fairByID(ctx, r.DB, fairID)
	if err != nil {
		return Visit{}, err
	}
	if err := MaySee(who, &f); err != nil {
		return Visit{}, err
	}
	if who.Role != account.Seeker || who.PersonID == 0 {
		return Visit{}, fault.New(fault.Denied, "求职者本人登录后报名")
	}
	if !f.Takes(r.today()) {
		return Visit{}, fault.New(fault.Late, "“%s”不在报名期内", f.Title)
	}
	var v Visit
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		v, err = r.admit(ctx, tx, who.PersonID, fairID, false)
		if err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, personEntry(who, "come", &f, who.PersonID, "报名参加招聘会："+f.Title))
	})
	return v, err
}

func personEntry(who web.User, act string, f *Fair, personID int64, what string) audit.Entry {
	e := entryOf(who, act, f, what)
	e.Object, e.ObjectID = "person", personID
	return e
}

// admit gives somebody a code, unless they have one.
func (r *Room) admit(ctx context.Context, tx *db.Tx, personID, fairID int64, walkIn bool) (Visit, error) {
	v, found, err := visitOf(ctx, tx, personID, fairID)
	if err != nil || found {
		return v, err
	}
	v = Visit{PersonID: personID, FairID: fairID, RegisteredAt: r.now(), WalkIn: walkIn}
	for ok := false; !ok; {
		if v.Code, err = newCode(); err != nil {
			return v, err
		}
		if ok, err = takeCode(ctx, tx, fairID, personID, v.Code); err != nil {
			return v, err
		}
	}
	_, err = insertVisits(ctx, tx, []Visit{v})
	return v, err
}

// Leave takes a registration back, with its invitations, before the person has been at the door. Faults: NotFound, Conflict, Repeat.
func (r *Room) Leave(ctx context.Context, who web.User, fairID int64, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		f, err := fairByID(ctx, tx, fairID)
		if err != nil {
			return err
		}
		v, found, err := visitOf(ctx, tx, who.PersonID, fairID)
		switch {
		case err != nil:
			return err
		case !found || who.PersonID == 0:
			return fault.New(fault.NotFound, "您没有报名参加这场招聘会")
		case v.CheckedAt != 0:
			return fault.New(fault.Conflict, "您已经签到，不能再取消报名")
		}
		if _, err := removeVisit(ctx, tx, who.PersonID, fairID); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, personEntry(who, "leave", &f, who.PersonID, "取消招聘会报名："+f.Title))
	})
}

// Checked is what the door says.
type Checked struct {
	Visit
	Name  string
	Again bool // had been checked in before: nothing has changed
}

// CheckIn checks somebody in by the code on their phone or, for those who have not registered, by the number of their identity card.
// The same person a second time changes nothing. Faults: NotFound (no such code, nobody with that number), Denied, Invalid, Late.
func (r *Room) CheckIn(ctx context.Context, who web.User, fairID int64, text string) (Checked, error) {
	f, err := fairByID(ctx, r.DB, fairID)
	if err != nil {
		return Checked{}, err
	}
	if err := MayManage(who, &f); err != nil {
		return Checked{}, err
	}
	if !f.Begun(r.today()) {
		return Checked{}, fault.New(fault.Late, "招聘会 %s 举办，当天才能签到", f.Day)
	}
	if f.State != Open {
		return Checked{}, fault.New(fault.Late, "这场招聘会已经总结，不再签到")
	}
	var out Checked
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		personID, walkIn, err := r.atDoor(ctx, tx, fairID, text)
		if err != nil {
			return err
		}
		if out.Visit, err = r.admit(ctx, tx, personID, fairID, walkIn); err != nil {
			return err
		}
		fresh, err := checkIn(ctx, tx, personID, fairID, r.now(), account.Signature(who))
		if err != nil {
			return err
		}
		if out.Again = !fresh; fresh {
			out.CheckedAt = r.now()
		}
		if names, err := r.People.ListIn(ctx, tx, []int64{personID}); err != nil {
			return err
		} else if len(names) == 1 {
			out.Name = names[0].Name
		}
		if out.Again {
			return nil
		}
		return r.Audit.Write(ctx, tx, personEntry(who, "checkin", &f, personID, "招聘会签到："+f.Title))
	})
	return out, err
}

// atDoor is who stands at the door.
func (r *Room) atDoor(ctx context.Context, tx *db.Tx, fairID int64, text string) (personID int64, walkIn bool, err error) {
	code, ok := readCode(text)
	if len(code) > codeLength+2 {
		number, err := identity.ParseIDNumber(text)
		if err != nil {
			return 0, false, fault.Wrap(fault.Invalid, err, err.Error())
		}
		personID, err = r.People.ByIDNumber(ctx, tx, number.Number)
		if fault.Is(err, fault.NotFound) || err == nil && personID == 0 {
			return 0, false, fault.New(fault.NotFound, "登记库中没有这个身份证号，请先在服务站建档，再签到")
		}
		return personID, true, err
	}
	if !ok {
		return 0, false, fault.New(fault.Invalid, "签到码应为 %d 位数字，您输入的“%s”不对，请核对手机上的签到码，或输入身份证号", codeLength, text)
	}
	if personID, err = personOf(ctx, tx, fairID, code); err == nil && personID == 0 {
		err = fault.New(fault.NotFound, "这场招聘会没有签到码 %s，请核对；没有报名的，请输入身份证号", spaced(code))
	}
	return personID, false, err
}
