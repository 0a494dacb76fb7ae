package policy

import (
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// Fields of a person, in the order of personFields.
const (
	fAge = iota
	fBirth
	fSex
	fRetires
	fArea
	fRural
	fStudent
	fAble
	fWilling
	fRegistered
	fRegisteredSince
	fMonthsUnemployed
	fEmployment
	fNewForm
	fContracted
	fUrban
	fFounder
	fHard
	fLowIncome
	fVeteran
	fDisabled
	fOutOfPoverty
	fZero
	fSettlement
	fDischarged
	fGraduate
	fGraduated
	fInStateUnit
	fEducation
	fInsuredSince
	fMonthsInsured
	fTrained
	fTrainingEnd
	fContractAfter
	fUninsuredAfter
	personFieldCount
)

// Departments that hold fields.
var (
	police   = rule.Word{Zh: "公安部门", En: "the police"}
	service  = rule.Word{Zh: "公共就业服务机构", En: "the public employment service"}
	security = rule.Word{Zh: "社会保险经办机构", En: "the social insurance agency"}
	civil    = rule.Word{Zh: "民政部门", En: "the civil affairs department"}
	veterans = rule.Word{Zh: "退役军人事务部门", En: "the veterans affairs department"}
	disabled = rule.Word{Zh: "残疾人联合会", En: "the disabled persons' federation"}
	rural    = rule.Word{Zh: "农牧部门", En: "the agriculture department"}
	school   = rule.Word{Zh: "教育部门", En: "the education department"}
	assets   = rule.Word{Zh: "国有资产监管部门", En: "the state assets supervisor"}
	market   = rule.Word{Zh: "市场监管部门", En: "the market regulator"}
)

var (
	months = rule.Word{Zh: "个月", En: "months"}
	years  = rule.Word{Zh: "周岁", En: "years"}
	people = rule.Word{Zh: "人", En: "people"}
)

var forms = []struct {
	kind string
	word rule.Word
}{
	{"", rule.Word{Zh: "未就业", En: "not_at_work"}}, {person.Unit, rule.Word{Zh: "单位就业", En: "unit"}},
	{person.Flex, rule.Word{Zh: "灵活就业", En: "flexible"}}, {person.Self, rule.Word{Zh: "自主创业", En: "self_employed"}},
	{person.Post, rule.Word{Zh: "公益性岗位", En: "public_welfare_post"}}, {person.Transfer, rule.Word{Zh: "转移就业", En: "transferred"}},
}

var settlements = []rule.Word{{Zh: "自主就业", En: "own_job"}, {Zh: "政府安排工作", En: "placed_by_government"}}

func personFields() []rule.Field {
	list := [personFieldCount]rule.Field{
		fAge:              {Zh: "年龄", En: "age", Type: rule.Number, Unit: years, Grows: rule.ByYear, Since: "出生日期", Holder: police, Meaning: "周岁"},
		fBirth:            {Zh: "出生日期", En: "birth", Type: rule.Date, Fixed: true, Holder: police},
		fSex:              {Zh: "性别", En: "sex", Type: rule.Choice, Values: []rule.Word{{Zh: "男", En: "male"}, {Zh: "女", En: "female"}}, Fixed: true, Holder: police},
		fRetires:          {Zh: "法定退休日期", En: "retirement_date", Type: rule.Date, Fixed: true, Holder: police, Meaning: "按渐进式延迟法定退休年龄的决定由出生日期和性别算出"},
		fArea:             {Zh: "居住地", En: "area", Type: rule.Text, Fixed: true, Holder: police, Meaning: "区划代码，用“开头为”比较"},
		fRural:            {Zh: "农业户口", En: "agricultural_registration", Type: rule.Bool, Fixed: true, Holder: police, Yes: "持农业户口", No: "不是农业户口"},
		fStudent:          {Zh: "在校学生", En: "student", Type: rule.Bool, Fixed: true, Holder: school, Yes: "是在校学生", No: "不是在校学生"},
		fAble:             {Zh: "有劳动能力", En: "able_to_work", Type: rule.Bool, Fixed: true, Holder: service, Yes: "有劳动能力", No: "没有劳动能力"},
		fWilling:          {Zh: "有就业意愿", En: "willing_to_work", Type: rule.Bool, Fixed: true, Holder: service, Yes: "有就业意愿", No: "没有就业意愿"},
		fRegistered:       {Zh: "登记失业", En: "registered_unemployed", Type: rule.Bool, Holder: service, Yes: "已登记失业", No: "没有登记失业"},
		fRegisteredSince:  {Zh: "失业登记日期", En: "registered_since", Type: rule.Date, Holder: service},
		fMonthsUnemployed: {Zh: "失业月数", En: "months_unemployed", Type: rule.Number, Unit: months, Grows: rule.ByMonth, Since: "失业登记日期", Given: "登记失业", Holder: service, Meaning: "自失业登记之日起满几个月，没有登记为 0"},
		fEmployment:       {Zh: "当前就业形式", En: "employment", Type: rule.Choice, Fixed: true, Holder: service, Meaning: "就业登记的形式；从来没有就业或失业登记的不知道"},
		fNewForm:          {Zh: "新就业形态", En: "new_form_of_work", Type: rule.Bool, Holder: service, Yes: "登记为新就业形态（平台就业）", No: "没有登记为新就业形态"},
		fContracted:       {Zh: "签订劳动合同", En: "labour_contract", Type: rule.Bool, Fixed: true, Holder: service, Yes: "签有劳动合同", No: "没有签劳动合同"},
		fUrban:            {Zh: "城镇就业", En: "urban_work", Type: rule.Bool, Fixed: true, Holder: service, Yes: "在城镇就业", No: "没有在城镇就业"},
		fFounder:          {Zh: "自主创业", En: "founder", Type: rule.Bool, Holder: service, Yes: "已登记自主创业", No: "没有登记自主创业", Meaning: "就业形式为自主创业，或者担任登记单位的法定代表人"},
		fHard:             {Zh: "就业困难人员", En: "hard_to_employ", Type: rule.Bool, Fixed: true, Holder: service, Yes: "是认定的就业困难人员", No: "没有认定为就业困难人员"},
		fLowIncome:        {Zh: "低保对象", En: "low_income", Type: rule.Bool, Fixed: true, Holder: civil, Yes: "是低保对象", No: "不是低保对象"},
		fVeteran:          {Zh: "退役军人", En: "veteran", Type: rule.Bool, Fixed: true, Holder: veterans, Yes: "是退役军人", No: "不是退役军人"},
		fDisabled:         {Zh: "残疾人", En: "disabled", Type: rule.Bool, Fixed: true, Holder: disabled, Yes: "持有残疾人证", No: "没有残疾人证"},
		fOutOfPoverty:     {Zh: "脱贫人口", En: "out_of_poverty", Type: rule.Bool, Fixed: true, Holder: rural, Yes: "是脱贫人口", No: "不是脱贫人口"},
		fZero:             {Zh: "零就业家庭成员", En: "zero_employment_household", Type: rule.Bool, Fixed: true, Holder: service, Yes: "是零就业家庭成员", No: "家庭不是零就业家庭"},
		fSettlement:       {Zh: "安置方式", En: "settlement", Type: rule.Choice, Values: settlements, Fixed: true, Holder: veterans, Given: "退役军人"},
		fDischarged:       {Zh: "退役日期", En: "discharged", Type: rule.Date, Fixed: true, Holder: veterans, Given: "退役军人"},
		fGraduate:         {Zh: "高校毕业生", En: "graduate", Type: rule.Bool, Fixed: true, Holder: school, Yes: "是高校毕业生", No: "没有高校毕业记录"},
		fGraduated:        {Zh: "毕业日期", En: "graduated", Type: rule.Date, Fixed: true, Holder: school, Given: "高校毕业生", Meaning: "最近一次高校毕业"},
		fInStateUnit:      {Zh: "已在机关国企事业单位就业", En: "in_state_unit", Type: rule.Bool, Fixed: true, Holder: assets, Given: "高校毕业生", Yes: "已在机关或国有企事业单位就业", No: "毕业后没有在机关或国有企事业单位就业过", Meaning: "在企业就业过的，分不清是否国有，不知道"},
		fEducation:        {Zh: "学历", En: "education", Type: rule.Choice, Fixed: true, Holder: police},
		fInsuredSince:     {Zh: "参保起始日期", En: "insured_since", Type: rule.Date, Holder: security},
		fMonthsInsured:    {Zh: "参保月数", En: "months_insured", Type: rule.Number, Unit: months, Grows: rule.ByMonth, Since: "参保起始日期", Holder: security, Meaning: "职工或灵活就业养老保险连续缴费满几个月，没有在缴为 0"},
		fTrained:          {Zh: "参加过补贴性培训", En: "trained", Type: rule.Bool, Fixed: true, Holder: service, Yes: "参加过补贴性职业培训", No: "没有参加过补贴性职业培训"},
		fTrainingEnd:      {Zh: "培训结束日期", En: "training_end", Type: rule.Date, Fixed: true, Holder: service, Given: "参加过补贴性培训"},
		fContractAfter:    {Zh: "培训后合同月数", En: "contract_months_after_training", Type: rule.Number, Unit: months, Holder: service, Given: "参加过补贴性培训", Meaning: "培训结束后 6 个月内签订的劳动合同的期限，没有为 0"},
		fUninsuredAfter:   {Zh: "签合同未参保", En: "contract_without_insurance", Type: rule.Bool, Holder: security, Yes: "培训后签了合同却没有参保缴费", No: "没有签了合同却不参保的情况"},
	}
	for _, f := range forms {
		list[fEmployment].Values = append(list[fEmployment].Values, f.word)
	}
	for _, e := range person.Educations {
		list[fEducation].Values = append(list[fEducation].Values, rule.Word{Zh: e.Zh, En: strings.ReplaceAll(strings.ToLower(e.En), " ", "_")})
	}
	return list[:]
}

// Fields of an employer, in the order of employerFields.
const (
	fKind = iota
	fOpened
	fMonthsOpen
	fJobs
	fJobsBefore
	fJobsInsured
	employerFieldCount
)

var kinds = []struct {
	kind string
	word rule.Word
}{
	{employer.Enterprise, rule.Word{Zh: "企业", En: "enterprise"}}, {employer.Individual, rule.Word{Zh: "个体工商户", En: "individual"}},
	{employer.Institution, rule.Word{Zh: "机关事业单位", En: "institution"}}, {employer.Organisation, rule.Word{Zh: "社会组织", En: "organisation"}},
}

func employerFields() []rule.Field {
	list := [employerFieldCount]rule.Field{
		fKind:        {Zh: "单位类型", En: "kind", Type: rule.Choice, Fixed: true, Holder: market},
		fOpened:      {Zh: "成立日期", En: "opened", Type: rule.Date, Fixed: true, Holder: market},
		fMonthsOpen:  {Zh: "运营月数", En: "months_operating", Type: rule.Number, Unit: months, Grows: rule.ByMonth, Since: "成立日期", Holder: market},
		fJobs:        {Zh: "带动就业人数", En: "jobs", Type: rule.Number, Unit: people, Margin: 1, Holder: service, Meaning: "今天在本单位就业的人数，不含法定代表人"},
		fJobsBefore:  {Zh: "一年前带动就业人数", En: "jobs_a_year_ago", Type: rule.Number, Unit: people, Fixed: true, Holder: service},
		fJobsInsured: {Zh: "带动就业参保满12个月人数", En: "jobs_insured_12_months", Type: rule.Number, Unit: people, Margin: 1, Holder: security, Meaning: "今天在本单位就业、在本单位连续缴费满 12 个月的人数，不含法定代表人"},
	}
	for _, k := range kinds {
		list[fKind].Values = append(list[fKind].Values, k.word)
	}
	return list[:]
}
