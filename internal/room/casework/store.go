package casework

import (
	"context"
	"embed"
	"math"
	"slices"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var files embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "casework", FS: files}

const caseColumns = `household_id, case_id, kind, state, area, person_id, recognised, deadline, closed, outcome, proof, next_step, next_on, version`

func (c *Case) fields() []any {
	return []any{&c.HouseholdID, &c.ID, &c.Kind, &c.State, &c.Area, &c.PersonID, &c.Recognised, &c.Deadline, &c.Closed, &c.Outcome,
		&c.Proof, &c.NextStep, &c.NextOn, &c.Version}
}

type store struct{ db *db.DB }

// get reads one case, outside or inside a transaction.
func (s store) get(ctx context.Context, q db.Querier, id int64) (Case, error) {
	c, found, err := db.One(ctx, q, (*Case).fields, `SELECT `+caseColumns+` FROM casework_case WHERE case_id = $1 ORDER BY case_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这件帮扶")
	}
	return c, err
}

// open lists the open cases of an area's subtree behind a case (zero: from the beginning), the nearest deadline first.
func (s store) open(ctx context.Context, area string, after db.Date, afterID int64, limit int) ([]Case, error) {
	low, high := db.Under(area)
	if after.IsZero() {
		after = db.On(clock.Date(1, time.January, 2)) // the zero Date is NULL, which nothing is behind
	}
	return db.All(ctx, s.db, (*Case).fields, `SELECT `+caseColumns+` FROM casework_case
		WHERE state = 'open' AND area >= $1 AND area < $2 AND (deadline, case_id) > ($3, $4)
		ORDER BY deadline, case_id LIMIT $5`, low, high, after, afterID, limit)
}

// openAfter lists open cases of the whole table in the order of their households and ids, behind one of them.
func (s store) openAfter(ctx context.Context, household, id int64, limit int) ([]Case, error) {
	return db.All(ctx, s.db, (*Case).fields, `SELECT `+caseColumns+` FROM casework_case
		WHERE state = 'open' AND (household_id, case_id) > ($1, $2) ORDER BY household_id, case_id LIMIT $3`, household, id, limit)
}

// ofHousehold lists a household's cases, the newest first.
func (s store) ofHousehold(ctx context.Context, household int64) ([]Case, error) {
	return db.All(ctx, s.db, (*Case).fields, `SELECT `+caseColumns+` FROM casework_case WHERE household_id = $1 ORDER BY case_id DESC`, household)
}

// closedSince lists the cases closed on or after a day in an area's subtree, the newest first.
func (s store) closedSince(ctx context.Context, area string, since db.Date, limit int) ([]Case, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.db, (*Case).fields, `SELECT `+caseColumns+` FROM casework_case
		WHERE state = 'closed' AND area >= $1 AND area < $2 AND closed >= $3 ORDER BY closed DESC, case_id DESC LIMIT $4`, low, high, since, limit)
}

// counts are the numbers of the desk's head: all open cases, and those of its groups.
type counts struct{ Open, Overdue, Today, Soon, Later int }

// of is the number of cases in a group.
func (n counts) of(u Urgency) int { return [...]int{n.Overdue, n.Today, n.Soon, n.Later}[u] }

// count counts the open cases of an area's subtree as seen on today; soon is the last day of the group DueSoon.
func (s store) count(ctx context.Context, area string, today, soon db.Date) (counts, error) {
	low, high := db.Under(area)
	c, _, err := db.One(ctx, s.db, func(c *counts) []any { return []any{&c.Open, &c.Overdue, &c.Today, &c.Soon, &c.Later} },
		`SELECT count(*), count(*) FILTER (WHERE deadline < $3), count(*) FILTER (WHERE deadline = $3),
			count(*) FILTER (WHERE deadline > $3 AND deadline <= $4), count(*) FILTER (WHERE deadline > $4)
		 FROM casework_case WHERE state = 'open' AND area >= $1 AND area < $2`, low, high, today, soon)
	return c, err
}

// steps lists what was done for a household in one case (0: in all of them), the newest first.
func (s store) steps(ctx context.Context, household, caseID int64) ([]Step, error) {
	type row struct {
		Step
		at int64
	}
	low, high := caseID, caseID
	if caseID == 0 {
		high = math.MaxInt64
	}
	var out []Step
	err := db.Each(ctx, s.db, func(r *row) []any { return []any{&r.CaseID, &r.ID, &r.at, &r.Kind, &r.ByID, &r.ByName, &r.Note} },
		func(r *row) error {
			r.At = time.UnixMilli(r.at).In(clock.Zone)
			out = append(out, r.Step)
			return nil
		}, `SELECT case_id, step_id, at, kind, by_id, by_name, note FROM casework_step
			WHERE household_id = $1 AND case_id >= $2 AND case_id <= $3 ORDER BY at DESC, step_id DESC`, household, low, high)
	return out, err
}

// insert writes new cases with the step that opened each. A household that has an open case of the kind already makes
// it fail as a whole with an error that db.IsDuplicate knows.
func (s store) insert(ctx context.Context, tx *db.Tx, list []Case, steps []Step) error {
	rows, first := make([][]any, len(list)), make([][]any, len(list))
	for i, c := range list {
		rows[i] = []any{c.HouseholdID, c.ID, c.Kind, c.State, c.Area, c.PersonID, c.Recognised, c.Deadline, c.Closed, c.Outcome, c.Proof, c.NextStep, c.NextOn, c.Version}
		first[i] = stepRow(c.HouseholdID, steps[i])
	}
	if err := tx.Copy(ctx, "casework_case", []string{"household_id", "case_id", "kind", "state", "area", "person_id", "recognised", "deadline", "closed",
		"outcome", "proof", "next_step", "next_on", "version"}, rows); err != nil {
		return err
	}
	return tx.Copy(ctx, "casework_step", stepColumns, first)
}

var stepColumns = []string{"household_id", "case_id", "step_id", "at", "kind", "by_id", "by_name", "note"}

func stepRow(household int64, st Step) []any {
	return []any{household, st.CaseID, st.ID, st.At.UnixMilli(), st.Kind, st.ByID, st.ByName, st.Note}
}

// change writes what may change of a case together with the step that changed it, and raises the version; it is a fault
// of kind Conflict when somebody else has changed the case since it was read.
func (s store) change(ctx context.Context, tx *db.Tx, c *Case, st Step) error {
	n, err := tx.Exec(ctx, `UPDATE casework_case SET state = $1, closed = $2, outcome = $3, proof = $4, next_step = $5, next_on = $6, version = version + 1
		WHERE household_id = $7 AND case_id = $8 AND version = $9`, c.State, c.Closed, c.Outcome, c.Proof, c.NextStep, c.NextOn, c.HouseholdID, c.ID, c.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "您打开这一页后，这件帮扶有了新记录，您填的还没有保存。内容仍在下面，请先看“经过”，再决定是否保存")
	}
	return tx.Copy(ctx, "casework_step", stepColumns, [][]any{stepRow(c.HouseholdID, st)})
}

// withOpenCase tells which of the households have an open case of a kind.
func (s store) withOpenCase(ctx context.Context, q db.Querier, kind string, households []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	for part := range slices.Chunk(households, 1000) {
		args := []any{kind}
		for _, h := range part {
			args = append(args, h)
		}
		err := db.Each(ctx, q, func(id *int64) []any { return []any{id} }, func(id *int64) error { out[*id] = true; return nil },
			`SELECT household_id FROM casework_case WHERE kind = $1 AND state = 'open' AND household_id IN (`+db.In(2, len(part))+`) ORDER BY household_id`, args...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
