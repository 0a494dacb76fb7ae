package linkage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Status says what a value was worth when it was cleaned.
type Status uint8

// The states of a value, as the issue of a delivery's report counts them.
const (
	Missing    Status = iota // nothing was written, or a word that means nothing (无, 不详)
	Valid                    // right as it stands, or after harmless cleaning
	Repaired                 // something was wrong and only one right value is near
	Suspicious               // possible, but unlikely: it is compared and carries a note
	Invalid                  // cannot be right; it is compared as far as that makes sense
)

// Zh is the state in Chinese.
func (s Status) Zh() string {
	return [...]string{"未填", "有效", "已修正", "存疑", "无效"}[s]
}

func (s Status) String() string {
	return [...]string{"missing", "valid", "repaired", "suspicious", "invalid"}[s]
}

// Mark is a state with the code of the rule by which it was given, such as id.check or date.swapped; "" when all is well.
type Mark struct {
	Status Status
	Rule   string
}

var fine = Mark{Status: Valid}

// Degree is one way in which two values agree or differ.
type Degree struct{ Name, Zh, En string }

// kind is what the engine knows about one sort of column. Values are numbered from 1; 0 is the missing value.
// Two different numbers are always two different cleaned texts.
type kind interface {
	// clean brings a text to the form in which it is compared; "" is missing.
	clean(raw string) (string, Mark)
	// add takes the next value with its mark, so that it can be compared. The domain's dictionary has its text afterwards.
	add(text string, m Mark)
	// forget drops the values numbered n and above.
	forget(n int)
	// degrees are all the ways in which two values can agree, from best to worst; the last one means they differ.
	degrees() []Degree
	// same is the degree of two records that both have this value: mostly 0.
	same(v uint32) uint8
	// compare is the degree of two different values.
	compare(a, b uint32) uint8
	// feature finds a blocking feature of the kind by name: a function that gives the key of a value, 0 for none.
	feature(name string) func(v uint32) uint64
}

// sounder is a kind whose values can sound the same though they are written differently.
type sounder interface {
	sounds() (degree int, key func(v uint32) uint64)
}

// blinder is a kind of which some values cannot be compared with others; then the column counts as missing.
type blinder interface {
	blind(v, w uint32) bool
}

func soundDegree(k kind) int {
	if s, ok := k.(sounder); ok {
		degree, _ := s.sounds()
		return degree
	}
	return 0
}

// kinds makes a kind by its name in the model file.
var kinds = map[string]func(*dict) kind{
	"name_zh":    func(*dict) kind { return newZhNames() },
	"name":       func(d *dict) kind { return newTexts(d, cleanName) },
	"text":       func(d *dict) kind { return newTexts(d, cleanText) },
	"employer":   func(d *dict) kind { return newEmployers(d) },
	"idnumber":   func(d *dict) kind { return newIDNumbers(d) },
	"creditcode": func(d *dict) kind { return &creditCodes{newCodes(d, cleanCreditCode)} },
	"date":       func(*dict) kind { return newDates() },
	"phone":      func(d *dict) kind { return newCodes(d, cleanPhone) },
	"code":       func(d *dict) kind { return newCodes(d, cleanCode) },
	"area":       func(*dict) kind { return newAreas() },
	"address_zh": func(d *dict) kind { return newAddresses(d) },
	"number":     func(*dict) kind { return newNumbers() },
	"category":   func(*dict) kind { return newCategories() },
}

// KindNames are the kinds a model file can name.
func KindNames() []string {
	var names []string
	for name := range kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Degrees are the degrees of a kind from best to worst; nil when there is no such kind.
func Degrees(kindName string) []Degree {
	if make := kinds[kindName]; make != nil {
		return make(newDict()).degrees()
	}
	return nil
}

// domain is a set of numbered values that one or more columns share.
type domain struct {
	kind
	values  *dict
	aliases *dict    // texts that are not their own cleaned form
	means   []uint32 // alias → value
	marks   []Mark   // of values
	amarks  []Mark   // of aliases
}

func newDomain(make func(*dict) kind) *domain {
	values := newDict()
	return &domain{kind: make(values), values: values, aliases: newDict(), means: []uint32{0}, marks: []Mark{{}}, amarks: []Mark{{}}}
}

// code numbers a raw text; every text is cleaned once.
func (d *domain) code(raw string) (uint32, Mark) {
	if raw == "" {
		return 0, Mark{}
	}
	h := hash64(raw)
	if code := d.values.find(raw, h); code != 0 {
		return code, d.marks[code]
	}
	if alias := d.aliases.find(raw, h); alias != 0 {
		return d.means[alias], d.amarks[alias]
	}
	text, mark := d.clean(raw)
	if text == raw {
		return d.add(raw, h, mark), mark
	}
	text, own := d.settle(text)
	var code uint32
	if text != "" {
		hash := hash64(text)
		if code = d.values.find(text, hash); code == 0 {
			code = d.add(text, hash, own)
		}
	}
	d.aliases.add(raw, h)
	d.means = append(d.means, code)
	d.amarks = append(d.amarks, mark)
	return code, mark
}

// settle cleans again until nothing changes any more, for what was taken away can lay bare something else to take away.
func (d *domain) settle(text string) (string, Mark) {
	for range 8 {
		again, mark := d.clean(text)
		if again == text {
			return text, mark
		}
		text = again
	}
	return "", Mark{Status: Invalid, Rule: "unsettled"}
}

func (d *domain) add(text string, h uint64, m Mark) uint32 {
	d.kind.add(text, m)
	d.marks = append(d.marks, m)
	return d.values.add(text, h)
}

// sizes and forget let an index try values without keeping them.
func (d *domain) sizes() [2]int { return [2]int{d.values.size(), d.aliases.size()} }

func (d *domain) forget(n [2]int) {
	if d.values.size() > n[0] {
		d.values.forget(n[0])
		d.kind.forget(n[0])
		d.marks = d.marks[:n[0]]
	}
	if d.aliases.size() > n[1] {
		d.aliases.forget(n[1])
		d.means, d.amarks = d.means[:n[1]], d.amarks[:n[1]]
	}
}

// key finds a feature by name: one of the kind's own, or firstN or lastN characters of the cleaned text.
func (d *domain) key(name string) (func(v uint32) uint64, error) {
	if f := d.kind.feature(name); f != nil {
		return f, nil
	}
	if name == "" {
		return func(v uint32) uint64 { return hash64(d.values.text(v)) }, nil
	}
	for _, end := range []string{"first", "last"} {
		if n, err := strconv.Atoi(strings.TrimPrefix(name, end)); err == nil && n > 0 && strings.HasPrefix(name, end) {
			return func(v uint32) uint64 { return hash64(cut(string(d.values.text(v)), n, end == "last")) }, nil
		}
	}
	return nil, fmt.Errorf("没有特征“%s”", name)
}

// cut takes the first or last n characters.
func cut(s string, n int, last bool) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	if last {
		return string(r[len(r)-n:])
	}
	return string(r[:n])
}
