package policy

import (
	"context"
	"slices"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
)

// heldBy reads the grants of some owners, in the order of ids and policies.
func (s store) heldBy(ctx context.Context, sh shelf, owners []int64) ([]grant, error) {
	owners = slices.Sorted(slices.Values(owners))
	var out []grant
	for part := range slices.Chunk(owners, 1000) {
		list, err := db.All(ctx, s.db, (*grant).fields, `SELECT `+sh.key+`, `+grantRest+` FROM `+sh.grants+`
			WHERE `+sh.key+` IN (`+db.In(1, len(part))+`) ORDER BY `+sh.key+`, policy_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// movedIn reads what a run has noted already of those whom changes are about.
func (s store) movedIn(ctx context.Context, sh shelf, run int64, changes []change) ([]change, error) {
	var owners []int64
	for _, c := range changes {
		owners = append(owners, c.owner)
	}
	slices.Sort(owners)
	var out []change
	for part := range slices.Chunk(slices.Compact(owners), 1000) {
		list, err := db.All(ctx, s.db, func(c *change) []any { return []any{&c.owner, &c.policy, &c.was, &c.now} },
			`SELECT `+sh.key+`, policy_id, was, now FROM `+sh.changes+` WHERE run_id = $1 AND `+sh.key+` IN (`+db.In(2, len(part))+`) ORDER BY `+sh.key+`, policy_id`,
			append([]any{run}, db.Args(part)...)...)
		if err != nil {
			return nil, err
		}
		for _, c := range list { // others of the same owner stay
			if slices.ContainsFunc(changes, func(o change) bool { return o.owner == c.owner && o.policy == c.policy }) {
				out = append(out, c)
			}
		}
	}
	return out, nil
}

// forget removes changes that are written anew.
func (sh shelf) forget(ctx context.Context, tx *db.Tx, run int64, changes []change) error {
	for _, c := range changes {
		if _, err := tx.Exec(ctx, `DELETE FROM `+sh.changes+` WHERE `+sh.key+` = $1 AND policy_id = $2 AND run_id = $3`, c.owner, c.policy, run); err != nil {
			return err
		}
	}
	return nil
}

// unitsByBanner counts the employers of each banner.
func (s store) unitsByBanner(ctx context.Context) (map[string]int64, error) {
	type line struct {
		banner string
		n      int64
	}
	out := map[string]int64{}
	err := db.Each(ctx, s.db, func(l *line) []any { return []any{&l.banner, &l.n} }, func(l *line) error { out[l.banner] = l.n; return nil },
		`SELECT substr(area, 1, 6), count(*) FROM employer GROUP BY substr(area, 1, 6) ORDER BY substr(area, 1, 6)`)
	return out, err
}

// numbers are a run's counts.
func (s store) numbers(ctx context.Context, run int64) (map[slot]int64, error) {
	type line struct {
		policy, banner, verdict string
		n                       int64
	}
	out := map[slot]int64{}
	err := db.Each(ctx, s.db, func(l *line) []any { return []any{&l.policy, &l.banner, &l.verdict, &l.n} }, func(l *line) error {
		out[slot{l.policy, l.banner, rule.Verdict(slices.Index(rule.Verdicts, l.verdict))}] = l.n
		return nil
	}, `SELECT policy_id, banner, verdict, n FROM policy_count WHERE run_id = $1 ORDER BY policy_id, banner, verdict`, run)
	return out, err
}

// listed counts the lists by policy, banner and verdict.
func (s store) listed(ctx context.Context, sh shelf) (map[slot]int64, error) {
	type line struct {
		policy, banner, verdict string
		n                       int64
	}
	out := map[slot]int64{}
	err := db.Each(ctx, s.db, func(l *line) []any { return []any{&l.policy, &l.banner, &l.verdict, &l.n} }, func(l *line) error {
		out[slot{l.policy, l.banner, rule.Verdict(slices.Index(rule.Verdicts, l.verdict))}] = l.n
		return nil
	}, `SELECT policy_id, substr(area, 1, 6), verdict, count(*) FROM `+sh.grants+` GROUP BY policy_id, substr(area, 1, 6), verdict ORDER BY policy_id, substr(area, 1, 6), verdict`)
	return out, err
}

// recount writes the numbers of a run that have changed.
func (s store) recount(ctx context.Context, r run, numbers map[slot]int64) error {
	rows := make([][]any, 0, len(numbers))
	for k, n := range numbers {
		rows = append(rows, []any{r.ID, k.policy, k.banner, k.verdict.String(), n})
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Upsert(ctx, "policy_count", []string{"run_id", "policy_id", "banner", "verdict", "n"}, []string{"run_id", "policy_id", "banner", "verdict"}, rows); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE policy_run SET ended = $1, people = $2, employers = $3 WHERE run_id = $4`, r.Ended, r.People, r.Employers, r.ID)
		return err
	})
}
