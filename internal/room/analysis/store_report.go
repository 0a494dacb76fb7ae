package analysis

import (
	"context"
	"encoding/json"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

const reportColumns = `report_id, area, month, edition, state, content, remark, erratum, by_id, by_name, checked_by, created_at, published_at, version`

// headColumns leave the content out, which a list does not show: one is as long as a book.
const headColumns = `report_id, area, month, edition, state, '', remark, erratum, by_id, by_name, checked_by, created_at, published_at, version`

type storedReport struct {
	Report
	month   int
	content string
}

func (s *storedReport) fields() []any {
	return []any{&s.ID, &s.Area, &s.month, &s.Edition, &s.State, &s.content, &s.Remark, &s.Erratum, &s.ByID, &s.ByName, &s.CheckedBy, &s.CreatedAt, &s.PublishedAt, &s.Version}
}

func reportsOf(list []storedReport, err error) ([]Report, error) {
	if err != nil {
		return nil, err
	}
	out := make([]Report, len(list))
	for i := range list {
		s := &list[i]
		s.Period = Period{monthFrom(s.month), true}
		if s.content == "" { // a list
			s.Content.Title = titleOf(s.Area, s.Period)
			out[i] = s.Report
			continue
		}
		if err := json.Unmarshal([]byte(s.content), &s.Content); err != nil {
			return nil, fault.Wrap(fault.Internal, err, "这份报告的内容读不出来，请重新起草")
		}
		out[i] = s.Report
	}
	return out, nil
}

func insertReport(ctx context.Context, tx *db.Tx, r *Report) error {
	content, err := json.Marshal(r.Content)
	if err != nil {
		return err
	}
	return tx.Copy(ctx, "analysis_report", strings.Split(reportColumns, ", "), [][]any{{r.ID, r.Area, r.Period.Month.Int(), r.Edition, r.State, string(content), r.Remark, r.Erratum, r.ByID, r.ByName,
		r.CheckedBy, r.CreatedAt, r.PublishedAt, r.Version}})
}

// updateReport writes what may change: the state, the remark, who checked it and when it was published.
func updateReport(ctx context.Context, tx *db.Tx, r *Report, version int64) error {
	n, err := tx.Exec(ctx, `UPDATE analysis_report SET state = $2, remark = $3, checked_by = $4, published_at = $5, version = version + 1 WHERE report_id = $1 AND version = $6`,
		r.ID, r.State, r.Remark, r.CheckedBy, r.PublishedAt, version)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "这份报告刚刚被别人改过，请看过现在的样子再办")
	}
	r.Version = version + 1
	return err
}

func reportByID(ctx context.Context, q db.Querier, id int64) (Report, error) {
	list, err := reportsOf(db.All(ctx, q, (*storedReport).fields, `SELECT `+reportColumns+` FROM analysis_report WHERE report_id = $1 ORDER BY report_id`, id))
	if err == nil && len(list) == 0 {
		return Report{}, fault.New(fault.NotFound, "没有这份报告，或者还没有发布")
	}
	if err != nil {
		return Report{}, err
	}
	return list[0], nil
}

// editionsOf lists the editions of an area's report of a quarter without their contents, the latest first.
func editionsOf(ctx context.Context, q db.Querier, area string, quarter Month) ([]Report, error) {
	return reportsOf(db.All(ctx, q, (*storedReport).fields, `SELECT `+headColumns+` FROM analysis_report WHERE area = $1 AND month >= $2 AND month <= $3 ORDER BY edition DESC, report_id DESC`,
		area, quarter.begins().Int(), quarter.ends().Int()))
}

// publishedIn lists published reports of an area and below without their contents, the latest first, before one.
func publishedIn(ctx context.Context, q db.Querier, area string, before, beforeID int64, limit int) ([]Report, error) {
	low, high := db.Under(area)
	return reportsOf(db.All(ctx, q, (*storedReport).fields, `SELECT `+headColumns+` FROM analysis_report WHERE state = 'published' AND area >= $1 AND area < $2
		AND (published_at < $3 OR published_at = $4 AND report_id < $5) ORDER BY published_at DESC, report_id DESC LIMIT $6`, low, high, before, before, beforeID, limit))
}

// workedOn lists the reports of an area and below that staff see, without their contents, the newest first, before one.
func workedOn(ctx context.Context, q db.Querier, area string, before int64, limit int) ([]Report, error) {
	low, high := db.Under(area)
	return reportsOf(db.All(ctx, q, (*storedReport).fields, `SELECT `+headColumns+` FROM analysis_report WHERE state <> 'dropped' AND area >= $1 AND area < $2 AND report_id < $3
		ORDER BY report_id DESC LIMIT $4`, low, high, before, limit))
}
