package analysis

import (
	"context"
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
	"jiuye/internal/register/employer"
)

// Coder tells which occupation of the classification a text names; "" when it is not sure enough. The room of jobs is one.
type Coder interface {
	Code(ctx context.Context, text string) (string, error)
}

// Deps is what the room stands on.
type Deps struct {
	DB        *db.DB
	Employers *employer.Store
	Sealer    *seal.Sealer
	Clock     clock.Clock
	IDs       *id.Maker
	Audit     *audit.Log
	Approvals *approval.Service
	Coder     Coder
	AsOf      time.Time // last day of the data; zero: today
	Home      string    // the area whose reports strangers see first; "": the region
}

// Room is the room of supply and demand.
type Room struct{ Deps }

// kindPublish is the request that a report be published.
const kindPublish = "analysis.report"

// New makes the room.
func New(d Deps) *Room {
	if d.Home == "" {
		d.Home = region
	}
	r := &Room{d}
	r.Approvals.Handle(approval.Kind{Code: kindPublish, Zh: "发布市场供求分析报告", En: "Publication of a supply and demand report", Do: r.published, Ended: r.reopened})
	return r
}

func (r *Room) today() time.Time { return r.Clock.Today() }

func (r *Room) asOf() time.Time {
	if r.AsOf.IsZero() {
		return r.today()
	}
	return r.AsOf
}

func (r *Room) now() int64 { return r.Clock.Now().UnixMilli() }

func entryOf(who web.User, act, object string, id int64, where, what string) audit.Entry {
	return audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "analysis." + act, Object: object, ObjectID: id, Area: where, What: what}
}

// countKind is the queue's kind of the nightly count.
const countKind = "analysis.count"

// Tasks registers the nightly count, at ten past five, behind the other rooms' work.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(countKind, func(ctx context.Context, job *queue.Running) error {
		if err := r.Count(ctx, job.Progress()); err != nil {
			return err
		}
		return job.Report("市场供求已统计", nil)
	})
	q.Every(countKind, "", queue.Daily(5*time.Hour+10*time.Minute))
}
