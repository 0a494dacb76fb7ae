package plan

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// Detail is the page of one indicator in one area.
type Detail struct {
	Indicator  Indicator
	Line       Line
	Name, Area string
	Year       int
	Definition string
	Source     []web.Pair // the plan's own words on it
	Pace       string     // how the expected share was found
	Years      []YearRow
	Chart      *draw.Chart
	Bars       []draw.Row
	Below      []BelowRow
	BelowTitle string
	BelowNote  string
	Counts     bool // numerators are the values themselves: no base but the people
	PeopleHref string
	RestHref   string
	Course     *draw.Chart // where it is heading, with the target
	Script     string      // the same for the script
	Trend      *Trend
	Corrected  []CorrectionRow
	MoreFixes  int // corrections beyond the ones listed
	PastDay    string
	Ranked     bool
	Targeted   bool // some of the areas below have targets of their own
	MayReport  bool
	ReportHref string
	Notes      []string
}

// YearRow is one year of the table.
type YearRow struct {
	Year                   int
	Text                   string // 2025（1～8月）
	Value                  string // counted
	Numerator, Denominator string
	Reported, Note         string // entered by somebody
	Href                   string
	Current                bool
}

// BelowRow is one area below with its bases.
type BelowRow struct {
	Name, Href, People, Numerator, Denominator, Value, Each string
	Known                                                   bool

	Rank         string // 3, or 3（2—5）
	Wanted, Done string // own target and how much of it is done; "" without
	Ahead        *Ahead

	rank float64
}

func (r *Room) detail(ctx context.Context, t words, i Indicator, code string, year int, on time.Time) (*Detail, error) {
	f, err := r.read(ctx, code, on)
	if err != nil {
		return nil, err
	}
	d := &Detail{Indicator: i, Line: f.line(t, i), Name: nameOf(t, i), Area: code, Year: year, Definition: definitionOf(t, i), Notes: f.notes(t),
		Counts: i.Kind == indicator.Event || i.Kind == indicator.Stock}
	here := indicatorHref(i.ID, code)
	d.ReportHref = here + "/report?year=" + strconv.Itoa(year)
	d.source(t, f)
	d.pace(t, f)
	d.years(t, f, here)
	d.peopleLinks(f, here)
	d.course(t, f)
	d.Trend = f.trend(t, i)
	if !on.IsZero() {
		d.PastDay = on.Format(time.DateOnly)
	}
	if d.Corrected, d.MoreFixes, err = r.corrections(ctx, i, code, d.Line.unit); err != nil {
		return nil, err
	}
	return d, r.fillBelow(ctx, t, f, d)
}

// source quotes the plan that sets the target, for this area or the one above.
func (d *Detail) source(t words, f *figures) {
	for code := f.area; code != ""; code = area.Parent(code) {
		g := f.targetAt(code, d.Indicator.ID)
		if g == nil {
			continue
		}
		doc := f.plans[g.Plan]
		d.Source = []web.Pair{
			{Key: t("plan.source.document"), Value: "《" + doc.Name + "》", Note: doc.Number},
			{Key: t("plan.source.place"), Value: doc.Place},
			{Key: t("plan.source.quote"), Value: g.Quote},
			{Key: t("plan.source.base"), Value: t("plan.source.baseValue", g.BaseYear, Figure(g.Base, g.Unit), unitOf(t, g.Unit))},
			{Key: t("plan.source.target"), Value: targetText(t, d.Indicator, g), Note: t(map[bool]string{true: "plan.binding", false: "plan.expected"}[g.Binding])},
		}
		return
	}
}

// pace says how the expected share was found.
func (d *Detail) pace(t words, f *figures) {
	p := d.Line.Progress
	switch {
	case !p.Paced:
		return
	case p.Season:
		d.Pace = t("plan.pace.season", firstYear, f.asOf.Year()-1, tenths(p.Due))
	default:
		d.Pace = t("plan.pace.line", tenths(p.Due))
	}
}

