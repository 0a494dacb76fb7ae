package policy

import (
	"context"
	"embed"
	"slices"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
)

//go:embed schema/*.sql
var files embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "policy", FS: files}

type store struct{ db *db.DB }

// grant is one person's or employer's yes or near.
type grant struct {
	owner   int64
	policy  string
	verdict string
	area    string
	from    db.Date
	run     int64
}

func (g *grant) fields() []any {
	return []any{&g.owner, &g.policy, &g.verdict, &g.area, &g.from, &g.run}
}

// shelf is the pair of tables for one kind of owner.
type shelf struct{ key, grants, changes, register string }

var (
	ofPeople    = shelf{"person_id", "policy_grant", "policy_change", "person"}
	ofEmployers = shelf{"employer_id", "policy_employer_grant", "policy_employer_change", "employer"}
)

const grantRest = `policy_id, verdict, area, from_day, run_id`

// between reads the grants of owners with after < id <= last, in the order of ids and policies.
func (s store) between(ctx context.Context, sh shelf, after, last int64) ([]grant, error) {
	return db.All(ctx, s.db, (*grant).fields, `SELECT `+sh.key+`, `+grantRest+` FROM `+sh.grants+`
		WHERE `+sh.key+` > $1 AND `+sh.key+` <= $2 ORDER BY `+sh.key+`, policy_id`, after, last)
}

// page reads the grants of one policy and verdict in an area's subtree in the order of areas and ids, behind a place.
func (s store) page(ctx context.Context, sh shelf, policy, verdict, area, afterArea string, afterID int64, limit int) ([]grant, error) {
	low, high := db.Under(area)
	if afterArea < low {
		afterArea, afterID = low, -1
	}
	return db.All(ctx, s.db, (*grant).fields, `SELECT `+sh.key+`, `+grantRest+` FROM `+sh.grants+`
		WHERE policy_id = $1 AND verdict = $2 AND area >= $3 AND area < $4 AND (area, `+sh.key+`) > ($5, $6)
		ORDER BY area, `+sh.key+` LIMIT $7`, policy, verdict, low, high, afterArea, afterID, limit)
}

// count is how many such grants there are.
func (s store) count(ctx context.Context, sh shelf, policy, verdict, area string) (int64, error) {
	low, high := db.Under(area)
	return db.Value[int64](ctx, s.db, `SELECT count(*) FROM `+sh.grants+` WHERE policy_id = $1 AND verdict = $2 AND area >= $3 AND area < $4`,
		policy, verdict, low, high)
}

// change is an entering or leaving.
type change struct {
	owner    int64
	policy   string
	was, now string
}

// settle writes what is new, removes what is over, and records the changes, all of one run.
func (sh shelf) settle(ctx context.Context, tx *db.Tx, run int64, fresh []grant, over []grant, changes []change) error {
	rows := make([][]any, len(fresh))
	for i, g := range fresh {
		rows[i] = []any{g.owner, g.policy, g.verdict, g.area, g.from, g.run}
	}
	columns := []string{sh.key, "policy_id", "verdict", "area", "from_day", "run_id"}
	if err := tx.Upsert(ctx, sh.grants, columns, []string{sh.key, "policy_id"}, rows); err != nil {
		return err
	}
	byPolicy := map[string][]any{}
	for _, g := range over {
		byPolicy[g.policy] = append(byPolicy[g.policy], g.owner)
	}
	for policy, owners := range byPolicy {
		for part := range slices.Chunk(owners, 1000) {
			if _, err := tx.Exec(ctx, `DELETE FROM `+sh.grants+` WHERE policy_id = $1 AND `+sh.key+` IN (`+db.In(2, len(part))+`)`, append([]any{policy}, part...)...); err != nil {
				return err
			}
		}
	}
	rows = make([][]any, len(changes))
	for i, c := range changes {
		rows[i] = []any{c.owner, c.policy, run, c.was, c.now}
	}
	return tx.InsertNew(ctx, sh.changes, []string{sh.key, "policy_id", "run_id", "was", "now"}, []string{sh.key, "policy_id", "run_id"}, rows)
}

// run is one screening of everybody.
type run struct {
	ID                int64
	Day               db.Date
	At, Ended         int64 // unix ms
	People, Employers int64
}

func (r *run) fields() []any {
	return []any{&r.ID, &r.Day, &r.At, &r.Ended, &r.People, &r.Employers}
}

func (s store) begin(ctx context.Context, r run) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO policy_run (run_id, day, at, ended, people, employers) VALUES ($1, $2, $3, 0, 0, 0)`, r.ID, r.Day, r.At)
		return err
	})
}

// end writes the counts of a run and makes it the latest.
func (s store) end(ctx context.Context, r run, counts map[slot]int64) error {
	rows := make([][]any, 0, len(counts))
	for k, n := range counts {
		rows = append(rows, []any{r.ID, k.policy, k.banner, k.verdict.String(), n})
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Copy(ctx, "policy_count", []string{"run_id", "policy_id", "banner", "verdict", "n"}, rows); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE policy_run SET ended = $1, people = $2, employers = $3 WHERE run_id = $4`, r.Ended, r.People, r.Employers, r.ID)
		return err
	})
}

// latest is the last finished run; found is false before the first.
func (s store) latest(ctx context.Context) (r run, found bool, err error) {
	return db.One(ctx, s.db, (*run).fields, `SELECT run_id, day, at, ended, people, employers FROM policy_run WHERE ended > 0 ORDER BY run_id DESC LIMIT 1`)
}

// tally is the counts of one policy in some area.
type tally [len(verdictOrder)]int64

var verdictOrder = [...]rule.Verdict{rule.No, rule.Unknown, rule.Near, rule.Eligible}

// Of is how many got a verdict.
func (t tally) Of(v rule.Verdict) int64 { return t[v] }

// tallies are the counts of a run in an area's subtree, by policy. Counts are kept for banners and wider areas.
func (s store) tallies(ctx context.Context, run int64, area string) (map[string]tally, error) {
	low, high := db.Under(area[:min(len(area), bannerDigits)])
	type line struct {
		policy, verdict string
		n               int64
	}
	out := map[string]tally{}
	err := db.Each(ctx, s.db, func(l *line) []any { return []any{&l.policy, &l.verdict, &l.n} }, func(l *line) error {
		t := out[l.policy]
		t[slices.Index(rule.Verdicts, l.verdict)] = l.n
		out[l.policy] = t
		return nil
	}, `SELECT policy_id, verdict, CAST(sum(n) AS BIGINT) FROM policy_count WHERE run_id = $1 AND banner >= $2 AND banner < $3
		GROUP BY policy_id, verdict ORDER BY policy_id, verdict`, run, low, high)
	return out, err
}

// moves are how many entered and left a policy by a run.
type moves struct {
	Policy        string
	Entered, Left int64
}

// moves counts them where the owners live, in an area's subtree.
func (s store) moves(ctx context.Context, sh shelf, run int64, area string) ([]moves, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.db, func(m *moves) []any { return []any{&m.Policy, &m.Entered, &m.Left} },
		`SELECT c.policy_id, count(*) FILTER (WHERE c.now = 'yes'), count(*) FILTER (WHERE c.was = 'yes') FROM `+sh.changes+` c
		 JOIN `+sh.register+` o ON o.`+sh.key+` = c.`+sh.key+`
		 WHERE c.run_id = $1 AND o.area >= $2 AND o.area < $3 GROUP BY c.policy_id ORDER BY c.policy_id`, run, low, high)
}
