package assignment

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the register's tables.
var Schema = db.Schema{Room: "assignment", FS: schemaFiles}

var names = []string{"person_id", "task_id", "kind", "state", "object", "object_id", "from_area", "to_area", "title", "href", "given_on", "work_days",
	"deadline", "answered_on", "late", "result", "returns", "reminded_on", "by_id", "by_name", "version", "content"}

var columns = strings.Join(names, ", ")

func (it *Item) fields() []any {
	return []any{&it.PersonID, &it.ID, &it.Kind, &it.State, &it.Object, &it.ObjectID, &it.From, &it.To, &it.Title, &it.Href, &it.GivenOn, &it.WorkDays,
		&it.Deadline, &it.Answered, &it.Late, &it.Result, &it.Returns, &it.reminded, &it.ByID, &it.ByName, &it.Version, &it.sealed}
}

func (it *Item) row() []any {
	return []any{it.PersonID, it.ID, it.Kind, string(it.State), it.Object, it.ObjectID, it.From, it.To, it.Title, it.Href, it.GivenOn, it.WorkDays,
		it.Deadline, it.Answered, it.Late, it.Result, it.Returns, it.reminded, it.ByID, it.ByName, it.Version, it.sealed}
}

func get(ctx context.Context, q db.Querier, id int64) (Item, error) {
	it, found, err := db.One(ctx, q, (*Item).fields, `SELECT `+columns+` FROM assignment_task WHERE task_id = $1 ORDER BY task_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这件交办事项")
	}
	return it, err
}

func insert(ctx context.Context, tx *db.Tx, items []Item, first []sealedStep) error {
	rows, steps := make([][]any, len(items)), make([][]any, len(items))
	for i := range items {
		rows[i], steps[i] = items[i].row(), first[i].row(&items[i])
	}
	if err := tx.InsertNew(ctx, "assignment_task", names, names[:2], rows); err != nil {
		return err
	}
	return addSteps(ctx, tx, steps)
}

type sealedStep struct {
	Step
	ID      int64
	content []byte
}

func (s *sealedStep) row(it *Item) []any {
	return []any{it.PersonID, it.ID, s.ID, s.At.UnixMilli(), s.What, s.ByID, s.ByName, s.Result, s.content}
}

var stepNames = []string{"person_id", "task_id", "step_id", "at", "what", "by_id", "by_name", "result", "content"}

func addSteps(ctx context.Context, tx *db.Tx, rows [][]any) error {
	return tx.InsertNew(ctx, "assignment_step", stepNames, stepNames[:3], rows)
}

// steps lists what happened to a task, the newest first.
func steps(ctx context.Context, q db.Querier, it *Item) ([]sealedStep, error) {
	type row struct {
		sealedStep
		at int64
	}
	var out []sealedStep
	err := db.Each(ctx, q, func(r *row) []any { return []any{&r.at, &r.What, &r.ByID, &r.ByName, &r.Result, &r.content} }, func(r *row) error {
		r.At = time.UnixMilli(r.at).In(clock.Zone)
		out = append(out, r.sealedStep)
		return nil
	}, `SELECT at, what, by_id, by_name, result, content FROM assignment_step WHERE person_id = $1 AND task_id = $2 ORDER BY step_id DESC`, it.PersonID, it.ID)
	return out, err
}

// lastAnswer is who answered last, and what.
func lastAnswer(ctx context.Context, q db.Querier, it *Item) (sealedStep, error) {
	s, _, err := db.One(ctx, q, func(s *sealedStep) []any { return []any{&s.ByID, &s.ByName, &s.content} },
		`SELECT by_id, by_name, content FROM assignment_step WHERE person_id = $1 AND task_id = $2 AND what = 'answer' ORDER BY step_id DESC`, it.PersonID, it.ID)
	return s, err
}

// change writes what may change of a task and raises its version; it is a fault of kind Conflict when somebody else has
// changed it since it was read.
func change(ctx context.Context, tx *db.Tx, it *Item, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE assignment_task SET state = $1, work_days = $2, deadline = $3, answered_on = $4, late = $5, result = $6, returns = $7,
		reminded_on = $8, version = version + 1 WHERE person_id = $9 AND task_id = $10 AND version = $11`,
		string(it.State), it.WorkDays, it.Deadline, it.Answered, it.Late, it.Result, it.Returns, it.reminded, it.PersonID, it.ID, version)
	if err == nil && n == 0 {
		err = stale()
	}
	return err
}

func stale() error {
	return fault.New(fault.Conflict, "您打开这一页后，这件事项有了新情况，您填的还没有保存。请看清楚“经过”再提交")
}

// Filter narrows a list down; zero fields let everything through.
type Filter struct {
	Kind     string
	To, From string // subtrees; OnlyTo and OnlyFrom: these areas alone
	OnlyTo   string
	OnlyFrom string
	States   []State
	Overdue  bool // unanswered and past the deadline
	Object   string
	ObjectID int64 // with Object
	PersonID int64
}

