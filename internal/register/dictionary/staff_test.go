package dictionary

import (
	"testing"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

func on(s string) db.Date {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return db.On(t)
}

func TestWorkersAreCountedOnceWhileSpellsTouch(t *testing.T) {
	f := &person.Facts{Person: person.Person{ID: 1}, Insurances: []person.Insurance{{Kind: person.Pension, EmployerID: 1, From: 202401}}}
	f.Spells = append(f.Spells, person.Spell{PersonID: 1, Kind: person.Unit, EmployerID: 1, Since: on("2024-01-01"), Until: on("2025-01-31")}, person.Spell{PersonID: 1, Kind: person.Unit, EmployerID: 1, Since: on("2025-01-31")}, person.Spell{PersonID: 1, Kind: person.Unit, EmployerID: 2, Since: on("2025-02-01")})
	workers := NewStaff()
	workers.Add(f, 202508, func(int64) int64 { return 0 })
	if len(workers.workers[1]) != 1 || workers.workers[1][0].until != open || len(workers.workers[2]) != 1 {
		t.Errorf("counted as %+v", workers.workers)
	}
}
