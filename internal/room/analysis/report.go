package analysis

import (
	"slices"

	"jiuye/internal/ground/fault"
)

// States of a report.
const (
	Draft     = "draft"     // 草稿
	Waiting   = "waiting"   // 待审核: a second person decides
	Published = "published" // 已发布
	Replaced  = "replaced"  // 已更正: a later edition stands in its place
	Dropped   = "dropped"   // 已作废, was never published
)

// Report is a quarterly report. Its content is what the numbers were when it was drafted.
type Report struct {
	ID          int64
	Area        string
	Period      Period
	Edition     int
	State       string
	Content     Content
	Remark      string // what people add to the text
	Erratum     string // why there is a new edition
	ByID        int64
	ByName      string
	CheckedBy   string
	CreatedAt   int64
	PublishedAt int64
	Version     int64
}

// Content is the text of a report with every number that it stands on.
type Content struct {
	Title    string    `json:"title"`
	AsOf     string    `json:"asOf"` // last day of the data
	Sections []Section `json:"sections"`
	Figures  []Fig     `json:"figures"`
	Lines    []Line    `json:"lines"`
	Bars     []Bar     `json:"bars"` // ratio by place below
}

// Fig is a number of the text: what it is, where it is from.
type Fig struct {
	No     int    `json:"no"`
	Name   string `json:"name"`
	Value  string `json:"value"`
	Unit   string `json:"unit"`
	Source string `json:"source"`
}

// Sentence is a sentence with the numbers of the figures that it tells.
type Sentence struct {
	Text string `json:"text"`
	Figs []int  `json:"figs,omitempty"`
}

// Section is a part of the text, with a table under it where there is one.
type Section struct {
	Head      string     `json:"head"`
	Sentences []Sentence `json:"sentences"`
	Tables    []Grid     `json:"tables,omitempty"`
	Places    bool       `json:"places,omitempty"` // compares places: the map belongs to it
}

// Grid is a table; the first column names the row.
type Grid struct {
	Head  string     `json:"head"`
	Heads []string   `json:"heads"`
	Rows  [][]string `json:"rows"`
}

// Line is a course over time.
type Line struct {
	Name   string    `json:"name"`
	Unit   string    `json:"unit"`
	X      []string  `json:"x"`
	Values []float64 `json:"values"`
}

// Bar is one value among others; Class 1 to 5 colours a map, 0 is no value.
type Bar struct {
	Area  string  `json:"area"`
	Value float64 `json:"value"`
	Text  string  `json:"text"`
	Class int     `json:"class"`
}

// move is which states an act leads from.
var moves = map[string][]string{"remark": {Draft}, "submit": {Draft}, "drop": {Draft}, "correct": {Published}}

// may refuses what a report's state does not allow.
func (r *Report) may(act string) error {
	if slices.Contains(moves[act], r.State) {
		return nil
	}
	switch r.State {
	case Waiting:
		return fault.New(fault.Conflict, "这份报告正在等另一位同事审核，审核退回后才能再改")
	case Published:
		return fault.New(fault.Conflict, "这份报告已经发布。需要改正时请点“更正”，另出一版")
	case Replaced:
		return fault.New(fault.Conflict, "这一版已经被更正，请打开最新的一版")
	case Draft:
		return fault.New(fault.Conflict, "这份报告还没有发布，直接修改草稿即可")
	}
	return fault.New(fault.Conflict, "这份报告已经作废，请另起草一份")
}
