package cycle

import (
	"context"
	"slices"
	"strings"
	"testing"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
)

// A round that has ended asks nothing of anybody: nobody is pressed, nothing is returned, and the menu counts nothing.
func TestARoundThatHasEndedAsksNothingOfAnybody(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id := w.august()
		w.Must(w.HandIn(ctx, suriya, id, "152921", Typed{Progress: "完成"}, 1, w.Once()))
		if n, err := w.waiting(ctx, "152923"); err != nil || n != 1 {
			t.Errorf("%d forms wait (%v)", n, err)
		}
		w.Must(w.End(ctx, chief, id, false, 1, w.Once()))
		_, err := w.Press(ctx, chief, id, 2, w.Once())
		w.Refused(fault.Conflict, "已经结束", err)
		w.Refused(fault.Conflict, "重新打开", w.Judge(ctx, chief, id, "152921", false, "补数", 2, 2, w.Once()))
		w.Must(w.Judge(ctx, chief, id, "152921", true, "", 0, 2, w.Once()))
		if n, err := w.waiting(ctx, "152923"); err != nil || n != 0 {
			t.Errorf("%d forms of a round that has ended wait (%v)", n, err)
		}
	})
}

// A month in which the program stood still does not end the cycle; years of silence do.
func TestAMonthOfSilenceDoesNotEndTheCycle(t *testing.T) {
	for _, c := range []struct {
		day  string
		want int
	}{{"2025-09-20", 0}, {"2025-10-09", 1}, {"2025-11-10", 1}, {"2025-12-01", 1}, {"2026-01-05", 0}} {
		run(t, func(t *testing.T, w *world) {
			w.august()
			w.setDay(c.day)
			n, err := w.BeginNext(ctx)
			w.Must(err)
			list, err := w.rounds(ctx, "1529", 1<<62, 1)
			w.Must(err)
			if n != c.want || n == 1 && list[0].Period != Latest(Month, w.today()) {
				t.Errorf("on %s %d rounds begin, the last is %d", c.day, n, list[0].Period)
			}
		})
	}
}

// Whoever ends a round may end the cycle with it.
func TestACycleThatIsEndedDoesNotGoOn(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.Must(w.End(ctx, chief, w.august(), true, 1, w.Once()))
		w.setDay("2025-10-09")
		if n, err := w.BeginNext(ctx); err != nil || n != 0 {
			t.Errorf("%d rounds begin (%v)", n, err)
		}
	})
}

// One area's trouble stops nobody else's reminder.
func TestOneAreasTroubleStopsNoOther(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.august()
		w.watch.broken = "152921" // the first
		w.setDay("2025-09-22")
		n, err := w.Remind(ctx)
		if err == nil || !strings.Contains(err.Error(), "152921") || n != 7 || len(w.watch.late) != 3 {
			t.Errorf("%d steps, %d handed over, %v", n, len(w.watch.late), err)
		}
	})
}

func TestADeadlineYearsAheadIsASlip(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		_, err := w.Begin(ctx, chief, Round{Area: "1529", Kind: Month, Period: 202508, Due: db.On(clock.Date(2052, 9, 17))}, nil, w.Once())
		w.Refused(fault.Invalid, "3 个月以内", err)
	})
}

// A form that was returned has a new deadline, and is reminded, pressed and handed over anew.
func TestAFormThatIsReturnedIsPressedAnew(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id, err := w.Begin(ctx, chief, Round{Area: "1529", Kind: Month, Period: 202508}, []string{"152921"}, w.Once()) // due on the 17th
		w.Must(err)
		steps := func(day string, want int) {
			t.Helper()
			w.setDay(day)
			if n, err := w.Remind(ctx); err != nil || n != want {
				t.Errorf("on %s %d steps, want %d (%v)", day, n, want, err)
			}
		}
		steps("2025-09-22", 2)                                                                                     // pressed, and handed over
		w.Refused(fault.Conflict, "刚刚有人", w.HandIn(ctx, suriya, id, "152921", Typed{Progress: "完成"}, 1, w.Once())) // handed over meanwhile
		w.Must(w.HandIn(ctx, suriya, id, "152921", Typed{Progress: "完成"}, 2, w.Once()))
		if last := w.watch.settled[len(w.watch.settled)-1]; last != "152921 阿拉善盟2025年8月调度已经上报" {
			t.Errorf("settled: %q", w.watch.settled)
		}
		w.Must(w.Judge(ctx, chief, id, "152921", false, "数不对", 2, 3, w.Once())) // until the 24th
		steps("2025-09-22", 1)
		steps("2025-09-25", 1)
		steps("2025-09-28", 1) // a Sunday that is worked, the third working day
		if len(w.watch.late) != 2 {
			t.Errorf("handed over %d times", len(w.watch.late))
		}
		w.Must(w.End(ctx, chief, id, false, 1, w.Once()))
		if last := w.watch.settled[len(w.watch.settled)-1]; last != " 阿拉善盟2025年8月调度已经结束，不再补报" {
			t.Errorf("settled: %q", last)
		}
	})
}

