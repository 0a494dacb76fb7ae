package app

import (
	"context"

	"jiuye/internal/ground/db"
)

// collected is a hint and a newcomer, each with the id 1, that a coordinator of the officer's banner has reported.
func (w *world) collected() {
	w.t.Helper()
	ctx := context.Background()
	here := value[int64](w.t, w.app, `SELECT person_id FROM person WHERE area LIKE '152921%' ORDER BY person_id`)
	err := w.app.DB.Tx(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO collect_hint (person_id, hint_id, kind, area, said, value_seal, state, at, by_id, by_name, decided_at, decided_name, reason, version)
			VALUES ($1, 1, 'moved', '152921110201', '2025-09-24', $2, 'open', 0, 1, '', 0, '', '', 1)`, here, w.app.Sealer.Seal("")); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO collect_newcomer (newcomer_id, area, name, name_key, number_hash, number_seal, phone_seal, note, met, why, person_id, other_id,
			state, at, by_id, by_name, decided_at, decided_name, reason, version)
			VALUES (1, '152921110201', '某人', '某人', $1, $2, $3, '', '2025-09-24', '', 0, 0, 'open', 0, 1, '', 0, '', '', 1)`, []byte{}, []byte{}, []byte{})
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}
