package plandoc

import "strings"

// Kind says what a block is.
type Kind int

// The kinds of block.
const (
	Line    Kind = iota // a line or a paragraph of text
	Table               // a table with its cells
	Picture             // a picture: its text cannot be read
)

// Block is one piece of a document, in reading order.
type Block struct {
	Kind Kind
	Text string     // of a line; of a picture its caption, if any
	Rows [][]string // of a table: cells, merged ones repeated in each place they cover
}

// Text is a document as a loader found it.
type Text struct {
	Name   string // file name without folder, the document's name where no title is found
	Blocks []Block
}

// FromLines is a plain text as a Text: each line a block.
func FromLines(name, s string) Text {
	t := Text{Name: name}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n").Replace(s)
	for line := range strings.SplitSeq(s, "\n") {
		t.Blocks = append(t.Blocks, Block{Text: line})
	}
	return t
}
