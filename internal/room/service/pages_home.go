package service

import (
	"errors"
	"strconv"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

const latestShown = 20

type homeData struct {
	Tabs    []web.Tab
	Figures []web.Figure
	Rows    []receiptRow
}

type receiptRow struct{ When, Who, Act, By, Place, Href string }

func findForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "number", Label: c.T("service.number"), Hint: c.T("service.numberHint"), Need: true, Max: 40, Auto: "off", Width: "16"})
}

// home is the counter: who stands before it, and what was done today.
func (r *Room) home(c *web.Ctx) error { return r.renderHome(c, findForm(c)) }

func (r *Room) renderHome(c *web.Ctx, f *web.Form) error {
	ctx, today := c.Context(), r.Clock.Today()
	list, err := r.latest(ctx, c.User.Area, latestShown)
	if err != nil {
		return err
	}
	// A day begins at midnight of the country, not of UTC.
	done, err := r.done(ctx, c.User.Area, time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, clock.Zone))
	if err != nil {
		return err
	}
	listed, err := r.People.CountSeekers(ctx, c.User.Area, db.On(today))
	if err != nil {
		return err
	}
	data := homeData{Tabs: tabs(c, atHome), Figures: []web.Figure{{Label: c.T("service.listedNow"), Value: lang.Int(listed), Unit: c.T("service.people"), Href: atHome + "/figures"}}}
	for _, act := range Acts {
		data.Figures = append(data.Figures, web.Figure{Label: c.T("service.today", c.T("service.act."+act)), Value: lang.Int(done[act]), Unit: c.T("service.times")})
	}
	ids := make([]int64, len(list))
	for i, v := range list {
		ids[i] = v.PersonID
	}
	names, err := r.People.Names(ctx, ids)
	if err != nil {
		return err
	}
	for _, v := range list {
		data.Rows = append(data.Rows, receiptRow{v.At.Format("01-02 15:04"), identity.MaskName(names[v.PersonID]), c.T("service.act." + v.Kind), v.ByName, area.Name(v.Office), receiptAt(&v)})
	}
	return c.Render("service/home", web.Page{Title: c.T("service.title"), Lede: c.T("service.lede"), Form: f, Data: data, Nav: atHome})
}

func receiptAt(v *Receipt) string {
	return personAt(v.PersonID) + "/receipt/" + strconv.FormatInt(v.ID, 10)
}

// find takes a number by POST, because it must not stand in an address, and looks in the whole register: whoever stands at
// the counter may be served by any of four places.
func (r *Room) find(c *web.Ctx) error {
	f := findForm(c)
	text := f.Text("number")
	if !f.OK() {
		return r.renderHome(c, f)
	}
	id, why, err := r.personOf(c, text)
	if err != nil {
		return err
	}
	if why != "" {
		f.Fail("number", why)
		return r.renderHome(c, f)
	}
	return c.Redirect(personAt(id))
}

// personOf finds whom a typed ID number belongs to; why says what is wrong with it, or that nobody has it, which is logged.
func (r *Room) personOf(c *web.Ctx, typed string) (id int64, why string, err error) {
	number, err := identity.ParseIDNumber(typed)
	var wrong *identity.CodeError
	if errors.As(err, &wrong) {
		if c.Lang == "en" {
			return 0, wrong.En, nil
		}
		return 0, wrong.Zh, nil
	}
	if err == nil {
		id, err = r.People.ByIDNumber(c.Context(), r.DB, number.Number)
	}
	if err != nil || id != 0 {
		return id, "", err
	}
	return 0, c.T("service.nobody"), r.Audit.Note(c.Context(), audit.Entry{ActorID: c.User.ID, Actor: account.Signature(c.User), Act: "service.find", Object: "counter", Area: c.User.Area, What: "按证件号查找，实名库中没有"})
}

// monthsShown is how many months the figures go back.
const monthsShown = 13

type figuresData struct {
	Tabs   []web.Tab
	Months []string
	Rows   []figureRow
	Total  figureRow
	Flow   []flowRow
	Chart  draw.Chart
	Area   string
}

type figureRow struct {
	Name   string
	Href   string
	Values []int64
	Change int64 // of the last month
}

type flowRow struct {
	Month              string
	Open, Began, Ended int64
}

// figures shows how the number of registered unemployed changed, month by month and area by area.
func (r *Room) figures(c *web.Ctx) error {
	code := c.Query("area")
	if code == "" {
		code = c.User.Area
	}
	if err := account.CanSeeArea(c.User, code); err != nil {
		return err
	}
	today := r.Clock.Today()
	first := time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -monthsShown+1, 0)
	level := min(area.Level(code)+1, area.Village)
	letters := len(code)
	if below := area.Children(code); len(below) > 0 {
		letters = len(below[0].Code)
	}
	spells, err := r.People.ListedMonths(c.Context(), code, letters, db.On(first))
	if err != nil {
		return err
	}
	m := CountMonths(spells, first, monthsShown)
	data := figuresData{Tabs: tabs(c, atHome+"/figures"), Months: m.Months[monthsShown-6:], Area: area.Name(code), Total: figureOf(c.T("service.all"), m.Total)}
	for _, a := range m.Areas {
		row := figureOf(area.Name(a), m.Open[a])
		if level < area.Village && a != code {
			row.Href = atHome + "/figures?area=" + a
		}
		data.Rows = append(data.Rows, row)
	}
	data.Chart = draw.Chart{Label: c.T("service.chart", area.Name(code)), X: m.Months,
		Words: draw.ChartWords{Actual: c.T("service.chartLine"), Table: c.T("service.chartTable"), Time: c.T("service.month")}}
	for i, n := range m.Total {
		data.Chart.Actual = append(data.Chart.Actual, float64(n))
		data.Flow = append(data.Flow, flowRow{m.Months[i], n, m.Began[i], m.Ended[i]})
	}
	return c.Render("service/figures", web.Page{Title: c.T("service.figures"), Lede: c.T("service.figuresLede", area.FullName(code)), Data: data, Nav: atHome})
}

func figureOf(name string, values []int64) figureRow {
	n := len(values)
	return figureRow{Name: name, Values: values[n-6:], Change: values[n-1] - values[n-2]}
}
