package casework

import (
	"context"
	"fmt"
	"strings"
	"time"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/person"
)

// facts are what departments have reported about a person, as events in no order.
func (r *Room) facts(ctx context.Context, c *web.Ctx, f *person.Facts) ([]web.Event, error) {
	var ids []int64
	for _, s := range f.Spells {
		if s.EmployerID != 0 {
			ids = append(ids, s.EmployerID)
		}
	}
	employers, err := r.Employers.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []web.Event
	add := func(day time.Time, text string, notes ...string) {
		if !day.IsZero() {
			iso := day.Format(time.DateOnly)
			out = append(out, web.Event{When: iso, ISO: iso, Text: text, Note: join(notes)})
		}
	}
	for _, s := range f.Spells {
		add(s.Since.Time, c.T("casework.spell."+s.Kind), employers[s.EmployerID], s.Occupation)
		add(s.Until.Time, c.T("casework.event.spellEnd"), employers[s.EmployerID], s.Occupation)
	}
	for _, g := range f.Registrations {
		add(g.Since.Time, c.T("casework.event.registered"), g.Reason)
		add(g.Until.Time, c.T("casework.event.deregistered"), g.Outcome)
	}
	for _, g := range f.Groups {
		add(g.Since.Time, c.T("casework.event.grouped", c.T("casework.group."+g.Kind)), g.Detail)
		add(g.Until.Time, c.T("casework.event.ungrouped", c.T("casework.group."+g.Kind)))
	}
	for _, t := range f.Trainings {
		add(t.Until.Time, c.T("casework.event.trained", t.Occupation), c.T("casework.hours", t.Hours))
	}
	for _, t := range f.Certificates {
		add(t.Issued.Time, c.T("casework.event.certificate", t.Occupation), c.T(fmt.Sprintf("casework.level.%d", t.Level)))
	}
	for _, g := range f.Graduates {
		add(g.Graduated.Time, c.T("casework.event.graduated"), g.School, g.Major)
	}
	return out, nil
}

// join puts the notes that there are side by side.
func join(notes []string) string {
	var kept []string
	for _, n := range notes {
		if n != "" {
			kept = append(kept, n)
		}
	}
	return strings.Join(kept, "，")
}

// compareISO compares the days of two events, and their times where both have one: a report has only a day, and stands
// before what was done on it.
func compareISO(a, b string) int {
	n := min(len(a), len(b))
	if a[:n] == b[:n] {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
