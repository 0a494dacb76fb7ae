package dictionary

import (
	"jiuye/internal/engine/rule"
	"jiuye/internal/register/employer"
)

// Fields of an employer: ids in Employer().
const (
	UnitKind = iota
	UnitOpened
	UnitMonthsOpen
	Jobs
	JobsBefore
	JobsInsured
	Insured
	InsuredDisabled
	Reported
	Quota
	QuotaGap
	StaffGap
	StaffGapShare
	UnitArea
	UnitIndustry
	JobsCut
	JobsPoor
	TrainingKinds
	OwnSchool
	SchoolStudents
	InternUnit
	InternsKept
	InternsDone
	BatchSince
	BatchUntil
	InternsSigned
	SignedOn
	Distressed
	Agreed
	Placed
	Moved
	IncomeRaised
	CarrierLevel
	Incubated
	ExtensionYears
	ResettledCarrier
	Tenants
	Qualified
	Venture
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
		UnitKind:        {Zh: "单位类型", En: "kind", Type: rule.Choice, Fixed: true, Holder: market},
		UnitOpened:      {Zh: "成立日期", En: "opened", Type: rule.Date, Fixed: true, Holder: market},
		UnitMonthsOpen:  {Zh: "运营月数", En: "months_operating", Type: rule.Number, Unit: months, Grows: rule.ByMonth, Since: "成立日期", Holder: market},
		Jobs:            {Zh: "带动就业人数", En: "jobs", Type: rule.Number, Unit: people, Margin: 1, Holder: service, Meaning: "今天在本单位就业的人数，不含法定代表人"},
		JobsBefore:      {Zh: "一年前带动就业人数", En: "jobs_a_year_ago", Type: rule.Number, Unit: people, Fixed: true, Holder: service},
		JobsInsured:     {Zh: "带动就业参保满12个月人数", En: "jobs_insured_12_months", Type: rule.Number, Unit: people, Margin: 1, Holder: security, Meaning: "今天在本单位就业、在本单位连续缴费满 12 个月的人数，不含法定代表人"},
		Insured:         {Zh: "参保职工人数", En: "insured_staff", Type: rule.Number, Unit: people, Holder: security, Meaning: "数据截至月由本单位缴纳职工养老或失业保险的人数"},
		InsuredDisabled: {Zh: "参保残疾职工人数", En: "insured_disabled", Type: rule.Number, Unit: people, Holder: disabled, Meaning: "参保职工中持有残疾人证的人数"},
		Reported:        {Zh: "申报职工人数", En: "reported_staff", Type: rule.Number, Unit: people, Holder: market, Meaning: "单位自己申报的职工人数"},
		Quota:           {Zh: "应安排残疾人数", En: "disabled_quota", Type: rule.Number, Unit: people, Holder: disabled, Meaning: "参保职工人数乘以按比例就业的比例（参数 disabled_share）"},
		QuotaGap:        {Zh: "残疾人安置缺额", En: "disabled_quota_gap", Type: rule.Number, Unit: people, Holder: disabled, Meaning: "应安排残疾人数减参保残疾职工人数，不足 0 记 0"},
		StaffGap:        {Zh: "人数相差", En: "staff_gap", Type: rule.Number, Unit: people, Holder: security, Meaning: "参保职工人数与申报职工人数之差的绝对值"},
		StaffGapShare:   {Zh: "人数相差比例", En: "staff_gap_share", Type: rule.Number, Unit: rule.Word{Zh: "%", En: "%"}, Holder: security, Meaning: "人数相差占两个人数中较大者的百分比"},
	}
	statedByUnit(list[:])
	for _, k := range kinds {
		list[UnitKind].Values = append(list[UnitKind].Values, k.word)
	}
	return list[:]
}

// Employer is the dictionary of fields of employers.
func Employer() (*rule.Dictionary, error) { return localised(employerFields(), UnitArea) }
