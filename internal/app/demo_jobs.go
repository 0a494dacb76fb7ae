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
	accounts, err := a.Accounts.List(ctx, "", 0, 1000)
	if err != nil {
		return err
	}
	var unit, seeker int64
	for i := range accounts {
		switch accounts[i].Login {
		case "danwei":
			unit = accounts[i].EmployerID
		case "qiuzhi":
			seeker = accounts[i].PersonID
		}
	}
	if unit == 0 {
		return nil
	}
	return a.Jobs.SeedSeeking(ctx, unit, seeker)
}
