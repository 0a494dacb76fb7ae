package analysis

import (
	"context"

	"jiuye/internal/ground/db"
)

// registration is one registration of unemployment, with where the person lives and what is looked for.
type registration struct {
	person       int64
	banner       string
	since, until db.Date
	occupation   string // wished for; where nothing was said, what was done last
}

func (g *registration) fields() []any {
	return []any{&g.person, &g.banner, &g.since, &g.until, &g.occupation}
}

// eachRegistration goes through the registrations that touch a span of days, a person's together, the earliest first.
func eachRegistration(ctx context.Context, q db.Querier, from, to db.Date, yield func(*registration) error) error {
	return db.Each(ctx, q, (*registration).fields, yield, `SELECT r.person_id, substr(p.area, 1, 6), r.since, r.until,
			CASE WHEN r.occupation <> '' THEN r.occupation ELSE coalesce((SELECT s.occupation FROM person_spell s
				WHERE s.person_id = r.person_id AND s.since <= r.since AND s.occupation <> '' ORDER BY s.since DESC, s.kind, s.employer_id LIMIT 1), '') END
		FROM person_registration r JOIN person p ON p.person_id = r.person_id
		WHERE r.since <= $1 AND (r.until IS NULL OR r.until > $2) AND (p.died IS NULL OR p.died > $3) ORDER BY r.person_id, r.since`, to, from, to)
}

// vacancy is what of a vacancy is counted.
type vacancy struct {
	banner, code, occupation, title string
	openings                        int64
	posted, ends                    db.Date
}

func (v *vacancy) fields() []any {
	return []any{&v.banner, &v.code, &v.occupation, &v.title, &v.openings, &v.posted, &v.ends}
}

// eachVacancy goes through the vacancies that were open on any day of a span. Hidden ones are not counted: their adverts are in doubt.
func eachVacancy(ctx context.Context, q db.Querier, from, to db.Date, yield func(*vacancy) error) error {
	return db.Each(ctx, q, (*vacancy).fields, yield, `SELECT substr(v.area, 1, 6), v.code, v.occupation, v.title, v.openings, v.posted, CASE WHEN e.ended IS NOT NULL AND e.ended < v.closes THEN e.ended ELSE v.closes END AS ends
		FROM employer_vacancy v LEFT JOIN analysis_ended e ON e.employer_id = v.employer_id AND e.vacancy_id = v.vacancy_id
		WHERE v.state <> 'hidden' AND v.closes >= $1 AND v.posted <= $2 AND (e.ended IS NULL OR e.ended >= $3) ORDER BY v.vacancy_id`, from, to, from)
}

// noteEnded keeps the day on which a vacancy was first seen closed before its time, and forgets it when it is open again.
func (r *Room) noteEnded(ctx context.Context) error {
	type key struct{ employer, vacancy int64 }
	fields := func(k *key) []any { return []any{&k.employer, &k.vacancy} }
	today := db.On(r.today())
	ended, err := db.All(ctx, r.DB, fields, `SELECT v.employer_id, v.vacancy_id FROM employer_vacancy v WHERE v.state = 'closed' AND v.closes >= $1
		AND NOT EXISTS (SELECT 1 FROM analysis_ended e WHERE e.employer_id = v.employer_id AND e.vacancy_id = v.vacancy_id) ORDER BY v.vacancy_id`, today)
	if err != nil {
		return err
	}
	again, err := db.All(ctx, r.DB, fields, `SELECT e.employer_id, e.vacancy_id FROM analysis_ended e JOIN employer_vacancy v ON v.employer_id = e.employer_id AND v.vacancy_id = e.vacancy_id
		WHERE v.state = 'open' ORDER BY e.vacancy_id`)
	if err != nil || len(ended)+len(again) == 0 {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		rows := make([][]any, len(ended))
		for i, k := range ended {
			rows[i] = []any{k.employer, k.vacancy, today}
		}
		for _, k := range again {
			if _, err := tx.Exec(ctx, `DELETE FROM analysis_ended WHERE employer_id = $1 AND vacancy_id = $2`, k.employer, k.vacancy); err != nil {
				return err
			}
		}
		return tx.InsertNew(ctx, "analysis_ended", []string{"employer_id", "vacancy_id", "ended"}, []string{"employer_id", "vacancy_id"}, rows)
	})
}

// firstVacancy is the month in which the first vacancy there is was published; 0 without any.
func firstVacancy(ctx context.Context, q db.Querier) (Month, error) {
	d, found, err := db.One(ctx, q, func(d *db.Date) []any { return []any{d} }, `SELECT posted FROM employer_vacancy ORDER BY posted LIMIT 1`)
	if err != nil || !found {
		return 0, err
	}
	return monthOf(d.Time), nil
}

// hired counts the people whom units took on, by place of work, month and work.
type hired struct {
	banner, month, occupation string
	count                     int64
}

func eachHired(ctx context.Context, q db.Querier, from, to db.Date, yield func(*hired) error) error {
	return db.Each(ctx, q, func(h *hired) []any { return []any{&h.banner, &h.month, &h.occupation, &h.count} }, yield, `SELECT banner, month, occupation, count(*) FROM (
			SELECT substr(area, 1, 6) AS banner, substr(CAST(since AS TEXT), 1, 7) AS month, occupation FROM person_spell WHERE kind = 'unit' AND since >= $1 AND since <= $2) AS s
		GROUP BY banner, month, occupation ORDER BY banner, month, occupation`, from, to)
}

// flow is a number of people of an employer in a month.
type flow struct {
	employer int64
	month    int
	people   int32
}

func (f *flow) fields() []any { return []any{&f.employer, &f.month, &f.people} }

// eachJoined counts the people whom employers began to insure, by month.
func eachJoined(ctx context.Context, q db.Querier, from, to Month, yield func(*flow) error) error {
	return db.Each(ctx, q, (*flow).fields, yield, `SELECT employer_id, from_month, count(*) FROM person_insurance
		WHERE kind = 'pension' AND employer_id <> 0 AND from_month >= $1 AND from_month <= $2 GROUP BY employer_id, from_month ORDER BY employer_id, from_month`, from.Int(), to.Int())
}

// eachLeft counts the people for whom employers paid the last time, by month.
func eachLeft(ctx context.Context, q db.Querier, from, to Month, yield func(*flow) error) error {
	return db.Each(ctx, q, (*flow).fields, yield, `SELECT employer_id, to_month, count(*) FROM person_insurance
		WHERE kind = 'pension' AND employer_id <> 0 AND to_month >= $1 AND to_month <= $2 GROUP BY employer_id, to_month ORDER BY employer_id, to_month`, from.Int(), to.Int())
}

// eachStaff counts the people whom employers insure in a month.
func eachStaff(ctx context.Context, q db.Querier, in Month, yield func(*flow) error) error {
	return db.Each(ctx, q, (*flow).fields, yield, `SELECT employer_id, CAST($1 AS INTEGER), count(*) FROM person_insurance
		WHERE kind = 'pension' AND employer_id <> 0 AND from_month <= $2 AND (to_month IS NULL OR to_month >= $3) GROUP BY employer_id ORDER BY employer_id`, in.Int(), in.Int(), in.Int())
}

// recruiting are the employers with a vacancy open on a day.
func recruiting(ctx context.Context, q db.Querier, on db.Date) (map[int64]bool, error) {
	list, err := db.All(ctx, q, func(n *int64) []any { return []any{n} }, `SELECT DISTINCT employer_id FROM employer_vacancy WHERE state <> 'closed' AND closes >= $1 ORDER BY employer_id`, on)
	out := make(map[int64]bool, len(list))
	for _, n := range list {
		out[n] = true
	}
	return out, err
}
