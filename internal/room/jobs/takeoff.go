package jobs

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/employer"
)

// hiddenComplaint is why a vacancy is not shown that somebody has complained about.
const hiddenComplaint = "complaint"

// TakeOff keeps a vacancy from being shown while a complaint about it is looked into.
func (r *Room) TakeOff(ctx context.Context, tx *db.Tx, vacancyID int64, why, by string) error {
	list, err := r.Employers.Vacancies(ctx, tx, []int64{vacancyID})
	if err != nil || len(list) == 0 {
		return err
	}
	if err := r.hide(ctx, tx, list, hiddenComplaint, why, by); err != nil {
		return err
	}
	r.boards.forget()
	return nil
}

// PutBack shows a vacancy again that TakeOff hid; one that is hidden for another reason, or was closed meanwhile, stays as it is.
func (r *Room) PutBack(ctx context.Context, tx *db.Tx, vacancyID int64) error {
	list, err := r.Employers.Vacancies(ctx, tx, []int64{vacancyID})
	if err != nil || len(list) == 0 {
		return err
	}
	reasons, err := r.store.hiddenOf(ctx, list[0].EmployerID)
	if err != nil || reasons[vacancyID].Why != hiddenComplaint || list[0].State != employer.Hidden {
		return err
	}
	list[0].State = employer.Open
	if err := r.Employers.SaveVacancies(ctx, tx, list); err != nil {
		return err
	}
	r.boards.forget()
	return r.store.unhide(ctx, tx, list)
}
