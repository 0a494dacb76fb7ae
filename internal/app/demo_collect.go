package app

import (
	"context"

	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// seedCollect lets the coordinators of the demonstration's township have been asking for some weeks.
func (a *App) seedCollect(ctx context.Context, p progress.Reporter) error {
	p.Step("入户采集示例", 0)
	defer p.End()
	list, err := a.Accounts.List(ctx, demoVillage, 0, 1)
	if err != nil || len(list) == 0 {
		return err
	}
	who := web.User{ID: list[0].ID, Name: list[0].Name, Role: account.Officer, RoleName: account.RoleOf(account.Officer).Zh, Area: demoVillage, AreaName: area.Name(demoVillage)}
	return a.Collect.SeedDemo(ctx, area.At(demoVillage, area.Township), who)
}
