package supervise

import (
	"context"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
)

// Kinds of entries of the ledger (激励、容错、问责).
const (
	Reward     = "reward"
	Tolerance  = "tolerance"
	Accounting = "account"
)

var entryKinds = []string{Reward, Tolerance, Accounting}

// conditions must all hold for tolerance (document 004 六（二）: 大胆探索、担当尽责、不谋私利，依法依规履职，难以预见因素).
var conditions = []string{"explore", "dutiful", "noprofit", "lawful", "unforeseen"}

// entrySources are where an entry comes from.
var entrySources = []string{"duty", "inspection", "appraisal", "verify", "meeting", "other"}

// States of an entry.
const (
	Waiting = "waiting"
	Kept    = "kept"
	Refused = "refused"
)

// Entry is one line of the ledger: about a unit, never about a person.
type Entry struct {
	ID          int64
	Area        string
	Kind        string
	UnitID      int64
	Unit, Title string
	Facts       string // sealed where it is stored
	Conditions  string // codes of conditions that are met
	Source      string
	SourceText  string
	On          db.Date
	State       string
	By, Decider string
	Decided     db.Date
	Version     int64
}

// Enter proposes an entry; another person decides whether it stands.
func (r *Room) Enter(ctx context.Context, who web.User, e Entry, key string) error {
	u, err := unitByID(ctx, r.DB, e.UnitID)
	if err != nil {
		return err
	}
	if err := MayLead(who, u.Area); err != nil {
		return err
	}
	switch {
	case !slices.Contains(entryKinds, e.Kind) || !slices.Contains(entrySources, e.Source) || e.Title == "" || e.Facts == "" || e.SourceText == "":
		return fault.New(fault.Invalid, "请填写类别、事项、事实和来源（文号或编号）")
	case e.On.IsZero() || e.On.After(r.Clock.Today()):
		return fault.New(fault.Invalid, "发生日期应不晚于今天")
	case e.Kind == Tolerance && len(strings.Fields(e.Conditions)) < len(conditions):
		return fault.New(fault.Invalid, "容错须五个条件全部符合，现在只勾选了 %d 个", len(strings.Fields(e.Conditions)))
	}
	if e.Kind != Tolerance {
		e.Conditions = ""
	}
	e.ID, e.Area, e.Unit, e.State, e.By = r.IDs.Next(), u.Area, u.Name, Waiting, account.Signature(who)
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.insertEntry(ctx, tx, &e); err != nil {
			return err
		}
		if _, err := r.Approvals.Request(ctx, tx, approval.Request{Kind: kindLedger, Object: "supervise.ledger", ObjectID: e.ID, Area: e.Area, Title: u.Name + "：" + e.Title, Why: e.Facts, Href: atLedger, By: who,
			Lines: []approval.Line{{Label: "台账", After: map[string]string{Reward: "激励", Tolerance: "容错", Accounting: "问责"}[e.Kind]}, {Label: "来源", After: e.SourceText}}, Payload: e.ID}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "ledger", "ledger", e.ID, e.Area, "提出台账事项："+e.Title)
	})
}

func (r *Room) entered(ctx context.Context, tx *db.Tx, q approval.Decided) error {
	return decideEntry(ctx, tx, q.ObjectID, Kept, account.Signature(q.By), r.today())
}

func (r *Room) notEntered(ctx context.Context, tx *db.Tx, q approval.Decided) error {
	return decideEntry(ctx, tx, q.ObjectID, Refused, account.Signature(q.By), r.today())
}
