package fair

import (
	"context"
	"encoding/json"
	"strings"

	"jiuye/internal/ground/db"
)

const visitColumns = `person_id, fair_id, code, registered_at, checked_at, walkin, by_name`

func (v *Visit) fields() []any {
	return []any{&v.PersonID, &v.FairID, &v.Code, &v.RegisteredAt, &v.CheckedAt, &v.WalkIn, &v.By}
}

func (v *Visit) row() []any {
	return []any{v.PersonID, v.FairID, v.Code, v.RegisteredAt, v.CheckedAt, v.WalkIn, v.By}
}

var visitNames = strings.Split(visitColumns, ", ")

// takeCode leads a code to a person; false when the fair has given it to somebody.
func takeCode(ctx context.Context, tx *db.Tx, fairID, personID int64, code string) (bool, error) {
	n, err := tx.MergeNew(ctx, "fair_code", []string{"fair_id", "code", "person_id"}, []string{"fair_id", "code"}, [][]any{{fairID, code, personID}}, nil)
	return n == 1, err
}

// insertVisits writes visits that are new; those that are there stay as they are.
func insertVisits(ctx context.Context, tx *db.Tx, list []Visit) (added int64, err error) {
	rows := make([][]any, len(list))
	for i := range list {
		rows[i] = list[i].row()
	}
	return tx.MergeNew(ctx, "fair_visit", visitNames, visitNames[:2], rows, nil)
}

func visitOf(ctx context.Context, q db.Querier, personID, fairID int64) (Visit, bool, error) {
	return db.One(ctx, q, (*Visit).fields, `SELECT `+visitColumns+` FROM fair_visit WHERE person_id = $1 AND fair_id = $2 ORDER BY fair_id`, personID, fairID)
}

// personOf is whose code it is; 0 when it is nobody's.
func personOf(ctx context.Context, q db.Querier, fairID int64, code string) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT coalesce(max(person_id), 0) FROM fair_code WHERE fair_id = $1 AND code = $2`, fairID, code)
}

// checkIn notes that somebody has come; false when they had before.
func checkIn(ctx context.Context, tx *db.Tx, personID, fairID, at int64, by string) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE fair_visit SET checked_at = $3, by_name = $4 WHERE person_id = $1 AND fair_id = $2 AND checked_at = 0`, personID, fairID, at, by)
	return n == 1, err
}

func removeVisit(ctx context.Context, tx *db.Tx, personID, fairID int64) (int64, error) {
	for _, query := range []string{`DELETE FROM fair_invite WHERE person_id = $1 AND fair_id = $2`, `DELETE FROM fair_code WHERE person_id = $1 AND fair_id = $2`} {
		if _, err := tx.Exec(ctx, query, personID, fairID); err != nil {
			return 0, err
		}
	}
	return tx.Exec(ctx, `DELETE FROM fair_visit WHERE person_id = $1 AND fair_id = $2 AND checked_at = 0`, personID, fairID)
}

// visitsOf reads who is at a fair, in the order of their ids.
func visitsOf(ctx context.Context, q db.Querier, fairID int64) ([]Visit, error) {
	return db.All(ctx, q, (*Visit).fields, `SELECT `+visitColumns+` FROM fair_visit WHERE fair_id = $1 ORDER BY person_id`, fairID)
}

// lastIn are the latest to have been checked in.
func lastIn(ctx context.Context, q db.Querier, fairID int64, limit int) ([]Visit, error) {
	return db.All(ctx, q, (*Visit).fields, `SELECT `+visitColumns+` FROM fair_visit WHERE fair_id = $1 AND checked_at > 0 ORDER BY checked_at DESC, person_id LIMIT $2`, fairID, limit)
}

// visitsBy lists the fairs that somebody is registered for, the latest first.
func visitsBy(ctx context.Context, q db.Querier, personID int64, limit int) ([]Visit, error) {
	return db.All(ctx, q, (*Visit).fields, `SELECT `+visitColumns+` FROM fair_visit WHERE person_id = $1 ORDER BY fair_id DESC LIMIT $2`, personID, limit)
}

const inviteColumns = `person_id, fair_id, vacancy_id, employer_id, slot, score, why, hand, sent_at`

var inviteNames = strings.Split(inviteColumns, ", ")

type storedInvite struct {
	Invite
	why string
}

func (v *storedInvite) fields() []any {
	return []any{&v.PersonID, &v.FairID, &v.VacancyID, &v.EmployerID, &v.Slot, &v.Score, &v.why, &v.Hand, &v.SentAt}
}

// invitesOf reads a fair's invitations; person 0 for everybody's.
func invitesOf(ctx context.Context, q db.Querier, fairID, personID int64) ([]Invite, error) {
	low, high := personID, personID
	if personID == 0 {
		low, high = 0, 1<<62
	}
	rows, err := db.All(ctx, q, (*storedInvite).fields, `SELECT `+inviteColumns+` FROM fair_invite WHERE fair_id = $1 AND person_id >= $2 AND person_id <= $3 ORDER BY person_id, slot, vacancy_id`, fairID, low, high)
	list := make([]Invite, len(rows))
	for i := range rows {
		if err == nil {
			err = json.Unmarshal([]byte(rows[i].why), &rows[i].Why)
		}
		list[i] = rows[i].Invite
	}
	return list, err
}

func saveInvites(ctx context.Context, tx *db.Tx, list []Invite) error {
	rows := make([][]any, len(list))
	for i, v := range list {
		why, err := json.Marshal(v.Why)
		if err != nil {
			return err
		}
		rows[i] = []any{v.PersonID, v.FairID, v.VacancyID, v.EmployerID, v.Slot, v.Score, string(why), v.Hand, v.SentAt}
	}
	return tx.Upsert(ctx, "fair_invite", inviteNames, inviteNames[:3], rows)
}

// dropComputed takes away what the last run made and nobody has touched or been told of.
func dropComputed(ctx context.Context, tx *db.Tx, fairID int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM fair_invite WHERE fair_id = $1 AND hand = $2 AND sent_at = 0`, fairID, false)
	return err
}

func dropInvite(ctx context.Context, tx *db.Tx, fairID, personID, vacancyID int64) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM fair_invite WHERE person_id = $1 AND fair_id = $2 AND vacancy_id = $3`, personID, fairID, vacancyID)
}

func markSent(ctx context.Context, tx *db.Tx, fairID, at int64) error {
	_, err := tx.Exec(ctx, `UPDATE fair_invite SET sent_at = $2 WHERE fair_id = $1 AND sent_at = 0`, fairID, at)
	return err
}

var runNames = []string{"fair_id", "at", "by_name", "seekers", "invited", "pairs", "crowded", "openings"}

func (v *Run) fields() []any {
	return []any{&v.FairID, &v.At, &v.ByName, &v.Seekers, &v.Invited, &v.Pairs, &v.Crowded, &v.Openings}
}

func saveRun(ctx context.Context, tx *db.Tx, v Run) error {
	return tx.Upsert(ctx, "fair_run", runNames, runNames[:1], [][]any{{v.FairID, v.At, v.ByName, v.Seekers, v.Invited, v.Pairs, v.Crowded, v.Openings}})
}

func runOf(ctx context.Context, q db.Querier, fairID int64) (Run, bool, error) {
	return db.One(ctx, q, (*Run).fields, `SELECT `+strings.Join(runNames, ", ")+` FROM fair_run WHERE fair_id = $1 ORDER BY fair_id`, fairID)
}
