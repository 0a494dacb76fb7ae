package app

import (
	"context"

	"jiuye/internal/ground/progress"
	"jiuye/internal/room/outwork"
	"jiuye/internal/room/rights"
)

func (a *App) furnishOutwork() (err error) {
	a.Outwork, err = outwork.New(outwork.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Assignments: a.Assignments, Evidence: a.Evidence,
		Consents: a.Rights.For(rights.Candidates), Messages: a.Messages, AsOf: a.AsOf})
	return err
}

// seedOutwork puts labour cooperation of the league into the demonstration.
func (a *App) seedOutwork(ctx context.Context, p progress.Reporter) error {
	p.Step("劳务协作示例", 0)
	defer p.End()
	who, err := a.players(ctx)
	if err != nil || who.officer().ID == 0 || who.league.ID == 0 || who.region.ID == 0 {
		return err
	}
	return a.Outwork.SeedDemo(ctx, outwork.Cast{Officer: who.officer(), League: who.league, Region: who.region, Seeker: who.seeker, Unit: who.unit})
}
