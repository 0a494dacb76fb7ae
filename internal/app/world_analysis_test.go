package app

import (
	"context"
	"strconv"
	"testing"

	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/room/analysis"
)

// analysisThings counts the market and lets the banner's officer draft a report, and returns its name in doors.
func analysisThings(t *testing.T, a *App) []string {
	t.Helper()
	ctx := context.Background()
	who := web.User{ID: value[int64](t, a, `SELECT account_id FROM account WHERE login = 'jingban' ORDER BY 1`), Name: "测试", Role: account.Officer, Area: demoBanner}
	if err := a.Analysis.Count(ctx, progress.None{}); err != nil {
		t.Fatal(err)
	}
	quarter := analysis.Period{Month: 2025*12 + 5, Quarters: true} // the second of 2025
	id, err := a.Analysis.Draft(ctx, who, demoBanner, quarter, "", "scope-test-analysis-1")
	if err != nil {
		t.Fatal(err)
	}
	return []string{"{analysis}", strconv.FormatInt(id, 10)}
}
