package jobs

import (
	"encoding/json"
	"fmt"
	"strconv"

	"jiuye/internal/ground/web"
)

// The room on a phone: it can be installed, shows the last results without a signal, and keeps an application that is made
// without one until it can be sent. The key of an application is made when it is made, so that it arrives once.

// phoneWords are the texts that the script writes; places are {0} and {1}.
var phoneWords = []string{"online", "offline", "waiting", "nothing", "queued", "sent", "failed", "signin", "none", "as", "apply", "drop", "theirs"}

// phone is the shell that the service worker keeps: nobody's data are in it.
func (r *Room) phone(c *web.Ctx) error {
	user := ""
	if c.User.Role == roleSeeker && c.User.PersonID != 0 {
		user = strconv.FormatInt(c.User.ID, 10)
	}
	var words []web.Pair
	for _, key := range phoneWords {
		words = append(words, web.Pair{Key: key, Value: c.T("jobs.phone." + key)})
	}
	return c.Render("jobs/phone", web.Page{Title: c.T("jobs.phone.title"), Lede: c.T("jobs.phone.lede"), Public: true, Nav: "/jobs", Data: map[string]any{"User": user, "Words": words}})
}

// worker is the service worker under an address that stays.
func (r *Room) worker(c *web.Ctx) error {
	h := c.W.Header()
	h.Set("Content-Type", "text/javascript; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Service-Worker-Allowed", "/jobs")
	_, err := fmt.Fprintf(c.W, "importScripts(%q);\n", c.Asset("jobs-sw.js"))
	return err
}

// manifest lets a phone install the room as an app.
func (r *Room) manifest(c *web.Ctx) error {
	raw, err := json.Marshal(map[string]any{"name": c.T("jobs.app.name"), "short_name": c.T("jobs.app.short"), "description": c.T("jobs.app.about"), "lang": c.Lang, "id": "/jobs",
		"start_url": "/jobs", "scope": "/", "display": "standalone", "background_color": "#ffffff", "theme_color": "#1d4f91",
		"icons": []map[string]string{{"src": c.Asset("favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}}})
	if err != nil {
		return err
	}
	c.W.Header().Set("Content-Type", "application/manifest+json; charset=utf-8")
	_, err = c.W.Write(raw)
	return err
}
