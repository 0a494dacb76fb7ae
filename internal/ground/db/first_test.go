package db_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
)

func TestManyProcessesMayBeTheFirst(t *testing.T) {
	if os.Getenv("JIUYE_TEST_POSTGRES") == "" {
		return // SQLite has one writer anyway
	}
	ctx := context.Background()
	sub, err := subdir()
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		address := dbtest.NewPostgres(t)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				d, err := db.Open(ctx, address)
				if err != nil {
					t.Error(err)
					return
				}
				defer d.Close()
				if err := d.Migrate(ctx, []db.Schema{db.OwnSchema, {Room: "shelf", FS: sub}}); err != nil {
					t.Errorf("one of four that started together: %v", err)
				}
			})
		}
		all.Wait()
	}
}

func TestTicketsGoAroundAndTheFirstWordStays(t *testing.T) {
	run(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		var got []int
		for range 5 {
			err := d.Tx(ctx, func(tx *db.Tx) error {
				n, err := tx.Ticket(ctx, "id.node", 3)
				got = append(got, n)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		for i, n := range got {
			if n != i%3 {
				t.Errorf("tickets %v", got)
				break
			}
		}
		for _, said := range []string{"a", "b"} {
			err := d.Tx(ctx, func(tx *db.Tx) error {
				kept, err := tx.KeepSetting(ctx, "seal.fingerprint", said)
				if kept != "a" {
					t.Errorf("after %s stands %q", said, kept)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestAWrongAddressIsToldInWords(t *testing.T) {
	wrong := []string{"mysql://root@localhost/jiuye", "http://x"}
	if server := os.Getenv("JIUYE_TEST_POSTGRES"); server != "" {
		u, err := url.Parse(server)
		if err != nil {
			t.Fatal(err)
		}
		u.Path = "/no_such_database"
		wrong = append(wrong, u.String())
	}
	for _, address := range wrong {
		if _, err := db.Open(context.Background(), address); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestADatabaseThatTakesNoConnectionsIsAwayForTheMoment(t *testing.T) {
	server := os.Getenv("JIUYE_TEST_POSTGRES")
	if server == "" {
		return
	}
	ctx := context.Background()
	address := dbtest.NewPostgres(t)
	name := address[strings.LastIndex(address, "/")+1:]
	name, _, _ = strings.Cut(name, "?")
	admin, err := db.Open(ctx, server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = admin.Close() })
	allow := func(yes bool) {
		t.Helper()
		err := admin.Tx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, fmt.Sprintf("ALTER DATABASE %s WITH ALLOW_CONNECTIONS %v", name, yes))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	allow(false)
	if _, err := db.Open(ctx, address); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a closed database: %v", err)
	}
	allow(true)
	d, err := db.Open(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	_ = d.Close()
}
