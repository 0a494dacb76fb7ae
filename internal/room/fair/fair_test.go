package fair

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/account"
	"jiuye/internal/register/person"
)

func TestEveryTextIsThereInBothLanguages(t *testing.T) { webtest.Words(t, (&Room{}).Web()) }

func TestTimesOfDayAreReadAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
		ok   bool
	}{{"09:00", 540, true}, {"9:00", 540, true}, {"9：30", 570, true}, {" 14:05 ", 845, true}, {"24:00", 0, false}, {"9:60", 0, false}, {"9", 0, false}, {"9:5", 0, false}, {"-1:00", 0, false}, {"上午", 0, false}, {"", 0, false}} {
		if got, ok := readClock(c.text); got != c.want || ok != c.ok {
			t.Errorf("%q: %d %t, want %d %t", c.text, got, ok, c.want, c.ok)
		}
	}
}

func TestACodeIsReadAsItIsTypedAndASlipIsNoticed(t *testing.T) {
	for _, c := range []struct {
		text string
		ok   bool
	}{{"1234 5674", true}, {"12345674", true}, {"１２３４５６７４", true}, {"1234-5674", true}, {"12345675", false}, {"21345674", false}, {"1234567", false}, {"123456744", false}, {"1234567x", false}, {"", false}} {
		if _, ok := readCode(c.text); ok != c.ok {
			t.Errorf("%q: %t", c.text, ok)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		code := must(newCode())
		if _, ok := readCode(spaced(code)); !ok || len(code) != codeLength {
			t.Fatalf("%s is no code", code)
		}
		at, d := rapid.IntRange(0, 7).Draw(t, "at"), byte('0'+rapid.IntRange(0, 9).Draw(t, "digit"))
		if d != code[at] {
			if _, ok := readCode(code[:at] + string(d) + code[at+1:]); ok {
				t.Fatalf("a slip in %s at %d was not noticed", code, at)
			}
		}
	})
}

func TestNobodyIsAtTwoBoothsAtOnceAndNoBoothIsCrowded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		slots := slotsOf(540, 540+30*rapid.IntRange(1, 6).Draw(t, "slots"))
		var list []Invite
		seen := map[[2]int64]bool{}
		for range rapid.IntRange(0, 80).Draw(t, "pairs") {
			v := Invite{PersonID: int64(rapid.IntRange(1, 15).Draw(t, "person")), VacancyID: int64(rapid.IntRange(1, 8).Draw(t, "vacancy")), Score: rapid.IntRange(0, 1000).Draw(t, "score")}
			if v.EmployerID = (v.VacancyID + 1) / 2; !seen[[2]int64{v.PersonID, v.VacancyID}] {
				seen[[2]int64{v.PersonID, v.VacancyID}] = true
				list = append(list, v)
			}
		}
		placed, crowded := newTimetable(slots, nil).schedule(list)
		if len(placed)+crowded != len(list) {
			t.Fatalf("%d and %d of %d", len(placed), crowded, len(list))
		}
		where, load := map[[2]int64]int64{}, map[[2]int64]map[int64]bool{}
		for _, v := range placed {
			at := [2]int64{v.PersonID, int64(v.Slot)}
			if other, busy := where[at]; busy && other != v.EmployerID {
				t.Fatalf("person %d is at booths %d and %d at %s", v.PersonID, other, v.EmployerID, clockText(v.Slot))
			}
			where[at] = v.EmployerID
			booth := [2]int64{v.EmployerID, int64(v.Slot)}
			if load[booth] == nil {
				load[booth] = map[int64]bool{}
			}
			if load[booth][v.PersonID] = true; len(load[booth]) > perSlot {
				t.Fatalf("booth %d has %d people at %s", v.EmployerID, len(load[booth]), clockText(v.Slot))
			}
		}
	})
}

