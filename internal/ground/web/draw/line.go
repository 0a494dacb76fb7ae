package draw

import (
	"html/template"
	"math"
	"strings"
)

// Chart is one quantity over time: what was, what is expected, what is wanted.
type Chart struct {
	Label    string    // what it shows and its result, in a sentence
	X        []string  // all points of time
	Actual   []float64 // from the first point on
	Forecast []float64 // begins at the last actual point
	Low      []float64 // interval of the forecast, as long as Forecast
	High     []float64
	Before   []float64 // the same a year earlier, for the table
	Target   float64   // 0: none
	Words    ChartWords
}

// ChartWords are the names written at the ends of the lines and above the table.
type ChartWords struct{ Actual, Before, Forecast, Interval, Target, Table, Time string }

// Line draws the chart twice, for wide and for narrow screens, so that its letters keep their size, and gives the same
// numbers as a table.
func Line(c Chart) template.HTML {
	if len(c.Actual) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(`<figure class="jy-line">`)
	c.draw(&b, 620, 230, "jy-line__wide")
	c.draw(&b, 330, 220, "jy-line__narrow")
	c.table(&b)
	b.WriteString(`</figure>`)
	return template.HTML(b.String())
}

type frame struct {
	left, right, top, bottom, w, h float64
	low, high                      float64
	n                              int
}

func (f frame) x(i int) float64 {
	return f.left + (f.w-f.left-f.right)*float64(i)/float64(max(1, f.n-1))
}

func (f frame) y(v float64) float64 {
	return f.h - f.bottom - (f.h-f.top-f.bottom)*(v-f.low)/(f.high-f.low)
}

// step is a round distance between about five lines.
func step(span float64) float64 {
	raw := span / 5
	base := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 5, 10} {
		if raw <= m*base {
			return m * base
		}
	}
	return 10 * base
}

func (c Chart) bounds() (low, high, by float64) {
	low, high = c.Actual[0], c.Actual[0]
	for _, list := range [][]float64{c.Actual, c.Forecast, c.Low, c.High} {
		for _, v := range list {
			low, high = min(low, v), max(high, v)
		}
	}
	if c.Target != 0 {
		low, high = min(low, c.Target), max(high, c.Target)
	}
	if high == low {
		high, low = high+1, low-1
	}
	by = step(high - low)
	return math.Floor(low/by) * by, math.Ceil(high/by) * by, by
}

func (c Chart) draw(b *strings.Builder, w, h float64, class string) {
	low, high, by := c.bounds()
	f := frame{left: 50, right: 86, top: 14, bottom: 26, w: w, h: h, low: low, high: high, n: len(c.X)}
	b.WriteString(`<svg class="` + class + `" viewBox="0 0 ` + num(w) + ` ` + num(h) + `" role="img" aria-label="` + esc(c.Label) + `">`)
	for v := low; v <= high+by/2; v += by {
		y := num(f.y(v))
		b.WriteString(`<path class="jy-line__grid" d="M` + num(f.left) + ` ` + y + `H` + num(w-f.right) + `"/>`)
		text(b, "jy-line__tick jy-line__end", f.left-6, f.y(v)+4, thousands(v))
	}
	every := int(math.Ceil(float64(len(c.X)) / ((w - f.left - f.right) / 44)))
	for i, t := range c.X {
		if i%max(1, every) == 0 {
			text(b, "jy-line__tick jy-line__mid", f.x(i), h-8, t)
		}
	}
	start := len(c.Actual) - 1
	if len(c.Low) > 1 && len(c.Low) == len(c.High) {
		b.WriteString(`<path class="jy-line__band" d="` + path(f, start, c.High, "M") + path2(f, start, c.Low) + `Z"/>`)
	}
	var ends []end
	if c.Target != 0 {
		y := f.y(c.Target)
		b.WriteString(`<path class="jy-line__target" d="M` + num(f.left) + ` ` + num(y) + `H` + num(w-f.right) + `"/>`)
		ends = append(ends, end{y, "jy-line__word", c.Words.Target + " " + thousands(c.Target)})
	}
	b.WriteString(`<path class="jy-line__actual" d="` + path(f, 0, c.Actual, "M") + `"/>`)
	if n := len(c.Forecast); n > 1 {
		b.WriteString(`<path class="jy-line__forecast" d="` + path(f, start, c.Forecast, "M") + `"/>`)
		ends = append(ends, end{f.y(c.Forecast[n-1]), "jy-line__word jy-line__own", c.Words.Forecast})
	}
	last := c.Actual[start]
	b.WriteString(`<circle class="jy-line__dot" cx="` + num(f.x(start)) + `" cy="` + num(f.y(last)) + `" r="3"/>`)
	beside := 20.0 // below a rising line and above a falling one is free room
	if start > 0 && last < c.Actual[start-1] {
		beside = -12
	}
	text(b, "jy-line__word jy-line__own", f.x(start)+4, f.y(last)+beside, c.Words.Actual+" "+thousands(last))
	apart(ends)
	for _, e := range ends {
		text(b, e.class, w-f.right+6, e.y+4, e.text)
	}
	b.WriteString(`</svg>`)
}

