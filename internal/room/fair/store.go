package fair

import (
	"context"
	"embed"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "fair", FS: schemaFiles}

const fairColumns = `fair_id, area, kind, title, theme, place, others, day, opens, ends, welcome, organisers, booths, summary, state, done, conclusion, by_id, by_name, created_at, closed_on, version`

// stored is a fair as its row holds it.
type stored struct {
	Fair
	groups, done string
}

func (s *stored) fields() []any {
	return []any{&s.ID, &s.Area, &s.Kind, &s.Title, &s.Theme, &s.Place, &s.With, &s.Day, &s.From, &s.To, &s.groups, &s.Organisers, &s.Booths, &s.Summary, &s.State, &s.done, &s.Sum,
		&s.ByID, &s.ByName, &s.At, &s.ClosedOn, &s.Version}
}

func readAll(rows []stored, err error) ([]Fair, error) {
	list := make([]Fair, len(rows))
	for i := range rows {
		rows[i].Groups, rows[i].Done = strings.Fields(rows[i].groups), strings.Fields(rows[i].done)
		list[i] = rows[i].Fair
	}
	return list, err
}

func (f *Fair) row() []any {
	return []any{f.ID, f.Area, f.Kind, f.Title, f.Theme, f.Place, f.With, f.Day, f.From, f.To, strings.Join(f.Groups, " "), f.Organisers, f.Booths, f.Summary, f.State, strings.Join(f.Done, " "), f.Sum,
		f.ByID, f.ByName, f.At, f.ClosedOn, f.Version}
}

var fairNames = strings.Split(fairColumns, ", ")

func insertFairs(ctx context.Context, tx *db.Tx, list []Fair) error {
	rows := make([][]any, len(list))
	for i := range list {
		rows[i] = list[i].row()
	}
	return tx.InsertNew(ctx, "fair_event", fairNames, fairNames[:1], rows)
}

// updateFair writes everything that may change. Faults: Conflict when somebody else was faster.
func updateFair(ctx context.Context, tx *db.Tx, f *Fair, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE fair_event SET area = $2, kind = $3, title = $4, theme = $5, place = $6, others = $7, day = $8, opens = $9, ends = $10, welcome = $11, organisers = $12, booths = $13,
		summary = $14, state = $15, done = $16, conclusion = $17, by_id = $18, by_name = $19, created_at = $20, closed_on = $21, version = version + 1 WHERE fair_id = $1 AND version = $22`,
		append(f.row()[:21:21], version)...)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这场招聘会刚刚被别人修改过，请看过现在的样子再办")
	}
	f.Version = version + 1
	return err
}

func fairByID(ctx context.Context, q db.Querier, id int64) (Fair, error) {
	list, err := readAll(db.All(ctx, q, (*stored).fields, `SELECT `+fairColumns+` FROM fair_event WHERE fair_id = $1 ORDER BY fair_id`, id))
	if err == nil && len(list) == 0 {
		return Fair{}, fault.New(fault.NotFound, "没有这场招聘会")
	}
	if err != nil {
		return Fair{}, err
	}
	return list[0], nil
}

// filter narrows a list of fairs down; zero fields let everything through.
type filter struct {
	area, kind, state string
	public            bool
	from, to          db.Date // both included
}

func (f filter) where() (string, []any) {
	low, high := db.Under(f.area)
	where, args := []string{"area >= $1", "area < $2"}, []any{low, high}
	and := func(text string, value any) {
		args = append(args, value)
		where = append(where, text+db.In(len(args), 1))
	}
	if f.kind != "" {
		and("kind = ", f.kind)
	}
	if f.state != "" {
		and("state = ", f.state)
	}
	if f.public {
		where = append(where, "state IN ('open', 'closed')")
	}
	if !f.from.IsZero() {
		and("day >= ", f.from)
	}
	if !f.to.IsZero() {
		and("day <= ", f.to)
	}
	return strings.Join(where, " AND "), args
}

// comingFairs lists fairs from the earliest day on, behind one.
func comingFairs(ctx context.Context, q db.Querier, f filter, after db.Date, afterID int64, limit int) ([]Fair, error) {
	where, args := f.where()
	n := len(args)
	return readAll(db.All(ctx, q, (*stored).fields, `SELECT `+fairColumns+` FROM fair_event WHERE `+where+` AND (day, fair_id) > (`+db.In(n+1, 2)+`)
		ORDER BY day, fair_id LIMIT `+db.In(n+3, 1), append(args, after, afterID, limit)...))
}

// pastFairs lists fairs from the latest day back, before one.
func pastFairs(ctx context.Context, q db.Querier, f filter, before db.Date, beforeID int64, limit int) ([]Fair, error) {
	where, args := f.where()
	n := len(args)
	return readAll(db.All(ctx, q, (*stored).fields, `SELECT `+fairColumns+` FROM fair_event WHERE `+where+` AND (day, fair_id) < (`+db.In(n+1, 2)+`)
		ORDER BY day DESC, fair_id DESC LIMIT `+db.In(n+3, 1), append(args, before, beforeID, limit)...))
}

func countFairs(ctx context.Context, q db.Querier, f filter) (int64, error) {
	where, args := f.where()
	return db.Value[int64](ctx, q, `SELECT count(*) FROM fair_event WHERE `+where, args...)
}

func fairsByID(ctx context.Context, q db.Querier, ids []int64) (map[int64]Fair, error) {
	out := map[int64]Fair{}
	for len(ids) > 0 {
		part := ids[:min(len(ids), chunk)]
		ids = ids[len(part):]
		list, err := readAll(db.All(ctx, q, (*stored).fields, `SELECT `+fairColumns+` FROM fair_event WHERE fair_id IN (`+db.In(1, len(part))+`) ORDER BY fair_id`, db.Args(part)...))
		if err != nil {
			return nil, err
		}
		for _, f := range list {
			out[f.ID] = f
		}
	}
	return out, nil
}

// chunk is how many ids one query takes.
const chunk = 500

// Held tells of whom the room keeps something.
func (r *Room) Held(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	return db.Told(ctx, q, ids, "参加过招聘会", `SELECT DISTINCT person_id FROM fair_visit WHERE person_id IN ({ids}) ORDER BY person_id`)
}
