package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/message"
	"jiuye/internal/register/person"
	"jiuye/internal/room/grant"
	"jiuye/internal/room/policy"
	"jiuye/internal/room/rights"
)

// supposed are the open parameters that the demonstration needs to pay anything.
var supposed = []policy.Supposed{{Name: "技能提升补贴标准", Class: "初级", Value: "1000 元"}, {Name: "技能提升补贴标准", Class: "中级", Value: "1500 元"}, {Name: "技能提升补贴标准", Class: "高级", Value: "2000 元"},
	{Name: "创业补贴试点盟市", Value: "1"}, {Name: "创业补贴试点标准", Value: "5000 元"}, {Name: "求职创业补贴标准", Value: "2000 元"}, {Name: "交通补贴标准", Value: "500 元"}}

// budgets of the demonstration, fen by year and fund.
var budgets = map[int]map[string]int64{
	2024: {"152921": 6_000_000, "152923": 1_500_000, "league": 2_000_000, "insurance": 5_500_000},
	2025: {"152921": 90_000_000, "152923": 60_000_000, "league": 15_000_000, "insurance": 6_500_000},
}

// historyFrom is the first month of the demonstration's grants; paid support is followed for a year after it.
const historyFrom = 202403

// yesteryear is the house on an earlier day: the same rooms over the same database, with a clock that is moved by hand.
type yesteryear struct {
	clock  *clock.Fake
	policy *policy.Room
	grant  *grant.Room
}

func (a *App) yesteryear(day string) (*yesteryear, error) {
	y := &yesteryear{clock: clock.NewFake(day)}
	log := audit.New(a.DB, y.clock, chainOf(a.Config.Node)+"-demo")
	approvals := approval.New(approval.Deps{DB: a.DB, Sealer: a.Sealer, Clock: y.clock, IDs: a.IDs, Audit: log})
	var err error
	if y.policy, err = policy.New(policy.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Clock: y.clock, IDs: a.IDs, Audit: log, Approvals: approvals, AreaName: area.Name}); err != nil {
		return nil, err
	}
	y.grant, err = grant.New(grant.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Evidence: &evidence.Store{DB: a.DB, Sealer: a.Sealer, Clock: y.clock, IDs: a.IDs}, Sealer: a.Sealer,
		Clock: y.clock, IDs: a.IDs, Audit: log, Approvals: approvals, Assign: assignment.New(assignment.Deps{DB: a.DB, Sealer: a.Sealer, Clock: y.clock, IDs: a.IDs, Audit: log}),
		Policies: offers{y.policy, y.clock}, Consents: a.Rights.For(rights.Unasked), Messages: message.New(message.Deps{DB: a.DB, People: a.People, Sealer: a.Sealer, Clock: y.clock, IDs: a.IDs, Consents: told{a}})})
	return y, err
}

// on moves the clock to a day of a month.
func (y *yesteryear) on(month, day int) {
	y.clock.Add(time.Date(month/100, time.Month(month%100), day, 9, 0, 0, 0, clock.Zone).Sub(y.clock.Now()))
}

// seedGrants makes the demonstration's history of support from 2024 on, by what the rooms do with it: applications, decisions, batches,
// what the bank sent back, a refusal and its appeal, money taken back, an audit. The newest stand at different places of their way.
func (a *App) seedGrants(ctx context.Context, p progress.Reporter) error {
	p.Step("补贴办理示例", 0)
	defer p.End()
	who, err := a.players(ctx)
	if err != nil || len(who.officers) == 0 || who.league.ID == 0 || who.region.ID == 0 {
		return err
	}
	cast := grant.Cast{Officers: who.officers, League: who.league, Region: who.region, Second: who.second}
	begun, err := a.Grant.Began(ctx)
	if err != nil || begun {
		return err
	}
	y, err := a.yesteryear("2024-01-08")
	if err != nil {
		return err
	}
	if err := y.policy.SeedParameters(ctx, cast.League, cast.Region, demoLeague, db.On(clock.Date(2024, time.January, 1)), supposed); err != nil {
		return err
	}
	scenes, err := a.scenes(ctx, who.own)
	if err != nil {
		return err
	}
	for month := historyFrom; month < person.MonthOf(demoDay); month = monthAfter(month) {
		if month == historyFrom || month%100 == 1 {
			if err := y.grant.Begin(ctx, cast, month/100, budgets[month/100]); err != nil {
				return err
			}
		}
		if err := y.month(ctx, cast, month, scenes[month]); err != nil {
			return err
		}
	}
	if err := y.now(ctx, cast, scenes[person.MonthOf(demoDay)]); err != nil {
		return err
	}
	if _, err := a.Grant.Impossible(ctx, progress.None{}); err != nil {
		return err
	}
	_, err = a.Grant.Follow(ctx, progress.None{})
	return err
}

