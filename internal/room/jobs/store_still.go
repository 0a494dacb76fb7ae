package jobs

import (
	"context"

	"jiuye/internal/ground/db"
)

// stills are the questions that wait for an answer: vacancy → question.
func (s store) stills(ctx context.Context) (map[int64]still, error) {
	out := map[int64]still{}
	err := db.Each(ctx, s.DB, func(x *still) []any {
		return []any{&x.EmployerID, &x.VacancyID, &x.Asked, &x.Again, &x.Deadline}
	}, func(x *still) error { out[x.VacancyID] = *x; return nil }, `SELECT employer_id, vacancy_id, asked, again, deadline FROM jobs_still ORDER BY employer_id, vacancy_id`)
	return out, err
}

func (s store) putStills(ctx context.Context, tx *db.Tx, list []still) error {
	rows := make([][]any, len(list))
	for i, x := range list {
		rows[i] = []any{x.EmployerID, x.VacancyID, x.Asked, x.Again, x.Deadline}
	}
	columns := []string{"employer_id", "vacancy_id", "asked", "again", "deadline"}
	return tx.Upsert(ctx, "jobs_still", columns, columns[:2], rows)
}

func (s store) dropStill(ctx context.Context, tx *db.Tx, employerID, vacancyID int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM jobs_still WHERE employer_id = $1 AND vacancy_id = $2`, employerID, vacancyID)
	return err
}
