package rule

import (
	"fmt"
	"regexp"
	"strings"
)

// signs are the signs of formulas as people write them.
var signs = strings.NewReplacer(" * ", " × ", " / ", " ÷ ", `("`, "（", `")`, "）", "* ", "× ")

var ofTwo = regexp.MustCompile(`最(早|晚)[(（]([^(),，（）]+)[,，] *([^(),，（）]+)[)）]`)

// plainDay is a day as a schedule writes it, with the earlier or the later of two days said in words.
func plainDay(text string) string {
	return ofTwo.ReplaceAllString(text, "${2}和 ${3} 中较${1}的一天")
}

// Pays is how the amount is worked out and paid, in words: the formula where it is one, and the months of a schedule (发放).
// Both are "" where the policy states a plain amount, or none. Names of fields stay as the policy writes them.
func (p *Policy) Pays() Word {
	var zh, en []string
	monthly := p.schedule != nil
	if f := p.amount; f != nil && p.Amount.Fen == 0 && f.act != actLiteral {
		how := signs.Replace(p.Amount.How)
		zh = append(zh, either(monthly, "每月金额 = ", "金额 = ")+how)
		en = append(en, either(monthly, "Amount a month = ", "Amount = ")+how)
	}
	if s := p.schedule; monthly {
		span, spanEn := "从"+plainDay(s.fromText)+"起", "from "+s.fromText
		if s.toText != "" {
			span, spanEn = span+"，到"+plainDay(s.toText)+"止", spanEn+" to "+s.toText
		}
		if s.longest > 0 {
			span, spanEn = span+fmt.Sprintf("，最长 %d 个月", s.longest), spanEn+fmt.Sprintf(", %d months at most", s.longest)
		}
		zh = append(zh, "按月发放，"+span+either(s.partly, "，不满一个月的计一个月", "，不满一个月的不计"))
		en = append(en, "Paid by month "+spanEn+either(s.partly, "; a month that has begun counts", "; only whole months count"))
		for _, st := range s.stages {
			zh = append(zh, fmt.Sprintf("发满 %d 个月后，每月 %s", st.after, signs.Replace(st.text)))
			en = append(en, fmt.Sprintf("After %d months: %s a month", st.after, signs.Replace(st.text)))
		}
	}
	return Word{strings.Join(zh, "。"), strings.Join(en, ". ")}
}
