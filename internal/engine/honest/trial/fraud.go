package trial

import (
	"math"
	"math/rand/v2"

	"jiuye/internal/engine/honest"
)

// Fraud falsifies one year of one series. It reports false where the year does not lend itself to it.
type Fraud struct {
	Name  string
	Kinds []honest.Kind // what should notice
	Do    func(r *rand.Rand, p *honest.Panel, series, year int) bool
}

// Frauds are the seven kinds of the issue, inflation in three sizes, and a broken sum.
var Frauds = []Fraud{
	{"inflated by 5 %", []honest.Kind{honest.Inflate, honest.Compare}, inflate(1.05)},
	{"inflated by 10 %", []honest.Kind{honest.Inflate, honest.Compare}, inflate(1.10)},
	{"inflated by 20 %", []honest.Kind{honest.Inflate, honest.Compare}, inflate(1.20)},
	{"smoothed over three months", []honest.Kind{honest.Smooth}, smoothed(1)},
	{"smoothed over seven months", []honest.Kind{honest.Smooth}, smoothed(3)},
	{"the year before × 1.05", []honest.Kind{honest.Copy}, func(_ *rand.Rand, p *honest.Panel, i, y int) bool {
		if y == 0 {
			return false
		}
		return change(p, i, y, func(m int, _ float64) float64 { return math.Round(1.05 * p.Series[i].Reported[(y-1)*12+m]) })
	}},
	{"rounded to tens", []honest.Kind{honest.Round}, func(_ *rand.Rand, p *honest.Panel, i, y int) bool {
		return p.Series[i].Rounded == 0 && change(p, i, y, func(_ int, v float64) float64 { return math.Round(v/10) * 10 })
	}},
	{"digits invented", []honest.Kind{honest.Digits}, func(r *rand.Rand, p *honest.Panel, i, y int) bool {
		return p.Series[i].Rounded == 0 && change(p, i, y, func(_ int, v float64) float64 { return invent(r, v) })
	}},
	{"3 % shifted from the next year", []honest.Kind{honest.Shift}, func(_ *rand.Rand, p *honest.Panel, i, y int) bool {
		list := p.Series[i].Reported
		if (y+1)*12 >= len(list) {
			return false
		}
		part := math.Round(.03 * sum(list[y*12:y*12+12]))
		if list[(y+1)*12] < part {
			return false
		}
		list[y*12+11] += part
		list[(y+1)*12] -= part
		return true
	}},
	{"topped up to just over the target", []honest.Kind{honest.TopUp}, func(r *rand.Rand, p *honest.Panel, i, y int) bool {
		list := p.Series[i].Reported[y*12 : y*12+12]
		has := sum(list)
		goal := math.Round(has * (1.02 + .06*r.Float64())) // the target lay 2 to 8 % above what there was
		if p.Series[i].Targets == nil {
			return false
		}
		p.Series[i].Targets[p.First+y] = goal
		list[11] += goal - has + math.Round(goal*.005*r.Float64())
		return true
	}},
	{"a part changed, the sum not", []honest.Kind{honest.Sum}, nil}, // made by Broken
}

func inflate(by float64) func(*rand.Rand, *honest.Panel, int, int) bool {
	return func(_ *rand.Rand, p *honest.Panel, i, y int) bool {
		return change(p, i, y, func(_ int, v float64) float64 { return math.Round(by * v) })
	}
}

func smoothed(half int) func(*rand.Rand, *honest.Panel, int, int) bool {
	return func(_ *rand.Rand, p *honest.Panel, i, y int) bool {
		was := append([]float64{}, p.Series[i].Reported...)
		return change(p, i, y, func(m int, _ float64) float64 {
			from, to := max(0, y*12+m-half), min(len(was), y*12+m+half+1)
			return math.Round(sum(was[from:to]) / float64(to-from))
		})
	}
}

// invent writes a figure's last two digits as people do: no doubled ones, seldom 0 or 5.
func invent(r *rand.Rand, v float64) float64 {
	if v < 100 {
		return v
	}
	for {
		tens, ones := r.IntN(10), r.IntN(10)
		if tens != ones && (ones%5 != 0 || r.IntN(4) == 0) {
			return math.Floor(v/100)*100 + float64(10*tens+ones)
		}
	}
}

func change(p *honest.Panel, i, y int, f func(month int, v float64) float64) bool {
	list := p.Series[i].Reported[y*12 : y*12+12]
	for m := range list {
		list[m] = f(m, list[m])
	}
	return true
}

func sum(list []float64) (s float64) {
	for _, v := range list {
		s += v
	}
	return s
}
