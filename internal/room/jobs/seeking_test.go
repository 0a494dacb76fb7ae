package jobs

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
)

// inTalkingTown is a town with a message centre.
func inTalkingTown(t *testing.T, body func(t *testing.T, r town)) {
	dbtest.Run(t, append([]db.Schema{message.Schema}, schemas...), func(t *testing.T, d *db.DB) {
		r := newTown(t, d)
		r.Messages = message.New(message.Deps{DB: d, People: r.People, Sealer: r.People.Sealer, Clock: r.clock, IDs: r.IDs, Consents: everybody{}})
		if err := r.HandleMessages(); err != nil {
			t.Fatal(err)
		}
		body(t, r)
	})
}

// everybody agrees to everything.
type everybody struct{}

// Allowed implements Consents.
func (everybody) Allowed(_ context.Context, ids []int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	for _, id := range ids {
		out[id] = true
	}
	return out, nil
}

// box are the titles of somebody's messages, the newest first.
func (r town) box(t *testing.T, who web.User) string {
	t.Helper()
	list, err := r.Messages.Box(ctx, who, false, 1<<62, 1<<62, 50)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, m := range list {
		titles = append(titles, m.Title.Zh)
	}
	return strings.Join(titles, "\n")
}

func (r town) state(t *testing.T, person, vacancy int64) Application {
	t.Helper()
	a, err := r.store.application(ctx, r.DB, person, vacancy)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// goTo lets the clock run to nine in the morning of a day.
func (r town) goTo(day time.Time) {
	r.clock.Add(day.Add(time.Hour).Sub(r.clock.Now()))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var rivalUnit = employer.Vacancy{EmployerID: 51, ID: 20, Title: "宾馆保洁员", Occupation: "保洁员", Openings: 1, PayLow: 300000, PayHigh: 320000, Area: bayan, Contract: 12}

func TestWhoIsHiredLeavesTheOtherApplications(t *testing.T) {
	inTalkingTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 2, "保洁", bayan)
		r.work(t, cleaning(10, 1), rivalUnit)
		must(t, r.Apply(ctx, seeker(1), 10, "", "a"))
		must(t, r.Apply(ctx, seeker(1), 20, "", "b"))
		must(t, r.Answer(ctx, unit, 1, 10, Offered, "下周一上班", 1, "c"))
		if got := r.box(t, seeker(1)); !strings.Contains(got, "“保洁员”拟录用您，请确认") {
			t.Errorf("the person reads %s", got)
		}
		wantFault(t, r.Accept(ctx, seeker(2), 10, "d"), fault.NotFound, "somebody else accepts")
		must(t, r.Accept(ctx, seeker(1), 10, "e"))
		if a := r.state(t, 1, 10); a.State != Hired {
			t.Errorf("the application is %s", a.State)
		}
		if a := r.state(t, 1, 20); a.State != Shut || a.Reason != "hired" {
			t.Errorf("the other application is %s because of %q", a.State, a.Reason)
		}
		if got := r.box(t, rival); !strings.Contains(got, "“宾馆保洁员”有 1 名应聘人已在别处录用") {
			t.Errorf("the other employer reads %s", got)
		}
		wantFault(t, r.Answer(ctx, rival, 1, 20, Viewed, "", 0, "f"), fault.NotFound, "the other employer goes on")
		ix, err := r.found(ctx)
		must(t, err)
		if ix.Len() != 1 {
			t.Errorf("a filled vacancy is still found: %d", ix.Len())
		}
		must(t, r.Apply(ctx, seeker(1), 20, "", "g")) // the way back is open
	})
}

func TestAnEmployerThatRefusesSaysWhy(t *testing.T) {
	inTalkingTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 1, "保洁", bayan)
		r.work(t, cleaning(10, 1))
		must(t, r.Apply(ctx, seeker(1), 10, "", "a"))
		wantFault(t, r.Answer(ctx, unit, 1, 10, Declined, "", 1, "b"), fault.Invalid, "no reason")
		wantFault(t, r.Decline(ctx, unit, 1, 10, "age", "", 1, "c"), fault.Invalid, "a reason that the law does not know")
		wantFault(t, r.Decline(ctx, unit, 1, 10, "other", "", 1, "d"), fault.Invalid, "another reason without words")
		must(t, r.Decline(ctx, unit, 1, 10, "filled", "", 1, "e"))
		steps, err := r.store.steps(ctx, 1, 10)
		must(t, err)
		if len(steps) != 2 || steps[0].Reason != "filled" || reasonText("zh", "filled") != "岗位已招满" {
			t.Errorf("the steps are %+v", steps)
		}
		if got := r.box(t, seeker(1)); !strings.Contains(got, "“保洁员”没有录用您") {
			t.Errorf("the person reads %s", got)
		}
	})
}

