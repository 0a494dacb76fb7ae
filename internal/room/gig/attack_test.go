package gig

import (
	"strings"
	"sync"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

// threeDays is work from tomorrow on for 200 yuan a day.
func threeDays() Job {
	j := carrying(3)
	j.Until = on("2025-09-27")
	return j
}

func TestALaterDayIsOwedAlthoughTheFirstWasPaid(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		job := w.publish(threeDays())
		w.Must(w.take(1, job))
		w.Must(w.take(2, job))
		day := func(date string, people ...int64) error {
			var seen []Seen
			for _, n := range people {
				seen = append(seen, Seen{n, 480, 1080, 0})
			}
			return w.Attend(ctx, shop, job, on(date), seen, w.World.Once())
		}
		w.moved("2025-09-25 19:00")
		w.Must(day("2025-09-25", 1, 2))
		w.Must(w.Pay(ctx, shop, job, []Paid{{1, 20_000}, {2, 20_000}}, w.World.Once()))
		w.Must(w.Received(ctx, worker(1), job, true, "", w.World.Once()))
		w.refused(day("2025-09-25", 1), fault.Conflict, "已经登记付款")
		w.moved("2025-09-26 08:00")
		w.Must(w.ClockIn(ctx, worker(1), job, false, false, w.World.Once()))
		w.moved("2025-09-26 18:00")
		w.Must(w.ClockIn(ctx, worker(1), job, true, false, w.World.Once()))
		w.Must(day("2025-09-26", 1, 2))
		for n := int64(1); n <= 2; n++ {
			if own := w.of(n, job); own.Pay != Owed || own.Due != 40_000 {
				t.Errorf("%+v", own)
			}
		}
		w.Must(w.Pay(ctx, shop, job, []Paid{{1, 40_000}}, w.World.Once()))
		w.Must(w.Received(ctx, worker(1), job, true, "", w.World.Once()))
		w.moved("2025-09-29 09:00")
		sums, err := arrearsUnder(ctx, w.Room.DB, "152921", on("2025-09-29"), 10)
		if err != nil || len(sums) != 1 || sums[0].Fen != 20_000 || sums[0].People != 1 {
			t.Errorf("%+v %v", sums, err)
		}
	})
}

func TestAHirerWhoTellsOfOneYuanStillOwesTheRest(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		for n := int64(1); n <= 2; n++ {
			job := w.publish(carrying(1))
			w.Must(w.take(n, job))
			w.moved("2025-09-25 18:30")
			w.Must(w.Attend(ctx, shop, job, on("2025-09-25"), []Seen{{n, 480, 1080, 0}}, w.World.Once()))
			w.Must(w.Pay(ctx, shop, job, []Paid{{n, 100}}, w.World.Once()))
			w.moved("2025-09-24 09:00")
		}
		if n, err := lateJobs(ctx, w.Room.DB, 6, on("2025-09-27")); err != nil || n != 2 {
			t.Errorf("%d jobs late, %v", n, err)
		}
		sums, err := arrearsUnder(ctx, w.Room.DB, "152921", on("2025-09-27"), 10)
		if err != nil || len(sums) != 1 || sums[0].Fen != 2*(20_000-100) {
			t.Errorf("%+v %v", sums, err)
		}
	})
}

func TestAWorkerObjectsToAHirerWhoSaysNothing(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		j := carrying(1)
		j.Unit, j.Price, j.Pieces = PerPiece, 1_000, 30
		job := w.publish(j)
		w.Must(w.take(1, job))
		w.refused(w.Received(ctx, worker(1), job, false, "没有登记件数", w.World.Once()), fault.Conflict, "没有可以")
		w.moved("2025-09-25 20:00")
		w.Must(w.Received(ctx, worker(1), job, false, "没有登记件数", w.World.Once()))
		list, err := w.lateUnder(ctx, w.Room.DB, "152921", on("2025-09-27"), on("2000-01-01"), 0, 0, 10)
		if err != nil || len(list) != 1 || list[0].Objection == "" {
			t.Errorf("%+v %v", list, err)
		}
		if n, err := lateJobs(ctx, w.Room.DB, 6, on("2025-09-27")); err != nil || n != 0 {
			t.Errorf("an objection alone keeps the hirer from posting: %d, %v", n, err)
		}
		w.Must(w.Close(ctx, suriya, job, 1, 30_000, "按 30 件算", w.World.Once()))
	})
}

