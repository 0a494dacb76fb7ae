package cycle

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/message"
)

func paperAt(id int64) string { return fmt.Sprintf("/cycle/paper/%d", id) }

// kindOf is the kind of round whose forms a document of a kind is written from.
func kindOf(kind string, p indicator.Period) Kind {
	switch {
	case kind == Briefing && p.Month() == 6:
		return Half
	case kind == Briefing && p.Month()%3 == 0:
		return Quarter
	case kind == Briefing:
		return Month
	case kind == MidReport:
		return Half
	}
	return Year
}

// Write drafts a briefing or a report of an area for a period: every sentence from the figures. Faults: Invalid (kind, period), Conflict
// (the figures are not there yet), Denied, Repeat.
func (r *Room) Write(ctx context.Context, who web.User, kind, code string, p indicator.Period, key string) (int64, error) {
	if err := MayWrite(who, code); err != nil {
		return 0, err
	}
	switch {
	case !slices.Contains(PaperKinds, kind):
		return 0, fault.New(fault.Invalid, "请选择简报或评估报告")
	case area.Level(code) > area.Banner:
		return 0, fault.New(fault.Invalid, "简报和报告由自治区、盟市、旗县编写")
	}
	if err := check(Month, p, r.today()); err != nil {
		return 0, err
	}
	f, err := r.gather(ctx, code, p, kindOf(kind, p))
	if err != nil {
		return 0, err
	}
	d := Paper{ID: r.IDs.Next(), Area: code, Kind: kind, Period: p, Title: titleOf(kind, code, p), State: Draft, ByID: who.ID, By: account.Signature(who), AsOf: db.On(f.AsOf), Version: 1}
	if d.Parts = Brief(f); kind != Briefing {
		d.Parts = Evaluate(f)
	}
	if up := area.Parent(code); up != "" {
		d.CopyTo = "报：" + area.Name(up) + "就业工作领导小组办公室"
	}
	return d.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.addPaper(ctx, tx, &d); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "write", "paper", d.ID, code, "起草《"+d.Title+"》")
	})
}

// Edited is what somebody changed in a draft: title, copies and the parts' texts by key. An empty text leaves its part with its tables.
type Edited struct {
	Title, CopyTo string
	Texts         map[string]string
}

// Edit changes a draft.
func (r *Room) Edit(ctx context.Context, who web.User, id int64, in Edited, version int64, key string) error {
	return r.withPaper(ctx, who, id, version, key, "修改", func(_ *db.Tx, p *Paper) error {
		if p.State != Draft {
			return fault.New(fault.Conflict, "核对中和已印发的不能修改。核对中的请先退回")
		}
		if in.Title == "" {
			return fault.New(fault.Invalid, "请填写标题")
		}
		p.Title, p.CopyTo, p.ByID, p.By = in.Title, in.CopyTo, who.ID, account.Signature(who)
		for i := range p.Parts {
			if text, there := in.Texts[p.Parts[i].Key]; there {
				p.Parts[i].Text = strings.ReplaceAll(text, "\r\n", "\n")
			}
		}
		return nil
	})
}

// Send sends a draft to be checked.
func (r *Room) Send(ctx context.Context, who web.User, id, version int64, key string) error {
	return r.withPaper(ctx, who, id, version, key, "送核对", func(_ *db.Tx, p *Paper) error {
		if p.State != Draft {
			return fault.New(fault.Conflict, "只有草稿可以送核对")
		}
		p.State, p.Reason, p.ByID, p.By = Checking, "", who.ID, account.Signature(who)
		return nil
	})
}

// Back sends a document back to its writer with a reason.
func (r *Room) Back(ctx context.Context, who web.User, id int64, reason string, version int64, key string) error {
	return r.withPaper(ctx, who, id, version, key, "退回修改", func(tx *db.Tx, p *Paper) error {
		if p.State != Checking {
			return fault.New(fault.Conflict, "只有核对中的可以退回")
		}
		if reason == "" {
			return fault.New(fault.Invalid, "请写明要改哪里")
		}
		p.State, p.Reason = Draft, reason
		if p.ByID == 0 {
			return nil
		}
		return r.tell(ctx, tx, message.Message{Kind: kindBack, To: message.To{AccountID: p.ByID}, Area: p.Area, About: fmt.Sprint(id), Once: fmt.Sprintf("cycle-paper-%d-%d", id, version), Href: paperAt(id),
			Title: message.Text{Zh: "《" + p.Title + "》请修改", En: "A document was sent back"}, Body: message.Text{Zh: "意见：" + reason}})
	})
}

// Put issues a document: it gets the next number of its year, and never changes again. Whoever wrote it does not.
func (r *Room) Put(ctx context.Context, who web.User, id, version int64, key string) error {
	return r.withPaper(ctx, who, id, version, key, "印发", func(tx *db.Tx, p *Paper) error {
		if p.State != Checking {
			return fault.New(fault.Conflict, "先送核对，再由另一人印发")
		}
		if err := MayIssue(who, p); err != nil {
			return err
		}
		p.Year = int64(r.today().Year())
		last, err := lastIssue(ctx, tx, p.Area, p.Kind, p.Year)
		if err != nil {
			return err
		}
		p.State, p.Issue, p.Day, p.Checker = Issued, last+1, db.On(r.today()), account.Signature(who)
		p.Digest, err = p.digest()
		return err
	})
}

// Correct drafts an erratum to an issued document: a new one with the same parts, to be changed and issued under a number of its own.
func (r *Room) Correct(ctx context.Context, who web.User, id int64, key string) (int64, error) {
	old, err := r.paper(ctx, r.DB, id)
	if err != nil {
		return 0, err
	}
	if err := MayWrite(who, old.Area); err != nil {
		return 0, err
	}
	if old.State != Issued {
		return 0, fault.New(fault.Conflict, "没有印发的直接修改，不用更正")
	}
	d := old
	d.ID, d.State, d.Issue, d.Year, d.Day, d.Digest, d.Checker, d.Reason = r.IDs.Next(), Draft, 0, 0, db.Date{}, "", "", ""
	d.Corrects, d.ByID, d.By, d.Version = old.ID, who.ID, account.Signature(who), 1
	d.Title = "关于〔" + fmt.Sprint(old.Year) + "〕第" + fmt.Sprint(old.Issue) + "期的更正：" + old.Title
	return d.ID, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.addPaper(ctx, tx, &d); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "write", "paper", d.ID, d.Area, "起草《"+d.Title+"》")
	})
}

// Open is a document for somebody who may see it.
func (r *Room) Open(ctx context.Context, who web.User, id int64) (Paper, error) {
	p, err := r.paper(ctx, r.DB, id)
	if err != nil {
		return p, err
	}
	if p.State == Issued && area.Within(home(who), p.Area) && who.Role != account.Admin { // briefings go to those below
		return p, nil
	}
	return p, MaySee(who, p.Area)
}

func (r *Room) withPaper(ctx context.Context, who web.User, id, version int64, key, what string, do func(tx *db.Tx, p *Paper) error) error {
	p, err := r.paper(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayWrite(who, p.Area); err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := do(tx, &p); err != nil {
			return err
		}
		if err := r.savePaper(ctx, tx, &p, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "paper", "paper", id, p.Area, what+"《"+p.Title+"》")
	})
}
