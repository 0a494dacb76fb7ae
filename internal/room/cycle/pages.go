package cycle

import (
	"context"
	"embed"
	"strconv"
	"time"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

// Addresses.
const (
	atHome   = "/cycle"
	atPapers = "/cycle/paper"
	atCases  = "/cycle/case"
	atPublic = "/cycle/public"
)

// shown is how many rows a list shows at once.
const shown = 50

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff, chiefs := account.Desk(account.Officer, account.Manager), web.Roles(account.Manager)
	return web.Room{Name: "cycle", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/cycle", staff, r.homePage)
			m.Get("/cycle/round/new", chiefs, r.askRound)
			m.Post("/cycle/round/new", chiefs, r.takeRound)
			m.Get("/cycle/round/{id}", staff, r.showRound)
			m.Post("/cycle/round/{id}/{act}", chiefs, r.actRound)
			m.Get("/cycle/round/{id}/file", staff, r.roundFile)
			m.Get("/cycle/round/{id}/area/{code}", staff, r.showForm)
			m.Post("/cycle/round/{id}/area/{code}/{act}", staff, r.actForm)
			m.Get("/cycle/months/{id}/area/{code}", staff, r.showMonths)
			m.Get("/cycle/paper", staff, r.paperList)
			m.Get("/cycle/paper/new", staff, r.askPaper)
			m.Post("/cycle/paper/new", staff, r.takePaper)
			m.Get("/cycle/paper/{id}", staff, r.showPaper)
			m.Get("/cycle/paper/{id}/edit", staff, r.editPaper)
			m.Get("/cycle/paper/{id}/file/{file}", staff, r.paperFile)
			m.Post("/cycle/paper/{id}/{act}", staff, r.actPaper)
			m.Get("/cycle/case", staff, r.caseList)
			m.Get("/cycle/case/new", staff, r.askCase)
			m.Post("/cycle/case/new", staff, r.takeCase)
			m.Get("/cycle/case/{id}", staff, r.showCase)
			m.Post("/cycle/case/{id}/{act}", staff, r.actCase)
			m.Get("/cycle/case/{id}/file/{file}", staff, r.caseFile)
			m.Get("/cycle/public", web.Anyone, r.publicList)
			m.Get("/cycle/public/{id}", web.Anyone, r.publicOne)
		},
		Menu: []web.MenuItem{{Roles: []string{account.Officer, account.Manager}, Who: staff, Key: "cycle.menu", Href: atHome, Order: 22, Icon: "file",
			Count: func(ctx context.Context, u web.User) (int64, error) { return r.waiting(ctx, home(u)) }}}}
}

type (
	cell  = web.Cell
	table = web.Table
	box   = web.Box
)

// way is a link above a page; Note makes it a second one.
type way struct{ Text, Href, Note string }

// sheet is everything that a plain page of the room may show, from the top down.
type sheet struct {
	Tabs    []web.Tab
	Actions []way
	Figures []web.Figure
	Warns   []web.Pair
	Pairs   []web.Pair
	Text    []string
	Tables  []table
	Paging  web.Paging
	Paged   bool
	Events  []web.Event
	Boxes   []box
}

func (r *Room) tabs(c *web.Ctx, at string) (list []web.Tab) {
	for _, t := range []struct{ key, href string }{{"rounds", atHome}, {"papers", atPapers}, {"cases", atCases}} {
		list = append(list, web.Tab{Text: word(c, "tab", t.key), Href: t.href, Current: t.href == at})
	}
	return list
}

// desk writes the room's forms, tables and boxes.
const desk = web.Desk("cycle")

var heads, options, word = desk.Heads, desk.Options, desk.Word

// monthOptions are the last months that have ended, the newest first.
func monthOptions(c *web.Ctx, today time.Time, n int) (out []web.Option) {
	p := Latest(Month, today)
	for range n {
		out = append(out, web.Option{Value: strconv.Itoa(int(p)), Text: c.T("cycle.monthOf", strconv.Itoa(p.Year()), p.Month())})
		p = before(p)
	}
	return out
}

func number(id int64) string { return strconv.FormatInt(id, 10) }

func stamp(ms int64) string {
	return time.UnixMilli(ms).In(time.FixedZone("CST", 8*3600)).Format("2006-01-02 15:04")
}
