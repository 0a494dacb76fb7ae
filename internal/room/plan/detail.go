package plan

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/area"
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

	rank float64
}

func (r *Room) detail(ctx context.Context, t words, i Indicator, code string, year int) (*Detail, error) {
	f, err := r.read(ctx, code)
	if err != nil {
		return nil, err
	}
	d := &Detail{Indicator: i, Line: f.line(t, i), Name: t("plan.name." + i.ID), Area: code, Year: year, Definition: t("plan.def." + i.ID), Notes: f.notes(t),
		Counts: i.Kind == Event || i.Kind == Stock}
	here := indicatorHref(i.ID, code)
	d.ReportHref = here + "/report?year=" + strconv.Itoa(year)
	d.source(t, f)
	d.pace(t, f)
	d.years(t, f, here)
	d.peopleLinks(f, here)
	return d, r.fillBelow(ctx, t, f, d)
}

// source quotes the plan that sets the target, for this area or the one above.
func (d *Detail) source(t words, f *figures) {
	for code := f.area; code != ""; code = area.Parent(code) {
		g := TargetOf(code, d.Indicator.Index)
		if g == nil {
			continue
		}
		doc := DocumentOf(g.Document)
		d.Source = []web.Pair{
			{Key: t("plan.source.document"), Value: "《" + doc.Name + "》", Note: doc.Number},
			{Key: t("plan.source.place"), Value: doc.Place},
			{Key: t("plan.source.quote"), Value: g.Quote},
			{Key: t("plan.source.base"), Value: t("plan.source.baseValue", g.BaseYear, Figure(g.Base, g.Unit), t("plan.unit."+g.Unit))},
			{Key: t("plan.source.target"), Value: targetText(t, g), Note: t(map[bool]string{true: "plan.binding", false: "plan.expected"}[g.Binding])},
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
	i, unit := d.Indicator, f.unit(d.Indicator, TargetOf(f.area, d.Indicator.Index))
	var plotted []float64
	var at []string
	for year := firstYear; year <= max(f.asOf.Year(), d.Year); year++ {
		row := YearRow{Year: year, Text: strconv.Itoa(year), Current: year == d.Year, Href: here + "?year=" + strconv.Itoa(year), Value: "—", Reported: "—"}
		if year == f.asOf.Year() && i.FromRegister() && f.asOf.YearDay() < yearDays(year) {
			row.Text = t("plan.yearTo", year, int(f.asOf.Month()))
		}
		n, ok := f.number(i.Index, year)
		if rep := f.reported(i.Index, year); rep.Known {
			v, _ := rep.Number()
			row.Reported, row.Note = Figure(v, unit), rep.Note
		}
		if v := f.value(i.Index, year); v.Known && !v.Reported {
			row.Value = "—"
			if ok {
				row.Value = Figure(n, unit)
			}
			row.Numerator, row.Denominator = Figure(v.Numerator, "人"), Figure(v.Denominator, "人")
		}
		if ok {
			plotted, at = append(plotted, plot(n, unit)), append(at, strconv.Itoa(year))
			d.Bars = append(d.Bars, draw.Row{Name: row.Text, Value: plot(n, unit), Text: Figure(n, unit)})
		}
		d.Years = append(d.Years, row)
	}
	if d.Counts && i.Kind == Event || len(plotted) < 3 {
		return
	}
	c := draw.Chart{Label: d.Name, X: at, Actual: plotted, Words: draw.ChartWords{Actual: t("plan.actual"), Target: t("plan.target"), Table: t("plan.chartTable"),
		Time: t("plan.yearHead"), Forecast: t("plan.forecast"), Interval: t("plan.interval")}}
	if g := TargetOf(f.area, i.Index); g != nil && !g.Cumulative {
		c.Target = plot(g.Value, unit)
	}
	d.Chart, d.Bars = &c, nil
}

// plot is a kept number in its unit.
func plot(n int64, unit string) float64 {
	v, err := strconv.ParseFloat(strings.NewReplacer(",", "", "−", "-").Replace(Figure(n, unit)), 64)
	if err != nil { // Figure writes digits
		return 0
	}
	return v
}

// peopleLinks lead to the people: at a banner for events, at a township for everything else; above, to the areas to
// choose from.
func (d *Detail) peopleLinks(f *figures, here string) {
	if !d.Indicator.FromRegister() || f.people == 0 {
		return
	}
	d.PeopleHref = here + "/people?year=" + strconv.Itoa(d.Year)
	if d.Indicator.Kind == Rate {
		d.RestHref = d.PeopleHref + "&set=rest"
	}
}

// fillBelow ranks the areas one level down, the bases beside the values.
func (r *Room) fillBelow(ctx context.Context, t words, f *figures, d *Detail) error {
	if area.Level(f.area) >= area.Township || !d.Indicator.FromRegister() {
		return nil
	}
	children := area.Children(f.area)
	below, err := r.below(ctx, d.Indicator.Index, codes(children), f.asOf)
	if err != nil {
		return err
	}
	d.BelowTitle = t("plan.below."+strconv.Itoa(area.Level(f.area)), d.Year)
	d.BelowNote = t("plan.below.note." + string(d.Indicator.Kind))
	for _, a := range children {
		p := below[a.Code]
		row := BelowRow{Name: area.Short(a.Code), Href: indicatorHref(d.Indicator.ID, a.Code) + "?year=" + strconv.Itoa(d.Year), Value: t("plan.nodata"), rank: -1e18}
		if p.people > 0 {
			c := p.years[d.Year]
			row.Known, row.People, row.Numerator, row.Denominator = true, Figure(p.people, "人"), Figure(c.numerator, "人"), Figure(c.denominator, "人")
			v := Value{Indicator: d.Indicator.Index, Numerator: c.numerator, Denominator: c.denominator, Known: true}
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
	slices.SortStableFunc(d.Below, func(a, b BelowRow) int { return cmp.Compare(b.rank, a.rank) })
	return nil
}
