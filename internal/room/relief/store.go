package relief

import (
	"context"
	"embed"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "relief", FS: schemaFiles}

const projectColumns = `project_id, area, owner, employer_id, title, investment, pay, people, local_n, starts, ends, pay_day, state, done, spent, by_name, version`

func (p *Project) fields() []any {
	return []any{&p.ID, &p.Area, &p.Owner, &p.EmployerID, &p.Title, &p.Investment, &p.Pay, &p.People, &p.Local, &p.Starts, &p.Ends, &p.PayDay, &p.State, &p.Percent, &p.Spent, &p.By, &p.Version}
}

func insertProject(ctx context.Context, tx *db.Tx, p *Project) error {
	_, err := tx.Exec(ctx, `INSERT INTO relief_project (`+projectColumns+`) VALUES (`+db.In(1, 17)+`)`, p.ID, p.Area, p.Owner, p.EmployerID, p.Title, p.Investment, p.Pay, p.People, p.Local, p.Starts, p.Ends, p.PayDay, p.State, p.Percent, p.Spent, p.By, p.Version)
	return err
}

// updateProject writes where a project stands. Faults: Conflict when somebody else was faster.
func updateProject(ctx context.Context, tx *db.Tx, p *Project, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE relief_project SET state = $2, done = $3, spent = $4, version = version + 1 WHERE project_id = $1 AND version = $5`, p.ID, p.State, p.Percent, p.Spent, version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这个项目刚刚有了变化，请看过现在的样子再办")
	}
	return err
}

func projectByID(ctx context.Context, q db.Querier, id int64) (Project, error) {
	p, found, err := db.One(ctx, q, (*Project).fields, `SELECT `+projectColumns+` FROM relief_project WHERE project_id = $1 ORDER BY project_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这个项目")
	}
	return p, err
}

// projects lists an area's subtree in a state ("": any) behind an id.
func projects(ctx context.Context, q db.Querier, area, state string, after int64, limit int) ([]Project, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, (*Project).fields, `SELECT `+projectColumns+` FROM relief_project WHERE area >= $1 AND area < $2 AND ($3 = '' OR state = $3) AND project_id > $4 ORDER BY project_id LIMIT $5`, low, high, state, after, limit)
}

// Step is one thing told of a project.
type Step struct {
	On       db.Date
	Text, By string
}

func addStep(ctx context.Context, tx *db.Tx, project, id int64, s Step) error {
	_, err := tx.Exec(ctx, `INSERT INTO relief_step (project_id, step_id, day, text, by_name) VALUES (`+db.In(1, 5)+`)`, project, id, s.On, s.Text, s.By)
	return err
}

func steps(ctx context.Context, q db.Querier, project int64, limit int) ([]Step, error) {
	return db.All(ctx, q, func(s *Step) []any { return []any{&s.On, &s.Text, &s.By} }, `SELECT day, text, by_name FROM relief_step WHERE project_id = $1 ORDER BY step_id DESC LIMIT $2`, project, limit)
}

