package db_test

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql testdata/schema/*.sql
var files embed.FS

// shelf is a table with every kind of column that the program uses.
type shelf struct {
	id   int64
	code string
	day  db.Date
	seal []byte
	yes  bool
}

func (s *shelf) fields() []any { return []any{&s.id, &s.code, &s.day, &s.seal, &s.yes} }

var columns = []string{"person_id", "code", "day", "seal", "yes"}

func row(n int) []any {
	return []any{int64(n), fmt.Sprintf("15%04d", n), db.On(clock.Date(2025, 9, 1).AddDate(0, 0, n)), []byte{byte(n), 0}, n%2 == 0}
}

func rows(n int) [][]any {
	var out [][]any
	for i := range n {
		out = append(out, row(i))
	}
	return out
}

func run(t *testing.T, body func(t *testing.T, d *db.DB)) {
	sub, err := subdir()
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Run(t, []db.Schema{{Room: "shelf", FS: sub}}, body)
}

func list(t *testing.T, d db.Querier) []shelf {
	t.Helper()
	got, err := db.All(context.Background(), d, (*shelf).fields, `SELECT person_id, code, day, seal, yes FROM shelf ORDER BY person_id`)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestWhatIsCopiedInComesOutTheSame(t *testing.T) {
	run(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		all := append(rows(2500), []any{int64(9999), "15", db.Date{}, nil, false})
		if err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Copy(ctx, "shelf", columns, all) }); err != nil {
			t.Fatal(err)
		}
		got := list(t, d)
		if len(got) != 2501 {
			t.Fatalf("%d rows came out", len(got))
		}
		if g := got[7]; g.code != "150007" || g.day.String() != "2025-09-08" || g.seal[0] != 7 || g.yes {
			t.Errorf("row 7 came out as %+v", g)
		}
		if !got[2500].day.IsZero() || got[2500].seal != nil {
			t.Errorf("the empty day came out as %v", got[2500])
		}
	})
}

func TestAnUpsertOverwritesWhatIsThereAndAddsWhatIsNot(t *testing.T) {
	run(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		for range 2 {
			if err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Upsert(ctx, "shelf", columns, []string{"person_id"}, rows(250)) }); err != nil {
				t.Fatal(err)
			}
		}
		changed := rows(251)
		changed[3][1] = "15ZZ"
		if err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Upsert(ctx, "shelf", columns, []string{"person_id"}, changed) }); err != nil {
			t.Fatal(err)
		}
		got := list(t, d)
		if len(got) != 251 || got[3].code != "15ZZ" {
			t.Errorf("%d rows, row 3 is %q", len(got), got[3].code)
		}
	})
}

func TestAMergeCountsOnlyWhatIsNewOrDifferent(t *testing.T) {
	run(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		all := append(rows(250), []any{int64(9999), "15", db.Date{}, nil, false})
		mended := append(rows(250), []any{int64(9999), "16", db.Date{}, nil, false})
		for _, c := range []struct {
			rows [][]any
			on   db.Meeting
			want int64
			code string
		}{
			{all, db.TakeNew, 251, "15"}, {all, db.TakeNew, 0, "15"}, {mended, db.KeepOld, 0, "15"}, {mended, db.TakeNew, 1, "16"},
		} {
			var n int64
			err := d.Tx(ctx, func(tx *db.Tx) (err error) {
				n, err = tx.Merge(ctx, "shelf", columns, []string{"person_id"}, c.rows, c.on)
				return err
			})
			if got := list(t, d); err != nil || n != c.want || got[250].code != c.code {
				t.Errorf("changed %d, want %d; the last code is %q; %v", n, c.want, got[250].code, err)
			}
		}
	})
}

func TestAFailedTransactionLeavesNothing(t *testing.T) {
	run(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		stop := errors.New("stop")
		err := d.Tx(ctx, func(tx *db.Tx) error {
			if err := tx.Copy(ctx, "shelf", columns, rows(10)); err != nil {
				return err
			}
			if n := len(list(t, tx)); n != 10 {
				t.Errorf("inside the transaction there are %d rows", n)
			}
			return stop
		})
		if !errors.Is(err, stop) || len(list(t, d)) != 0 {
			t.Errorf("err %v, %d rows left", err, len(list(t, d)))
		}
	})
}

func TestADoubleClickWritesOnce(t *testing.T) {
	run(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		var wg sync.WaitGroup
		results := make([]error, 8)
		for i := range results {
			wg.Go(func() {
				results[i] = d.Tx(ctx, func(tx *db.Tx) error {
					if err := tx.Once(ctx, "form-1", time.UnixMilli(1)); err != nil {
						return err
					}
					return tx.Copy(ctx, "shelf", columns, [][]any{row(i)})
				})
			})
		}
		wg.Wait()
		done := 0
		for _, err := range results {
			if err == nil {
				done++
			} else if !fault.Is(err, fault.Repeat) {
				t.Errorf("a repeated click got %v", err)
			}
		}
		if done != 1 || len(list(t, d)) != 1 {
			t.Errorf("%d clicks wrote, %d rows are there", done, len(list(t, d)))
		}
	})
}

func TestCodesCompareBytewiseOnBothDatabases(t *testing.T) {
	run(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		codes := []string{"1529", "152921", "152921A", "152921a", "1530", "15"}
		var in [][]any
		for i, c := range codes {
			in = append(in, []any{int64(i), c, db.Date{}, nil, true})
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Copy(ctx, "shelf", columns, in) }); err != nil {
			t.Fatal(err)
		}
		low, high := db.Under("1529")
		got, err := db.All(ctx, d, func(s *string) []any { return []any{s} },
			`SELECT code FROM shelf WHERE code >= $1 AND code < $2 ORDER BY code`, low, high)
		if err != nil || !slices.Equal(got, []string{"1529", "152921", "152921A", "152921a"}) {
			t.Errorf("under 1529 lie %v (%v)", got, err)
		}
	})
}

func TestADuplicateIsTold(t *testing.T) {
	run(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Copy(ctx, "shelf", columns, [][]any{row(1), row(1)}) })
		if !db.IsDuplicate(err) {
			t.Errorf("got %v", err)
		}
	})
}

func TestASettingIsReadBack(t *testing.T) {
	run(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		if err := d.Tx(ctx, func(tx *db.Tx) error { return tx.SetSetting(ctx, "demo.day", "2025-09-24") }); err != nil {
			t.Fatal(err)
		}
		got, err := db.Setting(ctx, d, "demo.day")
		none, err2 := db.Setting(ctx, d, "never")
		if got != "2025-09-24" || none != "" || err != nil || err2 != nil {
			t.Errorf("%q %q %v %v", got, none, err, err2)
		}
	})
}

func TestADatabaseThatIsNotThereIsSaidSo(t *testing.T) {
	_, err := db.Open(context.Background(), "postgres://nobody@127.0.0.1:1/none?connect_timeout=1")
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v", err)
	}
}

func TestAnOldKeyIsForgottenAndAFreshOneIsNot(t *testing.T) {
	run(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		err := d.Tx(ctx, func(tx *db.Tx) error {
			return errors.Join(tx.Once(ctx, "old", time.UnixMilli(1)), tx.Once(ctx, "fresh", time.UnixMilli(1000)))
		})
		if err != nil {
			t.Fatal(err)
		}
		err = d.Tx(ctx, func(tx *db.Tx) error {
			if n, err := tx.Forget(ctx, time.UnixMilli(500)); n != 1 || err != nil {
				t.Errorf("%d forgotten, %v", n, err)
			}
			return tx.Once(ctx, "old", time.UnixMilli(1000))
		})
		if err != nil {
			t.Errorf("the forgotten key again: %v", err)
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Once(ctx, "fresh", time.UnixMilli(1000)) }); !fault.Is(err, fault.Repeat) {
			t.Errorf("the fresh key again: %v", err)
		}
	})
}
