package plandoc

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// duty is who answers for a task.
type duty struct {
	lead  []string
	units []string
}

// The words of a label before units: 牵头责任单位, 责任（配合）部门, 责任单位及责任人, 完成时限.
const (
	dutyRole = `数据提供|牵头|主办|主责|主管|责任|落实|负责|承办|实施|配合|协办|协同|协作|协助|参与|参加|监督|督办|督导|分管|完成|时间|时限|期限|进度`
	remark   = `(?:注：)?(?:(?:均?列|排)[在于]?(?:第一位|首位|最前)|第一个|以下(?:均|任务|各项)|下同|不再(?:列出|重复)|逐项|加\*)`
	dutyNoun = `单位|部门|主体|处室|科室|股室|机构|地区|领导|人员|人|要求|节点|安排|时限|时间|期限`
)

var (
	// A bracket naming units: （责任单位：…）, ［牵头单位：…；配合单位：…］, 【…】, or only units （自治区教育厅、财政厅等）.
	dutyBracket = regexp.MustCompile(`[（(\[【［〔]([^（）()【】［］〔〕]*(?:[（(〔][^（）()〔〕]{0,24}[）)〕][^（）()【】［］〔〕]*)*)[）)\]】］〕][。.；;]?`)
	dutyLabel   = regexp.MustCompile(`((?:` + dutyRole + `)+(?:[（(](?:` + dutyRole + `)+[）)])?(?:` + dutyNoun + `)*(?:[及和、/](?:` + dutyRole + `|` + dutyNoun + `)+)?)\s*[:：]\s*`)
	dutyLine    = regexp.MustCompile(`^[（(【\[［]?\s*(?:` + dutyRole + `)+(?:[（(](?:` + dutyRole + `)+[）)])?(?:` + dutyNoun + `)*(?:[及和、/](?:` + dutyRole + `|` + dutyNoun + `)+)?\s*[:：]`)
	// Remarks on the order of units, in a bracket or behind the units: 列第一位的为牵头单位，下同.
	orderRemark  = regexp.MustCompile(remark + `.*$`)
	orderBracket = regexp.MustCompile(`[（(]` + remark + `[^（()）]*[）)]`)
	leadLabel    = regexp.MustCompile(`牵头|主办|主责|主管`)
	whenLabel    = regexp.MustCompile(`数据|时限|时间|期限|节点|进度`)
	whoLabel     = regexp.MustCompile(`领导|人员?$`) // persons, not units
	orgEnd       = regexp.MustCompile(`(?:委|厅|局|办|办公室|部|院|会|府|公署|署|行|团委|妇联|工会|总工会|残联|工商联|科协|部门|单位|中心|公司|集团|学校|大学|高校|院校|研究所|馆|电视台|银行|组|站|社|处|队|机构|监管局|分行|支行|各地|地区|盟市|旗县|苏木|乡镇|街道|园区|开发区|管委会|企业|文联|侨联|社联|红十字会|供销社|编办|网信办|金融办|国资委|联通|移动|电信|林草|分局|税务|邮政)(?:[（(][^（）()]*[）)])?$`)
	leadTail     = regexp.MustCompile(`^(.+?)(?:牵头(?:负责)?|主办|为牵头(?:单位|部门))(?:[，,；;、和]|$)(.*)$`)
	everyRE      = regexp.MustCompile(`^各(?:盟|市|旗|县|区|州|省|地|镇|乡|街|苏木|有关|相关)\p{Han}{0,10}$`)
	workTail     = regexp.MustCompile(`(?:等)?(?:按|依)(?:照)?(?:职责|各自职责|职能|任务)?(?:分工)?(?:负责|落实|分别负责|抓好落实|共同负责).*$|(?:分别|共同)?(?:负责|配合|参与|参加|落实|协助|协同)(?:落实|实施|推进)?$`)
	subjectRE    = regexp.MustCompile(`^([^，。；：]{4,30}?)(?:牵头负责|牵头|具体负责|负责)(?:统筹|协调|组织|推进|实施|落实|抓|推动|做好|开展|制定|建立)`)
)

