package benchrun

import (
	"fmt"

	"jiuye/internal/engine/rule"
	"jiuye/internal/register/area"
)

// Fields of the made-up people, ids in fields.
const (
	sex = iota
	birth
	education
	residence
	rural
	student
	able
	willing
	registered
	monthsUnemployed
	employment
	contract
	insured
	income
	hard
	lowIncome
	disability
	veteran
	discharged
	outOfPoverty
	graduated
	trained
	certificate
	zero
	founder
)

func words(zh ...string) (out []rule.Word) {
	for i, w := range zh {
		out = append(out, rule.Word{Zh: w, En: fmt.Sprintf("value%d", i)})
	}
	return out
}

var months = rule.Word{Zh: "个月", En: "months"}

var fields = []rule.Field{
	sex:              {Zh: "性别", En: "sex", Type: rule.Choice, Values: words("男", "女"), Single: true},
	birth:            {Zh: "出生日期", En: "birth", Type: rule.Date, Low: 1920, High: 2030},
	education:        {Zh: "文化程度", En: "education", Type: rule.Choice, Values: words("研究生", "本科", "专科", "中职", "高中", "初中", "小学"), Single: true},
	residence:        {Zh: "居住地", En: "area", Type: rule.Text},
	rural:            {Zh: "农业户口", En: "rural", Type: rule.Bool},
	student:          {Zh: "在校学生", En: "student", Type: rule.Bool},
	able:             {Zh: "有劳动能力", En: "able", Type: rule.Bool},
	willing:          {Zh: "有就业意愿", En: "willing", Type: rule.Bool},
	registered:       {Zh: "登记失业", En: "registered", Type: rule.Bool},
	monthsUnemployed: {Zh: "失业月数", En: "months_unemployed", Type: rule.Number, Unit: months, High: 127},
	employment:       {Zh: "就业形式", En: "employment", Type: rule.Choice, Values: words("单位就业", "灵活就业", "自主创业", "公益性岗位", "转移就业"), Single: true},
	contract:         {Zh: "合同月数", En: "contract", Type: rule.Number, Unit: months, High: 127},
	insured:          {Zh: "参保月数", En: "insured_months", Type: rule.Number, Unit: months, High: 511},
	income:           {Zh: "月收入", En: "income", Type: rule.Number, Unit: rule.Word{Zh: "元", En: "yuan"}, High: 16383},
	hard:             {Zh: "就业困难人员", En: "hard", Type: rule.Bool},
	lowIncome:        {Zh: "低保对象", En: "lowincome", Type: rule.Bool},
	disability:       {Zh: "残疾等级", En: "disability", Type: rule.Number, High: 4},
	veteran:          {Zh: "退役军人", En: "veteran", Type: rule.Bool},
	discharged:       {Zh: "退役日期", En: "discharged", Type: rule.Date, Low: 2005, High: 2026},
	outOfPoverty:     {Zh: "脱贫人口", En: "outofpoverty", Type: rule.Bool},
	graduated:        {Zh: "毕业日期", En: "graduated", Type: rule.Date, Low: 2015, High: 2026},
	trained:          {Zh: "培训结束日期", En: "trained", Type: rule.Date, Low: 2018, High: 2027},
	certificate:      {Zh: "证书等级", En: "certificate", Type: rule.Number, High: 5},
	zero:             {Zh: "零就业家庭", En: "zero", Type: rule.Bool},
	founder:          {Zh: "担任企业法人", En: "founder", Type: rule.Bool},
}

