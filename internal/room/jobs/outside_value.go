package jobs

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	wages "jiuye/internal/engine/rank/pay"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// half is a text in half width without blanks at its ends.
func half(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - 0xfee0
		case r == '　', r == '\u00a0':
			return ' '
		}
		return r
	}, text))
}

// schoolings are the words of levels of education, the lower level first: 大专及以上 asks for 大专, 中专/高中 for the first it names.
var schoolings = []struct {
	code  int
	words []string
}{
	{0, []string{"不限", "无要求", "不要求", "学历不限", "其他"}}, {80, []string{"小学"}}, {70, []string{"初中"}}, {40, []string{"中专", "中职", "中技", "技校", "职高", "中等职业"}},
	{60, []string{"高中"}}, {30, []string{"大专", "专科", "高职"}}, {20, []string{"本科", "学士"}}, {10, []string{"硕士", "研究生", "博士", "MBA"}},
}

// schoolingOf reads what education is asked for; ok is false for a text that names no level.
func schoolingOf(text string) (code int, ok bool) {
	if text == "" {
		return 0, true
	}
	for _, level := range schoolings {
		for _, w := range level.words {
			if strings.Contains(text, w) {
				return level.code, true
			}
		}
	}
	if n, err := strconv.Atoi(text); err == nil {
		if _, known := person.EducationOf(n); known {
			return n % 90, true
		}
	}
	return 0, false
}

// experienceOf reads what experience is asked for, in months: 3-4年, 1年以下, 5年以上, 经验不限, 在校/应届.
func experienceOf(text string) (months int, ok bool) {
	t := half(text)
	if t == "" {
		return 0, true
	}
	for _, w := range []string{"不限", "无", "应届", "在校", "以下", "以内", "不要求"} {
		if strings.Contains(t, w) {
			return 0, true
		}
	}
	n, rest := leading(t)
	if n < 0 {
		return 0, false
	}
	switch {
	case strings.Contains(rest, "个月"):
	case strings.Contains(rest, "年") || rest == "":
		n *= 12
	default:
		return 0, false
	}
	return min(n, 600), true
}

// leading is the first number of a text and what stands behind it; -1 when there is none.
func leading(text string) (n int, rest string) {
	from := strings.IndexAny(text, "0123456789")
	if from < 0 {
		const digits = "一二三四五六七八九十"
		for i, r := range text {
			if at := strings.IndexRune(digits, r); at >= 0 {
				return at/len("一") + 1, text[i+len(string(r)):]
			}
		}
		return -1, text
	}
	to := from
	for to < len(text) && text[to] >= '0' && text[to] <= '9' && to-from < 7 {
		to++
	}
	n, _ = strconv.Atoi(text[from:to])
	return n, text[to:]
}

// openingsOf reads how many people are wanted: 3, 3人, 招5人, 5-10人 (the lower), 若干 (1, and not sure).
func openingsOf(text string) (n int, sure bool) {
	t := half(text)
	if t == "" {
		return 1, true
	}
	if n, _ = leading(t); n > 0 {
		return min(n, 5000), n <= 5000
	}
	return 1, false
}

// contractMonths reads a contract's length in months; 0 when it says none.
func contractMonths(text string) int {
	t := half(text)
	if strings.Contains(t, "无固定") {
		return person.OpenEnded
	}
	n, rest := leading(t)
	switch {
	case n <= 0:
		return 0
	case strings.Contains(rest, "年"):
		return min(n, 50) * 12
	}
	return min(n, 600)
}

// hourWords are what tables write for kinds of working time.
var hourWords = []struct {
	key   string
	words []string
}{
	{"intern", []string{"实习", "见习"}}, {"part", []string{"兼职", "非全日制", "小时工", "钟点"}}, {"day", []string{"日结", "零工", "临时"}}, {"season", []string{"季节", "短期", "暑期", "寒假"}},
	{"shift", []string{"倒班", "轮班", "两班", "三班", "夜班"}}, {"flexible", []string{"弹性", "不定时", "灵活"}}, {"full", []string{"全职", "全日制", "长白班", "白班", "标准", "社招", "校招", "正式"}},
}

