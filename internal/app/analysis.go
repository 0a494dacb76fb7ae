package app

import (
	"context"

	"jiuye/internal/ground/progress"
	"jiuye/internal/room/analysis"
	"jiuye/internal/room/jobs"
)

// coding lets the room of jobs, with what officers have put right, tell occupations for whoever counts them.
type coding struct{ jobs *jobs.Room }

// fairlySure is the score from which an answer counts, as in the room of jobs.
const fairlySure = .3

// Code implements analysis.Coder.
func (k coding) Code(ctx context.Context, text string) (string, error) {
	list, err := k.jobs.Suggest(ctx, text, 1)
	if err != nil || len(list) == 0 || list[0].Score < fairlySure {
		return "", err
	}
	return list[0].Code, nil
}

func (a *App) furnishAnalysis() {
	a.Analysis = analysis.New(analysis.Deps{DB: a.DB, Employers: a.Employers, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Approvals: a.Approvals, Coder: coding{a.Jobs}, AsOf: a.AsOf, Home: a.home})
}

// seedAnalysis counts the demonstration's market and lets its managers publish a quarter's report.
func (a *App) seedAnalysis(ctx context.Context, p progress.Reporter) error {
	if err := a.Analysis.Count(ctx, p); err != nil {
		return err
	}
	who, err := a.players(ctx)
	if err != nil || who.league.ID == 0 || who.region.ID == 0 {
		return err
	}
	return a.Analysis.SeedDemo(ctx, who.league, who.region)
}
