package app

import (
	"context"

	"jiuye/internal/ground/progress"
	"jiuye/internal/register/person"
	"jiuye/internal/room/fair"
	"jiuye/internal/room/jobs"
)

// fitting lets the room of jobs compare a fair's seekers with its vacancies.
type fitting struct{ jobs *jobs.Room }

// Fits implements fair.Matcher.
func (m fitting) Fits(ctx context.Context, people []*person.Facts, vacancies []int64) ([][]fair.Fit, error) {
	lists, err := m.jobs.Fits(ctx, people, vacancies)
	out := make([][]fair.Fit, len(lists))
	for i, list := range lists {
		for _, one := range list {
			f := fair.Fit{VacancyID: one.ID, Score: one.Score, Chance: one.Chance, Benefit: one.Benefit}
			for _, w := range one.Reasons {
				f.Why = append(f.Why, fair.Why{For: w.For, Zh: w.Zh, En: w.En})
			}
			out[i] = append(out[i], f)
		}
	}
	return out, err
}

func (a *App) furnishFair() (err error) {
	a.Fair, err = fair.New(fair.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Messages: a.Messages, Matcher: fitting{a.Jobs}, AsOf: a.AsOf, Home: a.home})
	return err
}

// seedFairs puts a year of the league's fairs into the demonstration, and some that are to come.
func (a *App) seedFairs(ctx context.Context, p progress.Reporter) error {
	p.Step("招聘会示例", 0)
	defer p.End()
	who, err := a.players(ctx)
	if err != nil || who.officer().ID == 0 || who.league.ID == 0 {
		return err
	}
	return a.Fair.SeedDemo(ctx, fair.Cast{Officer: who.officer(), League: who.league, Seeker: who.seeker, Unit: who.unit})
}
