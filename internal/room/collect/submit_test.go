package collect

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/person"
)

func TestAFormThatIsSentTwiceIsTakenOnce(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		form := need(1, 71, map[string]string{"able": "yes", "willing": "no", "pay": "4500", "place": "banner", "doing": "herd", "skill": "会电焊", "train": "yes", "training": "电商", "phone": "139 4738 0000"})
		got := w.send(wuyun, form, form)
		if got[0].Result != Saved || got[1].Result != Repeated {
			t.Errorf("two in one batch: %+v", got)
		}
		form.Answers = says("able", "no")
		if got := w.send(wuyun, form); got[0].Result != Repeated {
			t.Errorf("the same key later: %+v", got)
		}
		list := w.needs(71)
		if len(list) != 1 || list[0].Pay != 450000 || list[0].Asked.String() != "2025-09-23" || list[0].ByName != "乌云" || list[0].Source != "visit" {
			t.Errorf("kept %+v", list)
		}
		p, err := w.People.Get(ctx, 71)
		if err != nil || p.Able == nil || !*p.Able || p.Willing == nil || *p.Willing || p.Phone != "13800005678" {
			t.Errorf("the file says %v %v %s, %v", p.Able, p.Willing, p.Phone, err)
		}
		hints, err := w.store.hints(ctx, here, 0, 10)
		if err != nil || len(hints) != 1 || hints[0].Kind != HintPhone || hints[0].Value != "13947380000" {
			t.Errorf("hints %+v, %v", hints, err)
		}
	})
}

func TestWhatIsRefusedSaysWhy(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.send(bayar, Item{Key: key(99), Kind: KindVisit, Household: "7", Answers: says("headcount", "3")})
		for i, c := range []struct {
			name string
			item Item
			want string
		}{
			{"nothing filled in", need(1, 71, nil), "还没有填任何一项"},
			{"somebody elsewhere", need(2, 91, says("able", "yes")), "您的权限范围是"},
			{"nobody", need(3, 999, says("able", "yes")), "没有这份档案"},
			{"no number at all", Item{Key: key(4), Kind: KindNeed, Person: "x", Answers: says("able", "yes")}, "没有这份档案"},
			{"another word than yes", need(5, 71, says("able", "maybe")), "能干活只能从列出的选项中选"},
			{"an unknown place", need(6, 71, says("place", "moon")), "愿意在哪里干只能"},
			{"a pay in words", need(7, 71, says("pay", "三千")), "您填了“三千”"},
			{"a landline", need(8, 71, says("phone", "0483-82")), "手机"},
			{"too long a skill", need(9, 71, says("skill", strings.Repeat("焊", 61))), "最多 60 个字，您填了 61 个字"},
			{"a day to come", Item{Key: key(10), Kind: KindNeed, Person: "71", Asked: "2025-09-25", Answers: says("able", "yes")}, "还没有到"},
			{"a day long ago", Item{Key: key(11), Kind: KindNeed, Person: "71", Asked: "2025-01-02", Answers: says("able", "yes")}, "已超过 180 天"},
			{"no day", Item{Key: key(12), Kind: KindNeed, Person: "71", Asked: "昨天", Answers: says("able", "yes")}, "应写成 2025-09-24"},
			{"an unknown kind", Item{Key: key(13), Kind: "x"}, "种类不对"},
			{"a bad key", Item{Key: "1", Kind: KindNeed}, "编号不对"},
			{"another's key", Item{Key: key(99), Kind: KindVisit, Household: "7", Answers: says("headcount", "3")}, "编号不对"},
			{"an empty visit", Item{Key: key(14), Kind: KindVisit, Household: "7"}, "请填现在住几人"},
			{"a visit elsewhere", Item{Key: key(15), Kind: KindVisit, Household: "9", Answers: says("headcount", "1")}, "权限范围"},
			{"a newcomer of nowhere", Item{Key: key(16), Kind: KindNew, Area: "152921", Answers: map[string]string{"name": "某人", "tel": "13900001111"}}, "没有说明是哪个嘎查村"},
			{"a newcomer without name", Item{Key: key(17), Kind: KindNew, Area: here, Answers: says("tel", "13900001111")}, "请填写姓名"},
			{"a newcomer without numbers", Item{Key: key(18), Kind: KindNew, Area: here, Answers: says("name", "某人")}, "至少填一个"},
			{"a newcomer with a wrong number", Item{Key: key(19), Kind: KindNew, Area: here, Answers: map[string]string{"name": "某人", "idnumber": "152921198003011112"}}, "校验码不对"},
		} {
			got := w.send(wuyun, c.item)
			if got[0].Result != Refused || !strings.Contains(got[0].Reason, c.want) {
				t.Errorf("%d %s: %+v, want %q", i, c.name, got[0], c.want)
			}
		}
		if n := len(w.needs(71)); n != 0 {
			t.Errorf("%d answers were kept", n)
		}
		// What was refused can be mended under the same key.
		if got := w.send(wuyun, need(1, 71, says("able", "yes"))); got[0].Result != Saved {
			t.Errorf("mended: %+v", got)
		}
	})
}