// month plays one month: handed in on the 4th, examined on the 11th, decided on the 13th, paid on the 27th with what was mended meanwhile.
func (y *yesteryear) month(ctx context.Context, cast grant.Cast, month int, scenes []grant.Scene) error {
	y.on(month, 4)
	round, err := y.grant.Play(ctx, cast, fmt.Sprint(month), scenes)
	if err != nil {
		return err
	}
	for _, step := range []struct {
		day int
		do  func(context.Context) error
	}{{4, round.HandIn}, {11, round.Examine}, {13, round.Decide}, {27, round.Pay}, {28, round.After}} {
		y.on(month, step.day)
		if err := step.do(ctx); err != nil {
			return err
		}
	}
	return nil
}

// now plays the demonstration's own month up to its day, and draws a sample of what was paid.
func (y *yesteryear) now(ctx context.Context, cast grant.Cast, scenes []grant.Scene) error {
	month := person.MonthOf(demoDay)
	y.on(month, 10)
	round, err := y.grant.Play(ctx, cast, "now", scenes)
	if err != nil {
		return err
	}
	for _, step := range []struct {
		day int
		do  func(context.Context) error
	}{{10, round.Pay}, {11, round.HandIn}, {16, round.Examine}, {18, round.Decide}, {19, func(ctx context.Context) error {
		return y.grant.Inspect(ctx, cast, grant.Sample{From: db.On(clock.Date(2025, time.January, 1)), To: db.On(clock.Date(2025, time.August, 31)), PerMille: 60, Risk: 60, Seed: 20250919, WorkDays: 15})
	}}} {
		y.on(month, step.day)
		if err := step.do(ctx); err != nil {
			return err
		}
	}
	return nil
}

func monthAfter(m int) int {
	if m%100 == 12 {
		return m + 89
	}
	return m + 1
}

// errEnough ends a walk through the register.
var errEnough = errors.New("enough")

// script puts applications into months.
type script struct {
	byMonth map[int][]grant.Scene
	places  map[string]int // banner → officer
	n       int
	taken   map[string]int // how many a policy has in a month
}

// add writes one application down, unless the policy has enough in the month.
func (s *script) add(month, most int, place string, b grant.Beneficiary, in grant.Scene) bool {
	officer, ours := s.places[area.At(place, area.Banner)]
	key := fmt.Sprint(in.Policy, month, officer)
	if !ours || s.taken[key] >= most || month < historyFrom || month > person.MonthOf(demoDay) {
		return false
	}
	s.taken[key]++
	in.For, in.Officer, in.Bank = b, officer, "中国农业银行巴彦浩特支行"
	if in.Account = fmt.Sprintf("0529%010d", 77000+s.n); in.Policy == "R18" && s.n%29 < 3 && month < 202501 { // an agent's account
		in.Account = "05290000077777"
	}
	switch s.n++; {
	case in.Policy == "R48" && s.taken[in.Policy]%5 == 2:
		in.Lie, in.Appeal = "首次创业", s.taken[in.Policy]%10 == 2
	case in.Policy == "R10" && s.taken[in.Policy]%6 == 3:
		in.Reclaim = "参保记录显示见习期间已由其他单位缴纳社会保险，见习协议提前终止"
	case s.n%17 == 5:
		in.Bounce = true
	}
	s.taken[in.Policy]++
	if month == person.MonthOf(demoDay) { // what is under way
		in.Until = []grant.Act{grant.Submit, grant.Accept, grant.Propose, grant.Grant, grant.Accept}[s.n%5]
	}
	s.byMonth[month] = append(s.byMonth[month], in)
	return true
}

