package app

import (
	"context"
	"slices"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// players are the demonstration's accounts by the part that they play in what it makes up. Who is not there has the ID 0.
type players struct {
	officers                             []web.User     // of the league's banners, the demonstration's own first
	league, region, second, seeker, unit web.User       // second: the region's other manager
	own                                  map[int64]bool // people and employers behind the accounts, and 0
}

// officer is the one of the demonstration's banner.
func (p *players) officer() web.User {
	if len(p.officers) > 0 && p.officers[0].Area == demoBanner {
		return p.officers[0]
	}
	return web.User{}
}

func (a *App) players(ctx context.Context) (*players, error) {
	list, err := a.Accounts.List(ctx, "15", 0, 200)
	if err != nil {
		return nil, err
	}
	p := &players{own: map[int64]bool{0: true}}
	for _, one := range list {
		p.own[one.PersonID], p.own[one.EmployerID] = true, true
		u := web.User{ID: one.ID, Name: one.Name, Role: one.Role, RoleName: account.RoleOf(one.Role).Zh, Area: one.Area, AreaName: area.Name(one.Area), PersonID: one.PersonID, EmployerID: one.EmployerID}
		switch {
		case one.Role == account.Officer && area.Within(one.Area, demoLeague) && len(one.Area) == len(demoBanner):
			p.officers = append(p.officers, u)
		case one.Role == account.Manager && one.Area == demoLeague:
			first(&p.league, u)
		case one.Role == account.Manager && one.Area == "15" && p.region.ID == 0:
			p.region = u
		case one.Role == account.Manager && one.Area == "15":
			first(&p.second, u)
		case one.Role == account.Seeker:
			first(&p.seeker, u)
		case one.Role == account.Employer && one.EmployerID != 0:
			first(&p.unit, u)
		}
	}
	if own := slices.IndexFunc(p.officers, func(u web.User) bool { return u.Area == demoBanner }); own > 0 {
		p.officers[0], p.officers[own] = p.officers[own], p.officers[0]
	}
	return p, nil
}

// first lets whoever comes first keep a part.
func first(part *web.User, u web.User) {
	if part.ID == 0 {
		*part = u
	}
}
