package dispatch

import (
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/employer"
)

// States of a lead.
const (
	Fresh     = "new"
	Contacted = "contacted"
	Made      = "made" // became a key enterprise or vacancies
	None      = "none" // came to nothing, with the reason
)

var leadStates = []string{Fresh, Contacted, Made, None}

// leadDays is how many working days a banner has to contact a project's owner.
const leadDays = 10

// Lead is a project of which a department told, with the labour it will need.
type Lead struct {
	ID           int64
	Area         string // a banner
	Project      string
	Owner        string
	CreditCode   string // "": not told
	Department   string
	Invest       int64 // fen
	Starts       db.Date
	Contact      Contact // sealed
	People       int64
	State        string
	Day          db.Date
	Due          db.Date
	Outcome      string
	EmployerID   int64 // 0: not known
	AssignmentID int64 // 0: brought in by the banner itself
	GivenBy      string
	By           string
	Version      int64
	Forecasts    []Forecast
}

// Forecast is what labour a project needs in a quarter.
type Forecast struct {
	LeadID     int64
	ID         int64 // 1, 2, 3 in the lead
	Occupation string
	Quarter    string // 2026Q1; "": not told
	People     int64
	VacancyID  int64
}

// key is by what the same project of a later list is known.
func (l *Lead) key() string {
	return l.Area + "|" + employer.NameKey(l.Department) + "|" + employer.NameKey(l.Project)
}

// settled reports whether a lead has come to something or nothing.
func (l *Lead) settled() bool { return l.State == Made || l.State == None }

// quarterName is 2026 年一季度.
func quarterName(q string) string {
	year, n, found := strings.Cut(q, "Q")
	if !found || n < "1" || n > "4" {
		return "未定"
	}
	return year + " 年" + string([]rune("一二三四")[n[0]-'1']) + "季度"
}
