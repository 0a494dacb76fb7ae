package jobs

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// demoWork is what the demonstration's adverts say of a kind of work: by the first word that the title holds.
var demoWork = []struct {
	words          []string
	hours, skills  string
	friendly, does string
}{
	{[]string{"保洁", "家政", "绿化", "洗碗"}, "full", "", "older hardship", "负责办公楼和公共区域的清扫、垃圾清运和日常养护"},
	{[]string{"厨", "面点", "配菜"}, "full", "健康证", "older", "负责每日三餐的备料、烹饪和灶台卫生，按菜谱定量"},
	{[]string{"服务员", "收银", "营业", "导购", "接待", "前台"}, "shift", "", "graduate carer", "负责迎宾接待、点单结账和台面整理，早晚两班轮换"},
	{[]string{"保安", "门卫", "消防"}, "shift", "保安员证", "veteran older", "负责门岗登记、巡逻和监控值守，四班三运转"},
	{[]string{"司机", "驾驶", "叉车", "挖掘", "装载"}, "full", "相应驾驶证 从业资格证", "veteran rural", "负责车辆的安全驾驶、装卸交接和日常保养，做好出车记录"},
	{[]string{"电工", "焊", "钳", "维修", "机修"}, "shift", "特种作业操作证", "veteran", "负责设备巡检、检修和故障处理，按规程挂牌上锁、填写检修记录"},
	{[]string{"采", "矿", "化工", "操作", "炼", "选煤", "巡检"}, "shift", "岗位培训合格证", "rural veteran", "负责岗位装置的操作、巡检和参数记录，严格执行交接班制度"},
	{[]string{"护理", "养老", "保育", "月嫂"}, "shift", "护理员证", "carer older", "负责老人或幼儿的生活照料、安全看护和记录"},
	{[]string{"会计", "出纳", "文员", "行政", "人事", "资料", "统计"}, "full", "办公软件", "graduate disabled", "负责凭证、台账和文件的整理归档，按月上报统计表"},
	{[]string{"教师", "教练", "讲解", "导游"}, "full", "教师资格证或导游证", "graduate", "负责备课讲授或讲解带队，做好安全提示和满意度回访"},
	{[]string{"护士", "医", "药"}, "shift", "执业资格证", "graduate", "负责日常诊疗护理和药品管理，按规范书写记录"},
	{[]string{"牧", "养殖", "种植", "饲养", "剪"}, "season", "", "rural", "负责饲喂、圈舍清理、防疫配合和季节性田间作业"},
	{[]string{"搬运", "装卸", "分拣", "快递", "仓"}, "full", "", "rural veteran", "负责货物的清点、搬运、分拣和入出库登记"},
}

// What the demonstration's adverts say of the place of work, of who is asked for and of the beginning; each unit writes in its own way.
var (
	demoPlaces = strings.Fields("门店在主街路口，公交两站到家属区 厂区离镇上十分钟车程，早晚有班车 在办公楼一层，院内能停车 在工业园区东门，步行可到宿舍 靠近农贸市场，周围能租房 在苏木政府旁，住得远的可以住宿")
	demoAsks   = strings.Fields("能听懂蒙古语的优先 手脚勤快、做事仔细 有同类工作经验的优先 能适应早晚倒班 没有经验的由老师傅带教 遵守操作规程，服从排班 会使用智能手机填写记录 有责任心，能长期干 能接受节假日轮休 持有相应证书的工资另议 会开车的优先考虑 身体条件能够胜任本岗位")
	demoTeams  = strings.Fields("所在班组三人，由组长带班 所在部门七人，分两组轮换 与两名老员工搭班 十二人的班组，年轻人居多 单独负责一片区域 五人小组，忙时相互顶班 二十多人的车间，按工序分工")
	demoStarts = strings.Fields("试用期一个月，工资不打折 试用期两个月，第一个月安排培训 录用后当月签订劳动合同 不设试用期，试工当天计薪 试用期一个月，合格后按岗定级 入职前三天熟悉岗位，照常计薪")
)

// bodyOf is an advert's text as an employer of the demonstration would write it.
func bodyOf(v *employer.Vacancy, does string, n, unit int) string {
	pick := func(list []string, at int) string { return list[at%len(list)] }
	text := "岗位职责：" + does + "。" + pick(demoTeams, unit) + "。\n任职要求：" + pick(demoAsks, unit+n) + "，" + pick(demoAsks, unit/3+5*n+1) + "。\n工作地点：" +
		strings.TrimPrefix(area.FullName(v.Area), "内蒙古自治区") + "，" + pick(demoPlaces, unit/2) + "。"
	if v.Benefits != "" {
		text += "\n待遇：" + v.Benefits + "，" + pick(demoStarts, unit/5) + "。"
	}
	return text + "\n应聘方式：" + pick([]string{"在本平台应聘，三天内回复。", "在本平台应聘，或到用人单位面谈。", "先打电话约时间，再来单位看一看。"}, unit/4)
}

