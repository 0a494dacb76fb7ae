package service

import (
	"context"
	"errors"
	"fmt"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/person"
)

// Made-up stories and demands of the demonstration.
var (
	demoStories = []Story{
		{Sector: "craft", Title: "从深圳回到巴彦浩特做驼绒", Founder: "娜仁", Firm: "巴彦浩特娜仁驼绒坊", Jobs: 6, Body: "在深圳做了八年服装跟单，2022 年回来，用自家的驼绒试做围巾。\n第一年没有销路，第二年在旅游点摆摊，慢慢有了回头客，现在网上也卖。",
			Helped: "创业担保贷款 20 万元，贴息三年；旗里免费给了半年场地；参加过一期电商培训。"},
		{Sector: "tourism", Title: "沙漠边上的家庭旅馆", Founder: "巴雅尔", Firm: "腾格里人家", Jobs: 4, Body: "原来在银川开出租车，2021 年回到通湖，把老房子收拾成六间客房。\n旺季住不下，淡季没有人，后来与旅行社签了全年的团。",
			Helped: "一次性创业补贴 5000 元；返乡创业园代办了执照和消防手续。"},
		{Sector: "services", Title: "给牧户修机井的小队", Founder: "张强", Firm: "左旗利民机电服务部", Jobs: 9, Body: "当兵回来学了机电，2020 年带着两个战友给牧户修水泵、装光伏。\n起初按件收钱，现在与三个苏木签了年度维护。",
			Helped: "退役军人创业担保贷款；社会保险补贴；人社局介绍来五名学徒。"},
	}
	demoDemands = []Demand{
		{Project: "吉兰泰光伏基地二期", Department: "盟能源局", Occupation: "电焊工", People: 30, Note: "二月起分三批进场"},
		{Project: "巴彦浩特养老服务中心", Department: "旗民政局", Occupation: "养老护理员", People: 24},
		{Project: "乌斯太物流园", Department: "盟工业和信息化局", Occupation: "仓储管理员", People: 18},
	}
)

// SeedDemo puts some archives, stories and demands into the demonstration: written by an officer, approved by a manager.
func (r *Room) SeedDemo(ctx context.Context, officer, manager web.User) error {
	today := r.Clock.Today()
	list, err := r.People.Seekers(ctx, officer.Area, db.On(today), person.Seeker{}, 6)
	if err != nil {
		return err
	}
	for i, s := range list {
		a := Archive{PersonID: s.PersonID, Number: fmt.Sprintf("L2025-%03d", i+1), Shelf: fmt.Sprintf("A 区 %d 架 %d 层", i/3+1, i%3+1), CameFrom: []string{"内蒙古大学", "内蒙古农业大学", "河套学院"}[i%3],
			CameOn: db.On(today.AddDate(0, 0, -40-i)), Letter: fmt.Sprintf("毕业生档案转递单 %d 号", 1200+i), Items: "履历表\n学籍档案\n党团材料\n报到证存根"}
		id, err := r.TakeIn(ctx, officer, a, fmt.Sprintf("demo-archive-%06d", i))
		if err == nil && i == 0 {
			err = r.Move(ctx, officer, id, 1, Moved{Step: Lend, Who: "旗委组织部", DueOn: today.AddDate(0, 0, 5), Note: "公务员考察"}, "demo-archive-lend")
		}
		if err != nil && !fault.Is(err, fault.Denied) { // who lives elsewhere meanwhile
			return err
		}
	}
	for i, s := range demoStories {
		s.Area = officer.Area
		id, err := r.Write(ctx, officer, s, fmt.Sprintf("demo-story-%08d", i))
		if err != nil {
			return err
		}
		asked, err := r.Approvals.List(ctx, approval.Filter{Kind: kindStory, Object: "story", ObjectID: id}, 0, 1)
		if err != nil || i == len(demoStories)-1 { // the last one waits
			return errors.Join(err, r.seedDemands(ctx, officer))
		}
		if err := r.Approvals.Decide(ctx, manager, asked[0].ID, asked[0].Version, true, "", fmt.Sprintf("demo-approve-%06d", i)); err != nil {
			return err
		}
	}
	return nil
}

func (r *Room) seedDemands(ctx context.Context, officer web.User) error {
	units, err := r.Employers.Recruiting(ctx, officer.Area, db.On(r.Clock.Today()), 1)
	if err != nil || len(units) == 0 {
		return err
	}
	unit := Unit{Code: units[0].CreditCode, Name: units[0].Name, Kind: units[0].Kind}
	for i, d := range demoDemands {
		d.Area, d.NeededOn = officer.Area, db.On(r.Clock.Today().AddDate(0, 1+i, 0))
		if err := r.Push(ctx, officer, unit, d, fmt.Sprintf("demo-demand-%07d", i)); err != nil {
			return err
		}
	}
	return nil
}