func (d *Detail) years(t words, f *figures, here string) {
	i, unit := d.Indicator, f.unit(d.Indicator, f.targetAt(f.area, d.Indicator.ID))
	var plotted []float64
	var at []string
	for year := firstYear; year <= max(f.asOf.Year(), d.Year); year++ {
		row := YearRow{Year: year, Text: strconv.Itoa(year), Current: year == d.Year, Href: here + "?year=" + strconv.Itoa(year), Value: "—", Reported: "—"}
		if year == f.asOf.Year() && i.FromRegister() && f.asOf.YearDay() < yearDays(year) {
			row.Text = t("plan.yearTo", year, int(f.asOf.Month()))
		}
		n, ok := f.number(i, year)
		if rep := f.reported(i, year); rep.Known {
			v, _ := rep.Number()
			row.Reported, row.Note = Figure(v, unit), rep.Note
			if state := f.reports[i.ID][year].State; state == indicator.Submitted {
				row.Note += t("plan.sign.state.submitted")
			}
		}
		if rep, ok := f.reports[i.ID][year]; ok && rep.State == indicator.Returned {
			row.Note = t("plan.sign.state.returned", rep.Judge, rep.Reason)
		}
		if v := f.value(i, year); v.Known && !v.Reported {
			row.Value = "—"
			if ok {
				row.Value = Figure(n, unit)
			}
			row.Numerator, row.Denominator = Figure(v.Numerator, "人"), Figure(v.Denominator, "人")
		}
		if ok {
			plotted, at = append(plotted, indicator.Plot(n, unit)), append(at, strconv.Itoa(year))
			d.Bars = append(d.Bars, draw.Row{Name: row.Text, Value: indicator.Plot(n, unit), Text: Figure(n, unit)})
		}
		d.Years = append(d.Years, row)
	}
	if d.Counts && i.Kind == indicator.Event || len(plotted) < 3 {
		return
	}
	c := draw.Chart{Label: d.Name, X: at, Actual: plotted, Words: draw.ChartWords{Actual: t("plan.actual"), Target: t("plan.target"), Table: t("plan.chartTable"),
		Time: t("plan.yearHead"), Forecast: t("plan.forecast"), Interval: t("plan.interval")}}
	if g := f.targetAt(f.area, i.ID); g != nil && !g.Cumulative {
		c.Target = indicator.Plot(g.Value, unit)
	}
	d.Chart, d.Bars = &c, nil
}

// peopleLinks lead to the people: at a banner for events, at a township for everything else; above, to the areas to
// choose from.
func (d *Detail) peopleLinks(f *figures, here string) {
	if !d.Indicator.FromRegister() || f.people == 0 {
		return
	}
	d.PeopleHref = here + "/people?year=" + strconv.Itoa(d.Year)
	if d.Indicator.Kind == indicator.Rate {
		d.RestHref = d.PeopleHref + "&set=rest"
	}
}