// SeedDemo makes the demonstration's vacancies say what real ones do, and brings a table from outside with some of them in it again.
func (r *Room) SeedDemo(ctx context.Context, league string, p progress.Reporter) error {
	p.Step("岗位内容", 0)
	defer p.End()
	if err := r.codeTitles(ctx); err != nil {
		return err
	}
	var list []employer.Vacancy
	units := map[int64]int{} // in the order they come
	if err := r.Employers.EachOpen(ctx, league, r.today(), func(v *employer.Vacancy) error {
		if _, known := units[v.EmployerID]; !known {
			units[v.EmployerID] = len(units)
		}
		r.furnish(v, len(list), units[v.EmployerID])
		list = append(list, *v)
		return nil
	}); err != nil {
		return err
	}
	for part := range slices.Chunk(list, blockOf) {
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return r.Employers.SaveVacancies(ctx, tx, part) }); err != nil {
			return err
		}
	}
	if err := r.seedOutside(ctx, league, list); err != nil {
		return err
	}
	if _, err := r.FindDuplicates(ctx, p); err != nil {
		return err
	}
	_, err := r.AskStill(ctx, p)
	return err
}

// furnish adds to the n-th vacancy, of the unit-th unit, what the departments' table does not say.
func (r *Room) furnish(v *employer.Vacancy, n, unit int) {
	v.Code = r.codeOf(v.Title, v.Occupation)
	v.Hours = "full"
	does := "负责本岗位的日常工作，按时完成交办事项并做好记录"
	for _, w := range demoWork {
		if slices.ContainsFunc(w.words, func(word string) bool { return strings.Contains(v.Title+v.Occupation, word) }) {
			v.Hours, v.Skills, v.Friendly, does = w.hours, w.skills, w.friendly, w.does
			break
		}
	}
	v.Body = bodyOf(v, does, n, unit)
	v.Experience = []int{0, 0, 12, 0, 24, 0, 36}[n%7]
	switch {
	case n%23 == 7:
		v.PayMonths = 13
	case n%31 == 11 && v.PayHigh < 600000:
		v.PayUnit = "day"
	}
	if v.Confirmed.IsZero() && n%3 == 0 {
		v.Confirmed = db.On(r.today().AddDate(0, 0, -(n % 12)))
	}
}

// seedOutside brings a table of a job board: some of the league's own vacancies once more, and some of units nobody knows yet.
func (r *Room) seedOutside(ctx context.Context, league string, list []employer.Vacancy) error {
	f, err := os.CreateTemp("", "jiuye-demo-*.csv")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	w := sheet.NewCSV(f, sheet.GB18030)
	if err := w.Sheet("岗位", sheet.Columns("职位名称", "公司名称", "薪资", "工作地点", "经验要求", "学历", "招聘人数", "发布日期", "职位链接", "公司性质", "职位信息")...); err != nil {
		return err
	}
	var units []int64
	for i := 0; i < len(list); i += 17 {
		units = append(units, list[i].EmployerID)
	}
	slices.Sort(units)
	names, err := r.Employers.Names(ctx, slices.Compact(units))
	if err != nil {
		return err
	}
	today := r.today().String()
	for i := 0; i < len(list); i += 17 {
		v := list[i]
		name := names[v.EmployerID]
		if i%51 == 34 { // a unit that the register does not know
			name = strings.TrimSuffix(name, "有限公司") + "第二分店"
		}
		pay := fmt.Sprintf("%d-%d元/月", v.PayLow/100, v.PayHigh/100)
		if i%85 == 0 {
			pay = "面议"
		}
		place := strings.ReplaceAll(area.FullName(area.At(v.Area, area.Banner)), " ", "-")
		if err := w.Row(v.Title+map[bool]string{true: "（急招）", false: ""}[i%2 == 0], name, pay, place, "不限", "不限", fmt.Sprint(v.Openings), today, fmt.Sprintf("https://jobs.example/%d", i), "民营", v.Body); err != nil {
			return err
		}
	}
	for i, row := range [][]string{{"饭店服务员（限女性）", "阿拉善某连锁餐饮店", "3-4千/月", "阿拉善盟-左旗"}, {"挖掘机司机", "外地某路桥公司", "1-1.2万/月", "宁夏-银川"}, {"", "阿拉善某物流公司", "5-6千/月", "阿拉善左旗"}} {
		if err := w.Row(append(row, "不限", "不限", "2", today, fmt.Sprintf("https://jobs.example/x%d", i), "民营", "")...); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	_, err = r.TakeOutside(ctx, Outside{Path: f.Name(), File: "前程无忧-阿拉善-9月.csv", Area: league, ByName: "演示导入"}, nil, progress.None{})
	return err
}
