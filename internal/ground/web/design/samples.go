package design

import (
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
)

const longName = "阿拉坦其木格·额尔德尼巴特尔"

// sample is the data of the sample pages.
type sample struct {
	Tabs      []web.Tab
	Colours   []colours
	Figures   []web.Figure
	Plan      []plan
	Steps     []web.Step
	Progress  web.Progress
	Events    []web.Event
	Table     web.Table
	Box       web.Box
	Pairs     []web.Pair
	Answers   []web.Pair
	Reasons   []web.Reason
	Deadlines []web.Deadline
	Seg       []web.Tab
	Chips     []web.Tab
	Form      *web.Form
	Broken    *web.Form
	Policies  []policy
	Alerts    []alert
	Map       draw.Choropleth
	Chart     draw.Chart
	Bars      []draw.Row
	Name      string
	Paging    web.Paging
	Empty     web.Paging
}

type colours struct {
	Title string
	List  []colour
}

type colour struct{ Use, Name, Hex string }

// plan is an indicator of the sample board; rates are ten-thousandths.
type plan struct {
	Name, Unit, Target, Actual string
	Done, Due, Gap             int64
	Behind                     bool
	Chance                     string
	Hard, Part                 bool
	Spark                      []float64
}

type policy struct {
	Verdict, Name, Note, Act, Amount string
	Reasons                          []web.Reason
}

type alert struct{ Grade, Text, Note string }

func samples(c *web.Ctx) sample {
	s := sample{Tabs: tabs(c), Colours: palette(c), Name: longName, Map: alxa(c), Chart: chart(c)}
	s.Figures = []web.Figure{
		{Label: "共读取", Value: "2,178", Unit: "行"}, {Label: "接收", Value: "2,096", Unit: "行，96.2%", Kind: "ok"},
		{Label: "接收但有提醒", Value: "138", Unit: "行，含在接收内", Kind: "warn"}, {Label: "退回", Value: "82", Unit: "行，3.8%", Kind: "stop", Href: "/design/list"}}
	s.Steps = []web.Step{{Text: "上传", Note: "10:02", Done: true}, {Text: "识别表格", Note: "4 个文件，认出 3 个", Done: true}, {Text: "逐行检查", Note: "2,178 行，用时 3 秒", Done: true},
		{Text: "与实名库比对", Note: "1,392 / 2,096 行，约还需 20 秒", Current: true}, {Text: "写入", Note: "等待"}}
	s.Progress = web.Progress{ID: "sample-progress", Text: "正在计算 23,140 人，已算 61%", Percent: 61, Left: "约还需 8 秒，可以离开本页", Href: "/design/progress"}
	s.Table = web.Table{ID: "posts", Head: c.T("design.deskTable"), Note: "2", Heads: []web.Cell{{Text: "单位"}, {Text: "名额", Right: true}, {Text: "状态"}},
		Rows: [][]web.Cell{{{Text: "吉兰泰镇中心学校", Small: "支教", Href: "/design"}, {Text: "2", Right: true}, {Text: "正在报名", Kind: "ok"}}, {{Text: "阿拉腾敖包镇卫生院", Small: "支医", Href: "/design"}, {Text: "1", Right: true}, {Text: "待审核", Kind: "warn"}}}}
	s.Box = web.Box{ID: "decide", Head: c.T("design.box"), Note: "超过名额的岗位不能发布", Action: "/design/form", Button: "发布公告", Form: c.Form()}
	s.Events = []web.Event{{When: "2025-09-26 前", Text: "下一步：回访培训情况", Next: true}, {When: "2025-09-18", ISO: "2025-09-18", Text: "推荐“食堂帮厨”，本人考虑中", Href: "/design"},
		{When: "2025-08-11", ISO: "2025-08-11", Text: "推荐“超市理货员”，未录用", Note: "夜班，无法照顾子女"}, {When: "2022-03-01", ISO: "2022-03-01", Text: "就业登记，巴彦浩特镇单位餐饮服务 26 个月"}}
	s.Pairs = []web.Pair{{Key: "人数", Value: "招 4 人，已有 2 人应聘"}, {Key: "做什么", Value: "上门照料老人起居、做饭、陪同就医"}, {Key: "地点", Value: "额鲁特街道西花园社区综合服务中心", Href: "/design", Note: "1.8 公里"}, {Key: "用人单位", Value: "内蒙古腾格里沙漠光伏新能源运行维护技术服务有限责任公司阿拉善左旗分公司"}}
	s.Answers = []web.Pair{{Key: "姓名", Value: longName, Href: "/design/form"}, {Key: "证件号码", Value: web.MaskID("152921197903081234"), Note: "与公安人口库一致"}, {Key: "银行账号", Value: "6217****4421", Href: "/design/form"}}
	s.Reasons = []web.Reason{{Kind: "yes", Text: "就业困难人员，2025年6月12日认定"}, {Kind: "near", Text: "还差：灵活就业登记，登记后当月起可申请"}, {Kind: "ask", Text: "缺信息：是否参加有组织输出，向本人核实"}, {Kind: "no", Text: "非毕业年度高校毕业生", Note: "2019年7月毕业"}}
	s.Deadlines = []web.Deadline{{Text: "赵＊＊ 家庭，巴彦浩特镇", Left: "剩 1 个工作日", Note: "9月25日到期　已面试，等单位答复", Href: "/design", Used: 9, Total: 10, Urgent: true},
		{Text: "乌＊＊ 家庭，温都尔勒图镇", Left: "剩 8 个工作日", Note: "10月11日（周六，调休上班）到期", Href: "/design", Used: 2, Total: 10}}
	s.Seg = []web.Tab{{Text: "我的", Href: "/design?v=1", Current: true}, {Text: "本中心", Href: "/design?v=2"}}
	s.Chips = []web.Tab{{Text: "5 公里内", Href: "/design?c=1", Current: true}, {Text: "白班", Href: "/design?c=2", Current: true}, {Text: "3,000 元以上", Href: "/design?c=3"}, {Text: "缴社保", Href: "/design?c=4"}}
	s.Form = ask(c)
	s.Broken = broken(c)
	s.Paging = web.Paging{Total: 23140, Shown: 20, Next: "/design/list", First: true}
	s.Empty = web.Paging{Total: 0, First: true}
	s.Bars = []draw.Row{{Name: "阿拉善左旗", Value: 52, Text: "52", Href: "/design"}, {Name: "阿拉善右旗", Value: 10, Text: "10"}, {Name: "额济纳旗", Value: 15, Text: "15"}, {Name: "阿拉善高新技术产业开发区", Value: 9, Text: "9"}}
	s.Alerts = []alert{{"orange", "额济纳旗 口岸物流业岗位流失率 8.3%", "上限 8%，连续 2 个月。Ⅱ级响应已启动"}, {"yellow", "高新区 化工行业两家企业报告裁员 74 人", "9月11日起，30 日内同行业两家，工会意见未附"}, {"blue", "阿拉善右旗 求人倍率降至 0.88", "下限 0.90，1 个月"}}
	s.Policies, s.Plan = policies(), indicators()
	return s
}

