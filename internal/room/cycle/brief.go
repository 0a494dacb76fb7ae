package cycle

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/paper"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// Part is one part of a document.
type Part struct {
	Key  string // which one it is: state, lines, places …
	Head string // 一、总体情况
	Text string // paragraphs, one a line; see Link

	Tables  []paper.Table
	Charts  []paper.Chart
	Picture *paper.Picture
	Legend  string // of the picture
}

// Parts of documents by key, in their order.
var (
	briefParts = []string{"state", "lines", "places", "problems", "tasks", "cases", "next"}
	partHeads  = map[string]string{"state": "总体情况", "lines": "主要指标完成情况", "places": "各地进展", "problems": "存在的问题", "tasks": "重点任务", "cases": "典型经验", "next": "下一步工作",
		"done": "已完成的目标", "behind": "进度落后的目标", "risk": "有风险的目标", "causes": "原因分析", "measures": "采取的措施", "notes": "数据说明", "change": "规划调整建议"}
	ordinals = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"}
)

// Brief writes a briefing from the facts.
func Brief(f *Facts) []Part {
	write := map[string]func(*Facts) Part{"state": state, "lines": lines, "places": places, "problems": problems, "tasks": tasks, "cases": cases, "next": next}
	return numbered(briefParts, write, f)
}

// numbered writes parts in an order, leaves out the empty ones and numbers the rest.
func numbered(keys []string, write map[string]func(*Facts) Part, f *Facts) (out []Part) {
	for _, key := range keys {
		p := write[key](f)
		if p.Text == "" && len(p.Tables) == 0 && len(p.Charts) == 0 {
			continue
		}
		p.Key, p.Head = key, ordinals[len(out)]+"、"+partHeads[key]
		out = append(out, p)
	}
	return out
}

// indicatorAt is the page of an indicator in an area, with its definition and people.
func indicatorAt(id, area string, year int) string {
	return "/plan/indicator/" + id + "/area/" + area + "?year=" + strconv.Itoa(year)
}

// at is the page of an indicator as it was known when the facts were gathered: what is issued keeps leading to the figures that it says.
func (f *Facts) at(id, area string, year int) string {
	return indicatorAt(id, area, year) + "&on=" + f.Known.Format(time.DateOnly)
}

// board is the area's board as it was known then.
func (f *Facts) board() string {
	return "/plan/area/" + f.Area + "?on=" + f.Known.Format(time.DateOnly)
}

func (f *Facts) unitOf(n int64, unit string) string {
	text := indicator.Figure(n, unit)
	if unit == "%" {
		return text + "%"
	}
	return comma(text) + " " + unit
}

// comma writes thousands apart.
func comma(text string) string {
	whole, rest, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return text
	}
	if whole = lang.Int(n); rest != "" {
		return whole + "." + rest
	}
	return whole
}

// whose is what the whole area is called: 全盟, 全区.
func (f *Facts) whose() string {
	switch area.Level(f.Area) {
	case area.Region:
		return "全区"
	case area.League:
		if strings.HasSuffix(f.Name, "市") {
			return "全市"
		}
		return "全盟"
	}
	return "全旗"
}

func state(f *Facts) Part {
	var b strings.Builder
	by := map[string]int{}
	for _, s := range f.Standing {
		by[s.State]++
	}
	if judged := by["reached"] + by["onpace"] + by["behind"]; judged > 0 {
		fmt.Fprintf(&b, "截至%s，%s规划目标中有 %s可以按进度判断：达到目标 %s，在进度内 %s，落后 %s。", zhDay(f.AsOf), f.whose(), f.items(judged), f.items(by["reached"]), f.items(by["onpace"]), f.items(by["behind"]))
	}
	if len(f.Main) > 0 {
		var list []string
		for _, m := range f.Main {
			if text := f.against(&m); text != "" {
				list = append(list, text)
			}
		}
		fmt.Fprintf(&b, "\n%s，%s。", span(f.Period), strings.Join(list, "；"))
	}
	if !f.Whole {
		b.WriteString("\n实名库尚未覆盖全部下级地区，以上为已入库地区的数。")
	}
	return Part{Text: strings.TrimSpace(b.String()), Charts: f.course()}
}

// items is a number of indicators that leads to the board.
func (f *Facts) items(n int) string { return Link(strconv.Itoa(n)+" 项", f.board()) }

