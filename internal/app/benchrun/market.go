package benchrun

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"jiuye/internal/engine/rank/search"
	"jiuye/internal/register/area"
)

//go:embed trades.txt
var tradesText string

// trade is a line of work that vacancies are made up of.
type trade struct {
	code, name, industry string
	called, things, acts []string
	asks                 []string
	yuan                 int64
	employers            []string
}

var trades = sync.OnceValue(func() (list []trade) {
	for line := range strings.Lines(tradesText) {
		f := strings.Split(strings.TrimSpace(line), "|")
		if strings.HasPrefix(line, "#") || len(f) != 9 {
			continue
		}
		yuan, err := strconv.ParseInt(f[7], 10, 64)
		if err != nil {
			continue
		}
		list = append(list, trade{f[0], f[1], f[3], append(strings.Fields(f[2]), f[1]), strings.Fields(f[4]), strings.Fields(f[5]), strings.Fields(f[6]), yuan, strings.Fields(f[8])})
	}
	return list
})

// Market makes up vacancies of the region, the same ones every time; it is safe for several goroutines.
type Market struct{ banners []string }

// MarketDay is the day on which the newest vacancies are posted.
var MarketDay = int32(today)

// NewMarket prepares a market.
func NewMarket() *Market {
	_, banners, _ := places()
	return &Market{banners}
}

var (
	brandFirst  = strings.Split("鑫宏伟恒盛华泰瑞祥嘉荣腾飞远达诚信安康福源金蒙草原青绿北疆天骄苍穹晨光东方兴隆博雅惠民顺通智联创新亿佳美凯", "")
	brandSecond = strings.Split("达源泰丰隆盛和顺安宁辉煌途海川岭峰泽润阳光洁利航宇创铭捷瑞翔欣悦邦康景林牧羊骏驰", "")
	urgent      = []string{"急聘", "诚聘", "高薪聘", "长期招", "直招", "招", "", "", "", "", "", "", "", ""}
	after       = []string{"（包吃住）", "学徒", "助理", "主管", "（双休）", "2名", "5名", "（长白班）", "（五险一金）", "（可兼职）", "领班", "", "", "", "", "", "", "", "", ""}
	openings    = []string{"我公司因业务发展需要", "现面向社会公开招聘", "本单位长期招人", "因项目扩建", "单位直招，非中介", "公司成立多年，发展稳定", "厂区搬迁新址，现增补人员", "新店开业", "因人员退休"}
	duties      = []string{"负责", "参与", "协助完成", "独立完成", "按要求做好", "主要从事", "每日"}
	general     = []string{"服从上级领导安排", "做好班前班后交接", "遵守安全操作规程", "完成领导交办的其他任务", "保持工作区域整洁", "如实填写各项记录", "发现问题及时上报", "配合其他部门工作", "参加单位组织的培训", "节约用料，爱护设备"}
	demands     = []string{"身体健康，能吃苦耐劳", "有责任心，踏实肯干", "有相关工作经验者优先", "能适应倒班", "有团队精神，沟通能力强", "熟悉本地情况优先", "能长期稳定工作", "无经验可带教", "会简单的电脑操作", "能接受出差", "服从管理，有时间观念", "会蒙古语者优先", "退役军人优先", "欢迎应届毕业生"}
	benefits    = []string{"按月发放工资，不拖欠", "节日福利", "年底双薪", "工龄工资", "免费体检", "带薪年假", "生日礼品", "高温补贴", "取暖补贴", "班车接送", "全勤奖", "提成另算", "夜班补助", "技能等级补贴", "话费补助"}
	families    = strings.Split("王李张刘陈杨赵黄周吴徐孙白包韩何郭马高罗乌斯额苏那呼吉", "")
	roads       = strings.Split("新华 团结 解放 建设 文化 阿尔山 巴彦 察哈尔 锡林 乌兰 成吉思汗 敕勒川 人民 胜利 友谊 兴安 哲里木 科尔沁 鄂尔多斯 腾飞 民族 滨河 西拉沐沦 昭乌达 伊和", " ")
	hoursNames  = []string{"", "每天工作8小时", "三班倒", "综合工时制", "弹性工作", "非全日制，每天4小时", "日结"}
	eduNames    = []string{"学历不限", "小学及以上", "初中及以上文化", "高中或中专学历", "大专及以上学历", "本科及以上学历", "硕士研究生", "博士研究生"}
)

// dice draws from lists.
type dice struct{ *lot }

func (d dice) of(list []string) string { return list[d.below(int64(len(list)))] }

func (d dice) weighted(weights ...int64) int {
	sum := int64(0)
	for _, w := range weights {
		sum += w
	}
	x := d.below(sum)
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return 0
}

// skewed is below n, small numbers more often.
func (d dice) skewed(n int64) int64 {
	a, b := d.below(n), d.below(n)
	return min(a, b)
}

