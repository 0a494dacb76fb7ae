package employer

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
)

// VacanciesFrom reads the vacancies that a source delivered under some keys: key → vacancy.
func (s *Store) VacanciesFrom(ctx context.Context, q db.Querier, source string, keys []string) (map[string]Vacancy, error) {
	out := make(map[string]Vacancy, len(keys))
	for part := range slices.Chunk(keys, 1000) {
		args := []any{source}
		for _, k := range part {
			args = append(args, k)
		}
		err := db.Each(ctx, q, (*Vacancy).fields, func(v *Vacancy) error { out[v.SourceKey] = *v; return nil }, `SELECT `+vacancyColumns+` FROM employer_vacancy
			WHERE source = $1 AND source_key IN (`+db.In(2, len(part))+`) ORDER BY source_key, vacancy_id`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// EachFrom goes through the open vacancies of an area's subtree that a source delivered.
func (s *Store) EachFrom(ctx context.Context, q db.Querier, source, area string, yield func(*Vacancy) error) error {
	low, high := db.Under(area)
	return db.Each(ctx, q, (*Vacancy).fields, yield, `SELECT `+vacancyColumns+` FROM employer_vacancy
		WHERE source = $1 AND state = 'open' AND area >= $2 AND area < $3 ORDER BY vacancy_id`, source, low, high)
}

// Confirm notes that vacancies are still open on a day: the employer, or the source that delivers them, has said so.
func (s *Store) Confirm(ctx context.Context, tx *db.Tx, ids []int64, on db.Date) error {
	for part := range slices.Chunk(ids, 1000) {
		args := []any{on}
		for _, id := range part {
			args = append(args, id)
		}
		if _, err := tx.Exec(ctx, `UPDATE employer_vacancy SET confirmed = $1 WHERE vacancy_id IN (`+db.In(2, len(part))+`)`, args...); err != nil {
			return err
		}
	}
	return nil
}

// EachUnconfirmed goes through the open vacancies of employers' own that nobody has said to be open since a day: posted on or before
// it, and confirmed on or before it or never. In the order of employers.
func (s *Store) EachUnconfirmed(ctx context.Context, on, since db.Date, yield func(*Vacancy) error) error {
	return db.Each(ctx, s.DB, (*Vacancy).fields, yield, `SELECT `+vacancyColumns+` FROM employer_vacancy
		WHERE state = 'open' AND posted <= $1 AND closes >= $2 AND coalesce(confirmed, posted) <= $3 ORDER BY employer_id, vacancy_id`, since, on, since)
}
