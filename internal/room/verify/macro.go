package verify

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Compared is one month of an employment figure beside a macro series: changes on the year before, and what the series leaves unexplained.
type Compared struct {
	Month                int
	Figure, Macro        float64
	FigureOn, MacroOn    float64 // change on the same month a year before, in %
	Residual, Strikingly float64 // in percentage points, and in robust standard deviations
}

// Comparison is a figure's yearly changes explained by a macro series'.
type Comparison struct {
	Slope, Share float64 // percentage points for one of the series; the share of variance explained
	Rows         []Compared
}

// striking is how many robust standard deviations off a month is marked.
const striking = 3

// least is the spread below which no month is marked, in percentage points.
const least = 1

// fewest is how many months a comparison needs.
const fewest = 12

// Compare holds a figure against a macro series, both by month. ok is false where fewer than twelve months have both, a year before too.
func Compare(figure, macro map[int]float64) (c Comparison, ok bool) {
	var list []int
	for m := range figure {
		list = append(list, m)
	}
	slices.Sort(list)
	for _, m := range list {
		f, x, f0, x0 := figure[m], macro[m], figure[m-100], macro[m-100]
		if f > 0 && x > 0 && f0 > 0 && x0 > 0 {
			c.Rows = append(c.Rows, Compared{Month: m, Figure: f, Macro: x, FigureOn: 100 * (f/f0 - 1), MacroOn: 100 * (x/x0 - 1)})
		}
	}
	if len(c.Rows) < fewest {
		return Comparison{}, false
	}
	c.Slope, c.Share = slope(c.Rows), explained(c.Rows)
	var off []float64
	for i := range c.Rows {
		r := &c.Rows[i]
		r.Residual = r.FigureOn - c.Slope*r.MacroOn
		off = append(off, r.Residual)
	}
	level := median(off)
	for i := range c.Rows {
		c.Rows[i].Residual -= level
		off[i] = c.Rows[i].Residual
	}
	for i, v := range off {
		off[i] = math.Abs(v)
	}
	spread := math.Max(least, 1.4826*median(off)) // of a normal distribution the standard deviation
	for i := range c.Rows {
		c.Rows[i].Strikingly = c.Rows[i].Residual / spread
	}
	return c, true
}

// slope is the median of the slopes between any two months (Theil 1950, Sen 1968): single months that are off do not move it.
func slope(rows []Compared) float64 {
	var list []float64
	for i := range rows {
		for k := range i {
			if dx := rows[i].MacroOn - rows[k].MacroOn; dx != 0 {
				list = append(list, (rows[i].FigureOn-rows[k].FigureOn)/dx)
			}
		}
	}
	if len(list) == 0 {
		return 0
	}
	return median(list)
}

// explained is the squared correlation.
func explained(rows []Compared) float64 {
	var mf, mx, sxx, sxy, syy float64
	for _, r := range rows {
		mf, mx = mf+r.FigureOn/float64(len(rows)), mx+r.MacroOn/float64(len(rows))
	}
	for _, r := range rows {
		dx, dy := r.MacroOn-mx, r.FigureOn-mf
		sxx, sxy, syy = sxx+dx*dx, sxy+dx*dy, syy+dy*dy
	}
	if sxx == 0 || syy == 0 {
		return 0
	}
	return sxy * sxy / sxx / syy
}

func median(list []float64) float64 {
	list = slices.Clone(list)
	slices.Sort(list)
	if n := len(list); n%2 == 0 {
		return (list[n/2-1] + list[n/2]) / 2
	}
	return list[len(list)/2]
}

// decimal writes a number with as many decimals as it has, three at most.
func decimal(v float64) string {
	return strings.Replace(strconv.FormatFloat(math.Round(v*1000)/1000, 'f', -1, 64), "-", "−", 1)
}
