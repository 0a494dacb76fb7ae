package roster

import (
	"context"
	"embed"
	"slices"

	"jiuye/internal/ground/db"
)

//go:embed schema/*.sql
var files embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "roster", FS: files}

type store struct{ db *db.DB }

// shelf is the tables of one kind of owner.
type shelf struct{ key, entries, notes, register, name, object string }

var (
	ofPeople = shelf{"person_id", "roster_entry", "roster_note", "person", "name_key", "person"}
	ofUnits  = shelf{"employer_id", "roster_unit", "roster_unit_note", "employer", "name", "employer"}
)

// shelfOf is where a list's entries stand.
func shelfOf(l *List) shelf {
	if l.Employers() {
		return ofUnits
	}
	return ofPeople
}

const entryRest = `list, since, until, initial, hand, basis, area, household_id, lacks, state, answered, answer_days, why_in, why_out, version`

var entryNames = []string{"list", "since", "until", "initial", "hand", "basis", "area", "household_id", "lacks", "state", "answered", "answer_days", "why_in", "why_out", "version"}

func (e *entry) fields() []any {
	return []any{&e.owner, &e.list, &e.since, &e.until, &e.initial, &e.hand, &e.basis, &e.area, &e.household, &e.lacks, &e.state, &e.answered, &e.answerDays,
		&e.whyIn, &e.whyOut, &e.version}
}

func (e *entry) row() []any {
	return []any{e.owner, e.list, e.since, e.until, e.initial, e.hand, e.basis, e.area, e.household, e.lacks, string(e.state), e.answered, e.answerDays, e.whyIn, e.whyOut, e.version}
}

// held reads the open entries of owners with after < id <= last, in the order of ids and lists. The comparison with TRUE
// keeps SQLite from reading the whole index of open entries instead of the owners' rows.
func (s store) held(ctx context.Context, q db.Querier, sh shelf, after, last int64) ([]entry, error) {
	return db.All(ctx, q, (*entry).fields, `SELECT `+sh.key+`, `+entryRest+` FROM `+sh.entries+`
		WHERE `+sh.key+` > $1 AND `+sh.key+` <= $2 AND (until IS NULL) = TRUE ORDER BY `+sh.key+`, list, since`, after, last)
}

// write inserts or overwrites entries.
func (sh shelf) write(ctx context.Context, tx *db.Tx, list []entry) error {
	rows := make([][]any, len(list))
	for i := range list {
		rows[i] = list[i].row()
	}
	return tx.Upsert(ctx, sh.entries, append([]string{sh.key}, entryNames...), []string{sh.key, "list", "since"}, rows)
}

// done is the last day of one item for one owner.
type done struct {
	owner int64
	item  string
	day   db.Date
}

// dones reads the last day of every item of owners with after < id <= last, in the order of ids.
func (s store) dones(ctx context.Context, q db.Querier, sh shelf, after, last int64) ([]done, error) {
	return db.All(ctx, q, func(d *done) []any { return []any{&d.owner, &d.item, &d.day} }, `SELECT `+sh.key+`, item, max(day) FROM `+sh.notes+`
		WHERE `+sh.key+` > $1 AND `+sh.key+` <= $2 GROUP BY `+sh.key+`, item ORDER BY `+sh.key+`, item`, after, last)
}

func (m *manual) fields() []any {
	return []any{&m.owner, &m.list, &m.takeIn, &m.reason, &m.byName, &m.approvedBy, &m.at}
}

// manuals reads the decisions by hand of people with after < id <= last, in the order of ids.
func (s store) manuals(ctx context.Context, q db.Querier, after, last int64) ([]manual, error) {
	return db.All(ctx, q, (*manual).fields, `SELECT person_id, list, take_in, reason, by_name, approved_by, at FROM roster_manual
		WHERE person_id > $1 AND person_id <= $2 ORDER BY person_id, list`, after, last)
}

// decideByHand writes a decision over an earlier one.
func (s store) decideByHand(ctx context.Context, tx *db.Tx, m manual) error {
	return tx.Upsert(ctx, "roster_manual", []string{"person_id", "list", "take_in", "reason", "by_name", "approved_by", "at"}, []string{"person_id", "list"},
		[][]any{{m.owner, m.list, m.takeIn, m.reason, m.byName, m.approvedBy, m.at}})
}

// drawn are the lists that have been drawn before.
func (s store) drawn(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	err := db.Each(ctx, s.db, func(id *string) []any { return []any{id} }, func(id *string) error { out[*id] = true; return nil },
		`SELECT list FROM roster_drawn ORDER BY list`)
	return out, err
}

// run is one drawing.
type run struct {
	ID, At, Ended, People, Units int64
}

