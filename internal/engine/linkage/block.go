package linkage

import "slices"

// window is how far apart two records of a block may stand that could not be refined any further.
const window = 6

// run is a block: records order[start:end] of a pass have the same key.
type run struct {
	start, end uint32
	windowed   bool // only records within the window are compared, so that the pass stays linear
}

// blocks are the candidates of all passes.
type blocks struct {
	d      *Data
	keys   []uint32 // record × pass → effective key; 0 for none
	n      int      // passes
	order  [][]uint32
	runs   [][]run
	places [][]uint32 // place in the order, of passes that have windowed runs
	stats  []PassReport
}

// PassReport tells what one blocking pass did.
type PassReport struct {
	Keys    []string
	Blocks  int     // with at least two records
	Pairs   float64 // in its blocks, before pairs of earlier passes are left out
	Largest int     // records in the largest block before refinement
	Refined int     // blocks that were too large and were divided by further keys
	LeftOut float64 // pairs of too large blocks that this pass does not compare; another pass may
}

// block sorts the records by the keys of every pass.
func block(d *Data) *blocks {
	n := len(d.plan.passes)
	b := &blocks{d: d, n: n, keys: make([]uint32, d.n*n), order: make([][]uint32, n), runs: make([][]run, n),
		places: make([][]uint32, n), stats: make([]PassReport, n)}
	parallel(n, func(p int) {
		(&blocker{blocks: b, p: p, pass: d.plan.passes[p], matching: d.matching(), right: d.rights()}).build()
	})
	return b
}

// blocker builds one pass.
type blocker struct {
	*blocks
	p        int
	pass     pass
	matching bool
	right    int
	budget   float64 // pairs that the pass may still spend on blocks that are left whole
}

// span is a block on its way: sorted[start:end] with the pairs that stand in it.
type span struct {
	start, end uint32
	pairs      float32
}

// fewRecords is the number up to which pairs are so cheap that the bounds of passes do not shrink with the file.
const fewRecords = 1_500_000

func (b *blocker) build() {
	tables := b.tables(b.pass.keys)
	sorted := make([]keyed, 0, b.d.n)
	for rec := range b.d.n {
		if key := combine(b.d.row(uint32(rec)), b.pass.keys, tables); key != 0 {
			sorted = append(sorted, keyed{key, uint32(rec)})
		}
	}
	sorted = sortKeyed(sorted, make([]keyed, len(sorted)))
	b.stats[b.p].Keys = b.pass.Keys
	b.divide(sorted)
	order := make([]uint32, len(sorted))
	for i, k := range sorted {
		order[i] = k.rec
		b.keys[int(k.rec)*b.n+b.p] = k.key
	}
	b.order[b.p] = order
	if slices.ContainsFunc(b.runs[b.p], func(r run) bool { return r.windowed }) {
		b.places[b.p] = make([]uint32, b.d.n)
		for i, rec := range order {
			b.places[b.p][rec] = uint32(i)
		}
	}
}

// divide turns the blocks of equal keys into runs, level by level: blocks that are small enough are left whole, the others
// are divided by the next of the further keys. What is still too large in the end is windowed.
func (b *blocker) divide(sorted []keyed) {
	stats := &b.stats[b.p]
	spans := b.spans(nil, sorted, 0, len(sorted))
	all, refine := 0.0, b.tables(b.pass.refine)
	for _, s := range spans {
		stats.Largest = max(stats.Largest, int(s.end-s.start))
		all += float64(s.pairs)
	}
	each := b.pass.PerRecord * float64(max(b.d.n, fewRecords))
	for depth := 0; ; depth++ {
		b.budget += each
		each /= 2
		spans = b.keep(spans)
		if depth == len(refine) {
			break
		}
		if depth == 0 {
			stats.Refined = len(spans)
		}
		var next []span
		for _, s := range spans {
			next = b.refine(next, sorted, s, depth, refine[depth])
		}
		spans = next
	}
	for _, s := range spans {
		b.windowed(sorted, int(s.start), int(s.end))
	}
	slices.SortFunc(b.runs[b.p], func(x, y run) int { return compare(x.start, y.start) })
	stats.LeftOut = max(0, all-stats.Pairs)
}

// spans adds the runs of equal keys in sorted[start:end] that have pairs.
func (b *blocker) spans(list []span, sorted []keyed, start, end int) []span {
	each(sorted[start:end], func(s, e int) {
		if e-s > 1 {
			if pairs := b.pairs(sorted[start+s : start+e]); pairs > 0 {
				list = append(list, span{uint32(start + s), uint32(start + e), float32(pairs)})
			}
		}
	})
	return list
}

// keep leaves whole the blocks up to the model's Max, the smallest first as far as the pass's budget of pairs goes, and
// gives back the others.
func (b *blocker) keep(spans []span) (others []span) {
	most := float64(b.pass.Max) * float64(b.pass.Max) / 2
	bySize := make([]float64, int(most)+1) // pairs of a block → pairs of all such blocks
	for _, s := range spans {
		if float64(s.pairs) <= most {
			bySize[int(s.pairs)] += float64(s.pairs)
		}
	}
	limit := 0 // blocks with fewer pairs are kept, those with as many until the budget is used up
	for limit < len(bySize) && bySize[limit] <= b.budget {
		b.budget -= bySize[limit]
		limit++
	}
	stats := &b.stats[b.p]
	for _, s := range spans {
		switch at := int(s.pairs); {
		case at < limit:
		case at == limit && limit < len(bySize) && float64(s.pairs) <= b.budget:
			b.budget -= float64(s.pairs)
		default:
			others = append(others, s)
			continue
		}
		stats.Blocks++
		stats.Pairs += float64(s.pairs)
		b.runs[b.p] = append(b.runs[b.p], run{s.start, s.end, false})
	}
	return others
}

