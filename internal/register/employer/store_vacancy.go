package employer

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const vacancyColumns = `employer_id, vacancy_id, title, occupation, openings, pay_low, pay_high, education, area, contract, posted, closes, benefits, state, version,
	code, body, experience, hours, pay_unit, pay_months, skills, friendly, contact, source, source_key, confirmed`

func (v *Vacancy) fields() []any {
	return []any{&v.EmployerID, &v.ID, &v.Title, &v.Occupation, &v.Openings, &v.PayLow, &v.PayHigh, &v.Education, &v.Area, &v.Contract,
		&v.Posted, &v.Closes, &v.Benefits, &v.State, &v.Version,
		&v.Code, &v.Body, &v.Experience, &v.Hours, &v.PayUnit, &v.PayMonths, &v.Skills, &v.Friendly, &v.Contact, &v.Source, &v.SourceKey, &v.Confirmed}
}

// Vacancy reads one vacancy. It is a fault of kind NotFound when there is none.
func (s *Store) Vacancy(ctx context.Context, id int64) (Vacancy, error) {
	v, found, err := db.One(ctx, s.DB, (*Vacancy).fields, `SELECT `+vacancyColumns+` FROM employer_vacancy WHERE vacancy_id = $1 ORDER BY vacancy_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这个岗位，可能已经撤下")
	}
	return v, err
}

// VacanciesOf lists an employer's vacancies, newest first.
func (s *Store) VacanciesOf(ctx context.Context, employerID int64) ([]Vacancy, error) {
	return db.All(ctx, s.DB, (*Vacancy).fields, `SELECT `+vacancyColumns+` FROM employer_vacancy WHERE employer_id = $1 ORDER BY posted DESC, vacancy_id DESC`, employerID)
}

// EachOpen goes through the vacancies of an area's subtree that are open on a day, in the order of ids.
func (s *Store) EachOpen(ctx context.Context, area string, on db.Date, yield func(*Vacancy) error) error {
	low, high := db.Under(area)
	return db.Each(ctx, s.DB, (*Vacancy).fields, yield, `SELECT `+vacancyColumns+` FROM employer_vacancy
		WHERE state = 'open' AND area >= $1 AND area < $2 AND posted <= $3 AND closes >= $4 ORDER BY vacancy_id`, low, high, on, on)
}

// CountOpen is the number of openings and of vacancies open on a day in an area's subtree.
func (s *Store) CountOpen(ctx context.Context, area string, on db.Date) (vacancies, openings int64, err error) {
	type pair struct{ n, sum int64 }
	low, high := db.Under(area)
	p, _, err := db.One(ctx, s.DB, func(p *pair) []any { return []any{&p.n, &p.sum} }, `SELECT count(*), coalesce(sum(openings), 0) FROM employer_vacancy
		WHERE state = 'open' AND area >= $1 AND area < $2 AND posted <= $3 AND closes >= $4`, low, high, on, on)
	return p.n, p.sum, err
}

// Vacancies reads many vacancies at once, in the order of their ids; ids that no vacancy has are left out.
func (s *Store) Vacancies(ctx context.Context, q db.Querier, ids []int64) ([]Vacancy, error) {
	var out []Vacancy
	for part := range slices.Chunk(ids, 1000) {
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		list, err := db.All(ctx, q, (*Vacancy).fields, `SELECT `+vacancyColumns+` FROM employer_vacancy WHERE vacancy_id IN (`+db.In(1, len(part))+`) ORDER BY vacancy_id`, args...)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// SaveVacancies writes vacancies, each with its id already given; those that differ from what is there are overwritten
// and their version raised.
func (s *Store) SaveVacancies(ctx context.Context, tx *db.Tx, list []Vacancy) error {
	rows := make([][]any, len(list))
	for i, v := range list {
		rows[i] = []any{v.EmployerID, v.ID, v.Title, v.Occupation, v.Openings, v.PayLow, v.PayHigh, v.Education, v.Area, v.Contract,
			v.Posted, v.Closes, v.Benefits, v.State, v.Version + 1,
			v.Code, v.Body, v.Experience, v.Hours, v.PayUnit, v.PayMonths, v.Skills, v.Friendly, v.Contact, v.Source, v.SourceKey, v.Confirmed}
	}
	changed, err := tx.Merge(ctx, "employer_vacancy", []string{"employer_id", "vacancy_id", "title", "occupation", "openings", "pay_low", "pay_high", "education", "area",
		"contract", "posted", "closes", "benefits", "state", "version",
		"code", "body", "experience", "hours", "pay_unit", "pay_months", "skills", "friendly", "contact", "source", "source_key", "confirmed"}, []string{"employer_id", "vacancy_id"}, rows, db.TakeNew, "version")
	if err != nil || changed == 0 {
		return err
	}
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	return vacancyChanges.Touch(ctx, tx, ChangeVacancy, ids)
}
