package search

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

const amount = `(\d{1,6}(?:\.\d{1,2})?)(k|千|万|w)?元?`

// payForms are the ways in which people write the pay they want, a month.
var payForms = []struct {
	form *regexp.Regexp
	of   func(a, b int64) (from, to int64)
}{
	{regexp.MustCompile(`^` + amount + `(?:-|~|到|至|—|–)` + amount + `$`), func(a, b int64) (int64, int64) { return a, b }},
	{regexp.MustCompile(`^` + amount + `(?:以上|起|往上|\+|多)$`), func(a, _ int64) (int64, int64) { return a, 0 }},
	{regexp.MustCompile(`^(?:不低于|不少于|至少|高于|大于)` + amount + `$`), func(a, _ int64) (int64, int64) { return a, 0 }},
	{regexp.MustCompile(`^` + amount + `(?:以下|以内|封顶)$`), func(a, _ int64) (int64, int64) { return 0, a }},
	{regexp.MustCompile(`^` + amount + `$`), func(a, _ int64) (int64, int64) { return a, 0 }},
}

// around is what may stand round a sum without changing it.
var around = regexp.MustCompile(`^(?:月薪|月工资|工资|薪资|薪水|待遇|收入)|(?:元?/月|每月|一个月)$`)

// readPay reads pay from a word: 5000以上, 8k, 1.5万, 5000-8000, 月薪6千.
func readPay(text string) (f Filter, said string, ok bool) {
	s := strings.Map(func(r rune) rune {
		if r == ',' {
			return -1
		}
		return fold(r)
	}, text)
	if !strings.ContainsAny(s, "0123456789") {
		return Filter{}, "", false
	}
	bareNumber := around.ReplaceAllString(s, "")
	for _, p := range payForms {
		m := p.form.FindStringSubmatch(bareNumber)
		if m == nil {
			continue
		}
		var a, b int64
		if len(m) > 3 {
			if m[2] == "" {
				m[2] = m[4] // 5-8k
			}
			b = fen(m[3], m[4])
		}
		a = fen(m[1], m[2])
		if m[2] == "" && len(m) == 3 && a%10000 != 0 {
			return Filter{}, "", false // 2025 is a year
		}
		if f.PayFrom, f.PayTo = p.of(a, b); max(f.PayFrom, f.PayTo) < 100000 || f.PayTo > 0 && f.PayTo < f.PayFrom {
			return Filter{}, "", false // not what anybody earns in a month
		}
		return f, payName(f), true
	}
	return Filter{}, "", false
}

func fen(number, unit string) int64 {
	n, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return 0
	}
	switch unit {
	case "k", "千":
		n *= 1000
	case "万", "w":
		n *= 10000
	}
	return int64(n*100 + 0.5)
}

func payName(f Filter) string {
	switch {
	case f.PayTo == 0:
		return fmt.Sprintf("月薪 %d 元以上", f.PayFrom/100)
	case f.PayFrom == 0:
		return fmt.Sprintf("月薪 %d 元以下", f.PayTo/100)
	}
	return fmt.Sprintf("月薪 %d 至 %d 元", f.PayFrom/100, f.PayTo/100)
}
