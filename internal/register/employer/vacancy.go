package employer

import "jiuye/internal/ground/db"

// Vacancy states.
const (
	Open   = "open"   // 招聘中
	Closed = "closed" // 已停止
)

// Vacancy is work without people (岗位).
type Vacancy struct {
	EmployerID int64
	ID         int64
	Title      string
	Occupation string
	Openings   int
	PayLow     int64 // fen a month
	PayHigh    int64
	Education  int // lowest accepted, as person.Educations; 0 none asked
	Area       string
	Contract   int // months; 999 without end
	Posted     db.Date
	Closes     db.Date // last day shown
	Benefits   string
	State      string
	Version    int64
}
