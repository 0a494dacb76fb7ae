package service

import (
	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
)

type personData struct {
	Tabs     []web.Tab
	ID       int64
	Name     string
	Pairs    []web.Pair
	Places   []placeRow
	Status   tag
	Since    string
	Acts     []actRow
	Receipts []receiptRow
	Archives []archiveRow
	Offices  bool
	Tasks    []taskRow
	CanServe bool
}

type placeRow struct {
	Kind, Place string
	Ours        bool
}

type actRow struct{ Text, Href, Why string } // Why: why it cannot be done now

type taskRow struct{ Title, To, State, Href, Due string }

func routeForm(c *web.Ctx, offices []string) *web.Form {
	var to []web.Option
	for _, code := range offices {
		to = append(to, web.Option{Value: code, Text: area.FullName(code)})
	}
	return c.Form(
		web.Field{Name: "to", Label: c.T("service.route.to"), Kind: "radios", Need: true, Options: to},
		web.Field{Name: "title", Label: c.T("service.route.title"), Hint: c.T("service.route.titleHint"), Need: true, Max: 40},
		web.Field{Name: "body", Label: c.T("service.route.body"), Kind: "textarea", Need: true, Max: 500, Rows: 3},
		web.Field{Name: "days", Label: c.T("service.route.days"), Kind: "number", Need: true, Min: 1, Top: assignment.MostDays, Width: "4", Unit: c.T("service.workdays")})
}

// theClient is who the address names, if this counter may serve them.
func (r *Room) theClient(c *web.Ctx, what string) (*client, error) {
	id, err := c.PathID("id")
	if err != nil {
		return nil, err
	}
	return r.serve(c.Context(), c.User, id, what)
}

func (r *Room) person(c *web.Ctx) error {
	p, err := r.theClient(c, "在服务窗口查看了登记情况")
	if err != nil {
		return err
	}
	f := routeForm(c, p.Places.Offices(c.User))
	f.Set("days", "5")
	return r.renderPerson(c, p, f)
}

func (r *Room) renderPerson(c *web.Ctx, p *client, f *web.Form) error {
	ctx, today := c.Context(), r.Clock.Today()
	d := personData{Tabs: tabs(c, ""), ID: p.ID, Name: p.Name, Offices: len(p.Places.Offices(c.User)) > 0, CanServe: c.User.Role == account.Officer}
	d.Pairs = []web.Pair{{Key: c.T("service.number"), Value: identity.MaskID(p.IDNumber)},
		{Key: c.T("service.sexAge"), Value: c.T("service.sexAgeIs", c.T([]string{"service.male", "service.female"}[p.Sex%2^1]), p.Age(today))},
		{Key: c.T("service.hukou"), Value: c.T(map[bool]string{true: "service.rural", false: "service.urban"}[p.Rural])},
		{Key: c.T("service.phone"), Value: orDash(identity.MaskPhone(p.Phone))}}
	for _, kind := range placeOrder {
		d.Places = append(d.Places, placeRow{c.T("service.place." + kind), placeName(p.Places[kind]), p.Places[kind] != "" && area.Within(p.Places[kind], c.User.Area)})
	}
	switch open, work := p.Registered(today), p.AtWork(today); {
	case open != nil && work != nil:
		d.Status, d.Since = tag{"warn", c.T("service.status.both")}, open.Since.String()
	case work != nil:
		d.Status, d.Since = tag{"ok", c.T("service.status.work", kindName(c, work.Kind))}, work.Since.String()
	case open != nil:
		d.Status, d.Since = tag{"warn", c.T("service.status.listed")}, open.Since.String()
	default:
		d.Status = tag{"", c.T("service.status.none")}
	}
	for _, act := range Acts {
		row := actRow{Text: c.T("service.act." + act), Href: personAt(p.ID) + "/act/" + act}
		for _, found := range Check(act, p.Facts, today, p.units) {
			if found.Refuse {
				row.Href, row.Why = "", c.T("service.finding."+found.Key, found.Args...)
				break
			}
		}
		d.Acts = append(d.Acts, row)
	}
	receipts, err := r.receiptsFor(ctx, p.ID)
	if err != nil {
		return err
	}
	for _, v := range receipts {
		d.Receipts = append(d.Receipts, receiptRow{When: v.At.Format("2006-01-02 15:04"), Act: c.T("service.act." + v.Kind), By: v.ByName, Place: area.Name(v.Office), Href: receiptAt(&v)})
	}
	kept, err := r.archivesOf(ctx, p.ID)
	if err != nil {
		return err
	}
	for i := range kept {
		if account.CanSeeArea(c.User, kept[i].Area) == nil {
			d.Archives = append(d.Archives, archiveLine(c, &kept[i], today))
		}
	}
	if d.Tasks, err = r.tasksOf(c, p.ID); err != nil {
		return err
	}
	return c.Render("service/person", web.Page{Title: p.Name, Window: web.MaskName(p.Name), Lede: c.T("service.right", c.T("service.place."+p.Right)), Form: f, Data: d, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("service.menu"), Href: atHome}, {Text: p.Name}}})
}

