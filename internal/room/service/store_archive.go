package service

import (
	"context"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
)

const archiveColumns = `person_id, archive_id, number, area, shelf, came_from, came_on, letter, items, state, borrower, lent_on, due_on, gone_to, gone_on, version`

func (a *Archive) fields() []any {
	return []any{&a.PersonID, &a.ID, &a.Number, &a.Area, &a.Shelf, &a.CameFrom, &a.CameOn, &a.Letter, &a.Items, &a.State, &a.Borrower, &a.LentOn, &a.DueOn, &a.GoneTo, &a.GoneOn, &a.Version}
}

// addArchive also leads the number to it: an office has each number once, and a person one archive.
func addArchive(ctx context.Context, tx *db.Tx, a *Archive) error {
	n, err := tx.Exec(ctx, `INSERT INTO service_archive_number (area, number, person_id, archive_id) VALUES ($1, $2, $3, $4) ON CONFLICT (area, number) DO NOTHING`,
		a.Area, a.Number, a.PersonID, a.ID)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "档案编号 %s 已经用过，请换一个", a.Number)
	}
	if err != nil {
		return err
	}
	n, err = tx.Exec(ctx, `INSERT INTO service_archive (`+archiveColumns+`) VALUES (`+db.In(1, 16)+`) ON CONFLICT (person_id) WHERE state <> 'gone' DO NOTHING`, a.PersonID, a.ID, a.Number, a.Area, a.Shelf, a.CameFrom, a.CameOn,
		a.Letter, a.Items, a.State, a.Borrower, a.LentOn, a.DueOn, a.GoneTo, a.GoneOn, a.Version)
	if err != nil || n > 0 {
		return err
	}
	here, err := archiveHere(ctx, tx, a.PersonID)
	if err == nil {
		err = fault.New(fault.Conflict, "此人的档案已由%s保管，一人只有一份。请先由那里转出", area.Name(here))
	}
	return err
}

func setArchive(ctx context.Context, tx *db.Tx, a *Archive, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE service_archive SET state = $4, borrower = $5, lent_on = $6, due_on = $7, gone_to = $8, gone_on = $9, version = version + 1
		WHERE person_id = $1 AND archive_id = $2 AND version = $3`, a.PersonID, a.ID, version, a.State, a.Borrower, a.LentOn, a.DueOn, a.GoneTo, a.GoneOn)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这份档案刚刚被别人办理过，请看过现在的样子再办")
	}
	return err
}

func addArchiveStep(ctx context.Context, tx *db.Tx, a *Archive, s Step) error {
	_, err := tx.Exec(ctx, `INSERT INTO service_archive_step (person_id, archive_id, step_id, kind, at, by_name, who, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		a.PersonID, a.ID, s.ID, s.Kind, s.At, s.ByName, s.Who, s.Note)
	return err
}

func archiveByID(ctx context.Context, q db.Querier, id int64) (Archive, error) {
	a, found, err := db.One(ctx, q, (*Archive).fields, `SELECT `+archiveColumns+` FROM service_archive WHERE archive_id = $1 ORDER BY archive_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这份人事档案")
	}
	return a, err
}

// archiveHere is the area of the office that keeps a person's archive; "" when none does.
func archiveHere(ctx context.Context, q db.Querier, personID int64) (string, error) {
	return db.Value[string](ctx, q, `SELECT area FROM service_archive WHERE person_id = $1 AND state <> 'gone' ORDER BY archive_id`, personID)
}

func (r *Room) archivesOf(ctx context.Context, personID int64) ([]Archive, error) {
	return db.All(ctx, r.DB, (*Archive).fields, `SELECT `+archiveColumns+` FROM service_archive WHERE person_id = $1 ORDER BY archive_id`, personID)
}

// archiveFilter says which archives to list.
type archiveFilter struct {
	area, state, number string  // number: its beginning
	overdue             db.Date // lent, and due before this day; zero: no matter
}

func (f archiveFilter) where() (string, []any) {
	low, high := db.Under(f.area)
	where, args := []string{"area >= $1", "area < $2"}, []any{low, high}
	add := func(condition string, v any) {
		args = append(args, v)
		where = append(where, condition+db.In(len(args), 1))
	}
	if f.state != "" {
		add("state = ", f.state)
	}
	if f.number != "" {
		add("number >= ", f.number)
		add("number < ", f.number+"\U0010FFFF")
	}
	if !f.overdue.IsZero() {
		add("state = 'lent' AND due_on < ", f.overdue)
	}
	return strings.Join(where, " AND "), args
}

// listArchives lists the newest first, below an id.
func (r *Room) listArchives(ctx context.Context, f archiveFilter, below int64, limit int) ([]Archive, error) {
	where, args := f.where()
	n := len(args)
	return db.All(ctx, r.DB, (*Archive).fields, `SELECT `+archiveColumns+` FROM service_archive WHERE `+where+` AND archive_id < `+db.In(n+1, 1)+`
		ORDER BY archive_id DESC LIMIT `+db.In(n+2, 1), append(args, below, limit)...)
}

func (r *Room) countArchives(ctx context.Context, f archiveFilter) (int64, error) {
	where, args := f.where()
	return db.Value[int64](ctx, r.DB, `SELECT count(*) FROM service_archive WHERE `+where, args...)
}

func (r *Room) stepsOf(ctx context.Context, a *Archive) ([]Step, error) {
	return db.All(ctx, r.DB, func(s *Step) []any { return []any{&s.ID, &s.Kind, &s.At, &s.ByName, &s.Who, &s.Note} },
		`SELECT step_id, kind, at, by_name, who, note FROM service_archive_step WHERE person_id = $1 AND archive_id = $2 ORDER BY step_id DESC`, a.PersonID, a.ID)
}
