package jobs

import (
	"context"

	"jiuye/internal/ground/db"
)

const slotColumns = `employer_id, vacancy_id, slot_id, starts_at, minutes, place, seats, taken`

func (x *Slot) fields() []any {
	return []any{&x.EmployerID, &x.VacancyID, &x.ID, &x.StartsAt, &x.Minutes, &x.Place, &x.Seats, &x.Taken}
}

// slots are the times of a vacancy from an instant on, the first one first.
func (s store) slots(ctx context.Context, q db.Querier, vacancyID, from int64) ([]Slot, error) {
	return db.All(ctx, q, (*Slot).fields, `SELECT `+slotColumns+` FROM jobs_slot WHERE vacancy_id = $1 AND starts_at >= $2 ORDER BY starts_at, slot_id`, vacancyID, from)
}

func (s store) slot(ctx context.Context, q db.Querier, vacancyID, id int64) (Slot, bool, error) {
	return db.One(ctx, q, (*Slot).fields, `SELECT `+slotColumns+` FROM jobs_slot WHERE vacancy_id = $1 AND slot_id = $2 ORDER BY slot_id`, vacancyID, id)
}

func (s store) addSlot(ctx context.Context, tx *db.Tx, x Slot) error {
	_, err := tx.Exec(ctx, `INSERT INTO jobs_slot (`+slotColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)`, x.EmployerID, x.VacancyID, x.ID, x.StartsAt, x.Minutes, x.Place, x.Seats)
	return err
}

// take takes one place of a time; false when there is none left.
func (s store) take(ctx context.Context, tx *db.Tx, x Slot) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE jobs_slot SET taken = taken + 1 WHERE employer_id = $1 AND vacancy_id = $2 AND slot_id = $3 AND taken < seats`, x.EmployerID, x.VacancyID, x.ID)
	return n > 0, err
}

const interviewColumns = `person_id, vacancy_id, employer_id, slot_id, starts_at, minutes, place, booked_at`

func (x *Booking) fields() []any {
	return []any{&x.PersonID, &x.VacancyID, &x.EmployerID, &x.SlotID, &x.StartsAt, &x.Minutes, &x.Place, &x.BookedAt}
}

func (s store) book(ctx context.Context, tx *db.Tx, x Booking) error {
	_, err := tx.Exec(ctx, `INSERT INTO jobs_interview (`+interviewColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		x.PersonID, x.VacancyID, x.EmployerID, x.SlotID, x.StartsAt, x.Minutes, x.Place, x.BookedAt)
	return err
}

// unbook gives a person's place back, if there is one.
func (s store) unbook(ctx context.Context, tx *db.Tx, personID, vacancyID int64) error {
	x, found, err := s.interview(ctx, tx, personID, vacancyID)
	if err != nil || !found {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE jobs_slot SET taken = taken - 1 WHERE employer_id = $1 AND vacancy_id = $2 AND slot_id = $3 AND taken > 0`, x.EmployerID, x.VacancyID, x.SlotID); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `DELETE FROM jobs_interview WHERE person_id = $1 AND vacancy_id = $2`, personID, vacancyID)
	return err
}

// interview is when somebody comes for a vacancy.
func (s store) interview(ctx context.Context, q db.Querier, personID, vacancyID int64) (Booking, bool, error) {
	return db.One(ctx, q, (*Booking).fields, `SELECT `+interviewColumns+` FROM jobs_interview WHERE person_id = $1 AND vacancy_id = $2 ORDER BY person_id`, personID, vacancyID)
}

// interviewsFor are who comes for a vacancy, the first one first.
func (s store) interviewsFor(ctx context.Context, vacancyID int64) (map[int64]Booking, error) {
	out := map[int64]Booking{}
	err := db.Each(ctx, s, (*Booking).fields, func(x *Booking) error { out[x.PersonID] = *x; return nil },
		`SELECT `+interviewColumns+` FROM jobs_interview WHERE vacancy_id = $1 ORDER BY starts_at, person_id`, vacancyID)
	return out, err
}
