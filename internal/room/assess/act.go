package assess

import (
	"context"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// Filing is what somebody puts on file; CreditCode "" for none.
type Filing struct {
	Case
	CreditCode string
	Policies   []string
}

// File puts a policy or a project on file, or changes one that is a draft (ID given), and does its sums. Once for each key.
// Faults: Denied, Invalid (the unit is not in the register), Conflict, Repeat.
func (r *Room) File(ctx context.Context, who web.User, f Filing, once string) (int64, error) {
	if err := MayFile(who, f.Area); err != nil {
		return 0, err
	}
	c := f.Case
	if f.CreditCode != "" {
		known, err := r.Employers.Resolve(ctx, r.DB, []string{f.CreditCode})
		if err != nil {
			return 0, err
		}
		if c.EmployerID = known[f.CreditCode]; c.EmployerID == 0 {
			return 0, fault.New(fault.Invalid, "登记库中没有统一社会信用代码为 %s 的单位；单位还没有成立的，请先留空", f.CreditCode)
		}
	}
	c.Summary, c.Conclusion, c.Verdict = identity.Veil(c.Summary), "", ""
	err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		what := "填报就业影响评估：" + c.Title
		if c.ID == 0 {
			c.ID, c.State, c.ByID, c.ByName, c.At, c.Version = r.IDs.Next(), Draft, who.ID, account.Signature(who), r.Clock.Now().UnixMilli(), 1
			if err := insertCase(ctx, tx, &c); err != nil {
				return err
			}
		} else {
			old, err := caseByID(ctx, tx, c.ID)
			if err != nil {
				return err
			}
			if err := MayEdit(who, &old); err != nil {
				return err
			}
			version := c.Version
			c.State, c.ByID, c.ByName, c.At, c.Permanent = old.State, old.ByID, old.ByName, old.At, old.Permanent
			if err := updateCase(ctx, tx, &c, version); err != nil {
				return err
			}
			what = "修改就业影响评估：" + c.Title
		}
		if err := setPolicies(ctx, tx, c.ID, f.Policies); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entryOf(who, "file", &c, what))
	})
	if err != nil {
		return 0, err
	}
	return c.ID, r.sum(ctx, c.ID)
}

// sum does the sums of a draft and keeps them.
func (r *Room) sum(ctx context.Context, id int64) error {
	c, err := caseByID(ctx, r.DB, id)
	if err != nil || !c.Open() {
		return err
	}
	if c.Result, err = r.Compute(ctx, &c); err != nil {
		return err
	}
	c.Lights, c.Permanent = c.Result.Lights, c.Result.Posts.Permanent
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return updateCase(ctx, tx, &c, c.Version) })
}

// edit changes a part of a draft, and does its sums anew.
func (r *Room) edit(ctx context.Context, who web.User, id int64, once, what string, work func(tx *db.Tx, c *Case) error) error {
	err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		c, err := caseByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MayEdit(who, &c); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := work(tx, &c); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entryOf(who, "edit", &c, what+"："+c.Title))
	})
	if err != nil {
		return err
	}
	return r.sum(ctx, id)
}

// AddLine adds a sort of post to a draft. Faults: NotFound, Denied, Invalid, Conflict, Repeat.
func (r *Room) AddLine(ctx context.Context, who web.User, id int64, l Line, once string) error {
	return r.edit(ctx, who, id, once, "填写岗位构成", func(tx *db.Tx, c *Case) error {
		if c.Kind == Exit {
			return fault.New(fault.Invalid, "关停、退出不产生岗位，请把减少的岗位写在“减少岗位”里")
		}
		if l.Place == "" {
			l.Place = c.Area
		}
		if !area.Within(l.Place, c.Area) {
			return fault.New(fault.Invalid, "岗位的地区应在%s范围内", area.Name(c.Area))
		}
		l.CaseID, l.ID = id, r.IDs.Next()
		return insertLine(ctx, tx, &l)
	})
}

// AddMeasure plans a measure. Faults: as for AddLine.
func (r *Room) AddMeasure(ctx context.Context, who web.User, id int64, m Measure, once string) error {
	return r.edit(ctx, who, id, once, "填写缓解措施", func(tx *db.Tx, c *Case) error {
		if !area.Within(m.To, c.Area) {
			return fault.New(fault.Invalid, "措施应交给%s范围内的地区办理", area.Name(c.Area))
		}
		m.CaseID, m.ID, m.Text = id, r.IDs.Next(), identity.Veil(m.Text)
		return insertMeasure(ctx, tx, &m)
	})
}

// Drop takes a line or a measure ("line", "measure") out of a draft. Faults: as for AddLine.
func (r *Room) Drop(ctx context.Context, who web.User, id int64, part string, partID int64, once string) error {
	return r.edit(ctx, who, id, once, "删去一项", func(tx *db.Tx, c *Case) error {
		n, err := dropPart(ctx, tx, part, id, partID)
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "这一项已经删去")
		}
		return err
	})
}

// Say keeps what a department says, as long as nothing is concluded. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Say(ctx context.Context, who web.User, id int64, o Opinion, once string) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		c, err := caseByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MaySee(who, &c); err != nil {
			return err
		}
		if c.State != Draft && c.State != Waiting {
			return fault.New(fault.Conflict, "这份评估已经审定，不再征求意见")
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		o.CaseID, o.ID, o.ByID, o.ByName, o.At, o.Text = id, r.IDs.Next(), who.ID, account.Signature(who), r.Clock.Now().UnixMilli(), identity.Veil(o.Text)
		if err := insertOpinion(ctx, tx, &o); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entryOf(who, "opinion", &c, o.Department+"的意见："+c.Title))
	})
}

// Refresh does the sums of a draft anew, with today's register and parameters. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Refresh(ctx context.Context, who web.User, id int64, once string) error {
	return r.edit(ctx, who, id, once, "重新测算", func(*db.Tx, *Case) error { return nil })
}
