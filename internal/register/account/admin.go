package account

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// What an administrator does for the accounts of the own area. Each is one transaction with its entry in the audit log.

// Create makes an account. Faults: Denied outside of the area, Invalid, Conflict when the login is taken, Repeat.
func (s *Service) Create(ctx context.Context, who web.User, n NewAccount, once string) (Account, error) {
	if err := CanManageAccounts(who, area.Normal(n.Area)); err != nil {
		return Account{}, err
	}
	if err := n.check(); err != nil {
		return Account{}, err
	}
	hash, err := s.hasher.make(ctx, n.Password)
	if err != nil {
		return Account{}, err
	}
	a := Account{ID: s.ids.Next(), Login: n.Login, Name: n.Name, Role: n.Role, Area: n.Area, PersonID: n.PersonID, EmployerID: n.EmployerID, hash: hash}
	return a, s.act(ctx, who, a, "account.create", "新建账号 "+a.Login, once, func(tx *db.Tx) error {
		added, err := add(ctx, tx, a, s.clock.Now())
		if err == nil && !added {
			err = fault.New(fault.Conflict, "账号 %s 已有人用，请换一个", a.Login)
		}
		return err
	})
}

// SetDisabled stops an account, or lets it in again. Its sessions end.
func (s *Service) SetDisabled(ctx context.Context, who web.User, accountID int64, disabled bool, once string) error {
	a, err := s.managed(ctx, who, accountID)
	if err != nil {
		return err
	}
	if disabled && a.ID == who.ID {
		return fault.New(fault.Conflict, "不能停用自己的账号，请由另一位系统管理员办理")
	}
	what := map[bool]string{true: "停用账号 ", false: "恢复账号 "}[disabled]
	return s.act(ctx, who, a, "account.disable", what+a.Login, once, func(tx *db.Tx) error { return setDisabled(ctx, tx, a.ID, disabled) })
}

// ResetPassword sets a password for somebody who forgot theirs. Their sessions end and no waiting time is left.
func (s *Service) ResetPassword(ctx context.Context, who web.User, accountID int64, password, once string) error {
	a, err := s.managed(ctx, who, accountID)
	if err != nil {
		return err
	}
	if err := CheckPassword(password, a.Login); err != nil {
		return err
	}
	e := s.entry(a, "account.reset", "重设账号 "+a.Login+" 的密码")
	e.ActorID, e.Actor = who.ID, Signature(who)
	return s.set(ctx, &a, password, once, e)
}

// Unlock ends the waiting time after wrong passwords.
func (s *Service) Unlock(ctx context.Context, who web.User, accountID int64, once string) error {
	a, err := s.managed(ctx, who, accountID)
	if err != nil {
		return err
	}
	return s.act(ctx, who, a, "account.unlock", "解除账号 "+a.Login+" 的等待时间", once, func(tx *db.Tx) error {
		return forget(ctx, tx, byLogin.kind, a.Login)
	})
}

func (s *Service) managed(ctx context.Context, who web.User, accountID int64) (Account, error) {
	a, err := s.Get(ctx, accountID)
	if err != nil {
		return a, err
	}
	return a, CanManageAccounts(who, a.Area)
}

func (s *Service) act(ctx context.Context, who web.User, a Account, act, what, once string, do func(*db.Tx) error) error {
	e := s.entry(a, act, what)
	e.ActorID, e.Actor = who.ID, Signature(who)
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, s.clock.Now()); err != nil {
			return err
		}
		if err := do(tx); err != nil {
			return err
		}
		return s.audit.Write(ctx, tx, e)
	})
}
