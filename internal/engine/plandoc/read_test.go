package plandoc_test

import (
	"strings"
	"testing"
	"time"

	"jiuye/internal/engine/plandoc"
	"pgregory.net/rapid"
)

func TestReadsTheMarksOfTables(t *testing.T) {
	head := "甲市“十四五”就业促进规划\n第一章 目标\n专栏1 主要指标\n指标 2020年 2025年 年均/累计 属性\n"
	for _, c := range []struct{ row, value, comparator, cumulative, unit, base string }{
		{"城镇新增就业（万人） 2.3 —— 〔10〕 预期性", "10", "=", "yes", "万人", "2.3"},
		{"城镇新增就业（万人） 2.3 —— [10] 预期性", "10", "=", "yes", "万人", "2.3"},
		{"城镇新增就业（万人） 2.3 —— ［10］ 预期性", "10", "=", "yes", "万人", "2.3"},
		{"城镇新增就业（万人） 2.3 —— 〔10〕以上 预期性", "10", ">=", "yes", "万人", "2.3"},
		{"城镇新增就业（万人） 2.3 —— 〔10以上〕 预期性", "10", ">=", "yes", "万人", "2.3"},
		{"城镇新增就业（万人） 2.3 —— ＞〔10〕 预期性", "10", ">=", "yes", "万人", "2.3"},
		{"城镇新增就业（人） 2，300 —— 〔10，000〕 预期性", "10000", "=", "yes", "人", "2300"},
		{"养老保险参保率（%） 82 ＞90 —— 预期性", "90", ">=", "no", "%", "82"},
		{"养老保险参保率（％） 82 ≥90 —— 约束性", "90", ">=", "no", "%", "82"},
		{"城镇登记失业率（%） 3.8 —— ４以内 预期性", "4", "<=", "no", "%", "3.8"},
		{"城镇调查失业率（%） 6.3 —— 6左右 预期性", "6", "~", "no", "%", "6.3"},
		{"劳动报酬占比（%） 48.5* —— 稳步提高 预期性", "稳步提高", "text", "no", "%", "48.5"},
		{"平均受教育年限（年） 10.4 达到自治区要求 —— 约束性", "达到自治区要求", "text", "no", "年", "10.4"},
		{"劳动生产率增长（%） -0.5 —— 5左右 预期性", "5", "~", "no", "%", "-0.5"},
		{"技能大师工作室（个） 3 5—8 —— 预期性", "5-8", "range", "no", "个", "3"},
		{"技能大师工作室（个）（个） 3 8 —— 预期性", "8", "=", "no", "个", "3"},
	} {
		d := draft("甲", head+c.row+"\n注：①〔〕表示五年累计数。②带*号的为2019年数据。\n")
		if len(d.Indicators) != 1 {
			t.Errorf("%s: %d indicators", c.row, len(d.Indicators))
			continue
		}
		x := d.Indicators[0]
		if x.TargetValue != c.value || x.Comparator != c.comparator || cumulative(x) != c.cumulative || x.Unit != c.unit || x.BaseValue != c.base {
			t.Errorf("%s: %+v", c.row, x)
		}
		if strings.Contains(c.row, "*") != (x.BaseYear == "2019") {
			t.Errorf("%s: base year %s", c.row, x.BaseYear)
		}
		if cells := strings.ReplaceAll(c.row, " ", "\n\n"); len(draft("甲", strings.ReplaceAll(head, " 2", "\n\n2")+cells).Indicators) != 1 {
			t.Errorf("one cell a line: %s is not read", c.row)
		}
	}
}