type end struct {
	y     float64
	class string
	text  string
}

// apart moves two names that would stand on each other.
func apart(ends []end) {
	if len(ends) == 2 {
		if gap := ends[1].y - ends[0].y; math.Abs(gap) < 16 {
			push := (16 - math.Abs(gap)) / 2
			if gap < 0 {
				push = -push
			}
			ends[0].y, ends[1].y = ends[0].y-push, ends[1].y+push
		}
	}
}

func path(f frame, from int, values []float64, first string) string {
	var b strings.Builder
	for i, v := range values {
		if i == 0 {
			b.WriteString(first)
		} else {
			b.WriteString("L")
		}
		b.WriteString(num(f.x(from+i)) + " " + num(f.y(v)))
	}
	return b.String()
}

// path2 goes back along values, to close an area.
func path2(f frame, from int, values []float64) string {
	var b strings.Builder
	for i := len(values) - 1; i >= 0; i-- {
		b.WriteString("L" + num(f.x(from+i)) + " " + num(f.y(values[i])))
	}
	return b.String()
}

func text(b *strings.Builder, class string, x, y float64, s string) {
	b.WriteString(`<text class="` + class + `" x="` + num(x) + `" y="` + num(y) + `">` + esc(s) + `</text>`)
}

// thousands writes an axis value: 12,500 or 4.6.
func thousands(v float64) string {
	s := num(math.Abs(v))
	whole, rest, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest != "" {
		whole += "." + rest
	}
	if v < 0 {
		return "−" + whole
	}
	return whole
}

func (c Chart) table(b *strings.Builder) {
	head := `</th><th scope="col" class="jy-r">`
	if len(c.Before) > 0 {
		head += esc(c.Words.Before) + head
	}
	b.WriteString(`<details class="jy-details"><summary>` + esc(c.Words.Table) + `</summary><table class="jy-table jy-table--narrow"><thead><tr><th scope="col">` +
		esc(c.Words.Time) + `</th><th scope="col" class="jy-r">` + esc(c.Words.Actual) + head + esc(c.Words.Forecast) +
		`</th><th scope="col" class="jy-r">` + esc(c.Words.Interval) + `</th></tr></thead><tbody>`)
	start := len(c.Actual) - 1
	at := func(list []float64, i int) string {
		if i < 0 || i >= len(list) {
			return "—"
		}
		return thousands(list[i])
	}
	for i, x := range c.X {
		between := "—"
		if j := i - start; j > 0 && j < len(c.Low) && j < len(c.High) {
			between = at(c.Low, j) + "～" + at(c.High, j)
		}
		expected := "—"
		if i > start {
			expected = at(c.Forecast, i-start)
		}
		value := at(c.Actual, i)
		if len(c.Before) > 0 {
			value += `</td><td class="jy-r">` + at(c.Before, i)
		}
		b.WriteString(`<tr><th scope="row">` + esc(x) + `</th><td class="jy-r">` + value + `</td><td class="jy-r">` + expected + `</td><td class="jy-r">` + between + `</td></tr>`)
	}
	b.WriteString(`</tbody></table></details>`)
}
