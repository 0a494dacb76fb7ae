package analysis

import (
	"fmt"
	"strings"

	"jiuye/internal/ground/lang"
	"jiuye/internal/register/area"
)

// writer writes a report from a view: each number becomes a figure, and each sentence names its figures.
type writer struct {
	v    *View
	out  Content
	said []int // figures of the sentence being written
}

const (
	byVacancies     = "岗位登记"
	byRegistrations = "失业登记"
	bySpells        = "就业登记"
	byFormula       = "按本报告数字计算"
	byForecast      = "时间序列推算"
)

var sources = [measures]string{byVacancies, byVacancies, byVacancies, byRegistrations, byRegistrations, bySpells}
var measureZh = [measures]string{"需求人数", "岗位数", "新发布需求人数", "登记求职人数", "新登记求职人次", "单位新进人员"}
var measureUnit = [measures]string{"人", "个", "人", "人", "人次", "人次"}

// fig notes a number and returns it as the text has it.
func (w *writer) fig(name, value, unit, source string) string {
	n := len(w.out.Figures) + 1
	w.out.Figures = append(w.out.Figures, Fig{n, name, value, unit, source})
	w.said = append(w.said, n)
	return value
}

func (w *writer) count(name string, what int, n int64) string {
	if what < Supply { // openings, no people
		return w.fig(name, lang.Int(n), measureUnit[what], sources[what])
	}
	return w.fig(name, number(n), measureUnit[what], sources[what])
}

// say adds a sentence to the last section, with the figures noted since the one before.
func (w *writer) say(format string, args ...any) {
	s := &w.out.Sections[len(w.out.Sections)-1]
	s.Sentences = append(s.Sentences, Sentence{fmt.Sprintf(format, args...), w.said})
	w.said = nil
}

func (w *writer) section(head string) { w.out.Sections = append(w.out.Sections, Section{Head: head}) }

func (w *writer) grid(g Grid) {
	s := &w.out.Sections[len(w.out.Sections)-1]
	if len(g.Rows) > 0 {
		s.Tables = append(s.Tables, g)
	}
}

func titleOf(where string, p Period) string {
	return area.Name(where) + " " + p.Zh() + "人力资源市场供求分析报告"
}

// write makes a report's content.
func write(v *View, asOf string) Content {
	w := &writer{v: v, out: Content{Title: titleOf(v.Area, v.Period), AsOf: asOf}}
	w.overall()
	w.occupations()
	w.where()
	w.moved()
	w.ahead()
	w.notes()
	w.lines()
	return w.out
}

func (w *writer) overall() {
	v, t := w.v, &w.v.Total
	w.section("一、总体情况")
	name := area.Name(v.Area)
	known := v.Run.demandKnown(v.Period)
	if names := v.partial(); names != "" {
		w.say("目前只有%s有登记数据，以下数字不代表全区。", names)
	}
	if known {
		w.say("%s，%s登记岗位 %s 个，需求 %s 人；登记求职 %s 人。", v.Period.Zh(), name, w.count("岗位数", Vacancies, t[Vacancies]), w.count("需求人数", Demand, t[Demand]), w.count("登记求职人数", Supply, t[Supply]))
		if ratio, ok := Ratio(t[Demand], t[Supply]); ok && !few(t[Supply]) {
			word := "岗位少于求职的人"
			if ratio > 105 {
				word = "岗位多于求职的人"
			} else if ratio >= 95 {
				word = "岗位与求职的人大体相当"
			}
			w.say("求人倍率为 %s，即每名求职人员对应 %s 个空缺，%s。", w.fig("求人倍率", ratioText(ratio), "", byFormula), ratioText(ratio), word)
		}
	} else {
		w.say("%s，%s登记求职 %s 人。%s，本季度的需求和求人倍率无法计算。", v.Period.Zh(), name, w.count("登记求职人数", Supply, t[Supply]), v.demandSince())
	}
	word := "上季度"
	if !v.Period.Whole() {
		word += "的前" + numerals[v.Period.Month.in()] + "个月"
	}
	w.against(word, v.Before, v.Period.before(1))
	w.against("上年同期", v.Ago, v.Period.before(4))
}

// against compares with another period.
func (w *writer) against(word string, then *Sums, p Period) {
	if then == nil {
		w.say("没有%s的统计数，不作比较。", word)
		return
	}
	v := w.v
	supply := w.change(word, Supply, then)
	if !v.Run.demandKnown(v.Period) || !v.Run.demandKnown(p) {
		w.say("与%s相比，登记求职%s。%s，需求没有可比的数。", word, supply, v.demandSince())
		return
	}
	text := fmt.Sprintf("与%s相比，需求%s，登记求职%s", word, w.change(word, Demand, then), supply)
	now, ok := Ratio(v.Total[Demand], v.Total[Supply])
	was, ok2 := Ratio(then[Demand], then[Supply])
	if ok && ok2 && !few(v.Total[Supply]) && !few(then[Supply]) {
		switch d := now - was; {
		case d > 0:
			text += "，求人倍率上升 " + w.fig("求人倍率比"+word, ratioText(d), "", byFormula)
		case d < 0:
			text += "，求人倍率下降 " + w.fig("求人倍率比"+word, ratioText(-d), "", byFormula)
		default:
			text += "，求人倍率持平"
		}
	}
	w.say("%s。", text)
}

