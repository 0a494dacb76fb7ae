package cycle

import (
	"context"
	"fmt"
	"slices"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/message"
)

func roundAt(id int64) string { return fmt.Sprintf("/cycle/round/%d", id) }

func formAt(id int64, area string) string { return roundAt(id) + "/area/" + area }

// Begin opens a round and asks areas one level down (none named: all of them). Due zero is the usual deadline. Faults: Invalid (period,
// areas, deadline), Conflict (the round is there), Denied, Repeat.
func (r *Room) Begin(ctx context.Context, who web.User, round Round, areas []string, key string) (int64, error) {
	if err := MayRun(who, round.Area); err != nil {
		return 0, err
	}
	return r.begin(ctx, who, round, areas, key)
}

func (r *Room) begin(ctx context.Context, who web.User, round Round, areas []string, key string) (int64, error) {
	if err := check(round.Kind, round.Period, r.today()); err != nil {
		return 0, err
	}
	below := area.Children(round.Area)
	if area.Level(round.Area) > area.League {
		return 0, fault.New(fault.Invalid, "调度由自治区向盟市、盟市向旗县发起")
	}
	if len(areas) == 0 {
		for _, a := range below {
			areas = append(areas, a.Code)
		}
	}
	if bad := slices.IndexFunc(areas, func(c string) bool { return area.Parent(c) != round.Area || !area.Exists(c) }); bad >= 0 {
		return 0, fault.New(fault.Invalid, "%s不是%s的下一级地区", area.FullName(areas[bad]), area.FullName(round.Area))
	}
	if round.Due.IsZero() {
		round.Due = DueOf(round.Kind, round.Period)
		if round.Due.Before(r.today()) { // opened late: nobody is late from the start
			round.Due = db.On(workday.Add(r.today(), 3))
		}
	}
	if round.Due.Before(r.today()) || !workday.IsWorkday(round.Due.Time) {
		return 0, fault.New(fault.Invalid, "截止日期应是今天以后的工作日，您填的是 %s", round.Due)
	}
	if latest := r.today().AddDate(0, 3, 0); round.Due.After(latest) {
		return 0, fault.New(fault.Invalid, "截止日期应在 3 个月以内（%s 以前），您填的是 %s", zhDay(latest), round.Due)
	}
	if there, err := roundOf(ctx, r.DB, round.Area, round.Kind, round.Period); err != nil || there.ID != 0 {
		if err == nil {
			err = fault.New(fault.Conflict, "%s已经发起过，请在列表中打开", there.Title())
		}
		return 0, err
	}
	round.ID, round.State, round.By, round.At, round.Version = r.IDs.Next(), Open, account.Signature(who), r.Clock.Now().UnixMilli(), 1
	lines, err := r.entries(ctx, &round, areas...)
	if err != nil {
		return 0, err
	}
	return round.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := addRound(ctx, tx, &round); err != nil {
			return err
		}
		var forms []Form
		var told []message.Message
		for _, code := range areas {
			forms = append(forms, Form{RoundID: round.ID, Area: code, State: Waiting, Due: round.Due, Said: Said{Entries: lines[code]}, Version: 1})
			told = append(told, message.Message{Kind: kindAsked, To: message.To{Officers: code}, Area: code, About: fmt.Sprint(round.ID), Once: fmt.Sprintf("cycle-%d-%s", round.ID, code), Href: formAt(round.ID, code),
				Title: message.Text{Zh: round.Title() + "请于" + zhDay(round.Due.Time) + "前填报", En: "A form to fill in by " + round.Due.String()}, Body: message.Text{Zh: "登记数已经填好，请核对，并填写进展、问题和措施。" + round.Asked}})
		}
		if err := r.addForms(ctx, tx, forms); err != nil {
			return err
		}
		if err := r.tell(ctx, tx, told...); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "begin", "round", round.ID, round.Area, fmt.Sprintf("发起%s，要 %d 个地区于 %s 前填报", round.Title(), len(areas), round.Due))
	})
}

// End closes a round: nobody can hand in any more. With last, the next period's round does not open by itself.
func (r *Room) End(ctx context.Context, who web.User, id int64, last bool, version int64, key string) error {
	return r.withRound(ctx, who, id, version, key, "结束", func(tx *db.Tx, round *Round) error {
		if round.State == Closed {
			return fault.New(fault.Conflict, "这一轮调度已经结束")
		}
		round.State, round.Last = Closed, last
		if r.Supervision == nil {
			return nil
		}
		return r.Supervision.Settled(ctx, tx, who, round.ID, "", round.Title()+"已经结束，不再补报")
	})
}

// Reopen opens a closed round again.
func (r *Room) Reopen(ctx context.Context, who web.User, id, version int64, key string) error {
	return r.withRound(ctx, who, id, version, key, "重新打开", func(_ *db.Tx, round *Round) error {
		round.State = Open
		return nil
	})
}

// Press reminds everybody who has not handed in, now.
func (r *Room) Press(ctx context.Context, who web.User, id, version int64, key string) (n int, err error) {
	err = r.withRound(ctx, who, id, version, key, "催报", func(tx *db.Tx, round *Round) error {
		if round.State == Closed {
			return fault.New(fault.Conflict, "这一轮调度已经结束，各地不能再报；要催报请先重新打开")
		}
		forms, err := r.forms(ctx, tx, round.ID)
		if err != nil {
			return err
		}
		for i := range forms {
			if f := &forms[i]; !f.in() {
				n++
				if err := r.remind(ctx, tx, round, f, pressed, account.Signature(who), fmt.Sprintf("-%d", version)); err != nil {
					return err
				}
			}
		}
		if n == 0 {
			return fault.New(fault.Conflict, "各地都已上报，没有要催的")
		}
		return nil
	})
	return n, err
}

func (r *Room) withRound(ctx context.Context, who web.User, id, version int64, key, what string, do func(tx *db.Tx, round *Round) error) error {
	round, err := roundByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayRun(who, round.Area); err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := do(tx, &round); err != nil {
			return err
		}
		if err := changeRound(ctx, tx, &round, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "round", "round", id, round.Area, what+round.Title())
	})
}
