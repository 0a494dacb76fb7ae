package duplicate

import (
	"regexp"
	"strings"
	"unicode"
)

// Advert is what is compared.
type Advert struct {
	ID        int64
	Employer  string // as written
	Title     string
	Code      string // occupation; "" not coded
	Area      string // 4 to 12 digits
	Low, High int64  // fen a month; both 0: not said
	Contact   string
	Body      string
	Source    string // who brought it; "" the employer itself
	Standing  int    // who leads a group: the highest, then the lowest ID
}

var (
	bracketed = regexp.MustCompile(`[（(【\[][^）)】\]]*[）)】\]]`)
	phones    = regexp.MustCompile(`1[3-9]\d{9}|0\d{2,3}-?\d{7,8}`)
)

// noise are words of titles that say nothing about the work.
var noise = strings.NewReplacer("急招", "", "急聘", "", "诚聘", "", "高薪", "", "招聘", "", "直招", "", "包吃住", "", "包吃包住", "", "五险一金", "", "双休", "", "长白班", "", "可日结", "", "若干名", "", "岗位", "", "人员", "员", "师傅", "工")

// titleKey is a title without ornament.
func titleKey(title string) string {
	key := letters(noise.Replace(bracketed.ReplaceAllString(title, "")), false)
	if key == "" {
		key = letters(title, false)
	}
	return key
}

// forms are what units' names end in and begin with without being told apart by it.
var forms = strings.NewReplacer("有限责任公司", "", "股份有限公司", "", "有限公司", "", "集团", "", "分公司", "", "公司", "", "内蒙古自治区", "", "内蒙古", "", "个体工商户", "", "（个体）", "")

// unitKey is a unit's name without its legal form. Its figures stay: 第二中学 and 第3中学 are two.
func unitKey(name string) string {
	key := letters(forms.Replace(name), true)
	if len([]rune(key)) < 2 {
		key = letters(name, true)
	}
	return key
}

// letters keeps letters, small and in half width, and figures if these are wanted: in titles they are numbers of people and pay.
func letters(text string, figures bool) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= 0xfee0
		}
		if !unicode.IsLetter(r) && !(figures && unicode.IsDigit(r)) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// phone is the first telephone number of a text.
func phone(text string) string { return strings.ReplaceAll(phones.FindString(text), "-", "") }
