package verify

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
)

// Deps is what the room stands on.
type Deps struct {
	DB          *db.DB
	Indicators  *indicator.Register
	People      *person.Store
	Sealer      *seal.Sealer
	Clock       clock.Clock
	IDs         *id.Maker
	Audit       *audit.Log
	Approvals   *approval.Service
	Assignments *assignment.Service
	Queue       *queue.Queue // nil: a run asked for by hand is done at once
}

// Room is the room of checking figures.
type Room struct{ Deps }

// Kinds of requests and tasks that the room brings into the house.
const (
	kindFinding = "verify.finding" // assignment: explain
	kindUphold  = "verify.uphold"  // approval: 成立
)

// New makes the room, and names its kinds.
func New(d Deps) *Room {
	r := &Room{d}
	r.Assignments.Handle(assignment.Kind{Code: kindFinding, Zh: "数据需要说明", En: "Figures to be explained", Told: r.told,
		Results: []assignment.Result{{Code: Right, Zh: "数据无误，情况说明如下", En: "The figures are right"}, {Code: Fixed, Zh: "数据已更正", En: "Corrected"}, {Code: Wrong, Zh: "数据有误，尚未更正", En: "Wrong, not yet corrected"}}})
	r.Approvals.Handle(approval.Kind{Code: kindUphold, Zh: "数据核查结论：成立", En: "A finding is upheld", Roles: []string{account.Manager}, Do: r.upheld, Ended: r.notUpheld})
	return r
}

func (r *Room) today() db.Date { return db.On(r.Clock.Today()) }

func (r *Room) now() int64 { return r.Clock.Now().UnixMilli() }

func (r *Room) note(ctx context.Context, tx *db.Tx, who web.User, act string, id int64, area, what string) error {
	by := account.Signature(who)
	if who.ID == 0 {
		by = "系统"
	}
	return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: by, Act: "verify." + act, Object: "finding", ObjectID: id, Area: area, What: what})
}

// nightly is the queue's kind of the run.
const nightly = "verify.nightly"

// Tasks registers the room's background work: every night at four, after the indicators have been counted.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(nightly, func(ctx context.Context, job *queue.Running) error {
		s, err := r.Run(ctx)
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("核对了 %d 个数列和 %d 人的登记，新提出 %d 件需要说明", s.Series, s.People, s.Fresh), s)
	})
	q.Every(nightly, "", queue.Daily(4*time.Hour))
}
