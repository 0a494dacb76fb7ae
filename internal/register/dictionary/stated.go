package dictionary

import (
	"strings"

	"jiuye/internal/engine/rule"
	"jiuye/internal/register/person"
)

var (
	yuan     = rule.Word{Zh: "元", En: "yuan"}
	hours    = rule.Word{Zh: "课时", En: "hours"}
	percent  = rule.Word{Zh: "%", En: "%"}
	industry = rule.Word{Zh: "工业和信息化部门", En: "the industry department"}
	science  = rule.Word{Zh: "科技部门", En: "the science department"}
	village  = rule.Word{Zh: "嘎查村（社区）", En: "the village"}
)

// stated are the fields that policies of the planning documents ask about: first those the register can count, then those
// that stand in no department's table yet. The latter are unknown for everybody until they are reported or stated in an application.
func stated(list []rule.Field) {
	yes := func(id int, zh, en string, holder rule.Word, is, isNot, meaning string) {
		list[id] = rule.Field{Zh: zh, En: en, Type: rule.Bool, Fixed: true, Holder: holder, Yes: is, No: isNot, Meaning: meaning}
	}
	number := func(id int, zh, en string, unit, holder rule.Word, meaning string) {
		list[id] = rule.Field{Zh: zh, En: en, Type: rule.Number, Fixed: true, Unit: unit, Holder: holder, Meaning: meaning}
	}
	number(UnemploymentPaid, "失业保险累计缴费月数", "unemployment_insurance_months", months, security, "到数据截至月，参加失业保险的月数合计")
	yes(SkillThisYear, "今年取得技能证书", "certificate_this_year", service, "今年取得了职业技能证书", "今年没有取得职业技能证书", "发证日期在本年内")
	yes(Displaced, "去产能分流", "displaced_by_capacity_cuts", service, "因去产能分流失业", "没有去产能分流的失业登记", "任一次失业登记的原因含“去产能”")
	yes(BirthBreak, "因生育中断就业", "work_broken_by_birth", service, "因生育中断就业", "没有因生育中断就业的登记", "最近一次失业登记的原因含“生育”")
	number(HoursTrained, "累计培训课时", "training_hours", hours, service, "已结业各次培训的课时合计")
	yes(HomeDisabled, "家庭有残疾人", "disabled_at_home", disabled, "家庭成员中有持证残疾人", "家庭成员中没有持证残疾人", "同一户的成员（含本人）")
	yes(Building, "在工程建设单位就业", "works_in_construction", service, "在建筑业单位就业", "不在建筑业单位就业", "今天有效的就业登记，单位行业门类为 E")
	yes(AcrossLeagues, "跨盟市就业", "works_in_another_league", service, "在居住地以外的盟市就业", "没有在其他盟市就业", "今天有效的就业登记，就业地与居住地盟市不同")

	yes(Destitute, "特困人员", "destitute", civil, "是特困人员", "不是特困人员", "民政部门认定的特困供养人员")
	yes(Reserve, "中小企业人才储备计划人员", "sme_talent_reserve", service, "是中小企业人才储备计划人员", "不是中小企业人才储备计划人员", "")
	yes(Interning, "就业见习中", "in_internship", service, "正在就业见习", "没有在就业见习", "")
	yes(TrainWish, "有培训意愿", "willing_to_train", service, "愿意参加培训", "不愿参加培训", "入户、窗口或本人填报的最近一次回答")
	yes(SchoolWish, "有就读技工院校意愿", "wants_technician_school", service, "愿意就读技工院校", "不愿就读技工院校", "入户或窗口询问")
	yes(CannotLeave, "无法离乡", "cannot_leave_home", village, "无法离乡", "能够离乡", "")
	yes(NoIndustry, "无业可扶", "no_industry_to_rely_on", village, "没有产业可以帮扶", "有产业可以帮扶", "")
	yes(PostFit, "符合公益性岗位安置条件", "fit_for_public_welfare_post", service, "符合公益性岗位安置条件", "不符合公益性岗位安置条件", "")
	yes(OtherFailed, "其他渠道难以就业", "other_ways_failed", service, "经推荐仍难以通过其他渠道就业", "可以通过其他渠道就业", "")
	number(HomeIncome, "家庭人均月收入", "household_income_a_head", yuan, civil, "共同生活的家庭成员人均月收入")
	yes(Organised, "有组织劳务输出", "organised_labour_export", service, "参加有组织的劳务输出", "没有参加有组织的劳务输出", "")
	day := func(id int, zh, en, given, meaning string) {
		list[id] = rule.Field{Zh: zh, En: en, Type: rule.Date, Fixed: true, Holder: service, Given: given, Meaning: meaning}
	}
	day(ReserveSince, "储备协议起始日期", "talent_reserve_from", "中小企业人才储备计划人员", "以储备计划协议为准")
	day(ReserveUntil, "储备协议期满日期", "talent_reserve_until", "中小企业人才储备计划人员", "以储备计划协议为准")
	day(InternSince, "见习开始日期", "internship_from", "就业见习中", "以见习协议为准")
	day(InternUntil, "见习期满日期", "internship_until", "就业见习中", "以见习协议为准，提前终止的为终止日期")
	yes(FirstFounding, "首次创业", "first_start_up", market, "是首次创业", "不是首次创业", "")
}

