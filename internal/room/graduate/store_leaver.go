package graduate

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
)

// atWork is the condition that somebody's insurance shows work in the month $1.
const atWork = `EXISTS (SELECT 1 FROM person_insurance i WHERE i.person_id = g.person_id AND i.from_month <= $1 AND (i.to_month IS NULL OR i.to_month >= $1) AND `
const (
	atUnit   = atWork + `i.kind = 'pension' AND i.employer_id <> 0)`
	flexible = atWork + `i.kind = 'flexible')`
)

// A league's people are found by their area; CROSS JOIN keeps SQLite, which knows no sizes, from reading every graduate for each league.

// drawLeavers draws a league's list anew: who graduated after a day, lives, studies no more, and has no work in the month.
func drawLeavers(ctx context.Context, tx *db.Tx, league string, month int, after, today db.Date) error {
	low, high := db.Under(league)
	if _, err := tx.Exec(ctx, `DELETE FROM graduate_leaver WHERE area >= $1 AND area < $2`, low, high); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO graduate_leaver (person_id, area, graduated, degree, major, trained)
		SELECT g.person_id, p.area, g.graduated, g.degree, g.major, (SELECT count(*) FROM person_training t WHERE t.person_id = g.person_id AND t.since >= g.graduated)
		FROM person p CROSS JOIN person_graduate g
		WHERE g.person_id = p.person_id AND p.area >= $2 AND p.area < $3 AND g.graduated > $4 AND g.graduated <= $5 AND p.died IS NULL AND p.student = FALSE AND NOT `+atUnit+` AND NOT `+flexible+`
		AND NOT EXISTS (SELECT 1 FROM person_graduate l WHERE l.person_id = g.person_id AND l.graduated > g.graduated)
		AND NOT EXISTS (SELECT 1 FROM graduate_service s WHERE s.person_id = g.person_id AND s.state = 'serving')
		ON CONFLICT (person_id) DO UPDATE SET area = excluded.area, graduated = excluded.graduated, degree = excluded.degree, major = excluded.major, trained = excluded.trained`, month, low, high, after, today)
	return err
}

// countYears counts a league's graduates of each year since one, by banner, and how many have work in the month.
func countYears(ctx context.Context, tx *db.Tx, league string, month, since int) error {
	low, high := db.Under(league)
	type line struct {
		area string
		day  db.Date
		a, b int64
	}
	sum := map[[2]string]*Year{}
	err := db.Each(ctx, tx, func(l *line) []any { return []any{&l.area, &l.day, &l.a, &l.b} }, func(l *line) error {
		code, year := area.At(l.area, area.Banner), l.day.Year()
		key := [2]string{code, l.day.Format("2006")}
		y := sum[key]
		if y == nil {
			y = &Year{Area: code, Year: year}
			sum[key] = y
		}
		y.People++
		y.Unit += l.a
		if l.a == 0 {
			y.Flexible += l.b
		}
		return nil
	}, `SELECT p.area, g.graduated, CASE WHEN `+atUnit+` THEN 1 ELSE 0 END, CASE WHEN `+flexible+` THEN 1 ELSE 0 END FROM person p CROSS JOIN person_graduate g
		WHERE g.person_id = p.person_id AND p.area >= $2 AND p.area < $3 AND g.graduated >= $4 AND p.died IS NULL ORDER BY g.person_id, g.graduated`, month, low, high, firstOf(since))
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM graduate_year WHERE area >= $1 AND area < $2`, low, high); err != nil {
		return err
	}
	var rows [][]any
	for _, y := range sum {
		rows = append(rows, []any{y.Area, y.Year, y.People, y.Unit, y.Flexible})
	}
	return tx.Upsert(ctx, "graduate_year", []string{"area", "year", "people", "unit", "flexible"}, []string{"area", "year"}, rows)
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
			coalesce((SELECT c.state FROM graduate_contact c WHERE c.person_id = l.person_id AND c.kind = 'reached' ORDER BY c.contact_id DESC LIMIT 1), '') AS wish,
			(SELECT count(*) FROM graduate_contact c WHERE c.person_id = l.person_id AND c.kind = 'talk') AS talks,
			(SELECT count(*) FROM graduate_contact c WHERE c.person_id = l.person_id AND c.kind = 'guidance') AS guided,
			(SELECT count(*) FROM graduate_contact c WHERE c.person_id = l.person_id AND c.kind = 'vacancy') AS offers,
			(SELECT count(*) FROM graduate_contact c WHERE c.person_id = l.person_id AND c.kind = 'practice') AS practised
			FROM graduate_leaver l WHERE l.area >= $1 AND l.area < $2) x GROUP BY place ORDER BY place`, low, high, letters)
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
	return db.All(ctx, q, func(id *int64) []any { return []any{id} }, `SELECT g.person_id FROM person p CROSS JOIN person_graduate g
		WHERE g.person_id = p.person_id AND p.area >= $1 AND p.area < $2 AND g.graduated >= $3 AND g.graduated <= $4 AND g.degree <= 30 AND p.died IS NULL AND p.birth >= '1996-01-01' ORDER BY g.person_id LIMIT $5`, low, high, from, to, limit)
}
