package relief

import (
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// Class is a kind of occupation that checks are made for, with the usual validity in months. Food and public places have theirs
// from regulations (every year); the others' are an assumption until the region sets its own.
type Class struct {
	Code   string
	Months int
}

// Classes: 一般入职, 食品从业, 公共场所服务, 托育幼教, 养老护理, 接触职业病危害.
var Classes = []Class{{"general", 12}, {"food", 12}, {"public", 12}, {"child", 12}, {"care", 12}, {"hazard", 12}}

func classOf(code string) (Class, bool) {
	for _, c := range Classes {
		if c.Code == code {
			return c, true
		}
	}
	return Class{}, false
}

func classCodes() (list []string) {
	for _, c := range Classes {
		list = append(list, c.Code)
	}
	return list
}

// forbidden are items that must not be asked for at a hire, with the rule that says so.
var forbidden = []struct {
	words []string
	rule  string
}{
	{[]string{"乙肝", "乙型肝炎", "HBV", "表面抗原", "两对半"}, "《就业促进法》第三十条、人社部发〔2010〕12 号：入职体检不得检查乙肝项目"},
	{[]string{"妊娠", "孕检", "怀孕", "早孕", "HCG"}, "《妇女权益保障法》第四十三条：不得将妊娠测试作为入职体检项目"},
	{[]string{"艾滋", "HIV"}, "《艾滋病防治条例》第三条：不得以此歧视劳动者，入职体检不检查"},
	{[]string{"基因", "遗传"}, "与岗位无关的遗传信息属敏感个人信息（《个人信息保护法》第二十八条），入职体检不检查"},
}

// Lawful refuses items that must not be asked for, with the rule.
func Lawful(items string) error {
	plain := strings.ToUpper(strings.Join(strings.Fields(items), ""))
	for _, f := range forbidden {
		for _, w := range f.words {
			if strings.Contains(plain, w) {
				return fault.New(fault.Invalid, "不能检查“%s”：%s", w, f.rule)
			}
		}
	}
	return nil
}

// Hospital is one designated for checks.
type Hospital struct {
	ID         int64
	Area       string
	Name       string
	Address    string
	Phone      string
	EmployerID int64 // its account may record checks; 0: officers do
	From       db.Date
	Until      db.Date
	By         string
}

// Valid says whether a hospital is designated on a day.
func (h *Hospital) Valid(day db.Date) bool {
	return !day.Before(h.From.Time) && !day.After(h.Until.Time)
}

// Checkup is what is kept of a medical check.
type Checkup struct {
	PersonID   int64
	ID         int64
	HospitalID int64
	Class      string
	On         db.Date
	Fit        bool
	Until      db.Date // last day on which others recognise it
	By         string
}

// Valid says whether a check says fit and is in its time on a day.
func (c *Checkup) Valid(day db.Date) bool { return c.Fit && !day.After(c.Until.Time) }

// recognised says whether a check of somebody's list, the latest first, is recognised on a day: fit, in its time, and no later one
// of its class says unfit.
func recognised(list []Checkup, i int, day db.Date) bool {
	return list[i].Valid(day) && !slices.ContainsFunc(list[:i], func(c Checkup) bool { return c.Class == list[i].Class && !c.Fit })
}

// again are the reasons for which a valid check may be followed by another one: the person's own wish, or a change of health.
var again = []string{"own", "changed"}

// showDays is how long a code to show a check is good for.
const showDays = 7

// Shown is a code by which a unit may see a check.
type Shown struct {
	Code     string
	PersonID int64
	CheckID  int64
	Until    db.Date
	Ended    bool // taken back
}