func TestReadsTargetSentences(t *testing.T) {
	for _, c := range []struct{ sentence, name, value, unit, comparator, year, cumulative string }{
		{"到2025年，全市高技能人才总量达到8.8万人。", "高技能人才总量", "8.8", "万人", "=", "2025", "no"},
		{"“十四五”期间，新建市级实训基地10个左右。", "市级实训基地", "10", "个", "~", "2025", "yes"},
		{"每年培训基层工作人员500人以上。", "基层工作人员培训", "500", "人", ">=", "annual", "no"},
		{"每年培养技师百名以上。", "技师", "100", "名", ">=", "annual", "no"},
		{"到2025年，培育劳务品牌2-3个。", "劳务品牌", "2-3", "个", "range", "2025", "no"},
		{"确保零就业家庭动态清零。", "零就业家庭", "动态清零", "户", "text", "", "no"},
		{"到2025年，制造业从业人员平均工资比2020年翻一番。", "制造业从业人员平均工资", "翻一番", "", "text", "2025", "no"},
		{"到2025年，劳动参与率比2020年提高2个百分点。", "劳动参与率提高", "2", "个百分点", "=", "2025", "no"},
		{"到2025年，企业退休人员养老金年均增长4%以上。", "企业退休人员养老金年均增长", "4", "%", ">=", "2025", "no"},
		{"到2025年，灵活就业参保人数由3.2万人增加到5万人。", "灵活就业参保人数", "5", "万人", "=", "2025", "no"},
		{"“十四五”期间，每个县区至少建成1个返乡创业园。", "返乡创业园", "1", "个", ">=", "2025", "no"},
		{"到2025年，人均预期寿命超过78.5岁。", "人均预期寿命", "78.5", "岁", ">=", "2025", "no"},
		{"“十四五”时期，累计新增返乡创业人员3万余人。", "新增返乡创业人员", "3", "万人", ">=", "2025", "yes"},
		{"到2025年，全市技能人才总量达到20万人左右。", "技能人才总量", "20", "万人", "~", "2025", "no"},
		{"到2025年，返乡人员就业人数保持在30万左右。", "返乡人员就业人数", "30", "万人", "~", "2025", "no"},
		{"到2025年，登记失业率控制在4%目标范围内。", "登记失业率", "4", "%", "<=", "2025", "no"},
		{"到2025年，高技能人才占技能人才的比例达到1/3。", "高技能人才占技能人才的比例", "1/3", "", "=", "2025", "no"},
		{"到2025年，城乡居民收入比缩小到2.5∶1以内。", "城乡居民收入比", "2.5", ":1", "<=", "2025", "no"},
		{"全市每年开展创业培训4000人次以上。", "开展创业培训", "4000", "人次", ">=", "annual", "no"},
		{"年完成职工培训2万人次。", "职工培训", "2", "万人次", "=", "annual", "no"},
		{"到2025年，再新建4个至6个市级产业园。", "市级产业园", "4-6", "个", "range", "2025", "yes"},
		{"到2025年，95%以上的社区设立就业服务站点。", "社区设立就业服务站点", "95", "%", ">=", "2025", "no"},
		{"到2025年，建成30所省级以上示范学校。", "省级以上示范学校", "30", "所", "=", "2025", "no"},
		{"到2025年，招引40名35岁以下青年技师。", "35岁以下青年技师", "40", "名", "=", "2025", "no"},
		{"1.到2025年，参保率达到并稳定在95%以上。", "参保率", "95", "%", ">=", "2025", "no"},
		{"到2025年，就业人数超6万人。", "就业人数", "6", "万人", ">=", "2025", "no"},
		{"到2025年，在校生规模保持在3万人以上。", "在校生规模", "3", "万人", ">=", "2025", "no"},
		{"到2025年，每千名职工工伤事故率控制在0.4‰以内。", "每千名职工工伤事故率", "0.4", "‰", "<=", "2025", "no"},
	} {
		d := draft("甲", "甲市“十四五”就业促进规划\n第一章 任务\n"+c.sentence+"\n")
		if len(d.Indicators) != 1 {
			t.Errorf("%s: %d indicators %+v", c.sentence, len(d.Indicators), d.Indicators)
			continue
		}
		x := d.Indicators[0]
		if x.Name != c.name || x.TargetValue != c.value || x.Unit != c.unit || x.Comparator != c.comparator || x.TargetYear != c.year || cumulative(x) != c.cumulative {
			t.Errorf("%s: %+v", c.sentence, x)
		}
	}
}

