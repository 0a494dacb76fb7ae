package dispatch

import (
	"strconv"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

func (r *Room) mine(c *web.Ctx) error { return r.renderMine(c, nil, "") }

// mineFields are the fields of a unit's own act; nil for acts that there are none of.
func mineFields(c *web.Ctx, act string, list []Request) []web.Field {
	switch act {
	case "ask":
		return []web.Field{{Name: "kind", Label: c.T("dispatch.l.askKind"), Kind: "select", Need: true, Options: options(c, "ask", asks)}, {Name: "text", Label: c.T("dispatch.l.askText"), Kind: "textarea", Need: true, Max: 400, Rows: 3}}
	case "rate":
		return withRequests(c, []web.Field{{Name: "which", Label: c.T("dispatch.request"), Kind: "select", Need: true}, {Name: "content", Label: c.T("dispatch.l.content"), Kind: "radios", Need: true, Options: options(c, "content", contents)}}, list, Done)
	}
	return nil
}

// renderMine is a key enterprise's own page: this month's report, what it asked for, its months.
func (r *Room) renderMine(c *web.Ctx, failing *web.Form, failed string) error {
	ctx, id := c.Context(), c.User.EmployerID
	d := sheetData{Actions: []web.Tab{{Text: c.T("dispatch.tab.exchange"), Href: atExchange}}}
	u, err := r.unitByID(ctx, r.DB, id)
	if fault.Is(err, fault.NotFound) || err == nil && u.State != On {
		d.Inform = &inform{Head: c.T("dispatch.notKey"), Text: c.T("dispatch.notKeyText"), Href: atExchange, Act: c.T("dispatch.tab.exchange")}
		if err != nil {
			return c.Render("dispatch/sheet", web.Page{Title: c.T("dispatch.mineTitle"), Nav: atMine, Data: d})
		}
	} else if err != nil {
		return err
	}
	reports, closings, err := r.Months(ctx, &u, 12)
	if err != nil {
		return err
	}
	requests, err := r.requestsOf(ctx, id, 30)
	if err != nil {
		return err
	}
	month := r.month()
	if u.State == On {
		due := Due(month).String()
		n := strconv.Itoa(month % 100)
		switch {
		case len(reports) == 0 || reports[0].Month != month:
			kind := ""
			if Late(nil, u.Since, month, r.Clock.Today()) {
				kind = "warn"
			}
			d.Inform = &inform{Kind: kind, Head: c.T("dispatch.owed", n, due), Text: c.T("dispatch.owedText"), Href: reportAt(id, month), Act: c.T("dispatch.fillIn")}
		case reports[0].State == Returned:
			d.Inform = &inform{Kind: "warn", Head: c.T("dispatch.returnedHead", reports[0].Due.String()), Text: reports[0].Returned, Href: reportAt(id, month), Act: c.T("dispatch.fillIn")}
		default:
			d.Inform = &inform{Head: c.T("dispatch.thanks", n), Text: c.T("dispatch.thanksText"), Href: reportAt(id, month), Act: c.T("dispatch.look")}
		}
	}
	officer := u.OfficerName
	if officer == "" {
		officer = c.T("dispatch.noOfficer")
	}
	d.Pairs = []web.Pair{{Key: c.T("dispatch.officer"), Value: officer}, {Key: c.T("dispatch.level"), Value: word(c, "level", u.Level)}, {Key: c.T("dispatch.since"), Value: u.Since.String()}}
	d.Tables = []table{requestTable(c, requests, r.today()), monthTable(c, &u, reports, closings)}
	for _, act := range []string{"rate", "ask"} {
		fields := mineFields(c, act, requests)
		if act == "rate" && len(fields[0].Options) == 0 {
			continue
		}
		b := boxOf(c, act, atMine+"/"+act, 0, failing, failed, fields...)
		b.Open = b.Open || act == "rate"
		d.Boxes = append(d.Boxes, b)
	}
	return c.Render("dispatch/sheet", web.Page{Title: c.T("dispatch.mineTitle"), Lede: c.T("dispatch.mineLede", strconv.Itoa(dueDay)), Form: failing, Nav: atMine, Data: d})
}

func (r *Room) actMine(c *web.Ctx) error {
	id, act := c.User.EmployerID, c.R.PathValue("act")
	if _, err := r.unitByID(c.Context(), r.DB, id); err != nil {
		return err
	}
	list, err := r.requestsOf(c.Context(), id, 30)
	if err != nil {
		return err
	}
	fields := mineFields(c, act, list)
	if fields == nil {
		return fault.New(fault.NotFound, "没有这种办法")
	}
	f, _ := web.ActForm(c, act, fields...)
	var do func() error
	if act == "ask" {
		in := Asking{Kind: f.Choice("ask_kind"), Text: f.Text("ask_text")}
		do = func() error { return r.Ask(c.Context(), c.User, id, in, c.Once()) }
	} else {
		which, _ := strconv.ParseInt(f.Choice("rate_which"), 10, 64) // the form has checked both against their options
		content, _ := strconv.Atoi(f.Choice("rate_content"))
		do = func() error { return r.Rate(c.Context(), c.User, id, which, content, c.Once()) }
	}
	if f.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("dispatch.done"))
			return c.Redirect(atMine)
		}
		if err := f.Mend(err); err != nil {
			return err
		}
	}
	return r.renderMine(c, f, act)
}