func TestWorkCountsWhenTheEmployerOfTheTalkInsuresFromTheFairOn(t *testing.T) {
	for name, c := range map[string]struct {
		i    person.Insurance
		want bool
	}{
		"begins in the fair's month, still paying": {person.Insurance{Kind: person.Pension, EmployerID: 5, From: 202506}, true},
		"paid until the month asked for":           {person.Insurance{Kind: person.Pension, EmployerID: 5, From: 202507, To: 202507}, true},
		"ended before":                             {person.Insurance{Kind: person.Pension, EmployerID: 5, From: 202506, To: 202506}, false},
		"worked there before the fair":             {person.Insurance{Kind: person.Pension, EmployerID: 5, From: 202505}, false},
		"another employer":                         {person.Insurance{Kind: person.Pension, EmployerID: 6, From: 202506}, false},
		"began later":                              {person.Insurance{Kind: person.Pension, EmployerID: 5, From: 202508}, false},
		"unemployment insurance alone":             {person.Insurance{Kind: person.Unemployment, EmployerID: 5, From: 202506}, false},
	} {
		if got := insuredThere([]person.Insurance{c.i}, 5, 202506, 202507); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestAFairIsForThoseOfItsAreaToRunAndForEverybodyToSee(t *testing.T) {
	planned, open := Fair{Area: "152921", State: Planned}, Fair{Area: "152921", State: Open}
	for _, c := range []struct {
		name                 string
		who                  web.User
		seePlanned, run, see bool
	}{{"stranger", web.User{}, false, false, true}, {"officer", suriya, true, true, true}, {"another banner's", bold, false, false, true}, {"coordinator", xie, false, false, true},
		{"administrator", web.User{ID: 16, Role: account.Admin, Area: "15"}, false, false, true},
		{"seeker", seeker(1), false, false, true}, {"employer", shop, false, false, true}} {
		if MaySee(c.who, &planned) == nil != c.seePlanned || MayManage(c.who, &open) == nil != c.run || MaySee(c.who, &open) == nil != c.see {
			t.Errorf("%s: %v, %v, %v", c.name, MaySee(c.who, &planned), MayManage(c.who, &open), MaySee(c.who, &open))
		}
	}
	if MayRunBooth(shop, &open, 6) != nil || MayRunBooth(shop, &open, 5) == nil || MayRunBooth(suriya, &open, 5) != nil || MayRunBooth(seeker(1), &open, 5) == nil {
		t.Error("a booth is filled in by its employer and by who runs the fair, by nobody else")
	}
}

func kind(err error) fault.Kind { return fault.KindOf(err) }

func TestAFairGoesFromItsPlanToItsReport(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id := w.ready(20)
		if err := w.Answer(ctx, suriya, id, 6, 1, "", 2, key()); kind(err) != fault.Conflict {
			t.Errorf("two employers got booth 1: %v", err)
		}
		if err := w.AskBooth(ctx, shop, Booth{EmployerID: 6, FairID: id, Vacancies: []int64{60}}, key()); kind(err) != fault.Invalid {
			t.Errorf("a vacancy that is closed came to the fair: %v", err)
		}
		a, b := must(w.Come(ctx, seeker(1), id, key())), must(w.Come(ctx, seeker(1), id, key()))
		if a.Code == "" || a.Code != b.Code {
			t.Errorf("registering twice gave %s and %s", a.Code, b.Code)
		}
		if _, err := w.CheckIn(ctx, suriya, id, a.Code); kind(err) != fault.Late {
			t.Errorf("checked in before the day: %v", err)
		}
		out := must(w.Allocate(ctx, suriya, id, key()))
		if out.Seekers != 20 || out.Invited == 0 || out.Pairs > 2*4*4 {
			t.Errorf("allocated %+v", out)
		}
		w.byHand(id)
		w.on("2025-09-27")
		w.door(id, a.Code)
		w.results(id, a.Code)
	})
}

// byHand changes and sends invitations, and allocates again.
func (w *world) byHand(id int64) {
	list := must(invitesOf(ctx, w.DB, id, 0))
	first := list[0]
	to := 540
	if first.Slot == to {
		to = 630
	}
	w.ok(w.Uninvite(ctx, suriya, id, list[1].PersonID, list[1].VacancyID, key()))
	if err := w.Invite(ctx, bold, Invite{FairID: id, PersonID: first.PersonID, VacancyID: first.VacancyID, Slot: to}, key()); kind(err) != fault.Denied {
		w.t.Errorf("another banner's officer changed an invitation: %v", err)
	}
	if err := w.Invite(ctx, suriya, Invite{FairID: id, PersonID: 25, VacancyID: 50, Slot: -1}, key()); kind(err) != fault.NotFound {
		w.t.Errorf("somebody who has not registered was invited: %v", err)
	}
	must(w.Come(ctx, seeker(21), id, key()))
	w.ok(w.Uninvite(ctx, suriya, id, first.PersonID, first.VacancyID, key()))
	w.ok(w.Invite(ctx, suriya, Invite{FairID: id, PersonID: first.PersonID, VacancyID: first.VacancyID, Slot: -1}, key()))
	must(w.Allocate(ctx, suriya, id, key()))
	kept := must(invitesOf(ctx, w.DB, id, first.PersonID))
	hand := 0
	for _, v := range kept {
		if v.Hand && v.VacancyID == first.VacancyID {
			hand++
		}
	}
	if hand != 1 {
		w.t.Errorf("a new run did not keep what was put by hand: %+v", kept)
	}
	if told := must(w.Send(ctx, suriya, id, key())); told == 0 {
		w.t.Error("nobody was told")
	}
	if _, err := w.Send(ctx, suriya, id, key()); kind(err) != fault.Conflict {
		w.t.Errorf("everybody was told twice: %v", err)
	}
	box := must(w.Messages.Box(ctx, seeker(first.PersonID), false, 0, 0, 10))
	if len(box) == 0 || !strings.Contains(box[0].Body.Zh, "号展位") {
		w.t.Errorf("the message says %+v", box)
	}
}

