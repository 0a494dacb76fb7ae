package app

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/account"
	"jiuye/internal/register/person"
)

// league is where the demonstration's people live, and banner where its officer sits.
const (
	demoLeague  = "1529"
	demoBanner  = "152921"
	demoVillage = "152921110201"
)

// demoAccounts are the people of the README: one of each role, and where something takes two a second one.
func (a *App) demoAccounts(ctx context.Context) ([]account.NewAccount, error) {
	list := []account.NewAccount{
		{Login: "jingban", Name: "阿拉善左旗就业中心 经办02", Role: account.Officer, Area: demoBanner},
		{Login: "jingban-ejina", Name: "额济纳旗就业中心 经办01", Role: account.Officer, Area: "152923"},
		{Login: "xieguan", Name: "嘎查村协管员 01", Role: account.Officer, Area: demoVillage},
		{Login: "mengshi", Name: "阿拉善盟人社局 值班", Role: account.Manager, Area: demoLeague},
		{Login: "zizhiqu", Name: "自治区人社厅 值班", Role: account.Manager, Area: "15"},
		{Login: "zizhiqu2", Name: "自治区人社厅 就业处", Role: account.Manager, Area: "15"}, // what the region decides takes two
	}
	seeker, err := a.demoSeeker(ctx)
	if err != nil {
		return nil, err
	}
	if seeker.ID != 0 {
		list = append(list, account.NewAccount{Login: "qiuzhi", Name: seeker.Name, Role: account.Seeker, Area: seeker.Area, PersonID: seeker.ID})
	}
	firms, err := a.Employers.Recruiting(ctx, demoBanner, db.On(a.Clock.Today()), 1)
	if err != nil {
		return nil, err
	}
	if len(firms) > 0 {
		list = append(list, account.NewAccount{Login: "danwei", Name: firms[0].Name, Role: account.Employer, Area: firms[0].Area, EmployerID: firms[0].ID})
	}
	list = append(list, account.NewAccount{Login: "guanli", Name: "系统管理员", Role: account.Admin, Area: "15"})
	for i := range list {
		list[i].Password = DemoPassword
	}
	return list, nil
}

// demoSeeker is a daughter back from college who looks for work, or failing that whoever looks for work.
func (a *App) demoSeeker(ctx context.Context) (person.Person, error) {
	graduates, err := a.People.UnemployedGraduates(ctx, demoLeague, 200)
	if err != nil {
		return person.Person{}, err
	}
	for _, p := range graduates {
		if p.Sex == person.Female && p.Ethnic == "02" {
			return p, nil
		}
	}
	if len(graduates) > 0 {
		return graduates[0], nil
	}
	anyone, err := a.People.Seekers(ctx, demoLeague, db.On(a.Clock.Today()), person.Seeker{}, 1)
	if err != nil || len(anyone) == 0 {
		return person.Person{}, err
	}
	return a.People.Get(ctx, anyone[0].PersonID)
}

func (a *App) seedAccounts(ctx context.Context, p progress.Reporter) error {
	p.Step("设立演示账号", 0)
	defer p.End()
	list, err := a.demoAccounts(ctx)
	if err != nil {
		return err
	}
	return a.DB.Tx(ctx, func(tx *db.Tx) error { return a.Accounts.Seed(ctx, tx, list) })
}

// DemoAccounts are the accounts to print and to show on the sign-in page; none on a real database.
func (a *App) DemoAccounts(ctx context.Context) []account.NewAccount {
	if demo, err := a.isDemo(ctx); err != nil || !demo {
		return nil
	}
	list, err := a.demoAccounts(ctx)
	if err != nil {
		a.Log.Error("demo accounts", "err", err)
	}
	return list
}
