package graduate

import (
	"context"

	"jiuye/internal/ground/db"
)

// atWork is the condition that somebody's insurance shows work in the month $1.
const atWork = `EXISTS (SELECT 1 FROM person_insurance i WHERE i.person_id = g.person_id AND i.from_month <= $1 AND (i.to_month IS NULL OR i.to_month >= $1) AND `
const (
	atUnit   = atWork + `i.kind = 'pension' AND i.employer_id <> 0)`
	flexible = atWork + `i.kind = 'flexible')`
)

// The walk goes by graduates, who are few, and looks their people up; CROSS JOIN keeps SQLite, which knows no sizes, to that order.

// stretch is a run of people by number: behind the first, up to and with the last.
type stretch struct{ after, to int64 }

// stretchOf is the run of so many graduations behind a person; more is false when none are left.
func stretchOf(ctx context.Context, q db.Querier, after int64, n int) (s stretch, more bool, err error) {
	to, err := db.Value[int64](ctx, q, `SELECT coalesce(max(person_id), 0) FROM (SELECT person_id FROM person_graduate WHERE person_id > $1 ORDER BY person_id LIMIT $2) x`, after, n)
	return stretch{after, to}, to != 0, err
}

// drawLeavers draws the list of a stretch anew: who graduated after a day, lives, studies no more, and has no work in the month.
func drawLeavers(ctx context.Context, tx *db.Tx, s stretch, month int, after, today db.Date) error {
	if _, err := tx.Exec(ctx, `DELETE FROM graduate_leaver WHERE person_id > $1 AND person_id <= $2`, s.after, s.to); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO graduate_leaver (person_id, area, graduated, degree, major, trained)
		SELECT g.person_id, p.area, g.graduated, g.degree, g.major, (SELECT count(*) FROM person_training t WHERE t.person_id = g.person_id AND t.since >= g.graduated)
		FROM person_graduate g CROSS JOIN person p
		WHERE p.person_id = g.person_id AND g.person_id > $2 AND g.person_id <= $3 AND g.graduated > $4 AND g.graduated <= $5 AND p.died IS NULL AND p.student = FALSE AND NOT `+atUnit+` AND NOT `+flexible+`
		AND NOT EXISTS (SELECT 1 FROM person_graduate l WHERE l.person_id = g.person_id AND l.graduated > g.graduated)
		AND NOT EXISTS (SELECT 1 FROM graduate_service s WHERE s.person_id = g.person_id AND s.state = 'serving')`, month, s.after, s.to, after, today)
	return err
}

// dropLeavers takes those behind a person off the list: the register knows of no graduation there any more.
func dropLeavers(ctx context.Context, tx *db.Tx, after int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM graduate_leaver WHERE person_id > $1`, after)
	return err
}

// countYears adds a stretch's graduates since a year to the sums by banner and year, with how many have work in the month.
func countYears(ctx context.Context, q db.Querier, sum map[placeYear]*Year, s stretch, month, since int) error {
	type line struct {
		area    string
		day     db.Date
		n, a, b int64
	}
	return db.Each(ctx, q, func(l *line) []any { return []any{&l.area, &l.day, &l.n, &l.a, &l.b} }, func(l *line) error {
		key := placeYear{l.area, l.day.Year()}
		y := sum[key]
		if y == nil {
			y = &Year{Area: l.area, Year: key.year}
			sum[key] = y
		}
		y.People, y.Unit, y.Flexible = y.People+l.n, y.Unit+l.a, y.Flexible+l.b
		return nil
	}, `SELECT place, graduated, count(*), sum(unit), sum(CASE WHEN unit = 0 THEN flexible ELSE 0 END)
		FROM (SELECT substr(p.area, 1, 6) AS place, g.graduated AS graduated, CASE WHEN `+atUnit+` THEN 1 ELSE 0 END AS unit, CASE WHEN `+flexible+` THEN 1 ELSE 0 END AS flexible
			FROM person_graduate g CROSS JOIN person p WHERE p.person_id = g.person_id AND g.person_id > $2 AND g.person_id <= $3 AND g.graduated >= $4 AND p.died IS NULL) x
		GROUP BY place, graduated ORDER BY place, graduated`, month, s.after, s.to, firstOf(since))
}

