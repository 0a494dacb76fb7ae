package demodata

import (
	"strconv"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// The sheets of the fourteen files, as docs/architecture.md lists them.
const (
	tHousehold = iota
	tRegistration
	tSpell
	tHard
	tSurvey
	tInsurance
	tGraduate
	tEmployer
	tLowIncome
	tVeteran
	tDisabled
	tOutOfPoverty
	tTraining
	tCertificate
	tVacancy
	tWithholding
	tRelief
	tDeath
	tableCount
)

func newTables() (t [tableCount]*table) {
	t = [tableCount]*table{
		tHousehold:    head("户籍.csv", "户籍", "户号 与户主关系 姓名 性别 公民身份号码 出生日期 民族 户口性质 文化程度 居住地区划代码 居住地 联系电话 在校学生"),
		tRegistration: head("就业失业登记.xlsx", "失业登记", "姓名 身份证号 失业登记日期 失业原因 注销日期 注销原因 求职工种 期望月薪(元) 劳动能力 就业意愿 联系电话 登记机构"),
		tSpell:        head("就业失业登记.xlsx", "就业登记", "姓名 身份证号 就业日期 就业形式 单位名称 统一社会信用代码 工作地区划代码 城镇就业 新就业形态 合同期限(月) 工种 终止日期"),
		tHard:         head("就业失业登记.xlsx", "就业困难人员", "姓名 身份证号 认定日期 困难类别 退出日期"),
		tSurvey:       head("就业失业登记.xlsx", "劳动力调查", "姓名 身份证号 调查月份 就业状况 城镇"),
		tInsurance:    head("社会保险.csv", "社会保险", "姓名 社会保障号码 险种 统一社会信用代码 单位名称 缴费起始年月 缴费终止年月"),
		tGraduate:     head("高校毕业生.xlsx", "毕业生", "姓名 证件号码 毕业院校 学历 专业 毕业日期 生源地代码"),
		tEmployer:     head("企业.csv", "企业", "单位名称 统一社会信用代码 单位类型 行业代码 所在地区划代码 成立日期 法定代表人 法定代表人证件号 职工人数 联系电话"),
		tLowIncome:    head("低保.xlsx", "低保对象", "姓名 身份证号 享受起始日期 终止日期 保障类别"),
		tVeteran:      head("退役军人.xlsx", "退役军人", "姓名 身份证号 退役日期 安置方式"),
		tDisabled:     head("残疾人.xlsx", "残疾人", "姓名 身份证号 残疾类别 残疾等级 发证日期"),
		tOutOfPoverty: head("脱贫人口.xlsx", "脱贫人口", "姓名 身份证号 脱贫年度 户号 帮扶措施"),
		tTraining:     head("培训.xlsx", "培训", "姓名 身份证号 班次编号 培训工种 开班日期 结业日期 课时 补贴性"),
		tCertificate:  head("培训.xlsx", "技能证书", "姓名 身份证号 职业工种 等级 发证日期"),
		tWithholding:  head("税务扣缴.csv", "个人所得税扣缴", "纳税人姓名 证照号码 性别 出生日期 联系地址 联系电话 扣缴单位 税款所属期 收入额"),
		tRelief:       head("民政救助.xlsx", "救助对象", "救助对象姓名 身份证号 性别 出生日期 家庭住址 联系电话 救助类型 救助日期"),
		tDeath:        head("死亡名单.xlsx", "死亡名单", "姓名 身份证号 死亡日期 死亡原因"),
		tVacancy:      head("岗位.xlsx", "岗位", "单位名称 统一社会信用代码 岗位名称 工种 招聘人数 月薪下限(元) 月薪上限(元) 学历要求 工作地区划代码 合同期限(月) 发布日期 截止日期 福利"),
	}
	for i := range t {
		t[i].number = i
	}
	return t
}

// The words of the files.
var (
	kindZh = map[string]string{
		person.Pension: "城镇职工基本养老保险", person.Flexible: "灵活就业养老保险", person.Resident: "城乡居民基本养老保险", person.Unemployment: "失业保险",
	}
	formZh   = map[string]string{person.Unit: "单位就业", person.Flex: "灵活就业", person.Self: "自主创业", person.Post: "公益性岗位", person.Transfer: "转移就业"}
	statusZh = [...]string{person.Working: "就业", person.Unemployed: "失业", person.Outside: "非劳动力"}
	levelZh  = [...]string{1: "高级技师", "技师", "高级工", "中级工", "初级工"}
	groupIn  = map[string]int{person.Hard: tHard, person.LowIncome: tLowIncome, person.Veteran: tVeteran, person.Disabled: tDisabled, person.OutOfPoverty: tOutOfPoverty}
)

func yes(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

func educationZh(code int) string {
	e, _ := person.EducationOf(code)
	return e.Zh
}

func contractZh(months int) string {
	switch months {
	case 0:
		return ""
	case person.OpenEnded:
		return "无固定期限"
	}
	return strconv.Itoa(months)
}

func monthZh(month int) string {
	if month == 0 {
		return ""
	}
	return strconv.Itoa(month)
}

// dated writes days as 2020-03-01; the last ones are remembered, because rows repeat them.
func dated(d db.Date) string {
	if d.IsZero() {
		return ""
	}
	i := int(d.Unix()/86400) - int(earliestBirth)
	if i < 0 || i >= len(dayNames) {
		return d.String()
	}
	return dayNames[i]
}

var dayNames = func() []string {
	names := make([]string, on(lastYear+2, 1, 1)-earliestBirth)
	for i := range names {
		names[i] = (earliestBirth + day(i)).date().String()
	}
	return names
}()

// household writes the rows of one household into every file.
func (f *files) household(h *Household) error {
	for i := range h.Members {
		m := &h.Members[i]
		f.dirty(h, m)
		f.death(m)
		sex := "男"
		if m.Sex == person.Female {
			sex = "女"
		}
		registered := "非农业"
		if h.Rural {
			registered = "农业"
		}
		f.put(tHousehold, m, h.Number, m.Relation, m.Name, sex, m.IDNumber, dated(db.Date{Time: m.Birth}), ethnicName(m.Ethnic), registered, educationZh(m.Education), m.Area, h.Address, m.Phone, yes(m.Student))
		f.work(h, m)
		for _, g := range m.Groups {
			f.group(h, m, &g)
		}
		for _, g := range m.Graduates {
			f.put(tGraduate, m, m.Name, m.IDNumber, g.School, educationZh(g.Degree), g.Major, dated(g.Graduated), m.Origin)
		}
		for _, t := range m.Trainings {
			f.put(tTraining, m, m.Name, m.IDNumber, t.Class, t.Occupation, dated(t.Since), dated(t.Until), strconv.Itoa(t.Hours), yes(t.Subsidised))
		}
		for _, c := range m.Certificates {
			f.put(tCertificate, m, m.Name, m.IDNumber, c.Occupation, levelZh[c.Level], dated(c.Issued))
		}
		for _, a := range m.Surveys {
			f.put(tSurvey, m, m.Name, m.IDNumber, monthZh(a.Month), statusZh[a.Status], yes(a.Urban))
		}
	}
	return f.err
}

// work writes registrations, spells and insurance.
func (f *files) work(h *Household, m *Member) {
	for _, r := range m.Registrations {
		f.put(tRegistration, m, m.Name, m.IDNumber, dated(r.Since), r.Reason, dated(r.Until), r.Outcome, r.Occupation, strconv.FormatInt(r.Pay/100, 10),
			yes(*m.Able), yes(*m.Willing), m.Phone, f.bannerName(h.Area)+"就业服务中心")
	}
	for _, s := range m.Spells {
		name, code := f.unit(s.EmployerID)
		f.put(tSpell, m, m.Name, m.IDNumber, dated(s.Since), formZh[s.Kind], name, code, s.Area, yes(s.Urban), yes(s.NewForm), contractZh(s.Contract), s.Occupation, dated(s.Until))
	}
	f.beside(m)
	lapses := f.lapses(m)
	for _, in := range m.Insurances {
		name, code := f.unit(in.EmployerID)
		if lapses && in.EmployerID != 0 && in.To == 0 && in.From < lastYear*100+3 {
			in.To = lastYear*100 + 3
		}
		f.put(tInsurance, m, m.Name, m.IDNumber, kindZh[in.Kind], code, name, monthZh(in.From), monthZh(in.To))
	}
}

// unit is the name and credit code of an employer, nothing for none.
func (f *files) unit(id int64) (name, code string) {
	if id == 0 {
		return "", ""
	}
	return f.stream.market.name(int(id) - 1), f.stream.market.code(int(id) - 1)
}

func (f *files) group(h *Household, m *Member, g *person.Group) {
	t := groupIn[g.Kind]
	since, until := dated(g.Since), dated(g.Until)
	kind, degree, _ := strings.Cut(g.Detail, " ")
	switch t {
	case tHard:
		f.put(t, m, m.Name, m.IDNumber, since, g.Detail, until)
	case tLowIncome:
		f.put(t, m, m.Name, m.IDNumber, since, until, kind)
	case tVeteran:
		f.put(t, m, m.Name, m.IDNumber, since, g.Detail)
	case tDisabled:
		f.put(t, m, m.Name, m.IDNumber, kind, degree, since)
	case tOutOfPoverty:
		f.put(t, m, m.Name, m.IDNumber, strconv.Itoa(g.Since.Year()), h.Number, g.Detail)
	}
}
