package intake

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

func TestAWrongTrustIsToldWithFileAndLine(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"sources:\n  - {id: x}\n", "_sources.yaml line 2: a source needs an id and a name"},
		{"sources:\n  - {id: x, name: X, every: week}\n", `line 2: source "x" is delivered every "week"`},
		{"sources:\n  - {id: x, name: X, day: 32}\n", "line 2: source \"x\" is due"},
		{"trust:\n  name: [police, nobody]\n", `line 2: trust of "name" names the source "nobody"`},
		{"trust:\n  nome: [police]\n", `line 2: there is no attribute or fact "nome"`},
		{"trust:\n  name:\n    - police\n    - police\n", `line 4: trust of "name" names "police" twice`},
		{"trust:\n  name: police\n", "line 2: trust of \"name\" should be a list"},
	} {
		_, err := LoadTemplates(fstest.MapFS{"_sources.yaml": {Data: []byte(c.text)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %s", c.text, err, c.want)
		}
	}
	_, err := LoadTemplates(fstest.MapFS{"x.yaml": {Data: []byte("kind: x\nname: X\nsource: mars\nbecomes: identity\ncolumns:\n  - {field: name, header: 姓名, type: name}\n  - {field: idnumber, header: 身份证号, type: idnumber}\n")}})
	if err == nil || !strings.Contains(err.Error(), `source "mars" does not stand in _sources.yaml`) {
		t.Error(err)
	}
}

// summer is a room whose clock moves with the deliveries: 户籍 in June, a counter's phone in July, a correction in August.
func summer(t *testing.T, r *Room) (bao int64) {
	t.Helper()
	at := func(day string) {
		c := clock.NewFake(day)
		r.Clock, r.People.Clock = c, c
	}
	at("2025-06-10")
	r.bring(t, delivery(t), league)
	at("2025-07-10")
	r.bring(t, newFolder(t).text("失业.csv", registrationHeads+",联系电话", "包娜仁,"+somebody(1)+",2025-07-01,解除合同,,,,,是,否,13911112222"), league)
	bao = r.factsOf(t, 1).ID
	at("2025-08-10")
	if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		return r.Correct(ctx, tx, Correction{PersonID: bao, Field: "phone", Value: "139 3333 4444", Why: "本人申请", By: "苏日娜（经办）", ByID: 2, ValidFrom: clock.Date(2025, time.August, 5)})
	}); err != nil {
		t.Fatal(err)
	}
	at("2025-09-24")
	return bao
}

func TestAPersonIsSeenAsOfAnyDayAsKnownOnAnyDay(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		bao := summer(t, r)
		day := func(s string) time.Time { return dayOf(s).Time }
		for _, c := range []struct{ on, known, phone, willing string }{
			{"", "", "13933334444", "0"},
			{"2025-08-04", "", "13911112222", "0"},
			{"2025-08-05", "", "13933334444", "0"},
			{"2025-06-30", "", "13847000001", "1"},
			{"", "2025-08-09", "13911112222", "0"},
			{"", "2025-07-09", "13847000001", "1"},
			{"2025-09-01", "2025-08-09", "13911112222", "0"},
			{"2025-06-30", "2025-08-09", "13847000001", "1"},
			{"", "2025-06-09", "", ""},
		} {
			g, err := r.Golden(ctx, bao, day(c.on), day(c.known))
			if err != nil || g.Of("phone").Value != c.phone || g.Of("willing").Value != c.willing {
				t.Errorf("as of %s, known %s: phone %s, willing %s, %v", c.on, c.known, g.Of("phone").Value, g.Of("willing").Value, err)
			}
		}
		g, err := r.Golden(ctx, bao, time.Time{}, time.Time{})
		phone := g.Of("phone")
		if err != nil || phone.Source != SourceCorrection || len(phone.Others) != 2 || phone.Others[0].Source != "centre" || phone.Others[1].Source != "police" || phone.Others[1].Row != 2 {
			t.Errorf("the phone is %+v", phone)
		}
		if f := r.factsOf(t, 1); f.Phone != "13933334444" || *f.Willing {
			t.Errorf("the register has %+v", f)
		}
		if g, _ := r.Golden(ctx, bao, day("2020-01-01"), time.Time{}); !g.Of("area").Later || g.Of("area").Value != homes["left"] {
			t.Errorf("before anybody spoke: %+v", g.Of("area"))
		}
	})
}

