package gig

import (
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

func TestPayIsComparedWithTheMinimumWage(t *testing.T) {
	month := Wage{Month: 198_000, Source: "一类区"}
	for name, c := range map[string]struct {
		change func(*Job)
		wage   Wage
		says   string
	}{
		"200 yuan for nine hours":               {func(*Job) {}, month, ""},
		"90 yuan for nine hours":                {func(j *Job) { j.Price = 9_000 }, month, "每天 9 小时至少应付"},
		"the hourly minimum counts where known": {func(j *Job) { j.Price = 12_000 }, Wage{Month: 198_000, Hour: 2_080, Source: "x"}, "小时最低工资标准"},
		"by the hour":                           {func(j *Job) { j.Unit, j.Price = PerHour, 1_000 }, month, "折合每小时 10 元"},
		"by the piece":                          {func(j *Job) { j.Unit, j.Price, j.Pieces = PerPiece, 200, 30 }, month, "低于"},
		"many pieces":                           {func(j *Job) { j.Unit, j.Price, j.Pieces = PerPiece, 200, 100 }, month, ""},
		"nothing is known":                      {func(j *Job) { j.Price = 100 }, Wage{}, ""},
	} {
		j := carrying(1)
		c.change(&j)
		if says := underpaid(&j, c.wage); c.says == "" && says != "" || !strings.Contains(says, c.says) {
			t.Errorf("%s: %q", name, says)
		}
	}
}

func TestWhatAnAdvertOfDayWorkMustNotSay(t *testing.T) {
	today := on("2025-09-24").Time
	for name, c := range map[string]struct {
		change func(*Job)
		text   string
	}{
		"all right":          {func(*Job) {}, ""},
		"men only":           {func(j *Job) { j.Note = "限男性" }, "性别"},
		"a deposit":          {func(j *Job) { j.Note = "到岗先交押金 100 元" }, "押金"},
		"yesterday":          {func(j *Job) { j.From = on("2025-09-23") }, "今天或以后"},
		"a month":            {func(j *Job) { j.Until = on("2025-10-25") }, "最长 15 天"},
		"through the night":  {func(j *Job) { j.End = 300 }, "过夜"},
		"fourteen hours":     {func(j *Job) { j.Start, j.End, j.Rest = 360, 1260, 60 }, "12 小时以内"},
		"nobody wanted":      {func(j *Job) { j.Places = 0 }, "1 到 500"},
		"pieces not counted": {func(j *Job) { j.Unit = PerPiece }, "多少件"},
		"a league":           {func(j *Job) { j.Area = "1529" }, "旗县"},
	} {
		j := carrying(3)
		c.change(&j)
		err := checkJob(&j, today, Wage{Month: 198_000})
		if c.text == "" && err != nil || c.text != "" && !strings.Contains(fault.TextOf(err), c.text) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestADayCountsAsBothSidesSay(t *testing.T) {
	j := carrying(1)
	day := func(wi, wo, hi, ho int64) Shift {
		s := newShift(&Take{}, on("2025-09-25"))
		s.WorkerIn, s.WorkerOut, s.HirerIn, s.HirerOut = wi, wo, hi, ho
		return s
	}
	settled := day(480, 1080, 600, 900)
	settled.SettledIn, settled.SettledOut = 480, 1020
	for name, c := range map[string]struct {
		shift   Shift
		worked  int64
		fen     int64
		differs bool
	}{
		"both say the same":        {day(480, 1080, 480, 1080), 540, 20_000, false},
		"a few minutes apart":      {day(478, 1085, 485, 1080), 535, 20_000, false},
		"only the worker":          {day(480, 1080, -1, -1), 540, 20_000, false},
		"only the hirer, half day": {day(-1, -1, 480, 750), 270, 10_000, false},
		"two hours apart":          {day(480, 1080, 480, 960), 420, 15_555, true},
		"settled":                  {settled, 480, 17_777, false},
		"never left":               {day(480, -1, -1, -1), 0, 0, false},
		"there all night, he says": {day(5, 1435, -1, -1), 540, 20_000, false},
		"after hours, he says":     {day(1100, 1300, -1, -1), 0, 0, false},
	} {
		c.shift.count(&j)
		if got := due(&j, []Shift{c.shift}); c.shift.Worked != c.worked || got != c.fen || c.shift.Differs() != c.differs {
			t.Errorf("%s: %d minutes, %d fen, differs %v", name, c.shift.Worked, got, c.shift.Differs())
		}
	}
}

func TestTimesAreReadAsPeopleWriteThem(t *testing.T) {
	for s, want := range map[string]int64{"8:00": 480, "08：30": 510, "1730": 1050, "8": 480, "8点": 480, "24:00": 1440, "": -1} {
		if got, ok := readClock(s); !ok || got != want {
			t.Errorf("%q: %d %v", s, got, ok)
		}
	}
	for _, s := range []string{"25:00", "8:75", "早上", "8:0x:", "-3:00"} {
		if got, ok := readClock(s); ok {
			t.Errorf("%q was read as %d", s, got)
		}
	}
}

func TestWorkersAndJobsSuitEachOtherForReasons(t *testing.T) {
	j := carrying(1)
	w := Worker{Area: "152921100", Kinds: " carry ", Days: 127, Until: on("2025-10-30"), Least: 15_000, Km: 50}
	f, ok := suits(&w, &j, Record{3, 1}, Record{5, 0})
	if !ok || len(f.Why) != 6 {
		t.Errorf("%v %+v", ok, f)
	}
	for name, change := range map[string]func(w *Worker){
		"another kind":  func(w *Worker) { w.Kinds = " clean " },
		"not Thursdays": func(w *Worker) { w.Days = 127 &^ (1 << 3) },
		"until today":   func(w *Worker) { w.Until = on("2025-09-24") },
		"wants more":    func(w *Worker) { w.Least = 25_000 },
		"far away":      func(w *Worker) { w.Area = "150102" },
	} {
		other := w
		change(&other)
		if _, ok := suits(&other, &j, Record{}, Record{}); ok {
			t.Errorf("%s suits", name)
		}
	}
}

func TestPlacesAreNeverOverbooked(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		job := w.publish(carrying(3))
		var wait sync.WaitGroup
		errs := make([]error, 20)
		keys := make([]string, 20)
		for i := range keys {
			keys[i] = w.World.Once()
		}
		for i := range errs {
			wait.Go(func() { _, errs[i] = w.Take(ctx, worker(int64(i)+1), job, false, keys[i]) })
		}
		wait.Wait()
		got := 0
		for _, err := range errs {
			if err == nil {
				got++
			} else if !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
		if j := w.job(job); got != 3 || j.Taken != 3 {
			t.Errorf("%d took, %d taken", got, j.Taken)
		}
	})
}

func TestNobodyIsInTwoPlacesAtOnce(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		var jobs []int64
		for range 6 {
			jobs = append(jobs, w.publish(carrying(2)))
		}
		late := carrying(2)
		late.Start, late.End = 1080, 1320
		evening := w.publish(late)
		var wait sync.WaitGroup
		errs := make([]error, len(jobs))
		keys := make([]string, len(jobs))
		for i := range keys {
			keys[i] = w.World.Once()
		}
		for i, job := range jobs {
			wait.Go(func() { _, errs[i] = w.Take(ctx, worker(1), job, false, keys[i]) })
		}
		wait.Wait()
		got := 0
		for _, err := range errs {
			if err == nil {
				got++
			}
		}
		if got != 1 {
			t.Errorf("%d places at one time: %v", got, errs)
		}
		w.Must(w.take(1, evening))
		w.refused(w.take(1, evening), fault.Conflict, "已经报名")
		w.refused(w.take(30, evening), fault.Denied, "16")
	})
}

