package indicator

import (
	"fmt"
	"strconv"
	"strings"
)

// Scaled reads a printed figure in a unit into the whole number that is kept: people, ten-thousandths for %, hundredths
// for years. 23.22 万人 is 232200, 6.3 % is 630, 10.5 年 is 1050. Digits beyond the scale are an error.
func Scaled(text, unit string) (int64, error) {
	text = strings.TrimSpace(text)
	minus := strings.HasPrefix(text, "-") || strings.HasPrefix(text, "−")
	if minus {
		text = strings.TrimLeft(text, "-−")
	}
	whole, part, _ := strings.Cut(text, ".")
	places := Places(unit)
	if whole == "" || len(part) > places || len(whole) > 12 || strings.Trim(whole+part, "0123456789") != "" {
		return 0, fmt.Errorf("indicator: %q is no figure in %s", text, unit)
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", places-len(part)), 10, 64)
	if minus {
		n = -n
	}
	return n, err
}

// Figure writes a kept number in a unit: 232200 as 23.22 万人's "23.22", 630 as "6.3"; at most two decimals.
func Figure(n int64, unit string) string {
	places := Places(unit)
	if places > 2 { // once, not digit by digit: 23.2249 is 23.22
		beyond := int64(1)
		for ; places > 2; places-- {
			beyond *= 10
		}
		n = (n + beyond/2*sign(n)) / beyond
	}
	text := strconv.FormatInt(n*sign(n), 10)
	if len(text) <= places {
		text = strings.Repeat("0", places-len(text)+1) + text
	}
	whole, part := text[:len(text)-places], strings.TrimRight(text[len(text)-places:], "0")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if part != "" {
		whole += "." + part
	}
	if n < 0 {
		return "−" + whole
	}
	return whole
}

// Plot is a kept number in its unit, for charts and spreadsheets: 630 in % is 6.3.
func Plot(n int64, unit string) float64 {
	v := float64(n)
	for range Places(unit) {
		v /= 10
	}
	return v
}

// Places is how many decimals a unit's kept numbers have: ten-thousands four, people none, shares, years and money two.
func Places(unit string) int {
	switch {
	case strings.HasPrefix(unit, "万"):
		return 4
	case strings.HasPrefix(unit, "人"), whole[unit]:
		return 0
	}
	return 2
}

// whole are the units that are counted in whole ones.
var whole = map[string]bool{"": true, "个": true, "家": true, "户": true, "所": true, "次": true, "项": true, "件": true, "名": true, "场": true, "处": true, "期": true}

// Ratio is part/whole in parts of scale, rounded half away from zero.
func Ratio(part, whole, scale int64) (int64, bool) {
	if whole <= 0 {
		return 0, false
	}
	n := part * scale
	return (n + sign(n)*(whole/2)) / whole, true
}

// Cut is part/whole in parts of scale without what is left over: a share that is rounded once, where it is written.
func Cut(part, whole, scale int64) (int64, bool) {
	if whole <= 0 {
		return 0, false
	}
	return part * scale / whole, true
}

func sign(n int64) int64 {
	if n < 0 {
		return -1
	}
	return 1
}