// fillBelow ranks the areas one level down, the bases beside the values.
func (r *Room) fillBelow(ctx context.Context, t words, f *figures, d *Detail) error {
	if area.Level(f.area) >= area.Township || !d.Indicator.FromRegister() {
		return nil
	}
	children := area.Children(f.area)
	below, err := r.below(ctx, d.Indicator.ID, codes(children), f.on)
	if err != nil {
		return err
	}
	d.BelowTitle = t("plan.below."+strconv.Itoa(area.Level(f.area)), d.Year)
	d.BelowNote = t("plan.below.note." + string(d.Indicator.Kind))
	contenders := make([]Contender, 0, len(children))
	for _, a := range children {
		p := below[a.Code]
		contenders = append(contenders, Contender{Indicator: d.Indicator.Kind, Cell: p.years[d.Year], Base: float64(p.people)})
		row := BelowRow{Name: area.Short(a.Code), Href: indicatorHref(d.Indicator.ID, a.Code) + "?year=" + strconv.Itoa(d.Year), Value: t("plan.nodata"), rank: -1e18}
		if p.people > 0 {
			c := p.years[d.Year]
			row.Known, row.People, row.Numerator, row.Denominator = true, Figure(p.people, "人"), Figure(c.numerator, "人"), Figure(c.denominator, "人")
			v := indicator.Value{Kind: d.Indicator.Kind, Numerator: c.numerator, Denominator: c.denominator, Known: true}
			if n, ok := v.Number(); ok {
				row.Value, row.rank = Figure(n, d.Indicator.Unit), p.colour(d.Indicator, n)
				row.Each = strconv.FormatFloat(row.rank, 'f', 1, 64)
			} else {
				row.Value, row.rank = "—", -1e17
			}
			if d.Indicator.Down && row.rank > -1e17 {
				row.rank = -row.rank
			}
		}
		d.Below = append(d.Below, row)
	}
	for n, rank := range ranks(contenders, d.Indicator.Down, seedOf(f.area, d.Indicator.ID)) {
		if rank.Place > 0 {
			d.Below[n].Rank, d.Ranked = rankText(t, rank), true
		}
	}
	if err := r.targetsBelow(ctx, t, f, d, below); err != nil {
		return err
	}
	slices.SortStableFunc(d.Below, func(a, b BelowRow) int { return cmp.Compare(b.rank, a.rank) })
	return nil
}

// rankText writes a place, with those it could as well be by chance.
func rankText(t words, r Rank) string {
	if r.Low == r.High {
		return t("plan.rank.sure", r.Place)
	}
	return t("plan.rank.range", r.Place, r.Low, r.High)
}

// course draws the way from the base to the target: what was reached at the end of each year, and what is expected.
func (d *Detail) course(t words, f *figures) {
	g := f.targetAt(f.area, d.Indicator.ID)
	if g == nil || d.Line.Ahead == nil || g.Comparator == indicator.InWords || f.asOf.Year() <= g.BaseYear {
		return
	}
	c := draw.Chart{Label: t("plan.course.label", d.Name, text(d.Line.Ahead.Year), d.Line.Ahead.Mean+d.Line.Unit), Target: indicator.Plot(g.Value, g.Unit),
		Words: draw.ChartWords{Actual: t("plan.actual"), Target: t("plan.target"), Table: t("plan.chartTable"), Time: t("plan.yearHead"),
			Forecast: t("plan.forecast"), Interval: t("plan.interval")}}
	sum := int64(0)
	for y := g.BaseYear; y <= f.asOf.Year(); y++ {
		n, ok := f.number(d.Indicator, y)
		switch {
		case g.Cumulative && y == g.BaseYear:
			n = 0
		case !ok:
			return // a gap would be drawn as a fall
		case g.Cumulative:
			sum += n
			n = sum
		}
		x := text(y)
		if y == f.asOf.Year() && d.Indicator.FromRegister() {
			x = t("plan.course.to", y, int(f.asOf.Month()))
		}
		c.X, c.Actual = append(c.X, x), append(c.Actual, indicator.Plot(n, g.Unit))
	}
	last := c.Actual[len(c.Actual)-1]
	c.Forecast, c.Low, c.High = []float64{last}, []float64{last}, []float64{last}
	for _, y := range []int{f.asOf.Year(), g.Year} {
		if o, ok := f.outlook[d.Indicator.ID][y]; ok && (y > f.asOf.Year() || len(c.Forecast) == 1) {
			c.X = append(c.X, t("plan.course.end", y))
			c.Forecast, c.Low, c.High = append(c.Forecast, indicator.Plot(o.Mean, g.Unit)), append(c.Low, indicator.Plot(o.Low, g.Unit)), append(c.High, indicator.Plot(o.High, g.Unit))
		}
	}
	d.Course, d.Script = &c, forScript(t, &c, nil, g.Cumulative)
}
