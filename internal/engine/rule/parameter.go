package rule

import (
	"slices"
	"strings"
)

// Parameter is a number that is set apart from the policies that use it, by day, and where needed by a key (the class of an
// area) and by area: the minimum wage of first-class areas since 2024-11-01.
type Parameter struct {
	Name Word
	Unit Word
	Rows []Setting
	By   string // who sets it, shown while it is not set: 由自治区人力资源和社会保障厅确定
	Note string // where its values are from

	Words     []string // instead of a number: the words that its name stands for in a list, such as the codes of many areas
	AreaField string   // of the subject, by which areas go; "": the dictionary's
}

// Setting is a value of a parameter.
type Setting struct {
	From, To Day    // first and last day; 0: without end
	Key      string // "": of every key
	Area     string // beginning of area codes; "": everywhere
	Value    int64  // millionths of the unit, see Scale
	Open     bool   // not set yet: what hangs on it is unknown
}

// At is the parameter's value on a day; ok is false where nothing is set. The longest area wins, then the key that is
// named over the one for all, then the latest day.
func (p *Parameter) At(on Day, key, area string) (value int64, ok bool) {
	best := -1
	better := func(a, b *Setting) bool {
		if len(a.Area) != len(b.Area) {
			return len(a.Area) > len(b.Area)
		}
		if (a.Key != "") != (b.Key != "") {
			return a.Key != ""
		}
		return a.From > b.From
	}
	for i := range p.Rows {
		r := &p.Rows[i]
		if r.From > on || r.To != 0 && r.To < on || r.Key != "" && r.Key != key || !strings.HasPrefix(area, r.Area) {
			continue
		}
		if best < 0 || better(r, &p.Rows[best]) {
			best = i
		}
	}
	if best < 0 || p.Rows[best].Open {
		return 0, false
	}
	return p.Rows[best].Value, true
}

// parameter looks the value up. kids[0], if any, is the key; the area is the subject's own.
func (f *formula) parameter(s *scene) result {
	key, area := "", ""
	if len(f.kids) > 0 {
		r := f.kids[0].calc(s)
		if !r.known {
			return r
		}
		key = r.text
	}
	ok := true
	if at := f.place(); at >= 0 {
		var v Value
		if v, ok = s.root.facts.Field(at); ok {
			area = v.s
		}
	}
	if !ok && f.param.differs(s.on, key) { // where somebody lives is not known, and it matters
		return unknown
	}
	n, ok := f.param.At(s.on, key, area)
	if !ok {
		return result{fail: noParameter}
	}
	return unless(scaled(n, fromScale, 1))
}

// place is the field by which the parameter's areas go, -1 for none.
func (f *formula) place() int {
	if f.field > 0 {
		return f.field - 1
	}
	return f.dict.Area - 1
}

// differs says whether the parameter has values of areas for a day and a key.
func (p *Parameter) differs(on Day, key string) bool {
	for i := range p.Rows {
		if r := &p.Rows[i]; r.Area != "" && r.From <= on && (r.To == 0 || r.To >= on) && (r.Key == "" || r.Key == key) {
			return true
		}
	}
	return false
}

// areas says whether some value is of an area.
func (p *Parameter) areas() bool {
	return slices.ContainsFunc(p.Rows, func(s Setting) bool { return s.Area != "" })
}
