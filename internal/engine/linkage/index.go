package linkage

import (
	"cmp"
	"slices"
	"sync"
)

// Index holds cleaned records with their blocking keys in memory, and compares one record at a time with them through the
// same code as a run does. It may be used by many goroutines.
type Index struct {
	mu     sync.Mutex
	d      *Data
	t      *Trained
	s      *scorer
	base   [][]keyed             // pass → keys in order, of the records that were there from the start
	fresh  []map[uint32][]uint32 // pass → key → records that came later
	probes []uint32              // room for the candidates of one record
}

// Candidate is a record of the index that may belong to the one asked about.
type Candidate struct {
	Record      int
	Bits        float64
	Probability float64
	Rule        string
	Vector      uint64
}

// Answer is what an index says about one record.
type Answer struct {
	Candidates []Candidate // the likeliest first
	Compared   int
	LeftOut    int // records with the same keys that were too many to be compared
}

// NewData begins an empty set of records that shares what was learnt, values included.
func (t *Trained) NewData() *Data {
	d := &Data{plan: t.p, width: len(t.p.columns), counts: make([][5]int, len(t.p.columns)), Unfound: map[string]Titles{}}
	for range t.p.columns {
		d.reasons = append(d.reasons, map[string]int{})
	}
	return d
}

// NewIndex makes an index over data of the trained model. The data belong to the index from now on.
func (t *Trained) NewIndex(d *Data) *Index {
	x := &Index{d: d, t: t, s: newScorer(t), base: make([][]keyed, len(t.p.passes))}
	for range t.p.passes {
		x.fresh = append(x.fresh, map[uint32][]uint32{})
	}
	parallel(len(t.p.passes), func(p int) {
		b := &blocker{blocks: &blocks{d: d}, p: p, pass: t.p.passes[p]}
		tables := b.tables(b.pass.keys)
		sorted := make([]keyed, 0, d.n)
		for rec := range d.n {
			if key := combine(d.row(uint32(rec)), b.pass.keys, tables); key != 0 {
				sorted = append(sorted, keyed{key, uint32(rec)})
			}
		}
		x.base[p] = sortKeyed(sorted, make([]keyed, len(sorted)))
	})
	return x
}

// Header says what the cells of the records asked about are.
func (x *Index) Header(titles []string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.d.Header(titles)
}

// Len is the number of records in the index.
func (x *Index) Len() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.d.n
}

// Match compares a record with the index and leaves no trace of it. Decisions of people on the record go before all else:
// a candidate that was found to be another stays in the answer with probability 0, so that nobody is asked again.
func (x *Index) Match(cells []string, decisions ...Decision) Answer {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.try(cells, false, decisions)
}

// Add compares a record with the index and then keeps it. Its number is Len() before the call.
func (x *Index) Add(cells []string, decisions ...Decision) Answer {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.try(cells, true, decisions)
}

func (x *Index) try(cells []string, keep bool, decisions []Decision) Answer {
	marks := make([][2]int, len(x.d.plan.domains))
	for i, dom := range x.d.plan.domains {
		marks[i] = dom.sizes()
	}
	rec := uint32(x.d.n)
	x.d.Add([][]string{cells})
	row := x.d.row(rec)
	answer := x.ask(row, decisions)
	if keep {
		for p := range x.fresh {
			if key := x.key(p, row); key != 0 {
				x.fresh[p][key] = append(x.fresh[p][key], rec)
			}
		}
		return answer
	}
	x.d.n--
	x.d.codes = x.d.codes[:int(rec)*x.d.width]
	for i, dom := range x.d.plan.domains {
		dom.forget(marks[i])
	}
	return answer
}

func (x *Index) key(p int, row []uint32) uint32 {
	h := uint64(1)
	for _, f := range x.t.p.passes[p].keys {
		v := row[f.col]
		if v == 0 {
			return 0
		}
		part := f.key(v)
		if part == 0 {
			return 0
		}
		h = mix(h, part)
	}
	return key32(h)
}

// longest is how many records with one key are looked at, so that a key that everybody has cannot hold up an answer.
const longest = 4096

// ask gathers the records with the same key in any pass and weighs each once.
func (x *Index) ask(row []uint32, decisions []Decision) (a Answer) {
	x.probes = x.probes[:0]
	for p := range x.base {
		key := x.key(p, row)
		if key == 0 {
			continue
		}
		from := len(x.probes)
		at, _ := slices.BinarySearchFunc(x.base[p], key, func(k keyed, key uint32) int { return cmp.Compare(k.key, key) })
		late := x.fresh[p][key]
		for ; at < len(x.base[p]) && x.base[p][at].key == key; at++ {
			if len(x.probes)-from+len(late) < longest {
				x.probes = append(x.probes, x.base[p][at].rec)
			} else {
				a.LeftOut++
			}
		}
		x.probes = append(x.probes, late[max(0, len(late)-longest):]...)
		a.LeftOut += max(0, len(late)-longest)
		found := len(x.probes) - from
		kept := x.refine(p, row, x.probes[from:])
		a.LeftOut += found - kept
		x.probes = x.probes[:from+kept]
	}
	slices.Sort(x.probes)
	x.probes = slices.Compact(x.probes)
	for _, rec := range x.probes {
		a.Compared++
		vector, bits, rule, keep := x.s.weigh(x.d.row(rec), row)
		if !keep {
			continue
		}
		p := Pair{rec, uint32(x.d.n - 1), vector, bits, rule}
		a.Candidates = append(a.Candidates, Candidate{int(rec), bits, x.t.Probability(p), x.t.RuleName(p), vector})
	}
	a.decideFor(x, row, decisions)
	slices.SortStableFunc(a.Candidates, func(p, q Candidate) int {
		return cmp.Or(cmp.Compare(q.Probability, p.Probability), first(p, q), cmp.Compare(q.Bits, p.Bits))
	})
	return a
}

// refine keeps those of too many records that share the pass's further keys too, and of these at most as many as a
// block has: the latest ones.
func (x *Index) refine(p int, row []uint32, recs []uint32) int {
	pass := &x.t.p.passes[p]
	n := len(recs)
	for depth := 0; n >= pass.Max && depth < len(pass.refine); depth++ {
		f := pass.refine[depth]
		want := featureOf(f, row)
		kept := 0
		for _, rec := range recs[:n] {
			if featureOf(f, x.d.row(rec)) == want {
				recs[kept] = rec
				kept++
			}
		}
		n = kept
	}
	if n > pass.Max {
		copy(recs, recs[n-pass.Max:n])
		n = pass.Max
	}
	return n
}

func featureOf(f feature, row []uint32) uint64 {
	if v := row[f.col]; v != 0 {
		return f.key(v)
	}
	return 0
}
