package jobs

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/progress"
	"jiuye/internal/ground/queue"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// twoLeagues have work and people who look for it.
func twoLeagues(t *testing.T, r town) {
	r.people(t, 1, 40, "保洁", bayan)
	r.people(t, 41, 20, "焊工", ejin)
	r.people(t, 61, 30, "保洁", hohot)
	second, welding, elsewhere := cleaning(11, 1), cleaning(12, 2), cleaning(13, 1)
	second.PayLow, second.PayHigh = 300000, 340000
	welding.Title, welding.Occupation, welding.Area = "电焊工", "焊工", ejin
	elsewhere.EmployerID, elsewhere.Area = 52, hohot
	r.work(t, cleaning(10, 1), second, welding, elsewhere)
}

// lists are everybody's recommendations.
func (r town) lists(t *testing.T) (all []match) {
	t.Helper()
	for id := int64(1); id <= 90; id++ {
		all = append(all, r.listOf(t, id)...)
	}
	return all
}

func TestLeaguesInAnyOrderAndByAnyProcessGiveTheSameLists(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		twoLeagues(t, r)
		whole := r.match(t)
		want := r.lists(t)

		run, err := r.BeginMatch(ctx)
		if err != nil {
			t.Fatal(err)
		}
		other := New(r.Deps) // another process
		leagues := area.Children("15")
		slices.Reverse(leagues)
		for i, league := range leagues {
			if _, done, err := r.EndMatch(ctx, run); done || err != nil {
				t.Fatalf("ended after %d leagues: %v", i, err)
			}
			room := r.Room
			if i%2 == 1 {
				room = other
			}
			if err := room.MatchLeague(ctx, progress.None{}, run, league.Code); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 { // both processes may find that theirs was the last league
			sum, done, err := r.EndMatch(ctx, run)
			if err != nil || !done || sum != whole {
				t.Errorf("%+v, %v, %v, want %+v", sum, done, err, whole)
			}
		}
		if diff := cmp.Diff(want, r.lists(t), cmp.AllowUnexported(match{})); diff != "" {
			t.Error(diff)
		}
		if n, err := db.Value[int](ctx, r.DB, `SELECT count(*) FROM jobs_run`); err != nil || n != 2 {
			t.Errorf("%d runs are noted, %v", n, err)
		}
	})
}

func TestARunThatWasStoppedGoesOnWhereItWas(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		twoLeagues(t, r)
		run, err := r.BeginMatch(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.MatchLeague(ctx, progress.None{}, run, "1501"); err != nil {
			t.Fatal(err)
		}
		stopped, stop := context.WithCancel(ctx)
		stop()
		if err := r.MatchLeague(stopped, progress.None{}, run, "1529"); err == nil {
			t.Error("a stopped program says that it has done a league")
		}
		v := cleaning(14, 9) // comes after its league was done: the run that goes on does not look again
		v.Area = hohot
		r.work(t, v)
		for range 2 {
			for _, league := range area.Children("15") {
				if err := r.MatchLeague(ctx, progress.None{}, run, league.Code); err != nil {
					t.Fatal(err)
				}
			}
		}
		sum, whole, err := r.EndMatch(ctx, run)
		if err != nil || !whole || sum.People != 90 || sum.Vacancies != 4 {
			t.Errorf("%+v, %v, %v", sum, whole, err)
		}
	})
}

