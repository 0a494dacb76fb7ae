package outwork

import (
	"strings"
	"sync"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// toldOf counts the messages to a person.
func (w *world) toldOf(person int64) int64 {
	w.T.Helper()
	n, err := db.Value[int64](ctx, w.Room.DB, `SELECT count(*) FROM message_item WHERE person_id = $1`, person)
	w.Must(err)
	return n
}

func TestWhoHasSaidNoIsNotAskedAgain(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		id := w.demand(suriya, "152921", 10)
		recruit := func(people ...int64) (int64, error) { return w.Recruit(ctx, suriya, id, people, w.Once()) }
		_, err := recruit(1)
		w.Must(err)
		w.Must(w.Move(ctx, seeker(1), id, []int64{1}, Move{Act: "drop", Reason: "family"}, w.Once()))
		before := w.toldOf(1)
		_, err = recruit(1)
		w.Refused(fault.Conflict, "没有重复通知", err)
		if n, err := recruit(1, 2); err != nil || n != 1 {
			t.Errorf("%d, %v", n, err)
		}
		if n := w.toldOf(1); n != before {
			t.Errorf("told %d times, %d before", n, before)
		}
	})
}

func TestWhoGoesIsToldOfLessPay(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		id := w.demand(suriya, "152921", 10)
		w.Must(w.Join(ctx, seeker(3), id, w.Once()))
		b, err := batchByID(ctx, w.Room.DB, id)
		w.Must(err)
		before := w.toldOf(3)
		b.Travel = "包车接送"
		w.Must(w.ChangeBatch(ctx, suriya, b, 1, w.Once()))
		if n := w.toldOf(3); n != before {
			t.Errorf("told of a change of words: %d", n)
		}
		b.PayLow, b.PayHigh = 300_000, 350_000
		w.Must(w.ChangeBatch(ctx, suriya, b, 2, w.Once()))
		if n := w.toldOf(3); n != before+1 {
			t.Errorf("told %d times, %d before", n, before)
		}
		b.PayHigh = 1e15
		w.Refused(fault.Invalid, "月薪", w.ChangeBatch(ctx, suriya, b, 3, w.Once()))
	})
}

func TestNobodyGoesWithWhatIsCancelled(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		id := w.demand(suriya, "152921", 10)
		_, err := w.Recruit(ctx, suriya, id, []int64{1}, w.Once())
		w.Must(err)
		w.Must(w.Settle(ctx, suriya, id, 1, "cancel", "单位停工", w.Once()))
		w.Refused(fault.Conflict, "已经取消", w.Move(ctx, seeker(1), id, []int64{1}, Move{Act: "confirm"}, w.Once()))
		w.Must(w.Move(ctx, seeker(1), id, []int64{1}, Move{Act: "drop", Reason: "other"}, w.Once()))
	})
}

func TestDaysThatCannotBe(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		a := Away{PersonID: 1, Place: "包头市昆区", PlaceCode: "150203", Work: "电工", Since: day("2025-08-01"), Contact: "phone"}
		_, err := w.GoAway(ctx, seeker(1), a, w.Once())
		w.Must(err)
		a.Since = day("2025-03-01")
		_, err = w.GoAway(ctx, seeker(1), a, w.Once())
		w.Refused(fault.Invalid, "上一次外出", err)
		a.Since = day("1950-01-01")
		a.PersonID = 2
		_, err = w.GoAway(ctx, seeker(2), a, w.Once())
		w.Refused(fault.Invalid, "出生", err)
		a.Since, a.Expected = day("2025-03-01"), day("2099-01-01")
		_, err = w.GoAway(ctx, seeker(2), a, w.Once())
		w.Refused(fault.Invalid, "十年", err)

		id := w.demand(suriya, "152921", 10)
		w.Must(w.Join(ctx, seeker(3), id, w.Once()))
		w.Refused(fault.Invalid, "一年以内", w.Move(ctx, seeker(3), id, []int64{3}, Move{Act: "arrive", On: day("1999-01-01")}, w.Once()))
	})
}

