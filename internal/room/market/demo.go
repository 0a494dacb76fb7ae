package market

import (
	"context"
	"fmt"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
)

// Cast is who plays in the demonstration: an officer of a banner, a manager of its league, and one of its vacancies with an advert.
type Cast struct {
	Officer, League web.User
	VacancyID       int64
}

func on(year int, month time.Month, day int) db.Date { return db.On(clock.Date(year, month, day)) }

var demoAgencies = []struct {
	Agency
	output int64 // of 2024, ten thousand yuan
	events []Event
}{
	{Agency{Name: "阿拉善盟绿洲人力资源服务有限公司", Licence: "人服证字〔2022〕第1529000113号", From: on(2022, 6, 1), Until: on(2027, 5, 31), Services: "introduce collect guidance fair online", Backbone: true, Phone: "0483-8330001"}, 2680,
		[]Event{{Code: "standard", On: on(2025, 3, 10), Text: "服务标准化示范单位", Source: "阿盟人社发〔2025〕12 号"}, {Code: "public", On: on(2025, 4, 18), Text: "承接春风行动专场", Source: "活动总结"}}},
	{Agency{Name: "阿拉善左旗众合劳务派遣有限公司", Licence: "人服证字〔2023〕第1529210027号", From: on(2023, 3, 1), Until: on(2026, 2, 28), Services: "dispatch outsource introduce", Phone: "0483-8330002"}, 1460,
		[]Event{{Code: "fee", On: on(2025, 5, 6), Text: "向求职者收取押金 300 元，已退还", Source: "左人社监〔2025〕9 号"}}},
	{Agency{Name: "阿拉善盟丝路人才开发中心", Licence: "人服证字〔2020〕第1529000088号", From: on(2020, 9, 1), Until: on(2025, 8, 31), Services: "assess training consult", Phone: "0483-8330003"}, 390, nil},
}

// SeedDemo puts agencies, a contract, needs and complaints into the demonstration. It does nothing where there are any.
func (r *Room) SeedDemo(ctx context.Context, cast Cast) error {
	if list, err := r.agencies(ctx, "15", 0, 1); err != nil || len(list) > 0 {
		return err
	}
	step := 0
	once := func() string { step++; return fmt.Sprintf("market-demo-%02d", step) }
	if err := r.AddPark(ctx, cast.League, Park{Name: "阿拉善盟人力资源服务产业园", Area: cast.League.Area, Level: "league", Opened: on(2023, 9, 1)}, once()); err != nil {
		return err
	}
	parks, err := r.parks(ctx, cast.League.Area)
	if err != nil {
		return err
	}
	var firms []int64
	for i, d := range demoAgencies {
		d.CreditCode, d.Area = identity.MakeCreditCode('9', '1', "152921", 900+i), cast.Officer.Area
		if d.Backbone {
			d.ParkID = parks[0].ID
		}
		id, err := r.AddAgency(ctx, cast.Officer, d.Agency, once())
		if err != nil {
			return err
		}
		firms = append(firms, id)
		version := int64(0)
		for _, y := range []Annual{{Year: 2023, Output: d.output * 80 / 100 * 1_000_000}, {Year: 2024, Output: d.output * 1_000_000}} {
			if d.output < 400 && y.Year == 2024 { // has not reported
				continue
			}
			y.AgencyID, y.Staff, y.Served, y.Units, y.Placed = id, 12+d.output/100, d.output*3, d.output/20, d.output/2
			if err := r.AddAnnual(ctx, cast.Officer, y, version, once()); err != nil {
				return err
			}
			version++
		}
		for _, e := range d.events {
			e.AgencyID = id
			if err := r.AddEvent(ctx, cast.Officer, e, version, once()); err != nil {
				return err
			}
			version++
		}
	}
	if err := r.AddInspection(ctx, cast.Officer, Inspection{AgencyID: firms[1], On: on(2025, 5, 5), People: "执法人员两名", Findings: "服务台账不全，收取押金", CorrectBy: on(2025, 5, 20), Result: "已改正"}, 3, once()); err != nil {
		return err
	}
	bought, err := r.Buy(ctx, cast.Officer, Purchase{AgencyID: firms[0], Area: cast.Officer.Area, Title: "2025 年岗位归集和零工市场服务", Item: "vacancies", Number: "左人社购〔2025〕3 号", Amount: 12_000_000, From: on(2025, 3, 1), Until: on(2025, 12, 31)}, once())
	if err != nil {
		return err
	}
	for i, d := range []Deliverable{{What: "归集有效岗位", Quantity: 1500, Unit: "个", Due: on(2025, 9, 30), Amount: 6_000_000}, {What: "专场招聘活动", Quantity: 6, Unit: "场", Due: on(2025, 12, 15), Amount: 4_000_000}} {
		d.PurchaseID = bought
		if err := r.Promise(ctx, cast.Officer, d, int64(i), once()); err != nil {
			return err
		}
	}
	for _, n := range []Need{{Text: "旅游旺季需客房和餐饮服务人员 60 名", Phone: "0483-8330010", Until: on(2025, 12, 31)}, {Offer: true, Text: "可为企业免费提供一次用工诊断", Phone: "0483-8330011", Until: on(2025, 12, 31)}} {
		if err := r.Tell(ctx, cast.Officer, n, once()); err != nil {
			return err
		}
	}
	return r.demoComplaints(ctx, cast, firms, once)
}

func (r *Room) demoComplaints(ctx context.Context, cast Cast, firms []int64, once func() string) error {
	list := []Reported{{About: AboutAgency, AboutID: firms[1], Kind: "fee", Text: "面试后要交 300 元押金才给安排上岗。"}, {About: AboutEmployer, Name: "某建材门市", Area: cast.Officer.Area, Kind: "unlawful", Text: "店门口招聘写着只要 30 岁以下女的。"}}
	if cast.VacancyID != 0 {
		list = append(list, Reported{About: AboutVacancy, AboutID: cast.VacancyID, Kind: "false", Text: "广告写月薪四千，去了说只有两千六。"})
	}
	for i, in := range list {
		code, err := r.File(ctx, web.User{}, in, once())
		if err != nil {
			return err
		}
		c, err := r.complaint(ctx, r.DB, "code", code)
		if err != nil {
			return err
		}
		if i == 0 {
			if err := r.Handle(ctx, cast.Officer, c.ID, Do{Act: "accept", Text: "属于本旗管辖，予以受理"}, 0, once()); err != nil {
				return err
			}
			talk := Interview{On: on(2025, 9, 22), Departments: "旗人社局、市场监管局、总工会", Attended: "公司负责人、业务主管", Points: "招用劳动者不得收取押金，已收的应当退还", Promise: "三日内退还全部押金，公示收费项目"}
			if err := r.Handle(ctx, cast.Officer, c.ID, Do{Act: "interview", Text: talk.Points, Days: 7, Interview: talk}, 1, once()); err != nil {
				return err
			}
		}
	}
	return nil
}
