package pay

import (
	"math"
	"strings"
)

// The amounts a month between which a number without a unit is believed to be for a month, in fen.
const (
	leastMonth = 600_00
	mostMonth  = 50_000_00
	greatest   = 100_000_000_00 // no wage: a number above is an order's or a telephone's
)

// Read reads a text about pay. It never fails: what it cannot read is nothing said, with the doubt.
func Read(text string) Pay {
	line := plain(text)
	p := Pay{Unit: Month, Months: 12, Negotiable: hasAny(line, negotiable), Extra: hasAny(line, extra)}
	line, p.Months = thirteenth(line)
	amounts := scan(line)
	if len(amounts) == 0 {
		if strings.TrimSpace(text) != "" && !p.Negotiable {
			p.Doubt = "没有写金额"
		}
		return p
	}
	low, high := span(line, amounts)
	unit := unitOf(line)
	p.Unit = unit
	if unit == "" {
		p.Unit = Month
	}
	p.Low, p.High = low, high
	top := max(low, high)
	switch {
	case low > high && high > 0:
		p.Low, p.High = high, low
		p.Doubt = "下限大于上限，已对调"
	case unit == "" && top >= mostMonth:
		p.Unit = Year
		p.Doubt = "没有写单位，金额较大，按年薪理解"
	}
	if month, most := p.Month(); p.Unit != Piece && (max(month, most) < leastMonth || top > greatest) {
		return Pay{Unit: Month, Months: p.Months, Negotiable: p.Negotiable, Extra: p.Extra, Doubt: "金额“" + clip(text) + "”看不出单位，请核对"}
	}
	return p
}

func clip(text string) string {
	if r := []rune(strings.TrimSpace(text)); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return strings.TrimSpace(text)
}

// marks are the ways a range, a slash and a point are written.
var marks = strings.NewReplacer("～", "-", "~", "-", "—", "-", "–", "-", "−", "-", "至", "-", "到", "-", "--", "-", "／", "/", "每個", "每",
	"元/", "/", "元-", "-", "块", "元", "￥", "", "¥", "", "rmb", "", "人民币", "", "•", "·", "*", "·", "x", "·", "×", "·", "个月", "月", ",", "", "，", " ", "起薪", "")

// plain is a text in half width and small letters, without blanks within, with one mark for each meaning and digits for Chinese numerals.
func plain(text string) string {
	if len(text) > 400 {
		text = text[:400]
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～' && r != '，' && r != '～':
			r -= 0xfee0
		case r == '　':
			r = ' '
		}
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, text)
	return numerals(marks.Replace(strings.ReplaceAll(text, " ", "")))
}

const digits = "零一二三四五六七八九"

// numerals turns a Chinese digit that stands before 万, 千 or 百 into a figure: 八千到一万 is 8千-1万, 两千五 stays 2千五 and reads as 2千.
func numerals(text string) string {
	rs := []rune(text)
	for i := 0; i+1 < len(rs); i++ {
		if next := rs[i+1]; next != '万' && next != '千' && next != '百' {
			continue
		}
		if rs[i] == '两' {
			rs[i] = '2'
		} else if at := strings.IndexRune(digits, rs[i]); at >= 0 {
			rs[i] = rune('0' + at/len("零"))
		}
	}
	return string(rs)
}

// thirteenth takes 13薪 and ×14 out of a text.
func thirteenth(line string) (rest string, months int) {
	at := strings.Index(line, "薪")
	for at > 0 {
		from := at
		for from > 0 && line[from-1] >= '0' && line[from-1] <= '9' {
			from--
		}
		if n := number(line[from:at]); n >= 12 && n <= 24 {
			return line[:from] + line[at+len("薪"):], int(n)
		}
		next := strings.Index(line[at+1:], "薪")
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return line, 12
}

func number(text string) float64 {
	if text == "" {
		return math.NaN()
	}
	n := 0.0
	for _, c := range text {
		n = n*10 + float64(c-'0')
	}
	return n
}

// amount is a number with its size and what stands about it.
type amount struct {
	value float64 // yuan, with its own size word
	sized bool    // whether it had one
	size  float64
	ends  int // the byte behind it
	from  int
	open  byte // '+': 以上, '-': 以下, 0
}

var sizes = []struct {
	word string
	size float64
}{{"万", 10_000}, {"w", 10_000}, {"千", 1_000}, {"k", 1_000}, {"百", 100}}

var ends = []struct {
	word string
	open byte
}{{"以上", '+'}, {"起", '+'}, {"+", '+'}, {"以下", '-'}, {"以内", '-'}, {"封顶", '-'}, {"元以上", '+'}, {"元起", '+'}, {"元+", '+'}, {"元以下", '-'}, {"元以内", '-'}}

// notPay are what stands behind numbers that are not pay: days of rest, hours a day, ages, people.
var notPay = []string{"岁", "人", "名", "休", "小时", "天班", "号", "险", "金", "点", "班", "周岁", "年以上", "年经验", "%", "层", "楼", "薪", "级", ":"}

// scan finds the amounts of a line in their order.
func scan(line string) []amount {
	var list []amount
	for i := 0; i < len(line); {
		if line[i] < '0' || line[i] > '9' {
			i++
			continue
		}
		from := i
		for i < len(line) && (line[i] >= '0' && line[i] <= '9' || line[i] == '.' && i+1 < len(line) && line[i+1] >= '0' && line[i+1] <= '9') {
			i++
		}
		if a, ok := decimal(line[from:i]); ok {
			one := amount{value: a, size: 1, from: from}
			for _, s := range sizes {
				if strings.HasPrefix(line[i:], s.word) {
					one.value, one.size, one.sized = a*s.size, s.size, true
					i += len(s.word)
					break
				}
			}
			one.ends = i
			rest := line[i:]
			if !one.sized && hasPrefix(rest, notPay) {
				continue
			}
			rest = strings.TrimPrefix(rest, "/月") // 1万/月以上
			for _, e := range ends {
				if strings.HasPrefix(rest, e.word) {
					one.open = e.open
				}
			}
			list = append(list, one)
		}
	}
	return list
}

func hasPrefix(text string, list []string) bool {
	for _, w := range list {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

func decimal(text string) (float64, bool) {
	whole, part, dotted := strings.Cut(text, ".")
	if strings.Contains(part, ".") || len(whole) > 12 || len(part) > 6 {
		return 0, false
	}
	n := number(whole)
	if dotted {
		n += number(part) / math.Pow10(len(part))
	}
	return n, true
}

// span is the range, in fen, that the amounts of a line say: the first two that a dash joins, else the last one, which is what
// stands behind 转正 or 综合.
func span(line string, list []amount) (low, high int64) {
	for i := 0; i+1 < len(list); i++ {
		a, b := list[i], list[i+1]
		if between := line[a.ends:b.from]; len(between) > len("元/月-") || !strings.HasSuffix(between, "-") {
			continue
		}
		if !a.sized && b.sized && a.value*b.size <= b.value { // 1-1.5万, not 500-1万
			a.value *= b.size
		}
		if a.sized && !b.sized && b.value < a.size { // 1万-2
			b.value *= a.size
		}
		if b.open == '+' {
			return fen(a.value), 0
		}
		return fen(a.value), fen(b.value)
	}
	a := list[len(list)-1]
	switch a.open {
	case '+':
		return fen(a.value), 0
	case '-':
		return 0, fen(a.value)
	}
	return fen(a.value), fen(a.value)
}

func fen(yuan float64) int64 { return int64(math.Round(yuan * 100)) }
