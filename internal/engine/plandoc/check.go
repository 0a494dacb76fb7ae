package plandoc

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Finding is something a careful reader would ask about before signing. It says what was seen and what to ask; it does not
// judge.
type Finding struct {
	Kind      string // see Kinds
	Doc       string // name of the document
	Place     Place
	Indicator string // or the task's title
	Quotes    []string
	Seen, Ask string // in Chinese
}

// Kinds are the sorts of findings with their names for people, in the order they are told.
var Kinds = []struct{ Kind, Name string }{
	{"below-base", "目标低于基数"},
	{"below-last", "目标低于上期"},
	{"met-already", "基数已超过目标"},
	{"looser", "上限放宽"},
	{"text-table", "正文与表不一致"},
	{"rounding", "正文与表取位不同"},
	{"times-base", "目标恰为基数的倍数"},
	{"sum-short", "下级之和不足"},
	{"unit", "上下级单位不同"},
	{"definition", "上下级口径不同"},
	{"no-unit", "任务没有责任单位"},
	{"no-date", "数字没有时限"},
}

// KindName is a kind's name for people.
func KindName(kind string) string {
	for _, k := range Kinds {
		if k.Kind == kind {
			return k.Name
		}
	}
	return kind
}

// Check reads drafts against themselves and, where several are given, upper against lower levels (the first is the upper one
// of those after it whose area is named in it or lies below; the caller orders them from above).
func Check(drafts ...Draft) []Finding {
	var out []Finding
	for _, d := range drafts {
		c := checker{d: d}
		c.aims()
		c.words()
		c.tasks()
		out = append(out, c.out...)
	}
	if len(drafts) > 1 {
		out = append(out, levels(drafts[0], drafts[1:])...)
	}
	return sorted(out)
}

// sorted groups findings by kind, keeping the order of the text.
func sorted(in []Finding) []Finding {
	var out []Finding
	for _, k := range Kinds {
		for _, f := range in {
			if f.Kind == k.Kind {
				out = append(out, f)
			}
		}
	}
	return out
}

// checker checks one document against itself.
type checker struct {
	d   Draft
	out []Finding
}

func (c *checker) found(kind string, x Indicator, seen, ask string, quotes ...string) {
	c.out = append(c.out, Finding{Kind: kind, Doc: c.d.Name, Place: x.Place, Indicator: x.Name, Quotes: append([]string{x.Quote}, quotes...), Seen: seen, Ask: ask})
}

// years is the number of years of the plan, 0 where it is not one of several.
func (c *checker) years() int {
	if c.d.First > 0 && c.d.Last > c.d.First {
		return c.d.Last - c.d.First
	}
	return 0
}

// aims compares targets with bases and with what the plan before reached.
func (c *checker) aims() {
	last := map[string]Indicator{} // results of the plan before
	for _, x := range c.d.Indicators {
		if x.FromTable && x.Done != "" {
			last[stem(x.Name)] = x
		}
	}
	for _, x := range c.d.Indicators {
		target, ok := value(x.TargetValue)
		if !ok || x.Past {
			continue
		}
		low := falls(x)
		if base, ok := value(x.BaseValue); ok {
			c.base(x, base, target, low)
		}
		before, ok := last[stem(x.Name)]
		if !ok || before.Unit != x.Unit || before.Cumulative != x.Cumulative {
			continue
		}
		done, ok := value(before.Done)
		if !ok {
			continue
		}
		switch {
		case !low && target < done:
			c.found("below-last", x, fmt.Sprintf("“%s”目标 %s%s，低于上一时期完成数 %s%s", x.Name, x.TargetValue, x.Unit, before.Done, x.Unit),
				"目标为什么定得比上一时期完成数低，是否已说明形势变化", before.Quote)
		case low && target > done:
			earlier, aimed := value(before.EarlierTarget)
			seen := fmt.Sprintf("“%s”控制上限 %s%s，高于上一时期完成数 %s%s", x.Name, x.TargetValue, x.Unit, before.Done, x.Unit)
			if aimed && target > earlier {
				seen += fmt.Sprintf("，也高于上一时期上限 %s%s", before.EarlierTarget, x.Unit)
			}
			c.found("looser", x, seen, "上限为什么比以前放宽", before.Quote)
		}
	}
}

// base compares a target with its base: a total with as many years of the base.
func (c *checker) base(x Indicator, base, target float64, low bool) {
	years := float64(c.years())
	if x.Cumulative {
		if years == 0 || base <= 0 {
			return
		}
		if strings.Contains(x.Quote, "〔"+x.BaseValue) || strings.Contains(x.Quote, "["+x.BaseValue) || strings.Contains(x.Quote, "［"+x.BaseValue) {
			years = 1 // the base is a total too
		}
		switch {
		case years > 1 && math.Abs(target-years*base) < 1e-9*target:
			c.found("times-base", x, fmt.Sprintf("“%s”%d 年目标 %s%s 恰好是基数 %s%s 的 %d 倍", x.Name, c.years(), x.TargetValue, x.Unit, x.BaseValue, x.Unit, c.years()),
				"目标是测算得出的，还是按基数乘年数推算的；每年不增不减是否符合实际")
		case !low && target < years*base*(1-1e-9):
			seen := fmt.Sprintf("“%s”%d 年累计目标 %s%s，平均每年 %s%s，低于基数 %s%s", x.Name, c.years(), x.TargetValue, x.Unit, short(target/float64(c.years())), x.Unit, x.BaseValue, x.Unit)
			if years == 1 {
				seen = fmt.Sprintf("“%s”累计目标 %s%s，低于上一时期累计数 %s%s", x.Name, x.TargetValue, x.Unit, x.BaseValue, x.Unit)
			}
			c.found("below-base", x, seen, "目标为什么低于按基数推算的水平，是否已说明形势变化")
		}
		return
	}
	switch {
	case low && target > base:
		c.found("looser", x, fmt.Sprintf("“%s”控制目标 %s%s，高于基数 %s%s", x.Name, x.TargetValue, x.Unit, x.BaseValue, x.Unit), "上限为什么比现状放宽")
	case low, growthLike(x):
	case target < base && x.Comparator == Least:
		c.found("met-already", x, fmt.Sprintf("“%s”目标是不低于 %s%s，基数已经是 %s%s", x.Name, x.TargetValue, x.Unit, x.BaseValue, x.Unit), "现状已超过目标，目标是否沿用了上级数字，要不要按本地实际提高")
	case target < base && x.TargetYear != Annual:
		c.found("below-base", x, fmt.Sprintf("“%s”目标 %s%s，低于基数 %s%s", x.Name, x.TargetValue, x.Unit, x.BaseValue, x.Unit), "目标为什么低于基数")
	}
}

// falls reports whether less is better: a ceiling, or a rate of loss.
func falls(x Indicator) bool {
	if x.Comparator == Most {
		return true
	}
	for _, word := range []string{"失业率", "流失率", "死亡率", "事故", "发生率", "失败率", "返贫", "投诉", "裁员", "周期", "时限", "能耗"} {
		if strings.Contains(x.Name, word) && !strings.Contains(x.Name, "再就业") && !strings.Contains(x.Name, "结案") {
			return true
		}
	}
	return false
}

func growthLike(x Indicator) bool {
	return strings.HasSuffix(x.Name, "增长") || strings.HasSuffix(x.Name, "增速") || strings.HasSuffix(x.Name, "增幅")
}

// value reads a figure; a span counts with its lower end.
func value(s string) (float64, bool) {
	if s == "" {
		return 0, false
	}
	if i := strings.Index(s[1:], "-"); i >= 0 {
		s = s[:i+1]
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

func short(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }
