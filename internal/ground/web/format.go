package web

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/lang"
)

// The functions below take what templates have at hand (any width of integer, time.Time or text) and leave the writing
// to package lang.

// day takes a date as time.Time or as text "2006-01-02".
func day(v any) (time.Time, bool) {
	switch d := v.(type) {
	case time.Time:
		return d, !d.IsZero()
	case string:
		t, err := time.Parse(time.DateOnly, d)
		return t, err == nil
	}
	return time.Time{}, false
}

// whole takes any integer; nil and anything else is none.
func whole(v any) (int64, bool) {
	switch n := v.(type) {
	case int:
		return int64(n), true
	case int32:
		return int64(n), true
	case int64:
		return n, true
	case *int64:
		if n != nil {
			return *n, true
		}
	}
	return 0, false
}

// date writes a day in running text: 2025年9月24日; — when there is none.
func date(language string, v any) string {
	d, _ := day(v)
	return lang.Date(language, d)
}

// dateShort leaves the year out: 9月24日, 24 Sep.
func dateShort(language string, v any) string {
	d, ok := day(v)
	switch {
	case !ok:
		return lang.None
	case language == lang.English:
		return d.Format("2 Jan")
	}
	return d.Format("1月2日")
}

// iso writes a day for tables and for datetime attributes: 2025-09-24.
func iso(v any) string {
	d, _ := day(v)
	return lang.DateShort(d)
}

// dateTime writes an instant (time.Time, or int64 unix milliseconds) in legal time: 2025-09-24 10:31.
func dateTime(v any) string {
	t, ok := v.(time.Time)
	if ms, is := v.(int64); is && ms != 0 {
		t, ok = time.UnixMilli(ms), true
	}
	if !ok || t.IsZero() {
		return lang.None
	}
	return t.In(clock.Zone).Format("2006-01-02 15:04")
}

// number writes an integer with thousands separators: 12,286. A float keeps one decimal.
func number(v any) string {
	if f, ok := v.(float64); ok {
		text := strconv.FormatFloat(f, 'f', 1, 64)
		before, after, _ := strings.Cut(text, ".")
		n, err := strconv.ParseInt(before, 10, 64)
		if err != nil {
			return lang.None
		}
		if after == "0" {
			return minus(lang.Int(n))
		}
		if n == 0 && f < 0 {
			return "−0." + after
		}
		return minus(lang.Int(n)) + "." + after
	}
	n, ok := whole(v)
	if !ok {
		return lang.None
	}
	return minus(lang.Int(n))
}

// minus puts the typographic minus sign in place of the hyphen.
func minus(s string) string {
	if strings.HasPrefix(s, "-") {
		return "−" + s[1:]
	}
	return s
}

// signed writes a difference with its sign: +3.7, −1.6, 0.
func signed(v any) string {
	s, written := v.(string)
	if !written {
		s = number(v)
	}
	if s == lang.None || s == "0" || strings.HasPrefix(s, "−") {
		return s
	}
	return "+" + s
}

// money writes an amount of fen in yuan: 3,200 or 3,200.50.
func money(v any) string {
	n, ok := whole(v)
	if !ok {
		return lang.None
	}
	return minus(lang.Fen(n))
}

// percent writes a rate in ten-thousandths: 9830 is 98.3%, 329 is 3.29%.
func percent(v any) string {
	n, ok := whole(v)
	if !ok {
		return lang.None
	}
	return minus(lang.Percent(n))
}

// points writes a difference of two rates in ten-thousandths as percentage points: 370 is +3.7, -1570 is −15.7.
func points(v any) string {
	n, ok := whole(v)
	if !ok {
		return lang.None
	}
	return signed(strings.TrimSuffix(percent(n), "%"))
}

// Yuan is an amount of fen as it stands in an input: 3200.50. It is what Form.Fen reads.
func Yuan(fen int64) string { return strings.ReplaceAll(lang.Fen(fen), ",", "") }

// MaskID shows an ID number as 1529**********1234; a shorter text is hidden altogether.
func MaskID(s string) string {
	if len(s) < 15 {
		return mask(s, 0, 0)
	}
	return mask(s, 4, 4)
}

// MaskPhone shows a telephone number as 138****5678.
func MaskPhone(s string) string {
	if len(s) < 8 {
		return mask(s, 0, 0)
	}
	return mask(s, 3, 4)
}

func mask(s string, head, tail int) string {
	r := []rune(s)
	if len(r) == 0 {
		return lang.None
	}
	return string(r[:head]) + strings.Repeat("*", max(0, len(r)-head-tail)) + string(r[max(head, len(r)-tail):])
}

// MaskName shows a name in lists as its first character and two stars, whatever its length: 苏＊＊.
func MaskName(s string) string {
	for _, r := range s {
		return string(r) + "＊＊"
	}
	return lang.None
}

// Size writes a number of bytes for people: 1.5 MB.
func Size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return strings.Replace(fmt.Sprintf("%.1f MB", float64(n)/(1<<20)), ".0 ", " ", 1)
	case n >= 1<<10:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d B", n)
}
