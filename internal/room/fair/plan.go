package fair

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/message"
)

// Plan puts a fair into the calendar, or changes one that is not over (ID and Version given). Faults: NotFound, Denied, Invalid,
// Conflict, Repeat.
func (r *Room) Plan(ctx context.Context, who web.User, f Fair, once string) (int64, error) {
	if err := MayPlan(who, f.Area); err != nil {
		return 0, err
	}
	if f.To-f.From < slotMinutes {
		return 0, fault.New(fault.Invalid, "结束时间应比开始时间至少晚 %d 分钟", slotMinutes)
	}
	err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if f.ID == 0 {
			f.ID, f.State, f.Version, f.At = r.IDs.Next(), Planned, 1, r.now()
			f.ByID, f.ByName = who.ID, account.Signature(who)
			if err := insertFairs(ctx, tx, []Fair{f}); err != nil {
				return err
			}
			return r.Audit.Write(ctx, tx, entryOf(who, "plan", &f, "安排招聘会："+f.Title))
		}
		old, err := fairByID(ctx, tx, f.ID)
		if err != nil {
			return err
		}
		if err := MayManage(who, &old); err != nil {
			return err
		}
		if old.State == Closed || old.State == Cancelled {
			return fault.New(fault.Conflict, "这场招聘会已经结束，安排不能再改")
		}
		version := f.Version
		f.State, f.Done, f.Sum, f.ByID, f.ByName, f.At = old.State, old.Done, old.Sum, old.ByID, old.ByName, old.At
		if err := updateFair(ctx, tx, &f, version); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entryOf(who, "plan", &f, "修改招聘会安排："+f.Title))
	})
	return f.ID, err
}

// change changes a fair that somebody may run.
func (r *Room) change(ctx context.Context, who web.User, id, version int64, act, what, once string, work func(tx *db.Tx, f *Fair) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		f, err := fairByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MayManage(who, &f); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if version == 0 {
			version = f.Version
		}
		if err := work(tx, &f); err != nil {
			return err
		}
		if err := updateFair(ctx, tx, &f, version); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entryOf(who, act, &f, what+"："+f.Title))
	})
}

// Publish shows a fair to everybody and opens its registration. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Publish(ctx context.Context, who web.User, id, version int64, once string) error {
	return r.change(ctx, who, id, version, "publish", "发布招聘会", once, func(_ *db.Tx, f *Fair) error {
		if f.State != Planned {
			return fault.New(fault.Conflict, "这场招聘会已经发布过")
		}
		if f.Day.Before(r.today()) {
			return fault.New(fault.Conflict, "举办日期 %s 已经过去，请先修改日期", f.Day)
		}
		f.State = Open
		return nil
	})
}

// Cancel takes a fair out of the calendar and tells who had registered. Faults: NotFound, Denied, Invalid, Conflict, Repeat.
func (r *Room) Cancel(ctx context.Context, who web.User, id, version int64, reason, once string) error {
	if reason == "" {
		return fault.New(fault.Invalid, "请填写取消的原因，将告知已报名的单位和求职者")
	}
	return r.change(ctx, who, id, version, "cancel", "取消招聘会", once, func(tx *db.Tx, f *Fair) error {
		if f.State != Planned && f.State != Open {
			return fault.New(fault.Conflict, "这场招聘会已经结束，不能取消")
		}
		if f.State == Open {
			if err := r.tellCancelled(ctx, tx, f, reason); err != nil {
				return err
			}
		}
		f.State, f.Sum, f.ClosedOn = Cancelled, reason, db.On(r.today())
		return nil
	})
}

func (r *Room) tellCancelled(ctx context.Context, tx *db.Tx, f *Fair, reason string) error {
	if r.Messages == nil {
		return nil
	}
	visits, err := visitsOf(ctx, tx, f.ID)
	if err != nil {
		return err
	}
	booths, err := boothsOf(ctx, tx, f.ID)
	if err != nil {
		return err
	}
	m := message.Message{Kind: kindChange, About: aboutOf(f.ID), Once: "cancel " + aboutOf(f.ID), Href: atHome,
		Title: message.Text{Zh: "“" + f.Title + "”取消", En: f.Title + " is cancelled"}, Body: message.Text{Zh: "原因：" + reason, En: "Reason: " + reason}}
	var list []message.Message
	for _, v := range visits {
		m.To = message.To{PersonID: v.PersonID}
		list = append(list, m)
	}
	for _, b := range booths {
		m.To = message.To{EmployerID: b.EmployerID}
		list = append(list, m)
	}
	_, err = r.Messages.SendAll(ctx, tx, list)
	return err
}

// Tick notes what of the checklist is done. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Tick(ctx context.Context, who web.User, id, version int64, done []string, once string) error {
	return r.change(ctx, who, id, version, "check", "填写招聘会清单", once, func(_ *db.Tx, f *Fair) error {
		if f.State != Planned && f.State != Open {
			return fault.New(fault.Conflict, "这场招聘会已经结束，清单不能再改")
		}
		f.Done = nil
		for _, c := range checklist {
			if slices.Contains(done, c) {
				f.Done = append(f.Done, c)
			}
		}
		return nil
	})
}

// Close ends a fair with a text, once its day has come and everything of the checklist is done. Faults: NotFound, Denied, Invalid,
// Late, Conflict, Repeat.
func (r *Room) Close(ctx context.Context, who web.User, id, version int64, text, once string) error {
	if text == "" {
		return fault.New(fault.Invalid, "请填写招聘会总结")
	}
	return r.change(ctx, who, id, version, "close", "总结招聘会", once, func(_ *db.Tx, f *Fair) error {
		switch {
		case f.State != Open:
			return fault.New(fault.Conflict, "只有已发布的招聘会才能总结")
		case f.Day.After(r.today()):
			return fault.New(fault.Late, "招聘会 %s 举办，举办之后才能总结", f.Day)
		case len(f.left()) > 0:
			return fault.New(fault.Conflict, "收尾清单还有 %d 项没有完成，请逐项完成后再总结", len(f.left()))
		}
		f.State, f.Sum, f.ClosedOn = Closed, text, db.On(r.today())
		return nil
	})
}
