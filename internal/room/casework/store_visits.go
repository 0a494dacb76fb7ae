package casework

import (
	"context"
	"slices"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

// LastVisits is when the households of some people were last visited: person → day. People never visited are left out.
func (r *Room) LastVisits(ctx context.Context, ids []int64) (map[int64]time.Time, error) {
	out := map[int64]time.Time{}
	type line struct{ id, at int64 }
	for part := range slices.Chunk(ids, 1000) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		err := db.Each(ctx, r.DB, func(l *line) []any { return []any{&l.id, &l.at} }, func(l *line) error {
			t := time.UnixMilli(l.at).In(clock.Zone)
			out[l.id] = clock.Date(t.Year(), t.Month(), t.Day())
			return nil
		}, `SELECT p.person_id, max(s.at) FROM person p JOIN casework_step s ON s.household_id = p.household_id
			WHERE p.person_id IN (`+db.In(1, len(part))+`) AND s.kind = 'visit' GROUP BY p.person_id ORDER BY p.person_id`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
