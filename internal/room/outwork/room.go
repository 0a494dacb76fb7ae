package outwork

import (
	"context"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

// Consents tells who has agreed to be recommended to employers. Room rights knows.
type Consents interface {
	Allowed(ctx context.Context, personIDs []int64) (map[int64]bool, error)
}

// Deps is what the room stands on.
type Deps struct {
	DB          *db.DB
	People      *person.Store
	Employers   *employer.Store
	Sealer      *seal.Sealer
	Clock       clock.Clock
	IDs         *id.Maker
	Audit       *audit.Log
	Assignments *assignment.Service
	Evidence    *evidence.Store
	Consents    Consents
	Messages    *message.Service // nil: nobody is told
	AsOf        time.Time        // last day of the data; zero: today
}

// Room is the room of labour cooperation.
type Room struct{ Deps }

// Kinds of tasks and messages that the room brings into the house.
const (
	kindShare   = "outwork.share"   // a number passed down
	kindGroup   = "outwork.group"   // to people: named for a batch, travel, changes
	kindRequest = "outwork.request" // to people and officers: requests of those who are away
)

// region is the code of the autonomous region.
const region = "15"

// New makes the room, and names its kinds.
func New(d Deps) (*Room, error) {
	r := &Room{d}
	r.Assignments.Handle(assignment.Kind{Code: kindShare, Zh: "劳务输出任务", En: "People for a batch of labour demand", Told: r.answered,
		Results: []assignment.Result{{Code: "full", Zh: "已按数组织", En: "All found"}, {Code: "part", Zh: "部分组织", En: "Some found"}, {Code: "none", Zh: "无人可派", En: "Nobody found"}}})
	if r.Messages == nil {
		return r, nil
	}
	for _, k := range []message.Kind{
		{Code: kindGroup, Zh: "劳务输出安排", En: "Work away: arrangements", Roles: []string{account.Seeker}},
		{Code: kindRequest, Zh: "外出务工服务请求", En: "Requests of people working away", Roles: []string{account.Seeker, account.Officer}},
	} {
		if err := r.Messages.Handle(k); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *Room) today() time.Time { return r.Clock.Today() }

func (r *Room) asOf() time.Time {
	if r.AsOf.IsZero() {
		return r.today()
	}
	return r.AsOf
}

// note writes an act into the log.
func (r *Room) note(ctx context.Context, tx *db.Tx, who web.User, act, object string, id int64, area, what string) error {
	return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "outwork." + act, Object: object, ObjectID: id, Area: area, What: what})
}

// noteOf writes an act about people into the log, so that each can read who did it.
func (r *Room) noteOf(ctx context.Context, tx *db.Tx, who web.User, act, area, what string, people ...int64) error {
	list := make([]audit.Entry, len(people))
	for i, id := range people {
		list[i] = audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "outwork." + act, Object: "person", ObjectID: id, Area: area, What: what}
	}
	return r.Audit.Write(ctx, tx, list...)
}

// act does a write once, in a transaction.
func (r *Room) act(ctx context.Context, key string, work func(tx *db.Tx) error) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		return work(tx)
	})
}

// tell sends messages, where there is a message centre.
func (r *Room) tell(ctx context.Context, tx *db.Tx, list ...message.Message) error {
	if r.Messages == nil || len(list) == 0 {
		return nil
	}
	_, err := r.Messages.SendAll(ctx, tx, list)
	return err
}

// ConsentWithdrawn ends what rests on the consent to be recommended: brands, and batches not yet said yes to.
func (r *Room) ConsentWithdrawn(ctx context.Context, tx *db.Tx, personID int64) error {
	return withdrawn(ctx, tx, personID)
}
