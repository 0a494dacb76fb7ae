package employer

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/feed"
)

// vacancyChanges is the change feed of vacancies: indexes and programs outside follow it.
var vacancyChanges = feed.Log{Table: "employer_vacancy_change", IDs: "vacancies"}

// ChangeVacancy says that a vacancy, or what is shown of it, was written; ChangeRemoved is its other word.
const ChangeVacancy = "vacancy"

// TouchVacancies notes that what is shown of vacancies has changed though their rows have not: they were hidden, or filled.
func (s *Store) TouchVacancies(ctx context.Context, tx *db.Tx, ids []int64) error {
	return vacancyChanges.Touch(ctx, tx, ChangeVacancy, ids)
}

// VacancyChanges reads the feed of vacancies behind a mark, oldest change first: at most limit vacancies, each once.
func (s *Store) VacancyChanges(ctx context.Context, after feed.Mark, limit int) (list []feed.Change, next feed.Mark, more bool, err error) {
	return vacancyChanges.Read(ctx, s.DB, after, limit)
}

// VacancyEnd is behind everything in the feed of vacancies that cannot grow any more.
func (s *Store) VacancyEnd(ctx context.Context) (feed.Mark, error) {
	return vacancyChanges.End(ctx, s.DB)
}

// EachPosted goes through the open vacancies that are shown from some day on, both days included, in the order of ids.
func (s *Store) EachPosted(ctx context.Context, from, to db.Date, yield func(*Vacancy) error) error {
	return db.Each(ctx, s.DB, (*Vacancy).fields, yield, `SELECT `+vacancyColumns+` FROM employer_vacancy
		WHERE state = 'open' AND posted >= $1 AND posted <= $2 AND closes >= $3 ORDER BY vacancy_id`, from, to, to)
}
