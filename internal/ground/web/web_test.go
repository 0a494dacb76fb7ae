package web_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"jiuye/internal/ground/web"
)

// room makes a room named "test" of templates and routes.
func room(pages map[string]string, routes func(*web.Mux)) web.Room {
	files := fstest.MapFS{}
	for name, text := range pages {
		files["pages/"+name+".html"] = &fstest.MapFile{Data: []byte(text)}
	}
	return web.Room{Name: "test", Pages: files, Routes: routes}
}

// serve starts a server; the header X-Role signs in as that role.
func serve(t *testing.T, conf web.Config) *httptest.Server {
	t.Helper()
	if conf.Log == nil {
		conf.Log = slog.New(slog.DiscardHandler)
	}
	conf.Identify = func(r *http.Request) (web.User, error) {
		if role := r.Header.Get("X-Role"); role != "" {
			return web.User{ID: 7, Name: "经办02", Role: role, AreaName: "阿拉善左旗"}, nil
		}
		return web.User{}, nil
	}
	s, err := web.New(conf)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return server
}

type answer struct {
	status int
	header http.Header
	body   string
}

// send sends a request without following redirects; pairs of header and value come last.
func send(t *testing.T, method, address string, body io.Reader, headers ...string) answer {
	t.Helper()
	req, err := http.NewRequest(method, address, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(text)}
}

func get(t *testing.T, address string, headers ...string) answer {
	t.Helper()
	return send(t, http.MethodGet, address, nil, headers...)
}

const key = "0123456789abcdef"

// post sends a form with an idempotency key.
func post(t *testing.T, address string, fields url.Values, headers ...string) answer {
	t.Helper()
	form := url.Values{"_once": {key}}
	for k, v := range fields {
		form[k] = v
	}
	return send(t, http.MethodPost, address, strings.NewReader(form.Encode()), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)...)
}

func wants(t *testing.T, got answer, status int, texts ...string) {
	t.Helper()
	if got.status != status {
		t.Errorf("status %d, want %d: %.200s", got.status, status, got.body)
	}
	for _, text := range texts {
		if !strings.Contains(got.body, text) {
			t.Errorf("the answer does not contain %q:\n%s", text, got.body)
		}
	}
}

func TestAnAddressBelongsToOneRoomOnly(t *testing.T) {
	nothing := func(*web.Ctx) error { return nil }
	first := room(nil, func(m *web.Mux) { m.Get("/same", web.Anyone, nothing) })
	second := room(nil, func(m *web.Mux) { m.Get("/same", web.Anyone, nothing) })
	if _, err := web.New(web.Config{Rooms: []web.Room{first, second}}); err == nil {
		t.Error("two rooms claim /same and nobody objects")
	}
}

func TestABrokenTemplateIsFoundAtTheStart(t *testing.T) {
	for name, text := range map[string]string{
		"a part that does not exist":     `{{template "nothing" .}}`,
		"a function that does not exist": `{{nothing .}}`,
		"a tag left open":                `{{if .Data}}`,
		"text in the wrong place":        `<a href="{{if .Data}}"{{end}}>`,
	} {
		if _, err := web.New(web.Config{Rooms: []web.Room{room(map[string]string{"p": text}, nil)}}); err == nil {
			t.Errorf("%s is not noticed", name)
		}
	}
}

func TestTheMenuShowsWhatTheRoleMayUse(t *testing.T) {
	r := room(map[string]string{"p": `<form method="post">{{template "once" nil}}</form>`}, func(m *web.Mux) {
		m.Get("/work/{id}", web.Anyone, func(c *web.Ctx) error { return c.Render("test/p", web.Page{Title: "工作"}) })
	})
	r.Menu = []web.MenuItem{{Roles: []string{"officer"}, Key: "m.officer", Href: "/work", Order: 2}, {Key: "m.all", Href: "/", Order: 1}, {Roles: []string{"*"}, Key: "m.in", Href: "/in", Order: 3}}
	server := serve(t, web.Config{Rooms: []web.Room{r}})
	stranger := get(t, server.URL+"/work/1").body
	if !strings.Contains(stranger, "m.all") || strings.Contains(stranger, "m.officer") || strings.Contains(stranger, "m.in") {
		t.Error("a stranger should see the common entry only")
	}
	officer := get(t, server.URL+"/work/1", "X-Role", "officer").body
	if !strings.Contains(officer, `<a href="/work" aria-current="page">m.officer</a>`) || strings.Index(officer, "m.all") > strings.Index(officer, "m.officer") {
		t.Errorf("the officer's entry should be current and second:\n%s", officer)
	}
}

func TestTheLogHoldsNoPersonalData(t *testing.T) {
	var log bytes.Buffer
	r := room(map[string]string{"p": "x"}, func(m *web.Mux) {
		m.Get("/people/{name}", web.Anyone, func(c *web.Ctx) error { return c.Render("test/p", web.Page{}) })
	})
	server := serve(t, web.Config{Rooms: []web.Room{r}, Log: slog.New(slog.NewTextHandler(&log, nil))})
	get(t, server.URL+"/people/%E5%A8%9C%E4%BB%81?id=152921197903081234")
	get(t, server.URL+"/nowhere/152921197903081234")
	if text := log.String(); strings.Contains(text, "1529") || strings.Contains(text, "娜") || !strings.Contains(text, "/people/{name}") {
		t.Errorf("the log should have the pattern and nothing of the person:\n%s", text)
	}
	metrics := get(t, server.URL+"/metrics").body
	if strings.Contains(metrics, "1529") || !strings.Contains(metrics, `route="GET /people/{name}"`) {
		t.Errorf("metrics should count by pattern:\n%.800s", metrics)
	}
}

func TestHealth(t *testing.T) {
	server := serve(t, web.Config{})
	wants(t, get(t, server.URL+"/healthz"), 200, "ok")
	wants(t, get(t, server.URL+"/readyz"), 200, "ready")
}
