package app

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
	"jiuye/internal/room/grant"
)

// seedGrants lets units and people of the demonstration's banner have applied for support, and the officer and the managers have dealt with it.
func (a *App) seedGrants(ctx context.Context, p progress.Reporter) error {
	p.Step("补贴办理示例", 0)
	defer p.End()
	list, err := a.Accounts.List(ctx, "15", 0, 200)
	if err != nil {
		return err
	}
	var cast grant.Cast
	own := map[int64]bool{}
	for _, one := range list {
		own[one.PersonID], own[one.EmployerID] = true, true
		u := web.User{ID: one.ID, Name: one.Name, Role: one.Role, RoleName: account.RoleOf(one.Role).Zh, Area: one.Area, AreaName: area.Name(one.Area)}
		switch {
		case one.Role == account.Officer && one.Area == demoBanner:
			cast.Officer = u
		case one.Role == account.Manager && one.Area == demoLeague:
			cast.League = u
		case one.Role == account.Manager && one.Area == "15":
			cast.Region = u
		}
	}
	if cast.Officer.ID == 0 || cast.League.ID == 0 || cast.Region.ID == 0 {
		return nil
	}
	// Units and people in turn, as many as make a picture; those with accounts are left to try things out.
	const units, people = 12, 10
	n := 0
	err = a.Employers.Each(ctx, demoBanner, func(e *employer.Employer) error {
		if !own[e.ID] && e.Kind != employer.Institution && n < units {
			cast.Asking = append(cast.Asking, grant.Beneficiary{ID: e.ID, Unit: true})
			n++
		}
		return nil
	})
	if err != nil {
		return err
	}
	seekers, err := a.People.Seekers(ctx, demoBanner, db.On(a.Clock.Today()), person.Seeker{}, people)
	for i, s := range seekers {
		if !own[s.PersonID] {
			cast.Asking = slices.Insert(cast.Asking, min(len(cast.Asking), 3*i), grant.Beneficiary{ID: s.PersonID})
		}
	}
	if err != nil {
		return err
	}
	return a.Grant.SeedDemo(ctx, cast)
}
