package plandoc

import (
	"regexp"
	"strconv"
	"strings"
)

// fiveYears is a five-year plan as texts name it where a word like 期间 or 末 follows: “十四五”, 十五, “九五”.
const fiveYears = `"?(?:十[一二三四五六七八九]?|[八九])五"?`

// thanTime is the time something is compared with: 比2020年底, 较“十三五”末, 比上年同期.
const thanTime = `[比较与同](?:` + fiveYears + `(?:期|时期)?末|20\d\d年|上年|上一年|去年)(?:年?底|末|度)?(?:同期)?(?:相比)?`

var (
	// periodRE is a five-year plan named by itself, where 十五 without quotation marks would be a number.
	periodRE     = regexp.MustCompile(`"[八九十]五"|(?:十[一二三四五六七八九]|第[八九十])(?:五|个五年)`)
	ordinalRE    = regexp.MustCompile(`(十[一二三四五六七八九]?|[八九])(?:五|个五年)`)
	titleYearsRE = regexp.MustCompile(`(20\d\d)年?[-至到](?:20)?(\d\d)(?:年|\D|$)`)
	titleSpanRE  = regexp.MustCompile(`(20\d\d)年?[-至到](20)?(\d\d)年`)
	aimedYearRE  = regexp.MustCompile(`(?:(到|至)(?:"?)?)?(20\d\d)年(底|末)?(度(?:目标|任务|计划)|[^度-]|$)`)
)

// fromYearsRE is a span told by its first year and its length: 2019年起三年内, 从2021年开始，用5年时间.
const fromYearsRE = `(?:自|从)?20\d\d年(?:起|开始)，?(?:力争)?(?:利?用|的)?(?:[二两三四五六]|\d)年(?:左右)?的?(?:内|时间)`

var (
	fromYearsAt = regexp.MustCompile(fromYearsRE)
	lengthRE    = regexp.MustCompile(`([二两三四五六]|\d)年(?:左右)?的?(?:内|时间)$`)
)

// fromYears is the last year of such a span.
func fromYears(s string) int {
	year, _ := strconv.Atoi(digitsRE.FindString(s))
	n, _ := hanInt(lengthRE.FindStringSubmatch(s)[1])
	return year + n - 1
}

// periodOf is the last year of the five-year plan a text names, or 0: the tenth ended in 2005.
func periodOf(s string) int {
	m := ordinalRE.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	n, _ := hanInt(m[1])
	return 1955 + 5*n
}

// horizon is the span of years a plan is for: First is its base year (0 where it is a plan of one year), Last its last.
//
// A plan whose title names no years has a year of issue instead: what it says for a year before that is past.
type horizon struct {
	first, last, issued int
	ahead               bool // its aims are said for a year to come: 到2025年
	memo                *memo
}

// many reports whether a plan is for several years.
func (h horizon) many() bool {
	return h.first > 0 && h.last-h.first > 1 || h.first == 0 && (h.ahead || h.issued > 0 && h.last > h.issued)
}

// past reports whether a year lies before the plan.
func (h horizon) past(year int) bool {
	if h.first > 0 {
		return year <= h.first
	}
	if h.issued > 0 {
		return year < h.issued
	}
	return h.last > 0 && year < h.last
}

// reportRE are documents of one year.
var reportRE = regexp.MustCompile(`报告|要点|责任书|任务分解`)

var yearsLongRE = regexp.MustCompile(`([三五])年(?:行动|计划|规划|攻坚|工作)`)

// lengthOf is how many years a plan without years in its title is for: the title says so (三年行动), or its text names a plan with
// years that end with its own (行动计划（2023—2025年）, “十四五”时期); 0 where nothing tells.
func lengthOf(title, text string, last int) int {
	if reportRE.MatchString(title) {
		return 0
	}
	if m := yearsLongRE.FindStringSubmatch(title); m != nil {
		n, _ := hanInt(m[1])
		return n
	}
	head := text[:min(len(text), headBytes)]
	for _, m := range titleSpanRE.FindAllStringSubmatch(head, 8) {
		a, _ := strconv.Atoi(m[1])
		if b, _ := strconv.Atoi("20" + m[3]); b == last && a < b {
			return b - a + 1
		}
	}
	if n := inARow(text, last); n > 3 {
		return n
	}
	for _, m := range periodRE.FindAllString(head, 8) {
		if periodOf(m) == last {
			return 5
		}
	}
	return 0
}

// inARow is how many years in a row a text names, up to the last.
func inARow(text string, last int) int {
	n := 0
	for n < 10 && strings.Contains(text, strconv.Itoa(last-n)+"年") {
		n++
	}
	return n
}

// headBytes is how much of a text tells what it is about.
const headBytes = 3000

// visionYear is the year of the nation's long-range aims, which plans for fewer years cite (十四五规划和2035年远景目标纲要).
const visionYear = 2035

// horizonOf tells the years of a plan from its title, or else from the years its sentences set targets for.
func horizonOf(title, text string, issued int) horizon {
	t := plain(title)
	if m := titleYearsRE.FindStringSubmatch(t); m != nil {
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi("20" + m[2])
		if b > a {
			return horizon{first: a - 1, last: b}
		}
	}
	if end := periodOf(periodRE.FindString(t)); end > 0 {
		return horizon{first: end - 5, last: end}
	}
	if all := yearRE.FindAllStringSubmatch(t, -1); all != nil { // 2022年执行情况与2023年计划
		n, _ := strconv.Atoi(all[len(all)-1][1])
		return horizon{last: n}
	}
	if from := fromYearsAt.FindString(text); from != "" {
		first, _ := strconv.Atoi(digitsRE.FindString(from))
		return horizon{first: first - 1, last: fromYears(from)}
	}
	counts := map[int]int{}
	for _, m := range aimedYearRE.FindAllStringSubmatch(text, 2000) {
		n, _ := strconv.Atoi(m[2])
		counts[n]++
		if m[1] != "" {
			counts[n] += 2
		}
	}
	for _, m := range periodRE.FindAllString(text, 2000) {
		counts[periodOf(m)]++
	}
	if len(counts) > 1 {
		delete(counts, visionYear)
	}
	best := 0
	for n, c := range counts {
		if best == 0 || c > counts[best] || c == counts[best] && n > best {
			best = n
		}
	}
	h := horizon{last: best, issued: issued, ahead: issued == 0 && strings.Contains(text, "到"+strconv.Itoa(best)+"年")}
	if issued > best {
		h.issued = 0
	}
	h.first = best - lengthOf(t, text, best)
	if h.first == best {
		h.first = 0
	}
	return h
}
