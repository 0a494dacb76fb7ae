package assess

import (
	"context"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// Crowd counts people by condition. The register of people in columns is one.
type Crowd interface {
	// Seeking counts an area's registered unemployed whose schooling is one of these levels (person.Educations; nil: any),
	// and those of whom it is not known.
	Seeking(ctx context.Context, area string, educations []int) (yes, unknown int64, err error)
}

// PolicyLine is a policy for units as it stands in the catalogue.
type PolicyLine struct{ ID, Name, Href string }

// Policies tells of the catalogue what projects hang on. The policy room is one.
type Policies interface {
	Listed(ctx context.Context, english bool) ([]PolicyLine, error)
	// Finding names the policies that find units, as of the latest screening: employer → policies, in their order.
	Finding(ctx context.Context, employers []int64) (map[int64][]string, error)
	// MinimumWage is an area's, fen a month, with its source; ok is false where nobody has set it.
	MinimumWage(ctx context.Context, area string, on time.Time) (fen int64, source string, ok bool)
}

// Deps is what the room stands on.
type Deps struct {
	DB          *db.DB
	People      *person.Store
	Employers   *employer.Store
	Clock       clock.Clock
	IDs         *id.Maker
	Audit       *audit.Log
	Approvals   *approval.Service
	Assignments *assignment.Service
	Crowd       Crowd     // nil: nobody counts who could take posts
	Policies    Policies  // nil: no links, and no minimum wage
	AsOf        time.Time // last day of the data; zero: today
}

// Room is the room of employment impact assessments.
type Room struct{ Deps }

// Kinds of requests and tasks that the room brings into the house.
const (
	kindConclude  = "assess.conclude"
	kindParameter = "assess.parameter"
	kindMeasure   = "assess.measure"
)

// New makes the room, and names its kinds of requests and tasks.
func New(d Deps) *Room {
	r := &Room{d}
	r.Approvals.Handle(approval.Kind{Code: kindConclude, Zh: "就业影响评估结论", En: "Conclusion of an impact assessment", Roles: []string{account.Manager}, Do: r.concluded, Ended: r.reopened})
	r.Approvals.Handle(approval.Kind{Code: kindParameter, Zh: "就业影响评估参数", En: "Parameter of impact assessments", Roles: []string{account.Manager}, Do: r.parameterSet})
	r.Assignments.Handle(assignment.Kind{Code: kindMeasure, Zh: "就业影响缓解措施", En: "Measure of an impact assessment", Do: r.measureDone})
	return r
}

// month is the last month of the data.
func (r *Room) month() int { return person.MonthOf(r.asOf()) }

func (r *Room) asOf() time.Time {
	if r.AsOf.IsZero() {
		return r.Clock.Today()
	}
	return r.AsOf
}

func entryOf(who web.User, act string, c *Case, what string) audit.Entry {
	return audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "assess." + act, Object: "assess", ObjectID: c.ID, Area: c.Area, What: what}
}

// region is the code of the autonomous region.
const region = "15"

// regionOr is an area, or the region for "".
func regionOr(code string) string {
	if code == "" {
		return region
	}
	return code
}
