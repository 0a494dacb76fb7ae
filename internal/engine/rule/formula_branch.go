package rule

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// name is the word here if it can be the name of a field.
func (r *formulas) name() string {
	r.blanks()
	end := r.at
	for end < len(r.text) && (unicode.IsLetter(r.text[end]) || unicode.IsDigit(r.text[end]) || strings.ContainsRune("_.·", r.text[end])) {
		end++
	}
	word := string(r.text[r.at:end])
	if first, _ := utf8.DecodeRuneInString(word); !unicode.IsLetter(first) && first != '_' || utf8.RuneCountInString(word) > 60 ||
		strings.HasPrefix(strings.TrimLeft(string(r.text[end:]), " "), "(") || slices.Contains(joints, strings.ToLower(word)) {
		return ""
	}
	return word
}

// joints join formulas and are no names.
var joints = []string{"and", "or", "not", "in", "is", "then", "else", "if", "between", "且", "或", "非", "则", "否则", "属于", "介于"}

// branch reads 若 甲 则 乙 否则 丙, if a then b else c; nil when there is none.
func (r *formulas) branch() *formula {
	start := r.at
	if !r.take("如果", "若", "if") || !r.thenAhead() {
		r.at = start
		return nil
	}
	when := r.want(r.or(), truthShape)
	if r.err != "" || !r.take("则", "那么", "then") {
		return r.fail("这里应写“则”，如 若 残疾 则 500 否则 300")
	}
	a := r.or()
	if r.err == "" && !r.take("否则", "else") {
		return r.fail("这里应写“否则”，如 若 残疾 则 500 否则 300")
	}
	b := r.or()
	if r.err != "" {
		return when
	}
	return r.chosen(r.made(formula{act: actCall, call: ifFunction, kids: []*formula{when, a, b}}))
}

// thenAhead says whether 则 comes before the brackets around the place close.
func (r *formulas) thenAhead() bool {
	depth := 0
	for at := r.at; at < len(r.text); at++ {
		switch c := r.text[at]; {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth == 0 && (c == '则' && r.text[at-1] != '否' || c == '那' || (c == 't' || c == 'T') && stands(r.line[r.begin[at]:], "then") && !latin(r.text[at-1])):
			return true
		}
		if depth < 0 {
			return false
		}
	}
	return false
}

// chosen checks that a choice between two values is one of the same kind.
func (r *formulas) chosen(f *formula) *formula {
	a, b := f.kids[len(f.kids)-2], f.kids[len(f.kids)-1]
	if r.cast(a, b.shape); a.shape != b.shape {
		r.cast(b, a.shape)
	}
	if a.shape != b.shape {
		return r.fail("“%s”的两项应是同一类，写的是%s和%s", f.call.words[0], shapeNames[a.shape], shapeNames[b.shape])
	}
	if len(f.kids) == 3 {
		r.want(f.kids[0], truthShape)
	}
	f.shape, f.unit = b.shape, either(a.unit != "", a.unit, b.unit)
	f.dict, f.field = b.dict, b.field
	return f
}