func TestTheHirerPicksAndTheWorkerStepsBack(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		j := carrying(1)
		j.Pick = true
		job := w.publish(j)
		w.Must(w.take(1, job))
		w.Must(w.take(2, job))
		if w.job(job).Taken != 0 {
			t.Error("a place was taken by asking")
		}
		w.refused(w.Choose(ctx, plant, job, 1, true, w.World.Once()), fault.NotFound, "没有")
		w.refused(w.Choose(ctx, bold, job, 1, true, w.World.Once()), fault.Denied, "")
		w.Must(w.Choose(ctx, shop, job, 1, true, w.World.Once()))
		w.refused(w.Choose(ctx, shop, job, 2, true, w.World.Once()), fault.Conflict, "满")
		w.Must(w.Choose(ctx, shop, job, 2, false, w.World.Once()))
		w.refused(w.take(2, job), fault.Conflict, "")
		w.Must(w.Leave(ctx, worker(1), job, w.World.Once()))
		w.Must(w.take(3, job))
		w.Must(w.Choose(ctx, shop, job, 3, true, w.World.Once()))
		w.moved("2025-09-24 21:00")
		w.refused(w.Leave(ctx, worker(3), job, w.World.Once()), fault.Late, "12 小时")
		w.refused(w.Missed(ctx, shop, job, 3, w.World.Once()), fault.Conflict, "开工")
		w.moved("2025-09-25 10:00")
		w.Must(w.Missed(ctx, shop, job, 3, w.World.Once()))
		w.refused(w.End(ctx, shop, job, 1, "不干了", w.World.Once()), fault.Late, "已经开工")
		w.Must(w.End(ctx, suriya, job, 1, "现场不安全", w.World.Once()))
		if j := w.job(job); j.State != Stopped {
			t.Error(j.State)
		}
	})
}

