package person

import (
	"strings"
	"time"

	"jiuye/internal/ground/db"
)

// Sexes as GB/T 2261.1 codes them.
const (
	Male   = 1
	Female = 2
)

// Person is somebody in the register. IDNumber and Phone are plain only in memory; the tables hold them sealed.
type Person struct {
	ID          int64
	Name        string
	Sex         int
	Birth       time.Time
	Ethnic      string // GB 3304
	Education   int    // see Educations
	IDNumber    string
	Phone       string
	Area        string // 12 digits
	Rural       bool
	HouseholdID int64
	Relation    string
	Student     bool
	Able        *bool // nil: nobody has asked
	Willing     *bool // nil: nobody has asked
	Train       *bool // wants training; nil: nobody has asked
	Died        db.Date
	Version     int64
	UpdatedAt   time.Time
}

// Age is the completed years of life on a day.
func (p *Person) Age(on time.Time) int {
	years := on.Year() - p.Birth.Year()
	if on.Month() < p.Birth.Month() || on.Month() == p.Birth.Month() && on.Day() < p.Birth.Day() {
		years--
	}
	return years
}

// Dead reports whether somebody has registered the person's death by a day.
func (p *Person) Dead(on time.Time) bool { return !p.Died.IsZero() && !p.Died.After(on) }

// Household is a registered household (户).
type Household struct {
	ID     int64
	Number string // 户号
	Area   string
	Rural  bool
}

// Registration is a spell of registered unemployment (失业登记).
type Registration struct {
	PersonID   int64
	Since      db.Date
	Until      db.Date // zero: still registered
	Reason     string
	Outcome    string
	Occupation string // wished for
	Pay        int64  // wished for, fen a month
}

// Insurance kinds.
const (
	Pension      = "pension"      // 城镇职工基本养老保险
	Flexible     = "flexible"     // the same, paid by a flexible worker
	Resident     = "resident"     // 城乡居民基本养老保险
	Unemployment = "unemployment" // 失业保险
)

// Insurance is an unbroken run of months paid.
type Insurance struct {
	PersonID   int64
	Kind       string
	EmployerID int64
	From       int // month as 202501
	To         int // last month paid; 0: still paying
}

// Employment kinds.
const (
	Unit     = "unit"     // 单位就业
	Flex     = "flexible" // 灵活就业
	Self     = "self"     // 自主创业
	Post     = "post"     // 公益性岗位
	Transfer = "transfer" // 农牧民转移就业
)

// Spell is a time in work, from the employment registration (就业登记).
type Spell struct {
	PersonID   int64
	Since      db.Date
	Kind       string
	EmployerID int64
	Until      db.Date // zero: still at work
	Urban      bool
	NewForm    bool
	Area       string // of the workplace
	Contract   int    // months; 0 none, OpenEnded without end
	Occupation string
}

// OpenEnded is the contract without a fixed end (无固定期限).
const OpenEnded = 999

// Key groups (重点群体).
const (
	Hard         = "hard"         // 就业困难人员, recognised
	LowIncome    = "lowincome"    // 低保对象
	Veteran      = "veteran"      // 退役军人
	Disabled     = "disabled"     // 残疾人
	OutOfPoverty = "outofpoverty" // 脱贫人口
)

// Group says that a department counts a person among a key group for a time.
type Group struct {
	PersonID int64
	Kind     string
	Since    db.Date
	Until    db.Date // zero: still
	Detail   string
}

// Graduate is a leaving of college.
type Graduate struct {
	PersonID  int64
	Graduated db.Date
	School    string
	Degree    int // as Educations
	Major     string
}

// Training is a course taken.
type Training struct {
	PersonID     int64
	Class        string
	Since, Until db.Date
	Hours        int
	Subsidised   bool
	Occupation   string
}

// Certificate is a vocational skill certificate; HighSkill and better levels count as high-skilled talent (高技能人才).
type Certificate struct {
	PersonID   int64
	Issued     db.Date
	Level      int
	Occupation string
}

// HighSkill is 高级工: levels 1 to 3 are high-skilled.
const HighSkill = 3

// Survey answers (劳动力状况调查).
const (
	Working    = 1
	Unemployed = 2
	Outside    = 3
)

// Survey is one person's answer to the labour-force survey of a month.
type Survey struct {
	PersonID int64
	Month    int
	Status   int
	Urban    bool
}

// Education is a level of schooling: the tens of GB/T 4658 and the usual years it takes.
type Education struct {
	Code  int
	Zh    string
	En    string
	Years int // completed years of schooling, for the mean of the working-age population
}

// Educations, highest first.
var Educations = []Education{
	{10, "研究生", "Postgraduate", 19}, {20, "大学本科", "Bachelor", 16}, {30, "大学专科", "College diploma", 15}, {40, "中等职业", "Secondary vocational", 12},
	{60, "高中", "Senior high school", 12}, {70, "初中", "Junior high school", 9}, {80, "小学", "Primary school", 6}, {90, "未上学", "No schooling", 0},
}

// EducationOf finds a level by its code; ok is false for 0 and unknown codes.
func EducationOf(code int) (e Education, ok bool) {
	for _, e := range Educations {
		if e.Code == code {
			return e, true
		}
	}
	return Education{}, false
}

// NameKey is a name as it is compared: without blanks and interpuncts, in half width.
func NameKey(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(" 　\t·•・．.‧∙'’ᐧ", r):
			return -1
		case r >= '！' && r <= '～':
			return r - 0xfee0
		}
		return r
	}, strings.ToUpper(name))
}

// MonthOf writes a day's month as 202501.
func MonthOf(t time.Time) int { return t.Year()*100 + int(t.Month()) }

// MonthsBetween counts the months from one to the other, both included.
func MonthsBetween(from, to int) int { return (to/100-from/100)*12 + to%100 - from%100 + 1 }
