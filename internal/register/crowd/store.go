package crowd

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// stride is the id that the n-th person behind a place has, or the last person's; more is false where there is nobody.
func (c *Crowd) stride(ctx context.Context, after int64, n int) (last int64, more bool, err error) {
	type end struct{ last, people int64 }
	e, _, err := db.One(ctx, c.DB, func(e *end) []any { return []any{&e.last, &e.people} },
		`SELECT coalesce(max(person_id), 0), count(*) FROM (SELECT person_id FROM person WHERE person_id > $1 ORDER BY person_id LIMIT $2) s`, after, n)
	return e.last, e.people > 0, err
}

// Mark is behind everything in the change feed that cannot grow any more.
func (c *Crowd) Mark(ctx context.Context) (person.Mark, error) { return c.People.End(ctx) }

// mate is somebody of a household.
type mate struct{ household, id int64 }

// mates are the people of some households.
func (c *Crowd) mates(ctx context.Context, households []int64) ([]mate, error) {
	var out []mate
	for part := range slices.Chunk(households, 1000) {
		args := make([]any, len(part))
		for i, h := range part {
			args[i] = h
		}
		list, err := db.All(ctx, c.DB, func(m *mate) []any { return []any{&m.household, &m.id} },
			`SELECT household_id, person_id FROM person WHERE household_id IN (`+db.In(1, len(part))+`) ORDER BY household_id, person_id`, args...)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}
