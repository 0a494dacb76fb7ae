package intake

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"

	"jiuye/internal/ground/clock"
)

// dateForms are the ways in which departments write a day, after Chinese numerals are turned into digits. The last ones
// are those of programs in English.
var dateForms = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "2006年1月2号", "2006年1月2", "20060102", "2006 1 2", "2006､1､2", "2006,1,2", "2006.1.2.",
	"2006-1-2 15:04:05", "2006/1/2 15:04:05", "2006.1.2 15:04:05", "2006/1/2 15:04", "2006-1-2 15:04", "2006.1.2 15:04", "2006-1-2 15:04:05.999", "2006/1/2 15:04:05.999",
	"2006年1月2日 15:04:05", "2006年1月2日 15:04", "2006年1月2日15时04分05秒", "2006年1月2日15时04分", "20060102150405", "200601021504",
	"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05.999Z07:00", "2006-1-2T15:04:05.999",
	"2-Jan-2006", "2 Jan 2006", "Jan 2, 2006", "January 2, 2006", "Mon Jan 2 15:04:05 MST 2006", "2-Jan-2006 15:04:05"}

// firstSerial and lastSerial bound the day numbers of spreadsheets that are taken for days: 1927 to 2099.
const (
	firstSerial = 10000
	lastSerial  = 73050
	unixSerial  = 25569 // 1970-01-01
)

func parseDate(c *Column, s string) (value, string, *flaw) {
	if n, ok := isoDay(s); ok {
		return value{n: n, set: true}, "", nil
	}
	plain := chineseDay(strings.Join(strings.Fields(width.Narrow.String(s)), " "))
	for _, form := range [...]string{plain, strings.ReplaceAll(plain, " ", "")} {
		for _, layout := range dateForms {
			if t, err := time.Parse(layout, form); err == nil && t.Year() >= 1900 && t.Year() <= 2100 {
				return value{n: clock.Date(t.Year(), t.Month(), t.Day()).Unix() / 86400, set: true}, "dateform", nil
			}
		}
	}
	// A day number of a spreadsheet whose column was not set to a date: 36526 is 2000-01-01; behind the point stands the time.
	whole, rest, _ := strings.Cut(plain, ".")
	if n, err := strconv.Atoi(whole); err == nil && len(whole) == 5 && n >= firstSerial && n <= lastSerial && strings.Trim(rest, "0123456789") == "" {
		return value{n: int64(n) - unixSerial, set: true}, "dateform", nil
	}
	return value{}, "", refuse("date", c.Header+"不是日期，或没有这一天。请写成 2025-09-24 的样子")
}

var chineseDigits = map[rune]int{'〇': 0, '零': 0, '○': 0, 'Ｏ': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '元': 1}

// chineseDay turns 二〇二五年九月二十四日 into 2025年9月24日; a text without such numerals stays.
func chineseDay(s string) string {
	if !strings.Contains(s, "年") || !strings.ContainsAny(s, "〇零○一二三四五六七八九十") {
		return s
	}
	var out strings.Builder
	tens, ones := -1, -1
	flush := func() {
		switch {
		case tens >= 0:
			out.WriteString(strconv.Itoa(tens*10 + max(ones, 0)))
		case ones >= 0:
			out.WriteString(strconv.Itoa(ones))
		}
		tens, ones = -1, -1
	}
	for _, r := range s {
		digit, is := chineseDigits[r]
		switch {
		case r == '十':
			tens, ones = max(ones, 1), -1
		case is:
			if ones >= 0 { // digits one by one, as in years
				out.WriteString(strconv.Itoa(ones))
			}
			ones = digit
		default:
			flush()
			out.WriteRune(r)
		}
	}
	flush()
	return out.String()
}
