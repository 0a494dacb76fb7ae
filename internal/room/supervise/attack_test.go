package supervise

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// What comes from above is not checked and not stopped by those whom it was given to.
func TestABannerNeitherStopsNorChecksWhatItsLeagueGave(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		d, m := w.duty(on(2025, time.September, 24)) // the league's
		w.refused(fault.Denied, w.Stop(ctx, suriya, d.ID, "不做了", 0, w.Once()))
		w.Must(w.Progress(ctx, suriya, d.ID, m.ID, 90, "已办", paper, 0, w.Once()))
		w.refused(fault.Denied, w.Check(ctx, mergen, d.ID, m.ID, true, "属实", 1, w.Once()))
		w.Must(w.Check(ctx, chief, d.ID, m.ID, true, "属实", 1, w.Once()))

		own, err := w.Give(ctx, suriya, Duty{Source: ByHand, UnitID: d.UnitID, Title: "整理档案"}, Milestone{Text: "归档", Due: on(2025, time.September, 30)}, w.Once())
		w.Must(err)
		w.Must(w.Stop(ctx, mergen, own, "并入另一项任务", 0, w.Once()))
	})
}

// A duty that is stopped when it is late already counts in the appraisal as what was not done; one that is stopped in time does not count.
func TestStoppingALateDutyDoesNotTakeItOutOfTheAppraisal(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		late, _ := w.duty(on(2025, time.September, 10))
		early, _ := w.duty(on(2025, time.September, 24))
		reported, m := w.duty(on(2025, time.September, 12))
		w.to("2025-09-15")
		w.Must(w.Progress(ctx, suriya, reported.ID, m.ID, 90, "已办", paper, 0, w.Once()))
		for _, d := range []struct{ id, version int64 }{{late.ID, 0}, {early.ID, 0}, {reported.ID, 1}} {
			w.Must(w.Stop(ctx, chief, d.id, "不再需要", d.version, w.Once()))
		}
		done, all, err := countInput(ctx, w.Room.DB, InputMilestones, "1529", on(2025, time.January, 1), on(2025, time.December, 31), on(2025, time.December, 31))
		w.Must(err)
		if all["152921"] != 2 || done["152921"] != 0 {
			t.Errorf("of %d milestones %d were reached in time", all["152921"], done["152921"])
		}
		sum, err := tallies(ctx, w.Room.DB, "152921", w.today())
		w.Must(err)
		if len(sum) != 0 {
			t.Errorf("stopped duties wait for somebody: %+v", sum)
		}
		if n, _, err := w.Overdue(ctx, "1529"); err != nil || n != 0 {
			t.Errorf("%d stopped milestones are overdue (%v)", n, err)
		}
	})
}

func TestASecondAnswerPutsNothingOff(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		d, m := w.duty(on(2025, time.September, 10))
		w.to("2025-09-10")
		w.night(map[string]int{Pressed: 1})
		w.Must(w.Answer(ctx, suriya, d.ID, m.ID, "人手不足", on(2025, time.September, 18), 0, w.Once()))
		w.to("2025-09-18")
		w.refused(fault.Conflict, w.Answer(ctx, suriya, d.ID, m.ID, "仍然人手不足", on(2025, time.September, 26), 1, w.Once()))
		w.Must(w.Answer(ctx, suriya, d.ID, m.ID, "明天就好", on(2025, time.September, 18), 1, w.Once()))
		w.to("2025-09-19")
		w.night(map[string]int{Escalated: 1})
	})
}

func TestTheBoardCountsWhatItDoesNotList(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		d, _ := w.duty(on(2025, time.September, 2))
		w.Must(w.Room.DB.Tx(ctx, func(tx *db.Tx) error {
			for i := range 1100 {
				if err := insertMilestone(ctx, tx, &Milestone{DutyID: d.ID, ID: int64(i + 1), Area: d.Area, UnitID: d.UnitID, Text: fmt.Sprint(i), Due: on(2025, time.September, 2), State: Open}); err != nil {
					return err
				}
			}
			return nil
		}))
		w.to("2025-09-03")
		if n, list, err := w.Overdue(ctx, "1529"); err != nil || n != 1101 || len(list) != overdueShown {
			t.Errorf("%d overdue, %d listed (%v)", n, len(list), err)
		}
	})
}

