package search

import (
	"slices"
	"strings"
)

// placeEndings end the names of areas; the longest first.
var placeEndings = []string{"经济技术开发区", "高新技术产业开发区", "经济开发区", "农牧场管理局", "工业园区", "街道办事处", "管理区", "自治旗", "示范区", "开发区", "苏木", "街道", "民族乡", "盟", "市", "旗", "县", "区", "镇", "乡"}

// ShortPlace is an area's name without its ending: 海流图镇 is 海流图. A name that would be left with one character stays as
// it is, and so does one whose ending is part of it.
func ShortPlace(name string) string {
	for _, ending := range placeEndings {
		if short, ok := strings.CutSuffix(name, ending); ok && len([]rune(short)) >= 2 {
			return short
		}
	}
	return name
}

// alsoCalled are names that people use for places, beside the short ones.
var alsoCalled = map[string]string{
	"呼和浩特": "呼市", "乌兰察布": "乌盟", "巴彦淖尔": "巴盟", "锡林郭勒": "锡盟", "阿拉善": "阿盟", "鄂尔多斯": "鄂市",
	"阿拉善左": "阿左旗", "阿拉善右": "阿右旗", "额济纳": "额旗", "乌拉特前": "乌前旗", "乌拉特中": "乌中旗", "乌拉特后": "乌后旗", "达拉特": "达旗", "准格尔": "准旗",
	"鄂托克": "鄂旗", "鄂托克前": "鄂前旗", "伊金霍洛": "伊旗", "土默特左": "土左旗", "土默特右": "土右旗", "科尔沁左翼中": "科左中旗", "科尔沁左翼后": "科左后旗",
	"科尔沁右翼前": "科右前旗", "科尔沁右翼中": "科右中旗", "达尔罕茂明安联合": "达茂旗", "克什克腾": "克旗", "巴林左": "巴林左旗", "阿鲁科尔沁": "阿旗", "翁牛特": "翁旗", "喀喇沁": "喀旗",
	"莫力达瓦达斡尔族": "莫旗", "鄂温克族": "鄂温克旗", "鄂伦春": "鄂伦春旗", "新巴尔虎左": "新左旗", "新巴尔虎右": "新右旗", "陈巴尔虎": "陈旗",
	"东乌珠穆沁": "东乌旗", "西乌珠穆沁": "西乌旗", "苏尼特左": "东苏旗", "苏尼特右": "西苏旗", "察哈尔右翼前": "察右前旗", "察哈尔右翼中": "察右中旗", "察哈尔右翼后": "察右后旗",
}

// PlaceNames are the ways in which people write an area's name: whole, short, and what else it is called.
func PlaceNames(name string) []string {
	short := ShortPlace(name)
	list := []string{name}
	low := strings.HasSuffix(name, "街道") || strings.HasSuffix(name, "镇") || strings.HasSuffix(name, "乡") || strings.HasSuffix(name, "苏木")
	if low && len([]rune(short)) < 3 {
		return list // 建设街道 is not meant by 建设
	}
	if short != name {
		list = append(list, short)
	}
	if other := alsoCalled[short]; other != "" && !slices.Contains(list, other) {
		list = append(list, other)
	}
	return list
}

// Conditions are the words for what a vacancy offers, whom it welcomes, its hours and contract, for a dictionary.
func Conditions() (entries []Entry) {
	for _, c := range []struct {
		words string
		Filter
	}{
		{"包住 提供住宿 管住 有宿舍", Filter{Flags: Housing}},
		{"包吃 管吃 包饭 管饭", Filter{Flags: Meals}},
		{"包吃住 包吃包住 管吃住 管吃管住 包食宿", Filter{Flags: Housing | Meals}},
		{"五险 五险一金 六险一金 缴社保 交社保 社保", Filter{Flags: Insurance}},
		{"双休 周末双休 做五休二", Filter{Flags: Weekends}},
		{"带薪培训 岗前培训", Filter{Flags: Training}},
		{"应届生 应届毕业生 应届 高校毕业生", Filter{Flags: Graduates}},
		{"退役军人 退伍军人 退伍兵", Filter{Flags: Veterans}},
		{"残疾人 残疾", Filter{Flags: Disabled}},
		{"农牧民 农民工 农牧民工", Filter{Flags: Herders}},
		{"4050 大龄", Filter{Flags: Older}},
		{"脱贫人口 脱贫户", Filter{Flags: OutPoverty}},
		{"就业困难人员 困难人员", Filter{Flags: Hard}},
		{"兼职 非全日制 小时工", Filter{Hours: []Hours{PartTime}}},
		{"日结 零工 临时工 短工", Filter{Hours: []Hours{ByDay}}},
		{"倒班 两班倒 三班倒", Filter{Hours: []Hours{Shifts}}},
		{"长白班 白班 正常班", Filter{Hours: []Hours{Standard}}},
		{"弹性工作 弹性上班", Filter{Hours: []Hours{Flexible}}},
		{"见习 实习 实习生", Filter{Contracts: []Contract{Internship}}},
		{"劳务派遣 派遣", Filter{Contracts: []Contract{Dispatch}}},
		{"学历不限 不限学历", Filter{Education: []Education{Any}}},
	} {
		words := strings.Fields(c.words)
		for _, w := range words {
			entries = append(entries, Entry{Text: w, Name: words[0], Kind: Condition, Filter: c.Filter})
		}
	}
	return entries
}
