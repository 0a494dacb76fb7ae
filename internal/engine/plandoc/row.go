package plandoc

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// notes are what a document's remarks say about the marks in its tables.
type notes struct {
	total    bool   // a remark explains brackets as totals
	starYear string // the year of figures marked *
}

var (
	starNote  = regexp.MustCompile(`[*※]号?(?:的)?(?:数据|标注)?.{0,6}?(?:为|是|系|表示)(20\d\d)年`)
	starNote2 = regexp.MustCompile(`[*※].{0,10}?(20\d\d)年`)
	totalNote = regexp.MustCompile(`[\[(][^\])]{0,4}[\])](?:内)?.{0,8}(?:累计|合计|总数|总量)`)
	orderRE   = regexp.MustCompile(`^(?:[一二三四五六七八九十]+、|[（(]?[一二三四五六七八九十\d]{1,2}[）)]|[①-⑳]|\d{1,2}[.、．])\s*`)
	markRE    = regexp.MustCompile(`[①-⑳]+([（(][^（）()]*[）)])?$`) // of a note
	risesRE   = regexp.MustCompile(`^(?:比|较)(20\d\d)年?(?:底|末)?(提高|增长|增加|上升|降低|下降|减少)(\d+(?:\.\d+)?)(%|‰|个百分点|(?:` + unitWord + `))(以上|左右|以内)?$`)
	saidRE    = regexp.MustCompile(`^(.*?\p{Han})(?:控制在|保持在|稳定在|达到|不低于|不超过)?(\d+(?:\.\d+)?)(?:%|‰|\p{Han}{0,2})(以上|以内|以下|左右)$`)
	partRE    = regexp.MustCompile(`^(?:其中|#|其\s*中)[:：]?\s*`)
	rateHead  = regexp.MustCompile(`年均|增速|增长`)
	unitTail  = regexp.MustCompile(`^(.*?)(?:[，,]\s*|\s+)(` + unitWord + `)$`)
)

func notesOf(l *layout) notes {
	var n notes
	for _, p := range l.paras {
		if len(p.s) > 1200 {
			continue
		}
		if totalNote.MatchString(p.s) {
			n.total = true
		}
		if noteStart.MatchString(p.raw) || strings.HasPrefix(p.s, "*") || startRE.MatchString(p.raw) || strings.Contains(p.s, "带*") {
			if m := starNote.FindStringSubmatch(p.s); m != nil {
				n.starYear = m[1]
			} else if m := starNote2.FindStringSubmatch(p.s); m != nil {
				n.starYear = m[1]
			}
		}
	}
	return n
}

// indicators reads the rows of a table.
func (g *grid) indicators(l *layout, n notes, first, last int) ([]Indicator, []Warning) {
	cols := columnsOf(g.head, first, last)
	place := Place{Section: cite(g.sec)}
	if g.box != nil {
		place.Section = g.box.name()
	}
	common := ""
	for _, c := range g.caption {
		if m := unitCaption.FindStringSubmatch(plain(c)); m != nil && isUnit(m[1]) {
			common = m[1]
		}
	}
	var out []Indicator
	var warn []Warning
	above := "" // the name that 其中：6个月以上 goes on with
	if !g.measures(cols) {
		return nil, nil
	}
	for _, r := range g.rows {
		place.Block = r.at
		found := r.read(cols, n, common)
		for i := range found {
			if digitFirst(found[i].Name) && above != "" {
				found[i].Name = above + found[i].Name
			}
		}
		if len(found) > 0 && !digitFirst(found[0].Name) && !strings.HasPrefix(found[0].Name, above+"6") {
			above = found[0].Name
		}
		if r.new(found) || r.part(cols) && len(out) > 0 && out[len(out)-1].Cumulative {
			for i := range found {
				found[i].Cumulative = found[i].Cumulative || last > first && first > 0 && found[i].Comparator != Words && !ratio(found[i].Unit)
			}
		}
		for i := range found {
			found[i].Place = place
			if found[i].BaseYear == "" && found[i].BaseValue != "" && first > 0 {
				found[i].BaseYear = strconv.Itoa(first)
			}
			if found[i].TargetYear == "" && found[i].TargetValue != "" && last > 0 {
				found[i].TargetYear = strconv.Itoa(last)
			}
		}
		out = append(out, found...)
		if r.short && (len(found) > 0 || r.filled()) {
			warn = append(warn, Warning{place, "row", "这一行的格数与表头不一致，请核对各列有没有对错位", r.raw})
		}
	}
	return out, warn
}

var newRE = regexp.MustCompile(`^(?:累计)?新[增建开]`)

// new reports whether a row's one target is of something that the plan's years make new, without a figure of the years before.
func (r gridRow) new(found []Indicator) bool {
	return len(found) == 1 && found[0].BaseValue == "" && newRE.MatchString(found[0].Name) && found[0].TargetValue != ""
}

// part reports whether a row is a part of the one above.
func (r gridRow) part(cols []column) bool {
	for k, c := range cols {
		if c.use == useName {
			return partRE.MatchString(r.cells[k]) && full(r.cells) > 1
		}
	}
	return false
}

func digitFirst(s string) bool { return s != "" && digit(rune(s[0])) }

// filled reports whether a row has cells besides its name.
func (r gridRow) filled() bool { return distinct(r.cells) > 1 }