func TestAnAnswerThatCameInBetweenIsShownBesideMine(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.send(wuyun, need(1, 71, says("able", "no")))
		w.send(bayar, Item{Key: key(2), Kind: KindNeed, Person: "71", Asked: "2025-09-24", Seen: key(1), Answers: map[string]string{"able": "yes", "occupation": "护工"}})
		mine := need(3, 71, map[string]string{"able": "no", "train": "no"})
		mine.Seen = key(1)
		got := w.send(wuyun, mine)[0]
		if got.Result != Conflict || got.Theirs == nil || got.Theirs.Key != key(2) || got.Theirs.By != "巴雅尔" || got.Theirs.On != "2025-09-24" {
			t.Fatalf("came out as %+v", got)
		}
		want := []Row{{"能干活", "否", "是"}, {"想参加培训", "否", ""}, {"想干什么", "", "护工"}}
		if fmt.Sprint(got.Theirs.Rows) != fmt.Sprint(want) {
			t.Errorf("side by side %v", got.Theirs.Rows)
		}
		if n := len(w.needs(71)); n != 2 {
			t.Errorf("%d answers, the conflicting one must not be there", n)
		}
		mine.Over = got.Theirs.Key
		if got := w.send(wuyun, mine)[0]; got.Result != Saved {
			t.Errorf("kept mine: %+v", got)
		}
		if last := w.needs(71)[0]; last.Key != key(3) || last.Asked.String() != "2025-09-24" {
			t.Errorf("mine does not stand on top: %+v", last)
		}
		// My own later answer is no conflict with my earlier one, whatever the phone has seen.
		if got := w.send(wuyun, need(4, 71, says("able", "yes")))[0]; got.Result != Saved {
			t.Errorf("my own: %+v", got)
		}
	})
}

func TestTheSameNewcomerIsFlaggedWhoeverEntersHim(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		known, err := w.People.Get(ctx, 81)
		if err != nil {
			t.Fatal(err)
		}
		far, err := w.People.Get(ctx, 91)
		if err != nil {
			t.Fatal(err)
		}
		stranger := "15292119900307002X"
		one := func(n int, name, number, tel string) Item {
			return Item{Key: key(n), Kind: KindNew, Area: here, Answers: map[string]string{"name": name, "idnumber": number, "tel": tel}}
		}
		got := w.send(wuyun, one(1, "孟和", mended(stranger), ""), one(2, "王芳", known.IDNumber, ""), one(3, "李强", far.IDNumber, ""), one(4, "王 芳", "", "13900001111"), one(5, "高娃", "", "13900002222"))
		for i, want := range []string{"", "名册里已有这个身份证号：王", "登记在别的地区", "名册里有同名", ""} {
			// 王芳 was reported a moment ago, so the fourth is told of that report or of the register; both are right.
			if got[i].Result != Saved || !strings.Contains(got[i].Found, want) && !strings.Contains(got[i].Found, "已报送过同名") || want == "" && got[i].Found != "" {
				t.Errorf("%d: %+v, want %q", i+1, got[i], want)
			}
		}
		again := w.send(bayar, one(6, "孟和", mended(stranger), ""), one(7, "高娃", "", "13900003333"))
		if !strings.Contains(again[0].Found, "已由别的协管员报送过") || !strings.Contains(again[1].Found, "已报送过同名") {
			t.Errorf("entered a second time: %+v", again)
		}
		waiting, err := w.store.newcomers(ctx, here, 0, 10)
		if err != nil || len(waiting) != 7 || waiting[0].Why != "" || waiting[5].Why != TwiceNumber || waiting[5].OtherID != waiting[0].ID || waiting[1].PersonID != 81 {
			t.Errorf("waiting %+v, %v", waiting, err)
		}
	})
}

// mended gives a number its right check character.
func mended(s string) string {
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * weight
	}
	return s[:17] + string("10X98765432"[sum%11])
}

// desk stands for the intake room.
type desk struct {
	phones    []string
	newcomers []string
}

func (d *desk) CorrectPhone(_ context.Context, _ *db.Tx, _ web.User, _ int64, phone string, since db.Date, _ string) error {
	d.phones = append(d.phones, phone+" "+since.String())
	return nil
}

func (d *desk) Propose(_ context.Context, _ *db.Tx, _ web.User, n Newcomer) error {
	d.newcomers = append(d.newcomers, n.Name+" "+n.IDNumber)
	return nil
}

