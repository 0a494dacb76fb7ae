package audit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
)

var ctx = context.Background()

func onBoth(t *testing.T, body func(t *testing.T, l *Log, c *clock.Fake)) {
	dbtest.Run(t, []db.Schema{Schema}, func(t *testing.T, d *db.DB) {
		c := clock.NewFake("2025-09-24")
		body(t, New(d, c, "node-1"), c)
	})
}

func read(n int) Entry {
	return Entry{ActorID: 7, Actor: "苏日娜（经办）", Act: "person.read", Object: "person", ObjectID: int64(n), Area: "152921100201", What: "查看了个人档案"}
}

func fill(t *testing.T, l *Log, c *clock.Fake, n int) {
	t.Helper()
	for i := range n {
		if err := l.Note(ctx, read(i+1)); err != nil {
			t.Fatal(err)
		}
		c.Add(time.Second)
	}
}

func exec(t *testing.T, l *Log, query string, args ...any) {
	t.Helper()
	err := l.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(ctx, query, args...)
		if err == nil && n == 0 {
			err = errors.New("touched nothing: " + query)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// broken checks that Verify names this place.
func broken(t *testing.T, l *Log, seq int64, why string) {
	t.Helper()
	_, err := l.Verify(ctx)
	var b *Break
	if !errors.As(err, &b) || b.Seq != seq || b.Why != why || b.Chain != "node-1" || !fault.Is(err, fault.Conflict) {
		t.Errorf("Verify says %v, want entry %d: %s", err, seq, why)
	}
}

func TestAnUntouchedLogHolds(t *testing.T) {
	onBoth(t, func(t *testing.T, l *Log, c *clock.Fake) {
		if n, err := l.Verify(ctx); n != 0 || err != nil {
			t.Errorf("an empty log: %d, %v", n, err)
		}
		fill(t, l, c, 5)
		if err := l.DB.Tx(ctx, func(tx *db.Tx) error { return l.Write(ctx, tx, read(6), read(7), read(8)) }); err != nil {
			t.Fatal(err)
		}
		if n, err := l.Verify(ctx); n != 8 || err != nil {
			t.Errorf("%d entries held, %v", n, err)
		}
	})
}

func TestAChangeOfAnyColumnOfAnyRowIsFound(t *testing.T) {
	onBoth(t, func(t *testing.T, l *Log, c *clock.Fake) {
		fill(t, l, c, 4)
		zeros := make([]byte, 32)
		other := map[string]any{"at": int64(1), "actor_id": int64(8), "actor": "别人", "act": "person.rea", "object": "dperson", "object_id": int64(99),
			"area": "152922", "what": "", "prev": zeros, "hash": zeros}
		for seq := int64(1); seq <= 4; seq++ {
			for _, column := range columns[2:] {
				before, _, err := db.One(ctx, l.DB, func(v *any) []any { return []any{v} }, `SELECT `+column+` FROM audit_entry WHERE chain = $1 AND seq = $2 ORDER BY seq`, l.Chain, seq)
				if err != nil {
					t.Fatal(err)
				}
				if b, is := before.([]byte); before == nil || is && b == nil { // SQLite's driver gives an empty hash back as none
					before = []byte{}
				}
				set := `UPDATE audit_entry SET ` + column + ` = $1 WHERE chain = 'node-1' AND seq = $2`
				exec(t, l, set, other[column], seq)
				broken(t, l, seq, changed)
				exec(t, l, set, before, seq)
			}
		}
		if _, err := l.Verify(ctx); err != nil {
			t.Errorf("after everything was put back: %v", err)
		}
		exec(t, l, `UPDATE audit_entry SET seq = 9 WHERE seq = 4`)
		broken(t, l, 4, missing)
		exec(t, l, `UPDATE audit_entry SET seq = 4, chain = 'node-2' WHERE seq = 9`)
		if _, err := l.Verify(ctx); !fault.Is(err, fault.Conflict) {
			t.Errorf("an entry moved to another chain: %v", err)
		}
	})
}

func TestDeletingIsFound(t *testing.T) {
	for _, c := range []struct {
		name, query string
		seq         int64
		why         string
	}{
		{"the first", `DELETE FROM audit_entry WHERE seq = 1`, 1, missing},
		{"one in the middle", `DELETE FROM audit_entry WHERE seq = 3`, 3, missing},
		{"the last", `DELETE FROM audit_entry WHERE seq = 5`, 5, missing},
		{"all", `DELETE FROM audit_entry`, 1, missing},
		{"the head", `DELETE FROM audit_head`, 5, headless},
		{"the last one's number in the head", `UPDATE audit_head SET seq = 4`, 4, headBad},
		{"the head's hash", `UPDATE audit_head SET hash = prev FROM audit_entry WHERE audit_entry.seq = 3`, 5, headBad},
	} {
		t.Run(c.name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, l *Log, clock *clock.Fake) {
				fill(t, l, clock, 5)
				exec(t, l, c.query)
				broken(t, l, c.seq, c.why)
			})
		})
	}
}

