package web

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path"
	"strings"
	"syscall"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
)

// Upload is a received file in a temporary place. It disappears when the handler returns, unless kept.
type Upload struct {
	Name string // the file's name on the sender's machine, without folders
	Size int64  // bytes
	Path string // where it is now
	kept bool
}

// Open opens the received file for reading.
func (u *Upload) Open() (*os.File, error) { return os.Open(u.Path) }

// Keep leaves the file in place after the handler; who keeps it removes it.
func (u *Upload) Keep() string { u.kept = true; return u.Path }

// Upload streams the file of a field to a temporary file. nil when none was chosen. Faults: TooLarge when it has more
// than limit bytes, told from the announced length before anything is read and again while reading; Invalid when the
// body breaks off; Unavailable when the disk is full.
func (c *Ctx) Upload(field string, limit int64) (*Upload, error) {
	list, err := c.Uploads(field, limit)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// Uploads is Upload for a field that takes several files; limit is for all of them together.
func (c *Ctx) Uploads(field string, limit int64) ([]*Upload, error) {
	if c.parts == nil {
		return nil, nil
	}
	if c.R.ContentLength > limit+bodyLimit {
		return nil, tooLarge(limit, c.R.ContentLength)
	}
	var list []*Upload
	left := limit
	for c.parts.file != nil {
		if part := c.parts.file; part.FormName() == field {
			u, err := c.receive(part, path.Base(strings.ReplaceAll(part.FileName(), `\`, "/")), left, limit)
			if err != nil {
				return nil, err
			}
			left -= u.Size
			list = append(list, u)
		}
		if err := c.parts.fields(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func tooLarge(limit, size int64) error {
	if size > 0 {
		return fault.Wrap(fault.TooLarge, nil, "文件有 "+Size(size)+"，一次最多 "+Size(limit)+"。请拆成几个文件分次上传")
	}
	return fault.Wrap(fault.TooLarge, nil, "文件超过 "+Size(limit)+"，没有接收。请拆成几个文件分次上传")
}

func (c *Ctx) receive(from io.Reader, name string, left, limit int64) (*Upload, error) {
	file, err := os.CreateTemp(c.server.conf.TempDir, "jiuye-upload-*")
	if err != nil {
		return nil, diskFault(err)
	}
	u := &Upload{Name: name, Path: file.Name()}
	c.temps = append(c.temps, u)
	body := &slowReader{from: io.LimitReader(from, left+1), control: http.NewResponseController(c.W)}
	u.Size, err = io.Copy(file, body)
	if closed := file.Close(); err == nil {
		err = closed
	}
	switch {
	case body.err != nil:
		return nil, bodyFault(body.err)
	case err != nil:
		return nil, diskFault(err)
	case u.Size > left:
		return nil, tooLarge(limit, 0)
	}
	return u, nil
}

// removeTemps ends the life of the temporary files nobody kept.
func (c *Ctx) removeTemps() {
	for _, u := range c.temps {
		if !u.kept {
			_ = os.Remove(u.Path)
		}
	}
}

// diskFault says what a write to the disk failed of.
func diskFault(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fault.Wrap(fault.Unavailable, err, "服务器的磁盘满了，文件没有收下，别的内容不受影响。请联系管理员清理后再传")
	}
	return fault.Wrap(fault.Unavailable, err, "服务器现在不能保存文件，没有收下。请稍后再传；仍不行请联系管理员")
}

// slowReader lets a long upload take its time as long as bytes keep coming, and remembers errors of the sender's side
// apart from those of the disk.
type slowReader struct {
	from    io.Reader
	control *http.ResponseController
	since   int
	err     error
}

const patience = 30 * time.Second

func (r *slowReader) Read(p []byte) (int, error) {
	if r.since <= 0 {
		_ = r.control.SetReadDeadline(clock.System{}.Now().Add(patience)) // the machine's time: it is a deadline of the connection
		r.since = 256 << 10
	}
	n, err := r.from.Read(p)
	r.since -= n
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}
