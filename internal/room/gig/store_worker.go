package gig

import (
	"context"

	"jiuye/internal/ground/db"
)

const workerColumns = `person_id, area, kinds, days, until_day, least, km, shown, version`

func (w *Worker) fields() []any {
	return []any{&w.PersonID, &w.Area, &w.Kinds, &w.Days, &w.Until, &w.Least, &w.Km, &w.On, &w.Version}
}

func putWorkers(ctx context.Context, tx *db.Tx, list []Worker) error {
	rows := make([][]any, len(list))
	for i, w := range list {
		rows[i] = []any{w.PersonID, w.Area, w.Kinds, w.Days, w.Until, w.Least, w.Km, w.On, w.Version + 1}
	}
	return tx.Upsert(ctx, "gig_worker", split(workerColumns), first(workerColumns, 1), rows)
}

func workerOf(ctx context.Context, q db.Querier, personID int64) (Worker, bool, error) {
	return db.One(ctx, q, (*Worker).fields, `SELECT `+workerColumns+` FROM gig_worker WHERE person_id = $1 ORDER BY person_id`, personID)
}

// mostWorkers is how many offers are compared with a job; the nearest area is asked first.
const mostWorkers = 300

// workersFor lists who offers a kind of work in an area's subtree on a day.
func workersFor(ctx context.Context, q db.Querier, code, kind string, until db.Date) ([]Worker, error) {
	low, high := db.Under(code)
	return db.All(ctx, q, (*Worker).fields, `SELECT `+workerColumns+` FROM gig_worker WHERE shown AND area >= $1 AND area < $2 AND until_day >= $3 AND kinds LIKE $4 ORDER BY area, person_id LIMIT $5`,
		low, high, until, "% "+kind+" %", mostWorkers)
}

func countWorkers(ctx context.Context, q db.Querier, code string, today db.Date) (int64, error) {
	low, high := db.Under(code)
	return db.Value[int64](ctx, q, `SELECT count(*) FROM gig_worker WHERE shown AND area >= $1 AND area < $2 AND until_day >= $3`, low, high, today)
}

const teamColumns = `team_id, leader_id, name, code, area`

func (t *Team) fields() []any { return []any{&t.ID, &t.LeaderID, &t.Name, &t.Code, &t.Area} }

func insertTeam(ctx context.Context, tx *db.Tx, t *Team) error {
	return tx.Copy(ctx, "gig_team", split(teamColumns), [][]any{{t.ID, t.LeaderID, t.Name, t.Code, t.Area}})
}

// teamWhere finds a team by its id or code.
func teamWhere(ctx context.Context, q db.Querier, column string, value any) (Team, bool, error) {
	return db.One(ctx, q, (*Team).fields, `SELECT `+teamColumns+` FROM gig_team WHERE `+column+` = $1 ORDER BY team_id`, value)
}

// teamOf is the team that somebody is in; the zero Team for none.
func teamOf(ctx context.Context, q db.Querier, personID int64) (Team, error) {
	t, _, err := db.One(ctx, q, (*Team).fields, `SELECT t.team_id, t.leader_id, t.name, t.code, t.area FROM gig_member m JOIN gig_team t ON t.team_id = m.team_id WHERE m.person_id = $1 ORDER BY t.team_id`, personID)
	return t, err
}

func members(ctx context.Context, q db.Querier, team int64) ([]int64, error) {
	return db.All(ctx, q, func(n *int64) []any { return []any{n} }, `SELECT person_id FROM gig_member WHERE team_id = $1 ORDER BY person_id`, team)
}

func join(ctx context.Context, tx *db.Tx, personID, team, at int64) error {
	return tx.Upsert(ctx, "gig_member", []string{"person_id", "team_id", "at"}, []string{"person_id"}, [][]any{{personID, team, at}})
}

// leave takes somebody out of the team; the leader's going dissolves it.
func leave(ctx context.Context, tx *db.Tx, t *Team, personID int64) error {
	if personID != t.LeaderID {
		_, err := tx.Exec(ctx, `DELETE FROM gig_member WHERE person_id = $1 AND team_id = $2`, personID, t.ID)
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM gig_member WHERE team_id = $1`, t.ID); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM gig_team WHERE team_id = $1`, t.ID)
	return err
}
