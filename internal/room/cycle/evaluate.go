package cycle

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiuye/internal/ground/paper"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

var evaluateParts = []string{"state", "done", "behind", "risk", "places", "causes", "tasks", "measures", "cases", "notes", "change"}

// Evaluate writes an evaluation report (年度、中期、总结) from the facts.
func Evaluate(f *Facts) []Part {
	return numbered(evaluateParts, map[string]func(*Facts) Part{"state": overall, "done": done, "behind": behind, "risk": risk, "places": places, "causes": problems, "tasks": tasks, "measures": measures, "cases": cases,
		"notes": notes, "change": change}, f)
}

// overall is the first part with the table of years.
func overall(f *Facts) Part {
	p := state(f)
	t := paper.Table{Caption: "主要指标历年数", Head: []string{"指标", "单位"}, Right: []bool{false, false}, Note: fmt.Sprintf("注：%d 年为截至%s的数；“—”为登记库算不出或没有数。", f.Period.Year(), zhDay(f.AsOf))}
	for _, y := range f.Years {
		t.Head, t.Right = append(t.Head, strconv.Itoa(y)), append(t.Right, true)
	}
	for _, s := range f.Standing {
		if years, there := f.ByYear[s.ID]; there && !s.Reported {
			t.Rows = append(t.Rows, append([]string{s.Name, s.Unit}, years...))
		}
	}
	if len(t.Rows) > 0 {
		p.Tables = append(p.Tables, t)
	}
	return p
}

// told writes one line for every indicator that is meant.
func (f *Facts) told(meant func(s *Standing) bool, say func(s *Standing, href string) string) string {
	var b strings.Builder
	for i := range f.Standing {
		if s := &f.Standing[i]; meant(s) {
			b.WriteString(say(s, f.at(s.ID, f.Area, f.Period.Year())) + "\n")
		}
	}
	return strings.TrimSpace(b.String())
}

// withUnit puts a unit behind the number of a target: 6% 左右, 〔6,000〕人; a target in words has none.
func withUnit(text, unit string) string {
	at := strings.LastIndexAny(text, "0123456789〕")
	if at < 0 {
		return text
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	return text[:at+size] + strings.TrimSpace(unit) + text[at+size:]
}

func done(f *Facts) Part {
	return Part{Text: f.told(func(s *Standing) bool { return s.State == "reached" }, func(s *Standing, href string) string {
		return fmt.Sprintf("%s：目标 %s，完成 %s。", s.Name, Link(withUnit(s.Target, s.Unit), href), Link(s.Actual+unitWord(s.Unit), href))
	})}
}

func behind(f *Facts) Part {
	return Part{Text: f.told(func(s *Standing) bool { return s.State == "behind" }, func(s *Standing, href string) string {
		text := fmt.Sprintf("%s：目标 %s，完成 %s", s.Name, Link(withUnit(s.Target, s.Unit), href), Link(s.Actual+unitWord(s.Unit), href))
		if s.Done != "" {
			text += fmt.Sprintf("，完成率 %s，比应完成低 %s", Link(s.Done+"%", href), Link(strings.TrimLeft(s.Gap, "+-−")+" 个百分点", href))
		}
		if s.Left != "" {
			text += "，" + Link(strings.TrimRight(s.Left, "。"), href)
		}
		return text + "。"
	})}
}

// risky is the chance below which a target is at risk, in percent.
const risky = 80

func risk(f *Facts) Part {
	return Part{Text: f.told(func(s *Standing) bool { return s.Chance >= 0 && s.Chance < risky && s.State != "reached" }, func(s *Standing, href string) string {
		return fmt.Sprintf("%s：按往年走势推算，到 %d 年底约为 %s（%s），达到当年应达数的可能约 %s。", s.Name, f.Period.Year(), Link(s.Mean+unitWord(s.Unit), href), Link(s.Interval, href), Link(strconv.FormatInt(s.Chance, 10)+"%", href))
	})}
}

func measures(f *Facts) Part {
	var b strings.Builder
	for _, one := range f.Forms {
		for _, text := range []string{quoted(one.Said.Progress), quoted(one.Said.Measures)} {
			if text != "" {
				fmt.Fprintf(&b, "%s：%s\n", area.Name(one.Area), Link(text, formAt(one.RoundID, one.Area)))
			}
		}
	}
	return Part{Text: strings.TrimSpace(b.String())}
}

func notes(f *Facts) Part {
	var b strings.Builder
	fmt.Fprintf(&b, "本报告的数由实名登记库统计，数据截至%s，口径见各指标的说明。", zhDay(f.AsOf))
	var reported []string
	for _, s := range f.Standing {
		if s.Reported {
			reported = append(reported, Link(s.Name, f.at(s.ID, f.Area, f.Period.Year())))
		}
	}
	if len(reported) > 0 {
		b.WriteString("\n" + strings.Join(reported, "、") + "登记库算不出，用有关部门的上报值。")
	}
	if len(f.Standing) > 0 && !f.foreseen() {
		b.WriteString("\n" + unforeseen + "本报告因此没有“有风险的目标”一节。")
	}
	if f.Corrections > 0 {
		b.WriteString("\n今年以来有数在事后更正，更正前后的数和日期在各指标页的更正记录中。")
	}
	if !f.Whole {
		b.WriteString("\n实名库尚未覆盖全部下级地区。")
	}
	if len(f.Absent) > 0 && f.Round != nil {
		fmt.Fprintf(&b, "\n%s没有报送材料，文字部分不含这些地区。", Link(strconv.Itoa(len(f.Absent))+" 个地区", roundAt(f.Round.ID)))
	}
	return Part{Text: b.String()}
}

// change proposes by rule; whoever edits the report decides.
func change(f *Facts) Part {
	text := f.told(func(s *Standing) bool { return s.State == "reached" || s.Chance >= 0 && s.Chance < 40 }, func(s *Standing, href string) string {
		if s.State == "reached" {
			return Link(s.Name, href) + "已提前达到目标，建议保持目标不变，研究在下一规划期适当提高。"
		}
		return Link(s.Name, href) + "按现有走势难以完成，建议先核实基数和口径，再研究增加措施；确属客观条件变化的，按程序提出调整。"
	})
	return Part{Text: text}
}

// titleOf is a document's title where nobody gives another.
func titleOf(kind, code string, p indicator.Period) string {
	name := area.Name(code)
	switch kind {
	case YearReport:
		return fmt.Sprintf("%s就业促进规划%d年度评估报告", name, p.Year())
	case MidReport:
		return name + "就业促进规划中期评估报告"
	case FinalReport:
		return name + "就业促进规划总结评估报告"
	}
	return fmt.Sprintf("%s%d年%s就业工作情况", name, p.Year(), strings.ReplaceAll(span(p), " ", ""))
}
