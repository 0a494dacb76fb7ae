package app

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/room/rights"
)

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	ctx := context.Background()
	if err := w.app.DB.Tx(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, query, args...); return err }); err != nil {
		w.t.Fatal(err)
	}
}

// Every room has written something about a person; the person is anonymised; then every cell of every table is read, opened
// where it is sealed.
func TestNothingInAnyTableLeadsToSomebodyAnonymised(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	id := value[int64](t, w.app, `SELECT person_id FROM person WHERE area LIKE '152921%' AND household_id NOT IN (SELECT household_id FROM casework_case)
		AND person_id NOT IN (SELECT person_id FROM service_archive) AND person_id NOT IN (SELECT person_id FROM account WHERE person_id <> 0) ORDER BY person_id DESC`)
	p, err := w.app.People.Get(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	const phone, name = "13912345678", "敖特根其木格斯琴" // nobody else's
	seal, hash := w.app.Sealer.Seal, w.app.Sealer.Hash("id", p.IDNumber)
	review := value[int64](t, w.app, `SELECT review_id FROM intake_review WHERE area LIKE '152921%' ORDER BY review_id`)
	w.exec(`UPDATE person SET name = $1 WHERE person_id = $2`, name, id)
	w.exec(`INSERT INTO collect_hint (person_id, hint_id, kind, area, said, value_seal, state, at, by_id, by_name, decided_at, decided_name, reason, version)
		VALUES ($1, 2, 'phone', '152921110201', '2025-09-24', $2, 'open', 0, 1, '', 0, '', '', 1)`, id, seal(phone))
	w.exec(`INSERT INTO collect_newcomer (newcomer_id, area, name, name_key, number_hash, number_seal, phone_seal, note, met, why, person_id, other_id,
			state, at, by_id, by_name, decided_at, decided_name, reason, version)
		VALUES (2, '152921110201', $1, $2, $3, $4, $5, '', '2025-09-24', '', 0, 0, 'new', 0, 1, '', 0, '', '', 1)`, name, name, hash, seal(p.IDNumber), seal(phone))
	w.exec(`INSERT INTO roster_note (person_id, note_id, list, item, day, text, at, by_id, by_name) VALUES ($1, 1, 'S27', 'visit', '2025-09-24', $2, 0, 1, '')`, id, name+"在家")
	w.exec(`INSERT INTO service_receipt (person_id, receipt_id, kind, office, place_right, at, by_id, by_name, lines_seal)
		VALUES ($1, 1, 'employed', '152921', 'household', 0, 1, '', $2)`, id, seal(`[{"Label":"`+name+`"}]`))
	w.exec(`UPDATE intake_review SET person_id = $1, state = 'same', row_seal = $2 WHERE review_id = $3`, id, seal(`["`+name+`","`+p.IDNumber+`"]`), review)
	w.exec(`INSERT INTO cycle_case (case_id, area, kind, field, title, said, state, agreed, by_id, by_name, judge, reason, day, version, person_id)
		VALUES (2, '152921', 'person', 'startup', '返乡办合作社', $1, 'public', 1, 1, '', '', '', '2025-09-24', 1, $2)`, seal(`{"Name":"`+name+`","Text":"`+name+`返乡创业","Source":"本人"}`), id)
	w.anonymise(id)
	if got, err := w.app.People.Get(ctx, id); err != nil || got.IDNumber != "" || got.Phone != "" {
		t.Fatalf("%+v %v", got, err)
	}
	w.everyCell(func(place string, cell []byte) {
		text := string(cell)
		if plain, err := w.app.Sealer.Open(cell); err == nil {
			text = plain
		}
		for _, trace := range []string{p.IDNumber, name, phone} {
			if strings.Contains(text, trace) {
				t.Errorf("%s still says %.80s", place, text)
			}
		}
		if bytes.Equal(cell, hash) {
			t.Errorf("%s still finds the number", place)
		}
	})
	for _, path := range []string{"/casework/person/%d", "/intake/person/%d", "/service/person/%d", "/roster/person/%d", "/rights/person/%d"} {
		if g := w.ask("GET", "jingban", fmt.Sprintf(path, id)); g.code != 200 || strings.Contains(g.body, name) {
			t.Errorf(path+": %d", id, g.code)
		}
	}
	if g := w.ask("GET", "jingban", fmt.Sprintf("/intake/review/%d", review)); g.code != 200 || strings.Contains(g.body, name) {
		t.Errorf("the review desk: %d", g.code)
	}
}

// anonymise lets somebody's data become due, and two people agree.
func (w *world) anonymise(id int64) {
	w.t.Helper()
	ctx := context.Background()
	w.exec(`UPDATE person SET died = '2015-01-01' WHERE person_id = $1`, id)
	w.exec(`INSERT INTO ground_setting (name, value) VALUES ('rights.retention.died.source', '试验文件')`)
	for range 2 {
		if _, err := w.app.Rights.Retain(ctx); err != nil {
			w.t.Fatal(err)
		}
		w.exec(`UPDATE rights_notice SET due_on = '2025-09-01'`)
	}
	for i, login := range []string{"mengshi", "zizhiqu"} {
		if g := w.decide(login, approval.Filter{Kind: rights.KindAnonymise, Area: "152921"}, fmt.Sprint(i+1)); g.code != 303 {
			w.t.Fatalf("%s: %d %.600s", login, g.code, g.body)
		}
	}
}

// everyCell reads all that the database holds in words or sealed.
func (w *world) everyCell(yield func(place string, cell []byte)) {
	w.t.Helper()
	ctx := context.Background()
	text := func(s *string) []any { return []any{s} }
	tables, err := db.All(ctx, w.app.DB, text, `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
	for _, table := range tables {
		var columns []string
		if columns, err = db.All(ctx, w.app.DB, text, `SELECT name FROM pragma_table_info('`+table+`') WHERE type IN ('TEXT', 'BYTEA', 'BLOB') ORDER BY cid`); err != nil {
			break
		}
		for _, column := range columns {
			err := db.Each(ctx, w.app.DB, func(b *[]byte) []any { return []any{b} }, func(b *[]byte) error { yield(table+"."+column, *b); return nil },
				`SELECT CAST(`+column+` AS BLOB) FROM `+table+` WHERE `+column+` IS NOT NULL ORDER BY 1`)
			if err != nil {
				w.t.Fatal(table, err)
			}
		}
	}
	if err != nil || len(tables) < 20 {
		w.t.Fatal(tables, err)
	}
}

func TestARequestAboutSomebodyWhoMovedAwayIsNotDecidedWhereTheyLived(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	here := w.ids.Replace("{here}")
	if g := w.post("jingban", "/rights/person/"+here+"/correct/phone", url.Values{"value": {"13912345678"}, "why": {"换号"}, "evidence": {"本人来电"}}); g.code != 303 {
		t.Fatalf("asking: %d", g.code)
	}
	w.exec(`UPDATE person SET area = '152923102001' WHERE person_id = ` + here)
	waiting := approval.Filter{Kind: rights.KindCorrect, Area: "152921", States: []approval.State{approval.Waiting}}
	list, err := w.app.Approvals.List(ctx, waiting, 0, 1)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	colleague := web.User{ID: 99, Name: "同事", Role: account.Officer, Area: "152921"}
	if err := w.app.Approvals.Decide(ctx, colleague, list[0].ID, 1, true, "", "once-colleague-0001"); err == nil || !strings.Contains(err.Error(), "不能由您审批") {
		t.Errorf("the banner where the person lived decides: %v", err)
	}
	if g := w.decide("mengshi", waiting, "1"); g.code != 303 {
		t.Errorf("the league decides: %d", g.code)
	}
}
