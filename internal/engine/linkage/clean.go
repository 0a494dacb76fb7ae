package linkage

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// nothing are the words that people and systems write where there is no value.
var nothing = func() map[string]bool {
	words := map[string]bool{}
	for w := range strings.FieldsSeq("无 没有 暂无 不详 未知 不知道 空 未填 无此项 none null nil nan n/a na unknown missing #n/a - -- — —— / \\ . 。 ? * 0000-00-00") {
		words[w] = true
	}
	return words
}()

// plain is the text in NFKC without blanks at its ends; "" for a word that means nothing.
func plain(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= 128 {
			ascii = false
			break
		}
	}
	if !ascii {
		s = norm.NFKC.String(strings.ToValidUTF8(s, "□"))
	}
	s = strings.TrimSpace(strings.Trim(s, "\ufeff\u200b\u200e\u200f\u202a\u202c'`"))
	if nothing[s] || nothing[strings.ToLower(s)] {
		return ""
	}
	return s
}

// valid makes the result of a clean that has nothing to object to.
func valid(text string) (string, Mark) {
	if text == "" {
		return "", Mark{}
	}
	return text, fine
}

// cleanText lowers letters and leaves only letters, digits and single blanks.
func cleanText(raw string) (string, Mark) {
	s := strings.ToLower(plain(raw))
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		if r == '\'' || r == '’' {
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '□' {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
	}
	out := b.String()
	if nothing[out] {
		out = ""
	}
	return valid(out)
}

// cleanName is cleanText for names in Latin letters, with accents taken away.
func cleanName(raw string) (string, Mark) {
	s := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(raw))
	s, m := cleanText(s)
	if m.Status == Valid && strings.ContainsFunc(s, unicode.IsDigit) {
		m = Mark{Suspicious, "name.digit"}
	}
	return s, m
}

// tidy reports whether a text of at least three characters needs no cleaning: Chinese characters in their usual form, digits,
// small letters and hyphens.
func tidy(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && (r < 'a' || r > 'z') && r != '-' && (r < 0x4E00 || r > 0x9FFF || foldTable[r-0x4E00] != 0) {
			return false
		}
	}
	return len(s) >= 9
}

// cleanEmployer writes an employer's name without blanks and with brackets of one kind.
func cleanEmployer(raw string) (string, Mark) {
	if tidy(raw) && !nothing[raw] {
		return raw, fine
	}
	s := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case strings.ContainsRune("[{【〔", r):
			return '('
		case strings.ContainsRune("]}】〕", r):
			return ')'
		}
		return fold(unicode.ToLower(r))
	}, plain(raw))
	if nothing[s] {
		s = ""
	}
	return valid(s)
}

// legalForms and offices are what stands in an employer's name without telling it from others.
var legalForms = []string{"有限责任公司", "股份有限公司", "有限公司", "集团公司", "总公司", "分公司", "公司", "(有限合伙)", "(普通合伙)", "(个体工商户)", "(集团)",
	"农民专业合作社", "农牧民专业合作社", "专业合作社", "合作社", "经营部", "服务部", "门市部", "集团", "商行", "有限"}

// shopForms are legal forms at the end of a name only.
var shopForms = []string{"商店", "店", "中心", "厂", "部"}

var places = []string{"内蒙古自治区", "内蒙古", "自治区", "阿拉善盟", "呼和浩特市", "包头市", "乌海市", "赤峰市", "通辽市", "鄂尔多斯市", "呼伦贝尔市", "巴彦淖尔市", "乌兰察布市", "兴安盟", "锡林郭勒盟"}

// bannerPrefix is the name of a banner, county or district before an employer's own.
var bannerPrefix = regexp.MustCompile(`^\p{Han}{2,6}?(左旗|右旗|中旗|前旗|后旗|旗|县|区|市)`)

// core is what is left of an employer's name without places and legal forms, or of any text without blanks.
func core(s string) string {
	s = strings.ReplaceAll(s, " ", "")
	if len(s) == 0 || s[0] < 128 && s[0] != '(' {
		return s
	}
	out := s
	if strings.HasPrefix(out, "(") { // (赤峰市)安康商贸
		out = strings.Replace(strings.TrimPrefix(out, "("), ")", "", 1)
	}
	for _, p := range places {
		out = strings.TrimPrefix(out, p)
	}
	if at := bannerPrefix.FindString(out); at != "" && len(out)-len(at) >= 6 {
		out = out[len(at):]
	}
	for _, f := range legalForms {
		out = strings.Replace(out, f, "", 1)
	}
	for _, f := range shopForms {
		out = strings.TrimSuffix(out, f)
	}
	out = strings.ReplaceAll(strings.ReplaceAll(out, "(", ""), ")", "")
	if len(out) < 6 { // nothing but place and form
		return s
	}
	return out
}
