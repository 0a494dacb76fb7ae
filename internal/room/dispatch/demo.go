package dispatch

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// Cast is who plays in the demonstration.
type Cast struct{ Officer, League, Unit web.User }

// demoUnits and demoMonths are how many key enterprises the demonstration has, and how many months they have reported.
const demoUnits, demoMonths = 12, 8

// SeedDemo puts key enterprises with their months, actions and requests, a department's list and an exchange into the demonstration. It does
// nothing where there are any.
func (r *Room) SeedDemo(ctx context.Context, cast Cast) error {
	if n, err := r.countUnits(ctx, unitFilter{area: "15"}); err != nil || n > 0 {
		return err
	}
	firms, err := r.demoFirms(ctx, cast)
	if err != nil || len(firms) == 0 {
		return err
	}
	officers, err := officersIn(ctx, r.DB, cast.League.Area, cast.League.Area, mostOfficers)
	if err != nil {
		return err
	}
	officers = slices.DeleteFunc(officers, func(o Officer) bool { return area.Level(o.Area) > area.Banner })
	start := db.On(firstOf(monthAfter(r.month(), -demoMonths)).AddDate(0, 0, 9))
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		for i := range firms {
			e := &firms[i]
			u := Unit{EmployerID: e.ID, Area: e.Area, Level: Banner, Criteria: [][]string{{"staff", "leader"}, {"industry"}, {"project", "gap"}}[i%3], Why: fmt.Sprintf("职工 %d 人，连续两个季度缺工", max(e.Staff, 30+i*7)), State: On, Since: start}
			if area.At(e.Area, area.Banner) != cast.Officer.Area || i%4 == 0 {
				u.Level, u.Document = League, "阿人社发〔2025〕4 号"
			}
			if i%6 != 5 && len(officers) > 0 { // two have none yet
				o := officers[i%len(officers)]
				near := slices.DeleteFunc(slices.Clone(officers), func(o Officer) bool { return o.Area != area.At(e.Area, area.Banner) })
				if len(near) > 0 {
					o = near[i%len(near)]
				}
				u.OfficerID, u.OfficerName = o.ID, o.Name
			}
			u.Contact = Contact{Name: "人力资源部", Phone: fmt.Sprintf("0483-833%04d", 100+i)}
			if err := r.saveUnit(ctx, tx, &u); err != nil {
				return err
			}
			if err := r.addEvent(ctx, tx, Event{EmployerID: e.ID, What: "add", Text: u.Why, By: account.Signature(cast.League)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if _, err := r.CountHired(ctx, cast.League.Area); err != nil {
		return err
	}
	if err := r.demoReports(ctx, cast, firms); err != nil {
		return err
	}
	return r.demoRest(ctx, cast, firms)
}

// demoFirms are employers of the banner with open vacancies, most vacancies first, and two of each other banner, the demonstration's own first of all.
func (r *Room) demoFirms(ctx context.Context, cast Cast) ([]employer.Employer, error) {
	list, err := r.Employers.Recruiting(ctx, cast.Officer.Area, r.today(), 4*demoUnits)
	if err != nil {
		return nil, err
	}
	for _, b := range area.Children(cast.League.Area) {
		if b.Code == cast.Officer.Area {
			continue
		}
		more, err := r.Employers.Recruiting(ctx, b.Code, r.today(), 2)
		if err != nil {
			return nil, err
		}
		list = append(more, list...)
	}
	list = slices.DeleteFunc(list, func(e employer.Employer) bool { return e.Kind != employer.Enterprise && e.ID != cast.Unit.EmployerID })
	if len(list) == 0 {
		return nil, nil
	}
	if own, err := r.Employers.Get(ctx, cast.Unit.EmployerID); err == nil {
		list = slices.Insert(slices.DeleteFunc(list, func(e employer.Employer) bool { return e.ID == own.ID }), 0, own)
	}
	return list[:min(len(list), demoUnits)], nil
}

// demoWork is what a firm without open vacancies lacks people for.
var demoWork = []string{"操作工", "电工", "焊工", "叉车工", "客房服务员", "包装工"}

// demoReports makes the months: hires and gaps follow the register's own counts, so that closing rates come out of insurance.
func (r *Room) demoReports(ctx context.Context, cast Cast, firms []employer.Employer) error {
	counts, err := hiredIn(ctx, r.DB, cast.League.Area, 0, monthAfter(r.month(), -demoMonths))
	if err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		for i := range firms {
			e := &firms[i]
			lines, err := r.openGaps(ctx, e.ID, r.month())
			if err != nil {
				return err
			}
			staff := int64(max(e.Staff, 30+i*7))
			for back := demoMonths - 1; back >= 0; back-- {
				if (i*3+back)%11 == 7 || back == 0 && i%5 == 0 { // some months were not reported, and some units are late now
					continue
				}
				month := monthAfter(r.month(), -back)
				p := demoReport(e.ID, month, staff, i, back, lines, counts[e.ID])
				p.By, p.State = account.Signature(cast.Officer), Verified
				if back == 0 {
					p.State = Submitted
				}
				p.Due = Due(month)
				p.FirstOn = db.On(p.Due.AddDate(0, 0, -2))
				if (i+back)%7 == 3 {
					p.FirstOn = db.On(p.Due.AddDate(0, 0, 3))
				}
				p.At = p.FirstOn.UnixMilli()
				if err := p.check(); err != nil {
					return err
				}
				if err := saveReport(ctx, tx, &p, 0); err != nil {
					return err
				}
				if err := r.demoActions(ctx, tx, cast, e, &p, i, back); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func demoReport(id int64, month int, staff int64, i, back int, lines []Gap, hired map[int]int64) Report {
	p := Report{EmployerID: id, Month: month, Staff: staff + int64((demoMonths-back)*(i%3)), Reasons: [][]string{{"skill", "pay"}, {"place"}, {"expand", "season"}}[i%3], Ahead: [3]int64{int64(3 + i%4), int64(2 + i%5), int64(i % 3)}}
	if i%4 == 1 {
		p.Train, p.Trade = int64(5+i), demoWork[i%len(demoWork)]
	}
	soon := int64(0)
	for k := range window {
		soon += hired[monthAfter(month, k)]
	}
	want := max(soon+int64((i+back)%4), int64(2+i%5))
	for n := 0; n < 2+i%2; n++ {
		g := Gap{Occupation: demoWork[(i+n)%len(demoWork)], PayLow: 350_000 + int64(i%4)*20_000, PayHigh: 480_000 + int64(i%4)*30_000}
		if n < len(lines) {
			g = lines[n]
			if back > 0 {
				g.VacancyID = 0
			}
		}
		if slices.ContainsFunc(p.Gaps, func(o Gap) bool { return o.Occupation == g.Occupation }) {
			continue
		}
		g.Openings = max(1, want/int64(n+2))
		g.Told = min(g.Openings, (soon+1)/int64(n+2))
		if back == 0 {
			g.Told = 0
		}
		p.Gaps = append(p.Gaps, g)
	}
	return p
}

// demoActions notes what was done about a made-up gap.
func (r *Room) demoActions(ctx context.Context, tx *db.Tx, cast Cast, e *employer.Employer, p *Report, i, back int) error {
	texts := map[string]string{Fair: "带岗参加专场招聘会", Push: "向匹配的求职者推送岗位", Labour: "与乌海、银川联系劳务协作", Shared: "与淡季企业协商共享用工", Training: "开办定向培训班"}
	for n := range 1 + (i+back)%2 {
		a := Action{EmployerID: e.ID, ID: r.IDs.Next(), Month: p.Month, Area: e.Area, Kind: kinds[(i+back+n)%len(kinds)], Day: db.On(firstOf(p.Month).AddDate(0, 0, 11+n*4)), Sent: int64(12 + i*3 + n*5), By: account.Signature(cast.Officer)}
		a.Text = texts[a.Kind]
		if back > 0 {
			a.Met, a.Result = min(a.Sent, p.Told+int64(n)), fmt.Sprintf("%d 人到企业面谈", min(a.Sent, p.Told+int64(n)))
		}
		if err := addAction(ctx, tx, &a); err != nil {
			return err
		}
	}
	return nil
}

// demoRest makes visits, requests, a gap that went up, a department's list and an exchange.
func (r *Room) demoRest(ctx context.Context, cast Cast, firms []employer.Employer) error {
	step := 0
	once := func() string { step++; return fmt.Sprintf("dispatch-demo-%02d", step) }
	own := slices.DeleteFunc(slices.Clone(firms), func(e employer.Employer) bool { return area.At(e.Area, area.Banner) != cast.Officer.Area })
	if len(own) == 0 {
		return nil
	}
	for i, said := range []string{"十月进入生产旺季，一线操作工缺人，住宿已备好", "二期设备进场，十一月要补操作工", "职工反映通勤车班次少，影响夜班招工", "想了解社保补贴和见习补贴怎样申请"} {
		e := own[i%len(own)]
		ask := Asking{Kind: []string{"recruit", "recruit", "housing", "policy"}[i], Text: said, WorkDays: defaultDays}
		if err := r.See(ctx, cast.Officer, Visit{EmployerID: e.ID, Day: db.On(r.today().AddDate(0, 0, -2*i-1)), Way: ways[i%2], Said: said}, ask, once()); err != nil {
			return err
		}
		list, err := r.requestsOf(ctx, e.ID, 1)
		if err != nil {
			return err
		}
		if i < 2 {
			continue
		}
		if err := r.Answer(ctx, cast.Officer, e.ID, list[0].ID, "已上门对接，明确了经办人和办理时间", once()); err != nil {
			return err
		}
		if i == 3 {
			if err := r.Rate(ctx, cast.Officer, e.ID, list[0].ID, 5, once()); err != nil {
				return err
			}
		}
	}
	for i := range own {
		p, found, err := reportOf(ctx, r.DB, own[i].ID, r.month())
		if err != nil {
			return err
		}
		if found && p.Left() > 0 {
			if err := r.Raise(ctx, cast.Officer, own[i].ID, r.month(), "本旗已开专场并推送匹配人员，仍有缺口，请在全盟调度。", once()); err != nil {
				return err
			}
			break
		}
	}
	if err := r.demoLeads(ctx, cast, once); err != nil {
		return err
	}
	return r.demoNeeds(ctx, cast, own, once)
}

func (r *Room) demoLeads(ctx context.Context, cast Cast, once func() string) error {
	year := r.today().Year()
	q := func(y, n int) string { return fmt.Sprintf("%dQ%d", y, n) }
	list := &List{Leads: []*Lead{
		{Area: cast.Officer.Area, Project: "腾格里光伏治沙基地二期", Owner: "阿拉善腾格里新能源有限公司", CreditCode: identity.MakeCreditCode('9', '1', cast.Officer.Area, 951), Department: "盟发展和改革委员会", Invest: 8_600_000_000_00 / 100, Starts: db.On(clock.Date(year+1, 3, 1)), Contact: Contact{"项目部", "0483-8335001"},
			Forecasts: []Forecast{{Occupation: "电工", Quarter: q(year+1, 1), People: 60}, {Occupation: "光伏组件安装工", Quarter: q(year+1, 2), People: 220}}},
		{Area: cast.Officer.Area, Project: "乌斯太精细化工扩建", Owner: "阿拉善乌斯太化工有限公司", CreditCode: identity.MakeCreditCode('9', '1', cast.Officer.Area, 952), Department: "盟工业和信息化局", Invest: 2_300_000_000_00 / 100, Starts: db.On(clock.Date(year, 11, 1)), Contact: Contact{"综合部", "0483-8335002"},
			Forecasts: []Forecast{{Occupation: "化工操作工", Quarter: q(year, 4), People: 80}, {Occupation: "仪表工", Quarter: q(year+1, 1), People: 25}}},
		{Area: "152923", Project: "策克口岸物流园", Owner: "额济纳旗策克物流有限公司", Department: "盟交通运输局", Invest: 900_000_000_00 / 100, Contact: Contact{"筹建处", "0483-8335003"}, Forecasts: []Forecast{{Occupation: "叉车工", Quarter: q(year+1, 2), People: 45}, {Occupation: "报关员", Quarter: q(year+1, 2), People: 12}}},
	}}
	for _, l := range list.Leads {
		for _, f := range l.Forecasts {
			l.People += f.People
		}
	}
	if _, err := r.Take(ctx, cast.League, list, once()); err != nil {
		return err
	}
	return r.Contacted(ctx, cast.Officer, list.Leads[1].ID, "十一月中旬进场，由企业自己招聘", 1, once())
}

func (r *Room) demoNeeds(ctx context.Context, cast Cast, own []employer.Employer, once func() string) error {
	until := db.On(r.today().AddDate(0, 2, 0))
	open, err := r.Want(ctx, cast.Officer, Need{EmployerID: own[0].ID, Service: "recruit", Occupation: "普工", People: 20, Text: "旺季三个月，包食宿", Until: until}, once())
	if err != nil {
		return err
	}
	signed, err := r.Want(ctx, cast.Officer, Need{EmployerID: own[len(own)-1].ID, Service: "labour", Occupation: "操作工", People: 35, Text: "倒班，提供通勤车", Until: until}, once())
	if err != nil {
		return err
	}
	firms, err := r.agencies(ctx, cast.League.Area)
	if err != nil {
		return err
	}
	firms = slices.DeleteFunc(firms, func(a Agency) bool { return a.Listed || !a.Licensed })
	slices.SortFunc(firms, func(a, b Agency) int { return cmp.Compare(a.ID, b.ID) })
	for i, a := range firms {
		for _, need := range []int64{open, signed} {
			if err := r.Offer(ctx, cast.Officer, Offer{NeedID: need, AgencyID: a.ID, People: int64(12 + i*6), Days: 15 + i*10, Fee: int64(i) * 20_000, Text: "组织本地和周边求职者到企业面谈，跟踪到岗"}, once()); err != nil {
				return err
			}
		}
	}
	if len(firms) == 0 {
		return nil
	}
	offers, err := offersOf(ctx, r.DB, signed)
	if err != nil {
		return err
	}
	if err := r.Choose(ctx, cast.Officer, signed, offers[0].ID, 1, once()); err != nil {
		return err
	}
	return r.Sign(ctx, cast.Officer, signed, "用工协作〔2025〕1 号", r.today(), 2, once())
}
