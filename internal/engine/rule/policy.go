package rule

// Subject is whom a policy is for.
type Subject uint8

// The subjects.
const (
	Person Subject = iota
	Employer
	Household
)

// Subjects are the words for them, in the order of the constants.
var Subjects = []Word{{"人员", "person"}, {"单位", "employer"}, {"家庭", "household"}}

// Policy is a compiled policy. It does not change and may be used by any number of goroutines.
type Policy struct {
	ID       string
	Name     Word
	For      Subject
	Document string // of the source: 002
	Place    string // in it: 任务8
	Quote    string
	From, To Day // first and last day in force; To 0: without end
	Result   Word
	Amount   Amount
	Office   Word     // who handles it
	Channel  Word     // where
	Evidence []string // what to bring, in Chinese
	Next     Word     // what to do next, in plain words
	Term     string   // by when it must be done
	Notes    []string // how open points of the text are read (口径)

	Excludes []string // ids of policies that cannot be had together with this one (互斥)
	Rank     int      // among policies that exclude each other the lowest goes first (优先); then the largest amount

	amount, atMost, atLeast *formula
	schedule                *schedule
	rounding                Rounding
	step                    int64 // of rounding, millionths of a yuan; 0: to the fen

	dict   *Dictionary
	leaves []leaf
	nodes  []node
	root   int
	hint   int  // root of 差一点, -1: none
	soft   bool // some field may be changed on purpose
}

// Amount is money as the policy states it; Fen is 0 where it states none.
type Amount struct {
	Fen int64
	How string // 一次性, 每月, …
}

// InForce reports whether the policy is valid on a day.
func (p *Policy) InForce(on Day) bool { return on >= p.From && (p.To == 0 || on <= p.To) }

// Dictionary is the fields the policy is written with.
func (p *Policy) Dictionary() *Dictionary { return p.dict }

// Fields are the ids of the fields the conditions ask about, in the order of their first mention.
func (p *Policy) Fields() []int {
	var ids []int
	seen := map[int]bool{}
	add := func(id int) {
		if id >= 0 && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	for i := range p.leaves {
		if f := p.leaves[i].formula; f != nil {
			for _, id := range f.fields(p.dict, nil) {
				add(id)
			}
		}
		add(p.leaves[i].field)
		add(p.leaves[i].low.field)
		add(p.leaves[i].high.field)
	}
	return ids
}

type kind uint8

// The kinds of nodes after 非 has been pushed down to the leaves.
const (
	kindLeaf kind = iota
	kindAll
	kindAny
	kindAtLeast
)

// node is one step of the tree. 非 does not appear: 非 全部 is 任一 of the opposites, and so on, which Kleene's logic allows.
type node struct {
	kind kind
	n    int   // of kindAtLeast
	leaf int   // of kindLeaf
	kids []int // of the others
}

type op uint8

const (
	opEq op = iota
	opNe
	opLt
	opGe
	opGt
	opLe
	opIn
	opNotIn
	opBetween
	opOutside
	opStarts
	opNotStarts
)

// not is the opposite of an operator: they stand in pairs.
func (o op) not() op { return o ^ 1 }

// leaf is one comparison: of a field with thresholds, or, with formula, of anything else that is true or not.
type leaf struct {
	field     int // -1 with formula
	formula   *formula
	text0     string // the formula as it is written
	op        op
	low, high operand  // high only of a range
	mask      uint64   // of a choice
	texts     []string // of a text
	line      int
}

type base uint8

const (
	literal base = iota
	today
	other // another field
)

// operand is a threshold: a value, or the day of evaluation or another field, moved by months and days.
type operand struct {
	base         base
	n            int64
	field        int // of base other, -1 otherwise
	months, days int
}
