package advert

import (
	"strings"

	"jiuye/internal/engine/rank/pay"
)

// Advert is what one kind of work in a text was read as.
type Advert struct {
	Title      string
	Openings   int // 0: not said (若干)
	Pay        pay.Pay
	Place      string // as written
	Education  int    // lowest accepted, tens of GB/T 4658 (10 … 80); 0: none asked or not said
	Experience int    // months
	Hours      string // full, shift, part, season, day, flexible, intern; "" not said
	Benefits   []string
	Employer   string
	Contact    string
	Found      []Found // what was read from where, in the order of the text
}

// Found is a field with the words it was read from.
type Found struct{ Field, Words string }

// Words gives the words that a field was read from, "" when the text does not say it.
func (a *Advert) Words(field string) string {
	for _, f := range a.Found {
		if f.Field == field {
			return f.Words
		}
	}
	return ""
}

func (a *Advert) saw(field, words string) {
	if a.Words(field) == "" {
		a.Found = append(a.Found, Found{field, strings.TrimSpace(words)})
	}
}

// The fields of an advert.
const (
	Title      = "title"
	Openings   = "openings"
	Pay        = "pay"
	Place      = "place"
	Education  = "education"
	Experience = "experience"
	Hours      = "hours"
	Benefits   = "benefits"
	Employer   = "employer"
	Contact    = "contact"
)

// labels are what people write before a field's value; the longer one stands before the one it contains.
var labels = []struct {
	field string
	any   []string
}{
	{Title, []string{"招聘岗位", "招聘职位", "岗位名称", "职位名称", "应聘岗位", "岗位", "职位", "工种", "招聘工种", "职务"}},
	{Openings, []string{"招聘人数", "需求人数", "招工人数", "用工人数", "人数", "名额"}},
	{Pay, []string{"薪资待遇", "工资待遇", "薪酬待遇", "福利待遇", "岗位薪资", "薪资范围", "月工资", "月薪", "薪资", "工资", "薪酬", "待遇", "薪水"}},
	{Place, []string{"工作地点", "上班地点", "工作地址", "公司地址", "单位地址", "工作区域", "上班地址", "地点", "地址"}},
	{Education, []string{"学历要求", "文化程度", "学历"}},
	{Experience, []string{"工作经验", "经验要求", "工作年限", "经验"}},
	{Hours, []string{"工作时间", "上班时间", "工作性质", "班次", "用工形式"}},
	{Benefits, []string{"福利", "公司福利", "员工福利"}},
	{Employer, []string{"公司名称", "单位名称", "企业名称", "招聘单位", "用人单位", "公司", "单位"}},
	{Contact, []string{"联系方式", "联系电话", "咨询电话", "报名电话", "电话", "微信", "联系人", "手机"}},
}

// named is the field that a line begins with the label of, and the value behind the colon; "" when it is no such line.
func named(line string) (field, value string) {
	at := strings.IndexAny(line, "：:")
	if at < 0 {
		return "", ""
	}
	label := strings.Trim(line[:at], " 　【】[]（）()*·•-—、.0123456789一二三四五六七八九十")
	for _, l := range labels {
		for _, w := range l.any {
			if label == w {
				_, value, _ = cutColon(line)
				return l.field, strings.TrimSpace(value)
			}
		}
	}
	return "", ""
}

func cutColon(line string) (before, after string, found bool) {
	at := strings.IndexAny(line, "：:")
	if at < 0 {
		return line, "", false
	}
	before, after = line[:at], line[at:]
	return before, strings.TrimPrefix(strings.TrimPrefix(after, "："), ":"), true
}
