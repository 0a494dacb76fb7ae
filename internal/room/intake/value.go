package intake

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// value is what a cell says: a text, and a number by which values of one type compare (days, months, fen, pieces).
type value struct {
	text string
	n    int64
	set  bool // something was written, or there is a default
}

// day reads the value of a date.
func (v value) day() db.Date {
	if !v.set {
		return db.Date{}
	}
	return db.Date{Time: time.Unix(v.n*86400, 0).UTC()}
}

// flaw says why a cell cannot be taken.
type flaw struct {
	code   string // stable, for counting
	column string // head, "" for the row as a whole
	shown  string // what was written, with numbers and names of people masked
	text   string // where, why, how to mend it
}

// reminder says what was mended in a cell.
type reminder struct {
	code   string
	column string
}

// parser reads a cell that is not empty, has no blanks around and no apostrophe in front. mended is the code of a
// reminder when the writing was unusual.
type parser func(c *Column, s string) (v value, mended string, bad *flaw)

var parsers = map[string]parser{
	"text":       parseText,
	"name":       parseName,
	"idnumber":   parseID,
	"anyid":      parseAnyID,
	"creditcode": parseCredit,
	"phone":      parsePhone,
	"tel":        parseTel,
	"date":       parseDate,
	"month":      parseMonth,
	"year":       parseYear,
	"int":        parseInt,
	"money":      parseMoney,
	"bool":       parseChoice,
	"choice":     parseChoice,
	"area":       parseArea,
	"anyarea":    parseAnyArea,
}

// blanks are what spreadsheets leave around a cell's text.
const blanks = " \t\r\n\u00a0\u3000\u200b\ufeff"

// tidy takes away blanks around a cell and the apostrophe that spreadsheets put before text.
func tidy(s string) (out, mended string) {
	out = strings.Trim(s, blanks)
	if len(out) != len(s) {
		mended = "blanks"
	}
	if len(out) > 3 && strings.HasPrefix(out, `="`) && out[len(out)-1] == '"' { // so that a spreadsheet shows 18 digits
		out, mended = out[2:len(out)-1], "formula"
	}
	if len(out) > 1 && (out[0] == '\'' || out[0] == '`' || strings.HasPrefix(out, "‘") || strings.HasPrefix(out, "’")) {
		_, size := utf8.DecodeRuneInString(out)
		out, mended = out[size:], "apostrophe"
	}
	return out, mended
}

// half is a text in half width, without blanks inside.
func half(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] == ' ' {
			return strings.NewReplacer(" ", "", "\u00a0", "", "\t", "").Replace(width.Narrow.String(s))
		}
	}
	return s
}

func refuse(code, text string) *flaw { return &flaw{code: code, text: text} }

func parseText(c *Column, s string) (value, string, *flaw) {
	if n := utf8.RuneCountInString(s); n > c.Max {
		return value{}, "", refuse("long", c.Header+"最多 "+strconv.Itoa(c.Max)+" 字，写了 "+strconv.Itoa(n)+" 字，请改短")
	}
	if strings.ContainsAny(s, "\r\n\t\x00") {
		return value{text: strings.Join(strings.Fields(strings.ReplaceAll(s, "\x00", "")), " "), set: true}, "blanks", nil
	}
	return value{text: s, set: true}, "", nil
}

// points are the marks that stand for the point between the parts of a name (GB/T 15834: U+00B7).
const points = "•・．.‧∙ᐧ･"

// parseName takes a person's name, without the blanks that fill up two-character names in print, and with one sort of point.
func parseName(c *Column, s string) (value, string, *flaw) {
	out := s
	if strings.ContainsAny(s, points+blanks) || strings.ContainsFunc(s, func(r rune) bool { return r >= '！' && r <= '～' }) {
		out = strings.Map(func(r rune) rune {
			switch {
			case strings.ContainsRune(points, r):
				return '·'
			case strings.ContainsRune(blanks, r):
				return -1
			}
			return r
		}, width.Narrow.String(s))
	}
	v, _, bad := parseText(c, out)
	if person.NameKey(v.text) == "" && bad == nil {
		bad = refuse("name", c.Header+"里没有字，请补填")
	}
	if at := strings.IndexFunc(v.text, notInName); at >= 0 && bad == nil {
		r, _ := utf8.DecodeRuneInString(v.text[at:])
		bad = refuse("namemark", c.Header+"里有不是姓名的字符“"+visible(r)+"”，姓名只写文字和间隔号“·”，请按证件改正")
	}
	if out != s {
		return v, "nameform", bad
	}
	return v, "", bad
}

// notInName reports whether a character cannot stand in a name: a masked one (王＊), a lost one (王?), or somebody's program.
// Rare characters that have no code yet come in the private use area (Co).
func notInName(r rune) bool {
	return !unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Co) && !strings.ContainsRune("·-'() 〇", r)
}

// visible is a character as it can be read: those that show nothing by their number.
func visible(r rune) string {
	if unicode.IsPrint(r) {
		return string(r)
	}
	return fmt.Sprintf("%U", r)
}

func parseID(c *Column, s string) (value, string, *flaw) {
	if hashedID(s) {
		return value{}, "", refuse("id.hashed", c.Header+"是加密后的证件号，不能与实名库比对。请提供明文证件号，或联系提供单位改用双方约定的交换方式")
	}
	id, err := identity.ParseIDNumber(s)
	if err != nil {
		return value{}, "", codeFlaw("id.", err)
	}
	mended := ""
	switch {
	case id.From15:
		mended = "id15"
	case id.Number != s:
		mended = "idform"
	}
	return value{text: id.Number, n: id.Birth.Unix() / 86400, set: true}, mended, nil
}