func TestAnotherPlacesAgreementIsNotUsed(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		foreign, own := w.agreement(bold, "152923", "2026-12-31"), w.agreement(chief, "1529", "2026-12-31")
		b := Batch{Area: "152921", Source: FromAgreement, AgreementID: foreign, Unit: "x", Title: "x", Occupation: "x", Need: 1, PayLow: 300_000, Place: "x", From: day("2025-09-24"), To: day("2025-10-24"), Answers: "x"}
		_, err := w.AddBatch(ctx, suriya, b, w.Once())
		w.Refused(fault.NotFound, "没有这份", err)
		b.AgreementID = own
		_, err = w.AddBatch(ctx, suriya, b, w.Once())
		w.Must(err)
	})
}

func TestNumbersArePassedDownOnceAlsoAtTheSameMoment(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		id := w.demand(chief, "1529", 10)
		w.Refused(fault.Invalid, "超过可分的", w.ShareOut(ctx, chief, id, map[string]int{"152921": 1 << 62, "152922": 1 << 62, "152923": 1 << 62}, 5, w.Once()))
		errs, keys := make([]error, 4), []string{w.Once(), w.Once(), w.Once(), w.Once()}
		var wait sync.WaitGroup
		for i := range errs {
			wait.Go(func() { errs[i] = w.ShareOut(ctx, chief, id, map[string]int{"152921": 6, "152923": 4}, 5, keys[i]) })
		}
		wait.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
		if n, err := db.Value[int64](ctx, w.Room.DB, `SELECT count(*) FROM assignment_task`); err != nil || n != 2 || done != 1 {
			t.Errorf("%d tasks of %d, %v", n, done, err)
		}
	})
}

func TestWhatSomebodyOfAnotherBannerAgreedToIsNotTold(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		id, err := w.AddBrand(ctx, suriya, Brand{Area: "152921", Name: "驼乡月嫂", Trade: "家政", Skill: "母婴护理"}, w.Once())
		w.Must(err)
		w.agreed[5] = false
		w.Refused(fault.Denied, "额济纳旗", w.Enlist(ctx, suriya, id, personNumber(w, 5), w.Once()))
	})
}

func TestACoordinatorDoesNotReadWhatWasDoneAboutWages(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		a := Away{PersonID: 1, Place: "北京市", Work: "电工", Since: day("2025-03-01"), Contact: "phone"}
		id, err := w.GoAway(ctx, seeker(1), a, w.Once())
		w.Must(err)
		request, err := w.Ask(ctx, seeker(1), Request{PersonID: 1, Kind: "wages", Text: "三个月没发工资"}, w.Once())
		w.Must(err)
		w.Must(w.Answer(ctx, suriya, 1, request, "已补发一万二千元", 1, w.Once()))
		a.PersonID, a.ID = 1, id
		w.site(suriya)(awayAt(&a), nil, 200, "已补发")
		if strings.Contains(w.site(xie)(awayAt(&a), nil, 200), "已补发") {
			t.Error("the coordinator reads it")
		}
	})
}

func TestWhoIsForgottenGoesNoMore(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		id := w.demand(suriya, "152921", 10)
		w.Must(w.Join(ctx, seeker(1), id, w.Once()))
		w.Must(w.Join(ctx, seeker(2), id, w.Once()))
		w.Must(w.Move(ctx, seeker(2), id, []int64{2}, Move{Act: "arrive"}, w.Once()))
		w.Tx(func(tx *db.Tx) error { return w.Forget(ctx, tx, []int64{1, 2}) })
		if m := w.members1(id); m[1].State != Dropped || m[2].State != Arrived {
			t.Errorf("%+v", m)
		}
	})
}

func TestReasonsHideNumbers(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		request, err := w.Ask(ctx, seeker(1), Request{PersonID: 1, Kind: "wages", Text: "三个月没发工资"}, w.Once())
		w.Must(err)
		w.Must(w.Hand(ctx, suriya, 1, request, "152923", "包工头 "+personNumber(w, 2)+" 在额济纳", 1, w.Once()))
		if v, err := w.requestByID(ctx, w.Room.DB, 1, request); err != nil || strings.Contains(v.Handed, personNumber(w, 2)) {
			t.Errorf("%q %v", v.Handed, err)
		}
	})
}
