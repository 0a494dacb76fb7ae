package employer

import (
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

func TestAStaleVersionOfAVacancyIsNotHeld(t *testing.T) {
	run(t, func(t *testing.T, s *Store) {
		day := db.On(clock.Date(2025, time.September, 1))
		v := Vacancy{EmployerID: 1, ID: 10, Title: "帮厨", State: Open, Posted: day, Closes: day}
		s.do(t, func(tx *db.Tx) error { return s.SaveVacancies(ctx, tx, []Vacancy{v}) })
		for _, c := range []struct {
			employer, id, version int64
			want                  fault.Kind
			held                  bool
		}{
			{1, 10, 1, 0, true},
			{1, 10, 0, fault.Conflict, false},
			{2, 10, 1, fault.NotFound, false},
			{1, 11, 1, fault.NotFound, false},
		} {
			err := s.DB.Tx(ctx, func(tx *db.Tx) error { return s.HoldVacancy(ctx, tx, c.employer, c.id, c.version) })
			if c.held != (err == nil) || err != nil && !fault.Is(err, c.want) {
				t.Errorf("employer %d, vacancy %d, version %d: %v", c.employer, c.id, c.version, err)
			}
		}
	})
}