func TestACorrectionIsCheckedAndReplacesAnEarlierOne(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		bao := summer(t, r)
		correct := func(field, value string) error {
			return r.DB.Tx(ctx, func(tx *db.Tx) error {
				return r.Correct(ctx, tx, Correction{PersonID: bao, Field: field, Value: value, Why: "核实", By: "苏日娜（经办）", ByID: 2})
			})
		}
		for _, c := range []struct{ field, value string }{{"phone", "12"}, {"birth", "昨天"}, {"rural", "2"}, {"household", "H9"}, {"nothing", "x"}, {"name", ""}, {"education", "15"},
			{"idnumber", somebody(2)}} {
			if err := correct(c.field, c.value); !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
				t.Errorf("%s %s: %v", c.field, c.value, err)
			}
		}
		for _, c := range []struct{ field, value string }{{"phone", "13955556666"}, {"phone", "13955557777"}, {"name", "包娜仁花"}, {"education", "20"}, {"died", "2025-09-01"}, {"idnumber", somebody(41)}} {
			if err := correct(c.field, c.value); err != nil {
				t.Errorf("%s %s: %v", c.field, c.value, err)
			}
		}
		f := r.factsOf(t, 41)
		if f.ID != bao || f.Phone != "13955557777" || f.Name != "包娜仁花" || f.Education != 20 || !f.Dead(clock.Date(2025, time.September, 2)) {
			t.Errorf("%+v", f)
		}
		if n := r.number(t, `SELECT count(*) FROM intake_record WHERE kind = 'correction' AND ended_at = 0`); n != 5 {
			t.Errorf("%d corrections are live", n)
		}
	})
}

func TestRecordsOfAnotherPersonAreTakenOutAndPutBack(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		r.bring(t, delivery(t), league)
		before := r.dump(t)
		bai, bao := r.factsOf(t, 2), r.factsOf(t, 1)
		srv := r.site(t, "")
		page := get(t, srv, "left", "/intake/person/"+itoa(bai.ID))
		if page.status != 200 || !strings.Contains(page.body, "户籍.csv 第 3 行") || !strings.Contains(page.body, "公安局") || strings.Contains(page.body, somebody(2)) {
			t.Fatalf("%d %s", page.status, page.body)
		}
		if no := get(t, srv, "right", "/intake/person/"+itoa(bai.ID)); no.status != 403 {
			t.Errorf("another banner: %d", no.status)
		}
		all, err := ofPeople.of(ctx, r.DB, r.openSaid, []int64{bai.ID})
		if err != nil {
			t.Fatal(err)
		}
		record := ""
		for _, s := range all[bai.ID] {
			if s.Kind == "registration" {
				record = itoa(s.ID)
			}
		}
		at := fmt.Sprintf("/intake/person/%d/split", bai.ID)
		if bad := post(t, srv, "left", at, url.Values{"_once": {"once-0000000000000000"}, "to": {"other"}, "reason": {"核对底册"}}); bad.status != 422 || !strings.Contains(bad.body, "至少一条") {
			t.Errorf("nothing chosen: %d", bad.status)
		}
		form := url.Values{"_once": {"once-0000000000000001"}, "records": {record}, "to": {"other"}, "idnumber": {somebody(1)}, "reason": {"核对底册"}}
		if done := post(t, srv, "left", at, form); done.status != 303 || done.header.Get("Location") != fmt.Sprintf("/intake/person/%d", bao.ID) {
			t.Fatalf("%d %s", done.status, done.body)
		}
		if f := r.factsOf(t, 1); len(f.Registrations) != 2 {
			t.Errorf("the other has %+v", f.Registrations)
		}
		if f := r.factsOf(t, 2); len(f.Registrations) != 0 || f.Willing != nil {
			t.Errorf("who is left has %+v", f.Registrations)
		}
		if gone := get(t, srv, "left", "/intake/person/"+itoa(bai.ID)); !strings.Contains(gone.body, "已失效：移到另一份档案") {
			t.Error("the page does not show what ended")
		}
		form.Set("_once", "once-0000000000000002")
		form.Set("idnumber", somebody(2))
		if back := post(t, srv, "left", fmt.Sprintf("/intake/person/%d/split", bao.ID), form); back.status != 303 {
			t.Fatalf("%d %s", back.status, back.body)
		}
		compareDumps(t, "there and back", before, r.dump(t))
		form.Set("_once", "once-0000000000000003")
		form.Set("to", "review")
		if done := post(t, srv, "left", at, form); done.status != 303 {
			t.Fatalf("%d %s", done.status, done.body)
		}
		list, err := openReviews(ctx, r.DB, "1529", WhyName, 0, 10)
		if err != nil || len(list) != 1 || list[0].PersonID != bai.ID {
			t.Fatalf("%+v, %v", list, err)
		}
		v, rec, err := r.Review(ctx, left, list[0].ID)
		if err != nil || rec.flaw != nil || rec.text("reason") != "企业关停" {
			t.Fatalf("%+v, %+v, %v", v, rec, err)
		}
		if err := r.Decide(ctx, left, Decision{v.ID, v.Version, ReviewSame, bai.ID, "确是本人"}, "once-0000000000000004"); err != nil {
			t.Fatal(err)
		}
		compareDumps(t, "out to the review list and in again", before, r.dump(t))
	})
}