type placeYear struct {
	area string
	year int
}

// saveYears writes the sums over those of the night before.
func saveYears(ctx context.Context, tx *db.Tx, sum map[placeYear]*Year) error {
	if _, err := tx.Exec(ctx, `DELETE FROM graduate_year`); err != nil {
		return err
	}
	var rows [][]any
	for _, y := range sum {
		rows = append(rows, []any{y.Area, y.Year, y.People, y.Unit, y.Flexible})
	}
	return tx.Copy(ctx, "graduate_year", []string{"area", "year", "people", "unit", "flexible"}, rows)
}

// years adds an area's years up by its children (or itself, for a banner).
func years(ctx context.Context, q db.Querier, code string) ([]Year, error) {
	low, high := db.Under(code)
	return db.All(ctx, q, func(y *Year) []any { return []any{&y.Area, &y.Year, &y.People, &y.Unit, &y.Flexible} },
		`SELECT area, year, people, unit, flexible FROM graduate_year WHERE area >= $1 AND area < $2 ORDER BY year DESC, area`, low, high)
}

// given are what was done for people, with what the register knows of training: person → counts and what they want.
func given(ctx context.Context, q db.Querier, list []Leaver) (map[int64]Given, map[int64]string, error) {
	counts, states := map[int64]Given{}, map[int64]string{}
	if len(list) == 0 {
		return counts, states, nil
	}
	args := make([]any, len(list))
	for i := range list {
		args[i] = list[i].PersonID
	}
	type line struct {
		id          int64
		kind, state string
	}
	in := db.In(1, len(args))
	err := db.Each(ctx, q, func(l *line) []any { return []any{&l.id, &l.kind, &l.state} }, func(l *line) error {
		g := counts[l.id]
		switch l.kind {
		case Reached:
			states[l.id] = l.state
		case Talk:
			g.Talk++
		case Guidance:
			g.Guidance++
		case Vacancy:
			g.Vacancy++
		case Practice:
			g.Practice++
		}
		counts[l.id] = g
		return nil
	}, `SELECT person_id, kind, state FROM graduate_contact WHERE person_id IN (`+in+`) ORDER BY person_id, contact_id`, args...)
	if err != nil {
		return nil, nil, err
	}
	type trained struct{ id, n int64 }
	err = db.Each(ctx, q, func(l *trained) []any { return []any{&l.id, &l.n} }, func(l *trained) error {
		g := counts[l.id]
		g.Practice += l.n
		counts[l.id] = g
		return nil
	}, `SELECT person_id, trained FROM graduate_leaver WHERE person_id IN (`+in+`) ORDER BY person_id`, args...)
	return counts, states, err
}

// wanted is what a leaver said last; unasked when nobody has reached them.
const wanted = `coalesce((SELECT c.state FROM graduate_contact c WHERE c.person_id = l.person_id AND c.kind = 'reached' ORDER BY c.contact_id DESC LIMIT 1), 'unasked')`

// leaversIn lists an area's subtree behind a person, of those who want one thing ("": anything).
func leaversIn(ctx context.Context, q db.Querier, code, want string, after int64, limit int) ([]Leaver, error) {
	low, high := db.Under(code)
	return db.All(ctx, q, func(l *Leaver) []any { return []any{&l.PersonID, &l.Area, &l.Graduated, &l.Degree, &l.Major} },
		`SELECT l.person_id, l.area, l.graduated, l.degree, l.major FROM graduate_leaver l WHERE l.area >= $1 AND l.area < $2 AND l.person_id > $3 AND ($5 = '' OR `+wanted+` = $5) ORDER BY l.person_id LIMIT $4`, low, high, after, limit, want)
}

