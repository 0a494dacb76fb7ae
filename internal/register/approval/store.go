package approval

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
var Schema = db.Schema{Room: "approval", FS: schemaFiles}

const columns = `r.person_id, r.request_id, r.kind, r.state, r.object, r.object_id, r.area, r.title, r.href, r.by_id, r.by_name,
	r.asked_at, r.until, r.ended_at, r.yes, r.version, r.content`

var names = []string{"person_id", "request_id", "kind", "state", "object", "object_id", "area", "title", "href", "by_id", "by_name",
	"asked_at", "until", "ended_at", "yes", "version", "content"}

func (it *Item) fields() []any {
	return []any{&it.PersonID, &it.ID, &it.Kind, &it.State, &it.Object, &it.ObjectID, &it.Area, &it.Title, &it.Href, &it.ByID, &it.ByName,
		(*instant)(&it.AskedAt), &it.Until, (*instant)(&it.EndedAt), &it.Yes, &it.Version, &it.sealed}
}

func (it *Item) row() []any {
	return []any{it.PersonID, it.ID, it.Kind, string(it.State), it.Object, it.ObjectID, it.Area, it.Title, it.Href, it.ByID, it.ByName,
		it.AskedAt.UnixMilli(), it.Until, int64(0), it.Yes, it.Version, it.sealed}
}

// instant scans unix milliseconds; 0 is the zero time.
type instant time.Time

// Scan implements sql.Scanner.
func (i *instant) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("approval: an instant is %T", src)
	}
	*i = instant{}
	if n != 0 {
		*i = instant(time.UnixMilli(n).In(clock.Zone))
	}
	return nil
}

func get(ctx context.Context, q db.Querier, id int64) (Item, error) {
	it, found, err := db.One(ctx, q, (*Item).fields, `SELECT `+columns+` FROM approval_request r WHERE r.request_id = $1 ORDER BY r.request_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这件申请")
	}
	return it, err
}

func insert(ctx context.Context, tx *db.Tx, it *Item) error {
	_, err := tx.Exec(ctx, `INSERT INTO approval_request (`+strings.Join(names, ", ")+`) VALUES (`+db.In(1, len(names))+`)`, it.row()...)
	return err
}

func addStep(ctx context.Context, tx *db.Tx, it *Item, stepID int64, s Step, reason []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO approval_step (person_id, request_id, step_id, at, what, by_id, by_name, reason) VALUES (`+db.In(1, 8)+`)`,
		it.PersonID, it.ID, stepID, s.At.UnixMilli(), s.What, s.ByID, s.ByName, reason)
	return err
}

type sealedStep struct {
	Step
	reason []byte
}

func steps(ctx context.Context, q db.Querier, it *Item) ([]sealedStep, error) {
	return db.All(ctx, q, func(s *sealedStep) []any {
		return []any{(*instant)(&s.At), &s.What, &s.ByID, &s.ByName, &s.reason}
	}, `SELECT at, what, by_id, by_name, reason FROM approval_step WHERE person_id = $1 AND request_id = $2 ORDER BY step_id DESC`, it.PersonID, it.ID)
}

// voted tells whether an account has said yes to a request already.
func voted(ctx context.Context, q db.Querier, it *Item, accountID int64) (bool, error) {
	n, err := db.Value[int64](ctx, q, `SELECT count(*) FROM approval_step WHERE person_id = $1 AND request_id = $2 AND what = 'yes' AND by_id = $3`,
		it.PersonID, it.ID, accountID)
	return n > 0, err
}

// change writes what may change of a waiting request and raises its version; it is a fault of kind Conflict when somebody
// else has changed it since it was read.
func change(ctx context.Context, tx *db.Tx, it *Item, version int64) error {
	ended := int64(0)
	if it.State != Waiting {
		ended = it.EndedAt.UnixMilli()
	}
	n, err := tx.Exec(ctx, `UPDATE approval_request SET state = $1, ended_at = $2, yes = $3, version = version + 1
		WHERE person_id = $4 AND request_id = $5 AND version = $6 AND state = 'waiting'`, string(it.State), ended, it.Yes, it.PersonID, it.ID, version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "您打开这一页后，这件申请有了新情况，您的决定还没有保存。请看清楚现在的情况再决定")
	}
	return err
}

