package gig

import (
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// hire lists an employer's own jobs.
func (r *Room) hire(c *web.Ctx) error {
	from, err := below(c)
	if err != nil {
		return err
	}
	rows, err := jobsOf(c.Context(), r.DB, c.User.EmployerID, from, shown+1)
	if err != nil {
		return err
	}
	rows, next := cut(rows, func(j *Job) int64 { return j.ID })
	late, err := lateJobs(c.Context(), r.DB, c.User.EmployerID, db.On(r.today()))
	if err != nil {
		return err
	}
	d := page{Actions: []web.Tab{{Text: c.T("gig.act.new"), Href: atNew}, {Text: c.T("gig.tab.shared"), Href: atShared, Current: true}}, Tables: []table{r.jobTable(c, rows)}, Paged: true, Paging: c.Paging(-1, len(rows), next)}
	if late > 0 {
		d.Informs = []inform{{"stop", c.T("gig.lateHead", lang.Int(late)), c.T("gig.lateText", mostLate)}}
	}
	return c.Render("gig/sheet", web.Page{Title: c.T("gig.hire"), Lede: c.T("gig.free"), Nav: atHire, Data: d})
}

func (r *Room) jobTable(c *web.Ctx, rows []Job) table {
	t := table{ID: "jobs", Head: c.T("gig.jobs"), Heads: heads(c, "work", "day", "+price", "+people", "state"), Empty: c.T("gig.noJobs")}
	for i := range rows {
		j := &rows[i]
		t.Rows = append(t.Rows, []cell{{Text: j.Title, Href: manageAt(j.ID), Small: j.Hirer + "　" + area.Name(bannerOf(j.Area))}, {Text: daysText(c, j.From, j.Until), Small: j.Hours()}, {Text: priceText(c, j), Right: true},
			{Text: lang.Int(j.Taken) + "/" + lang.Int(j.Places), Right: true}, r.standing(c, j)})
	}
	return t
}

func jobFields(c *web.Ctx, halls []Market) []web.Field {
	var market []web.Option
	for _, m := range halls {
		if !m.Closed {
			market = append(market, web.Option{Value: number(m.ID), Text: m.Name})
		}
	}
	given := []web.Option{{Value: "tools", Text: c.T("gig.tools")}, {Value: "meals", Text: c.T("gig.meals")}, {Value: "insured", Text: c.T("gig.insured"), Hint: c.T("gig.notInsuredText")}, {Value: "teams", Text: c.T("gig.teams")}}
	var out []web.Field
	if c.User.Role != account.Employer {
		out = append(out, web.Field{Name: "name", Label: c.T("gig.f.hirer"), Hint: c.T("gig.f.hirerHint"), Need: true, Max: 40}, web.Field{Name: "phone", Label: c.T("gig.f.phone"), Kind: "tel", Need: true, Max: 20, Width: "16"})
	}
	clock := func(name string) web.Field {
		return web.Field{Name: name, Label: c.T("gig.f." + name), Need: true, Max: 5, Width: "4"}
	}
	return append(out, web.Field{Name: "title", Label: c.T("gig.f.title"), Hint: c.T("gig.f.titleHint"), Need: true, Max: 40}, web.Field{Name: "kind", Label: c.T("gig.h.kind"), Kind: "select", Need: true, Options: options(c, "kind", kinds)},
		web.Field{Name: "area", Label: c.T("gig.h.area"), Kind: "select", Need: true, Options: account.Banners(homeOf(c.User))}, web.Field{Name: "address", Label: c.T("gig.h.address"), Hint: c.T("gig.f.addressHint"), Need: true, Max: 80},
		web.Field{Name: "market", Label: c.T("gig.f.market"), Hint: c.T("gig.f.marketHint"), Kind: "select", Options: market}, web.Field{Name: "from", Label: c.T("gig.f.starts"), Kind: "date", Need: true, Width: "8"}, web.Field{Name: "until", Label: c.T("gig.f.ends"), Kind: "date", Need: true, Width: "8"},
		clock("start"), clock("end"), web.Field{Name: "rest", Label: c.T("gig.f.rest"), Kind: "number", Min: 0, Top: 240, Width: "4", Unit: c.T("gig.minutes")},
		web.Field{Name: "places", Label: c.T("gig.f.places"), Kind: "number", Need: true, Min: 1, Top: 500, Width: "4", Unit: c.T("gig.persons")},
		web.Field{Name: "unit", Label: c.T("gig.f.unit"), Kind: "radios", Need: true, Inline: true, Options: options(c, "unit", units)}, web.Field{Name: "price", Label: c.T("gig.h.price"), Kind: "number", Need: true, Width: "8", Unit: c.T("gig.yuan")},
		web.Field{Name: "pieces", Label: c.T("gig.f.pieces"), Hint: c.T("gig.f.piecesHint"), Kind: "number", Min: 0, Top: 100_000, Width: "4"}, web.Field{Name: "pay", Label: c.T("gig.h.payWhen"), Kind: "radios", Need: true, Inline: true, Options: options(c, "pay", payDays)},
		web.Field{Name: "given", Label: c.T("gig.h.given"), Kind: "checkboxes", Options: given}, web.Field{Name: "pick", Label: c.T("gig.f.how"), Kind: "radios", Need: true, Options: []web.Option{{Value: "first", Text: c.T("gig.how.first")}, {Value: "pick", Text: c.T("gig.how.pick")}}},
		web.Field{Name: "notice", Label: c.T("gig.f.notice"), Kind: "number", Min: 0, Top: 72, Width: "4", Unit: c.T("gig.hoursUnit")}, web.Field{Name: "note", Label: c.T("gig.h.note"), Kind: "textarea", Max: 300, Rows: 3})
}

// homeOf is the area whose places somebody may choose: staff their own, employers their league.
func homeOf(u web.User) string {
	if u.Role == account.Employer {
		return league(u.Area)
	}
	return u.Area
}

func (r *Room) askJob(c *web.Ctx) error { return r.jobForm(c, false) }

func (r *Room) takeJob(c *web.Ctx) error { return r.jobForm(c, true) }

func (r *Room) jobForm(c *web.Ctx, take bool) error {
	halls, err := markets(c.Context(), r.DB, homeOf(c.User), 0, 100)
	if err != nil {
		return err
	}
	b := boxOf(c, "new", atNew, 0, nil, "", jobFields(c, halls)...)
	f := b.Form
	b.Note = c.T("gig.freeText")
	if !take {
		tomorrow := r.today().AddDate(0, 0, 1).Format("2006-01-02")
		for k, v := range map[string]string{"from": tomorrow, "until": tomorrow, "start": "08:00", "end": "18:00", "rest": "60", "places": "1", "unit": PerDay, "pay": PayDaily, "pick": "first", "notice": "12", "area": bannerOf(c.User.Area)} {
			f.Set("new_"+k, v)
		}
	} else {
		j, h := readJob(f, c.User)
		if f.OK() {
			id, err := r.Publish(c.Context(), c.User, j, h, c.Once())
			if err == nil {
				c.Flash("ok", c.T("gig.published"))
				return c.Redirect(manageAt(id))
			}
			if err := f.Mend(err); err != nil {
				return err
			}
		}
	}
	return c.Render("gig/form", web.Page{Title: c.T("gig.act.new"), Form: f, Nav: atHire, Crumbs: []web.Crumb{{Text: c.T("gig.title"), Href: atHome}}, Data: b})
}

func readJob(f *web.Form, u web.User) (Job, Household) {
	var h Household
	if u.Role != account.Employer {
		h = Household{f.Text("new_name"), f.Text("new_phone")}
	}
	given := strings.Join(f.Many("new_given"), " ")
	j := Job{Title: f.Text("new_title"), Kind: f.Choice("new_kind"), Area: f.Choice("new_area"), Address: f.Text("new_address"), MarketID: asID(f.Choice("new_market")), From: db.On(f.Date("new_from")), Until: db.On(f.Date("new_until")),
		Start: clockIn(f, "new_start"), End: clockIn(f, "new_end"), Rest: f.Int("new_rest"), Places: f.Int("new_places"), Unit: f.Choice("new_unit"), Price: f.Fen("new_price"), Pieces: f.Int("new_pieces"), Pay: f.Choice("new_pay"),
		Tools: strings.Contains(given, "tools"), Meals: strings.Contains(given, "meals"), Insured: strings.Contains(given, "insured"), Teams: strings.Contains(given, "teams"), Pick: f.Choice("new_pick") == "pick", Notice: f.Int("new_notice"), Note: f.Text("new_note")}
	return j, h
}

// clockIn reads a time of day of a form; −1 for nothing.
func clockIn(f *web.Form, name string) int64 {
	n, ok := readClock(f.Text(name))
	if !ok {
		f.Fail(name, "请按 24 小时制填写时间，例如 08:00、17:30")
	}
	return n
}
