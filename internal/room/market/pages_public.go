package market

import (
	"strconv"
	"strings"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// publicList is the list of licensed agencies for everybody, with their ratings.
func (r *Room) publicList(c *web.Ctx) error {
	list, next, err := r.page(c, "15")
	if err != nil {
		return err
	}
	d := sheet{Paged: true, Paging: c.Paging(-1, len(list), next), Actions: []web.Tab{{Text: c.T("market.report.title"), Href: atReport}}, Tables: []table{
		{ID: "list", Head: c.T("market.public.head"), Note: c.T("market.scoresNote"), Heads: heads(c, "agency", "area", "until", "rating", "services"), Rows: r.agencyRows(c, list, publicAgency), Empty: c.T("market.none")}}}
	if account.RoleOf(c.User.Role).Staff && !account.Coordinator(c.User) {
		d.Tabs = r.tabs(c, atPublic)
	}
	return c.Render("market/sheet", web.Page{Title: c.T("market.public.title"), Lede: c.T("market.public.lede"), Nav: atHome, Data: d})
}

func (r *Room) publicOne(c *web.Ctx) error {
	a, err := r.theAgency(c)
	if err != nil {
		return err
	}
	d := sheet{Tags: agencyTags(c, &a), Pairs: agencyPairs(c, &a), Reasons: a.Rating.Reasons, Tables: []table{eventTable(c, a.Events, false)},
		Actions: []web.Tab{{Text: c.T("market.report.this"), Href: atReport + "?about=agency&id=" + number(a.ID)}}}
	return c.Render("market/sheet", web.Page{Title: a.Name, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("market.public.title"), Href: atPublic}}, Data: d})
}

// reportBox is the form by which anybody complains; about a vacancy or an agency when the address names one.
func (r *Room) reportBox(c *web.Ctx) (box, string, int64, error) {
	about, name := c.Query("about"), ""
	id, _ := strconv.ParseInt(c.Query("id"), 10, 64)
	switch {
	case about == AboutVacancy && id != 0:
		v, err := r.Employers.Vacancy(c.Context(), id)
		if err != nil {
			return box{}, "", 0, err
		}
		name = v.Title
	case about == AboutAgency && id != 0:
		a, err := agencyByID(c.Context(), r.DB, id)
		if err != nil {
			return box{}, "", 0, err
		}
		name = a.Name
	default:
		about, id = "", 0
	}
	fields := []web.Field{{Name: "kind", Label: c.T("market.kind"), Kind: "radios", Need: true, Options: options(c, "why", kinds)},
		{Name: "text", Label: c.T("market.f.happened"), Hint: c.T("market.f.happenedHint"), Kind: "textarea", Need: true, Max: 1000, Rows: 5}, {Name: "contact", Label: c.T("market.f.contact"), Hint: c.T("market.f.contactHint"), Max: 60}}
	if id == 0 {
		fields = append([]web.Field{{Name: "name", Label: c.T("market.f.name"), Need: true, Max: 80}, {Name: "about", Label: c.T("market.about"), Kind: "radios", Need: true, Inline: true, Options: options(c, "about", []string{AboutEmployer, AboutAgency})},
			{Name: "area", Label: c.T("market.area"), Kind: "select", Need: true, Options: account.Banners("15")}}, fields...)
	}
	action := atReport
	if id != 0 {
		action += "?about=" + about + "&id=" + number(id)
	}
	b := desk.Box(c, "report", action, 0, nil, "", fields...)
	b.Note = strings.TrimSpace(name)
	return b, about, id, nil
}

func (r *Room) askReport(c *web.Ctx) error { return r.reportForm(c, false) }

func (r *Room) takeReport(c *web.Ctx) error { return r.reportForm(c, true) }

func (r *Room) reportForm(c *web.Ctx, take bool) error {
	b, about, id, err := r.reportBox(c)
	if err != nil {
		return err
	}
	f := b.Form
	if take {
		in := Reported{About: about, AboutID: id, Kind: f.Choice("report_kind"), Text: f.Text("report_text"), Contact: f.Text("report_contact")}
		if id == 0 {
			in.About, in.Name, in.Area = f.Choice("report_about"), f.Text("report_name"), f.Choice("report_area")
		}
		if f.OK() {
			var code string
			undo, err := r.mayComplain(c)
			if err == nil {
				if code, err = r.File(c.Context(), c.User, in, c.Once()); err != nil {
					undo()
				}
			}
			if err == nil {
				c.Flash("ok", c.T("market.report.done", code))
				return c.Redirect(atReport + "/" + code)
			}
			if err := f.Mend(err); err != nil {
				return err
			}
		}
	}
	return c.Render("market/form", web.Page{Title: c.T("market.report.title"), Lede: c.T("market.report.lede"), Form: f, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("market.public.title"), Href: atPublic}}, Data: b})
}

// follow tells whoever has the code where a complaint stands, and nothing of what was written in it.
func (r *Room) follow(c *web.Ctx) error {
	code := strings.ToUpper(c.R.PathValue("code"))
	if len(code) != 12 {
		return fault.New(fault.NotFound, "没有这件投诉，请核对查询码")
	}
	v, err := r.complaint(c.Context(), r.DB, "code", code)
	if err != nil {
		return err
	}
	d := sheet{Tags: []cell{{Text: word(c, "state", v.State), Kind: stateKind[v.State]}}, Pairs: []web.Pair{{Key: c.T("market.code"), Value: v.Code, Note: c.T("market.codeNote")}, {Key: c.T("market.what"), Value: v.Name},
		{Key: c.T("market.kind"), Value: word(c, "why", v.Kind)}, {Key: c.T("market.on"), Value: v.On.String()}}}
	if v.Live() {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("market.deadline"), Value: v.Due.String(), Note: word(c, "deadlineNote", v.State)})
	}
	if v.Outcome != "" {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("market.f.outcome"), Value: word(c, "outcome", v.Outcome), Note: v.Told})
	} else if v.Told != "" {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("market.f.outcome"), Value: v.Told})
	}
	return c.Render("market/sheet", web.Page{Title: c.T("market.follow.title"), Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("market.report.title"), Href: atReport}}, Data: d})
}
