package assignment

import (
	"context"
	"slices"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// State is where a task stands.
type State string

// The states. Open and Returned wait for an answer, Answered for whoever gave it.
const (
	Open      State = "open"
	Answered  State = "answered"
	Returned  State = "returned" // the answer was sent back, another one is due
	Accepted  State = "accepted"
	Withdrawn State = "withdrawn" // taken back, because it is not needed any more
)

// Due says whether an answer is due.
func (s State) Due() bool { return s == Open || s == Returned }

// MostDays is the longest deadline that can be given, in working days.
const MostDays = 60

// Result is one answer to choose from.
type Result struct{ Code, Zh, En string }

// Results are the answers of kinds that name none.
var Results = []Result{{"done", "已办结", "Done"}, {"partly", "部分办结", "Partly done"}, {"cannot", "无法办理", "Cannot be done"}}

// Kind is one sort of task, named by the room that gives it.
type Kind struct {
	Code    string // room and noun: "intake.review"
	Zh, En  string
	Results []Result // nil: Results

	// Do does what an accepted answer says, in the transaction that accepts it. May be nil.
	Do func(ctx context.Context, tx *db.Tx, a Answer) error
	// Told hears every answer, in the transaction that brings it; its fault refuses the answer. May be nil.
	Told func(ctx context.Context, tx *db.Tx, a Answer) error
}

func (k Kind) results() []Result {
	if k.Results != nil {
		return k.Results
	}
	return Results
}

func (k Kind) knows(result string) bool {
	return slices.ContainsFunc(k.results(), func(r Result) bool { return r.Code == result })
}

func (k Kind) name(language string) string {
	if language == lang.English && k.En != "" {
		return k.En
	}
	return k.Zh
}

// resultName is an answer as people read it; "" for none.
func (k Kind) resultName(language, code string) string {
	for _, r := range k.results() {
		if r.Code == code && language == lang.English && r.En != "" {
			return r.En
		} else if r.Code == code {
			return r.Zh
		}
	}
	return code
}

// Task is something to be sent.
type Task struct {
	Kind     string
	Object   string // what kind of thing it is about: "review", "person"; "" for none
	ObjectID int64
	PersonID int64  // whose data it is about; 0: nobody's
	From, To string // areas of any level, up or down
	Title    string // one line for lists, without whole names and numbers
	Body     string // what is to be done
	Href     string // page where it is done; "" for none
	WorkDays int    // until the answer is due, 1 to MostDays
	By       web.User
}

func (t *Task) check(known bool) error {
	switch {
	case !known:
		return fault.New(fault.Internal, "没有“%s”这一类交办", t.Kind)
	case t.Title == "":
		return fault.New(fault.Invalid, "请填写交办事项的标题")
	case !area.Exists(t.To) || !area.Exists(t.From):
		return fault.New(fault.Invalid, "交办的地区“%s”→“%s”不在区划表内，请重新选择", t.From, t.To)
	case t.From == t.To:
		return fault.New(fault.Invalid, "不能交办给本地区自己，请选择上级或下级地区")
	case t.WorkDays < 1 || t.WorkDays > MostDays:
		return fault.New(fault.Invalid, "办理期限应为 1 至 %d 个工作日，填的是 %d", MostDays, t.WorkDays)
	}
	return nil
}

// Item is a task as it stands.
type Item struct {
	ID       int64
	Kind     string
	State    State
	Object   string
	ObjectID int64
	PersonID int64
	From, To string
	Title    string
	Href     string
	GivenOn  db.Date
	WorkDays int
	Deadline db.Date
	Answered db.Date // day of the latest answer; zero before
	Late     bool    // the first answer, or its want, was past the deadline
	Result   string  // of the latest answer
	Returns  int     // how often an answer was sent back
	ByID     int64
	ByName   string
	Version  int64

	Body  string // only Get fills in what is sealed
	Steps []Step

	reminded db.Date
	sealed   []byte
}

// Step is one thing that happened to a task.
type Step struct {
	At     time.Time
	What   string // give, answer, accept, return, remind, withdraw
	ByID   int64
	ByName string
	Result string
	Text   string
}

// Answer is an answer in the hands of its kind.
type Answer struct {
	Item
	Text string   // what was answered
	By   web.User // who answered (Told), or accepted (Do)
}

// Clock is how a task stands on a day.
type Clock struct {
	Used int  // working days gone, 0 to the task's
	Left int  // working days that remain; when Over, minus those gone since the deadline
	Over bool // the deadline has passed and no answer has come
}

// ClockOf tells how a task stands on a day; an answered one stands as on the day of the answer.
func (it *Item) ClockOf(today time.Time) Clock {
	if !it.State.Due() && !it.Answered.IsZero() {
		today = it.Answered.Time
	}
	left := workday.Between(today, it.Deadline.Time)
	return Clock{Used: min(it.WorkDays, max(0, it.WorkDays-left)), Left: left, Over: today.After(it.Deadline.Time)}
}

// Up reports whether a task goes up (上报) rather than down.
func (it *Item) Up() bool { return area.Within(it.From, it.To) }

// remindBefore is how many working days before the deadline the first reminder is written, and remindEvery how many
// lie between reminders after it.
const (
	remindBefore = 2
	remindEvery  = 5
)

// remind says whether a reminder is due on a day: once shortly before the deadline, once when it has gone by, and then
// every remindEvery working days.
func (it *Item) remind(today time.Time) bool {
	switch {
	case !it.State.Due() || workday.Between(today, it.Deadline.Time) > remindBefore:
		return false
	case it.reminded.IsZero():
		return true
	case !today.After(it.Deadline.Time):
		return false
	case !it.reminded.After(it.Deadline.Time):
		return true
	}
	return workday.Between(it.reminded.Time, today) >= remindEvery
}

// Stat is what an area was sent, and how it answered.
type Stat struct {
	Area                                                      string
	Given, Waiting, Overdue, Answered, InTime, Late, Returned int64
	Accepted                                                  int64
}

func (s *Stat) add(o Stat) {
	s.Given, s.Waiting, s.Overdue, s.Answered = s.Given+o.Given, s.Waiting+o.Waiting, s.Overdue+o.Overdue, s.Answered+o.Answered
	s.InTime, s.Late, s.Returned, s.Accepted = s.InTime+o.InTime, s.Late+o.Late, s.Returned+o.Returned, s.Accepted+o.Accepted
}

// Rate is the answers in time of all that were due, in ten-thousandths; -1 when nothing was due yet.
func (s Stat) Rate() int64 {
	due := s.InTime + s.Late
	if due == 0 {
		return -1
	}
	return s.InTime * 10000 / due
}
