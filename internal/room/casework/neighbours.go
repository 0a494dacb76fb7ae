package casework

import "context"

// Line is one line that another room adds to a person's file.
type Line struct {
	Href, Title, Sub string
	Verdict          string // yes, near, unknown, no; "" where there is none
	Reasons          []Reason
	Next             string // policies: what comes next; vacancies: pay and distance
}

// Reason is one sentence for or against.
type Reason struct {
	State string // yes, no, unknown
	Text  string
}

// Policies tells which policies find a person, in a language.
type Policies interface {
	PolicyLines(ctx context.Context, language string, personID int64) ([]Line, error)
}

// Jobs tells which vacancies fit a person, in a language.
type Jobs interface {
	JobLines(ctx context.Context, language string, personID int64, most int) ([]Line, error)
}

// Reviews tells how many rows of imports wait for a decision in an area.
type Reviews interface {
	Waiting(ctx context.Context, area string) (int64, error)
}
