package rights

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/evidence"
	"jiuye/internal/register/person"
)

func TestACorrectionIsApprovedByAColleagueAndStandsInTheFile(t *testing.T) {
	run(t, func(w *world) {
		id := w.ask(suriya, "phone", "139 0000 1111")
		w.Refused(fault.Denied, "谁提出谁不能审批", w.yes(suriya, id, 1))
		_, err := w.Ask(ctx, bater, Asked{PersonID: 71, Field: "phone", Value: "13900002222", Why: "x", Evidence: "y"}, once())
		w.Refused(fault.Conflict, "已有一件更正申请", err)
		w.Must(w.yes(bater, id, 1))
		if p := w.person(71); p.Phone != "13900001111" {
			t.Errorf("phone %s", p.Phone)
		}
		second := w.ask(naran, "name", "娜仁托娅")
		w.Must(w.yes(suriya, second, 1))
		if p := w.person(71); p.Name != "娜仁托娅" {
			t.Errorf("name %s", p.Name)
		}
	})
}

func TestAnIDNumberIsCheckedAndBringsBirthAndSex(t *testing.T) {
	run(t, func(w *world) {
		right := identity.MakeIDNumber("152921", time.Date(1980, 5, 1, 0, 0, 0, 0, time.UTC), 11)
		for typed, text := range map[string]string{right[:17]: "17 位", right[:17] + "A": "", numberOf(71): "与现在的一样", numberOf(72): "另一个人名下"} {
			_, err := w.Ask(ctx, suriya, Asked{PersonID: 71, Field: "idnumber", Value: typed, Why: "x", Evidence: "y"}, once())
			if err == nil || !strings.Contains(fault.TextOf(err), text) || fault.KindOf(err) == fault.Internal {
				t.Errorf("%s: %v, want %s", typed, err, text)
			}
		}
		id := w.ask(suriya, "idnumber", right)
		it, err := w.Approvals.Get(ctx, bater, id)
		if err != nil || len(it.Lines) != 3 || it.Lines[1].After != "1980-05-01" || it.Lines[2].After != "男" {
			t.Errorf("%+v %v", it.Lines, err)
		}
		w.Must(w.yes(bater, id, 1))
		if p := w.person(71); p.IDNumber != right || day(p.Birth) != "1980-05-01" || p.Sex != person.Male {
			t.Errorf("%+v", p)
		}
		other := identity.MakeIDNumber("152921", time.Date(1981, 5, 1, 0, 0, 0, 0, time.UTC), 12)
		again := w.ask(suriya, "idnumber", other)
		w.people(person.Person{ID: 90, Name: "别人"})
		w.Tx(func(tx *db.Tx) error { // meanwhile the number has come with somebody else
			p := person.Person{ID: 91, Name: "另一人", Sex: 2, Birth: nineteen, IDNumber: other, Area: "152921100001"}
			return w.People.SavePeople(ctx, tx, []person.Person{p})
		})
		w.Refused(fault.Conflict, "另一个人名下", w.yes(bater, again, 1))
	})
}

func TestWhoMayAskAndForWhat(t *testing.T) {
	run(t, func(w *world) {
		ask := func(who web.User, field, value string) error {
			_, err := w.Ask(ctx, who, Asked{PersonID: 71, Field: field, Value: value, Why: "x", Evidence: "y"}, once())
			return err
		}
		stranger := naran
		stranger.PersonID = 72
		for _, k := range []struct {
			who          web.User
			field, value string
			kind         fault.Kind
			text         string
		}{
			{ejina, "phone", "13900001111", fault.Denied, "属于阿拉善左旗"}, {chief, "phone", "13900001111", fault.Denied, "经办人员办理"},
			{stranger, "phone", "13900001111", fault.NotFound, "没有这份档案"}, {suriya, "household", "9", fault.NotFound, "没有这一项"},
			{suriya, "phone", "123", fault.Invalid, ""}, {suriya, "name", "3", fault.Invalid, "姓名应为"},
			{suriya, "area", "火星", fault.Invalid, "没有找到"}, {suriya, "education", "70", fault.Invalid, "一样"},
		} {
			w.Refused(k.kind, k.text, ask(k.who, k.field, k.value))
		}
	})
}

