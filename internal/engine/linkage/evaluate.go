package linkage

import "slices"

// TruthPairs are what should have been found: left and right record in one number, sorted, each once.
type TruthPairs []uint64

// PairsOf makes the truth of a run from each record's entity; 0 is unknown and makes no pairs. In a match only the pairs
// between the files count.
func (d *Data) PairsOf(entity []uint32) TruthPairs {
	byEntity := make([]keyed, 0, len(entity))
	for rec, e := range entity {
		if e != 0 {
			byEntity = append(byEntity, keyed{e, uint32(rec)})
		}
	}
	byEntity = sortKeyed(byEntity, make([]keyed, len(byEntity)))
	var out TruthPairs
	each(byEntity, func(start, end int) {
		for x := start; x < end; x++ {
			for y := x + 1; y < end; y++ {
				out = append(out, d.pair(byEntity[x].rec, byEntity[y].rec)...)
			}
		}
	})
	slices.Sort(out)
	return out
}

// pair is the number of a pair that the run could find, or nothing.
func (d *Data) pair(a, b uint32) []uint64 {
	if d.matching() && (int(a) < d.split) == (int(b) < d.split) || a == b {
		return nil
	}
	return []uint64{uint64(min(a, b))<<32 | uint64(max(a, b))}
}

// Pair numbers a left and a right record for TruthPairs. Sort the list when it is complete.
func (d *Data) Pair(left, right int) uint64 {
	return uint64(min(left, right))<<32 | uint64(max(left, right))
}

// Score is precision and recall of what is linked from a threshold on.
type Score struct {
	Threshold, Precision, Recall, F1 float64
	Links, Right                     int
}

func score(threshold float64, links, right, total int) Score {
	s := Score{Threshold: threshold, Links: links, Right: right}
	if links > 0 {
		s.Precision = float64(right) / float64(links)
	}
	if total > 0 {
		s.Recall = float64(right) / float64(total)
	}
	if s.Precision+s.Recall > 0 {
		s.F1 = 2 * s.Precision * s.Recall / (s.Precision + s.Recall)
	}
	return s
}

// Evaluation compares a result with the truth.
type Evaluation struct {
	Truth    int     // pairs that belong together
	At       []Score // at the thresholds asked for
	Best     Score   // at the threshold with the best F1
	Auto     Score   // at the model's automatic threshold
	Blocking float64 // share of true pairs that were compared
	Clusters Score
}

// Evaluate measures a result. truth was made by PairsOf or from a list of pairs.
func (r *Result) Evaluate(d *Data, truth TruthPairs, thresholds ...float64) Evaluation {
	e := Evaluation{Truth: len(truth)}
	type hit struct {
		p     float64
		bits  float64
		right bool
	}
	hits := make([]hit, len(r.Pairs))
	t := 0
	for i, p := range r.Pairs {
		n := uint64(p.Left)<<32 | uint64(p.Right)
		for t < len(truth) && truth[t] < n {
			t++
		}
		hits[i] = hit{r.Trained.Probability(p), p.Bits, t < len(truth) && truth[t] == n}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		switch {
		case a.p > b.p || a.p == b.p && a.bits > b.bits:
			return -1
		case a.p < b.p || a.bits < b.bits:
			return 1
		}
		return 0
	})
	at := func(threshold float64) Score {
		links, right := 0, 0
		for _, h := range hits {
			if h.p < threshold {
				break
			}
			links++
			if h.right {
				right++
			}
		}
		return score(threshold, links, right, len(truth))
	}
	for _, threshold := range thresholds {
		e.At = append(e.At, at(threshold))
	}
	e.Auto = at(r.Trained.p.model.Thresholds.Auto)
	right := 0
	for i, h := range hits {
		if h.right {
			right++
		}
		if i+1 < len(hits) && hits[i+1].p == h.p {
			continue
		}
		if s := score(h.p, i+1, right, len(truth)); h.p > 0 && s.F1 > e.Best.F1 {
			e.Best = s
		}
	}
	found := 0
	for _, n := range truth {
		if r.blocks.foundBy(uint32(n>>32), uint32(n), nil) {
			found++
		}
	}
	if len(truth) > 0 {
		e.Blocking = float64(found) / float64(len(truth))
	}
	clustered := d.PairsOf(plusOne(r.Clusters))
	both, t := 0, 0
	for _, n := range clustered {
		for t < len(truth) && truth[t] < n {
			t++
		}
		if t < len(truth) && truth[t] == n {
			both++
		}
	}
	e.Clusters = score(0, len(clustered), both, len(truth))
	return e
}

func plusOne(a []uint32) []uint32 {
	out := make([]uint32, len(a))
	for i, x := range a {
		out[i] = x + 1
	}
	return out
}
