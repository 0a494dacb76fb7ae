package dispatch

import (
	"context"
	"encoding/json"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const reportColumns = `employer_id, month, state, staff, openings, told, ahead1, ahead2, ahead3, reasons, train, trade, note, returned, due, first_on, by_name, at, version`

type storedReport struct {
	Report
	reasons string
}

func (s *storedReport) fields() []any {
	return []any{&s.EmployerID, &s.Month, &s.State, &s.Staff, &s.Openings, &s.Told, &s.Ahead[0], &s.Ahead[1], &s.Ahead[2], &s.reasons, &s.Train, &s.Trade, &s.Note, &s.Returned, &s.Due, &s.FirstOn, &s.By, &s.At, &s.Version}
}

const gapColumns = `employer_id, month, gap_id, occupation, openings, pay_low, pay_high, told, vacancy_id`

func (g *Gap) fields() []any {
	return []any{&g.EmployerID, &g.Month, &g.ID, &g.Occupation, &g.Openings, &g.PayLow, &g.PayHigh, &g.Told, &g.VacancyID}
}

// reportOf reads a unit's report of a month with its lines.
func reportOf(ctx context.Context, q db.Querier, employerID int64, month int) (Report, bool, error) {
	s, found, err := db.One(ctx, q, (*storedReport).fields, `SELECT `+reportColumns+` FROM dispatch_report WHERE employer_id = $1 AND month = $2 ORDER BY month`, employerID, month)
	if err != nil || !found {
		return Report{}, false, err
	}
	s.Reasons = strings.Fields(s.reasons)
	s.Gaps, err = db.All(ctx, q, (*Gap).fields, `SELECT `+gapColumns+` FROM dispatch_gap WHERE employer_id = $1 AND month = $2 ORDER BY gap_id`, employerID, month)
	return s.Report, true, err
}

// lockReport lets one transaction at a time act about a report's gap.
func lockReport(ctx context.Context, tx *db.Tx, employerID int64, month int) error {
	_, err := tx.Exec(ctx, `UPDATE dispatch_report SET version = version WHERE employer_id = $1 AND month = $2`, employerID, month)
	return err
}

// reportsOf lists a unit's reports without their lines, the latest first.
func reportsOf(ctx context.Context, q db.Querier, employerID int64, limit int) ([]Report, error) {
	return plainReports(db.All(ctx, q, (*storedReport).fields, `SELECT `+reportColumns+` FROM dispatch_report WHERE employer_id = $1 ORDER BY month DESC LIMIT $2`, employerID, limit))
}

func plainReports(rows []storedReport, err error) ([]Report, error) {
	list := make([]Report, len(rows))
	for i := range rows {
		list[i] = rows[i].Report
		list[i].Reasons = strings.Fields(rows[i].reasons)
	}
	return list, err
}

// saveReport writes a report with its lines and keeps the version. old is the version that was read, 0 for none. Faults: Conflict.
func saveReport(ctx context.Context, tx *db.Tx, p *Report, old int64) error {
	p.Version = old + 1
	reasons := strings.Join(p.Reasons, " ")
	args := []any{p.EmployerID, p.Month, p.State, p.Staff, p.Openings, p.Told, p.Ahead[0], p.Ahead[1], p.Ahead[2], reasons, p.Train, p.Trade, p.Note, p.Returned, p.Due, p.FirstOn, p.By, p.At, p.Version}
	var n int64
	var err error
	if old == 0 {
		n, err = tx.Exec(ctx, `INSERT INTO dispatch_report (`+reportColumns+`) VALUES (`+db.In(1, 19)+`) ON CONFLICT (employer_id, month) DO NOTHING`, args...)
	} else {
		n, err = tx.Exec(ctx, `UPDATE dispatch_report SET state = $3, staff = $4, openings = $5, told = $6, ahead1 = $7, ahead2 = $8, ahead3 = $9, reasons = $10, train = $11, trade = $12, note = $13, returned = $14,
			due = $15, first_on = $16, by_name = $17, at = $18, version = $19 WHERE employer_id = $1 AND month = $2 AND version = $20`, append(args, old)...)
	}
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "这份月报刚刚被修改过，您的修改没有保存。请打开最新的内容核对后再填")
	}
	if _, err := tx.Exec(ctx, `DELETE FROM dispatch_gap WHERE employer_id = $1 AND month = $2`, p.EmployerID, p.Month); err != nil {
		return err
	}
	rows := make([][]any, len(p.Gaps))
	for i := range p.Gaps {
		g := &p.Gaps[i]
		rows[i] = []any{g.EmployerID, g.Month, g.ID, g.Occupation, g.Openings, g.PayLow, g.PayHigh, g.Told, g.VacancyID}
	}
	if err := tx.Copy(ctx, "dispatch_gap", strings.Split(gapColumns, ", "), rows); err != nil {
		return err
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO dispatch_version (employer_id, month, version, body, by_name, at) VALUES (`+db.In(1, 6)+`)`, p.EmployerID, p.Month, p.Version, string(body), p.By, p.At)
	return err
}

// setState moves a report on without a new version of what it says. Faults: Conflict.
func setState(ctx context.Context, tx *db.Tx, p *Report, old int64) error {
	n, err := tx.Exec(ctx, `UPDATE dispatch_report SET state = $3, returned = $4, due = $5, version = version + 1 WHERE employer_id = $1 AND month = $2 AND version = $6`, p.EmployerID, p.Month, p.State, p.Returned, p.Due, old)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这份月报刚刚被修改过，请看过现在的样子再办")
	}
	return err
}

func setVacancy(ctx context.Context, tx *db.Tx, g *Gap) error {
	_, err := tx.Exec(ctx, `UPDATE dispatch_gap SET vacancy_id = $4 WHERE employer_id = $1 AND month = $2 AND gap_id = $3`, g.EmployerID, g.Month, g.ID, g.VacancyID)
	return err
}

// versionsOf lists a report's versions, the latest first.
func versionsOf(ctx context.Context, q db.Querier, employerID int64, month int) ([]Report, error) {
	var list []Report
	err := db.Each(ctx, q, func(s *string) []any { return []any{s} }, func(s *string) error {
		var p Report
		err := json.Unmarshal([]byte(*s), &p)
		list = append(list, p)
		return err
	}, `SELECT body FROM dispatch_version WHERE employer_id = $1 AND month = $2 ORDER BY version DESC LIMIT 20`, employerID, month)
	return list, err
}

// line is a unit's report in a span of months, as the board adds them up.
type line struct {
	EmployerID                   int64
	Month                        int
	State                        string
	Staff, Openings, Told, Train int64
	Ahead                        int64
	FirstOn                      db.Date
}

// lines lists the reports of an area's units for a span of months, both included. Units that were taken off stay in.
func lines(ctx context.Context, q db.Querier, area string, from, to int) ([]line, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(l *line) []any {
		return []any{&l.EmployerID, &l.Month, &l.State, &l.Staff, &l.Openings, &l.Told, &l.Train, &l.Ahead, &l.FirstOn}
	}, `SELECT r.employer_id, r.month, r.state, r.staff, r.openings, r.told, r.train, r.ahead1 + r.ahead2 + r.ahead3, r.first_on FROM dispatch_report r JOIN dispatch_unit u ON u.employer_id = r.employer_id
		WHERE u.area >= $1 AND u.area < $2 AND r.month >= $3 AND r.month <= $4 ORDER BY r.month, r.employer_id`, low, high, from, to)
}

// gapsIn lists the lines of an area's reports of a month.
func gapsIn(ctx context.Context, q db.Querier, area string, month int) ([]Gap, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, (*Gap).fields, `SELECT g.employer_id, g.month, g.gap_id, g.occupation, g.openings, g.pay_low, g.pay_high, g.told, g.vacancy_id FROM dispatch_gap g
		JOIN dispatch_unit u ON u.employer_id = g.employer_id WHERE u.area >= $1 AND u.area < $2 AND g.month = $3 ORDER BY g.employer_id, g.gap_id`, low, high, month)
}

// reportedIn says which of some units have handed in a month's report.
func reportedIn(ctx context.Context, q db.Querier, ids []int64, month int) (map[int64]bool, error) {
	args := []any{month}
	for _, id := range ids {
		args = append(args, id)
	}
	out := map[int64]bool{}
	err := db.Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = true; return nil },
		`SELECT employer_id FROM dispatch_report WHERE month = $1 AND employer_id IN (`+db.In(2, len(ids))+`) ORDER BY employer_id`, args...)
	return out, err
}