func (f Filter) where(today db.Date, args *[]any) string {
	var b strings.Builder
	b.WriteString("1 = 1")
	put := func(clause string, values ...any) {
		places := make([]any, len(values))
		for i, v := range values {
			*args = append(*args, v)
			places[i] = fmt.Sprintf("$%d", len(*args))
		}
		fmt.Fprintf(&b, " AND "+clause, places...)
	}
	for _, c := range []struct{ column, code string }{{"to_area", f.To}, {"from_area", f.From}} {
		if c.code != "" {
			low, high := db.Under(c.code)
			put(c.column+" >= %s AND "+c.column+" < %s", low, high)
		}
	}
	for _, c := range []struct{ column, text string }{{"to_area", f.OnlyTo}, {"from_area", f.OnlyFrom}, {"kind", f.Kind}} {
		if c.text != "" {
			put(c.column+" = %s", c.text)
		}
	}
	if f.PersonID != 0 {
		put("person_id = %s", f.PersonID)
	}
	if f.Object != "" {
		put("object = %s AND object_id = %s", f.Object, f.ObjectID)
	}
	states := f.States
	if f.Overdue {
		states = []State{Open, Returned}
		put("deadline < %s", today)
	}
	if len(states) > 0 {
		values := make([]any, len(states))
		for i, s := range states {
			values[i] = string(s)
		}
		put("state IN ("+strings.TrimSuffix(strings.Repeat("%s,", len(values)), ",")+")", values...)
	}
	return b.String()
}

// list reads tasks behind one (zero: from the beginning), the nearest deadline first.
func list(ctx context.Context, q db.Querier, f Filter, today, after db.Date, afterID int64, limit int) ([]Item, error) {
	var args []any
	where := f.where(today, &args)
	if !after.IsZero() {
		args = append(args, after, afterID)
		where += fmt.Sprintf(" AND (deadline, task_id) > ($%d, $%d)", len(args)-1, len(args))
	}
	args = append(args, limit)
	return db.All(ctx, q, (*Item).fields, `SELECT `+columns+` FROM assignment_task WHERE `+where+
		fmt.Sprintf(` ORDER BY deadline, task_id LIMIT $%d`, len(args)), args...)
}

func count(ctx context.Context, q db.Querier, f Filter, today db.Date) (int64, error) {
	var args []any
	where := f.where(today, &args)
	return db.Value[int64](ctx, q, `SELECT count(*) FROM assignment_task WHERE `+where, args...)
}

// stats adds up what the areas of a subtree were sent, one row for each area that was sent anything.
func stats(ctx context.Context, q db.Querier, code string, today db.Date) ([]Stat, error) {
	low, high := db.Under(code)
	return db.All(ctx, q, func(s *Stat) []any {
		return []any{&s.Area, &s.Given, &s.Waiting, &s.Overdue, &s.Answered, &s.InTime, &s.Late, &s.Returned, &s.Accepted}
	}, `SELECT to_area, count(*),
			count(*) FILTER (WHERE state IN ('open', 'returned')),
			count(*) FILTER (WHERE state IN ('open', 'returned') AND deadline < $3),
			count(*) FILTER (WHERE answered_on IS NOT NULL),
			count(*) FILTER (WHERE answered_on IS NOT NULL AND NOT late),
			count(*) FILTER (WHERE late OR answered_on IS NULL AND state = 'open' AND deadline < $3),
			count(*) FILTER (WHERE returns > 0), count(*) FILTER (WHERE state = 'accepted')
		FROM assignment_task WHERE to_area >= $1 AND to_area < $2 AND state <> 'withdrawn' GROUP BY to_area ORDER BY to_area`, low, high, today)
}

// dueBy lists unanswered tasks whose deadline lies on or before a day, behind one of them.
func dueBy(ctx context.Context, q db.Querier, until, after db.Date, afterID int64, limit int) ([]Item, error) {
	if after.IsZero() {
		after = db.On(clock.Date(1, time.January, 2)) // the zero Date is NULL, which nothing is behind
	}
	return db.All(ctx, q, (*Item).fields, `SELECT `+columns+` FROM assignment_task WHERE state IN ('open', 'returned') AND deadline <= $1
		AND (deadline, task_id) > ($2, $3) ORDER BY deadline, task_id LIMIT $4`, until, after, afterID, limit)
}

// reminded notes on which day tasks were reminded of, unless somebody answered meanwhile.
func reminded(ctx context.Context, tx *db.Tx, items []Item, today db.Date) error {
	args := []any{today}
	for i := range items {
		args = append(args, items[i].ID)
	}
	_, err := tx.Exec(ctx, `UPDATE assignment_task SET reminded_on = $1 WHERE task_id IN (`+db.In(2, len(items))+`)`, args...)
	return err
}

// forget overwrites what is sealed of people's tasks, and ends those that are not accepted.
func forget(ctx context.Context, tx *db.Tx, personIDs []int64, nothing []byte) error {
	for part := range slices.Chunk(personIDs, 500) {
		args := []any{nothing}
		for _, id := range part {
			args = append(args, id)
		}
		for _, set := range []string{
			`UPDATE assignment_task SET title = '已匿名', href = '', content = $1, version = version + 1,
				state = CASE WHEN state = 'accepted' THEN state ELSE 'withdrawn' END WHERE person_id IN (`,
			`UPDATE assignment_step SET content = $1 WHERE person_id IN (`,
		} {
			if _, err := tx.Exec(ctx, set+db.In(2, len(part))+`)`, args...); err != nil {
				return err
			}
		}
	}
	return nil
}
