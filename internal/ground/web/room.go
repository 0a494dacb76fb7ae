package web

import (
	"context"
	"io/fs"
	"net/http"
	"slices"
)

// User is the person at the other end. A zero ID means not signed in.
type User struct {
	ID         int64
	Login      string
	Name       string
	Role       string // the role's code, as in Roles("officer")
	RoleName   string // the role as people read it
	Area       string // area code the account belongs to
	AreaName   string
	PersonID   int64  // for a seeker: the person the account is; otherwise 0
	EmployerID int64  // for an employer: the employer the account is; otherwise 0
	Citizen    bool   // served, not serving: tab bar on phones, and no area beside the brand
	Service    string // word key of what stands beside the brand in place of the area; "" for nothing
}

// SignedIn reports whether somebody has signed in.
func (u User) SignedIn() bool { return u.ID != 0 }

// Who decides whether a user may use a route at all. What the user may see of it (area, own file) is the room's
// scope.go, which answers with a fault of kind Denied or NotFound.
type Who func(User) bool

// Anyone lets everybody in, signed in or not.
func Anyone(User) bool { return true }

// SignedIn lets in whoever has signed in.
func SignedIn(u User) bool { return u.ID != 0 }

// Roles lets in the signed-in users with one of the roles.
func Roles(roles ...string) Who {
	return func(u User) bool { return u.ID != 0 && slices.Contains(roles, u.Role) }
}

// Handler answers one request. A returned error becomes a page (or problem+json) by its fault kind; nothing may
// have been written by then.
type Handler func(*Ctx) error

// Room is what a room gives to the web tier.
type Room struct {
	Name   string     // package name, first part of its page names: Name "intake" owns "intake/upload"
	Pages  fs.FS      // pages/*.html; pages/_*.html are the room's own partials
	Words  fs.FS      // words.zh.json and words.en.json at its root
	Routes func(*Mux) // declares the routes
	Menu   []MenuItem
}

// MenuItem is one entry of the main menu.
type MenuItem struct {
	Roles []string // nil: everybody, "*": whoever has signed in, "-": whoever has not, otherwise these roles
	Who   Who      // of these, who sees it; nil: all
	Key   string   // word key
	Href  string
	Order int    // ascending; rooms leave gaps of 10
	Icon  string // symbol name, used by the tab bar on phones

	// Count is how many things wait behind the entry for a user; it stands after the text when it is not 0. It is asked
	// at every page, so it must be one read along an index. nil: the entry has no number.
	Count func(ctx context.Context, u User) (int64, error)
}

func (m MenuItem) shownTo(u User) bool {
	if u.ID == 0 {
		return m.Roles == nil || slices.Contains(m.Roles, "-")
	}
	return (m.Roles == nil || slices.Contains(m.Roles, "*") || slices.Contains(m.Roles, u.Role)) && (m.Who == nil || m.Who(u))
}

// Mux collects a room's routes; patterns are those of net/http.ServeMux without the method.
type Mux struct {
	room   string
	routes []route
}

type route struct {
	pattern string // with method, unless raw
	room    string
	write   bool
	who     Who
	handler Handler
	raw     http.Handler
}

// Get declares a page that changes nothing. It also answers HEAD.
func (m *Mux) Get(pattern string, who Who, h Handler) {
	m.routes = append(m.routes, route{pattern: "GET " + pattern, room: m.room, who: who, handler: h})
}

// Post declares an act. The request must carry an idempotency key (see Ctx.Once).
func (m *Mux) Post(pattern string, who Who, h Handler) {
	m.routes = append(m.routes, route{pattern: "POST " + pattern, room: m.room, write: true, who: who, handler: h})
}

// Raw mounts a handler of another make, such as the OpenAPI one, behind the same session, identity and headers.
// It does its own permission and idempotency checks.
func (m *Mux) Raw(pattern string, h http.Handler) {
	m.routes = append(m.routes, route{pattern: pattern, room: m.room, who: Anyone, raw: h})
}
