package fair

import (
	"context"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const boothColumns = `employer_id, fair_id, number, state, intro, contact, reason, at, version`

func (b *Booth) fields() []any {
	return []any{&b.EmployerID, &b.FairID, &b.Number, &b.State, &b.Intro, &b.Contact, &b.Reason, &b.At, &b.Version}
}

// boothsOf reads the booths of a fair with their vacancies, by number.
func boothsOf(ctx context.Context, q db.Querier, fairID int64) ([]Booth, error) {
	list, err := db.All(ctx, q, (*Booth).fields, `SELECT `+boothColumns+` FROM fair_booth WHERE fair_id = $1 ORDER BY CASE WHEN number = 0 THEN 1 ELSE 0 END, number, employer_id`, fairID)
	if err != nil {
		return nil, err
	}
	stands, err := db.All(ctx, q, func(s *Stand) []any { return []any{&s.EmployerID, &s.VacancyID} }, `SELECT employer_id, vacancy_id FROM fair_vacancy WHERE fair_id = $1 ORDER BY employer_id, vacancy_id`, fairID)
	of := map[int64][]int64{}
	for _, s := range stands {
		of[s.EmployerID] = append(of[s.EmployerID], s.VacancyID)
	}
	for i := range list {
		list[i].Vacancies = of[list[i].EmployerID]
	}
	return list, err
}

// boothOf reads one booth; found is false when the employer has not asked for one.
func boothOf(ctx context.Context, q db.Querier, employerID, fairID int64) (b Booth, found bool, err error) {
	if b, found, err = db.One(ctx, q, (*Booth).fields, `SELECT `+boothColumns+` FROM fair_booth WHERE employer_id = $1 AND fair_id = $2 ORDER BY fair_id`, employerID, fairID); err != nil || !found {
		return b, found, err
	}
	b.Vacancies, err = db.All(ctx, q, func(n *int64) []any { return []any{n} }, `SELECT vacancy_id FROM fair_vacancy WHERE employer_id = $1 AND fair_id = $2 ORDER BY vacancy_id`, employerID, fairID)
	return b, true, err
}

func (b *Booth) row() []any {
	return []any{b.EmployerID, b.FairID, b.Number, b.State, b.Intro, b.Contact, b.Reason, b.At, b.Version}
}

var boothNames = strings.Split(boothColumns, ", ")

// saveBooths writes booths as they are, and their vacancies, each with its openings.
func saveBooths(ctx context.Context, tx *db.Tx, list []Booth, openings map[int64]int) error {
	var rows, stands [][]any
	for i := range list {
		b := &list[i]
		rows = append(rows, b.row())
		if _, err := tx.Exec(ctx, `DELETE FROM fair_vacancy WHERE employer_id = $1 AND fair_id = $2`, b.EmployerID, b.FairID); err != nil {
			return err
		}
		for _, v := range b.Vacancies {
			stands = append(stands, []any{b.EmployerID, b.FairID, v, openings[v]})
		}
	}
	if err := tx.Upsert(ctx, "fair_booth", boothNames, boothNames[:2], rows); err != nil {
		return err
	}
	return tx.Upsert(ctx, "fair_vacancy", []string{"employer_id", "fair_id", "vacancy_id", "openings"}, []string{"employer_id", "fair_id", "vacancy_id"}, stands)
}

// setBooth writes state, number and reason. Faults: Conflict when somebody else was faster.
func setBooth(ctx context.Context, tx *db.Tx, b *Booth) error {
	n, err := tx.Exec(ctx, `UPDATE fair_booth SET number = $3, state = $4, reason = $5, version = version + 1 WHERE employer_id = $1 AND fair_id = $2 AND version = $6`,
		b.EmployerID, b.FairID, b.Number, b.State, b.Reason, b.Version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这个展位刚刚被修改过，请看过现在的样子再办")
	}
	return err
}

// takeNumber gives an employer a number of its own, and gives back the one it had. Faults: Conflict when another one has it.
func takeNumber(ctx context.Context, tx *db.Tx, fairID, employerID int64, number int) error {
	if _, err := tx.Exec(ctx, `DELETE FROM fair_number WHERE fair_id = $1 AND employer_id = $2`, fairID, employerID); err != nil || number == 0 {
		return err
	}
	added, err := tx.MergeNew(ctx, "fair_number", []string{"fair_id", "number", "employer_id"}, []string{"fair_id", "number"}, [][]any{{fairID, number, employerID}}, nil)
	if err == nil && added == 0 {
		err = fault.New(fault.Conflict, "%d 号展位已经有单位，请换一个号", number)
	}
	return err
}

// openingsOf are the openings that a fair's vacancies were brought with: vacancy → openings.
func openingsOf(ctx context.Context, q db.Querier, fairID int64) (map[int64]int, error) {
	out := map[int64]int{}
	return out, db.Each(ctx, q, func(p *[2]int64) []any { return []any{&p[0], &p[1]} }, func(p *[2]int64) error {
		out[p[0]] = int(p[1])
		return nil
	}, `SELECT vacancy_id, openings FROM fair_vacancy WHERE fair_id = $1 ORDER BY vacancy_id`, fairID)
}
