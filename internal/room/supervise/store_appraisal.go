package supervise

import (
	"context"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const schemeColumns = `scheme_id, area, year, title, cutoff, appeal_until, state, hash, by_id, by_name, version`

func (s *Scheme) fields() []any {
	return []any{&s.ID, &s.Area, &s.Year, &s.Title, &s.Cutoff, &s.AppealUntil, &s.State, &s.Hash, &s.ByID, &s.By, &s.Version}
}

func insertScheme(ctx context.Context, tx *db.Tx, s *Scheme) error {
	n, err := tx.Exec(ctx, `INSERT INTO supervise_scheme (`+schemeColumns+`) VALUES (`+db.In(1, 11)+`) ON CONFLICT DO NOTHING`, s.ID, s.Area, s.Year, s.Title, s.Cutoff, s.AppealUntil, s.State, s.Hash, s.ByID, s.By, s.Version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "%d 年度的考核方案已经有了，请在原方案上修改", s.Year)
	}
	return err
}

func touchScheme(ctx context.Context, tx *db.Tx, s *Scheme, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE supervise_scheme SET appeal_until = $2, state = $3, hash = $4, version = version + 1 WHERE scheme_id = $1 AND version = $5`, s.ID, s.AppealUntil, s.State, s.Hash, version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这次考核刚刚被别人办理过，请看过现在的样子再办")
	}
	return err
}

func setSchemeState(ctx context.Context, tx *db.Tx, id int64, from, to string) error {
	n, err := tx.Exec(ctx, `UPDATE supervise_scheme SET state = $3, version = version + 1 WHERE scheme_id = $1 AND state = $2`, id, from, to)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "考核的状态已经改变，请看过现在的样子再决定")
	}
	return err
}

func schemeByID(ctx context.Context, q db.Querier, id int64) (Scheme, error) {
	s, found, err := db.One(ctx, q, (*Scheme).fields, `SELECT `+schemeColumns+` FROM supervise_scheme WHERE scheme_id = $1 ORDER BY scheme_id`, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "没有这次考核")
	}
	return s, err
}

// schemes lists those of an area and of the areas above and below it.
func schemes(ctx context.Context, q db.Querier, area string) ([]Scheme, error) {
	low, high := db.Under(area)
	return db.All(ctx, q, (*Scheme).fields, `SELECT `+schemeColumns+` FROM supervise_scheme WHERE area >= $1 AND area < $2 OR area = substr($3, 1, 2) OR area = substr($3, 1, 4) ORDER BY year DESC, area, scheme_id`, low, high, area)
}

func putCriterion(ctx context.Context, tx *db.Tx, c Criterion) error {
	if _, err := tx.Exec(ctx, `DELETE FROM supervise_criterion WHERE scheme_id = $1 AND no = $2`, c.SchemeID, c.No); err != nil || c.Weight == 0 {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO supervise_criterion (scheme_id, no, name, rule, input, weight, cap, each_one) VALUES (`+db.In(1, 8)+`)`, c.SchemeID, c.No, c.Name, c.Rule, c.Input, c.Weight, c.Cap, c.EachOne)
	return err
}

func criteria(ctx context.Context, q db.Querier, scheme int64) ([]Criterion, error) {
	return db.All(ctx, q, func(c *Criterion) []any {
		return []any{&c.SchemeID, &c.No, &c.Name, &c.Rule, &c.Input, &c.Weight, &c.Cap, &c.EachOne}
	}, `SELECT scheme_id, no, name, rule, input, weight, cap, each_one FROM supervise_criterion WHERE scheme_id = $1 ORDER BY no`, scheme)
}

func replaceScores(ctx context.Context, tx *db.Tx, scheme int64, lines []Score) error {
	if _, err := tx.Exec(ctx, `DELETE FROM supervise_score WHERE scheme_id = $1`, scheme); err != nil {
		return err
	}
	for _, s := range lines {
		if _, err := tx.Exec(ctx, `INSERT INTO supervise_score (scheme_id, area, no, actual, wanted, ratio, known, points, most, noise, said) VALUES (`+db.In(1, 11)+`)`,
			scheme, s.Area, s.No, s.Actual, s.Wanted, s.Ratio, bit(s.Known), s.Points, s.Most, s.Noise, s.Said); err != nil {
			return err
		}
	}
	return nil
}

func scoresOf(ctx context.Context, q db.Querier, scheme int64) ([]Score, error) {
	type stored struct {
		Score
		known int64
	}
	var out []Score
	err := db.Each(ctx, q, func(s *stored) []any {
		return []any{&s.SchemeID, &s.Area, &s.No, &s.Actual, &s.Wanted, &s.Ratio, &s.known, &s.Points, &s.Most, &s.Noise, &s.Said}
	}, func(s *stored) error {
		s.Known = s.known == 1
		out = append(out, s.Score)
		return nil
	}, `SELECT scheme_id, area, no, actual, wanted, ratio, known, points, most, noise, said FROM supervise_score WHERE scheme_id = $1 ORDER BY area, no`, scheme)
	return out, err
}

