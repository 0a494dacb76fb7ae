package relief

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
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
	Messages  *message.Service // nil: nobody is told
	Home      string           // the area whose hospitals strangers see; "": the region
}

// Room is the room of work-relief projects and recognised medical checks.
type Room struct{ Deps }

// kindUnpaid is the message on wages that are late.
const kindUnpaid = "relief.unpaid"

const region = "15"

// New makes the room, and names its kind of message.
func New(d Deps) (*Room, error) {
	if d.Home == "" {
		d.Home = region
	}
	r := &Room{d}
	if r.Messages == nil {
		return r, nil
	}
	return r, r.Messages.Handle(message.Kind{Code: kindUnpaid, Zh: "以工代赈工资未按时足额发放", En: "Wages of a work-relief project are late", Roles: []string{account.Officer, account.Employer}, Legal: true})
}

func (r *Room) today() db.Date { return db.On(r.Clock.Today()) }

func (r *Room) note(ctx context.Context, tx *db.Tx, who web.User, act, object string, id int64, area, what string) error {
	return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "relief." + act, Object: object, ObjectID: id, Area: area, What: what})
}

func chunks(ids []int64) iter.Seq[[]int64] { return slices.Chunk(ids, 500) }

// wagesKind is the queue's kind of the nightly look at wages.
const wagesKind = "relief.wages"

// Tasks registers the room's background work: wages that are late are told of every morning at six, once for each project and month.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(wagesKind, func(ctx context.Context, job *queue.Running) error {
		n, err := r.Press(ctx)
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("以工代赈工资：%d 个项目有欠发月份", n), n)
	})
	q.Every(wagesKind, "", queue.Daily(6*time.Hour))
}
