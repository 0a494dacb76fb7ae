package app

import (
	"context"
	"strconv"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web"
	"jiuye/internal/room/cycle"
	"jiuye/internal/room/plan"
	"jiuye/internal/room/supervise"
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

// lateForms brings forms that have not come onto the one list of what is supervised. The room supervise is made after the cycle's.
type lateForms struct{ app *App }

// Late implements cycle.Supervision.
func (l lateForms) Late(ctx context.Context, tx *db.Tx, late cycle.Lateness) error {
	return l.app.Supervise.Take(ctx, tx, supervise.Form{ID: late.RoundID, Area: late.Area, From: late.From, Title: late.Title, Due: db.On(late.Due), Href: late.Href})
}

// Settled implements cycle.Supervision.
func (l lateForms) Settled(ctx context.Context, tx *db.Tx, who web.User, roundID int64, area, how string) error {
	return l.app.Supervise.Settle(ctx, tx, who, roundID, area, how)
}

// Overdue implements cycle.Supervision, with the number that the plan's board shows.
func (l lateForms) Overdue(ctx context.Context, area string) (int, string, error) {
	return l.app.Plan.Overdue(ctx, area)
}

func (a *App) furnishCycle() (err error) {
	a.Cycle, err = cycle.New(cycle.Deps{DB: a.DB, Indicators: a.Indicators, Evidence: a.Evidence, People: a.People, Agreed: a.agreedToStory, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Messages: a.Messages, Monitor: monitoring{a.Plan},
		Supervision: lateForms{a}})
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
