package analysis

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/register/area"
)

// View is what an area's market looks like in a period. People fewer than five are concealed in every list (conceal).
type View struct {
	Area        string
	Period      Period
	Run         Counted
	Total       Sums
	Before, Ago *Sums // of the period before, and a year ago; nil: not known
	Groups      []Part
	Short       []Part // ten occupations that lack the most people
	Crowded     []Part // ten that have the most people too many
	Places      []Part // the areas below
	Trend       []Point
	Outlooks    []Outlook
}

// Part is an occupation, or a place.
type Part struct {
	Code, Name string
	Sums
	Hidden [measures]bool // not shown: too few people
	Known  bool           // demand is known for the period
}

// Point is a month of a course.
type Point struct {
	Month Month
	Sums
}

// gap is how many people are lacking; below zero, too many.
func (p *Part) gap() int64 { return p.Sums[Demand] - p.Sums[Supply] }

// ratio writes the ratio, or why there is none.
func (p *Part) ratio() string {
	switch {
	case !p.Known:
		return "—"
	case p.Hidden[Supply]:
		return "—"
	}
	if v, ok := Ratio(p.Sums[Demand], p.Sums[Supply]); ok {
		return ratioText(v)
	}
	return "—"
}

// number writes a number of a part.
func (p *Part) number(what int) string {
	switch {
	case what <= Posted && !p.Known:
		return "—"
	case p.Hidden[what] && p.Sums[what] < fewest:
		return "＜5"
	case p.Hidden[what]:
		return "不显示"
	}
	return lang.Int(p.Sums[what])
}

// veil conceals small numbers of people among siblings.
func veil(list []Part) {
	for _, what := range []int{Supply, Arrived, Hired} {
		people := make([]int64, len(list))
		for i := range list {
			people[i] = list[i].Sums[what]
		}
		for i, hidden := range conceal(people) {
			list[i].Hidden[what] = hidden
		}
	}
}

// trendMonths is how far back the line goes.
const trendMonths = 24

// demandKnown tells whether all months of a period have vacancies.
func (c *Counted) demandKnown(p Period) bool { return c.Vacancies != 0 && p.From() >= c.Vacancies }

// known tells whether a period has been counted at all.
func (c *Counted) known(p Period) bool { return p.From() >= c.First && p.Month <= c.Month }

// latest is the last finished count. Faults: Conflict before the first.
func (r *Room) latest(ctx context.Context) (Counted, error) {
	run, found, err := latestRun(ctx, r.DB)
	if err == nil && !found {
		err = fault.New(fault.Conflict, "市场供求还没有统计过。每天凌晨自动统计一次，请明天再看")
	}
	return run, err
}

// View reads an area's market in a period. Faults: Conflict before the first count, Invalid for a period that was not counted.
func (r *Room) View(ctx context.Context, where string, p Period) (v View, err error) {
	v = View{Area: where, Period: p}
	if v.Run, err = r.latest(ctx); err != nil {
		return v, err
	}
	if !v.Run.known(p) {
		return v, fault.New(fault.Invalid, "%s没有统计数，可以选 %s 至 %s 之间的月份或季度", p.Zh(), v.Run.First, v.Run.Month)
	}
	rows, err := occupationsIn(ctx, r.DB, where, p.Month)
	if err != nil {
		return v, err
	}
	var singles []Part
	for i := range rows {
		row := &rows[i]
		part := Part{Code: row.Occupation, Name: occupationName(row.Occupation), Sums: row.of(p), Known: v.Run.demandKnown(p)}
		switch {
		case row.Occupation == AllOccupations:
			v.Total = part.Sums
		case single(row.Occupation):
			singles = append(singles, part)
		default:
			v.Groups = append(v.Groups, part)
		}
	}
	veil(v.Groups)
	for from, i := 0, 1; i <= len(singles); i++ { // each class by itself, for its sum is shown
		if i == len(singles) || group(singles[i].Code) != group(singles[from].Code) {
			veil(singles[from:i])
			from = i
		}
	}
	v.extremes(singles)
	if err := r.places(ctx, &v); err != nil {
		return v, err
	}
	if err := r.course(ctx, &v); err != nil {
		return v, err
	}
	slices.SortStableFunc(v.Groups, func(a, b Part) int { return cmp.Compare(b.Sums[Supply]+b.Sums[Demand], a.Sums[Supply]+a.Sums[Demand]) })
	v.Outlooks, err = outlooks(ctx, r.DB, where, v.Run.Month)
	return v, err
}

