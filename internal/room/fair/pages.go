package fair

import (
	"embed"
	"math"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

// Addresses.
const (
	atHome = "/fair"
	atDesk = "/fair/desk"
	atMine = "/fair/mine"
)

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff := account.Desk(account.Officer, account.Manager)
	units := web.Roles(account.Employer, account.Officer, account.Manager)
	seekers := web.Roles(account.Seeker)
	return web.Room{Name: "fair", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/fair", web.Anyone, r.calendar)
			m.Get("/fair/event/{id}", web.Anyone, r.event)
			m.Get("/fair/event/{id}/booth/{unit}", web.Anyone, r.booth)
			m.Post("/fair/event/{id}/visit", seekers, r.takeVisit)
			m.Get("/fair/mine", seekers, r.mine)
			m.Get("/fair/event/{id}/unit/{unit}", units, r.unit)
			m.Post("/fair/event/{id}/unit/{unit}", units, r.takeUnit)
			m.Post("/fair/event/{id}/unit/{unit}/talk", units, r.takeTalk)
			m.Get("/fair/desk", staff, r.desk)
			m.Get("/fair/new", staff, r.askPlan)
			m.Post("/fair/new", staff, r.takePlan)
			m.Get("/fair/desk/{id}", staff, r.show)
			m.Get("/fair/desk/{id}/edit", staff, r.askPlan)
			m.Post("/fair/desk/{id}/edit", staff, r.takePlan)
			m.Post("/fair/desk/{id}/{act}", staff, r.act)
			m.Get("/fair/desk/{id}/door", staff, r.door)
			m.Post("/fair/desk/{id}/door", staff, r.takeDoor)
			m.Get("/fair/desk/{id}/allocation", staff, r.allocation)
			m.Post("/fair/desk/{id}/allocation/{act}", staff, r.takeAllocation)
			m.Get("/fair/desk/{id}/allocation/export", staff, r.exportAllocation)
			m.Get("/fair/desk/{id}/report", staff, r.report)
			m.Get("/fair/desk/{id}/report/export", staff, r.exportReport)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer, account.Manager}, Who: staff, Key: "fair.menu", Href: atDesk, Order: 52, Icon: "people"},
			{Roles: []string{account.Seeker, account.Employer}, Key: "fair.menu", Href: atHome, Order: 60, Icon: "people"},
		}}
}

// tag is a small label: its words, and ok, warn, stop or nothing for its colour.
type tag struct{ Kind, Text string }

var stateKind = map[string]string{Planned: "warn", Open: "ok", Cancelled: "stop", Asked: "warn", Confirmed: "ok", Refused: "stop", Hired: "ok", Interview: "ok", Intent: "warn"}

func stateTag(c *web.Ctx, list, code string) tag { return tag{stateKind[code], word(c, list, code)} }

// word is the text of one code of a list: word(c, "kind", Special).
func word(c *web.Ctx, list, code string, args ...any) string {
	return c.T("fair."+list+"."+code, args...)
}

func english(c *web.Ctx) bool { return c.Lang == lang.English }

func options(c *web.Ctx, list string, codes []string) (out []web.Option) {
	for _, code := range codes {
		out = append(out, web.Option{Value: code, Text: word(c, list, code)})
	}
	return out
}

// fairCard is a fair in a list.
type fairCard struct {
	Href, Title, Kind, Area, Day, Hours, Place string
	Mine                                       tag
	Sums                                       *Sums
	State                                      tag
}

func cardOf(c *web.Ctx, f *Fair, href string) fairCard {
	return fairCard{Href: href, Title: f.Title, Kind: word(c, "kind", f.Kind), Area: area.Name(f.Area), Day: lang.Date(c.Lang, f.Day.Time), Hours: f.Hours(), Place: f.Place, State: stateTag(c, "state", f.State)}
}

// seen is the fair of an address, for somebody who may see it.
func (r *Room) seen(c *web.Ctx) (Fair, error) {
	id, err := c.PathID("id")
	if err != nil {
		return Fair{}, err
	}
	f, err := fairByID(c.Context(), r.DB, id)
	if err == nil {
		err = MaySee(c.User, &f)
	}
	return f, err
}

// shown is how many rows a page has.
const shown = 30

type calendarData struct {
	Filter *web.Form
	Months []monthOf
	Past   []fairCard
	Staff  bool
	Seeker bool
	Paging web.Paging
}

type monthOf struct {
	Name  string
	Fairs []fairCard
}

// calendar shows everybody what is to come, and lately was.
func (r *Room) calendar(c *web.Ctx) error {
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	home := r.Home
	if c.User.Area != "" {
		home = area.At(c.User.Area, area.League)
	}
	var where []web.Option
	for _, a := range append([]area.Area{{Code: home, Name: area.Name(home)}}, area.Children(home)...) {
		where = append(where, web.Option{Value: a.Code, Text: a.Name})
	}
	form := c.Form(web.Field{Name: "area", Label: c.T("fair.area"), Kind: "select", Options: where},
		web.Field{Name: "kind", Label: c.T("fair.kind"), Kind: "select", Options: append([]web.Option{{Text: c.T("fair.all")}}, options(c, "kind", kinds)...)})
	want := filter{area: home, kind: c.Query("kind"), public: true, from: db.On(r.today())}
	if asked := c.Query("area"); asked != "" && area.Exists(asked) {
		want.area = asked
	}
	after, afterID := db.On(r.today().AddDate(0, 0, -1)), int64(math.MaxInt64)
	if !at.Start() {
		day, err := time.Parse(time.DateOnly, at.Text(0))
		if err != nil {
			return fault.Wrap(fault.Invalid, err, "分页地址不完整，请从第一页重新查看")
		}
		after, afterID = db.On(day), at.Int(1)
	}
	list, err := comingFairs(c.Context(), r.DB, want, after, afterID, shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > shown {
		list = list[:shown]
		next = web.NewCursor(list[shown-1].Day.String(), list[shown-1].ID)
	}
	total, err := countFairs(c.Context(), r.DB, want)
	if err != nil {
		return err
	}
	d := calendarData{Filter: form, Staff: account.RoleOf(c.User.Role).Staff && !account.Coordinator(c.User), Seeker: c.User.Role == account.Seeker, Paging: c.Paging(total, len(list), next)}
	for i := range list {
		name := c.T("fair.month", list[i].Day.Year(), int(list[i].Day.Month()))
		if n := len(d.Months); n == 0 || d.Months[n-1].Name != name {
			d.Months = append(d.Months, monthOf{Name: name})
		}
		m := &d.Months[len(d.Months)-1]
		card := cardOf(c, &list[i], eventAt(list[i].ID))
		card.State = stateTag(c, "state", Open)
		m.Fairs = append(m.Fairs, card)
	}
	want.from = db.Date{}
	past, err := pastFairs(c.Context(), r.DB, want, db.On(r.today()), 0, 8)
	if err != nil {
		return err
	}
	for i := range past {
		d.Past = append(d.Past, cardOf(c, &past[i], eventAt(past[i].ID)))
	}
	return c.Render("fair/calendar", web.Page{Title: c.T("fair.title"), Lede: c.T("fair.lede"), Data: d, Public: !account.RoleOf(c.User.Role).Staff, Nav: atHome})
}

// timeOf is the time of day of an instant, 09:05.
func timeOf(ms int64) string { return time.UnixMilli(ms).In(clock.Zone).Format("15:04") }
