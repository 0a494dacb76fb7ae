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
	switch {
	case err != nil:
	case p.State == indicator.Proposed:
		err = fault.New(fault.Late, "《%s》正在等另一位管理人员审批，不能再改。如需修改，请先在“审批”里撤回", p.Name)
	case p.State != indicator.Draft:
		err = fault.New(fault.Late, "《%s》已经确认，不能再改草稿。目标调整请上传新的文本", p.Name)
	}
	return p, list, err
}

// save overwrites proposals of the draft as it was read: who confirms meanwhile, or changes too, makes it stale, and a page opened before
// cannot confirm what it does not show.
func (r *Room) save(ctx context.Context, once string, p indicator.Plan, list []Proposal) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.Indicators.SavePlan(ctx, tx, p); err != nil {
			return err
		}
		return r.store.saveProposals(ctx, tx, p.ID, list)
	})
}

// Discard takes a draft away with its text and proposals.
func (r *Room) Discard(ctx context.Context, who web.User, once, id string) error {
	p, _, err := r.open(ctx, who, id)
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.Indicators.DropDraft(ctx, tx, id); err != nil {
			return err
		}
		if err := r.store.dropDocument(ctx, tx, id); err != nil {
			return err
		}
		return r.noted(ctx, tx, who, p, fmt.Sprintf("废弃规划草稿《%s》（%s上传）", p.Name, p.ByName))
	})
}

// Sorting is which proposals are kept and what they are tied to, by their numbers, as somebody ticked them.
type Sorting struct {
	Kept map[int]bool
	Ties map[int]string
}

// apply sorts a list; nil leaves it as it is.
func (s *Sorting) apply(list []Proposal) {
	if s == nil {
		return
	}
	for i := range list {
		p := &list[i]
		p.Kept = s.Kept[p.No]
		if tie, ok := s.Ties[p.No]; ok && !p.Task {
			p.Tie = tie
		}
	}
}

// Sort keeps and drops proposals and says what they are tied to, all at once.
func (r *Room) Sort(ctx context.Context, who web.User, once, id string, sorting Sorting) error {
	plan, list, err := r.open(ctx, who, id)
	if err != nil {
		return err
	}
	sorting.apply(list)
	return r.save(ctx, once, plan, list)
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
	return r.save(ctx, once, plan, []Proposal{p})
}

// findings are what a careful reader would ask, of this document against itself and, where the level above has one in force that was uploaded, against that.
func (r *Room) findings(ctx context.Context, p indicator.Plan, d plandoc.Draft) ([]plandoc.Finding, error) {
	plans, err := r.Indicators.Plans(ctx)
	if err != nil {
		return nil, err
	}
	drafts := []plandoc.Draft{d}
	for _, up := range plans {
		if up.Area == area.Parent(p.Area) && up.LastYear == p.LastYear && inForce(up) { // a draft of the level above is nobody else's to read
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
