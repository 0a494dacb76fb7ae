package graduate

import "jiuye/internal/ground/db"

// Leaver is a graduate of the last two years without work: no unit pays the pension and they do not pay it as flexible workers.
type Leaver struct {
	PersonID  int64
	Area      string
	Graduated db.Date
	Degree    int
	Major     string
	State     string
}

// States of a leaver: what they said they want.
const (
	Unasked = "unasked"
	Wants   = "wants"
	Study   = "study"  // goes on studying
	Army    = "army"   // serves
	Notnow  = "notnow" // wants no work for now
)

var leaverStates = []string{Unasked, Wants, Study, Army, Notnow}

// What can be done for a leaver. Reached notes what they want; the others are the service.
const (
	Reached   = "reached"
	Talk      = "talk"     // 政策宣讲
	Guidance  = "guidance" // 职业指导
	Vacancy   = "vacancy"  // 岗位推荐
	Practice  = "practice" // 技能培训或就业见习
	Promised  = "promised" // has a job offer, not yet insured
	perVacant = 3          // recommendations that the standard asks for
)

var contactKinds = []string{Reached, Talk, Guidance, Vacancy, Practice, Promised}

// Given counts what was done for a leaver.
type Given struct{ Talk, Guidance, Vacancy, Practice int64 }

// Enough says whether the usual standard of service is kept: one talk on policies, one guidance, three vacancies and one
// training or internship (“1131”). The numbers are an assumption until the region sets its own.
func (g Given) Enough() bool {
	return g.Talk >= 1 && g.Guidance >= 1 && g.Vacancy >= perVacant && g.Practice >= 1
}

// Contact is one thing done for a leaver.
type Contact struct {
	PersonID int64
	ID       int64
	Kind     string
	State    string // of the leaver, with Reached
	On       db.Date
	Text, By string
}

// Rate is how far the service of an area's leavers is.
type Rate struct {
	Area                          string
	All, Reached, Wanting, Served int64
	Studying, NotNow              int64
}

// Year is how many of an area's graduates of a year have work.
type Year struct {
	Area                   string
	Year                   int
	People, Unit, Flexible int64
}

// Event is something for graduates: a talk at a school, a visit, a course.
type Event struct {
	ID          int64
	Area, Kind  string
	Title       string
	School      string
	Place, Link string
	On          db.Date
	By          string
}

// eventKinds: 政策宣讲, 校园招聘, 访企拓岗, 就业指导, 技能培训.
var eventKinds = []string{"talk", "campus", "visit", "guidance", "training"}