// A liaison whose account was stopped reads nothing: the area's staff are told instead.
func TestAPressDoesNotGoToALiaisonWhoHasLeft(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.Accounts = account.New(account.Deps{DB: w.Room.DB, Clock: w.clock, IDs: w.World.IDs, Audit: w.World.Audit})
		w.Tx(func(tx *db.Tx) error {
			return w.Accounts.Seed(ctx, tx, []account.NewAccount{{Login: "wulan", Name: "乌兰", Role: account.Officer, Area: "152921", Password: "Caoyuan2025"}})
		})
		list, err := w.Accounts.List(ctx, "152921", 0, 5)
		w.Must(err)
		d, _ := w.duty(on(2025, time.September, 10))
		w.Must(w.Appoint(ctx, chief, d.UnitID, Liaison{Name: "乌兰", Phone: "13800000001", AccountID: list[0].ID}, 0, w.Once()))
		w.Must(w.Accounts.SetDisabled(ctx, web.User{ID: 1, Role: account.Admin, Area: "15"}, list[0].ID, true, w.Once()))
		w.to("2025-09-10")
		w.night(map[string]int{Pressed: 1})
		n, err := db.Value[int64](ctx, w.Room.DB, `SELECT count(*) FROM message_item WHERE account_id = $1`, list[0].ID)
		w.Must(err)
		if n != 0 {
			t.Errorf("%d messages went to somebody who has left", n)
		}
	})
}

func TestAnAppealAddsNoMoreThanItsLineLacks(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id, err := w.Draw(ctx, chief, Scheme{Area: "1529", Year: 2025, Title: "2025 年度考核", Cutoff: on(2025, time.August, 31)}, w.Once())
		w.Must(err)
		w.Must(w.Compute(ctx, chief, id, 0, w.Once()))
		w.Must(w.Publish(ctx, chief, id, on(2025, time.September, 10), 1, w.Once()))
		w.refused(fault.Invalid, w.Object(ctx, suriya, id, 77, "没有这一项", 2, w.Once()))
		list, err := criteria(ctx, w.Room.DB, id)
		w.Must(err)
		at := slices.IndexFunc(list, func(c Criterion) bool { return c.Input == InputPressed }) // nobody was pressed: nothing is lacking
		w.Must(w.Object(ctx, suriya, id, list[at].No, "没有被催办", 2, w.Once()))
		all, err := w.appeals(ctx, w.Room.DB, id)
		w.Must(err)
		w.refused(fault.Invalid, w.Reply(ctx, chief, id, all[0].ID, true, 5_00, "成立", 3, w.Once()))
		w.Must(w.Reply(ctx, chief, id, all[0].ID, false, 0, "已得满分", 3, w.Once()))
	})
}

func TestARegionsBoardListsItsOwnUnitsAndThoseThatAreLate(t *testing.T) {
	list := []Tally{{Area: "15", UnitID: 1}}
	for i := range 400 {
		list = append(list, Tally{Area: "152921", UnitID: int64(i + 2), Late: int64(i % 2)})
	}
	got, left := boardUnits(list, "15")
	if len(got) != 1+boardMost || left != 300 || got[1].Late != 1 {
		t.Errorf("%d units, %d left out", len(got), left)
	}
	if got, left := boardUnits(list[:50], "15"); len(got) != 50 || left != 0 {
		t.Errorf("of 50 units %d, %d left out", len(got), left)
	}
}

// Every figure of the board leads to the duties that it counts.
func TestTheListIsCutToWhatAFigureOfTheBoardCounts(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		late, _ := w.duty(on(2025, time.September, 10))
		reported, m := w.duty(on(2025, time.September, 24))
		w.Must(w.Progress(ctx, suriya, reported.ID, m.ID, 90, "已办", paper, 0, w.Once()))
		w.to("2025-09-10")
		w.night(map[string]int{Pressed: 1})
		w.to("2025-09-11")
		for standing, want := range map[string][]int64{"": {reported.ID, late.ID}, "yes": {late.ID}, "pressed": {late.ID}, "high": nil, "reported": {reported.ID}, "nonsense": {reported.ID, late.ID}} {
			list, err := duties(ctx, w.Room.DB, Filter{Area: "152921", Standing: standing, Today: w.today()}, newest, 5)
			w.Must(err)
			var got []int64
			for _, d := range list {
				got = append(got, d.ID)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", standing, got, want)
			}
		}
	})
}

// A milestone whose duty is damaged stops nobody else's press.
func TestOneDamagedDutyStopsNoOther(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.duty(on(2025, time.September, 10))
		w.Tx(func(tx *db.Tx) error {
			return insertMilestone(ctx, tx, &Milestone{DutyID: 5, ID: 6, Area: "152921", Text: "没有任务的节点", Due: on(2025, time.September, 9), State: Open})
		})
		w.to("2025-09-10")
		n, err := w.Night(ctx)
		if err == nil || n[Pressed] != 1 {
			t.Errorf("the night did %v, %v", n, err)
		}
	})
}
