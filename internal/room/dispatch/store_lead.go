package dispatch

import (
	"context"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const leadColumns = `lead_id, area, project, owner, credit_code, department, invest, starts, contact, people, state, day, due, outcome, employer_id, assignment_id, given_by, by_name, version`

type storedLead struct {
	Lead
	sealed []byte
}

func (s *storedLead) fields() []any {
	return []any{&s.ID, &s.Area, &s.Project, &s.Owner, &s.CreditCode, &s.Department, &s.Invest, &s.Starts, &s.sealed, &s.People, &s.State, &s.Day, &s.Due, &s.Outcome, &s.EmployerID, &s.AssignmentID, &s.GivenBy, &s.By, &s.Version}
}

const forecastColumns = `lead_id, forecast_id, occupation, quarter, people, vacancy_id`

func (f *Forecast) fields() []any {
	return []any{&f.LeadID, &f.ID, &f.Occupation, &f.Quarter, &f.People, &f.VacancyID}
}

// leadIDs finds the leads that projects lead to: key → lead.
func leadIDs(ctx context.Context, q db.Querier, keys []string) (map[string]int64, error) {
	type row struct {
		key string
		id  int64
	}
	out := map[string]int64{}
	for len(keys) > 0 {
		part := keys[:min(len(keys), 500)]
		keys = keys[len(part):]
		args := make([]any, len(part))
		for i, k := range part {
			args[i] = k
		}
		if err := db.Each(ctx, q, func(r *row) []any { return []any{&r.key, &r.id} }, func(r *row) error { out[r.key] = r.id; return nil },
			`SELECT name_key, lead_id FROM dispatch_lead_key WHERE name_key IN (`+db.In(1, len(part))+`) ORDER BY name_key`, args...); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// insertLeads writes new leads with their forecasts.
func (r *Room) insertLeads(ctx context.Context, tx *db.Tx, list []*Lead) error {
	var rows, keys [][]any
	for _, l := range list {
		contact, err := r.sealContact(l.Contact)
		if err != nil {
			return err
		}
		rows = append(rows, []any{l.ID, l.Area, l.Project, l.Owner, l.CreditCode, l.Department, l.Invest, l.Starts, contact, l.People, l.State, l.Day, l.Due, l.Outcome, l.EmployerID, l.AssignmentID, l.GivenBy, l.By, int64(1)})
		keys = append(keys, []any{l.key(), l.ID})
	}
	if err := tx.Copy(ctx, "dispatch_lead", strings.Split(leadColumns, ", "), rows); err != nil {
		return err
	}
	if err := tx.Copy(ctx, "dispatch_lead_key", []string{"name_key", "lead_id"}, keys); err != nil {
		return err
	}
	return putForecasts(ctx, tx, list)
}

func putForecasts(ctx context.Context, tx *db.Tx, list []*Lead) error {
	var rows [][]any
	for _, l := range list {
		for i := range l.Forecasts {
			f := &l.Forecasts[i]
			rows = append(rows, []any{l.ID, int64(i + 1), f.Occupation, f.Quarter, f.People, f.VacancyID})
		}
	}
	return tx.Copy(ctx, "dispatch_forecast", strings.Split(forecastColumns, ", "), rows)
}

// renewLead replaces what a later list says of a project that has not been settled. It reports whether it did.
func (r *Room) renewLead(ctx context.Context, tx *db.Tx, l *Lead) (bool, error) {
	contact, err := r.sealContact(l.Contact)
	if err != nil {
		return false, err
	}
	n, err := tx.Exec(ctx, `UPDATE dispatch_lead SET owner = $2, credit_code = $3, invest = $4, starts = $5, contact = $6, people = $7, version = version + 1 WHERE lead_id = $1 AND state IN ('new', 'contacted')`,
		l.ID, l.Owner, l.CreditCode, l.Invest, l.Starts, contact, l.People)
	if err != nil || n == 0 {
		return false, err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM dispatch_forecast WHERE lead_id = $1`, l.ID); err != nil {
		return false, err
	}
	return true, putForecasts(ctx, tx, []*Lead{l})
}

// saveLead writes where a lead stands. Faults: Conflict.
func saveLead(ctx context.Context, tx *db.Tx, l *Lead) error {
	n, err := tx.Exec(ctx, `UPDATE dispatch_lead SET state = $2, outcome = $3, employer_id = $4, version = version + 1 WHERE lead_id = $1 AND version = $5`, l.ID, l.State, l.Outcome, l.EmployerID, l.Version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这条项目线索刚刚被修改过，请看过现在的样子再办")
	}
	return err
}

func setForecast(ctx context.Context, tx *db.Tx, f *Forecast) error {
	_, err := tx.Exec(ctx, `UPDATE dispatch_forecast SET vacancy_id = $3 WHERE lead_id = $1 AND forecast_id = $2`, f.LeadID, f.ID, f.VacancyID)
	return err
}

func (r *Room) leadByID(ctx context.Context, q db.Querier, id int64) (Lead, error) {
	s, found, err := db.One(ctx, q, (*storedLead).fields, `SELECT `+leadColumns+` FROM dispatch_lead WHERE lead_id = $1 ORDER BY lead_id`, id)
	if err != nil {
		return Lead{}, err
	}
	if !found {
		return Lead{}, fault.New(fault.NotFound, "没有这条项目线索")
	}
	if s.Contact, err = r.openContact(s.sealed); err != nil {
		return Lead{}, err
	}
	s.Forecasts, err = db.All(ctx, q, (*Forecast).fields, `SELECT `+forecastColumns+` FROM dispatch_forecast WHERE lead_id = $1 ORDER BY forecast_id`, id)
	return s.Lead, err
}

// leads lists an area's leads in a state ("": those not settled), the most urgent first, behind (due, id). Contacts stay sealed.
func leads(ctx context.Context, q db.Querier, area, state string, after db.Date, afterID int64, limit int) ([]Lead, error) {
	low, high := db.Under(area)
	var list []Lead
	err := db.Each(ctx, q, (*storedLead).fields, func(s *storedLead) error { list = append(list, s.Lead); return nil }, `SELECT `+leadColumns+` FROM dispatch_lead
		WHERE area >= $1 AND area < $2 AND (state = $3 OR ($4 = '' AND state IN ('new', 'contacted'))) AND (due, lead_id) > ($5, $6) ORDER BY due, lead_id LIMIT $7`, low, high, state, state, after, afterID, limit)
	return list, err
}

// leadSum is how many leads stand in a state, and the labour of them.
type leadSum struct {
	State           string
	N, People, Late int64
}

func sumLeads(ctx context.Context, q db.Querier, area string, today db.Date) ([]leadSum, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(s *leadSum) []any { return []any{&s.State, &s.N, &s.People, &s.Late} },
		`SELECT state, count(*), sum(people), sum(CASE WHEN due < $3 THEN 1 ELSE 0 END) FROM dispatch_lead WHERE area >= $1 AND area < $2 GROUP BY state ORDER BY state`, low, high, today)
}

// quarterSum is what labour unsettled and made leads need in a quarter.
type quarterSum struct {
	Quarter string
	People  int64
}

func sumQuarters(ctx context.Context, q db.Querier, area string) ([]quarterSum, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(s *quarterSum) []any { return []any{&s.Quarter, &s.People} },
		`SELECT f.quarter, sum(f.people) FROM dispatch_forecast f JOIN dispatch_lead l ON l.lead_id = f.lead_id WHERE l.area >= $1 AND l.area < $2 AND l.state <> 'none' GROUP BY f.quarter ORDER BY f.quarter`, low, high)
}
