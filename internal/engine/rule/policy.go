package rule

import "slices"

// Subject is whom or what a policy is for.
type Subject uint8

// The subjects. Everybody and every employer of the register is screened; the others are decided from files and forms.
const (
	Person Subject = iota
	Employer
	Household
	Class   // a training class
	Area    // an area and its government
	Project // of building, of research
	Post    // such as a public-welfare post
	Other   // as the policy calls it, see Policy.Kind
)

// Subjects are the words for them, in the order of the constants.
var Subjects = []Word{{"人员", "person"}, {"单位", "employer"}, {"家庭", "household"}, {"培训班", "class"}, {"地区", "area"}, {"项目", "project"}, {"岗位", "post"}, {"其他", "other"}}

// Screened says whether the register holds such subjects, so that all of them are decided at once.
func (s Subject) Screened() bool { return s <= Household }

// Policy is a compiled policy. It does not change and may be used by any number of goroutines.
type Policy struct {
	ID       string
	Name     Word
	For      Subject
	Kind     Word   // the word for it; of Other as it is written
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
	Offline  bool     // nobody applies for it online (线上: 否): Next says what happens instead
	Notes    []string // how open points of the text are read (口径)

	Excludes []string // ids of policies that cannot be had together with this one (互斥)
	Group    string   // policies of one group (互斥组) exclude each other too
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
	Fen  int64
	Most int64  // in fen, where the text only states a range, from Fen to Most: then nobody's amount is known
	How  string // 一次性, 每月, …
}

// InForce reports whether the policy is valid on a day.
func (p *Policy) InForce(on Day) bool { return on >= p.From && (p.To == 0 || on <= p.To) }

// Rivals says whether two policies cannot be had together.
func (p *Policy) Rivals(o *Policy) bool {
	return slices.Contains(p.Excludes, o.ID) || slices.Contains(o.Excludes, p.ID) || p.Group != "" && p.Group == o.Group
}

// Unsaid names what a policy must say before it can be published, and this one does not.
func (p *Policy) Unsaid() (names []string) {
	for _, need := range []struct{ text, name string }{
		{p.ID, "编号"}, {p.Name.Zh, "名称"}, {p.Quote, "来源里的原文"}, {p.Result.Zh, "结果里的说明"}, {p.Next.Zh, "办理里的下一步"},
	} {
		if need.text == "" {
			names = append(names, need.name)
		}
	}
	return names
}

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
	opStarts // from here on: of texts
	opNotStarts
	opEnds
	opNotEnds
	opHas
	opNotHas
)

// not is the opposite of an operator: they stand in pairs.
func (o op) not() op { return o ^ 1 }

// leaf is one comparison: of a field with thresholds, or, with formula, of anything else that is true or not.
type leaf struct {
	field     int  // -1 with formula
	as        Type // what the field is taken for: its own type, unless it is guessed
	formula   *formula
	text0     string // the formula as it is written
	denied    bool   // the formula stands under 非
	op        op
	low, high operand         // high only of a range
	mask      uint64          // of a choice
	texts     []string        // of a text; of a guessed choice the words that nobody has
	among     map[string]bool // the same where they are many
	nums      []int64         // of numbers and days among which one is, rising
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
