package db_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

// Both ways of reading give the same, from both databases.
func TestRowsAreReadWithoutReflectionAndAreTheSame(t *testing.T) {
	run(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		if err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Copy(ctx, "shelf", columns, rows(40)) }); err != nil {
			t.Fatal(err)
		}
		want := list(t, d)
		for _, day := range []string{"day", db.Plain("day")} {
			var got []shelf
			err := d.Rows(ctx, func(r *db.Row) error {
				got = append(got, shelf{id: r.Int(0), code: r.Text(1), day: r.Date(2), yes: r.Bool(3), seal: r.Bytes(5)})
				if yes := r.Maybe(3); yes == nil || *yes != r.Bool(3) || r.Maybe(4) != nil || r.Int(4) != 0 || r.Text(4) != "" || r.Bytes(4) != nil || !r.Date(4).IsZero() || r.Bool(4) {
					t.Errorf("the row %d has an unknown that is known, or the other way round", r.Int(0))
				}
				return nil
			}, `SELECT person_id, code, `+day+`, yes, NULL, seal FROM shelf WHERE person_id >= $1 AND day >= $2 ORDER BY person_id`, 0, db.On(clock.Date(2025, 9, 1)))
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: read %v, want %v, %v", day, got, want, err)
			}
		}
	})
}

func TestAReadingEndsWhereItIsTold(t *testing.T) {
	run(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		if err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Copy(ctx, "shelf", columns, rows(40)) }); err != nil {
			t.Fatal(err)
		}
		const all = `SELECT person_id, code FROM shelf ORDER BY person_id`
		enough, n := errors.New("enough"), 0
		if err := d.Rows(ctx, func(*db.Row) error { n++; return enough }, all); !errors.Is(err, enough) || n != 1 {
			t.Errorf("%d rows, %v", n, err)
		}
		err := d.Rows(ctx, func(r *db.Row) error { r.Int(1); return nil }, all)
		if err == nil || !strings.Contains(err.Error(), "column 2 is 150000 (string), wanted int") {
			t.Errorf("a text as a number: %v", err)
		}
		if err := d.Rows(ctx, func(*db.Row) error { return nil }, `SELECT nothing FROM shelf ORDER BY 1`); err == nil || !strings.Contains(err.Error(), "nothing") {
			t.Errorf("a column that is not there: %v", err)
		}
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if err := d.Rows(gone, func(*db.Row) error { return nil }, all); !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled reading: %v", err)
		}
		if n := len(list(t, d)); n != 40 {
			t.Errorf("afterwards there are %d rows", n)
		}
	})
}

func TestDatesAreReadAsTheyAreWritten(t *testing.T) {
	for text, want := range map[string]time.Time{
		"2025-09-24": clock.Date(2025, 9, 24), "2024-02-29": clock.Date(2024, 2, 29), "0001-01-01": {}, "1899-12-31 00:00:00": clock.Date(1899, 12, 31),
	} {
		var d db.Date
		if err := d.Scan(text); err != nil || !d.Equal(db.On(want).Time) {
			t.Errorf("%s: %v, %v", text, d, err)
		}
	}
	for _, text := range []string{"2025-02-29", "2025-13-01", "2025-00-10", "2025-1-1", "2025/01/01", "20x5-01-01", "", "二〇二五年九月"} {
		var d db.Date
		if err := d.Scan(text); err == nil {
			t.Errorf("%q is no day, but was read as %v", text, d)
		}
	}
}
