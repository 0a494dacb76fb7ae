package jobs

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
)

// past puts 200 people on record to whom three places were shown on a day: the first 190 what the plan had chosen (vacancy 1),
// the last ten something else, drawn at random from ten. Every fifth of the plan's applied, and every second of the others.
func (r town) past(t *testing.T, day db.Date) {
	t.Helper()
	r.people(t, 1, 200, "保洁", bayan)
	r.do(t, func(tx *db.Tx) error {
		var shown, came [][]any
		at := beginning(day.Time) + (9 * time.Hour).Milliseconds()
		for id := int64(1); id <= 200; id++ {
			vacancy, probability, every := int64(1), 955000, int64(5)
			if id > 190 {
				vacancy, probability, every = 2, 5000, 2
			}
			shown = append(shown, []any{id, 7, 1, vacancy, day, policy, probability})
			if id <= 50 { // of a run that was made again
				shown = append(shown, []any{id, 6, 1, 1, day, policy, 955000})
			}
			if id%every == 0 {
				state := Sent
				if id%10 == 0 {
					state = Hired
				}
				came = append(came, []any{id, vacancy, 50, string(state), "", 0, at, at, 1, ""})
			}
		}
		came = append(came, []any{int64(1), int64(1), 50, string(Hired), "", 0, at + (61 * 24 * time.Hour).Milliseconds(), at, 1, ""}) // too late
		came = append(came, []any{int64(2), int64(1), 50, string(Referred), "", 0, at, at, 1, ""})                                     // not the person's own
		if err := tx.Copy(ctx, "jobs_exposure", []string{"person_id", "run", "place", "vacancy_id", "day", "policy", "probability"}, shown); err != nil {
			return err
		}
		return tx.Copy(ctx, "jobs_application", []string{"person_id", "vacancy_id", "employer_id", "state", "note", "referred_by", "created_at", "updated_at", "version", "reason"}, came)
	})
}

func TestWhatRecommendingBringsIsToldFromWhatWasShownAtRandom(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		night := day(7, 20)
		r.past(t, night)
		for range 2 { // judged again it is the same
			if err := r.Judge(ctx, night); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct {
			outcome, rule string
			events        int
			mean          float64 // of a thousand
		}{
			{"applied", ruleShown, 43, 1000 * 43. / 200},                       // 38 of the plan's, 5 of the others
			{"applied", rulePlan, 43, 1000 * 38 / .955 / 200},                  // each stands for its inverse probability
			{"applied", ruleRandom, 43, 1000 * (38*.1/.955 + 5*.1/.005) / 200}, // the plan's are a tenth of what is drawn from
			{"applied", ruleGain, 43, 1000 * (38*.9/.955 - 5*.1/.005) / 200},   // here random would be better
			{"hired", ruleShown, 20, 1000 * 20. / 200},                         //
			{"hired", ruleGain, 20, 1000 * (19*.9/.955 - 1*.1/.005) / 200},     // 19 hired by the plan, 1 by chance
		} {
			list, err := r.estimates(ctx, "1529", c.outcome)
			if err != nil {
				t.Fatal(err)
			}
			if got := list[c.rule]; got.People != 200 || got.Events != c.events || math.Abs(got.Mean-c.mean) > .01 || got.Half <= 0 {
				t.Errorf("%s by %s: %+v, want %.2f of %d", c.outcome, c.rule, got, c.mean, c.events)
			}
		}
		if list, err := r.estimates(ctx, "1501", "applied"); err != nil || list[ruleShown].People != 0 {
			t.Errorf("another league is judged by these: %+v, %v", list, err)
		}
	})
}

func TestTheIntervalHoldsTheTruthAndIsNotNarrowedByNightsThatAreAlike(t *testing.T) {
	one := night{judged: judged{People: 400, Events: 40, Total: 40, Squares: 40}}
	single, many := estimate([]night{one}), estimate([]night{one, one, one, one})
	if math.Abs(single.Mean-100) > 1e-9 || math.Abs(single.Half-1000*1.96*math.Sqrt(.1*.9/399)) > 1e-6 {
		t.Errorf("40 of 400: %+v", single)
	}
	if many.Mean != single.Mean || math.Abs(many.Half-single.Half) > 1e-9 || many.People != 1600 {
		t.Errorf("four nights of the same people: %+v", many)
	}
	if none := estimate(nil); none != (Estimate{}) {
		t.Errorf("%+v", none)
	}
}

func TestManagersReadWhatRecommendingBringsOnWideAndNarrowScreens(t *testing.T) {
	dbtest.Run(t, schemas, func(t *testing.T, d *db.DB) {
		if d.Kind() != db.SQLite { // pages are the same on both
			return
		}
		r := newTown(t, d)
		s := r.serve(t)
		p := s.as(t, "league", "/jobs/office/judged", 390)
		if text := p.Text("#main"); !strings.Contains(text, "还没有可以核算的结果") {
			t.Errorf("before anything is known the page says %s", text)
		}
		r.past(t, day(7, 20))
		if err := r.Judge(ctx, day(7, 20)); err != nil {
			t.Fatal(err)
		}
		for _, width := range []int{1440, 390} {
			p := s.as(t, "league", "/jobs/office/judged", width)
			if text := p.Text("#main"); !strings.Contains(text, "录用只有 20 次，不到 30 次") || !strings.Contains(text, "215.0 ±") {
				t.Errorf("%s at %d says %s", p.Location(), width, text)
			}
			s.look(t, p, "judged-"+strconv.Itoa(width))
		}
	})
}