// hoursOf reads a kind of working time; "" when it says none that is known.
func hoursOf(text string) string {
	for _, h := range hourWords {
		for _, w := range h.words {
			if strings.Contains(text, w) {
				return h.key
			}
		}
	}
	return ""
}

// friendlyWords are what tables write for groups that are welcome, beside the groups' own names.
var friendlyWords = map[string][]string{
	"graduate": {"毕业生", "应届"}, "veteran": {"退役", "退伍"}, "disabled": {"残疾", "残障"}, "older": {"大龄", "4050"}, "carer": {"妈妈岗", "宝妈", "带娃"},
	"rural": {"农民工", "农牧民", "转移就业"}, "hardship": {"困难人员", "困难群体"},
}

// friendlyOf reads the groups that are welcome, as keys with blanks between.
func friendlyOf(text string) string {
	var keys []string
	for _, g := range employer.Friendly {
		if strings.Contains(text, g.Zh) || slices.ContainsFunc(friendlyWords[g.Key], func(w string) bool { return strings.Contains(text, w) }) {
			keys = append(keys, g.Key)
		}
	}
	return strings.Join(keys, " ")
}

var (
	wholeDay = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})`)
	partDay  = regexp.MustCompile(`^(\d{1,2})[-/.月](\d{1,2})`)
	compact  = regexp.MustCompile(`^(20\d{2})(\d{2})(\d{2})$`)
	daysAgo  = regexp.MustCompile(`^(\d{1,3})\s*天前`)
)

// dayOf reads a day: 2025-09-01, 2025/9/1, 2025年9月1日, 20250901, 09-24发布, 今天, 昨天, 3天前. A day without a year is the latest one
// that is not behind today.
func dayOf(text string, today time.Time) (time.Time, bool) {
	t := half(text)
	at := func(y, m, d string) (time.Time, bool) {
		year, _ := strconv.Atoi(y)
		month, _ := strconv.Atoi(m)
		day, _ := strconv.Atoi(d)
		v := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		return v, v.Day() == day && int(v.Month()) == month && year > 2000 && year < 2100
	}
	for _, shape := range []*regexp.Regexp{wholeDay, compact} {
		if m := shape.FindStringSubmatch(t); m != nil {
			return at(m[1], m[2], m[3])
		}
	}
	if m := partDay.FindStringSubmatch(t); m != nil {
		v, ok := at(strconv.Itoa(today.Year()), m[1], m[2])
		if ok && v.After(today) {
			v = v.AddDate(-1, 0, 0)
		}
		return v, ok
	}
	if m := daysAgo.FindStringSubmatch(t); m != nil {
		n, _ := strconv.Atoi(m[1])
		return today.AddDate(0, 0, -n), true
	}
	for word, n := range map[string]int{"今天": 0, "今日": 0, "刚刚": 0, "小时前": 0, "分钟前": 0, "昨天": 1, "前天": 2} {
		if strings.Contains(t, word) {
			return today.AddDate(0, 0, -n), true
		}
	}
	return time.Time{}, false
}

// payOf reads pay from a text, or from a lower and an upper figure with their unit.
func payOf(text, low, high, unit string) wages.Pay {
	if text == "" && (low != "" || high != "") {
		switch {
		case low == "" || low == "0":
			text = high
		case high == "" || high == "0":
			text = low
		default:
			text = low + "-" + high
		}
	}
	if unit != "" && text != "" && !strings.Contains(text, "/") {
		text += "/" + strings.TrimPrefix(strings.TrimPrefix(unit, "元"), "/")
	}
	return wages.Read(text)
}

// offer puts what was read of pay into a vacancy.
func offerPay(v *employer.Vacancy, p wages.Pay) {
	low, high := p.Month()
	if high == 0 {
		high = low
	}
	if low == 0 {
		low = high
	}
	v.PayLow, v.PayHigh, v.PayUnit, v.PayMonths = low, high, string(p.Unit), 0
	if p.Unit == wages.Month {
		v.PayUnit = ""
	}
	if p.Months != 12 {
		v.PayMonths = p.Months
	}
}
