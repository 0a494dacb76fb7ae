package jobs

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

func (r town) match(t *testing.T) Summary {
	t.Helper()
	sum, err := r.Match(ctx, progress.None{})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func (r town) listOf(t *testing.T, id int64) []match {
	t.Helper()
	list, err := r.store.matchesOf(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestEveryUnemployedPersonGetsTheWorkThatFitsBest(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 1, "保洁", bayan)
		r.people(t, 2, 1, "焊工", ejin)
		r.people(t, 3, 1, "保洁", hohot)
		r.people(t, 4, 1, "保洁", bayan)
		r.do(t, func(tx *db.Tx) error { // found work long ago
			return r.People.SaveRegistrations(ctx, tx, []person.Registration{{PersonID: 4, Since: db.On(clock.Date(2025, 1, 1).AddDate(0, 0, 4)), Until: day(3, 1), Occupation: "保洁"}})
		})
		r.people(t, 5, 1, "保洁", bayan)
		r.do(t, func(tx *db.Tx) error { // has died while registered
			p, err := r.People.Get(ctx, 5)
			p.Died = day(9, 20)
			return errors.Join(err, r.People.SavePeople(ctx, tx, []person.Person{p}))
		})
		welding := employer.Vacancy{EmployerID: 52, ID: 11, Title: "电焊工", Occupation: "焊工", Openings: 1, PayLow: 600000, PayHigh: 700000, Area: ejin}
		closed := cleaning(12, 5)
		closed.Posted, closed.Closes = day(8, 1), day(9, 23) // ended yesterday
		r.work(t, cleaning(10, 1), welding, closed)

		sum := r.match(t)
		if want := (Summary{People: 3, Matched: 2, Pairs: 4, Vacancies: 2, Openings: 2, Nothing: 1}); sum != want {
			t.Errorf("summary %+v, want %+v", sum, want)
		}
		for id, want := range map[int64][]int64{1: {10, 11}, 2: {11, 10}, 3: nil, 4: nil, 5: nil} {
			var got []int64
			for _, m := range r.listOf(t, id) {
				got = append(got, m.VacancyID)
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("person %d is recommended %v, want %v", id, got, want)
			}
		}
		lines, err := r.Lines(ctx, 1, 1)
		if err != nil || len(lines) != 1 {
			t.Fatal(lines, err)
		}
		l := lines[0]
		if l.Title != "保洁员" || l.Employer != "安康家政服务部50" || l.Pay != "3,600～4,000 元" || l.Km != 0 || l.Score < 400 || l.Reasons[0].Zh != "正是本人想找的工种" {
			t.Errorf("line %+v", l)
		}
		if lines, err = r.Lines(ctx, 4, 3); err != nil || len(lines) != 2 {
			t.Errorf("somebody whom the run did not look at gets the best of the moment: %v, %v", lines, err)
		}
		if lines, err = r.Lines(ctx, 99, 3); err != nil || len(lines) != 0 {
			t.Errorf("nobody gets %v, %v", lines, err)
		}
	})
}

// dealt are the people to whom a vacancy was dealt out.
func (r town) dealt(t *testing.T, vacancy int64) map[int64]bool {
	t.Helper()
	list, err := db.All(ctx, r.DB, func(id *int64) []any { return []any{id} }, `SELECT person_id FROM jobs_match WHERE vacancy_id = $1 AND dealt = 1 ORDER BY person_id`, vacancy)
	if err != nil {
		t.Fatal(err)
	}
	out := map[int64]bool{}
	for _, id := range list {
		out[id] = true
	}
	return out
}