func (w *writer) change(word string, what int, then *Sums) string {
	d := w.v.Total[what] - then[what]
	name := measureZh[what] + "比" + word + "增减"
	switch {
	case what >= Supply && (few(w.v.Total[what]) || few(then[what])):
		return "人数较少，不作比较"
	case d > 0:
		return "增加 " + w.fig(name, lang.Int(d), measureUnit[what], byFormula) + " " + measureUnit[what]
	case d < 0:
		return "减少 " + w.fig(name, lang.Int(-d), measureUnit[what], byFormula) + " " + measureUnit[what]
	}
	return "持平"
}

// named is how many of a list a sentence names; the table has the rest.
const named = 3

func (w *writer) occupations() {
	v := w.v
	w.section("二、职业供求")
	if !v.Run.demandKnown(v.Period) {
		w.say("%s，本期不排列短缺职业和求职集中职业。", v.demandSince())
		return
	}
	for _, side := range []struct {
		list              []Part
		most, none, title string
	}{{v.Short, "缺口最大的职业是%s。", "没有需求大于求职的职业。", "短缺职业前十位"}, {v.Crowded, "求职最集中的职业是%s。", "没有求职大于需求的职业。", "求职集中职业前十位"}} {
		if len(side.list) == 0 {
			w.say("%s", side.none)
			continue
		}
		var texts []string
		for i := range side.list[:min(named, len(side.list))] {
			p := &side.list[i]
			demand := w.fig(p.Name+"需求人数", p.number(Demand), "人", byVacancies)
			supply := w.fig(p.Name+"登记求职人数", p.number(Supply), "人", byRegistrations)
			texts = append(texts, fmt.Sprintf("%s（需求 %s 人，求职 %s 人）", p.Name, demand, supply))
		}
		w.say(side.most, strings.Join(texts, "、"))
		w.grid(gridOf(side.title, "职业", side.list))
	}
	w.grid(gridOf("按职业中类", "职业", v.Groups))
}

// gridOf is a table of parts.
func gridOf(head, first string, list []Part) Grid {
	g := Grid{Head: head, Heads: []string{first, "需求人数", "登记求职人数", "求人倍率"}}
	for i := range list {
		p := &list[i]
		g.Rows = append(g.Rows, []string{p.Name, p.number(Demand), p.number(Supply), p.ratio()})
	}
	return g
}

func (w *writer) where() {
	v := w.v
	if len(v.Places) == 0 {
		return
	}
	w.section("三、地区供求")
	w.out.Sections[len(w.out.Sections)-1].Places = true
	var high, low *Part
	for i := range v.Places {
		p := &v.Places[i]
		if !p.Known || p.Hidden[Supply] || p.Sums[Supply] == 0 {
			continue
		}
		if high == nil || less(high, p) {
			high = p
		}
		if low == nil || less(p, low) {
			low = p
		}
	}
	if high != nil && high != low {
		w.say("求人倍率最高的是%s，为 %s；最低的是%s，为 %s。", high.Name, w.fig(high.Name+"求人倍率", high.ratio(), "", byFormula), low.Name, w.fig(low.Name+"求人倍率", low.ratio(), "", byFormula))
	} else {
		w.say("各地区的登记求职人数见下表。")
	}
	w.grid(gridOf("按地区", "地区", v.Places))
	w.bars()
}

func less(a, b *Part) bool { return a.Sums[Demand]*b.Sums[Supply] < b.Sums[Demand]*a.Sums[Supply] }

// steps are the lower bounds of the classes of a map of ratios, in hundredths.
var steps = [4]int64{50, 80, 120, 200}

func (w *writer) bars() {
	for i := range w.v.Places {
		p := &w.v.Places[i]
		b := Bar{Area: p.Code, Text: p.ratio()}
		if ratio, ok := Ratio(p.Sums[Demand], p.Sums[Supply]); ok && p.Known && !p.Hidden[Supply] {
			b.Value, b.Class = float64(ratio)/100, 1
			for _, s := range steps {
				if ratio >= s {
					b.Class++
				}
			}
		}
		w.out.Bars = append(w.out.Bars, b)
	}
}

