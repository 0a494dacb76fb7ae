package app

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/approval"
	"jiuye/internal/room/rights"
)

// decide finds the request that waits about a person and lets somebody say yes.
func (w *world) decide(login string, f approval.Filter, version string) got {
	w.t.Helper()
	f.States = []approval.State{approval.Waiting}
	list, err := w.app.Approvals.List(context.Background(), f, 0, 1)
	if err != nil || len(list) == 0 {
		w.t.Fatal("no request waits", err)
	}
	return w.post(login, approval.Href(list[0].ID), url.Values{"yes": {"yes"}, "_version": {version}})
}

func TestAnApprovedCorrectionIsARecordOfItsOwnAndTheNumberLeadsToThePerson(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	here := w.ids.Replace("{here}")
	id := value[int64](t, w.app, `SELECT person_id FROM person WHERE area LIKE '152921%' ORDER BY person_id`)
	before, err := w.app.People.Get(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	number := identity.MakeIDNumber("152921", before.Birth.AddDate(0, 0, 1), 400+before.Sex%2)
	ask := url.Values{"value": {number}, "why": {"登记有误"}, "evidence": {"居民身份证"}}
	if g := w.post("jingban", "/rights/person/"+here+"/correct/idnumber", ask); g.code != 303 {
		t.Fatalf("asking: %d %.600s", g.code, g.body)
	}
	mine := approval.Filter{Kind: rights.KindCorrect, PersonID: id}
	if g := w.decide("jingban", mine, "1"); g.code != 403 || !strings.Contains(g.body, "谁提出谁不能审批") {
		t.Errorf("the requester decides: %d", g.code)
	}
	if g := w.decide("mengshi", mine, "1"); g.code != 303 {
		t.Fatalf("the league decides: %d %.600s", g.code, g.body)
	}
	after, err := w.app.People.Get(ctx, id)
	if err != nil || after.IDNumber != number || !after.Birth.Equal(before.Birth.AddDate(0, 0, 1)) || after.Name != before.Name {
		t.Errorf("%+v %v", after, err)
	}
	if found, err := w.app.People.ByIDNumber(ctx, w.app.DB, number); found != id || err != nil {
		t.Errorf("the corrected number leads to %d, want %d (%v)", found, id, err)
	}
	g, err := w.app.Intake.Golden(ctx, id, time.Time{}, time.Time{})
	if a := g.Of("idnumber"); err != nil || a.Source != "correction" || a.Value != number {
		t.Errorf("the golden record: %+v %v", a, err)
	}
}

func TestEmployersSeeOnlyWhoAgreedUntilTheyWithdraw(t *testing.T) {
	w := newWorld(t)
	at := w.ids.Replace("/jobs/employer/vacancy/{vacancy}/candidates")
	vacancy := w.ids.Replace("{vacancy}")
	one := value[int64](t, w.app, `SELECT m.person_id FROM jobs_match m JOIN rights_consent c ON c.person_id = m.person_id AND c.purpose = 'candidates' AND c.allowed
		WHERE m.vacancy_id = `+vacancy+` AND NOT EXISTS (SELECT 1 FROM jobs_application a WHERE a.person_id = m.person_id AND a.vacancy_id = m.vacancy_id)
		ORDER BY m.score DESC, m.person_id`)
	if one == 0 {
		t.Fatal("nobody who agreed is recommended to the vacancy")
	}
	count := func() int { return strings.Count(w.ask("GET", "danwei", at).body, "jy-why") }
	shown := count()
	if err := w.app.DB.Tx(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), `UPDATE rights_consent SET allowed = $1 WHERE person_id = $2`, false, one)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if left := count(); left != shown-1 {
		t.Errorf("%d are shown after one of %d has withdrawn", left, shown)
	}
}

func TestAnonymisedDataAreGoneFromEveryTable(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	id := value[int64](t, w.app, `SELECT person_id FROM account WHERE login = 'qiuzhi' ORDER BY 1`)
	before, err := w.app.People.Get(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	exec := func(query string, args ...any) {
		t.Helper()
		if err := w.app.DB.Tx(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, query, args...); return err }); err != nil {
			t.Fatal(err)
		}
	}
	exec(`UPDATE person SET died = '2015-01-01' WHERE person_id = $1`, id)
	exec(`INSERT INTO ground_setting (name, value) VALUES ('rights.retention.died.source', '试验文件')`)
	if _, err := w.app.Rights.Retain(ctx); err != nil {
		t.Fatal(err)
	}
	exec(`UPDATE rights_notice SET due_on = '2025-09-01'`)
	if got, err := w.app.Rights.Retain(ctx); err != nil || got.Proposed == 0 {
		t.Fatal(got, err)
	}
	due := approval.Filter{Kind: rights.KindAnonymise, Area: before.Area[:6]}
	for i, login := range []string{"mengshi", "zizhiqu"} {
		if g := w.decide(login, due, fmt.Sprint(i+1)); g.code != 303 {
			t.Fatalf("%s: %d %.600s", login, g.code, g.body)
		}
	}
	for query, want := range map[string]int64{
		`SELECT count(*) FROM intake_record WHERE person_id = $1`:                                   0,
		`SELECT count(*) FROM person_identity WHERE person_id = $1`:                                 0,
		`SELECT count(*) FROM rights_consent WHERE person_id = $1`:                                  0,
		`SELECT count(*) FROM account WHERE person_id = $1 AND (name <> '已匿名' OR login = 'qiuzhi')`: 0,
		`SELECT count(*) FROM person WHERE person_id = $1 AND name = '已匿名' AND phone_seal IS NULL`:  1,
		`SELECT count(*) FROM rights_notice WHERE person_id = $1 AND state = 'done'`:                1,
	} {
		if n := value[int64](t, w.app, query, id); n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
	if g := w.ask("GET", "qiuzhi", "/rights/me"); g.code == 200 {
		t.Error("the account still works")
	}
	if g := w.ask("GET", "mengshi", fmt.Sprintf("/casework/person/%d", id)); g.code != 200 || strings.Contains(g.body, before.Name) {
		t.Errorf("the file: %d, named %v", g.code, strings.Contains(g.body, before.Name))
	}
}