func TestSomebodyElseAtTheDeskDecides(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		taken := &desk{}
		w.Register, w.Linkage = taken, taken
		w.send(wuyun, need(1, 71, map[string]string{"phone": "13947380000", "died": "1", "moved": "1", "moved_to": "呼和浩特"}),
			Item{Key: key(2), Kind: KindNew, Area: here, Answers: map[string]string{"name": "孟和", "idnumber": mended("152921199003070020")}})
		if list := w.needs(71); len(list) != 0 {
			t.Errorf("hints alone are no answer: %+v", list)
		}
		hints, err := w.store.hints(ctx, "152921", 0, 10)
		if err != nil || len(hints) != 3 {
			t.Fatalf("%d hints, %v", len(hints), err)
		}
		if err := w.DecideHint(ctx, wuyun, 71, hints[0].ID, 1, true, "电话核实", key(50)); !fault.Is(err, fault.Denied) {
			t.Errorf("the reporter decided: %v", err)
		}
		if err := w.DecideHint(ctx, other, 71, hints[0].ID, 1, true, "电话核实", key(51)); !fault.Is(err, fault.Denied) {
			t.Errorf("the next village decided: %v", err)
		}
		if err := w.DecideHint(ctx, suriya, 71, hints[0].ID, 1, true, "电话核实", key(52)); err != nil {
			t.Error(err)
		}
		if err := w.DecideHint(ctx, bayar, 71, hints[0].ID, 1, false, "一村的同事", key(55)); !fault.Is(err, fault.Denied) {
			t.Errorf("another coordinator of the village decided: %v", err)
		}
		colleague := web.User{ID: 16, Name: "巴特尔", Role: account.Officer, Area: "152921"}
		if err := w.DecideHint(ctx, colleague, 71, hints[0].ID, 1, false, "晚了一步", key(53)); !fault.Is(err, fault.Conflict) {
			t.Errorf("decided twice: %v", err)
		}
		people, err := w.store.newcomers(ctx, "152921", 0, 10)
		if err != nil || len(people) != 1 {
			t.Fatalf("%d newcomers, %v", len(people), err)
		}
		if err := w.DecideNewcomer(ctx, suriya, people[0].ID, 1, StateNew, "已见本人", key(54)); err != nil {
			t.Error(err)
		}
		if fmt.Sprint(taken.phones) != "[13947380000 2025-09-24]" && fmt.Sprint(taken.phones) != "[13947380000 2025-09-23]" || len(taken.newcomers) != 1 || !strings.HasPrefix(taken.newcomers[0], "孟和 1529") {
			t.Errorf("taken over %+v", taken)
		}
	})
}

func TestTheVillageIsCountedAnewAfterAnswers(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.send(wuyun, need(1, 71, says("able", "yes")), need(2, 81, says("able", "yes")))
		got, err := w.store.areas(ctx, "152921", 9)
		if err != nil || len(got) != 1 || got[0] != (person.VillageAsked{Area: "152921112", Households: 3, Done: 1, Wanted: 4, Asked: 2, Never: 2}) {
			t.Errorf("counted %+v, %v", got, err)
		}
	})
}

func FuzzSubmit(f *testing.F) {
	f.Add([]byte(`{"user":"11","items":[{"key":"key-of-a-phone-0001","kind":"need","person":"71","asked":"2025-09-23","answers":{"able":"yes","pay":"4500"}}]}`))
	f.Add([]byte(`{"user":"11","items":[{"key":"key-of-a-phone-0002","kind":"visit","household":"7","answers":{"headcount":"-1"}}]}`))
	f.Add([]byte(`{"user":"11","items":[{"key":"key-of-a-phone-0003","kind":"new","area":"152921100001","answers":{"name":"\u0000王","idnumber":"１５２９２１"}}]}`))
	f.Add([]byte(`{"user":"11","items":[{"answers":null},{"asked":"2025-02-30"}]}`))
	f.Add([]byte(`[`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := readBatch(json.NewDecoder(strings.NewReader(string(raw))), 11)
		if err != nil {
			if fault.TextOf(err) == "" {
				t.Errorf("a refusal without words: %v", err)
			}
			return
		}
		said := func(key string, args ...any) string { return fmt.Sprint(key, args) }
		for _, it := range b.Items {
			in := reading{answers: it.Answers, t: said}
			n := in.said()
			in.heard()
			n.Asked = in.day("asked", it.Asked, day)
			if len(in.wrong) == 0 && (n.Asked.After(day) || n.Pay < 0 || strings.ContainsRune(n.Note+n.Skill, 0)) {
				t.Errorf("took %+v of %q", n, raw)
			}
			tell(said, false, &n)
		}
	})
}

var day = clock.Date(2025, 9, 24)
