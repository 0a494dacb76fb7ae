package plandoc

import (
	"regexp"
	"strconv"
	"strings"
)

// use says what a column of a table holds.
type use int

const (
	useOther use = iota
	useSeq
	useGroup
	useName
	useUnit
	useAttr
	useLead
	useUnits
	useDue
	usePerson // 责任领导, 联系人
	useWeight // 权重, 分值
	useBase
	useEarlier // the target of the plan before
	useDone    // what the plan before reached
	useTarget
	useTotal  // yearly mean or total of the plan's years
	useGrowth // rate of growth
)

// column is a table's column with what its head says.
type column struct {
	use  use
	year string
	head string
	unit string // in brackets: 2025年（万人）
	span bool   // a whole period: 十四五期间
}

// heads tells a column by its head, first match wins; useTarget etc. are settled by settle.
var heads = []struct {
	use use
	re  *regexp.Regexp
}{
	{useSeq, regexp.MustCompile(`^(?:序号?|编号|No\.?)$`)},
	{useAttr, regexp.MustCompile(`属性|指标性质|指标类型|^性质$`)},
	{useUnit, regexp.MustCompile(`^(?:计量)?单位(?:名称)?$`)},
	{useWeight, regexp.MustCompile(`权重|分值|赋分|计分`)},
	{usePerson, regexp.MustCompile(`^[^单部]*(?:领导|责任人|负责人|联系人|联络员|电话)`)},
	{useUnits, regexp.MustCompile(`配合|协办|参与|参加单位|责任分工`)},
	{useLead, regexp.MustCompile(`牵头|主办|责任|负责|实施主体|承办|主管部门`)},
	{useDue, regexp.MustCompile(`时限|期限|完成时间|时间安排|时间节点|进度安排`)},
	{useName, regexp.MustCompile(`^(?:主要)?指标(?:名称|内容)?$|^(?:项目|任务|名称|内容|事项|措施|举措)(?:名称|内容|清单)?$|二级指标|三级指标|(?:重点|工作|主要|具体|实事|民生|改革|年度)(?:任务|工作|举措|措施|项目|事项|内容|实事)|目标任务`)},
	{useGroup, regexp.MustCompile(`类别|分类|领域|一级指标|^类型$|方面|板块`)},
	{useTotal, regexp.MustCompile(`累计|年均/|/年均|合计`)},
	{useGrowth, regexp.MustCompile(`年均|增速|增长|增幅|变化`)},
	{useTotal, regexp.MustCompile(`总量目标|五年目标`)},
}

var (
	yearRE    = regexp.MustCompile(`(20\d\d)年?`)
	baseHead  = regexp.MustCompile(`基数|基期|基准|现状|基础值|初值`)
	doneHead  = regexp.MustCompile(`完成|实际|实现|达到`)
	aimHead   = regexp.MustCompile(`目标|规划|计划|预期|任务|预计`)
	spanHead  = regexp.MustCompile(`期间|五年(?:累计|合计)`)
	valueHead = regexp.MustCompile(`20\d\d|` + fiveYears + `|基数|基期|现状|完成|实际|目标|规划值|预期值|期末|(?:任务|计划)[数量]|指标值|^数[值量]$|年度任务`)
	taskHead  = regexp.MustCompile(`^(?:工作|主要|重点|年度)?(?:目标任务|任务目标|目标)$`)
)

// columnsOf reads a header row (already even: no spaces, half-width).
func columnsOf(header []string, first, last int) []column {
	cols := make([]column, len(header))
	named := false
	for i, h := range header {
		h = strings.ReplaceAll(plain(h), `"`, "")
		c := column{head: h}
		for _, k := range heads {
			if k.re.MatchString(h) && (k.use != useName && k.use != useGroup || !valueHead.MatchString(h)) {
				c.use = k.use
				break
			}
		}
		if c.use == useName && named {
			c.use = useOther
		}
		named = named || c.use == useName
		if c.use == useOther && valueHead.MatchString(h) {
			c.use = useTarget
		}
		if m := yearRE.FindAllStringSubmatch(h, -1); m != nil {
			c.year = m[len(m)-1][1]
		} else if end := periodOf(h); end > 0 {
			c.year = strconv.Itoa(end)
		}
		c.span = spanHead.MatchString(h)
		if _, c.unit = bracketUnit(h); c.use == useTotal || c.use == useGrowth {
			c.unit = "" // of a rate
		}
		cols[i] = c
	}
	if i := unnamed(cols); !named && i >= 0 {
		cols[i].use, cols[i].year = useName, ""
	}
	wholes(cols)
	settle(cols, first, last)
	return cols
}

// unnamed is the column of the names in a table whose head does not say so: the first that says nothing else, or 目标任务 before
// a column of its values; -1 where there is none.
func unnamed(cols []column) int {
	values := 0
	for _, c := range cols {
		if c.use == useTarget {
			values++
		}
	}
	for i, c := range cols {
		if c.use == useOther || c.use == useGroup || c.use == useTarget && values > 1 && taskHead.MatchString(c.head) {
			return i
		}
	}
	return -1
}

// settle tells base, earlier target, result and target apart by years and words.
func settle(cols []column, first, last int) {
	low, high := "9999", ""
	for _, c := range cols {
		if c.use == useTarget && c.year != "" {
			low, high = min(low, c.year), max(high, c.year)
		}
	}
	totals, values := 0, 0
	for _, c := range cols {
		if c.use == useTotal {
			totals++
		}
		if c.use == useTarget {
			values++
		}
	}
	past := last > 0 && high != "" && high <= strconv.Itoa(first) // a table of the plan before
	for i := range cols {
		c := &cols[i]
		if c.use != useTarget {
			continue
		}
		base, done, aim := baseHead.MatchString(c.head), doneHead.MatchString(c.head), aimHead.MatchString(c.head)
		switch {
		case base:
			c.use = useBase
		case done && !aim, strings.Contains(c.head, "预计完成"):
			c.use = useBase
			if past && c.year >= high && values > 1 {
				c.use = useDone
			}
		case past && aim, aim && first > 0 && c.year != "" && c.year <= strconv.Itoa(first):
			c.use = useEarlier
		case past && c.year == high && c.year != low:
			c.use = useDone
		case aim:
		case c.year == "":
		case first > 0 && c.year <= strconv.Itoa(first):
			c.use = useBase
		case c.year == low && low != high && first == 0:
			c.use = useBase
		case c.year == low && values == 1 && totals > 0 && first == 0:
			c.use = useBase
		}
	}
}
