package roster

import (
	"jiuye/internal/engine/rule"
)

// List is one real-name list or, with a Check, one comparison. It does not change and may be used by any number of
// goroutines.
type List struct {
	ID       string // S26, B01
	Name     rule.Word
	For      rule.Subject
	Document string // the source
	Place    string
	Quote    string
	Enter    *rule.Policy // who belongs on it
	Leave    *rule.Policy // nil: who no longer fits; otherwise one stays until this holds
	Basis    int          // date field from which the condition has held; -1: none
	Keeper   Keeper
	Wanted   []Attribute // what must be known of each member
	Services []Service   // what is due
	Twins    []Twin      // at most 60
	Notes    []string    // how open points are read (口径)
	Check    *Check      // of a comparison
}

// Keeper is who maintains a list.
type Keeper struct{ Office, Level rule.Word }

// Attribute is one thing that must be known of each member: from the file (Field), from what people said (Need), or
// recorded on the list.
type Attribute struct {
	ID    string
	Name  rule.Word
	Field int    // dictionary field, -1: none
	Need  string // person.Need's item: able, willing, train, skill, occupation, pay, place, any; "": none
}

// Service is one thing to be done for each member.
type Service struct {
	ID    string
	Name  rule.Word
	Every int // days; 0: once
}

// Twin is the part of a list that lacks something (“无”的名单).
type Twin struct {
	ID      string
	Name    rule.Word
	Service string       // overdue or never done
	Wanted  string       // attribute that is missing
	When    *rule.Policy // or who fits this
	every   int          // of the service
	wanted  *Attribute
}

// Check is what makes a list a comparison.
type Check struct {
	Registers [2]rule.Word // what is laid side by side
	Source    rule.Word    // the department whose data are in doubt
	Act       rule.Word    // what to do
	Office    rule.Word    // who answers
	WorkDays  int
}

// Employers says whether employers stand on the list.
func (l *List) Employers() bool { return l.For == rule.Employer }

// service finds one of the list's services.
func (l *List) service(id string) *Service {
	for i := range l.Services {
		if l.Services[i].ID == id {
			return &l.Services[i]
		}
	}
	return nil
}

// attribute finds one of the list's attributes.
func (l *List) attribute(id string) *Attribute {
	for i := range l.Wanted {
		if l.Wanted[i].ID == id {
			return &l.Wanted[i]
		}
	}
	return nil
}

// twin finds one of the list's twins and its bit in lacks.
func (l *List) twin(id string) (*Twin, int64) {
	for i := range l.Twins {
		if l.Twins[i].ID == id {
			return &l.Twins[i], 1 << i
		}
	}
	return nil, 0
}

// State is where a finding stands.
type State string

// The states of findings. Confirmed, Cleared and Fixed are answers.
const (
	Open      State = "open"
	Sent      State = "sent"
	Confirmed State = "confirmed" // 属实, being put right
	Cleared   State = "cleared"   // 不属实: stays known, so that it is not found again
	Fixed     State = "fixed"     // 已整改, the data have yet to follow
)

// States in the order of pages.
var States = []State{Open, Sent, Confirmed, Cleared, Fixed}

// answers are the states that an answer gives.
var answers = []State{Confirmed, Cleared, Fixed}
