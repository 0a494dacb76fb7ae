package cycle

import (
	"context"
	"encoding/json"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
)

const caseColumns = `case_id, area, kind, field, title, said, state, agreed, by_id, by_name, judge, reason, day, version, person_id`

type caseRow struct {
	Case
	said   []byte
	agreed int64
}

func (c *caseRow) fields() []any {
	return []any{&c.ID, &c.Area, &c.Kind, &c.Field, &c.Title, &c.said, &c.State, &c.agreed, &c.ByID, &c.By, &c.Judge, &c.Reason, &c.Day, &c.Version, &c.PersonID}
}

func (r *Room) casesWhere(ctx context.Context, q db.Querier, where string, args ...any) (list []Case, err error) {
	err = db.Each(ctx, q, (*caseRow).fields, func(c *caseRow) error {
		c.Agreed = c.agreed == 1
		text, err := r.Sealer.Open(c.said)
		if err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(text), &c.Said); err != nil {
			return err
		}
		list = append(list, c.Case)
		return nil
	}, `SELECT `+caseColumns+` FROM cycle_case WHERE `+where, args...)
	return list, err
}

func (r *Room) caseByID(ctx context.Context, q db.Querier, id int64) (Case, error) {
	list, err := r.casesWhere(ctx, q, `case_id = $1 ORDER BY case_id`, id)
	if err == nil && len(list) == 0 {
		return Case{}, fault.New(fault.NotFound, "没有这个典型")
	}
	if err != nil {
		return Case{}, err
	}
	return list[0], nil
}

// cases are those of an area and below in some state ("": any), the newest first.
func (r *Room) cases(ctx context.Context, area, state string, below int64, limit int) ([]Case, error) {
	low, high := db.Under(area)
	return r.casesWhere(ctx, r.DB, `area >= $1 AND area < $2 AND ($3 = '' OR state = $3) AND case_id < $4 ORDER BY case_id DESC LIMIT $5`, low, high, state, below, limit)
}

// casesForPaper are the latest approved cases of an area and below that people agreed to.
func (r *Room) casesForPaper(ctx context.Context, code string) ([]Case, error) {
	low, high := db.Under(area.Normal(code))
	return r.casesWhere(ctx, r.DB, `area >= $1 AND area < $2 AND state IN ('approved', 'public') AND (kind = 'practice' OR agreed = 1) ORDER BY case_id DESC LIMIT $3`, low, high, toldCases)
}

func (c *Case) sealed(r *Room) ([]byte, error) {
	text, err := json.Marshal(c.Said)
	return r.Sealer.Seal(string(text)), err
}

func (r *Room) addCase(ctx context.Context, tx *db.Tx, c *Case) error {
	said, err := c.sealed(r)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO cycle_case (`+caseColumns+`) VALUES (`+db.In(1, 15)+`)`, c.ID, c.Area, c.Kind, c.Field, c.Title, said, c.State, bit(c.Agreed), c.ByID, c.By, c.Judge, c.Reason, c.Day, c.Version, c.PersonID)
	return err
}

func (r *Room) saveCase(ctx context.Context, tx *db.Tx, c *Case, version int64) error {
	said, err := c.sealed(r)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE cycle_case SET title = $2, said = $3, state = $4, agreed = $5, by_id = $6, by_name = $7, judge = $8, reason = $9, day = $10, person_id = $12, version = version + 1 WHERE case_id = $1 AND version = $11`,
		c.ID, c.Title, said, c.State, bit(c.Agreed), c.ByID, c.By, c.Judge, c.Reason, c.Day, version, c.PersonID)
	return moved(n, err)
}

// casesOf are the cases about some people.
func (r *Room) casesOf(ctx context.Context, q db.Querier, personIDs []int64) ([]Case, error) {
	return r.casesWhere(ctx, q, `person_id IN (`+db.In(1, len(personIDs))+`) AND person_id <> 0 ORDER BY case_id`, db.Args(personIDs)...)
}
