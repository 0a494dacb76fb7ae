package dispatch

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
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
)

// Publisher puts a vacancy of the employer that is signed in among the vacancies. The room of jobs does.
type Publisher interface {
	Publish(ctx context.Context, who web.User, v employer.Vacancy, key string) (int64, error)
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
	Messages    *message.Service // nil: nobody is told
	Publisher   Publisher        // nil: gaps cannot be published
	Agencies    Agencies         // nil: there are none
	AsOf        time.Time        // last day of the data; zero: today
}

// Room is the room of key-enterprise dispatch.
type Room struct{ Deps }

// Kinds of requests, tasks and messages that the room brings into the house.
const (
	kindList    = "dispatch.list"    // approval: the region's list
	kindRequest = "dispatch.request" // assignment: what a unit asks for, done by another area
	kindUp      = "dispatch.up"      // assignment: a gap for the next level
	kindLead    = "dispatch.lead"    // assignment: a project for its banner
	kindReport  = "dispatch.report"  // message to units: the monthly report
	kindLate    = "dispatch.late"    // message to service officers: whose report is late
	kindTold    = "dispatch.told"    // message to units: what became of what they asked
)

// New makes the room, and names its kinds.
func New(d Deps) (*Room, error) {
	r := &Room{d}
	r.Approvals.Handle(approval.Kind{Code: kindList, Zh: "自治区重点企业名单", En: "The region's list of key enterprises", Roles: []string{account.Manager}, Do: r.listed, Ended: r.notListed})
	r.Assignments.Handle(assignment.Kind{Code: kindRequest, Zh: "重点企业诉求办理", En: "What a key enterprise asks for", Told: r.requestTold})
	r.Assignments.Handle(assignment.Kind{Code: kindUp, Zh: "重点企业用工缺口上调", En: "Gap of a key enterprise", Told: r.upTold})
	r.Assignments.Handle(assignment.Kind{Code: kindLead, Zh: "项目用工需求对接", En: "Labour demand of a project", Told: r.leadTold})
	if r.Messages == nil {
		return r, nil
	}
	for _, k := range []message.Kind{
		{Code: kindReport, Zh: "重点企业用工月报", En: "Monthly report of key enterprises", Roles: []string{account.Employer}},
		{Code: kindTold, Zh: "重点企业服务进展", En: "Services for key enterprises", Roles: []string{account.Employer}},
		{Code: kindLate, Zh: "重点企业月报逾期", En: "Late reports of key enterprises", Roles: []string{account.Officer, account.Manager}},
	} {
		if err := r.Messages.Handle(k); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *Room) today() db.Date { return db.On(r.Clock.Today()) }

func (r *Room) now() int64 { return r.Clock.Now().UnixMilli() }

// month is the month that is reported now.
func (r *Room) month() int { return r.today().Year()*100 + int(r.today().Month()) }

// last is the last month of the data.
func (r *Room) last() int {
	if r.AsOf.IsZero() {
		return r.month()
	}
	return r.AsOf.Year()*100 + int(r.AsOf.Month())
}

func (r *Room) note(ctx context.Context, tx *db.Tx, who web.User, act, object string, id int64, area, what string) error {
	by := account.Signature(who)
	if who.ID == 0 {
		by = "系统"
	}
	return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: by, Act: "dispatch." + act, Object: object, ObjectID: id, Area: area, What: what})
}

// tell sends messages when there is a message centre.
func (r *Room) tell(ctx context.Context, tx *db.Tx, list ...message.Message) error {
	if r.Messages == nil || len(list) == 0 {
		return nil
	}
	_, err := r.Messages.SendAll(ctx, tx, list)
	return err
}

// nightly is the queue's kind of the room's nightly work.
const nightly = "dispatch.nightly"

// Tasks registers the room's background work: every night at five hires are counted and units reminded of their reports.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(nightly, func(ctx context.Context, job *queue.Running) error {
		counted, err := r.CountHired(ctx, "")
		if err != nil {
			return err
		}
		told, err := r.Remind(ctx)
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("核对了 %d 家重点企业的新参保人数，提醒 %d 次", counted, told), counted)
	})
	q.Every(nightly, "", queue.Daily(5*time.Hour))
}