func TestAHomeIsFoundByNameWhereTheNameIsOne(t *testing.T) {
	p := person.Person{Area: "152921100001"}
	if code, err := parseArea("152921100201", &p); err != nil || code != "152921100201" {
		if !fault.Is(err, fault.Invalid) { // the code may be none of the register's; then it says so
			t.Errorf("%s %v", code, err)
		}
	}
	if _, err := parseArea("社区", &p); !fault.Is(err, fault.Invalid) || !strings.Contains(fault.TextOf(err), "个：") {
		t.Errorf("an ambiguous name: %v", err)
	}
}

func TestConsentIsGivenAndWithdrawnWithEffectAtOnce(t *testing.T) {
	run(t, func(w *world) {
		allowed := func(purpose string) string {
			m, err := w.Allowed(ctx, []int64{71, 72}, purpose)
			w.Must(err)
			return fmt.Sprint(m[71], m[72])
		}
		say := func(who web.User, yes bool, channel string) error {
			return w.Say(ctx, who, Consent{PersonID: 71, Purpose: Candidates, Allowed: yes, Channel: channel}, once())
		}
		if got := allowed(Candidates) + " " + allowed("register") + " " + allowed("nothing"); got != "false false true true false false" {
			t.Errorf("before anything was said: %s", got)
		}
		w.Must(say(naran, true, ""))
		if got := allowed(Candidates); got != "true false" {
			t.Errorf("after a yes: %s", got)
		}
		w.Refused(fault.Invalid, "什么方式", say(suriya, false, "self"))
		w.Refused(fault.Denied, "属于", say(ejina, false, "phone"))
		w.Refused(fault.Denied, "", say(chief, false, "phone"))
		w.Refused(fault.Invalid, "法定职责", w.Say(ctx, naran, Consent{PersonID: 71, Purpose: "register"}, once()))
		w.Clock.Add(time.Minute)
		w.Must(say(suriya, false, "phone"))
		if got := allowed(Candidates); got != "false false" {
			t.Errorf("after the withdrawal: %s", got)
		}
		w.Tx(func(tx *db.Tx) error { // a registration form of last year comes in late
			return w.Record(ctx, tx, suriya, []Consent{{PersonID: 71, Purpose: Candidates, Allowed: true, At: w.Clock.Now().AddDate(-1, 0, 0), Channel: "registration"},
				{PersonID: 72, Purpose: Candidates, Allowed: true, Channel: "registration"}})
		})
		if got := allowed(Candidates); got != "false true" {
			t.Errorf("an older word does not overwrite a later one: %s", got)
		}
		said, err := w.store.said(ctx, 71)
		if err != nil || len(said) != 3 || said[0].Allowed || said[0].ByName != "苏日娅（阿拉善左旗经办）" {
			t.Errorf("%+v %v", said, err)
		}
	})
}

// confirm names the document that a rule rests on.
func (w *world) confirm(rule string) {
	w.Tx(func(tx *db.Tx) error {
		return tx.SetSetting(ctx, settingOf(rule, "source"), "内人社发〔2025〕1号（试验）")
	})
}

func (w *world) retain(want Retained) {
	w.T.Helper()
	got, err := w.Retain(ctx)
	w.Must(err)
	if got != want {
		w.T.Errorf("%s: %+v, want %+v", dayText(w), got, want)
	}
	again, err := w.Retain(ctx)
	w.Must(err)
	if again != (Retained{}) {
		w.T.Errorf("%s again: %+v", dayText(w), again)
	}
}

func dayText(w *world) string { return day(w.Clock.Today()) }

