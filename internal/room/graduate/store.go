package graduate

import (
	"context"
	"embed"
	"encoding/json"
	"strconv"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "graduate", FS: schemaFiles}

const roundColumns = `round_id, area, programme, year, title, body, opens, closes, exam, starts, grad_window, max_age, weight, pass, days, state, shown_on, shown_until, request_id, by_name, by_id, version`

func (r *Round) fields() []any {
	return []any{&r.ID, &r.Area, &r.Programme, &r.Year, &r.Title, &r.Body, &r.Opens, &r.Closes, &r.Exam, &r.Starts, &r.Window, &r.MaxAge, &r.Weight, &r.Pass, &r.Days, &r.State, &r.ShownOn, &r.ShownUntil,
		&r.Request, &r.By, &r.ByID, &r.Version}
}

func insertRound(ctx context.Context, tx *db.Tx, r *Round) error {
	_, err := tx.Exec(ctx, `INSERT INTO graduate_round (`+roundColumns+`) VALUES (`+db.In(1, 22)+`)`, r.ID, r.Area, r.Programme, r.Year, r.Title, r.Body, r.Opens, r.Closes, r.Exam, r.Starts, r.Window, r.MaxAge,
		r.Weight, r.Pass, r.Days, r.State, r.ShownOn, r.ShownUntil, r.Request, r.By, r.ByID, r.Version)
	return err
}

// updateRound writes where a round stands. Faults: Conflict when somebody else was faster.
func updateRound(ctx context.Context, tx *db.Tx, r *Round, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE graduate_round SET state = $2, shown_on = $3, shown_until = $4, request_id = $5, version = version + 1 WHERE round_id = $1 AND version = $6`, r.ID, r.State, r.ShownOn, r.ShownUntil, r.Request, version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这次招募刚刚有了变化，请看过现在的样子再办")
	}
	return err
}

func roundByID(ctx context.Context, q db.Querier, id int64) (Round, error) {
	r, found, err := db.One(ctx, q, (*Round).fields, `SELECT `+roundColumns+` FROM graduate_round WHERE round_id = $1 ORDER BY round_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这次招募")
	}
	return r, err
}

// held reads a round and holds it until the transaction ends, so that nobody withdraws while posts are given, and the like.
func held(ctx context.Context, tx *db.Tx, id int64) (Round, error) {
	if _, err := tx.Exec(ctx, `UPDATE graduate_round SET version = version WHERE round_id = $1`, id); err != nil {
		return Round{}, err
	}
	return roundByID(ctx, tx, id)
}

// rounds lists an area's subtree, the newest first; below is the last id of the page before.
func rounds(ctx context.Context, q db.Querier, area string, public bool, below int64, limit int) ([]Round, error) {
	low, high := db.Under(area)
	where := ""
	if public {
		where = ` AND state <> 'draft'`
	}
	return db.All(ctx, q, (*Round).fields, `SELECT `+roundColumns+` FROM graduate_round WHERE area >= $1 AND area < $2 AND round_id < $3`+where+` ORDER BY round_id DESC LIMIT $4`, low, high, below, limit)
}

const postColumns = `round_id, post_id, area, unit, title, service, majors, degree, years, seats, reserved, allowance`

func (p *Post) fields() []any {
	return []any{&p.RoundID, &p.ID, &p.Area, &p.Unit, &p.Title, &p.Service, &p.Majors, &p.Degree, &p.Years, &p.Seats, &p.Reserved, &p.Allowance}
}

func insertPost(ctx context.Context, tx *db.Tx, p *Post) error {
	_, err := tx.Exec(ctx, `INSERT INTO graduate_post (`+postColumns+`) VALUES (`+db.In(1, 12)+`)`, p.RoundID, p.ID, p.Area, p.Unit, p.Title, p.Service, p.Majors, p.Degree, p.Years, p.Seats, p.Reserved, p.Allowance)
	return err
}

// posts are those of rounds, by area and number.
func posts(ctx context.Context, q db.Querier, roundID int64) ([]Post, error) {
	return db.All(ctx, q, (*Post).fields, `SELECT `+postColumns+` FROM graduate_post WHERE round_id = $1 ORDER BY area, post_id`, roundID)
}

