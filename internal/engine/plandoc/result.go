package plandoc

import "regexp"

// What a clause behind a figure says of it.
var (
	// 完成全年计划的107%, 完成目标任务15万人的112%: the figure is a result, and the plan's own number may be named.
	resultRE = regexp.MustCompile(`^(?:已?超额|提前|均|分别)?完成(?:了)?[^，]{0,14}?(?:目标|任务|计划)[目标任务计划数值]*(?:(\d[\d.]*)(` + unitWord + `))?的?\d[\d.]*%`)
	// 低于5%的控制目标: the figure is held against its target.
	heldRE = regexp.MustCompile(`^(?:均|都|远)?(?:低于|高于|优于|好于)[^，]{0,8}\d[^，]{0,6}的?(?:年度|全年|预期|控制|省定|国家|规划)?目标|^(?:均|都|远)?(?:低于|高于|优于|好于)[^，]{0,8}(?:控制?线|目标|计划)`)
	// 实际完成情况如下：
	resultsHead = regexp.MustCompile(`(?:完成|执行|进展|落实)情况.{0,8}：$`)
)

// result reports whether the clause behind a figure tells that it was reached, and what was planned (in the figure's unit).
func result(next, unit string) (planned string, reached bool) {
	if m := resultRE.FindStringSubmatch(next); m != nil {
		if m[2] == unit {
			planned = m[1]
		}
		return planned, true
	}
	return "", heldRE.MatchString(next)
}
