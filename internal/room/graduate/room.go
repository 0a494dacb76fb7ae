package graduate

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
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

// Item is a line that another room gives to the portal.
type Item struct{ Title, Sub, Note, Href string }

// Portal is what other rooms show to graduates.
type Portal interface {
	// Vacancies are an area's newest that welcome graduates; of internships only when asked.
	Vacancies(ctx context.Context, area string, internships bool, n int) ([]Item, error)
	// Fairs are the next fairs on campus, or for graduates.
	Fairs(ctx context.Context, area string, n int) ([]Item, error)
}

// Deps is what the room stands on.
type Deps struct {
	DB        *db.DB
	People    *person.Store
	Employers *employer.Store
	Sealer    *seal.Sealer
	Clock     clock.Clock
	IDs       *id.Maker
	Audit     *audit.Log
	Approvals *approval.Service
	Messages  *message.Service // nil: nobody is told
	Portal    Portal           // nil: the portal shows only what is the room's own
	AsOf      time.Time        // last day of the data; zero: today
	Home      string           // the area whose posts strangers see; "": the region
}

// Room is the room of graduates' work.
type Room struct{ Deps }

// Kinds of requests and messages.
const (
	kindHire   = "graduate.hire"
	kindResult = "graduate.result"
	kindWeek   = "graduate.week"
)

const region = "15"

// New makes the room, and names its kinds.
func New(d Deps) (*Room, error) {
	if d.Home == "" {
		d.Home = region
	}
	r := &Room{d}
	r.Approvals.Handle(approval.Kind{Code: kindHire, Zh: "基层服务岗位拟录用", En: "Hire for posts of service", Do: r.hired, Ended: r.notHired})
	if r.Messages == nil {
		return r, nil
	}
	for _, k := range []message.Kind{
		{Code: kindResult, Zh: "基层岗位报名结果", En: "Results of applications for posts", Roles: []string{account.Seeker}, Legal: true},
		{Code: kindWeek, Zh: "高校毕业生每周信息", En: "Weekly letter to graduates", Roles: []string{account.Seeker}, Every: 6},
	} {
		if err := r.Messages.Handle(k); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *Room) today() db.Date { return db.On(r.Clock.Today()) }

func (r *Room) asOf() time.Time {
	if r.AsOf.IsZero() {
		return r.Clock.Today()
	}
	return r.AsOf
}

func (r *Room) now() int64 { return r.Clock.Now().UnixMilli() }

func (r *Room) note(ctx context.Context, tx *db.Tx, who web.User, act, object string, id int64, area, what string) error {
	return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "graduate." + act, Object: object, ObjectID: id, Area: area, What: what})
}

// tell sends results inside a transaction.
func (r *Room) tell(ctx context.Context, tx *db.Tx, list []message.Message) error {
	if r.Messages == nil || len(list) == 0 {
		return nil
	}
	_, err := r.Messages.SendAll(ctx, tx, list)
	return err
}

func result(personID int64, about, zh, en, body string) message.Message {
	return message.Message{Kind: kindResult, To: message.To{PersonID: personID}, About: about, Href: atMine, Title: message.Text{Zh: zh, En: en}, Body: message.Text{Zh: body, En: en}}
}

// chunks cuts a list of people into parts that one statement takes.
func chunks(ids []int64) iter.Seq[[]int64] { return slices.Chunk(ids, 500) }

// Queue kinds of the background work.
const (
	drawKind = "graduate.draw"
	weekKind = "graduate.week"
)

// Tasks registers the room's background work: the list of graduates without work and the years' figures at night, the letter on
// Mondays.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(drawKind, func(ctx context.Context, job *queue.Running) error {
		if err := r.Refresh(ctx); err != nil {
			return err
		}
		return job.Report("重新计算离校未就业毕业生和各年份就业情况", 1)
	})
	q.Every(drawKind, "", queue.Daily(4*time.Hour+50*time.Minute))
	q.Handle(weekKind, func(ctx context.Context, job *queue.Running) error {
		n, err := r.Week(ctx)
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("高校毕业生每周信息：%d 人", n), n)
	})
	q.Every(weekKind, "", queue.Daily(9*time.Hour+10*time.Minute))
}
