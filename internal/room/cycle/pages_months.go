package cycle

import (
	"strconv"
	"time"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// monthsAt is the page of an indicator's months of two years, as known on a day: where a comparison with the year before comes from.
func monthsAt(id, area string, to indicator.Period, on time.Time) string {
	return "/cycle/months/" + id + "/area/" + area + "?to=" + strconv.Itoa(int(to)) + "&on=" + on.Format(time.DateOnly)
}

func (r *Room) showMonths(c *web.Ctx) error {
	code := c.R.PathValue("code")
	if !area.Exists(code) || area.Level(code) > area.Banner {
		return fault.New(fault.NotFound, "没有这个地区")
	}
	if err := MaySeeRound(c.User, code); err != nil {
		return err
	}
	d, err := r.Indicators.Definition(c.Context(), c.R.PathValue("id"))
	if err != nil {
		return err
	}
	then := *r
	if on, err := time.Parse(time.DateOnly, c.Query("on")); err == nil {
		then.known = on
	}
	b, err := then.read(c.Context(), []string{code})
	if err != nil {
		return err
	}
	to, _ := strconv.Atoi(c.Query("to"))
	p := indicator.Period(to)
	if p < 201901 || p.Month() < 1 || p.Month() > 12 || p.IsYear() || p > indicator.MonthOf(b.asOf) {
		p = indicator.MonthOf(b.asOf)
	}
	t := table{ID: "months", Head: c.T("cycle.months", p.Year()-1, p.Year()), Heads: []cell{{Text: c.T("cycle.month")}}, Wide: true, Empty: c.T("cycle.none")}
	for _, year := range []int{p.Year() - 1, p.Year()} {
		t.Heads = append(t.Heads, cell{Text: c.T("cycle.monthIn", strconv.Itoa(year)), Right: true})
		if d.Kind == indicator.Event {
			t.Heads = append(t.Heads, cell{Text: c.T("cycle.sumIn", strconv.Itoa(year)), Right: true})
		}
	}
	if b.asOf.IsZero() {
		p = 0
	}
	for m := january(p); m <= p; m = m.Next() {
		row := []cell{{Text: c.T("cycle.monthNo", m.Month())}}
		for _, at := range []indicator.Period{lastYear(m), m} {
			row = append(row, cell{Text: figure(b.over(d, code, at, at))(d.Unit), Right: true})
			if d.Kind == indicator.Event {
				row = append(row, cell{Text: figure(b.year(d, code, at))(d.Unit), Right: true})
			}
		}
		t.Rows = append(t.Rows, row)
	}
	known := then.known
	if known.IsZero() {
		known = b.made
	}
	return c.Render("cycle/sheet", web.Page{Title: d.Name, Lede: c.T("cycle.monthsLede", area.FullName(code), d.Unit, known.Format(time.DateOnly)), Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("cycle.title"), Href: atHome}, {Text: d.Name}},
		Data: sheet{Actions: []way{{Text: c.T("cycle.definition"), Href: indicatorAt(d.ID, code, p.Year()), Note: "2"}}, Tables: []table{t}}})
}

// figure writes a kept number in a unit, a dash where there is none.
func figure(n int64, ok bool) func(unit string) string {
	return func(unit string) string {
		if !ok {
			return "—"
		}
		return comma(indicator.Figure(n, unit))
	}
}
