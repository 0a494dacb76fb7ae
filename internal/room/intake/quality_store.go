package intake

import (
	"context"

	"jiuye/internal/ground/db"
)

var judgementColumns = []string{"cluster_id", "origin_id", "turn", "known", "area", "by_id", "by_name", "verdict", "verdict_ok", "seconds", "decided_at"}

func (j *Judgement) fields() []any {
	return []any{&j.ClusterID, &j.OriginID, &j.Turn, &j.Known, &j.Area, &j.ByID, &j.ByName, &j.Verdict, &j.OK, &j.Seconds, &j.DecidedAt}
}

func addJudgement(ctx context.Context, tx *db.Tx, j *Judgement) error {
	return tx.Upsert(ctx, "intake_judgement", judgementColumns, judgementColumns[:1],
		[][]any{{j.ClusterID, j.OriginID, j.Turn, j.Known, j.Area, j.ByID, j.ByName, j.Verdict, j.OK, j.Seconds, j.DecidedAt}})
}

func judgementsOf(ctx context.Context, q db.Querier, originID int64) ([]Judgement, error) {
	return db.All(ctx, q, (*Judgement).fields, `SELECT cluster_id, origin_id, turn, known, area, by_id, by_name, verdict, verdict_ok, seconds, decided_at
		FROM intake_judgement WHERE origin_id = $1 ORDER BY turn, cluster_id`, originID)
}

func firstJudgement(ctx context.Context, q db.Querier, originID int64) (Judgement, error) {
	all, err := judgementsOf(ctx, q, originID)
	for _, j := range all {
		if j.Turn == 1 {
			return j, err
		}
	}
	return Judgement{}, err
}

func setOK(ctx context.Context, tx *db.Tx, originID, turn int64, ok string) error {
	_, err := tx.Exec(ctx, `UPDATE intake_judgement SET verdict_ok = $3 WHERE origin_id = $1 AND turn = $2`, originID, turn, ok)
	return err
}

// unjudge forgets what was said of a cluster whose decision is taken back, and its repetitions.
func unjudge(ctx context.Context, tx *db.Tx, clusterID int64) error {
	for _, drop := range []string{
		`DELETE FROM intake_judgement WHERE origin_id = $1`,
		`DELETE FROM intake_member WHERE cluster_id IN (SELECT cluster_id FROM intake_cluster WHERE blind_of = $1)`,
		`DELETE FROM intake_cluster WHERE blind_of = $1`,
	} {
		if _, err := tx.Exec(ctx, drop, clusterID); err != nil {
			return err
		}
	}
	return nil
}

func clerks(ctx context.Context, q db.Querier, place string, me, since int64) ([]Clerk, error) {
	low, high := db.Under(place)
	return db.All(ctx, q, func(c *Clerk) []any {
		return []any{&c.ByID, &c.Name, &c.Decided, &c.Agreed, &c.Double, &c.Right, &c.Known}
	},
		`SELECT by_id, max(by_name), count(*), count(*) FILTER (WHERE known = '' AND verdict_ok = 'yes' AND turn < 3), count(*) FILTER (WHERE known = '' AND verdict_ok <> '' AND turn < 3),
			count(*) FILTER (WHERE known <> '' AND verdict_ok = 'yes'), count(*) FILTER (WHERE known <> '')
		FROM intake_judgement WHERE area >= $1 AND area < $2 AND decided_at >= $3 AND (by_id = $4 OR CAST($5 AS BIGINT) = 0) GROUP BY by_id ORDER BY count(*) DESC, by_id`, low, high, since, me, me)
}

// timesOf reads the seconds of the latest 10,000 decisions: clerk → seconds.
func timesOf(ctx context.Context, q db.Querier, place string, me, since int64) (map[int64][]int64, error) {
	low, high := db.Under(place)
	out := map[int64][]int64{}
	type row struct{ by, seconds int64 }
	return out, db.Each(ctx, q, func(r *row) []any { return []any{&r.by, &r.seconds} }, func(r *row) error { out[r.by] = append(out[r.by], r.seconds); return nil },
		`SELECT by_id, seconds FROM intake_judgement WHERE area >= $1 AND area < $2 AND decided_at >= $3 AND (by_id = $4 OR CAST($5 AS BIGINT) = 0) AND seconds > 0
		ORDER BY decided_at DESC, cluster_id LIMIT 10000`, low, high, since, me, me)
}
