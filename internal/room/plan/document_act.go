package plan

import (
	"context"
	"fmt"
	"strconv"

	"jiuye/internal/engine/plandoc"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// Parse makes a text of a file: txt, html, docx or pdf, by what it holds.
type Parse func(name, format string, raw []byte) (plandoc.Text, error)

// Upload reads a plan document and keeps it as a draft of the user's area. Faults: Denied; Invalid for a file that cannot be read, or in
// which nothing was found.
func (r *Room) Upload(ctx context.Context, who web.User, once, name string, raw []byte) (plan string, err error) {
	code := home(who)
	if err := canWrite(who, code); err != nil {
		return "", err
	}
	doc, err := r.Parse(name, "auto", raw)
	if err != nil {
		return "", err
	}
	d := plandoc.Read(doc)
	list := proposals(d)
	if len(list) == 0 {
		return "", fault.New(fault.Invalid, "文件《%s》里没有读出指标和任务。如果是扫描件，请换成文字版", name)
	}
	p := indicator.Plan{ID: strconv.FormatInt(r.IDs.Next(), 10), Name: d.Title, Number: d.Number, Area: code, BaseYear: d.First, LastYear: d.Last, State: indicator.Draft,
		File: name, ByName: who.Name, At: r.Clock.Now().UnixMilli()}
	if p.Name == "" {
		p.Name = name
	}
	return p.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.Indicators.SavePlan(ctx, tx, p); err != nil {
			return err
		}
		if err := r.store.addDocument(ctx, tx, p.ID, code, d, list, p.At, who.Name); err != nil {
			return err
		}
		return r.noted(ctx, tx, who, p, fmt.Sprintf("上传规划文本《%s》，读出 %d 项", p.Name, len(list)))
	})
}

func (r *Room) noted(ctx context.Context, tx *db.Tx, who web.User, p indicator.Plan, what string) error {
	return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "plan.document", Object: "plan", Area: p.Area, What: what})
}

// document is an uploaded plan that somebody may work on, with its text and proposals.
func (r *Room) document(ctx context.Context, who web.User, id string) (p indicator.Plan, d plandoc.Draft, list []Proposal, err error) {
	if p, err = r.Indicators.Plan(ctx, id); err != nil {
		return p, d, nil, err
	}
	if err = canWrite(who, p.Area); err != nil {
		return p, d, nil, err
	}
	d, found, err := r.store.document(ctx, id)
	if err != nil {
		return p, d, nil, err
	}
	if !found {
		return p, d, nil, fault.New(fault.NotFound, "《%s》是随系统带来的，没有上传的文本", p.Name)
	}
	list, err = r.store.proposals(ctx, r.DB, id)
	return p, d, list, err
}

// open is document for a change: only a draft can be changed.
func (r *Room) open(ctx context.Context, who web.User, id string) (indicator.Plan, []Proposal, error) {
	p, _, list, err := r.document(ctx, who, id)
	if err == nil && p.State != indicator.Draft {
		err = fault.New(fault.Late, "《%s》已经确认，不能再改草稿。目标调整请上传新的文本", p.Name)
	}
	return p, list, err
}

// Sort keeps and drops proposals and says what they are tied to, all at once.
func (r *Room) Sort(ctx context.Context, who web.User, once, id string, kept map[int]bool, ties map[int]string) error {
	_, list, err := r.open(ctx, who, id)
	if err != nil {
		return err
	}
	for i := range list {
		p := &list[i]
		p.Kept = kept[p.No]
		if tie, ok := ties[p.No]; ok && !p.Task {
			p.Tie = tie
		}
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		return r.store.saveProposals(ctx, tx, id, list)
	})
}

// Correct takes the place of one proposal; it is kept then.
func (r *Room) Correct(ctx context.Context, who web.User, once, id string, p Proposal) error {
	plan, list, err := r.open(ctx, who, id)
	if err != nil {
		return err
	}
	if p.No < 1 || p.No > len(list) {
		return fault.New(fault.NotFound, "没有第 %d 项", p.No)
	}
	p.Kept, p.Note = true, ""
	if !p.Task {
		if _, err := p.target(plan); err != nil {
			return err
		}
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		return r.store.saveProposals(ctx, tx, id, []Proposal{p})
	})
}

// Confirm makes the draft a plan: definitions of what is reported, targets, tasks, and the base year's printed values. Faults: Invalid with
// the proposal that must be corrected; Conflict when somebody has changed the plan since version.
func (r *Room) Confirm(ctx context.Context, who web.User, once, id string, plan indicator.Plan) error {
	p, list, err := r.open(ctx, who, id)
	if err != nil {
		return err
	}
	p.Name, p.Number, p.BaseYear, p.LastYear, p.Version = plan.Name, plan.Number, plan.BaseYear, plan.LastYear, plan.Version
	if p.BaseYear < 2000 || p.LastYear <= p.BaseYear || p.LastYear > p.BaseYear+20 {
		return fault.New(fault.Invalid, "规划的基期应早于目标年，例如 2020 和 2025，您填的是 %d 和 %d", p.BaseYear, p.LastYear)
	}
	made, err := r.outcome(list, p)
	if err != nil {
		return err
	}
	p.State, p.ByName, p.At, p.Place = indicator.Confirmed, who.Name, r.Clock.Now().UnixMilli(), made.place
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.Indicators.SavePlan(ctx, tx, p); err != nil {
			return err
		}
		if err := r.Indicators.SaveDefinitions(ctx, tx, made.definitions); err != nil {
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
		return r.noted(ctx, tx, who, p, fmt.Sprintf("确认规划《%s》：指标 %d 项，任务 %d 项", p.Name, len(made.targets), len(made.tasks)))
	})
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

// findings are what a careful reader would ask, of this document against itself and, where the level above has uploaded its own, against that.
func (r *Room) findings(ctx context.Context, p indicator.Plan, d plandoc.Draft) ([]plandoc.Finding, error) {
	plans, err := r.Indicators.Plans(ctx)
	if err != nil {
		return nil, err
	}
	drafts := []plandoc.Draft{d}
	for _, up := range plans {
		if up.Area == area.Parent(p.Area) && up.LastYear == p.LastYear {
			above, found, err := r.store.document(ctx, up.ID)
			if err != nil {
				return nil, err
			}
			if found {
				drafts = append([]plandoc.Draft{above}, drafts...)
				break
			}
		}
	}
	var out []plandoc.Finding
	for _, f := range plandoc.Check(drafts...) {
		if f.Doc == d.Name {
			out = append(out, f)
		}
	}
	return out, nil
}
