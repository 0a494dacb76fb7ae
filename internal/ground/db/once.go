package db

import (
	"context"
	"embed"
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

// SetSetting writes a setting.
func (t *Tx) SetSetting(ctx context.Context, name, value string) error {
	_, err := t.Exec(ctx, `INSERT INTO ground_setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}
