package rule

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"jiuye/internal/engine/census"
)

// SQL writes a policy as a condition over a table with one row a person: a whole number (BIGINT) for every column of the
// crowd as Fill makes it, NULL where it is not known. The condition is true for yes, false for no and NULL for unknown,
// for the database's own logic is Kleene's; it is the same text for SQLite and PostgreSQL. name gives a column's name.
//
// So a database that holds such a table, one partition a machine, screens by itself:
//
//	SELECT person_id FROM crowd_row WHERE …
func (c *Crowd) SQL(p *Policy, name func(column int) string) (string, error) {
	r, err := c.Rule(p)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	where(&b, &r, name)
	return b.String(), nil
}

func where(b *strings.Builder, r *census.Rule, name func(int) string) {
	switch r.Op {
	case census.Is:
		clauseSQL(b, r, name(r.Column))
	case census.Not:
		b.WriteString("NOT ")
		where(b, &r.Kids[0], name)
	case census.All:
		junctionSQL(b, r.Kids, " AND ", "1 = 1", name)
	case census.Any:
		junctionSQL(b, r.Kids, " OR ", "1 = 0", name)
	default:
		quorumSQL(b, r, name)
	}
}

func junctionSQL(b *strings.Builder, kids []census.Rule, between, empty string, name func(int) string) {
	b.WriteByte('(')
	for i := range kids {
		if i > 0 {
			b.WriteString(between)
		}
		where(b, &kids[i], name)
	}
	if len(kids) == 0 {
		b.WriteString(empty)
	}
	b.WriteByte(')')
}

// quorumSQL counts who surely holds, and who may.
func quorumSQL(b *strings.Builder, r *census.Rule, name func(int) string) {
	count := func(format string) {
		for i := range r.Kids {
			if i > 0 {
				b.WriteString(" + ")
			}
			var kid strings.Builder
			where(&kid, &r.Kids[i], name)
			fmt.Fprintf(b, format, kid.String())
		}
	}
	b.WriteString("CASE WHEN ")
	count("CASE WHEN %s THEN 1 ELSE 0 END")
	fmt.Fprintf(b, " >= %d THEN 1 = 1 WHEN ", r.N)
	count("CASE WHEN NOT %s THEN 0 ELSE 1 END")
	fmt.Fprintf(b, " >= %d THEN NULL ELSE 1 = 0 END", r.N)
}

func clauseSQL(b *strings.Builder, r *census.Rule, column string) {
	if r.Bits != 0 {
		fmt.Fprintf(b, "((%s & %d) <> 0)", column, int64(r.Bits))
		return
	}
	b.WriteByte('(')
	for i, in := range r.In {
		if i > 0 {
			b.WriteString(" OR ")
		}
		low, high := strconv.FormatInt(in.From, 10), strconv.FormatInt(in.To, 10)
		switch {
		case in.From == in.To:
			b.WriteString(column + " = " + low)
		case in.From == math.MinInt64 && in.To == math.MaxInt64:
			b.WriteString(column + " = " + column)
		case in.From == math.MinInt64:
			b.WriteString(column + " <= " + high)
		case in.To == math.MaxInt64:
			b.WriteString(column + " >= " + low)
		default: // a range that is empty lets nobody in here either
			b.WriteString(column + " BETWEEN " + low + " AND " + high)
		}
	}
	if len(r.In) == 0 {
		b.WriteString(column + " <> " + column) // no for everybody of whom it is known
	}
	b.WriteByte(')')
}
