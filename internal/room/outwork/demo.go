package outwork

import (
	"context"
	"fmt"
	"slices"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// Cast is who plays in the demonstration.
type Cast struct{ Officer, League, Region, Seeker, Unit web.User }

// demoBrands are made up, but for four leagues that have none yet.
var demoBrands = []Brand{
	{Area: "1529", Name: "驼乡月嫂", Trade: "家政服务", Skill: "母婴护理、养老护理", Jobs: 420, Classes: 9, Income: 6_240_000, Year: 2024, Source: "盟就业中心抽样调查", Intro: "由农牧民妇女培训上岗，持证率九成以上，主要在银川、北京、乌海就业。"},
	{Area: "152921", Name: "沙海向导", Trade: "文化旅游", Skill: "沙漠驾驶、导览、急救", Jobs: 180, Classes: 4, Income: 5_400_000, Year: 2024, Source: "旗文旅局统计", Intro: "四月到十月用工，冬季参加驾驶和急救培训。"},
	{Area: "1502", Name: "钢城焊工", Trade: "装备制造", Skill: "焊接、钣金", Jobs: 3600, Classes: 32},
	{Area: "1504", Name: "红山建筑工", Trade: "建筑", Skill: "砌筑、钢筋、架子工", Jobs: 9800, Classes: 41},
	{Area: "1505", Name: "科尔沁牛倌", Trade: "畜牧", Skill: "肉牛繁育、饲养", Jobs: 2600, Classes: 18},
	{Area: "1506", Name: "鄂尔多斯矿工", Trade: "能源", Skill: "采煤机械操作、机电维修", Jobs: 5200, Classes: 26},
	{Area: "1508", Name: "河套厨娘", Trade: "餐饮", Skill: "面点、家常菜", Jobs: 1900, Classes: 15},
	{Area: "1509", Name: "察哈尔护工", Trade: "养老护理", Skill: "养老护理、康复", Jobs: 2200, Classes: 20},
	{Area: "1525", Name: "草原骑手", Trade: "文化旅游", Skill: "马术、牧户接待", Jobs: 760, Classes: 7},
}

// SeedDemo puts agreements, groups that went, open demand, people away, centres and brands into the demonstration. It does nothing
// where there are any. Groups that went are people whose employment records show a transfer.
func (r *Room) SeedDemo(ctx context.Context, cast Cast) error {
	if list, err := r.brands(ctx, region, 1); err != nil || len(list) > 0 {
		return err
	}
	n := 0
	once := func() string { n++; return fmt.Sprintf("outwork-demo-%03d", n) }
	today := r.today()
	agreement := Agreement{Area: cast.League.Area, Kind: "jingmeng", Partner: "北京市海淀区人力资源和社会保障局", PartnerCode: "110108", Number: "京蒙劳务〔2023〕6 号", Signed: db.On(today.AddDate(-2, -2, 0)), Until: db.On(today.AddDate(0, 1, 12)), Promised: 120,
		Contacts: "海淀区人力资源公共服务中心 刘科长；阿拉善盟就业中心 王科长", Note: "每年春秋两季各组织一批，对方负责接站和首月住宿。"}
	first, err := r.AddAgreement(ctx, cast.League, agreement, once())
	if err != nil {
		return err
	}
	agreement = Agreement{Area: cast.Officer.Area, Kind: "other", Partner: "宁夏回族自治区银川市就业创业服务局", PartnerCode: "640100", Number: "银阿劳务〔2024〕2 号", Signed: db.On(today.AddDate(-1, 0, 0)), Until: db.On(today.AddDate(2, 0, 0)), Promised: 60, Contacts: "银川市就业局 马主任", Note: "以餐饮、家政和物流为主。"}
	second, err := r.AddAgreement(ctx, cast.Officer, agreement, once())
	if err != nil {
		return err
	}
	for _, b := range []Broker{{Name: "那仁", Phone: "13848300001"}, {Name: "赵永福", Phone: "13848300002"}} {
		b.Area = cast.Officer.Area
		if _, err := r.AddBroker(ctx, cast.Officer, b, once()); err != nil {
			return err
		}
	}
	brokers, err := r.brokers(ctx, cast.Officer.Area, 0, 2)
	if err != nil {
		return err
	}
	if err := r.MarkBroker(ctx, cast.Officer, brokers[0].ID, "A", "三年输出 210 人，无投诉", 1, once()); err != nil {
		return err
	}
	spring := clock.Date(today.Year(), time.February, 1) // six months are over by the end of August for whoever stayed
	gone := Batch{Area: cast.League.Area, Source: FromAgreement, AgreementID: first, Unit: "海淀区物业服务联盟（演示）", Title: "春季赴京：保安、保洁和客服", Occupation: "保安", Need: 40, PayLow: 480_000, PayHigh: 620_000, Place: "北京市海淀区",
		Conditions: "能上夜班，服从排班；有保安员证优先", Paid: "包住，意外保险，报销首程车票", Travel: "2 月初从巴彦浩特包车到银川，转火车", From: db.On(spring), To: db.On(spring.AddDate(0, 9, 0)), Answers: "盟就业中心 0483-8330101"}
	id, err := r.AddBatch(ctx, cast.League, gone, once())
	if err != nil {
		return err
	}
	if err := r.seedGone(ctx, cast, id, spring, once); err != nil {
		return err
	}
	open := []Batch{
		{Area: cast.League.Area, Source: FromAgreement, AgreementID: first, Unit: "海淀区养老服务中心（演示）", Title: "秋季赴京：养老护理员", Occupation: "养老护理员", Need: 30, PayLow: 560_000, PayHigh: 720_000, Place: "北京市海淀区", Conditions: "愿意照护老人；没有证书的先培训 10 天",
			Paid: "包吃住，培训期每天补助 50 元，报销首程车票", Travel: "10 月 12 日包车，从巴彦浩特出发", From: db.On(today.AddDate(0, 0, -10)), To: db.On(today.AddDate(0, 0, 40)), Answers: "盟就业中心 0483-8330101"},
		{Area: cast.Officer.Area, Source: FromAgreement, AgreementID: second, Unit: "银川餐饮协会（演示）", Title: "赴银川：后厨和服务员", Occupation: "厨师", Need: 20, PayLow: 450_000, PayHigh: 700_000, Place: "银川市金凤区", Conditions: "有健康证（可代办）", Paid: "包吃住", Travel: "每周一班车，从巴彦浩特客运站出发",
			From: db.On(today.AddDate(0, 0, -5)), To: db.On(today.AddDate(0, 0, 60)), Answers: "左旗就业中心 0483-8330102"},
		{Area: cast.Officer.Area, Source: FromBroker, BrokerID: brokers[0].ID, Unit: "乌海光伏建设项目部（演示）", Title: "赴乌海：光伏安装工", Occupation: "电工", Need: 15, PayLow: 750_000, PayHigh: 950_000, Place: "乌海市海南区", PlaceCode: "150303", Conditions: "有高处作业或低压电工证优先", Paid: "包住，工伤保险",
			Travel: "项目部派车接", From: db.On(today.AddDate(0, 0, -2)), To: db.On(today.AddDate(0, 0, 21)), Answers: "那仁 138****0001，左旗就业中心 0483-8330102"},
	}
	var ids []int64
	for i := range open {
		who := cast.Officer
		if open[i].Area == cast.League.Area {
			who = cast.League
		}
		id, err := r.AddBatch(ctx, who, open[i], once())
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	if err := r.ShareOut(ctx, cast.League, ids[0], map[string]int{cast.Officer.Area: 18, "152922": 8, "152923": 4}, 10, once()); err != nil {
		return err
	}
	if cast.Unit.EmployerID != 0 {
		asked := Batch{Title: "冬季检修临时用工", Occupation: "化工操作工", Need: 12, PayLow: 650_000, PayHigh: 780_000, Place: "厂区", PlaceCode: cast.Officer.Area, Paid: "包吃住，班车", From: db.On(today.AddDate(0, 0, 20)), To: db.On(today.AddDate(0, 3, 0)), Answers: "人力资源部 0483-8330000"}
		if _, err := r.AddBatch(ctx, cast.Unit, asked, once()); err != nil {
			return err
		}
	}
	if err := r.seedNamed(ctx, cast, ids, once); err != nil {
		return err
	}
	if err := r.seedAway(ctx, cast, spring, once); err != nil {
		return err
	}
	if err := r.seedBrands(ctx, cast, once); err != nil {
		return err
	}
	if _, err := r.Follow(ctx); err != nil {
		return err
	}
	return r.CountTransfers(ctx)
}

// seedGone puts into a batch of spring whose employment records show that they went in February.
func (r *Room) seedGone(ctx context.Context, cast Cast, batch int64, spring time.Time, once func() string) error {
	went, err := transferredIn(ctx, r.DB, cast.League.Area, db.On(spring), db.On(spring.AddDate(0, 1, -1)), 36)
	if err != nil {
		return err
	}
	trip, err := r.AddTrip(ctx, cast.League, Trip{BatchID: batch, Day: db.On(spring.AddDate(0, 0, 2)), Vehicle: "大巴 蒙M·演示 到银川，转 K1178 次", Leader: "宝音", Phone: "13848300011", Pickups: "巴彦浩特客运站 7:00；吉兰泰 8:30"}, once())
	if err != nil {
		return err
	}
	var list []Member
	for i, p := range went {
		m := Member{PersonID: p.PersonID, BatchID: batch, Area: p.Area, State: Arrived, Self: i%4 == 0, TripID: trip, Pickup: []string{"巴彦浩特客运站", "吉兰泰"}[i%5/4], Training: "安全和维权知识 1 天", JoinedOn: db.On(spring.AddDate(0, 0, -12)), Arrived: p.Since, By: account.Signature(cast.League), Version: 1}
		if i%9 == 8 {
			m.State, m.Returned, m.Reason = Returned, db.On(spring.AddDate(0, 3, i)), leaveReasons[i%len(leaveReasons)]
		}
		list = append(list, m)
	}
	if err := r.DB.Tx(ctx, func(tx *db.Tx) error { _, err := r.insertMembers(ctx, tx, list); return err }); err != nil {
		return err
	}
	b, err := batchByID(ctx, r.DB, batch)
	if err != nil {
		return err
	}
	return r.Settle(ctx, cast.League, batch, b.Version, "close", "", once())
}

// seedNamed lets the officer name people for the open batches, some of whom have said yes.
func (r *Room) seedNamed(ctx context.Context, cast Cast, batches []int64, once func() string) error {
	for i, id := range batches {
		b, err := batchByID(ctx, r.DB, id)
		if err != nil {
			return err
		}
		found, _, err := r.Find(ctx, &b, cast.Officer.Area, "", mark{})
		if err != nil {
			return err
		}
		var people []int64
		for _, c := range found {
			if c.Allowed && c.Facts.ID != cast.Seeker.PersonID && len(people) < 9-2*i {
				people = append(people, c.Facts.ID)
			}
		}
		if len(people) == 0 {
			continue
		}
		if _, err := r.Recruit(ctx, cast.Officer, id, people, once()); err != nil {
			return err
		}
		if err := r.Move(ctx, cast.Officer, id, people[:len(people)/2], Move{Act: "confirm"}, once()); err != nil {
			return err
		}
	}
	if cast.Seeker.PersonID == 0 {
		return nil
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error { // named by the officer: the demonstration's seeker answers
		found, err := r.People.ListIn(ctx, tx, []int64{cast.Seeker.PersonID})
		if err != nil || len(found) == 0 {
			return err
		}
		_, err = r.insertMembers(ctx, tx, []Member{{PersonID: found[0].ID, BatchID: batches[0], Area: found[0].Area, State: Recruited, JoinedOn: db.On(r.today()), By: account.Signature(cast.Officer), Version: 1}})
		return err
	})
}

// seedAway puts people whose records show a transfer that goes on onto the list of those who are away, with two centres and two requests.
func (r *Room) seedAway(ctx context.Context, cast Cast, spring time.Time, once func() string) error {
	centers := []Center{{Area: cast.League.Area, Name: "阿拉善盟驻京外出务工服务中心", Outside: true, Place: "北京市海淀区（演示）", Phone: "010-00000000", Hours: "周一至周六 9:00～18:00"},
		{Area: cast.Officer.Area, Name: "阿拉善左旗外出务工服务中心", Place: "巴彦浩特镇人力资源市场一楼", Phone: "0483-8330102", Hours: "工作日 8:30～17:30"}}
	for i, v := range centers {
		who := cast.League
		if i == 1 {
			who = cast.Officer
		}
		id, err := r.AddCenter(ctx, who, v, once())
		if err != nil {
			return err
		}
		centers[i].ID = id
	}
	went, err := transferredIn(ctx, r.DB, cast.Officer.Area, db.On(spring.AddDate(0, 1, 0)), db.On(r.asOf()), 24)
	if err != nil {
		return err
	}
	places := []struct{ place, code string }{{"北京市海淀区", ""}, {"银川市金凤区", ""}, {"乌海市海勃湾区", "150302"}, {"鄂尔多斯市东胜区", "150602"}, {"西安市", ""}}
	works := []string{"保安", "餐饮服务", "建筑施工", "家政", "货车驾驶"}
	for i, p := range went {
		at := places[i%len(places)]
		if _, err := r.GoAway(ctx, cast.Officer, Away{PersonID: p.PersonID, Place: at.place, PlaceCode: at.code, Work: works[i%len(works)], Since: p.Since, Expected: db.On(r.today().AddDate(0, 2, i)), Contact: contactWays[i%3]}, once()); err != nil {
			return err
		}
		switch i {
		case 2:
			_, err = r.Ask(ctx, cast.Officer, Request{PersonID: p.PersonID, Kind: "wages", Text: "七、八两个月工资没有发，一共八个人，包工头联系不上。", CenterID: centers[1].ID}, once())
		case 4:
			_, err = r.Ask(ctx, cast.Officer, Request{PersonID: p.PersonID, Kind: "school", Text: "孩子要转到务工地上二年级，需要开具务工证明。", CenterID: centers[1].ID}, once())
		case 6:
			_, err = r.Ask(ctx, cast.Officer, Request{PersonID: p.PersonID, Kind: "document", Text: "办理居住证要就业证明。"}, once())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// seedBrands registers brands; the people of the league's own are some who want to work and have agreed.
func (r *Room) seedBrands(ctx context.Context, cast Cast, once func() string) error {
	for i, b := range demoBrands {
		who := cast.Region
		if area.Within(b.Area, cast.League.Area) {
			who = cast.League
		}
		id, err := r.AddBrand(ctx, who, b, once())
		if err != nil {
			return err
		}
		if i > 1 {
			continue
		}
		people, err := willing(ctx, r.DB, b.Area, db.On(r.today().AddDate(-legalAge, 0, 0)), db.On(r.today()), "", 0, 600)
		if err != nil {
			return err
		}
		allowed, err := r.Consents.Allowed(ctx, people)
		if err != nil {
			return err
		}
		agreed := slices.DeleteFunc(people, func(p int64) bool { return !allowed[p] })
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return joinBrand(ctx, tx, id, agreed, db.On(r.today())) }); err != nil {
			return err
		}
	}
	return nil
}
