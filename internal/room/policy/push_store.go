package policy

import (
	"context"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/ground/db"
)

// pushes is the shelf's table of who was told.
func (sh shelf) pushes() string {
	if sh == ofEmployers {
		return "policy_employer_push"
	}
	return "policy_push"
}

// waiting is which of those that a policy has found are asked for.
type waiting int

const (
	untold  waiting = iota // neither told nor handed to officers
	forPush                // not told, and not tried lately
	handed                 // handed to officers, and not told yet
)

// open is the condition on g (the grants) for who still waits; $1 is the policy, $2 and $3 the area's range, $4 the run (0: any), $5
// before when a try no longer counts (unix ms).
func (sh shelf) open(w waiting) string {
	which := [...]string{untold: `NOT EXISTS %(p.told_at > 0 OR p.task_id <> 0))`, forPush: `NOT EXISTS %(p.told_at > 0 OR p.tried_at > $5))`,
		handed: `EXISTS %p.task_id <> 0 AND p.told_at = 0)`}[w]
	which = strings.Replace(which, "%", `(SELECT 1 FROM `+sh.pushes()+` p WHERE p.`+sh.key+` = g.`+sh.key+` AND p.policy_id = g.policy_id AND `, 1)
	return ` FROM ` + sh.grants + ` g WHERE g.policy_id = $1 AND g.verdict = 'yes' AND g.area >= $2 AND g.area < $3 AND (CAST($4 AS BIGINT) = 0 OR g.run_id = $4)
		AND CAST($5 AS BIGINT) >= 0 AND ` + which
}

// candidate is somebody a policy has found who has not heard of it.
type candidate struct {
	owner int64
	area  string
	run   int64
}

// candidates reads a page of them in the order of areas and ids, behind a place.
func (s store) candidates(ctx context.Context, q db.Querier, sh shelf, w waiting, policy, area string, run int64, before time.Time, afterArea string, afterID int64, limit int) ([]candidate, error) {
	low, high := db.Under(area)
	if afterArea < low {
		afterArea, afterID = low, -1
	}
	return db.All(ctx, q, func(c *candidate) []any { return []any{&c.owner, &c.area, &c.run} }, `SELECT g.`+sh.key+`, g.area, g.run_id`+sh.open(w)+`
		AND (g.area, g.`+sh.key+`) > ($6, $7) ORDER BY g.area, g.`+sh.key+` LIMIT $8`, policy, low, high, run, before.UnixMilli(), afterArea, afterID, limit)
}

// place is how many wait in an area.
type place struct {
	area string
	n    int64
}

// places is how many wait by the areas one level below, of so many digits.
func (s store) places(ctx context.Context, q db.Querier, sh shelf, w waiting, policy, area string, run int64, before time.Time, digits int) ([]place, error) {
	low, high := db.Under(area)
	cut := `substr(g.area, 1, ` + strconv.Itoa(digits) + `)`
	return db.All(ctx, q, func(p *place) []any { return []any{&p.area, &p.n} }, `SELECT `+cut+`, count(*)`+sh.open(w)+` GROUP BY `+cut+` ORDER BY 1`,
		policy, low, high, run, before.UnixMilli())
}

// handed notes that everybody of an area who waits was handed to officers by a task, and says how many.
func (sh shelf) handed(ctx context.Context, tx *db.Tx, policy, area string, run, task int64, now time.Time) (int64, error) {
	low, high := db.Under(area)
	return tx.Exec(ctx, `INSERT INTO `+sh.pushes()+` (`+sh.key+`, policy_id, area, outcome, tried_at, told_at, task_id, assigned_at)
		SELECT g.`+sh.key+`, g.policy_id, g.area, '', 0, 0, CAST($6 AS BIGINT), CAST($7 AS BIGINT)`+sh.open(untold)+`
		ON CONFLICT (`+sh.key+`, policy_id) DO UPDATE SET task_id = excluded.task_id, assigned_at = excluded.assigned_at`,
		policy, low, high, run, now.UnixMilli(), task, now.UnixMilli())
}

// byHand notes that an officer has told one of them; told is false where nobody was waiting.
func (sh shelf) byHand(ctx context.Context, tx *db.Tx, policy string, owner int64, now time.Time) (told bool, err error) {
	n, err := tx.Exec(ctx, `UPDATE `+sh.pushes()+` SET told_at = $1, outcome = 'officer' WHERE `+sh.key+` = $2 AND policy_id = $3 AND told_at = 0 AND task_id <> 0`,
		now.UnixMilli(), owner, policy)
	return n > 0, err
}

// tried notes what became of telling; who was handed to officers before stays so.
func (sh shelf) tried(ctx context.Context, tx *db.Tx, policy string, list []candidate, outcomes []string, now time.Time) error {
	rows := make([][]any, len(list))
	for i, c := range list {
		told := int64(0)
		if outcomes[i] == "told" || outcomes[i] == "again" { // again: has heard of it within the last weeks
			told = now.UnixMilli()
		}
		rows[i] = []any{c.owner, policy, c.area, outcomes[i], now.UnixMilli(), told}
	}
	return tx.Upsert(ctx, sh.pushes(), []string{sh.key, "policy_id", "area", "outcome", "tried_at", "told_at"}, []string{sh.key, "policy_id"}, rows)
}

// heard is what the table of tellings holds by policy and banner.
type heard struct {
	policy, area             string
	told, refused, withTasks int64
}

func (s store) heard(ctx context.Context, sh shelf, area string) ([]heard, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.db, func(h *heard) []any { return []any{&h.policy, &h.area, &h.told, &h.refused, &h.withTasks} },
		`SELECT policy_id, substr(area, 1, 6), count(*) FILTER (WHERE told_at > 0), count(*) FILTER (WHERE told_at = 0 AND outcome IN ('noconsent', 'muted')),
			count(*) FILTER (WHERE task_id <> 0) FROM `+sh.pushes()+` WHERE area >= $1 AND area < $2 GROUP BY policy_id, substr(area, 1, 6) ORDER BY 1, 2`, low, high)
}

// newcomers is how many a run has found for each policy in an area.
func (s store) newcomers(ctx context.Context, sh shelf, run int64, area string) (map[string]int64, error) {
	low, high := db.Under(area)
	out := map[string]int64{}
	type line struct {
		policy string
		n      int64
	}
	return out, db.Each(ctx, s.db, func(l *line) []any { return []any{&l.policy, &l.n} }, func(l *line) error { out[l.policy] = l.n; return nil },
		`SELECT policy_id, count(*) FROM `+sh.grants+` WHERE run_id = $1 AND verdict = 'yes' AND area >= $2 AND area < $3 GROUP BY policy_id ORDER BY policy_id`, run, low, high)
}

// eligible is how many can have each policy by banner, of a run; counts are kept for banners.
func (s store) eligible(ctx context.Context, run int64, area string) ([]heard, error) {
	low, high := db.Under(area[:min(len(area), bannerDigits)])
	return db.All(ctx, s.db, func(h *heard) []any { return []any{&h.policy, &h.area, &h.told} },
		`SELECT policy_id, banner, n FROM policy_count WHERE run_id = $1 AND verdict = 'yes' AND banner >= $2 AND banner < $3 ORDER BY policy_id, banner`, run, low, high)
}