func (r *Room) insertAppeal(ctx context.Context, tx *db.Tx, a *Appeal) error {
	_, err := tx.Exec(ctx, `INSERT INTO supervise_appeal (scheme_id, appeal_id, area, no, said, answer, points, state, by_id, by_name, answerer, day) VALUES (`+db.In(1, 12)+`)`,
		a.SchemeID, a.ID, a.Area, a.No, r.Sealer.Seal(a.Text), r.Sealer.Seal(a.Answer), a.Points, a.State, a.ByID, a.By, a.Answerer, a.On)
	return err
}

// answerAppeal answers an open appeal of somebody else.
func (r *Room) answerAppeal(ctx context.Context, tx *db.Tx, a Appeal) error {
	n, err := tx.Exec(ctx, `UPDATE supervise_appeal SET answer = $3, points = $4, state = $5, answerer = $6 WHERE scheme_id = $1 AND appeal_id = $2 AND state = 'open' AND by_id <> $7`,
		a.SchemeID, a.ID, r.Sealer.Seal(a.Answer), a.Points, a.State, a.Answerer, a.ByID)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这件申诉已经答复，或是您本人提出的")
	}
	return err
}

func (r *Room) appeals(ctx context.Context, q db.Querier, scheme int64) ([]Appeal, error) {
	type stored struct {
		Appeal
		said, answer []byte
	}
	var out []Appeal
	err := db.Each(ctx, q, func(s *stored) []any {
		return []any{&s.SchemeID, &s.ID, &s.Area, &s.No, &s.said, &s.answer, &s.Points, &s.State, &s.ByID, &s.By, &s.Answerer, &s.On}
	}, func(s *stored) (err error) {
		if s.Text, err = r.Sealer.Open(s.said); err != nil {
			return err
		}
		s.Answer, err = r.Sealer.Open(s.answer)
		out = append(out, s.Appeal)
		return err
	}, `SELECT scheme_id, appeal_id, area, no, said, answer, points, state, by_id, by_name, answerer, day FROM supervise_appeal WHERE scheme_id = $1 ORDER BY appeal_id`, scheme)
	return out, err
}

// countInput counts an input by the areas one level below one, from a day until another; what became of it later is left out.
func countInput(ctx context.Context, q db.Querier, input, area string, from, until, cutoff db.Date) (done, all map[string]int64, err error) {
	done, all = map[string]int64{}, map[string]int64{}
	width := map[int]int{2: 4, 4: 6}[len(area)]
	low, high := db.Under(area)
	type row struct {
		code    string
		n, some int64
	}
	begin, end := instant(from.Time), instant(until.AddDate(0, 0, 1))
	queries := map[string]struct {
		text string
		args []any
	}{
		InputMilestones: {`SELECT substr(area, 1, $5), count(*) FILTER (WHERE state <> 'stopped' OR day > due), count(*) FILTER (WHERE state IN ('done', 'reported') AND day <= due AND day <= $6) FROM supervise_milestone WHERE area >= $1 AND area < $2 AND due >= $3 AND due <= $4 GROUP BY 1 ORDER BY 1`,
			[]any{low, high, from, until, width, cutoff}},
		InputPressed:   {`SELECT substr(area, 1, $5), count(*), count(*) FROM supervise_step WHERE area >= $1 AND area < $2 AND what = 'press' AND at >= $3 AND at < $4 GROUP BY 1 ORDER BY 1`, []any{low, high, begin, end, width}},
		InputEscalated: {`SELECT substr(area, 1, $5), count(*), count(*) FROM supervise_step WHERE area >= $1 AND area < $2 AND what = 'escalate' AND at >= $3 AND at < $4 GROUP BY 1 ORDER BY 1`, []any{low, high, begin, end, width}},
		InputRewards: {`SELECT substr(area, 1, $5), count(*), count(*) FROM supervise_ledger WHERE area >= $1 AND area < $2 AND kind = 'reward' AND state = 'kept' AND day >= $3 AND day <= $4 AND decided <= $6 GROUP BY 1 ORDER BY 1`,
			[]any{low, high, from, until, width, cutoff}},
		InputAccounts: {`SELECT substr(area, 1, $5), count(*), count(*) FROM supervise_ledger WHERE area >= $1 AND area < $2 AND kind = 'account' AND state = 'kept' AND day >= $3 AND day <= $4 AND decided <= $6 GROUP BY 1 ORDER BY 1`,
			[]any{low, high, from, until, width, cutoff}},
	}
	x := queries[input]
	err = db.Each(ctx, q, func(r *row) []any { return []any{&r.code, &r.n, &r.some} }, func(r *row) error {
		all[r.code], done[r.code] = r.n, r.some
		return nil
	}, x.text, x.args...)
	return done, all, err
}

// instant is the first moment of a day, unix ms.
func instant(day time.Time) int64 {
	y, m, d := day.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, clock.Zone).UnixMilli()
}