func TestOneOpeningIsDealtToFifteenPeopleAtMost(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 40, "保洁", bayan)
		second := cleaning(11, 1)
		second.PayLow, second.PayHigh = 300000, 340000 // less paid: everybody's second choice
		r.work(t, cleaning(10, 1), second)
		sum := r.match(t)
		if sum.Matched != 40 || sum.Pairs != 80 || sum.Nothing != 10 {
			t.Errorf("summary %+v", sum)
		}
		one, two := r.dealt(t, 10), r.dealt(t, 11)
		if len(one) != 15 || len(two) != 15 {
			t.Errorf("%d and %d people are sent there", len(one), len(two))
		}
		for id := int64(1); id <= 40; id++ {
			list := r.listOf(t, id)
			if len(list) != 2 || list[0].Place != 1 || list[1].Place != 2 {
				t.Errorf("person %d has %+v", id, list)
			}
			if one[id] && two[id] {
				t.Errorf("person %d gets both, others none", id)
			}
		}
		var ours []int64 // who reads the less paid work first: to whom it was dealt
		for id := int64(1); id <= 40; id++ {
			if r.listOf(t, id)[0].VacancyID == 11 {
				ours = append(ours, id)
			}
		}
		if n := len(ours); n < 12 || n > 20 { // but for the few drawn by lot
			t.Errorf("%d people read it first", n)
		}
	})
}

func TestKeyGroupsComeFirstWhereThereIsTooLittle(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 40, "保洁", bayan)
		r.work(t, cleaning(10, 1))
		r.do(t, func(tx *db.Tx) error {
			if err := r.People.SaveGroups(ctx, tx, []person.Group{{PersonID: 31, Kind: person.Hard, Since: day(1, 1)}, {PersonID: 32, Kind: person.Hard, Since: day(1, 1), Until: day(2, 1)}}); err != nil {
				return err
			}
			if err := r.People.SaveGraduates(ctx, tx, []person.Graduate{{PersonID: 33, Graduated: day(6, 30), School: "内蒙古大学"}}); err != nil {
				return err
			}
			return r.People.SaveRegistrations(ctx, tx, []person.Registration{{PersonID: 34, Since: db.On(clock.Date(2023, 5, 1)), Occupation: "保洁", Pay: 350000}})
		})
		r.match(t)
		dealt := r.dealt(t, 10)
		for id, what := range map[int64]string{31: "hardship", 33: "a graduate", 34: "long unemployed"} {
			if !dealt[id] {
				t.Errorf("%s: person %d is not sent there", what, id)
			}
		}
		if len(dealt) != 15 {
			t.Errorf("%d people are sent there", len(dealt))
		}
	})
}

func TestWhoeverWaitsForAnAnswerStandsBefore(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 60, "保洁", bayan)
		r.work(t, cleaning(10, 1), cleaning(11, 1))
		for id := int64(41); id <= 60; id++ {
			if err := r.Apply(ctx, seeker(id), 10, "", fmt.Sprintf("k%d", id)); err != nil {
				t.Fatal(err)
			}
		}
		waiting, err := r.store.waiting(ctx, []int64{10, 11})
		if err != nil || waiting[10] != 20 || waiting[11] != 0 {
			t.Errorf("waiting %v, %v", waiting, err)
		}
	})
}

func TestWhatWasShownFirstIsNotedWithHowProbableItWas(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 90, "保洁", bayan)
		for id := int64(10); id < 16; id++ {
			v := cleaning(id, 5)
			v.PayHigh += id * 1000
			r.work(t, v)
		}
		r.match(t)
		type line struct {
			person, vacancy    int64
			place, probability int
			policy             string
			day                db.Date
		}
		read := func() []line {
			list, err := db.All(ctx, r.DB, func(x *line) []any { return []any{&x.person, &x.vacancy, &x.place, &x.probability, &x.policy, &x.day} },
				`SELECT person_id, vacancy_id, place, probability, policy, day FROM jobs_exposure ORDER BY person_id, place`)
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		list := read()
		drawn := map[int64]bool{}
		for _, x := range list {
			if x.place > firstPlaces || x.policy != policy || x.day != day(9, 24) || x.probability <= 0 || x.probability > 1_000_000 {
				t.Errorf("%+v", x)
			}
			if own := r.listOf(t, x.person); own[x.place-1].VacancyID != x.vacancy {
				t.Errorf("person %d reads %d at place %d, noted is %d", x.person, own[x.place-1].VacancyID, x.place, x.vacancy)
			}
			if x.probability < 500_000 {
				drawn[x.person] = true
			}
		}
		if len(list) < 90 || len(drawn) == 0 || len(drawn) > 15 {
			t.Errorf("%d lines, %d people drawn by lot", len(list), len(drawn))
		}
		r.clock.Add(100 * 24 * time.Hour) // long after; the vacancies have ended
		r.match(t)
		for _, x := range read() {
			if x.day == day(9, 24) {
				t.Fatalf("kept too long: %+v", x)
			}
		}
	})
}

