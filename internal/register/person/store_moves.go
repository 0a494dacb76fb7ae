package person

import (
	"context"

	"jiuye/internal/ground/db"
)

// Move counts how often people went from one occupation, as written, to another one in their next time in work.
type Move struct {
	From, To string
	Count    int64
}

// Moves counts the changes of occupation of everybody since a day. It reads every spell there is: for the night.
func (s *Store) Moves(ctx context.Context, since db.Date) ([]Move, error) {
	return db.All(ctx, s.DB, func(m *Move) []any { return []any{&m.From, &m.To, &m.Count} },
		`SELECT before, occupation, count(*) FROM (
			SELECT since, occupation, lag(occupation) OVER (PARTITION BY person_id ORDER BY since, kind, employer_id) AS before FROM person_spell) m
		WHERE since >= $1 AND before <> '' AND occupation <> '' AND before <> occupation
		GROUP BY before, occupation ORDER BY before, occupation`, since)
}
