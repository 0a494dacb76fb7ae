package account

import (
	"context"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/id"
	"jiuye/internal/ground/seal"
)

func runClients(t *testing.T, body func(t *testing.T, s *Clients, c *clock.Fake)) {
	sealer, err := seal.New(seal.GenerateKeys())
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Run(t, []db.Schema{audit.Schema, Schema}, func(t *testing.T, d *db.DB) {
		c := clock.NewFake("2025-09-24")
		body(t, &Clients{DB: d, Sealer: sealer, Clock: c, IDs: id.NewMaker(1, c), Audit: audit.New(d, c, "node-1")}, c)
	})
}

func insurer() Client {
	return Client{Name: "阿拉善盟医疗保障局", Source: "医保", Area: "152900", Purposes: []string{"linkage", "delivery"}}
}

func knows(t *testing.T, s *Clients, key string) bool {
	t.Helper()
	_, found, err := s.Identify(context.Background(), key)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestADepartmentIsKnownByItsKeyAndByNothingElse(t *testing.T) {
	runClients(t, func(t *testing.T, s *Clients, _ *clock.Fake) {
		made, key, err := s.Add(context.Background(), insurer(), "张三")
		if err != nil {
			t.Fatal(err)
		}
		c, found, err := s.Identify(context.Background(), key)
		if err != nil || !found || c.ID != made.ID || c.Area != "1529" || !c.May("linkage") || c.May("service") || c.PerMinute != 600 {
			t.Errorf("the key led to %+v %v %v", c, found, err)
		}
		for _, wrong := range []string{"", "jy_", "jy_1_x", key[:len(key)-1], key + "x", strings.Replace(key, "jy_", "jx_", 1), strings.ToUpper(key)} {
			if knows(t, s, wrong) {
				t.Errorf("%q was let in", wrong)
			}
		}
		if len(c.keyHash) != seal.HashSize || strings.Contains(string(c.keyHash), key) {
			t.Error("the key itself is kept")
		}
	})
}

func TestAfterANewKeyTheOldOneIsTakenForADay(t *testing.T) {
	runClients(t, func(t *testing.T, s *Clients, c *clock.Fake) {
		made, old, _ := s.Add(context.Background(), insurer(), "张三")
		_, fresh, err := s.Rotate(context.Background(), made.ID, "张三")
		if err != nil {
			t.Fatal(err)
		}
		c.Add(23 * time.Hour)
		if !knows(t, s, old) || !knows(t, s, fresh) {
			t.Error("within the day both keys must be taken")
		}
		c.Add(2 * time.Hour)
		if knows(t, s, old) || !knows(t, s, fresh) {
			t.Error("after the day only the new key must be taken")
		}
		if _, err := s.SetDisabled(context.Background(), made.ID, true, "张三"); err != nil {
			t.Fatal(err)
		}
		if knows(t, s, fresh) {
			t.Error("a disabled client was let in")
		}
	})
}

func TestAClientThatWasWrittenDownWronglyIsRefusedWithTheReason(t *testing.T) {
	runClients(t, func(t *testing.T, s *Clients, _ *clock.Fake) {
		for _, c := range []struct {
			spoil func(*Client)
			want  string
		}{
			{func(c *Client) { c.Name = " " }, "名称"},
			{func(c *Client) { c.Source = "" }, "部门"},
			{func(c *Client) { c.Area = "999999" }, "没有代码为 999999 的地区"},
			{func(c *Client) { c.Purposes = nil }, "至少给一个用途"},
			{func(c *Client) { c.Purposes = []string{"fun"} }, "没有用途 fun"},
			{func(c *Client) { c.PerMinute = -1 }, "每分钟次数"},
		} {
			in := insurer()
			c.spoil(&in)
			if _, _, err := s.Add(context.Background(), in, "张三"); !fault.Is(err, fault.Invalid) || !strings.Contains(fault.TextOf(err), c.want) {
				t.Errorf("want %q, got %v", c.want, err)
			}
		}
	})
}

func TestTwoDepartmentsKnowAPersonByDifferentNames(t *testing.T) {
	runClients(t, func(t *testing.T, s *Clients, _ *clock.Fake) {
		once, again := s.Pseudonym(1, 7), s.Pseudonym(1, 7)
		if once != again || s.Pseudonym(1, 7) == s.Pseudonym(2, 7) || s.Pseudonym(1, 7) == s.Pseudonym(1, 8) || s.Pseudonym(1, 17) == s.Pseudonym(11, 7) {
			t.Error("a pseudonym must be the client's own, and always the same")
		}
	})
}
