package dispatch

import (
	"context"
	"strconv"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
)

func unitAt(id int64) string { return atUnits + "/" + strconv.FormatInt(id, 10) }

// listing is what an approval about the region's list carries.
type listing struct {
	On  bool   `json:"on"`
	Why string `json:"why"`
}

// Enter puts a unit on a list, or asks the region to (asked is true). The unit must be in the register. Faults: Invalid, NotFound,
// Denied, Conflict, Repeat.
func (r *Room) Enter(ctx context.Context, who web.User, u Unit, once string) (asked bool, err error) {
	e, err := r.Employers.Get(ctx, u.EmployerID)
	if err != nil {
		return false, err
	}
	u.Area, u.Why, u.Document = e.Area, identity.Veil(u.Why), identity.Veil(u.Document)
	if err := checkEntry(&u, r.today()); err != nil {
		return false, err
	}
	if asked, err = mayDecide(who, u.Level, u.Area); err != nil {
		return false, err
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		old, err := r.unitByID(ctx, tx, u.EmployerID)
		switch {
		case err == nil && old.State != Off:
			return fault.New(fault.Conflict, "%s已在重点企业名单中，不用再列入", e.Name)
		case err == nil:
			u.Version, u.Contact, u.OfficerID, u.OfficerName = old.Version, old.Contact, old.OfficerID, old.OfficerName
		case !fault.Is(err, fault.NotFound):
			return err
		}
		u.State, u.Until = On, db.Date{}
		event := Event{EmployerID: u.EmployerID, What: "add", Text: u.Why, By: account.Signature(who)}
		if asked {
			u.State, event.What = Asked, "ask"
			if err := r.askRegion(ctx, tx, who, &u, e.Name, listing{On: true, Why: u.Why}); err != nil {
				return err
			}
		}
		if err := r.saveUnit(ctx, tx, &u); err != nil {
			return err
		}
		if err := r.addEvent(ctx, tx, event); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "enter", "employer", u.EmployerID, u.Area, map[bool]string{true: "申请列入自治区重点企业名单：", false: "列入重点企业名单："}[asked]+e.Name)
	})
	return asked, err
}

func (r *Room) askRegion(ctx context.Context, tx *db.Tx, who web.User, u *Unit, name string, in listing) error {
	if err := r.Approvals.Cancel(ctx, tx, kindList, "employer", u.EmployerID, "同一企业重新提出"); err != nil {
		return err
	}
	title := map[bool]string{true: "列入自治区重点企业名单：", false: "移出自治区重点企业名单："}[in.On] + name
	_, err := r.Approvals.Request(ctx, tx, approval.Request{Kind: kindList, Object: "employer", ObjectID: u.EmployerID, Area: area.At(u.Area, area.Region), Title: title, Why: in.Why, Href: unitAt(u.EmployerID),
		Lines: []approval.Line{{Label: "文号", After: u.Document}, {Label: "决定日期", After: u.Since.String()}}, Payload: in, By: who})
	return err
}

// listed does what the region has decided.
func (r *Room) listed(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var in listing
	if err := d.Payload(&in); err != nil {
		return err
	}
	u, err := r.unitByID(ctx, tx, d.ObjectID)
	if err != nil {
		return err
	}
	u.State, u.Since = On, r.today()
	event := Event{EmployerID: u.EmployerID, What: "add", Text: "自治区审批同意", By: account.Signature(d.By)}
	if !in.On {
		u.State, u.Until, event.What = Off, r.today(), "remove"
	}
	if err := r.saveUnit(ctx, tx, &u); err != nil {
		return err
	}
	if err := r.addEvent(ctx, tx, event); err != nil {
		return err
	}
	return r.note(ctx, tx, d.By, "list", "employer", u.EmployerID, u.Area, map[bool]string{true: "列入自治区重点企业名单：", false: "移出自治区重点企业名单："}[in.On]+u.Name)
}

// notListed takes a unit that the region did not list off again.
func (r *Room) notListed(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var in listing
	if err := d.Payload(&in); err != nil || !in.On {
		return err
	}
	u, err := r.unitByID(ctx, tx, d.ObjectID)
	if err != nil {
		return err
	}
	u.State, u.Until = Off, r.today()
	if err := r.saveUnit(ctx, tx, &u); err != nil {
		return err
	}
	return r.addEvent(ctx, tx, Event{EmployerID: u.EmployerID, What: "remove", Text: "没有获得自治区同意", By: "系统"})
}

// about changes a unit's place on the list, its officer or its contact, as one act.
func (r *Room) about(ctx context.Context, who web.User, id, version int64, once, act, what string, do func(tx *db.Tx, u *Unit) (Event, error)) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		u, err := r.unitByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MayManage(who, u.Area); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		e, err := do(tx, &u)
		if err != nil {
			return err
		}
		u.Version = version
		if err := r.saveUnit(ctx, tx, &u); err != nil {
			return err
		}
		e.EmployerID, e.By = id, account.Signature(who)
		if err := r.addEvent(ctx, tx, e); err != nil {
			return err
		}
		return r.note(ctx, tx, who, act, "employer", id, u.Area, what+"："+u.Name)
	})
}

// Leave takes a unit off its list on a day; the region's list needs another person's yes.
func (r *Room) Leave(ctx context.Context, who web.User, id int64, why string, version int64, once string) error {
	why = identity.Veil(why)
	if why == "" {
		return fault.New(fault.Invalid, "请写明移出的理由")
	}
	return r.about(ctx, who, id, version, once, "leave", "移出重点企业名单", func(tx *db.Tx, u *Unit) (Event, error) {
		if u.State != On {
			return Event{}, fault.New(fault.Conflict, "%s现在不在名单上", u.Name)
		}
		asks, err := mayDecide(who, u.Level, u.Area)
		if err != nil {
			return Event{}, err
		}
		if asks {
			return Event{What: "askoff", Text: why}, r.askRegion(ctx, tx, who, u, u.Name, listing{Why: why})
		}
		u.State, u.Until = Off, r.today()
		return Event{What: "remove", Text: why}, nil
	})
}

// Name gives a unit its service officer.
func (r *Room) Name(ctx context.Context, who web.User, id, officer, version int64, once string) error {
	return r.about(ctx, who, id, version, once, "officer", "指定服务专员", func(tx *db.Tx, u *Unit) (Event, error) {
		list, err := officersIn(ctx, tx, area.At(u.Area, area.Banner), area.At(u.Area, area.League), mostOfficers)
		if err != nil {
			return Event{}, err
		}
		for _, o := range list {
			if o.ID == officer {
				u.OfficerID, u.OfficerName = o.ID, o.Name
				return Event{What: "officer", Text: o.Name + "（" + area.Name(o.Area) + "）"}, nil
			}
		}
		return Event{}, fault.New(fault.Invalid, "请选择本旗县或盟市的工作人员作服务专员")
	})
}

// mostOfficers is how many there are to choose from.
const mostOfficers = 200

// SetContact keeps who to talk to at a unit.
func (r *Room) SetContact(ctx context.Context, who web.User, id int64, c Contact, version int64, once string) error {
	if c.Name == "" || c.Phone == "" {
		return fault.New(fault.Invalid, "请填写企业联系人和联系电话")
	}
	return r.about(ctx, who, id, version, once, "contact", "修改企业联系人", func(_ *db.Tx, u *Unit) (Event, error) {
		u.Contact = c
		return Event{What: "contact"}, nil
	})
}
