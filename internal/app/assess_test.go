package app

import (
	"context"
	"slices"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/room/assess"
)

func TestWhatAnAssessmentAsksOfItsNeighbours(t *testing.T) {
	w := newWorld(t)
	ctx, room := context.Background(), assessed{w.app}
	today := db.On(w.app.Clock.Today())
	const registered = `SELECT count(*) FROM person p WHERE p.area >= '152921' AND p.area < '152922' AND p.died IS NULL
		AND EXISTS (SELECT 1 FROM person_registration r WHERE r.person_id = p.person_id AND r.since <= $1 AND (r.until IS NULL OR r.until > $1))`
	for _, c := range []struct {
		about      string
		educations []int
		and        string
	}{{"anybody", nil, ""}, {"college and more", []int{10, 20, 30}, " AND p.education IN (10, 20, 30)"}, {"secondary vocational alone", []int{40}, " AND p.education = 40"}} {
		yes, _, err := room.Seeking(ctx, "152921", c.educations)
		if err != nil {
			t.Fatal(err)
		}
		if want := value[int64](t, w.app, registered+c.and, today); yes != want || want == 0 {
			t.Errorf("%s: %d registered unemployed, the register has %d", c.about, yes, want)
		}
	}
	unit := value[int64](t, w.app, `SELECT employer_id FROM policy_employer_grant WHERE verdict = 'yes' ORDER BY employer_id`)
	want := value[string](t, w.app, `SELECT policy_id FROM policy_employer_grant WHERE verdict = 'yes' AND employer_id = $1 ORDER BY policy_id`, unit)
	found, err := room.Finding(ctx, []int64{unit, 1})
	if err != nil || len(found) != 1 || found[unit][0] != want {
		t.Errorf("the unit is found by %v, first by %s: %v", found, want, err)
	}
	listed, err := room.Listed(ctx, false)
	if err != nil || !slices.ContainsFunc(listed, func(p assess.PolicyLine) bool { return p.ID == "R01" && p.Href == "/policy/R01" }) {
		t.Errorf("listed %v: %v", listed, err)
	}
	if fen, _, ok := room.MinimumWage(ctx, "152921", w.app.Clock.Today()); !ok || fen != 227_000 {
		t.Errorf("minimum wage %d %v", fen, ok)
	}
}
