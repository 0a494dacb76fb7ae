package rights

import (
	"slices"
	"testing"
	"testing/fstest"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
)

// Evidence that was handed in before the register of evidence had it is given out as before.
func TestOldEvidenceMovesIntoTheRegisterOfEvidence(t *testing.T) {
	first, err := schemaFiles.ReadFile("schema/001_rights.sql")
	if err != nil {
		t.Fatal(err)
	}
	last := len(schemas) - 1
	old := append(slices.Clone(schemas[:last]), db.Schema{Room: Schema.Room, FS: fstest.MapFS{"schema/001_rights.sql": {Data: first}}})
	dbtest.Run(t, old, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.Tx(func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO rights_file (person_id, file_id, type, size, at, content) VALUES (71, 5, 'image/png', 4, 1, $1)`, w.Evidence.Sealer.Seal("四格"))
			return err
		})
		w.Must(d.Migrate(ctx, schemas))
		f, err := w.Evidence.Find(ctx, object, 5)
		if err != nil || f.OwnerID != 71 || string(f.Content) != "四格" || f.Filename() != "证明材料.png" {
			t.Errorf("%+v %v", f, err)
		}
	})
}
