package intake

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/queue"
)

// Upload is a received file: its name at the sender's, and where it lies until now.
type Upload struct{ Name, Path string }

// Receive takes uploaded files over and lets the queue import them. It returns the batch: a new one, or the unfinished
// one with the same contents. once is the idempotency key: a double click makes one batch.
func (r *Room) Receive(ctx context.Context, who Actor, uploads []Upload, forced bool, once string) (batchID int64, err error) {
	return r.receive(ctx, "upload", who, uploads, forced, once)
}

// ReceiveTrial is Receive for a trial (试读): the files are read and checked, and nothing is written into the registers.
func (r *Room) ReceiveTrial(ctx context.Context, who Actor, uploads []Upload, once string) (batchID int64, err error) {
	return r.receive(ctx, Trial, who, uploads, true, once)
}

func (r *Room) receive(ctx context.Context, source string, who Actor, uploads []Upload, forced bool, once string) (batchID int64, err error) {
	if who.Area == "" {
		return 0, fault.New(fault.Denied, "您的账号没有所属地区，不能导入。请联系管理员")
	}
	files := make([]File, len(uploads))
	for i, u := range uploads {
		files[i] = File{Name: fileName(u.Name), Path: u.Path}
		if err := r.measure(&files[i]); err != nil {
			return 0, err
		}
	}
	b := r.newBatch(source, files, who, forced)
	if err := r.store(&b, files); err != nil {
		return 0, errors.Join(err, os.RemoveAll(r.folder(b.ID)))
	}
	batchID = b.ID
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		// The same contents again: the unfinished batch goes on, should nothing be working on it any more. One that a
		// folder import began is that import's own affair.
		if old, found, err := brokenOff(ctx, tx, b.Fingerprint); err != nil {
			return err
		} else if found && old.Source == b.Source {
			batchID = old.ID
			return r.enqueue(ctx, tx, old.ID)
		}
		if err := addBatch(ctx, tx, &b, files); err != nil {
			return err
		}
		if err := r.enqueue(ctx, tx, b.ID); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: who.Name, Act: "intake.upload", Object: "batch", ObjectID: b.ID, Area: b.Area, What: "上传 " + b.Title})
	})
	if err != nil || batchID != b.ID {
		err = errors.Join(err, os.RemoveAll(r.folder(b.ID)))
	}
	return batchID, err
}

func (r *Room) enqueue(ctx context.Context, tx *db.Tx, batchID int64) error {
	_, err := r.Queue.Enqueue(ctx, tx, queue.Job{Kind: importJob, Key: id36(batchID), Payload: importPayload{batchID}})
	return err
}

// fileName is a sender's name of a file as it may stand on pages, in titles and in the log: without characters that nobody
// sees, and without anybody's number.
func fileName(name string) string {
	return identity.Veil(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) {
			return -1
		}
		return c
	}, name))
}

// store moves received files to the batch's folder.
func (r *Room) store(b *Batch, files []File) error {
	dir := r.folder(b.ID)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return noRoom(err)
	}
	for i := range files {
		to := filepath.Join(dir, itoa(int64(i+1)))
		if err := move(files[i].Path, to); err != nil {
			return noRoom(err)
		}
		files[i].Path = to
	}
	return nil
}

func noRoom(err error) error {
	return fault.Wrap(fault.Unavailable, err, "服务器现在不能保存文件（磁盘可能已满），没有收下。请稍后再传；仍不行请联系管理员")
}

// move renames, or copies where the two places are on different disks.
func move(from, to string) error {
	if os.Rename(from, to) == nil {
		return nil
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close(), os.Remove(from))
}

// Stop ends a batch early. Blocks that are written stay.
func (r *Room) Stop(ctx context.Context, who Actor, batchID int64, once string) error {
	return r.turn(ctx, who, batchID, once, func(b *Batch) (string, error) {
		if !b.Unfinished() {
			return "", fault.New(fault.Conflict, "这一批已经结束，不用再停止")
		}
		b.State, b.Note, b.EndedAt = Stopped, "由"+who.Name+"停止，停止前写入的行保留", r.Clock.Now().UnixMilli()
		return "停止导入 ", nil
	})
}

// Resume lets a batch that was stopped, or that the queue has given up, go on at its cursor.
func (r *Room) Resume(ctx context.Context, who Actor, batchID int64, once string) error {
	return r.turn(ctx, who, batchID, once, func(b *Batch) (string, error) {
		if !b.Stuck() {
			return "", fault.New(fault.Conflict, "这一批没有停止，不用继续")
		}
		b.State, b.Note, b.EndedAt = Waiting, "", 0
		return "继续导入 ", nil
	})
}

func (r *Room) turn(ctx context.Context, who Actor, batchID int64, once string, change func(*Batch) (string, error)) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		b, err := r.visible(ctx, tx, who, batchID)
		if err != nil {
			return err
		}
		what, err := change(&b)
		if err != nil {
			return err
		}
		if err := setBatch(ctx, tx, &b); err != nil {
			return err
		}
		if b.State == Waiting {
			if err := r.enqueue(ctx, tx, b.ID); err != nil {
				return err
			}
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: who.Name, Act: "intake.turn", Object: "batch", ObjectID: b.ID, Area: b.Area, What: what + b.Title})
	})
}
