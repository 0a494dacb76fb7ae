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
