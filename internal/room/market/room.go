package market

import (
	"context"
	"net/http"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/message"
)

// Adverts takes adverts off and puts them back. The room jobs is one.
type Adverts interface {
	TakeOff(ctx context.Context, tx *db.Tx, vacancyID int64, why, by string) error
	PutBack(ctx context.Context, tx *db.Tx, vacancyID int64) error
}

// Deps is what the room stands on.
type Deps struct {
	DB          *db.DB
	Employers   *employer.Store
	Sealer      *seal.Sealer
	Clock       clock.Clock
	IDs         *id.Maker
	Audit       *audit.Log
	Approvals   *approval.Service
	Assignments *assignment.Service
	Evidence    *evidence.Store
	Messages    *message.Service // nil: nobody is told
	Adverts     Adverts          // nil: adverts cannot be taken off

	Address func(*http.Request) string // where a call comes from; nil: the connection's other end
}

// Room is the room of market supervision.
type Room struct {
	Deps
	pace pace
}

// Kinds of requests, tasks and messages that the room brings into the house.
const (
	kindList      = "market.list"
	kindComplaint = "market.complaint"
	kindTold      = "market.told"
)

// New makes the room, and names its kinds.
func New(d Deps) (*Room, error) {
	r := &Room{Deps: d}
	r.Approvals.Handle(approval.Kind{Code: kindList, Zh: "列入或移出严重失信名单", En: "List of the seriously dishonest", Do: r.listed})
	r.Assignments.Handle(assignment.Kind{Code: kindComplaint, Zh: "招聘投诉办理", En: "Complaint about recruiting", Do: r.handled})
	if r.Messages == nil {
		return r, nil
	}
	return r, r.Messages.Handle(message.Kind{Code: kindTold, Zh: "招聘投诉进展", En: "Progress of a complaint", Roles: []string{account.Seeker, account.Employer}, Legal: true})
}

func (r *Room) today() db.Date { return db.On(r.Clock.Today()) }

func (r *Room) note(ctx context.Context, tx *db.Tx, who web.User, act, object string, id int64, area, what string) error {
	by := account.Signature(who)
	if who.ID == 0 {
		by = "未登录的群众"
	}
	return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: by, Act: "market." + act, Object: object, ObjectID: id, Area: area, What: what})
}
