package rule

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/engine/census"
)

// Crowd puts the facts that policies ask about into the columns of a census, and policies into its rules, so that
// everybody is decided at once by the same definition. A comparison that columns cannot hold (with another field, of an
// unbounded number) is decided person by person while the columns are filled, and held as a column of its own.
type Crowd struct {
	Columns []census.Column

	dict    *Dictionary
	on      Day
	codes   map[int]Codes
	columns []int          // of each field; -1: none
	derived map[string]int // leaf → column
	leaves  []derivedLeaf
}

type derivedLeaf struct {
	column int
	policy *Policy
	leaf   int
}

// Codes numbers the texts of a field in their order, so that all texts with one beginning are a run.
type Codes interface {
	Code(text string) (code int64, ok bool)
	Text(code int64) string
	Starting(with string) census.Range
	Range() census.Range // of all codes
}

// The years that date columns hold where the dictionary says nothing else.
const firstYear, lastYear = 1900, 2099

// NewCrowd makes the columns that policies need on a day. Fields of the list are held too, whatever asks for them.
func NewCrowd(d *Dictionary, policies []*Policy, also []int, on Day, codes map[int]Codes) *Crowd {
	c := &Crowd{dict: d, on: on, codes: codes, columns: make([]int, len(d.Fields)), derived: map[string]int{}}
	for i := range c.columns {
		c.columns[i] = -1
	}
	for _, id := range also {
		c.hold(id)
	}
	for _, p := range policies {
		for i := range p.leaves {
			if l := &p.leaves[i]; !c.holds(l) {
				c.derive(p, i)
			} else {
				c.hold(l.field)
			}
		}
	}
	return c
}

// holds reports whether a comparison can be decided from its field's column alone.
func (c *Crowd) holds(l *leaf) bool {
	if l.formula != nil {
		return false
	}
	f := &c.dict.Fields[l.field]
	switch {
	case l.as != f.Type, f.Type != Text && l.texts != nil, l.op > opNotStarts:
		return false
	case f.Type == Text:
		return c.codes[l.field] != nil
	case f.Type == Number && f.Low == 0 && f.High == 0:
		return false
	}
	return l.low.base != other && l.high.base != other
}

func (c *Crowd) hold(id int) {
	if c.columns[id] >= 0 {
		return
	}
	f := &c.dict.Fields[id]
	col := census.Column{Name: f.Zh, Min: 0, Max: 1}
	switch f.Type {
	case Number:
		col.Min, col.Max = f.Low, f.High
	case Date:
		first, last := int64(firstYear), int64(lastYear)
		if f.Low != 0 || f.High != 0 {
			first, last = f.Low, f.High
		}
		col.Min, col.Max = int64(civil(first, 1, 1)), int64(civil(last, 12, 31))
	case Choice:
		if col.Max = int64(len(f.Values)); !f.Single {
			col.Max = 1<<len(f.Values) - 1
		}
	case Text:
		if c.codes[id] == nil {
			return
		}
		r := c.codes[id].Range()
		col.Min, col.Max = r.From, r.To
	}
	c.columns[id] = len(c.Columns)
	c.Columns = append(c.Columns, col)
}

func (c *Crowd) derive(p *Policy, i int) {
	key := p.leaves[i].key()
	if _, has := c.derived[key]; has {
		return
	}
	c.derived[key] = len(c.Columns)
	c.leaves = append(c.leaves, derivedLeaf{len(c.Columns), p, i})
	c.Columns = append(c.Columns, census.Column{Name: "条件" + strconv.Itoa(len(c.leaves)), Min: 0, Max: 1})
}

// key tells comparisons apart. A formula is written out with all that it uses: the same words may stand for other values
// in another policy.
func (l *leaf) key() string {
	if l.formula != nil {
		var b strings.Builder
		l.formula.write(&b)
		return b.String()
	}
	return fmt.Sprint(l.field, l.as, l.op, l.low, l.high, l.mask, l.texts, l.nums)
}

// write puts a formula down so that two that are written alike always give the same.
func (f *formula) write(b *strings.Builder) {
	fmt.Fprint(b, "(", f.act, f.shape, f.n, f.mask, f.texts, f.field, f.depth, f.op, f.negated, f.months, f.days, f.fold, f.list)
	if f.call != nil {
		b.WriteString(f.call.words[0])
	}
	if f.param != nil {
		fmt.Fprint(b, f.param.Name.Zh, f.param.Rows)
	}
	if f.named != nil {
		f.named.body.write(b)
	}
	for _, kid := range f.kids {
		kid.write(b)
	}
	b.WriteByte(')')
}

