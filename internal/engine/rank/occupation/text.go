package occupation

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// longest is how many characters of a title are read; what follows in longer ones is the advert, not the title.
const longest = 120

// Wide letters, capitals and the alphabet of emoji are levelled first, so the patterns below see one spelling.
var (
	number = regexp.MustCompile(`[(\[]?\s*m?j\d{4,}\s*[)\]]?`)
	pay    = regexp.MustCompile(`(月薪|日薪|年薪|时薪|周薪|底薪|薪资|工资|月入|日结|保底|综合|每月|每天|到手|包住)*[0-9]+(\.[0-9]+)?\s*(k|w|千|万|元|块|￥)*([-~—到至+]+[0-9]+(\.[0-9]+)?\s*(k|w|千|万|元|块)*)?(/?(月|天|小时|时|年|日)|以上|左右|起|薪|\+)*`)
	noise  = regexp.MustCompile(`五险一金|六险一金|七险一金|六险二金|五险|社保|公积金|周末双休|大小周|双休|单休|做五休二|包吃包住|包吃住|包食宿|管吃住|提供食宿|提供住宿|包吃|包住|可住宿|有住宿|年终奖|带薪年假|带薪培训|不加班|无夜班|长白班|常白班|白班|坐班|朝九晚[五六]|早九晚[五六]|八小时|小时制|不倒班|高底薪|无责底薪|无责任底薪|底薪|高薪|高提成|提成|薪资|薪酬|待遇优厚|待遇优|福利待遇好|福利好|急聘|急招|急需|诚聘|诚招|直招|直聘|高薪聘请|高薪诚聘|就近安排|就近派单|无需经验|无经验|不需要经验|接受小白|小白|可学徒|晋升空间大|晋升快|晋升|月入过万|过万|上不封顶|不封顶|若干名|数名|[一二三四五六七八九十0-9]+[名人位]|不限经验|经验不限|学历不限|应届生|应届毕业生|可兼职|可全职|欢迎|优先|入职缴纳|转正|稳定`)
	hiring = regexp.MustCompile(`^(.*?)(招聘|诚聘|急聘|急招|诚招|聘请|招募|招收|直招|直聘|招聘会|招)(.+)$`)
)

// recruits are what follows 招聘 in the name of a recruiter's own work, and of selling (招商) or admitting (招生).
var recruits = []string{"专员", "主管", "经理", "助理", "顾问", "师", "官", "hr", "总监", "负责人", "实习", "运营", "专家", "组长", "客服", "销售", "猎头", "培训", "与", "及", "/", "岗", "商", "生", "标", "投", "牌", "待", "兼", "hrbp", "人事", "行政"}

// piece is a stretch of a title; beside says that it stands in brackets or is the name of the firm, and so tells less.
type piece struct {
	text   string
	beside bool
}

// level brings a title to one spelling: half width, lower case, one kind of brackets and blanks; what is longer is cut.
func level(title string, longest int) string {
	var b strings.Builder
	n := 0
	for _, r := range title {
		if n++; n > longest {
			break
		}
		switch {
		case r >= '！' && r <= '～':
			r -= 0xfee0
		case r == '【' || r == '〔' || r == '「' || r == '《' || r == '[' || r == '{':
			r = '('
		case r == '】' || r == '〕' || r == '」' || r == '》' || r == ']' || r == '}':
			r = ')'
		case unicode.IsSpace(r):
			r = ' '
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// pieces cuts a title into what names the work and what stands beside it, without pay, benefits and counts.
func pieces(title string) []piece {
	text := level(title, longest)
	text = number.ReplaceAllString(text, " ")
	text = pay.ReplaceAllString(text, " ")
	text = noise.ReplaceAllString(text, " ")
	var list []piece
	depth, from := 0, 0
	cut := func(to int) {
		list = split(list, text[from:to], depth > 0)
	}
	for i, r := range text {
		switch r {
		case '(':
			cut(i)
			depth, from = depth+1, i+1
		case ')':
			cut(i)
			depth, from = max(depth-1, 0), i+1
		}
	}
	cut(len(text))
	main := false
	for _, p := range list {
		main = main || !p.beside
	}
	if !main {
		for i := range list {
			list[i].beside = false
		}
	}
	return list
}

// split parts a stretch at its marks and takes the firm before 招聘 apart.
func split(list []piece, text string, beside bool) []piece {
	for _, t := range strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '+' && r != '#' && r != '.'
	}) {
		t = strings.Trim(t, "+.")
		if t == "" {
			continue
		}
		if m := hiring.FindStringSubmatch(t); m != nil && !beside && !begins(m[3], recruits) && len(m[3]) >= 6 {
			if m[1] != "" {
				list = append(list, piece{m[1], true})
			}
			t = m[3]
		}
		if p := placeless(t); p != "" {
			list = append(list, piece{p, beside})
		}
	}
	return list
}

//go:embed places.txt
var placeText string

// places are provinces and cities, which tell where and not what.
var places = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, p := range strings.Fields(placeText) {
		m[p] = true
	}
	return m
})

var realms = []string{"省", "市", "地区", "区域", "片区", "周边"}

// placeless takes the place off the front or the back of a stretch, unless nothing or a single character would remain.
func placeless(t string) string {
	all := t
	for n := 12; n >= 6; n -= 3 { // places have two to four characters of three bytes
		if len(t) >= n && places()[t[:n]] {
			t = t[n:]
			for _, r := range realms {
				t = strings.TrimPrefix(t, r)
			}
			break
		}
	}
	for n := 12; n >= 6; n -= 3 {
		if len(t) >= n && places()[t[len(t)-n:]] {
			t = t[:len(t)-n]
			break
		}
	}
	if len(t) < 6 && t != "" {
		return all
	}
	return t
}

func begins(text string, with []string) bool {
	for _, w := range with {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}