func TestWhatASourceSaidWrongGoesBackToIt(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		summer(t, r)
		r.bring(t, newFolder(t).text("户籍.csv", householdHeads, strings.Replace(household(6, "新户", "left"), "农业", "半农业", 1)), left)
		var out bytes.Buffer
		if err := r.Returns(ctx, left, "police", &out); err != nil {
			t.Fatal(err)
		}
		text := out.String()
		for _, want := range []string{"退回,户籍,户籍.csv,2,", "户口性质", "不一致,户籍,户籍.csv,2,包娜仁," + somebody(1) + ",联系电话,13847000001,13933334444,更正"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not in\n%s", want, text)
			}
		}
		out.Reset()
		if err := r.Returns(ctx, right, "police", &out); err != nil || strings.Count(out.String(), "\n") != 1 {
			t.Errorf("another banner gets\n%s, %v", out.String(), err)
		}
		srv := r.site(t, "")
		if page := get(t, srv, "left", "/intake/sources/police/returns.csv"); page.status != 200 || !strings.Contains(page.body, "13933334444") {
			t.Errorf("%d %s", page.status, page.body)
		}
		if page := get(t, srv, "left", "/intake/sources/mars/returns.csv"); page.status != 404 {
			t.Errorf("an unknown source: %d", page.status)
		}
	})
}

func TestABatchIsWithdrawnFromItsPage(t *testing.T) {
	run(t, func(t *testing.T, r *Room) {
		s := r.bring(t, delivery(t), league)
		srv := r.site(t, "")
		at := "/intake/batch/" + itoa(s.BatchID)
		if page := get(t, srv, "league", at); !strings.Contains(page.body, at+"/withdraw") {
			t.Error("the page offers no withdrawal")
		}
		if page := get(t, srv, "league", at+"/withdraw"); page.status != 200 || !strings.Contains(page.body, "涉及 4 人") {
			t.Errorf("%d %s", page.status, page.body)
		}
		form := url.Values{"_once": {"once-0000000000000001"}, "reason": {"来函：错发"}}
		if bad := post(t, srv, "league", at+"/withdraw", form); bad.status != 422 {
			t.Errorf("without the tick: %d", bad.status)
		}
		form.Set("sure", "1")
		if done := post(t, srv, "league", at+"/withdraw", form); done.status != 303 {
			t.Fatalf("%d %s", done.status, done.body)
		}
		if page := get(t, srv, "league", at); !strings.Contains(page.body, "其中 4 人不再有任何来源") || strings.Contains(page.body, at+"/withdraw") {
			t.Errorf("afterwards:\n%s", page.body)
		}
		if page := get(t, srv, "seeker", "/intake/me"); page.status != 200 || !strings.Contains(page.body, "没有来源记录") {
			t.Errorf("one's own page: %d", page.status)
		}
	})
}

func TestEveryValueIsShownAsADepartmentWritesIt(t *testing.T) {
	kinds, err := LoadTemplates(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ kind, field, value, want string }{
		{"household", "sex", "1", "男"}, {"household", "ethnic", "02", "蒙古族"}, {"household", "ethnic", "97", "其他"}, {"household", "education", "20", "大学本科"},
		{"household", "student", "0", "否"}, {"household", "rural", "0", "非农业"}, {"household", "household", "15292100000237", "15292100000237"},
		{"household", "idnumber", somebody(1), "1529**********" + somebody(1)[14:]}, {"household", "area", "152921", "阿拉善盟阿拉善左旗"},
		{"registration", "pay", "350050", "3500.50"}, {"spell", "contract", "999", "无固定"}, {"spell", "since", "2024-06-01", "2024-06-01"}, {"insurance", "from", "202406", "202406"},
	} {
		tpl := kinds.Of(c.kind)
		col := &tpl.Columns[tpl.index[c.field]]
		if got := col.shown(c.value); got != c.want {
			t.Errorf("%s %s %s is shown as %s, want %s", c.kind, c.field, c.value, got, c.want)
		}
		if v, _, bad := col.parse(col, col.label(c.value)); bad != nil || canonical(col.Type, v) != c.value {
			t.Errorf("%s %s: %s does not read back: %s, %+v", c.kind, c.field, col.label(c.value), canonical(col.Type, v), bad)
		}
	}
}
