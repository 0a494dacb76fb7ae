package intake

import (
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
)

// unpack opens a zip and makes one File, or one for each sheet, of everything in it. The files are kept under numbers in
// the batch's folder, whatever they are called in the zip, until the batch has ended. What cannot be taken becomes a line
// that says why; the others go on.
func (r *Room) unpack(f *File) (out []File) {
	bundle, err := sheet.OpenBundle(f.Path, r.Limits)
	if err != nil {
		return []File{f.refused(Failed, fault.TextOf(err))}
	}
	defer bundle.Close()
	dir := filepath.Join(r.folder(f.BatchID), "zip"+id36(f.ID))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return []File{f.refused(Failed, fault.TextOf(noRoom(err)))}
	}
	for i, e := range bundle.Entries() {
		in := *f
		in.ID = r.IDs.Next()
		in.Name = path.Join(f.Name, e.Folder, e.Name)
		in.Path = filepath.Join(dir, itoa(int64(i+1)))
		if err := in.extract(bundle, e); err != nil {
			out = append(out, in.refused(Failed, fault.TextOf(err)))
			if fault.Is(err, fault.TooLarge) || fault.Is(err, fault.Unavailable) {
				break // what follows would meet the same limit
			}
			continue
		}
		if sheet.IsBundle(in.Path) {
			out = append(out, in.refused(Failed, fault.TextOf(sheet.Nested(e.Name))))
			continue
		}
		out = append(out, r.sheetsOf(&in)...)
	}
	return out
}

// extract writes an entry to the file's place and notes size and hash.
func (f *File) extract(bundle *sheet.Bundle, e sheet.Entry) error {
	to, err := os.OpenFile(f.Path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return noRoom(err)
	}
	hash := sha256.New()
	disk := &diskErr{to: to}
	err = bundle.Extract(e, io.MultiWriter(disk, hash))
	if disk.err != nil {
		err = noRoom(disk.err)
	}
	if closed := to.Close(); err == nil && closed != nil {
		err = noRoom(closed)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Path))
	}
	info, err := os.Stat(f.Path)
	if err != nil {
		return noRoom(err)
	}
	f.Bytes, f.Hash = info.Size(), hash.Sum(nil)
	return nil
}

// diskErr remembers that it was the disk that failed, not the zip.
type diskErr struct {
	to  io.Writer
	err error
}

func (d *diskErr) Write(p []byte) (int, error) {
	n, err := d.to.Write(p)
	if err != nil {
		d.err = err
	}
	return n, err
}
