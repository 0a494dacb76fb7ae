package plandoc

// Comparators of a target.
const (
	Equal = "="
	Least = ">="
	Most  = "<="
	About = "~"
	Range = "range"
	Words = "text" // the target is said in words
)

// Annual stands for the year of a target that holds each year.
const Annual = "annual"

// Place is where something stands: Block is the number of the document's block (line) it begins in, counted from 1; Section
// is the heading as an official would cite it (第二章第三节 主要目标, 专栏2 …, 任务4).
type Place struct {
	Block   int
	Section string
}

// Indicator is one proposed target or stated figure. Numbers are kept as the document writes them (decimal strings).
type Indicator struct {
	Name, Unit          string
	BaseYear, BaseValue string
	EarlierTarget       string // the target of the plan before (column plan13_target)
	Done                string // what that plan reached in its last year (column done_2020)
	TargetYear          string // "2025", "annual", or empty where the document does not say
	TargetValue         string // a number, "2-3", or words (稳步提高)
	Cumulative          bool   // the value is a total over the plan's years
	Comparator          string // empty for a stated past figure
	Attribute           string // 预期性 or 约束性, as the table says
	Quote               string
	FromTable, Past     bool
	Dated               bool // the text itself names a time for it
	PerArea             bool // so many for each lower area (每个盟市至少…)
	Lead                string
	Place               Place
}

// Task is one proposed task, project or guarantee.
type Task struct {
	No, Title, Summary string
	Lead               string
	Units              []string // the lead among them, first
	Deliverables       []string // what it promises, with its numbers
	Deadline           string
	Quote              string
	Place              Place
}

// Warning is something that could not be read, for the person who confirms.
type Warning struct {
	Place Place
	Kind  string // picture, row, cut, repeat, scan
	Text  string // in Chinese: what was seen and what to do
	Quote string
}

// Draft is what was read from one document.
type Draft struct {
	Name, Title, Number string
	Opening             []string // the first lines, where the area is named
	First, Last         int      // base year and last year of the plan; 0 where unknown
	Indicators          []Indicator
	Tasks               []Task
	Warnings            []Warning
	Paragraphs          []Paragraph // the cleaned text, for showing beside the proposals
}

// Paragraph is one piece of the cleaned text.
type Paragraph struct {
	Place Place
	Text  string
}