func leaverByID(ctx context.Context, q db.Querier, id int64) (Leaver, bool, error) {
	return db.One(ctx, q, func(l *Leaver) []any { return []any{&l.PersonID, &l.Area, &l.Graduated, &l.Degree, &l.Major} },
		`SELECT person_id, area, graduated, degree, major FROM graduate_leaver WHERE person_id = $1 ORDER BY person_id`, id)
}

// rates are how far the service is, by so many letters of the area.
func rates(ctx context.Context, q db.Querier, code string, letters int) ([]Rate, error) {
	low, high := db.Under(code)
	return db.All(ctx, q, func(r *Rate) []any {
		return []any{&r.Area, &r.All, &r.Reached, &r.Wanting, &r.Studying, &r.NotNow, &r.Served}
	}, `SELECT place, count(*), sum(CASE WHEN wish <> '' THEN 1 ELSE 0 END), sum(CASE WHEN wish = 'wants' THEN 1 ELSE 0 END), sum(CASE WHEN wish IN ('study', 'army') THEN 1 ELSE 0 END),
		sum(CASE WHEN wish = 'notnow' THEN 1 ELSE 0 END), sum(CASE WHEN wish = 'wants' AND talks > 0 AND guided > 0 AND offers >= 3 AND practised + trained > 0 THEN 1 ELSE 0 END)
		FROM (SELECT substr(l.area, 1, $3) AS place, l.trained AS trained,
			coalesce((SELECT w.state FROM graduate_contact w WHERE w.person_id = l.person_id AND w.kind = 'reached' ORDER BY w.contact_id DESC LIMIT 1), '') AS wish,
			sum(CASE WHEN c.kind = 'talk' THEN 1 ELSE 0 END) AS talks, sum(CASE WHEN c.kind = 'guidance' THEN 1 ELSE 0 END) AS guided,
			sum(CASE WHEN c.kind = 'vacancy' THEN 1 ELSE 0 END) AS offers, sum(CASE WHEN c.kind = 'practice' THEN 1 ELSE 0 END) AS practised
			FROM graduate_leaver l LEFT JOIN graduate_contact c ON c.person_id = l.person_id WHERE l.area >= $1 AND l.area < $2 GROUP BY l.person_id, l.area, l.trained) x GROUP BY place ORDER BY place`, low, high, letters)
}

func (r *Room) addContact(ctx context.Context, tx *db.Tx, c *Contact) error {
	_, err := tx.Exec(ctx, `INSERT INTO graduate_contact (person_id, contact_id, kind, state, day, said, by_name) VALUES (`+db.In(1, 7)+`)`, c.PersonID, r.IDs.Next(), c.Kind, c.State, c.On, r.Sealer.Seal(c.Text), c.By)
	return err
}

type storedContact struct {
	Contact
	said []byte
}

func (r *Room) contactsOf(ctx context.Context, q db.Querier, personID int64) (list []Contact, err error) {
	err = db.Each(ctx, q, func(s *storedContact) []any {
		return []any{&s.PersonID, &s.ID, &s.Kind, &s.State, &s.On, &s.said, &s.By}
	}, func(s *storedContact) (err error) {
		s.Text, err = r.Sealer.Open(s.said)
		list = append(list, s.Contact)
		return err
	}, `SELECT person_id, contact_id, kind, state, day, said, by_name FROM graduate_contact WHERE person_id = $1 ORDER BY contact_id DESC`, personID)
	return list, err
}

// leftIn are people of an area's subtree who left college between two days with a diploma at least, for the demonstration.
func leftIn(ctx context.Context, q db.Querier, code string, from, to db.Date, limit int) ([]int64, error) {
	low, high := db.Under(code)
	return db.All(ctx, q, func(id *int64) []any { return []any{id} }, `SELECT g.person_id FROM person_graduate g CROSS JOIN person p
		WHERE p.person_id = g.person_id AND p.area >= $1 AND p.area < $2 AND g.graduated >= $3 AND g.graduated <= $4 AND g.degree <= 30 AND p.died IS NULL AND p.birth >= '1996-01-01' ORDER BY g.person_id LIMIT $5`, low, high, from, to, limit)
}
