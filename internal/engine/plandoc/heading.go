package plandoc

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// heading is a numbered title: rank grows downwards (章 1, 节 2, 一、3, （一）4, 1. 5, （1）6).
type heading struct {
	rank         int
	label, title string
	body         string // text that runs on after the title in the same paragraph
}

const hanNumber = `[一二三四五六七八九十百零]+`

var marks = []struct {
	rank int
	re   *regexp.Regexp
}{
	{1, regexp.MustCompile(`^(第(?:` + hanNumber + `|\d{1,2})(?:章|篇|部分))[\s　、:：.]*`)},
	{2, regexp.MustCompile(`^(第(?:` + hanNumber + `|\d{1,2})节)[\s　、:：.]*`)},
	{3, regexp.MustCompile(`^(` + hanNumber + `)\s*[、.．]\s*`)},
	{4, regexp.MustCompile(`^([（(]` + hanNumber + `[）)])[\s　、.．]*`)},
	{5, regexp.MustCompile(`^(\d{1,2})\s*(?:[、。]|[.．](?:[^\d\s]|\s+\D|$))`)},
	{6, regexp.MustCompile(`^([（(]\d{1,2}[）)])\s*`)},
}

// headingOf reads a numbered title from the start of a paragraph.
func headingOf(text string) (heading, bool) {
	text = strings.TrimSpace(text)
	for _, m := range marks {
		at := m.re.FindStringSubmatchIndex(text)
		if at == nil {
			continue
		}
		end := at[1]
		if m.rank == 5 { // the mark's pattern looks one rune ahead
			rest := strings.TrimLeft(text[at[3]:], " 　")
			_, w := utf8.DecodeRuneInString(rest)
			end = len(text) - len(rest) + w
		}
		h := heading{rank: m.rank, label: text[at[2]:at[3]]}
		h.title, h.body = splitTitle(strings.TrimSpace(text[end:]))
		if h.title == "" {
			return heading{}, false
		}
		return h, true
	}
	return heading{}, false
}

// splitTitle parts "标题。正文" into title and body; a long first sentence with commas is a body without title of its own.
func splitTitle(s string) (title, body string) {
	i := strings.IndexAny(s, "。：")
	if i < 0 {
		return s, ""
	}
	_, w := utf8.DecodeRuneInString(s[i:])
	return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+w:])
}

var boxRE = regexp.MustCompile(`^[【\[〔]?\s*((?:专\s*栏|附?表|附件)\s*(?:\d{1,3}|` + hanNumber + `)?(?:[-—－]\d{1,2})?)\s*[】\]〕]?[\s　:：.、]*(.*)$`)

// boxOf reads the title line of a box or a table: 专栏 2 “十四五”时期就业主要指标.
func boxOf(line string) (label, title string, ok bool) {
	line = strings.TrimSpace(line)
	m := boxRE.FindStringSubmatch(line)
	if m == nil || utf8.RuneCountInString(line) > 48 || strings.ContainsAny(m[2], "。；;") {
		return "", "", false
	}
	label = strings.Join(strings.Fields(m[1]), "")
	title = strings.TrimSpace(m[2])
	bare := label == "专栏" || label == "表" || label == "附表" || label == "附件"
	switch {
	case strings.HasPrefix(label, "附件"), label == "表" && title != "":
		return "", "", false // an annex is a heading of its own, 表 begins many words
	case bare && label != "专栏" && label != "附表":
		return "", "", false
	case strings.HasSuffix(title, "，") || strings.HasSuffix(title, "、"):
		return "", "", false
	}
	return label, title, true
}

// rank words of sections whose sentences tell the past, name no tasks, or only say how the plan is carried out.
var (
	pastSection    = regexp.MustCompile(`发展基础|工作基础|现实基础|发展现状|基本情况|取得.{0,6}成[就效绩]|主要成[就效绩]|发展成[就效绩]|工作成[就效绩]|工作回顾|回顾|发展环境|[八九十][一二三四五六七八九]?五[”"]?.{0,6}(?:成[就效绩]|完成|情况)`)
	introSection   = regexp.MustCompile(`总体要求|(?:总体|战略|具体|奋斗|预期)目标|目标和任务|指标体系|总体思路|指导思想|基本原则|主要目标|发展目标|工作目标|目标任务|发展环境|发展基础|面临.{0,4}形势|形势与|主要指标|基本要求|现状|规划背景|适用范围|附则|有关要求`)
	guarantees     = without{regexp.MustCompile(`保障`), insured}
	supportSection = without{regexp.MustCompile(`保障措施|保障机制|组织实施|组织保障|组织领导|实施保障|^[^，。；]{0,8}保障[^，。；]{0,6}$|工作要求|规划实施`), insured}
	// What 保障 means where it is the matter itself and not how the plan is carried out.
	insured = regexp.MustCompile(`(?:社会|住房|就业|教育|健康|安全|供水|供热|饮水|出行|交通|能源|粮食|法律|文化|权益|生活|民生|福利|医疗|医保|养老|工伤|失业|生育|收入|待遇|服务)保障|保障(?:体系|制度|水平|能力|民生|性|房|基本|农民工|劳动|困难|妇女|残疾|[^，。；]{0,8}(?:权益|生活|就业|待遇|收入))`)
)

// without is a pattern for what is left of a text when other words are taken out.
type without struct{ re, but *regexp.Regexp }

func (w without) MatchString(s string) bool { return w.re.MatchString(w.but.ReplaceAllString(s, "")) }
