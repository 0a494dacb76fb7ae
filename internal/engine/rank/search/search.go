package search

// Query is a question.
type Query struct {
	Text   string // as it was typed
	Filter Filter
	Today  int32  // days since 1970-01-01, for freshness; 0: the day of the newest vacancy
	Limit  int    // vacancies on a page, some hundreds at most; 0: none, only numbers
	Newest bool   // newest first, whatever fits better
	After  string // Answer.Next of the page before: no facets, no relaxing, no near misses then
	Facets bool
	Relax  bool

	AreaDigits       int // length of the codes that areas are counted by; 0: one level below the filter, leagues without one
	OccupationDigits int // the same for occupations: 1, 4, 7 or 10
}

// Answer is what was found.
type Answer struct {
	Total      int
	Hits       []Hit
	Next       string // cursor of the next page; "" when this is the last one
	Near       []Hit  // when fewer were found than wanted: what misses one word, or, when there is no such, what has any
	Facets     []Facet
	Relax      []Relax
	Understood []Understood
	Ignored    string // what of a very long text was not read
}

// Hit is a vacancy found.
type Hit struct {
	ID    int64
	Score int32
}

// Relax says what leaving out one part of the question would bring.
type Relax struct {
	Filter string // area, near, occupation, industry, pay, education, hours, contract, since or a flag's code; "" for a word
	Word   string
	More   int
}

// Search answers a question. It fails only for an After that belongs to another question or is no cursor (ErrCursor).
func (ix *Index) Search(q Query) (Answer, error) {
	v := ix.view.Load()
	if q.Today == 0 {
		q.Today = v.newest()
	}
	c, err := q.cursor()
	if err != nil {
		return Answer{}, err
	}
	p := ix.plan(v, &q)
	if q.Newest {
		p.terms, p.means, p.together = nil, nil, nil
	}
	first := c == nil
	best := &top{limit: q.Limit}
	if first {
		c = newCursor(&q, p)
	} else {
		best.after = &c.last
		q.Today, q.Facets, q.Relax = c.today, false, false
		c.weights(p)
	}
	a := arenas.Get().(*arena)
	defer arenas.Put(a)

	w := newWork(&q, p, a)
	for _, part := range v.parts {
		w.part(part, best)
		a.reset()
	}
	if w.tally != nil {
		defer tallies.Put(w.tally)
	}
	out := Answer{Total: w.total, Understood: p.said}
	_, out.Ignored = parse(q.Text)
	out.Hits = hits(best.list)
	if n := len(best.list); q.Limit > 0 && n == q.Limit {
		c.last = best.list[n-1]
		out.Next = c.String()
	}
	if q.Facets {
		out.Facets = w.sums.facets()
	}
	if q.Relax {
		for i := range p.must {
			r := p.must[i].relax
			r.More = w.without[i] - w.total
			out.Relax = append(out.Relax, r)
		}
	}
	if first && w.total < q.Limit && p.loose && len(p.must)-p.words > 1 {
		out.Near = w.near(v, q.Limit-w.total)
	}
	return out, nil
}

// newest is the day of the newest vacancy.
func (v *view) newest() (day int32) {
	for _, p := range v.parts {
		day = max(day, p.seg.posted[0])
	}
	return day
}

func hits(list []ranked) []Hit {
	out := make([]Hit, len(list))
	for i, r := range list {
		out[i] = Hit{r.id, r.score}
	}
	return out
}

// work is a question on its way through the parts.
type work struct {
	q       *Query
	p       *plan
	a       *arena
	total   int
	without []int // totals without a clause
	sums    *sums
	tally   *tally
}

func newWork(q *Query, p *plan, a *arena) *work {
	w := &work{q: q, p: p, a: a, without: make([]int, len(p.must))}
	if q.Facets {
		w.sums, w.tally = newSums(q), tallies.Get().(*tally)
	}
	return w
}

// sets are what each clause lets through, and of how much there is a choice at all.
func (w *work) sets(e *eval) (allowed bits, sets []bits) {
	allowed = e.living()
	for i := range w.p.not {
		allowed.andNot(e.clause(&w.p.not[i]))
	}
	for i := range w.p.must {
		sets = append(sets, e.clause(&w.p.must[i]))
	}
	return allowed, sets
}

// part answers for one part.
func (w *work) part(part *part, best *top) {
	e := newEval(part, w.a)
	result, sets := w.sets(e)
	before := make([]bits, len(sets))
	for i, s := range sets {
		if w.q.Relax {
			before[i] = w.a.copyOf(result, e.s.n)
		}
		result.and(s)
	}
	n := part.n
	if len(sets) > 0 || len(w.p.not) > 0 {
		n = result.count()
	}
	w.total += n
	if w.q.Relax {
		after := e.all()
		for i := len(sets) - 1; i >= 0; i-- {
			w.without[i] += countBoth(before[i], after)
			after.and(sets[i])
		}
	}
	if n == 0 {
		return
	}
	if w.q.Facets {
		w.count(e, result, n)
	}
	if w.q.Limit > 0 {
		newScorer(e, w.p, w.q.Today, n).choose(result, n, best)
	}
}

// count adds a part's facets. Where most of the part is in the result, the rest is taken off the part's totals.
func (w *work) count(e *eval, result bits, n int) {
	if e.totals != nil && n == e.n {
		w.sums.add(e.s, e.totals)
		return
	}
	w.tally.reset(e.s)
	if e.totals != nil && n*2 > e.n {
		rest := e.living()
		rest.andNot(result)
		w.tally.copyFrom(e.totals)
		w.tally.add(e.s, rest, -1)
	} else {
		w.tally.add(e.s, result, 1)
	}
	w.sums.add(e.s, w.tally)
}

// near finds what misses one word, and, when there is none and nothing was found at all, what has any.
func (w *work) near(v *view, limit int) []Hit {
	for _, any := range []bool{false, true} {
		best := &top{limit: limit}
		for _, part := range v.parts {
			e := newEval(part, w.a)
			allowed, sets := w.sets(e)
			for _, s := range sets[:w.p.words] {
				allowed.and(s)
			}
			set := e.a.get(e.s.n)
			for i := w.p.words; i < len(sets); i++ {
				one := w.a.copyOf(sets[i], e.s.n)
				if !any {
					one.fill(e.s.n)
					for j := w.p.words; j < len(sets); j++ {
						if j != i {
							one.and(sets[j])
						}
					}
					one.andNot(sets[i])
				}
				set.or(one)
			}
			set.and(allowed)
			n := set.count()
			newScorer(e, w.p.unsure(), w.q.Today, n).choose(set, n, best)
			w.a.reset()
		}
		if len(best.list) > 0 || w.total > 0 {
			return hits(best.list)
		}
	}
	return nil
}

// unsure is the plan when no word is given.
func (p *plan) unsure() *plan {
	o := *p
	o.terms = append([]term(nil), p.terms...)
	for i := range o.terms {
		o.terms[i].given = false
	}
	return &o
}