// Fingerprint changes with anything that changes whom policies let in.
func Fingerprint(policies []*Policy) string {
	sum := sha256.New()
	for _, p := range policies {
		fmt.Fprintln(sum, p.ID, p.From, p.To, p.root, p.nodes)
		for i := range p.leaves {
			fmt.Fprintln(sum, p.leaves[i].key())
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// Fill puts one person's facts into a row for the census; both slices are as long as Columns.
func (c *Crowd) Fill(facts Source, values []int64, known []bool) {
	for id, at := range c.columns {
		if at < 0 {
			continue
		}
		v, ok := facts.Field(id)
		if values[at], known[at] = 0, ok; !ok {
			continue
		}
		switch f := &c.dict.Fields[id]; f.Type {
		case Number:
			values[at] = floorDiv(v.n, Scale)
		case Choice:
			values[at] = v.n
			if f.Single {
				values[at] = place(uint64(v.n))
			}
		case Text:
			values[at], known[at] = c.codes[id].Code(v.s)
		default:
			values[at] = v.n
		}
	}
	for _, d := range c.leaves {
		t := d.policy.leaves[d.leaf].truth(c.dict, facts, c.on)
		values[d.column], known[d.column] = int64(t/isYes), t != isUnknown
	}
}

// place numbers the single value of a choice from 1; 0 stands for none.
func place(mask uint64) int64 {
	n := int64(0)
	for ; mask != 0; mask >>= 1 {
		n++
	}
	return n
}

// Rule is a policy for the census. A policy that is not in force lets nobody in.
func (c *Crowd) Rule(p *Policy) (census.Rule, error) {
	if !p.InForce(c.on) {
		return census.Rule{Op: census.Any}, nil
	}
	return c.node(p, p.root)
}

var opsOfNodes = map[kind]census.Op{kindAll: census.All, kindAny: census.Any, kindAtLeast: census.AtLeast}

func (c *Crowd) node(p *Policy, at int) (census.Rule, error) {
	n := &p.nodes[at]
	if n.kind == kindLeaf {
		return c.clause(&p.leaves[n.leaf])
	}
	r := census.Rule{Op: opsOfNodes[n.kind], N: n.n}
	for _, kid := range n.kids {
		k, err := c.node(p, kid)
		if err != nil {
			return r, err
		}
		r.Kids = append(r.Kids, k)
	}
	return r, nil
}

func (c *Crowd) clause(l *leaf) (census.Rule, error) {
	if at, is := c.derived[l.key()]; is {
		return census.Rule{Column: at, In: []census.Range{{From: 1, To: 1}}}, nil
	}
	if l.formula != nil {
		return census.Rule{}, fmt.Errorf("rule: no column holds %s", l.text0)
	}
	f := &c.dict.Fields[l.field]
	at := c.columns[l.field]
	if at < 0 || !c.holds(l) {
		return census.Rule{}, fmt.Errorf("rule: no column holds the comparison of %s", f.Zh)
	}
	r := census.Rule{Column: at}
	affirms := l.op&1 == 0
	switch f.Type {
	case Choice:
		if !f.Single {
			r.Bits = l.mask
		} else {
			for i := range f.Values {
				if l.mask>>i&1 == 1 {
					r.In = append(r.In, census.Range{From: int64(i) + 1, To: int64(i) + 1})
				}
			}
		}
	case Text:
		for _, t := range l.texts {
			if l.op == opStarts || l.op == opNotStarts {
				r.In = append(r.In, c.codes[l.field].Starting(t))
			} else if code, ok := c.codes[l.field].Code(t); ok {
				r.In = append(r.In, census.Range{From: code, To: code})
			}
		}
	default:
		r.In = l.ranges(c.on, scaleOf(f))
		return r, nil
	}
	if !affirms {
		return census.Rule{Op: census.Not, Kids: []census.Rule{r}}, nil
	}
	return r, nil
}

func scaleOf(f *Field) int64 {
	if f.Type == Number {
		return Scale
	}
	return 1
}

// ranges are the whole values for which a comparison with constants holds.
func (l *leaf) ranges(on Day, scale int64) []census.Range {
	low, _ := l.low.resolve(nil, on)
	high := low
	if l.op == opBetween || l.op == opOutside {
		high, _ = l.high.resolve(nil, on)
	}
	const least, most = math.MinInt64, math.MaxInt64
	up := func(n int64) int64 { return -floorDiv(-n, scale) } // the least whole value not below
	down := func(n int64) int64 { return floorDiv(n, scale) } // the greatest not above
	inside := census.Range{From: up(low), To: down(high)}
	switch l.op {
	case opIn:
		var in []census.Range
		for _, n := range l.nums {
			in = append(in, census.Range{From: up(n), To: down(n)})
		}
		return in
	case opNotIn:
		from := int64(least)
		var in []census.Range
		for _, n := range l.nums {
			if up(n) == down(n) {
				in = append(in, census.Range{From: from, To: up(n) - 1})
				from = down(n) + 1
			}
		}
		return append(in, census.Range{From: from, To: most})
	case opEq, opBetween:
		return []census.Range{inside}
	case opNe, opOutside:
		return []census.Range{{From: least, To: up(low) - 1}, {From: down(high) + 1, To: most}}
	case opLt:
		return []census.Range{{From: least, To: up(low) - 1}}
	case opLe:
		return []census.Range{{From: least, To: down(low)}}
	case opGe:
		return []census.Range{{From: up(low), To: most}}
	}
	return []census.Range{{From: down(low) + 1, To: most}}
}

// Column is where a field is held; -1 when it is not.
func (c *Crowd) Column(field int) int { return c.columns[field] }

// Answers says whether everything that a policy asks about stands in columns of its own, so that Seat can answer it.
func (c *Crowd) Answers(p *Policy) bool {
	for _, id := range p.Fields() {
		if c.columns[id] < 0 {
			return false
		}
	}
	for i := range p.leaves {
		if f := p.leaves[i].formula; f != nil && f.lists() {
			return false
		}
	}
	return true
}

// lists says whether a formula goes over lists, which no column holds.
func (f *formula) lists() (is bool) {
	f.walk(func(g *formula) bool {
		is = is || g.act == actList || g.act == actNamed && g.named.body.lists()
		return !is
	})
	return is
}

// Seat is a Source over one person after the other of a census whose first columns this crowd has filled. It reads only
// what it is asked, so it is for going through everybody; for many questions about one person there is Read.
type Seat struct {
	c    *Crowd
	from *census.Census
	At   int
}

// Seat makes one.
func (c *Crowd) Seat(from *census.Census) *Seat { return &Seat{c: c, from: from} }

// Field implements Source.
func (s *Seat) Field(id int) (Value, bool) {
	at := s.c.columns[id]
	if at < 0 {
		return Value{}, false
	}
	v, known := s.from.Value(s.At, at)
	if !known {
		return Value{}, false
	}
	return s.c.value(id, v), true
}

// Read is a Source over one person of a census whose first columns this crowd has filled.
func (c *Crowd) Read(from *census.Census, at int) Source {
	n := len(from.Columns())
	s := &crowdRow{c: c, values: make([]int64, n), known: make([]bool, n)}
	from.Get(at, s.values, s.known)
	return s
}

type crowdRow struct {
	c      *Crowd
	values []int64
	known  []bool
}

// Field implements Source.
func (s *crowdRow) Field(id int) (Value, bool) {
	at := s.c.columns[id]
	if at < 0 || !s.known[at] {
		return Value{}, false
	}
	return s.c.value(id, s.values[at]), true
}

// value is what a column holds as the field's.
func (c *Crowd) value(id int, v int64) Value {
	switch f := &c.dict.Fields[id]; f.Type {
	case Number:
		v *= Scale
	case Choice:
		if f.Single {
			v = 1 << v >> 1
		}
	case Text:
		return Str(c.codes[id].Text(v))
	}
	return Value{n: v}
}

// Sorted numbers sorted texts: a Codes for a fixed list, as of areas.
type Sorted []string

// Code implements Codes.
func (s Sorted) Code(text string) (int64, bool) {
	at, ok := slices.BinarySearch(s, text)
	return int64(at), ok
}

// Text implements Codes.
func (s Sorted) Text(code int64) string { return s[code] }

// Starting implements Codes.
func (s Sorted) Starting(with string) census.Range {
	from, _ := slices.BinarySearch(s, with)
	to := from
	for to < len(s) && len(s[to]) >= len(with) && s[to][:len(with)] == with {
		to++
	}
	return census.Range{From: int64(from), To: int64(to) - 1}
}

// Range implements Codes.
func (s Sorted) Range() census.Range { return census.Range{From: 0, To: max(0, int64(len(s))-1)} }