// broken is a form with errors, as it comes back from the server.
func broken(c *web.Ctx) *web.Form {
	f := c.Form(
		web.Field{Name: "bank", Label: "银行账号", Hint: "用来发放补贴，应为本人账户", Need: true, Kind: "number"},
		web.Field{Name: "phone", Label: "手机号", Hint: "用来接收办理结果", Need: true, Kind: "tel"},
		web.Field{Name: "wish", Label: "是否愿意到外地工作", Kind: "radios", Inline: true, Need: true, Options: []web.Option{{Value: "y", Text: "愿意"}, {Value: "n", Text: "不愿意"}}})
	f.Set("bank", "621700000000000000")
	f.Set("phone", "13804835678")
	f.Fail("bank", "账号应为 19 位，您填了 18 位")
	f.Fail("wish", "请选择是否愿意到外地工作")
	return f
}

func policies() []policy {
	return []policy{
		{"yes", "灵活就业社会保险补贴", "不用交材料，3 项已由系统取得。5 个工作日内办结", "一键申请", "每月约 460 元", []web.Reason{{Kind: "yes", Text: "您是就业困难人员"}, {Kind: "yes", Text: "以灵活就业身份缴费满 3 个月"}}},
		{"near", "职业技能培训补贴", "培训后 6 个月内签 1 年以上合同并参保，课时标准上浮 50%", "结课后提醒我", "", []web.Reason{{Kind: "yes", Text: "您已报名家政服务班"}, {Kind: "near", Text: "还差结业证，10月31日结课后就能领"}}},
		{"ask", "一次性交通补贴", "跨地区劳务输出的就业困难人员", "告诉我们", "", []web.Reason{{Kind: "ask", Text: "缺信息：是否参加有组织的劳务输出"}}},
		{"no", "求职创业补贴", "面向高校毕业生", "", "", []web.Reason{{Kind: "no", Text: "面向毕业年度高校毕业生，您不在此列"}}},
	}
}