func TestReorderingAndForgingAreFound(t *testing.T) {
	onBoth(t, func(t *testing.T, l *Log, c *clock.Fake) {
		fill(t, l, c, 5)
		swap := func() {
			exec(t, l, `UPDATE audit_entry SET seq = 9 WHERE seq = 2`)
			exec(t, l, `UPDATE audit_entry SET seq = 2 WHERE seq = 3`)
			exec(t, l, `UPDATE audit_entry SET seq = 3 WHERE seq = 9`)
		}
		swap()
		broken(t, l, 2, changed)
		swap()
		all, _, err := l.About(ctx, "person", 3, 1, Cursor{})
		if err != nil || len(all) != 1 {
			t.Fatal(err)
		}
		forged := all[0] // somebody who can compute hashes replaces entry 3
		forged.What = "没有看过"
		exec(t, l, `UPDATE audit_entry SET what = $1, hash = $2 WHERE seq = 3`, forged.What, forged.sum())
		broken(t, l, 4, unlinked)
		exec(t, l, `UPDATE audit_entry SET what = $1, hash = $2 WHERE seq = 3`, all[0].What, all[0].hash)
		last, _, err := l.About(ctx, "person", 5, 1, Cursor{})
		if err != nil {
			t.Fatal(err)
		}
		more := last[0]
		more.Seq, more.prev = 6, more.hash
		if err := l.DB.Tx(ctx, func(tx *db.Tx) error { more.hash = more.sum(); return insert(ctx, tx, []Entry{more}) }); err != nil {
			t.Fatal(err)
		}
		broken(t, l, 6, surplus)
	})
}

