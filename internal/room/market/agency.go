package market

import "jiuye/internal/ground/db"

// services are the items that a licence or a filing may cover (《人力资源市场暂行条例》第十八条、第二十七条 and 服务分类国家标准).
var services = []string{"introduce", "collect", "guidance", "fair", "online", "dispatch", "outsource", "training", "assess", "headhunt", "archive", "consult"}

// Agency is a human-resources service agency (人力资源服务机构).
type Agency struct {
	ID         int64
	EmployerID int64 // 0: not in the register
	Name       string
	CreditCode string
	Area       string
	Licence    string // number of its licence
	From       db.Date
	Until      db.Date
	Services   string // keys with blanks between
	ParkID     int64  // 0: none
	Backbone   bool   // named a backbone firm
	Phone      string
	Listed     db.Date // since when it is on the list of the seriously dishonest; zero: not
	ListedWhy  string
	Version    int64
}

// Valid reports whether the licence is in force on a day.
func (a *Agency) Valid(on db.Date) bool {
	return a.Licence != "" && !a.From.After(on.Time) && !a.Until.Before(on.Time)
}

// Annual is an agency's report on a year: what it did, and its output.
type Annual struct {
	AgencyID int64
	Year     int
	Output   int64 // fen
	Staff    int64
	Served   int64 // people
	Units    int64
	Placed   int64 // people who found work
	On       db.Date
	By       string
}

// Inspection is a check of an agency and what came of it.
type Inspection struct {
	AgencyID  int64
	ID        int64
	On        db.Date
	People    string
	Findings  string
	CorrectBy db.Date // zero: nothing to correct
	Result    string
}
