package rule

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// unread is the number of a value that could not be read as what its field is.
const unread = math.MinInt64

// Written keeps with a value how it was written, for fields that are Guessed: a rule may take them for something else.
func Written(v Value, text string) Value { return Value{n: v.n, s: text} }

// Unread is a value of a guessed field that is not what the field's other values are: it is only text.
func Unread(text string) Value { return Value{n: unread, s: text} }

// ReadYesNo reads a bool as people write it in files.
func ReadYesNo(text string) (v, is bool) {
	switch strings.ToLower(text) {
	case "是", "有", "true", "yes", "y", "1", "真":
		return true, true
	case "否", "无", "false", "no", "n", "0", "没有", "假":
		return false, true
	}
	return false, false
}

var numberText = regexp.MustCompile(`^[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d{1,2})?$`)

// ReadNumber reads a number as people write it in files: 1234.5, 1,234.5, 12%, full-width digits. What begins with a zero,
// 0123, is a code.
func ReadNumber(text string) (Value, bool) {
	simple := len(text) < 12
	for i := 0; i < len(text) && simple; i++ {
		simple = text[i] >= '0' && text[i] <= '9'
	}
	if simple && text != "" && (text[0] != '0' || len(text) == 1) { // most are
		n, _ := strconv.ParseInt(text, 10, 64)
		return Int(n), true
	}
	text = strings.TrimSpace(half(text))
	rest, percent := strings.CutSuffix(text, "%")
	rest = strings.TrimSpace(rest)
	if !numberText.MatchString(rest) {
		return Value{}, false
	}
	rest = strings.TrimPrefix(strings.ReplaceAll(rest, ",", ""), "+")
	if digits := strings.TrimPrefix(rest, "-"); len(digits) > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9' {
		return Value{}, false
	}
	v, err := strconv.ParseFloat(rest, 64)
	if percent {
		v /= 100
	}
	if err != nil || math.Abs(v) > math.MaxInt64/Scale/2 {
		return Value{}, false
	}
	return Value{n: int64(math.Round(v * Scale))}, true
}

// ReadDay reads a calendar day as people write it in files: 2025-09-01, 2025/9/1, 2025.9.1, 2025年9月1日, 20250901, with or without
// a time behind it; a month, 2025-09 or 2025年9月, is its first day.
func ReadDay(text string) (Day, bool) {
	if len(text) < 6 || text[0] < '0' || text[0] > '9' {
		return 0, false
	}
	d, rest, ok := readDate(text)
	return d, ok && (rest == "" || rest[0] == ' ' || rest[0] == 'T')
}

var (
	compactDay = regexp.MustCompile(`^((?:19|20|21)\d\d)(\d\d)(\d\d)`)
	monthText  = regexp.MustCompile(`^((?:19|20|21)\d\d)(?:[-/.](\d{1,2})|年(\d{1,2})月)`)
)

// readDate is readDay where nothing but a date can stand: also 20250901, 2025-09.
func readDate(s string) (d Day, rest string, ok bool) {
	if d, rest, ok = readDay(s); ok {
		return d, rest, ok
	}
	m, day := compactDay.FindStringSubmatch(s), "1"
	if m != nil {
		day = m[3]
	} else if m = monthText.FindStringSubmatch(s); m != nil {
		m[2] += m[3]
	}
	if m == nil || len(s) > len(m[0]) && strings.ContainsRune("0123456789-/.", rune(s[len(m[0])])) {
		return 0, s, false
	}
	d, ok = dayOf(m[1], m[2], day)
	return d, s[len(m[0]):], ok
}

// as takes a value of a guessed field for another kind; ok is false where it cannot be read so.
func (f *Field) as(v Value, t Type) (_ Value, ok bool) {
	switch {
	case !f.Guessed || f.Type == Choice || t == Text:
		return v, true
	case t == f.Type:
		return v, v.n != unread
	case t == Number:
		n, ok := ReadNumber(v.s)
		if yes, is := ReadYesNo(v.s); !ok && is {
			n, ok = Value{n: Yes(yes).n * Scale}, true
		}
		return Written(n, v.s), ok
	case t == Date:
		d, ok := ReadDay(v.s)
		return Written(On(d), v.s), ok
	}
	b, ok := ReadYesNo(v.s)
	return Written(Yes(b), v.s), ok
}
