package fair

// States of a booth.
const (
	Asked     = "asked"     // 待确认
	Confirmed = "confirmed" // 已确认
	Refused   = "refused"   // 未安排
)

// Booth is an employer at a fair, and its page there.
type Booth struct {
	EmployerID int64
	FairID     int64
	Number     int // 0: none given yet
	State      string
	Intro      string // what its page says
	Contact    string
	Reason     string // of a refusal
	At         int64
	Version    int64
	Vacancies  []int64 // that it brings, in the order of their ids
}

// Stand is a vacancy at a booth.
type Stand struct{ EmployerID, VacancyID int64 }

// Results of a talk at a booth.
const (
	Intent    = "intent"    // 有意向
	Interview = "interview" // 约面试
	Hired     = "hired"     // 现场录用
	Unfit     = "unfit"     // 未达成
)

var results = []string{Intent, Interview, Hired, Unfit}

// Whether a talk led to work, as insurance shows it.
const (
	NotYet = 0 // the month has not passed, or its data have not come
	Yes    = 1
	No     = 2
)

// Talk is what a person and an employer agreed at a booth about a vacancy.
type Talk struct {
	PersonID       int64
	FairID         int64
	EmployerID     int64
	VacancyID      int64
	Result         string
	Note           string
	At             int64
	ByName         string
	Month1, Month3 int // insured by the employer one and three months after the fair: NotYet, Yes, No
}

// Promising reports whether something may come of it.
func (t *Talk) Promising() bool { return t.Result != Unfit }
