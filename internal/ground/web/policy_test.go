package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"jiuye/internal/ground/web"
)

func TestEveryAnswerCarriesThePolicy(t *testing.T) {
	server := serve(t, web.Config{Rooms: []web.Room{failing(nil)}})
	for _, path := range []string{"/form", "/nowhere", "/healthz", "/readyz", "/metrics", "/static/none.css", "/favicon.ico"} {
		for _, method := range []string{http.MethodGet, http.MethodPut} {
			h := send(t, method, server.URL+path, nil).header
			if csp := h.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'self'") || strings.Contains(csp, "unsafe") || !strings.Contains(csp, "frame-ancestors 'none'") {
				t.Errorf("%s %s: policy %q", method, path, csp)
			}
			if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" || h.Get("X-Request-Id") == "" {
				t.Errorf("%s %s: headers %v", method, path, h)
			}
		}
	}
}

func TestAWriteFromAnotherSiteIsRefused(t *testing.T) {
	done := false
	r := room(nil, func(m *web.Mux) {
		m.Post("/act", web.Anyone, func(c *web.Ctx) error { done = true; return c.Redirect("/") })
	})
	server := serve(t, web.Config{Rooms: []web.Room{r}})
	for _, headers := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "same-site"}} {
		wants(t, post(t, server.URL+"/act", nil, headers...), 403, "来自别的网站")
		if done {
			t.Fatalf("%v: the act was done", headers)
		}
	}
	wants(t, post(t, server.URL+"/act", nil, "Sec-Fetch-Site", "same-origin"), 303)
}

func TestAWriteNeedsItsIdempotencyKey(t *testing.T) {
	var seen string
	r := room(nil, func(m *web.Mux) {
		m.Post("/act", web.Anyone, func(c *web.Ctx) error { seen = c.Once(); return c.Redirect("/") })
	})
	server := serve(t, web.Config{Rooms: []web.Room{r}})
	for _, bad := range []string{"", "short", strings.Repeat("x", 65), "with space 123456789"} {
		wants(t, post(t, server.URL+"/act", url.Values{"_once": {bad}}), 422, "防重复提交的编号")
	}
	wants(t, post(t, server.URL+"/act", nil), 303)
	if seen != key {
		t.Errorf("the handler saw %q", seen)
	}
	program := send(t, http.MethodPost, server.URL+"/act", strings.NewReader("{}"), "Content-Type", "application/json", "Idempotency-Key", "fedcba9876543210")
	if wants(t, program, 303); seen != "fedcba9876543210" {
		t.Errorf("a program's key came as %q", seen)
	}
}

func TestFilesMayBeKeptForever(t *testing.T) {
	server := serve(t, web.Config{})
	icon := get(t, server.URL+"/favicon.ico").header.Get("Location")
	got := get(t, server.URL+icon)
	if got.status != 200 || !strings.Contains(got.header.Get("Cache-Control"), "immutable") || got.header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("%s: %d %v", icon, got.status, got.header)
	}
}

func TestSignedInPagesAreNotKeptOnSharedMachines(t *testing.T) {
	server := serve(t, web.Config{Rooms: []web.Room{failing(nil)}})
	if got := get(t, server.URL+"/form", "X-Role", "officer").header.Get("Cache-Control"); !strings.Contains(got, "no-store") {
		t.Errorf("Cache-Control %q", got)
	}
}

func TestTheLanguageIsChosenByALinkAndKept(t *testing.T) {
	server := serve(t, web.Config{Rooms: []web.Room{failing(nil)}})
	zh := get(t, server.URL+"/form?page=2", "Accept-Language", "en-US")
	wants(t, zh, 200, `lang="zh-CN"`, `href="/form?lang=en&amp;page=2"`)
	en := get(t, server.URL+"/form?page=2&lang=en")
	wants(t, en, 200, `lang="en"`, `href="/form?lang=zh&amp;page=2"`, "Skip to main content")
	cookie := strings.Split(en.header.Get("Set-Cookie"), ";")[0]
	wants(t, get(t, server.URL+"/nowhere", "Cookie", cookie), 404, "Not found")
	wants(t, get(t, server.URL+"/form", "Cookie", "jiuye_lang=xx"), 200, `lang="zh-CN"`)
}