func TestAnEmployerThatIsSilentIsRemindedAndThenTheApplicationIsClosed(t *testing.T) {
	inTalkingTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 3, "保洁", bayan)
		r.work(t, cleaning(10, 5), rivalUnit)
		must(t, r.Apply(ctx, seeker(1), 10, "", "a"))
		must(t, r.Apply(ctx, seeker(2), 10, "", "b"))
		must(t, r.Answer(ctx, unit, 2, 10, Interview, "", 1, "c")) // answered
		cases := []struct {
			day              string
			closed, reminded int
		}{
			{"2025-09-25", 0, 0},
			{"2025-09-29", 0, 1}, // three working days: 25, 26 and the Sunday that is worked, 28
			{"2025-09-30", 0, 0}, // reminded yesterday
			{"2025-10-13", 0, 1},
			{"2025-10-17", 1, 0}, // ten working days: the holidays of October do not count
			{"2025-10-20", 0, 0},
		}
		for _, c := range cases {
			day, _ := time.Parse(time.DateOnly, c.day)
			r.goTo(day)
			sum, err := r.AnswerSilence(ctx)
			must(t, err)
			if sum.Closed != c.closed || sum.Reminded != c.reminded {
				t.Errorf("%s: %+v, want %d closed and %d reminded", c.day, sum, c.closed, c.reminded)
			}
		}
		if a := r.state(t, 1, 10); a.State != Shut || a.Reason != "silent" {
			t.Errorf("the application is %s, %s", a.State, a.Reason)
		}
		if a := r.state(t, 2, 10); a.State != Interview {
			t.Errorf("the answered one is %s", a.State)
		}
		if got := r.box(t, seeker(1)); !strings.Contains(got, "您对“保洁员”的应聘已关闭") {
			t.Errorf("the person reads %s", got)
		}
	})
}

func TestAnInvitedPersonChoosesATimeWithOneTap(t *testing.T) {
	inTalkingTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 2, "保洁", bayan)
		r.work(t, cleaning(10, 5))
		at := clock.Date(2025, 9, 26).Add(time.Hour) // 9:00 in Beijing
		slot := Slot{VacancyID: 10, StartsAt: at.UnixMilli(), Minutes: 30, Seats: 1, Place: "土尔扈特路 5 号；二楼, 人事科"}
		wantFault(t, r.Offer(ctx, rival, slot, "a"), fault.NotFound, "another employer's vacancy")
		must(t, r.Offer(ctx, unit, slot, "b"))
		slot.StartsAt += 3600e3
		must(t, r.Offer(ctx, unit, slot, "c"))
		slot.StartsAt = 0
		wantFault(t, r.Offer(ctx, unit, slot, "d"), fault.Invalid, "a time that is over")
		slots, err := r.store.slots(ctx, r.DB, 10, 0)
		must(t, err)
		for i := range int64(2) {
			must(t, r.Apply(ctx, seeker(i+1), 10, "", "apply"+string(rune('0'+i))))
		}
		wantFault(t, r.Book(ctx, seeker(1), 10, slots[0].ID, "e"), fault.Conflict, "not invited")
		must(t, r.Answer(ctx, unit, 1, 10, Interview, "", 0, "f"))
		must(t, r.Answer(ctx, unit, 2, 10, Interview, "", 0, "g"))
		must(t, r.Book(ctx, seeker(1), 10, slots[0].ID, "h"))
		wantFault(t, r.Book(ctx, seeker(1), 10, slots[0].ID, "h"), fault.Repeat, "a double tap")
		wantFault(t, r.Book(ctx, seeker(2), 10, slots[0].ID, "i"), fault.Conflict, "the time is taken")
		must(t, r.Book(ctx, seeker(1), 10, slots[1].ID, "j")) // thought better of it
		must(t, r.Book(ctx, seeker(2), 10, slots[0].ID, "k"))
		if got := r.box(t, unit); !strings.Contains(got, "选了面试时间 9月26日 09:00") {
			t.Errorf("the employer reads %s", got)
		}
		i, found, err := r.store.interview(ctx, r.DB, 2, 10)
		must(t, err)
		text := Calendar(i, cleaning(10, 5), "安康家政服务部", "0483-8000000")
		for _, line := range []string{"BEGIN:VCALENDAR\r\n", "DTSTART:20250926T010000Z\r\n", "DTEND:20250926T013000Z\r\n", `LOCATION:土尔扈特路 5 号；二楼\, 人事科`} {
			if !found || !strings.Contains(text, line) {
				t.Errorf("the calendar lacks %q:\n%s", line, text)
			}
		}
		for _, line := range strings.Split(text, "\r\n") {
			if len(line) > 75 {
				t.Errorf("a line of %d bytes: %s", len(line), line)
			}
		}
		must(t, r.Withdraw(ctx, seeker(2), 10, "l"))
		if again, _, err := r.store.slot(ctx, r.DB, 10, slots[0].ID); err != nil || again.Taken != 0 {
			t.Errorf("the place is not free again: %+v, %v", again, err)
		}
	})
}