func TestReadsNoTargetWhereNoneIsSet(t *testing.T) {
	for _, s := range []string{
		"对吸纳3人以上就业的企业，给予2万元补贴。", "打造“15分钟就业服务圈”。", "推进1+X证书制度试点。", "依法参加失业保险3年以上的职工可申请补贴。",
		"对见习期满留用率达到50%以上的单位，补贴标准提高到100%。", "畅通12333热线。", "依据《规划纲要（2021—2025年）》编制。", "每招用1人给予1000元奖励。",
		"对培训后6个月内就业的，补贴标准上浮50%。", "围绕10大产业和60个特色园区的用工需求，组织对接。",
		"以全市3000多名登记失业人员为主要对象，做好服务。", "将40个重点村作为联系点。", "补贴分两笔发放，每笔发放50%。", "推动50个重点镇每镇选准主导产业。", "毕业2年内的高校毕业生可按规定申请。",
	} {
		if d := draft("甲", "甲市“十四五”就业促进规划\n第一章 任务\n"+s+"\n"); len(d.Indicators) > 0 {
			t.Errorf("%s: %+v", s, d.Indicators)
		}
	}
}

func TestReadsWhoAnswersForATask(t *testing.T) {
	for _, c := range []struct{ bracket, lead, units string }{
		{"（责任单位：市人社局、财政局等）", "市人社局", "市人社局;财政局"},
		{"（牵头单位：市人社局；责任单位：市财政局、市教育局）", "市人社局", "市人社局;市财政局;市教育局"},
		{"（市人社局牵头，市财政局、各县区人民政府配合）", "市人社局", "市人社局;市财政局;各县区人民政府"},
		{"［责任单位：市人社局，各县（市、区）人民政府］", "市人社局", "市人社局;各县（市、区）人民政府"},
		{"［市人社局、市委人才办，以下均需各区政府落实，不再列出］", "市人社局", "市人社局;市委人才办"},
		{"【市人社局、市总工会按职责分工负责】", "市人社局", "市人社局;市总工会"},
		{"（市 人社局、 市财政局等，列第一位者为牵头部门，下同）", "市人社局", "市人社局;市财政局"},
	} {
		d := draft("甲", "甲市稳就业实施方案\n一、重点任务\n1.扩大岗位供给。做好岗位归集。"+c.bracket+"\n")
		if len(d.Tasks) != 1 {
			t.Errorf("%s: %d tasks", c.bracket, len(d.Tasks))
			continue
		}
		if x := d.Tasks[0]; x.Lead != c.lead || strings.Join(x.Units, ";") != c.units || x.Title != "扩大岗位供给" {
			t.Errorf("%s: %+v", c.bracket, x)
		}
	}
}

func TestSaysWhatItCouldNotRead(t *testing.T) {
	doc := plandoc.FromLines("甲", "甲市“十四五”就业促进规划\n第一章 目标\n专栏1 主要指标\n")
	doc.Blocks = append(doc.Blocks, plandoc.Block{Kind: plandoc.Picture})
	d := plandoc.Read(doc)
	if len(d.Indicators) > 0 || len(d.Warnings) != 1 || d.Warnings[0].Kind != "picture" || d.Warnings[0].Place.Section != "专栏1 主要指标" {
		t.Errorf("%+v %+v", d.Indicators, d.Warnings)
	}
	d = draft("甲", "甲市“十四五”就业促进规划\n第一章 目标\n到2025年，新增就业l2OO人。\n")
	if len(d.Warnings) != 1 || d.Warnings[0].Kind != "scan" || d.Indicators[0].TargetValue != "1200" {
		t.Errorf("%+v %+v", d.Indicators, d.Warnings)
	}
}

// Whatever the text, reading and checking end, and every quote stands in the text.
func TestReadsAnything(t *testing.T) {
	pieces := []string{"专栏1 主要指标\n", "指标 2020年 2025年 属性\n", "城镇新增就业（万人）", " 〔12〕 ", "——", "\n", "。", "，", "到2025年", "达到", "3万人以上", "（责任单位：市人社局）", "第一章 目标\n", "（一）做好就业。",
		"1.推进", "由5个提高到", "分别", "、", "5.5%", "“十四五”期间", "《", "》", "“", "（", "）", "每年", "培训", "- 3 -\n", "零就业家庭动态清零", "注：", "20", "O", "l", "\x00", "😀", "其中", "同比增长"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), "")
		plandoc.Check(draft("甲", text))
	})
}

