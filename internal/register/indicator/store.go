package indicator

import (
	"context"
	"embed"
	"strings"

	"jiuye/internal/ground/db"
)

//go:embed schema/*.sql
var files embed.FS

// Schema is the register's tables.
var Schema = db.Schema{Room: "indicator", FS: files}

type store struct{ db *db.DB }

var definitionColumns = []string{"indicator", "version", "ord", "name", "unit", "kind", "type", "formula", "frequency", "lead", "down", "sub", "at"}

func definitionRows(list []Definition, at int64) [][]any {
	rows := make([][]any, len(list))
	for i, d := range list {
		rows[i] = []any{d.ID, d.Version, i, d.Name, d.Unit, string(d.Kind), string(d.Type), d.Formula, string(d.Frequency), d.Lead, d.Down, d.Sub, at}
	}
	return rows
}

func (d *Definition) fields() []any {
	return []any{&d.ID, &d.Version, &d.Name, &d.Unit, &d.Kind, &d.Type, &d.Formula, &d.Frequency, &d.Lead, &d.Down, &d.Sub}
}

// definitions reads every version; of each indicator the newest first.
func (s store) definitions(ctx context.Context, q db.Querier) ([]Definition, error) {
	list, err := db.All(ctx, q, (*Definition).fields, `SELECT indicator, version, name, unit, kind, type, formula, frequency, lead, down, sub
		FROM indicator_definition ORDER BY ord, indicator, version DESC`)
	for i := range list {
		if of, ok := Find(list[i].ID); ok {
			list[i].English = of.English
		}
	}
	return list, err
}

// highest is the last place in the list of definitions.
func (s store) highest(ctx context.Context, q db.Querier) (int, error) {
	return db.Value[int](ctx, q, `SELECT coalesce(max(ord), 0) FROM indicator_definition`)
}

var planColumns = []string{"plan", "name", "number", "area", "place", "base_year", "last_year", "state", "file", "by_name", "at", "version"}

func planRows(list []Plan) [][]any {
	rows := make([][]any, len(list))
	for i, p := range list {
		rows[i] = []any{p.ID, p.Name, p.Number, p.Area, p.Place, p.BaseYear, p.LastYear, string(p.State), p.File, p.ByName, p.At, p.Version}
	}
	return rows
}

func (p *Plan) fields() []any {
	return []any{&p.ID, &p.Name, &p.Number, &p.Area, &p.Place, &p.BaseYear, &p.LastYear, &p.State, &p.File, &p.ByName, &p.At, &p.Version}
}

func (s store) plans(ctx context.Context) ([]Plan, error) {
	return db.All(ctx, s.db, (*Plan).fields, `SELECT plan, name, number, area, place, base_year, last_year, state, file, by_name, at, version
		FROM indicator_plan ORDER BY area, last_year, plan`)
}

// changePlan overwrites the plan whose version it has, and says how many these were.
func (s store) changePlan(ctx context.Context, tx *db.Tx, p Plan) (int64, error) {
	return tx.Exec(ctx, `UPDATE indicator_plan SET name = $1, number = $2, area = $3, place = $4, base_year = $5, last_year = $6, state = $7, file = $8,
		by_name = $9, at = $10, version = version + 1 WHERE plan = $11 AND version = $12`,
		p.Name, p.Number, p.Area, p.Place, p.BaseYear, p.LastYear, string(p.State), p.File, p.ByName, p.At, p.ID, p.Version)
}

// dropDraft deletes a plan that is a draft, and says how many these were.
func (s store) dropDraft(ctx context.Context, tx *db.Tx, plan string) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM indicator_plan WHERE plan = $1 AND state = $2`, plan, string(Draft))
}

var targetColumns = []string{"area", "indicator", "plan", "year", "version", "ord", "base_year", "base", "value", "high", "words", "comparator",
	"cumulative", "binding", "shared", "unit", "quote", "at", "until"}

func targetRows(list []Target, at int64) [][]any {
	rows := make([][]any, len(list))
	for i, t := range list {
		rows[i] = []any{t.Area, t.Indicator, t.Plan, t.Year, t.Version, i, t.BaseYear, t.Base, t.Value, t.High, t.Text, t.Comparator,
			t.Cumulative, t.Binding, t.Shared, t.Unit, t.Quote, at, int64(0)}
	}
	return rows
}

func (t *Target) fields() []any {
	return []any{&t.Area, &t.Indicator, &t.Plan, &t.Year, &t.Version, &t.BaseYear, &t.Base, &t.Value, &t.High, &t.Text, &t.Comparator,
		&t.Cumulative, &t.Binding, &t.Shared, &t.Unit, &t.Quote}
}

const targetFields = `area, indicator, plan, year, version, base_year, base, value, high, words, comparator, cumulative, binding, shared, unit, quote`

// targets reads what stands for areas.
func (s store) targets(ctx context.Context, areas []string) ([]Target, error) {
	args := make([]any, len(areas))
	for i, a := range areas {
		args[i] = a
	}
	return db.All(ctx, s.db, (*Target).fields, `SELECT `+targetFields+` FROM indicator_target WHERE area IN (`+db.In(1, len(areas))+`) AND until = 0
		ORDER BY area, plan, ord, indicator, year`, args...)
}

// targetsOf reads what stands of a plan.
func (s store) targetsOf(ctx context.Context, plan string) ([]Target, error) {
	return db.All(ctx, s.db, (*Target).fields, `SELECT `+targetFields+` FROM indicator_target WHERE plan = $1 AND until = 0
		ORDER BY area, ord, indicator, year`, plan)
}

// targetVersion is the last version of one target, 0 where there is none.
func (s store) targetVersion(ctx context.Context, tx *db.Tx, t Target) (int64, error) {
	return db.Value[int64](ctx, tx, `SELECT coalesce(max(version), 0) FROM indicator_target WHERE area = $1 AND indicator = $2 AND plan = $3 AND year = $4`,
		t.Area, t.Indicator, t.Plan, t.Year)
}

// endTarget says until when a target stood.
func (s store) endTarget(ctx context.Context, tx *db.Tx, t Target, at int64) error {
	_, err := tx.Exec(ctx, `UPDATE indicator_target SET until = $1 WHERE area = $2 AND indicator = $3 AND plan = $4 AND year = $5 AND until = 0`,
		at, t.Area, t.Indicator, t.Plan, t.Year)
	return err
}

var taskColumns = []string{"plan", "task", "ord", "no", "title", "summary", "lead", "units", "deliverables", "deadline", "due", "quote"}

func taskRows(list []Task) [][]any {
	rows := make([][]any, len(list))
	for i, t := range list {
		rows[i] = []any{t.Plan, t.Key, i, t.No, t.Title, t.Summary, t.Lead, strings.Join(t.Units, "\n"), strings.Join(t.Deliverables, "\n"), t.Deadline, t.Due, t.Quote}
	}
	return rows
}

func (s store) tasks(ctx context.Context, plan string) ([]Task, error) {
	type row struct {
		Task
		units, deliverables string
	}
	var out []Task
	err := db.Each(ctx, s.db, func(r *row) []any {
		return []any{&r.Plan, &r.Key, &r.No, &r.Title, &r.Summary, &r.Lead, &r.units, &r.deliverables, &r.Deadline, &r.Due, &r.Quote}
	}, func(r *row) error {
		r.Units, r.Deliverables = lines(r.units), lines(r.deliverables)
		out = append(out, r.Task)
		return nil
	}, `SELECT plan, task, no, title, summary, lead, units, deliverables, deadline, due, quote FROM indicator_task WHERE plan = $1 ORDER BY ord, task`, plan)
	return out, err
}

func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
