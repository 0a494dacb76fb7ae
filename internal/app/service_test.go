package app

import (
	"context"
	"testing"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/room/service"
)

// The counter writes through the intake room: what it registers is a source record of the centre, and what the register
// held before stays.
func TestWhatACounterRegistersIsASourceRecordOfTheCentre(t *testing.T) {
	w := newWorld(t)
	ctx, a := context.Background(), w.app
	officer := web.User{ID: 1, Name: "测试", Role: account.Officer, RoleName: "经办", Area: demoBanner}
	id := value[int64](t, a, `SELECT p.person_id FROM person p JOIN person_registration r ON r.person_id = p.person_id AND r.until IS NULL
		WHERE p.area LIKE '152921%' AND NOT EXISTS (SELECT 1 FROM person_spell s WHERE s.person_id = p.person_id AND s.until IS NULL) ORDER BY p.person_id`)
	before, err := a.People.Facts(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	today := a.Clock.Today()
	if _, err := a.Service.Do(ctx, officer, service.Entry{Act: service.Employed, PersonID: id, Sure: true, Fields: map[string]string{"since": today.Format("2006-01-02"), "kind": "灵活就业",
		"area": demoBanner, "urban": "是", "newform": "是", "contract": "0", "occupation": "网约配送员"}}, "service-test-0000001"); err != nil {
		t.Fatal(err)
	}
	if n := value[int64](t, a, `SELECT count(*) FROM queue_job WHERE kind = $1 AND state = 'ready'`, refreshJob); n == 0 {
		t.Error("lists and policies are not told")
	}
	after, err := a.People.Facts(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if work := after.AtWork(today); work == nil || work.Occupation != "网约配送员" || !work.NewForm || after.Registered(today) != nil {
		t.Errorf("after it: %+v %+v", after.Spells, after.Registrations)
	}
	if after.Name != before.Name || after.Area != before.Area || after.HouseholdID != before.HouseholdID || after.IDNumber != before.IDNumber || len(after.Registrations) != len(before.Registrations) ||
		after.Registrations[0].Since != before.Registrations[0].Since || after.Registrations[0].Occupation != before.Registrations[0].Occupation {
		t.Errorf("what stood there has changed:\n%+v\n%+v", before, after)
	}
	if n := value[int64](t, a, `SELECT count(*) FROM intake_record WHERE person_id = $1 AND source = 'centre' AND kind = 'spell' AND ended_at = 0`, id); n == 0 {
		t.Error("there is no record of it")
	}
}
