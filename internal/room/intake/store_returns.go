package intake

import (
	"context"

	"jiuye/internal/ground/db"
)

// returned is a rejected row as it goes back to its source.
type returned struct {
	kind, file, head, shown, reason string
	row                             int64
}

// eachReturned goes through the rejected rows of kinds of tables in batches of an area's subtree, the latest batch first.
func eachReturned(ctx context.Context, q db.Querier, area string, kinds []string, yield func(*returned) error) error {
	low, high := db.Under(area)
	return db.Each(ctx, q, func(x *returned) []any { return []any{&x.kind, &x.file, &x.row, &x.head, &x.shown, &x.reason} }, yield,
		`SELECT f.kind, f.name, x.row_number, x.head, x.shown, x.reason FROM intake_batch b
			JOIN intake_file f ON f.batch_id = b.batch_id
			JOIN intake_reject x ON x.batch_id = f.batch_id AND x.file_id = f.file_id
		WHERE b.area >= $1 AND b.area < $2 AND b.source <> 'trial' AND b.state NOT IN ('withdrawn', 'withdrawing') AND f.kind IN (`+db.In(3, len(kinds))+`)
		ORDER BY b.batch_id DESC, x.file_id, x.row_number`, append([]any{low, high}, db.Args(kinds)...)...)
}

// peopleOfSource lists people of an area's subtree of whom a source has live records, in the order of ids, behind one.
func peopleOfSource(ctx context.Context, q db.Querier, source, area string, after int64, limit int) ([]int64, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(id *int64) []any { return []any{id} }, `SELECT p.person_id FROM person p
		WHERE p.area >= $1 AND p.area < $2 AND p.person_id > $3
			AND EXISTS (SELECT 1 FROM intake_record r WHERE r.person_id = p.person_id AND r.source = $4 AND r.ended_at = 0)
		ORDER BY p.person_id LIMIT $5`, low, high, after, source, limit)
}

// fileNames are the names of the files that a source's records come from.
func fileNames(ctx context.Context, q db.Querier, all map[int64][]Said, source string) (map[int64]string, error) {
	out := map[int64]string{}
	type row struct {
		id   int64
		name string
	}
	batches := map[int64]bool{}
	for _, list := range all {
		for i := range list {
			if list[i].Source == source && list[i].Batch != 0 {
				batches[list[i].Batch] = true
			}
		}
	}
	for batch := range batches {
		err := db.Each(ctx, q, func(r *row) []any { return []any{&r.id, &r.name} }, func(r *row) error { out[r.id] = r.name; return nil },
			`SELECT file_id, name FROM intake_file WHERE batch_id = $1 ORDER BY file_id`, batch)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
