package cycle

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// Cast is who plays in the demonstration.
type Cast struct {
	League, Region web.User
	Officers       []web.User // of banners
}

// late is the banner that has not handed in for August.
const late = "152923"

// demoTexts are what banners wrote, by turns; made up.
var demoTexts = []Typed{
	{Progress: "举办招聘会和送岗下乡活动，帮助离校未就业毕业生和就业困难人员对接岗位。", Problems: "企业招工以技术岗位为主，本地求职人员技能不匹配。", Measures: "就业服务中心下月开办焊工、育婴班，月底前结业。"},
	{Progress: "对登记失业人员逐户走访，更新求职意愿，推荐岗位。", Problems: "牧区路途远，走访一次用时长，部分人员联系方式有变。", Measures: "由嘎查村协管员先电话核实，再集中走访。", Requests: "请协调通信部门核对失联人员的联系方式。"},
	{Progress: "组织农牧民到盟外务工，跟踪稳岗情况。", Problems: "季节性用工结束较早，转移就业六个月以上的比例偏低。", Measures: "与用工企业签订跨季用工协议，提前安排下一季岗位。"},
}

// at is the room as it was on a day; nobody is told of what is made up.
func (r *Room) at(day time.Time) *Room {
	then := *r
	then.Clock, then.Messages, then.Supervision = clock.From(day.Add(10*time.Hour)), nil, nil
	return &then
}

// SeedDemo lets the league have run its cycle from January to August: every banner handed in, one is late for August; a half-year summary,
// two briefings, and cases. It does nothing where there are any rounds.
func (r *Room) SeedDemo(ctx context.Context, cast Cast) error {
	if there, err := r.rounds(ctx, cast.League.Area, 1<<62, 1); err != nil || len(there) > 0 {
		return err
	}
	end := Latest(Month, r.today())
	for p := indicator.Period(end.Year()*100 + 1); p <= end; p = p.Next() {
		if err := r.demoRound(ctx, cast, Month, p, p == end); err != nil {
			return err
		}
		if p.Month() == 6 {
			if err := r.demoRound(ctx, cast, Half, p, false); err != nil {
				return err
			}
		}
	}
	if err := r.demoCases(ctx, cast); err != nil {
		return err
	}
	for _, p := range []indicator.Period{end - 1, end} {
		if err := r.demoPaper(ctx, cast, Briefing, p); err != nil {
			return err
		}
	}
	return r.demoPaper(ctx, cast, MidReport, end-2)
}

// demoRound runs one round: opened on the first working day after its end, handed in before its deadline, accepted the day after.
func (r *Room) demoRound(ctx context.Context, cast Cast, k Kind, p indicator.Period, last bool) error {
	key := fmt.Sprintf("cycle-demo-%s-%d", k, p)
	begin, due := r.at(workday.Add(p.End(), 1)), DueOf(k, p)
	if begin.known = begin.today(); last {
		begin.known = time.Time{}
	}
	id, err := begin.Begin(ctx, cast.League, Round{Area: cast.League.Area, Kind: k, Period: p}, nil, key)
	if err != nil {
		return err
	}
	fill, judge := r.at(due.Time), r.at(workday.Add(due.Time, 1))
	fill.known = fill.today()
	if last {
		fill.known = time.Time{}
	}
	for i, a := range area.Children(cast.League.Area) {
		if last && a.Code == late {
			continue
		}
		who := demoOfficer(cast, a)
		round, f, err := fill.Look(ctx, who, id, a.Code)
		if err != nil {
			return err
		}
		in := demoTexts[(i+p.Month())%len(demoTexts)]
		in.Figures, in.Notes = map[string]string{}, map[string]string{}
		for _, e := range f.Said.Entries { // the banners keep a ledger of one indicator, and of what no register can tell
			if e.Indicator == "new_urban" && e.known && k == Month {
				in.Figures[e.Indicator] = strconv.FormatInt(e.counted, 10)
			}
		}
		if err := fill.HandIn(ctx, who, round.ID, a.Code, in, 1, key+a.Code+"-in"); err != nil {
			return err
		}
		if last && i == 0 { // one waits to be looked at
			continue
		}
		if err := judge.Judge(ctx, cast.League, id, a.Code, true, "", 0, 2, key+a.Code+"-ok"); err != nil {
			return err
		}
	}
	if last {
		_, err := r.at(workday.Add(due.Time, 2)).Remind(ctx)
		return err
	}
	return judge.End(ctx, cast.League, id, false, 1, key+"-end")
}

// demoOfficer is a banner's officer, made up where it has no account.
func demoOfficer(cast Cast, a area.Area) web.User {
	for _, u := range cast.Officers {
		if u.Area == a.Code {
			return u
		}
	}
	return web.User{Name: "演示", Role: account.Officer, RoleName: "经办", Area: a.Code, AreaName: a.Name}
}

// demoPaper writes a document on a month when its data had come, and lets the region's manager issue it.
func (r *Room) demoPaper(ctx context.Context, cast Cast, kind string, p indicator.Period) error {
	key, day := fmt.Sprintf("cycle-demo-paper-%s-%d", kind, p), r.at(workday.Add(p.End(), 12))
	id, err := day.Write(ctx, cast.League, kind, cast.League.Area, p, key)
	if err != nil {
		return err
	}
	if err := day.Send(ctx, cast.League, id, 1, key+"-send"); err != nil {
		return err
	}
	return day.Put(ctx, cast.Region, id, 2, key+"-put")
}

// demoCases are made up.
func (r *Room) demoCases(ctx context.Context, cast Cast) error {
	for i, one := range []struct {
		Case
		to []string
	}{
		{Case{Area: "152921", Kind: Practice, Field: "service", Title: "“流动就业服务车”把招聘会开到苏木", Said: CaseSaid{Text: "旗就业服务中心把自助终端和政策材料装上服务车，每周到一个苏木，现场登记求职意愿、推荐岗位、办理补贴申请，牧民不用进城。", Source: "旗就业服务中心总结（演示）", Contact: "就业服务中心 0483-8330000"}}, []string{Approved, Public}},
		{Case{Area: "152923", Kind: Practice, Field: "transfers", Title: "跨季用工协议留住转移就业人员", Said: CaseSaid{Text: "旅游旺季结束前，与冬季用工企业签订跨季用工协议，人员、工资和返程统一安排，务工人员一年两季都有活干。", Source: "旗人社局调研（演示）", Contact: "人社局就业股 0483-6520000"}}, []string{Approved}},
		{Case{Area: "152921", Kind: Person, Field: "startup", Title: "返乡青年办起驼奶合作社", Agreed: true, Said: CaseSaid{Name: "那仁", Text: "大学毕业后返乡创办驼奶合作社，用创业担保贷款买设备，带动周边牧户就近就业。", Source: "本人讲述（演示，虚构）", Contact: "合作社办公室 0483-8220000"}}, nil},
	} {
		day := r.at(workday.Add(r.today(), -90+i))
		who := demoOfficer(cast, area.Area{Code: one.Area, Name: area.Name(one.Area)})
		key := fmt.Sprintf("cycle-demo-case-%d", i)
		id, err := day.Tell(ctx, who, one.Case, "", nil, key)
		if err != nil {
			return err
		}
		for version, to := range one.to {
			if err := day.Decide(ctx, cast.League, id, to, "", int64(version+1), key+to); err != nil {
				return err
			}
		}
	}
	return nil
}