// Vacancy makes up number i.
func (m *Market) Vacancy(i int) search.Vacancy {
	seed := lot(uint64(i)*0x9e3779b97f4a7c15 + 12345)
	d := dice{&seed}
	all := trades()
	t := &all[d.skewed(int64(len(all)))*37%int64(len(all))]
	banner := m.banners[d.skewed(int64(len(m.banners)))*53%int64(len(m.banners))]
	v := search.Vacancy{ID: int64(i) + 1, Occupation: t.code, OccupationName: t.name, Industry: t.industry, Posted: MarketDay - int32(d.skewed(240))}
	if d.below(100) < 3 {
		v.Occupation, v.OccupationName = "", ""
	}
	v.Area, v.Place = where(d, banner)
	v.Hours = search.Hours(1 + d.weighted(50, 18, 12, 6, 8, 6))
	v.Contract = search.Contract(d.weighted(10, 12, 50, 6, 12, 4, 6))
	v.Education = search.Education(d.weighted(34, 4, 22, 20, 13, 6, 1, 0))
	for bit, chance := range []int64{30, 34, 55, 25, 12, 14, 10, 6, 16, 18, 8, 8} {
		if d.below(100) < chance {
			v.Flags |= 1 << bit
		}
	}
	if d.below(100) < 92 {
		v.PayLow = (t.yuan*(70+d.below(50))/100 + 50) / 100 * 10000
		v.PayHigh = v.PayLow + d.below(30)*10000
	}
	m.words(d, t, &v)
	return v
}

func where(d dice, banner string) (string, search.Point) {
	code := banner
	for range 2 {
		if below := area.Children(code); len(below) > 0 {
			code = below[d.skewed(int64(len(below)))].Code
		}
	}
	a, _ := area.Get(banner)
	if a.Lat == 0 || d.below(10) == 0 {
		return code, search.Point{}
	}
	return code, search.Point{Lat: a.Lat + float64(d.below(400)-200)/1000, Lon: a.Lon + float64(d.below(400)-200)/1000}
}

// words writes the title, the employer and the body.
func (m *Market) words(d dice, t *trade, v *search.Vacancy) {
	name := d.of(t.called)
	v.Title = d.of(urgent) + name + d.of(after)
	league, banner := area.Name(area.At(v.Area, area.League)), area.Name(area.At(v.Area, area.Banner))
	v.Employer = search.ShortPlace(banner) + d.of(brandFirst) + d.of(brandSecond) + d.of(t.employers) + []string{"有限公司", "有限责任公司", "有限公司", "经营部", "合作社"}[d.weighted(50, 20, 10, 10, 5)]
	var b strings.Builder
	fmt.Fprintf(&b, "%s，招聘%s%d名。岗位职责：", d.of(openings), name, 1+d.skewed(20))
	for n := range 2 + d.below(2) {
		fmt.Fprintf(&b, "%d、%s%s的%s、%s工作；", n+1, d.of(duties), d.of(t.things), d.of(t.acts), d.of(t.acts))
	}
	fmt.Fprintf(&b, "%s，%s。任职要求：%s，", d.of(general), d.of(general), eduNames[v.Education])
	if len(t.asks) > 0 && d.below(10) < 7 {
		fmt.Fprintf(&b, "持有%s，", strings.Join(t.asks, "、"))
	}
	fmt.Fprintf(&b, "%s，%s。%s，", d.of(demands), d.of(demands), hoursNames[v.Hours])
	if v.PayHigh > 0 && d.below(2) == 0 {
		fmt.Fprintf(&b, "月薪%d-%d元，", v.PayLow/100, v.PayHigh/100)
	}
	for bit, text := range []string{"包住", "包吃", "缴纳五险一金", "双休"} {
		if v.Flags&(1<<bit) != 0 {
			b.WriteString(text + "，")
		}
	}
	fmt.Fprintf(&b, "%s，%s。工作地点：%s%s%s%s街%d号。联系人：%s%s。", d.of(benefits), d.of(benefits), league, banner, area.Name(area.At(v.Area, area.Township)),
		d.of(roads), 1+d.below(200), d.of(families), []string{"女士", "先生", "经理", "主任"}[d.below(4)])
	v.Body = b.String()
}

// MarketDictionary is the dictionary of the made-up market: places of the region, occupations and their other names,
// conditions.
func MarketDictionary() *search.Dictionary { return search.NewDictionary(MarketEntries()) }

// MarketEntries are the entries of MarketDictionary.
func MarketEntries() (entries []search.Entry) {
	for _, t := range trades() {
		for _, called := range t.called {
			entries = append(entries, search.Entry{Text: called, Name: t.name, Kind: search.Occupation, Filter: search.Filter{Occupations: []string{t.code}}})
		}
	}
	for _, league := range area.Children("15") {
		entries = append(entries, placeEntries(league)...)
		for _, banner := range area.Children(league.Code) {
			entries = append(entries, placeEntries(banner)...)
			for _, township := range area.Children(banner.Code) {
				entries = append(entries, placeEntries(township)...)
			}
		}
	}
	return append(entries, search.Conditions()...)
}

func placeEntries(a area.Area) (entries []search.Entry) {
	for _, text := range search.PlaceNames(a.Name) {
		entries = append(entries, search.Entry{Text: text, Name: area.FullName(a.Code), Kind: search.Place, Filter: search.Filter{Areas: []string{a.Code}}})
	}
	return entries
}