// Filter narrows a list down; zero fields let everything through.
type Filter struct {
	Kind     string
	Area     string // subtree
	States   []State
	ByID     int64 // asked by this account
	Object   string
	ObjectID int64 // with Object
	PersonID int64
}

func (f Filter) where(args *[]any) string {
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
	if f.Area != "" {
		low, high := db.Under(f.Area)
		put("r.area >= %s AND r.area < %s", low, high)
	}
	if f.Kind != "" {
		put("r.kind = %s", f.Kind)
	}
	if f.ByID != 0 {
		put("r.by_id = %s", f.ByID)
	}
	if f.PersonID != 0 {
		put("r.person_id = %s", f.PersonID)
	}
	if f.Object != "" {
		put("r.object = %s AND r.object_id = %s", f.Object, f.ObjectID)
	}
	if len(f.States) > 0 {
		places := make([]string, len(f.States))
		for i, s := range f.States {
			*args = append(*args, string(s))
			places[i] = fmt.Sprintf("$%d", len(*args))
		}
		b.WriteString(" AND r.state IN (" + strings.Join(places, ",") + ")")
	}
	return b.String()
}

// list reads requests, the newest first, behind an id (0: from the newest).
func list(ctx context.Context, q db.Querier, f Filter, below int64, limit int) ([]Item, error) {
	var args []any
	where := f.where(&args)
	if below > 0 {
		args = append(args, below)
		where += fmt.Sprintf(" AND r.request_id < $%d", len(args))
	}
	args = append(args, limit)
	return db.All(ctx, q, (*Item).fields, `SELECT `+columns+` FROM approval_request r WHERE `+where+
		fmt.Sprintf(` ORDER BY r.request_id DESC LIMIT $%d`, len(args)), args...)
}

func count(ctx context.Context, q db.Querier, f Filter) (int64, error) {
	var args []any
	where := f.where(&args)
	return db.Value[int64](ctx, q, `SELECT count(*) FROM approval_request r WHERE `+where, args...)
}

// countFor counts what waits for somebody: requests of these kinds that others asked for and that this account has not
// said yes to yet.
func countFor(ctx context.Context, q db.Querier, area string, kinds []string, accountID int64) (int64, error) {
	low, high := db.Under(area)
	args := []any{low, high, accountID}
	for _, k := range kinds {
		args = append(args, k)
	}
	return db.Value[int64](ctx, q, `SELECT count(*) FROM approval_request r WHERE r.state = 'waiting' AND r.area >= $1 AND r.area < $2 AND r.by_id <> $3
		AND r.kind IN (`+db.In(4, len(kinds))+`) AND NOT EXISTS (SELECT 1 FROM approval_step s
			WHERE s.person_id = r.person_id AND s.request_id = r.request_id AND s.what = 'yes' AND s.by_id = $3)`, args...)
}

// overdue lists waiting requests whose last day has gone by, the oldest first.
func overdue(ctx context.Context, q db.Querier, today db.Date, limit int) ([]Item, error) {
	return db.All(ctx, q, (*Item).fields, `SELECT `+columns+` FROM approval_request r WHERE r.state = 'waiting' AND r.until < $1
		ORDER BY r.until, r.request_id LIMIT $2`, today, limit)
}

// forget overwrites what is sealed of people's requests, and closes those that wait.
func forget(ctx context.Context, tx *db.Tx, personIDs []int64, empty, nothing []byte, now int64) error {
	for part := range slices.Chunk(personIDs, 500) {
		ids := make([]any, len(part))
		for i, id := range part {
			ids[i] = id
		}
		for _, q := range []struct {
			set  string
			args []any
		}{
			{`UPDATE approval_request SET state = 'withdrawn', ended_at = $1, version = version + 1 WHERE state = 'waiting' AND person_id IN (`, []any{now}},
			{`UPDATE approval_request SET title = '已匿名', href = '', content = $1 WHERE person_id IN (`, []any{empty}},
			{`UPDATE approval_step SET reason = $1 WHERE person_id IN (`, []any{nothing}},
		} {
			if _, err := tx.Exec(ctx, q.set+db.In(2, len(ids))+`)`, append(q.args, ids...)...); err != nil {
				return err
			}
		}
	}
	return nil
}
