package grant

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "grant", FS: schemaFiles}

type store struct{ db *db.DB }

// instant is a time kept as unix milliseconds.
type instant time.Time

// Scan implements sql.Scanner.
func (i *instant) Scan(src any) error {
	ms, ok := src.(int64)
	if !ok {
		return fmt.Errorf("grant: cannot read an instant from %T", src)
	}
	*i = instant(time.UnixMilli(ms).In(clock.Zone))
	return nil
}

const applicationColumns = `owner_id, grant_id, unit, policy_id, policy_name, version, from_month, to_month, amount, granted, paid, state, area, origin, fund_id, batch_id,
	request_id, taken_by, checked_by, decided_by, account_hash, submitted_on, deadline, decided_on, public_until, paid_on, created_at, row_version, content`

func (a *Application) fields() []any {
	return []any{&a.OwnerID, &a.ID, &a.Unit, &a.PolicyID, &a.PolicyName, &a.PolicyVersion, &a.From, &a.To, &a.Amount, &a.Granted, &a.Paid, &a.State, &a.Area, &a.Origin,
		&a.FundID, &a.BatchID, &a.RequestID, &a.TakenBy, &a.CheckedBy, &a.DecidedBy, &a.accountHash, &a.SubmittedOn, &a.Deadline, &a.DecidedOn, &a.PublicUntil,
		&a.PaidOn, (*instant)(&a.CreatedAt), &a.Version, &a.sealed}
}

func (a *Application) values() []any {
	return []any{a.OwnerID, a.ID, a.Unit, a.PolicyID, a.PolicyName, a.PolicyVersion, a.From, a.To, a.Amount, a.Granted, a.Paid, string(a.State), a.Area, a.Origin,
		a.FundID, a.BatchID, a.RequestID, a.TakenBy, a.CheckedBy, a.DecidedBy, a.accountHash, a.SubmittedOn, a.Deadline, a.DecidedOn, a.PublicUntil,
		a.PaidOn, a.CreatedAt.UnixMilli(), a.Version, a.sealed}
}

func (s store) insert(ctx context.Context, tx *db.Tx, a *Application) error {
	_, err := tx.Exec(ctx, `INSERT INTO grant_application (`+applicationColumns+`) VALUES (`+db.In(1, 29)+`)`, a.values()...)
	return err
}

// update writes what may change and raises the version; it is a fault of kind Conflict when somebody was faster.
func (s store) update(ctx context.Context, tx *db.Tx, a *Application) error {
	n, err := tx.Exec(ctx, `UPDATE grant_application SET granted = $1, state = $2, fund_id = $3, batch_id = $4, request_id = $5, taken_by = $6, checked_by = $7,
		decided_by = $8, account_hash = $9, submitted_on = $10, deadline = $11, decided_on = $12, public_until = $13, paid_on = $14, content = $15,
		amount = $16, from_month = $17, to_month = $18, row_version = row_version + 1
		WHERE owner_id = $19 AND grant_id = $20 AND row_version = $21`,
		a.Granted, string(a.State), a.FundID, a.BatchID, a.RequestID, a.TakenBy, a.CheckedBy, a.DecidedBy, a.accountHash, a.SubmittedOn, a.Deadline, a.DecidedOn,
		a.PublicUntil, a.PaidOn, a.sealed, a.Amount, a.From, a.To, a.OwnerID, a.ID, a.Version)
	if err == nil && n == 0 {
		err = stale()
	}
	a.Version++
	return err
}

func stale() error {
	return fault.New(fault.Conflict, "您打开这一页后，这件申请有了新情况，您的操作没有保存。请刷新页面看清楚现在的情况再办")
}

func (s store) get(ctx context.Context, q db.Querier, ownerID, id int64) (Application, error) {
	a, found, err := db.One(ctx, q, (*Application).fields, `SELECT `+applicationColumns+` FROM grant_application WHERE owner_id = $1 AND grant_id = $2 ORDER BY grant_id`, ownerID, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这件申请")
	}
	return a, err
}

// ofOwner lists an owner's applications, the newest first.
func (s store) ofOwner(ctx context.Context, q db.Querier, ownerID int64) ([]Application, error) {
	return db.All(ctx, q, (*Application).fields, `SELECT `+applicationColumns+` FROM grant_application WHERE owner_id = $1 ORDER BY grant_id DESC`, ownerID)
}

// Filter narrows the list of the desk.
type Filter struct {
	Area   string // subtree
	States []State
	Policy string
	Late   bool // past the deadline of the present step
	Held   bool // some line is held
}

