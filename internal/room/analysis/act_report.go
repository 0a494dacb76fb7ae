package analysis

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
)

// Draft writes a report of an area's quarter from the numbers as they are now. Where the quarter has a published report, it is a
// correction and needs its reason. Faults: Denied, Invalid, Conflict (one is being worked on), Repeat.
func (r *Room) Draft(ctx context.Context, who web.User, where string, p Period, erratum, once string) (int64, error) {
	if err := MayWrite(who, where); err != nil {
		return 0, err
	}
	if !p.Quarters {
		return 0, fault.New(fault.Invalid, "报告按季度编写，请选一个季度")
	}
	view, err := r.View(ctx, where, p)
	if err != nil {
		return 0, err
	}
	if view.Total == (Sums{}) {
		return 0, fault.New(fault.Invalid, "%s在%s没有登记求职的人，也没有岗位，写不出报告", area.Name(where), p.Zh())
	}
	out := Report{ID: r.IDs.Next(), Area: where, Period: p, Edition: 1, State: Draft, Content: write(&view, lang.Date(lang.Chinese, r.asOf())), Erratum: strings.TrimSpace(erratum), ByID: who.ID,
		ByName: account.Signature(who), CreatedAt: r.now(), Version: 1}
	return out.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		list, err := editionsOf(ctx, tx, where, p.Month)
		if err != nil {
			return err
		}
		for _, e := range list {
			out.Edition = max(out.Edition, e.Edition+1)
			switch e.State {
			case Draft, Waiting:
				return fault.New(fault.Conflict, "%s的报告正在办理（%s起草），请先办完或作废那一份", p.Zh(), e.ByName)
			case Published:
				if out.Erratum == "" {
					return fault.New(fault.Invalid, "%s的报告已经发布，再出一版要写明更正的原因", p.Zh())
				}
			}
		}
		if out.Edition == 1 {
			out.Erratum = ""
		}
		if err := insertReport(ctx, tx, &out); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entryOf(who, "draft", "analysis", out.ID, where, "起草"+out.Content.Title))
	})
}

// Remark keeps what people add to a draft. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Remark(ctx context.Context, who web.User, id, version int64, text, once string) error {
	return r.change(ctx, who, id, version, "remark", once, func(_ *db.Tx, v *Report) error { v.Remark = strings.TrimSpace(text); return nil })
}

// Drop throws a draft away. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Drop(ctx context.Context, who web.User, id, version int64, once string) error {
	return r.change(ctx, who, id, version, "drop", once, func(_ *db.Tx, v *Report) error { v.State = Dropped; return nil })
}

// Submit asks a second person to check a draft and publish it. Faults: NotFound, Denied, Conflict, Repeat.
func (r *Room) Submit(ctx context.Context, who web.User, id, version int64, once string) error {
	return r.change(ctx, who, id, version, "submit", once, func(tx *db.Tx, v *Report) error {
		v.State = Waiting
		lines := []approval.Line{{Label: "季度", After: v.Period.Zh()}, {Label: "版次", After: fmt.Sprintf("第 %d 版", v.Edition)}, {Label: "引用数字", After: fmt.Sprintf("%d 个", len(v.Content.Figures))}}
		for _, s := range v.Content.Sections[0].Sentences {
			lines = append(lines, approval.Line{Label: "摘要", After: s.Text})
		}
		why := "请核对数字与文字后发布"
		if v.Erratum != "" {
			why = "更正：" + v.Erratum
		}
		_, err := r.Approvals.Request(ctx, tx, approval.Request{Kind: kindPublish, Object: "analysis", ObjectID: v.ID, Area: v.Area, Title: v.Content.Title, Why: why, Href: reportAt(v.ID), Lines: lines,
			Payload: struct{}{}, By: who})
		return err
	})
}

var actZh = map[string]string{"remark": "补充说明", "drop": "作废草稿", "submit": "提交审核"}

func (r *Room) change(ctx context.Context, who web.User, id, version int64, act, once string, do func(*db.Tx, *Report) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		v, err := reportByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := MayWrite(who, v.Area); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := v.may(act); err != nil {
			return err
		}
		if err := do(tx, &v); err != nil {
			return err
		}
		if err := updateReport(ctx, tx, &v, version); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entryOf(who, act, "analysis", v.ID, v.Area, actZh[act]+"："+v.Content.Title))
	})
}

// published takes the second person's yes: the report is public, an earlier edition stands corrected.
func (r *Room) published(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	v, err := reportByID(ctx, tx, d.ObjectID)
	if err != nil {
		return err
	}
	if v.State != Waiting {
		return fault.New(fault.Conflict, "这份报告已经不在待审核的状态，请刷新后再看")
	}
	list, err := editionsOf(ctx, tx, v.Area, v.Period.Month)
	if err != nil {
		return err
	}
	for i := range list {
		if e := &list[i]; e.State == Published {
			e.State = Replaced
			if err := updateReport(ctx, tx, e, e.Version); err != nil {
				return err
			}
		}
	}
	v.State, v.CheckedBy, v.PublishedAt = Published, account.Signature(d.By), r.now()
	if err := updateReport(ctx, tx, &v, v.Version); err != nil {
		return err
	}
	return r.Audit.Write(ctx, tx, entryOf(d.By, "publish", "analysis", v.ID, v.Area, "发布"+v.Content.Title))
}

// reopened makes it a draft again when nobody said yes.
func (r *Room) reopened(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	v, err := reportByID(ctx, tx, d.ObjectID)
	if err != nil || v.State != Waiting {
		return err
	}
	v.State = Draft
	return updateReport(ctx, tx, &v, v.Version)
}

// results are what may come of asking an employer.
var results = []string{"wants", "later", "none", "unreached"}

// Ask notes what came of asking an employer on the list. Faults: NotFound, Denied, Invalid, Repeat.
func (r *Room) Ask(ctx context.Context, who web.User, employerID int64, result, note, once string) error {
	if !slices.Contains(results, result) {
		return fault.New(fault.Invalid, "请选择走访结果")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		l, found, err := r.leadByID(ctx, tx, employerID)
		if err != nil {
			return err
		}
		if !found {
			return fault.New(fault.NotFound, "名单上没有这家单位，可能已经重新推算过，请刷新名单")
		}
		if err := MayAsk(who, l.Area); err != nil {
			return err
		}
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := saveContact(ctx, tx, &l, result, r.Sealer.Seal(strings.TrimSpace(note)), who.ID, account.Signature(who), r.now()); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entryOf(who, "ask", "employer", employerID, l.Area, "登记潜在岗位走访结果："+resultZh[result]))
	})
}

var resultZh = map[string]string{"wants": "有用工需求", "later": "以后再说", "none": "暂不招人", "unreached": "没有联系上"}