// conditions are the rules' conditions: 20 of 3 to 8 clauses.
var conditions = []string{
	`    - 登记失业 是
    - 失业月数 >= 12
    - 有劳动能力 是
    - 有就业意愿 是
    - 出生日期 <= 今天 - 16 年
    - 月收入 <= 2000`,
	`    - 毕业日期 >= 今天 - 2 年
    - 任一:
        - 登记失业 是
        - 就业形式 属于 [灵活就业]
    - 在校学生 否`,
	`    - 就业困难人员 是
    - 就业形式 属于 [灵活就业]
    - 参保月数 >= 1
    - 月收入 <= 4000
    - 出生日期 <= 今天 - 40 年`,
	`    - 任一:
        - 零就业家庭 是
        - 残疾等级 介于 1 和 4 之间
        - 低保对象 是
        - 失业月数 >= 24
    - 有劳动能力 是
    - 非: 担任企业法人 是`,
	`    - 退役军人 是
    - 退役日期 >= 今天 - 1 年
    - 任一:
        - 登记失业 是
        - 就业形式 属于 [自主创业]
    - 月收入 < 5000`,
	`    - 脱贫人口 是
    - 就业形式 属于 [转移就业]
    - 合同月数 >= 6
    - 居住地 开头为 [1501, 1502, 1504]
    - 出生日期 介于 今天 - 65 年 和 今天 - 18 年 之间`,
	`    - 培训结束日期 >= 今天 - 6 个月
    - 合同月数 >= 12
    - 参保月数 >= 3
    - 证书等级 >= 1
    - 失业月数 < 3`,
	`    - 性别 属于 女
    - 出生日期 介于 今天 - 50 年 和 今天 - 40 年 之间
    - 登记失业 是
    - 失业月数 >= 6
    - 参保月数 < 120`,
	`    - 性别 属于 男
    - 出生日期 介于 今天 - 60 年 和 今天 - 50 年 之间
    - 登记失业 是
    - 失业月数 >= 6
    - 参保月数 < 180`,
	`    - 农业户口 是
    - 就业形式 属于 [转移就业]
    - 月收入 < 3000
    - 在校学生 否
    - 合同月数 < 3`,
	`    - 证书等级 介于 1 和 3 之间
    - 参保月数 >= 12
    - 就业形式 属于 [单位就业]
    - 月收入 < 8000`,
	`    - 毕业日期 >= 今天 - 5 年
    - 就业形式 属于 [自主创业]
    - 担任企业法人 是
    - 文化程度 属于 [研究生, 本科, 专科]`,
	`    - 文化程度 属于 [研究生, 本科]
    - 毕业日期 >= 今天 - 1 年
    - 居住地 开头为 [1529, 1525, 1522]
    - 合同月数 >= 24
    - 参保月数 >= 6`,
	`    - 残疾等级 介于 1 和 2 之间
    - 有就业意愿 是
    - 登记失业 是
    - 参保月数 < 60`,
	`    - 出生日期 介于 今天 - 24 年 和 今天 - 16 年 之间
    - 在校学生 否
    - 登记失业 是
    - 文化程度 属于 [高中, 初中, 小学]
    - 失业月数 >= 3`,
	`    - 至少 2:
        - 就业困难人员 是
        - 低保对象 是
        - 脱贫人口 是
        - 零就业家庭 是
        - 失业月数 >= 18
    - 有劳动能力 是
    - 有就业意愿 是`,
	`    - 就业形式 属于 [公益性岗位]
    - 任一:
        - 就业困难人员 是
        - 出生日期 <= 今天 - 55 年
    - 参保月数 >= 36
    - 月收入 < 3500`,
	`    - 农业户口 是
    - 培训结束日期 >= 今天 - 1 年
    - 证书等级 介于 4 和 5 之间
    - 出生日期 介于 今天 - 59 年 和 今天 - 18 年 之间
    - 月收入 < 6000`,
	`    - 参保月数 >= 12
    - 就业形式 属于 [单位就业]
    - 合同月数 < 12
    - 月收入 < 2500
    - 非: 在校学生 是
    - 出生日期 > 今天 - 60 年
    - 性别 属于 [男, 女]`,
	`    - 任一:
        - 全部:
            - 退役军人 是
            - 退役日期 >= 今天 - 3 年
        - 全部:
            - 毕业日期 >= 今天 - 3 年
            - 文化程度 属于 [本科, 专科]
        - 全部:
            - 脱贫人口 是
            - 登记失业 是
    - 担任企业法人 是
    - 参保月数 >= 6`,
}

// today is the day the made-up crowd is asked on.
var today = rule.Day(20355) // 2025-09-24

// policies compiles the conditions.
func policies(d *rule.Dictionary) (list []*rule.Policy, err error) {
	for i, c := range conditions {
		p, err := rule.Load(fmt.Appendf(nil, `编号: B%02d
名称: 测量用
对象: 人员
来源: {文件: 无, 条款: 无, 原文: 无}
有效期: {从: 2025-01-01}
条件:
  全部:
%s
结果: {说明: 无}
办理: {部门: 无, 渠道: 无, 下一步: 无}
英文: {名称: for measuring, 说明: none, 部门: none, 渠道: none, 下一步: none}
`, i+1, c), d)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// places are the townships people live in, sorted, the banners they are counted by, and each township's banner.
func places() (townships rule.Sorted, banners []string, bannerOf []int) {
	for _, league := range area.Children("15") {
		for _, banner := range area.Children(league.Code) {
			for _, township := range area.Children(banner.Code) {
				townships, bannerOf = append(townships, township.Code), append(bannerOf, len(banners))
			}
			banners = append(banners, banner.Code)
		}
	}
	return townships, banners, bannerOf // areas stand in the order of their codes, a banner's townships together
}

// lot draws numbers quickly and the same ones for the same seed (SplitMix64: Steele, Lea, Flood 2014).
type lot uint64

func (l *lot) next() uint64 {
	*l += 0x9e3779b97f4a7c15
	z := uint64(*l)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (l *lot) below(n int64) int64 { return int64(l.next() >> 33 * uint64(n) >> 31) }

func (l *lot) oneIn(n int64) bool { return l.below(n) == 0 }
