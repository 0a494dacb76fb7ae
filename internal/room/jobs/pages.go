package jobs

import (
	"embed"
	"strconv"
	"strings"

	"jiuye/internal/engine/rank"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	seekers, units, officers := web.Roles(roleSeeker), web.Roles(roleEmployer), web.Roles(roleOfficer)
	lookers := web.Roles(roleEmployer, roleOfficer, roleManager)
	signed := web.Roles(roleSeeker, roleEmployer, roleOfficer, roleManager)
	return web.Room{Name: "jobs", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/jobs", web.Anyone, r.find)
			m.Get("/jobs/vacancy/{id}", web.Anyone, r.showVacancy)
			m.Post("/jobs/vacancy/{id}/apply", seekers, r.postApply)
			m.Post("/jobs/vacancy/{id}/withdraw", seekers, r.postWithdraw)
			m.Post("/jobs/vacancy/{id}/accept", seekers, r.postAccept)
			m.Post("/jobs/vacancy/{id}/book", seekers, r.postBook)
			m.Get("/jobs/vacancy/{id}/interview.ics", seekers, r.calendar)
			m.Get("/jobs/vacancy/{id}/report", signed, r.showReport)
			m.Post("/jobs/vacancy/{id}/report", signed, r.postReport)
			m.Get("/jobs/mine", seekers, r.mine)
			m.Get("/jobs/me", seekers, r.showMe)
			m.Post("/jobs/me", seekers, r.postMe)
			m.Get("/jobs/saved", seekers, r.showSaved)
			m.Post("/jobs/saved", seekers, r.postSave)
			m.Post("/jobs/saved/{id}", seekers, r.postAlert)
			m.Get("/jobs/suggest", web.Anyone, r.suggest)
			m.Get("/jobs/feed.xml", web.Anyone, r.feed)
			m.Get("/jobs/lists", web.Anyone, r.lists)
			m.Get("/jobs/lists/file.xlsx", staff, r.listFile)
			m.Get("/jobs/phone", web.Anyone, r.phone)
			m.Get("/jobs/sw.js", web.Anyone, r.worker)
			m.Get("/jobs/app.webmanifest", web.Anyone, r.manifest)
			open := r.apiHandler()
			for _, pattern := range apiRoutes {
				m.Raw(pattern, open)
			}

			m.Get("/jobs/employer", units, r.ownVacancies)
			m.Get("/jobs/employer/vacancy/new", units, r.newVacancy)
			m.Post("/jobs/employer/vacancy/new", units, r.saveVacancy)
			m.Get("/jobs/employer/vacancy/{id}/edit", units, r.editVacancy)
			m.Post("/jobs/employer/vacancy/{id}/edit", units, r.saveVacancy)
			m.Post("/jobs/employer/vacancy/{id}/state", units, r.postState)
			m.Get("/jobs/employer/vacancy/{id}/candidates", lookers, r.candidates)
			m.Post("/jobs/employer/vacancy/{id}/candidates/{person}", units, r.postAnswer)
			m.Post("/jobs/employer/vacancy/{id}/slots", units, r.postSlot)

			r.publishRoutes(m)

			m.Get("/jobs/office", staff, r.office)
			m.Get("/jobs/office/asked", staff, r.askedList)
			m.Post("/jobs/office/asked/{id}", officers, r.postAsked)
			m.Get("/jobs/office/residual", staff, r.residual)
			m.Get("/jobs/office/residual/file.xlsx", staff, r.residualFile)
			m.Get("/jobs/office/judged", web.Roles(roleManager), r.judgedPage)
			m.Get("/jobs/person/{id}", staff, r.personMatches)
			m.Post("/jobs/person/{id}/refer", officers, r.postRefer)
		},
		Menu: []web.MenuItem{
			{Roles: []string{"-"}, Key: "jobs.menu.find", Href: "/jobs", Order: 20, Icon: "work"},
			{Roles: []string{roleSeeker}, Key: "jobs.menu.find", Href: "/jobs", Order: 20, Icon: "work"},
			{Roles: []string{roleSeeker}, Key: "jobs.menu.mine", Href: "/jobs/mine", Order: 30, Icon: "file"},
			{Roles: []string{roleEmployer}, Key: "jobs.menu.vacancies", Href: "/jobs/employer", Order: 10, Icon: "work"},
			{Roles: []string{roleOfficer, roleManager}, Key: "jobs.menu.office", Href: "/jobs/office", Order: 50, Icon: "people"},
		}}
}

// reasons are told to the person themselves, or about them to somebody else. What speaks against is "near": it lowers,
// and never excludes.
func reasons(c *web.Ctx, list []rank.Reason, about bool) []web.Reason {
	out := make([]web.Reason, 0, len(list))
	for _, x := range list {
		if about {
			x = x.About()
		}
		w := web.Reason{Kind: "near", Text: x.Zh}
		if x.For {
			w.Kind = "yes"
		}
		if c.Lang == lang.English {
			w.Text = x.En
		}
		out = append(out, w)
	}
	return out
}

// payText is a vacancy's pay for people.
func payText(c *web.Ctx, low, high int64) string {
	switch high = max(low, high); {
	case high <= 0:
		return c.T("jobs.pay.none")
	case low == high || low <= 0:
		return c.T("jobs.pay.one", lang.Fen(high))
	}
	return c.T("jobs.pay.range", lang.Fen(low), lang.Fen(high))
}

// placeText is where the work is, with the distance from home when that is known and not nothing.
func placeText(c *web.Ctx, code, home string) string {
	where := area.Short(area.At(code, area.Banner))
	if t := area.At(code, area.Township); area.Exists(t) && len(t) > 6 {
		where += " " + area.Name(t)
	}
	if home != "" && area.At(code, area.Banner) != area.At(home, area.Banner) {
		if d := km(home, code); d >= 0 {
			where += c.T("jobs.km", strconv.Itoa(d))
		}
	}
	return where
}

// educationText is the schooling that is asked for.
func educationText(c *web.Ctx, code int) string {
	if e, ok := person.EducationOf(code); ok && code != 90 {
		if c.Lang == lang.English {
			return c.T("jobs.education." + strconv.Itoa(code))
		}
		return e.Zh
	}
	return c.T("jobs.education.any")
}

// contractText is a contract's length.
func contractText(c *web.Ctx, months int) string {
	switch {
	case months == person.OpenEnded:
		return c.T("jobs.contract.open")
	case months <= 0:
		return c.T("jobs.contract.none")
	case months%12 == 0:
		return c.T("jobs.contract.years", strconv.Itoa(months/12))
	}
	return c.T("jobs.contract.months", strconv.Itoa(months))
}

// stateTag is an application's state as a tag.
func stateTag(c *web.Ctx, s State) map[string]any {
	return map[string]any{"kind": s.Tag(), "text": stateText(c, s)}
}

func stateText(c *web.Ctx, s State) string {
	if c.Lang == lang.English {
		return c.T("jobs.state." + string(s))
	}
	return s.Zh()
}

// wanted are the words of a text search, all of which must occur.
func wanted(q string) []string { return strings.Fields(strings.ToLower(q)) }
