package app

import (
	"context"
	"strconv"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/indicator"
)

// verifyThings lets the banner report far more than the register counts, so that there is a finding, and returns its name in doors.
func verifyThings(t *testing.T, a *App) []string {
	t.Helper()
	ctx := context.Background()
	var list []indicator.Report
	for p := indicator.Period(202201); p <= 202412; p = p.Next() {
		list = append(list, indicator.Report{Area: demoBanner, Indicator: "reemployed", Period: p, Value: 9000 + int64(p%7), State: indicator.Signed, ByName: "测试", At: p.End().UnixMilli()})
	}
	if err := a.DB.Tx(ctx, func(tx *db.Tx) error { return a.Indicators.AddReports(ctx, tx, list) }); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Verify.Run(ctx); err != nil {
		t.Fatal(err)
	}
	return []string{"{figure}", strconv.FormatInt(value[int64](t, a, `SELECT min(finding_id) FROM verify_finding WHERE area = $1 AND indicator = 'reemployed'`, demoBanner), 10)}
}
