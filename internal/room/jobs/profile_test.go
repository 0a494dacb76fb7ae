package jobs

import (
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

func TestToWhomVacanciesAreSuggested(t *testing.T) {
	today := clock.Date(2025, time.September, 24)
	yes, no := true, false
	listed := []person.Registration{{Since: db.On(today.AddDate(0, -3, 0))}}
	working := []person.Spell{{Since: db.On(today.AddDate(-1, 0, 0)), Kind: person.Unit}}
	for _, c := range []struct {
		situation string
		age       int
		facts     person.Facts
		want      bool
	}{
		{"registered unemployed", 45, person.Facts{Registrations: listed}, true},
		{"registered unemployed at sixty-two", 62, person.Facts{Registrations: listed}, true},
		{"at work and still registered", 45, person.Facts{Registrations: listed, Spells: working}, true},
		{"at home, never registered", 30, person.Facts{}, true},
		{"at home and willing", 30, person.Facts{Person: person.Person{Able: &yes, Willing: &yes}}, true},
		{"at work", 45, person.Facts{Spells: working}, false},
		{"a pupil of ten", 10, person.Facts{Person: person.Person{Student: true}}, false},
		{"fifteen and out of school", 15, person.Facts{}, false},
		{"a student of twenty", 20, person.Facts{Person: person.Person{Student: true}}, false},
		{"unable to work", 40, person.Facts{Person: person.Person{Able: &no}}, false},
		{"wants no work", 40, person.Facts{Person: person.Person{Willing: &no}}, false},
		{"retired", 70, person.Facts{}, false},
	} {
		c.facts.Birth = today.AddDate(-c.age, -1, 0)
		if got := seeking(&c.facts, today); got != c.want {
			t.Errorf("%s: %v", c.situation, got)
		}
	}
}
