package grant

import (
	"context"
	"fmt"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
)

// Deps is what the room stands on.
type Deps struct {
	DB        *db.DB
	People    *person.Store
	Employers *employer.Store
	Evidence  *evidence.Store
	Sealer    *seal.Sealer
	Clock     clock.Clock
	IDs       *id.Maker
	Audit     *audit.Log
	Approvals *approval.Service
	Assign    *assignment.Service
	Policies  Policies
	Messages  *message.Service                                                           // nil: nobody is told
	Applied   func(ctx context.Context, tx *db.Tx, b Beneficiary, policyID string) error // somebody has handed in; may be nil
	Consents  Consents                                                                   // for 免申即享
}

// Room is the room of grants.
type Room struct {
	Deps
	store  store
	limits []Limit
	rules  *impossible
}

// Kinds of two-person decisions, and of things sent down.
const (
	KindDecide  = "grant.decide"
	KindAuto    = "grant.auto"
	KindAppeal  = "grant.appeal"
	KindBatch   = "grant.batch"
	KindRecover = "grant.recover"
	KindBudget  = "grant.budget"
	KindAudit   = "grant.audit"
)

// New makes the room and names its kinds. It fails when the limits or the rules of the audit are written wrongly.
func New(d Deps) (*Room, error) {
	r := &Room{Deps: d, store: store{d.DB}}
	var err error
	if r.limits, err = readLimits(); err != nil {
		return nil, err
	}
	if r.rules, err = readImpossible(); err != nil {
		return nil, err
	}
	manager := []string{account.Manager}
	for _, k := range []approval.Kind{
		{Code: KindDecide, Zh: "补贴审批", En: "Decision on a grant", Do: r.decided, Ended: r.undecided},
		{Code: KindAuto, Zh: "免申即享审批", En: "Grant without application", Votes: 2, Do: r.decided, Ended: r.undecided},
		{Code: KindAppeal, Zh: "补贴申诉", En: "Appeal about a grant", Roles: manager, Do: r.appealed, Ended: r.dismissed},
		{Code: KindBatch, Zh: "补贴发放批次", En: "Payment batch", Votes: 2, Do: r.sendBatch, Ended: r.dropBatch},
		{Code: KindStop, Zh: "补贴停发或继续发放", En: "Stopping a grant", Do: r.halted},
		{Code: KindRecover, Zh: "追回补贴", En: "Recovery of a grant", Do: r.recover, Ended: r.unrecover},
		{Code: KindBudget, Zh: "补贴资金预算", En: "Budget of a fund", Roles: manager, Do: r.budgeted},
	} {
		r.Approvals.Handle(k)
	}
	r.Assign.Handle(assignment.Kind{Code: KindAudit, Zh: "补贴事后核查", En: "Audit of a grant", Results: auditResults, Told: r.auditAnswered})
	return r, r.handleMessages()
}

// sign is how somebody stands in the log; nobody is the program itself.
func sign(who web.User) string {
	if who.ID == 0 {
		return "系统"
	}
	return account.Signature(who)
}

// entry is a line of the audit log about an application's owner.
func entry(who web.User, act string, a *Application, what string) audit.Entry {
	object := "person"
	if a.Unit {
		object = "employer"
	}
	return audit.Entry{ActorID: who.ID, Actor: sign(who), Act: "grant." + act, Object: object, ObjectID: a.OwnerID, Area: a.Area, What: what}
}

// personOf is the person an application is about, for the register of approvals; 0: an employer's.
func (a *Application) personOf() int64 {
	if a.Unit {
		return 0
	}
	return a.OwnerID
}

// move takes an application one step on: state, deadline, log and audit, as part of the caller's transaction. It asks whether the act
// fits the state, not who acts. Faults: Conflict.
func (r *Room) move(ctx context.Context, tx *db.Tx, who web.User, a *Application, act Act, note string) error {
	m, ok := moveOf(act, a.State)
	if !ok {
		return fault.New(fault.Conflict, "这件申请现在是“%s”，不能办理这一步，请刷新页面", a.State.Label().Zh)
	}
	was := a.State
	a.State, a.Deadline = m.To, db.Date{}
	if m.Days > 0 {
		a.Deadline = db.On(workday.Add(r.Clock.Today(), m.Days))
	}
	if err := r.seal(a); err != nil {
		return err
	}
	if err := r.store.update(ctx, tx, a); err != nil {
		return err
	}
	if err := r.step(ctx, tx, who, a, act, was, note); err != nil {
		return err
	}
	if err := r.tell(ctx, tx, act, []Application{*a}, note); err != nil {
		return err
	}
	return r.Audit.Write(ctx, tx, entry(who, string(act), a, fmt.Sprintf("“%s”申请：%s", a.PolicyName, m.Zh)))
}

func (r *Room) step(ctx context.Context, tx *db.Tx, who web.User, a *Application, act Act, was State, note string) error {
	return r.store.addStep(ctx, tx, a, r.IDs.Next(), Step{Act: act, Was: was, Now: a.State, At: r.Clock.Now(), ByID: who.ID, ByName: sign(who), note: r.Sealer.Seal(note)})
}

// read opens an application for a transaction.
func (r *Room) read(ctx context.Context, q db.Querier, ownerID, id int64) (Application, error) {
	a, err := r.store.get(ctx, q, ownerID, id)
	if err != nil {
		return a, err
	}
	return a, r.open(&a)
}

// name is whom an application is for.
func (r *Room) name(ctx context.Context, b Beneficiary) (string, error) {
	if b.Unit {
		e, err := r.Employers.Get(ctx, b.ID)
		return e.Name, err
	}
	p, err := r.People.Get(ctx, b.ID)
	return p.Name, err
}

// masked is how a beneficiary stands where others read it: people without their given names, employers whole.
func masked(b Beneficiary, name string) string {
	if b.Unit {
		return name
	}
	return web.MaskName(name)
}
