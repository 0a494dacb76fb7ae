package assess

import (
	"strconv"

	"jiuye/internal/ground/db"
)

// Subjects of an assessment.
const (
	PolicySubject = "policy"     // 宏观经济政策
	Project       = "project"    // 重大工程项目
	Investment    = "investment" // 产业投资
	Exit          = "exit"       // 关停、行业退出
)

var subjects = []string{PolicySubject, Project, Investment, Exit}

// States of an assessment.
const (
	Draft     = "draft"     // 填报中
	Waiting   = "waiting"   // 待审定
	Concluded = "concluded" // 已审定
	Published = "published" // 已公布
)

var states = []string{Draft, Waiting, Concluded, Published}

// The four dimensions of 自治区就业创业意见 一（一）.
const (
	Posts       = "posts"
	Environment = "environment"
	Risk        = "risk"
	Security    = "security"
)

// Dimensions in the order of the document.
var Dimensions = []string{Posts, Environment, Risk, Security}

// Verdicts on a proposal.
const (
	Proceed     = "proceed"     // 可以实施
	Conditional = "conditional" // 落实措施后实施
	Reconsider  = "reconsider"  // 建议调整方案
)

var verdicts = []string{Proceed, Conditional, Reconsider}

// Case is one assessment.
type Case struct {
	ID         int64
	Area       string // region, league or banner that it concerns
	Kind       string // one of the subjects
	Title      string
	Unit       string // responsible unit
	Industry   string // GB/T 4754 section letter and division, C26; "" for a policy of all industries
	InvestFen  int64
	Starts     db.Date // first day of the policy, of production, or of the closure
	Ends       db.Date // zero: without end
	Document   string  // where it is put down: name, number, item
	Summary    string
	EmployerID int64 // the unit in the register that will employ, or let go; 0: none
	Lost       int64 // posts that end, as the unit states
	Conditions Conditions
	State      string
	Lights     Lights
	Permanent  int64 // posts stated, for lists
	Result     *Result
	Verdict    string
	Conclusion string
	ByID       int64
	ByName     string
	At         int64 // unix ms
	Concluder  string
	ConcludeOn db.Date
	PublishOn  db.Date
	Version    int64
}

// Open reports whether its contents may still change.
func (c *Case) Open() bool { return c.State == Draft }

// Line is one sort of post that comes into being.
type Line struct {
	CaseID     int64
	ID         int64
	Occupation string
	Education  int // lowest accepted, as person.Educations; 0 none asked
	Place      string
	People     int64
	Temporary  bool  // ends with the building
	Months     int   // of the contract; 0: none, 999: without end
	Insured    bool  // as an employee
	PayFen     int64 // a month
}

// Stances of departments.
const (
	Agrees      = "agrees"
	WithChanges = "changes"
	Against     = "against"
)

var stances = []string{Agrees, WithChanges, Against}

// Opinion is what a department says.
type Opinion struct {
	CaseID     int64
	ID         int64
	Department string
	Stance     string
	Text       string
	Document   string // number of its letter
	ByID       int64
	ByName     string
	At         int64
}

// Measure softens an effect. It is handed out as a task when the assessment is concluded.
type Measure struct {
	CaseID    int64
	ID        int64
	Dimension string
	Text      string
	Unit      string // responsible department
	To        string // area that carries it out
	WorkDays  int
	TaskID    int64   // 0: not handed out yet
	DoneOn    db.Date // when its answer was accepted
	Outcome   string  // result of the accepted answer
}

// FollowUp compares an estimate with what came of it.
type FollowUp struct {
	CaseID   int64
	Months   int // 6 or 12
	On       db.Date
	Estimate int64
	Low      int64 // of the interval given then; Low = High = 0: none was given
	High     int64
	Actual   int64
	Counted  bool // from the register; otherwise as stated in Source
	Source   string
	ByName   string
	At       int64
}

// Error is how far off the estimate was: actual minus estimate.
func (f *FollowUp) Error() int64 { return f.Actual - f.Estimate }

// Within reports whether the actual number lies in the interval that was given.
func (f *FollowUp) Within() bool {
	return (f.Low != 0 || f.High != 0) && f.Low <= f.Actual && f.Actual <= f.High
}

func caseAt(id int64) string { return atHome + "/case/" + strconv.FormatInt(id, 10) }
