package app

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/room/collect"
	"jiuye/internal/room/intake"
)

// An officer meets somebody at a door who is in no register; a colleague confirms it; the review desk makes the file.
func TestSomebodyMetAtADoorGetsAFile(t *testing.T) {
	w := newWorld(t)
	ctx, a := context.Background(), w.app
	number := identity.MakeIDNumber("152921", clock.Date(1991, time.February, 3), 977)
	form := url.Values{"name": {"孟根花"}, "idnumber": {number}, "tel": {"13900001234"}, "met": {a.Clock.Today().Format(time.DateOnly)}}
	if got := w.post("jingban", "/collect/village/152921110201/new", form); got.code != http.StatusSeeOther {
		t.Fatalf("reporting answers %d", got.code)
	}
	id := value[int64](t, a, `SELECT newcomer_id FROM collect_newcomer WHERE name = '孟根花' ORDER BY newcomer_id`)
	colleague := web.User{ID: 77, Name: "经办 09", Role: account.Officer, Area: demoBanner}
	if err := a.Collect.DecideNewcomer(ctx, colleague, id, 1, collect.StateNew, "见过户口簿", "newcomer-test-000001"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Intake.Link(ctx, demoBanner, progress.None{}); err != nil {
		t.Fatal(err)
	}
	cluster := value[int64](t, a, `SELECT cluster_id FROM intake_cluster WHERE why = 'newcomer' AND state = 'open' ORDER BY cluster_id`)
	if got := w.ask(http.MethodGet, "jingban", "/intake/cluster/"+strconv.FormatInt(cluster, 10)); got.code != http.StatusOK {
		t.Errorf("the desk shows %d", got.code)
	}
	got := w.post("jingban", "/intake/cluster/"+strconv.FormatInt(cluster, 10), url.Values{"_version": {"1"}, "choice": {intake.ChoiceNew}, "reason": {"入户核实"}})
	if got.code != http.StatusSeeOther {
		t.Fatalf("deciding answers %d", got.code)
	}
	made, err := a.People.ByIDNumber(ctx, a.DB, number)
	if err != nil || made == 0 {
		t.Fatalf("no file: %v", err)
	}
	if p, err := a.People.Get(ctx, made); err != nil || p.Name != "孟根花" || p.Area != "152921110201" {
		t.Errorf("the file: %+v, %v", p, err)
	}
	if got := w.ask(http.MethodGet, "jingban", "/casework/person/"+strconv.FormatInt(made, 10)); got.code != http.StatusOK {
		t.Errorf("the file answers %d", got.code)
	}
	if got := w.ask(http.MethodGet, "jingban", "/intake/person/"+strconv.FormatInt(made, 10)); got.code != http.StatusOK {
		t.Errorf("its sources answer %d", got.code)
	}
}
