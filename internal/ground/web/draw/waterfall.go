package draw

import (
	"html/template"
	"math"
	"strconv"
	"strings"
)

// Waterfall shows how a sum comes about: a start, what each part adds or takes away, the total, and lines that matter.
type Waterfall struct {
	Label string // the whole in a sentence, for those who do not see it
	Bars  []Fall // the first is the start
	Total Fall
	Lines []Mark // thresholds
}

// Fall is one bar: its name and how much it adds.
type Fall struct {
	Name  string
	Value float64
	Note  string // of the total, below the picture where there is room
}

// Mark is a vertical line at a sum.
type Mark struct {
	Name string
	At   float64
}

// Falls draws the waterfall twice, for wide and for narrow screens, so that its letters keep their size.
func Falls(w Waterfall) template.HTML {
	var b strings.Builder
	b.WriteString(`<figure class="jy-line">`)
	w.draw(&b, 620, 168, "jy-line__wide")
	w.Total.Note = "" // no room
	w.draw(&b, 330, 112, "jy-line__narrow")
	b.WriteString(`</figure>`)
	return template.HTML(b.String())
}

const fallHeight, fallGap = 16.0, 30.0

func (w Waterfall) draw(b *strings.Builder, width, names float64, class string) {
	low, high, sum := 0.0, 0.0, 0.0
	for _, f := range w.Bars {
		sum += f.Value
		low, high = min(low, sum), max(high, sum)
	}
	for _, l := range w.Lines {
		low, high = min(low, l.At), max(high, l.At)
	}
	scale := (width - names - 56) / max(high-low, 1)
	x := func(v float64) float64 { return names + (v-low)*scale }
	bottom := fallGap*float64(len(w.Bars)+1) + 4
	height := bottom + 20*float64(len(w.Lines)+one(w.Total.Note != ""))
	b.WriteString(`<svg class="` + class + `" viewBox="0 0 ` + num(width) + ` ` + num(height) + `" role="img" aria-label="` + esc(w.Label) + `">`)
	for i, l := range w.Lines {
		at := x(l.At)
		b.WriteString(`<path class="jy-line__target" stroke-dasharray="3 3" stroke-width="1" d="M` + num(at) + ` 4V` + num(bottom) + `"/>`)
		fallText(b, "jy-line__end", min(at+30, width-2), bottom+14+18*float64(i), l.Name+" "+Signed1(l.At))
	}
	if w.Total.Note != "" {
		fallText(b, "jy-line__word jy-line__end", width-2, height-6, w.Total.Name+" "+Signed1(w.Total.Value)+"，"+w.Total.Note)
	}
	sum = 0
	for i, f := range w.Bars {
		y := 10 + fallGap*float64(i)
		fill := "jy-fill-c1"
		switch {
		case i == 0:
			fill = "jy-fill-ink-2"
		case f.Value < 0:
			fill = "jy-fill-warn"
		}
		w.bar(b, f, fill, x(sum), x(sum+f.Value), y, names)
		sum += f.Value
		b.WriteString(`<path class="jy-line__grid" d="M` + num(x(sum)) + ` ` + num(y) + `v` + num(fallGap) + `"/>`)
	}
	w.bar(b, w.Total, "jy-fill-ink", x(0), x(w.Total.Value), 10+fallGap*float64(len(w.Bars)), names)
	b.WriteString(`</svg>`)
}

func (w Waterfall) bar(b *strings.Builder, f Fall, fill string, from, to, y, names float64) {
	left, right := min(from, to), max(from, to)
	b.WriteString(`<rect class="` + fill + `" x="` + num(left) + `" y="` + num(y) + `" width="` + num(max(right-left, 1)) + `" height="` + num(fallHeight) + `"/>`)
	fallText(b, "jy-line__end", names-8, y+12, f.Name)
	fallText(b, "jy-line__word", right+6, y+13, Signed1(f.Value))
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func fallText(b *strings.Builder, class string, x, y float64, s string) {
	b.WriteString(`<text class="` + class + `" x="` + num(x) + `" y="` + num(y) + `">` + esc(s) + `</text>`)
}

// Signed1 writes a number with its sign and one decimal: +3.1, −6.6, 0.
func Signed1(v float64) string {
	v = math.Round(v*10) / 10
	switch {
	case v == 0:
		return "0"
	case v < 0:
		return "−" + strconv.FormatFloat(-v, 'f', 1, 64)
	}
	return "+" + strconv.FormatFloat(v, 'f', 1, 64)
}
