package jobs

import (
	"context"
	"slices"
	"strings"

	"jiuye/internal/engine/rank/duplicate"
	"jiuye/internal/ground/db"
)

// Follower is a vacancy that is the same work as the one shown for it.
type Follower struct {
	EmployerID, VacancyID, Lead, With int64
	Area                              string
	Reasons                           []string
}

const followerColumns = `employer_id, vacancy_id, lead_id, with_id, area, reasons`

// followers reads the followers of some leading vacancies, in the order of these.
func (s store) followers(ctx context.Context, leads []int64) ([]Follower, error) {
	var out []Follower
	for part := range slices.Chunk(leads, 1000) {
		if err := s.eachFollower(ctx, s.DB, func(f Follower) { out = append(out, f) }, `SELECT `+followerColumns+` FROM jobs_duplicate WHERE lead_id IN (`+db.In(1, len(part))+`) ORDER BY lead_id, vacancy_id`, db.Args(part)...); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// follower reads one by its vacancy; found is false when it follows none.
func (s store) follower(ctx context.Context, q db.Querier, vacancy int64) (f Follower, found bool, err error) {
	err = s.eachFollower(ctx, q, func(x Follower) { f, found = x, true }, `SELECT `+followerColumns+` FROM jobs_duplicate WHERE vacancy_id = $1 ORDER BY vacancy_id`, vacancy)
	return f, found, err
}

func (s store) eachFollower(ctx context.Context, q db.Querier, yield func(Follower), query string, args ...any) error {
	var text string
	return db.Each(ctx, q, func(f *Follower) []any {
		return []any{&f.EmployerID, &f.VacancyID, &f.Lead, &f.With, &f.Area, &text}
	}, func(f *Follower) error {
		f.Reasons = strings.Split(text, "\n")
		yield(*f)
		return nil
	}, query, args...)
}

// leads lists the vacancies of an area's subtree that are shown for others, behind one.
func (s store) leads(ctx context.Context, area string, after int64, limit int) ([]int64, error) {
	low, high := db.Under(area)
	return db.All(ctx, s.DB, func(id *int64) []any { return []any{id} },
		`SELECT lead_id FROM jobs_duplicate WHERE area >= $1 AND area < $2 AND lead_id > $3 GROUP BY lead_id ORDER BY lead_id LIMIT $4`, low, high, after, limit)
}

// countDuplicates is how many groups and followers an area's subtree has.
func (s store) countDuplicates(ctx context.Context, area string) (groups, followers int64, err error) {
	type pair struct{ a, b int64 }
	low, high := db.Under(area)
	p, _, err := db.One(ctx, s.DB, func(p *pair) []any { return []any{&p.a, &p.b} }, `SELECT count(DISTINCT lead_id), count(*) FROM jobs_duplicate WHERE area >= $1 AND area < $2`, low, high)
	return p.a, p.b, err
}

// putFollowers writes the followers that a run found, and returns how many of them are new or lead elsewhere now.
func (s store) putFollowers(ctx context.Context, tx *db.Tx, list []Follower, run int64) (int64, error) {
	rows := make([][]any, len(list))
	for i, f := range list {
		rows[i] = []any{f.EmployerID, f.VacancyID, f.Lead, f.With, f.Area, strings.Join(f.Reasons, "\n"), run}
	}
	columns := []string{"employer_id", "vacancy_id", "lead_id", "with_id", "area", "reasons", "run"}
	return int64(len(rows)), tx.Upsert(ctx, "jobs_duplicate", columns, columns[:2], rows)
}

// oldFollowers are the vacancies that followed another one before a run and do not any more.
func (s store) oldFollowers(ctx context.Context, tx *db.Tx, run int64) ([]int64, error) {
	return db.All(ctx, tx, func(id *int64) []any { return []any{id} }, `SELECT vacancy_id FROM jobs_duplicate WHERE run <> $1 ORDER BY vacancy_id`, run)
}

func (s store) dropOldFollowers(ctx context.Context, tx *db.Tx, run int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM jobs_duplicate WHERE run <> $1`, run)
	return err
}

func (s store) dropFollower(ctx context.Context, tx *db.Tx, vacancy int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM jobs_duplicate WHERE vacancy_id = $1`, vacancy)
	return err
}

// followerIDs are all vacancies that follow another one.
func (s store) followerIDs(ctx context.Context) (map[int64]int64, error) {
	type pair struct{ id, lead int64 }
	out := map[int64]int64{}
	err := db.Each(ctx, s.DB, func(p *pair) []any { return []any{&p.id, &p.lead} }, func(p *pair) error { out[p.id] = p.lead; return nil },
		`SELECT vacancy_id, lead_id FROM jobs_duplicate ORDER BY vacancy_id`)
	return out, err
}

// said is everything that officers have said about pairs.
func (s store) said(ctx context.Context) ([]duplicate.Said, error) {
	return db.All(ctx, s.DB, func(x *duplicate.Said) []any { return []any{&x.A, &x.B, &x.Same} }, `SELECT a_id, b_id, same = 1 FROM jobs_duplicate_said ORDER BY a_id, b_id`)
}

// saidAbout is what officers have said about some vacancies: the other vacancy by vacancy, both ways.
func (s store) saidAbout(ctx context.Context, ids []int64) (map[[2]int64]bool, error) {
	out := map[[2]int64]bool{}
	for part := range slices.Chunk(ids, 500) {
		err := db.Each(ctx, s.DB, func(x *duplicate.Said) []any { return []any{&x.A, &x.B, &x.Same} }, func(x *duplicate.Said) error {
			out[[2]int64{x.A, x.B}], out[[2]int64{x.B, x.A}] = x.Same, x.Same
			return nil
		}, `SELECT a_id, b_id, same = 1 FROM jobs_duplicate_said WHERE a_id IN (`+db.In(1, len(part))+`) OR b_id IN (`+db.In(1+len(part), len(part))+`) ORDER BY a_id, b_id`, append(db.Args(part), db.Args(part)...)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s store) putSaid(ctx context.Context, tx *db.Tx, a, b int64, same bool, byID int64, by string, at int64) error {
	flag := 0
	if same {
		flag = 1
	}
	columns := []string{"a_id", "b_id", "same", "by_id", "by_name", "at"}
	return tx.Upsert(ctx, "jobs_duplicate_said", columns, columns[:2], [][]any{{min(a, b), max(a, b), flag, byID, by, at}})
}
