package dispatch

import (
	"context"
	"fmt"
	"slices"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
)

// Act notes what was done about a unit's gap of a month. Faults: Invalid, NotFound, Denied, Conflict, Repeat.
func (r *Room) Act(ctx context.Context, who web.User, a Action, once string) error {
	a.Text = identity.Veil(a.Text)
	switch {
	case !slices.Contains(kinds, a.Kind):
		return fault.New(fault.Invalid, "请选择措施")
	case a.Text == "" || a.Day.IsZero() || a.Day.After(r.Clock.Today()):
		return fault.New(fault.Invalid, "请写明日期（今天或以前）和怎样做的，例如“9 月 12 日专场招聘会，带 3 个岗位”")
	case a.Sent < 0:
		return fault.New(fault.Invalid, "推送、组织的人数不能小于 0")
	}
	return r.gap(ctx, who, a.EmployerID, a.Month, once, func(tx *db.Tx, u *Unit, _ *Report) error {
		a.ID, a.Area, a.By, a.Met, a.Result, a.AssignmentID = r.IDs.Next(), u.Area, account.Signature(who), 0, "", 0
		if err := addAction(ctx, tx, &a); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "action", "employer", u.EmployerID, u.Area, "登记用工调度措施："+u.Name)
	})
}

// gap is an act about a unit's reported gap of a month.
func (r *Room) gap(ctx context.Context, who web.User, employerID int64, month int, once string, do func(tx *db.Tx, u *Unit, p *Report) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		u, err := r.unitByID(ctx, tx, employerID)
		if err != nil {
			return err
		}
		if err := MayManage(who, u.Area); err != nil {
			return err
		}
		if err := lockReport(ctx, tx, employerID, month); err != nil {
			return err
		}
		p, found, err := reportOf(ctx, tx, employerID, month)
		if err != nil {
			return err
		}
		if !found || p.Openings == 0 {
			return fault.New(fault.Conflict, "%s这个月没有报缺口，不用登记措施", u.Name)
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		return do(tx, &u, &p)
	})
}

// Result says what an action brought. Faults: Invalid, NotFound, Denied, Conflict, Repeat.
func (r *Room) Result(ctx context.Context, who web.User, employerID, id, met int64, text string, version int64, once string) error {
	if text = identity.Veil(text); text == "" || met < 0 {
		return fault.New(fault.Invalid, "请写明结果和对接成功的人数")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		u, err := r.unitByID(ctx, tx, employerID)
		if err != nil {
			return err
		}
		if err := MayManage(who, u.Area); err != nil {
			return err
		}
		a, err := actionByID(ctx, tx, employerID, id)
		if err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if a.AssignmentID != 0 {
			return fault.New(fault.Conflict, "上调的缺口由上级答复，结果会自动写在这里")
		}
		a.Met, a.Result, a.Version = met, text, version
		if err := setResult(ctx, tx, &a); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "result", "employer", employerID, u.Area, "填写调度措施结果："+u.Name)
	})
}

// Raise sends what is left of a gap to the next level (调度到上级). Faults: Invalid, NotFound, Denied, Conflict, Repeat.
func (r *Room) Raise(ctx context.Context, who web.User, employerID int64, month int, text, once string) error {
	if text = identity.Veil(text); text == "" {
		return fault.New(fault.Invalid, "请写明本级已经做了什么、还需要上级怎样支持")
	}
	up := area.Parent(who.Area)
	if up == "" {
		return fault.New(fault.Invalid, "自治区已是最高一级，不能再上调")
	}
	return r.gap(ctx, who, employerID, month, once, func(tx *db.Tx, u *Unit, p *Report) error {
		left, err := r.left(ctx, tx, u, p)
		if err != nil {
			return err
		}
		if left == 0 {
			return fault.New(fault.Conflict, "%s这个月的缺口已经补齐，不用上调", u.Name)
		}
		if err := r.notRaised(ctx, tx, who, employerID, month); err != nil {
			return err
		}
		a := Action{EmployerID: employerID, ID: r.IDs.Next(), Month: month, Area: u.Area, Kind: Up, Day: r.today(), Text: text, Sent: left, By: account.Signature(who)}
		if a.AssignmentID, err = r.Assignments.Give(ctx, tx, assignment.Task{Kind: kindUp, Object: "dispatch_action", ObjectID: a.ID, From: who.Area, To: up, Title: fmt.Sprintf("重点企业用工缺口上调：%s 尚缺 %d 人", u.Name, left),
			Body: text, Href: reportAt(employerID, month), WorkDays: upDays, By: who}); err != nil {
			return err
		}
		if err := addAction(ctx, tx, &a); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "up", "employer", employerID, u.Area, "用工缺口上调："+u.Name)
	})
}

// notRaised refuses to send a gap up again while the level above has not answered.
func (r *Room) notRaised(ctx context.Context, tx *db.Tx, who web.User, employerID int64, month int) error {
	done, err := actionsOf(ctx, tx, employerID, month, 100)
	if err != nil {
		return err
	}
	for _, a := range done {
		if a.Kind != Up || a.Result != "" {
			continue
		}
		n, err := r.Assignments.Count(ctx, assignment.Filter{Kind: kindUp, OnlyFrom: who.Area, Object: "dispatch_action", ObjectID: a.ID, States: []assignment.State{assignment.Open, assignment.Returned}})
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.Conflict, "这个月的缺口已于 %s 上调，上级还没有答复，不用再报", a.Day)
		}
	}
	return nil
}

// left is what of a gap neither the unit nor the register say is filled.
func (r *Room) left(ctx context.Context, q db.Querier, u *Unit, p *Report) (int64, error) {
	counts, err := hiredIn(ctx, q, u.Area, u.EmployerID, p.Month)
	if err != nil {
		return 0, err
	}
	c := closingOf(p.Openings, p.Told, p.Month, counts[u.EmployerID], r.last())
	return max(0, p.Openings-max(c.Told, c.Filled)), nil
}

// upTold keeps what the next level answered as the action's result.
func (r *Room) upTold(ctx context.Context, tx *db.Tx, a assignment.Answer) error {
	owner, err := actionOwner(ctx, tx, a.ObjectID)
	if err != nil {
		return err
	}
	one, err := actionByID(ctx, tx, owner, a.ObjectID)
	if err != nil {
		return err
	}
	one.Result = area.Name(a.To) + "：" + identity.Veil(a.Text)
	return setResult(ctx, tx, &one)
}