func FuzzRead(f *testing.F) {
	f.Add("甲市“十四五”规划\n专栏1 指标\n指标 2020年 2025年\n就业（人） 1 2\n")
	f.Add("到2025年，城镇新增就业5万人，分别达到3个、5个。")
	f.Fuzz(func(t *testing.T, text string) { plandoc.Check(draft("甲", text)) })
}

// The time of long texts is logged, not judged: it is to grow with the length.
func TestReadsLongTexts(t *testing.T) {
	unit := "第一节 任务\n到2025年，培训家政服务人员5万人次以上，建成基地10个、实训中心20个。鼓励企业招用高校毕业生，按规定给予补贴。\n"
	took := func(n int) time.Duration {
		text := "甲市“十四五”就业规划\n" + strings.Repeat(unit, n)
		start := time.Now()
		draft("甲", text)
		return time.Since(start)
	}
	small, large := took(2000), took(8000)
	t.Logf("%d KB %v, %d KB %v", 2000*len(unit)>>10, small, 8000*len(unit)>>10, large)
}

func TestReadsHeadsBrokenOverLinesAndRowsNumberedWithoutAHead(t *testing.T) {
	d := draft("甲", "甲市“十四五”就业规划\n专栏2 主要指标\n指标\n单位\n2020年\n（实际）\n2025年\n（目标）\n年均\n增长\n属性\n1\n城镇新增就业\n万人\n1.2\n[5]\n/\n预期性\n2\n高技能人才总量\n人\n11200\n13500\n3.8%\n预期性\n")
	if len(d.Indicators) != 2 || d.Indicators[0].TargetValue != "5" || !d.Indicators[0].Cumulative || d.Indicators[1].TargetValue != "13500" || d.Indicators[1].BaseValue != "11200" {
		t.Errorf("%+v", d.Indicators)
	}
}

