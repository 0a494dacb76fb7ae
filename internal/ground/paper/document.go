package paper

import (
	"fmt"
	"slices"

	"jiuye/internal/ground/fault"
)

// Document is what is to be on paper. Texts are plain; what is empty is left out.
type Document struct {
	Head   string // the red head, 就业工作简报
	Issue  string // 第 8 期
	Office string // who issues it
	Day    string // 2025年9月5日
	Mark   string // above the head on every copy that is not in force, 草稿
	Title  string
	Blocks []Block
	CopyTo string // 报：…；送：…
	Base   string // address before the references of Text in the page and the PDF; "": they are left out there
}

// Block is a part of a document: Heading, Text, Table, Chart or Picture.
type Block interface{ block() }

// Heading has a rank from 1 (一、) to 4 (（1）); the number stands in the text.
type Heading struct {
	Rank int
	Text string
}

// Text is a paragraph.
type Text []Span

// Span is a stretch of a paragraph. Href leads to where its figure comes from.
type Span struct {
	Text string
	Href string
	Bold bool
}

// Table has a row of titles and rows as long. Right columns are set to the right, as numbers are.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]string
	Right   []bool
	Note    string
}

// The kinds of charts.
const (
	Bars  = "bars"
	Lines = "lines"
)

// Chart shows series over the same labels. A missing value is NaN.
type Chart struct {
	Title  string
	Kind   string // Bars or Lines
	Unit   string
	Labels []string
	Series []Series
}

// Series is one line, or the bars of one colour.
type Series struct {
	Name   string
	Values []float64
}

// Picture is a PNG with its width in millimetres, and what it shows in words.
type Picture struct {
	PNG   []byte
	Width int
	Alt   string
}

func (Heading) block() {}
func (Text) block()    {}
func (Table) block()   {}
func (Chart) block()   {}
func (Picture) block() {}

// Plain is a paragraph of one stretch.
func Plain(format string, args ...any) Text { return Text{{Text: fmt.Sprintf(format, args...)}} }

// check refuses what cannot be set: rows of another length than the titles, series of another length than the labels.
func (d *Document) check() error {
	for i, b := range d.Blocks {
		switch b := b.(type) {
		case Table:
			if n := slices.IndexFunc(b.Rows, func(r []string) bool { return len(r) != len(b.Head) }); n >= 0 {
				return fault.New(fault.Internal, "paper: block %d: row %d has %d cells, the head %d", i, n, len(b.Rows[n]), len(b.Head))
			}
		case Chart:
			if n := slices.IndexFunc(b.Series, func(s Series) bool { return len(s.Values) != len(b.Labels) }); n >= 0 || len(b.Series) == 0 {
				return fault.New(fault.Internal, "paper: block %d: a chart needs series as long as its %d labels", i, len(b.Labels))
			}
		case Heading:
			if b.Rank < 1 || b.Rank > 4 {
				return fault.New(fault.Internal, "paper: block %d: no heading of rank %d", i, b.Rank)
			}
		}
	}
	return nil
}

func (t *Table) right(column int) bool { return column < len(t.Right) && t.Right[column] }
