package assess

import (
	"context"
	"embed"
	"encoding/json"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "assess", FS: schemaFiles}

const caseColumns = `case_id, area, kind, title, unit, industry, invest, starts, ends, document, summary, employer_id, lost, conditions, state, lights, permanent, result,
	verdict, conclusion, by_id, by_name, created_at, concluder, conclude_on, publish_on, version`

// stored is a case as its row holds it.
type stored struct {
	Case
	conditions, lights, result string
}

func (s *stored) fields() []any {
	return []any{&s.ID, &s.Area, &s.Kind, &s.Title, &s.Unit, &s.Industry, &s.InvestFen, &s.Starts, &s.Ends, &s.Document, &s.Summary, &s.EmployerID, &s.Lost, &s.conditions, &s.State,
		&s.lights, &s.Permanent, &s.result, &s.Verdict, &s.Conclusion, &s.ByID, &s.ByName, &s.At, &s.Concluder, &s.ConcludeOn, &s.PublishOn, &s.Version}
}

func (s *stored) read() (Case, error) {
	c := s.Case
	copy(c.Lights[:], strings.Split(s.lights, ","))
	if err := json.Unmarshal([]byte(s.conditions), &c.Conditions); err != nil {
		return c, err
	}
	if s.result != "" {
		c.Result = &Result{}
		return c, json.Unmarshal([]byte(s.result), c.Result)
	}
	return c, nil
}

func readAll(rows []stored, err error) ([]Case, error) {
	list := make([]Case, len(rows))
	for i := range rows {
		if err == nil {
			list[i], err = rows[i].read()
		}
	}
	return list, err
}

func (c *Case) row() (args []any, err error) {
	conditions, err := json.Marshal(c.Conditions)
	if err != nil {
		return nil, err
	}
	result := []byte{}
	if c.Result != nil {
		if result, err = json.Marshal(c.Result); err != nil {
			return nil, err
		}
	}
	return []any{c.ID, c.Area, c.Kind, c.Title, c.Unit, c.Industry, c.InvestFen, c.Starts, c.Ends, c.Document, c.Summary, c.EmployerID, c.Lost, string(conditions), c.State,
		strings.Join(c.Lights[:], ","), c.Permanent, string(result), c.Verdict, c.Conclusion, c.ByID, c.ByName, c.At, c.Concluder, c.ConcludeOn, c.PublishOn, c.Version}, nil
}

func insertCase(ctx context.Context, tx *db.Tx, c *Case) error {
	args, err := c.row()
	if err == nil {
		_, err = tx.Exec(ctx, `INSERT INTO assess_case (`+caseColumns+`) VALUES (`+db.In(1, len(args))+`)`, args...)
	}
	return err
}

// updateCase writes everything that may change. Faults: Conflict when somebody else was faster.
func updateCase(ctx context.Context, tx *db.Tx, c *Case, version int64) error {
	args, err := c.row()
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE assess_case SET area = $2, kind = $3, title = $4, unit = $5, industry = $6, invest = $7, starts = $8, ends = $9, document = $10, summary = $11,
		employer_id = $12, lost = $13, conditions = $14, state = $15, lights = $16, permanent = $17, result = $18, verdict = $19, conclusion = $20, by_id = $21, by_name = $22,
		created_at = $23, concluder = $24, conclude_on = $25, publish_on = $26, version = version + 1 WHERE case_id = $1 AND version = $27`, append(args[:26:26], version)...)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这份评估刚刚被别人修改过，请看过现在的样子再办")
	}
	c.Version = version + 1
	return err
}

func caseByID(ctx context.Context, q db.Querier, id int64) (Case, error) {
	s, found, err := db.One(ctx, q, (*stored).fields, `SELECT `+caseColumns+` FROM assess_case WHERE case_id = $1 ORDER BY case_id`, id)
	if err != nil {
		return Case{}, err
	}
	if !found {
		return Case{}, fault.New(fault.NotFound, "没有这份就业影响评估")
	}
	return s.read()
}

// filter narrows a list of cases down; zero fields let everything through.
type filter struct{ area, kind, state string }

func (f filter) where() (string, []any) {
	low, high := db.Under(f.area)
	where, args := []string{"area >= $1", "area < $2"}, []any{low, high}
	for _, one := range []struct{ column, value string }{{"kind", f.kind}, {"state", f.state}} {
		if one.value != "" {
			args = append(args, one.value)
			where = append(where, one.column+" = "+db.In(len(args), 1))
		}
	}
	return strings.Join(where, " AND "), args
}

// listCases lists the newest first, below an id.
func (r *Room) listCases(ctx context.Context, f filter, below int64, limit int) ([]Case, error) {
	where, args := f.where()
	n := len(args)
	return readAll(db.All(ctx, r.DB, (*stored).fields, `SELECT `+caseColumns+` FROM assess_case WHERE `+where+` AND case_id < `+db.In(n+1, 1)+`
		ORDER BY case_id DESC LIMIT `+db.In(n+2, 1), append(args, below, limit)...))
}

func (r *Room) countCases(ctx context.Context, f filter) (int64, error) {
	where, args := f.where()
	return db.Value[int64](ctx, r.DB, `SELECT count(*) FROM assess_case WHERE `+where, args...)
}

// publicCases lists what was published, the latest first.
func (r *Room) publicCases(ctx context.Context, before db.Date, below int64, limit int) ([]Case, error) {
	return readAll(db.All(ctx, r.DB, (*stored).fields, `SELECT `+caseColumns+` FROM assess_case WHERE publish_on IS NOT NULL AND (publish_on, case_id) < ($1, $2)
		ORDER BY publish_on DESC, case_id DESC LIMIT $3`, before, below, limit))
}

// dueCases are those concluded that began so long ago and were not followed up after so many months; countable: whose unit
// stands in the register.
func (r *Room) dueCases(ctx context.Context, area string, months int, begunBy db.Date, countable bool, limit int) ([]Case, error) {
	least := 0 // smallest employer_id
	if countable {
		least = 1
	}
	low, high := db.Under(area)
	return readAll(db.All(ctx, r.DB, (*stored).fields, `SELECT `+caseColumns+` FROM assess_case WHERE area >= $1 AND area < $2 AND state IN ('concluded', 'published') AND starts <= $3
		AND NOT EXISTS (SELECT 1 FROM assess_followup f WHERE f.case_id = assess_case.case_id AND f.months = $4) AND employer_id >= $5 ORDER BY starts, case_id LIMIT $6`,
		low, high, begunBy, months, least, limit))
}

// outcomes are what finished projects were thought to do and did, each by its latest follow-up.
func outcomes(ctx context.Context, q db.Querier, except int64) ([]Outcome, error) {
	return db.All(ctx, q, func(o *Outcome) []any { return []any{&o.Industry, &o.InvestFen, &o.Estimate, &o.Actual} }, `SELECT c.industry, c.invest, f.estimate, f.actual
		FROM assess_followup f JOIN assess_case c ON c.case_id = f.case_id WHERE c.kind <> 'exit' AND c.case_id <> $1
		AND f.months = (SELECT max(months) FROM assess_followup l WHERE l.case_id = f.case_id) ORDER BY c.case_id`, except)
}
