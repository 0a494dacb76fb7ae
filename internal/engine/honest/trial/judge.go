package trial

import (
	"math"
	"math/rand/v2"
	"slices"

	"jiuye/internal/engine/honest"
)

// Line is what was found of one fraud. Recall counts any finding in the falsified year; AUC is that of the kinds that should notice, one value if several: 0.5 is chance.
type Line struct {
	Fraud  string  `json:"fraud"`
	Cases  int     `json:"cases"`
	Recall float64 `json:"recall"`
	AUC    float64 `json:"auc"`
}

// Table is an experiment's result.
type Table struct {
	Limits      honest.Limits           `json:"limits"`
	FalseFlags  float64                 `json:"false_flags"` // share of honest areas and years with a finding
	FalseByKind map[honest.Kind]float64 `json:"false_by_kind"`
	Honest      int                     `json:"honest"` // areas and years looked at
	Lines       []Line                  `json:"lines"`
}

// cell is an area's year.
type cell struct{ series, year int }

// best are a panel's scores by kind and cell.
func best(scores []honest.Score) map[cell]map[honest.Kind]float64 {
	out := map[cell]map[honest.Kind]float64{}
	for _, s := range scores {
		c := cell{s.Series, s.Year}
		if out[c] == nil {
			out[c] = map[honest.Kind]float64{}
		}
		if v, had := out[c][s.Kind]; !had || s.Value > v {
			out[c][s.Kind] = s.Value
		}
	}
	return out
}

func flagged(limits honest.Limits, by map[honest.Kind]float64) (kinds []honest.Kind) {
	for k, v := range by {
		if limits.Over(k, v) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// top is the most telling of some kinds' values against their limits.
func top(limits honest.Limits, by map[honest.Kind]float64, kinds []honest.Kind) float64 {
	v := math.Inf(-1)
	for _, k := range kinds {
		if x, has := by[k]; has {
			v = math.Max(v, x/math.Max(limits[k], .1))
		}
	}
	return v
}

// Judge falsifies copies of panels, a few areas a panel and one year each, until there are so many cases of each fraud, and tells what the limits find; make gives the honest
// panel of a number, always the same. Years before from are only history.
func Judge(limits honest.Limits, make func(seed uint64) (*honest.Panel, error), panels, from, perPanel int) (Table, error) {
	t := Table{Limits: limits, FalseByKind: map[honest.Kind]float64{}}
	var plain []map[honest.Kind]float64
	for n := range panels {
		p, err := make(uint64(n))
		if err != nil {
			return t, err
		}
		scores, err := honest.Examine(p)
		if err != nil {
			return t, err
		}
		for c, by := range best(scores) {
			if c.year < p.First+from {
				continue
			}
			t.Honest++
			plain = append(plain, by)
			kinds := flagged(limits, by)
			if len(kinds) > 0 {
				t.FalseFlags++
			}
			for _, k := range kinds {
				t.FalseByKind[k]++
			}
		}
	}
	t.FalseFlags /= float64(t.Honest)
	for k := range t.FalseByKind {
		t.FalseByKind[k] /= float64(t.Honest)
	}
	for f := range Frauds {
		line, err := judged(limits, make, panels, from, perPanel, &Frauds[f], plain)
		if err != nil {
			return t, err
		}
		t.Lines = append(t.Lines, line)
	}
	return t, nil
}

func judged(limits honest.Limits, make func(seed uint64) (*honest.Panel, error), panels, from, perPanel int, fraud *Fraud, plain []map[honest.Kind]float64) (Line, error) {
	line := Line{Fraud: fraud.Name}
	var values []float64
	for n := range panels {
		r := rand.New(rand.NewPCG(uint64(n), 77))
		p, err := make(uint64(n))
		if err != nil {
			return line, err
		}
		done := spoil(r, p, from, perPanel, fraud)
		scores, err := honest.Examine(p)
		if err != nil {
			return line, err
		}
		all := best(scores)
		for c := range done {
			by := all[c]
			line.Cases++
			if len(flagged(limits, by)) > 0 {
				line.Recall++
			}
			values = append(values, top(limits, by, fraud.Kinds))
		}
	}
	line.Recall /= math.Max(1, float64(line.Cases))
	others := slices.Repeat([]float64{0}, len(plain))
	for i, by := range plain {
		others[i] = top(limits, by, fraud.Kinds)
	}
	line.AUC = auc(values, others)
	return line, nil
}

// spoil falsifies some areas' years; afterwards totals and sums agree with the months again, unless that is the fraud.
func spoil(r *rand.Rand, p *honest.Panel, from, perPanel int, fraud *Fraud) map[cell]bool {
	var leaves, sums []int
	for i := range p.Series {
		if len(p.Series[i].Parts) == 0 {
			leaves = append(leaves, i)
		} else {
			sums = append(sums, i)
		}
	}
	years := len(p.Series[0].Reported) / 12
	done := map[cell]bool{}
	for range 20 * perPanel {
		if len(done) == perPanel {
			break
		}
		y := from + r.IntN(years-from)
		if fraud.Do == nil {
			if len(sums) == 0 {
				break
			}
			i := sums[r.IntN(len(sums))]
			if c := (cell{i, p.First + y}); !done[c] {
				part := p.Series[i].Parts[r.IntN(len(p.Series[i].Parts))]
				t := y*12 + r.IntN(12)
				by := math.Round(math.Max(2, .005*p.Series[i].Reported[t]))
				p.Series[part].Reported[t] += by
				p.Series[part].Totals[p.First+y] += by
				done[c] = true
			}
			continue
		}
		i := leaves[r.IntN(len(leaves))]
		busy := false
		for other := range years {
			busy = busy || done[cell{i, p.First + other}]
		}
		if !busy && fraud.Do(r, p, i, y) {
			done[cell{i, p.First + y}] = true
		}
	}
	if fraud.Do != nil {
		again(p)
	}
	return done
}

// again adds totals and sums up anew, for who falsifies a month falsifies its sums with it.
func again(p *honest.Panel) {
	for i := range p.Series {
		s := &p.Series[i]
		if len(s.Parts) > 0 {
			clear(s.Reported)
			for _, part := range s.Parts {
				for t := range s.Reported {
					s.Reported[t] += p.Series[part].Reported[t]
				}
			}
		}
		for y := range len(s.Reported) / 12 {
			s.Totals[p.First+y] = sum(s.Reported[y*12 : y*12+12])
		}
	}
}

// auc is the chance that a falsified year scores higher than an honest one; half for ties.
func auc(a, b []float64) float64 {
	if len(a) == 0 || len(b) == 0 {
		return math.NaN()
	}
	slices.Sort(b)
	won := 0.0
	for _, v := range a {
		low, _ := slices.BinarySearch(b, v)
		high := low
		for high < len(b) && b[high] == v {
			high++
		}
		won += float64(low) + float64(high-low)/2
	}
	return won / float64(len(a)) / float64(len(b))
}