func codeFlaw(prefix string, err error) *flaw {
	if e, ok := err.(*identity.CodeError); ok { // the package promises this type
		return refuse(prefix+e.Code, e.Zh)
	}
	return refuse(prefix+"bad", err.Error())
}

func parseCredit(_ *Column, s string) (value, string, *flaw) {
	code, err := identity.ParseCreditCode(s)
	if err != nil {
		return value{}, "", codeFlaw("credit.", err)
	}
	mended := ""
	if code.Code != s {
		mended = "creditform"
	}
	return value{text: code.Code, set: true}, mended, nil
}

func parsePhone(_ *Column, s string) (value, string, *flaw) {
	phone, err := identity.ParsePhone(s)
	if err != nil {
		return value{}, "", codeFlaw("phone.", err)
	}
	mended := ""
	if phone != s {
		mended = "phoneform"
	}
	return value{text: phone, set: true}, mended, nil
}

// parseTel takes an employer's telephone, which may be a landline.
func parseTel(c *Column, s string) (value, string, *flaw) {
	digits := 0
	s = half(s)
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("-+()", r):
			return value{}, "", refuse("tel", c.Header+"只能有数字、横线和括号，写的是“"+s+"”")
		}
	}
	if digits < 7 || digits > 16 {
		return value{}, "", refuse("tel", c.Header+"应为 7 至 16 位数字，写了 "+strconv.Itoa(digits)+" 位")
	}
	return value{text: s, set: true}, "", nil
}

// isoDay reads 2006-01-02 without allocating; false when it is anything else.
func isoDay(s string) (int64, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, false
	}
	y, ok1 := number(s[:4])
	m, ok2 := number(s[5:7])
	d, ok3 := number(s[8:])
	if !ok1 || !ok2 || !ok3 || y < 1900 || y > 2100 || m < 1 || m > 12 || d < 1 {
		return 0, false
	}
	t := clock.Date(y, time.Month(m), d)
	return t.Unix() / 86400, t.Day() == d
}

func number(s string) (n int, ok bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, len(s) > 0 && len(s) < 10
}

func parseMonth(c *Column, s string) (value, string, *flaw) {
	mended := ""
	if len(s) != 6 {
		mended = "dateform"
		s = strings.NewReplacer("年", "-", "月", "", "/", "-", ".", "-").Replace(width.Narrow.String(s))
		y, m, found := strings.Cut(s, "-")
		if m, _, _ = strings.Cut(m, "-"); found && len(m) <= 2 { // a whole date counts as its month
			s = y + strings.Repeat("0", 2-len(m)) + m
		}
	}
	n, ok := number(s)
	if !ok || len(s) != 6 || n/100 < 1950 || n/100 > 2100 || n%100 < 1 || n%100 > 12 {
		return value{}, "", refuse("month", c.Header+"不是年月，请写成 202509 的样子")
	}
	return value{n: int64(n), set: true}, mended, nil
}

func parseYear(c *Column, s string) (value, string, *flaw) {
	plain := strings.TrimSuffix(strings.TrimSuffix(half(s), "年"), "年度")
	mended := ""
	if len(plain) > 4 && (plain[4] == '-' || plain[4] == '/' || plain[4] == '.') {
		plain, mended = plain[:4], "dateform"
	}
	if n, ok := number(plain); ok && n >= 1950 && n <= 2100 {
		return value{n: int64(n), set: true}, mended, nil
	}
	return value{}, "", refuse("year", c.Header+"不是年份，请写成 2020 的样子")
}

func parseInt(c *Column, s string) (value, string, *flaw) {
	if code, ok := c.Choice[s]; ok {
		s = code
	}
	plain := strings.TrimRight(strings.ReplaceAll(half(s), ",", ""), "人个月课时")
	plain = strings.TrimSuffix(plain, ".0")
	if n, ok := number(plain); ok {
		return value{n: int64(n), set: true}, "", nil
	}
	return value{}, "", refuse("int", c.Header+"应为不小于 0 的整数")
}

func parseMoney(c *Column, s string) (value, string, *flaw) {
	plain := strings.TrimRight(strings.NewReplacer(",", "", "，", "", "￥", "", "¥", "").Replace(half(s)), "元")
	yuan, cents, _ := strings.Cut(plain, ".")
	n, ok := number(yuan)
	f, ok2 := number((cents + "00")[:2])
	if !ok || !ok2 || len(cents) > 2 && strings.Trim(cents[2:], "0") != "" {
		return value{}, "", refuse("money", c.Header+"应为金额（元），最多两位小数")
	}
	return value{n: int64(n)*100 + int64(f), set: true}, "", nil
}

func parseChoice(c *Column, s string) (value, string, *flaw) {
	code, ok := c.Choice[s]
	mended := ""
	if !ok {
		plain := half(s)
		if code, ok = c.Choice[plain]; !ok && c.Suffix != "" {
			code, ok = c.Choice[strings.TrimSuffix(plain, c.Suffix)]
		}
		if plain != s {
			mended = "width"
		}
	}
	if !ok {
		return value{}, "", refuse("choice", c.Header+"没有“"+clip(s)+"”这一项，可以写："+c.options())
	}
	n, _ := number(code) // codes that are words have no number
	return value{text: code, n: int64(n), set: true}, mended, nil
}

// clip shortens what was written for a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}
