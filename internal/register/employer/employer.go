package employer

import "jiuye/internal/ground/db"

// Employer kinds.
const (
	Enterprise   = "enterprise"   // 企业
	Individual   = "individual"   // 个体工商户
	Institution  = "institution"  // 机关事业单位
	Organisation = "organisation" // 社会组织
)

// Employer is a unit that employs people.
type Employer struct {
	ID         int64
	CreditCode string
	Name       string
	Kind       string
	Industry   string // GB/T 4754 section letter and division, C26
	Area       string
	Opened     db.Date // zero: known from another department's row only
	FounderID  int64   // legal representative; 0 when not in the register
	Staff      int     // as reported
	Phone      string
}
