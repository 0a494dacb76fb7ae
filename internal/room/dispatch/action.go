package dispatch

import "jiuye/internal/ground/db"

// Kinds of actions about a gap.
const (
	Fair     = "fair"     // 招聘会
	Push     = "push"     // 向匹配人员推送
	Labour   = "labour"   // 劳务协作
	Shared   = "shared"   // 共享用工
	Training = "training" // 培训班
	Up       = "up"       // 调度到上级
)

// kinds are those that an officer notes; Up has an act of its own.
var kinds = []string{Fair, Push, Labour, Shared, Training}

// Action is one thing done about a month's gap.
type Action struct {
	EmployerID   int64
	ID           int64
	Month        int
	Area         string
	Kind         string
	Day          db.Date
	Text         string
	Sent         int64 // people told, brought or trained
	Met          int64 // of them brought together with the unit, as told afterwards
	Result       string
	AssignmentID int64
	By           string
	Version      int64
}

// upDays is how many working days the next level has for a gap that a level could not fill.
const upDays = 10
