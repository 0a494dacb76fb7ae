package app

import (
	"context"

	"jiuye/internal/ground/progress"
	"jiuye/internal/register/area"
)

// seedJobs lets the demonstration's vacancies say what real ones do, and brings a table of adverts from outside.
func (a *App) seedJobs(ctx context.Context, place string, p progress.Reporter) error {
	return a.Jobs.SeedDemo(ctx, area.At(area.Normal(place), area.League), p)
}

// seedSeeking lets people have applied for the work of the demonstration's employer.
func (a *App) seedSeeking(ctx context.Context) error {
	who, err := a.players(ctx)
	if err != nil || who.unit.ID == 0 {
		return err
	}
	return a.Jobs.SeedSeeking(ctx, who.unit.EmployerID, who.seeker.PersonID)
}
