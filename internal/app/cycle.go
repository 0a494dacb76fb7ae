package app

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/assignment"
	"jiuye/internal/room/cycle"
	"jiuye/internal/room/plan"
)

// monitoring lets the room plan tell the reporting cycle how an area stands.
type monitoring struct{ plan *plan.Room }

// Standing implements cycle.Monitor.
func (m monitoring) Standing(ctx context.Context, area string, on time.Time) ([]cycle.Standing, []cycle.Load, time.Time, error) {
	lines, units, asOf, err := m.plan.Told(ctx, area, on)
	var out []cycle.Standing
	for i := range lines {
		l := &lines[i]
		s := cycle.Standing{ID: l.ID, Name: l.Name, Unit: l.Unit, Target: l.Target, Actual: l.Actual, Last: l.Last, Current: l.Current, State: string(l.Progress.Status), Remark: l.Remark, Left: l.Left,
			Chance: -1, Reported: l.Reported, Sub: l.Sub}
		if l.Progress.Paced {
			s.Done, s.Gap = plain(l.Completed), l.Gap
		}
		if a := l.Ahead; a != nil {
			s.Mean, s.Interval = a.Mean, a.Interval
			if n, err := strconv.ParseInt(a.Chance, 10, 64); err == nil {
				s.Chance = n
			}
		}
		out = append(out, s)
	}
	var loads []cycle.Load
	for _, u := range units {
		loads = append(loads, cycle.Load{Unit: u.Unit, Total: u.Total, Running: u.Running, Done: u.Done, Behind: u.Overdue})
	}
	return out, loads, asOf, err
}

// plain is a share without its sign for percent.
func plain(share string) string {
	if n := len(share); n > 0 && share[n-1] == '%' {
		return share[:n-1]
	}
	return share
}

// lateForms hands forms that have not come to the areas that owe them, as tasks of the level above that must be answered.
type lateForms struct{ tasks *assignment.Service }

const kindLateForm = "cycle.late"

// Late implements cycle.Supervision.
func (l lateForms) Late(ctx context.Context, tx *db.Tx, late cycle.Lateness) error {
	_, err := l.tasks.Give(ctx, tx, assignment.Task{Kind: kindLateForm, Object: "cycle.round", ObjectID: late.RoundID, From: late.From, To: late.Area, WorkDays: 3, By: web.User{Name: "系统"},
		Title: late.Title + "没有按期上报", Body: fmt.Sprintf("应于 %s 上报，已超期 %d 个工作日。请上报，并说明迟报原因。", late.Due.Format(time.DateOnly), late.Days), Href: late.Href})
	return err
}

func (a *App) furnishCycle() (err error) {
	a.Assignments.Handle(assignment.Kind{Code: kindLateForm, Zh: "调度迟报督办", En: "Late forms"})
	a.Cycle, err = cycle.New(cycle.Deps{DB: a.DB, Indicators: a.Indicators, Evidence: a.Evidence, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Messages: a.Messages, Monitor: monitoring{a.Plan},
		Supervision: lateForms{a.Assignments}})
	return err
}

// seedCycle lets the demonstration's league have run its cycle since January.
func (a *App) seedCycle(ctx context.Context, p progress.Reporter) error {
	p.Step("调度与简报示例", 0)
	defer p.End()
	who, err := a.players(ctx)
	if err != nil || who.league.ID == 0 || who.region.ID == 0 {
		return err
	}
	return a.Cycle.SeedDemo(ctx, cycle.Cast{League: who.league, Region: who.region, Officers: who.officers})
}
