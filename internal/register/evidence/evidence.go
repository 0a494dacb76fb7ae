package evidence

import (
	"context"
	"embed"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
)

//go:embed schema/*.sql
var files embed.FS

// Schema is the register's tables.
var Schema = db.Schema{Room: "evidence", FS: files}

// Limit is the most bytes of one file, Most how many files one thing may have.
const (
	Limit = 5 << 20
	Most  = 20
)

// Accept is what a file field offers to choose.
const Accept = ".pdf,.jpg,.jpeg,.png"

var extensions = map[string]string{"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}

// File is one piece of evidence. Content is plain in memory only, and filled in by Get alone.
type File struct {
	OwnerID, ID int64
	Object      string
	ObjectID    int64
	Name        string // which document it is, never the name on the sender's machine
	Type        string
	Size        int64
	At          time.Time
	ByID        int64
	Content     []byte
}

// Filename is the name under which it is given out.
func (f *File) Filename() string { return f.Name + extensions[f.Type] }

// Read takes a received file and tells what it is by its first bytes. Faults: Invalid (empty, neither picture nor PDF), TooLarge.
func Read(name string, from io.Reader) (content []byte, kind string, err error) {
	content, err = io.ReadAll(io.LimitReader(from, Limit+1))
	switch {
	case err != nil:
		return nil, "", fault.Wrap(fault.Unavailable, err, "收到的文件读不出来，请再传一次")
	case len(content) > Limit:
		return nil, "", fault.New(fault.TooLarge, "“%s”超过 %d MB，请拍得小一些或分页上传", name, Limit>>20)
	case len(content) == 0:
		return nil, "", fault.New(fault.Invalid, "“%s”是空文件，请重新选择", name)
	}
	kind, _, _ = strings.Cut(http.DetectContentType(content), ";")
	if extensions[kind] == "" {
		return nil, "", fault.New(fault.Invalid, "“%s”不是 PDF、JPG 或 PNG，请换成照片或 PDF 再传", name)
	}
	return content, kind, nil
}

// Store keeps files.
type Store struct {
	DB     *db.DB
	Sealer *seal.Sealer
	Clock  clock.Clock
	IDs    *id.Maker
}

// Add keeps a file as part of the caller's transaction. Faults: Conflict when the thing has Most files already.
func (s *Store) Add(ctx context.Context, tx *db.Tx, f File) (int64, error) {
	n, err := db.Value[int64](ctx, tx, `SELECT count(*) FROM evidence_file WHERE owner_id = $1 AND object = $2 AND object_id = $3`, f.OwnerID, f.Object, f.ObjectID)
	if err != nil {
		return 0, err
	}
	if n >= Most {
		return 0, fault.New(fault.Conflict, "最多可以传 %d 份材料，请先删去不需要的", Most)
	}
	f.ID = s.IDs.Next()
	_, err = tx.Exec(ctx, `INSERT INTO evidence_file (owner_id, file_id, object, object_id, name, type, size, at, by_id, content) VALUES (`+db.In(1, 10)+`)`,
		f.OwnerID, f.ID, f.Object, f.ObjectID, f.Name, f.Type, int64(len(f.Content)), s.Clock.Now().UnixMilli(), f.ByID, s.Sealer.Seal(string(f.Content)))
	return f.ID, err
}

type row struct {
	File
	at     int64
	sealed []byte
}

func (r *row) fields() []any {
	return []any{&r.OwnerID, &r.ID, &r.Object, &r.ObjectID, &r.Name, &r.Type, &r.Size, &r.at, &r.ByID}
}

const columns = `owner_id, file_id, object, object_id, name, type, size, at, by_id`

// List names the files of one thing, in the order they came, without their contents.
func (s *Store) List(ctx context.Context, q db.Querier, ownerID int64, object string, objectID int64) ([]File, error) {
	var out []File
	err := db.Each(ctx, q, (*row).fields, func(r *row) error {
		r.At = time.UnixMilli(r.at).In(clock.Zone)
		out = append(out, r.File)
		return nil
	}, `SELECT `+columns+` FROM evidence_file WHERE owner_id = $1 AND object = $2 AND object_id = $3 ORDER BY file_id`, ownerID, object, objectID)
	return out, err
}

// Get opens one file. It is a fault of kind NotFound when there is none.
func (s *Store) Get(ctx context.Context, ownerID, id int64) (File, error) {
	return s.open(ctx, `owner_id = $1 AND file_id = $2`, ownerID, id)
}

// Find opens one file of a sort of things by its number alone, where a link does not say whose it is. It is a fault of kind
// NotFound when there is none.
func (s *Store) Find(ctx context.Context, object string, id int64) (File, error) {
	return s.open(ctx, `object = $1 AND file_id = $2`, object, id)
}

func (s *Store) open(ctx context.Context, where string, args ...any) (File, error) {
	r, found, err := db.One(ctx, s.DB, func(r *row) []any { return append(r.fields(), &r.sealed) },
		`SELECT `+columns+`, content FROM evidence_file WHERE `+where+` ORDER BY file_id`, args...)
	if err != nil {
		return File{}, err
	}
	if !found {
		return File{}, fault.New(fault.NotFound, "没有这份材料，可能已被删除")
	}
	plain, err := s.Sealer.Open(r.sealed)
	r.At, r.Content = time.UnixMilli(r.at).In(clock.Zone), []byte(plain)
	return r.File, err
}

// Remove deletes one file of one thing, and says whether it was there.
func (s *Store) Remove(ctx context.Context, tx *db.Tx, ownerID, id int64, object string, objectID int64) (bool, error) {
	n, err := tx.Exec(ctx, `DELETE FROM evidence_file WHERE owner_id = $1 AND file_id = $2 AND object = $3 AND object_id = $4`, ownerID, id, object, objectID)
	return n > 0, err
}

// Forget deletes the files of people whose data are anonymised.
func (s *Store) Forget(ctx context.Context, tx *db.Tx, ownerIDs []int64) error {
	for part := range slices.Chunk(ownerIDs, 500) {
		args := make([]any, len(part))
		for i, v := range part {
			args[i] = v
		}
		if _, err := tx.Exec(ctx, `DELETE FROM evidence_file WHERE owner_id IN (`+db.In(1, len(part))+`)`, args...); err != nil {
			return err
		}
	}
	return nil
}
