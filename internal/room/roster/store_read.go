package roster

import (
	"context"
	"fmt"
	"strings"

	"jiuye/internal/ground/db"
)

// filter narrows a list's open entries down; zero fields let everything through.
type filter struct {
	area  string // subtree
	bit   int64  // of a twin
	since db.Date
	name  string // beginning, as the register compares it
	state State
	all   bool // also entries that are over
}

// where writes the condition; more are the arguments of what follows.
func (f filter) where(sh shelf, list string) (string, []any) {
	low, high := db.Under(f.area)
	args := []any{list, low, high}
	var b strings.Builder
	b.WriteString(`e.list = $1 AND e.area >= $2 AND e.area < $3`)
	add := func(text string, values ...any) {
		var places []any
		for _, v := range values {
			args = append(args, v)
			places = append(places, len(args))
		}
		fmt.Fprintf(&b, " AND "+text, places...)
	}
	if !f.all {
		add(`e.until IS NULL`)
	}
	if f.bit != 0 {
		add(`e.lacks & CAST($%d AS BIGINT) <> 0`, f.bit)
	}
	if !f.since.IsZero() {
		add(`e.since >= $%d`, f.since)
	}
	if f.state != "" {
		add(`e.state = $%d`, string(f.state))
	}
	if f.name != "" {
		add(`o.`+sh.name+` >= $%d AND o.`+sh.name+` < $%d`, f.name, f.name+"\U0010FFFF")
	}
	return b.String(), args
}

func (sh shelf) from(f filter) string {
	if f.name == "" {
		return ` FROM ` + sh.entries + ` e `
	}
	return ` FROM ` + sh.entries + ` e JOIN ` + sh.register + ` o ON o.` + sh.key + ` = e.` + sh.key + ` `
}

var entryColumns = "e." + strings.ReplaceAll(entryRest, ", ", ", e.")

// page reads entries of a list in the order of areas and ids, behind a place.
func (s store) page(ctx context.Context, sh shelf, list string, f filter, afterArea string, after int64, limit int) ([]entry, error) {
	where, args := f.where(sh, list)
	n := len(args)
	args = append(args, afterArea, after, limit)
	return db.All(ctx, s.db, (*entry).fields, `SELECT e.`+sh.key+`, `+entryColumns+sh.from(f)+`WHERE `+where+
		fmt.Sprintf(` AND (e.area, e.`+sh.key+`) > ($%d, $%d) ORDER BY e.area, e.`+sh.key+` LIMIT $%d`, n+1, n+2, n+3), args...)
}

// count is how many entries a filter lets through.
func (s store) count(ctx context.Context, sh shelf, list string, f filter) (int64, error) {
	where, args := f.where(sh, list)
	return db.Value[int64](ctx, s.db, `SELECT count(*)`+sh.from(f)+`WHERE `+where, args...)
}

// tally is a list's numbers by what they count.
type tally map[string]int64

// tallies are the numbers of an area's subtree, by list. Numbers are kept for townships and wider areas.
func (s store) tallies(ctx context.Context, area string) (map[string]tally, error) {
	low, high := db.Under(area[:min(len(area), townshipDigits)])
	type line struct {
		list, what string
		n          int64
	}
	out := map[string]tally{}
	err := db.Each(ctx, s.db, func(l *line) []any { return []any{&l.list, &l.what, &l.n} }, func(l *line) error {
		if out[l.list] == nil {
			out[l.list] = tally{}
		}
		out[l.list][l.what] = l.n
		return nil
	}, `SELECT list, what, CAST(sum(n) AS BIGINT) FROM roster_count WHERE township >= $1 AND township < $2 GROUP BY list, what ORDER BY list, what`, low, high)
	return out, err
}

