package honest

import (
	"fmt"
	"math"
)

// Kind is what was looked at.
type Kind string

// The kinds, see the package's comment.
const (
	Compare Kind = "compare"
	Sum     Kind = "sum"
	Falling Kind = "falling"
	Copy    Kind = "copy"
	Round   Kind = "round"
	Digits  Kind = "digits"
	Inflate Kind = "inflate"
	Shift   Kind = "shift"
	TopUp   Kind = "topup"
	Smooth  Kind = "smooth"
)

// Kinds are all of them, what is hard evidence first.
var Kinds = []Kind{Sum, Falling, Copy, Compare, Round, Inflate, Shift, TopUp, Smooth, Digits}

// Panel is one indicator, by month from January of a year on.
type Panel struct {
	First  int // the first year
	Series []Series
}

// Series is what one area reported. NaN stands for a month without a figure. All slices are as long as Reported, or empty where there is nothing.
type Series struct {
	Area       string
	Reported   []float64       // by month, not cumulative; levels, shifts and top-ups are only judged from three whole years on
	Recomputed []float64       // from the register
	Outside    [][]float64     // other series of the same area, positive
	Targets    map[int]float64 // by year
	Totals     map[int]float64 // the year's total where it was reported by itself
	Parts      []int           // the series (by place) that add up to this one
	Rounded    float64         // the unit to which the source has declared to round; 0: it has not
}

// Score is how far an area's year is from what is usual; more is less usual. Its unit differs from kind to kind.
type Score struct {
	Kind     Kind
	Series   int // its place in the panel
	Year     int
	Value    float64
	Seen     float64 // the figure that the score is about, in the indicator's unit, or a share
	Expected float64 // what was to be expected in its place; NaN where there is nothing to say
	Other    int     // copy: the series copied from; otherwise -1
	From     int     // copy: the year copied from
}

// years are the whole years of a panel.
func (p *Panel) years() int {
	if len(p.Series) == 0 {
		return 0
	}
	return len(p.Series[0].Reported) / 12
}

// check refuses panels whose series differ in length.
func (p *Panel) check() error {
	for i := range p.Series {
		s := &p.Series[i]
		n := len(p.Series[0].Reported)
		if len(s.Reported) != n || len(s.Recomputed) != 0 && len(s.Recomputed) != n {
			return fmt.Errorf("honest: series %d (%s) has %d months, the first one %d", i, s.Area, len(s.Reported), n)
		}
		for _, o := range s.Outside {
			if len(o) != n {
				return fmt.Errorf("honest: an outside series of %s has %d months, not %d", s.Area, len(o), n)
			}
		}
		for _, part := range s.Parts {
			if part < 0 || part >= len(p.Series) {
				return fmt.Errorf("honest: %s has a part %d that is not there", s.Area, part)
			}
		}
	}
	return nil
}

// year is a year's stretch of a series; whole says that no month is missing.
func year(list []float64, y int) (months []float64, whole bool) {
	if len(list) < (y+1)*12 {
		return nil, false
	}
	months = list[y*12 : (y+1)*12]
	for _, v := range months {
		if math.IsNaN(v) {
			return months, false
		}
	}
	return months, true
}

func total(list []float64) (sum float64) {
	for _, v := range list {
		sum += v
	}
	return sum
}
