package assess

import (
	"context"

	"jiuye/internal/ground/db"
)

func (l *Line) fields() []any {
	return []any{&l.CaseID, &l.ID, &l.Occupation, &l.Education, &l.Place, &l.People, &l.Temporary, &l.Months, &l.Insured, &l.PayFen}
}

func insertLine(ctx context.Context, tx *db.Tx, l *Line) error {
	_, err := tx.Exec(ctx, `INSERT INTO assess_line (case_id, line_id, occupation, education, place, people, temporary, months, insured, pay) VALUES (`+db.In(1, 10)+`)`,
		l.CaseID, l.ID, l.Occupation, l.Education, l.Place, l.People, l.Temporary, l.Months, l.Insured, l.PayFen)
	return err
}

// linesOf lists those that ask for the most schooling first.
func linesOf(ctx context.Context, q db.Querier, id int64) ([]Line, error) {
	return db.All(ctx, q, (*Line).fields, `SELECT case_id, line_id, occupation, education, place, people, temporary, months, insured, pay FROM assess_line WHERE case_id = $1
		ORDER BY CASE WHEN education = 0 THEN 99 ELSE education END, line_id`, id)
}

func (o *Opinion) fields() []any {
	return []any{&o.CaseID, &o.ID, &o.Department, &o.Stance, &o.Text, &o.Document, &o.ByID, &o.ByName, &o.At}
}

func insertOpinion(ctx context.Context, tx *db.Tx, o *Opinion) error {
	_, err := tx.Exec(ctx, `INSERT INTO assess_opinion (case_id, opinion_id, department, stance, body, document, by_id, by_name, at) VALUES (`+db.In(1, 9)+`)`,
		o.CaseID, o.ID, o.Department, o.Stance, o.Text, o.Document, o.ByID, o.ByName, o.At)
	return err
}

// redateOpinions lets all opinions on a case have come at one time; only the demonstration does that.
func redateOpinions(ctx context.Context, tx *db.Tx, id, at int64) error {
	_, err := tx.Exec(ctx, `UPDATE assess_opinion SET at = $2 WHERE case_id = $1`, id, at)
	return err
}

func opinionsOf(ctx context.Context, q db.Querier, id int64) ([]Opinion, error) {
	return db.All(ctx, q, (*Opinion).fields, `SELECT case_id, opinion_id, department, stance, body, document, by_id, by_name, at FROM assess_opinion WHERE case_id = $1 ORDER BY opinion_id`, id)
}

func (m *Measure) fields() []any {
	return []any{&m.CaseID, &m.ID, &m.Dimension, &m.Text, &m.Unit, &m.To, &m.WorkDays, &m.TaskID, &m.DoneOn, &m.Outcome}
}

const measureColumns = `case_id, measure_id, dimension, body, unit, to_area, work_days, task_id, done_on, outcome`

func insertMeasure(ctx context.Context, tx *db.Tx, m *Measure) error {
	_, err := tx.Exec(ctx, `INSERT INTO assess_measure (`+measureColumns+`) VALUES (`+db.In(1, 10)+`)`,
		m.CaseID, m.ID, m.Dimension, m.Text, m.Unit, m.To, m.WorkDays, m.TaskID, m.DoneOn, m.Outcome)
	return err
}

func measuresOf(ctx context.Context, q db.Querier, id int64) ([]Measure, error) {
	return db.All(ctx, q, (*Measure).fields, `SELECT `+measureColumns+` FROM assess_measure WHERE case_id = $1 ORDER BY measure_id`, id)
}

func setTask(ctx context.Context, tx *db.Tx, m *Measure) error {
	_, err := tx.Exec(ctx, `UPDATE assess_measure SET task_id = $3 WHERE case_id = $1 AND measure_id = $2`, m.CaseID, m.ID, m.TaskID)
	return err
}

// doneMeasure keeps the accepted answer of a task.
func doneMeasure(ctx context.Context, tx *db.Tx, caseID, taskID int64, on db.Date, outcome string) error {
	_, err := tx.Exec(ctx, `UPDATE assess_measure SET done_on = $3, outcome = $4 WHERE case_id = $1 AND task_id = $2`, caseID, taskID, on, outcome)
	return err
}

