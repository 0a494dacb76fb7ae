package jobs

import (
	"context"
	"slices"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
)

// program is who closes applications without being asked.
var program = web.User{Name: "系统"}

// follows does what a step of an application brings with it, in the same transaction: a place that is free again, an interview that
// is off, the person's other applications closed, and everybody told.
func (r *Room) follows(ctx context.Context, tx *db.Tx, x act, a Application, from State, now time.Time) error {
	if a.State != Interview && a.State != Offered {
		if err := r.store.unbook(ctx, tx, a.PersonID, a.VacancyID); err != nil {
			return err
		}
	}
	if a.State == Hired || from == Hired {
		if err := r.Employers.TouchVacancies(ctx, tx, []int64{a.VacancyID}); err != nil {
			return err
		}
	}
	if err := r.tellStep(ctx, tx, x, a, from); err != nil || a.State != Hired {
		return err
	}
	return r.closeOthers(ctx, tx, a, now)
}

// closeOthers closes whatever else somebody who is hired has applied for, and tells the employers that knew of it.
func (r *Room) closeOthers(ctx context.Context, tx *db.Tx, hired Application, now time.Time) error {
	list, err := r.store.applicationsIn(ctx, tx, hired.PersonID)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(a Application) bool { return a.VacancyID == hired.VacancyID || !a.State.Live() })
	if len(list) == 0 {
		return nil
	}
	var ids []int64
	for _, a := range list {
		ids = append(ids, a.VacancyID)
	}
	vacancies, err := r.Employers.Vacancies(ctx, tx, ids)
	if err != nil {
		return err
	}
	titles := map[int64]string{}
	for _, v := range vacancies {
		titles[v.ID] = v.Title
	}
	for _, a := range list { // some few: nobody applies for hundreds at once
		knew := a.State.Applied()
		a.State, a.Reason, a.Note = Shut, "hired", ""
		if _, err := r.store.put(ctx, tx, a, program, now); err != nil {
			return err
		}
		if err := r.store.unbook(ctx, tx, a.PersonID, a.VacancyID); err != nil {
			return err
		}
		if knew {
			if err := r.tellGone(ctx, tx, a, titles[a.VacancyID], "gone"); err != nil {
				return err
			}
		}
	}
	return nil
}
