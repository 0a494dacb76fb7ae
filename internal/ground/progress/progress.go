// Package progress tells a waiting person how far a long task is and how long it will still take: as a bar in a
// terminal, or through a callback to a job's row in the queue.
package progress

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// Reporter receives the progress of one task. Its methods may be called from several goroutines.
type Reporter interface {
	// Step begins a step with a text for the person and the number of units it will take (0: not known).
	Step(text string, total int64)
	// Add says that n more units are done.
	Add(n int64)
	// End ends the last step.
	End()
}

// None is a Reporter that tells nobody.
type None struct{}

// Step implements Reporter.
func (None) Step(string, int64) {}

// Add implements Reporter.
func (None) Add(int64) {}

// End implements Reporter.
func (None) End() {}

// Bar draws steps on a terminal; on anything else (a file, a pipe) it writes one line per finished step.
type Bar struct {
	mu          sync.Mutex
	out         io.Writer
	live        bool
	text        string
	done, total int64
	begun, last time.Time
	now         func() time.Time
}

// NewBar makes a Bar; live says whether out is a terminal that can redraw a line.
func NewBar(out io.Writer, live bool) *Bar { return &Bar{out: out, live: live, now: time.Now} }

// Step implements Reporter.
func (b *Bar) Step(text string, total int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.finish()
	b.text, b.total, b.done, b.begun = text, total, 0, b.now()
}

// Add implements Reporter.
func (b *Bar) Add(n int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done += n
	if now := b.now(); b.live && now.Sub(b.last) > 150*time.Millisecond {
		b.last = now
		fmt.Fprintf(b.out, "\r\x1b[K%s", Line(b.text, b.done, b.total, now.Sub(b.begun)))
	}
}

// End implements Reporter.
func (b *Bar) End() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.finish()
}

func (b *Bar) finish() {
	if b.text == "" {
		return
	}
	if b.live {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
	count := ""
	if b.done > 0 {
		count = fmt.Sprintf(" %d", b.done)
	}
	fmt.Fprintf(b.out, "✓ %s%s，用时 %s\n", b.text, count, Span(b.now().Sub(b.begun)))
	b.text = ""
}

// Line is a bar with its estimate: "导入 户籍.csv ████░░░░ 52%，约还需 8 秒".
func Line(text string, done, total int64, spent time.Duration) string {
	if total <= 0 {
		return fmt.Sprintf("%s %d", text, done)
	}
	done = min(done, total)
	const width = 24
	full := int(done * width / total)
	line := fmt.Sprintf("%s %s%s %d%%", text, strings.Repeat("█", full), strings.Repeat("░", width-full), done*100/total)
	if left, ok := Left(done, total, spent); ok {
		line += "，约还需 " + Span(left)
	}
	return line
}

// Left estimates the time that is still needed; ok is false while there is too little to judge by.
func Left(done, total int64, spent time.Duration) (left time.Duration, ok bool) {
	if done <= 0 || total <= done || spent < 500*time.Millisecond {
		return 0, false
	}
	return time.Duration(float64(spent) / float64(done) * float64(total-done)), true
}

// Span writes a duration for people: "8 秒", "3 分 20 秒".
func Span(d time.Duration) string {
	switch s := int(d.Round(time.Second) / time.Second); {
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f 秒", d.Seconds())
	case s < 60:
		return fmt.Sprintf("%d 秒", s)
	default:
		return fmt.Sprintf("%d 分 %d 秒", s/60, s%60)
	}
}