func TestASavedSearchTellsEachNewVacancyOnce(t *testing.T) {
	inTalkingTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 1, "保洁", bayan)
		r.work(t, cleaning(10, 1))
		q, _ := url.ParseQuery("q=保洁&pay=3500&after=x")
		must(t, r.Save(ctx, seeker(1), "保洁，3,500 元以上", q, "a"))
		wantFault(t, r.Save(ctx, seeker(1), "保洁", q, "b"), fault.Repeat, "the same again")
		wantFault(t, r.Save(ctx, seeker(1), "", url.Values{}, "c"), fault.Invalid, "nothing asked")
		tell := func(day string, want int) {
			t.Helper()
			on, _ := time.Parse(time.DateOnly, day)
			r.goTo(on)
			n, err := r.TellNew(ctx)
			must(t, err)
			if n != want {
				t.Errorf("%s: %d messages, want %d", day, n, want)
			}
		}
		tell("2025-09-24", 0)
		fresh := cleaning(11, 1)
		fresh.Posted, fresh.Closes = day(9, 24), day(10, 31)
		cheap := rivalUnit
		cheap.Posted, cheap.Closes = day(9, 24), day(10, 31)
		r.work(t, fresh, cheap)
		tell("2025-09-25", 1)
		tell("2025-09-25", 0)
		tell("2025-09-26", 0)
		if got := r.box(t, seeker(1)); got != "“保洁，3,500 元以上”有 1 个新岗位" {
			t.Errorf("the person reads %s", got)
		}
		list, err := r.store.savedOf(ctx, r.DB, 1)
		must(t, err)
		must(t, r.Alert(ctx, seeker(1), list[0].ID, false))
		later := cleaning(12, 1)
		later.Posted, later.Closes = day(9, 26), day(10, 31)
		r.work(t, later)
		tell("2025-09-27", 0)
		wantFault(t, r.Drop(ctx, seeker(2), list[0].ID), fault.NotFound, "somebody else's")
		must(t, r.Drop(ctx, seeker(1), list[0].ID))
	})
}

func TestAPersonsOwnWishComesFirst(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 1, "保洁", bayan)
		cook := employer.Vacancy{EmployerID: 51, ID: 20, Title: "食堂厨师", Occupation: "厨师", Openings: 1, PayLow: 360000, PayHigh: 400000, Area: bayan, Contract: 12}
		r.work(t, cleaning(10, 1), cook)
		first := func() int64 {
			v, err := r.visitor(ctx, seeker(1))
			must(t, err)
			l, err := r.look(ctx, v, askedOf(url.Values{}))
			must(t, err)
			return l.hits[0].ID
		}
		if got := first(); got != 10 {
			t.Errorf("by what is registered, %d comes first", got)
		}
		must(t, r.SetWish(ctx, seeker(1), Wish{Occupation: "厨师", Pay: 380000}, "a"))
		wantFault(t, r.SetWish(ctx, seeker(1), Wish{Occupation: "司机"}, "b"), fault.Conflict, "a stale page")
		if got := first(); got != 20 {
			t.Errorf("by their own wish, %d comes first", got)
		}
	})
}

func TestWhoIsForgottenLeavesNumbersOnly(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.people(t, 1, 1, "保洁", bayan)
		r.work(t, cleaning(10, 1))
		must(t, r.Apply(ctx, seeker(1), 10, "周一能上班", "a"))
		must(t, r.SetWish(ctx, seeker(1), Wish{Occupation: "厨师"}, "b"))
		must(t, r.Save(ctx, seeker(1), "保洁", url.Values{"q": {"保洁"}}, "c"))
		must(t, r.DB.Tx(ctx, func(tx *db.Tx) error { return r.Forget(ctx, tx, []int64{1}) }))
		steps, err := r.store.steps(ctx, 1, 10)
		must(t, err)
		saved, err := r.store.savedOf(ctx, r.DB, 1)
		must(t, err)
		wishes, err := r.store.wishes(ctx, []int64{1})
		must(t, err)
		if a := r.state(t, 1, 10); a.Note != "" || a.State != Sent || len(steps) != 1 || steps[0].ByName+steps[0].Note != "" || len(saved)+len(wishes) != 0 {
			t.Errorf("left: %+v, %+v, %v, %v", a, steps, saved, wishes)
		}
	})
}
