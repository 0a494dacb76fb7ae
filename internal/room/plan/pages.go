package plan

import (
	"embed"
	"net/http"
	"strconv"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

//go:embed all:pages words.zh.json words.en.json
var webFiles embed.FS

// Web is the room's pages.
func (r *Room) Web() web.Room {
	p := pages{r}
	readers := web.Roles(manager, officer, admin)
	planners := web.Roles(manager, admin)
	return web.Room{Name: "plan", Pages: webFiles, Words: webFiles,
		Routes: func(m *web.Mux) {
			m.Get("/plan", readers, p.home)
			m.Get("/plan/area/{code}", readers, p.area)
			m.Get("/plan/area/{code}/export", readers, p.export)
			m.Get("/plan/indicator/{id}/area/{code}", readers, p.indicator)
			m.Get("/plan/indicator/{id}/area/{code}/people", readers, p.people)
			m.Get("/plan/indicator/{id}/area/{code}/report", planners, p.reportForm)
			m.Post("/plan/indicator/{id}/area/{code}/report", planners, p.report)
			m.Post("/plan/indicator/{id}/area/{code}/judge", web.Roles(manager), p.judge)
			m.Get("/plan/reports", web.Roles(manager), p.reports)
			m.Get("/plan/documents", readers, p.documents)
			m.Post("/plan/documents", web.Roles(manager), p.uploadDocument)
			m.Get("/plan/document/{id}", web.Roles(manager), p.planDocument)
			m.Post("/plan/document/{id}/sort", web.Roles(manager), p.sortDocument)
			m.Post("/plan/document/{id}/confirm", web.Roles(manager), p.confirmDocument)
			m.Post("/plan/document/{id}/discard", web.Roles(manager), p.discardDocument)
			m.Get("/plan/document/{id}/item/{no}", web.Roles(manager), p.item)
			m.Post("/plan/document/{id}/item/{no}", web.Roles(manager), p.saveItem)
			m.Get("/plan/splits", readers, p.splits)
			m.Get("/plan/split/new", planners, p.newSplit)
			m.Post("/plan/split", planners, p.propose)
			m.Get("/plan/split/{id}", readers, p.split)
			m.Post("/plan/split/{id}", planners, p.goOn)
			m.Post("/plan/split/{id}/answer", web.Roles(manager, officer), p.answerSplit)
			m.Get("/plan/tasks", planners, p.tasks)
			m.Get("/plan/task/{key}", planners, p.task)
			m.Post("/plan/task/{key}", planners, p.note)
		},
		Menu: []web.MenuItem{
			{Roles: []string{manager, officer, admin}, Key: "plan.menu", Href: "/plan", Order: 20, Icon: "chart"},
		}}
}

// pages are the handlers.
type pages struct{ *Room }

func (p pages) home(c *web.Ctx) error { return c.Redirect("/plan/area/" + home(c.User)) }

// area is the leader's board.
func (p pages) area(c *web.Ctx) error {
	code := c.R.PathValue("code")
	if err := canSee(c.User, code); err != nil {
		return err
	}
	mapped, ok := Find(c.Query("map"))
	if !ok || !mapped.FromRegister() {
		mapped = Of(NewUrban)
	}
	level := area.League
	if c.Query("level") == "banner" {
		level = area.Banner
	}
	b, err := p.board(c.Context(), c.T, code, mapped, level, p.on(c))
	if err != nil {
		return err
	}
	if c.User.Role == officer {
		b.TasksHref = ""
	}
	if c.User.Role == admin {
		b.unlinkDuties()
	}
	b.MaySign = c.User.Role == manager
	return c.Render("plan/area", web.Page{Title: c.T("plan.titleOf", b.Name), Crumbs: crumbs(c.User, code, "/plan/area/", ""), Data: b, Wide: true, OwnHead: true,
		AsOf: p.asOf(c), Nav: "/plan"})
}

// asOf is the data's day in the reader's words, as of the day that is asked for; "" before the first count.
func (p pages) asOf(c *web.Ctx) string {
	last, found, err := p.Indicators.Latest(c.Context(), p.on(c))
	if err != nil || !found {
		return ""
	}
	return lang.Date(c.Lang, last.AsOf)
}

// crumbs are the areas from the user's own down to code; the last one is a link too when the page is about something in it.
func crumbs(u web.User, code, before, after string) []web.Crumb {
	var out []web.Crumb
	for _, a := range area.Path(code) {
		if !area.Within(a.Code, home(u)) {
			continue
		}
		out = append(out, web.Crumb{Text: a.Name, Href: before + a.Code + after})
	}
	if len(out) > 0 && after == "" && before == "/plan/area/" {
		out[len(out)-1].Href = ""
	}
	return out
}

// inArea are the crumbs of a page about something in an area.
func inArea(u web.User, code string, more ...web.Crumb) []web.Crumb {
	list := crumbs(u, code, "/plan/area/", "")
	if len(list) > 0 {
		list[len(list)-1].Href = "/plan/area/" + code
	}
	return append(list, more...)
}

// asked reads the indicator, area and year of an address.
func (p pages) asked(c *web.Ctx) (i Indicator, code string, year int, err error) {
	code = c.R.PathValue("code")
	if err := canSee(c.User, code); err != nil {
		return i, code, 0, err
	}
	if i, err = p.Indicators.Definition(c.Context(), c.R.PathValue("id")); err != nil {
		return i, code, 0, err
	}
	period, err := p.period(c.Context())
	if err != nil {
		return i, code, 0, err
	}
	if year, err = strconv.Atoi(c.Query("year")); err != nil || year < period.First || year > period.Last {
		year = period.Last
	}
	return i, code, year, nil
}

func (p pages) indicator(c *web.Ctx) error {
	i, code, year, err := p.asked(c)
	if err != nil {
		return err
	}
	d, err := p.detail(c.Context(), c.T, i, code, year, p.on(c))
	if err != nil {
		return err
	}
	if canSeePeople(c.User, code) != nil && !mustChoose(c.User, code) {
		d.PeopleHref, d.RestHref = "", ""
	}
	d.MayReport = !i.FromRegister() && canWrite(c.User, code) == nil
	return c.Render("plan/indicator", web.Page{Title: d.Name, Lede: area.FullName(code), Crumbs: inArea(c.User, code), Data: d, AsOf: p.asOf(c), Nav: "/plan"})
}

func (p pages) people(c *web.Ctx) error {
	i, code, year, err := p.asked(c)
	if err != nil {
		return err
	}
	after, err := c.Cursor(2)
	if err != nil {
		return err
	}
	if err := canSeePeople(c.User, code); err != nil && !mustChoose(c.User, code) {
		return err
	}
	list := PeopleList{Indicator: i, Name: nameOf(c.T, i), Area: code, Year: year, Rest: c.Query("set") == "rest",
		Definition: definitionOf(c.T, i), Back: indicatorHref(i.ID, code) + "?year=" + strconv.Itoa(year)}
	if err := p.fillPeople(c, &list, after); err != nil {
		return err
	}
	return c.Render("plan/people", web.Page{Title: c.T("plan.people.title", list.Name, year), Lede: area.FullName(code), Data: list,
		Crumbs: inArea(c.User, code, web.Crumb{Text: list.Name, Href: list.Back}), AsOf: p.asOf(c), Nav: "/plan"})
}

// export writes the indicator table as xlsx.
func (p pages) export(c *web.Ctx) error {
	code := c.R.PathValue("code")
	if err := canSee(c.User, code); err != nil {
		return err
	}
	if c.R.Method == http.MethodHead {
		return nil
	}
	b, err := p.board(c.Context(), c.T, code, Of(NewUrban), area.League, p.on(c))
	if err != nil {
		return err
	}
	w := c.Attachment(c.T("plan.export.file", area.FullName(code))+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	return writeTable(w, c.T, b, p.asOf(c))
}
