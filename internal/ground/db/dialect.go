package db

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"jiuye/internal/ground/fault"
)

// translate turns the drivers' errors into faults whose text a person can act on; others pass unchanged.
func translate(err error) error {
	if err == nil || errors.Is(err, sql.ErrNoRows) || errors.Is(err, context.Canceled) {
		return err
	}
	var f *fault.Error
	if errors.As(err, &f) {
		return err
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff {
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			return fault.Wrap(fault.Unavailable, err, "数据库正忙，请稍后再试，您填的内容没有丢")
		case sqlite3.SQLITE_FULL:
			return fault.Wrap(fault.Unavailable, err, "磁盘已满，这一步没有保存。请清出空间后重试，已保存的内容不受影响")
		case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
			return fault.Wrap(fault.Unavailable, err, "数据库文件读写不了，请管理员检查磁盘和文件权限")
		}
		return err
	}
	var pg *pgconn.PgError
	var connect *pgconn.ConnectError
	if errors.As(err, &pg) {
		switch {
		case pg.Code == "3D000":
			return fault.Wrap(fault.Invalid, err, "PostgreSQL 上没有这个数据库，请先建库（createdb），或核对地址最后的库名")
		case strings.HasPrefix(pg.Code, "28"):
			return fault.Wrap(fault.Invalid, err, "PostgreSQL 不接受这个用户或口令，请核对数据库地址")
		case pg.Code == "25006":
			return fault.Wrap(fault.Unavailable, err, "数据库现在只能读、不能写（可能正在切换主备），请稍后再试，您填的内容没有丢")
		case pg.Code == "53100":
			return fault.Wrap(fault.Unavailable, err, "数据库服务器磁盘已满，这一步没有保存。请管理员清出空间后重试")
		case strings.HasPrefix(pg.Code, "53"), strings.HasPrefix(pg.Code, "57P"), strings.HasPrefix(pg.Code, "08"):
			return fault.Wrap(fault.Unavailable, err, "数据库暂时连不上，请稍后再试，您填的内容没有丢")
		case !errors.As(err, &connect): // the server answered, and to the statement
			return err
		}
	}
	var network net.Error
	if errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, sql.ErrConnDone) || pgconn.SafeToRetry(err) ||
		strings.Contains(err.Error(), "conn closed") || strings.Contains(err.Error(), "unexpected EOF") {
		return fault.Wrap(fault.Unavailable, err, "数据库暂时连不上，请稍后再试，您填的内容没有丢")
	}
	return err
}

// retryable says whether the same transaction may succeed when it is simply run again.
func retryable(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01"
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) && (lite.Code()&0xff == sqlite3.SQLITE_BUSY || lite.Code()&0xff == sqlite3.SQLITE_LOCKED)
}

// IsDuplicate reports whether err says that a unique key is already there.
func IsDuplicate(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505" || pg.Code == "42P07" // a key, or a table
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) && (lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}

// Under matches a code column against an area's subtree (a code starts with the codes of what it lies in): it
// returns the half-open range low <= code < high, which an ordinary index serves on both databases.
func Under(code string) (low, high string) {
	if code == "" {
		return "", "~"
	}
	last := len(code) - 1
	return code, code[:last] + string(code[last]+1)
}
