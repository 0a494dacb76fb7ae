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
	limit    float64 // pairs in a block that is not refined
}

// bound is the number of pairs up to which a block is left whole: that of the model's Max, or less where all such blocks
// together would have too many pairs.
func (b *blocker) bound(sorted []keyed) float64 {
	bySize := make([]float64, b.pass.Max+1)
	each(sorted, func(start, end int) {
		if size := end - start; size > 1 && size <= b.pass.Max {
			bySize[size] += b.pairs(sorted[start:end])
		}
	})
	size, left := 2, b.pass.PerRecord*float64(max(b.d.n, fewRecords))
	for size < b.pass.Max && bySize[size]+bySize[size+1] <= left {
		left -= bySize[size]
		size++
	}
	return float64(size) * float64(size) / 2
}

// fewRecords is the number up to which pairs are so cheap that passes are not bounded.
const fewRecords = 100_000

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
	b.limit = b.bound(sorted)
	refine := b.tables(b.pass.refine)
	each(sorted, func(start, end int) { b.divide(sorted, start, end, 0, refine) })
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

// divide turns sorted[start:end] into runs; too large ones are sorted by the next of the further keys and divided again.
func (b *blocker) divide(sorted []keyed, start, end, depth int, refine [][]uint64) {
	stats := &b.stats[b.p]
	block := sorted[start:end]
	if depth == 0 {
		stats.Largest = max(stats.Largest, len(block))
	}
	pairs := 0.0
	if len(block) > 1 {
		pairs = b.pairs(block)
	}
	switch {
	case pairs == 0:
		return
	case pairs <= b.limit:
		stats.Blocks++
		stats.Pairs += pairs
		b.runs[b.p] = append(b.runs[b.p], run{uint32(start), uint32(end), false})
		return
	case depth == len(refine):
		b.windowed(sorted, start, end, pairs)
		return
	}
	if depth == 0 {
		stats.Refined++
	}
	f := b.pass.refine[depth]
	for i, k := range block {
		part := refine[depth][b.d.row(k.rec)[f.col]] // a missing value makes a block of its own
		block[i].key = key32(mix(uint64(k.key)<<8|uint64(depth), part))
	}
	slices.SortStableFunc(block, func(x, y keyed) int { return compare(x.key, y.key) })
	stats.LeftOut += pairs
	each(block, func(s, e int) {
		if e-s > 1 {
			stats.LeftOut -= b.pairs(block[s:e])
		}
		b.divide(sorted, start+s, start+e, depth+1, refine)
	})
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
func (b *blocker) windowed(sorted []keyed, start, end int, pairs float64) {
	block := sorted[start:end]
	slices.SortStableFunc(block, func(x, y keyed) int { return slices.Compare(b.d.row(x.rec), b.d.row(y.rec)) })
	within := 0.0
	for i := range block {
		within += float64(min(window, len(block)-1-i))
	}
	stats := &b.stats[b.p]
	stats.Blocks++
	stats.Pairs += within
	stats.LeftOut += max(0, pairs-within)
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
