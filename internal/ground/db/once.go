package db

import (
	"context"
	"embed"
	"strconv"
	"time"

	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var schema embed.FS

// OwnSchema is the ground's own tables: idempotency keys and settings.
var OwnSchema = Schema{Room: "ground", FS: schema}

// Once records the idempotency key of a write. The second transaction that brings the same key gets a fault of kind
// Repeat and writes nothing, so a double click or a repeated request changes things once.
func (t *Tx) Once(ctx context.Context, key string, now time.Time) error {
	if key == "" {
		return fault.New(fault.Invalid, "这次提交缺少防重复编号，请刷新页面后再提交")
	}
	n, err := t.Exec(ctx, `INSERT INTO ground_once (key, at) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING`, key, now.UnixMilli())
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Repeat, "这一项已经提交过，没有重复办理")
	}
	return nil
}

// Setting reads a setting; it is empty when it was never written.
func Setting(ctx context.Context, q Querier, name string) (string, error) {
	return Value[string](ctx, q, `SELECT value FROM ground_setting WHERE name = $1 ORDER BY name`, name)
}

// Ticket counts up from 0 to n-1 and begins again: processes that open one database get different numbers, as long as
// fewer than n are opened while they run.
func (t *Tx) Ticket(ctx context.Context, name string, n int) (int, error) {
	v, err := Value[string](ctx, t, `INSERT INTO ground_setting (name, value) VALUES ($1, '0')
		ON CONFLICT (name) DO UPDATE SET value = CAST((CAST(ground_setting.value AS BIGINT) + 1) % $2 AS TEXT) RETURNING value`, name, n)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(v)
}

// KeepSetting writes a setting that nobody has written yet, and returns what it is from now on: the first one's.
func (t *Tx) KeepSetting(ctx context.Context, name, value string) (kept string, err error) {
	return Value[string](ctx, t, `INSERT INTO ground_setting (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = ground_setting.value RETURNING value`, name, value)
}

// SetSetting writes a setting.
func (t *Tx) SetSetting(ctx context.Context, name, value string) error {
	_, err := t.Exec(ctx, `INSERT INTO ground_setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}

// Forget drops the idempotency keys from before an instant and says how many: a request is not repeated after weeks.
func (t *Tx) Forget(ctx context.Context, before time.Time) (int64, error) {
	return t.Exec(ctx, `DELETE FROM ground_once WHERE at < $1`, before.UnixMilli())
}
