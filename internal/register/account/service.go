package account

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// Deps is what a Service is made of.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	IDs      *id.Maker
	Audit    *audit.Log
	AreaName func(code string) string   // nil: area.Name
	Help     string                     // whom to ask about passwords; "": the usual places
	Secure   bool                       // cookies over https only
	Address  func(*http.Request) string // the visitor's network address, for a server behind a proxy; nil: the connection's
	Demo     []NewAccount               // listed with their passwords on the sign-in page of a demonstration
}

// Service is the register of accounts.
type Service struct {
	db       *db.DB
	clock    clock.Clock
	ids      *id.Maker
	audit    *audit.Log
	areaName func(string) string
	help     string
	demo     []NewAccount
	address  func(*http.Request) string
	hasher   *hasher
	gate     *gate
	sessions *scs.SessionManager
}

// New makes the register.
func New(d Deps) *Service {
	s := &Service{db: d.DB, clock: d.Clock, ids: d.IDs, audit: d.Audit, areaName: d.AreaName, help: d.Help, demo: d.Demo, address: d.Address,
		hasher: newHasher(), gate: newGate(), sessions: newSessions(d.DB, d.Clock, d.Secure)}
	if s.areaName == nil {
		s.areaName = area.Name
	}
	if s.address == nil {
		s.address = func(r *http.Request) string { return r.RemoteAddr }
	}
	if s.help == "" {
		s.help = "本单位系统管理员（个人和用人单位请联系当地公共就业服务窗口）"
	}
	return s
}

// SetDemo sets the accounts that the sign-in page of a demonstration lists, when they are known only later.
func (s *Service) SetDemo(list []NewAccount) { s.demo = list }

// SignIn checks a password. address is the network address it comes from, "" when not known. Faults: Invalid for a wrong
// login or password (the same text for both), Denied while there is a time to wait or when the account is disabled.
func (s *Service) SignIn(ctx context.Context, login, password, address string) (Account, error) {
	login = plainLogin(login)
	if login == "" || len(login) > loginMost || len(password) > 4*passwordMost {
		return Account{}, fault.New(fault.Invalid, "账号或密码不对。请检查后再试")
	}
	place := network(address)
	leave, err := s.gate.enter(ctx, login)
	if err != nil {
		return Account{}, err
	}
	defer leave()
	failed, err := s.count(ctx, login, place)
	if err != nil {
		return Account{}, err
	}
	a, found, err := byName(ctx, s.db, login)
	if err != nil {
		return Account{}, err
	}
	hash := nobody()
	if found {
		hash = a.hash
	}
	right, err := s.hasher.check(ctx, password, hash)
	if err != nil {
		return Account{}, err
	}
	if !right || !found {
		return Account{}, s.refuse(ctx, a, failed)
	}
	return a, s.accept(ctx, &a, password, place)
}

func (s *Service) accept(ctx context.Context, a *Account, password, place string) error {
	if a.Disabled {
		return fault.New(fault.Denied, "这个账号已停用，不能登录。需要恢复请联系%s", s.help)
	}
	if outdated(a.hash) {
		hash, err := s.hasher.make(ctx, password)
		if err != nil {
			return err
		}
		a.hash = hash
	}
	now := s.clock.Now()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		return errors.Join(takeBack(ctx, tx, byAddress.kind, place), forget(ctx, tx, byLogin.kind, a.Login),
			noteSignIn(ctx, tx, a.ID, a.hash, now), s.audit.Write(ctx, tx, s.entry(*a, "account.signin", "登录")))
	})
}

func (s *Service) entry(a Account, act, what string) audit.Entry {
	return audit.Entry{ActorID: a.ID, Actor: Signature(s.user(a)), Act: act, Object: "account", ObjectID: a.ID, Area: a.Area, What: what}
}

// Signature is how a user appears in the audit log: "苏日娜（阿拉善左旗经办）".
func Signature(u web.User) string {
	if u.RoleName == "" { // the program itself
		return u.Name
	}
	if !RoleOf(u.Role).Staff {
		return u.Name + "（" + u.RoleName + "）"
	}
	return u.Name + "（" + u.AreaName + u.RoleName + "）"
}

// Get reads an account. It is a fault of kind NotFound when there is none.
func (s *Service) Get(ctx context.Context, accountID int64) (Account, error) {
	a, found, err := byID(ctx, s.db, accountID)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这个账号")
	}
	return a, err
}

// List reads the accounts of an area's subtree in the order of ids, from behind an id on.
func (s *Service) List(ctx context.Context, area string, after int64, limit int) ([]Account, error) {
	return under(ctx, s.db, area, after, limit)
}

// Seed makes accounts; a login that exists is left as it is, so that seeding twice changes nothing. The fault of the
// first wrong one is of kind Invalid.
func (s *Service) Seed(ctx context.Context, tx *db.Tx, list []NewAccount) error {
	now := s.clock.Now()
	for _, n := range list {
		if err := n.check(); err != nil {
			return err
		}
		if _, taken, err := byName(ctx, tx, n.Login); err != nil {
			return err
		} else if taken {
			continue
		}
		hash, err := s.hasher.make(ctx, n.Password)
		if err != nil {
			return err
		}
		if _, err := add(ctx, tx, Account{ID: s.ids.Next(), Login: n.Login, Name: n.Name, Role: n.Role, Area: n.Area,
			PersonID: n.PersonID, EmployerID: n.EmployerID, hash: hash}, now); err != nil {
			return err
		}
	}
	return nil
}

// Tasks registers the nightly cleaning.
func (s *Service) Tasks(q *queue.Queue) {
	const kind = "account.clean"
	q.Handle(kind, func(ctx context.Context, r *queue.Running) error {
		return s.db.Tx(ctx, func(tx *db.Tx) error {
			return errors.Join(clean(ctx, tx, s.clock.Now()), r.Complete(ctx, tx))
		})
	})
	q.Every(kind, "", queue.Daily(3*time.Hour+10*time.Minute))
}
