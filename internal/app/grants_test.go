package app

import (
	"context"
	"testing"

	"jiuye/internal/ground/web"
	"jiuye/internal/room/grant"
)

// The demonstration has had grants for two years, made by what the rooms do: money adds up, nobody is paid twice, every end of the way occurs.
func TestTheDemonstrationsGrantsAreAHistory(t *testing.T) {
	a, _ := demonstration(t)
	count := func(query string) int64 { t.Helper(); return value[int64](t, a, query) }
	for what, n := range map[string]int64{
		"years with funds":              count(`SELECT count(DISTINCT year) FROM grant_fund`) - 1,
		"paid people":                   count(`SELECT count(*) FROM grant_application WHERE paid > 0 AND NOT unit`) - 60,
		"paid employers":                count(`SELECT count(*) FROM grant_application WHERE paid > 0 AND unit`) - 10,
		"paid by the month":             count(`SELECT count(*) FROM grant_line WHERE fact <> 'once' AND state = 'paid'`),
		"verified statements":           count(`SELECT count(*) FROM grant_statement WHERE verdict = 'true'`),
		"untrue statements":             count(`SELECT count(*) FROM grant_statement WHERE verdict = 'false'`),
		"refused":                       count(`SELECT count(*) FROM grant_application WHERE state = 'refused'`),
		"appeals":                       count(`SELECT count(*) FROM grant_step WHERE act = 'appeal'`),
		"what the bank sent back":       count(`SELECT coalesce(sum(bounced_n), 0) FROM grant_batch`),
		"money taken back":              count(`SELECT coalesce(sum(received), 0) FROM grant_recovery`),
		"audits":                        count(`SELECT count(*) FROM grant_audit`),
		"records that cannot be":        count(`SELECT count(*) FROM grant_finding`),
		"estimates after twelve months": count(`SELECT count(*) FROM grant_effect WHERE months = 12`),
		"under way":                     count(`SELECT count(*) FROM grant_application WHERE state IN ('submitted', 'accepted', 'proposed', 'public')`),
		"parameters by two people":      count(`SELECT count(*) FROM policy_parameter WHERE approver <> '' AND by_name <> approver AND source LIKE '演示值%'`),
		"told":                          count(`SELECT count(*) FROM message_item WHERE kind = 'grant.notice'`),
	} {
		if n <= 0 {
			t.Errorf("too few %s: %d", what, n)
		}
	}
	for what, n := range map[string]int64{
		"funds out of balance":      count(`SELECT count(*) FROM grant_fund WHERE budget <> available + committed + sent + paid OR available < 0 OR committed < 0 OR sent < 0 OR paid < 0`),
		"lines without their money": count(`SELECT count(*) FROM grant_application a WHERE paid <> (SELECT coalesce(sum(amount), 0) FROM grant_line l WHERE l.owner_id = a.owner_id AND l.grant_id = a.grant_id AND l.state = 'paid')`),
		"facts paid twice":          count(`SELECT count(*) FROM (SELECT owner_id, a.policy_id, l.fact FROM grant_line l JOIN grant_application a USING (owner_id, grant_id) WHERE l.state = 'paid' GROUP BY owner_id, a.policy_id, l.fact HAVING count(*) > 1) x`),
		"decided by who proposed":   count(`SELECT count(*) FROM grant_application WHERE decided_by <> 0 AND (decided_by = taken_by OR decided_by = checked_by)`),
	} {
		if n != 0 {
			t.Errorf("%d %s", n, what)
		}
	}
}

func TestWhatIsNotAppliedForHereLeadsNowhere(t *testing.T) {
	w := newWorld(t)
	if at := (grantsMade{w.app}).Apply("R18"); at != "/grant/apply/R18" {
		t.Error(at)
	}
	id := value[int64](t, w.app, `SELECT person_id FROM account WHERE login = 'qiuzhi' ORDER BY 1`)
	me := web.User{ID: 1, Name: "测试", Role: "seeker", PersonID: id, Citizen: true}
	if _, err := w.app.Grant.Apply(context.Background(), me, grant.Asked{Policy: "R28", For: grant.Beneficiary{ID: id}}, "not-here"); err == nil {
		t.Error("it is taken all the same")
	}
}
