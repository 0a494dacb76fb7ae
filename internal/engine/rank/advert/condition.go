package advert

import (
	"regexp"
	"slices"
	"strings"
)

// schooling are the words of levels, the lowest one that a text names is what it asks for. Codes are tens of GB/T 4658.
var schooling = []struct {
	code int
	any  []string
}{
	{0, []string{"学历不限", "不限学历", "无学历要求"}},
	{80, []string{"小学"}}, {70, []string{"初中"}},
	{40, []string{"中专", "中职", "技校", "职高", "中技"}}, {60, []string{"高中"}},
	{30, []string{"大专", "专科", "高职"}}, {20, []string{"本科", "学士"}}, {10, []string{"硕士", "研究生", "博士"}},
}

func (a *Advert) education(line string) {
	if a.Words(Education) != "" {
		return
	}
	for _, level := range schooling {
		for _, w := range level.any {
			if strings.Contains(line, w) && !strings.Contains(line, w+"在读") {
				a.Education = level.code
				a.saw(Education, w)
				return
			}
		}
	}
	if strings.TrimSpace(line) == "不限" {
		a.saw(Education, line)
	}
}

var years = regexp.MustCompile(`([0-9]{1,2}|[一二两三四五六七八九十])(?:\s*[-~—～至到]\s*[0-9一二三四五六七八九十]{1,2})?\s*(年|个月)\s*(?:以上|及以上|左右)?\s*[\p{Han}]{0,8}(?:经验|经历|工龄)`)

// experience reads what experience is asked for; labelled tells that the whole text is about it.
func (a *Advert) experience(line string, labelled bool) {
	if a.Words(Experience) != "" {
		return
	}
	for _, w := range []string{"经验不限", "无经验", "不限经验", "无需经验", "应届生可", "可接受应届"} {
		if strings.Contains(line, w) {
			a.saw(Experience, w)
			return
		}
	}
	if m := years.FindStringSubmatch(line); m != nil {
		a.Experience = numeral(m[1]) * 12
		if m[2] == "个月" {
			a.Experience = numeral(m[1])
		}
		a.saw(Experience, strings.TrimSuffix(m[0], map[bool]string{true: "经验"}[labelled]))
	} else if labelled && strings.HasPrefix(line, "不限") {
		a.saw(Experience, "不限")
	}
}

// times are the words of kinds of working time.
var times = []struct {
	key string
	any []string
}{
	{"day", []string{"日结", "零工", "临时工", "当天结"}},
	{"part", []string{"兼职", "非全日制", "小时工", "钟点工"}},
	{"intern", []string{"实习", "见习"}},
	{"season", []string{"季节性", "寒假工", "暑假工", "短期工"}},
	{"shift", []string{"两班倒", "三班倒", "倒班", "四班三", "夜班", "轮班"}},
	{"flexible", []string{"弹性工作", "弹性工时", "时间自由"}},
	{"full", []string{"全职", "全日制", "长白班", "双休", "长期工", "八小时", "8小时", "朝九晚五"}},
}

func (a *Advert) hours(line string) {
	if a.Words(Hours) != "" {
		return
	}
	for _, t := range times {
		for _, w := range t.any {
			if strings.Contains(line, w) {
				a.Hours = t.key
				a.saw(Hours, w)
				return
			}
		}
	}
}

// good are benefits as an advert lists them, with what else they are called.
var good = []struct{ name, also string }{
	{"五险一金", "六险一金"}, {"五险", "社保"}, {"包吃住", "管吃管住 包吃包住 管吃住 食宿全包 提供食宿"}, {"包吃", "管吃 管饭 提供工作餐 工作餐 餐补"}, {"包住", "管住 提供住宿 有宿舍 房补 住宿补贴"},
	{"双休", "周末双休"}, {"带薪年假", "年假"}, {"班车接送", "通勤车 班车"}, {"免费体检", "年度体检"}, {"免费培训", "带薪培训 岗前培训"}, {"加班费", "加班补助"},
	{"高温补贴", "防暑降温"}, {"取暖补贴", "采暖补贴"}, {"全勤奖", "满勤奖"}, {"年终奖", "年底奖金"}, {"节日福利", "过节费"}, {"意外险", "商业保险"},
}

func (a *Advert) benefits(line string) {
	for _, g := range good {
		if !slices.ContainsFunc(append(strings.Fields(g.also), g.name), func(w string) bool { return strings.Contains(line, w) }) || slices.Contains(a.Benefits, g.name) {
			continue
		}
		whole := map[string]string{"五险": "五险一金", "包吃": "包吃住", "包住": "包吃住"}[g.name]
		if whole != "" && slices.Contains(a.Benefits, whole) {
			continue
		}
		a.Benefits = append(a.Benefits, g.name)
		a.saw(Benefits, line)
	}
}
