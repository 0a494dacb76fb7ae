package rule

// Lists is a Source whose subject has lists: contracts, insured months, trainings, members of the household. Each item is
// a subject of its own.
type Lists interface {
	Source
	// List is the items of a list by its id in Dictionary.Lists; ok is false where nobody knows them.
	List(id int) (items []Source, ok bool)
}

// scene is where a formula is calculated: the subject, around it the ones whose item it is.
type scene struct {
	facts Source
	outer *scene
	on    Day
	root  *scene // the policy's subject, whose area parameters go by
}

func stage(facts Source, on Day) *scene {
	s := &scene{facts: facts, on: on}
	s.root = s
	return s
}

func (s *scene) inside(item Source) *scene {
	return &scene{facts: item, outer: s, on: s.on, root: s.root}
}

// calc is the formula's value.
func (f *formula) calc(s *scene) result {
	switch f.act {
	case actLiteral:
		return result{n: f.n, mask: f.mask, text: first(f.texts), known: true}
	case actToday:
		return known(int64(s.on))
	case actField:
		return f.fact(s)
	case actNamed:
		return f.named.body.calc(s.root)
	case actParameter:
		return f.parameter(s)
	case actAnd, actOr:
		return f.junction(s)
	case actNot:
		r := f.kids[0].calc(s)
		if r.known {
			r.n = 1 - r.n
		}
		return r
	case actCompare:
		return f.compare(s)
	case actBetween:
		return f.between(s)
	case actIn, actStarts:
		return f.member(s)
	case actCall:
		return f.call.calc(f, s)
	case actList:
		return f.aggregate(s)
	case actTable:
		return f.table(s)
	case actMove:
		r := f.kids[0].calc(s)
		if r.known {
			o := operand{months: f.months, days: f.days}
			r.n = o.move(Day(r.n))
		}
		return r
	}
	return f.arithmetic(s)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func (f *formula) fact(s *scene) result {
	for range f.depth {
		s = s.outer
	}
	v, ok := s.facts.Field(f.field)
	if !ok {
		return unknown
	}
	if field := &f.dict.Fields[f.field]; field.Guessed {
		if v, ok = field.as(v, typeOf[f.shape]); !ok {
			return unknown
		}
	}
	switch f.shape {
	case numberShape:
		r := unless(scaled(v.n, fromScale, 1))
		r.text = v.s
		return r
	case textShape:
		return result{text: v.s, known: true}
	case choiceShape:
		return result{mask: uint64(v.n), known: true}
	}
	return known(v.n)
}

// junction is Kleene's and, or: what decides goes before what is not known.
func (f *formula) junction(s *scene) result {
	stop := int64(0)
	if f.act == actOr {
		stop = 1
	}
	out := known(1 - stop)
	for _, kid := range f.kids {
		switch r := kid.calc(s); {
		case !r.known:
			out = r
		case r.n == stop:
			return r
		}
	}
	return out
}

func (f *formula) compare(s *scene) result {
	a, b := f.kids[0], f.kids[1]
	if low, high, counts := a.count(s); counts { // a count over items of which some are unknown is a range
		if r := b.calc(s); r.known && f.op != opEq && f.op != opNe || r.known && low == high {
			x, y := f.op.holds(low, r.n), f.op.holds(high, r.n)
			if x == y {
				return yes(x)
			}
		}
		return unknown
	}
	x, y := a.calc(s), b.calc(s)
	switch {
	case !x.known && f.op <= opNe && a.odd(s):
		return yes(f.op == opNe)
	case !x.known:
		return x
	case !y.known:
		return y
	case a.shape == textShape:
		return yes((x.text == y.text) == (f.op == opEq))
	case a.shape == choiceShape:
		return yes((x.mask == y.mask) == (f.op == opEq))
	}
	return yes(f.op.holds(x.n, y.n))
}

// holds decides an order between numbers.
func (o op) holds(v, low int64) bool {
	l := leaf{op: o}
	return l.compare(v, low, low)
}

func (f *formula) between(s *scene) result {
	v, low, high := f.kids[0].calc(s), f.kids[1].calc(s), f.kids[2].calc(s)
	switch {
	case !v.known:
		return v
	case low.known && v.n < low.n, high.known && v.n > high.n:
		return yes(f.negated)
	case !low.known:
		return low
	case !high.known:
		return high
	}
	return yes(!f.negated)
}

// odd says whether a field of a file has a value that is no number or day: it equals none.
func (f *formula) odd(s *scene) bool {
	if !f.guessed() || f.shape != numberShape && f.shape != dateShape {
		return false
	}
	for range f.depth {
		s = s.outer
	}
	_, written := s.facts.Field(f.field)
	return written
}

func (f *formula) member(s *scene) result {
	v := f.kids[0].calc(s)
	if !v.known && f.kids[0].odd(s) {
		return yes(f.negated)
	}
	if !v.known {
		return v
	}
	found := v.mask&f.mask != 0
	if f.kids[0].shape != choiceShape { // of a choice they are words that nobody has
		found = found || fits(f.op, v.text, f.texts)
	}
	maybe := false
	for _, kid := range f.kids[1:] {
		r := kid.calc(s)
		found = found || r.known && r.n == v.n
		maybe = maybe || !r.known
	}
	if !found && maybe {
		return unknown
	}
	return yes(found != f.negated)
}

func (f *formula) arithmetic(s *scene) result {
	a := f.kids[0].calc(s)
	if !a.known {
		return a
	}
	if f.act == actNegate {
		return known(-a.n)
	}
	b := f.kids[1].calc(s)
	if !b.known {
		return b
	}
	switch f.act {
	case actAdd:
		return unless(add(a.n, b.n))
	case actSubtract:
		if f.kids[0].shape == dateShape { // days between
			return unless(scaled(a.n-b.n, micro, 1))
		}
		return unless(add(a.n, -b.n))
	case actMultiply:
		return unless(multiply(a.n, b.n))
	}
	return unless(divide(a.n, b.n))
}

// fold is what an aggregate makes of a list's items.
type fold uint8

const (
	foldExists fold = iota
	foldEvery
	foldCount
	foldSum
	foldLeast
	foldMost
	foldMean
)

// items are the list's items, each as a scene of its own.
func (f *formula) items(s *scene) ([]Source, bool) {
	for range f.depth {
		s = s.outer
	}
	l, has := s.facts.(Lists)
	if !has {
		return nil, false
	}
	return l.List(f.list)
}

// count is how many items surely, and how many at most, meet the condition of a count; counts is false for other formulas.
func (f *formula) count(s *scene) (low, high int64, counts bool) {
	if f.act != actList || f.fold != foldCount {
		return 0, 0, false
	}
	items, ok := f.items(s)
	if !ok {
		return 0, 1 << 62, true
	}
	for _, item := range items {
		t := isYes
		if len(f.kids) > 0 {
			t = f.kids[0].calc(s.inside(item)).truth()
		}
		if t == isYes {
			low += micro
		}
		if t != isNo {
			high += micro
		}
	}
	return low, high, true
}

// aggregate goes over the items. kids[0] is the condition, or the value with the condition in kids[1].
func (f *formula) aggregate(s *scene) result {
	if low, high, counts := f.count(s); counts {
		if low != high {
			return unknown
		}
		return known(low)
	}
	items, ok := f.items(s)
	if !ok {
		return unknown
	}
	if f.fold == foldExists || f.fold == foldEvery {
		stop := int64(1)
		if f.fold == foldEvery {
			stop = 0
		}
		out := known(1 - stop)
		for _, item := range items {
			switch r := f.kids[0].calc(s.inside(item)); {
			case !r.known:
				out = r
			case r.n == stop:
				return r
			}
		}
		return out
	}
	total, many := result{known: f.fold == foldSum}, int64(0)
	for _, item := range items {
		in := s.inside(item)
		if len(f.kids) > 1 {
			if when := f.kids[1].calc(in); !when.known {
				return when
			} else if when.n == 0 {
				continue
			}
		}
		r := f.kids[0].calc(in)
		if !r.known {
			return r
		}
		many++
		switch {
		case many == 1:
			total = r
		case f.fold == foldSum || f.fold == foldMean:
			n, fail := add(total.n, r.n)
			if fail != fine {
				return unless(0, fail)
			}
			total.n = n
		case f.fold == foldLeast && r.n < total.n, f.fold == foldMost && r.n > total.n:
			total = r
		}
	}
	if f.fold == foldMean && many > 0 {
		return unless(scaled(total.n, 1, many))
	}
	return total // of no items the sum is 0, and there is no least, greatest or mean
}

// missing are the fields, outside lists, whose absence may keep a formula from a value, and why it failed otherwise.
func (f *formula) missing(s *scene, ids []int) ([]int, failure) {
	fail := fine
	f.walk(func(g *formula) bool {
		switch {
		case g.act == actList:
			if _, ok := g.items(s); !ok {
				return false
			}
			return false
		case g.act == actField && g.depth == 0:
			if !g.fact(s).known {
				ids = append(ids, g.field)
			}
		case g.act == actParameter && g.place() >= 0 && g.param.areas():
			if _, ok := s.root.facts.Field(g.place()); !ok {
				ids = append(ids, g.place())
			}
		case g.act == actNamed:
			more, why := g.named.body.missing(s.root, nil)
			ids = append(ids, more...)
			fail = max(fail, why)
		}
		return true
	})
	if r := f.calc(s); !r.known {
		fail = max(fail, r.fail)
	}
	return ids, fail
}

// walk goes through the tree from the top; yield says whether to go into a node.
func (f *formula) walk(yield func(*formula) bool) {
	if yield(f) {
		for _, kid := range f.kids {
			kid.walk(yield)
		}
	}
}

// fields are the subject's fields that a formula asks about, inside its lists too.
func (f *formula) fields(d *Dictionary, ids []int) []int {
	f.walk(func(g *formula) bool {
		if g.act == actField && g.dict == d {
			ids = append(ids, g.field)
		}
		if g.act == actParameter && g.place() >= 0 && g.param.areas() {
			ids = append(ids, g.place())
		}
		if g.act == actNamed {
			ids = g.named.body.fields(d, ids)
		}
		return true
	})
	return ids
}

// timely says whether time alone may change what a formula gives.
func (f *formula) timely(d *Dictionary) bool {
	is := false
	f.walk(func(g *formula) bool {
		switch g.act {
		case actToday, actParameter:
			is = true
		case actField:
			is = is || g.dict == d && d.since[g.field] >= 0
		case actNamed:
			is = is || g.named.body.timely(d)
		}
		return !is
	})
	return is
}
