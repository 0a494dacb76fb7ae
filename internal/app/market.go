package app

import (
	"context"

	"jiuye/internal/ground/progress"
	"jiuye/internal/room/market"
)

// furnishMarket makes the room of market supervision, which the room jobs sends complaints to and gets adverts taken off by.
func (a *App) furnishMarket() (err error) {
	if a.Market, err = market.New(market.Deps{DB: a.DB, Employers: a.Employers, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Approvals: a.Approvals, Assignments: a.Assignments,
		Evidence: a.Evidence, Messages: a.Messages, Adverts: a.Jobs, Address: a.Jobs.Address}); err != nil {
		return err
	}
	a.Jobs.Reports = a.Market
	return nil
}

// seedMarket lets the demonstration's officer have put agencies, a contract and complaints on file.
func (a *App) seedMarket(ctx context.Context, p progress.Reporter) error {
	p.Step("市场监管示例", 0)
	defer p.End()
	who, err := a.players(ctx)
	if err != nil || who.officer().ID == 0 || who.league.ID == 0 {
		return err
	}
	cast := market.Cast{Officer: who.officer(), League: who.league}
	own, err := a.Employers.VacanciesOf(ctx, who.unit.EmployerID)
	if err != nil {
		return err
	}
	if len(own) > 0 {
		cast.VacancyID = own[0].ID
	}
	return a.Market.SeedDemo(ctx, cast)
}
