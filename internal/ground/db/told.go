package db

import (
	"context"
	"slices"
	"strings"
)

// toldPart is how many ids one statement asks about.
const toldPart = 1000

// Told finds which of the ids a query gives, and says the same of each: id → text. In the query {ids} stands for a list of
// them, as in WHERE person_id IN ({ids}); it selects one column.
func Told(ctx context.Context, q Querier, ids []int64, text, query string) (map[int64]string, error) {
	out := map[int64]string{}
	for part := range slices.Chunk(ids, toldPart) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		err := Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = text; return nil },
			strings.ReplaceAll(query, "{ids}", In(1, len(part))), args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