func TestAttendanceIsSaidByBothAndSettledByAnOfficer(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		job := w.publish(carrying(2))
		w.Must(w.take(1, job))
		w.refused(w.ClockIn(ctx, worker(1), job, false, false, w.World.Once()), fault.Conflict, "不是")
		w.moved("2025-09-25 07:58")
		w.Must(w.ClockIn(ctx, worker(1), job, false, false, w.World.Once()))
		w.refused(w.Missed(ctx, shop, job, 1, w.World.Once()), fault.Conflict, "开工")
		w.moved("2025-09-25 18:02")
		w.refused(w.Missed(ctx, shop, job, 1, w.World.Once()), fault.Conflict, "登记过到岗")
		w.Must(w.ClockIn(ctx, worker(1), job, true, false, w.World.Once()))
		if own := w.of(1, job); own.Due != 20_000 || own.Pay != Owed {
			t.Errorf("%+v", own)
		}
		w.Must(w.Attend(ctx, shop, job, on("2025-09-25"), []Seen{{1, 480, 900, 0}}, w.World.Once()))
		list, err := differing(ctx, w.Room.DB, "152921", 10)
		w.Must(err)
		if len(list) != 1 || w.of(1, job).Due >= 20_000 {
			t.Errorf("%+v", list)
		}
		w.refused(w.Settle(ctx, shop, job, 1, on("2025-09-25"), 480, 1080, "看了监控", w.World.Once()), fault.NotFound, "")
		w.refused(w.Settle(ctx, suriya, job, 1, on("2025-09-25"), 480, 1080, "", w.World.Once()), fault.Invalid, "理由")
		w.Must(w.Settle(ctx, suriya, job, 1, on("2025-09-25"), 480, 1080, "看了监控", w.World.Once()))
		if list, err = differing(ctx, w.Room.DB, "152921", 10); err != nil || len(list) != 0 || w.of(1, job).Due != 20_000 {
			t.Errorf("%v %+v", err, list)
		}
		work, err := workUnder(ctx, w.Room.DB, "1529", on("2025-09-01"), on("2025-09-30"))
		if err != nil || work.Days != 1 || work.Minutes != 540 {
			t.Errorf("%+v %v", work, err)
		}
		board, err := prices(ctx, w.Room.DB, "1529", 202509)
		if err != nil || len(board) != 1 || board[0].Mean != 20_000 {
			t.Errorf("%+v %v", board, err)
		}
	})
}

