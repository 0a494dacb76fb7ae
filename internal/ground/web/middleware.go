package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
)

// state is what the middleware knows of one request.
type state struct {
	id    string
	route string // pattern, "" until one matched
	user  User
	lang  string
	side  bool // a file or a health check, not worth a line in the log
}

type stateKey struct{}

func stateOf(r *http.Request) *state {
	if st, ok := r.Context().Value(stateKey{}).(*state); ok {
		return st
	}
	return &state{lang: "zh"}
}

// chain puts the middleware around the routes, outermost first.
func (s *Server) chain() http.Handler {
	var h http.Handler = http.HandlerFunc(s.dispatch)
	h = s.identify(h)
	h = s.sessions(h)
	h = s.sideDoors(h)
	h = s.crossOrigin(h)
	h = headers(h)
	h = s.observe(h)
	return h
}

// policy allows our own files and nothing written into the page.
const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// headers are on every answer, whatever it is.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		next.ServeHTTP(w, r)
	})
}

// observe gives the request its id, writes one line about it without personal data, counts it, and turns a panic into
// a page.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var raw [6]byte
		_, _ = rand.Read(raw[:])
		st := &state{id: hex.EncodeToString(raw[:]), lang: language(w, r)}
		r = r.WithContext(context.WithValue(r.Context(), stateKey{}, st))
		rec := &recorder{ResponseWriter: w, patience: s.conf.Patience}
		rec.wait()
		w.Header().Set("X-Request-Id", st.id)
		start := clock.System{}.Now()
		defer func() {
			if p := recover(); p != nil {
				s.panicked(rec, r, st, p)
			}
			took := clock.System{}.Now().Sub(start)
			s.metrics.count(st.route, r.Method, rec.status(), took)
			level := slog.LevelInfo
			if st.side {
				level = slog.LevelDebug
			}
			s.log.LogAttrs(r.Context(), level, "request", slog.String("id", st.id), slog.String("method", r.Method),
				slog.String("route", st.route), slog.Int("status", rec.status()), slog.Int64("bytes", rec.bytes),
				slog.Duration("took", took))
		}()
		next.ServeHTTP(rec, r)
	})
}

func (s *Server) panicked(rec *recorder, r *http.Request, st *state, p any) {
	if p == http.ErrAbortHandler { // the agreed way to drop a connection
		panic(p)
	}
	s.log.Error("panic", "request", st.id, "route", st.route, "panic", p, "stack", string(debug.Stack()))
	if rec.code == 0 {
		c := s.ctx(rec, r)
		c.bare = true
		c.fail(fault.New(fault.Internal, ""))
	}
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	code     int
	bytes    int64
	patience time.Duration // for a reader who takes nothing
}

// wait gives the reader time for what is written next. A download may be long, but somebody has to take it.
func (r *recorder) wait() {
	if r.patience > 0 { // a connection that knows no deadlines does without
		_ = http.NewResponseController(r.ResponseWriter).SetWriteDeadline(clock.System{}.Now().Add(r.patience))
	}
}

func (r *recorder) WriteHeader(code int) {
	if r.code == 0 && code >= 200 {
		r.code = code
	}
	r.wait()
	r.ResponseWriter.WriteHeader(code)
}

func (r *recorder) Write(p []byte) (int, error) {
	if r.code == 0 {
		r.code = http.StatusOK
	}
	r.wait()
	n, err := r.ResponseWriter.Write(p)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *recorder) status() int {
	if r.code == 0 {
		return http.StatusOK
	}
	return r.code
}

// crossOrigin refuses writes that another site's page sends.
func (s *Server) crossOrigin(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := s.ctx(w, r)
		c.bare = true
		c.fail(fault.Wrap(fault.Denied, nil, c.T("frame.crossOrigin")))
	}))
	return guard.Handler(next)
}

// sideDoors answer without session and identity: files, health, metrics.
func (s *Server) sideDoors(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		st := stateOf(r)
		st.side = true
		switch {
		case strings.HasPrefix(r.URL.Path, assetPrefix):
			st.route = assetPrefix
			s.assets.ServeHTTP(w, r)
		case r.URL.Path == "/favicon.ico":
			http.Redirect(w, r, s.assets.url("favicon.svg"), http.StatusMovedPermanently)
		case r.URL.Path == "/healthz":
			st.route = r.URL.Path
			plain(w, http.StatusOK, "ok")
		case r.URL.Path == "/readyz":
			st.route = r.URL.Path
			s.readyz(w, r)
		case r.URL.Path == "/metrics":
			st.route = r.URL.Path
			s.metrics.handler.ServeHTTP(w, r)
		default:
			st.side = false
			next.ServeHTTP(w, r)
		}
	})
}

// sessions loads and stores the session; a session store that is away is a 503 page.
func (s *Server) sessions(next http.Handler) http.Handler {
	s.conf.Sessions.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		s.unknown(w, r, fault.Wrap(fault.Unavailable, err, ""))
	}
	return s.conf.Sessions.LoadAndSave(next)
}

// unknown answers when it cannot be told who is asking. What was typed is read all the same, so that it can be kept.
func (s *Server) unknown(w http.ResponseWriter, r *http.Request, err error) {
	c := s.ctx(w, r)
	c.bare = true
	if r.Method == http.MethodPost {
		if wrong := c.readBody(); wrong != nil {
			s.log.Debug("body of an unknown sender", "request", c.state.id, "err", wrong)
		}
	}
	c.fail(err)
}

// identify finds out who is asking, and bounds the time for the answer.
func (s *Server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		limit := s.conf.Patience
		if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
			limit = 60 * limit
		}
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		defer cancel()
		r = r.WithContext(ctx)
		user, err := s.conf.Identify(r)
		if err != nil {
			s.unknown(w, r, err)
			return
		}
		stateOf(r).user = user
		next.ServeHTTP(w, r)
	})
}

// dispatch finds the route; what has none gets a page as well.
func (s *Server) dispatch(w http.ResponseWriter, r *http.Request) {
	h, pattern := s.mux.Handler(r)
	if pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	probe := &recorder{ResponseWriter: &discard{header: http.Header{}}}
	h.ServeHTTP(probe, r)
	c := s.ctx(w, r)
	if probe.code == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", probe.Header().Get("Allow"))
		c.renderError(http.StatusMethodNotAllowed, ErrorPage{Heading: c.T("frame.method"), Text: c.T("frame.methodText"),
			Next: c.T("frame.notFoundNext"), Request: c.state.id, Back: "/"})
		return
	}
	c.fail(fault.Wrap(fault.NotFound, nil, c.T("frame.notFoundText")))
}

// discard is a response that goes nowhere.
type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }
func (d *discard) WriteHeader(int)             {}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n"))
}

// readyz tells a load balancer whether to send requests here; the reason stays in the log.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	if s.conf.Ready != nil {
		if err := s.conf.Ready(r.Context()); err != nil {
			s.log.Warn("not ready", "err", err)
			plain(w, http.StatusServiceUnavailable, "not ready")
			return
		}
	}
	plain(w, http.StatusOK, "ready")
}
