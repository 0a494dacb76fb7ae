package casework

import (
	"fmt"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/account"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"
)

// busy is a database with cases of every urgency, closed ones, and one person about whom much is known.
func busy(t *testing.T) (w *world, c Case) {
	d := registertest.File(t, schemas...)
	w = newWorld(t, d)
	w.Policies, w.Jobs, w.Reviews = neighbours{}, neighbours{}, neighbours{}
	names := []string{"赵建国", "阿迪力江·买买提", "乌云", "孛儿只斤额尔德尼达来巴特尔图", "王秀兰", "包文", "呼日勒", "白音"}
	towns := []string{"152921110001", "152921112001", "152921102001", "152921217001"}
	for i, on := range []string{"2025-09-03", "2025-09-09", "2025-09-10", "2025-09-10", "2025-09-12", "2025-09-15", "2025-09-19"} {
		w.Clock.Add(day(on).Sub(w.Clock.Today()))
		w.household(house{id: 10 + int64(i), area: towns[i%4]}, []string{names[i]}, relative{age: 50, registered: true})
		w.sweep()
	}
	w.learn(person.Batch{Spells: []person.Spell{{PersonID: 161, Kind: person.Post, Since: db.On(day("2025-09-20"))}},
		Insurances: []person.Insurance{{PersonID: 161, Kind: person.Pension, From: 202509}}})
	w.goOn("2025-09-24")
	w.household(house{id: 7}, []string{"娜仁托雅", "孛儿只斤额尔德尼达来巴特尔图", "呼和"}, couple...)
	w.learn(person.Batch{
		Groups: []person.Group{{PersonID: 71, Kind: person.Hard, Since: db.On(day("2025-06-12")), Detail: "登记失业满 12 个月"},
			{PersonID: 71, Kind: person.LowIncome, Since: db.On(day("2024-03-01")), Detail: "城市低保"}},
		Trainings: []person.Training{{PersonID: 71, Class: "A1", Since: db.On(day("2025-06-01")), Until: db.On(day("2025-07-03")), Hours: 80, Occupation: "家政服务员"}},
		Spells:    []person.Spell{{PersonID: 71, Kind: person.Unit, Since: db.On(day("2022-03-01")), Until: db.On(day("2024-04-30")), Occupation: "餐厅服务员"}},
	})
	w.sweep()
	c = w.cases(7)[0]
	if err := w.Record(ctx, suriya, "walk-000000000000001", Record{CaseID: c.ID, Kind: "visit", Note: "入户见到本人和丈夫，愿意做家政，需要照顾上学子女，只能白班", NextStep: "推荐“居家养老护理员”", NextOn: day("2025-09-26")}); err != nil {
		t.Fatal(err)
	}
	return w, w.cases(7)[0]
}

func TestTheWalkOfAnOfficerAndOfASeeker(t *testing.T) {
	w, c := busy(t)
	desk := w.site(suriya).at
	naran := w.site(web.User{ID: 21, Name: "娜仁托雅", Role: account.Seeker, RoleName: "求职者", PersonID: c.PersonID}).at
	for _, width := range []int{1440, 390} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			p := webtest.Open(t, desk+"/casework", width, 900)
			look := func(name string) {
				t.Helper()
				p.Axe()
				p.NoHorizontalScroll()
				p.Screenshot(fmt.Sprintf("casework-%s-%d", name, width))
			}
			look("desk")
			p.Goto("/casework/people")
			look("people")
			p.Fill("#f-q", "1529")
			p.Submit("#f-q")
			p.Fill("#f-q", "152921197909240")
			p.Submit("#f-q")
			look("people-wrong")
			p.Fill("#f-q", "娜仁")
			p.Submit("#f-q")
			look("people-found")
			p.Click("#rows a")
			look("person")
			p.Click(".jy-id .jy-btn")
			p.Click("form[action$='/steps'] button")
			look("case-wrong")
			p.Click("#f-kind")
			webtest.Eval[bool](p, `(document.querySelector("#f-note").value = "电话里约好后天面试") !== ""`)
			p.Click("form[action$='/steps'] button")
			if got := p.Text(".jy-flash"); got != "已记下这次帮扶" {
				t.Errorf("after recording the page says %q", got)
			}
			look("case")
			p.Goto(fmt.Sprintf(atFile, c.PersonID) + "/readers")
			look("readers")
			p.Goto(naran + "/casework/me")
			look("me")
		})
	}
}