type storedWorker struct {
	Worker
	local int64
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func saveWorker(ctx context.Context, tx *db.Tx, w *Worker) error {
	return tx.Upsert(ctx, "relief_worker", []string{"person_id", "project_id", "job", "since", "until_day", "is_local", "by_name"}, []string{"person_id", "project_id"},
		[][]any{{w.PersonID, w.ProjectID, w.Job, w.Since, w.Until, bit(w.Local), w.By}})
}

// workersOf are those of projects: project → workers.
func workersOf(ctx context.Context, q db.Querier, list []Project) (map[int64][]Worker, error) {
	out := map[int64][]Worker{}
	in, args := idsOf(list)
	if len(args) == 0 {
		return out, nil
	}
	return out, db.Each(ctx, q, func(w *storedWorker) []any {
		return []any{&w.PersonID, &w.ProjectID, &w.Job, &w.Since, &w.Until, &w.local, &w.By}
	}, func(w *storedWorker) error {
		w.Local = w.local == 1
		out[w.ProjectID] = append(out[w.ProjectID], w.Worker)
		return nil
	}, `SELECT person_id, project_id, job, since, until_day, is_local, by_name FROM relief_worker WHERE project_id IN (`+in+`) ORDER BY project_id, person_id`, args...)
}

// sums are a project's roster and what has been paid.
type sums struct{ workers, local, paid int64 }

// sumsOf adds projects up: project → sums.
func sumsOf(ctx context.Context, q db.Querier, list []Project) (map[int64]sums, error) {
	out := map[int64]sums{}
	in, args := idsOf(list)
	if len(args) == 0 {
		return out, nil
	}
	type line struct{ id, a, b int64 }
	two := func(l *line) []any { return []any{&l.id, &l.a, &l.b} }
	if err := db.Each(ctx, q, two, func(l *line) error { out[l.id] = sums{workers: l.a, local: l.b}; return nil },
		`SELECT project_id, count(*), sum(is_local) FROM relief_worker WHERE project_id IN (`+in+`) GROUP BY project_id ORDER BY project_id`, args...); err != nil {
		return nil, err
	}
	return out, db.Each(ctx, q, two, func(l *line) error {
		s := out[l.id]
		s.paid = l.a
		out[l.id] = s
		return nil
	}, `SELECT project_id, sum(paid), 0 FROM relief_pay WHERE project_id IN (`+in+`) GROUP BY project_id ORDER BY project_id`, args...)
}

func idsOf(list []Project) (string, []any) {
	args := make([]any, len(list))
	for i := range list {
		args[i] = list[i].ID
	}
	return db.In(1, len(args)), args
}

func (p *Pay) fields() []any {
	return []any{&p.PersonID, &p.ProjectID, &p.Month, &p.Due, &p.Paid, &p.On}
}

// paysOf are the wages of projects: project → wages.
func paysOf(ctx context.Context, q db.Querier, list []Project) (map[int64][]Pay, error) {
	out := map[int64][]Pay{}
	in, args := idsOf(list)
	if len(args) == 0 {
		return out, nil
	}
	return out, db.Each(ctx, q, (*Pay).fields, func(p *Pay) error { out[p.ProjectID] = append(out[p.ProjectID], *p); return nil },
		`SELECT person_id, project_id, month, due, paid, paid_on FROM relief_pay WHERE project_id IN (`+in+`) ORDER BY project_id, month, person_id`, args...)
}

func savePays(ctx context.Context, tx *db.Tx, list []Pay) error {
	rows := make([][]any, len(list))
	for i, p := range list {
		rows[i] = []any{p.PersonID, p.ProjectID, p.Month, p.Due, p.Paid, p.On}
	}
	return tx.Upsert(ctx, "relief_pay", []string{"person_id", "project_id", "month", "due", "paid", "paid_on"}, []string{"person_id", "project_id", "month"}, rows)
}

// earned are somebody's wages at all projects, the latest first.
func earned(ctx context.Context, q db.Querier, personID int64, limit int) ([]Pay, error) {
	return db.All(ctx, q, (*Pay).fields, `SELECT person_id, project_id, month, due, paid, paid_on FROM relief_pay WHERE person_id = $1 ORDER BY month DESC, project_id LIMIT $2`, personID, limit)
}

// herdersIn are farmers and herders of working age of an area's subtree, for the demonstration.
func herdersIn(ctx context.Context, q db.Querier, area string, limit int) ([]int64, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(id *int64) []any { return []any{id} }, `SELECT person_id FROM person WHERE area >= $1 AND area < $2 AND rural = TRUE AND died IS NULL AND student = FALSE AND birth >= '1970-01-01' AND birth < '2000-01-01' ORDER BY area, person_id LIMIT $3`, low, high, limit)
}
