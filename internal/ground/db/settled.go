package db

import (
	"context"
	"math"
	"math/rand/v2"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
)

// A feed that is read by a cursor loses what a transaction commits late: it stamped its rows before others that were read
// meanwhile. Stamp and Settled work together against that.

// stampBits are the lowest bits of a stamp, which tell apart what was stamped in one microsecond.
const stampBits = 10

// Stamp is a number for a row that a feed is ordered by: unix microseconds, and ten bits that are drawn by lot. On SQLite,
// where writers follow each other, it is greater than every stamp that the column holds; on PostgreSQL it goes by the
// server's clock. Two stamps are hardly ever the same.
func (t *Tx) Stamp(ctx context.Context, table, column string) (int64, error) {
	if t.kind == Postgres {
		v, err := Value[int64](ctx, t, `SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)`)
		return v<<stampBits | rand.Int64N(1<<stampBits), err
	}
	last, err := Value[int64](ctx, t, `SELECT max(`+column+`) FROM `+table)
	return max(clock.System{}.Now().UnixMicro()<<stampBits, last+1), err
}

// StampTime is the instant of a stamp.
func StampTime(stamp int64) time.Time { return time.UnixMicro(stamp >> stampBits).In(clock.Zone) }

// Settled is the horizon of a feed: every transaction that wrote a smaller Stamp has ended, so that nothing below it can
// appear any more. On PostgreSQL that is the beginning of the oldest transaction that still runs in this database: a long
// one holds the feeds back, and loses nothing. It must be asked before the feed is read, not in the same transaction.
func (d *DB) Settled(ctx context.Context) (int64, error) {
	if d.kind == SQLite {
		return math.MaxInt64, nil
	}
	// The statement's own beginning lies before the look at the others: one that begins in between stamps later.
	v, err := Value[int64](ctx, d, `SELECT CAST(extract(epoch FROM least(min(xact_start), statement_timestamp())) * 1000000 AS BIGINT)
		FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND xact_start IS NOT NULL`)
	if err == nil && v == 0 {
		err = fault.New(fault.Unavailable, "数据库没有答出现在的时间，请稍后再试")
	}
	return v << stampBits, err
}
