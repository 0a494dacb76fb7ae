package jobs

import (
	"strings"
	"unicode/utf8"
)

// suspicious are words without one of which nothing in an advert is unlawful: most adverts have none, and need not be read closely.
var suspicious = triggersOf("男 女 婚 孕 未育 已育 生育 族 信教 宗教 残疾 乙肝 两对半 三阳 HBV hbv 艾滋 传染病 户口 户籍 本地 当地 本旗 本市 本盟 本县 外地 外省 外来 农村 农民 岁 0后 ０后 年龄 年轻 " +
	"属鼠 属牛 属虎 属兔 属龙 属蛇 属马 属羊 属猴 属鸡 属狗 属猪 属相 生肖 星座 血型 白羊 金牛 双子 巨蟹 狮子 天秤 天蝎 射手 摩羯 水瓶 双鱼")

// triggers finds whether one of many words stands in a text, in one pass.
type triggers struct {
	first [1 << 10]uint64 // characters that begin a word
	words map[rune][]string
}

func triggersOf(list string) *triggers {
	t := &triggers{words: map[rune][]string{}}
	for _, w := range strings.Fields(list) {
		r, _ := utf8.DecodeRuneInString(w)
		t.first[r>>6] |= 1 << (r & 63)
		t.words[r] = append(t.words[r], w)
	}
	return t
}

func (t *triggers) in(text string) bool {
	for i, r := range text {
		if r >= 1<<16 || t.first[r>>6]&(1<<(r&63)) == 0 {
			continue
		}
		for _, w := range t.words[r] {
			if strings.HasPrefix(text[i:], w) {
				return true
			}
		}
	}
	return false
}

// unlawfulWords is what an advert must not say, in one sentence; "" for nothing. Only sentences with a suspicious word are read closely.
func unlawfulWords(parts ...string) string {
	var list []string
	for _, text := range parts {
		if !suspicious.in(text) {
			continue
		}
		for sentence := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '。' || r == '；' || r == ';' || r == '\n' }) {
			if !suspicious.in(sentence) {
				continue
			}
			for _, o := range Objections(sentence) {
				list = append(list, "“"+o.Phrase+"”（"+o.Law+"）")
			}
		}
	}
	return strings.Join(list, "、")
}
