package app

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"jiuye/internal/app/planrun"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/seal"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/crowd"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
	"jiuye/internal/room/analysis"
	"jiuye/internal/room/assess"
	"jiuye/internal/room/casework"
	"jiuye/internal/room/collect"
	"jiuye/internal/room/cycle"
	"jiuye/internal/room/dispatch"
	"jiuye/internal/room/fair"
	"jiuye/internal/room/gig"
	"jiuye/internal/room/graduate"
	"jiuye/internal/room/grant"
	"jiuye/internal/room/intake"
	"jiuye/internal/room/jobs"
	"jiuye/internal/room/market"
	"jiuye/internal/room/outwork"
	"jiuye/internal/room/plan"
	"jiuye/internal/room/policy"
	"jiuye/internal/room/relief"
	"jiuye/internal/room/rights"
	"jiuye/internal/room/roster"
	"jiuye/internal/room/service"
	"jiuye/internal/room/supervise"
	"jiuye/internal/room/verify"
)

// schemas are everybody's tables, in the order they are made.
var schemas = []db.Schema{
	db.OwnSchema, queue.Schema, audit.Schema, account.Schema, person.Schema, employer.Schema, approval.Schema, assignment.Schema, message.Schema, evidence.Schema, indicator.Schema,
	intake.Schema, policy.Schema, jobs.Schema, casework.Schema, plan.Schema, service.Schema, rights.Schema, collect.Schema, roster.Schema,
	grant.Schema, assess.Schema, fair.Schema, market.Schema, dispatch.Schema, outwork.Schema, analysis.Schema, gig.Schema, graduate.Schema, relief.Schema, verify.Schema, cycle.Schema, supervise.Schema,
}

// Names of the settings in the database that say which day it is for the program, and how far the data reach.
const (
	settingDay  = "demo.day"
	settingAsOf = "data.asof"
	settingDone = "demo.done"
)

// App is the open house.
type App struct {
	Config Config
	Log    *slog.Logger
	DB     *db.DB
	Sealer *seal.Sealer
	node   int // of identifiers

	Clock clock.Clock
	AsOf  time.Time // last day of the data
	home  string    // the area that strangers see; "": the region

	making     bool // a demonstration is being made
	refreshing sync.Mutex
	IDs        *id.Maker
	Audit      *audit.Log
	Queue      *queue.Queue

	People    *person.Store
	Employers *employer.Store
	Accounts  *account.Service
	Evidence  *evidence.Store

	Indicators *indicator.Register // figures, plans, targets

	Approvals   *approval.Service   // two-person decisions
	Assignments *assignment.Service // things sent down or up
	Messages    *message.Service    // the message centre
	Clients     *account.Clients
	Crowd       *crowd.Crowd // everybody in columns

	Intake   *intake.Room
	Policy   *policy.Room
	Jobs     *jobs.Room
	Casework *casework.Room
	Plan     *plan.Room
	Service  *service.Room
	Rights   *rights.Room
	Collect  *collect.Room
	Roster   *roster.Room
	Grant    *grant.Room
	Assess   *assess.Room
	Fair     *fair.Room
	Analysis *analysis.Room
	Market   *market.Room
	Dispatch *dispatch.Room
	Outwork  *outwork.Room
	Gig      *gig.Room
	Graduate *graduate.Room
	Relief   *relief.Room
	Verify   *verify.Room
	Cycle    *cycle.Room

	Supervise *supervise.Room
}

// Open opens the database, brings its tables up to date, and builds every room. Faults tell what is missing.
func Open(ctx context.Context, conf Config) (*App, error) {
	conf.Fill()
	if err := os.MkdirAll(conf.Data, 0o750); err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "建不了数据文件夹 "+conf.Data)
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(conf.LogLevel)); err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "日志级别应为 debug、info、warn 或 error，写的是 "+conf.LogLevel)
	}
	if err := conf.check(); err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, conf.DB)
	if err != nil {
		return nil, err
	}
	a := &App{Config: conf, DB: d, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))}
	if err := a.open(ctx); err != nil {
		_ = d.Close()
		return nil, err
	}
	return a, nil
}

func (a *App) open(ctx context.Context) (err error) {
	if err := a.DB.Migrate(ctx, schemas); err != nil {
		return err
	}
	if a.Sealer, err = openSeal(ctx, a.DB, a.Config.Keys); err != nil {
		return err
	}
	if a.node, err = ticket(ctx, a.DB); err != nil {
		return err
	}
	return a.build(ctx)
}

// Close closes the database.
func (a *App) Close() error { return a.DB.Close() }

// build makes the clock and the rooms. On a demonstration's database the clock stands on the demonstration's day.
func (a *App) build(ctx context.Context) error {
	day, err := db.Setting(ctx, a.DB, settingDay)
	if err != nil {
		return err
	}
	a.Clock = clock.System{}
	if day != "" {
		start, err := time.ParseInLocation(time.DateOnly, day, clock.Zone)
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "数据库中的演示日期写坏了："+day)
		}
		a.Clock, a.home = clock.From(start.Add(9*time.Hour)), demoLeague
	}
	asOf, err := db.Setting(ctx, a.DB, settingAsOf)
	if err != nil {
		return err
	}
	if a.AsOf = a.Clock.Today(); asOf != "" {
		if a.AsOf, err = time.Parse(time.DateOnly, asOf); err != nil {
			return fault.Wrap(fault.Invalid, err, "数据库中的数据截止日期写坏了："+asOf)
		}
	}
	return a.furnish()
}

