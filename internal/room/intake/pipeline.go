package intake

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/register/person"
)

// blockRows is how many rows go in with one transaction: enough to make its cost small, few enough that an officer who
// saves a visit meanwhile waits well under a second. Tests make it smaller.
var blockRows = 5000

// importFiles runs three goroutines in a row: one reads and unpacks, one checks, hashes and seals, one writes. One block
// may wait between any two of them, so memory stays the same for any size of file.
func (r *Room) importFiles(ctx context.Context, batch *Batch, files []*File, p progress.Reporter) error {
	kept, err := qualities(ctx, r.DB, batch.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		f.quality, f.trial = kept[f.ID], batch.Trial()
	}
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	raw, ready := make(chan *block, 1), make(chan *block, 1)
	running.Go(func() {
		defer close(raw)
		for _, f := range files {
			if !r.readFile(ctx, f, raw) {
				return
			}
		}
	})
	running.Go(func() {
		defer close(ready)
		today := r.Clock.Today()
		for b := range raw {
			r.checkBlock(b, today)
			select {
			case ready <- b:
			case <-ctx.Done():
				return
			}
		}
	})
	k := newKnown(knownLimit)
	for b := range ready {
		if b.first {
			p.Step("导入 "+b.file.Label(), b.file.Estimate)
			p.Add(b.file.Read)
		}
		b.file.quality.take(b.profile)
		if err := r.writeBlock(ctx, batch, b, k); err != nil {
			return err
		}
		p.Add(int64(b.size()))
	}
	p.End()
	return ctx.Err()
}

// readFile sends a sheet's rows from its cursor on, in blocks; false when nobody takes them any more. What cannot be read
// ends the sheet, not the batch.
func (r *Room) readFile(ctx context.Context, f *File, out chan<- *block) bool {
	send := func(b *block) bool {
		select {
		case out <- b:
			return true
		case <-ctx.Done():
			return false
		}
	}
	b := &block{file: f, first: true, end: f.Cursor, cursor: f.Cursor}
	book, err := sheet.Open(f.Path, r.Limits)
	if err != nil {
		b.last, b.failed = true, err
		return send(b)
	}
	defer book.Close()
	from, sieve := max(f.Cursor, f.HeadRow), newSieve(r.Kinds, f)
	for row, err := range book.Rows(f.Sheet) {
		if err != nil && len(row.Cells) == 0 {
			b.failed = err
			break
		}
		if int64(row.Number) <= from {
			continue
		}
		if b.size() == blockRows {
			if !send(b) {
				return false
			}
			b = &block{file: f, end: b.end, cursor: b.end}
		}
		if err != nil {
			b.end = int64(row.Number)
			b.spoiled = append(b.spoiled, spoiled{row, &flaw{code: "encoding", text: fault.TextOf(err)}})
			continue
		}
		code, next := sieve.look(row)
		if next != nil {
			b.note = anotherTable(row, next)
			break
		}
		if b.end = int64(row.Number); code != "" {
			b.skipped = append(b.skipped, skipped{row.Number, code})
		} else {
			b.raw = append(b.raw, row)
		}
	}
	b.last = true
	if b.failed == nil && b.note == "" && f.Format == "csv" && len(b.raw) > 1 && cutOff(f.Path) {
		if n := len(b.raw); len(b.raw[n-1].Cells) < len(b.raw[n-2].Cells) {
			b.note = "最后一行（第 " + itoa(b.end) + " 行）没有写完，文件可能没有传完整。请核对总行数，必要时重新导出"
		}
	}
	return send(b)
}

// cutOff reports whether a text ends in the middle of a line.
func cutOff(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	last := make([]byte, 1)
	if _, err := f.Seek(-1, io.SeekEnd); err != nil {
		return false
	}
	_, err = f.Read(last)
	return err == nil && last[0] != '\n' && last[0] != '\r'
}

// anotherTable says that a sheet holds a second table, which is not read.
func anotherTable(row sheet.Row, next *Template) string {
	return "第 " + itoa(int64(row.Number)) + " 行起是另一张表（像“" + next.Name + "”），只读了上面这一张。请把下面的表另存为一个文件再上传"
}

// checkBlock reads and checks the rows of a block, and does for them all the arithmetic that needs no database.
func (r *Room) checkBlock(b *block, today time.Time) {
	t := b.file.template
	recipe := recipes[t.Becomes]
	values := make([]value, len(b.raw)*len(t.Columns))
	b.records, b.profile = make([]record, len(b.raw)), newProfile(t)
	for i, row := range b.raw {
		n := len(t.Columns)
		rec := &b.records[i]
		*rec = t.check(row, b.file.Cells, values[i*n:(i+1)*n:(i+1)*n], today)
		b.profile.add(rec)
		if rec.flaw == nil && recipe.check != nil {
			recipe.check(rec)
		}
		if rec.flaw != nil {
			continue
		}
		if b.file.trial {
			rec.staged = r.sealCells(rec.kept())
		} else {
			r.prepare(rec)
		}
		switch {
		case t.Becomes == "person":
			rec.person = personOf(rec)
			rec.sealed = r.People.Seal(rec.person)
			rec.hash, rec.nameKey = rec.sealed.Hash, person.NameKey(rec.person.Name)
		case recipe.joins:
			rec.hash, rec.nameKey = r.People.HashOf(rec.text("idnumber")), person.NameKey(rec.text("name"))
		}
	}
}

// writeTries is how often a block is tried while the database is away or another program brings the same newcomers.
const writeTries = 6

// writeBlock writes a block in one transaction, again and again if the database is away for a while.
func (r *Room) writeBlock(ctx context.Context, batch *Batch, b *block, k *known) error {
	for try := 1; ; try++ {
		var w *writing
		err := r.DB.Tx(ctx, func(tx *db.Tx) (err error) {
			if err := tx.Bulk(ctx); err != nil {
				return err
			}
			if batch.Trial() {
				w, err = r.stage(ctx, tx, batch, b, k)
			} else {
				w, err = r.write(ctx, tx, batch, b, k)
			}
			if err == nil && r.fail != nil {
				err = r.fail(b)
			}
			return err
		})
		if err == nil {
			k.keep(w.learned)
			b.file.Cursor = b.end
			b.file.Counts.Add(w.counts)
			b.file.quality.Known += w.numbered
			b.file.quality.Renumbered += w.renumbered
			return nil
		}
		if try == writeTries || !errors.Is(err, errAgain) && !fault.Is(err, fault.Unavailable) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(r.Pause << try):
		}
	}
}