// door checks in somebody who registered, twice, and somebody who did not.
func (w *world) door(id int64, code string) {
	in := must(w.CheckIn(ctx, suriya, id, spaced(code)))
	if in.Again || in.PersonID != 1 {
		w.t.Errorf("checked in %+v", in)
	}
	if in = must(w.CheckIn(ctx, suriya, id, code)); !in.Again {
		w.t.Error("the second scan counted again")
	}
	if in = must(w.CheckIn(ctx, suriya, id, idNumber(30))); in.Again || !in.WalkIn {
		w.t.Errorf("walked in: %+v", in)
	}
	for _, c := range []struct {
		text string
		want fault.Kind
	}{{"12345674", fault.NotFound}, {"12345675", fault.Invalid}, {idNumber(99), fault.NotFound}, {idNumber(30)[:17] + "?", fault.Invalid}} {
		if _, err := w.CheckIn(ctx, suriya, id, c.text); kind(err) != c.want {
			w.t.Errorf("%s: %v", c.text, err)
		}
	}
}

// results notes talks, closes the fair and looks insurance up.
func (w *world) results(id int64, code string) {
	if err := w.Note(ctx, plant, Talk{FairID: id, EmployerID: 5, VacancyID: 52, Result: Intent}, code, key()); kind(err) != fault.Invalid {
		w.t.Errorf("a talk about another booth's vacancy: %v", err)
	}
	if err := w.Note(ctx, plant, Talk{FairID: id, EmployerID: 6, VacancyID: 52, Result: Intent}, code, key()); err == nil {
		w.t.Error("an employer wrote at another one's booth")
	}
	w.ok(w.Note(ctx, plant, Talk{FairID: id, EmployerID: 5, VacancyID: 50, Result: Intent, Note: "周一面试"}, code, key()))
	w.ok(w.Note(ctx, plant, Talk{FairID: id, EmployerID: 5, VacancyID: 50, Result: Hired}, code, key()))
	f := must(fairByID(ctx, w.DB, id))
	if err := w.Close(ctx, suriya, id, f.Version, "到场 2 人", key()); kind(err) != fault.Conflict {
		w.t.Errorf("closed with an open checklist: %v", err)
	}
	w.ok(w.Tick(ctx, suriya, id, f.Version, checklist, key()))
	w.ok(w.Close(ctx, suriya, id, f.Version+1, "到场 2 人", key()))
	w.tx(func(tx *db.Tx) error {
		_, err := w.People.SaveFacts(ctx, tx, &person.Batch{Insurances: []person.Insurance{{PersonID: 1, Kind: person.Pension, EmployerID: 5, From: 202510, To: 202511}}})
		return err
	})
	if n := must(w.Follow(ctx)); n != 0 {
		w.t.Errorf("%d outcomes are known before the month", n)
	}
	w.on("2025-10-31")
	if n := must(w.Follow(ctx)); n != 1 {
		w.t.Errorf("%d outcomes after a month", n)
	}
	w.on("2025-12-31")
	if n := must(w.Follow(ctx)); n != 1 {
		w.t.Errorf("%d outcomes after three months", n)
	}
	out := must(w.Report(ctx, must(fairByID(ctx, w.DB, id))))
	if s := out.Sums; s.Came != 2 || s.WalkIn != 1 || s.Units != 2 || s.Openings != 8 || s.Hires != 1 || s.Intents != 0 || s.Month1 != 1 || s.Known3 != 1 || s.Month3 != 0 {
		w.t.Errorf("the report says %+v", s)
	}
	if len(out.Areas) != 1 || out.Areas[0].Month1 != 1 || len(out.Groups) != 2 || out.Groups[0].Key != person.Hard {
		w.t.Errorf("by area and group: %+v %+v", out.Areas, out.Groups)
	}
}

func TestWhoLeavesBeforeTheDayIsForgotten(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id := w.ready(2)
		w.ok(w.Leave(ctx, seeker(1), id, key()))
		if _, found, _ := visitOf(ctx, w.DB, 1, id); found {
			t.Error("the registration is still there")
		}
		if err := w.Leave(ctx, seeker(1), id, key()); kind(err) != fault.NotFound {
			t.Errorf("left twice: %v", err)
		}
		w.ok(w.Cancel(ctx, suriya, id, 0, "大风", key()))
		box := must(w.Messages.Box(ctx, seeker(2), false, 0, 0, 10))
		if len(box) != 1 || !strings.Contains(box[0].Body.Zh, "大风") {
			t.Errorf("who had registered was told %+v", box)
		}
		if _, err := w.Come(ctx, seeker(3), id, key()); err == nil {
			t.Error("somebody registered for a fair that is cancelled")
		}
	})
}
