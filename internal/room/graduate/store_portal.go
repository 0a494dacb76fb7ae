package graduate

import (
	"context"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
)

func firstOf(year int) db.Date { return db.On(clock.Date(year, time.January, 1)) }

func addEvent(ctx context.Context, tx *db.Tx, e *Event) error {
	_, err := tx.Exec(ctx, `INSERT INTO graduate_event (event_id, area, kind, title, school, place, link, day, by_name) VALUES (`+db.In(1, 9)+`)`, e.ID, e.Area, e.Kind, e.Title, e.School, e.Place, e.Link, e.On, e.By)
	return err
}

// events are what is to come in an area's subtree from a day on.
func events(ctx context.Context, q db.Querier, area string, from db.Date, limit int) ([]Event, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, func(e *Event) []any {
		return []any{&e.ID, &e.Area, &e.Kind, &e.Title, &e.School, &e.Place, &e.Link, &e.On, &e.By}
	},
		`SELECT event_id, area, kind, title, school, place, link, day, by_name FROM graduate_event WHERE day >= $3 AND area >= $1 AND area < $2 ORDER BY day, event_id LIMIT $4`, low, high, from, limit)
}

func subscribed(ctx context.Context, q db.Querier, personID int64) (db.Date, bool, error) {
	return db.One(ctx, q, func(d *db.Date) []any { return []any{d} }, `SELECT since FROM graduate_subscription WHERE person_id = $1 ORDER BY person_id`, personID)
}

func subscribe(ctx context.Context, tx *db.Tx, personID int64, on bool, day db.Date) error {
	if !on {
		_, err := tx.Exec(ctx, `DELETE FROM graduate_subscription WHERE person_id = $1`, personID)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO graduate_subscription (person_id, since) VALUES ($1, $2) ON CONFLICT (person_id) DO NOTHING`, personID, day)
	return err
}

// subscribers are those behind a person.
func subscribers(ctx context.Context, q db.Querier, after int64, limit int) ([]int64, error) {
	return db.All(ctx, q, func(id *int64) []any { return []any{id} }, `SELECT person_id FROM graduate_subscription WHERE person_id > $1 ORDER BY person_id LIMIT $2`, after, limit)
}

// Held tells of whom the room keeps something.
func (r *Room) Held(ctx context.Context, q db.Querier, ids []int64) (map[int64]string, error) {
	return db.Told(ctx, q, ids, "有基层岗位报名、服务期或实名服务记录", `SELECT DISTINCT person_id FROM (SELECT person_id FROM graduate_entry UNION ALL SELECT person_id FROM graduate_service UNION ALL SELECT person_id FROM graduate_contact) x
		WHERE person_id IN ({ids}) ORDER BY person_id`)
}

// Forget drops what people said and was said of them; that somebody served, and where, stays for the figures.
func (r *Room) Forget(ctx context.Context, tx *db.Tx, personIDs []int64) error {
	empty := r.Sealer.Seal("")
	for part := range chunks(personIDs) {
		args := []any{empty}
		for _, id := range part {
			args = append(args, id)
		}
		in := ` WHERE person_id IN (` + db.In(2, len(part)) + `)`
		for _, query := range []string{`UPDATE graduate_entry SET said = $1`, `UPDATE graduate_served SET said = $1`, `UPDATE graduate_contact SET said = $1`} {
			if _, err := tx.Exec(ctx, query+in, args...); err != nil {
				return err
			}
		}
		for _, query := range []string{`DELETE FROM graduate_leaver`, `DELETE FROM graduate_subscription`} {
			if _, err := tx.Exec(ctx, query+` WHERE person_id IN (`+db.In(1, len(part))+`)`, args[1:]...); err != nil {
				return err
			}
		}
	}
	return nil
}
