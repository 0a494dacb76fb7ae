package series

import (
	"errors"
	"fmt"
	"math"
)

// Model is a fitted forecast. The first step ahead is the one behind the last value of the series.
type Model interface {
	// Name says which method it is: "theta", "naive", "seasonal naive".
	Name() string
	// Mean is the expected value of each of the next h steps.
	Mean(h int) []float64
	// Interval is between what each of the next h steps will lie with a probability of level (0 < level < 1, say .8), each step
	// taken by itself.
	Interval(h int, level float64) (lo, hi []float64)
	// Paths is n simulated futures of h steps. Sums over steps, and the chance that such a sum reaches a target, follow by
	// counting; adding up Interval's ends would be wrong.
	Paths(h, n int, seed uint64) [][]float64
}

// Fit makes a model of a series; Theta, Naive and SeasonalNaive are such.
type Fit func(y []float64, season int) (Model, error)

// Errors that a caller may want to tell apart; the texts are for people.
var (
	ErrEmpty  = errors.New("没有可用的历史数值，无法预测")
	ErrSeason = errors.New("一年的期数应为 1 或更大的整数，例如按月为 12、按季为 4")
)

// check refuses what nothing can be said about, and trims unknown values before the first known one.
func check(y []float64, season int) ([]float64, error) {
	if season < 1 {
		return nil, ErrSeason
	}
	for len(y) > 0 && math.IsNaN(y[0]) {
		y = y[1:]
	}
	known := 0
	for i, v := range y {
		if math.IsInf(v, 0) {
			return nil, fmt.Errorf("第 %d 个数值是无穷大，请先更正", i+1)
		}
		if !math.IsNaN(v) {
			known++
		}
	}
	switch {
	case known == 0:
		return nil, ErrEmpty
	case math.IsNaN(y[len(y)-1]):
		return nil, errors.New("最后一期还没有数值，请预测到上一期为止的序列，再多预测一期")
	case known*2 < len(y):
		return nil, fmt.Errorf("%d 期里只有 %d 期有数值，缺得太多，无法预测", len(y), known)
	}
	return y, nil
}

// floor is the lowest value that a forecast may take: zero for a series that was never below it.
func floor(y []float64) float64 {
	for _, v := range y {
		if v < 0 {
			return math.Inf(-1)
		}
	}
	return 0
}

func raise(values []float64, low float64) []float64 {
	for i, v := range values {
		values[i] = max(v, low)
	}
	return values
}
