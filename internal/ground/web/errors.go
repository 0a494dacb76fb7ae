package web

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"jiuye/internal/ground/fault"
)

// answer is how one fault kind is shown: its status and the word keys of heading and next step.
type answer struct {
	status  int
	heading string
	next    string
}

var answers = map[fault.Kind]answer{
	fault.NotFound:    {http.StatusNotFound, "frame.notFound", "frame.notFoundNext"},
	fault.Invalid:     {http.StatusUnprocessableEntity, "frame.invalid", "frame.invalidNext"},
	fault.Conflict:    {http.StatusConflict, "frame.conflict", "frame.conflictNext"},
	fault.Denied:      {http.StatusForbidden, "frame.denied", "frame.deniedNext"},
	fault.Late:        {http.StatusConflict, "frame.late", "frame.lateNext"},
	fault.Repeat:      {http.StatusConflict, "frame.repeat", "frame.repeatNext"},
	fault.TooLarge:    {http.StatusRequestEntityTooLarge, "frame.tooLarge", "frame.tooLargeNext"},
	fault.Unavailable: {http.StatusServiceUnavailable, "frame.unavailable", "frame.unavailableNext"},
	fault.Internal:    {http.StatusInternalServerError, "frame.internal", "frame.internalNext"},
}

// reading is how a conflict is shown to somebody who only opened a page: nothing was to be saved.
var reading = answer{http.StatusConflict, "frame.notNow", "frame.notNowNext"}

// kindOf is the fault kind of an error; a request whose time is over counts as Unavailable.
func kindOf(err error) fault.Kind {
	if errors.Is(err, context.DeadlineExceeded) {
		return fault.Unavailable
	}
	return fault.KindOf(err)
}

// Problem is RFC 9457 problem+json, the answer to programs.
type Problem struct {
	Type     string `json:"type"`
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail"`
	Instance string `json:"instance"`
	Kind     string `json:"kind"`
}

// ErrorPage is the data of pages/error.html.
type ErrorPage struct {
	Heading string
	Text    string
	Next    string
	Request string       // request id, to be told on the telephone
	Again   string       // where to send the kept fields once more, "" when there is nothing to send
	Signin  string       // address of the sign-in page, when signing in is the next step
	Kept    []FieldError // fields of a POST that was not carried out, so that nothing typed is lost
	Typed   []string     // long answers of a POST that was refused, to be copied from the page
	Back    string
}

// fail turns an error into the answer: a page for people, problem+json for programs.
func (c *Ctx) fail(err error) {
	kind := kindOf(err)
	a := answers[kind]
	if kind == fault.Conflict && (c.R.Method == http.MethodGet || c.R.Method == http.MethodHead) {
		a = reading
	}
	if errors.Is(err, context.Canceled) && c.R.Context().Err() != nil {
		c.server.log.Debug("reader left", "request", c.state.id)
	} else if a.status >= 500 {
		c.server.log.Error("request failed", "request", c.state.id, "route", c.state.route, "kind", kind, "err", err)
	}
	if kind == fault.Repeat && !wantsJSON(c.R) {
		c.Flash("warn", c.T("frame.repeatFlash"))
		_ = c.Redirect(c.back())
		return
	}
	if kind == fault.Unavailable {
		c.W.Header().Set("Retry-After", "10")
	}
	text := c.textOf(err, kind)
	if wantsJSON(c.R) {
		c.problem(a, kind.String(), text)
		return
	}
	p := ErrorPage{Heading: c.T(a.heading), Text: text, Next: c.T(a.next), Request: c.state.id, Back: c.back()}
	if kind == fault.Unavailable {
		c.keepPosted(&p)
		if p.Again == "" {
			p.Next = c.T("frame.unavailableAgain")
		}
	}
	if kind == fault.Conflict || kind == fault.Late {
		p.Typed = c.typed()
	}
	c.renderError(a.status, p)
}

// typed are the sentences somebody wrote; what was only chosen is as quickly chosen again.
func (c *Ctx) typed() (list []string) {
	for _, name := range slices.Sorted(maps.Keys(c.posted)) {
		if v := strings.TrimSpace(c.posted.Get(name)); utf8.RuneCountInString(v) >= 6 && !strings.HasPrefix(name, "_") && !strings.Contains(name, "password") {
			list = append(list, v)
		}
	}
	return list
}

// textOf is the sentence for the person; our own mistakes say nothing of their inside.
func (c *Ctx) textOf(err error, kind fault.Kind) string {
	var f *fault.Error
	if kind == fault.Internal || !errors.As(err, &f) || f.Text == "" {
		return c.T(answers[kind].heading + "Text")
	}
	return f.Text
}

// keepPosted puts what was typed into the page, to be sent once more under the same idempotency key.
func (c *Ctx) keepPosted(p *ErrorPage) {
	if c.R.Method != http.MethodPost || c.parts != nil || len(c.posted) == 0 {
		return
	}
	p.Again = c.R.URL.RequestURI()
	for _, name := range slices.Sorted(maps.Keys(c.posted)) {
		for _, v := range c.posted[name] {
			if !strings.Contains(name, "password") {
				p.Kept = append(p.Kept, FieldError{Name: name, Text: v})
			}
		}
	}
}

// renderError shows pages/error.html; a frame that cannot even do that says so in plain text.
func (c *Ctx) renderError(status int, p ErrorPage) {
	c.W.Header().Set("Cache-Control", "no-store")
	if err := c.Render("frame/error", Page{Title: p.Heading, Status: status, Data: p}); err != nil {
		c.server.log.Error("error page failed", "request", c.state.id, "err", err)
		http.Error(c.W, p.Heading+"\n"+p.Text, status)
	}
}

func (c *Ctx) problem(a answer, kind, text string) {
	c.W.Header().Set("Content-Type", "application/problem+json")
	c.W.Header().Set("Cache-Control", "no-store")
	c.W.WriteHeader(a.status)
	_ = json.NewEncoder(c.W).Encode(Problem{Type: "about:blank", Title: c.T(a.heading), Status: a.status,
		Detail: text, Instance: c.state.id, Kind: kind})
}

// wantsJSON reports whether a program asks: it accepts JSON and not HTML.
func wantsJSON(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	return strings.Contains(accept, "json") && !strings.Contains(accept, "text/html")
}

// signin answers somebody who has not signed in (any more): a GET goes to the sign-in page and comes back, a POST
// keeps what was typed.
func (c *Ctx) signin() {
	to := "/signin?next="
	switch {
	case wantsJSON(c.R):
		c.problem(answer{http.StatusUnauthorized, "frame.signin", ""}, "denied", c.T("frame.signinText"))
	case c.R.Method == http.MethodGet || c.R.Method == http.MethodHead:
		_ = c.Redirect(to + escapeQuery(c.R.URL.RequestURI()))
	default:
		p := ErrorPage{Heading: c.T("frame.signin"), Text: c.T("frame.signinText"), Next: c.T("frame.signinNext"),
			Request: c.state.id, Back: c.back(), Signin: to + escapeQuery(c.back())}
		c.keepPosted(&p)
		c.renderError(http.StatusUnauthorized, p)
	}
}
