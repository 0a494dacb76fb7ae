package paper

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"
)

// The picture's size, and the room that its axes take, in pixels.
const (
	pixels, high       = 560, 240
	left, bottom, room = 56, 46, 12
)

// SVG draws the chart for a page, with a sentence for those who do not see it.
func (c *Chart) SVG() template.HTML {
	low, top, step := c.scale()
	y := func(v float64) float64 { return float64(room) + (top-v)/(top-low)*(high-bottom-room) }
	slot := float64(pixels-left-room) / float64(max(1, len(c.Labels)))
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="0 0 %d %d" width="%d" role="img" aria-label="%s">`, pixels, high, pixels, template.HTMLEscapeString(c.named()))
	for v := low; v <= top+step/2; v += step {
		fmt.Fprintf(&b, `<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#d8dce2"/><text x="%d" y="%.1f" text-anchor="end">%s</text>`, left, pixels-room, y(v), y(v), left-6, y(v)+4, short(v))
	}
	every := max(1, (len(c.Labels)*26+pixels-left-1)/(pixels-left))
	for i, l := range c.Labels {
		if i%every == 0 {
			fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle">%s</text>`, float64(left)+slot*(float64(i)+.5), high-bottom+16, template.HTMLEscapeString(l))
		}
	}
	for n, s := range c.Series {
		if c.Kind == Lines {
			c.line(&b, n, s.Values, slot, y)
		} else {
			c.bars(&b, n, s.Values, slot, y, math.Max(low, 0))
		}
		if len(c.Series) > 1 {
			x := left + n*(pixels-left)/len(c.Series)
			fmt.Fprintf(&b, `<rect x="%d" y="%d" width="10" height="10" fill="#%s"/><text x="%d" y="%d">%s</text>`, x, high-16, colour(n), x+14, high-7, template.HTMLEscapeString(s.Name))
		}
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

func (c *Chart) bars(b *strings.Builder, n int, values []float64, slot float64, y func(float64) float64, zero float64) {
	width := slot * .7 / float64(len(c.Series))
	for i, v := range values {
		if math.IsNaN(v) {
			continue
		}
		x := float64(left) + slot*(float64(i)+.15) + width*float64(n)
		fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="#%s"/>`, x, math.Min(y(v), y(zero)), width*.92, math.Abs(y(v)-y(zero)), colour(n))
	}
}

// line leaves a gap where a value is missing.
func (c *Chart) line(b *strings.Builder, n int, values []float64, slot float64, y func(float64) float64) {
	b.WriteString(`<path fill="none" stroke-width="2" stroke="#` + colour(n) + `" d="`)
	pen := "M"
	for i, v := range values {
		if math.IsNaN(v) {
			pen = "M"
			continue
		}
		fmt.Fprintf(b, "%s%.1f %.1f", pen, float64(left)+slot*(float64(i)+.5), y(v))
		pen = "L"
	}
	b.WriteString(`"/>`)
}

// scale is the axis: bars begin at zero, lines where it serves them.
func (c *Chart) scale() (low, top, step float64) {
	low, top = math.Inf(1), math.Inf(-1)
	for _, s := range c.Series {
		for _, v := range s.Values {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				low, top = math.Min(low, v), math.Max(top, v)
			}
		}
	}
	switch {
	case math.IsInf(low, 0):
		return 0, 1, 1
	case c.Kind != Lines || low > 0 && low < top/3:
		low = math.Min(low, 0)
	}
	if c.Kind != Lines {
		top = math.Max(top, 0)
	}
	if top == low {
		low, top = low-1, top+1
	}
	step = math.Pow(10, math.Floor(math.Log10((top-low)/4)))
	for _, m := range []float64{1, 2, 5, 10} {
		if (top-low)/(step*m) <= 5 {
			step *= m
			break
		}
	}
	return math.Floor(low/step) * step, math.Ceil(top/step) * step, step
}

func short(v float64) string { return strconv.FormatFloat(math.Round(v*1000)/1000, 'f', -1, 64) }
