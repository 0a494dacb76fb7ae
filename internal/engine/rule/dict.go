package rule

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Type is what kind of value a field has.
type Type uint8

// The types.
const (
	Bool   Type = iota // 是 or 否
	Number             // counted in the field's unit, to six decimals
	Date               // a calendar day
	Choice             // one or several of the field's listed values
	Text               // any text, such as an area code
)

// Growth is how a number rises by itself as time passes.
type Growth uint8

// Ways to grow.
const (
	Steady Growth = iota
	ByMonth
	ByYear
)

// Word is a name in both languages.
type Word struct{ Zh, En string }

// Field is one thing a rule may ask about.
type Field struct {
	Zh, En  string // names in rules: 失业月数, months_unemployed
	Type    Type
	Unit    Word   // of a number: 个月, months
	Meaning string // how it is counted, in one line
	Holder  Word   // the department that holds it
	Values  []Word // of a choice, at most 62
	Yes, No string // of a bool: the fact as said of a person, 已登记失业 / 没有登记失业
	Fixed   bool   // nobody can change it on purpose, so a no is never near for its sake
	Margin  int64  // of a number that may be changed: how much may lack to still be near; 0: any amount
	Grows   Growth // of a number: rises by itself, counted in whole months or years from the day in field Since
	Since   string // Chinese name of that date field
	Low     int64  // of a number held whole for everybody at once (see Crowd): its least and
	High    int64  // greatest value in units; of a date: years; both 0: decided person by person, dates 1900 to 2099
	Single  bool   // of a choice: nobody has several of the values, so columns number them
	Guessed bool   // found in a file without a dictionary: any unit is taken as the file's own
	Given   string // Chinese name of a bool: without it the field says nothing of its own
	absent  bool   // a rule names it and nothing else does
}

// Dictionary is the fields that rules may name; a field's id is its place in Fields.
type Dictionary struct {
	Fields []Field
	Lists  []List                            // of which a subject has several: contracts, trainings, members of the household
	Area   int                               // 1 + id of the text field by which parameters that differ between areas go; 0: none
	Open   bool                              // of a file: a name that is not known is a field that nobody's value is known of, see Absent
	Name   func(field int, text string) Word // of a text as people know it: of an area code the area; nil or "": as it stands
	byName map[string]int
	spelt  []spelling
	since  []int // id of each growing field's Since, -1 otherwise
}

// spelling is a field's name as rules are read, with half-width signs.
type spelling struct {
	name string
	id   int
}

// List is a kind of thing of which a subject has any number.
type List struct {
	Zh, En string
	Items  *Dictionary // what is known of each
	absent bool
}

// NewDictionary checks fields and indexes them. Names in either language must be unique.
func NewDictionary(fields []Field) (*Dictionary, error) {
	d := &Dictionary{Fields: fields, byName: make(map[string]int, 2*len(fields)), since: make([]int, len(fields))}
	for i, f := range fields {
		if f.Zh == "" || f.En == "" || len(f.Values) > 62 || f.Type == Choice && len(f.Values) == 0 {
			return nil, fmt.Errorf("rule: field %d %s %s: needs both names, and a choice 1 to 62 values", i, f.Zh, f.En)
		}
		for _, name := range []string{f.Zh, f.En} {
			if other, twice := d.byName[folded(name)]; twice {
				return nil, fmt.Errorf("第 %d 个和第 %d 个字段都叫“%s”（不分大小写和全角半角），请改一个", other+1, i+1, name)
			}
			d.spell(name, i)
		}
	}
	for i, f := range fields {
		d.since[i] = -1
		if f.Grows == Steady {
			continue
		}
		since, known := d.byName[f.Since]
		if !known || fields[since].Type != Date || f.Type != Number {
			return nil, fmt.Errorf("rule: field %s grows, so it must be a number counted since a date field, not since %q", f.Zh, f.Since)
		}
		d.since[i] = since
	}
	return d, nil
}

func folded(name string) string { return strings.ToLower(half(name)) }

func (d *Dictionary) spell(name string, id int) {
	d.byName[folded(name)] = id
	if name = half(name); name == strings.TrimSpace(name) { // a name without a twin is the other one with a blank
		d.spelt = append(d.spelt, spelling{name, id})
	}
}

// ID is the id of a field by its Chinese or English name; ok is false when there is none.
func (d *Dictionary) ID(name string) (id int, ok bool) {
	id, ok = d.byName[folded(name)]
	return id, ok
}