func TestGivesShortNamesOfAListTheirEnd(t *testing.T) {
	for sentence, want := range map[string]string{
		"到2025年，失业保险、工伤保险参保人数分别达到3万人、4万人。":          "失业保险参保人数 工伤保险参保人数",
		"到2025年，基本养老、失业、工伤三项保险参保人数分别达到9万人、3万人、4万人。": "基本养老保险参保人数 失业保险参保人数 工伤保险参保人数",
		"到2025年，建设国家级产业园1个、市级4个。":                   "国家级产业园 市级产业园",
		"到2025年，新建20个国家级、50个自治区级培训基地。":              "国家级培训基地 自治区级培训基地",
	} {
		var names []string
		for _, x := range draft("甲", "甲市“十四五”就业规划\n第一章 目标\n"+sentence+"\n").Indicators {
			names = append(names, x.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: %s", sentence, got)
		}
	}
}

func TestSaysWhenAHeadHasNoRows(t *testing.T) {
	d := draft("甲", "甲市“十四五”就业规划\n专栏2 主要指标\n指标 2020年 2025年 属性\n第一章 任务\n")
	if len(d.Indicators) != 0 || len(d.Warnings) == 0 {
		t.Errorf("%+v %+v", d.Indicators, d.Warnings)
	}
}

// Several figures of one sentence: name, value, unit and year of each.
func TestReadsSentencesOfSeveralTargets(t *testing.T) {
	for sentence, want := range map[string]string{
		"到2023年，技能人才总量达到9万人，占从业人员的30%以上。":    "技能人才总量 9万人 2023; 技能人才占从业人员 30% 2023",
		"到2023年，帮扶失业人员再就业900人（其中困难人员300人）。":  "失业人员再就业 900人 2023; 困难人员 300人 2023",
		"到2023年，城镇登记失业率、调查失业率分别控制在4%、5%以内。":  "城镇登记失业率 4% 2023; 城镇调查失业率 5% 2023",
		"到2023年，城镇、农村居民收入分别达到5万元、2万元。":       "城镇居民收入 5万元 2023; 农村居民收入 2万元 2023",
		"到2023年，基本养老、失业保险参保人数分别达到8万人、3万人。":   "基本养老保险参保人数 8万人 2023; 失业保险参保人数 3万人 2023",
		"到2024年，产业收入达到20亿元、同比增速超10%。":        "产业收入 20亿元 2024; 产业收入同比增速 10% 2024",
		"到2024年，年收入超过1亿元的机构达到6家。":            "年收入超过1亿元的机构 6家 2024",
		"到2024年，建设5所在校生规模2000人以上的示范学校。":      "示范学校 5所 2024",
		"到2024年，扩大培训。全市培训总量达到6万人次。":          "培训总量 6万人次 2024",
		"三年共开展职业培训9万人次以上，其中2022年培训2万人次。":     "开展职业培训 9万人次 2025; 开展职业培训 2万人次 2022",
		"到2023年，新建4个至6个产业园和3个区级市场。":          "产业园 4-6个 2023; 区级市场 3个 2023",
		"年培训职工2万人次，取得证书1万人。":                 "培训职工 2万人次 annual; 取得证书 1万人 annual",
		"到2024年，技能人才总量达到7万人，比2020年增加2万人。":    "技能人才总量 7万人 2024",
		"到2024年，技能人才总量由5万人增加到7万人，增长40%。":     "技能人才总量 7万人 2024",
		"到2024年，城镇居民收入和农村居民收入分别年均增长6%以上。":    "城镇居民收入年均增长 6% 2024; 农村居民收入年均增长 6% 2024",
		"“十三五”时期，2019年出台办法。五年来，全市培训职工9万人次。":  "职工培训 9万人次 2020",
		"“十三五”时期，完成目标任务15万人的112%，帮扶困难人员2万人。": "困难人员 2万人 2020",
	} {
		var got []string
		for _, x := range draft("甲", "甲市“十四五”就业规划\n第一章 任务\n"+sentence+"\n").Indicators {
			if x.Past {
				x.TargetValue, x.TargetYear = x.Done, "2020"
			}
			got = append(got, x.Name+" "+x.TargetValue+x.Unit+" "+x.TargetYear)
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %s", sentence, strings.Join(got, "; "))
		}
	}
}

// A document whose title names no years: what it says for years after its issue are aims, for those before the past.
func TestTellsAimsFromPastByTheYearOfIssue(t *testing.T) {
	d := draft("甲", "甲市促进就业若干措施\n甲政发〔2024〕6号\n一、目标\n截至2022年底，参保人数达到5万人。到2027年，参保人数达到8万人；到2030年，参保人数达到9万人；到2035年，形成充分就业格局。\n")
	if len(d.Indicators) != 3 || !d.Indicators[0].Past || d.Indicators[1].TargetYear != "2027" || d.Indicators[2].TargetYear != "2030" {
		t.Errorf("%+v", d.Indicators)
	}
}

// The last year of a title of two is the plan's.
func TestTakesTheLaterOfTwoYearsInATitle(t *testing.T) {
	d := draft("甲", "甲市2022年就业工作情况和2023年工作计划\n一、2022年情况\n新增就业4万人。\n二、2023年目标\n新增就业5万人。\n")
	if len(d.Indicators) != 2 || !d.Indicators[0].Past || d.Indicators[1].TargetYear != "2023" {
		t.Errorf("%+v", d.Indicators)
	}
}

func TestReadsATableDrawnWithBars(t *testing.T) {
	d := draft("甲", "甲市“十四五”就业规划\n第一章 目标\n| 指标 | “十四五”期间 | 2023年底 | 2025年底 |\n|---|---|---|---|\n| 新增转移就业 | 4万人 | | |\n| 接受培训的比重 | | 60%以上 | 80%以上 |\n")
	var got []string
	for _, x := range d.Indicators {
		got = append(got, x.Name+x.Comparator+x.TargetValue+x.Unit+" "+x.TargetYear+" "+cumulative(x))
	}
	if want := "新增转移就业=4万人 2025 yes;接受培训的比重>=60% 2023 no;接受培训的比重>=80% 2025 no"; strings.Join(got, ";") != want {
		t.Error(strings.Join(got, ";"))
	}
}

// Heaps of headings, of figures and of brackets are read to their end.
func TestReadsHeapsOfTheSame(t *testing.T) {
	for _, piece := range []string{"（一）加强组织领导\n", "全市新增就业达到5万人", "5", "（其中5人", "| 甲 | 5 | 6 |\n"} {
		plandoc.Read(plandoc.FromLines("甲", strings.Repeat(piece, 3000)))
	}
}
