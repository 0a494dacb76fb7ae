package gig

import (
	"strings"
	"testing"

	"jiuye/internal/ground/fault"
)

func pact() Share {
	return Share{Occupation: "操作工", People: 3, From: on("2025-09-25"), Until: on("2025-10-20"), Area: "152921", Place: "工业园", Pay: 450_000, Payer: "lender", Insurer: "lender", Terms: "每天 8 小时"}
}

// agreed is an agreement on which the plant lends to the shop.
func (w *world) agreed() Share {
	w.T.Helper()
	post, err := w.Announce(ctx, shop, Post{Side: Need, Occupation: "操作工", People: 3, From: on("2025-09-24"), Until: on("2025-10-30"), Area: "152921", Pay: 450_000}, w.World.Once())
	w.Must(err)
	id, err := w.Propose(ctx, plant, post, pact(), w.World.Once())
	w.Must(err)
	w.refused(w.Answer(ctx, plant, id, 1, true, "", w.World.Once()), fault.Conflict, "另一方")
	w.Must(w.Answer(ctx, shop, id, 1, true, "", w.World.Once()))
	return w.share(id)
}

func (w *world) share(id int64) Share {
	w.T.Helper()
	s, err := shareByID(ctx, w.Room.DB, id)
	w.Must(err)
	return s
}

func TestPeopleAreLentOnlyByTheirOwnConsent(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		s := w.agreed()
		if s.LenderID != 5 || s.BorrowerID != 6 {
			t.Fatalf("%+v", s)
		}
		_, err := w.Name(ctx, shop, s.ID, s.Version, []string{numberOf(1)}, w.World.Once())
		w.refused(err, fault.Denied, "输出企业")
		_, err = w.Name(ctx, plant, s.ID, s.Version, []string{numberOf(1), numberOf(20)}, w.World.Once())
		w.refused(err, fault.Invalid, "第 2 行不是由本单位缴纳养老保险")
		_, err = w.Name(ctx, plant, s.ID, s.Version, []string{numberOf(1), numberOf(77)}, w.World.Once())
		w.refused(err, fault.Invalid, "第 2 行不是由本单位缴纳养老保险")
		_, err = w.Name(ctx, plant, s.ID, s.Version, []string{numberOf(1), numberOf(2), numberOf(3), numberOf(4)}, w.World.Once())
		w.refused(err, fault.Conflict, "最多 3 人")
		n, err := w.Name(ctx, plant, s.ID, s.Version, []string{numberOf(1), numberOf(2)}, w.World.Once())
		if err != nil || n != 2 {
			t.Fatalf("%d, %v", n, err)
		}
		visit := w.Site(shop, w.Web())
		page := visit(shareAt(s.ID), nil, 200, "另有 2 人")
		if strings.Contains(page, "乌云1") {
			t.Error("the borrower reads a name before the consent")
		}
		w.refused(w.Consent(ctx, worker(9), s.ID, true, w.World.Once()), fault.NotFound, "没有请您")
		w.Must(w.Consent(ctx, worker(1), s.ID, true, w.World.Once()))
		w.Must(w.Consent(ctx, worker(2), s.ID, false, w.World.Once()))
		w.refused(w.Consent(ctx, worker(2), s.ID, true, w.World.Once()), fault.Conflict, "已经答复过")
		page = visit(shareAt(s.ID), nil, 200, "乌云1")
		if strings.Contains(page, "乌云2") {
			t.Error("the borrower reads the name of somebody who refused")
		}
	})
}