func TestStaffDoNotSpeakForAnEmployer(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		job := w.publish(carrying(1))
		w.Must(w.take(1, job))
		w.moved("2025-09-25 18:30")
		seen := []Seen{{1, 480, 1080, 0}}
		w.refused(w.Attend(ctx, suriya, job, on("2025-09-25"), seen, w.World.Once()), fault.Denied, "用工单位自己")
		w.Must(w.Attend(ctx, shop, job, on("2025-09-25"), seen, w.World.Once()))
		w.refused(w.Pay(ctx, suriya, job, []Paid{{1, 20_000}}, w.World.Once()), fault.Denied, "用工单位自己")
	})
}

func TestWhatIsSaidAtTheSameMomentIsBothKept(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		job := w.publish(carrying(8))
		var seen []Seen
		for n := int64(1); n <= 8; n++ {
			w.Must(w.take(n, job))
			seen = append(seen, Seen{n, 480, 1080, 0})
		}
		w.moved("2025-09-25 08:00")
		keys := make([]string, 9)
		for i := range keys {
			keys[i] = w.World.Once()
		}
		var wait sync.WaitGroup
		errs := make([]error, 9)
		for n := range int64(8) {
			wait.Go(func() { errs[n] = w.ClockIn(ctx, worker(n+1), job, false, false, keys[n]) })
		}
		wait.Go(func() { errs[8] = w.Attend(ctx, shop, job, on("2025-09-25"), seen, keys[8]) })
		wait.Wait()
		for _, err := range errs {
			w.Must(err)
		}
		days, err := shiftsAt(ctx, w.Room.DB, job)
		w.Must(err)
		for n := int64(1); n <= 8; n++ {
			if d := days[n]; len(d) != 1 || d[0].WorkerIn != 480 || d[0].HirerIn != 480 {
				t.Errorf("%d: %+v", n, d)
			}
		}
	})
}

func TestWhomTheLeaderHasSignedUpMayStepBackUntilItBegins(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		code, err := w.Found(ctx, worker(1), "巴图班组", w.World.Once())
		w.Must(err)
		w.Must(w.Join(ctx, worker(2), code, w.World.Once()))
		j := carrying(3)
		j.Teams = true
		job := w.publish(j)
		w.moved("2025-09-25 06:00")
		if n, err := w.Take(ctx, worker(1), job, true, w.World.Once()); err != nil || n != 2 {
			t.Fatalf("%d, %v", n, err)
		}
		w.refused(w.Leave(ctx, worker(1), job, w.World.Once()), fault.Late, "12 小时")
		w.Must(w.Leave(ctx, worker(2), job, w.World.Once()))
	})
}

func TestWorkThatWasStoppedIsNotOnThePriceBoard(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		j := carrying(1)
		j.Price = 900_000
		job := w.publish(j)
		w.Must(w.take(1, job))
		w.Must(w.End(ctx, suriya, job, 1, "价钱是假的", w.World.Once()))
		board, err := prices(ctx, w.Room.DB, "1529", 202509)
		if err != nil || len(board) != 0 {
			t.Errorf("%+v %v", board, err)
		}
	})
}

func TestNumbersBeyondReasonAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Job)
		text   string
	}{
		"a price that overflows":  {func(j *Job) { j.Unit, j.Price, j.Pieces = PerPiece, 900_000_000_000_000, 100_000 }, "最多 10,000"},
		"too many pieces":         {func(j *Job) { j.Unit, j.Price, j.Pieces = PerPiece, 100, 1<<60 }, "100,000"},
		"rest below nothing":      {func(j *Job) { j.Rest = -60 }, "休息"},
		"work in thirty years":    {func(j *Job) { j.From, j.Until = on("2055-01-01"), on("2055-01-01") }, "一年以内"},
		"a day too little anyway": {func(j *Job) { j.Price = -1 }, "价钱"},
	} {
		j := carrying(1)
		c.change(&j)
		if err := checkJob(&j, on("2025-09-24").Time, Wage{Month: 198_000}); !strings.Contains(fault.TextOf(err), c.text) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestStrangersDoNotReadWhereAHouseholdLives(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		j := carrying(1)
		j.Address = "东关小区3号楼"
		id, err := w.Publish(ctx, suriya, j, Household{"王建军", "13900000001"}, w.World.Once())
		w.Must(err)
		for _, at := range []string{atHome, jobAt(id)} {
			for _, who := range []web.User{{}, plant} {
				if strings.Contains(w.Site(who, w.Web())(at, nil, 200), j.Address) {
					t.Errorf("%q reads the address at %s", who.Name, at)
				}
			}
			w.Site(worker(1), w.Web())(at, nil, 200, j.Address)
		}
	})
}

func TestWhoIsLentDoesNotVanishFromTheAgreementMidway(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		s := w.agreed()
		_, err := w.Name(ctx, plant, s.ID, s.Version, []string{numberOf(1), numberOf(2)}, w.World.Once())
		w.Must(err)
		w.Must(w.Consent(ctx, worker(1), s.ID, true, w.World.Once()))
		w.Must(w.Consent(ctx, worker(2), s.ID, true, w.World.Once()))
		w.Must(w.Consent(ctx, worker(2), s.ID, false, w.World.Once()))
		w.moved("2025-09-26 09:00")
		w.refused(w.Consent(ctx, worker(1), s.ID, false, w.World.Once()), fault.Conflict, "已经开始")
	})
}

func TestNotEverybodyWaitsForOnePlace(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		j := carrying(1)
		j.Pick = true
		if most := mostAsked(&j); most != 30 {
			t.Fatal(most)
		}
		job := w.publish(j)
		w.World.Tx(func(tx *db.Tx) error {
			var list []Take
			for n := int64(1); n <= 30; n++ {
				list = append(list, Take{PersonID: 1000 + n, JobID: job, HirerID: 6, Area: "152921", From: j.From, Until: j.Until, Start: j.Start, End: j.End, State: Asked, DueOn: j.Until, Version: 1})
			}
			return w.putTakes(ctx, tx, list)
		})
		w.refused(w.take(1, job), fault.Conflict, "已有 30 人报名")
	})
}

func TestWhoHasDiedIsNotProposedToHirers(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		for n := int64(11); n <= 12; n++ {
			w.Must(w.Offer(ctx, worker(n), Worker{Kinds: "carry", Days: 127, Until: on("2025-10-30"), Km: 50, Area: "152921", On: true}, w.World.Once()))
		}
		j := w.job(w.publish(carrying(2)))
		w.World.Tx(func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE person SET died = $1 WHERE person_id = 11`, on("2025-09-20"))
			return err
		})
		if fits, err := w.workersFor(ctx, &j); err != nil || len(fits) != 1 || fits[0].Of.ID != 12 {
			t.Errorf("%+v %v", fits, err)
		}
	})
}

func TestTheLeaderDoesNotWriteOverWhatAMemberSaid(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		code, err := w.Found(ctx, worker(1), "巴图班组", w.World.Once())
		w.Must(err)
		w.Must(w.Join(ctx, worker(2), code, w.World.Once()))
		j := carrying(3)
		j.Teams = true
		job := w.publish(j)
		_, err = w.Take(ctx, worker(1), job, true, w.World.Once())
		w.Must(err)
		w.moved("2025-09-25 08:00")
		w.Must(w.ClockIn(ctx, worker(1), job, false, true, w.World.Once()))
		w.moved("2025-09-25 17:50")
		w.Must(w.ClockIn(ctx, worker(2), job, true, false, w.World.Once()))
		w.moved("2025-09-25 21:00")
		w.Must(w.ClockIn(ctx, worker(1), job, true, true, w.World.Once()))
		days, err := shiftsAt(ctx, w.Room.DB, job)
		if err != nil || days[2][0].WorkerOut != 17*60+50 || days[1][0].WorkerOut != 21*60 || days[1][0].Worked != 540 {
			t.Errorf("%+v %v", days, err)
		}
	})
}
