package person

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// Anonymous is what stands instead of a name that was forgotten.
const Anonymous = "已匿名"

// Forget anonymises people for good (个人信息保护法第七十三条：无法识别特定自然人且不能复原): the name, the numbers and what leads to
// them are dropped, the birth date is cut to its year, the home to its township, the household is left. Sex, education and
// facts stay for statistics. What somebody said in interviews is dropped, because it is in their own words.
func (s *Store) Forget(ctx context.Context, tx *db.Tx, ids []int64) error {
	nothing := s.Sealer.Seal("")
	now := s.Clock.Now().UnixMilli()
	for part := range slices.Chunk(ids, 500) {
		people, err := s.ListIn(ctx, tx, part)
		if err != nil {
			return err
		}
		for _, p := range people {
			if _, err := tx.Exec(ctx, `UPDATE person SET name = $1, name_key = $2, birth = $3, id_seal = $4, phone_seal = NULL, area = $5, household_id = 0,
				relation = '', able = NULL, willing = NULL, version = version + 1, updated_at = $6 WHERE person_id = $7`,
				Anonymous, NameKey(Anonymous), db.On(p.Birth.AddDate(0, 1-int(p.Birth.Month()), 1-p.Birth.Day())), nothing, township(p.Area), now, p.ID); err != nil {
				return err
			}
		}
		for _, table := range []string{"person_identity", "person_need"} {
			if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE person_id IN (`+db.In(1, len(part))+`)`, db.Args(part)...); err != nil {
				return err
			}
		}
		if err := touch(ctx, tx, "person", slices.Clone(part)); err != nil {
			return err
		}
	}
	return nil
}

// township cuts a home to its township, in twelve digits.
func township(code string) string { return (code + "000000000000")[:9] + "000" }

// Quiet lists people whose row nobody has changed since an instant (unix ms), behind an id, with when it was changed.
func (s *Store) Quiet(ctx context.Context, before, after int64, limit int) ([]Person, error) {
	var out []Person
	err := s.each(ctx, false, func(p Person) error { out = append(out, p); return nil }, `SELECT `+personColumns+` FROM person p
		WHERE p.person_id > $1 AND p.updated_at < $2 AND p.name <> $3 ORDER BY p.person_id LIMIT $4`, after, before, Anonymous, limit)
	return out, err
}

// Dead lists people who died before a day, behind an id.
func (s *Store) Dead(ctx context.Context, before db.Date, after int64, limit int) ([]Person, error) {
	var out []Person
	err := s.each(ctx, false, func(p Person) error { out = append(out, p); return nil }, `SELECT `+personColumns+` FROM person p
		WHERE p.person_id > $1 AND p.died < $2 AND p.name <> $3 ORDER BY p.person_id LIMIT $4`, after, before, Anonymous, limit)
	return out, err
}
