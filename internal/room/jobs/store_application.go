package jobs

import (
	"context"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
)

const applicationColumns = `person_id, vacancy_id, employer_id, state, note, referred_by, created_at, updated_at, version, reason`

func (a *Application) fields() []any {
	return []any{&a.PersonID, &a.VacancyID, &a.EmployerID, &a.State, &a.Note, &a.ReferredBy, &a.CreatedAt, &a.UpdatedAt, &a.Version, &a.Reason}
}

// application is one person's application for a vacancy; its State is "" when there is none.
func (s store) application(ctx context.Context, q db.Querier, personID, vacancyID int64) (Application, error) {
	a, _, err := db.One(ctx, q, (*Application).fields, `SELECT `+applicationColumns+` FROM jobs_application
		WHERE person_id = $1 AND vacancy_id = $2 ORDER BY person_id`, personID, vacancyID)
	return a, err
}

// applicationsOf are a person's applications, the last changed first.
func (s store) applicationsOf(ctx context.Context, personID int64) ([]Application, error) {
	return db.All(ctx, s, (*Application).fields, `SELECT `+applicationColumns+` FROM jobs_application
		WHERE person_id = $1 ORDER BY updated_at DESC, vacancy_id DESC`, personID)
}

// applicationsIn are a person's applications as a transaction sees them.
func (s store) applicationsIn(ctx context.Context, q db.Querier, personID int64) ([]Application, error) {
	return db.All(ctx, q, (*Application).fields, `SELECT `+applicationColumns+` FROM jobs_application
		WHERE person_id = $1 ORDER BY vacancy_id`, personID)
}

// applicationsFor are the applications that the employer may see, oldest first, behind the person of the last page.
func (s store) applicationsFor(ctx context.Context, vacancyID, afterPerson int64, limit int) ([]Application, error) {
	return db.All(ctx, s, (*Application).fields, `SELECT `+applicationColumns+` FROM jobs_application
		WHERE vacancy_id = $1 AND state NOT IN ('referred', 'withdrawn', 'closed') AND person_id > $2 ORDER BY person_id LIMIT $3`, vacancyID, afterPerson, limit)
}

// put writes an application's next state and what it went through. version is the one that was read; false when
// somebody else was faster.
func (s store) put(ctx context.Context, tx *db.Tx, a Application, by web.User, now time.Time) (ok bool, err error) {
	at := now.UnixMilli()
	if a.Version == 0 {
		n, err := tx.Exec(ctx, `INSERT INTO jobs_application (`+applicationColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9)
			ON CONFLICT (person_id, vacancy_id) DO NOTHING`, a.PersonID, a.VacancyID, a.EmployerID, string(a.State), a.Note, a.ReferredBy, at, at, a.Reason)
		if err != nil || n == 0 {
			return false, err
		}
	} else {
		n, err := tx.Exec(ctx, `UPDATE jobs_application SET state = $1, note = $2, referred_by = $3, updated_at = $4, reason = $5, version = version + 1
			WHERE person_id = $6 AND vacancy_id = $7 AND version = $8`, string(a.State), a.Note, a.ReferredBy, at, a.Reason, a.PersonID, a.VacancyID, a.Version)
		if err != nil || n == 0 {
			return false, err
		}
	}
	_, err = tx.Exec(ctx, `INSERT INTO jobs_application_step (person_id, vacancy_id, version, state, note, by_id, by_name, at, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, a.PersonID, a.VacancyID, a.Version+1, string(a.State), a.Note, by.ID, by.Name, at, a.Reason)
	return err == nil, err
}

// Step is one state that an application has been in.
type Step struct {
	VacancyID int64
	State     State
	Note      string
	ByName    string
	At        int64 // unix ms
	Reason    string
}

// steps are what became of a person's application, newest first.
func (s store) steps(ctx context.Context, personID, vacancyID int64) ([]Step, error) {
	return db.All(ctx, s, func(x *Step) []any { return []any{&x.VacancyID, &x.State, &x.Note, &x.ByName, &x.At, &x.Reason} },
		`SELECT vacancy_id, state, note, by_name, at, reason FROM jobs_application_step WHERE person_id = $1 AND vacancy_id = $2 ORDER BY version DESC`, personID, vacancyID)
}