// measures reports whether the table has figures to read, not only words.
func (g *grid) measures(cols []column) bool {
	values, with := 0, 0
	for _, r := range g.rows {
		for k, c := range cols {
			if c.use >= useBase && r.cells[k] != "" {
				values++
				if cl := cellOf(r.cells[k]); !cl.empty && !cl.words {
					with++
				}
			}
		}
	}
	return values > 0 && with*3 >= values
}

// read makes one indicator of a row for each target column with a value.
func (r gridRow) read(cols []column, n notes, common string) []Indicator {
	ind := Indicator{FromTable: true, Quote: r.raw, Unit: common}
	type aim struct {
		c   cell
		col column
	}
	var aims []aim
	var growth []aim
	for k, c := range cols {
		raw := r.cells[k]
		if raw == "" {
			continue
		}
		switch c.use {
		case useName:
			name, unit := bracketUnit(markRE.ReplaceAllString(orderRE.ReplaceAllString(partRE.ReplaceAllString(raw, ""), ""), "$1"))
			if m := unitTail.FindStringSubmatch(name); m != nil && unit == "" && isUnit(plain(m[2])) && strings.ContainsAny(name, "， ,") {
				name, unit = m[1], m[2]
			}
			ind.Name = strings.Join(strings.Fields(strings.TrimRight(name, "*※")), "")
			if unit != "" {
				ind.Unit = unit
			}
		case useGroup:
			if _, u := bracketUnit(raw); u != "" { // 主要污染物排放（%） over its kinds
				ind.Unit = u
			}
		case useUnit:
			if u := strings.Trim(plain(raw), "()"); u != "" && !dashRE.MatchString(u) {
				ind.Unit = u
			}
		case useAttr:
			ind.Attribute = attribute(raw)
		case useLead:
			ind.Lead = strings.TrimSpace(raw)
		case useBase, useDone, useEarlier, useTarget, useTotal, useGrowth:
			v := cellOf(raw)
			if v.empty {
				continue
			}
			if ind.Unit == "" {
				ind.Unit = c.unit
			}
			switch {
			case v.unit != "" && ind.Unit == "":
				ind.Unit = v.unit
			case (v.unit == "万" || v.unit == "亿") && !strings.HasPrefix(ind.Unit, v.unit):
				ind.Unit = v.unit + ind.Unit // 200万 of （人）
			}
			switch c.use {
			case useBase:
				ind.BaseValue, ind.BaseYear = v.value, c.year
				if v.star && n.starYear != "" {
					ind.BaseYear = n.starYear
				}
				if v.year != "" {
					ind.BaseYear = v.year
				}
				ind.Cumulative = ind.Cumulative || v.total
			case useDone:
				ind.Done = v.value
				ind.Cumulative = ind.Cumulative || v.total
			case useEarlier:
				ind.EarlierTarget, ind.Comparator = v.value, v.comparator
				ind.Cumulative = ind.Cumulative || v.total
			case useGrowth:
				growth = append(growth, aim{c: v, col: c})
			default:
				aims = append(aims, aim{c: v, col: c})
			}
		}
	}
	if ind.Name == "" || wordsCount(ind.Name) < 2 {
		return nil
	}
	if len(aims) == 0 {
		aims = growth
	}
	if len(aims) == 0 {
		if ind.Done == "" && ind.EarlierTarget == "" {
			return nil
		}
		ind.Past = true
		if ind.Comparator == "" {
			ind.Comparator = Equal
		}
		return []Indicator{ind}
	}
	said := Equal // the name says it too: 年均增长10%以上
	if m := saidRE.FindStringSubmatch(ind.Name); m != nil && aims[0].c.value == m[2] {
		ind.Name, said = m[1], comparatorOf("", m[3])
	}
	var out []Indicator
	for _, a := range aims {
		if a.col.use == useTotal && len(aims) > 1 && (!a.c.total && rateHead.MatchString(a.col.head) || adds(ind.BaseValue, a.c.value, aims[0].c.value)) {
			continue // the yearly mean, or what is added to the base, beside a target of the last year
		}
		x := ind
		x.TargetValue, x.Comparator, x.TargetYear, x.Dated = a.c.value, a.c.comparator, "", true
		if x.Comparator == Equal {
			x.Comparator = said
		}
		if m := risesRE.FindStringSubmatch(plain(a.c.value)); m != nil && a.c.words { // what is to be added is the target
			x.Name, x.BaseYear, x.BaseValue = x.Name+m[2], m[1], ""
			x.TargetValue, x.Unit, x.Comparator = m[3], m[4], comparatorOf("", m[5])
		}
		x.Cumulative = a.c.total || !a.c.words && a.col.use == useTotal && !strings.Contains(a.col.head, "年均") && strings.Contains(a.col.head, "累计")
		if a.col.span && !a.c.words && !ratio(x.Unit) {
			x.Cumulative = true
		}
		if a.col.use == useTarget && a.col.year != "" {
			x.TargetYear = a.col.year
		}
		out = append(out, x)
	}
	return out
}

// adds reports whether a base and what is added to it make the target, but for rounding.
func adds(base, more, target string) bool {
	b, err1 := strconv.ParseFloat(base, 64)
	m, err2 := strconv.ParseFloat(more, 64)
	t, err3 := strconv.ParseFloat(target, 64)
	return err1 == nil && err2 == nil && err3 == nil && t > b && math.Abs(b+m-t) <= .1*m
}

func attribute(raw string) string {
	s := plain(raw)
	for _, word := range []string{"预期", "约束", "引导", "参考", "指导"} {
		if strings.Contains(s, word) {
			return word + "性"
		}
	}
	return ""
}