func TestWhoDoesNotPayPostsNothingNew(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		var jobs []int64
		for i := range 2 {
			job := w.publish(carrying(1))
			w.Must(w.take(int64(i)+1, job))
			jobs = append(jobs, job)
		}
		w.moved("2025-09-25 18:30")
		for i, job := range jobs {
			w.Must(w.Attend(ctx, shop, job, on("2025-09-25"), []Seen{{int64(i) + 1, 480, 1080, 0}}, w.World.Once()))
		}
		w.moved("2025-09-27 09:00")
		next := carrying(1)
		next.From, next.Until = on("2025-09-28"), on("2025-09-28")
		_, err := w.Publish(ctx, shop, next, Household{}, w.World.Once())
		w.refused(err, fault.Conflict, "2 个零工的报酬")
		if n, err := w.Press(ctx); err != nil || n != 2 {
			t.Errorf("%d pressed, %v", n, err)
		}
		sums, err := arrearsUnder(ctx, w.Room.DB, "1529", on("2025-09-27"), 10)
		if err != nil || len(sums) != 1 || sums[0].Jobs != 2 || sums[0].Fen != 40_000 {
			t.Errorf("%+v %v", sums, err)
		}
		w.refused(w.Allow(ctx, bold, 6, "情况特殊", w.World.Once()), fault.Denied, "")
		w.Must(w.Allow(ctx, suriya, 6, "已约定分期付清", w.World.Once()))
		_, err = w.Publish(ctx, shop, next, Household{}, w.World.Once())
		w.Must(err)

		w.refused(w.Received(ctx, worker(1), jobs[0], true, "", w.World.Once()), fault.Conflict, "还没有登记付款")
		w.Must(w.Pay(ctx, shop, jobs[0], []Paid{{1, 15_000}}, w.World.Once()))
		w.Must(w.Received(ctx, worker(1), jobs[0], false, "少付 50 元", w.World.Once()))
		if own := w.of(1, jobs[0]); own.Pay != Disputed || own.Objection != "少付 50 元" {
			t.Errorf("%+v", own)
		}
		w.Must(w.Pay(ctx, shop, jobs[0], []Paid{{1, 20_000}}, w.World.Once()))
		w.Must(w.Received(ctx, worker(1), jobs[0], true, "", w.World.Once()))
		w.Must(w.Close(ctx, suriya, jobs[1], 2, 20_000, "当场付清", w.World.Once()))
		if n, err := lateJobs(ctx, w.Room.DB, 6, on("2025-09-27")); err != nil || n != 0 {
			t.Errorf("%d late, %v", n, err)
		}
	})
}

func TestAnOfficerPostsForAHousehold(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		_, err := w.Publish(ctx, suriya, carrying(1), Household{"王建军", "139"}, w.World.Once())
		w.refused(err, fault.Invalid, "联系电话")
		id, err := w.Publish(ctx, suriya, carrying(1), Household{"王建军", "13900000001"}, w.World.Once())
		w.Must(err)
		again, err := w.Publish(ctx, suriya, carrying(1), Household{"王建军", "139 0000 0001"}, w.World.Once())
		w.Must(err)
		a, b := w.job(id), w.job(again)
		if a.HirerID != b.HirerID || strings.Contains(a.Hirer, "建军") {
			t.Errorf("%+v", a)
		}
		_, err = w.Publish(ctx, bold, carrying(1), Household{"王建军", "13900000001"}, w.World.Once())
		w.refused(err, fault.Denied, "")
	})
}

func TestATeamComesTogetherAndItsMembersJoinThemselves(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		code, err := w.Found(ctx, worker(1), "巴图班组", w.World.Once())
		w.Must(err)
		w.refused(w.Join(ctx, worker(2), "ZZZZZZ", w.World.Once()), fault.Invalid, "班组码")
		for n := int64(2); n <= 4; n++ {
			w.Must(w.Join(ctx, worker(n), strings.ToLower(code), w.World.Once()))
		}
		w.Must(w.Join(ctx, worker(30), code, w.World.Once()))
		elsewhere := w.publish(carrying(1))
		w.Must(w.take(4, elsewhere))
		j := carrying(3)
		alone := w.publish(j)
		_, err = w.Take(ctx, worker(1), alone, true, w.World.Once())
		w.refused(err, fault.Conflict, "不招班组")
		j.Teams = true
		job := w.publish(j)
		_, err = w.Take(ctx, worker(2), job, true, w.World.Once())
		w.refused(err, fault.Denied, "班组长")
		n, err := w.Take(ctx, worker(1), job, true, w.World.Once())
		if err != nil || n != 3 { // not the fourth, who is elsewhere, nor the child
			t.Fatalf("%d, %v", n, err)
		}
		w.moved("2025-09-25 08:00")
		w.Must(w.ClockIn(ctx, worker(1), job, false, true, w.World.Once()))
		days, err := shiftsAt(ctx, w.Room.DB, job)
		if err != nil || len(days) != 3 {
			t.Errorf("%v %v", days, err)
		}
		w.Must(w.Quit(ctx, worker(1), w.World.Once()))
		if team, err := teamOf(ctx, w.Room.DB, 2); err != nil || team.ID != 0 {
			t.Errorf("%+v %v", team, err)
		}
	})
}

