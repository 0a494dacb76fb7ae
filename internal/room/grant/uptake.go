package grant

import "context"

// Uptake is how many of an area's people and employers have applied for each policy, were granted it and were paid, by banner and policy.
func (r *Room) Uptake(ctx context.Context, area string) ([]Taken, error) {
	return r.store.taken(ctx, area)
}