func TestALeagueThatWasStoppedMidwayIsDoneAgainWithoutTraces(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		twoLeagues(t, r)
		run, err := r.BeginMatch(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := r.matchLeague(ctx, progress.None{}, "1529", run); err != nil { // written, but not noted as done
			t.Fatal(err)
		}
		if err := r.MatchLeague(ctx, progress.None{}, run, "1529"); err != nil {
			t.Fatal(err)
		}
		n, err := db.Value[int](ctx, r.DB, `SELECT count(*) FROM jobs_exposure e WHERE NOT EXISTS (SELECT 1 FROM jobs_match m WHERE m.person_id = e.person_id AND m.vacancy_id = e.vacancy_id AND m.place = e.place)`)
		if err != nil || n != 0 {
			t.Errorf("%d lines of the log that nobody was shown, %v", n, err)
		}
		if err := r.MatchLeague(ctx, progress.None{}, run, "1529"); err != nil {
			t.Errorf("done twice: %v", err)
		}
	})
}

func TestARunReplacesWhatTheLastOneRecommended(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 2, "保洁", bayan)
		r.work(t, cleaning(10, 3), cleaning(11, 3))
		r.match(t)
		r.do(t, func(tx *db.Tx) error {
			return r.People.SaveRegistrations(ctx, tx, []person.Registration{{PersonID: 2, Since: db.On(clock.Date(2025, 1, 3)), Until: day(9, 1)}})
		})
		r.clock.Add(24 * time.Hour)
		v := cleaning(11, 3)
		v.Closes, v.Posted, v.State, v.Version = day(9, 24), day(9, 1), employer.Open, 1
		r.do(t, func(tx *db.Tx) error { return r.Employers.SaveVacancies(ctx, tx, []employer.Vacancy{v}) })
		if sum := r.match(t); sum.People != 1 || sum.Pairs != 1 {
			t.Errorf("summary %+v", sum)
		}
		if a, b := r.listOf(t, 1), r.listOf(t, 2); len(a) != 1 || a[0].VacancyID != 10 || len(b) != 0 {
			t.Errorf("lists %v and %v", a, b)
		}
		if last, err := r.store.lastRun(ctx); err != nil || last != day(9, 25) {
			t.Errorf("last run %v, %v", last, err)
		}
	})
}

