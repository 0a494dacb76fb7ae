package app

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/seal"
)

// opened opens an application that the test closes.
func opened(t *testing.T, conf Config) *App {
	t.Helper()
	conf.LogLevel = "error"
	a, err := Open(context.Background(), conf)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

// refused wants Open to say why not.
func refused(t *testing.T, conf Config, why string) {
	t.Helper()
	a, err := Open(context.Background(), conf)
	if err == nil {
		_ = a.Close()
	}
	if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.TextOf(err), why) {
		t.Errorf("opening %+v: %v, want %q", conf, err, why)
	}
}

func TestOtherKeysThanTheDatabaseWasSealedWithAreRefused(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "keys")
	_ = opened(t, Config{Data: dir}).Close()
	mine, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(seal.GenerateKeys().Encode())
	refused(t, Config{Data: dir}, "不是这个数据库的")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	refused(t, Config{Data: dir}, "找不到密钥文件")
	if _, err := os.Stat(file); err == nil {
		t.Error("keys were made up for a database that has its own")
	}
	keys, err := seal.ParseKeys(string(mine))
	if err != nil {
		t.Fatal(err)
	}
	if keys, err = keys.Rotate(); err != nil {
		t.Fatal(err)
	}
	write(keys.Encode())
	opened(t, Config{Data: dir})
}

func TestProcessesOnOneDatabaseMakeDifferentIdentifiers(t *testing.T) {
	dir := t.TempDir()
	seen := map[int64]bool{}
	for range 3 { // all with the same --node, as a server and two imports beside it
		a := opened(t, Config{Data: dir})
		for range 5000 {
			n := a.IDs.Next()
			if seen[n] {
				t.Fatalf("%d was made twice", n)
			}
			seen[n] = true
		}
	}
}

func TestWhatCannotWorkIsRefusedBeforeAnythingIsOpened(t *testing.T) {
	for want, conf := range map[string]Config{
		"0～1023":     {Node: 5000},
		"没有模板文件夹":    {Templates: "/no/such/folder"},
		"反向代理的地址或网段": {Proxy: "my-proxy"},
		"不认识这种数据库地址": {DB: "mysql://root@localhost/x"},
		"日志级别":       {LogLevel: "loud"},
	} {
		conf.Data = t.TempDir()
		refused(t, conf, want)
	}
}

func TestAnImportIntoAPlaceThatDoesNotExistBeginsNothing(t *testing.T) {
	a := opened(t, Config{Data: t.TempDir()})
	for _, c := range []struct{ dir, place, want string }{
		{t.TempDir(), "99", "没有地区 99"}, {t.TempDir(), "15'; --", "没有地区"}, {t.TempDir(), "", "没有地区"}, {t.TempDir(), "152921", "没有表格"}, {"/no/such/folder", "15", "打不开文件夹"},
	} {
		said, err := a.Import(context.Background(), c.dir, c.place, progress.None{})
		if said != "" || !strings.Contains(fault.TextOf(err), c.want) {
			t.Errorf("%+v: %q, %v", c, said, err)
		}
	}
}

func TestBehindAProxyVisitorsAreToldApart(t *testing.T) {
	trusted, err := proxies("127.0.0.1, 10.0.0.0/8,::1")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, from, passed, want string }{
		{"without a proxy", "203.0.113.9:4711", "", "203.0.113.9"},
		{"a stranger who writes the header", "203.0.113.9:4711", "198.51.100.1", "203.0.113.9"},
		{"behind our proxy", "127.0.0.1:4711", "198.51.100.1", "198.51.100.1"},
		{"behind two of ours", "10.1.2.3:4711", "198.51.100.1, 10.9.9.9", "198.51.100.1"},
		{"a visitor who wrote some more", "[::1]:4711", "1.2.3.4, 198.51.100.1", "198.51.100.1"},
		{"our proxy asks for itself", "127.0.0.1:4711", "", "127.0.0.1"},
	} {
		r := &http.Request{RemoteAddr: c.from, Header: http.Header{}}
		if c.passed != "" {
			r.Header.Set("X-Forwarded-For", c.passed)
		}
		if got := visitorOf(trusted)(r); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestUploadsOfKilledProcessesDoNotLieAboutForever(t *testing.T) {
	a := opened(t, Config{Data: t.TempDir()})
	dir, err := a.arriving()
	if err != nil {
		t.Fatal(err)
	}
	for name, age := range map[string]time.Duration{"old": 48 * time.Hour, "new": time.Minute} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte("152921198007098939"), 0o600); err != nil {
			t.Fatal(err)
		}
		when := time.Now().Add(-age)
		if err := os.Chtimes(file, when, when); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.arriving(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 || filepath.Base(left[0]) != "new" {
		t.Errorf("left: %v", left)
	}
}

func TestSamplePagesAreShownOnDemonstrationsOnly(t *testing.T) {
	h, err := opened(t, Config{Data: t.TempDir()}).Handler(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, route := range h.Routes() {
		if strings.Contains(route, "/design") {
			t.Errorf("strangers reach %s where there are real people", route)
		}
	}
}
