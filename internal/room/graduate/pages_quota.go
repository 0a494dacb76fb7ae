package graduate

import (
	"slices"
	"strconv"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

func (r *Room) showQuota(c *web.Ctx) error { return r.renderQuota(c, nil, "") }

// asked is which programme and year the address asks for.
func (r *Room) asked(c *web.Ctx) (programme string, year int) {
	if programme = c.Query("programme"); !slices.Contains(programmes, programme) {
		programme = programmes[0]
	}
	if year, _ = strconv.Atoi(c.Query("year")); year < 2000 || year > 2100 {
		year = r.today().Year()
	}
	return programme, year
}

// renderQuota shows the year's places from the reader's area down, beside what has been posted and begun.
func (r *Room) renderQuota(c *web.Ctx, failing *web.Form, failed string) error {
	ctx := c.Context()
	programme, year := r.asked(c)
	list, err := quotas(ctx, r.DB, programme, year, c.User.Area)
	if err != nil {
		return err
	}
	d := content{Tabs: r.tabs(c, atQuota)}
	for _, p := range programmes {
		d.Chips = append(d.Chips, web.Tab{Text: word(c, "programme", p), Href: atQuota + "?programme=" + p + "&year=" + strconv.Itoa(year), Current: p == programme})
	}
	t := table{ID: "quota", Head: c.T("graduate.quotaHead", year, word(c, "programme", programme)), Note: c.T("graduate.quotaNote"), Heads: heads(c, "area", "+quota", "+shared", "+left", "+posted", "+begun"), Empty: c.T("graduate.quotaNone")}
	all := map[string]int64{}
	for _, q := range list {
		all[q.Area] = q.Seats
	}
	seats, err := seatsPosted(ctx, r.DB, programme, year)
	if err != nil {
		return err
	}
	served, err := begun(ctx, r.DB, programme, year)
	if err != nil {
		return err
	}
	for _, q := range list {
		var beneath int64
		for _, a := range area.Children(q.Area) {
			beneath += all[a.Code]
		}
		shared, left := lang.Int(beneath), lang.Int(q.Seats-beneath)
		if area.Level(q.Area) == area.Banner {
			shared, left = "—", "—"
		}
		t.Rows = append(t.Rows, []cell{{Text: area.FullName(q.Area)}, {Text: lang.Int(q.Seats), Right: true}, {Text: shared, Right: true}, {Text: left, Right: true}, {Text: lang.Int(under(seats, q.Area)), Right: true}, {Text: lang.Int(under(served, q.Area)), Right: true}})
	}
	log, err := changes(ctx, r.DB, programme, year, c.User.Area, 50)
	if err != nil {
		return err
	}
	h := table{ID: "changes", Head: c.T("graduate.changes"), Heads: heads(c, "area", "+before", "+after", "reason", "by"), Empty: c.T("graduate.none")}
	for _, x := range log {
		h.Rows = append(h.Rows, []cell{{Text: area.Name(x.Area), Small: time.UnixMilli(x.At).In(clock.Zone).Format("2006-01-02 15:04")}, {Text: lang.Int(x.Before), Right: true}, {Text: lang.Int(x.After), Right: true}, {Text: x.Why}, {Text: x.By}})
	}
	d.Tables = []table{t, h}
	if c.User.Role == account.Manager {
		b := boxOf(c, "quota", atQuota+"?programme="+programme+"&year="+strconv.Itoa(year), 0, failing, failed, quotaFields(c)...)
		b.Note = c.T("graduate.note.quota")
		d.Boxes = append(d.Boxes, b)
	}
	return c.Render("graduate/sheet", web.Page{Title: c.T("graduate.tab.quota"), Form: failing, Nav: atDesk, Crumbs: []web.Crumb{{Text: c.T("graduate.title"), Href: atDesk}}, Data: d})
}

func quotaFields(c *web.Ctx) []web.Field {
	list := account.Places(c.User.Area)
	if c.User.Area != region {
		list = slices.DeleteFunc(list, func(o web.Option) bool { return o.Value == c.User.Area })
	}
	return []web.Field{{Name: "area", Label: c.T("graduate.area"), Kind: "select", Need: true, Options: list}, {Name: "seats", Label: c.T("graduate.quota"), Kind: "number", Need: true, Min: 0, Top: 100_000, Width: "8"},
		{Name: "why", Label: c.T("graduate.f.basis"), Need: true, Max: 200}}
}

func (r *Room) takeQuota(c *web.Ctx) error {
	programme, year := r.asked(c)
	if c.User.Role != account.Manager {
		return MayShare(c.User, c.User.Area)
	}
	f, _ := web.ActForm(c, "quota", quotaFields(c)...)
	o := Quota{Programme: programme, Year: year, Area: f.Choice("quota_area"), Seats: f.Int("quota_seats")}
	text := f.Text("quota_why")
	if f.OK() {
		err := r.SetQuota(c.Context(), c.User, o, text, c.Once())
		if err == nil {
			c.Flash("ok", c.T("graduate.done"))
			return c.Redirect(atQuota + "?programme=" + programme + "&year=" + strconv.Itoa(year))
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderQuota(c, f, "quota")
}
