package service

import (
	"embed"
	"strconv"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

//go:embed pages/*.html words.zh.json words.en.json
var pageFiles embed.FS

// Addresses that several pages lead to.
const (
	atHome    = "/service"
	atArchive = "/service/archive"
	atStories = "/service/stories"
	atDemand  = "/service/demand"
)

func personAt(id int64) string { return atHome + "/person/" + strconv.FormatInt(id, 10) }
func archiveAt(id int64) string {
	return atArchive + "/" + strconv.FormatInt(id, 10)
}
func storyAt(id int64) string { return atStories + "/" + strconv.FormatInt(id, 10) }

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff, officer := account.Desk(account.Officer, account.Manager), account.Desk(account.Officer)
	return web.Room{Name: "service", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/service", staff, r.home)
			m.Post("/service/find", staff, r.find)
			m.Get("/service/figures", staff, r.figures)
			m.Get("/service/person/{id}", staff, r.person)
			m.Get("/service/person/{id}/act/{act}", officer, r.ask)
			m.Post("/service/person/{id}/act/{act}", officer, r.act)
			m.Get("/service/person/{id}/receipt/{receipt}", staff, r.showReceipt)
			m.Post("/service/person/{id}/route", officer, r.route)
			m.Get("/service/archive", staff, r.archives)
			m.Get("/service/person/{id}/archive", officer, r.askArchive)
			m.Post("/service/person/{id}/archive", officer, r.takeArchive)
			m.Get("/service/archive/{id}", staff, r.showArchive)
			m.Post("/service/archive/{id}/{step}", officer, r.moveArchive)
			m.Get("/service/archive/{id}/letter", staff, r.letter)
			m.Get("/service/stories", web.Anyone, r.stories)
			m.Get("/service/stories/new", staff, r.askStory)
			m.Post("/service/stories/new", staff, r.writeStory)
			m.Get("/service/stories/{id}", web.Anyone, r.showStory)
			m.Post("/service/stories/{id}/withdraw", staff, r.withdrawStory)
			m.Get("/service/demand", staff, r.demands)
			m.Get("/service/demand/new", staff, r.askDemand)
			m.Post("/service/demand/new", staff, r.writeDemand)
			m.Post("/service/demand/{id}/hand", officer, r.handDemand)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer, account.Manager}, Who: staff, Key: "service.menu", Href: atHome, Order: 15, Icon: "home"},
			{Roles: []string{account.Seeker}, Key: "service.menu.stories", Href: atStories, Order: 60, Icon: "file"},
		}}
}

// tabs are the room's sections, for staff.
func tabs(c *web.Ctx, at string) []web.Tab {
	var list []web.Tab
	for _, t := range []struct{ key, href string }{{"counter", atHome}, {"figures", atHome + "/figures"}, {"archive", atArchive}, {"demand", atDemand}, {"stories", atStories}} {
		list = append(list, web.Tab{Text: c.T("service.tab." + t.key), Href: t.href, Current: t.href == at})
	}
	return list
}

// tag is a small label: its words, and ok, warn, stop or nothing for its colour.
type tag struct{ Kind, Text string }
