// Package draw writes the small pictures of the pages as SVG on the server: pace bars, sparklines, working-day cells,
// verdicts, warning grades, a five-class map, bars and a line chart. Nothing here needs a script or an inline style:
// sizes are SVG attributes, colours are classes of the style sheet. Every picture is either decoration beside the same
// words (aria-hidden) or has a label and its numbers as text.
package draw

import (
	"html/template"
	"strconv"
	"strings"
)

// num writes a coordinate with at most one decimal.
func num(v float64) string {
	s := strconv.FormatFloat(v, 'f', 1, 64)
	return strings.TrimSuffix(s, ".0")
}

func esc(s string) string { return template.HTMLEscapeString(s) }

// share is part/whole in percent, held between 0 and 100.
func share(part, whole float64) float64 {
	if whole <= 0 {
		return 0
	}
	return min(100, max(0, part/whole*100))
}

// float takes the numbers that templates have.
func float(v any) float64 {
	switch n := v.(type) {
	case int:
		return float64(n)
	case int32:
		return float64(n)
	case int64:
		return float64(n)
	case float64:
		return n
	}
	return 0
}
