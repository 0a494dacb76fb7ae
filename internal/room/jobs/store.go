package jobs

import (
	"context"
	"embed"
	"encoding/json"
	"slices"

	"jiuye/internal/engine/rank"
	"jiuye/internal/ground/db"
)

//go:embed schema/*.sql
var migrations embed.FS

// Schema is the room's tables.
var Schema = db.Schema{Room: "jobs", FS: migrations}

type store struct{ *db.DB }

// count is how many applied for a vacancy, and how many of these were taken.
type count struct {
	id             int64
	applied, hired int
}

// counts counts the applications of many vacancies.
func (s store) counts(ctx context.Context, ids []int64) (map[int64]count, error) {
	out := map[int64]count{}
	for part := range slices.Chunk(ids, 1000) {
		err := db.Each(ctx, s, func(c *count) []any { return []any{&c.id, &c.applied, &c.hired} }, func(c *count) error { out[c.id] = *c; return nil },
			`SELECT vacancy_id, count(*), sum(CASE WHEN state = 'hired' THEN 1 ELSE 0 END) FROM jobs_application
			WHERE state NOT IN ('referred', 'withdrawn', 'closed') AND vacancy_id IN (`+db.In(1, len(part))+`) GROUP BY vacancy_id ORDER BY vacancy_id`, db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// recommended counts the people to whom many vacancies are recommended.
func (s store) recommended(ctx context.Context, ids []int64) (map[int64]int, error) {
	return s.tally(ctx, `SELECT vacancy_id, count(*) FROM jobs_match WHERE vacancy_id IN (%) GROUP BY vacancy_id ORDER BY vacancy_id`, ids)
}

// appliedBy counts the applications of many people, whatever became of them.
func (s store) appliedBy(ctx context.Context, ids []int64) (map[int64]int, error) {
	return s.tally(ctx, `SELECT person_id, count(*) FROM jobs_application WHERE state <> 'withdrawn' AND person_id IN (%) GROUP BY person_id ORDER BY person_id`, ids)
}

// matchedTo counts the recommendations of many people.
func (s store) matchedTo(ctx context.Context, ids []int64) (map[int64]int, error) {
	return s.tally(ctx, `SELECT person_id, count(*) FROM jobs_match WHERE person_id IN (%) GROUP BY person_id ORDER BY person_id`, ids)
}

// tally runs a query of pairs for ids, which stand where the query has a %.
func (s store) tally(ctx context.Context, query string, ids []int64) (map[int64]int, error) {
	type pair struct {
		id int64
		n  int
	}
	out := map[int64]int{}
	for part := range slices.Chunk(ids, 1000) {
		err := db.Each(ctx, s, func(p *pair) []any { return []any{&p.id, &p.n} }, func(p *pair) error { out[p.id] = p.n; return nil },
			replaceMark(query, db.In(1, len(part))), db.Args(part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func replaceMark(query, list string) string {
	for i := range query {
		if query[i] == '%' {
			return query[:i] + list + query[i+1:]
		}
	}
	return query
}

// match is a row of jobs_match.
type match struct {
	PersonID, VacancyID int64
	Place, Score        int
	reasons             string
}

const matchColumns = `person_id, vacancy_id, place, score, reasons`

func (m *match) fields() []any {
	return []any{&m.PersonID, &m.VacancyID, &m.Place, &m.Score, &m.reasons}
}

// Reasons are put into words when they are read, so that better wording helps old rows too.
func (m *match) Reasons() []rank.Reason {
	var grounds []rank.Ground
	if json.Unmarshal([]byte(m.reasons), &grounds) != nil {
		return nil
	}
	return rank.Reasons(grounds)
}

// matchesOf are a person's recommendations, the first one first.
func (s store) matchesOf(ctx context.Context, personID int64) ([]match, error) {
	return db.All(ctx, s, (*match).fields, `SELECT `+matchColumns+` FROM jobs_match WHERE person_id = $1 ORDER BY place, vacancy_id`, personID)
}

// matchesFor are the people to whom a vacancy is recommended and who have not applied, best first, behind after.
func (s store) matchesFor(ctx context.Context, vacancyID int64, afterScore, afterPerson int64, limit int) ([]match, error) {
	return db.All(ctx, s, (*match).fields, `SELECT `+matchColumns+` FROM jobs_match m
		WHERE m.vacancy_id = $1 AND (m.score < $2 OR m.score = $3 AND m.person_id > $4)
		AND NOT EXISTS (SELECT 1 FROM jobs_application a WHERE a.person_id = m.person_id AND a.vacancy_id = m.vacancy_id AND a.state NOT IN ('referred', 'withdrawn'))
		ORDER BY m.score DESC, m.person_id LIMIT $5`, vacancyID, afterScore, afterScore, afterPerson, limit)
}
