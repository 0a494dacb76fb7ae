package trial

import (
	"errors"
	"math"
)

// Interval is a mean over seeds with half the width of its 95 % confidence interval (Student's t).
type Interval struct {
	Mean float64 `json:"mean"`
	Half float64 `json:"half"`
}

// Row is one figure of one policy.
type Row struct {
	Policy     string   `json:"policy"`
	PolicyZh   string   `json:"-"`
	Measure    string   `json:"measure"`
	MeasureZh  string   `json:"-"`
	Value      Interval `json:"value"`
	Difference Interval `json:"difference"` // from the first policy, seed by seed
}

// firstSeed keeps the seeds on which choices were made (1 to 6) out of the comparison.
const firstSeed = 101

// Compare runs all policies over n seeds, and tells after each seed how many are done; an error from done stops it.
func Compare(size Size, n int, done func(seeds int) error) ([]Row, error) {
	if n < 5 {
		return nil, errors.New("至少需要 5 个随机种子，置信区间才可信")
	}
	results := make([][]Result, len(Policies))
	for k := range n {
		w := newWorld(size, firstSeed+uint64(k))
		for at, p := range Policies {
			r, err := try(w, p)
			if err != nil {
				return nil, err
			}
			results[at] = append(results[at], r.result())
		}
		if err := done(k + 1); err != nil {
			return nil, err
		}
	}
	var rows []Row
	for k, p := range Policies {
		for _, m := range measures {
			values, differences := make([]float64, n), make([]float64, n)
			for s := range n {
				values[s] = m.Of(results[k][s])
				differences[s] = values[s] - m.Of(results[0][s])
			}
			rows = append(rows, Row{p.Name, p.Zh, m.Name, m.Zh, interval(values), interval(differences)})
		}
	}
	return rows, nil
}

func interval(values []float64) Interval {
	n := float64(len(values))
	mean, sum := 0.0, 0.0
	for _, x := range values {
		mean += x / n
	}
	for _, x := range values {
		sum += (x - mean) * (x - mean)
	}
	return Interval{mean, student(n-1) * math.Sqrt(sum/(n-1)/n)}
}

// student is the 97.5 % quantile of Student's t, by the expansion about the normal (Abramowitz and Stegun 26.7.5); good to 1 %
// from 4 degrees of freedom.
func student(freedom float64) float64 {
	const z = 1.959963985
	z3, z5, z7 := z*z*z, z*z*z*z*z, z*z*z*z*z*z*z
	return z + (z3+z)/(4*freedom) + (5*z5+16*z3+3*z)/(96*freedom*freedom) + (3*z7+19*z5+17*z3-15*z)/(384*freedom*freedom*freedom)
}
