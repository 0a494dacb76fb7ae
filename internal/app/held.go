package app

import (
	"context"

	"jiuye/internal/ground/db"
)

// holder tells of whom a room keeps something, and what.
type holder func(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error)

// held asks every room that may keep something of people who are about to leave the register. The first reason counts.
func (a *App) held(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	out := map[int64]string{}
	for _, ask := range []holder{a.Casework.Held, a.Jobs.Held, a.Roster.Held, a.Service.Held, a.Grant.Held, a.Fair.Held, a.Graduate.Held, a.Relief.Held, a.Outwork.Held, a.Gig.Held, a.Accounts.Held} {
		found, err := ask(ctx, q, ids)
		if err != nil {
			return nil, err
		}
		for id, why := range found {
			if out[id] == "" {
				out[id] = why
			}
		}
	}
	return out, nil
}
