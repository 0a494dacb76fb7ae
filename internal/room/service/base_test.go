package service

import (
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/person"
)

func TestAnArchiveIsLentComesBackAndGoesAway(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.lives(1, "乌兰", "152921110001", "152921110001", person.Batch{})
		w.lives(2, "巴图", "152921110001", "152921110001", person.Batch{})
		a := Archive{PersonID: 1, Number: "L2025-001", Shelf: "A1", CameFrom: "内蒙古大学", CameOn: day("2025-09-01")}
		id, err := w.TakeIn(ctx, suriya, a, key())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.TakeIn(ctx, suriya, Archive{PersonID: 1, Number: "L2025-002", CameOn: day("2025-09-01")}, key()); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second archive of one person: %v", err)
		}
		if _, err := w.TakeIn(ctx, suriya, Archive{PersonID: 2, Number: "L2025-001", CameOn: day("2025-09-01")}, key()); !fault.Is(err, fault.Conflict) {
			t.Errorf("a number twice: %v", err)
		}
		if err := w.Move(ctx, bold, id, 1, Moved{Step: Lend, Who: "x"}, key()); !fault.Is(err, fault.Denied) {
			t.Errorf("another banner's officer: %v", err)
		}
		for _, c := range []struct {
			m    Moved
			want fault.Kind
			ok   bool
		}{
			{Moved{Step: Back}, fault.Conflict, false}, {Moved{Step: Lend, DueOn: clock.Date(2025, 10, 10)}, fault.Invalid, false}, {Moved{Step: Lend, Who: "组织部", DueOn: clock.Date(2025, 9, 1)}, fault.Invalid, false},
			{Moved{Step: Lend, Who: "组织部", DueOn: clock.Date(2025, 10, 10)}, 0, true}, {Moved{Step: Out, Who: "人社厅"}, fault.Conflict, false}, {Moved{Step: "burn"}, fault.NotFound, false},
		} {
			now, _ := archiveByID(ctx, w.DB, id)
			if err := w.Move(ctx, suriya, id, now.Version, c.m, key()); c.ok != (err == nil) || !c.ok && !fault.Is(err, c.want) {
				t.Errorf("%+v: %v", c.m, err)
			}
		}
		overdue := func() int64 {
			n, err := w.countArchives(ctx, archiveFilter{area: "1529", overdue: db.On(w.Clock.Today())})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if overdue() != 0 {
			t.Error("overdue before its day")
		}
		w.Clock.Add(30 * 24 * time.Hour)
		if overdue() != 1 {
			t.Error("not overdue after its day")
		}
		if err := w.Move(ctx, suriya, id, 1, Moved{Step: Back}, key()); !fault.Is(err, fault.Conflict) {
			t.Errorf("with an old page: %v", err)
		}
		if err := w.Move(ctx, suriya, id, 2, Moved{Step: Back}, key()); err != nil {
			t.Fatal(err)
		}
		if err := w.Move(ctx, suriya, id, 3, Moved{Step: Out, Who: "呼和浩特市人才中心"}, key()); err != nil {
			t.Fatal(err)
		}
		gone, _ := archiveByID(ctx, w.DB, id)
		steps, err := w.stepsOf(ctx, &gone)
		if err != nil || gone.State != Gone || overdue() != 0 || len(steps) != 4 || steps[0].Kind != Out {
			t.Errorf("in the end %+v with %d steps, %v", gone, len(steps), err)
		}
		if _, err := w.TakeIn(ctx, suriya, Archive{PersonID: 1, Number: "L2025-009", CameOn: day("2025-10-01")}, key()); err != nil {
			t.Errorf("when it has gone another may come: %v", err)
		}
	})
}

