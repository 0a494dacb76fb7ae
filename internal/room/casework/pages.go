package casework

import (
	"embed"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

//go:embed pages/*.html words.zh.json words.en.json
var pageFiles embed.FS

// Addresses that several pages lead to.
const (
	atDesk   = "/casework"
	atPeople = "/casework/people"
	atCase   = "/casework/case/%d"
	atFile   = "/casework/person/%d"
	atOwn    = "/casework/me"
)

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff, own := web.Roles(account.Officer, account.Manager), web.Roles(account.Seeker)
	return web.Room{Name: "casework", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/casework", staff, r.desk)
			m.Get("/casework/people", staff, r.people)
			m.Post("/casework/people/find", staff, r.find)
			m.Get("/casework/person/{id}", staff, r.file)
			m.Get("/casework/person/{id}/readers", staff, r.fileReaders)
			m.Get("/casework/case/{id}", staff, r.showCase)
			m.Post("/casework/case/{id}/steps", web.Roles(account.Officer), r.addStep)
			m.Get("/casework/me", own, r.me)
			m.Get("/casework/me/readers", own, r.ownReaders)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer}, Key: "casework.menu.desk", Href: atDesk, Order: 10, Icon: "list"},
			{Roles: []string{account.Manager}, Key: "casework.menu.cases", Href: atDesk, Order: 30, Icon: "family"},
			{Roles: []string{account.Officer, account.Manager}, Key: "casework.menu.people", Href: atPeople, Order: 20, Icon: "people"},
			{Roles: []string{account.Seeker}, Key: "casework.menu.me", Href: atOwn, Order: 40, Icon: "person"},
		}}
}

// tag is a small label: its words, and ok, warn, stop or nothing for its colour.
type tag struct{ Kind, Text string }
