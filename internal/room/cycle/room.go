package cycle

import (
	"context"
	"embed"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

//go:embed schema
var schemaFiles embed.FS

// Standing is one indicator of an area held against its target, in official Chinese.
type Standing struct {
	ID, Name, Unit string
	Target, Actual string // as plans write them; "—" where there is none
	Last, Current  string // last full year and this one so far
	Done, Gap      string // completed 93.4%, and the difference from what is due, +1.2; "" where not measured
	State          string // reached, onpace, behind, unjudged
	Remark, Left   string
	Chance         int64  // of meeting the year's share of the target, percent; −1 unknown
	Mean, Interval string // expected at the year's end
	Reported       bool
	Sub            bool
}

// Load is how far the tasks are that a unit leads.
type Load struct {
	Unit                         string
	Total, Running, Done, Behind int
}

// Monitor tells how an area stands. The room plan is one.
type Monitor interface {
	// Standing are an area's indicators and tasks as known on a day (zero: now), and the data's last day.
	Standing(ctx context.Context, area string, on time.Time) ([]Standing, []Load, time.Time, error)
}

// Lateness is a form that has not come.
type Lateness struct {
	RoundID    int64
	Area, From string // who is late, and who asked
	Title      string
	Due        time.Time
	Days       int // working days
	Href       string
}

// Supervision takes over forms that are late, and tells how much is. The room supervise is one.
type Supervision interface {
	// Late begins to supervise a form that has not come; one that is supervised already stays as it is.
	Late(ctx context.Context, tx *db.Tx, l Lateness) error
	// Settled ends it for an area, or ("") for every area of the round: the form came, or nobody waits for it any more; how says which.
	Settled(ctx context.Context, tx *db.Tx, who web.User, roundID int64, area, how string) error
	// Overdue counts what is supervised in an area and past its day, whatever it comes from, and says where it is listed.
	Overdue(ctx context.Context, area string) (n int, href string, err error)
}

// Deps is what the room stands on.
type Deps struct {
	DB          *db.DB
	Indicators  *indicator.Register
	Evidence    *evidence.Store
	People      *person.Store // nil: cases are about nobody of the register
	Sealer      *seal.Sealer
	Clock       clock.Clock
	IDs         *id.Maker
	Audit       *audit.Log
	Messages    *message.Service // nil: nobody is told
	Monitor     Monitor          // nil: documents have no judgements
	Supervision Supervision      // nil: lateness is shown and told only

	// Agreed writes down that a person agreed to be named in public. nil: it stands in the case only.
	Agreed func(ctx context.Context, tx *db.Tx, who web.User, personID int64) error
}

// Room is the room of the reporting cycle.
type Room struct {
	Deps
	known time.Time // the day as of which figures are read; zero: now
}

// Kinds of messages.
const (
	kindAsked = "cycle.asked"
	kindLate  = "cycle.late"
	kindBack  = "cycle.back"
)

// New makes the room, and names its kinds.
func New(d Deps) (*Room, error) {
	r := &Room{Deps: d}
	if r.Messages == nil {
		return r, nil
	}
	for _, k := range []message.Kind{{Code: kindAsked, Zh: "调度填报", En: "Forms to fill in"}, {Code: kindLate, Zh: "调度催报", En: "Forms that are due"}, {Code: kindBack, Zh: "调度材料退回", En: "Forms and documents returned"}} {
		k.Roles = []string{account.Officer, account.Manager}
		if err := r.Messages.Handle(k); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *Room) today() time.Time { return r.Clock.Today() }

func (r *Room) tell(ctx context.Context, tx *db.Tx, list ...message.Message) error {
	if r.Messages == nil || len(list) == 0 {
		return nil
	}
	_, err := r.Messages.SendAll(ctx, tx, list)
	return err
}

// note writes what somebody did into the log.
func (r *Room) note(ctx context.Context, tx *db.Tx, who web.User, act, object string, id int64, area, what string) error {
	return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "cycle." + act, Object: object, ObjectID: id, Area: area, What: what})
}
