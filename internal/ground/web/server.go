package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/prometheus/client_golang/prometheus"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
)

// Config is what a server is made of. Only Rooms is needed; everything else has a good zero value.
type Config struct {
	Rooms     []Room
	Identify  func(*http.Request) (User, error) // who is asking, from the session; nil: nobody ever signs in
	Sessions  *scs.SessionManager               // nil: kept in memory
	Clock     clock.Clock                       // nil: the machine's
	Log       *slog.Logger                      // nil: slog.Default
	DataAsOf  func(language string) string      // "2025年8月31日", shown as 数据截至; nil or "": not shown
	Ready     func(context.Context) error       // nil: always ready
	Registry  *prometheus.Registry              // nil: an own one
	TempDir   string                            // uploads; "": the system's
	Patience  time.Duration                     // time for one request without a file; 0: 30 s
	Demo      bool                              // says below every page that people and numbers are made up
	Developer bool                              // templates are read again from the source tree at every request; also by JIUYE_DEV=1
}

// Server is the web tier: an http.Handler that may also serve itself.
type Server struct {
	conf    Config
	log     *slog.Logger
	mux     *http.ServeMux
	routes  []string
	pages   *pages
	words   *lang.Dict
	menu    []MenuItem
	assets  *assets
	metrics *metrics
	handler http.Handler
}

// New makes a server and checks every template and route of its rooms.
func New(conf Config) (s *Server, err error) {
	if conf.Sessions == nil {
		conf.Sessions = scs.New()
	}
	conf.Clock = cmp.Or[clock.Clock](conf.Clock, clock.System{})
	conf.Log = cmp.Or(conf.Log, slog.Default())
	conf.Patience = cmp.Or(conf.Patience, 30*time.Second)
	conf.Registry = cmp.Or(conf.Registry, prometheus.NewRegistry())
	if conf.Identify == nil {
		conf.Identify = func(*http.Request) (User, error) { return User{}, nil }
	}
	conf.Developer = conf.Developer || os.Getenv("JIUYE_DEV") == "1"
	s = &Server{conf: conf, log: conf.Log, mux: http.NewServeMux(), metrics: newMetrics(conf.Registry)}
	rooms := append([]Room{frameRoom()}, conf.Rooms...)
	if s.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	if s.words, err = lang.Load(dictionaries(rooms)...); err != nil {
		return nil, err
	}
	if s.pages, err = s.loadPages(rooms); err != nil {
		return nil, err
	}
	if err := s.register(rooms); err != nil {
		return nil, err
	}
	s.handler = s.chain()
	return s, nil
}

// dictionaries are the rooms' words; a room without any brings none.
func dictionaries(rooms []Room) []fs.FS {
	var all []fs.FS
	for _, r := range rooms {
		if r.Words != nil {
			all = append(all, r.Words)
		}
	}
	return all
}

// Routes are the patterns of all rooms ("GET /plan/tasks"), for a test that wants to know who may do what everywhere.
func (s *Server) Routes() []string { return slices.Clone(s.routes) }

// Words is the dictionary of all rooms, for a test that looks for missing translations.
func (s *Server) Words() *lang.Dict { return s.words }

// register puts the rooms' routes and menus together. Two rooms that claim one pattern are an error, not a panic.
func (s *Server) register(rooms []Room) (err error) {
	defer func() {
		if p := recover(); p != nil { // net/http reports a bad or doubled pattern by panicking
			err = fmt.Errorf("web: route: %v", p)
		}
	}()
	for _, room := range rooms {
		m := &Mux{room: room.Name}
		if room.Routes != nil {
			room.Routes(m)
		}
		for _, rt := range m.routes {
			s.mux.Handle(rt.pattern, s.serve(rt))
			s.routes = append(s.routes, rt.pattern)
		}
		s.menu = append(s.menu, room.Menu...)
	}
	slices.SortStableFunc(s.menu, func(a, b MenuItem) int { return cmp.Compare(a.Order, b.Order) })
	return nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Registry is where the server's metrics live; others may add theirs.
func (s *Server) Registry() *prometheus.Registry { return s.conf.Registry }

// T is the text of a word key, for those who write outside of a request.
func (s *Server) T(language, key string, args ...any) string {
	return s.words.T(language, key, args...)
}

// Serve answers on a listener until ctx ends, then lets running requests finish for up to 20 seconds.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	srv := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       patience, // an upload moves it on while bytes come
		WriteTimeout:      0,        // downloads may be long; every write has a deadline of its own
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
		defer cancel()
		stopped <- srv.Shutdown(late)
	}()
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

// serve makes an http.Handler of a route: permission, body, handler, error page.
func (s *Server) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		st := stateOf(r)
		st.route = rt.pattern
		if rt.raw != nil {
			rt.raw.ServeHTTP(w, r)
			return
		}
		c := s.ctx(w, r)
		defer c.removeTemps()
		if rt.write {
			if err := c.readBody(); err != nil {
				c.fail(err)
				return
			}
		}
		switch {
		case rt.who(c.User):
			if err := rt.handler(c); err != nil {
				if fault.Is(err, fault.Denied) && !c.User.SignedIn() {
					c.signin()
					return
				}
				c.fail(err)
			}
		case !c.User.SignedIn():
			c.signin()
		default:
			c.fail(fault.Wrap(fault.Denied, nil, c.T("frame.deniedText")))
		}
	})
}

func (s *Server) ctx(w http.ResponseWriter, r *http.Request) *Ctx {
	st := stateOf(r)
	return &Ctx{W: w, R: r, User: st.user, Lang: st.lang, server: s, state: st}
}