func TestFromApplyingToBeingHired(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 2, "保洁", bayan)
		r.work(t, cleaning(10, 1))
		key := 0
		once := func() string { key++; return fmt.Sprintf("key-%d", key) }

		wantFault(t, r.Apply(ctx, officer, 10, "", once()), fault.Denied, "an officer applies")
		wantFault(t, r.Apply(ctx, seeker(1), 99, "", once()), fault.NotFound, "no such vacancy")
		if err := r.Apply(ctx, seeker(1), 10, "下周可以上班", "click"); err != nil {
			t.Fatal(err)
		}
		wantFault(t, r.Apply(ctx, seeker(1), 10, "", "click"), fault.Repeat, "a double click")
		wantFault(t, r.Apply(ctx, seeker(1), 10, "", once()), fault.Repeat, "the same again")

		wantFault(t, r.Answer(ctx, rival, 1, 10, Viewed, "", 1, once()), fault.NotFound, "another employer answers")
		wantFault(t, r.Answer(ctx, unit, 2, 10, Viewed, "", 0, once()), fault.NotFound, "somebody who did not apply")
		if err := r.Answer(ctx, unit, 1, 10, Interview, "周五上午九点", 1, once()); err != nil {
			t.Fatal(err)
		}
		wantFault(t, r.Answer(ctx, unit, 1, 10, Declined, "", 1, once()), fault.Conflict, "a stale page")
		wantFault(t, r.Answer(ctx, unit, 1, 10, Sent, "", 2, once()), fault.Conflict, "backwards")
		if err := r.Answer(ctx, unit, 1, 10, Hired, "", 2, once()); err != nil {
			t.Fatal(err)
		}
		wantFault(t, r.Withdraw(ctx, seeker(1), 10, once()), fault.Conflict, "too late to withdraw")

		a, err := r.store.application(ctx, r.DB, 1, 10)
		if err != nil || a.State != Hired || a.Version != 3 || a.EmployerID != 50 {
			t.Errorf("%+v, %v", a, err)
		}
		steps, err := r.store.steps(ctx, 1, 10)
		if err != nil || len(steps) != 3 || steps[0].State != Hired || steps[2].ByName != "苏日娜1" {
			t.Errorf("%+v, %v", steps, err)
		}
		if sum := r.match(t); sum.Openings != 0 || sum.Pairs != 0 {
			t.Errorf("a filled opening is still recommended: %+v", sum)
		}
	})
}

func TestAReferralWaitsForThePerson(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 1, "保洁", bayan)
		r.work(t, cleaning(10, 1))
		wantFault(t, r.Refer(ctx, afar, 1, 10, "", "a"), fault.Denied, "an officer of another banner")
		wantFault(t, r.Refer(ctx, seeker(1), 1, 10, "", "b"), fault.Denied, "a seeker")
		if err := r.Refer(ctx, officer, 1, 10, "离家近", "c"); err != nil {
			t.Fatal(err)
		}
		wantFault(t, r.Answer(ctx, unit, 1, 10, Viewed, "", 0, "d"), fault.NotFound, "the employer must not know yet")
		if list, err := r.store.applicationsFor(ctx, 10, 0, 10); err != nil || len(list) != 0 {
			t.Errorf("the employer sees %v, %v", list, err)
		}
		if err := r.Apply(ctx, seeker(1), 10, "", "e"); err != nil {
			t.Fatal(err)
		}
		a, err := r.store.application(ctx, r.DB, 1, 10)
		if err != nil || a.State != Sent || a.ReferredBy != officer.ID {
			t.Errorf("%+v, %v", a, err)
		}
		seen, _, err := r.Audit.About(ctx, "person", 1, 10, auditStart)
		if err != nil || len(seen) != 2 || seen[1].What != "推荐岗位“保洁员”" {
			t.Errorf("the log says %+v, %v", seen, err)
		}
	})
}

func TestWhoMayMoveAnApplication(t *testing.T) {
	for _, m := range moves {
		if m.from == Hired {
			t.Errorf("nothing follows being hired: %v", m)
		}
		if m.to == Hired && m.by != Employer && m.from != Offered {
			t.Errorf("only the employer hires, or the person who has an offer: %v", m)
		}
		if m.from == Referred && m.by == Employer {
			t.Errorf("the employer does not know of a referral: %v", m)
		}
	}
	for s := range look {
		if s.Zh() == "" {
			t.Errorf("state %s has no name", s)
		}
	}
	if May(Employer, Withdrawn, Hired) || !May(Person, Withdrawn, Sent) || len(Next(Employer, Sent)) != 5 || len(look) != 9 {
		t.Error("the table of moves is not what people were told")
	}
}