// statedByUnit are the same for employers.
func statedByUnit(list []rule.Field) {
	yes := func(id int, zh, en string, holder rule.Word, is, isNot string) {
		list[id] = rule.Field{Zh: zh, En: en, Type: rule.Bool, Fixed: true, Holder: holder, Yes: is, No: isNot}
	}
	number := func(id int, zh, en string, unit, holder rule.Word, meaning string) {
		list[id] = rule.Field{Zh: zh, En: en, Type: rule.Number, Fixed: true, Unit: unit, Holder: holder, Meaning: meaning}
	}
	day := func(id int, zh, en, meaning string) {
		list[id] = rule.Field{Zh: zh, En: en, Type: rule.Date, Fixed: true, Holder: service, Meaning: meaning}
	}
	list[UnitArea] = rule.Field{Zh: "登记地", En: "registered_in", Type: rule.Text, Fixed: true, Holder: market, Meaning: "区划代码，用“开头为”比较"}
	list[UnitIndustry] = rule.Field{Zh: "行业", En: "industry", Type: rule.Text, Fixed: true, Holder: market, Meaning: "GB/T 4754 门类和大类，如 E47，用“开头为”比较"}
	number(JobsCut, "一年内减员人数", "jobs_cut_in_a_year", people, service, "一年前带动就业人数减今天的，没有减少为 0")
	number(JobsPoor, "吸纳脱贫人口满6个月人数", "out_of_poverty_staff_6_months", people, service, "今天在本单位就业满 6 个月的脱贫人口，不含法定代表人")

	list[TrainingKinds] = rule.Field{Zh: "组织职工培训类别", En: "staff_training", Type: rule.Choice, Fixed: true, Holder: service, Values: []rule.Word{
		{Zh: "岗前培训", En: "before_the_post"}, {Zh: "新型学徒制培训", En: "apprenticeship"}, {Zh: "技师培训", En: "technician"}, {Zh: "高级技师培训", En: "senior_technician"}, {Zh: "其他培训", En: "other"}}}
	yes(OwnSchool, "举办技工职业学校", "runs_vocational_school", school, "用职工教育经费举办了技工学校或职业学校", "没有举办技工学校、职业学校")
	number(SchoolStudents, "在校生人数", "students", people, school, "单位所办技工学校、职业学校的在校生")
	yes(InternUnit, "就业见习单位", "internship_unit", service, "是认定的就业见习单位", "不是就业见习单位")
	number(InternsKept, "见习留用率", "interns_kept", percent, service, "见习期满人员中留用的百分比")
	number(InternsDone, "见习期满人数", "interns_done", people, service, "这一批见习期满的人数")
	number(InternsSigned, "提前签约人数", "interns_signed_early", people, service, "这一批里见习期未满、同一天签订劳动合同的人数")
	day(BatchSince, "见习批次开始日期", "interns_from", "这一批见习人员的见习开始日期，以见习协议为准")
	day(BatchUntil, "见习批次期满日期", "interns_until", "这一批见习人员原定的见习期满日期，以见习协议为准")
	day(SignedOn, "提前签约日期", "interns_signed_on", "提前签约的劳动合同的起始日期")
	yes(Distressed, "困难企业", "distressed", industry, "是认定的困难企业", "没有认定为困难企业")
	yes(Agreed, "与职工协商一致", "agreed_with_staff", service, "调整方案已与职工协商一致", "调整方案没有与职工协商一致")
	number(Placed, "介绍成功就业人数", "people_placed", people, service, "介绍后签订劳动合同并缴纳社会保险的离校 2 年内未就业高校毕业生、长期失业人员、就业困难人员")
	number(Moved, "组织转移就业人数", "people_moved", people, service, "有组织转移就业的农村牧区劳动力")
	yes(IncomeRaised, "稳定带动增收", "raises_income", rural, "稳定带动脱贫户增收", "没有稳定带动脱贫户增收")
	list[CarrierLevel] = rule.Field{Zh: "双创载体级别", En: "start_up_base_level", Type: rule.Choice, Fixed: true, Holder: science, Values: []rule.Word{
		{Zh: "国家级", En: "national"}, {Zh: "自治区级", En: "regional"}, {Zh: "盟市级", En: "league"}, {Zh: "不是双创载体", En: "none"}}}
	yes(Incubated, "在孵企业", "incubated", service, "在创业孵化基地内孵化", "不是在孵企业")
	number(ExtensionYears, "申请延期年数", "extension_years", rule.Word{Zh: "年", En: "years"}, service, "申请延长的孵化年数")
	yes(ResettledCarrier, "安置区孵化载体", "resettlement_start_up_base", rural, "是易地搬迁安置区的孵化载体", "不是安置区的孵化载体")
	number(Tenants, "入驻实体数", "tenants", rule.Word{Zh: "家", En: "tenants"}, service, "孵化载体内入驻的经营实体")
	yes(Qualified, "具备培训资质", "qualified_to_train", school, "具备职业技能培训资质", "不具备职业技能培训资质")
	yes(Venture, "创业投资企业", "venture_investor", market, "是创业投资企业", "不是创业投资企业")
}

