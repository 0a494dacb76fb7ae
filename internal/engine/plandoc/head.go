package plandoc

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A cell of a head is made of words of heads alone, whatever their order: 2025年预期目标值, 年均增速/[累计], 牵头责任单位.
var (
	headWord = regexp.MustCompile(`^(?:序号?|编号|类别|类型|分类|领域|方面|板块|一级|二级|三级|主要|核心|重点|具体|工作|总体|综合|指标|名称|项目|事项|任务|内容|举措|计?量?单位|属性|性质|备注|说明|来源|数据|` +
		`权重|分值|赋分|责任|牵头|配合|负责|主管|落实|部门|完成|时限|时间|期限|基数|基期|基准|现状|实际|情况|规划|计划|预期|预计|目标|总量|总目标|年均|累计|合计|五年|增速|增长|增幅|变化|率|期间|时期|期末|年末|年底|末|底|年度|全年|本年|上年|` +
		`全省|全区|全市|全县|全盟|全旗|全州|自治区|` + fiveYears + `|20\d\d|20\d\d年|年|月|值|数|量|到|至|或|和|及|的|与|比|较|[/、\-"\[\]]|\([^()]{1,8}\)|\[[^\[\]]{1,8}\])+$`)
	headStart = regexp.MustCompile(`^(?:序号?|编号|类别|类型|分类|领域|方面|板块|(?:主要|核心|一级|二级|工作|目标|重点)*(?:指标|任务)(?:名称|内容|类别)?|名称|项目(?:名称)?|事项)$`)
	headOpens = regexp.MustCompile(`20\d\d|` + fiveYears + `|^(?:序号?|编号|类别|类型|分类|领域|方面|(?:主要|一级|二级|工作)?指标.*|名称|项目.*|计?量?单位|属性|性质|权重|分值|备注|说明|数据来源|(?:责任|牵头|配合|负责|主管).*|完成时限|时限|\[?(?:年均|累计|五年累计|增速|年均/累计).*)$`)
)

// isHead reports whether a token is a head's cell and no cell of a row: 预期性 and 年 are made of such words too.
func isHead(s string) bool {
	s = strings.ReplaceAll(plain(s), `"`, "")
	return headWord.MatchString(s) && !bareRE.MatchString(s) && !attrRE.MatchString(s) && !isUnit(s)
}

// headerStart reports whether a text table's head may begin here: with its first column, or with what stands over later ones
// (“十三五”时期) in the line above.
func headerStart(in []line) bool {
	for k := 0; k < min(2, len(in)) && in[k].Kind == Line && utf8.RuneCountInString(in[k].Text) <= 120; k++ {
		ts := tokens(in[k].Text)
		if len(ts) > 0 && headStart.MatchString(plain(ts[0])) {
			return true
		}
		if !headRow(ts) || !hasValue(ts) {
			return false
		}
	}
	return false
}

// headRow reports whether a row only has head words.
func headRow(r []string) bool {
	full := 0
	for _, c := range r {
		if c = plain(c); c == "" {
			continue
		}
		if full++; !isHead(c) {
			return false
		}
	}
	return full > 0
}

func hasValue(cols []string) bool {
	return slices.ContainsFunc(cols, func(c string) bool { return valueHead.MatchString(plain(c)) })
}

// groupHead puts broken head cells together: 2015 年 | 基数 is one column; 指 | 标 is one.
func groupHead(head []token) []string {
	var cols []string
	for _, t := range head {
		n := len(cols)
		last := ""
		if n > 0 {
			last = plain(cols[n-1])
		}
		if n > 0 && (last == "年均" || last == "累计" || strings.HasPrefix(t.s, "(") || strings.HasPrefix(t.s, "[")) {
			cols[n-1] += t.raw
			continue
		}
		if n == 0 || headOpens.MatchString(strings.ReplaceAll(t.s, `"`, "")) && !strings.HasSuffix(last, "/") || isHead(last) && !valueHead.MatchString(last) {
			cols = append(cols, t.raw)
			continue
		}
		cols[n-1] += t.raw
	}
	return cols
}

func hasName(head []string) bool {
	return slices.ContainsFunc(columnsOf(head, 0, 0), func(c column) bool { return c.use == useName })
}
