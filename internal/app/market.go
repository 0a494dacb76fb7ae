package app

import (
	"context"

	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/room/market"
)

// furnishMarket makes the room of market supervision, which the room jobs sends complaints to and gets adverts taken off by.
func (a *App) furnishMarket() (err error) {
	if a.Market, err = market.New(market.Deps{DB: a.DB, Employers: a.Employers, Sealer: a.Sealer, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Approvals: a.Approvals, Assignments: a.Assignments,
		Evidence: a.Evidence, Messages: a.Messages, Adverts: a.Jobs}); err != nil {
		return err
	}
	a.Jobs.Reports = a.Market
	return nil
}

// seedMarket lets the demonstration's officer have put agencies, a contract and complaints on file.
func (a *App) seedMarket(ctx context.Context, p progress.Reporter) error {
	p.Step("市场监管示例", 0)
	defer p.End()
	list, err := a.Accounts.List(ctx, "15", 0, 200)
	if err != nil {
		return err
	}
	var cast market.Cast
	for _, one := range list {
		u := web.User{ID: one.ID, Name: one.Name, Role: one.Role, RoleName: account.RoleOf(one.Role).Zh, Area: one.Area, AreaName: area.Name(one.Area)}
		switch {
		case one.Role == account.Officer && one.Area == demoBanner && cast.Officer.ID == 0:
			cast.Officer = u
		case one.Role == account.Manager && one.Area == demoLeague && cast.League.ID == 0:
			cast.League = u
		case one.Role == account.Employer && one.EmployerID != 0 && cast.VacancyID == 0:
			own, err := a.Employers.VacanciesOf(ctx, one.EmployerID)
			if err != nil {
				return err
			}
			if len(own) > 0 {
				cast.VacancyID = own[0].ID
			}
		}
	}
	if cast.Officer.ID == 0 || cast.League.ID == 0 {
		return nil
	}
	return a.Market.SeedDemo(ctx, cast)
}