// Whoever is to sign second may find something wrong.
func TestTheSecondSignatureMayBeRefused(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id, err := w.Begin(ctx, chief, Round{Area: "1529", Kind: Month, Period: 202508, Second: true}, []string{"152921"}, w.Once())
		w.Must(err)
		w.Must(w.HandIn(ctx, suriya, id, "152921", Typed{Progress: "完成"}, 1, w.Once()))
		w.Refused(fault.Denied, "另一人", w.Unsign(ctx, suriya, id, "152921", "漏写", 2, w.Once()))
		w.Refused(fault.Invalid, "要改哪里", w.Unsign(ctx, mergen, id, "152921", "", 2, w.Once()))
		w.Must(w.Unsign(ctx, mergen, id, "152921", "漏写招聘会", 2, w.Once()))
		if f := w.of(id, "152921"); f.State != Draft || f.Reason != "漏写招聘会" {
			t.Errorf("given back: %+v", f)
		}
		w.Must(w.HandIn(ctx, suriya, id, "152921", Typed{Progress: "办招聘会"}, 3, w.Once()))
		w.Must(w.Sign(ctx, mergen, id, "152921", 4, w.Once()))
		if f := w.of(id, "152921"); f.State != Submitted || f.Reason != "" {
			t.Errorf("signed: %+v", f)
		}
	})
}

// Whom a briefing is sent to finds it, and follows only what is shown to them.
func TestABriefingIsFoundAndReadBelow(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id, err := w.Write(ctx, chief, Briefing, "1529", 202508, w.Once())
		w.Must(err)
		list, err := papers(ctx, w.Room.DB, "152921", 1<<62, 10)
		w.Must(err)
		if len(list) != 0 {
			t.Errorf("a draft is listed below: %+v", list)
		}
		w.Must(w.Send(ctx, chief, id, 1, w.Once()))
		w.Must(w.Put(ctx, deputy, id, 2, w.Once()))
		list, err = papers(ctx, w.Room.DB, "152921", 1<<62, 10)
		w.Must(err)
		if len(list) != 1 || list[0].ID != id || list[0].Issue != 1 || list[0].Period != 202508 {
			t.Errorf("below is listed %+v", list)
		}
		p := Paper{Area: "1529"}
		for href, want := range map[string][2]bool{ // the banner, the league
			"/plan/indicator/new_urban/area/1529?year=2025":   {false, true},
			"/plan/indicator/new_urban/area/152921?year=2025": {true, true},
			"/plan/indicator/new_urban/area/152923?year=2025": {false, true},
			"/plan/tasks?area=1529":                           {false, true},
			"/cycle/months/new_urban/area/1529?to=202508":     {true, true},
			"/cycle/round/5/area/152921":                      {true, true},
			"/cycle/case/7":                                   {false, true},
		} {
			if got := [2]bool{follows(suriya, &p, href), follows(chief, &p, href)}; got != want {
				t.Errorf("%s: %v", href, got)
			}
		}
	})
}

// An earlier month has no outlook, and says so.
func TestADocumentOfAnEarlierMonthSaysThatItForeseesNothing(t *testing.T) {
	f := &Facts{Area: "1529", Period: 202506, Standing: []Standing{{ID: "new_urban", Name: "城镇新增就业", Unit: "人", Target: "〔12,500〕", Actual: "9,000", State: "onpace", Chance: -1}}}
	for _, c := range []struct {
		mean string
		want bool
	}{{"", true}, {"12,900", false}} {
		f.Standing[0].Mean = c.mean
		if got := strings.Contains(lines(f).Tables[0].Note, unforeseen); got != c.want {
			t.Errorf("mean %q: the table says so: %v", c.mean, got)
		}
		if got := strings.Contains(notes(f).Text, "没有“有风险的目标”一节"); got != c.want {
			t.Errorf("mean %q: the report says so: %v", c.mean, got)
		}
	}
}

