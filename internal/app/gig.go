package app

import (
	"context"
	"time"

	"jiuye/internal/ground/progress"
	"jiuye/internal/room/gig"
	"jiuye/internal/room/policy"
)

// leastWage lets day work know the minimum wage that policies go by. They have none by the hour.
type leastWage struct{ policies *policy.Room }

// MinimumWage implements gig.Wages.
func (w leastWage) MinimumWage(ctx context.Context, area string, on time.Time) gig.Wage {
	month, source, ok := w.policies.MinimumWage(ctx, area, on)
	if !ok {
		return gig.Wage{}
	}
	return gig.Wage{Month: month, Source: source}
}

func (a *App) furnishGig() (err error) {
	a.Gig, err = gig.New(gig.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Messages: a.Messages, Wages: leastWage{a.Policy}, AsOf: a.AsOf, Home: a.home})
	return err
}

// seedGig puts markets, day work in every state and two agreements on shared labour into the demonstration.
func (a *App) seedGig(ctx context.Context, p progress.Reporter) error {
	p.Step("零工市场和共享用工示例", 0)
	defer p.End()
	who, err := a.players(ctx)
	if err != nil || who.officer().ID == 0 || who.unit.ID == 0 {
		return err
	}
	cast := gig.Cast{Officer: who.officer(), Seeker: who.seeker, Unit: who.unit}
	if len(who.officers) > 1 {
		cast.Other = who.officers[1]
	}
	return a.Gig.SeedDemo(ctx, cast)
}
