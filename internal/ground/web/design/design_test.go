package design_test

import (
	"log/slog"
	"net/http/httptest"
	"strconv"
	"testing"

	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/design"
	"jiuye/internal/ground/web/webtest"
)

// serve serves the design room with a menu like that of the real rooms.
func serve(t *testing.T) *httptest.Server {
	t.Helper()
	room := design.Room()
	room.Menu = []web.MenuItem{
		{Key: "design.all", Href: "/design", Order: 1, Icon: "home"}, {Key: "design.list", Href: "/design/list", Order: 2, Icon: "work"},
		{Key: "design.public", Href: "/design/public", Order: 3, Icon: "heart"}, {Key: "design.person", Href: "/design/person", Order: 4, Icon: "person"},
	}
	s, err := web.New(web.Config{Rooms: []web.Room{room}, Log: slog.New(slog.DiscardHandler), Demo: true, DataAsOf: func(string) string { return "2025年8月31日" }})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return server
}

var samplePages = []string{"all", "form", "list", "person", "board", "public", "upload", "progress"}

func path(page string) string {
	if page == "all" {
		return "/design"
	}
	return "/design/" + page
}

func TestEveryPageIsAccessibleOnPhoneAndDesk(t *testing.T) {
	server := serve(t)
	for _, width := range []int{390, 1440} {
		p := webtest.Open(t, server.URL+"/design", width, 900)
		for _, page := range samplePages {
			p.Goto(path(page))
			p.NoHorizontalScroll()
			p.Axe()
			p.Screenshot("design-" + page + "-" + strconv.Itoa(width))
		}
	}
	webtest.Open(t, server.URL+"/design/board", 1920, 1080).Screenshot("design-board-1920")
}
