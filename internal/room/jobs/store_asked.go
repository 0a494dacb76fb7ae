package jobs

import (
	"context"

	"jiuye/internal/ground/db"
)

// States of a question about an advert.
const (
	askWaiting = "waiting"
	askPassed  = "passed"
	askRefused = "refused"
	askMended  = "mended" // the employer took the words out
)

// Asked is a question about an advert, and what was decided.
type Asked struct {
	EmployerID, VacancyID int64
	Area, Title           string
	Text                  string // JSON of []askedWords
	State                 string
	Passed                string
	At                    int64
	By                    string
	DecidedAt             int64
	Reason                string
	Version               int64
}

const askedColumns = `employer_id, vacancy_id, area, title, text, state, passed, asked_at, by_name, decided_at, reason, version`

func (a *Asked) fields() []any {
	return []any{&a.EmployerID, &a.VacancyID, &a.Area, &a.Title, &a.Text, &a.State, &a.Passed, &a.At, &a.By, &a.DecidedAt, &a.Reason, &a.Version}
}

// askedOf reads the question about a vacancy; the zero Asked when there never was one.
func (s store) askedOf(ctx context.Context, q db.Querier, vacancyID int64) (Asked, error) {
	a, _, err := db.One(ctx, q, (*Asked).fields, `SELECT `+askedColumns+` FROM jobs_asked WHERE vacancy_id = $1 ORDER BY employer_id`, vacancyID)
	return a, err
}

func (s store) putAsked(ctx context.Context, tx *db.Tx, a Asked) error {
	columns := []string{"employer_id", "vacancy_id", "area", "title", "text", "state", "passed", "asked_at", "by_name", "decided_at", "reason", "version"}
	return tx.Upsert(ctx, "jobs_asked", columns, columns[:2], [][]any{{a.EmployerID, a.VacancyID, a.Area, a.Title, a.Text, a.State, a.Passed, a.At, a.By, a.DecidedAt, a.Reason, a.Version + 1}})
}

// questions lists those of an area's subtree in a state, behind the last one listed.
func (s store) questions(ctx context.Context, area, state string, after int64, limit int) ([]Asked, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.DB, (*Asked).fields, `SELECT `+askedColumns+` FROM jobs_asked WHERE state = $1 AND area >= $2 AND area < $3 AND vacancy_id > $4
		ORDER BY vacancy_id LIMIT $5`, state, low, high, after, limit)
}
