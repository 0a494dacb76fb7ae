package jobs

import (
	"encoding/json"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/employer"
)

func TestWhatTheEngineFindsIsToldToTheEmployer(t *testing.T) {
	list := Objections("仓管（限男性），35岁以下，党建专员须为中共党员，不收押金")
	if len(list) != 2 || list[0].Phrase != "限男性" || list[0].Ask || list[1].Phrase != "35岁以下" || !list[1].Ask {
		t.Fatalf("%+v", list)
	}
	want := "岗位名称里写了“限男性”。法律不允许限制性别，请删去（《就业促进法》第二十七条、《妇女权益保障法》第四十三条）"
	if got := list[0].Text("岗位名称"); got != want {
		t.Errorf("says %s", got)
	}
}

func TestAnOfficerIsAskedBeforeADoubtfulAdvertIsPublished(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		r.work(t, cleaning(10, 1))
		v := employer.Vacancy{Title: "搬运工", Occupation: "搬运工", Openings: 2, PayLow: 350000, PayHigh: 400000, Area: "152921110", Closes: day(10, 31), Benefits: "包吃住，45岁以下"}
		id, err := r.Publish(ctx, unit, v, "a")
		if err != nil {
			t.Fatal(err)
		}
		state := func() (employer.Vacancy, Asked) {
			kept, err := r.Employers.Vacancy(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			a, err := r.store.askedOf(ctx, r.DB, id)
			if err != nil {
				t.Fatal(err)
			}
			return kept, a
		}
		kept, a := state()
		if kept.State != employer.Hidden || a.State != askWaiting || !strings.Contains(a.Text, "45岁以下") {
			t.Fatalf("%s %+v", kept.State, a)
		}
		wantFault(t, r.Close(ctx, unit, id, true, kept.Version, "b"), fault.Conflict, "shown again unchanged")
		wantFault(t, r.Apply(ctx, seeker(1), id, "", "c"), fault.Late, "applied for before it is shown")
		wantFault(t, r.Answered(ctx, afar, id, true, "确有需要", a.Version, "d"), fault.Denied, "another banner's officer")
		wantFault(t, r.Answered(ctx, officer, id, true, " ", a.Version, "e"), fault.Invalid, "without a reason")
		list, err := r.store.questions(ctx, "152921", askWaiting, 0, 10)
		if err != nil || len(list) != 1 {
			t.Fatalf("%+v %v", list, err)
		}
		if err := r.Answered(ctx, officer, id, false, "搬运与年龄无关", a.Version, "f"); err != nil {
			t.Fatal(err)
		}
		kept, a = state()
		wantFault(t, r.Close(ctx, unit, id, true, kept.Version, "g"), fault.Conflict, "returned, and shown unchanged")
		if _, err := r.Publish(ctx, unit, kept, "h"); err != nil { // sent in again as it is
			t.Fatal(err)
		}
		kept, a = state()
		if err := r.Answered(ctx, officer, id, true, "高处作业，核对过操作规程", a.Version, "i"); err != nil {
			t.Fatal(err)
		}
		kept, a = state()
		if kept.State != employer.Open || a.State != askPassed || strings.TrimSpace(a.Passed) != "45岁以下" {
			t.Fatalf("%s %+v", kept.State, a)
		}
		kept.Openings = 3 // what was let pass once is not asked again
		if _, err := r.Publish(ctx, unit, kept, "j"); err != nil {
			t.Fatal(err)
		}
		kept, _ = state()
		kept.Benefits = "包吃住，45岁以下，形象气质佳"
		if _, err := r.Publish(ctx, unit, kept, "k"); err != nil {
			t.Fatal(err)
		}
		kept, a = state()
		var words []askedWords
		if err := json.Unmarshal([]byte(a.Text), &words); err != nil || len(words) != 1 || words[0].Phrase != "形象气质佳" || kept.State != employer.Hidden {
			t.Fatalf("%+v %v", a, err)
		}
		kept.Benefits = "包吃住"
		if _, err := r.Publish(ctx, unit, kept, "l"); err != nil {
			t.Fatal(err)
		}
		if kept, a = state(); kept.State != employer.Open || a.State != askMended {
			t.Fatalf("%s %+v", kept.State, a)
		}
	})
}

func TestPayFarFromWhatIsUsualIsAskedAbout(t *testing.T) {
	inTown(t, func(t *testing.T, r town) {
		var others []employer.Vacancy
		for i := range int64(25) {
			v := cleaning(100+i, 1)
			v.PayLow, v.PayHigh = 250000+i*2000, 300000+i*2000
			others = append(others, v)
		}
		r.work(t, others...)
		v := employer.Vacancy{Title: "保洁员", Occupation: "保洁员", Openings: 1, PayLow: 300000, PayHigh: 3000000, Area: "152921110", Closes: day(10, 31)}
		id, err := r.Publish(ctx, unit, v, "a")
		if err != nil {
			t.Fatal(err)
		}
		a, err := r.store.askedOf(ctx, db.Querier(r.DB), id)
		if err != nil || a.State != askWaiting || !strings.Contains(a.Text, "相差过大") {
			t.Errorf("%+v %v", a, err)
		}
	})
}
