package jobs

import (
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
)

// Beside is another way to work than through a vacancy, with a page of its own that everybody may read.
type Beside struct{ Zh, En, Href string }

// ways are the ways to work, this room's first, as links above what was found.
func (r *Room) ways(c *web.Ctx) []web.Tab {
	list := []web.Tab{{Text: c.T("jobs.ways.vacancies"), Href: "/jobs", Current: true}}
	for _, b := range r.Beside {
		text := b.Zh
		if c.Lang == lang.English {
			text = b.En
		}
		list = append(list, web.Tab{Text: text, Href: b.Href})
	}
	return append(list, web.Tab{Text: c.T("jobs.lists.menu"), Href: "/jobs/lists"})
}

// own are a seeker's pages beside each other: each is two taps from the phone's menu.
func own(c *web.Ctx, here string) []web.Tab {
	list := []web.Tab{{Text: c.T("jobs.mine.title"), Href: "/jobs/mine"}, {Text: c.T("jobs.me.title"), Href: "/jobs/me"}, {Text: c.T("jobs.saved.title"), Href: "/jobs/saved"},
		{Text: c.T("jobs.lists.menu"), Href: "/jobs/lists"}}
	for i := range list {
		list[i].Current = list[i].Href == here
	}
	return list
}
