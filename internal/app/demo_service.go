package app

import (
	"context"

	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// seedService lets the demonstration's officer have worked at the counter, and the league's manager have approved stories.
func (a *App) seedService(ctx context.Context, p progress.Reporter) error {
	p.Step("服务站示例", 0)
	defer p.End()
	list, err := a.Accounts.List(ctx, demoLeague, 0, 100)
	if err != nil {
		return err
	}
	var officer, manager web.User
	for _, one := range list {
		u := web.User{ID: one.ID, Name: one.Name, Role: one.Role, RoleName: account.RoleOf(one.Role).Zh, Area: one.Area, AreaName: area.Name(one.Area)}
		switch {
		case one.Role == account.Officer && one.Area == demoBanner && officer.ID == 0:
			officer = u
		case one.Role == account.Manager && manager.ID == 0:
			manager = u
		}
	}
	if officer.ID == 0 || manager.ID == 0 {
		return nil
	}
	return a.Service.SeedDemo(ctx, officer, manager)
}
