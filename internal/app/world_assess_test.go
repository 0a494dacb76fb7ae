package app

import (
	"context"
	"strconv"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/room/assess"
)

// assessThings lets the banner's officer put something on file, and returns its name in doors.
func assessThings(t *testing.T, a *App) []string {
	t.Helper()
	who := web.User{ID: value[int64](t, a, `SELECT account_id FROM account WHERE login = 'jingban' ORDER BY 1`), Name: "测试", Role: account.Officer, Area: demoBanner}
	id, err := a.Assess.File(context.Background(), who, assess.Filing{Case: assess.Case{Kind: assess.Project, Title: "测试", Unit: "测试", Document: "测试", Area: demoBanner, Starts: db.On(clock.Date(2025, time.October, 1))}}, "scope-test-assess-1")
	if err != nil {
		t.Fatal(err)
	}
	return []string{"{assess}", strconv.FormatInt(id, 10)}
}