func removePost(ctx context.Context, tx *db.Tx, roundID, id int64) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM graduate_post WHERE round_id = $1 AND post_id = $2`, roundID, id)
}

// sums are a round's posts, seats and applications.
type sums struct{ Posts, Seats, Entries, Qualified, Waiting int64 }

// sumsOf adds up rounds: id → sums.
func sumsOf(ctx context.Context, q db.Querier, list []Round) (map[int64]sums, error) {
	out := map[int64]sums{}
	if len(list) == 0 {
		return out, nil
	}
	args := make([]any, len(list))
	for i := range list {
		args[i] = list[i].ID
	}
	type line struct{ id, a, b, c int64 }
	three := func(l *line) []any { return []any{&l.id, &l.a, &l.b, &l.c} }
	err := db.Each(ctx, q, three, func(l *line) error { out[l.id] = sums{Posts: l.a, Seats: l.b}; return nil },
		`SELECT round_id, count(*), sum(seats), 0 FROM graduate_post WHERE round_id IN (`+db.In(1, len(args))+`) GROUP BY round_id ORDER BY round_id`, args...)
	if err != nil {
		return nil, err
	}
	return out, db.Each(ctx, q, three, func(l *line) error {
		s := out[l.id]
		s.Entries, s.Qualified, s.Waiting = l.a, l.b, l.c
		out[l.id] = s
		return nil
	}, `SELECT round_id, count(*), sum(CASE WHEN state IN ('qualified', 'taken') THEN 1 ELSE 0 END), sum(CASE WHEN state IN ('applied', 'appealed') THEN 1 ELSE 0 END)
		FROM graduate_entry WHERE state <> 'withdrawn' AND round_id IN (`+db.In(1, len(args))+`) GROUP BY round_id ORDER BY round_id`, args...)
}

const entryColumns = `person_id, round_id, state, wishes, written, interview, post_id, medical, said, at, version`

type storedEntry struct {
	Entry
	wishes string
	said   []byte
}

func (e *storedEntry) fields() []any {
	return []any{&e.PersonID, &e.RoundID, &e.State, &e.wishes, &e.Written, &e.Interview, &e.PostID, &e.Medical, &e.said, &e.At, &e.Version}
}

func (r *Room) openEntry(s *storedEntry) (Entry, error) {
	for _, w := range strings.Fields(s.wishes) {
		id, err := strconv.ParseInt(w, 10, 64)
		if err != nil {
			return s.Entry, err
		}
		s.Wishes = append(s.Wishes, id)
	}
	plain, err := r.Sealer.Open(s.said)
	if err != nil || plain == "" {
		return s.Entry, err
	}
	return s.Entry, json.Unmarshal([]byte(plain), &s.Said)
}

func (r *Room) openAll(rows []storedEntry, err error) ([]Entry, error) {
	if err != nil {
		return nil, err
	}
	list := make([]Entry, len(rows))
	for i := range rows {
		if list[i], err = r.openEntry(&rows[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (r *Room) entriesOf(ctx context.Context, q db.Querier, roundID int64) ([]Entry, error) {
	return r.openAll(db.All(ctx, q, (*storedEntry).fields, `SELECT `+entryColumns+` FROM graduate_entry WHERE round_id = $1 ORDER BY person_id`, roundID))
}

// scored are a round's applications that may be ranked, without what was said: the public page needs no more.
func scored(ctx context.Context, q db.Querier, roundID int64) ([]Entry, error) {
	rows, err := db.All(ctx, q, (*storedEntry).fields, `SELECT `+entryColumns+` FROM graduate_entry WHERE round_id = $1 AND state IN ('qualified', 'taken') ORDER BY person_id`, roundID)
	list := make([]Entry, len(rows))
	for i := range rows {
		list[i] = rows[i].Entry
	}
	return list, err
}

func (r *Room) entriesOfPerson(ctx context.Context, q db.Querier, personID int64) ([]Entry, error) {
	return r.openAll(db.All(ctx, q, (*storedEntry).fields, `SELECT `+entryColumns+` FROM graduate_entry WHERE person_id = $1 ORDER BY round_id DESC`, personID))
}

// entriesPage lists a round's applications in some states behind a person.
func (r *Room) entriesPage(ctx context.Context, roundID int64, state string, after int64, limit int) ([]Entry, error) {
	return r.openAll(db.All(ctx, r.DB, (*storedEntry).fields, `SELECT `+entryColumns+` FROM graduate_entry WHERE round_id = $1 AND ($2 = '' OR state = $2) AND person_id > $3 ORDER BY person_id LIMIT $4`, roundID, state, after, limit))
}

func (r *Room) entryOf(ctx context.Context, q db.Querier, personID, roundID int64) (Entry, bool, error) {
	s, found, err := db.One(ctx, q, (*storedEntry).fields, `SELECT `+entryColumns+` FROM graduate_entry WHERE person_id = $1 AND round_id = $2 ORDER BY person_id`, personID, roundID)
	if err != nil || !found {
		return s.Entry, found, err
	}
	e, err := r.openEntry(&s)
	return e, true, err
}

func (r *Room) entryRow(e *Entry) ([]any, error) {
	wishes := make([]string, len(e.Wishes))
	for i, w := range e.Wishes {
		wishes[i] = strconv.FormatInt(w, 10)
	}
	plain, err := json.Marshal(e.Said)
	return []any{e.PersonID, e.RoundID, e.State, strings.Join(wishes, " "), e.Written, e.Interview, e.PostID, e.Medical, r.Sealer.Seal(string(plain)), e.At, e.Version + 1}, err
}

// saveEntries writes applications and counts their changes.
func (r *Room) saveEntries(ctx context.Context, tx *db.Tx, list []Entry) error {
	if len(list) == 0 {
		return nil
	}
	rows := make([][]any, len(list))
	for i := range list {
		var err error
		if rows[i], err = r.entryRow(&list[i]); err != nil {
			return err
		}
	}
	return tx.Upsert(ctx, "graduate_entry", strings.Split(entryColumns, ", "), []string{"person_id", "round_id"}, rows)
}
