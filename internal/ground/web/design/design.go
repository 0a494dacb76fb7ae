// Package design is the living page /design: every component of the web tier with long Chinese text, long names, large
// numbers, and in its empty, wrong and busy states. It is made of the same partials and styles as all rooms, so what it
// shows is what they get. People, employers and numbers on it are made up.
package design

import (
	"embed"
	"net/http"
	"strconv"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

//go:embed pages words.zh.json words.en.json
var files embed.FS

// UploadLimit is the size in bytes that the sample upload takes at most.
const UploadLimit = 20 << 20

// Room is the design page as a room of its own.
func Room() web.Room {
	return web.Room{Name: "design", Pages: files, Words: files, Routes: routes}
}

func routes(m *web.Mux) {
	m.Get("/design", web.Anyone, all)
	m.Get("/design/form", web.Anyone, form)
	m.Post("/design/form", web.Anyone, submit)
	m.Get("/design/list", web.Anyone, list)
	m.Get("/design/public", web.Anyone, public)
	m.Get("/design/board", web.Anyone, board)
	m.Get("/design/person", web.Anyone, person)
	m.Get("/design/progress", web.Anyone, progress)
	m.Get("/design/upload", web.Anyone, uploadForm)
	m.Post("/design/upload", web.Anyone, upload)
	m.Get("/design/errors/{kind}", web.Anyone, errors)
}

// tabs lead from one sample page to the next.
func tabs(c *web.Ctx) []web.Tab {
	var list []web.Tab
	for _, t := range []struct{ key, href string }{
		{"design.all", "/design"}, {"design.form", "/design/form"}, {"design.list", "/design/list"}, {"design.person", "/design/person"},
		{"design.board", "/design/board"}, {"design.public", "/design/public"}, {"design.upload", "/design/upload"}, {"design.progress", "/design/progress"},
	} {
		list = append(list, web.Tab{Text: c.T(t.key), Href: t.href, Current: c.R.URL.Path == t.href})
	}
	return list
}

func all(c *web.Ctx) error {
	return c.Render("design/all", web.Page{Title: c.T("design.title"), Lede: c.T("design.lede"), Data: samples(c)})
}

func public(c *web.Ctx) error {
	return c.Render("design/public", web.Page{Title: c.T("design.publicTitle"), Lede: c.T("design.publicLede"), Public: true, Data: samples(c)})
}

func board(c *web.Ctx) error {
	return c.Render("design/board", web.Page{Title: c.T("design.boardTitle"), Wide: true, OwnHead: true, AsOf: "2025年8月31日", Data: samples(c)})
}

func person(c *web.Ctx) error {
	return c.Render("design/person", web.Page{Title: longName, OwnHead: true, Data: samples(c),
		Crumbs: []web.Crumb{{Text: c.T("design.all"), Href: "/design"}, {Text: c.T("design.person")}}})
}

func progress(c *web.Ctx) error {
	at, err := strconv.Atoi(c.Query("at"))
	if err != nil || at < 0 {
		at = 61
	}
	next := "/design/progress?at=" + strconv.Itoa(min(100, at+13))
	return c.Render("design/progress", web.Page{Title: c.T("design.progress"), Data: map[string]any{"Tabs": tabs(c), "Progress": web.Progress{
		Text: c.T("design.computing", 23140*min(at, 100)/100, 23140), Percent: min(at, 100), Left: c.T("design.left", (100-min(at, 100))/5+1), Href: next, Done: at >= 100}}})
}

// errors answers with the fault kind of the address, so that every error page can be looked at.
func errors(c *web.Ctx) error {
	for k := fault.Internal; k <= fault.Unavailable; k++ {
		if k.String() == c.R.PathValue("kind") {
			return fault.Wrap(k, nil, "")
		}
	}
	if c.R.PathValue("kind") == "panic" {
		panic(http.StatusText(http.StatusTeapot))
	}
	return fault.Wrap(fault.NotFound, nil, "")
}