// died writes days of death.
func (w *world) died(on string, ids ...int64) {
	w.T.Helper()
	w.Tx(func(tx *db.Tx) error {
		for _, id := range ids {
			if _, err := tx.Exec(ctx, `UPDATE person SET died = $1 WHERE person_id = $2`, on, id); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestDueDataAreNoticedThenTwoPeopleDecideThenTheyAreAnonymous(t *testing.T) {
	run(t, func(w *world) {
		w.people(person.Person{ID: 73, Name: "斯琴"}, person.Person{ID: 74, Name: "其木格"})
		w.died("2022-09-23", 71, 73)
		w.died("2022-09-24", 74) // three years are not over
		w.retain(Retained{Noticed: 2})
		w.Clock.Add(30 * 24 * time.Hour)
		w.retain(Retained{Noticed: 1}) // 74 by now; the source is not confirmed, so nobody is asked
		w.confirm("died")
		w.retain(Retained{Proposed: 2})
		old := w.ask2(71)
		items, err := w.Approvals.List(ctx, approval.Filter{Kind: KindAnonymise, Area: "1529"}, 0, 10)
		if err != nil || len(items) != 1 || items[0].Title != "已死亡人员 2 人" || items[0].Area != "152921" {
			t.Fatalf("%+v %v", items, err)
		}
		w.Must(w.yes(suriya, items[0].ID, 1))
		if w.person(71).Name != "娜仁托雅" {
			t.Error("one yes is not enough")
		}
		w.Refused(fault.Denied, "还需另一位同事", w.yes(suriya, items[0].ID, 2))
		w.died("2025-09-01", 73) // the day was wrong: not due any more
		w.Must(w.yes(bater, items[0].ID, 2))
		p := w.person(71)
		if p.Name != person.Anonymous || p.IDNumber != "" || p.Phone != "" || day(p.Birth) != "1979-01-01" || p.Area != "152921100000" || p.HouseholdID != 0 || p.Sex != 2 || p.Education != 70 {
			t.Errorf("%+v", p)
		}
		if id, err := w.People.ByIDNumber(ctx, w.DB, numberOf(71)); id != 0 || err != nil {
			t.Errorf("the number still leads to %d %v", id, err)
		}
		if w.person(73).Name != "斯琴" || fmt.Sprint(w.memo.ids) != "[71]" {
			t.Errorf("forgotten: %v", w.memo.ids)
		}
		if it, err := w.Approvals.Get(ctx, bater, old); err != nil || len(it.Lines) != 0 || it.State != approval.Withdrawn {
			t.Errorf("an earlier request still shows the data: %+v %v", it, err)
		}
		_, err = w.Ask(ctx, suriya, Asked{PersonID: 71, Field: "phone", Value: "13900001111", Why: "x", Evidence: "y"}, once())
		w.Refused(fault.Conflict, "已匿名化", err)
		entries, _, err := w.Audit.About(ctx, "person", 71, 5, audit.Cursor{})
		if err != nil || !strings.Contains(entries[0].What, "已匿名化") {
			t.Errorf("%+v %v", entries, err)
		}
		w.retain(Retained{})
	})
}

// ask2 is a request about a person that stands in the files when the person is forgotten.
func (w *world) ask2(id int64) int64 {
	w.T.Helper()
	request, err := w.Ask(ctx, suriya, Asked{PersonID: id, Field: "phone", Value: "13900003333", Why: "x", Evidence: "y"}, once())
	w.Must(err)
	return request
}

func TestWhoeverComesBackIsTakenOffTheList(t *testing.T) {
	run(t, func(w *world) {
		w.Clock.Add(11 * 365 * 24 * time.Hour) // nothing was heard of anybody for eleven years
		w.retain(Retained{Noticed: 2})
		w.Tx(func(tx *db.Tx) error {
			_, err := w.People.SaveFacts(ctx, tx, &person.Batch{Registrations: []person.Registration{{PersonID: 71, Since: db.On(w.Clock.Today()), Reason: "回乡"}}})
			return err
		})
		w.retain(Retained{Back: 1})
		w.Refused(fault.Conflict, "不在到期名单", w.Keep(ctx, suriya, 71, "x", once()))
		own := naran
		own.PersonID = 72
		w.Must(w.Keep(ctx, own, 72, "本人要求", once()))
		w.retain(Retained{})
		w.Clock.Add(10*365*24*time.Hour + 10*24*time.Hour)
		w.Tx(func(tx *db.Tx) error {
			_, err := w.People.SaveFacts(ctx, tx, &person.Batch{Registrations: []person.Registration{{PersonID: 71, Since: db.On(w.Clock.Today()), Reason: "回乡"}}})
			return err
		})
		w.retain(Retained{Noticed: 1}) // ten years after the wish to be kept
	})
}

func TestARefusedAnonymisationKeepsTheData(t *testing.T) {
	run(t, func(w *world) {
		w.confirm("died")
		w.died("2020-01-01", 71)
		w.retain(Retained{Noticed: 1})
		w.Clock.Add(31 * 24 * time.Hour)
		w.retain(Retained{Proposed: 1})
		w.Clock.Add(31 * 24 * time.Hour)
		if n, err := w.Approvals.Expire(ctx); n != 1 || err != nil {
			t.Fatalf("%d %v", n, err)
		}
		w.retain(Retained{Proposed: 1}) // nobody decided: it is asked again
		items, err := w.Approvals.List(ctx, approval.Filter{Kind: KindAnonymise, States: []approval.State{approval.Waiting}}, 0, 10)
		if err != nil || len(items) != 1 {
			t.Fatal(items, err)
		}
		w.Must(w.Approvals.Decide(ctx, chief, items[0].ID, 1, false, "有遗属待遇争议", once()))
		w.retain(Retained{})
		if w.person(71).Name != "娜仁托雅" {
			t.Error("refused, and yet anonymous")
		}
	})
}

func TestWhatGoesOnIsNotDue(t *testing.T) {
	on := func(s string) db.Date { d, _ := time.Parse(time.DateOnly, s); return db.On(d) }
	base := person.Person{UpdatedAt: time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)}
	u := Rule{From: "last", Years: 10}
	for name, k := range map[string]struct {
		f    person.Facts
		want string
		ok   bool
	}{
		"nothing but the register":  {person.Facts{Person: base}, "2001-01-01", true},
		"still employed":            {person.Facts{Person: base, Spells: []person.Spell{{Since: on("2002-01-01")}}}, "2002-01-01", false},
		"left work":                 {person.Facts{Person: base, Spells: []person.Spell{{Since: on("2002-01-01"), Until: on("2003-05-01")}}}, "2003-05-01", true},
		"paid until":                {person.Facts{Person: base, Insurances: []person.Insurance{{From: 200201, To: 200412}}}, "2004-12-31", true},
		"still paying":              {person.Facts{Person: base, Insurances: []person.Insurance{{From: 200201}}}, "2001-01-01", false},
		"a certificate":             {person.Facts{Person: base, Certificates: []person.Certificate{{Issued: on("2010-02-02")}}}, "2010-02-02", true},
		"still a hard-to-employ":    {person.Facts{Person: base, Groups: []person.Group{{Since: on("2002-01-01")}}}, "2002-01-01", false},
		"died: another rule's case": {person.Facts{Person: func() person.Person { p := base; p.Died = on("2003-01-01"); return p }()}, "", false},
	} {
		since, ok := u.since(&k.f, time.Time{})
		if ok != k.ok || day(since) != k.want {
			t.Errorf("%s: %s %v, want %s %v", name, day(since), ok, k.want, k.ok)
		}
	}
}

func TestThePagesOfAnOfficerAndOfASeeker(t *testing.T) {
	run(t, func(w *world) {
		o, me := w.site(suriya), w.site(naran)
		o("/rights", nil, 200, "等待审批的更正", "《个人信息保护法》第十三条")
		o("/rights/person/71", nil, 200, "娜仁托雅 的信息权益", "1529**********", "138****5678", "向用人单位推荐", "未同意")
		if text := o("/rights/person/71", nil, 200); strings.Contains(text, "13800005678") || strings.Contains(text, numberOf(71)) {
			t.Error("a number stands there whole")
		}
		for _, f := range Fields {
			o("/rights/person/71/correct/"+f.Code, nil, 200, "更正后的"+f.Zh)
		}
		at := "/rights/person/71/correct/"
		o(at+"phone", url.Values{}, 422, "请填写更正后的联系电话", "请填写理由", "请填写依据")
		o(at+"phone", url.Values{"value": {"12"}, "why": {"x"}, "evidence": {"y"}}, 422, "错误：")
		o(at+"household", nil, 404)
		o(at+"education", url.Values{"value": {"20"}, "why": {"已毕业"}, "evidence": {"毕业证"}}, 303)
		o(at+"education", nil, 200, "已有更正申请在等待审批")
		o("/rights/person/71", nil, 200, "娜＊＊的文化程度", "等待审批")
		o("/rights/person/71/consent", url.Values{"purpose": {Messages}, "allow": {"yes"}, "channel": {"phone"}}, 303)
		o("/rights/person/71", nil, 200, "已同意", "电话")
		o("/rights/person/71/keep", url.Values{}, 409, "不在到期名单")
		w.site(ejina)("/rights/person/71", nil, 403, "属于阿拉善左旗")
		w.site(chief)("/rights/person/71", nil, 200)
		w.site(chief)("/rights/person/71/consent", url.Values{"purpose": {Messages}}, 403)
		me("/rights/me", nil, 200, "我的个人信息", "撤回同意", "等待审批")
		me("/rights/me/consent", url.Values{"purpose": {Messages}, "allow": {"no"}}, 303)
		me("/rights/me?lang=en", nil, 200, "Withdrawn", "My personal data")
		me("/rights/me/correct/phone", url.Values{"value": {"13900001111"}, "why": {"换号"}, "evidence": {"本人"}}, 303)
		me("/rights/person/71", nil, 403)
		w.site(suriya)("/rights/person/99", nil, 404)
		w.died("2020-01-01", 71)
		w.retain(Retained{Noticed: 1})
		me("/rights/me", nil, 200, "匿名化", "仍需要服务，继续保存")
		o("/rights/retention", nil, 200, "待确认", "娜＊＊", "死亡后 3 年")
		me("/rights/me/keep", url.Values{}, 303)
		o("/rights/retention?state=kept", nil, 200, "本人要求继续保存")
	})
}

func TestEvidenceIsStoredSealedAndOnlyPicturesAndPDFAreTaken(t *testing.T) {
	run(t, func(w *world) {
		at := w.server(suriya)
		send := func(name string, content []byte) (int, string) {
			var body bytes.Buffer
			form := multipart.NewWriter(&body)
			for k, v := range map[string]string{"_once": once(), "value": "13900001111", "why": "换号", "evidence": "缴费单"} {
				w.Must(form.WriteField(k, v))
			}
			part, err := form.CreateFormFile("file", name)
			w.Must(err)
			_, _ = part.Write(content)
			w.Must(form.Close())
			client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			res, err := client.Post(at+"/rights/person/71/correct/phone", form.FormDataContentType(), &body)
			w.Must(err)
			defer res.Body.Close()
			var text bytes.Buffer
			_, _ = text.ReadFrom(res.Body)
			return res.StatusCode, text.String()
		}
		if code, text := send("a.exe", []byte("MZ program")); code != 422 || !strings.Contains(text, "不是 PDF") {
			t.Errorf("a program: %d", code)
		}
		if code, _ := send("a.pdf", make([]byte, evidence.Limit+1)); code != 413 {
			t.Errorf("too large: %d", code)
		}
		if code, text := send("a.pdf", []byte("%PDF-1.4 secret of 娜仁")); code != 303 {
			t.Fatalf("a pdf: %d %.500s", code, text)
		}
		raw, err := db.Value[[]byte](ctx, w.DB, `SELECT content FROM evidence_file ORDER BY file_id`)
		if err != nil || bytes.Contains(raw, []byte("PDF")) {
			t.Errorf("it lies open: %q %v", raw, err)
		}
		id, err := db.Value[int64](ctx, w.DB, `SELECT file_id FROM evidence_file ORDER BY file_id`)
		w.Must(err)
		href := fmt.Sprintf("/rights/file/%d", id)
		w.site(bater)(href, nil, 200, "%PDF-1.4 secret of 娜仁")
		w.site(naran)(href, nil, 200)
		w.site(ejina)(href, nil, 403)
		items, err := w.Approvals.List(ctx, approval.Filter{}, 0, 1)
		w.Must(err)
		w.site(bater)(approval.Href(items[0].ID), nil, 200, href)
	})
}

func TestEveryWordIsThereInBothLanguages(t *testing.T) {
	d, err := lang.Load(pageFiles)
	if err != nil {
		t.Fatal(err)
	}
	if missing, uneven := d.Missing(), d.Uneven(); len(missing)+len(uneven) > 0 {
		t.Errorf("missing %v, uneven %v", missing, uneven)
	}
}

func TestWhatRestsOnAConsentEndsInTheRequestThatWithdrawsIt(t *testing.T) {
	run(t, func(w *world) {
		var told []Consent
		w.Withdrawn = func(_ context.Context, _ *db.Tx, _ web.User, c Consent) error { told = append(told, c); return nil }
		w.Must(w.Say(ctx, naran, Consent{PersonID: 71, Purpose: Stories, Allowed: true}, once()))
		w.Must(w.Say(ctx, naran, Consent{PersonID: 71, Purpose: Stories}, once()))
		if len(told) != 1 || told[0].PersonID != 71 || told[0].Purpose != Stories {
			t.Errorf("%+v", told)
		}
		w.Withdrawn = func(context.Context, *db.Tx, web.User, Consent) error {
			return fault.New(fault.Conflict, "正在办理")
		}
		w.Refused(fault.Conflict, "正在办理", w.Say(ctx, naran, Consent{PersonID: 71, Purpose: Stories}, once()))
		if said, err := w.store.said(ctx, 71); err != nil || len(said) != 2 {
			t.Errorf("%+v %v", said, err)
		}
	})
}
