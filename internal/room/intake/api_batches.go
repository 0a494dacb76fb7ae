package intake

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
)

// sendPatience is for receiving a large file over a slow line.
const sendPatience = time.Hour

// fileEndings are the file names of bodies that came without one.
var fileEndings = map[string]string{"text/csv": ".csv", "application/zip": ".zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx"}

type sendInput struct {
	Key    string `header:"Idempotency-Key"`
	Name   string `header:"X-File-Name" maxLength:"600" doc:"文件名，汉字按 URL 编码；不写时按格式取名"`
	Type   string `header:"Content-Type" hidden:"true"`
	Sha256 string `header:"X-Manifest-Sha256" maxLength:"64" doc:"清单：文件内容的 SHA-256，十六进制。写了就核对，不符不收"`
	Rows   string `header:"X-Manifest-Rows" maxLength:"12" doc:"清单：除表头外应有几行。写了就核对，少了或多了会报警"`
	Forced bool   `header:"X-Forced" doc:"true 表示内容读过也重新读"`

	body io.Reader
}

// Resolve keeps the unread body: a file of a gigabyte does not go through memory.
func (in *sendInput) Resolve(ctx huma.Context) []error {
	r, w := humago.Unwrap(ctx)
	in.body = web.Patient(w, http.MaxBytesReader(w, r.Body, uploadLimit))
	return nil
}

// BatchLine is how a batch stands.
type BatchLine struct {
	ID     string        `json:"id"`
	State  string        `json:"state" enum:"waiting,running,done,failed,stopped" doc:"waiting 等待，running 办理中，done 办完，failed 办不下去，stopped 已停止"`
	Note   string        `json:"note,omitempty" doc:"没有办完的原因"`
	Counts Counts        `json:"counts"`
	Files  []FileSummary `json:"files"`
	Errors string        `json:"errors,omitempty" doc:"退回的行和原因，有退回时才有"`
}

type batchOutput struct {
	Status   int
	Location string `header:"Location"`
	Body     BatchLine
}

func (a *api) send(ctx context.Context, in *sendInput) (*batchOutput, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendPatience) // the time for one page is not for a file
	defer cancel()
	c := callerOf(ctx)
	uploads, err := a.takeFiles(in)
	defer func() {
		for _, u := range uploads {
			_ = os.Remove(u.Path) // moved away when it was taken over
		}
	}()
	if err == nil && in.Sha256 != "" {
		err = agree(uploads, in.Sha256)
	}
	if err == nil && in.Rows != "" {
		uploads, err = a.manifest(uploads, in)
	}
	if err != nil {
		return nil, problem(err)
	}
	who := c.actor()
	print, err := a.printOf(who, uploads)
	if err != nil {
		return nil, problem(err)
	}
	id, err := a.Receive(ctx, who, uploads, in.Forced, "api-"+id36(c.ID)+"-"+in.Key)
	status := http.StatusAccepted
	if fault.Is(err, fault.Repeat) {
		status = http.StatusOK
		if id, err = sentBefore(ctx, a.DB, c.ID, print); err == nil && id == 0 {
			err = fault.New(fault.Conflict, "这个 Idempotency-Key 已经用来报送过别的内容，新的提交请另换一个")
		}
	}
	if err != nil {
		return nil, problem(err)
	}
	line, err := a.line(ctx, c, id)
	return &batchOutput{Status: status, Location: "/api/batches/" + itoa(id), Body: line}, problem(err)
}

// takeFiles streams the body to the disk: one file, or the files of a form.
func (a *api) takeFiles(in *sendInput) ([]Upload, error) {
	kind, params, _ := mime.ParseMediaType(in.Type)
	if kind != "multipart/form-data" {
		name, err := url.PathUnescape(in.Name)
		if err != nil || name == "" {
			if fileEndings[kind] == "" {
				return nil, fault.New(fault.Invalid, "看不出文件格式：请写 Content-Type（text/csv、application/zip 或 xlsx 的类型），或在 X-File-Name 写文件名")
			}
			name = "报送" + fileEndings[kind]
		}
		u, err := a.takeFile(name, in.body)
		return []Upload{u}, err
	}
	var list []Upload
	for parts := multipart.NewReader(in.body, params["boundary"]); ; {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return list, brokenBody(err)
		}
		if part.FileName() == "" {
			continue
		}
		u, err := a.takeFile(part.FileName(), part)
		if list = append(list, u); err != nil {
			return list, err
		}
	}
	if len(list) == 0 {
		return nil, fault.New(fault.Invalid, "表单里没有文件，请至少送一个 csv、xlsx 或 zip 文件")
	}
	return list, nil
}

func (a *api) takeFile(name string, body io.Reader) (Upload, error) {
	dir := filepath.Join(a.Dir, "arriving") // where the house clears away what a killed process left
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Upload{}, noRoom(err)
	}
	f, err := os.CreateTemp(dir, "jiuye-api-*")
	if err != nil {
		return Upload{}, noRoom(err)
	}
	u := Upload{Name: fileName(path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))), Path: f.Name()}
	n, err := io.Copy(f, body)
	if closed := f.Close(); err == nil && closed != nil {
		return u, noRoom(closed)
	}
	switch {
	case err != nil:
		return u, brokenBody(err)
	case n == 0:
		return u, fault.New(fault.Invalid, "文件 %s 是空的，没有收下", u.Name)
	}
	return u, nil
}

