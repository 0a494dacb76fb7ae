package web

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"

	"jiuye/internal/ground/fault"
)

const (
	bodyLimit = 1 << 20 // bytes of a form without files; also all fields of one with files together
	onceField = "_once"
)

var onceShape = regexp.MustCompile(`^[A-Za-z0-9_-]{16,64}$`)

// newOnce makes an idempotency key: 128 random bits.
func newOnce() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// readBody takes the fields of a POST and its idempotency key. Of a multipart body it reads the fields in front of
// the first file only; the rest is read by Upload, straight to the disk.
func (c *Ctx) readBody() error {
	c.posted = url.Values{}
	kind, params, _ := mime.ParseMediaType(c.R.Header.Get("Content-Type"))
	switch kind {
	case "multipart/form-data":
		c.parts = &parts{c: c, reader: multipart.NewReader(c.R.Body, params["boundary"])}
		if err := c.parts.fields(); err != nil {
			return err
		}
	case "application/x-www-form-urlencoded", "":
		c.R.Body = http.MaxBytesReader(c.W, c.R.Body, bodyLimit)
		if err := c.R.ParseForm(); err != nil {
			return bodyFault(err)
		}
		c.posted = c.R.PostForm
	default:
		c.R.Body = http.MaxBytesReader(c.W, c.R.Body, 16*bodyLimit)
	}
	c.once = c.posted.Get(onceField)
	if c.once == "" {
		c.once = c.R.Header.Get("Idempotency-Key")
	}
	if !onceShape.MatchString(c.once) {
		return fault.Wrap(fault.Invalid, nil, c.T("frame.noOnce"))
	}
	return nil
}

// bodyFault says what went wrong while a body was read.
func bodyFault(err error) error {
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		return fault.Wrap(fault.TooLarge, err, "提交的内容太大，没有办理。表单内容应在 1 MB 以内")
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fault.Wrap(fault.Invalid, err, "上传中断了，文件没有收全。请检查网络后重新上传")
	default:
		return fault.Wrap(fault.Invalid, err, "提交的内容读不出来，没有办理。请返回上一页刷新后再提交")
	}
}

// parts walks through a multipart body once, from front to back.
type parts struct {
	c      *Ctx
	reader *multipart.Reader
	file   *multipart.Part // the file whose content comes next
	size   int             // bytes of fields so far
	done   bool
}

// fields reads on to the next file, collecting the fields on the way.
func (p *parts) fields() error {
	p.file = nil
	for !p.done {
		part, err := p.reader.NextPart()
		if errors.Is(err, io.EOF) {
			p.done = true
			return nil
		}
		if err != nil {
			return bodyFault(err)
		}
		if part.FileName() != "" {
			p.file = part
			return nil
		}
		name := part.FormName()
		value, err := io.ReadAll(io.LimitReader(part, int64(bodyLimit-p.size)+1))
		if err != nil {
			return bodyFault(err)
		}
		if p.size += len(value) + len(name); p.size > bodyLimit {
			return fault.New(fault.TooLarge, "提交的内容太大，没有办理。表单内容应在 1 MB 以内")
		}
		p.c.posted.Add(name, string(value))
	}
	return nil
}
