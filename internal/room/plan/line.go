package plan

import (
	"cmp"
	"slices"
	"time"

	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// Line is one indicator.
type Line struct {
	ID, Name, Unit string
	Sub, Binding   bool
	Href           string
	Target, Actual string
	TargetYear     int    // 0: none
	Last, Current  string // last full year and this year so far
	unit           string // as figures are kept for
	Year           string // the year that a level is of, when it is not the current one
	Progress       Progress
	Completed, Gap string
	Remark, Left   string
	Spark          []float64
	Reported       bool
	Ahead          *Ahead // what is expected by the end of the year; nil where nobody can say
}

// Ahead is an outlook in words.
type Ahead struct {
	Light    indicator.Light
	Chance   string // 87
	Mean     string // expected
	Interval string // 12,690～13,178
	Error    string // of such forecasts in the past, in percent; "" unknown
	Year     int
	Wanted   string
	Method   string
	Points   int
}

// line holds one indicator against its target.
func (f *figures) line(t words, i Indicator) Line {
	target, cumulative, base := f.target(i)
	unit := f.unit(i, target)
	l := Line{ID: i.ID, Name: nameOf(t, i), Unit: unitOf(t, unit), Sub: i.Sub != "", Href: indicatorHref(i.ID, f.area),
		Target: targetText(t, i, target), Actual: "—", Spark: f.recent(i, sparkMonths), Reported: !i.FromRegister(), unit: unit}
	if !f.on.IsZero() {
		l.Href += "?on=" + f.on.Format(time.DateOnly)
	}
	if target != nil {
		l.TargetYear = target.Year
	}
	n, year, ok := f.against(i, cumulative, base)
	if ok {
		l.Actual = Figure(n, unit)
		if !cumulative && year != f.asOf.Year() {
			l.Year = t("plan.year", year)
		}
	}
	l.Last, l.Current = f.yearText(i, f.asOf.Year()-1, unit), f.yearText(i, f.asOf.Year(), unit)
	l.Binding = target != nil && target.Binding
	l.Progress = Judge(i, target, n, ok, f.season(i), f.asOf)
	if target != nil && ok && !cumulative && year <= base {
		l.Progress = Progress{Status: Unjudged, Remark: OnlyBase}
	}
	if f.partial && i.FromRegister() && l.Progress.Remark != NoTarget {
		l.Progress = Progress{Status: Unjudged, Remark: Partial}
	}
	p := l.Progress
	if p.Paced {
		l.Completed, l.Gap = tenths(p.Done)+"%", signed(p.Done-p.Due)
	}
	if p.Remark != NoRemark && target != nil {
		l.Remark = f.remark(t, p, target, unit)
	}
	l.Ahead = f.ahead(i, f.asOf.Year(), unit)
	if p.Left > 0 {
		l.Left = left(t, i, p, l.Unit, unit)
	}
	return l
}

// targetHead is the head of a column of targets: with the year where all are of one, otherwise each says its own.
func targetHead(t words, lists ...[]Line) string {
	var years []int
	for _, list := range lists {
		for _, l := range list {
			if l.TargetYear != 0 && !slices.Contains(years, l.TargetYear) {
				years = append(years, l.TargetYear)
			}
		}
	}
	if len(years) == 1 {
		return t("plan.targetOf", years[0])
	}
	for _, list := range lists {
		for i := range list {
			if l := &list[i]; l.TargetYear != 0 {
				l.Target = t("plan.targetIn", l.Target, l.TargetYear)
			}
		}
	}
	return t("plan.targetHead")
}

// ahead is the kept outlook for the end of a year; nil where there is none, and for a past day, when another one was kept.
func (f *figures) ahead(d Indicator, year int, unit string) *Ahead {
	o, ok := f.outlook[d.ID][year]
	if !ok || !f.on.IsZero() {
		return nil
	}
	a := &Ahead{Light: o.Light(), Mean: Figure(o.Mean, unit), Interval: Figure(o.Low, unit) + "～" + Figure(o.High, unit), Year: year, Method: o.Method, Points: o.Points}
	if o.Chance >= 0 {
		a.Chance, a.Wanted = chance(o.Chance), Figure(o.Wanted, unit)
	}
	if o.Error >= 0 {
		a.Error = tenths(o.Error)
	}
	return a
}

// chance writes a probability in whole percent; what is simulated is never certain.
func chance(n int64) string { return text(int(min(99, max(1, (n+50)/100)))) }

// yearText writes a year's value, — where there is none.
func (f *figures) yearText(i Indicator, year int, unit string) string {
	if n, ok := f.number(i, year); ok {
		return Figure(n, unit)
	}
	return "—"
}

// left says how far it is to the target: what is missing, or what is too much.
func left(t words, i Indicator, p Progress, word, unit string) string {
	key := "plan.left"
	if p.Remark == OverCap || p.Remark == OutOfBand && i.Down {
		key = "plan.over"
	}
	if unit == "%" {
		word = t("plan.point")
	}
	return t(key, Figure(p.Left, unit), word)
}

// target is an area's own target, and otherwise what kind of figure the plan above asks for.
func (f *figures) target(d Indicator) (own *indicator.Target, cumulative bool, baseYear int) {
	for code := f.area; code != ""; code = area.Parent(code) {
		if t := f.targetAt(code, d.ID); t != nil {
			if code == f.area {
				own = t
			}
			return own, t.Cumulative, t.BaseYear
		}
	}
	return nil, d.Kind == indicator.Event, 2020
}

// unit is what figures are written in: the target's unit where there is one.
func (f *figures) unit(d Indicator, t *indicator.Target) string {
	if t != nil {
		return t.Unit
	}
	return d.Unit
}

// tenths writes a share of ten-thousandths, which were cut, in percent with one decimal: 9 of 950 are 94, and 0.9. What is not all is
// never written as all.
func tenths(n int64) string {
	round := (n + 5*sign(n)) / 10 * 10
	if n < 10000 && round == 10000 {
		round = 9990
	}
	return Figure(round, "%")
}

// signed writes a difference of ten-thousandths in percentage points with its sign and one decimal.
func signed(n int64) string {
	tenths := (n + 5*sign(n)) / 10 * 10
	text := Figure(tenths, "%")
	if tenths > 0 {
		return "+" + text
	}
	return text
}

// targetText writes a target as the plan prints it: 〔12,500〕以上, 6 左右, 90 以上.
func targetText(t words, d Indicator, g *indicator.Target) string {
	if g == nil {
		return "—"
	}
	if g.Comparator == indicator.InWords {
		if key := "plan.targetText." + d.ID; is(d, LabourShare) || is(d, Schooling) {
			return t(key)
		}
		return g.Text
	}
	return asPrinted(t, g.Comparator, g.Cumulative, Figure(g.Value, g.Unit), Figure(g.High, g.Unit))
}

// asPrinted puts a target's numbers as a plan prints them; high is the upper end of Between. Pages, papers and approvals all say it so.
func asPrinted(t words, comparator string, cumulative bool, n, high string) string {
	if comparator == indicator.Between {
		n += "～" + high
	}
	if cumulative {
		n = "〔" + n + "〕"
	}
	switch {
	case comparator == indicator.AtLeast && cumulative:
		return t("plan.target.sumatleast", n)
	case comparator == indicator.AtLeast:
		return t("plan.target.atleast", n)
	case comparator == indicator.AtMost:
		return t("plan.target.atmost", n)
	case comparator == indicator.About:
		return t("plan.target.about", n)
	}
	return n
}

// remark is the sentence in place of a bar.
func (f *figures) remark(t words, p Progress, g *indicator.Target, unit string) string {
	key := "plan.remark." + string(p.Remark)
	switch p.Remark {
	case SinceBase:
		if p.Gap < 0 {
			return t(key+".less", g.BaseYear, Figure(-p.Gap, unit))
		}
		return t(key, g.BaseYear, Figure(p.Gap, unit))
	case OnlyBase:
		return t(key, g.BaseYear)
	case BelowBase:
		return t(key, g.BaseYear, Figure(g.Base, unit))
	case HigherPlan:
		if up := f.targetAt(area.Parent(g.Area), g.Indicator); up != nil {
			return t(key, Figure(up.Value, up.Unit))
		}
	}
	return t(key)
}

// furthest are up to three judged lines that are behind, the worst first.
func furthest(lines []Line) []Line {
	var out []Line
	for _, l := range lines {
		if l.Progress.Status == Behind {
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b Line) int {
		return cmp.Compare(a.Progress.Done-a.Progress.Due, b.Progress.Done-b.Progress.Due)
	})
	return out[:min(3, len(out))]
}