// scenes finds people and employers of the demonstration who can have something, and says when they apply for it.
func (a *App) scenes(ctx context.Context, own map[int64]bool) (map[int][]grant.Scene, error) {
	s := &script{byMonth: map[int][]grant.Scene{}, places: map[string]int{demoBanner: 0, "152923": 1}, taken: map[string]int{}}
	looked := 0
	err := a.People.EachFacts(ctx, 0, func(list []*person.Facts) error {
		for _, f := range list {
			if !own[f.ID] && !f.Dead(demoDay) {
				s.cast(f)
			}
		}
		if looked += len(list); looked > 60000 {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	n := 0
	err = a.Employers.Each(ctx, demoLeague, func(e *employer.Employer) error {
		if own[e.ID] || e.Kind == employer.Institution {
			return nil
		}
		month, b := 202502+n%8, grant.Beneficiary{ID: e.ID, Unit: true}
		if s.add(month, 2, e.Area, b, grant.Scene{Asked: grant.Asked{Policy: "R01"}}) || s.add(month, 1, e.Area, b, grant.Scene{Asked: grant.Asked{Policy: "R02"}}) {
			n++
		}
		return nil
	})
	return s.byMonth, err
}

// cast gives one person a part: a certificate's subsidy, a first firm, an internship, the talent reserve.
func (s *script) cast(f *person.Facts) {
	b := grant.Beneficiary{ID: f.ID}
	for _, c := range f.Certificates {
		month := monthAfter(person.MonthOf(c.Issued.Time))
		if month%100 != 1 && f.Insured(month, person.Unemployment) && s.add(month, 2, f.Area, b, grant.Scene{Asked: grant.Asked{Policy: "R18"}}) {
			return
		}
	}
	for _, w := range f.Spells {
		month := monthAfter(person.MonthOf(w.Since.Time))
		if w.Kind == person.Self && w.Until.IsZero() && (len(f.Graduates) > 0 || len(f.Groups) > 0) &&
			s.add(month, 1, f.Area, b, grant.Scene{Asked: grant.Asked{Policy: "R48", Said: map[string]string{"首次创业": "是"}}}) {
			return
		}
	}
	for _, g := range f.Graduates {
		from := 202501 + int(f.ID%5)
		month := from + 3
		day := time.Date(month/100, time.Month(month%100), 4, 0, 0, 0, 0, time.UTC)
		switch w := f.AtWork(day); {
		case person.MonthOf(g.Graduated.Time) >= from || g.Graduated.Before(day.AddDate(-2, 0, 0)):
		case w == nil:
			s.add(month, 5, f.Area, b, grant.Scene{Asked: grant.Asked{Policy: "R10", Said: agreement("就业见习中", "见习开始日期", "见习期满日期", from, 6)}})
		case w.Kind == person.Unit:
			s.add(month, 1, f.Area, b, grant.Scene{Asked: grant.Asked{Policy: "R09", Said: agreement("中小企业人才储备计划人员", "储备协议起始日期", "储备协议期满日期", from, 24)}})
		}
	}
}

// agreement is what somebody states of an agreement over so many months: that there is one, its first and its last day.
func agreement(has, since, until string, from, months int) map[string]string {
	first := time.Date(from/100, time.Month(from%100), 1, 0, 0, 0, 0, time.UTC)
	return map[string]string{has: "是", since: first.Format(time.DateOnly), until: first.AddDate(0, months, -1).Format(time.DateOnly)}
}
