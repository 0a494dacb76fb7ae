package draw

import (
	"html/template"
	"strings"
)

// Pace is a progress bar with a tick where the work should be by now; done and due are ten-thousandths of the target.
// Behind draws stripes, so that it is told without colour. The numbers stand beside it as text.
func Pace(done, due any, behind bool) template.HTML {
	fill := "jy-pace__fill"
	if behind {
		fill = "jy-pace__behind"
	}
	return template.HTML(`<svg class="jy-pace" width="100%" height="16" aria-hidden="true"><rect class="jy-pace__back" y="4" width="100%" height="8" rx="2"/>` +
		`<rect class="` + fill + `" y="4" width="` + num(share(float(done), 10000)) + `%" height="8" rx="2"/>` +
		`<rect class="jy-pace__due" x="` + num(min(99.2, share(float(due), 10000))) + `%" width="2" height="16"/></svg>`)
}

// Bar is a plain bar of part in whole.
func Bar(part, whole any) template.HTML {
	return template.HTML(`<svg class="jy-bar" width="100%" height="8" aria-hidden="true"><rect class="jy-pace__back" width="100%" height="8" rx="2"/>` +
		`<rect class="jy-pace__fill" width="` + num(share(float(part), float(whole))) + `%" height="8" rx="2"/></svg>`)
}

// Row is one line of Bars.
type Row struct {
	Name  string
	Value float64
	Text  string // the value as people read it
	Href  string // "" for no link
}

// Bars compares a few values by length, each with its name and number.
func Bars(rows []Row) template.HTML {
	most := 0.0
	for _, r := range rows {
		most = max(most, r.Value)
	}
	var b strings.Builder
	b.WriteString(`<dl class="jy-bars">`)
	for _, r := range rows {
		name := esc(r.Name)
		if r.Href != "" {
			name = `<a href="` + esc(r.Href) + `">` + name + `</a>`
		}
		b.WriteString(`<div><dt>` + name + `</dt><dd>` + string(Bar(r.Value, most)) + `<span>` + esc(r.Text) + `</span></dd></div>`)
	}
	b.WriteString(`</dl>`)
	return template.HTML(b.String())
}

// Days is one cell for each working day of a deadline, the used ones filled, today's outlined. What is left stands
// beside it as text.
func Days(used, total int, urgent bool) template.HTML {
	class := "jy-days"
	if urgent {
		class += " jy-days--urgent"
	}
	var b strings.Builder
	b.WriteString(`<span class="` + class + `" aria-hidden="true">`)
	for i := range min(max(total, 0), 60) {
		switch {
		case i < used:
			b.WriteString(`<i class="u"></i>`)
		case i == used:
			b.WriteString(`<i class="t"></i>`)
		default:
			b.WriteString(`<i></i>`)
		}
	}
	b.WriteString(`</span>`)
	return template.HTML(b.String())
}

// Spark is the last values of something as a small line with a point at its end; the newest number stands beside it.
func Spark(values []float64) template.HTML {
	const w, h, pad = 92.0, 24.0, 3.0
	if len(values) < 2 {
		return `<svg class="jy-spark" width="92" height="24" aria-hidden="true"></svg>`
	}
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	span := high - low
	var points []string
	var x, y float64
	for i, v := range values {
		x = 1 + (w-4)*float64(i)/float64(len(values)-1)
		y = h / 2
		if span > 0 {
			y = h - pad - (h-2*pad)*(v-low)/span
		}
		points = append(points, num(x)+","+num(y))
	}
	return template.HTML(`<svg class="jy-spark" width="92" height="24" viewBox="0 0 92 24" aria-hidden="true"><polyline points="` +
		strings.Join(points, " ") + `"/><circle cx="` + num(x) + `" cy="` + num(y) + `" r="2.2"/></svg>`)
}
