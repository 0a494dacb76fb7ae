package grant

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// place is a row's place in the order of owners.
type place struct{ owner, grant int64 }

func sortDown(list []int64) {
	slices.SortFunc(list, func(a, b int64) int { return int(min(1, max(-1, b-a))) })
}

// barred says until when an owner may not apply.
func (s store) barred(ctx context.Context, q db.Querier, owner int64, today db.Date) (bool, db.Date, error) {
	type row struct{ until db.Date }
	r, found, err := db.One(ctx, q, func(r *row) []any { return []any{&r.until} }, `SELECT until FROM grant_bar WHERE owner_id = $1 AND until > $2 ORDER BY owner_id`, owner, today)
	return found, r.until, err
}

func (s store) bar(ctx context.Context, tx *db.Tx, owner int64, until db.Date, audit int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO grant_bar (owner_id, until, audit_id) VALUES ($1, $2, $3) ON CONFLICT (owner_id) DO UPDATE SET until = excluded.until, audit_id = excluded.audit_id`, owner, until, audit)
	return err
}

const granted = `state IN ('public', 'payable', 'batched', 'sent', 'bounced', 'paid', 'closed') AND granted > 0`

// grantedAfter reads what was granted, in the order of owners, behind a place.
func (s store) grantedAfter(ctx context.Context, after place, limit int) ([]Application, error) {
	return db.All(ctx, s.db, (*Application).fields, `SELECT `+applicationColumns+` FROM grant_application
		WHERE (owner_id, grant_id) > ($1, $2) AND `+granted+` ORDER BY owner_id, grant_id LIMIT $3`, after.owner, after.grant, limit)
}

// paidBetween reads what was paid to an area's subtree in a time.
func (s store) paidBetween(ctx context.Context, area string, from, to db.Date) ([]Application, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.db, (*Application).fields, `SELECT `+applicationColumns+` FROM grant_application
		WHERE paid_on >= $1 AND paid_on <= $2 AND area >= $3 AND area < $4 ORDER BY owner_id, grant_id`, from, to, low, high)
}

// sharers counts by account hash how many owners are paid into it.
func (s store) sharers(ctx context.Context, list []Application) (map[string]int64, error) {
	var hashes []any
	seen := map[string]bool{}
	for _, a := range list {
		if k := string(a.accountHash); len(k) > 0 && !seen[k] {
			seen[k] = true
			hashes = append(hashes, a.accountHash)
		}
	}
	out := map[string]int64{"": 1}
	type row struct {
		hash []byte
		n    int64
	}
	for part := range slices.Chunk(hashes, 1000) {
		err := db.Each(ctx, s.db, func(r *row) []any { return []any{&r.hash, &r.n} }, func(r *row) error { out[string(r.hash)] = r.n; return nil },
			`SELECT account_hash, count(DISTINCT owner_id) FROM grant_application WHERE account_hash IN (`+db.In(1, len(part))+`) AND `+granted+` GROUP BY account_hash ORDER BY account_hash`, part...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

var findingColumns = []string{"owner_id", "grant_id", "rule_id", "area", "found_on"}

// keepFindings puts what was found of some grants in the place of what was found before, and says how many are new.
func (s store) keepFindings(ctx context.Context, tx *db.Tx, list []Application, rows [][]any) (int64, error) {
	type key struct {
		owner, grant int64
		rule         string
	}
	now := map[key]bool{}
	for _, r := range rows {
		now[key{r[0].(int64), r[1].(int64), r[2].(string)}] = true
	}
	var gone []key
	for part := range slices.Chunk(list, 500) {
		args := make([]any, len(part))
		for i, a := range part {
			args[i] = a.OwnerID
		}
		err := db.Each(ctx, tx, func(k *key) []any { return []any{&k.owner, &k.grant, &k.rule} }, func(k *key) error {
			if !now[*k] {
				gone = append(gone, *k)
			}
			return nil
		}, `SELECT owner_id, grant_id, rule_id FROM grant_finding WHERE owner_id IN (`+db.In(1, len(part))+`) ORDER BY owner_id, grant_id, rule_id`, args...)
		if err != nil {
			return 0, err
		}
	}
	for _, k := range gone {
		if _, err := tx.Exec(ctx, `DELETE FROM grant_finding WHERE owner_id = $1 AND grant_id = $2 AND rule_id = $3`, k.owner, k.grant, k.rule); err != nil {
			return 0, err
		}
	}
	return tx.Merge(ctx, "grant_finding", findingColumns, findingColumns[:3], rows, db.KeepOld)
}

// Finding is one record that cannot be.
type Finding struct {
	OwnerID, GrantID int64
	RuleID, Area     string
	FoundOn          db.Date
}

func (s store) findings(ctx context.Context, area string, limit int) ([]Finding, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.db, func(f *Finding) []any { return []any{&f.OwnerID, &f.GrantID, &f.RuleID, &f.Area, &f.FoundOn} },
		`SELECT owner_id, grant_id, rule_id, area, found_on FROM grant_finding WHERE area >= $1 AND area < $2 ORDER BY rule_id, owner_id, grant_id LIMIT $3`, low, high, limit)
}

// findingsOf lists by grant the rules that found something.
func (s store) findingsOf(ctx context.Context, list []Application) (map[int64][]string, error) {
	out := map[int64][]string{}
	for part := range slices.Chunk(list, 500) {
		args := make([]any, len(part))
		for i, a := range part {
			args[i] = a.OwnerID
		}
		err := db.Each(ctx, s.db, func(f *Finding) []any { return []any{&f.GrantID, &f.RuleID} }, func(f *Finding) error { out[f.GrantID] = append(out[f.GrantID], f.RuleID); return nil },
			`SELECT grant_id, rule_id FROM grant_finding WHERE owner_id IN (`+db.In(1, len(part))+`) ORDER BY grant_id, rule_id`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

const inspectionColumns = `owner_id, audit_id, grant_id, area, policy_name, why, score, seed, state, task_id, drawn_by, first_by, first_view, second_by, second_view, sanction, opened_on, closed_on, row_version, content`

var inspectionNames = []string{"owner_id", "audit_id", "grant_id", "area", "policy_name", "why", "score", "seed", "state", "task_id", "drawn_by", "first_by", "first_view", "second_by", "second_view", "sanction", "opened_on", "closed_on", "row_version", "content"}

func (x *Inspection) fields() []any {
	return []any{&x.OwnerID, &x.ID, &x.GrantID, &x.Area, &x.PolicyName, &x.Why, &x.Score, &x.Seed, &x.State, &x.TaskID, &x.DrawnBy, &x.FirstBy, &x.FirstView, &x.SecondBy, &x.SecondView, &x.Sanction,
		&x.OpenedOn, &x.ClosedOn, &x.Version, &x.sealed}
}

func (x *Inspection) values() []any {
	return []any{x.OwnerID, x.ID, x.GrantID, x.Area, x.PolicyName, x.Why, x.Score, x.Seed, x.State, x.TaskID, x.DrawnBy, x.FirstBy, x.FirstView, x.SecondBy, x.SecondView, x.Sanction, x.OpenedOn, x.ClosedOn, x.Version, x.sealed}
}

func (s store) insertInspections(ctx context.Context, tx *db.Tx, rows [][]any) error {
	return tx.Copy(ctx, "grant_audit", inspectionNames, rows)
}

func (s store) inspection(ctx context.Context, q db.Querier, owner, id int64) (Inspection, error) {
	x, found, err := db.One(ctx, q, (*Inspection).fields, `SELECT `+inspectionColumns+` FROM grant_audit WHERE owner_id = $1 AND audit_id = $2 ORDER BY audit_id`, owner, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这件核查")
	}
	return x, err
}

func (s store) inspectionOfTask(ctx context.Context, q db.Querier, task int64) (Inspection, error) {
	x, found, err := db.One(ctx, q, (*Inspection).fields, `SELECT `+inspectionColumns+` FROM grant_audit WHERE task_id = $1 ORDER BY audit_id`, task)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这件核查")
	}
	return x, err
}

func (s store) inspections(ctx context.Context, area string, below int64, limit int) ([]Inspection, error) {
	if below <= 0 {
		below = 1<<63 - 1
	}
	low, high := db.Under(area)
	return db.All(ctx, s.db, (*Inspection).fields, `SELECT `+inspectionColumns+` FROM grant_audit WHERE area >= $1 AND area < $2 AND audit_id < $3 ORDER BY audit_id DESC LIMIT $4`, low, high, below, limit)
}

// underAudit are the grants of an area that are being looked at.
func (s store) underAudit(ctx context.Context, q db.Querier, area string) (map[int64]bool, error) {
	low, high := db.Under(area)
	out := map[int64]bool{}
	err := db.Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = true; return nil },
		`SELECT grant_id FROM grant_audit WHERE state IN ('asked', 'answered', 'viewed') AND area >= $1 AND area < $2 ORDER BY grant_id`, low, high)
	return out, err
}

func (s store) saveInspection(ctx context.Context, tx *db.Tx, x *Inspection) error {
	n, err := tx.Exec(ctx, `UPDATE grant_audit SET state = $1, first_by = $2, first_view = $3, second_by = $4, second_view = $5, sanction = $6, closed_on = $7, content = $8, row_version = row_version + 1
		WHERE owner_id = $9 AND audit_id = $10 AND row_version = $11`, x.State, x.FirstBy, x.FirstView, x.SecondBy, x.SecondView, x.Sanction, x.ClosedOn, x.sealed, x.OwnerID, x.ID, x.Version)
	if err == nil && n == 0 {
		err = stale()
	}
	x.Version++
	return err
}
