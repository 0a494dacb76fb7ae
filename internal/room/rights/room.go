package rights

import (
	"context"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/person"
)

// Correction is one approved change of one attribute.
type Correction struct {
	PersonID int64
	Field    string // name, idnumber, birth, sex, ethnic, education, phone, area, relation, rural, student
	Value    string // a code, 2006-01-02, 1 or 0, or text
	Why      string
	By       string // who approved it
	ByID     int64
}

// Corrections writes an approved correction into the register, as a record of the source 更正.
type Corrections interface {
	Correct(ctx context.Context, tx *db.Tx, c Correction) error
}

// Forgetter drops for good what identifies people in its own tables.
type Forgetter interface {
	Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error
}

// Deps is what the room stands on.
type Deps struct {
	DB          *db.DB
	People      *person.Store
	Clock       clock.Clock
	IDs         *id.Maker
	Audit       *audit.Log
	Approvals   *approval.Service
	Evidence    *evidence.Store
	Corrections Corrections
	Forget      []Forgetter // in this order; the register of people is always the last one

	// Withdrawn is told, in the transaction in which somebody's consent ends, so that what rests on it ends with it. nil: nobody is.
	Withdrawn func(ctx context.Context, tx *db.Tx, who web.User, c Consent) error

	// Held tells of people of whom the house keeps something that outlasts every term, and what. They are not due. nil: of nobody.
	Held func(ctx context.Context, q db.Querier, personIDs []int64) (map[int64]string, error)
}

// Room is the room of personal data rights.
type Room struct {
	Deps
	store store
	rules []Rule
}

// The room's kinds of requests.
const (
	KindCorrect   = "rights.correct"
	KindAnonymise = "rights.anonymise"
)

// New makes the room and names its kinds of requests.
func New(d Deps) (*Room, error) {
	rules, err := readRules()
	if err != nil {
		return nil, err
	}
	r := &Room{Deps: d, store: store{d.DB}, rules: rules}
	r.Approvals.Handle(approval.Kind{Code: KindCorrect, Zh: "更正个人信息", En: "Correction of personal data", Do: r.corrected})
	r.Approvals.Handle(approval.Kind{Code: KindAnonymise, Zh: "到期数据匿名化", En: "Anonymisation of data that are due", Votes: 2, Do: r.anonymise, Ended: r.spared})
	return r, nil
}

// entry is a line of the audit log about one person.
func entry(who web.User, act string, personID int64, area, what string) audit.Entry {
	return audit.Entry{ActorID: who.ID, Actor: sign(who), Act: "rights." + act, Object: "person", ObjectID: personID, Area: area, What: what}
}

// sign is how somebody stands in the log; nobody is the program itself.
func sign(who web.User) string {
	if who.ID == 0 {
		return "系统"
	}
	return account.Signature(who)
}

// Allowed tells for which of the people data may be used for a purpose today: legal duty always, an optional purpose only
// where the person's last word was yes. An unknown purpose is allowed for nobody.
func (r *Room) Allowed(ctx context.Context, ids []int64, purpose string) (map[int64]bool, error) {
	p, known := purposeOf(purpose)
	out := make(map[int64]bool, len(ids))
	if !known {
		return out, nil
	}
	if p.Optional {
		return r.store.allowed(ctx, ids, purpose)
	}
	for _, id := range ids {
		out[id] = true
	}
	return out, nil
}

// For is Allowed of one purpose, for a room that declares an interface of one method.
func (r *Room) For(purpose string) PurposeOnly { return PurposeOnly{r, purpose} }

// PurposeOnly asks for one purpose.
type PurposeOnly struct {
	room    *Room
	purpose string
}

// Allowed is Room.Allowed for the purpose.
func (p PurposeOnly) Allowed(ctx context.Context, ids []int64) (map[int64]bool, error) {
	return p.room.Allowed(ctx, ids, p.purpose)
}

// day writes a day, "" for none.
func day(t time.Time) string { return db.On(t).String() }