// furnish gives every room what it asks for. Identifiers, leases and sessions go by the machine's clock: the
// demonstration's begins anew in every process.
func (a *App) furnish() error {
	a.IDs = id.NewMaker(a.node, clock.System{})
	a.Audit = audit.New(a.DB, a.Clock, chainOf(a.Config.Node))
	a.Queue = queue.New(a.DB, clock.System{}, a.IDs)
	a.People = &person.Store{DB: a.DB, Sealer: a.Sealer, Clock: a.Clock}
	a.Employers = &employer.Store{DB: a.DB, Clock: a.Clock}
	a.Evidence = &evidence.Store{DB: a.DB, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs}
	trusted, err := proxies(a.Config.Proxy)
	if err != nil {
		return err
	}
	a.Accounts = account.New(account.Deps{DB: a.DB, Clock: clock.System{}, IDs: a.IDs, Audit: a.Audit, Secure: a.Config.Secure, Address: visitorOf(trusted)})
	a.Clients = &account.Clients{DB: a.DB, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit}
	a.Approvals = approval.New(approval.Deps{DB: a.DB, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit})
	a.Assignments = assignment.New(assignment.Deps{DB: a.DB, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit})
	if err := a.furnishMessages(); err != nil {
		return err
	}
	if a.Intake, err = intake.New(intake.Deps{DB: a.DB, Clients: a.Clients, People: a.People, Employers: a.Employers, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs,
		Audit: a.Audit, Queue: a.Queue, Dir: filepath.Join(a.Config.Data, "uploads"), Templates: templates(a.Config.Templates), Changed: a.changed, Assignments: a.Assignments,
		Held: a.held, HeldUnits: a.heldUnits, HeldVacancies: func(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
			return a.Jobs.HeldVacancies(ctx, q, ids) // the room is made after this one
		}}); err != nil {
		return err
	}
	if a.Crowd, err = crowd.New(crowd.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Clock: a.Clock, File: filepath.Join(a.Config.Data, "crowd")}); err != nil {
		return err
	}
	if a.Policy, err = policy.New(policy.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Approvals: a.Approvals, AreaName: area.Name, Crowd: a.Crowd, Messages: a.Messages, Assign: a.Assignments, Grants: grantsMade{a}}); err != nil {
		return err
	}
	if err := a.furnishRights(); err != nil {
		return err
	}
	a.Jobs = jobs.New(jobs.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Home: a.home,
		Consents: a.Rights.For(rights.Candidates), Messages: a.Messages, Address: visitorOf(trusted), Clients: a.Clients, Wages: a.Policy, Beside: waysToWork})
	if err := a.Jobs.HandleMessages(); err != nil {
		return err
	}
	a.Casework = casework.New(casework.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit,
		Policies: policyLines{a.Policy}, Jobs: jobLines{a.Jobs}, JobsAt: "/jobs/person/%d", Reviews: a.Intake})
	if a.Indicators, err = indicator.New(context.Background(), indicator.Deps{DB: a.DB, Clock: a.Clock}); err != nil {
		return err
	}
	a.Plan = plan.New(plan.Deps{DB: a.DB, Indicators: a.Indicators, People: a.People, Clock: a.Clock, IDs: a.IDs, Approvals: a.Approvals, Assignments: a.Assignments,
		Audit: a.Audit, Cases: a.Casework, AsOf: a.AsOf, Parse: planrun.Parse, Queue: a.Queue})
	a.Plan.HandleKinds()
	a.Collect = collect.New(collect.Deps{DB: a.DB, People: a.People, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Register: hintsTaken{a.Intake},
		Linkage: hintsTaken{a.Intake}})
	if a.Roster, err = roster.New(roster.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Approvals: a.Approvals, Assign: a.Assignments, Clock: a.Clock,
		IDs: a.IDs, Audit: a.Audit, Visits: a.Casework}); err != nil {
		return err
	}
	a.Service = service.New(service.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit,
		Register: a.Intake, Approvals: a.Approvals, Assignments: a.Assignments, Agreed: a.agreedToStory, Changed: a.changed})
	if err := a.furnishGrant(); err != nil {
		return err
	}
	a.furnishAssess()
	if err := a.furnishFair(); err != nil {
		return err
	}
	if err := a.furnishMarket(); err != nil {
		return err
	}
	if err := a.furnishDispatch(); err != nil {
		return err
	}
	if err := a.furnishOutwork(); err != nil {
		return err
	}
	if err := a.furnishGig(); err != nil {
		return err
	}
	if err := a.furnishGraduate(); err != nil {
		return err
	}
	a.furnishVerify()
	if err := a.furnishCycle(); err != nil {
		return err
	}
	if err := a.furnishSupervise(); err != nil {
		return err
	}
	for _, r := range []interface{ Tasks(*queue.Queue) }{a.Cycle, a.Supervise, a.Assess, a.Fair, a.Dispatch, a.Outwork, a.Gig, a.Graduate, a.Relief, a.Verify, a.Grant, a.Roster, a.Collect, a.Accounts, a.Approvals, a.Assignments, a.Messages, a.Intake, a.Policy, a.Jobs, a.Casework, a.Plan, a.Rights} {
		r.Tasks(a.Queue)
	}
	a.furnishAnalysis()
	a.Analysis.Tasks(a.Queue)
	a.tasks()
	return nil
}
