package account

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/queue"
)

var ctx = context.Background()

const good = "驼铃 与 沙枣 2025"

// people are one account of each role.
var people = []NewAccount{
	{Login: "officer01", Name: "苏日娜", Role: Officer, Area: "152921", Password: good},
	{Login: "manager01", Name: "巴特尔", Role: Manager, Area: "152900", Password: good},
	{Login: "seeker01", Name: "李秀英", Role: Seeker, Area: "152921100001", PersonID: 42, Password: good},
	{Login: "employer01", Name: "阿拉善左旗某有限公司", Role: Employer, Area: "152921", EmployerID: 7, Password: good},
	{Login: "admin01", Name: "张建国", Role: Admin, Area: "15", Password: good},
}

// office is a service with these people on a clock that stands still.
type office struct {
	*Service
	t   *testing.T
	now *clock.Fake
}

func newOffice(t *testing.T, d *db.DB, c *clock.Fake) office {
	s := New(Deps{DB: d, Clock: c, IDs: id.NewMaker(1, c), Audit: audit.New(d, c, "node-1"), Help: "盟人社局信息中心", Demo: people})
	return office{s, t, c}
}

func onBoth(t *testing.T, body func(t *testing.T, o office)) {
	dbtest.Run(t, []db.Schema{queue.Schema, audit.Schema, Schema}, func(t *testing.T, d *db.DB) {
		o := newOffice(t, d, clock.NewFake("2025-09-24"))
		for range 2 { // the second time changes nothing
			if err := d.Tx(ctx, func(tx *db.Tx) error { return o.Seed(ctx, tx, people) }); err != nil {
				t.Fatal(err)
			}
		}
		body(t, o)
	})
}

func (o office) find(login string) Account {
	o.t.Helper()
	a, found, err := byName(ctx, o.db, login)
	if err != nil || !found {
		o.t.Fatal(login, found, err)
	}
	return a
}

// try signs in and checks the answer: "" for success.
func (o office) try(login, password, want string) {
	o.t.Helper()
	_, err := o.SignIn(ctx, login, password, "10.1.2.3:4567")
	switch {
	case want == "" && err != nil:
		o.t.Errorf("%s: %v", login, err)
	case want != "" && (err == nil || !strings.Contains(fault.TextOf(err), want)):
		o.t.Errorf("%s: the answer is %v, want %q", login, err, want)
	}
}

func TestTheRightPasswordOpensTheDoor(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		for _, typed := range []string{"officer01", " Officer01 ", "ＯＦＦＩＣＥＲ０１"} {
			a, err := o.SignIn(ctx, typed, good, "")
			if err != nil || a.Name != "苏日娜" || a.Area != "152921" {
				t.Errorf("%q: %+v %v", typed, a, err)
			}
		}
		if a := o.find("officer01"); !a.SignedIn.Equal(o.now.Now()) || !strings.HasPrefix(a.hash, "$argon2id$") {
			t.Errorf("stored as %+v", a)
		}
		seen, _, err := o.audit.About(ctx, "account", o.find("officer01").ID, 10, audit.Cursor{})
		if err != nil || len(seen) != 3 || seen[0].Actor != "苏日娜（阿拉善左旗经办）" {
			t.Errorf("recorded %+v (%v)", seen, err)
		}
	})
}

func TestTenWrongPasswordsInARow(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		for _, login := range []string{"nobody99", "officer01"} { // one that is there and one that is not get the same answers
			for i, want := range []string{
				"还可以试 4 次", "还可以试 3 次", "还可以试 2 次", "还可以试 1 次",
				"连续错了 5 次。为保护账号，请 1 分钟后", "6 次。为保护账号，请 2 分钟", "7 次。为保护账号，请 4 分钟",
				"8 次。为保护账号，请 8 分钟", "9 次。为保护账号，请 16 分钟", "10 次。为保护账号，请 32 分钟后再试。忘记密码请联系盟人社局信息中心",
			} {
				o.try(login, "wrong-password", want)
				if i < 4 {
					continue
				}
				o.try(login, good, "分钟后再试") // not even the right one while there is a time to wait
				if i < 9 {
					o.now.Add(byLogin.pause(i + 1))
				}
			}
		}
		again := newOffice(t, o.db, o.now) // a restart forgets nothing
		again.now.Add(31 * time.Minute)
		again.try("officer01", good, "请 1 分钟后再试。忘记密码请联系盟人社局信息中心")
		again.now.Add(time.Minute)
		again.try("officer01", good, "")
		again.try("officer01", "wrong-password", "还可以试 4 次") // success begins a new row
	})
}

func TestTheWaitDoublesUpToAnHourAndARowIsForgottenAfterADay(t *testing.T) {
	for n, want := range map[int]time.Duration{1: 0, 4: 0, 5: time.Minute, 10: 32 * time.Minute, 11: time.Hour, 12: time.Hour, 1 << 30: time.Hour} {
		if got := byLogin.pause(n); got != want {
			t.Errorf("after %d: %s, want %s", n, got, want)
		}
	}
	now := clock.NewFake("2025-09-24")
	a := attempts{}
	for range 4 {
		a = byLogin.another(a, now.Now())
		now.Add(23 * time.Hour)
	}
	if a.failed != 4 {
		t.Errorf("one a day makes %d", a.failed)
	}
	now.Add(2 * time.Hour)
	if a = byLogin.another(a, now.Now()); a.failed != 1 {
		t.Errorf("after more than a day it is the %d.", a.failed)
	}
}