// summed are what stated counts from the register.
func (a *Around) summed(r *Row, f *person.Facts, spell *person.Spell) {
	paid := 0
	for i := range f.Insurances {
		in := &f.Insurances[i]
		if in.Kind == person.Unemployment && in.From <= a.AsOf {
			to := in.To
			if to == 0 || to > a.AsOf {
				to = a.AsOf
			}
			paid += max(0, person.MonthsBetween(in.From, to))
		}
	}
	r.set(UnemploymentPaid, rule.Int(int64(paid)))
	fresh := false
	for i := range f.Certificates {
		fresh = fresh || f.Certificates[i].Issued.Year() == a.Today.Year() && !f.Certificates[i].Issued.After(a.Today)
	}
	r.set(SkillThisYear, rule.Yes(fresh))
	displaced, birth := false, false
	for i := range f.Registrations {
		displaced = displaced || strings.Contains(f.Registrations[i].Reason, "去产能")
		birth = strings.Contains(f.Registrations[i].Reason, "生育") // of the last one
	}
	r.set(Displaced, rule.Yes(displaced))
	r.set(BirthBreak, rule.Yes(birth))
	lessons := 0
	for i := range f.Trainings {
		if t := &f.Trainings[i]; !t.Until.IsZero() && !t.Until.After(a.Today) {
			lessons += t.Hours
		}
	}
	r.set(HoursTrained, rule.Int(int64(lessons)))
	r.set(HomeDisabled, rule.Yes(a.Frail[f.HouseholdID] || r.values[Disabled].IsYes()))
	r.set(Building, rule.Yes(spell != nil && a.Builders[spell.EmployerID]))
	r.set(AcrossLeagues, rule.Yes(spell != nil && len(spell.Area) >= leagueDigits && len(f.Area) >= leagueDigits && spell.Area[:leagueDigits] != f.Area[:leagueDigits]))
}

const leagueDigits = 4
