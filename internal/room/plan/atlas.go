package plan

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/area"
	"jiuye/internal/register/area/refdata"
	"jiuye/internal/register/indicator"
)

// The drawing's own size; the style sheet scales it.
const (
	mapWidth  = 440.0
	mapHeight = 380.0
)

// crowded is how many areas a map can name; beyond, a note says how many have no data.
const crowded = 20

// onTabs are the indicators one click away; all others stand in the list beside.
var onTabs = []Index{NewUrban, RegisteredRate, UrbanShare, PensionRate}

// atlas draws the areas below: leagues or all banners of the region, the banners of a league.
func (r *Room) atlas(ctx context.Context, t words, f *figures, i Indicator, level int) (*Atlas, error) {
	here := "/plan/area/" + f.area
	a := &Atlas{Title: t("plan.map.banners"), Current: i.ID}
	if area.Level(f.area) == area.Region {
		a.Levels = []web.Tab{{Text: t("plan.map.byLeague"), Href: here + "?map=" + i.ID, Current: level == area.League},
			{Text: t("plan.map.byBanner"), Href: here + "?map=" + i.ID + "&level=banner", Current: level == area.Banner}}
		if level == area.League {
			a.Title = t("plan.map.leagues")
		} else {
			a.Level = "banner"
		}
	} else {
		level = area.Banner
	}
	suffix := ""
	if a.Level != "" {
		suffix = "&level=" + a.Level
	}
	for _, n := range onTabs {
		a.Tabs = append(a.Tabs, web.Tab{Text: t("plan.short." + n.ID()), Href: here + "?map=" + n.ID() + suffix, Current: is(i, n)})
	}
	for _, o := range Indicators() {
		if o.FromRegister() {
			a.Options = append(a.Options, web.Option{Value: o.ID, Text: t("plan.name." + o.ID)})
		}
	}
	shapes := refdata.MapOf(f.area, level, mapWidth, mapHeight)
	var list []string
	for _, s := range shapes {
		list = append(list, s.Code)
	}
	below, err := r.below(ctx, i.ID, list, f.on)
	if err != nil {
		return nil, err
	}
	_, cumulative, base := f.target(i)
	a.Note = t("plan.map.note." + string(i.Kind))
	a.paint(t, i, shapes, below, cumulative, base, f.asOf)
	return a, nil
}

// paint gives every area its class, value and name.
func (a *Atlas) paint(t words, i Indicator, shapes []refdata.Shape, below map[string]part, cumulative bool, base int, asOf time.Time) {
	level := map[string]float64{} // what the colour stands for
	c := draw.Choropleth{View: [4]float64{0, 0, mapWidth, mapHeight}, Enter: t("plan.map.enter")}
	label := t("plan.name."+i.ID) + t("plan.colon")
	blank := 0
	for _, s := range shapes {
		p := below[s.Code]
		shape := draw.Shape{Code: s.Code, Name: area.Short(s.Code), D: s.D, CX: s.CX, CY: s.CY, Value: t("plan.nodata"), Href: "/plan/area/" + s.Code}
		if n, ok := p.number(i, cumulative, base, asOf.Year()); ok {
			shape.Value = Figure(n, i.Unit) + percentSign(i.Unit)
			level[s.Code] = p.colour(i, n)
		} else {
			blank++
		}
		c.Shapes = append(c.Shapes, shape)
		label += area.Short(s.Code) + " " + shape.Value + t("plan.comma")
	}
	if blank > 0 && len(shapes) > crowded {
		a.Note = t("plan.map.blank", blank) + t("plan.semicolon") + a.Note
	}
	bounds := steps(level)
	for n := range c.Shapes {
		if v, ok := level[c.Shapes[n].Code]; ok {
			c.Shapes[n].Class = class(bounds, v)
		}
	}
	slices.SortStableFunc(c.Shapes, func(x, y draw.Shape) int { return sgn(below[y.Code].people - below[x.Code].people) })
	c.Label, c.Legend = label, legend(t, bounds)
	a.Shapes = c
}

func percentSign(unit string) string {
	if unit == "%" {
		return "%"
	}
	return ""
}

func sgn(n int64) int { return int(min(1, max(-1, n))) }

// number is an area's kept number: the sum of the years after the base, or the latest year's level.
func (p part) number(i Indicator, cumulative bool, base, last int) (int64, bool) {
	if p.people == 0 {
		return 0, false
	}
	sum := int64(0)
	for year := base + 1; year <= last; year++ {
		sum += p.years[year].numerator
	}
	if cumulative {
		return sum, true
	}
	c := p.years[last]
	return indicator.Value{Kind: i.Kind, Numerator: c.numerator, Denominator: c.denominator, Known: true}.Number()
}

// colour is what areas of unlike size are compared by: counts for each thousand people, rates and means as they are.
func (p part) colour(i Indicator, n int64) float64 {
	switch i.Kind {
	case indicator.Event, indicator.Stock:
		return float64(n) * 1000 / float64(p.people)
	}
	return float64(n) / 100
}

// steps are the four bounds between five classes of equal width; nil when there is nothing to tell apart.
func steps(level map[string]float64) []float64 {
	low, high, first := 0.0, 0.0, true
	for _, v := range level {
		if first {
			low, high, first = v, v, false
		}
		low, high = min(low, v), max(high, v)
	}
	if high-low < 0.01 {
		return nil
	}
	out := make([]float64, 4)
	for n := range out {
		out[n] = low + (high-low)*float64(n+1)/5
	}
	return out
}

// class is 1 to 5, light to dark; 3 when there is nothing to tell apart.
func class(bounds []float64, v float64) int {
	if bounds == nil {
		return 3
	}
	c := 1
	for _, b := range bounds {
		if v >= b {
			c++
		}
	}
	return c
}

func legend(t words, bounds []float64) []string {
	if bounds == nil {
		return nil
	}
	places := 1
	switch width := bounds[1] - bounds[0]; {
	case width < 0.1:
		places = 2
	case width > 2:
		places = 0
	}
	write := func(v float64) string { return strconv.FormatFloat(v, 'f', places, 64) }
	return []string{t("plan.map.under", write(bounds[0])), write(bounds[0]) + "～" + write(bounds[1]), write(bounds[1]) + "～" + write(bounds[2]),
		write(bounds[2]) + "～" + write(bounds[3]), t("plan.map.over", write(bounds[3]))}
}

func indicatorHref(id, code string) string { return "/plan/indicator/" + id + "/area/" + code }

func escape(s string) string { return url.QueryEscape(s) }

func text(n int) string { return strconv.Itoa(n) }