// refine divides a block by one further key; a missing value makes a block of its own.
func (b *blocker) refine(list []span, sorted []keyed, s span, depth int, table []uint64) []span {
	block := sorted[s.start:s.end]
	f := b.pass.refine[depth]
	for i, k := range block {
		block[i].key = key32(mix(uint64(k.key)<<8|uint64(depth), table[b.d.row(k.rec)[f.col]]))
	}
	slices.SortStableFunc(block, func(x, y keyed) int { return compare(x.key, y.key) })
	return b.spans(list, sorted, int(s.start), int(s.end))
}

// tables computes the features of all values once.
func (b *blocker) tables(features []feature) [][]uint64 {
	out := make([][]uint64, len(features))
	for i, f := range features {
		n := b.d.plan.columns[f.col].dom.values.size()
		out[i] = make([]uint64, n)
		for v := 1; v < n; v++ {
			out[i][v] = f.key(uint32(v))
		}
	}
	return out
}

// combine is the key of a record, 0 when one of its parts is missing.
func combine(row []uint32, features []feature, tables [][]uint64) uint32 {
	h := uint64(1)
	for i, f := range features {
		part := tables[i][row[f.col]]
		if part == 0 {
			return 0
		}
		h = mix(h, part)
	}
	return key32(h)
}

// each calls f for every run of equal keys.
func each(a []keyed, f func(start, end int)) {
	for start := 0; start < len(a); {
		end := start + 1
		for end < len(a) && a[end].key == a[start].key {
			end++
		}
		f(start, end)
		start = end
	}
}

// pairs counts the pairs of a block that stand in it: in a match only those between the files.
func (b *blocker) pairs(a []keyed) float64 {
	n := float64(len(a))
	if !b.matching {
		return n * (n - 1) / 2
	}
	left := 0.0
	for _, k := range a {
		if int(k.rec) < b.right {
			left++
		}
	}
	return left * (n - left)
}

func compare(x, y uint32) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// windowed keeps a block that nothing divides: its records are sorted by all their values and compared with near ones.
func (b *blocker) windowed(sorted []keyed, start, end int) {
	block := sorted[start:end]
	slices.SortStableFunc(block, func(x, y keyed) int { return slices.Compare(b.d.row(x.rec), b.d.row(y.rec)) })
	within := 0.0
	for i := range block {
		within += float64(min(window, len(block)-1-i))
	}
	stats := &b.stats[b.p]
	stats.Blocks++
	stats.Pairs += within
	b.runs[b.p] = append(b.runs[b.p], run{uint32(start), uint32(end), true})
}

// total counts the pairs in all blocks, each as often as passes find it.
func (b *blocks) total() (n float64) {
	for _, s := range b.stats {
		n += s.Pairs
	}
	return n
}

// earlier reports whether a pass before p finds the pair too; then the pair is counted there.
func (b *blocks) earlier(p int, i, j uint32) bool {
	ki, kj := b.keys[int(i)*b.n:int(i)*b.n+p], b.keys[int(j)*b.n:int(j)*b.n+p]
	for q, k := range ki {
		if k != 0 && k == kj[q] {
			if places := b.places[q]; places == nil || b.inWindow(q, places[i], places[j]) {
				return true
			}
		}
	}
	return false
}

// inWindow reports whether two places of a pass that has windowed runs are compared.
func (b *blocks) inWindow(q int, x, y uint32) bool {
	at, _ := slices.BinarySearchFunc(b.runs[q], x, func(r run, x uint32) int {
		if r.end <= x {
			return -1
		}
		if r.start > x {
			return 1
		}
		return 0
	})
	return !b.runs[q][at].windowed || max(x, y)-min(x, y) <= window
}

// chunkRuns is how many runs a worker takes at a time.
const chunkRuns = 512

// scan calls f for each candidate of the wanted blocks, once, on all processors. f gets the number of the chunk of work,
// by which results can be put in order.
func (b *blocks) scan(want func(key uint32) bool, f func(chunk int, i, j uint32)) {
	type chunk struct{ pass, from, to int }
	var chunks []chunk
	for p := range b.n {
		for from := 0; from < len(b.runs[p]); from += chunkRuns {
			chunks = append(chunks, chunk{p, from, min(from+chunkRuns, len(b.runs[p]))})
		}
	}
	right := uint32(b.d.rights())
	matching := b.d.matching()
	parallel(len(chunks), func(at int) {
		c := chunks[at]
		order := b.order[c.pass]
		for _, r := range b.runs[c.pass][c.from:c.to] {
			recs := order[r.start:r.end]
			if want != nil && !want(b.keys[int(recs[0])*b.n+c.pass]) {
				continue
			}
			for x, i := range recs {
				rest := recs[x+1:]
				if r.windowed {
					rest = rest[:min(window, len(rest))]
				}
				for _, j := range rest {
					l, g := min(i, j), max(i, j)
					if matching && (l >= right || g < right) || b.earlier(c.pass, l, g) {
						continue
					}
					f(at, l, g)
				}
			}
		}
	})
}

// chunks is the number of chunks that scan works through.
func (b *blocks) chunks() (n int) {
	for p := range b.n {
		n += (len(b.runs[p]) + chunkRuns - 1) / chunkRuns
	}
	return n
}