func TestManyRequestsAtOnceDoNotGetMoreTries(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		var all sync.WaitGroup
		var mu sync.Mutex
		checked := 0
		for range 30 {
			all.Go(func() {
				_, err := o.SignIn(ctx, "officer01", "wrong-password", "10.0.0.1")
				mu.Lock()
				defer mu.Unlock()
				if fault.Is(err, fault.Invalid) {
					checked++
				} else if !fault.Is(err, fault.Denied) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if checked != byLogin.free {
			t.Errorf("%d passwords were looked at, want %d", checked, byLogin.free)
		}
	})
}

func TestACrowdThatSignsInFromOneOfficeAllGetsIn(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		if cap(o.hasher.slots) > 8 {
			t.Errorf("%d hashes of 19 MiB at the same time", cap(o.hasher.slots))
		}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for range 6 {
					if _, err := o.SignIn(ctx, "seeker01", good, "10.0.0.1"); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		a, err := db.Value[int64](ctx, o.db, `SELECT failed FROM account_attempt WHERE kind = 'address' AND name = '10.0.0.1' ORDER BY name`)
		if err != nil || a != 0 {
			t.Errorf("%d failures stand against the address (%v)", a, err)
		}
	})
}

func TestOneLoginUsedByManyAtTheSameMomentIsNotTakenForAnAttack(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		var crowd sync.WaitGroup
		for range 24 {
			crowd.Go(func() {
				if _, err := o.SignIn(ctx, "officer01", good, "10.1.2.3:4567"); err != nil {
					t.Errorf("the password was right: %v", err)
				}
			})
		}
		crowd.Wait()
		ended, cancel := context.WithCancel(ctx)
		leave, err := o.gate.enter(ctx, "officer01")
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		if _, err := o.SignIn(ended, "officer01", good, ""); !fault.Is(err, fault.Unavailable) {
			t.Errorf("somebody who left while waiting: %v", err)
		}
		leave()
		if len(o.gate.open) != 0 {
			t.Errorf("the gate remembers %d logins", len(o.gate.open))
		}
	})
}

func TestOneAddressCannotTryAllLogins(t *testing.T) {
	now := clock.NewFake("2025-09-24")
	a := attempts{}
	for range byAddress.free {
		a = byAddress.another(a, now.Now())
		now.Add(time.Second)
	}
	if a.lockedUntil <= now.Now().UnixMilli() {
		t.Errorf("after %d failures the address is free", a.failed)
	}
	for typed, want := range map[string]string{"10.1.2.3:99": "10.1.2.3", "[2001:db8:1:2:3::4]:80": "2001:db8:1:2::/64", "2001:db8::1": "2001:db8::/64",
		"[::ffff:10.1.2.3]:99": "10.1.2.3", "[fe80::1%eth0]:1": "fe80::/64", "@": "", "": ""} {
		if got := network(typed); got != want {
			t.Errorf("%q counts as %q, want %q", typed, got, want)
		}
	}
}

func TestAWeakPasswordIsRefusedWithTheReason(t *testing.T) {
	for password, want := range map[string]string{
		"1234567": "至少 8 个字符，您填了 7 个", "沙枣驼铃": "您填了 4 个", "OFFICER01": "不能和账号相同", "zzzzzzzzz": "全是同一个字符", "Password1": "太常见",
		"88888888": "全是同一个字符", "woaini1314": "太常见", strings.Repeat("长", 129): "最多 128 个字符，您填了 129 个", "12345678\xff": "无法识别", "沙枣驼铃沙枣驼铃": "", good: "",
	} {
		err := CheckPassword(password, "officer01")
		if want == "" && err != nil || want != "" && (!fault.Is(err, fault.Invalid) || !strings.Contains(fault.TextOf(err), want)) {
			t.Errorf("%q: %v, want %q", password, err, want)
		}
	}
}

func TestAWrongNewAccountIsRefusedWithTheReason(t *testing.T) {
	for _, c := range []struct {
		n    NewAccount
		want string
	}{
		{NewAccount{Login: "a b", Name: "x", Role: Admin, Area: "15"}, "中间不留空格"},
		{NewAccount{Login: "a", Role: Admin, Area: "15"}, "没有填姓名"},
		{NewAccount{Login: "a", Name: "x", Role: "boss", Area: "15"}, "角色“boss”不存在"},
		{NewAccount{Login: "a", Name: "x", Role: Officer, Area: "999999"}, "区划代码“999999”不存在"},
		{NewAccount{Login: "a", Name: "x", Role: Officer, Area: "1529"}, "应属于旗县（市、区）或以下，填的是阿拉善盟"},
		{NewAccount{Login: "a", Name: "x", Role: Manager, Area: "152921"}, "应属于盟市或自治区"},
		{NewAccount{Login: "a", Name: "x", Role: Seeker}, "须对应一个人"},
		{NewAccount{Login: "a", Name: "x", Role: Officer, Area: "152921", PersonID: 1}, "须对应一个人"},
		{NewAccount{Login: "a", Name: "x", Role: Employer}, "须对应一个单位"},
		{NewAccount{Login: "a", Name: "x", Role: Admin, Area: "150000", Password: "short"}, "至少 8 个字符"},
	} {
		if err := c.n.check(); !fault.Is(err, fault.Invalid) || !strings.Contains(fault.TextOf(err), c.want) {
			t.Errorf("%+v: %v, want %q", c.n, err, c.want)
		}
	}
}

