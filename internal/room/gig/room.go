package gig

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

// Deps is what the room stands on.
type Deps struct {
	DB        *db.DB
	People    *person.Store
	Employers *employer.Store
	Sealer    *seal.Sealer
	Clock     clock.Clock
	IDs       *id.Maker
	Audit     *audit.Log
	Messages  *message.Service // nil: nobody is told
	Wages     Wages            // nil: the minimum wage is not known
	AsOf      time.Time        // last day of the data; zero: today
	Home      string           // the area that strangers see first; "": the region
}

// Room is the room of day work and shared labour.
type Room struct{ Deps }

// Kinds of messages.
const (
	kindPlace   = "gig.place"   // to people: places, invitations, payments
	kindHirer   = "gig.hirer"   // to employers: who came, who left
	kindArrears = "gig.arrears" // to employers and officers: pay is overdue
	kindShare   = "gig.share"   // to people and employers: shared labour
)

// New makes the room, and names its kinds of messages.
func New(d Deps) (*Room, error) {
	if d.Home == "" {
		d.Home = region
	}
	if d.Wages == nil {
		d.Wages = unknownWage{}
	}
	r := &Room{d}
	if r.Messages == nil {
		return r, nil
	}
	staff := []string{account.Officer, account.Manager}
	for _, k := range []message.Kind{
		{Code: kindPlace, Zh: "零工录用和付款", En: "Day work: places and pay", Roles: []string{account.Seeker}, Legal: true},
		{Code: kindHirer, Zh: "零工用工变动", En: "Day work: changes", Roles: []string{account.Employer}},
		{Code: kindArrears, Zh: "零工报酬逾期", En: "Day work: pay overdue", Roles: append(staff, account.Employer), Legal: true},
		{Code: kindShare, Zh: "共享用工", En: "Shared labour", Roles: append(staff, account.Employer, account.Seeker), Legal: true},
	} {
		if err := r.Messages.Handle(k); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// unknownWage knows no minimum wage.
type unknownWage struct{}

func (unknownWage) MinimumWage(context.Context, string, time.Time) Wage { return Wage{} }

// region is the code of the autonomous region.
const region = "15"

func (r *Room) today() time.Time { return r.Clock.Today() }

func (r *Room) now() int64 { return r.Clock.Now().UnixMilli() }

func (r *Room) asOf() time.Time {
	if r.AsOf.IsZero() {
		return r.today()
	}
	return r.AsOf
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func (r *Room) note(ctx context.Context, tx *db.Tx, who web.User, act, object string, id int64, code, what string) error {
	return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "gig." + act, Object: object, ObjectID: id, Area: code, What: what})
}

// told is one message to a person or an employer; who has no account gets none.
func told(kind string, to message.To, href, once, zh, zhBody, en, enBody string) message.Message {
	return message.Message{Kind: kind, To: to, Href: href, Once: once, Title: message.Text{Zh: zh, En: en}, Body: message.Text{Zh: zhBody, En: enBody}}
}

func (r *Room) tell(ctx context.Context, tx *db.Tx, list ...message.Message) error {
	if r.Messages == nil || len(list) == 0 {
		return nil
	}
	_, err := r.Messages.SendAll(ctx, tx, list)
	return err
}

// nightKind is the queue's kind of the nightly look at overdue pay and at people who are to come back.
const nightKind = "gig.night"

// Tasks registers the room's background work, every night at ten to five.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(nightKind, func(ctx context.Context, job *queue.Running) error {
		late, err := r.Press(ctx)
		if err != nil {
			return err
		}
		ends, err := r.Remind(ctx)
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("零工报酬逾期提醒 %d 件，共享用工到期提醒 %d 件", late, ends), late+ends)
	})
	q.Every(nightKind, "", queue.Daily(4*time.Hour+50*time.Minute))
}

func bannerOf(code string) string { return area.At(code, area.Banner) }