// dropPart takes a line or a measure out of a draft.
func dropPart(ctx context.Context, tx *db.Tx, part string, caseID, id int64) (int64, error) {
	if part == "measure" {
		return tx.Exec(ctx, `DELETE FROM assess_measure WHERE case_id = $1 AND measure_id = $2`, caseID, id)
	}
	return tx.Exec(ctx, `DELETE FROM assess_line WHERE case_id = $1 AND line_id = $2`, caseID, id)
}

// setPolicies says which policies stand behind a case.
func setPolicies(ctx context.Context, tx *db.Tx, id int64, policies []string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM assess_policy WHERE case_id = $1`, id); err != nil {
		return err
	}
	for _, p := range policies { // a handful, chosen by hand
		if _, err := tx.Exec(ctx, `INSERT INTO assess_policy (case_id, policy_id) VALUES ($1, $2) ON CONFLICT (case_id, policy_id) DO NOTHING`, id, p); err != nil {
			return err
		}
	}
	return nil
}

type policyOf struct {
	CaseID int64
	Policy string
}

// policiesOf reads the policies behind cases, many at once.
func policiesOf(ctx context.Context, q db.Querier, ids []int64) (map[int64][]string, error) {
	out := map[int64][]string{}
	if len(ids) == 0 {
		return out, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	rows, err := db.All(ctx, q, func(p *policyOf) []any { return []any{&p.CaseID, &p.Policy} }, `SELECT case_id, policy_id FROM assess_policy WHERE case_id IN (`+db.In(1, len(ids))+`)
		ORDER BY case_id, policy_id`, args...)
	for _, p := range rows {
		out[p.CaseID] = append(out[p.CaseID], p.Policy)
	}
	return out, err
}

func (f *FollowUp) fields() []any {
	return []any{&f.CaseID, &f.Months, &f.On, &f.Estimate, &f.Low, &f.High, &f.Actual, &f.Counted, &f.Source, &f.ByName, &f.At}
}

// insertFollowUp writes it once: an error that was found is kept.
func insertFollowUp(ctx context.Context, tx *db.Tx, f *FollowUp) (int64, error) {
	return tx.Exec(ctx, `INSERT INTO assess_followup (case_id, months, on_day, estimate, low, high, actual, counted, source, by_name, at) VALUES (`+db.In(1, 11)+`)
		ON CONFLICT (case_id, months) DO NOTHING`, f.CaseID, f.Months, f.On, f.Estimate, f.Low, f.High, f.Actual, f.Counted, f.Source, f.ByName, f.At)
}

// followUps reads those of many cases, by case and month.
func followUps(ctx context.Context, q db.Querier, ids []int64) ([]FollowUp, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return db.All(ctx, q, (*FollowUp).fields, `SELECT case_id, months, on_day, estimate, low, high, actual, counted, source, by_name, at FROM assess_followup
		WHERE case_id IN (`+db.In(1, len(ids))+`) ORDER BY case_id, months`, args...)
}

func (s *Setting) fields() []any {
	return []any{&s.ID, &s.Code, &s.From, &s.Area, &s.Key, &s.Value, &s.Source, &s.By, &s.Approver, &s.At}
}

const settingColumns = `setting_id, code, from_day, area, key, value, source, by_name, approver, at`

func insertSetting(ctx context.Context, tx *db.Tx, s *Setting) error {
	_, err := tx.Exec(ctx, `INSERT INTO assess_parameter (`+settingColumns+`) VALUES (`+db.In(1, 10)+`)`,
		s.ID, s.Code, s.From, s.Area, s.Key, s.Value, s.Source, s.By, s.Approver, s.At)
	return err
}

// settings reads all values of all parameters, a few hundred at most.
func settings(ctx context.Context, q db.Querier) ([]Setting, error) {
	return db.All(ctx, q, (*Setting).fields, `SELECT `+settingColumns+` FROM assess_parameter ORDER BY code, from_day DESC, setting_id DESC`)
}
