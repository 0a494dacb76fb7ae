package cycle

import (
	"context"
	"encoding/json"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/indicator"
)

const paperColumns = `paper_id, area, kind, period, year, issue, title, copy_to, state, content, corrects, by_id, by_name, checker, reason, as_of, day, digest, version`

type paperRow struct {
	Paper
	period  int64
	content []byte
}

func (p *paperRow) fields() []any {
	return []any{&p.ID, &p.Area, &p.Kind, &p.period, &p.Year, &p.Issue, &p.Title, &p.CopyTo, &p.State, &p.content, &p.Corrects, &p.ByID, &p.By, &p.Checker, &p.Reason, &p.AsOf, &p.Day, &p.Digest, &p.Version}
}

func (r *Room) papersWhere(ctx context.Context, q db.Querier, where string, args ...any) (list []Paper, err error) {
	err = db.Each(ctx, q, (*paperRow).fields, func(p *paperRow) error {
		p.Period = indicator.Period(p.period)
		text, err := r.Sealer.Open(p.content)
		if err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(text), &p.Parts); err != nil {
			return err
		}
		list = append(list, p.Paper)
		return nil
	}, `SELECT `+paperColumns+` FROM cycle_paper WHERE `+where, args...)
	return list, err
}

func (r *Room) paper(ctx context.Context, q db.Querier, id int64) (Paper, error) {
	list, err := r.papersWhere(ctx, q, `paper_id = $1 ORDER BY paper_id`, id)
	if err == nil && len(list) == 0 {
		return Paper{}, fault.New(fault.NotFound, "没有这份简报或报告")
	}
	if err != nil {
		return Paper{}, err
	}
	return list[0], nil
}

// papers are those of an area and below, and what was issued above it, the newest first; without what stands in them.
func papers(ctx context.Context, q db.Querier, area string, below int64, limit int) ([]Paper, error) {
	low, high := db.Under(area)
	type row struct {
		Paper
		period int64
	}
	list, err := db.All(ctx, q, func(p *row) []any {
		return []any{&p.ID, &p.Area, &p.Kind, &p.period, &p.Year, &p.Issue, &p.Title, &p.State, &p.By, &p.Checker, &p.Day}
	}, `SELECT paper_id, area, kind, period, year, issue, title, state, by_name, checker, day FROM cycle_paper
		WHERE (area >= $1 AND area < $2 OR state = 'issued' AND area IN (substr($5, 1, 2), substr($5, 1, 4))) AND paper_id < $3 ORDER BY paper_id DESC LIMIT $4`, low, high, below, limit, area)
	out := make([]Paper, len(list))
	for i := range list {
		out[i] = list[i].Paper
		out[i].Period = indicator.Period(list[i].period)
	}
	return out, err
}

func (p *Paper) row(r *Room) ([]any, error) {
	content, err := json.Marshal(p.Parts)
	return []any{p.ID, p.Area, p.Kind, int64(p.Period), p.Year, p.Issue, p.Title, p.CopyTo, p.State, r.Sealer.Seal(string(content)), p.Corrects, p.ByID, p.By, p.Checker, p.Reason, p.AsOf, p.Day, p.Digest, p.Version}, err
}

func (r *Room) addPaper(ctx context.Context, tx *db.Tx, p *Paper) error {
	row, err := p.row(r)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO cycle_paper (`+paperColumns+`) VALUES (`+db.In(1, 19)+`)`, row...)
	return err
}

// savePaper writes a document that has the version it was read with and is not issued: what is issued never changes.
func (r *Room) savePaper(ctx context.Context, tx *db.Tx, p *Paper, version int64) error {
	content, err := json.Marshal(p.Parts)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `UPDATE cycle_paper SET year = $2, issue = $3, title = $4, copy_to = $5, state = $6, content = $7, by_id = $8, by_name = $9, checker = $10, reason = $11, day = $12, digest = $13, version = version + 1
		WHERE paper_id = $1 AND version = $14 AND state <> 'issued'`, p.ID, p.Year, p.Issue, p.Title, p.CopyTo, p.State, r.Sealer.Seal(string(content)), p.ByID, p.By, p.Checker, p.Reason, p.Day, p.Digest, version)
	return moved(n, err)
}

// lastIssue is the highest number that an area has given out in a year.
func lastIssue(ctx context.Context, q db.Querier, area, kind string, year int64) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT coalesce(max(issue), 0) FROM cycle_paper WHERE area = $1 AND kind = $2 AND year = $3`, area, kind, year)
}

// correctedBy is the latest issued document that corrects one; 0: none.
func correctedBy(ctx context.Context, q db.Querier, area string, id int64) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT coalesce(max(paper_id), 0) FROM cycle_paper WHERE area = $1 AND corrects = $2 AND state = 'issued'`, area, id)
}
