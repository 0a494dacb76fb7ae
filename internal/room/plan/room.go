package plan

import (
	"context"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/builtin"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/queue"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
)

// Deps is what the room stands on.
type Deps struct {
	DB          *db.DB
	Indicators  *indicator.Register
	People      *person.Store
	Clock       clock.Clock
	IDs         *id.Maker
	Approvals   *approval.Service
	Assignments *assignment.Service
	Audit       *audit.Log
	Queue       *queue.Queue // nil: outlooks come with the next count only
	Cases       Cases        // nil: the board leaves zero-employment households out
	AsOf        time.Time    // the data's last day where the setting data.asof is not set; zero: today
	Overdue     Overdue      // nil: the board leaves supervised duties out
	Parse       Parse        // nil: nothing can be uploaded
}

// Cases tells how many cases of zero-employment households are open in an area, and how many of these are overdue.
type Cases interface {
	Open(ctx context.Context, area string) (open, overdue int, err error)
}

// Overdue tells how many supervised duties of an area are overdue, and where they are listed.
type Overdue func(ctx context.Context, area string) (late int, href string, err error)

// Room is the plan room.
type Room struct {
	Deps
	store store
}

// New makes the room.
func New(d Deps) *Room { return &Room{Deps: d, store: store{d.DB}} }

// SeedDemo enters made-up values of the reported indicators and made-up progress of a few tasks for the demonstration, marked
// so. What is there stays, and doing it twice changes nothing.
func (r *Room) SeedDemo(ctx context.Context) error {
	now := r.Clock.Now().UnixMilli()
	var list []Report
	builtin.Table(dataFiles, "data/demo_reported.csv", func(line builtin.Row) error {
		i, _ := Find(line.Text("indicator"))
		n, err := indicator.Scaled(line.Text("value"), i.Unit)
		list = append(list, Report{Area: line.Text("area"), Indicator: i.ID, Period: indicator.Period(line.Number("year")), Value: n, Note: "演示数据，虚构",
			State: indicator.Signed, ByName: "演示", At: now})
		return err
	})
	begun, err := r.store.tasks(ctx, demoArea)
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := r.Indicators.AddReports(ctx, tx, list); err != nil || len(begun) > 0 {
			return err
		}
		for _, n := range builtin.YAML[[]demoNote](dataFiles, "data/demo_notes.yaml") {
			state := TaskState{Area: demoArea, Task: n.Task, Status: n.Status, At: now, ByName: "演示"}
			note := TaskNote{ID: r.IDs.Next(), Area: demoArea, Task: n.Task, Status: n.Status, Text: n.Text, ByName: "演示", At: now}
			if err := r.store.saveTask(ctx, tx, state, note); err != nil {
				return err
			}
		}
		return nil
	})
}

// demoArea is the league of the demonstration.
const demoArea = "1529"

type demoNote struct {
	Task   string     `yaml:"task"`
	Status TaskStatus `yaml:"status"`
	Text   string     `yaml:"text"`
}

// Actual is an indicator's value in an area and a year as known now; see indicator.Register.Year.
func (r *Room) Actual(ctx context.Context, id, area string, year int) (indicator.Value, error) {
	return r.Indicators.Year(ctx, area, id, year, time.Time{})
}
