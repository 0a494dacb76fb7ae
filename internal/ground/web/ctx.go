package web

import (
	"context"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
)

// Ctx is one request in the hands of one handler.
type Ctx struct {
	W    http.ResponseWriter
	R    *http.Request
	User User
	Lang string // "zh" or "en"

	server *Server
	state  *state
	once   string
	posted url.Values // fields of a POST body, without files
	parts  *parts     // the unread rest of a multipart body
	bare   bool       // outside of the session: no flashes, no menu
	temps  []*Upload  // temporary files to remove after the handler
	errs   []FieldError
}

// Context is the request's context; it ends when the client leaves or the time for one request is over.
func (c *Ctx) Context() context.Context { return c.R.Context() }

// Clock is the server's clock.
func (c *Ctx) Clock() clock.Clock { return c.server.conf.Clock }

// T is the text of a word key in the user's language.
func (c *Ctx) T(key string, args ...any) string { return c.server.words.T(c.Lang, key, args...) }

// Asset is the address of one of our files, as {{asset}} gives it to pages.
func (c *Ctx) Asset(name string) string { return c.server.assets.url(name) }

// Origin is this site's address as the reader has it, for codes that phones read and for feeds. What a proxy says of https is believed of anybody: it changes nothing
// but what the asker is told.
func (c *Ctx) Origin() string {
	if c.R.TLS != nil || c.R.Header.Get("X-Forwarded-Proto") == "https" {
		return "https://" + c.R.Host
	}
	return "http://" + c.R.Host
}

// PathID reads a numeric path value. Anything else is a fault of kind NotFound.
func (c *Ctx) PathID(name string) (int64, error) {
	n, err := strconv.ParseInt(c.R.PathValue(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, fault.Wrap(fault.NotFound, nil, c.T("frame.noSuchNumber"))
	}
	return n, nil
}

// Query reads one query value, trimmed, and without the bytes that no database takes as text.
func (c *Ctx) Query(name string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(c.R.URL.Query().Get(name), ""), "\x00", ""))
}

// Once is the idempotency key of this POST: made by the page, or by a program in the header Idempotency-Key.
// Services store it with what they write and answer a second use with a fault of kind Repeat.
func (c *Ctx) Once() string { return c.once }

// Redirect sends the browser to another page of ours with GET (303). Addresses of other sites are not followed.
func (c *Ctx) Redirect(to string) error {
	c.W.Header().Set("Location", localOr(to, "/"))
	c.W.WriteHeader(http.StatusSeeOther)
	return nil
}

// localOr is an address when it is a path of this site, and otherwise the fallback: no open redirects.
func localOr(to, fallback string) string {
	u, err := url.Parse(to)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(to, "/") ||
		strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return fallback
	}
	return to
}

// back is the page the request came from, when it was one of ours and the browser said so; otherwise the nearest page
// at or above this address.
func (c *Ctx) back() string {
	ref, err := url.Parse(c.R.Referer())
	if err != nil || ref.Host != c.R.Host || ref.Path == "" {
		return c.nearest()
	}
	return localOr(ref.RequestURI(), c.nearest())
}

// nearest is this address when it is that of a page, or else the first one above it: an act has no page of its own.
func (c *Ctx) nearest() string {
	if c.R.Method == http.MethodGet || c.R.Method == http.MethodHead {
		return c.R.URL.Path
	}
	for at := path.Clean("/" + c.R.URL.Path); at != "/"; at = path.Dir(at) {
		_, pattern := c.server.mux.Handler(&http.Request{Method: http.MethodGet, Host: c.R.Host, URL: &url.URL{Path: at}})
		if strings.HasPrefix(pattern, "GET ") {
			return at
		}
	}
	return "/"
}
