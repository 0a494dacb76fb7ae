package account

import (
	"context"
	"embed"
	"fmt"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the accounts' tables.
var Schema = db.Schema{Room: "account", FS: schemaFiles}

const columns = `account_id, login, name, role, area, person_id, employer_id, password_hash, epoch, disabled, created_at, signed_in_at, version`

func (a *Account) fields() []any {
	return []any{&a.ID, &a.Login, &a.Name, &a.Role, &a.Area, &a.PersonID, &a.EmployerID, &a.hash, &a.epoch, &a.Disabled,
		(*instant)(&a.Created), (*instant)(&a.SignedIn), &a.Version}
}

func byID(ctx context.Context, q db.Querier, accountID int64) (Account, bool, error) {
	return db.One(ctx, q, (*Account).fields, `SELECT `+columns+` FROM account WHERE account_id = $1 ORDER BY account_id`, accountID)
}

func byName(ctx context.Context, q db.Querier, login string) (Account, bool, error) {
	return db.One(ctx, q, (*Account).fields, `SELECT `+columns+` FROM account WHERE login = $1 ORDER BY login`, login)
}

// under lists the accounts of an area's subtree in the order of ids, from behind an id on.
func under(ctx context.Context, q db.Querier, area string, after int64, limit int) ([]Account, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, (*Account).fields, `
		SELECT `+columns+` FROM account WHERE area >= $1 AND area < $2 AND account_id > $3 ORDER BY account_id LIMIT $4`, low, high, after, limit)
}

// add makes an account unless its login is taken; added is false then.
func add(ctx context.Context, tx *db.Tx, a Account, now time.Time) (added bool, err error) {
	n, err := tx.Exec(ctx, `
		INSERT INTO account (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, 0, 1) ON CONFLICT (login) DO NOTHING`,
		a.ID, a.Login, a.Name, a.Role, a.Area, a.PersonID, a.EmployerID, a.hash, a.Disabled, now.UnixMilli())
	return n > 0, err
}

// setPassword also ends all sessions by moving the epoch on.
func setPassword(ctx context.Context, tx *db.Tx, accountID int64, hash string) error {
	_, err := tx.Exec(ctx, `UPDATE account SET password_hash = $1, epoch = epoch + 1, version = version + 1 WHERE account_id = $2`, hash, accountID)
	return err
}

func setDisabled(ctx context.Context, tx *db.Tx, accountID int64, disabled bool) error {
	_, err := tx.Exec(ctx, `UPDATE account SET disabled = $1, epoch = epoch + 1, version = version + 1 WHERE account_id = $2`, disabled, accountID)
	return err
}

// noteSignIn writes down the time, and the hash when it was made anew with a higher cost.
func noteSignIn(ctx context.Context, tx *db.Tx, accountID int64, hash string, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE account SET signed_in_at = $1, password_hash = $2 WHERE account_id = $3`, now.UnixMilli(), hash, accountID)
	return err
}

func (a *attempts) fields() []any { return []any{&a.failed, &a.since, &a.last, &a.lockedUntil} }

// tally locks the row of failures of a name, making it when there is none, and reads it.
func tally(ctx context.Context, tx *db.Tx, kind, name string) (attempts, error) {
	if _, err := tx.Exec(ctx, `
		INSERT INTO account_attempt (kind, name, failed, since, last_at, locked_until) VALUES ($1, $2, 0, 0, 0, 0) ON CONFLICT (kind, name) DO NOTHING`,
		kind, name); err != nil {
		return attempts{}, err
	}
	a, _, err := db.One(ctx, tx, (*attempts).fields, `
		UPDATE account_attempt SET failed = failed WHERE kind = $1 AND name = $2 RETURNING failed, since, last_at, locked_until`, kind, name)
	return a, err
}

func setTally(ctx context.Context, tx *db.Tx, kind, name string, a attempts) error {
	_, err := tx.Exec(ctx, `UPDATE account_attempt SET failed = $1, since = $2, last_at = $3, locked_until = $4 WHERE kind = $5 AND name = $6`,
		a.failed, a.since, a.last, a.lockedUntil, kind, name)
	return err
}

func forget(ctx context.Context, tx *db.Tx, kind, name string) error {
	_, err := tx.Exec(ctx, `DELETE FROM account_attempt WHERE kind = $1 AND name = $2`, kind, name)
	return err
}

// takeBack withdraws one failure that turned out to be none.
func takeBack(ctx context.Context, tx *db.Tx, kind, name string) error {
	_, err := tx.Exec(ctx, `UPDATE account_attempt SET failed = failed - 1, locked_until = 0 WHERE kind = $1 AND name = $2 AND failed > 0`, kind, name)
	return err
}

func findSession(ctx context.Context, q db.Querier, token string, now time.Time) ([]byte, bool, error) {
	return db.One(ctx, q, func(b *[]byte) []any { return []any{b} },
		`SELECT data FROM account_session WHERE token = $1 AND expires_at > $2 ORDER BY token`, token, now.UnixMilli())
}

func saveSession(ctx context.Context, tx *db.Tx, token string, data []byte, expires time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO account_session (token, data, expires_at) VALUES ($1, $2, $3)
		ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`, token, data, expires.UnixMilli())
	return err
}

func deleteSession(ctx context.Context, tx *db.Tx, token string) error {
	_, err := tx.Exec(ctx, `DELETE FROM account_session WHERE token = $1`, token)
	return err
}

// clean forgets ended sessions and failures that no longer count.
func clean(ctx context.Context, tx *db.Tx, now time.Time) error {
	if _, err := tx.Exec(ctx, `DELETE FROM account_session WHERE expires_at <= $1`, now.UnixMilli()); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM account_attempt WHERE last_at < $1 AND locked_until < $2`, now.Add(-byLogin.memory).UnixMilli(), now.UnixMilli())
	return err
}

// instant scans unix milliseconds; 0 is the zero time.
type instant time.Time

// Scan implements sql.Scanner.
func (i *instant) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("account: an instant is %T", src)
	}
	*i = instant{}
	if n != 0 {
		*i = instant(time.UnixMilli(n).In(clock.Zone))
	}
	return nil
}