func indicators() []plan {
	up := []float64{3, 3.2, 3.1, 3.6, 4, 4.1, 4.6, 5, 5.3, 5.2, 5.9, 6.4}
	wave := []float64{4, 5, 3, 4.5, 5.2, 3.8, 4.4, 5.5, 6.1, 4.9, 4.2, 4.6}
	return []plan{
		{Name: "城镇新增就业", Unit: "人", Target: "〔12,500〕以上", Actual: "12,286", Done: 9830, Due: 9460, Gap: 370, Chance: "99% 很可能", Spark: wave},
		{Name: "就业困难人员就业", Unit: "人", Target: "〔1,750〕", Actual: "1,602", Done: 9150, Due: 9310, Gap: -160, Chance: "84% 很可能", Spark: up},
		{Name: "城镇就业占比", Unit: "%", Target: "65", Actual: "63.9", Done: 7760, Due: 9330, Gap: -1570, Behind: true, Chance: "41% 较难", Hard: true, Spark: up},
		{Name: "农牧民转移就业", Unit: "人次", Target: "〔15,000〕", Actual: "14,390", Done: 9590, Due: 9520, Gap: 70, Chance: "93% 很可能", Spark: wave},
		{Name: "其中 6 个月以上", Unit: "人次", Target: "〔10,000〕以上", Actual: "9,041", Done: 9040, Due: 9470, Gap: -430, Behind: true, Chance: "38% 较难", Hard: true, Part: true, Spark: wave},
		{Name: "劳动年龄人口平均受教育年限", Unit: "年", Target: "自治区要求", Actual: "10.8", Done: 0, Chance: "不测算", Spark: up},
	}
}

func palette(c *web.Ctx) []colours {
	return []colours{
		{c.T("design.colourText"), []colour{{"正文", "ink", "#1b2528"}, {"次要", "ink-2", "#515e62"}, {"输入框线", "field", "#768387"}, {"分隔线", "line", "#dde2e1"}, {"表头", "wash", "#eff3f3"}, {"页底", "paper", "#f4f6f5"}}},
		{c.T("design.colourBrand"), []colour{{"报头、主按钮", "brand", "#0f4f5f"}, {"悬停", "brand-deep", "#0a3844"}, {"链接", "link", "#0c5f75"}, {"当前项", "brand-tint", "#e4eff0"}}},
		{c.T("design.colourState"), []colour{{"办成、符合", "ok", "#1f6a3c"}, {"将到期、差一点", "warn", "#86500a"}, {"超期、退回", "stop", "#a3261e"}}},
	}
}

func chart(c *web.Ctx) draw.Chart {
	return draw.Chart{Label: "城镇新增就业累计：8月 12,286 人，预计年底 13,345 人，目标 12,500 人", X: []string{"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
		Actual: []float64{9890, 9980, 10310, 10620, 10950, 11320, 11974, 12286}, Forecast: []float64{12286, 12605, 12860, 13105, 13345},
		Low: []float64{12286, 12520, 12710, 12890, 13050}, High: []float64{12286, 12690, 13010, 13320, 13640}, Target: 12500,
		Words: draw.ChartWords{Actual: "实际", Forecast: "预测", Interval: "预测区间", Target: "目标", Table: c.T("design.table"), Time: "月份"}}
}

// alxa is a map of three invented outlines and two zones without boundary.
func alxa(c *web.Ctx) draw.Choropleth {
	return draw.Choropleth{Label: "各旗新增就业完成率：阿拉善左旗 101.2%，阿拉善右旗 96.4%，额济纳旗 88.9%，高新区 99.1%，孪井滩示范区 93.7%", View: [4]float64{0, 0, 400, 300}, Enter: c.T("design.enter"),
		Legend: []string{"不足 85%", "85～90", "90～95", "95～100", "100% 以上"},
		Shapes: []draw.Shape{
			{Name: "额济纳旗", Value: "88.9%", Class: 2, CX: 130, CY: 75, Href: "/design", D: "M20 20L90 32L160 22L205 45L215 88L182 128L150 150L96 142L82 112L58 118L40 70Z"},
			{Name: "阿拉善右旗", Value: "96.4%", Class: 4, CX: 175, CY: 185, Href: "/design", D: "M150 150L182 128L215 88L262 130L258 178L240 205L198 214L170 262L150 232L96 178Z"},
			{Name: "阿拉善左旗", Value: "101.2%", Class: 5, CX: 288, CY: 170, Href: "/design", D: "M205 45L262 82L318 62L324 130L348 176L320 218L308 262L262 286L224 270L240 205L258 178L262 130L215 88Z"},
			{Name: "高新区", Value: "99.1%", Class: 4, CX: 338, CY: 168, Href: "/design"},
			{Name: "孪井滩示范区", Value: "93.7%", Class: 3, CX: 285, CY: 258, Href: "/design"},
		}}
}
