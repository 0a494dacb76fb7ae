package jobs

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/employer"
)

func (s store) putDelivery(ctx context.Context, tx *db.Tx, d *Delivery, by int64) error {
	report, err := json.Marshal(d)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO jobs_delivery (delivery_id, source, mapping, file, area, by_id, by_name, at, report) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		d.ID, d.Source, d.Mapping, d.File, d.Area, by, d.By, d.At.UnixMilli(), string(report))
	return err
}

// deliveries lists what was delivered for areas within or around one, the newest first; before is the id of the last one shown, 0 at first.
func (s store) deliveries(ctx context.Context, area string, before int64, limit int) ([]Delivery, error) {
	type row struct {
		id, at     int64
		by, report string
	}
	if before == 0 {
		before = 1<<63 - 1
	}
	low, high := db.Under(area)
	rows, err := db.All(ctx, s.DB, func(r *row) []any { return []any{&r.id, &r.by, &r.at, &r.report} },
		`SELECT delivery_id, by_name, at, report FROM jobs_delivery WHERE area >= $1 AND area < $2 AND delivery_id < $3 ORDER BY delivery_id DESC LIMIT $4`, low, high, before, limit)
	if err != nil {
		return nil, err
	}
	list := make([]Delivery, len(rows))
	for i, r := range rows {
		if err := json.Unmarshal([]byte(r.report), &list[i]); err != nil {
			return nil, err
		}
		list[i].ID, list[i].By, list[i].At = r.id, r.by, time.UnixMilli(r.at)
	}
	return list, nil
}

// delivery reads one; found is false when there is none.
func (s store) delivery(ctx context.Context, id int64) (Delivery, bool, error) {
	type row struct {
		at         int64
		by, report string
	}
	r, found, err := db.One(ctx, s.DB, func(r *row) []any { return []any{&r.by, &r.at, &r.report} },
		`SELECT by_name, at, report FROM jobs_delivery WHERE delivery_id = $1 ORDER BY delivery_id`, id)
	if err != nil || !found {
		return Delivery{}, false, err
	}
	var d Delivery
	err = json.Unmarshal([]byte(r.report), &d)
	d.ID, d.By, d.At = id, r.by, time.UnixMilli(r.at)
	return d, true, err
}

func (s store) putFlaws(ctx context.Context, tx *db.Tx, delivery int64, list []*Flaw) error {
	rows := make([][]any, 0, len(list))
	for _, f := range list {
		cells, err := json.Marshal(f.cells)
		if err != nil {
			return err
		}
		rows = append(rows, []any{delivery, f.Row, f.Column, clipRunes(f.Value, 500), f.Why, f.Mend, string(cells)})
	}
	columns := []string{"delivery_id", "row_number", "field", "value", "why", "mend", "cells"}
	return tx.InsertNew(ctx, "jobs_delivery_flaw", columns, columns[:2], rows)
}

// eachFlaw goes through a delivery's refused rows.
func (s store) eachFlaw(ctx context.Context, delivery int64, limit int, yield func(f *Flaw) error) error {
	var cells string
	return db.Each(ctx, s.DB, func(f *Flaw) []any { return []any{&f.Row, &f.Column, &f.Value, &f.Why, &f.Mend, &cells} }, func(f *Flaw) error {
		if err := json.Unmarshal([]byte(cells), &f.cells); err != nil {
			return err
		}
		return yield(f)
	}, `SELECT row_number, field, value, why, mend, cells FROM jobs_delivery_flaw WHERE delivery_id = $1 ORDER BY row_number LIMIT $2`, delivery, limit)
}

// putHidden notes why vacancies are not shown.
func (s store) putHidden(ctx context.Context, tx *db.Tx, list []employer.Vacancy, why string, text map[int64]string, since time.Time, by string) error {
	rows := make([][]any, len(list))
	for i, v := range list {
		rows[i] = []any{v.EmployerID, v.ID, why, text[v.ID], db.On(since), by}
	}
	columns := []string{"employer_id", "vacancy_id", "why", "text", "since", "by_name"}
	if err := tx.Upsert(ctx, "jobs_hidden", columns, columns[:2], rows); err != nil {
		return err
	}
	return s.touch(ctx, tx, list)
}

// touch tells indexes and programs outside that what is shown of vacancies has changed.
func (s store) touch(ctx context.Context, tx *db.Tx, list []employer.Vacancy) error {
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	return (&employer.Store{DB: s.DB}).TouchVacancies(ctx, tx, ids)
}

// unhide forgets why vacancies were not shown.
func (s store) unhide(ctx context.Context, tx *db.Tx, list []employer.Vacancy) error {
	for part := range slices.Chunk(list, 500) {
		args := make([]any, 0, len(part))
		for _, v := range part {
			args = append(args, v.ID)
		}
		if _, err := tx.Exec(ctx, `DELETE FROM jobs_hidden WHERE vacancy_id IN (`+db.In(1, len(part))+`)`, args...); err != nil {
			return err
		}
	}
	return s.touch(ctx, tx, list)
}

// Hidden is why a vacancy is not shown.
type Hidden struct {
	EmployerID, VacancyID int64
	Why, Text             string
	Since                 db.Date
	By                    string
}

func (h *Hidden) fields() []any {
	return []any{&h.EmployerID, &h.VacancyID, &h.Why, &h.Text, &h.Since, &h.By}
}

// hiddenOf reads why vacancies of an employer are not shown: vacancy → reason.
func (s store) hiddenOf(ctx context.Context, employerID int64) (map[int64]Hidden, error) {
	list, err := db.All(ctx, s.DB, (*Hidden).fields, `SELECT employer_id, vacancy_id, why, text, since, by_name FROM jobs_hidden WHERE employer_id = $1 ORDER BY vacancy_id`, employerID)
	out := make(map[int64]Hidden, len(list))
	for _, h := range list {
		out[h.VacancyID] = h
	}
	return out, err
}

// hidden lists vacancies of an area's subtree that are not shown, behind the last one listed.
func (s store) hidden(ctx context.Context, area, why string, after int64, limit int) ([]Hidden, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.DB, (*Hidden).fields, `SELECT h.employer_id, h.vacancy_id, h.why, h.text, h.since, h.by_name FROM jobs_hidden h
		JOIN employer_vacancy v ON v.employer_id = h.employer_id AND v.vacancy_id = h.vacancy_id
		WHERE h.why = $1 AND v.area >= $2 AND v.area < $3 AND h.vacancy_id > $4 ORDER BY h.vacancy_id LIMIT $5`, why, low, high, after, limit)
}

// link moves what the room keeps about a unit known by name only to an employer of the register.
func (s store) link(ctx context.Context, tx *db.Tx, from, to int64) error {
	if _, err := tx.Exec(ctx, `UPDATE jobs_application SET employer_id = $2 WHERE employer_id = $1`, from, to); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE jobs_hidden SET employer_id = $2 WHERE employer_id = $1`, from, to)
	return err
}