func (f Filter) where(today db.Date) (string, []any) {
	low, high := db.Under(f.Area)
	text, args := `area >= $1 AND area < $2`, []any{low, high}
	if len(f.States) > 0 {
		text += ` AND state IN (` + db.In(len(args)+1, len(f.States)) + `)`
		for _, s := range f.States {
			args = append(args, string(s))
		}
	}
	put := func(clause string, v any) {
		args = append(args, v)
		text += fmt.Sprintf(` AND `+clause, len(args))
	}
	if f.Policy != "" {
		put(`policy_id = $%d`, f.Policy)
	}
	if f.Late {
		put(`deadline < $%d`, today)
		text += ` AND state IN ('submitted', 'accepted', 'checked', 'proposed', 'public', 'payable', 'batched', 'sent', 'bounced', 'appealed', 'returned')`
	}
	if f.Held {
		text += ` AND EXISTS (SELECT 1 FROM grant_line l WHERE l.owner_id = grant_application.owner_id AND l.grant_id = grant_application.grant_id AND l.state = 'held')`
	}
	return text, args
}

// list reads applications, the nearest deadline first, from behind a place. Those without one (draft, paid …) come last.
func (s store) list(ctx context.Context, q db.Querier, f Filter, today, after db.Date, afterID int64, limit int) ([]Application, error) {
	where, args := f.where(today)
	n := len(args)
	if after.IsZero() {
		after = db.On(time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC))
	}
	args = append(args, after, afterID, limit)
	return db.All(ctx, q, (*Application).fields, `SELECT `+applicationColumns+` FROM grant_application WHERE `+where+
		fmt.Sprintf(` AND (coalesce(deadline, '9999-12-31'), grant_id) > ($%d, $%d) ORDER BY coalesce(deadline, '9999-12-31'), grant_id LIMIT $%d`, n+1, n+2, n+3), args...)
}

// counts adds up the applications of an area by state; late are those past their deadline.
func (s store) counts(ctx context.Context, area string, today db.Date) (by map[State]int64, late int64, err error) {
	low, high := db.Under(area)
	by = map[State]int64{}
	type row struct {
		state   State
		n, late int64
	}
	err = db.Each(ctx, s.db, func(r *row) []any { return []any{&r.state, &r.n, &r.late} }, func(r *row) error {
		by[r.state] = r.n
		if r.state.Live() {
			late += r.late
		}
		return nil
	}, `SELECT state, count(*), coalesce(sum(CASE WHEN deadline < $3 THEN 1 ELSE 0 END), 0) FROM grant_application WHERE area >= $1 AND area < $2 GROUP BY state ORDER BY state`, low, high, today)
	return by, late, err
}

// shown lists what is on public display, by area.
func (s store) shown(ctx context.Context, area string, after int64, limit int) ([]Application, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.db, (*Application).fields, `SELECT `+applicationColumns+` FROM grant_application
		WHERE state = 'public' AND area >= $1 AND area < $2 AND grant_id > $3 ORDER BY grant_id LIMIT $4`, low, high, after, limit)
}

// over lists what has been on public display for long enough.
func (s store) over(ctx context.Context, q db.Querier, today db.Date, limit int) ([]Application, error) {
	return db.All(ctx, q, (*Application).fields, `SELECT `+applicationColumns+` FROM grant_application
		WHERE state = 'public' AND deadline < $1 ORDER BY deadline, grant_id LIMIT $2`, today, limit)
}

// Step is one line of an application's log.
type Step struct {
	Act      Act
	Was, Now State
	At       time.Time
	ByID     int64
	ByName   string
	Note     string
	note     []byte
}

func (s store) addStep(ctx context.Context, tx *db.Tx, a *Application, id int64, t Step) error {
	_, err := tx.Exec(ctx, `INSERT INTO grant_step (owner_id, grant_id, step_id, act, was, now, at, by_id, by_name, note) VALUES (`+db.In(1, 10)+`)`,
		a.OwnerID, a.ID, id, string(t.Act), string(t.Was), string(t.Now), t.At.UnixMilli(), t.ByID, t.ByName, t.note)
	return err
}

func (s store) steps(ctx context.Context, a *Application) ([]Step, error) {
	return db.All(ctx, s.db, func(t *Step) []any {
		return []any{&t.Act, &t.Was, &t.Now, (*instant)(&t.At), &t.ByID, &t.ByName, &t.note}
	}, `SELECT act, was, now, at, by_id, by_name, note FROM grant_step WHERE owner_id = $1 AND grant_id = $2 ORDER BY step_id DESC`, a.OwnerID, a.ID)
}

// sameAccount counts other owners that are paid into the same account.
func (s store) sameAccount(ctx context.Context, q db.Querier, a *Application) (int64, error) {
	if len(a.accountHash) == 0 {
		return 0, nil
	}
	return db.Value[int64](ctx, q, `SELECT count(DISTINCT owner_id) FROM grant_application WHERE account_hash = $1 AND owner_id <> $2 AND state NOT IN ('draft', 'withdrawn')`, a.accountHash, a.OwnerID)
}

// claimed says which applications hold the facts of one owner under the policies.
type claimed struct {
	policy, fact string
	grant, batch int64
}