func TestTheQueueDealsOutTheLeagues(t *testing.T) {
	dbtest.Run(t, append(slices.Clone(schemas), queue.Schema), func(t *testing.T, d *db.DB) {
		r := newTown(t, d)
		twoLeagues(t, r)
		q := queue.New(d, r.clock, r.IDs)
		r.Tasks(q)
		r.clock.Add(24 * time.Hour)
		if err := d.Tx(ctx, func(tx *db.Tx) error {
			_, err := q.Enqueue(ctx, tx, queue.Job{Kind: kindMatch, Key: "now", Payload: struct{}{}})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		running, stop := context.WithTimeout(ctx, 2*time.Minute)
		defer stop()
		ended := make(chan error, 1)
		go func() { ended <- q.Run(running, 3) }()
		for running.Err() == nil {
			if n, err := db.Value[int](ctx, d, `SELECT count(*) FROM jobs_run`); err != nil || n > 0 {
				break
			}
		}
		stop()
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		people, err := db.Value[int](ctx, d, `SELECT people FROM jobs_run`)
		if err != nil || people != 90 || len(r.lists(t)) == 0 {
			t.Errorf("%d people, %d lines, %v", people, len(r.lists(t)), err)
		}
	})
}

// 就业促进法 articles 3 and 26 to 31: what the register knows of sex, ethnicity, household registration, disability, marriage
// and age changes no list, except where a vacancy invites a group, and where the law protects people under 18.
func TestWhatTheLawForbidsToChooseByChangesNoList(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		twoLeagues(t, r)
		r.match(t)
		want := r.lists(t)
		yes := true
		change := func(how func(p *person.Person)) {
			r.do(t, func(tx *db.Tx) error {
				for id := int64(1); id <= 90; id++ {
					p, err := r.People.Get(ctx, id)
					if err != nil {
						return err
					}
					how(&p)
					if err := r.People.SavePeople(ctx, tx, []person.Person{p}); err != nil {
						return err
					}
				}
				return nil
			})
			r.match(t)
		}
		same := func(what string) {
			t.Helper()
			if diff := cmp.Diff(want, r.lists(t), cmp.AllowUnexported(match{})); diff != "" {
				t.Errorf("%s: %s", what, diff)
			}
		}
		change(func(p *person.Person) { p.Sex = 3 - p.Sex })
		same("sex")
		change(func(p *person.Person) { p.Ethnic = "03" })
		same("ethnicity and what religion is guessed from it")
		change(func(p *person.Person) { p.Rural = !p.Rural })
		same("household registration")
		change(func(p *person.Person) { p.Birth, p.Able = clock.Date(1966, time.May, 5), &yes })
		same("age")
		change(func(p *person.Person) {
			p.Birth, p.Relation, p.HouseholdID = clock.Date(2001, time.May, 5), "配偶", 8
		})
		same("age, marriage and household")
		r.do(t, func(tx *db.Tx) error {
			var list []person.Group
			for id := int64(1); id <= 90; id++ {
				list = append(list, person.Group{PersonID: id, Kind: person.Disabled, Since: day(1, 1)}, person.Group{PersonID: id, Kind: person.LowIncome, Since: day(1, 1)})
			}
			return r.People.SaveGroups(ctx, tx, list)
		})
		r.match(t)
		same("disability and poverty")

		v, err := r.Employers.Vacancy(ctx, 11) // welcomes people with disabilities: only now it matters, and only for the better
		v.Friendly = "disabled"
		r.do(t, func(tx *db.Tx) error {
			return errors.Join(err, r.Employers.SaveVacancies(ctx, tx, []employer.Vacancy{v}))
		})
		r.match(t)
		score := func(list []match, vacancy int64) int {
			return list[slices.IndexFunc(list, func(m match) bool { return m.VacancyID == vacancy })].Score
		}
		if a, b := score(want, 11), score(r.lists(t), 11); b <= a {
			t.Errorf("the vacancy that invites them is worth %d, was %d", b, a)
		}
	})
}

func TestSomebodyOfSixteenIsNotSentIntoTheMine(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 2, "采煤工", bayan)
		r.do(t, func(tx *db.Tx) error {
			p, err := r.People.Get(ctx, 1)
			p.Birth = clock.Date(2009, time.March, 1)
			return errors.Join(err, r.People.SavePeople(ctx, tx, []person.Person{p}))
		})
		mine := cleaning(10, 3)
		mine.Title, mine.Occupation = "采煤工", "采煤工"
		r.work(t, mine, cleaning(11, 3))
		r.match(t)
		if young, grown := r.listOf(t, 1), r.listOf(t, 2); len(young) != 1 || young[0].VacancyID != 11 || len(grown) != 2 || grown[0].VacancyID != 10 {
			t.Errorf("%+v and %+v", young, grown)
		}
	})
}

func TestChangesOfOccupationAreCountedOnceAWeek(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 3, "保洁", bayan)
		spell := func(id int64, since db.Date, work string) person.Spell {
			return person.Spell{PersonID: id, Since: since, Until: since, Kind: person.Unit, Area: "152921", Occupation: work}
		}
		save := func(list ...person.Spell) {
			r.do(t, func(tx *db.Tx) error { return r.People.SaveSpells(ctx, tx, list) })
			r.match(t)
		}
		moves := func() (n int64) {
			list, err := r.store.moves(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range list {
				n += m.Count
			}
			return n
		}
		save(spell(1, day(1, 1), "保洁员"), spell(1, day(2, 1), "家政服务员"), spell(2, day(1, 1), "保洁"), spell(2, day(3, 1), "家政服务员"), spell(3, day(1, 1), "电工"))
		if n := moves(); n != 2 {
			t.Errorf("%d changes, want 2 of cleaners to housekeepers", n)
		}
		save(spell(3, day(4, 1), "焊工"))
		if n := moves(); n != 2 {
			t.Errorf("%d changes are counted the same day", n)
		}
		r.clock.Add(8 * 24 * time.Hour)
		r.match(t)
		if n := moves(); n != 3 {
			t.Errorf("%d changes a week later, want 3", n)
		}
	})
}

func TestWhatPeopleWishForThemselvesComesBeforeTheRegister(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 2, "保洁", bayan)
		welding, afar, part := cleaning(11, 3), cleaning(12, 3), cleaning(13, 3)
		welding.Title, welding.Occupation = "电焊工", "焊工"
		afar.Area = ejin
		part.Hours = "part"
		r.work(t, cleaning(10, 3), welding, afar, part)
		if err := r.SetWish(ctx, seeker(1), Wish{Occupation: "焊工", Pay: 320000, Km: 100, Hours: "full"}, "k"); err != nil {
			t.Fatal(err)
		}
		r.match(t)
		var own []int64
		for _, m := range r.listOf(t, 1) {
			own = append(own, m.VacancyID)
		}
		if !slices.Equal(own, []int64{11, 10}) {
			t.Errorf("welding within 100 km, full time: %v", own)
		}
		if other := r.listOf(t, 2); len(other) != 4 || other[0].VacancyID != 10 {
			t.Errorf("the other one: %+v", other)
		}
	})
}
