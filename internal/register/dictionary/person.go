package dictionary

import (
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/register/person"
)

// Fields of a person: ids in Person().
const (
	Age = iota
	Birth
	Sex
	Retires
	Area
	Rural
	Student
	Able
	Willing
	Registered
	RegisteredSince
	MonthsUnemployed
	Employment
	NewForm
	Contracted
	Urban
	Founder
	Hard
	LowIncome
	Veteran
	Disabled
	OutOfPoverty
	Zero
	Settlement
	Discharged
	Graduate
	Graduated
	InStateUnit
	Education
	InsuredSince
	MonthsInsured
	Trained
	TrainingEnd
	ContractAfter
	UninsuredAfter
	Dead
	Died
	AtWork
	AtWorkSince
	InsuredNow
	Paying
	LastPaid
	UnpaidMonths
	HardSince
	HardKind
	Reason
	PoorSince
	Measures
	Resettled
	LowIncomeSince
	Legal
	Places
	Skill
	UnemploymentPaid
	SkillThisYear
	Displaced
	BirthBreak
	HoursTrained
	HomeDisabled
	Building
	AcrossLeagues
	Destitute
	Reserve
	Interning
	TrainWish
	SchoolWish
	CannotLeave
	NoIndustry
	PostFit
	OtherFailed
	HomeIncome
	Organised
	FirstFounding
	ReserveSince
	ReserveUntil
	InternSince
	InternUntil
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
	places = rule.Word{Zh: "个", En: "places"}
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

// skills are the levels of vocational skill certificates, highest first; the last is to have none.
var skills = []rule.Word{{Zh: "高级技师", En: "senior_technician"}, {Zh: "技师", En: "technician"}, {Zh: "高级工", En: "senior_worker"},
	{Zh: "中级工", En: "middle_worker"}, {Zh: "初级工", En: "junior_worker"}, {Zh: "没有证书", En: "no_certificate"}}

func personFields() []rule.Field {
	list := [personFieldCount]rule.Field{
		Age:              {Zh: "年龄", En: "age", Type: rule.Number, Unit: years, Grows: rule.ByYear, Since: "出生日期", Holder: police, Meaning: "周岁"},
		Birth:            {Zh: "出生日期", En: "birth", Type: rule.Date, Fixed: true, Holder: police},
		Sex:              {Zh: "性别", En: "sex", Type: rule.Choice, Values: []rule.Word{{Zh: "男", En: "male"}, {Zh: "女", En: "female"}}, Single: true, Fixed: true, Holder: police},
		Retires:          {Zh: "法定退休日期", En: "retirement_date", Type: rule.Date, Fixed: true, Holder: police, Meaning: "按渐进式延迟法定退休年龄的决定由出生日期和性别算出"},
		Area:             {Zh: "居住地", En: "area", Type: rule.Text, Fixed: true, Holder: police, Meaning: "区划代码，用“开头为”比较"},
		Rural:            {Zh: "农业户口", En: "agricultural_registration", Type: rule.Bool, Fixed: true, Holder: police, Yes: "持农业户口", No: "不是农业户口"},
		Student:          {Zh: "在校学生", En: "student", Type: rule.Bool, Fixed: true, Holder: school, Yes: "是在校学生", No: "不是在校学生"},
		Able:             {Zh: "有劳动能力", En: "able_to_work", Type: rule.Bool, Fixed: true, Holder: service, Yes: "有劳动能力", No: "没有劳动能力"},
		Willing:          {Zh: "有就业意愿", En: "willing_to_work", Type: rule.Bool, Fixed: true, Holder: service, Yes: "有就业意愿", No: "没有就业意愿"},
		Registered:       {Zh: "登记失业", En: "registered_unemployed", Type: rule.Bool, Holder: service, Yes: "已登记失业", No: "没有登记失业"},
		RegisteredSince:  {Zh: "失业登记日期", En: "registered_since", Type: rule.Date, Holder: service},
		MonthsUnemployed: {Zh: "失业月数", En: "months_unemployed", Type: rule.Number, Unit: months, Grows: rule.ByMonth, Since: "失业登记日期", Given: "登记失业", Holder: service, Meaning: "自失业登记之日起满几个月，没有登记为 0"},
		Employment:       {Zh: "当前就业形式", En: "employment", Type: rule.Choice, Single: true, Fixed: true, Holder: service, Meaning: "就业登记的形式；从来没有就业或失业登记的不知道"},
		NewForm:          {Zh: "新就业形态", En: "new_form_of_work", Type: rule.Bool, Holder: service, Yes: "登记为新就业形态（平台就业）", No: "没有登记为新就业形态"},
		Contracted:       {Zh: "签订劳动合同", En: "labour_contract", Type: rule.Bool, Fixed: true, Holder: service, Yes: "签有劳动合同", No: "没有签劳动合同"},
		Urban:            {Zh: "城镇就业", En: "urban_work", Type: rule.Bool, Fixed: true, Holder: service, Yes: "在城镇就业", No: "没有在城镇就业"},
		Founder:          {Zh: "自主创业", En: "founder", Type: rule.Bool, Holder: service, Yes: "已登记自主创业", No: "没有登记自主创业", Meaning: "就业形式为自主创业，或者担任登记单位的法定代表人"},
		Hard:             {Zh: "就业困难人员", En: "hard_to_employ", Type: rule.Bool, Fixed: true, Holder: service, Yes: "是认定的就业困难人员", No: "没有认定为就业困难人员"},
		LowIncome:        {Zh: "低保对象", En: "low_income", Type: rule.Bool, Fixed: true, Holder: civil, Yes: "是低保对象", No: "不是低保对象"},
		Veteran:          {Zh: "退役军人", En: "veteran", Type: rule.Bool, Fixed: true, Holder: veterans, Yes: "是退役军人", No: "不是退役军人"},
		Disabled:         {Zh: "残疾人", En: "disabled", Type: rule.Bool, Fixed: true, Holder: disabled, Yes: "持有残疾人证", No: "没有残疾人证"},
		OutOfPoverty:     {Zh: "脱贫人口", En: "out_of_poverty", Type: rule.Bool, Fixed: true, Holder: rural, Yes: "是脱贫人口", No: "不是脱贫人口"},
		Zero:             {Zh: "零就业家庭成员", En: "zero_employment_household", Type: rule.Bool, Fixed: true, Holder: service, Yes: "是零就业家庭成员", No: "家庭不是零就业家庭"},
		Settlement:       {Zh: "安置方式", En: "settlement", Type: rule.Choice, Values: settlements, Single: true, Fixed: true, Holder: veterans, Given: "退役军人"},
		Discharged:       {Zh: "退役日期", En: "discharged", Type: rule.Date, Fixed: true, Holder: veterans, Given: "退役军人"},
		Graduate:         {Zh: "高校毕业生", En: "graduate", Type: rule.Bool, Fixed: true, Holder: school, Yes: "是高校毕业生", No: "没有高校毕业记录"},
		Graduated:        {Zh: "毕业日期", En: "graduated", Type: rule.Date, Fixed: true, Holder: school, Given: "高校毕业生", Meaning: "最近一次高校毕业"},
		InStateUnit:      {Zh: "已在机关国企事业单位就业", En: "in_state_unit", Type: rule.Bool, Fixed: true, Holder: assets, Given: "高校毕业生", Yes: "已在机关或国有企事业单位就业", No: "毕业后没有在机关或国有企事业单位就业过", Meaning: "在企业就业过的，分不清是否国有，不知道"},
		Education:        {Zh: "学历", En: "education", Type: rule.Choice, Single: true, Fixed: true, Holder: police},
		InsuredSince:     {Zh: "参保起始日期", En: "insured_since", Type: rule.Date, Holder: security},
		MonthsInsured:    {Zh: "参保月数", En: "months_insured", Type: rule.Number, Unit: months, Grows: rule.ByMonth, Since: "参保起始日期", Holder: security, Meaning: "职工或灵活就业养老保险连续缴费满几个月，没有在缴为 0"},
		Trained:          {Zh: "参加过补贴性培训", En: "trained", Type: rule.Bool, Fixed: true, Holder: service, Yes: "参加过补贴性职业培训", No: "没有参加过补贴性职业培训"},
		TrainingEnd:      {Zh: "培训结束日期", En: "training_end", Type: rule.Date, Fixed: true, Holder: service, Given: "参加过补贴性培训"},
		ContractAfter:    {Zh: "培训后合同月数", En: "contract_months_after_training", Type: rule.Number, Unit: months, Holder: service, Given: "参加过补贴性培训", Meaning: "培训结束后 6 个月内签订的劳动合同的期限，没有为 0"},
		UninsuredAfter:   {Zh: "签合同未参保", En: "contract_without_insurance", Type: rule.Bool, Holder: security, Yes: "培训后签了合同却没有参保缴费", No: "没有签了合同却不参保的情况"},
		Dead:             {Zh: "已死亡", En: "dead", Type: rule.Bool, Fixed: true, Holder: police, Yes: "已登记死亡", No: "没有死亡登记"},
		Died:             {Zh: "死亡日期", En: "died", Type: rule.Date, Fixed: true, Holder: police, Given: "已死亡"},
		AtWork:           {Zh: "就业登记在业", En: "registered_at_work", Type: rule.Bool, Holder: service, Yes: "就业登记为在业", No: "没有在业的就业登记", Meaning: "今天有没有未终止的就业登记；没有登记的算不在业"},
		AtWorkSince:      {Zh: "就业登记日期", En: "at_work_since", Type: rule.Date, Holder: service, Given: "就业登记在业", Meaning: "今天有效的就业登记的就业日期"},
		InsuredNow:       {Zh: "职工参保在缴", En: "insured_as_employee", Type: rule.Bool, Holder: security, Yes: "由单位缴纳职工养老或失业保险", No: "没有单位缴纳职工养老或失业保险", Meaning: "数据截至月由单位缴纳职工基本养老保险或失业保险"},
		Paying:           {Zh: "养老保险在缴", En: "pension_paid", Type: rule.Bool, Holder: security, Yes: "正在缴纳养老保险", No: "没有缴纳养老保险", Meaning: "数据截至月缴纳职工、灵活就业或城乡居民养老保险之一"},
		LastPaid:         {Zh: "末次缴费月份", En: "last_paid", Type: rule.Date, Holder: security, Meaning: "各险种最后缴费月的第一天；仍在缴的按数据截至月"},
		UnpaidMonths:     {Zh: "在岗未缴月数", En: "months_unpaid_at_work", Type: rule.Number, Unit: months, Holder: security, Given: "就业登记在业", Meaning: "就业登记为单位就业，该单位到数据截至月连续没有缴费的月数；不在单位就业的为 0"},
		HardSince:        {Zh: "困难认定日期", En: "hard_since", Type: rule.Date, Fixed: true, Holder: service, Given: "就业困难人员"},
		HardKind:         {Zh: "困难类别", En: "hard_kind", Type: rule.Text, Fixed: true, Holder: service, Given: "就业困难人员"},
		Reason:           {Zh: "失业原因", En: "registration_reason", Type: rule.Text, Fixed: true, Holder: service, Meaning: "最近一次失业登记的原因"},
		PoorSince:        {Zh: "脱贫认定日期", En: "out_of_poverty_since", Type: rule.Date, Fixed: true, Holder: rural, Given: "脱贫人口"},
		Measures:         {Zh: "帮扶措施", En: "help_measures", Type: rule.Text, Fixed: true, Holder: rural, Given: "脱贫人口"},
		Resettled:        {Zh: "易地搬迁安置", En: "resettled", Type: rule.Bool, Fixed: true, Holder: rural, Yes: "是易地搬迁安置对象或住在安置区", No: "不是易地搬迁安置对象，也不住在安置区", Meaning: "帮扶措施为易地搬迁后续帮扶，或者居住地在管理员设置的安置区内"},
		LowIncomeSince:   {Zh: "低保起始日期", En: "low_income_since", Type: rule.Date, Fixed: true, Holder: civil, Given: "低保对象"},
		Legal:            {Zh: "企业法定代表人", En: "legal_representative", Type: rule.Bool, Holder: market, Yes: "登记为企业法定代表人", No: "不是企业法定代表人", Meaning: "登记为企业（不含个体工商户）的法定代表人"},
		Places:           {Zh: "同时就业旗县数", En: "banners_at_once", Type: rule.Number, Unit: places, Holder: service, Meaning: "今天有效的单位就业登记分布在几个旗县"},
		Skill:            {Zh: "技能等级", En: "skill_level", Type: rule.Choice, Values: skills, Single: true, Holder: service, Meaning: "最高一张职业技能证书的等级"},
	}
	stated(list[:])
	for _, f := range forms {
		list[Employment].Values = append(list[Employment].Values, f.word)
	}
	for _, e := range person.Educations {
		list[Education].Values = append(list[Education].Values, rule.Word{Zh: e.Zh, En: strings.ReplaceAll(strings.ToLower(e.En), " ", "_")})
	}
	return list[:]
}

// Person is the dictionary of fields of people.
func Person() (*rule.Dictionary, error) { return localised(personFields(), Area) }

// localised is a dictionary whose parameters may differ by the place in one of its fields.
func localised(fields []rule.Field, area int) (*rule.Dictionary, error) {
	d, err := rule.NewDictionary(fields)
	if err == nil {
		d.Area, d.Name = 1+area, placeName(area)
	}
	return d, err
}
