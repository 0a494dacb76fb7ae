package casework

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// Deps is what the room stands on.
type Deps struct {
	DB        *db.DB
	People    *person.Store
	Employers *employer.Store
	Clock     clock.Clock
	IDs       *id.Maker
	Audit     *audit.Log
	Policies  Policies // nil: the file page leaves the card out
	Jobs      Jobs     // nil: the file page leaves the card out
	JobsAt    string   // address of all vacancies for a person, with a place for the id; "": there is none
	Reviews   Reviews  // nil: the desk leaves the card out
}

// Room is the casework room.
type Room struct {
	Deps
	store store
}

// New makes the room.
func New(d Deps) *Room { return &Room{Deps: d, store: store{d.DB}} }

// Open counts the open cases of an area's subtree, and how many of them are past their deadline.
func (r *Room) Open(ctx context.Context, area string) (open, overdue int, err error) {
	n, err := r.counts(ctx, area)
	return n.Open, n.Overdue, err
}

func (r *Room) counts(ctx context.Context, area string) (counts, error) {
	today := r.Clock.Today()
	return r.store.count(ctx, area, db.On(today), db.On(workday.Add(today, Soon)))
}

// Record is what an officer did and will do next.
type Record struct {
	CaseID   int64
	Version  int64  // of the case as the officer saw it
	Kind     string // one of StepKinds
	Note     string
	NextStep string
	NextOn   time.Time // zero: no day set
}

// Record writes one step of a case, once for each key. A closed case takes steps too: the follow-up after placement
// (跟踪回访). Faults: NotFound, Denied (another area), Repeat, Conflict (the case has changed since it was read).
func (r *Room) Record(ctx context.Context, who web.User, key string, rec Record) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		c, err := r.store.get(ctx, tx, rec.CaseID)
		if err != nil {
			return err
		}
		if err := mayRecord(who, &c); err != nil {
			return err
		}
		// Before the version is looked at: the second half of a double click carries an old one.
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		c.Version, c.NextStep, c.NextOn = rec.Version, rec.NextStep, db.On(rec.NextOn)
		if err := r.store.change(ctx, tx, &c, r.step(c.ID, who, rec.Kind, rec.Note)); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, entry(who, "casework.record", c.PersonID, c.Area, "记录了一次帮扶"))
	})
}

// program is who acts when nobody does.
var program = web.User{Name: "系统"}

func (r *Room) step(caseID int64, who web.User, kind, note string) Step {
	return Step{CaseID: caseID, ID: r.IDs.Next(), At: r.Clock.Now(), Kind: kind, ByID: who.ID, ByName: who.Name, Note: note}
}

// entry is a line of the audit log about one person's file.
func entry(who web.User, act string, personID int64, area, what string) audit.Entry {
	actor := who.Name
	if who.RoleName != "" {
		actor = fmt.Sprintf("%s（%s）", who.Name, who.RoleName)
	}
	return audit.Entry{ActorID: who.ID, Actor: actor, Act: act, Object: "person", ObjectID: personID, Area: area, What: what}
}

// noteRead writes into the log that somebody looked at people's files.
func (r *Room) noteRead(ctx context.Context, who web.User, what string, people ...*person.Facts) error {
	entries := make([]audit.Entry, len(people))
	for i, p := range people {
		entries[i] = entry(who, "person.read", p.ID, p.Area, what)
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.Audit.Write(ctx, tx, entries...) })
}

// family reads one household; a household that has gone from the register is empty.
func (r *Room) family(ctx context.Context, id int64) (person.Family, error) {
	list, err := r.People.Families(ctx, []int64{id})
	if err != nil || len(list) == 0 {
		return person.Family{Household: person.Household{ID: id}}, err
	}
	return list[0], nil
}

var errNoFile = fault.New(fault.NotFound, "您的账号没有对应的档案，请到就业服务窗口核对身份信息")
