package policy

import (
	"context"
	"slices"
	"sync/atomic"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/queue"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/crowd"
	"jiuye/internal/register/dictionary"
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
	Approvals *approval.Service        // nil: nothing can be published or set
	Messages  *message.Service         // nil: nobody can be told
	Assign    *assignment.Service      // nil: nothing can be sent down
	Grants    Grants                   // nil: not connected
	Crowd     *crowd.Crowd             // everybody in columns; nil: no simulation, and everybody is screened anew after each change
	AreaName  func(code string) string // nil: codes are shown
}

// Room is the policy room.
type Room struct {
	Deps
	store   store
	library *library
	shelf   atomic.Pointer[shelved]
	past    earlierDays
	queue   *queue.Queue // from Tasks on
}

// New makes the room. It fails when a policy file is wrong, with the place and the reason.
func New(d Deps) (*Room, error) {
	if d.AreaName == nil {
		d.AreaName = func(code string) string { return code }
	}
	l, err := openLibrary(policyFiles)
	if err != nil {
		return nil, err
	}
	c, err := l.make(nil, nil)
	if err != nil {
		return nil, err
	}
	r := &Room{Deps: d, store: store{d.DB}, library: l}
	r.shelf.Store(&shelved{catalogue: c})
	r.handle()
	return r, r.handlePush()
}

// Policies is how many policies with conditions there are.
func (r *Room) Policies() int { return len(r.catalogue().all()) }

// ExplainPerson decides all policies for one person today, with every clause; none for the dead. The file is read anew.
func (r *Room) ExplainPerson(ctx context.Context, personID int64) (*person.Facts, []*rule.Explanation, error) {
	f, row, on, err := r.factsOf(ctx, personID)
	if err != nil || f.Dead(r.Clock.Today()) {
		return f, nil, err
	}
	return f, explain(r.catalogue().people, row, on), nil
}

// factsOf reads what policies ask about one person, as of today.
func (r *Room) factsOf(ctx context.Context, personID int64) (*person.Facts, *dictionary.Row, rule.Day, error) {
	if err := r.refresh(ctx); err != nil {
		return nil, nil, 0, err
	}
	f, err := r.People.Facts(ctx, personID)
	if err != nil {
		return nil, nil, 0, err
	}
	a, err := dictionary.On(ctx, r.DB, r.Clock.Today())
	if err != nil {
		return nil, nil, 0, err
	}
	if err := a.Somebody(ctx, r.DB, f); err != nil {
		return nil, nil, 0, err
	}
	var row dictionary.Row
	a.Fill(&row, f)
	return f, &row, a.On, nil
}

func explain(policies []*rule.Policy, facts rule.Source, on rule.Day) []*rule.Explanation {
	list := make([]*rule.Explanation, len(policies))
	for i, p := range policies {
		list[i] = rule.Explain(p, facts, on)
	}
	return list
}

// ExplainEmployer decides all policies for one employer today, with every clause.
func (r *Room) ExplainEmployer(ctx context.Context, employerID int64) (employer.Employer, []*rule.Explanation, error) {
	e, unit, on, err := r.unitOf(ctx, employerID)
	if err != nil {
		return e, nil, err
	}
	return e, explain(r.catalogue().employers, unit, on), nil
}

// unitOf reads what policies ask about one employer, as of today.
func (r *Room) unitOf(ctx context.Context, employerID int64) (e employer.Employer, unit dictionary.Unit, on rule.Day, err error) {
	if err := r.refresh(ctx); err != nil {
		return e, unit, 0, err
	}
	if e, err = r.Employers.Get(ctx, employerID); err != nil {
		return e, unit, 0, err
	}
	a, err := dictionary.On(ctx, r.DB, r.Clock.Today())
	if err != nil {
		return e, unit, 0, err
	}
	hands, err := dictionary.WorkersOf(ctx, r.DB, employerID)
	if err != nil {
		return e, unit, 0, err
	}
	workers := dictionary.NewStaff()
	founder := func(id int64) int64 {
		if id == e.ID {
			return e.FounderID
		}
		return 0
	}
	for _, f := range hands {
		workers.Add(f, a.AsOf, founder)
	}
	return e, workers.Of(&e, a.On), a.On, nil
}

// Line is one policy for one person, for other rooms.
type Line struct {
	PolicyID string
	Name     string
	Verdict  string // yes, near, unknown, no
	Lead     string // the verdict in a sentence
	Reasons  []Reason
	Next     string // what to do
}

// Reason is one sentence for or against.
type Reason struct {
	State string // yes, no, unknown
	Text  string
}

// Lines is what the policies say about one person in a language, the eligible ones first. Who asks has to record the reading.
func (r *Room) Lines(ctx context.Context, language string, personID int64) ([]Line, error) {
	_, list, err := r.ExplainPerson(ctx, personID)
	if err != nil {
		return nil, err
	}
	sortByVerdict(list)
	lines := make([]Line, len(list))
	for i, e := range list {
		lines[i] = Line{PolicyID: e.Policy.ID, Name: in(language, e.Policy.Name), Verdict: e.Verdict.String(), Lead: lead(language, e, rule.Plain), Next: next(language, e.Policy, rule.Plain)}
		for _, c := range telling(e) {
			lines[i].Reasons = append(lines[i].Reasons, Reason{State: c.Outcome.String(), Text: Sentence(language, c, rule.Plain)})
		}
	}
	return lines, nil
}

// sortByVerdict puts the eligible first, then near, unknown and no, each in the order of numbers.
func sortByVerdict(list []*rule.Explanation) {
	order := [...]int{rule.Eligible: 0, rule.Near: 1, rule.Unknown: 2, rule.No: 3}
	slices.SortStableFunc(list, func(a, b *rule.Explanation) int { return order[a.Verdict] - order[b.Verdict] })
}

// telling are the comparisons that carry a verdict: inside a fulfilled 任一 only those that hold, otherwise all but the
// unknown ones of a no, which would change nothing, and those that repeat another.
func telling(e *rule.Explanation) []*rule.Clause {
	var list []*rule.Clause
	var choice []bool // by depth: inside a fulfilled 任一 or 至少
	for i := range e.Clauses {
		c := &e.Clauses[i]
		inside := c.Depth > 0 && choice[c.Depth-1]
		choice = append(choice[:c.Depth], inside || c.Group != "" && c.Group != "all" && c.Outcome == rule.Eligible)
		idle := c.Outcome == rule.Unknown && e.Verdict != rule.Unknown
		if c.Group == "" && !idle && !e.Moot(c) && (!inside || c.Outcome == rule.Eligible) {
			list = append(list, c)
		}
	}
	return list
}
