package account

import (
	"context"
	"crypto/subtle"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const clientColumns = `client_id, name, source, area, purposes, key_hash, old_hash, old_until, per_minute, disabled, created_at, rotated_at, version`

// words scans codes that are parted by blanks.
type words struct{ list *[]string }

// Scan implements sql.Scanner.
func (w words) Scan(src any) error {
	switch v := src.(type) {
	case string:
		*w.list = strings.Fields(v)
	case []byte:
		*w.list = strings.Fields(string(v))
	}
	return nil
}

func (c *Client) fields() []any {
	return []any{&c.ID, &c.Name, &c.Source, &c.Area, words{&c.Purposes}, &c.keyHash, &c.oldHash, &c.oldUntil, &c.PerMinute, &c.Disabled,
		(*instant)(&c.CreatedAt), (*instant)(&c.RotatedAt), &c.Version}
}

func clientByID(ctx context.Context, q db.Querier, clientID int64) (Client, bool, error) {
	return db.One(ctx, q, (*Client).fields, `SELECT `+clientColumns+` FROM account_client WHERE client_id = $1 ORDER BY client_id`, clientID)
}

func listClients(ctx context.Context, q db.Querier) ([]Client, error) {
	return db.All(ctx, q, (*Client).fields, `SELECT `+clientColumns+` FROM account_client ORDER BY area, client_id`)
}

func addClient(ctx context.Context, tx *db.Tx, c *Client) error {
	_, err := tx.Exec(ctx, `INSERT INTO account_client (`+clientColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11, 1)`,
		c.ID, c.Name, c.Source, c.Area, strings.Join(c.Purposes, " "), c.keyHash, []byte{}, c.PerMinute, c.Disabled, c.CreatedAt.UnixMilli(), c.RotatedAt.UnixMilli())
	return err
}

// setClient writes key and state; two who do it at once: the second is told.
func setClient(ctx context.Context, tx *db.Tx, c *Client) error {
	n, err := tx.Exec(ctx, `UPDATE account_client SET key_hash = $3, old_hash = $4, old_until = $5, disabled = $6, rotated_at = $7, version = version + 1
		WHERE client_id = $1 AND version = $2`, c.ID, c.Version, c.keyHash, append([]byte{}, c.oldHash...), c.oldUntil, c.Disabled, c.RotatedAt.UnixMilli())
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这个调用方刚刚被别人改过，请看过现在的样子再办")
	}
	c.Version++
	return err
}

// same compares two hashes without telling by its time where they differ.
func same(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }
