package fair

import (
	"context"
	"strings"

	"jiuye/internal/ground/db"
)

const talkColumns = `person_id, fair_id, vacancy_id, employer_id, result, note, at, by_name, month1, month3`

var talkNames = strings.Split(talkColumns, ", ")

func (t *Talk) fields() []any {
	return []any{&t.PersonID, &t.FairID, &t.VacancyID, &t.EmployerID, &t.Result, &t.Note, &t.At, &t.ByName, &t.Month1, &t.Month3}
}

func saveTalks(ctx context.Context, tx *db.Tx, list []Talk) error {
	rows := make([][]any, len(list))
	for i, t := range list {
		rows[i] = []any{t.PersonID, t.FairID, t.VacancyID, t.EmployerID, t.Result, t.Note, t.At, t.ByName, t.Month1, t.Month3}
	}
	return tx.Upsert(ctx, "fair_talk", talkNames, talkNames[:3], rows)
}

// talksOf reads a fair's talks.
func talksOf(ctx context.Context, q db.Querier, fairID int64) ([]Talk, error) {
	return db.All(ctx, q, (*Talk).fields, `SELECT `+talkColumns+` FROM fair_talk WHERE fair_id = $1 ORDER BY person_id, vacancy_id`, fairID)
}

// dueTalks are the fairs up to a day with talks whose outcome is not known.
func dueTalks(ctx context.Context, q db.Querier, until db.Date, limit int) ([]int64, error) {
	return db.All(ctx, q, func(n *int64) []any { return []any{n} }, `SELECT e.fair_id FROM fair_event e WHERE e.day <= $1
		AND EXISTS (SELECT 1 FROM fair_talk t WHERE t.fair_id = e.fair_id AND t.month3 = 0 AND t.result <> 'unfit') ORDER BY e.day DESC, e.fair_id LIMIT $2`, until, limit)
}

// Sums are a fair's figures.
type Sums struct {
	FairID                                    int64
	Registered, Came, WalkIn                  int64
	Units, Vacancies, Openings                int64
	Intents, Interviews, Hires                int64 // people, each by the best that they agreed on
	Promising, Known1, Month1, Known3, Month3 int64 // people with any of these; of them, whose month has passed, and who is insured there
}

// sumsOf adds up many fairs: fair → figures. A person counts once for a fair.
func sumsOf(ctx context.Context, q db.Querier, ids []int64) (map[int64]*Sums, error) {
	out := map[int64]*Sums{}
	for _, id := range ids {
		out[id] = &Sums{FairID: id}
	}
	type line [7]int64
	fields := func(l *line) []any { return []any{&l[0], &l[1], &l[2], &l[3], &l[4], &l[5], &l[6]} }
	for len(ids) > 0 {
		part := ids[:min(len(ids), chunk)]
		ids = ids[len(part):]
		in, args := db.In(1, len(part)), db.Args(part)
		for _, one := range []struct {
			query string
			put   func(s *Sums, l *line)
		}{
			{`SELECT fair_id, count(*), count(CASE WHEN checked_at > 0 THEN 1 END), count(CASE WHEN walkin THEN 1 END), 0, 0, 0 FROM fair_visit WHERE fair_id IN (` + in + `) GROUP BY fair_id ORDER BY fair_id`,
				func(s *Sums, l *line) { s.Registered, s.Came, s.WalkIn = l[1], l[2], l[3] }},
			{`SELECT b.fair_id, count(DISTINCT b.employer_id), count(v.vacancy_id), CAST(coalesce(sum(v.openings), 0) AS BIGINT), 0, 0, 0 FROM fair_booth b LEFT JOIN fair_vacancy v ON v.employer_id = b.employer_id AND v.fair_id = b.fair_id
				WHERE b.state = 'confirmed' AND b.fair_id IN (` + in + `) GROUP BY b.fair_id ORDER BY b.fair_id`,
				func(s *Sums, l *line) { s.Units, s.Vacancies, s.Openings = l[1], l[2], l[3] }},
			{`SELECT fair_id, count(CASE WHEN best = 1 THEN 1 END), count(CASE WHEN best = 2 THEN 1 END), count(CASE WHEN best = 3 THEN 1 END), count(CASE WHEN best > 0 THEN 1 END), 0, 0 FROM
				(SELECT fair_id, person_id, max(CASE result WHEN 'hired' THEN 3 WHEN 'interview' THEN 2 WHEN 'intent' THEN 1 ELSE 0 END) AS best FROM fair_talk WHERE fair_id IN (` + in + `) GROUP BY fair_id, person_id) t GROUP BY fair_id ORDER BY fair_id`,
				func(s *Sums, l *line) { s.Intents, s.Interviews, s.Hires, s.Promising = l[1], l[2], l[3], l[4] }},
			{`SELECT fair_id, count(CASE WHEN least1 > 0 THEN 1 END), count(CASE WHEN yes1 = 1 THEN 1 END), count(CASE WHEN least3 > 0 THEN 1 END), count(CASE WHEN yes3 = 1 THEN 1 END), 0, 0 FROM
				(SELECT fair_id, person_id, max(month1) AS least1, max(CASE WHEN month1 = 1 THEN 1 ELSE 0 END) AS yes1, max(month3) AS least3, max(CASE WHEN month3 = 1 THEN 1 ELSE 0 END) AS yes3
				FROM fair_talk WHERE result <> 'unfit' AND fair_id IN (` + in + `) GROUP BY fair_id, person_id) t GROUP BY fair_id ORDER BY fair_id`,
				func(s *Sums, l *line) { s.Known1, s.Month1, s.Known3, s.Month3 = l[1], l[2], l[3], l[4] }},
		} {
			err := db.Each(ctx, q, fields, func(l *line) error {
				one.put(out[l[0]], l)
				return nil
			}, one.query, args...)
			if err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// saveOutcomes writes what has become known; a talk that was noted anew meanwhile keeps its words.
func saveOutcomes(ctx context.Context, tx *db.Tx, list []Talk) error {
	for _, t := range list {
		if _, err := tx.Exec(ctx, `UPDATE fair_talk SET month1 = $4, month3 = $5 WHERE person_id = $1 AND fair_id = $2 AND vacancy_id = $3`, t.PersonID, t.FairID, t.VacancyID, t.Month1, t.Month3); err != nil {
			return err
		}
	}
	return nil
}