// byArea are the numbers of a list for the areas of a number of digits within an area, in the order of their codes.
func (s store) byArea(ctx context.Context, list, area string, digits int) (map[string]tally, error) {
	low, high := db.Under(area[:min(len(area), townshipDigits)])
	type line struct {
		area, what string
		n          int64
	}
	out := map[string]tally{}
	err := db.Each(ctx, s.db, func(l *line) []any { return []any{&l.area, &l.what, &l.n} }, func(l *line) error {
		if out[l.area] == nil {
			out[l.area] = tally{}
		}
		out[l.area][l.what] = l.n
		return nil
	}, fmt.Sprintf(`SELECT substr(township, 1, %d), what, CAST(sum(n) AS BIGINT) FROM roster_count WHERE list = $1 AND township >= $2 AND township < $3
		GROUP BY substr(township, 1, %d), what ORDER BY substr(township, 1, %d), what`, digits, digits, digits), list, low, high)
	return out, err
}

// history is every entry of one owner, the newest first.
func (s store) history(ctx context.Context, sh shelf, owner int64) ([]entry, error) {
	return db.All(ctx, s.db, (*entry).fields, `SELECT `+sh.key+`, `+entryRest+` FROM `+sh.entries+` WHERE `+sh.key+` = $1 ORDER BY since DESC, list`, owner)
}

// notesOf reads an owner's notes, the newest first.
func (s store) notesOf(ctx context.Context, sh shelf, owner int64, limit int) ([]noteLine, error) {
	return db.All(ctx, s.db, (*noteLine).fields, `SELECT `+sh.key+`, `+noteRest+` FROM `+sh.notes+` WHERE `+sh.key+` = $1 ORDER BY day DESC, note_id DESC LIMIT $2`, owner, limit)
}

// answerDays are how many findings of an area's subtree were answered after so many days: list → days → how many.
func (s store) answerDays(ctx context.Context, area string) (map[string]map[int]int64, error) {
	type line struct {
		list string
		days int
		n    int64
	}
	low, high := db.Under(area)
	out := map[string]map[int]int64{}
	for _, sh := range []shelf{ofPeople, ofUnits} {
		err := db.Each(ctx, s.db, func(l *line) []any { return []any{&l.list, &l.days, &l.n} }, func(l *line) error {
			if out[l.list] == nil {
				out[l.list] = map[int]int64{}
			}
			out[l.list][l.days] += l.n
			return nil
		}, `SELECT list, answer_days, count(*) FROM `+sh.entries+` WHERE answered IS NOT NULL AND area >= $1 AND area < $2
			GROUP BY list, answer_days ORDER BY list, answer_days`, low, high)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// send marks the open findings of an area's subtree as sent down, and moves the counts; it says how many.
func (s store) send(ctx context.Context, tx *db.Tx, sh shelf, list, area string) (int64, error) {
	low, high := db.Under(area)
	n, err := tx.Exec(ctx, `UPDATE `+sh.entries+` SET state = 'sent', version = version + 1
		WHERE list = $1 AND area >= $2 AND area < $3 AND until IS NULL AND state = 'open'`, list, low, high)
	if err != nil || n == 0 {
		return n, err
	}
	if _, err := tx.Exec(ctx, `INSERT INTO roster_count (list, township, what, n)
		SELECT list, township, 'state:sent', n FROM roster_count WHERE list = $1 AND township >= $2 AND township < $3 AND what = 'state:open'
		ON CONFLICT (list, township, what) DO UPDATE SET n = roster_count.n + excluded.n`, list, low, high); err != nil {
		return n, err
	}
	_, err = tx.Exec(ctx, `DELETE FROM roster_count WHERE list = $1 AND township >= $2 AND township < $3 AND what = 'state:open'`, list, low, high)
	return n, err
}

// units are the names and credit codes of employers.
func (s store) units(ctx context.Context, list []entry) (map[int64][2]string, error) {
	out := make(map[int64][2]string, len(list))
	type line struct {
		id         int64
		name, code string
	}
	args := make([]any, len(list))
	for i := range list {
		args[i] = list[i].owner
	}
	err := db.Each(ctx, s.db, func(l *line) []any { return []any{&l.id, &l.name, &l.code} }, func(l *line) error {
		out[l.id] = [2]string{l.name, l.code}
		return nil
	}, `SELECT employer_id, name, credit_code FROM employer WHERE employer_id IN (`+db.In(1, len(args))+`) ORDER BY employer_id`, args...)
	return out, err
}