func TestAStoryIsPublicWhenASecondPersonHasApprovedIt(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		s := Story{Area: "152921", Sector: "craft", Title: "回来做驼绒", Founder: "娜仁", Body: "经过", Helped: "创业担保贷款", Jobs: 6}
		if _, err := w.Write(ctx, bold, s, key()); !fault.Is(err, fault.Denied) {
			t.Errorf("another banner wrote it: %v", err)
		}
		id, err := w.Write(ctx, suriya, s, key())
		if err != nil {
			t.Fatal(err)
		}
		public := func() int {
			list, err := w.listStories(ctx, "15", Published, "craft", 1<<62, 10)
			if err != nil {
				t.Fatal(err)
			}
			return len(list)
		}
		got, _ := w.story(ctx, id)
		if public() != 0 || maySee(web.User{}, &got) == nil || maySee(suriya, &got) != nil {
			t.Error("it is public too early")
		}
		list, err := w.Approvals.List(ctx, approval.Filter{Kind: kindStory}, 0, 10)
		if err != nil || len(list) != 1 {
			t.Fatalf("requests %+v %v", list, err)
		}
		if err := w.Approvals.Decide(ctx, suriya, list[0].ID, list[0].Version, true, "", key()); !fault.Is(err, fault.Denied) {
			t.Errorf("the writer approved: %v", err)
		}
		if err := w.Approvals.Decide(ctx, chief, list[0].ID, list[0].Version, true, "", key()); err != nil {
			t.Fatal(err)
		}
		if got, _ = w.story(ctx, id); public() != 1 || maySee(web.User{}, &got) != nil {
			t.Error("it is not public")
		}
	})
}

func TestADemandStandsBesideWhoLooksForSuchWorkAndBecomesAVacancy(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		welder := func(n int64) person.Batch {
			return person.Batch{Registrations: []person.Registration{{PersonID: n, Since: day("2025-05-01"), Reason: "其他", Occupation: "电焊工"}}}
		}
		w.lives(1, "乌兰", "152921110001", "152921110001", welder(1))
		w.lives(2, "巴图", "152921110001", "152921110001", welder(2))
		w.lives(3, "白音", "152923100001", "152923100001", welder(3))
		wishes, err := w.People.Wishes(ctx, "1529", 6, db.On(w.Clock.Today()))
		if err != nil || len(wishes) != 2 || wishes[0] != (person.Wish{Area: "152921", Occupation: "电焊工", Count: 2}) {
			t.Errorf("wishes %+v %v", wishes, err)
		}
		u := Unit{Code: identity.MakeCreditCode('9', '1', "152921", 7), Name: "乌力吉能源", Kind: "enterprise"}
		d := Demand{Area: "152921", Project: "光伏基地", Department: "能源局", Occupation: "电焊工", People: 30, NeededOn: day("2025-11-01")}
		if err := w.Push(ctx, bold, u, d, key()); !fault.Is(err, fault.Denied) {
			t.Errorf("another banner's demand: %v", err)
		}
		if err := w.Push(ctx, suriya, u, d, key()); err != nil {
			t.Fatal(err)
		}
		list, err := w.listDemand(ctx, "1529", "", day("2025-09-24"), day("2026-01-01"), day("2025-09-23"), 0, 10)
		if err != nil || len(list) != 1 || list[0].EmployerID == 0 {
			t.Fatalf("demand %+v %v", list, err)
		}
		vacancy, err := w.Hand(ctx, suriya, list[0].ID, list[0].Version, key())
		if err != nil {
			t.Fatal(err)
		}
		if n := w.count(`SELECT openings FROM employer_vacancy WHERE vacancy_id = $1`, vacancy); n != 30 {
			t.Errorf("the vacancy has %d places", n)
		}
		if _, err := w.Hand(ctx, suriya, list[0].ID, list[0].Version+1, key()); !fault.Is(err, fault.Conflict) {
			t.Errorf("handed twice: %v", err)
		}
	})
}

func TestTheMonthsOfTheRegisterAreCountedAlikeOnBothDatabases(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.lives(1, "乌兰", "152921110001", "152921110001", person.Batch{Registrations: []person.Registration{{PersonID: 1, Since: day("2020-05-01"), Until: day("2020-06-01")}, {PersonID: 1, Since: day("2024-02-01"), Until: day("2025-08-10")}}})
		w.lives(2, "巴图", "152923100001", "152923100001", person.Batch{Registrations: []person.Registration{{PersonID: 2, Since: day("2025-08-03")}}})
		got, err := w.People.ListedMonths(ctx, "1529", 6, day("2025-07-01"))
		want := []person.ListedSpell{{Area: "152921", Since: "", Until: "2025-08", Count: 1}, {Area: "152923", Since: "2025-08", Until: "", Count: 1}}
		if err != nil || len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("got %+v %v", got, err)
		}
	})
}
