package feed_test

import (
	"context"
	"testing"
	"testing/fstest"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/feed"
)

var (
	ctx  = context.Background()
	log  = feed.Log{Table: "shelf_change", IDs: "books"}
	room = db.Schema{Room: "shelf", FS: fstest.MapFS{"schema/001_shelf.sql": {Data: []byte("-- +goose Up\n" +
		"CREATE TABLE shelf_change (change_id BIGINT NOT NULL PRIMARY KEY, what TEXT NOT NULL, books BYTEA NOT NULL);\n")}}}
)

func touch(t *testing.T, d *db.DB, what string, ids ...int64) {
	t.Helper()
	if err := d.Tx(ctx, func(tx *db.Tx) error { return log.Touch(ctx, tx, what, ids) }); err != nil {
		t.Fatal(err)
	}
}

// follow reads from a mark to the end, in pages.
func follow(t *testing.T, d *db.DB, after feed.Mark, page int) (list []feed.Change, end feed.Mark) {
	t.Helper()
	for {
		part, next, more, err := log.Read(ctx, d, after, page)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, part...)
		if after = next; !more {
			return list, after
		}
	}
}

func TestAReaderMeetsEverythingBehindTheMark(t *testing.T) {
	dbtest.Run(t, []db.Schema{room}, func(t *testing.T, d *db.DB) {
		if list, end := follow(t, d, feed.Mark{}, 10); len(list) != 0 || end != (feed.Mark{}) {
			t.Errorf("an empty log says %v, ends at %v", list, end)
		}
		touch(t, d, "bought", 9, 3, 3, 7)
		touch(t, d, "lent", 7)
		for _, page := range []int{1, 2, 10} {
			seen := map[int64]string{}
			list, _ := follow(t, d, feed.Mark{}, page)
			for _, c := range list {
				seen[c.ID] = c.What
			}
			if len(seen) != 3 || seen[7] != "lent" || seen[3] != "bought" {
				t.Errorf("in pages of %d: %v", page, list)
			}
		}
		end, err := log.End(ctx, d)
		if err != nil {
			t.Fatal(err)
		}
		touch(t, d, "lost", 3)
		if list, _ := follow(t, d, end, 10); len(list) != 1 || list[0].ID != 3 || list[0].What != "lost" {
			t.Errorf("behind the end: %v", list)
		}
	})
}
