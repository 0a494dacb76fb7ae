package supervise

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"time"

	"jiuye/internal/engine/workday"
	"jiuye/internal/ground/clock"
)

//go:embed data/rules.csv
var rulesFile []byte

// Rule says when a milestone is reminded of, pressed and escalated: working days, in force from one day to another.
type Rule struct {
	From, Until time.Time // Until zero: still in force
	Remind      int       // working days before the due day
	Press       int       // working days after the due day; 0: on it
	Answer      int       // working days within which a press is answered
	Source      string
}

// rules are read from data/rules.csv once; a broken file is found by the test.
var rules, errRules = readRules(rulesFile)

func readRules(raw []byte) ([]Rule, error) {
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		return nil, err
	}
	var list []Rule
	for i, row := range rows[1:] {
		var r Rule
		var n [3]int
		for k := range n {
			if n[k], err = strconv.Atoi(row[2+k]); err != nil {
				return nil, fmt.Errorf("rules.csv line %d: %w", i+2, err)
			}
		}
		if r.From, err = time.Parse(time.DateOnly, row[0]); err != nil {
			return nil, fmt.Errorf("rules.csv line %d: %w", i+2, err)
		}
		if row[1] != "" {
			if r.Until, err = time.Parse(time.DateOnly, row[1]); err != nil {
				return nil, fmt.Errorf("rules.csv line %d: %w", i+2, err)
			}
		}
		r.Remind, r.Press, r.Answer, r.Source = n[0], n[1], n[2], row[5]
		list = append(list, r)
	}
	return list, nil
}

// RuleOn is the rule in force on a day; found is false where there is none.
func RuleOn(day time.Time) (rule Rule, found bool) {
	for _, r := range rules {
		if !day.Before(r.From) && (r.Until.IsZero() || !day.After(r.Until)) {
			return r, true
		}
	}
	return Rule{}, false
}

// Next is the stage that an open milestone enters today, "" when it stays where it is, and the day by which a press is to be
// answered. One stage a day: nobody is escalated who was not pressed.
func (r Rule) Next(m *Milestone, today time.Time) (stage string, answerBy time.Time) {
	due := m.Due.Time
	switch {
	case m.State != Open:
		return "", time.Time{}
	case m.Stage == Pressed && r.unanswered(m, today):
		return Escalated, time.Time{}
	case m.Stage == Pressed || m.Stage == Escalated || m.Stage == Platform:
		return "", time.Time{}
	case !today.Before(workday.Add(due, r.Press)):
		return Pressed, workday.Add(today, r.Answer)
	case m.Stage == "" && !today.Before(workday.Add(due, -r.Remind)):
		return Reminded, time.Time{}
	}
	return "", time.Time{}
}

// unanswered: neither answered in time, nor done by the day that the answer promised.
func (r Rule) unanswered(m *Milestone, today time.Time) bool {
	if !m.Promise.IsZero() {
		return today.After(m.Promise.Time)
	}
	return !m.AnswerBy.IsZero() && today.After(m.AnswerBy.Time)
}

// horizon is the last due day that a rule looks at today.
func (r Rule) horizon(today time.Time) time.Time {
	return clock.Date(today.Year(), today.Month(), today.Day()+r.Remind*3+10)
}