func TestChangingAPassword(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		a := o.find("officer01")
		const fresh = "新的 密码 更长"
		change := func(old, password, once, want string) {
			t.Helper()
			_, err := o.ChangePassword(ctx, a.ID, old, password, once)
			if want == "" && err != nil || want != "" && !strings.Contains(fault.TextOf(err), want) {
				t.Errorf("%v, want %q", err, want)
			}
		}
		change("wrong-password", fresh, "key-1", "还可以试 4 次")
		change(good, good, "key-1", "和原密码相同")
		change(good, "officer01", "key-1", "不能和账号相同")
		change(good, fresh, "key-1", "")
		if now := o.find("officer01"); now.epoch != a.epoch+1 {
			t.Error("the old sessions go on")
		}
		o.try("officer01", good, "账号或密码不对")
		o.try("officer01", fresh, "")
		change(fresh, good, "key-1", "已经提交过") // the same form once more
	})
}

func TestAdministratorsKeepTheAccountsOfTheirArea(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		admin, officer := o.user(o.find("admin01")), o.find("officer01")
		if err := o.SetDisabled(ctx, admin, officer.ID, true, "k1"); err != nil {
			t.Fatal(err)
		}
		o.try("officer01", good, "这个账号已停用")
		o.try("officer01", "wrong-password", "账号或密码不对")
		if err := o.SetDisabled(ctx, admin, officer.ID, false, "k2"); err != nil {
			t.Fatal(err)
		}
		o.try("officer01", good, "")
		for range 5 {
			o.try("officer01", "wrong-password", "账号或密码不对")
		}
		o.try("officer01", good, "分钟后再试")
		if err := o.Unlock(ctx, admin, officer.ID, "k3"); err != nil {
			t.Fatal(err)
		}
		o.try("officer01", good, "")
		if err := o.ResetPassword(ctx, admin, officer.ID, "临时 密码 请改", "k4"); err != nil {
			t.Fatal(err)
		}
		o.try("officer01", "临时 密码 请改", "")
		made, err := o.Create(ctx, admin, NewAccount{Login: "Officer02", Name: "其其格", Role: Officer, Area: "152923", Password: good}, "k5")
		if err != nil || made.Login != "officer02" {
			t.Fatal(made, err)
		}
		o.try("officer02", good, "")
		for what, err := range map[string]error{
			"已有人用":     second(o.Create(ctx, admin, NewAccount{Login: "officer02", Name: "其其格", Role: Officer, Area: "152923", Password: good}, "k6")),
			"账号由系统管理员": o.Unlock(ctx, o.user(officer), made.ID, "k7"),
			"不能停用自己":   o.SetDisabled(ctx, admin, admin.ID, true, "k8"),
			"没有这个账号":   o.Unlock(ctx, admin, 1, "k9"),
			"已经提交过":    o.Unlock(ctx, admin, made.ID, "k3"),
		} {
			if !strings.Contains(fault.TextOf(err), what) {
				t.Errorf("%v, want %q", err, what)
			}
		}
		if n, err := o.audit.Verify(ctx); err != nil || n < 10 {
			t.Errorf("the audit log: %d, %v", n, err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestEndedSessionsAndOldFailuresAreSweptAwayAtNight(t *testing.T) {
	onBoth(t, func(t *testing.T, o office) {
		store := sessionStore{o.db, o.now}
		machine := clock.System{}.Now()
		err := errors.Join(store.CommitCtx(ctx, "short", []byte{1}, machine.Add(time.Hour)), store.CommitCtx(ctx, "long", []byte{2}, machine.Add(100*time.Hour)))
		if err != nil {
			t.Fatal(err)
		}
		o.try("officer01", "wrong-password", "账号或密码不对")
		o.now.Add(30 * time.Hour)
		if _, found, err := store.FindCtx(ctx, "short"); found || err != nil {
			t.Errorf("an ended session is found (%v)", err)
		}
		if err := o.db.Tx(ctx, func(tx *db.Tx) error { return clean(ctx, tx, o.now.Now()) }); err != nil {
			t.Fatal(err)
		}
		left, err := db.Value[int64](ctx, o.db, `SELECT (SELECT count(*) FROM account_session) * 10 + (SELECT count(*) FROM account_attempt)`)
		data, found, err2 := store.FindCtx(ctx, "long")
		if left != 10 || !found || data[0] != 2 || err != nil || err2 != nil {
			t.Errorf("left %d, %v %v", left, err, err2)
		}
	})
}
