package graduate

import (
	"slices"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/person"
)

// Programmes: 三支一扶, 基层岗位, 西部计划, 政府购买岗位, 特岗教师.
var programmes = []string{"support", "grassroots", "west", "bought", "special"}

// services are kinds of work: 支教, 支农, 支医, 帮扶乡村振兴, 就业和社会保障服务, 其他.
var services = []string{"teach", "farm", "heal", "revive", "social", "other"}

// States of a round, in their order.
const (
	Draft    = "draft"    // posts are put together; nobody sees it
	Open     = "open"     // announced, applications come in
	Exam     = "exam"     // applications closed, qualified, scores come in
	Assigned = "assigned" // posts given; medical checks
	Shown    = "shown"    // publicity runs
	Deciding = "deciding" // the hire waits for its second person
	Hired    = "hired"    // service has begun
)

// Round is one recruitment of a programme in an area.
type Round struct {
	ID         int64
	Area       string
	Programme  string
	Year       int
	Title      string
	Body       string // announcement
	Opens      db.Date
	Closes     db.Date
	Exam       db.Date
	Starts     db.Date // first day of service
	Window     int     // years since graduation, counted to the last day of application; 0: any
	MaxAge     int     // full years on the last day of application; 0: any
	Weight     int     // per cent of the written test in the total
	Pass       int     // least total, in hundredths of a point
	Days       int     // working days of publicity
	State      string
	ShownOn    db.Date
	ShownUntil db.Date
	Request    int64 // approval that waits; 0: none
	By         string
	ByID       int64
	Version    int64
}

// Public says whether everybody may see the round.
func (r *Round) Public() bool { return r.State != Draft }

// Takes says whether applications come in on a day.
func (r *Round) Takes(day db.Date) bool {
	return r.State == Open && !day.Before(r.Opens.Time) && !day.After(r.Closes.Time)
}

// Valid asks whether a round can be announced.
func (r *Round) Valid() error {
	switch {
	case r.Title == "" || r.Body == "":
		return fault.New(fault.Invalid, "请填写招募公告的标题和正文")
	case r.Opens.IsZero() || r.Closes.Before(r.Opens.Time):
		return fault.New(fault.Invalid, "报名截止日期应在开始日期（%s）以后", r.Opens)
	case r.Exam.Before(r.Closes.Time) || r.Starts.Before(r.Exam.Time):
		return fault.New(fault.Invalid, "考试日期应在报名截止（%s）以后，上岗日期应在考试以后", r.Closes)
	case r.Opens.Year() < r.Year-1 || r.Starts.Year() > r.Year+2:
		return fault.New(fault.Invalid, "报名至上岗的日期应在 %d～%d 年之间，请核对年度和日期", r.Year-1, r.Year+2)
	case r.Weight < 0 || r.Weight > 100:
		return fault.New(fault.Invalid, "笔试所占百分比应在 0～100 之间，您填了 %d", r.Weight)
	case r.Days < 5 || r.Days > 20:
		return fault.New(fault.Invalid, "公示应为 5～20 个工作日，您填了 %d", r.Days)
	}
	return nil
}

// Post is work that a round offers.
type Post struct {
	RoundID   int64
	ID        int64
	Area      string // where the work is
	Unit      string
	Title     string
	Service   string
	Majors    string // words with blanks between, one of which the major must hold; "": any
	Degree    int    // least, as person.Educations (a smaller code is higher); 0: any
	Years     int    // of service
	Seats     int
	Reserved  int   // of these, first for people of helped groups
	Allowance int64 // fen a month
}

// Valid asks whether a post makes sense.
func (p *Post) Valid() error {
	switch {
	case p.Unit == "" || p.Title == "":
		return fault.New(fault.Invalid, "请填写服务单位和岗位名称")
	case p.Seats < 1 || p.Seats > 500:
		return fault.New(fault.Invalid, "名额应为 1～500，您填了 %d", p.Seats)
	case p.Reserved < 0 || p.Reserved > p.Seats:
		return fault.New(fault.Invalid, "优先名额应为 0～%d，您填了 %d", p.Seats, p.Reserved)
	case p.Allowance < 0 || p.Allowance > 2_000_000 || !slices.Contains(services, p.Service):
		return fault.New(fault.Invalid, "请选择服务类别；生活补贴应为每月 0～20000 元")
	case p.Years < 1 || p.Years > 5:
		return fault.New(fault.Invalid, "服务期应为 1～5 年，您填了 %d", p.Years)
	}
	return nil
}

func (p *Post) majors() []string { return strings.Fields(p.Majors) }

// helped are the groups that reserved seats are for.
var helped = []string{person.Hard, person.LowIncome, person.OutOfPoverty, person.Disabled}

// States of an application.
const (
	Applied   = "applied"   // waits for the check of qualification
	Qualified = "qualified" // passed
	Refused   = "refused"   // not passed; may appeal once
	Appealed  = "appealed"  // waits for the second check
	Final     = "final"     // refused after the appeal
	Withdrawn = "withdrawn" // by the person
	Dropped   = "dropped"   // taken out after the check: gave up, unfit, an objection was right
	Taken     = "taken"     // hired
)

var entryStates = []string{Applied, Appealed, Qualified, Refused, Final, Withdrawn, Dropped, Taken}

// Medical answers. No diagnosis is kept.
const (
	Fit   = "fit"
	Unfit = "unfit"
)

// Entry is somebody's application to a round.
type Entry struct {
	PersonID  int64
	RoundID   int64
	State     string
	Wishes    []int64 // posts, the most wanted first
	Written   int     // hundredths of a point; -1: none yet
	Interview int
	PostID    int64 // given; 0: none
	Medical   string
	At        int64
	Said      Said
	Version   int64
}

// Said is what is kept sealed of an application: what the person stated where the register knows nothing, and reasons.
type Said struct {
	School, Major, Graduated string
	Degree                   int
	Why                      string // of a refusal or a removal
	Appeal                   string
}

// Total is the score by a round's weights, in hundredths of a point; ok is false while a part is missing.
func (e *Entry) Total(r *Round) (total int, ok bool) {
	if e.Written < 0 || e.Interview < 0 {
		return 0, false
	}
	return (e.Written*r.Weight + e.Interview*(100-r.Weight) + 50) / 100, true
}

// Live says whether an application still stands.
func (e *Entry) Live() bool { return e.State == Applied || e.State == Appealed || e.State == Qualified }
