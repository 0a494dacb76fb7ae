package employer

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// HoldVacancy makes sure, until the transaction ends, that a vacancy is still the version that the writer has seen. It is
// a fault of kind Conflict when somebody else has changed it meanwhile, and NotFound when the employer has no such vacancy.
func (s *Store) HoldVacancy(ctx context.Context, tx *db.Tx, employerID, id, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE employer_vacancy SET version = version WHERE employer_id = $1 AND vacancy_id = $2 AND version = $3`, employerID, id, version)
	if err != nil || n > 0 {
		return err
	}
	there, err := db.Value[int64](ctx, tx, `SELECT count(*) FROM employer_vacancy WHERE employer_id = $1 AND vacancy_id = $2`, employerID, id)
	if err != nil {
		return err
	}
	if there == 0 {
		return fault.New(fault.NotFound, "没有这个岗位，可能已经撤下")
	}
	return fault.New(fault.Conflict, "这个岗位刚才已被修改，您的修改没有保存。请打开最新的内容核对后再改")
}
