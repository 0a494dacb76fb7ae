package supervise

import (
	"context"
	"fmt"
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
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/message"
)

// Finding is what a check of figures found and a person judged, as a source for the ledger.
type Finding struct {
	Ref, Text, Href string
}

// Findings lists judged findings of an area. The room verify is one.
type Findings interface {
	Judged(ctx context.Context, area string, limit int) ([]Finding, error)
}

// Deps is what the room stands on.
type Deps struct {
	DB         *db.DB
	Indicators *indicator.Register
	Sealer     *seal.Sealer
	Clock      clock.Clock
	IDs        *id.Maker
	Audit      *audit.Log
	Approvals  *approval.Service
	Evidence   *evidence.Store
	Messages   *message.Service // nil: nobody is told
	Accounts   *account.Service // nil: liaisons have no accounts
	Findings   Findings         // nil: the ledger's sources are typed in
}

// Room is the room of supervision.
type Room struct{ Deps }

// Kinds of requests and messages that the room brings into the house.
const (
	kindExtend   = "supervise.extend"
	kindPlatform = "supervise.platform"
	kindLedger   = "supervise.ledger"
	kindFinal    = "supervise.final"
	kindTold     = "supervise.told"
	nightKind    = "supervise.night"
)

// New makes the room, and names its kinds.
func New(d Deps) (*Room, error) {
	if errRules != nil {
		return nil, errRules
	}
	r := &Room{Deps: d}
	managers := []string{account.Manager}
	r.Approvals.Handle(approval.Kind{Code: kindExtend, Zh: "任务延期", En: "Extension of a duty", Roles: managers, Do: r.extended, Ended: r.notExtended})
	r.Approvals.Handle(approval.Kind{Code: kindPlatform, Zh: "纳入监督贯通协调平台", En: "Handing a duty to the supervision platform", Roles: managers, Do: r.toPlatform})
	r.Approvals.Handle(approval.Kind{Code: kindLedger, Zh: "激励、容错、问责台账", En: "Entry of the ledger", Roles: managers, Do: r.entered, Ended: r.notEntered})
	r.Approvals.Handle(approval.Kind{Code: kindFinal, Zh: "年度考核定稿", En: "Final result of an appraisal", Roles: managers, Do: r.finished, Ended: r.notFinished})
	if r.Messages == nil {
		return r, nil
	}
	return r, r.Messages.Handle(message.Kind{Code: kindTold, Zh: "督办通知", En: "Supervision", Roles: []string{account.Officer, account.Manager}, Legal: true})
}

// Tasks registers the room's background work.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(nightKind, func(ctx context.Context, job *queue.Running) error {
		n, err := r.Night(ctx)
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("督办：提醒 %d 件，催办 %d 件，提级 %d 件", n[Reminded], n[Pressed], n[Escalated]), n[Reminded]+n[Pressed]+n[Escalated])
	})
	q.Every(nightKind, "", queue.Daily(5*time.Hour+20*time.Minute))
}

func (r *Room) today() db.Date { return db.On(r.Clock.Today()) }

// overdueShown is how many of the oldest late milestones are listed.
const overdueShown = 20

// Overdue counts an area's milestones past their day, and lists the oldest ones.
func (r *Room) Overdue(ctx context.Context, area string) (int, []Late, error) {
	n, err := lateCount(ctx, r.DB, area, r.today())
	if err != nil || n == 0 {
		return 0, nil, err
	}
	list, err := lateIn(ctx, r.DB, area, r.today(), overdueShown)
	for i := range list {
		m := Milestone{Due: list[i].Due}
		list[i].Days, list[i].Href = -m.Left(r.Clock.Today()), dutyAt(list[i].DutyID)
	}
	return int(n), list, err
}

func (r *Room) note(ctx context.Context, tx *db.Tx, who web.User, act, object string, id int64, area, what string) error {
	return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "supervise." + act, Object: object, ObjectID: id, Area: area, What: what})
}