// Absent are the names that rules use and an open dictionary did not have when it was made.
func (d *Dictionary) Absent() (names []string) {
	for _, f := range d.Fields {
		if f.absent {
			names = append(names, f.Zh)
		}
	}
	for _, l := range d.Lists {
		if l.absent {
			names = append(names, l.Zh)
		}
	}
	return names
}

// add makes a field of a name that is not known.
func (d *Dictionary) add(name string) (id int) {
	id = len(d.Fields)
	d.Fields = append(d.Fields, Field{Zh: name, En: name + " ", Type: Text, Guessed: true, absent: true})
	d.since = append(d.since, -1)
	d.spell(name, id)
	return id
}

// list makes a list of a name that is not known.
func (d *Dictionary) list(name string) (id int) {
	items, _ := NewDictionary([]Field{{Zh: "值", En: "value", Type: Number, Guessed: true}}) // one field has no twin to clash with
	d.Lists = append(d.Lists, List{Zh: name, En: name + " ", Items: items, absent: true})
	return len(d.Lists) - 1
}

// Nearest is the field whose name takes the fewest edits from a word, "" when none is close.
func (d *Dictionary) Nearest(word string) string {
	var names []string
	for _, f := range d.Fields {
		names = append(names, f.Zh, f.En)
	}
	return nearest(word, names)
}

func nearest(word string, names []string) string {
	if len(word) > 120 { // no name is that long, and the distance takes time
		return ""
	}
	best, found := max(1, utf8.RuneCountInString(word)*2/3)+1, ""
	for _, name := range names {
		if n := edits([]rune(strings.ToLower(word)), []rune(strings.ToLower(name))); n < best {
			best, found = n, name
		}
	}
	return found
}

// edits is the Levenshtein distance.
func edits(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		before := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := before
			if x != y {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j]+1, before+1)
		}
	}
	return row[len(b)]
}

// Value is the value of a field; what it holds depends on the field's type.
type Value struct {
	n int64
	s string
}

// Scale is how many parts a unit of a number has inside: numbers are exact to six decimals.
const Scale = 1_000_000

// Int makes a number, Yes a bool, On a date, Str a text, One and Some a choice by the places of its values.
func Int(n int64) Value { return Value{n: n * Scale} }

// Parts makes a number of millionths, see Scale.
func Parts(n int64) Value { return Value{n: n} }

// Yes makes a bool.
func Yes(b bool) Value {
	if b {
		return Value{n: 1}
	}
	return Value{}
}

// On makes a date.
func On(d Day) Value { return Value{n: int64(d)} }

// Str makes a text.
func Str(s string) Value { return Value{s: s} }

// One makes a choice of a single value, by its place in Field.Values.
func One(place int) Value { return Value{n: 1 << place} }

// Some makes a choice of several values: bit i stands for Field.Values[i]. No bit: none of them.
func Some(mask uint64) Value { return Value{n: int64(mask)} }

// Whole is the whole part of a number.
func (v Value) Whole() int64 { return v.n / Scale }

// IsYes is the value of a bool.
func (v Value) IsYes() bool { return v.n == 1 }

// Day is the value of a date.
func (v Value) Day() Day { return Day(v.n) }

// Say writes a value for people.
func (f *Field) Say(v Value, english bool) string {
	switch f.Type {
	case Bool:
		return either(english, yesNoEn, yesNoZh)[v.n&1]
	case Number:
		return number(v.n) + f.unit(english)
	case Date:
		return Day(v.n).Say(english)
	case Choice:
		return f.list(uint64(v.n), either(english, ", ", "、"), english)
	}
	return v.s
}

var (
	yesNoZh = [2]string{"否", "是"}
	yesNoEn = [2]string{"no", "yes"}
)

func (f *Field) unit(english bool) string {
	if u := either(english, f.Unit.En, f.Unit.Zh); u != "" {
		return " " + u
	}
	return ""
}

func (f *Field) list(mask uint64, between string, english bool) string {
	if mask == 0 {
		return either(english, "none", "无")
	}
	var words []string
	for ; mask != 0; mask &= mask - 1 {
		if i := bits.TrailingZeros64(mask); i < len(f.Values) {
			words = append(words, either(english, strings.ReplaceAll(f.Values[i].En, "_", " "), f.Values[i].Zh))
		}
	}
	return strings.Join(words, between)
}

// number writes millionths without needless zeros.
func number(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	if n%Scale == 0 {
		return sign + strconv.FormatInt(n/Scale, 10)
	}
	return strings.TrimRight(fmt.Sprintf("%s%d.%06d", sign, n/Scale, n%Scale), "0")
}

func either[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}
