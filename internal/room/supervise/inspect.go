package supervise

import (
	"context"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/evidence"
)

// Themes of an inspection (S184: 政策落实、重点群体、资金保障).
var themes = []string{"policy", "groups", "money", "other"}

// States of an inspection.
const (
	Planned  = "planned"
	Underway = "underway"
	Closed   = "closed"
)

// Inspection is a planned look at how areas carry things out, by two people.
type Inspection struct {
	ID             int64
	Area           string // whose
	Theme, Title   string
	From, Until    db.Date
	Leader, Member string
	Places         string // codes, blanks between
	Checklist      string // one a line
	State          string
	Conclusion     string
	By             string
	Version        int64
}

// Checked is one item of the checklist, looked at in one place.
type Checked struct {
	InspectionID, ID int64
	Area, Item       string
	Text             string // sealed where it is stored
	DutyID           int64  // of the rectification; 0: nothing was wrong
	On               db.Date
	By               string
}

// Plan puts an inspection on file.
func (r *Room) Plan(ctx context.Context, who web.User, in Inspection, key string) (int64, error) {
	if err := MayLead(who, in.Area); err != nil {
		return 0, err
	}
	places := strings.Fields(in.Places)
	switch {
	case in.Title == "" || !slices.Contains(themes, in.Theme) || in.Checklist == "":
		return 0, fault.New(fault.Invalid, "请填写检查名称、主题和检查清单（一行一项）")
	case in.Leader == "" || in.Member == "" || in.Leader == in.Member:
		return 0, fault.New(fault.Invalid, "检查组至少两人，请填写组长和另一名组员")
	case in.From.IsZero() || in.Until.Before(in.From.Time):
		return 0, fault.New(fault.Invalid, "检查的结束日期应不早于开始日期")
	case len(places) == 0 || slices.ContainsFunc(places, func(p string) bool { return !area.Within(p, in.Area) }):
		return 0, fault.New(fault.Invalid, "请选择本地区范围内的被检查地区")
	}
	in.ID, in.State, in.By = r.IDs.Next(), Planned, account.Signature(who)
	err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := insertInspection(ctx, tx, &in); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "inspection", "inspection", in.ID, in.Area, "制定检查计划："+in.Title)
	})
	return in.ID, err
}

// Look records one item of the checklist in one place. With a unit and a day it is a finding to be put right.
func (r *Room) Look(ctx context.Context, who web.User, id int64, k Checked, unit int64, due db.Date, proof *Proof, version int64, key string) error {
	return r.inspecting(ctx, who, id, version, key, "登记检查情况", func(tx *db.Tx, in *Inspection) error {
		if k.Text == "" || !slices.Contains(strings.Split(in.Checklist, "\n"), k.Item) || !slices.Contains(strings.Fields(in.Places), k.Area) {
			return fault.New(fault.Invalid, "请选择检查项目和地区，并写明看到的情况")
		}
		k.InspectionID, k.ID, k.On, k.By = id, r.IDs.Next(), r.today(), account.Signature(who)
		if unit != 0 {
			if proof == nil {
				return fault.New(fault.Invalid, "发现问题须附证明材料（PDF 或照片）")
			}
			d := Duty{UnitID: unit, Source: FromFinding, SourceID: id, Title: "整改：" + k.Item, What: in.Title}
			u, err := unitByID(ctx, tx, unit)
			if err != nil {
				return err
			}
			if !area.Within(u.Area, k.Area) {
				return fault.New(fault.Invalid, "整改单位“%s”不在被检查地区“%s”", u.Name, area.Name(k.Area))
			}
			if err := r.giveTo(ctx, tx, who, &d, Milestone{Text: "完成整改并报送材料", Due: due}); err != nil {
				return err
			}
			if _, err := r.Evidence.Add(ctx, tx, evidence.File{OwnerID: unit, Object: "supervise", ObjectID: d.ID, Name: "检查发现材料", Type: proof.Type, Content: proof.Content, ByID: who.ID}); err != nil {
				return err
			}
			if err := r.addStep(ctx, tx, &Milestone{DutyID: d.ID, Area: d.Area}, "finding", k.Text, k.By); err != nil {
				return err
			}
			k.DutyID = d.ID
		}
		in.State = Underway
		return r.insertCheck(ctx, tx, &k)
	})
}

// Conclude closes an inspection once every finding is put right and checked.
func (r *Room) Conclude(ctx context.Context, who web.User, id int64, text string, version int64, key string) error {
	return r.inspecting(ctx, who, id, version, key, "检查结案", func(tx *db.Tx, in *Inspection) error {
		if text == "" {
			return fault.New(fault.Invalid, "请填写检查结论")
		}
		open, err := openFindings(ctx, tx, in)
		if err != nil {
			return err
		}
		if open > 0 {
			return fault.New(fault.Conflict, "还有 %d 项整改没有核验销号，不能结案", open)
		}
		in.State, in.Conclusion = Closed, text
		return nil
	})
}

func (r *Room) inspecting(ctx context.Context, who web.User, id, version int64, key, what string, do func(tx *db.Tx, in *Inspection) error) error {
	in, err := inspectionByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayLead(who, in.Area); err != nil {
		return err
	}
	if in.State == Closed {
		return fault.New(fault.Conflict, "这次检查已经结案")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := do(tx, &in); err != nil {
			return err
		}
		if err := touchInspection(ctx, tx, &in, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "inspection", "inspection", in.ID, in.Area, what+"："+in.Title)
	})
}
