package account

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// rule is how long to wait after so many failures.
type rule struct {
	kind   string
	free   int           // failures without waiting
	wait   time.Duration // after that many; doubled by each further one when grows
	most   time.Duration
	grows  bool
	memory time.Duration // a row of failures is forgotten so long after its last one, or after its first one when !grows
}

var (
	// byLogin counts the wrong passwords in a row for one login: 5 → 1 minute, 6 → 2, … 10 → 32, then 1 hour.
	byLogin = rule{kind: "login", free: 5, wait: time.Minute, most: time.Hour, grows: true, memory: 24 * time.Hour}
	// byAddress counts within a quarter of an hour. It is wide, because a whole office may share one address.
	byAddress = rule{kind: "address", free: 200, wait: 15 * time.Minute, most: 15 * time.Minute, memory: 15 * time.Minute}
)

// pause is how long to wait after n failures.
func (r rule) pause(n int) time.Duration {
	switch over := n - r.free; {
	case over < 0:
		return 0
	case !r.grows:
		return r.wait
	case over >= 10:
		return r.most
	default:
		return min(r.wait<<over, r.most)
	}
}

// attempts is a row of failures.
type attempts struct {
	failed                   int
	since, last, lockedUntil int64 // unix ms
}

// another counts one more failure at now.
func (r rule) another(a attempts, now time.Time) attempts {
	ms := now.UnixMilli()
	from := a.since
	if r.grows {
		from = a.last
	}
	if a.failed == 0 || ms-from > r.memory.Milliseconds() {
		a = attempts{since: ms}
	}
	a.failed++
	a.last = ms
	a.lockedUntil = 0
	if d := r.pause(a.failed); d > 0 {
		a.lockedUntil = now.Add(d).UnixMilli()
	}
	return a
}

// minutes are whole minutes, at least one.
func minutes(ms int64) int64 { return max(1, (ms+59_999)/60_000) }

// refusal is what somebody reads who has to wait.
func (s *Service) refusal(kind string, lockedUntil, now int64) error {
	wait := minutes(lockedUntil - now)
	if kind == byAddress.kind {
		return fault.New(fault.Denied, "您所在的网络在短时间内有太多次登录失败，请 %d 分钟后再试。急需办理请联系%s", wait, s.help)
	}
	return fault.New(fault.Denied, "密码连续错了多次。为保护账号，请 %d 分钟后再试。忘记密码请联系%s", wait, s.help)
}

// wrong is what somebody reads whose password was wrong for the n-th time.
func (s *Service) wrong(n int) error {
	if d := byLogin.pause(n); d > 0 {
		return fault.New(fault.Invalid, "账号或密码不对，已连续错了 %d 次。为保护账号，请 %d 分钟后再试。忘记密码请联系%s", n, minutes(d.Milliseconds()), s.help)
	}
	left := fmt.Sprintf("还可以试 %d 次", byLogin.free-n)
	return fault.New(fault.Invalid, "账号或密码不对。请检查大小写和输入法，%s，再错须等待后才能登录", left)
}

// count writes a failure down before the password is looked at, and says the how many-th in a row this would be.
func (s *Service) count(ctx context.Context, login, place string) (failed int, err error) {
	now := s.clock.Now()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		for _, c := range []struct {
			rule rule
			name string
		}{{byAddress, place}, {byLogin, login}} {
			if c.name == "" {
				continue
			}
			a, err := tally(ctx, tx, c.rule.kind, c.name)
			if err != nil {
				return err
			}
			if a.lockedUntil > now.UnixMilli() {
				return s.refusal(c.rule.kind, a.lockedUntil, now.UnixMilli())
			}
			a = c.rule.another(a, now)
			if err := setTally(ctx, tx, c.rule.kind, c.name, a); err != nil {
				return err
			}
			failed = a.failed
		}
		return nil
	})
	return failed, err
}

// refuse answers a wrong password; when it locks a real account, that is recorded.
func (s *Service) refuse(ctx context.Context, a Account, failed int) error {
	if a.ID != 0 && byLogin.pause(failed) > 0 {
		if err := s.audit.Note(ctx, s.entry(a, "account.lock", "密码连续错误，账号暂停登录")); err != nil {
			return err
		}
	}
	return s.wrong(failed)
}

// network is the address that failures are counted by: an IPv4 address, or the /64 of an IPv6 one.
func network(address string) string {
	if ap, err := netip.ParseAddrPort(address); err == nil {
		address = ap.Addr().String()
	}
	ip, err := netip.ParseAddr(strings.Trim(address, "[]"))
	if err != nil {
		return ""
	}
	if ip = ip.Unmap().WithZone(""); ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return ""
	}
	return prefix.String()
}
