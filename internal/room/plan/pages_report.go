package plan

import (
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// ReportPage is the form for a value that the register cannot tell.
type ReportPage struct {
	Name, Unit, Area, AreaName, Action string
	Year                               int
	Years                              []web.Tab
	Now                                []web.Pair // what is there
}

func (p pages) reportAsk(c *web.Ctx, i Indicator) *web.Form {
	return c.Form(web.Field{Name: "value", Label: nameOf(c.T, i), Hint: c.T("plan.report.hint"), Need: true, Max: 12, Width: "4", Unit: unitOf(c.T, i.Unit)},
		web.Field{Name: "note", Label: c.T("plan.report.note"), Hint: c.T("plan.report.noteHint"), Kind: "textarea", Need: true, Max: 300, Rows: 3})
}

func (p pages) reportForm(c *web.Ctx) error {
	i, code, year, err := p.asked(c)
	if err != nil {
		return err
	}
	return p.showReport(c, i, code, year, p.reportAsk(c, i))
}

func (p pages) showReport(c *web.Ctx, i Indicator, code string, year int, form *web.Form) error {
	if err := canWrite(c.User, code); err != nil {
		return err
	}
	if i.FromRegister() {
		return fault.New(fault.NotFound, "“%s”由登记库计算，不用填报", i.Name)
	}
	versions, err := p.Indicators.ReportVersions(c.Context(), code, i.ID, indicator.Period(year))
	if err != nil {
		return err
	}
	here := indicatorHref(i.ID, code) + "/report?year="
	d := ReportPage{Name: nameOf(c.T, i), Unit: unitOf(c.T, i.Unit), Area: code, AreaName: area.FullName(code), Action: here + strconv.Itoa(year), Year: year}
	for y := firstYear; y <= p.Clock.Today().Year(); y++ {
		d.Years = append(d.Years, web.Tab{Text: text(y), Href: here + text(y), Current: y == year})
	}
	var rep Report
	if len(versions) > 0 {
		rep = versions[0]
		by := rep.ByName
		if by == "" {
			by = c.T("plan.report.printed")
		}
		d.Now = []web.Pair{{Key: c.T("plan.reported"), Value: Figure(rep.Value, i.Unit) + i.Unit}, {Key: c.T("plan.report.by"), Value: by, Note: stamp(rep.At)},
			{Key: c.T("plan.report.note"), Value: rep.Note}}
		form.Set("value", Figure(rep.Value, i.Unit))
	}
	form.SetVersion(rep.Version)
	return c.Render("plan/report", web.Page{Title: c.T("plan.report.title", year, d.Name), Lede: d.AreaName, Form: form, Data: d, Nav: "/plan",
		Crumbs: inArea(c.User, code, web.Crumb{Text: d.Name, Href: indicatorHref(i.ID, code)})})
}

// The widest value that makes sense of a reported share or growth, in ten-thousandths: ±100 %.
const widest = 10000

func (p pages) report(c *web.Ctx) error {
	i, code, year, err := p.asked(c)
	if err != nil {
		return err
	}
	form := p.reportAsk(c, i)
	typed := form.Text("value")
	rep := Report{Area: code, Indicator: i.ID, Period: indicator.Period(year), Note: form.Text("note"), Version: form.Version()}
	if typed != "" {
		n, err := indicator.Scaled(half(typed), i.Unit)
		switch {
		case err != nil:
			form.Fail("value", c.T("plan.report.bad", nameOf(c.T, i), typed))
		case i.Unit == "%" && (n > widest || n < -widest):
			form.Fail("value", c.T("plan.report.range", nameOf(c.T, i), typed))
		case i.Unit != "%" && n < 0:
			form.Fail("value", c.T("plan.report.below", nameOf(c.T, i), typed))
		}
		rep.Value = n
	}
	if !form.OK() {
		return p.showReport(c, i, code, year, form)
	}
	if err := p.Report(c.Context(), c.User, c.Once(), rep); err != nil {
		return err
	}
	c.Flash("ok", c.T("plan.report.saved", year, Figure(rep.Value, i.Unit)+i.Unit))
	return c.Redirect(indicatorHref(i.ID, code) + "?year=" + strconv.Itoa(year))
}

// half is what people type for numbers in one writing: half-width, without separators and percent signs.
func half(s string) string {
	return strings.NewReplacer(",", "", " ", "", "%", "", "−", "-").Replace(width.Narrow.String(s))
}
