package cycle

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"jiuye/internal/ground/paper"
)

// Documents' texts are kept as people change them: a figure that leads to its source is written [3,211 人](/plan/…). Other sites are no sources.

var link = regexp.MustCompile(`\[([^\[\]]+)\]\((/(?:[^()\s/\\][^()\s]*)?)\)`)

// Link writes a figure with where it comes from.
func Link(text, href string) string {
	if href == "" {
		return text
	}
	return "[" + text + "](" + href + ")"
}

// Spans are a text's stretches.
func Spans(text string) (out paper.Text) {
	at := 0
	for _, m := range link.FindAllStringSubmatchIndex(text, -1) {
		if m[0] > at {
			out = append(out, paper.Span{Text: text[at:m[0]]})
		}
		out = append(out, paper.Span{Text: text[m[2]:m[3]], Href: text[m[4]:m[5]]})
		at = m[1]
	}
	if at < len(text) {
		out = append(out, paper.Span{Text: text[at:]})
	}
	return out
}

// Source is one figure of a document and where it comes from.
type Source struct{ Figure, Sentence, Href string }

// Sources are a text's figures.
func Sources(text string) (out []Source) {
	for _, s := range sentences(text) {
		for _, l := range s.links {
			out = append(out, Source{Figure: l[1], Sentence: s.text(), Href: l[2]})
		}
	}
	return out
}

// Bare is a text without its references.
func Bare(text string) string { return link.ReplaceAllString(text, "$1") }

// sentence is a stretch of a text up to its stop, with the figures in it; a stop inside a reference ends nothing.
type sentence struct {
	open  string // with a mark in the place of each reference
	links [][]string
}

// mark stands for a reference while sentences are told apart: a letter that nobody types.
const mark = '\uE000'

func sentences(text string) (out []sentence) {
	text = strings.ReplaceAll(text, string(mark), "")
	all := link.FindAllStringSubmatch(text, -1)
	for _, s := range strings.FieldsFunc(link.ReplaceAllString(text, string(mark)), func(r rune) bool { return r == '。' || r == '；' || r == '\n' }) {
		n := strings.Count(s, string(mark))
		if trimmed := strings.TrimSpace(s); trimmed != "" {
			out = append(out, sentence{trimmed, all[:n]})
		}
		all = all[n:]
	}
	return out
}

// text is a sentence as it is read.
func (s sentence) text() string {
	out := s.open
	for _, l := range s.links {
		out = strings.Replace(out, string(mark), l[1], 1)
	}
	return out
}

// dated are numbers that need no source: days, months, years, issues, and those in the names of indicators.
var dated = regexp.MustCompile(`\d{4}\s*[—～-]\s*\d{4}\s*年|\d{4}\s*年(度)?|\d{1,2}\s*[—～-]\s*\d{1,2}\s*月|\d{1,2}\s*月(\s*\d{1,2}\s*日)?(末)?|\d+\s*个月(以上)?|第\s*\d+\s*[期号位名]|〔\d{4}〕\s*\d+\s*号`)

var digit = regexp.MustCompile(`[0-9０-９]`)

// Untraced are the sentences with numbers that lead nowhere.
func Untraced(text string) (out []string) {
	for _, s := range sentences(text) {
		if digit.MatchString(dated.ReplaceAllString(s.open, "")) {
			out = append(out, s.text())
		}
	}
	return out
}

func zhDay(t time.Time) string {
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}

// paragraphs are a text's lines that say something.
func paragraphs(text string) (out []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
