package collect

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// Forget drops what visits reported of people whose data are anonymised, also where they were entered as newcomers before
// the register knew them. It has to come before the register forgets their numbers.
func (r *Room) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	for part := range slices.Chunk(personIDs, 500) {
		people, err := r.People.ListIn(ctx, tx, part)
		if err != nil {
			return err
		}
		args, numbers := make([]any, len(part)), make([]any, 0, len(part))
		for i, id := range part {
			args[i] = id
		}
		for i := range people {
			if people[i].IDNumber != "" {
				numbers = append(numbers, r.store.numberHash(people[i].IDNumber))
			}
		}
		if _, err := tx.Exec(ctx, `DELETE FROM collect_hint WHERE person_id IN (`+db.In(1, len(args))+`)`, args...); err != nil {
			return err
		}
		const empty = `UPDATE collect_newcomer SET name = $1, name_key = $2, number_hash = $3, number_seal = $4, phone_seal = $5, note = '', reason = '', version = version + 1,
			state = CASE WHEN state = 'open' THEN 'same' ELSE state END WHERE `
		start := []any{person.Anonymous, person.NameKey(person.Anonymous), []byte{}, []byte{}, []byte{}}
		if _, err := tx.Exec(ctx, empty+`person_id IN (`+db.In(6, len(args))+`)`, append(slices.Clone(start), args...)...); err != nil {
			return err
		}
		if len(numbers) == 0 {
			continue
		}
		if _, err := tx.Exec(ctx, empty+`number_hash IN (`+db.In(6, len(numbers))+`)`, append(slices.Clone(start), numbers...)...); err != nil {
			return err
		}
	}
	return nil
}
