package crowd

import (
	"context"
	"fmt"
	"strings"

	"jiuye/internal/engine/census"
	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
)

// each goes through those who are in the register, in segments, between which others may write.
func (c *Crowd) each(ctx context.Context, yield func(p *population, id int64, values []int64, known []bool) error) error {
	if c.population() == nil {
		if _, err := c.Fresh(ctx, progress.None{}); err != nil {
			return err
		}
	}
	p := c.population()
	for first := 0; ; first += census.SegmentPeople {
		over, err := c.segment(ctx, p, first, yield)
		if over || err != nil {
			return err
		}
	}
}

func (c *Crowd) segment(ctx context.Context, p *population, first int, yield func(p *population, id int64, values []int64, known []bool) error) (over bool, err error) {
	c.lock.RLock()
	defer c.lock.RUnlock()
	r := p.row()
	end := min(first+census.SegmentPeople, p.people.People())
	for at := first; at < end; at++ {
		p.people.Get(at, r.values, r.known)
		if r.values[len(r.values)-1] == 0 { // gone
			continue
		}
		if err := yield(p, p.people.ID(at), r.values, r.known); err != nil {
			return true, err
		}
	}
	return end == p.people.People(), ctx.Err()
}

// Column is the name of a column in a table made by Table.
func Column(n int) string { return fmt.Sprintf("c%d", n) }

// Where is a policy as a condition over a table made by Table: true, false, or NULL for unknown.
func (c *Crowd) Where(ctx context.Context, policy *rule.Policy) (text string, err error) {
	err = c.look(ctx, func(p *population) error {
		text, err = p.cols.SQL(policy, Column)
		return unheldIf(err)
	})
	return text, err
}

// Table makes a table with one row a person: person_id, and a number for each column, NULL where it is not known. On a
// distributed database it is distributed by person_id, and every machine screens its own people with Where.
func (c *Crowd) Table(ctx context.Context, tx *db.Tx, name string) error {
	var columns []string
	var rows [][]any
	flush := func() error {
		err := tx.Copy(ctx, name, columns, rows)
		rows = rows[:0]
		return err
	}
	err := c.each(ctx, func(p *population, id int64, values []int64, known []bool) error {
		if columns == nil {
			columns = []string{"person_id"}
			for n := range p.cols.Columns {
				columns = append(columns, Column(n))
			}
			if err := makeTable(ctx, tx, name, columns); err != nil {
				return err
			}
		}
		row := make([]any, len(columns))
		row[0] = id
		for n := range p.cols.Columns {
			if known[n] {
				row[n+1] = values[n]
			}
		}
		if rows = append(rows, row); len(rows) == 5000 {
			return flush()
		}
		return nil
	})
	if err != nil || columns == nil {
		return err
	}
	return flush()
}

func makeTable(ctx context.Context, tx *db.Tx, name string, columns []string) error {
	_, err := tx.Exec(ctx, `CREATE TABLE `+name+` (`+columns[0]+` BIGINT NOT NULL PRIMARY KEY, `+strings.Join(columns[1:], ` BIGINT, `)+` BIGINT)`)
	return err
}