// orgLike reports whether a text is the name of a unit.
func orgLike(s string) bool {
	s = strings.TrimSpace(s)
	s = strings.TrimSuffix(s, "等")
	if everyRE.MatchString(s) {
		return true
	}
	n := utf8.RuneCountInString(s)
	if n < 2 || n > 30 || strings.ContainsAny(s, "。“”") {
		return false
	}
	if n == 2 && !strings.Contains("团委妇联残联科协文联侨联各地工会编办税务", s) && !orgEnd.MatchString(s) {
		return false
	}
	return orgEnd.MatchString(s)
}

// dutyOf reads the units a paragraph names in brackets, behind a label or in its last sentence, and the text without them.
func dutyOf(raw string) (duty, string) {
	text := orderBracket.ReplaceAllString(strings.TrimSpace(raw), "")
	var d duty
	var rest strings.Builder
	from := 0
	for _, m := range dutyBracket.FindAllStringSubmatchIndex(text, -1) {
		got, ok := parseDuty(text[m[2]:m[3]])
		if ok && bracketed(text[:m[0]], text[m[2]:m[3]], strings.TrimSpace(text[m[1]:]) == "", got) {
			d = d.with(got)
			rest.WriteString(text[from:m[0]])
			from = m[1]
		}
	}
	rest.WriteString(text[from:])
	if len(d.units) > 0 {
		return d, strings.TrimSpace(rest.String())
	}
	if k := labelledFrom(text); k >= 0 {
		if d, ok := parseDuty(unbracketed(text[k:])); ok {
			return d, strings.TrimSpace(text[:k])
		}
	}
	body := strings.TrimRight(text, "。；; ")
	k := max(strings.LastIndex(body, "。")+len("。"), 0)
	if k < len("。") {
		k = 0
	}
	if workTail.MatchString(body[k:]) || strings.HasSuffix(body, "牵头") {
		if d, ok := sentenceDuty(body[k:]); ok {
			return d, strings.TrimSpace(text[:k])
		}
	}
	return duty{}, raw
}

// unbracketed drops the bracket around a text.
func unbracketed(s string) string {
	s = strings.TrimSpace(s)
	if r, w := utf8.DecodeRuneInString(s); strings.ContainsRune("（([【［〔", r) {
		s = strings.TrimRight(s[w:], "）)]】］〕。 ")
	}
	return s
}

// bracketed reports whether what a bracket holds is a duty: one that says so, or a list of units at the end.
func bracketed(before, inside string, last bool, d duty) bool {
	if dutyLabel.MatchString(inside) || workTail.MatchString(inside) && strings.Contains(inside, "负责") || strings.Contains(inside, "牵头") {
		return true
	}
	return last && (len(d.units) > 1 || strings.HasSuffix(strings.TrimSpace(before), "。"))
}

// labelledFrom is where labels without brackets begin, at the start of a paragraph or behind a sentence; -1 where there are none.
func labelledFrom(text string) int {
	if dutyLine.MatchString(text) {
		return 0
	}
	for _, m := range dutyLabel.FindAllStringIndex(text, -1) {
		if before := text[:m[0]]; strings.HasSuffix(before, "。") || strings.HasSuffix(before, " ") || strings.HasSuffix(before, "　") {
			return m[0]
		}
	}
	return -1
}

// sentenceDuty reads a sentence that only says who does it: 市人社局牵头，市财政局等按职责分工负责.
func sentenceDuty(s string) (duty, bool) {
	d, ok := parseDuty(s)
	for _, u := range d.units {
		ok = ok && orgLike(u) && !strings.ContainsAny(u, "要应需")
	}
	return d, ok
}

// parseDuty reads "牵头单位：甲；配合单位：乙、丙", "甲牵头，乙、丙配合" or "甲、乙等".
func parseDuty(s string) (duty, bool) {
	s = strings.TrimRight(orderRemark.ReplaceAllString(s, ""), "，,、；; 　")
	labels := dutyLabel.FindAllStringSubmatchIndex(s, -1)
	if len(labels) > 0 && strings.TrimSpace(s[:labels[0][0]]) == "" {
		var d duty
		for i, m := range labels {
			end := len(s)
			if i+1 < len(labels) {
				end = labels[i+1][0]
			}
			label, text := s[m[2]:m[3]], s[m[1]:end]
			inner, led := withLead(text) // 责任单位：甲牵头，乙配合
			switch who := whoLabel.MatchString(label); {
			case whenLabel.MatchString(label), who && !strings.ContainsAny(label, "单部"):
			case led:
				d = d.with(inner)
			case leadLabel.MatchString(label):
				d.lead = append(d.lead, unitsOf(text)...)
			default:
				if who { // with persons behind the units
					text = strings.Join(strings.Fields(text), "、")
				}
				for _, u := range unitsOf(text) {
					if u = unnamedOf(u, who); u != "" {
						d.units = append(d.units, u)
					}
				}
			}
		}
		return d.settle()
	}
	if d, ok := withLead(s); ok {
		return d.settle()
	}
	parts := unitsOf(s)
	if len(parts) == 0 {
		return duty{}, false
	}
	for _, u := range parts {
		if !orgLike(u) {
			return duty{}, false
		}
	}
	return duty{units: parts}.settle()
}

