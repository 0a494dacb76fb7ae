package verify

import (
	"context"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/indicator"
)

// decision is what a request to uphold carries.
type decision struct{ Why string }

// Judge gives a verdict with its reason. 成立 is only asked for: another person decides. 已更正 asks for figures that have changed.
func (r *Room) Judge(ctx context.Context, who web.User, id int64, verdict, why string, version int64, key string) error {
	f, err := r.finding(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayJudge(who, f.Area); err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	switch {
	case !slices.Contains(may[f.State], "judge"):
		return fault.New(fault.Conflict, "这件现在不能作结论，请刷新页面看现在的状态")
	case !slices.Contains(verdicts, verdict) || why == "":
		return fault.New(fault.Invalid, "请选择结论，写明理由")
	case f.State == Found && verdict != Unfounded:
		return fault.New(fault.Conflict, "还没有请%s说明，不能定为成立或已更正。请先发出", area.Name(f.Area))
	case f.State == Asked && verdict != Unfounded && !f.Due.Before(r.Clock.Today()):
		return fault.New(fault.Conflict, "%s的说明期限到 %s，期限以前没有说明时不能定为成立或已更正", area.Name(f.Area), f.Due)
	}
	if verdict == Corrected && f.Indicator == "" && f.Still {
		return fault.New(fault.Conflict, "最近一次核查还看到这些情况，不能定为已更正。已经更正的，请先“立即核查”，或等明天凌晨核查以后再定")
	}
	if verdict == Corrected && f.Indicator != "" {
		changed, err := r.changed(ctx, &f)
		if err != nil {
			return err
		}
		if !changed {
			return fault.New(fault.Conflict, "最近一次核查以后上报数没有变化，不能定为已更正。请核对是否已经更正")
		}
	}
	t, has, err := r.task(ctx, id)
	if err != nil {
		return err
	}
	answered := has && t.State == assignment.Answered && t.From == who.Area
	if f.Version != version {
		return fault.New(fault.Conflict, "这件刚刚被别人办理过，请看过现在的样子再办")
	}
	if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if !answered {
			if err := r.Assignments.Cancel(ctx, tx, kindFinding, "finding", id, "已作结论"); err != nil {
				return err
			}
		}
		if verdict == Upheld {
			return r.propose(ctx, tx, who, &f, why)
		}
		return r.close(ctx, tx, who, &f, verdict, why)
	}); err != nil || !answered {
		return err
	}
	return r.Assignments.Accept(ctx, who, t.ID, t.Version, "已作结论", key+"-task")
}

func (r *Room) close(ctx context.Context, tx *db.Tx, who web.User, f *Finding, verdict, why string) error {
	f.State, f.Verdict = Closed, verdict
	if err := change(ctx, tx, f); err != nil {
		return err
	}
	if err := r.step(ctx, tx, f.ID, verdict, why, account.Signature(who)); err != nil {
		return err
	}
	return r.note(ctx, tx, who, "judge", f.ID, f.Area, "核查结论："+verdictNames[verdict])
}

var verdictNames = map[string]string{Upheld: "成立", Corrected: "已更正", Unfounded: "不成立"}

// propose asks a second person whether a finding is upheld.
func (r *Room) propose(ctx context.Context, tx *db.Tx, who web.User, f *Finding, why string) error {
	name, err := r.nameOf(ctx, f)
	if err != nil {
		return err
	}
	f.State = Proposed
	if err := change(ctx, tx, f); err != nil {
		return err
	}
	if _, err := r.Approvals.Request(ctx, tx, approval.Request{Kind: kindUphold, Object: "finding", ObjectID: f.ID, Area: area.Parent(f.Area), Title: name + "核查结论", Why: why, Href: findingAt(f.ID),
		Lines: []approval.Line{{Label: "结论", Before: "待结论", After: "成立"}}, Payload: decision{why}, By: who}); err != nil {
		return err
	}
	if err := r.step(ctx, tx, f.ID, "propose", why, account.Signature(who)); err != nil {
		return err
	}
	return r.note(ctx, tx, who, "propose", f.ID, f.Area, "提请审批核查结论：成立")
}

// upheld closes a finding when a second person agrees.
func (r *Room) upheld(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	var asked decision
	if err := d.Payload(&asked); err != nil {
		return err
	}
	f, err := r.finding(ctx, tx, d.ObjectID)
	if err != nil {
		return err
	}
	return r.close(ctx, tx, d.By, &f, Upheld, asked.Why)
}

// Entry is an upheld finding as the ledger of accountability takes it.
type Entry struct {
	ID          int64
	Area        string
	Title, Href string
	On          db.Date // day it was found
}

// Upheld lists findings of an area's subtree that two people upheld, the newest first.
func (r *Room) Upheld(ctx context.Context, area string, limit int) ([]Entry, error) {
	list, err := r.findings(ctx, filter{area: area, state: Closed, verdict: Upheld}, 0, limit)
	if err != nil {
		return nil, err
	}
	out := make([]Entry, len(list))
	for i := range list {
		f := &list[i]
		name, err := r.nameOf(ctx, f)
		if err != nil {
			return nil, err
		}
		out[i] = Entry{ID: f.ID, Area: f.Area, Title: name, Href: findingAt(f.ID), On: f.On}
	}
	return out, nil
}

// notUpheld puts a finding back when the second person does not agree.
func (r *Room) notUpheld(ctx context.Context, tx *db.Tx, d approval.Decided) error {
	f, err := r.finding(ctx, tx, d.ObjectID)
	if err != nil || f.State != Proposed {
		return err
	}
	f.State = Told
	if err := change(ctx, tx, &f); err != nil {
		return err
	}
	return r.step(ctx, tx, f.ID, "refused", d.Reason, account.Signature(d.By))
}

// changed says whether what was reported differs from what the finding saw.
func (r *Room) changed(ctx context.Context, f *Finding) (bool, error) {
	now, err := r.reported(ctx, f)
	if err != nil {
		return false, err
	}
	for m, v := range now {
		var was *int64
		if m < len(f.Evidence.Reported) {
			was = f.Evidence.Reported[m]
		}
		if (v == nil) != (was == nil) || v != nil && *v != *was {
			return true, nil
		}
	}
	return false, nil
}

// reported are the figures that stand now for a finding's months.
func (r *Room) reported(ctx context.Context, f *Finding) ([]*int64, error) {
	out := make([]*int64, 12)
	list, err := r.Indicators.Reports(ctx, []string{f.Area}, zeroDay)
	for i := range list {
		rep := &list[i]
		if rep.Indicator == f.Indicator && !rep.Period.IsYear() && rep.Period.Year() == f.Period && rep.State != indicator.Returned {
			out[rep.Period.Month()-1] = &rep.Value
		}
	}
	return out, err
}