func TestJobsAndWorkersFindEachOther(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		offer := Worker{Kinds: "carry clean", Days: 127, Until: on("2025-10-30"), Least: 15_000, Km: 50, Area: "152921", On: true}
		for n := int64(1); n <= 3; n++ {
			w.Must(w.Offer(ctx, worker(n), offer, w.World.Once()))
		}
		w.refused(w.Offer(ctx, worker(30), offer, w.World.Once()), fault.Denied, "16")
		job := w.publish(carrying(2))
		j := w.job(job)
		fits, err := w.workersFor(ctx, &j)
		if err != nil || len(fits) != 3 {
			t.Fatalf("%d workers, %v", len(fits), err)
		}
		w.Must(w.Invite(ctx, shop, job, 2, w.World.Once()))
		w.Must(w.take(2, job))
		if fits, err = w.workersFor(ctx, &j); err != nil || len(fits) != 2 {
			t.Errorf("%d workers, %v", len(fits), err)
		}
		own, _, err := workerOf(ctx, w.Room.DB, 1)
		w.Must(err)
		list, err := w.jobsFor(ctx, &own)
		if err != nil || len(list) != 1 || list[0].Of.ID != job {
			t.Errorf("%+v %v", list, err)
		}
		w.publish(carrying(1)) // at the same time
		w.Must(w.take(1, job))
		if list, err = w.jobsFor(ctx, &own); err != nil || len(list) != 0 {
			t.Errorf("%+v %v", list, err)
		}
	})
}

func TestWhoIsForgottenOffersNothingAnyMore(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		job := w.publish(carrying(1))
		w.Must(w.take(1, job))
		w.World.Tx(func(tx *db.Tx) error { return w.Forget(ctx, tx, []int64{1}) })
		_, found, err := workerOf(ctx, w.Room.DB, 1)
		if err != nil || found || w.job(job).Taken != 0 || w.of(1, job).State != Left {
			t.Error(found, err)
		}
		held, err := w.Held(ctx, w.Room.DB, []int64{1, 2})
		if err != nil || held[1] == "" || held[2] != "" {
			t.Errorf("%v %v", held, err)
		}
	})
}

func TestADayPaysNothingBelowZeroAndNoMoreThanItsPrice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := carrying(1)
		minute := rapid.Int64Range(-1, 1440)
		s := newShift(&Take{}, j.From)
		s.WorkerIn, s.WorkerOut, s.HirerIn, s.HirerOut = minute.Draw(t, "a"), minute.Draw(t, "b"), minute.Draw(t, "c"), minute.Draw(t, "d")
		s.count(&j)
		if fen := due(&j, []Shift{s}); fen < 0 || fen > j.Price || s.Worked < 0 {
			t.Fatalf("%+v pays %d", s, fen)
		}
	})
}

func FuzzReadClock(f *testing.F) {
	for _, s := range []string{"8:00", "08：30", "1730", "8点", "24:00", "", "25:99", ":"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := readClock(s)
		if ok && (n < -1 || n > 1440) || !ok && n != 0 {
			t.Errorf("%q: %d %v", s, n, ok)
		}
		if again, ok2 := readClock(clockText(n)); ok && n >= 0 && (!ok2 || again != n) {
			t.Errorf("%q is %d, and then %d", s, n, again)
		}
	})
}