// against says one main indicator against the year before.
func (f *Facts) against(m *Main) string {
	if !m.HasNow {
		return ""
	}
	year := f.Period.Year()
	href, was := f.at(m.ID, f.Area, year), monthsAt(m.ID, f.Area, f.Period, f.Known)
	text := m.Name + " " + Link(f.unitOf(m.Now, m.Unit), href)
	if m.Kind != indicator.Event {
		text = fmt.Sprintf("%d 月末", f.Period.Month()) + text
		if m.ID == "surveyed_rate" {
			text = fmt.Sprintf("%d 月%s %s", f.Period.Month(), m.Name, Link(f.unitOf(m.Now, m.Unit), was))
		}
	}
	switch d := m.Now - m.Was; {
	case m.Now == 0 && m.Was == 0: // nothing is registered of it
		return ""
	case !m.HasWas:
		return text
	case d == 0:
		return text + "，与上年同期" + Link("持平", was)
	case m.Unit == "%":
		return text + "，比上年同期" + map[bool]string{true: "高", false: "低"}[d > 0] + " " + Link(indicator.Figure(max(d, -d), "%")+" 个百分点", was)
	default:
		text += "，比上年同期" + map[bool]string{true: "多", false: "少"}[d > 0] + " " + Link(f.unitOf(max(d, -d), m.Unit), was)
		if share, ok := indicator.Ratio(max(d, -d), m.Was, 1000); ok && m.Was > 0 {
			text += "，" + map[bool]string{true: "增长", false: "下降"}[d > 0] + " " + Link(tenth(share)+"%", was)
		}
		return text
	}
}

// tenth writes thousandths as percent with one decimal.
func tenth(n int64) string { return strconv.FormatFloat(float64(n)/10, 'f', 1, 64) }

// course is the chart of new urban employment by months.
func (f *Facts) course() []paper.Chart {
	if len(f.Main) == 0 || !f.Main[0].HasNow {
		return nil
	}
	m := f.Main[0]
	c := paper.Chart{Title: f.whose() + "各月" + m.Name, Kind: paper.Bars, Unit: m.Unit}
	for i := range m.Months {
		c.Labels = append(c.Labels, strconv.Itoa(i+1)+"月")
	}
	c.Series = []paper.Series{{Name: strconv.Itoa(f.Period.Year()) + "年", Values: m.Months}, {Name: strconv.Itoa(f.Period.Year()-1) + "年", Values: m.Before}}
	return []paper.Chart{c}
}

// unforeseen says why a document of an earlier month has no outlook: it is kept of the newest count only.
const unforeseen = "年底预计和把握只对最近一次统计的数测算，本文所用的数没有，不列。"

// foreseen says whether anything is expected of the year's end.
func (f *Facts) foreseen() bool {
	return slices.ContainsFunc(f.Standing, func(s Standing) bool { return s.Mean != "" })
}

var stateWords = map[string]string{"reached": "达标", "onpace": "在进度内", "behind": "落后", "unjudged": "不测算"}

func lines(f *Facts) Part {
	if len(f.Standing) == 0 {
		return Part{}
	}
	foreseen := f.foreseen()
	t := paper.Table{Caption: "主要指标完成情况", Head: []string{"指标", "单位", "目标", "完成", "今年以来", "完成率", "与应完成差"}, Right: []bool{false, false, true, true, true, true, true},
		Note: "注：〔〕为五年累计。应完成按往年各月的比例折算。“—”为没有数或不测算。"}
	if foreseen {
		t.Head, t.Right = append(t.Head, "年底预计", "把握"), append(t.Right, true, true)
		t.Note += "把握是按往年走势推算的年底达到当年应达数的可能，不是承诺。"
	} else {
		t.Note += unforeseen
	}
	t.Head, t.Right = append(t.Head, "判断"), append(t.Right, false)
	var behind, ahead []string
	for _, s := range f.Standing {
		name := s.Name
		if s.Sub {
			name = "其中：" + name
		}
		row := []string{name, s.Unit, s.Target, s.Actual, orDash(s.Current), percent(s.Done), orDash(s.Gap)}
		if foreseen {
			row = append(row, orDash(s.Mean), chance(s.Chance))
		}
		t.Rows = append(t.Rows, append(row, stateWords[s.State]))
		href := f.at(s.ID, f.Area, f.Period.Year())
		switch {
		case s.State == "behind" && s.Gap != "":
			behind = append(behind, fmt.Sprintf("%s %s，完成率 %s，比应完成低 %s", s.Name, Link(s.Actual+unitWord(s.Unit), href), Link(s.Done+"%", href), Link(strings.TrimLeft(s.Gap, "+-−")+" 个百分点", href)))
		case s.State == "behind":
			behind = append(behind, s.Name+"为 "+Link(s.Actual+unitWord(s.Unit), href)+"，"+Link(orElse(strings.TrimRight(s.Remark, "。"), "没有达到目标要求"), href))
		case s.State == "reached":
			ahead = append(ahead, s.Name+Link("（"+s.Actual+unitWord(s.Unit)+"）", href))
		}
	}
	var b strings.Builder
	if len(ahead) > 0 {
		b.WriteString("已达到规划目标的有：" + strings.Join(ahead, "、") + "。")
	}
	if len(behind) > 0 {
		b.WriteString("\n进度落后的有：" + strings.Join(behind, "；") + "。")
	}
	return Part{Text: strings.TrimSpace(b.String()), Tables: []paper.Table{t}}
}

