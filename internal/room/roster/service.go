package roster

import (
	"context"
	"strings"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// Deps is what the room stands on.
type Deps struct {
	DB        *db.DB
	People    *person.Store
	Employers *employer.Store
	Approvals *approval.Service
	Clock     clock.Clock
	IDs       *id.Maker
	Audit     *audit.Log
	Visits    Visits // nil: no other room visits
	Assign    *assignment.Service
}

// Visits is what another room knows of visits (casework): the last one of each person, those without left out.
type Visits interface {
	LastVisits(ctx context.Context, ids []int64) (map[int64]time.Time, error)
}

// Room is the room of lists and comparisons.
type Room struct {
	Deps
	store  store
	lists  []*List // all, in the order of their numbers
	people []*List // those of people and households
	units  []*List
}

// New makes the room. It fails when a list's file is wrong, with the place and the reason.
func New(d Deps) (*Room, error) {
	lists, err := loadAll(documents)
	if err != nil {
		return nil, err
	}
	r := &Room{Deps: d, store: store{d.DB}, lists: lists}
	for _, l := range lists {
		if l.Employers() {
			r.units = append(r.units, l)
		} else {
			r.people = append(r.people, l)
		}
	}
	if r.Approvals != nil {
		r.Approvals.Handle(approval.Kind{Code: approvalKind, Zh: "名单手工列入或移出", En: "Taking in or leaving out by hand", Do: r.decided})
	}
	if r.Assign != nil {
		r.Assign.Handle(assignment.Kind{Code: assignKind, Zh: "疑点核实", En: "Findings to be checked"})
	}
	return r, nil
}

// find is a list by its number, comparisons apart from the rest. It is a fault of kind NotFound when there is none.
func (r *Room) find(id string, check bool) (*List, error) {
	for _, l := range r.lists {
		if strings.EqualFold(l.ID, id) && (l.Check != nil) == check {
			return l, nil
		}
	}
	if check {
		return nil, fault.New(fault.NotFound, "没有编号为 %s 的比对", id)
	}
	return nil, fault.New(fault.NotFound, "没有编号为 %s 的名单", id)
}

// Names are the lists' numbers and names, for other pages; comparisons are left out.
func (r *Room) Names() map[string]rule.Word {
	out := map[string]rule.Word{}
	for _, l := range r.lists {
		if l.Check == nil {
			out[l.ID] = l.Name
		}
	}
	return out
}

// look reads one person as the lists see them today, with what is lacking known.
func (r *Room) look(ctx context.Context, personID int64) (*person.Facts, *subject, error) {
	f, err := r.People.Facts(ctx, personID)
	if err != nil {
		return nil, nil, err
	}
	a, err := dictionary.On(ctx, r.DB, r.Clock.Today())
	if err != nil {
		return nil, nil, err
	}
	if err := a.Somebody(ctx, r.DB, f); err != nil {
		return nil, nil, err
	}
	row := new(dictionary.Row)
	a.Fill(row, f)
	s := subjectOf(row, f, a.On)
	if err := r.remember(ctx, r.DB, ofPeople, &s); err != nil {
		return nil, nil, err
	}
	return f, &s, r.learn(ctx, []standing{{list: r.anyTwins(), of: &s}})
}

// anyTwins is some list with twins: learn is to look.
func (r *Room) anyTwins() *List { return &List{Twins: make([]Twin, 1)} }

// lookUnit is look for an employer.
func (r *Room) lookUnit(ctx context.Context, employerID int64) (employer.Employer, *subject, error) {
	e, err := r.Employers.Get(ctx, employerID)
	if err != nil {
		return e, nil, err
	}
	a, err := dictionary.On(ctx, r.DB, r.Clock.Today())
	if err != nil {
		return e, nil, err
	}
	hands, err := dictionary.WorkersOf(ctx, r.DB, employerID)
	if err != nil {
		return e, nil, err
	}
	staff := dictionary.NewStaff()
	for _, f := range hands {
		staff.Add(f, a.AsOf, func(int64) int64 { return e.FounderID })
	}
	s := subject{owner: e.ID, area: e.Area, known: known{facts: staff.Of(&e, a.On), on: a.On}}
	return e, &s, r.remember(ctx, r.DB, ofUnits, &s)
}

// remember brings the notes about one owner.
func (r *Room) remember(ctx context.Context, q db.Querier, sh shelf, s *subject) error {
	list, err := r.store.dones(ctx, q, sh, s.owner-1, s.owner)
	for _, d := range list {
		s.known.learn(d.item, d.day.Time)
	}
	return err
}