func brokenBody(err error) error {
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return fault.Wrap(fault.TooLarge, err, "文件超过 1 GB，没有收下。请拆成几批")
	case errors.Is(err, os.ErrClosed), errors.Is(err, io.ErrShortWrite):
		return noRoom(err)
	}
	return fault.Wrap(fault.Invalid, err, "文件没有收全就断了，请用同一个 Idempotency-Key 再送一次")
}

// agree compares the content with what the sender's manifest says.
func agree(uploads []Upload, want string) error {
	if len(uploads) != 1 {
		return fault.New(fault.Invalid, "X-Manifest-Sha256 只用于一次送一个文件，这次有 %d 个", len(uploads))
	}
	sum, err := hashFile(uploads[0].Path)
	if err == nil && hex.EncodeToString(sum) != strings.ToLower(want) {
		err = fault.New(fault.Invalid, "收到的文件与清单不符：收到的 SHA-256 是 %x，清单写的是 %s。文件可能没有传全，请重新报送", sum, want)
	}
	return err
}

// manifest puts what the headers announce beside the file as a manifest, which the import reads and compares as one that a
// department sends along.
func (a *api) manifest(uploads []Upload, in *sendInput) ([]Upload, error) {
	rows, err := strconv.ParseInt(in.Rows, 10, 64)
	switch {
	case len(uploads) != 1:
		return uploads, fault.New(fault.Invalid, "X-Manifest-Rows 只用于一次送一个文件，这次有 %d 个。几个文件请在表单里另附“清单.csv”", len(uploads))
	case err != nil || rows < 0:
		return uploads, fault.New(fault.Invalid, "X-Manifest-Rows 应为行数，写的是 %q", in.Rows)
	}
	line := map[string]any{"file": uploads[0].Name, "rows": rows}
	if in.Sha256 != "" {
		line["sha256"] = in.Sha256
	}
	text, err := json.Marshal(map[string]any{"files": []any{line}})
	if err != nil {
		return uploads, err
	}
	u, err := a.takeFile("manifest.json", bytes.NewReader(text))
	return append(uploads, u), err
}

// printOf is the fingerprint that Receive will give to these files.
func (a *api) printOf(who Actor, uploads []Upload) ([]byte, error) {
	files := make([]File, len(uploads))
	for i, u := range uploads {
		files[i] = File{Name: u.Name, Path: u.Path}
		if err := a.measure(&files[i]); err != nil {
			return nil, err
		}
	}
	return fingerprint(who.Area, files), nil
}

type batchInput struct {
	ID int64 `path:"id" minimum:"1"`
}

func (a *api) batch(ctx context.Context, in *batchInput) (*batchOutput, error) {
	line, err := a.line(ctx, callerOf(ctx), in.ID)
	return &batchOutput{Status: http.StatusOK, Body: line}, problem(err)
}

// own reads a batch that the client itself has sent.
func (a *api) own(ctx context.Context, c *caller, id int64) (Batch, []File, error) {
	b, err := findBatch(ctx, a.DB, id)
	if err == nil && b.ByID != c.ID {
		err = fault.New(fault.NotFound, "您没有报送过这一批")
	}
	if err != nil {
		return b, nil, err
	}
	files, err := listFiles(ctx, a.DB, id)
	return b, files, err
}

func (a *api) line(ctx context.Context, c *caller, id int64) (BatchLine, error) {
	b, files, err := a.own(ctx, c, id)
	if err != nil {
		return BatchLine{}, err
	}
	s := summarise(&b, files, a.Clock.Now())
	line := BatchLine{ID: itoa(id), State: b.State, Note: b.Note, Counts: s.Total, Files: s.Files}
	if s.Total.Rejected > 0 {
		line.Errors = "/api/batches/" + itoa(id) + "/errors.csv"
	}
	return line, nil
}

// rejects streams the rejected rows of a batch: where, and why, without the values.
func (a *api) rejects(ctx context.Context, in *batchInput) (*huma.StreamResponse, error) {
	c := callerOf(ctx)
	b, files, err := a.own(ctx, c, in.ID)
	if err == nil {
		err = a.Audit.Note(ctx, audit.Entry{ActorID: c.ID, Actor: c.Signature(), Act: "intake.errors", Object: "batch", ObjectID: b.ID, Area: b.Area, What: "下载了 " + b.Title + " 的错误表"})
	}
	if err != nil {
		return nil, problem(err)
	}
	names := map[int64]*File{}
	for i := range files {
		names[files[i].ID] = &files[i]
	}
	return &huma.StreamResponse{Body: func(h huma.Context) {
		h.SetHeader("Content-Type", "text/csv; charset=utf-8")
		h.SetHeader("Content-Disposition", `attachment; filename="errors.csv"`)
		h.SetStatus(http.StatusOK)
		w := sheet.NewCSV(h.BodyWriter(), sheet.UTF8) // which also keeps a sender's "=…" from becoming a formula at the reader's
		err := w.Sheet("", sheet.Columns("文件", "工作表", "行号", "列", "原因")...)
		if err == nil {
			err = eachRejected(ctx, a.DB, b.ID, func(r *rejected) error {
				f := names[r.fileID]
				if f == nil {
					return nil
				}
				return w.Row(f.Name, f.Sheet, itoa(r.row), r.head, r.reason)
			})
		}
		if closed := w.Close(); err != nil || closed != nil {
			panic(http.ErrAbortHandler) // a cut file must not look like a whole one
		}
	}}, nil
}
