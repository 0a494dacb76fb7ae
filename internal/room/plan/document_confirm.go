package plan

import (
	"context"
	"fmt"
	"strconv"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// confirmKind is the kind of approval that puts a plan in force.
const confirmKind = "plan.confirm"

// Confirm checks the draft, sorted as somebody ticked it (nil: as it is kept), and asks a second person to put it in force; until then
// nobody can change it. Faults: Invalid with the proposal that must be corrected; Conflict when somebody has changed the plan since version.
func (r *Room) Confirm(ctx context.Context, who web.User, once, id string, plan indicator.Plan, sorting *Sorting) error {
	p, list, err := r.open(ctx, who, id)
	if err != nil {
		return err
	}
	sorting.apply(list)
	p.Name, p.Number, p.BaseYear, p.LastYear, p.Version = plan.Name, plan.Number, plan.BaseYear, plan.LastYear, plan.Version
	if p.BaseYear < 2000 || p.LastYear <= p.BaseYear || p.LastYear > p.BaseYear+20 {
		return fault.New(fault.Invalid, "规划的基期应早于目标年，例如 2020 和 2025，您填的是 %d 和 %d", p.BaseYear, p.LastYear)
	}
	made, err := r.outcome(list, p)
	if err != nil {
		return err
	}
	t, err := official()
	if err != nil {
		return err
	}
	number, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return err
	}
	p.State, p.Place = indicator.Proposed, made.place
	ask := approval.Request{Kind: confirmKind, Object: "plan", ObjectID: number, Area: p.Area, Title: fmt.Sprintf("%s《%s》生效", area.Name(p.Area), p.Name), Href: "/plan/document/" + id,
		Why: fmt.Sprintf("已对照原文逐项核对，采纳指标 %d 项、任务 %d 项", len(made.targets), len(made.tasks)), Lines: askedLines(t, list), By: who}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.Indicators.SavePlan(ctx, tx, p); err != nil {
			return err
		}
		if sorting != nil {
			if err := r.store.saveProposals(ctx, tx, p.ID, list); err != nil {
				return err
			}
		}
		if _, err := r.Approvals.Request(ctx, tx, ask); err != nil {
			return err
		}
		return r.noted(ctx, tx, who, p, fmt.Sprintf("送审规划《%s》：指标 %d 项，任务 %d 项", p.Name, len(made.targets), len(made.tasks)))
	})
}

// askedLines are what the second person reads: every target that would be in force, as the page of proposals says it, and how many tasks.
func askedLines(t words, list []Proposal) []approval.Line {
	var out []approval.Line
	tasks := 0
	for i := range list {
		x := &list[i]
		switch {
		case !x.Kept:
		case x.Task:
			tasks++
		default:
			base, target, when := x.written(t)
			label := t("plan.doc.lineOf", x.Name, when)
			if x.Unit != "" && x.Comparator != indicator.InWords {
				label = t("plan.doc.lineIn", x.Name, x.Unit, when)
			}
			if x.Binding {
				label += t("plan.doc.lineBinding")
			}
			out = append(out, approval.Line{Label: label, Before: base, After: target})
		}
	}
	if tasks > 0 {
		out = append(out, approval.Line{Label: "任务", After: fmt.Sprintf("%d 项", tasks)})
	}
	return out
}

// planApproved makes the draft a plan: definitions of what is reported, targets, tasks, and the base year's printed values.
func (r *Room) planApproved(ctx context.Context, tx *db.Tx, a approval.Decided) error {
	p, err := r.Indicators.Plan(ctx, strconv.FormatInt(a.ObjectID, 10))
	if err != nil {
		return err
	}
	if p.State != indicator.Proposed {
		return stale("这个规划")
	}
	list, err := r.store.proposals(ctx, tx, p.ID)
	if err != nil {
		return err
	}
	made, err := r.outcome(list, p)
	if err != nil {
		return err
	}
	p.State, p.ByName, p.At = indicator.Confirmed, a.By.Name, r.Clock.Now().UnixMilli()
	if err := r.Indicators.SavePlan(ctx, tx, p); err != nil {
		return err
	}
	if err := r.Indicators.AddDefinitions(ctx, tx, made.definitions); err != nil {
		return err
	}
	if err := r.Indicators.SaveTargets(ctx, tx, made.targets); err != nil {
		return err
	}
	if err := r.Indicators.SaveTasks(ctx, tx, made.tasks); err != nil {
		return err
	}
	if err := r.Indicators.AddReports(ctx, tx, made.reports); err != nil {
		return err
	}
	if err := r.foreseeSoon(ctx, tx); err != nil {
		return err
	}
	return r.noted(ctx, tx, a.By, p, fmt.Sprintf("确认规划《%s》：指标 %d 项，任务 %d 项", p.Name, len(made.targets), len(made.tasks)))
}

// planEnded makes a plan a draft again that was refused or taken back.
func (r *Room) planEnded(ctx context.Context, tx *db.Tx, a approval.Decided) error {
	p, err := r.Indicators.Plan(ctx, strconv.FormatInt(a.ObjectID, 10))
	if err != nil || p.State != indicator.Proposed {
		return err
	}
	p.State = indicator.Draft
	return r.Indicators.SavePlan(ctx, tx, p)
}

// confirmed is what a plan consists of.
type confirmed struct {
	definitions []indicator.Definition
	targets     []indicator.Target
	tasks       []indicator.Task
	reports     []Report
	place       string
}

// outcome makes a plan of the proposals that are kept.
func (r *Room) outcome(list []Proposal, p indicator.Plan) (made confirmed, err error) {
	seen, defined := map[string]int{}, map[string]bool{}
	for i := range list {
		x := &list[i]
		switch {
		case !x.Kept:
			continue
		case x.Task:
			made.tasks = append(made.tasks, x.task(p.ID))
			continue
		}
		t, err := x.target(p)
		if err != nil {
			return made, err
		}
		if other, twice := seen[x.key()]; twice {
			return made, fault.New(fault.Invalid, "第 %d 项和第 %d 项是同一指标同一年的目标，请只留一项", other, x.No)
		}
		seen[x.key()] = x.No
		if made.place == "" {
			made.place = x.Section
		}
		made.targets = append(made.targets, t)
		if x.Tie == "" && !defined[t.Indicator] {
			defined[t.Indicator] = true
			made.definitions = append(made.definitions, x.definition())
		}
		if x.Base != "" {
			made.reports = append(made.reports, Report{Area: p.Area, Indicator: t.Indicator, Period: indicator.Period(t.BaseYear), Value: t.Base, Note: p.Name, State: indicator.Signed,
				At: r.Clock.Now().UnixMilli()})
		}
	}
	if len(made.targets)+len(made.tasks) == 0 {
		return made, fault.New(fault.Invalid, "一项也没有采纳，请先勾选指标或任务")
	}
	return made, nil
}
