package indicator

import "time"

// Comparators of a target.
const (
	AtLeast = ">="
	AtMost  = "<="
	About   = "~"
	Between = "range"
	Equal   = "="
	InWords = "text" // a direction or another level's target, not a number
)

// State of a plan.
type State string

// The states: 草稿, 待审批, 已确认, 已结束.
const (
	Draft     State = "draft"
	Proposed  State = "proposed" // waits for a second person
	Confirmed State = "confirmed"
	Closed    State = "closed"
)

// Plan is a plan document.
type Plan struct {
	ID       string `yaml:"id"` // 000; uploaded ones have a number of their own
	Name     string `yaml:"name"`
	Number   string `yaml:"number"` // of the document, or when it was printed
	Area     string `yaml:"area"`
	Place    string `yaml:"place"` // where in it the indicators or tasks stand
	BaseYear int    `yaml:"base_year"`
	LastYear int    `yaml:"last_year"`
	State    State  `yaml:"-"`
	File     string `yaml:"-"` // name of the uploaded file
	ByName   string `yaml:"-"` // who confirmed it
	At       int64  `yaml:"-"` // unix ms
	Version  int64  `yaml:"-"`
}

// Target is what a plan wants of one indicator in one area by the end of a year. Base, Value and High are kept numbers, see Scaled.
type Target struct {
	Plan       string
	Area       string
	Indicator  string
	Unit       string // as printed: 万人 for the region, 人 for Alxa
	BaseYear   int
	Base       int64
	Year       int
	Value      int64  // 0 when Comparator is InWords; the lower end of Between
	High       int64  // the upper end of Between
	Text       string // the target as words when Comparator is InWords
	Comparator string
	Cumulative bool // a sum over the years after the base, not a level
	Binding    bool // 约束性, otherwise 预期性
	Shared     bool // from decomposing the target of the area above; otherwise printed in the plan
	Quote      string
	Version    int64
}

// Covers says whether a year lies after the target's base and not after its end.
func (t *Target) Covers(year int) bool { return year > t.BaseYear && year <= t.Year }

// InForce picks, from an area's targets of one indicator, the one that a year is judged by: the nearest end among those that
// cover it, the later plan's where two do; otherwise the one that ended last; nil where there is none.
func InForce(list []Target, indicator string, year int) *Target {
	var best *Target
	for n := range list {
		if t := &list[n]; t.Indicator == indicator && (best == nil || better(t, best, year)) {
			best = t
		}
	}
	return best
}

func better(t, than *Target, year int) bool {
	a, b := t.Covers(year), than.Covers(year)
	switch {
	case a != b:
		return a
	case t.Year != than.Year:
		return (t.Year < than.Year) == a
	case t.Shared != than.Shared:
		return than.Shared // what the area's own plan prints goes before what was handed down
	}
	return t.Plan > than.Plan
}

// Task is one duty that a plan document gives to units.
type Task struct {
	Plan         string   `yaml:"-"`
	No           string   `yaml:"no"`  // as the document numbers it
	Key          string   `yaml:"key"` // as in addresses; the number where it is one
	Title        string   `yaml:"title"`
	Summary      string   `yaml:"summary"`
	Lead         string   `yaml:"lead"` // responsible unit; empty where the document names none
	Units        []string `yaml:"units"`
	Deliverables []string `yaml:"deliverables"`
	Deadline     string   `yaml:"deadline"` // as printed
	Due          string   `yaml:"due"`      // last day of a dated deadline, 2025-12-31
	Quote        string   `yaml:"quote"`
}

// Late says whether a task's dated deadline has passed.
func (t Task) Late(today time.Time) bool {
	due, err := time.Parse(time.DateOnly, t.Due)
	return err == nil && today.After(due)
}