func (w *writer) moved() {
	v, t := w.v, &w.v.Total
	w.section(numbered(len(w.out.Sections), "市场流动"))
	w.say("本期新登记求职 %s 人次；用人单位新进人员 %s 人次。", w.count("新登记求职人次", Arrived, t[Arrived]), w.count("单位新进人员", Hired, t[Hired]))
	g := Grid{Head: "新进人员较多的职业", Heads: []string{"职业", "新进人员（人次）", "新登记求职（人次）"}}
	list := append([]Part(nil), v.Groups...)
	sortBy(list, Hired)
	for i := range list[:min(most, len(list))] {
		if p := &list[i]; p.Sums[Hired] >= fewest && !p.Hidden[Hired] {
			g.Rows = append(g.Rows, []string{p.Name, p.number(Hired), p.number(Arrived)})
		}
	}
	w.grid(g)
}

func (w *writer) ahead() {
	v := w.v
	w.section(numbered(len(w.out.Sections), "趋势推算"))
	said := false
	for i := range v.Outlooks {
		o := &v.Outlooks[i]
		if o.Occupation != AllOccupations || v.Period.Month != v.Run.Month {
			continue
		}
		said = true
		q, name := Period{o.Quarter, true}.Zh(), measureZh[o.Measure]
		where := func(what string) string { return q + name + what }
		text := fmt.Sprintf("预计 %s%s为 %s %s，有八成把握在 %s 至 %s %s之间", q, name, w.fig(where("预计"), lang.Int(o.Mean), measureUnit[o.Measure], byForecast), measureUnit[o.Measure],
			w.fig(where("下限"), lang.Int(o.Low), measureUnit[o.Measure], byForecast), w.fig(where("上限"), lang.Int(o.High), measureUnit[o.Measure], byForecast), measureUnit[o.Measure])
		if o.Tested > 0 && o.Off >= 0 {
			text += fmt.Sprintf("；用同样方法推算过去 %s 个季度，平均相差 %s，落在区间内的占 %s", w.fig(where("检验季度数"), lang.Int(int64(o.Tested)), "个", byForecast),
				w.fig(where("过去平均误差"), lang.Percent(o.Off/10*10), "", byForecast), w.fig(where("过去区间命中"), lang.Percent(o.Inside/100*100), "", byForecast))
		}
		w.say("%s。", text)
	}
	if !said {
		w.say("只对最新一期作推算，本期不推算。")
	}
	if !v.Run.demandKnown(Period{v.Run.Month.begins() - shortest*3 + 2, true}) {
		w.say("%s，不足 %s 个季度，不推算需求；可参照单位新进人员的推算。", v.demandSince(), w.fig("推算所需的最少季度数", lang.Int(shortest), "个", "方法规定"))
	}
}

func (w *writer) notes() {
	w.section(numbered(len(w.out.Sections), "口径说明"))
	for _, text := range definitions {
		w.say("%s", text)
	}
	w.say("数据截至 %s。", w.out.AsOf)
}

// definitions are what the numbers mean, as every report and the page of methods say it.
var definitions = []string{
	"需求人数是本期任何一天在招的岗位的招聘人数，取自岗位登记；停招、过期以后不再计入，存疑待查的岗位不计。",
	"登记求职人数是本期任何一天处于失业登记状态的人数，每人只计一次，按最近一次登记的求职工种归类；没有填工种的，按最近一次就业的工种。",
	"求人倍率等于需求人数除以登记求职人数，反映公共就业服务登记的范围，不等于全部劳动力市场。",
	"单位新进人员是本期开始的单位就业登记，按工作地统计。",
	"需求按工作所在地统计，求职按居住地统计；职业按《中华人民共和国职业分类大典（2022 年版）》归类，归不了类的列为“未归类”。",
	"少于 5 人的数不显示；由合计能推算出来的数也不显示。",
}

func (w *writer) lines() {
	v := w.v
	var supply, ratio, arrived Line
	supply, arrived, ratio = Line{Name: "登记求职人数", Unit: "人"}, Line{Name: "单位新进人员", Unit: "人次"}, Line{Name: "求人倍率"}
	for _, p := range v.Trend {
		x := fmt.Sprintf("%02d-%02d", p.Month.year()%100, p.Month.of())
		supply.X, supply.Values = append(supply.X, x), append(supply.Values, drawn(Supply, p.Sums[Supply]))
		arrived.X, arrived.Values = append(arrived.X, x), append(arrived.Values, drawn(Hired, p.Sums[Hired]))
		if r, ok := Ratio(p.Sums[Demand], p.Sums[Supply]); ok && !few(p.Sums[Supply]) && v.Run.Vacancies != 0 && p.Month >= v.Run.Vacancies {
			ratio.X, ratio.Values = append(ratio.X, x), append(ratio.Values, float64(r)/100)
		}
	}
	for _, l := range []Line{ratio, supply, arrived} {
		if len(l.X) > 1 {
			w.out.Lines = append(w.out.Lines, l)
		}
	}
}

// numbered is the head of the section behind n others.
func numbered(n int, head string) string {
	return [...]string{"一", "二", "三", "四", "五", "六", "七", "八"}[min(n, 7)] + "、" + head
}
