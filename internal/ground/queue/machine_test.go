package queue

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// TestWhateverHappensAJobIsInOneHandAndEndsOnce plays random lives of a few jobs between two processes: they are
// enqueued, claimed, done, failed, forgotten by a killed process, revived, while the time goes by in leaps.
func TestWhateverHappensAJobIsInOneHandAndEndsOnce(t *testing.T) {
	d, err := db.Open(ctx, filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(ctx, []db.Schema{Schema}); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		if err := d.Tx(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, `DELETE FROM queue_job`); return err }); err != nil {
			rt.Fatal(err)
		}
		c := clock.NewFake("2025-09-24")
		processes := []desk{newDesk(t, d, c, 1), newDesk(t, d, c, 2)}
		var outcome error
		for _, q := range processes {
			q.Handle("k", nil)
		}
		hands := map[int64]*Running{} // the claim that counts, by job
		leases := map[int64]time.Time{}
		ended := map[int64]bool{}
		pick := func(rt *rapid.T) desk { return rapid.SampledFrom(processes).Draw(rt, "process") }
		held := func(rt *rapid.T) *Running {
			var all []*Running
			for _, r := range hands {
				all = append(all, r)
			}
			if len(all) == 0 {
				rt.Skip("nobody works")
			}
			oldest := all[0]
			for _, r := range all {
				if r.ID < oldest.ID {
					oldest = r
				}
			}
			return oldest
		}
		rt.Repeat(map[string]func(*rapid.T){
			"enqueue": func(rt *rapid.T) {
				key := rapid.SampledFrom([]string{"", "a", "b"}).Draw(rt, "key")
				pick(rt).put(Job{Kind: "k", Key: key, MaxTries: 2})
			},
			"claim": func(rt *rapid.T) {
				for _, r := range pick(rt).take(rapid.IntRange(1, 3).Draw(rt, "n")) {
					if before := hands[r.ID]; before != nil && !leases[r.ID].Before(c.Now()) {
						rt.Fatalf("job %d is in two hands", r.ID)
					}
					if ended[r.ID] {
						rt.Fatalf("job %d had ended", r.ID)
					}
					if r.Tries > 2 {
						rt.Fatalf("job %d is tried for the %d. time", r.ID, r.Tries)
					}
					hands[r.ID], leases[r.ID] = r, c.Now().Add(r.q.Lease)
				}
			},
			"end": func(rt *rapid.T) {
				r := held(rt)
				outcome = rapid.SampledFrom([]error{nil, fault.New(fault.Invalid, "x"), fault.New(fault.Unavailable, "y")}).Draw(rt, "outcome")
				e := r.q.judge(r, outcome, nil)
				var mattered bool
				err := d.Tx(ctx, func(tx *db.Tx) (err error) { mattered, err = r.q.conclude(ctx, tx, r, e); return err })
				if err != nil {
					rt.Fatal(err)
				}
				if r.q.mine[r.ID] && !mattered {
					rt.Fatalf("living job %d was taken away", r.ID)
				}
				delete(r.q.mine, r.ID)
				delete(hands, r.ID)
				if mattered {
					ended[r.ID] = e.state != Ready
				}
			},
			"kill": func(rt *rapid.T) {
				r := held(rt)
				delete(r.q.mine, r.ID)
			},
			"wait": func(rt *rapid.T) {
				c.Add(time.Duration(rapid.IntRange(1, 200).Draw(rt, "seconds")) * time.Second)
				for jobID, r := range hands { // the living renew their leases, the killed do not
					if r.q.mine[jobID] {
						var long time.Time
						if ok, err := r.pulse(ctx, &long); ok && err == nil {
							leases[jobID] = c.Now().Add(r.q.Lease)
						}
					}
				}
			},
			"revive": func(rt *rapid.T) {
				q := pick(rt)
				dead, err := q.List(ctx, Dead, 0, 1)
				if err != nil {
					rt.Fatal(err)
				}
				if len(dead) == 0 {
					rt.Skip("nothing is dead")
				}
				err = d.Tx(ctx, func(tx *db.Tx) error { return q.Revive(ctx, tx, dead[0].ID) })
				if err != nil && !fault.Is(err, fault.Conflict) {
					rt.Fatal(err)
				}
				if err == nil {
					delete(ended, dead[0].ID)
					delete(hands, dead[0].ID)
				}
			},
			"": func(rt *rapid.T) {
				doubled, err := db.All(ctx, d, func(s *string) []any { return []any{s} }, `
					SELECT key FROM queue_job WHERE key <> '' AND state IN ('ready', 'running') GROUP BY kind, key HAVING count(*) > 1 ORDER BY key`)
				if err != nil || len(doubled) > 0 {
					rt.Fatal(fmt.Sprint("keys twice: ", doubled, err))
				}
			},
		})
	})
}
