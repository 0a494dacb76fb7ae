package fair

import (
	"context"
	"fmt"
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

// Fit is what sending a person to a vacancy promises: the chance of being hired and what the work would bring, and the two
// multiplied, each 0 to 1,000.
type Fit struct {
	VacancyID              int64
	Score, Chance, Benefit int
	Why                    []Why
}

// Matcher compares people with vacancies. The room of jobs is one.
type Matcher interface {
	// Fits compares each of these people with each of the vacancies: one list for each person, the best first. Vacancies that the
	// person may not be sent to are left out.
	Fits(ctx context.Context, people []*person.Facts, vacancies []int64) ([][]Fit, error)
}

// Deps is what the room stands on.
type Deps struct {
	DB        *db.DB
	People    *person.Store
	Employers *employer.Store
	Clock     clock.Clock
	IDs       *id.Maker
	Audit     *audit.Log
	Messages  *message.Service // nil: nobody is told
	Matcher   Matcher
	AsOf      time.Time // last day of the data; zero: today
	Home      string    // the area whose fairs strangers see; "": the region
}

// Room is the room of job fairs.
type Room struct{ Deps }

// Kinds of messages.
const (
	kindInvite = "fair.invite" // to people: booths and times
	kindBooth  = "fair.booth"  // to employers: what became of their registration
	kindChange = "fair.change" // to people and employers: a fair is cancelled
)

// New makes the room, and names its kinds of messages.
func New(d Deps) (*Room, error) {
	if d.Home == "" {
		d.Home = region
	}
	r := &Room{d}
	if r.Messages == nil {
		return r, nil
	}
	for _, k := range []message.Kind{
		{Code: kindInvite, Zh: "招聘会邀请", En: "Invitations to booths", Roles: []string{account.Seeker}},
		{Code: kindBooth, Zh: "招聘会展位", En: "Booths at fairs", Roles: []string{account.Employer}},
		{Code: kindChange, Zh: "招聘会变动", En: "Changes of fairs", Roles: []string{account.Seeker, account.Employer}},
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

func (r *Room) now() int64 { return r.Clock.Now().UnixMilli() }

func entryOf(who web.User, act string, f *Fair, what string) audit.Entry {
	return audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "fair." + act, Object: "fair", ObjectID: f.ID, Area: f.Area, What: what}
}

// region is the code of the autonomous region.
const region = "15"

// followKind is the queue's kind of the nightly look at insurance.
const followKind = "fair.follow"

// Tasks registers the room's background work: hires are looked up in the register every night at half past four.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(followKind, func(ctx context.Context, job *queue.Running) error {
		n, err := r.Follow(ctx)
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("核对了 %d 条招聘会洽谈结果", n), n)
	})
	q.Every(followKind, "", queue.Daily(4*time.Hour+30*time.Minute))
}
