package intake

import (
	"context"
	"encoding/binary"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// newcomers are the people that a trial's own 户籍 sheets would bring: rows of its other sheets find them there. 16 bytes
// a person, so that a whole league fits.
type newcomers map[uint64]uint32

func keyOf(h person.Hash) uint64 { return binary.LittleEndian.Uint64(h[:8]) }

// stage decides a block as write would, reading the registers and writing none: the rows that would be taken are set down
// sealed in a table of their own.
func (r *Room) stage(ctx context.Context, tx *db.Tx, batch *Batch, b *block, k *known) (*writing, error) {
	w := r.newWriting(tx, batch, b, k)
	rows := make([]*record, 0, len(b.records))
	for i := range b.records {
		if rec := &b.records[i]; rec.flaw != nil {
			w.reject(rec, rec.flaw)
		} else {
			rows = append(rows, rec)
		}
	}
	w.unread()
	if len(rows) > 0 {
		if err := w.try(ctx, rows); err != nil {
			return nil, err
		}
	}
	w.counts.Rejected = int64(len(w.rejects))
	if b.cursor/unstageRows != b.end/unstageRows { // however long the file, little of it lies here at a time
		if err := dropStaged(ctx, tx, b.file, b.cursor); err != nil {
			return nil, err
		}
	}
	return w, w.save(ctx)
}

// unread notes what of a block was no record, or could not be read.
func (w *writing) unread() {
	for _, s := range w.block.skipped {
		w.tally(reminder{code: s.code}, &record{Row: sheet.Row{Number: s.row}})
	}
	for _, s := range w.block.spoiled {
		w.rejects = append(w.rejects, reject{row: int64(s.Number), bad: s.bad, sealed: w.room.sealCells(s.Cells), who: w.room.whoOf(s.Cells)})
	}
	w.counts.Read = int64(len(w.block.records) + len(w.block.spoiled))
}

// try sorts the good rows of a trial.
func (w *writing) try(ctx context.Context, rows []*record) error {
	t := w.block.file.template
	people, joins := t.Becomes == "person", recipes[t.Becomes].joins
	if people || joins {
		hashes := make([]person.Hash, len(rows))
		for i, r := range rows {
			hashes[i] = r.hash
		}
		if err := w.findPeople(ctx, hashes); err != nil {
			return err
		}
	}
	if w.known.newcomers == nil {
		w.known.newcomers = newcomers{}
	}
	var staged [][]any
	for _, r := range rows {
		if people || joins {
			ref, found := w.person(r.hash)
			name := hashName(r.nameKey)
			newName, isNew := w.known.newcomers[keyOf(r.hash)]
			switch {
			case people && !area.Within(r.person.Area, w.batch.Area), found && !area.Within(string(ref.area[:]), w.batch.Area):
				w.reject(r, w.outside("此人档案"))
				continue
			case found && ref.name != name, !found && isNew && newName != uint32(name), !found && !isNew && joins:
				w.counts.Review++
				continue
			case !found && people:
				w.known.newcomers[keyOf(r.hash)] = uint32(name)
			}
		}
		w.count(r)
		staged = append(staged, []any{w.block.file.BatchID, w.block.file.ID, int64(r.Number), r.staged})
	}
	w.counts.Accepted = int64(len(staged))
	return addStaged(ctx, w.tx, staged)
}

// unstageRows is how many rows are removed at a time: nobody else should wait for long.
const unstageRows = 50_000

// unstage removes a trial's rows.
func (r *Room) unstage(ctx context.Context, batchID int64) error {
	files, err := listFiles(ctx, r.DB, batchID)
	if err != nil {
		return err
	}
	for i := range files {
		f := &files[i]
		for upTo := int64(0); f.Read > 0 && upTo < f.Cursor; {
			upTo = min(upTo+unstageRows, f.Cursor)
			if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return dropStaged(ctx, tx, f, upTo) }); err != nil {
				return err
			}
		}
	}
	return nil
}