func (s store) claims(ctx context.Context, q db.Querier, ownerID int64, policies []string) ([]claimed, error) {
	if len(policies) == 0 {
		return nil, nil
	}
	return db.All(ctx, q, func(c *claimed) []any { return []any{&c.policy, &c.fact, &c.grant, &c.batch} },
		`SELECT policy_id, fact, grant_id, batch_id FROM grant_claim WHERE owner_id = $1 AND policy_id IN (`+db.In(2, len(policies))+`) ORDER BY policy_id, fact`,
		append([]any{ownerID}, db.Args(policies)...)...)
}

// claim takes facts; those that another application holds are left to it. It returns how many were taken.
func (s store) claim(ctx context.Context, tx *db.Tx, a *Application) (int64, error) {
	facts := a.Facts()
	rows := make([][]any, len(facts))
	for i, f := range facts {
		rows[i] = []any{a.OwnerID, a.PolicyID, f, a.ID, int64(0)}
	}
	columns := []string{"owner_id", "policy_id", "fact", "grant_id", "batch_id"}
	return tx.Merge(ctx, "grant_claim", columns, columns[:3], rows, db.KeepOld)
}

// unclaim gives facts back that have not gone to the bank.
func (s store) unclaim(ctx context.Context, tx *db.Tx, a *Application) error {
	_, err := tx.Exec(ctx, `DELETE FROM grant_claim WHERE owner_id = $1 AND policy_id = $2 AND grant_id = $3 AND batch_id = 0`, a.OwnerID, a.PolicyID, a.ID)
	return err
}

// grantedIn notes what a decision adds to a year, and returns what the year comes to; the row is locked until the transaction ends.
func (s store) grantedIn(ctx context.Context, tx *db.Tx, owner int64, year int, policy string, fen, times int64) (sum, n int64, err error) {
	type row struct{ sum, n int64 }
	r, _, err := db.One(ctx, tx, func(r *row) []any { return []any{&r.sum, &r.n} }, `INSERT INTO grant_year (owner_id, year, policy_id, granted, times) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (owner_id, year, policy_id) DO UPDATE SET granted = grant_year.granted + excluded.granted, times = grant_year.times + excluded.times RETURNING granted, times`,
		owner, year, policy, fen, times)
	return r.sum, r.n, err
}

// staff is who an account has declared to be.
func (s store) staff(ctx context.Context, q db.Querier, account int64) (personID int64, declared bool, err error) {
	type row struct{ id int64 }
	r, found, err := db.One(ctx, q, func(r *row) []any { return []any{&r.id} }, `SELECT person_id FROM grant_staff WHERE account_id = $1 ORDER BY account_id`, account)
	return r.id, found, err
}

func (s store) declare(ctx context.Context, tx *db.Tx, account, personID int64, at time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO grant_staff (account_id, person_id, at) VALUES ($1, $2, $3)
		ON CONFLICT (account_id) DO UPDATE SET person_id = excluded.person_id, at = excluded.at`, account, personID, at.UnixMilli())
	return err
}

// related says whether two people live in one household.
func (s store) related(ctx context.Context, q db.Querier, a, b int64) (bool, error) {
	n, err := db.Value[int64](ctx, q, `SELECT count(*) FROM person a JOIN person b ON b.household_id = a.household_id WHERE a.person_id = $1 AND b.person_id = $2 AND a.household_id <> 0`, a, b)
	return n > 0, err
}

// tied says whether somebody, or a member of their household, is an employer's legal representative or works there.
func (s store) tied(ctx context.Context, q db.Querier, personID, employerID int64, today db.Date) (bool, error) {
	n, err := db.Value[int64](ctx, q, `SELECT (SELECT count(*) FROM employer e WHERE e.employer_id = $1 AND e.founder_id <> 0 AND (e.founder_id = $2 OR e.founder_id IN (
			SELECT b.person_id FROM person a JOIN person b ON b.household_id = a.household_id WHERE a.person_id = $2 AND a.household_id <> 0)))
		+ (SELECT count(*) FROM person_spell s WHERE s.employer_id = $1 AND s.since <= $3 AND (s.until IS NULL OR s.until >= $3) AND (s.person_id = $2 OR s.person_id IN (
			SELECT b.person_id FROM person a JOIN person b ON b.household_id = a.household_id WHERE a.person_id = $2 AND a.household_id <> 0)))`, employerID, personID, today)
	return n > 0, err
}

// seal and open turn an application's content into what the table keeps and back.
func (r *Room) seal(a *Application) error {
	text, err := json.Marshal(a.Content)
	if err != nil {
		return err
	}
	a.sealed, a.accountHash = r.Sealer.Seal(string(text)), []byte{}
	if a.Account != "" {
		a.accountHash = r.Sealer.Hash("account", a.Account)
	}
	return nil
}

func (r *Room) open(a *Application) error {
	text, err := r.Sealer.Open(a.sealed)
	if err != nil {
		return err
	}
	return json.NewDecoder(strings.NewReader(text)).Decode(&a.Content)
}
