package app

import (
	"context"
	"fmt"
	"net/url"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/progress"
	"jiuye/internal/room/fair"
	"jiuye/internal/room/graduate"
	"jiuye/internal/room/jobs"
	"jiuye/internal/room/relief"
)

// forGraduates shows the room of graduates what jobs and fairs have for them.
type forGraduates struct {
	jobs *jobs.Room
	fair *fair.Room
}

// Vacancies implements graduate.Portal.
func (p forGraduates) Vacancies(ctx context.Context, area string, internships bool, n int) ([]graduate.Item, error) {
	q := url.Values{"flag": {"graduates"}}
	if internships {
		q = url.Values{"q": {"见习"}}
	}
	lines, err := p.jobs.Newest(ctx, area, q, n)
	var out []graduate.Item
	for _, l := range lines {
		out = append(out, graduate.Item{Title: l.Title, Sub: l.Employer, Note: l.Pay, Href: fmt.Sprintf("/jobs/vacancy/%d", l.VacancyID)})
	}
	return out, err
}

// Fairs implements graduate.Portal.
func (p forGraduates) Fairs(ctx context.Context, area string, n int) ([]graduate.Item, error) {
	list, err := p.fair.ForGraduates(ctx, area, n)
	var out []graduate.Item
	for _, f := range list {
		out = append(out, graduate.Item{Title: f.Title, Sub: f.Place, Note: lang.DateShort(f.Day.Time) + " " + f.Hours(), Href: fmt.Sprintf("/fair/event/%d", f.ID)})
	}
	return out, err
}

// furnishGraduate makes the rooms of graduates' posts and of work relief, behind jobs and fairs.
func (a *App) furnishGraduate() (err error) {
	if a.Graduate, err = graduate.New(graduate.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Approvals: a.Approvals, Messages: a.Messages,
		Portal: forGraduates{a.Jobs, a.Fair}, AsOf: a.AsOf, Home: a.home}); err != nil {
		return err
	}
	a.Relief, err = relief.New(relief.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Messages: a.Messages, Home: a.home})
	return err
}

// seedGraduate puts a round that went through, an open one, projects with wages and medical checks into the demonstration.
func (a *App) seedGraduate(ctx context.Context, p progress.Reporter) error {
	p.Step("基层岗位、以工代赈示例", 0)
	defer p.End()
	who, err := a.players(ctx)
	if err != nil || who.officer().ID == 0 || who.league.ID == 0 {
		return err
	}
	if err := a.Graduate.SeedDemo(ctx, graduate.Cast{Officer: who.officer(), League: who.league, Region: who.region, Seeker: who.seeker}); err != nil {
		return err
	}
	return a.Relief.SeedDemo(ctx, relief.Cast{Officer: who.officer(), Seeker: who.seeker})
}
