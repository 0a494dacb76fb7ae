package db

import (
	"strings"
	"testing"
)

func TestManyParametersLoseTheirNamesOnSQLiteOnly(t *testing.T) {
	long := "SELECT 1 WHERE a = '$1''s' AND b IN (" + In(1, 20) + ") ORDER BY c"
	short := "SELECT 1 WHERE a = '$1''s' AND b IN (?" + strings.Repeat(",?", 19) + ") ORDER BY c"
	for _, c := range []struct {
		name  string
		kind  Kind
		query string
		args  int
		want  string
	}{
		{"in order", SQLite, long, 20, short},
		{"few", SQLite, "a = $1", 1, "a = $1"},
		{"PostgreSQL", Postgres, long, 20, long},
		{"one number twice", SQLite, long + ", $3", 20, long + ", $3"},
		{"out of order", SQLite, "$2 $1", 20, "$2 $1"},
	} {
		if got := positional(c.kind, c.query, c.args); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}
