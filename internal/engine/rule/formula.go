package rule

// shape is what kind of value a formula has.
type shape uint8

const (
	truthShape shape = iota
	numberShape
	dateShape
	textShape
	choiceShape // of a choice field: a set of its values
	spanShape   // 6 个月: only to be added to a date
)

// typeOf is what a guessed field is taken for.
var typeOf = map[shape]Type{truthShape: Bool, numberShape: Number, dateShape: Date, textShape: Text, choiceShape: Choice}

var shapeNames = map[shape]string{truthShape: "是否", numberShape: "数字", dateShape: "日期", textShape: "文字", choiceShape: "类别", spanShape: "时长"}

// act is what a node of a formula does.
type act uint8

const (
	actLiteral act = iota
	actToday
	actField // of the subject, or of a list's item, depth levels out
	actNamed // a named value of the policy (计算)
	actParameter
	actAnd
	actOr
	actNot
	actCompare // op over two kids
	actBetween // three kids
	actIn      // mask, or texts, or kids
	actStarts
	actAdd
	actSubtract
	actMultiply
	actDivide
	actNegate
	actMove // a date by months and days
	actCall
	actTable
	actList // an aggregate over a list
)

// formula is a calculation as it is written: a tree. It is checked when it is read, so that calculating it can only lack
// facts, divide by zero or grow too large.
type formula struct {
	act   act
	shape shape
	unit  string // of a number: the unit of what it counts, "" for none
	kids  []*formula

	n        int64  // of a literal: millionths, a day, 0 or 1
	mask     uint64 // of choices
	texts    []string
	field    int         // of actField, of choices the field that they belong to
	depth    int         // of actField: 0 the innermost item, counting outwards
	dict     *Dictionary // the dictionary of the field
	op       op          // of actStarts also how a text is compared
	negated  bool        // of actIn and actStarts
	months   int
	days     int
	call     *function
	fold     fold // of actList
	list     int  // of actList: id of the list in dict
	named    *named
	param    *Parameter
	from, to int // place in the line, in characters
}

// named is a value that a policy calculates once and names (计算, 表).
type named struct {
	name string
	body *formula
	cost int // nodes behind it, with those of names it uses
}

// result is a formula's value for one subject: known, or not and why.
type result struct {
	n     int64
	mask  uint64
	text  string
	known bool
	fail  failure
}

func yes(b bool) result {
	if b {
		return result{n: 1, known: true}
	}
	return result{known: true}
}

func (r result) truth() truth {
	switch {
	case !r.known:
		return isUnknown
	case r.n != 0:
		return isYes
	}
	return isNo
}

func known(n int64) result { return result{n: n, known: true} }

func unless(n int64, f failure) result { return result{n: n, known: f == fine, fail: f} }

var unknown = result{}