// A case about somebody of the register goes with that person's consent, and with the file.
func TestACaseIsTakenDownWithTheConsentOfItsPerson(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.somebody()
		var consents []int64
		w.Agreed = func(_ context.Context, _ *db.Tx, _ web.User, id int64) error {
			consents = append(consents, id)
			return nil
		}
		in := Case{Area: "152921", Kind: Person, Field: "startup", Agreed: true, Title: "那仁办合作社", Said: CaseSaid{Name: "那仁", Text: "那仁返乡创业。", Source: "本人"}}
		tell := func(number string) (int64, error) { return w.Tell(ctx, suriya, in, number, nil, w.Once()) }
		_, err := tell("")
		w.Refused(fault.Invalid, "不写姓名", err)
		in.Title = "返乡办合作社"
		_, err = tell("152921199001010000")
		w.Refused(fault.Invalid, "没有姓名和身份证号都相符的人", err)
		in.Said.Name = "那日苏"
		_, err = tell(naren)
		w.Refused(fault.Invalid, "没有姓名和身份证号都相符的人", err)
		in.Said.Name = "那仁"
		id, err := tell(naren)
		w.Must(err)
		if !slices.Equal(consents, []int64{1}) {
			t.Errorf("written down as agreed: %v", consents)
		}
		n, err := db.Value[int64](ctx, w.Room.DB, `SELECT count(*) FROM audit_entry WHERE object = 'person' AND object_id = 1`)
		w.Must(err)
		if n != 1 {
			t.Errorf("the person reads of %d acts", n)
		}
		w.Must(w.Decide(ctx, chief, id, Approved, "", 1, w.Once()))
		w.Must(w.Decide(ctx, chief, id, Public, "", 2, w.Once()))
		w.Tx(func(tx *db.Tx) error { return w.ConsentWithdrawn(ctx, tx, web.User{}, 1) })
		k, err := w.caseByID(ctx, w.Room.DB, id)
		w.Must(err)
		if k.State != Withdrawn || k.Said != (CaseSaid{}) || k.PersonID != 0 || k.Agreed || k.Title != nameless {
			t.Errorf("after the consent: %+v", k)
		}
		w.Refused(fault.Conflict, "已经按规定删除", w.Decide(ctx, chief, id, Approved, "", k.Version, w.Once()))

		id, err = tell(naren)
		w.Must(err)
		w.Tx(func(tx *db.Tx) error { return w.Forget(ctx, tx, []int64{7, 1}) })
		if k, err = w.caseByID(ctx, w.Room.DB, id); err != nil || k.State != Withdrawn || k.Said.Text != "" {
			t.Errorf("after the file: %+v %v", k, err)
		}
	})
}

// The region sees how the leagues' rounds stand.
func TestTheRegionSeesTheLeaguesLatestRounds(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.august()
		for _, c := range []struct {
			here string
			want int
		}{{"15", 1}, {"1529", 1}, {"1501", 0}} {
			list, err := w.lastRounds(ctx, c.here)
			w.Must(err)
			if len(list) != c.want {
				t.Errorf("%s: %+v", c.here, list)
			}
			all, err := headsOf(ctx, w.Room.DB, list)
			w.Must(err)
			if c.want == 1 && len(all[list[0].ID]) != len(area.Children("1529")) {
				t.Errorf("%s: %+v", c.here, all)
			}
		}
		if Latest(Month, w.today()) != indicator.Period(202508) {
			t.Error("not August")
		}
	})
}

// naren is the ID number of the only person of the register in these tests; made up.
var naren = identity.MakeIDNumber("152921", clock.Date(1990, 3, 7), 1)

func (w *world) somebody() {
	w.T.Helper()
	w.Tx(func(tx *db.Tx) error {
		if err := w.World.People.SaveHouseholds(ctx, tx, []person.Household{{ID: 1, Number: "H1", Area: "152921100001"}}); err != nil {
			return err
		}
		return w.World.People.SavePeople(ctx, tx, []person.Person{{ID: 1, Name: "那仁", IDNumber: naren, Area: "152921100001", HouseholdID: 1, Birth: clock.Date(1990, 3, 7)}})
	})
}
