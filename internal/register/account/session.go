package account

import (
	"context"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
)

const (
	sessionLife = 30 * 24 * time.Hour // at most, however busy
	seenEvery   = time.Minute         // how exactly the idle time is known; each mark is a write

	keyAccount = "account.id"
	keyEpoch   = "account.epoch"
	keySeen    = "account.seen"
	keyIdle    = "account.idle" // minutes; the next sign-in page says why
)

// newSessions makes the manager of the sessions. secure is for servers that are reached by https only.
func newSessions(d *db.DB, c clock.Clock, secure bool) *scs.SessionManager {
	m := scs.New()
	m.Store = sessionStore{d, c}
	m.Lifetime = sessionLife
	m.HashTokenInStore = true
	m.Cookie.Name = "jiuye_session"
	m.Cookie.Secure = secure
	m.Cookie.Persist = false // on an office's machine the session ends with the browser; seekers are remembered
	return m
}

// sessionStore keeps sessions in the database. It implements scs.CtxStore.
type sessionStore struct {
	db    *db.DB
	clock clock.Clock
}

var _ scs.CtxStore = sessionStore{}

// FindCtx implements scs.CtxStore.
func (s sessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	return findSession(ctx, s.db, token, s.clock.Now())
}

// CommitCtx implements scs.CtxStore. scs reckons by the machine's clock, the rest of the program by its own; so what
// is kept is how long the session still has to live.
func (s sessionStore) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	expires := s.clock.Now().Add(expiry.Sub(clock.System{}.Now()))
	return s.db.Tx(ctx, func(tx *db.Tx) error { return saveSession(ctx, tx, token, data, expires) })
}

// DeleteCtx implements scs.CtxStore.
func (s sessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error { return deleteSession(ctx, tx, token) })
}

// Find implements scs.Store.
func (s sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit implements scs.Store.
func (s sessionStore) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete implements scs.Store.
func (s sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// Sessions is for web.Config.Sessions.
func (s *Service) Sessions() *scs.SessionManager { return s.sessions }

// Identify finds who is asking, for web.Config.Identify: the account of the session, unless it has been idle for too
// long, was disabled, or has changed its password elsewhere; then the session ends.
func (s *Service) Identify(r *http.Request) (web.User, error) {
	ctx := r.Context()
	accountID := s.sessions.GetInt64(ctx, keyAccount)
	if accountID == 0 {
		return web.User{}, nil
	}
	a, found, err := byID(ctx, s.db, accountID)
	if err != nil {
		return web.User{}, err
	}
	now := s.clock.Now()
	idle := now.Sub(time.UnixMilli(s.sessions.GetInt64(ctx, keySeen)))
	switch {
	case !found || a.Disabled || a.epoch != s.sessions.GetInt64(ctx, keyEpoch):
		return web.User{}, s.sessions.Destroy(ctx)
	case idle > RoleOf(a.Role).Idle:
		if err := s.sessions.Destroy(ctx); err != nil {
			return web.User{}, err
		}
		s.sessions.Put(ctx, keyIdle, int64(RoleOf(a.Role).Idle/time.Minute))
		return web.User{}, nil
	case idle >= seenEvery || idle < 0:
		s.sessions.Put(ctx, keySeen, now.UnixMilli())
	}
	return s.user(a), nil
}

// begin makes the session of this request one of the account, under a new token.
func (s *Service) begin(ctx context.Context, a Account) error {
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, keyAccount, a.ID)
	s.sessions.Put(ctx, keyEpoch, a.epoch)
	s.sessions.Put(ctx, keySeen, s.clock.Now().UnixMilli())
	s.sessions.RememberMe(ctx, a.Role == Seeker)
	return nil
}