func TestAnAgreementEndsWhenBothSaySo(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		s := w.agreed()
		_, err := w.Name(ctx, plant, s.ID, s.Version, []string{numberOf(1)}, w.World.Once())
		w.Must(err)
		w.Must(w.Consent(ctx, worker(1), s.ID, true, w.World.Once()))
		other, err := w.Announce(ctx, shop, Post{Side: Need, Occupation: "包装工", People: 3, From: on("2025-09-24"), Until: on("2025-10-30"), Area: "152921", Pay: 450_000}, w.World.Once())
		w.Must(err)
		second, err := w.Propose(ctx, plant, other, pact(), w.World.Once())
		w.Must(err)
		w.Must(w.Answer(ctx, shop, second, 1, true, "", w.World.Once()))
		_, err = w.Name(ctx, plant, second, 2, []string{numberOf(1)}, w.World.Once())
		w.refused(err, fault.Conflict, "同一时间")

		w.refused(w.Back(ctx, plant, s.ID, w.share(s.ID).Version, []int64{1}, w.World.Once()), fault.Conflict, "没有开始")
		w.moved("2025-10-14 09:00")
		if n, err := w.Remind(ctx); err != nil || n != 2 {
			t.Errorf("%d reminded, %v", n, err)
		}
		if n, err := w.Remind(ctx); err != nil || n != 0 {
			t.Errorf("%d reminded again, %v", n, err)
		}
		w.moved("2025-10-21 09:00")
		if stage := func() string { x := w.share(s.ID); return x.Stage(w.today()) }(); stage != "return" {
			t.Error(stage)
		}
		w.Must(w.Back(ctx, plant, s.ID, w.share(s.ID).Version, []int64{1}, w.World.Once()))
		if x := w.share(s.ID); x.State != Agreed {
			t.Error(x.State)
		}
		w.Must(w.Back(ctx, shop, s.ID, w.share(s.ID).Version, []int64{1}, w.World.Once()))
		list, err := lentOf(ctx, w.Room.DB, 1)
		if x := w.share(s.ID); err != nil || x.State != Ended || list[0].State != Returned {
			t.Errorf("%s %+v", x.State, list)
		}
		w.Site(worker(1), w.Web())(atMine, nil, 200, "双方确认已返回", "不改变原来的劳动关系")
		w.refused(w.Halt(ctx, bold, second, w.share(second).Version, "x", w.World.Once()), fault.Denied, "")
		w.Must(w.Halt(ctx, suriya, second, w.share(second).Version, "没有征得本人同意", w.World.Once()))
	})
}

func TestSurplusAndNeedAreMatchedForReasons(t *testing.T) {
	offer := Post{Side: Offer, EmployerID: 5, Occupation: "设备操作工", People: 10, From: on("2025-09-01"), Until: on("2025-12-01"), Area: "152921", Pay: 400_000}
	need := Post{Side: Need, EmployerID: 6, Occupation: "设备操作工", People: 5, From: on("2025-10-01"), Until: on("2025-11-01"), Area: "152921", Pay: 450_000}
	same, ok := likeness(&offer, &need)
	if !ok || len(same.Why) != 5 {
		t.Errorf("%v %+v", ok, same)
	}
	need.Occupation = "操作员"
	near, ok := likeness(&offer, &need)
	if !ok || near.Score >= same.Score {
		t.Errorf("%v %+v", ok, near)
	}
	need.From, need.Until = on("2026-01-01"), on("2026-02-01")
	if _, ok := likeness(&offer, &need); ok {
		t.Error("they never meet")
	}
}

func TestTheDemonstrationOfDayWorkIsPlayedOnce(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		cast := Cast{Officer: suriya, Other: bold, Seeker: worker(11), Unit: plant}
		w.Must(w.SeedDemo(ctx, cast))
		w.Must(w.SeedDemo(ctx, cast))
		jobs, err := jobsUnder(ctx, w.Room.DB, "15", "", "", 1<<62, 100)
		if err != nil || len(jobs) != len(demoJobs) {
			t.Fatalf("%d jobs, %v", len(jobs), err)
		}
		for i := range jobs {
			if why := underpaid(&jobs[i], Wage{Month: 227_000}); why != "" {
				t.Errorf("%s: %s", jobs[i].Title, why)
			}
		}
		visit := w.Site(suriya, w.Web())
		for _, at := range []string{atDesk, atLate, atDiffer, atFigures, atMarkets, atShared, atNew, atHome, atPrice, atFigures + ".xlsx"} {
			visit(at, nil, 200)
		}
	})
}