func unitWord(unit string) string {
	if unit == "%" {
		return unit
	}
	return " " + unit
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func orDash(s string) string { return orElse(s, "—") }

func percent(s string) string {
	if s == "" {
		return "—"
	}
	return s + "%"
}

func chance(n int64) string {
	if n < 0 {
		return "—"
	}
	return strconv.FormatInt(n, 10) + "%"
}

// below is what the areas one level down are called.
func (f *Facts) below() string {
	if area.Level(f.Area) == area.Region {
		return "盟市"
	}
	return "旗县（市、区）"
}

func places(f *Facts) Part {
	t := paper.Table{Caption: span(f.Period) + "各" + f.below() + "主要指标", Head: []string{"地区"}, Right: []bool{false},
		Note: "注：名次按城镇新增就业完成本地规划目标的比例排；“名次范围”内的先后可能只是偶然波动，不宜作高下之分。没有目标的不排名。"}
	var names []string
	for _, id := range compared {
		for _, m := range f.Main {
			if m.ID == id {
				names = append(names, id)
				t.Head, t.Right = append(t.Head, m.Name+"（"+m.Unit+"）"), append(t.Right, true)
			}
		}
	}
	t.Head, t.Right = append(t.Head, "完成本地目标", "名次", "名次范围"), append(t.Right, true, true, true)
	c := paper.Chart{Title: span(f.Period) + "各" + f.below() + "城镇新增就业", Kind: paper.Bars, Unit: "人"}
	var values []float64
	var told []string
	for i, p := range f.Places {
		if !p.Has {
			continue
		}
		row := []string{p.Name}
		for _, id := range names {
			row = append(row, lang.Int(p.Now[id]))
		}
		share, place, rangeOf := "—", "—", "—"
		if p.Target > 0 {
			share, place, rangeOf = tenth(p.thousandths())+"%", strconv.Itoa(i+1), fmt.Sprintf("%d～%d", p.Best, p.Last)
			told = append(told, fmt.Sprintf("%s %s（%s／%s）", p.Name, Link(share, f.at("new_urban", p.Code, f.Period.Year())),
				Link(lang.Int(p.Reached), f.at("new_urban", p.Code, f.Period.Year())), Link(lang.Int(p.Target)+" 人", f.at("new_urban", p.Code, f.Period.Year()))))
		}
		t.Rows = append(t.Rows, append(row, share, place, rangeOf))
		c.Labels, values = append(c.Labels, p.Name), append(values, float64(p.Now["new_urban"]))
	}
	if len(t.Rows) == 0 {
		return Part{}
	}
	text := ""
	if len(told) > 0 {
		text = "城镇新增就业完成本地规划目标的比例（完成数／目标数）：" + strings.Join(told, "，") + "。各地基数和口径见附表。"
		if close := f.close(); close != "" {
			text += close
		}
	}
	c.Series = []paper.Series{{Name: strconv.Itoa(f.Period.Year()) + "年", Values: values}}
	p := Part{Text: text, Tables: []paper.Table{t}, Charts: []paper.Chart{c}}
	p.Picture, p.Legend = colours(f)
	return p
}

// close names the areas whose order may be chance.
func (f *Facts) close() string {
	var list []string
	for _, p := range f.Places {
		if p.Target > 0 && p.Best != p.Last {
			list = append(list, p.Name)
		}
	}
	if len(list) < 2 {
		return ""
	}
	return strings.Join(list, "、") + "之间的差别不超出偶然波动，不分先后。"
}

func problems(f *Facts) Part {
	var b strings.Builder
	for _, one := range f.Forms {
		if text := quoted(one.Said.Problems); text != "" {
			fmt.Fprintf(&b, "%s反映：%s\n", area.Name(one.Area), Link(text, formAt(one.RoundID, one.Area)))
		}
	}
	if len(f.Absent) > 0 && f.Round != nil {
		var names []string
		for _, one := range f.Absent {
			names = append(names, area.Name(one.Area))
		}
		fmt.Fprintf(&b, "%s没有报送%s材料的有 %s：%s。\n", "到编写时，", f.Round.Name(), Link(strconv.Itoa(len(names))+" 个地区", roundAt(f.Round.ID)), strings.Join(names, "、"))
	}
	return Part{Text: strings.TrimSpace(b.String())}
}

// quoted is what a unit wrote, as one paragraph that ends with a full stop and holds no marks of its own.
func quoted(text string) string {
	text = strings.NewReplacer("\r", "", "\n", " ", "[", "〔", "]", "〕", "(", "（", ")", "）").Replace(strings.TrimSpace(text))
	if text != "" && !strings.HasSuffix(text, "。") {
		text += "。"
	}
	return text
}

func tasks(f *Facts) Part {
	if len(f.Loads) == 0 {
		return Part{}
	}
	t := paper.Table{Caption: "重点任务进展", Head: []string{"牵头单位", "任务数", "进行中", "已完成", "超期"}, Right: []bool{false, true, true, true, true}}
	var all Load
	for _, l := range f.Loads {
		t.Rows = append(t.Rows, []string{l.Unit, strconv.Itoa(l.Total), strconv.Itoa(l.Running), strconv.Itoa(l.Done), strconv.Itoa(l.Behind)})
		all.Total, all.Running, all.Done, all.Behind = all.Total+l.Total, all.Running+l.Running, all.Done+l.Done, all.Behind+l.Behind
	}
	at := "/plan/tasks?area=" + f.Area
	n := func(n int) string { return Link(strconv.Itoa(n)+" 项", at) }
	text := fmt.Sprintf("就业促进行动 %s任务和保障措施中，已完成 %s，进行中 %s，超过期限 %s。", n(all.Total), n(all.Done), n(all.Running), n(all.Behind))
	if f.Overdue > 0 {
		text += fmt.Sprintf("分解到各单位督办的节点，超期未完成的有 %s。", Link(strconv.Itoa(f.Overdue)+" 个", f.OverdueAt))
	}
	return Part{Text: text, Tables: []paper.Table{t}}
}

// told is how many cases a briefing tells.
const toldCases = 3

func cases(f *Facts) Part {
	var b strings.Builder
	for _, c := range f.Cases[:min(len(f.Cases), toldCases)] {
		fmt.Fprintf(&b, "%s：%s\n", area.Name(c.Area), Link(c.Title+"。"+quoted(c.Said.Text), caseAt(c.ID)))
	}
	return Part{Text: strings.TrimSpace(b.String())}
}

func next(f *Facts) Part {
	var b strings.Builder
	var behind []string
	for _, s := range f.Standing {
		if s.State == "behind" {
			behind = append(behind, Link(s.Name, f.at(s.ID, f.Area, f.Period.Year())))
		}
	}
	if len(behind) > 0 {
		fmt.Fprintf(&b, "对进度落后的%s，由责任部门逐项列出差额、原因和补上的时间，下月调度时报告。\n", strings.Join(behind, "、"))
	}
	for _, one := range f.Forms {
		if text := quoted(one.Said.Measures); text != "" {
			fmt.Fprintf(&b, "%s：%s\n", area.Name(one.Area), Link(text, formAt(one.RoundID, one.Area)))
		}
	}
	for _, one := range f.Forms {
		if text := quoted(one.Said.Requests); text != "" {
			fmt.Fprintf(&b, "%s请求协调：%s\n", area.Name(one.Area), Link(text, formAt(one.RoundID, one.Area)))
		}
	}
	return Part{Text: strings.TrimSpace(b.String())}
}