// unnamedOf drops a person's name behind a unit's where both may stand; what is no unit at all is empty.
func unnamedOf(u string, who bool) string {
	if !who || orgLike(u) {
		return u
	}
	for r := []rune(u); len(r) > 3; r = r[:len(r)-1] {
		if short := string(r[:len(r)-1]); orgLike(short) && len([]rune(u))-len(r) < 4 {
			return short
		}
	}
	return ""
}

func withLead(s string) (duty, bool) {
	first, _, _ := strings.Cut(s, "。")
	m := leadTail.FindStringSubmatch(strings.TrimSpace(first))
	if m == nil {
		return duty{}, false
	}
	d := duty{lead: unitsOf(m[1]), units: unitsOf(m[2])}
	for _, u := range d.lead {
		if !orgLike(u) {
			return duty{}, false
		}
	}
	return d, len(d.lead) > 0
}

// settle puts the lead first; without a word for it the first unit leads.
func (d duty) settle() (duty, bool) {
	if len(d.lead) == 0 && len(d.units) == 0 {
		return d, false
	}
	if len(d.lead) == 0 {
		d.lead = d.units[:1]
	}
	all := append([]string(nil), d.lead...)
	for _, u := range d.units {
		if !has(all, u) {
			all = append(all, u)
		}
	}
	d.units = all
	return d, true
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// unitsOf parts a list of units; 甲等各部门 are two, 等 and 按职责分工负责 say nothing more.
func unitsOf(s string) []string {
	s, _, _ = strings.Cut(s, "。")
	s = strings.TrimPrefix(strings.ReplaceAll(s, "会同", "、"), "由")
	var out []string
	for _, u := range parts(s) {
		u = workTail.ReplaceAllString(strings.TrimSpace(u), "")
		if a, b, ok := strings.Cut(u, "等"); ok {
			if a != "" {
				out = append(out, a)
			}
			u = b
			if b == "部门" || b == "单位" || b == "部门和单位" {
				u = ""
			}
		}
		u = strings.Trim(u, " 　.：:和及与")
		if u != "" && !has(out, u) {
			out = append(out, u)
		}
	}
	return out
}

var zoneEnd = regexp.MustCompile(`^\p{Han}{2}(?:经济|高新|综合|技术).*管(?:理)?委(?:员)?会$`)

// ownUnit is how a line begins that does not go on with the unit above it.
var ownUnit = regexp.MustCompile(`^(?:[省市各州盟]|自治区)\p{Han}{2,}`)

// parts splits a list at its marks outside brackets, and at spaces between whole units; one inside a unit's name is the printer's.
func parts(s string) []string {
	var out []string
	depth, start := 0, 0
	for i, r := range s {
		switch r {
		case '\n':
			if orgLike(s[start:i]) || placeLike(s[start:i]) || ownUnit.MatchString(s[i+1:]) { // one unit a line
				out = append(out, s[start:i])
				start = i + 1
			}
		case '（', '(', '〔':
			depth++
		case '）', ')', '〕':
			depth--
		case '、', '，', ',', '；', ';':
			if depth <= 0 {
				out = append(out, s[start:i])
				start = i + len(string(r))
			}
		}
	}
	out = append(out, s[start:])
	var units []string
	for i, u := range out {
		if i+1 < len(out) && utf8.RuneCountInString(u) == 2 && !orgLike(u) && zoneEnd.MatchString(out[i+1]) {
			out[i+1] = u + "、" + out[i+1] // 某甲、某乙经济技术开发区管委会 are one
			continue
		}
		words := strings.Fields(u)
		if slices.ContainsFunc(words, func(w string) bool { return !orgLike(w) }) {
			words = []string{strings.Join(words, "")}
		}
		units = append(units, words...)
	}
	return units
}
