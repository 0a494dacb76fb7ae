package account

import (
	"context"
	_ "embed"
	"errors"
	"strings"
	"unicode/utf8"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed worst.txt
var worstText string

// worst are passwords that everybody tries first.
var worst = func() map[string]bool {
	set := map[string]bool{}
	for _, p := range strings.Fields(worstText) {
		set[p] = true
	}
	return set
}()

const (
	passwordLeast = 8   // characters
	passwordMost  = 128 // characters; a longer one would only be work for the hash
)

// CheckPassword says in plain Chinese what is wrong with a new password; the fault is of kind Invalid.
func CheckPassword(password, login string) error {
	n := utf8.RuneCountInString(password)
	lower := strings.ToLower(password)
	switch {
	case !utf8.ValidString(password):
		return fault.New(fault.Invalid, "密码里有无法识别的字符，请重新填写")
	case n < passwordLeast:
		return fault.New(fault.Invalid, "密码至少 %d 个字符，您填了 %d 个。可以用几个词连起来，好记也难猜", passwordLeast, n)
	case n > passwordMost:
		return fault.New(fault.Invalid, "密码最多 %d 个字符，您填了 %d 个", passwordMost, n)
	case lower == plainLogin(login):
		return fault.New(fault.Invalid, "密码不能和账号相同，请换一个")
	case alike(password):
		return fault.New(fault.Invalid, "密码不能全是同一个字符，请换一个")
	case worst[lower]:
		return fault.New(fault.Invalid, "这个密码太常见，别人最先会试它，请换一个")
	}
	return nil
}

// alike reports whether a text is one character again and again.
func alike(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.Trim(s, string(first)) == ""
}

// ChangePassword sets a new password after the old one was checked, and ends all sessions of the account. Wrong old
// passwords count like wrong passwords at sign-in. Faults: Invalid, Denied, Repeat.
func (s *Service) ChangePassword(ctx context.Context, accountID int64, old, password, once string) (Account, error) {
	a, err := s.Get(ctx, accountID)
	if err != nil {
		return a, err
	}
	leave, err := s.gate.enter(ctx, a.Login)
	if err != nil {
		return a, err
	}
	defer leave()
	failed, err := s.count(ctx, a.Login, "")
	if err != nil {
		return a, err
	}
	right, err := s.hasher.check(ctx, old, a.hash)
	if err != nil {
		return a, err
	}
	if !right {
		return a, s.refuse(ctx, a, failed)
	}
	if old == password {
		return a, fault.New(fault.Invalid, "新密码和原密码相同，请换一个")
	}
	if err := CheckPassword(password, a.Login); err != nil {
		return a, err
	}
	return a, s.set(ctx, &a, password, once, s.entry(a, "account.password", "修改了密码"))
}

func (s *Service) set(ctx context.Context, a *Account, password, once string, e audit.Entry) error {
	hash, err := s.hasher.make(ctx, password)
	if err != nil {
		return err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, s.clock.Now()); err != nil {
			return err
		}
		return errors.Join(setPassword(ctx, tx, a.ID, hash), forget(ctx, tx, byLogin.kind, a.Login), s.audit.Write(ctx, tx, e))
	})
	if err == nil {
		a.hash = hash
		a.epoch++
	}
	return err
}
