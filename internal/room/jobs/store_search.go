package jobs

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// concealed are those of some vacancies that are not shown though nobody closed them, or that another one of the same work is shown for.
func (s store) concealed(ctx context.Context, ids []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	for part := range slices.Chunk(ids, 1000) {
		err := db.Each(ctx, s, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = true; return nil },
			`SELECT vacancy_id FROM jobs_hidden WHERE vacancy_id IN (`+db.In(1, len(part))+`)
			UNION SELECT vacancy_id FROM jobs_duplicate WHERE vacancy_id IN (`+db.In(1+len(part), len(part))+`) ORDER BY vacancy_id`, append(db.Args(part), db.Args(part)...)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// statesOf are the states of a person's applications for some vacancies, at most a page of them.
func (s store) statesOf(ctx context.Context, personID int64, vacancies []int64) (map[int64]State, error) {
	out := map[int64]State{}
	if len(vacancies) == 0 {
		return out, nil
	}
	type pair struct {
		id    int64
		state State
	}
	err := db.Each(ctx, s, func(p *pair) []any { return []any{&p.id, &p.state} }, func(p *pair) error { out[p.id] = p.state; return nil },
		`SELECT vacancy_id, state FROM jobs_application WHERE person_id = $1 AND vacancy_id IN (`+db.In(2, len(vacancies))+`) ORDER BY vacancy_id`,
		append([]any{personID}, db.Args(vacancies)...)...)
	return out, err
}