func TestManyWritersAtOnceKeepTheChainsWhole(t *testing.T) {
	onBoth(t, func(t *testing.T, l *Log, c *clock.Fake) {
		var writers sync.WaitGroup
		for i := range 8 {
			mine := &Log{DB: l.DB, Clock: c, Chain: fmt.Sprintf("node-%d", i%2)}
			writers.Go(func() {
				for n := range 10 {
					if err := mine.Note(ctx, read(n)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		writers.Go(func() {
			for range 5 {
				if _, err := l.Verify(ctx); err != nil {
					t.Errorf("while others write: %v", err)
				}
			}
		})
		writers.Wait()
		if n, err := l.Verify(ctx); n != 80 || err != nil {
			t.Errorf("%d entries held, %v", n, err)
		}
		heads, err := l.Heads(ctx)
		if err != nil || len(heads) != 2 || heads[0].Seq != 40 {
			t.Errorf("heads %v (%v)", heads, err)
		}
	})
}

func TestARolledBackActLeavesNoGap(t *testing.T) {
	onBoth(t, func(t *testing.T, l *Log, c *clock.Fake) {
		fill(t, l, c, 2)
		_ = l.DB.Tx(ctx, func(tx *db.Tx) error { return errors.Join(l.Write(ctx, tx, read(3)), errors.New("stop")) })
		fill(t, l, c, 1)
		if n, err := l.Verify(ctx); n != 3 || err != nil {
			t.Errorf("%d entries held, %v", n, err)
		}
	})
}

func TestWhoHasSeenThisFileIsReadNewestFirstPageByPage(t *testing.T) {
	onBoth(t, func(t *testing.T, l *Log, c *clock.Fake) {
		for i := range 7 {
			e := read(1)
			e.What = fmt.Sprintf("第 %d 次查看", i+1)
			if err := l.Note(ctx, e); err != nil {
				t.Fatal(err)
			}
			if err := l.Note(ctx, read(2)); err != nil {
				t.Fatal(err)
			}
			if i%2 == 0 {
				c.Add(time.Minute)
			}
		}
		var got []string
		for after := (Cursor{}); ; {
			page, next, err := l.About(ctx, "person", 1, 3, after)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range page {
				got = append(got, e.What)
			}
			if after = next; after == (Cursor{}) {
				break
			}
		}
		if len(got) != 7 || got[0] != "第 7 次查看" || got[6] != "第 1 次查看" {
			t.Errorf("read %v", got)
		}
	})
}

func TestRecentActsCanBeNarrowedDown(t *testing.T) {
	onBoth(t, func(t *testing.T, l *Log, c *clock.Fake) {
		fill(t, l, c, 3)
		e := read(9)
		e.Area, e.ActorID, e.Act = "152923100000", 8, "person.save"
		if err := l.Note(ctx, e); err != nil {
			t.Fatal(err)
		}
		for _, k := range []struct {
			f    Filter
			want int
		}{{Filter{}, 4}, {Filter{Area: "1529"}, 4}, {Filter{Area: "152921"}, 3}, {Filter{ActorID: 8}, 1}, {Filter{ActorID: 8, Act: "person.read"}, 0}, {Filter{Act: "person.save", Area: "152923"}, 1}} {
			if got, _, err := l.Recent(ctx, k.f, 10, Cursor{}); len(got) != k.want || err != nil {
				t.Errorf("%+v: %d entries, want %d (%v)", k.f, len(got), k.want, err)
			}
		}
	})
}

func TestEveryTextComesBackAsItWasHashed(t *testing.T) {
	onBoth(t, func(t *testing.T, l *Log, c *clock.Fake) {
		for _, what := range []string{"查看了“额尔敦”的档案", "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ", "𠀀𡘙 emoji 🐎", "é\u0301 not composed", "broken \xff\xfe", "zero \x00 inside", "' ; DROP TABLE", ""} {
			e := read(1)
			e.What, e.Actor = what, what
			if err := l.Note(ctx, e); err != nil {
				t.Errorf("%q: %v", what, err)
			}
		}
		if n, err := l.Verify(ctx); n != 8 || err != nil {
			t.Errorf("%d entries held, %v", n, err)
		}
	})
}

func TestNoTwoEntriesShareTheirBytes(t *testing.T) {
	entry := rapid.Custom(func(t *rapid.T) Entry {
		short := rapid.StringN(0, 3, -1)
		return Entry{Seq: rapid.Int64Range(0, 2).Draw(t, "seq"), Actor: short.Draw(t, "actor"), Act: short.Draw(t, "act"), Object: short.Draw(t, "object"), What: short.Draw(t, "what")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := entry.Draw(t, "a"), entry.Draw(t, "b")
		same := a.Seq == b.Seq && a.Actor == b.Actor && a.Act == b.Act && a.Object == b.Object && a.What == b.What
		if bytes.Equal(a.sum(), b.sum()) != same {
			t.Fatalf("%+v and %+v", a, b)
		}
	})
}

func TestNumbersSomebodyTypedDoNotStayInTheLog(t *testing.T) {
	for said, want := range map[string]string{
		"理由：证件 152921198007098939 与户口簿一致":   "理由：证件 152***********8939 与户口簿一致",
		"11010119900101123x，电话13900001111":  "110***********123x，电话139****1111",
		"第 1,234 行，2025-09-24，账号 jingban01": "第 1,234 行，2025-09-24，账号 jingban01",
	} {
		if got := clean(Entry{What: said}).What; got != want {
			t.Errorf("%s is kept as %s", said, got)
		}
	}
}