// tasksOf are the matters of a person that were sent from one office to another, as far as the reader is of either.
func (r *Room) tasksOf(c *web.Ctx, personID int64) (rows []taskRow, err error) {
	list, err := r.Assignments.List(c.Context(), assignment.Filter{Kind: kindRoute, Object: "person", ObjectID: personID}, db.Date{}, 0, 20)
	for _, t := range list {
		if account.CanSeeArea(c.User, t.From) != nil && account.CanSeeArea(c.User, t.To) != nil {
			continue
		}
		rows = append(rows, taskRow{t.Title, area.Name(t.To), c.T("service.task." + string(t.State)), assignment.Href(t.ID), t.Deadline.String()})
	}
	return rows, err
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

func placeName(code string) string {
	if code == "" {
		return "—"
	}
	return area.FullName(code)
}

func kindName(c *web.Ctx, kind string) string { return c.T("service.kind." + kind) }

func (r *Room) route(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	p, err := r.serve(c.Context(), c.User, id, "转办事项")
	if err != nil {
		return err
	}
	f := routeForm(c, p.Places.Offices(c.User))
	to, title, body, days := f.Choice("to"), f.Text("title"), f.Text("body"), f.Int("days")
	if !f.OK() {
		return r.renderPerson(c, p, f)
	}
	task, err := r.Route(c.Context(), c.User, id, to, title, body, int(days), c.Once())
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("service.route.done", area.Name(to)))
	return c.Redirect(assignment.Href(task))
}

type receiptData struct {
	Receipt Receipt
	Title   string
	Office  string
	Pairs   []web.Pair
	Back    string
}

// showReceipt is the page to print. Whoever may serve the person, or gave it out, may see it.
func (r *Room) showReceipt(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	number, err := c.PathID("receipt")
	if err != nil {
		return err
	}
	v, err := r.receipt(c.Context(), id, number)
	if err != nil {
		return err
	}
	p, err := r.serve(c.Context(), c.User, id, "查看了办理回执")
	if fault.Is(err, fault.Denied) && v.Office == c.User.Area { // after the act the person may live and work elsewhere
		p, err = r.look(c.Context(), id)
	}
	if err != nil {
		return err
	}
	d := receiptData{Receipt: v, Title: c.T("service.receipt.title", c.T("service.act."+v.Kind)), Office: area.FullName(v.Office), Back: personAt(id)}
	d.Pairs = []web.Pair{{Key: c.T("service.name"), Value: p.Name}, {Key: c.T("service.number"), Value: identity.MaskID(p.IDNumber)}}
	for _, l := range v.Lines {
		d.Pairs = append(d.Pairs, web.Pair{Key: l.Key, Value: l.Value})
	}
	return c.Render("service/receipt", web.Page{Title: d.Title, Data: d, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("service.menu"), Href: atHome}, {Text: p.Name, Href: personAt(id)}, {Text: d.Title}}})
}
