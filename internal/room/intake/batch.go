package intake

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"os"
	"strings"
	"time"
)

// Where a batch or a file stands.
const (
	Received = "received" // a file that nobody has looked at yet
	Waiting  = "waiting"
	Running  = "running"
	Done     = "done"
	Failed   = "failed"  // cannot go on; the note says why
	Stopped  = "stopped" // by its owner

	Unknown  = "unknown"  // no template fits
	Lacking  = "lacking"  // needed columns are not there
	Repeated = "repeated" // the same content was read before
	Empty    = "empty"    // a header without rows
)

// Actor is who brings files or decides.
type Actor struct {
	ID       int64
	Name     string // as the audit log writes it: 苏日娜（经办）
	Area     string // code; nobody outside of it is written
	AreaName string
}

// Batch is what somebody brought at once.
type Batch struct {
	ID          int64
	Source      string // upload, folder, trial
	Title       string
	Bytes       int64
	Area        string
	AreaName    string // not stored
	ByID        int64
	ByName      string
	Forced      bool // read even what was read before
	Fingerprint []byte
	State       string
	Note        string
	CreatedAt   int64 // unix ms, like the next two; 0: not yet
	StartedAt   int64
	EndedAt     int64
}

// Trial is the source of a batch that is only tried (试读): nothing of it is written into the registers.
const Trial = "trial"

// Trial reports whether the batch is only tried.
func (b *Batch) Trial() bool { return b.Source == Trial }

// Unfinished reports whether there is still something to wait for.
func (b *Batch) Unfinished() bool { return b.State == Waiting || b.State == Running }

// Stuck reports whether somebody may tell it to go on: it was stopped, or its last run failed.
func (b *Batch) Stuck() bool { return b.State == Stopped || b.Unfinished() && b.Note != "" }

// Seconds is how long it took or has taken by now.
func (b *Batch) Seconds(now time.Time) float64 {
	end := b.EndedAt
	if end == 0 {
		end = now.UnixMilli()
	}
	if b.StartedAt == 0 {
		return 0
	}
	return float64(max(0, end-b.StartedAt)) / 1000 // a clock may have been set back
}

// File is one sheet of a file; before recognition, one file.
type File struct {
	BatchID  int64
	ID       int64
	Name     string
	Path     string
	Bytes    int64
	Hash     []byte // SHA-256 of the content
	Format   string
	Sheet    string
	Kind     string
	Print    []byte // of the template
	HeadRow  int64
	Heads    []string
	Cells    []int
	Missing  string
	Extra    string
	State    string
	Note     string
	Estimate int64
	Cursor   int64 // the last row that is written
	Counts
	StartedAt int64
	EndedAt   int64

	template *Template
	quality  quality
	trial    bool
	promises []manifestLine // of a manifest, until they are stored
}

// Matched is how many of the template's columns the file has.
func (f *File) Matched() (n int) {
	for _, c := range f.Cells {
		if c >= 0 {
			n++
		}
	}
	return n
}

// Label is the file's name with its sheet.
func (f *File) Label() string {
	if f.Format == "xlsx" && f.Sheet != "" {
		return f.Name + "（" + f.Sheet + "）"
	}
	return f.Name
}

// Summary is what an import came to.
type Summary struct {
	BatchID int64         `json:"batch"`
	State   string        `json:"state"`
	Files   []FileSummary `json:"files"`
	Total   Counts        `json:"total"`
	Seconds float64       `json:"seconds"`
	Resumed bool          `json:"resumed"` // went on with a batch that was broken off
}

// FileSummary is what one sheet came to.
type FileSummary struct {
	Name  string `json:"name"`
	Sheet string `json:"sheet"`
	Kind  string `json:"kind"`
	State string `json:"state"`
	Note  string `json:"note"`
	Counts
}

// Text says it in a sentence.
func (s *Summary) Text() string {
	t := s.Total
	return fmt.Sprintf("共读取 %d 行：接收 %d 行（其中 %d 行有提醒），重复 %d 行，待核 %d 行，退回 %d 行，用时 %.1f 秒",
		t.Read, t.Accepted, t.Repaired, t.Repeated, t.Review, t.Rejected, s.Seconds)
}

func summarise(b *Batch, files []File, now time.Time) Summary {
	s := Summary{BatchID: b.ID, State: b.State, Seconds: b.Seconds(now)}
	for i := range files {
		f := &files[i]
		s.Files = append(s.Files, FileSummary{f.Name, f.Sheet, f.Kind, f.State, f.Note, f.Counts})
		s.Total.Add(f.Counts)
	}
	return s
}

// hashFile is the SHA-256 of a file's content. It only serves to know the same file again.
func hashFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return h.Sum(nil), err
}

// scopeOf is what a batch is for, beside its contents: a trial is another thing than an import.
func scopeOf(area, source string) string {
	if source == Trial {
		return area + " " + source
	}
	return area
}

// fingerprint is over the contents, whatever the files are called, and who they are imported for.
func fingerprint(area string, files []File) []byte {
	h := sha256.New()
	write(h, area)
	for i := range files {
		write(h, string(files[i].Hash))
	}
	return h.Sum(nil)
}

func write(h hash.Hash, s string) { _, _ = h.Write([]byte(s + "\x00")) } // a hash takes everything

// titleOf names a batch by its files.
func titleOf(files []File) string {
	switch len(files) {
	case 0:
		return ""
	case 1, 2:
		names := make([]string, len(files))
		for i := range files {
			names[i] = files[i].Name
		}
		return strings.Join(names, "、")
	}
	return fmt.Sprintf("%s 等 %d 个文件", files[0].Name, len(files))
}