// begin notes that a run has begun.
func (s store) begin(ctx context.Context, r run) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO roster_run (run_id, at, ended, people, units) VALUES ($1, $2, 0, 0, 0)`, r.ID, r.At)
		return err
	})
}

// latest is the last finished run; found is false before the first.
func (s store) latest(ctx context.Context) (run, bool, error) {
	return db.One(ctx, s.db, func(r *run) []any { return []any{&r.ID, &r.At, &r.Ended, &r.People, &r.Units} },
		`SELECT run_id, at, ended, people, units FROM roster_run WHERE ended > 0 ORDER BY ended DESC, run_id DESC LIMIT 1`)
}

// end counts everything anew and finishes a run, in one transaction.
func (s store) end(ctx context.Context, r run, lists []*List, month db.Date) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		counts, err := s.recount(ctx, tx, lists, month)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM roster_count`); err != nil {
			return err
		}
		rows := make([][]any, 0, len(counts))
		for k, n := range counts {
			rows = append(rows, []any{k.list, k.township, k.what, n})
		}
		if err := tx.Copy(ctx, "roster_count", []string{"list", "township", "what", "n"}, rows); err != nil {
			return err
		}
		var drawn [][]any
		for _, l := range lists {
			drawn = append(drawn, []any{l.ID, r.At})
		}
		if err := tx.InsertNew(ctx, "roster_drawn", []string{"list", "at"}, []string{"list"}, drawn); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE roster_run SET ended = $1, people = $2, units = $3 WHERE run_id = $4`, r.Ended, r.People, r.Units, r.ID)
		return err
	})
}

// slot is one number that is kept.
type slot struct{ list, township, what string }

// Names of counts.
const (
	countAll    = "n"
	countIn     = "in"
	countOut    = "out"
	countHomes  = "home"
	countTwin   = "twin:"
	countState  = "state:"
	countClosed = "closed" // findings that the data closed
)

// part is people of one township alike in what counts.
type part struct {
	list, township string
	lacks          int64
	state          State
	n, in, homes   int64
}

// recount counts the open entries by township, and who came and went since a day.
func (s store) recount(ctx context.Context, q db.Querier, lists []*List, month db.Date) (map[slot]int64, error) {
	byID := map[string]*List{}
	for _, l := range lists {
		byID[l.ID] = l
	}
	out := map[slot]int64{}
	for _, sh := range []shelf{ofPeople, ofUnits} {
		err := db.Each(ctx, q, func(p *part) []any { return []any{&p.list, &p.township, &p.lacks, &p.state, &p.n, &p.in} }, func(p *part) error {
			l := byID[p.list]
			if l == nil { // a list that is no longer shipped
				return nil
			}
			out[slot{p.list, p.township, countAll}] += p.n
			if p.in > 0 {
				out[slot{p.list, p.township, countIn}] += p.in
			}
			if p.state != "" {
				out[slot{p.list, p.township, countState + string(p.state)}] += p.n
			}
			for i := range l.Twins {
				if p.lacks&(1<<i) != 0 {
					out[slot{p.list, p.township, countTwin + l.Twins[i].ID}] += p.n
				}
			}
			return nil
		}, `SELECT list, substr(area, 1, 9), lacks, state, count(*), count(*) FILTER (WHERE since >= $1 AND NOT initial) FROM `+sh.entries+`
			WHERE until IS NULL GROUP BY list, substr(area, 1, 9), lacks, state ORDER BY list`, month)
		if err != nil {
			return nil, err
		}
		err = db.Each(ctx, q, func(p *part) []any { return []any{&p.list, &p.township, &p.n, &p.in} }, func(p *part) error {
			if p.n > 0 {
				out[slot{p.list, p.township, countOut}] += p.n
			}
			if l := byID[p.list]; l != nil && l.Check != nil {
				out[slot{p.list, p.township, countClosed}] += p.in
			}
			return nil
		}, `SELECT list, substr(area, 1, 9), count(*) FILTER (WHERE until >= $1), count(*) FROM `+sh.entries+`
			WHERE until IS NOT NULL GROUP BY list, substr(area, 1, 9) ORDER BY list`, month)
		if err != nil {
			return nil, err
		}
	}
	err := db.Each(ctx, q, func(p *part) []any { return []any{&p.list, &p.township, &p.homes} }, func(p *part) error {
		out[slot{p.list, p.township, countHomes}] += p.homes
		return nil
	}, `SELECT list, substr(area, 1, 9), count(DISTINCT household_id) FROM roster_entry
		WHERE until IS NULL AND list IN (`+db.In(1, max(1, len(householdLists(lists))))+`) GROUP BY list, substr(area, 1, 9) ORDER BY list`, householdLists(lists)...)
	return out, err
}

// householdLists are the lists of households.
func householdLists(lists []*List) []any {
	var ids []any
	for _, l := range lists {
		if householdList(l) {
			ids = append(ids, l.ID)
		}
	}
	if len(ids) == 0 {
		ids = []any{""}
	}
	return ids
}

// change moves counts by what one act did.
func (s store) change(ctx context.Context, tx *db.Tx, by map[slot]int64) error {
	keys := make([]slot, 0, len(by))
	for k := range by {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, slot.compare) // the same order in every transaction
	for _, k := range keys {
		if by[k] == 0 {
			continue
		}
		if _, err := tx.Exec(ctx, `INSERT INTO roster_count (list, township, what, n) VALUES ($1, $2, $3, $4)
			ON CONFLICT (list, township, what) DO UPDATE SET n = roster_count.n + excluded.n`, k.list, k.township, k.what, by[k]); err != nil {
			return err
		}
	}
	return nil
}

// noteLine is one note.
type noteLine struct {
	owner, id  int64
	list, item string
	day        db.Date
	text       string
	at, byID   int64
	byName     string
}

func (n *noteLine) fields() []any {
	return []any{&n.owner, &n.id, &n.list, &n.item, &n.day, &n.text, &n.at, &n.byID, &n.byName}
}

const noteRest = `note_id, list, item, day, text, at, by_id, by_name`

// note writes one note.
func (s store) note(ctx context.Context, tx *db.Tx, sh shelf, n noteLine) error {
	_, err := tx.Exec(ctx, `INSERT INTO `+sh.notes+` (`+sh.key+`, `+noteRest+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		n.owner, n.id, n.list, n.item, n.day, n.text, n.at, n.byID, n.byName)
	return err
}