// most is how many occupations are named as the shortest and the most crowded.
const most = 10

// extremes finds the occupations with the largest gaps: single ones where they are counted, classes in banners.
func (v *View) extremes(singles []Part) {
	from := singles
	if len(from) == 0 {
		from = v.Groups
	}
	if !v.Run.demandKnown(v.Period) {
		return
	}
	for i := range from {
		p := from[i]
		switch {
		case p.Code == NotCoded:
		case p.gap() > 0 && p.Sums[Demand] >= fewest:
			v.Short = append(v.Short, p)
		case p.gap() < 0 && !p.Hidden[Supply]:
			v.Crowded = append(v.Crowded, p)
		}
	}
	by := func(a, b Part) int { return cmp.Or(cmp.Compare(b.gap(), a.gap()), cmp.Compare(a.Code, b.Code)) }
	slices.SortFunc(v.Short, by)
	slices.SortFunc(v.Crowded, func(a, b Part) int { return by(b, a) })
	v.Short, v.Crowded = v.Short[:min(most, len(v.Short))], v.Crowded[:min(most, len(v.Crowded))]
}

// places reads the areas one level down, no finer than banners.
func (r *Room) places(ctx context.Context, v *View) error {
	list, err := r.placesOf(ctx, v.Area, AllOccupations, v.Period, &v.Run)
	v.Places = list
	return err
}

func (r *Room) placesOf(ctx context.Context, where, occupation string, p Period, run *Counted) (out []Part, err error) {
	if area.Level(where) >= area.Banner {
		return nil, nil
	}
	var codes []string
	for _, a := range area.Children(where) {
		if area.Level(a.Code) <= area.Banner {
			codes = append(codes, a.Code)
		}
	}
	rows, err := areasIn(ctx, r.DB, codes, occupation, p.Month)
	if err != nil {
		return nil, err
	}
	for _, code := range codes {
		if row, ok := rows[code]; ok {
			out = append(out, Part{Code: code, Name: area.Name(code), Sums: row.of(p), Known: run.demandKnown(p)})
		}
	}
	veil(out)
	return out, nil
}

// course reads the months before, and the periods that the present one is held against.
func (r *Room) course(ctx context.Context, v *View) error {
	from := min(v.Period.Month-trendMonths+1, v.Period.From()-12)
	rows, err := courseOf(ctx, r.DB, v.Area, AllOccupations, max(from, v.Run.First), v.Run.Month)
	if err != nil {
		return err
	}
	steps := 1
	if v.Period.Quarters {
		steps = 4
	} else {
		steps = 12
	}
	for _, one := range []struct {
		to   **Sums
		back int
	}{{&v.Before, 1}, {&v.Ago, steps}} {
		p := v.Period.before(one.back)
		if !v.Period.Whole() { // held against as many months
			p.Month = v.Period.Month - Month(3*one.back)
		}
		if row, ok := rows[p.Month]; ok && v.Run.known(p) {
			s := row.of(p)
			*one.to = &s
		}
	}
	for m := max(v.Period.Month-trendMonths+1, v.Run.First); m <= v.Period.Month; m++ {
		v.Trend = append(v.Trend, Point{m, rows[m].InMonth})
	}
	return nil
}

// partial are the names of the leagues that there are numbers of, where that is not all of a region; "" otherwise.
func (v *View) partial() string {
	if area.Level(v.Area) != area.Region || len(v.Places) == len(area.Children(v.Area)) {
		return ""
	}
	names := make([]string, len(v.Places))
	for i := range v.Places {
		names[i] = v.Places[i].Name
	}
	return strings.Join(names, "、")
}

// demandSince says in words from when on demand is known.
func (v *View) demandSince() string {
	if v.Run.Vacancies == 0 {
		return "登记系统中还没有岗位"
	}
	return fmt.Sprintf("岗位数据自 %d 年 %d 月起", v.Run.Vacancies.year(), v.Run.Vacancies.of())
}
