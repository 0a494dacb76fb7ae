package service

import (
	"fmt"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"
)

// busy is a database with somebody whom a unit still insures, somebody at work, and what the other pages show.
func busy(t *testing.T) *world {
	d := registertest.File(t, schemas...)
	w := newWorld(t, d)
	w.Tx(func(tx *db.Tx) error {
		return w.Employers.Save(ctx, tx, []employer.Employer{{ID: 5, CreditCode: "911529210000000001", Name: "阿拉善左旗安康家政服务有限责任公司", Kind: employer.Enterprise, Area: "152921"}})
	})
	w.lives(1, "孛儿只斤额尔德尼", "152923100001", "152921110001", person.Batch{Insurances: []person.Insurance{{PersonID: 1, Kind: person.Pension, EmployerID: 5, From: 202301}}})
	w.lives(2, "乌兰", "152921110001", "152921110001", person.Batch{Spells: []person.Spell{{PersonID: 2, Since: day("2025-01-01"), Kind: person.Unit, EmployerID: 5, Area: "152921"}}})
	for n := int64(3); n < 9; n++ {
		w.lives(n, "白音", "152921110001", "152921110001", person.Batch{Registrations: []person.Registration{{PersonID: n, Since: db.On(day("2024-10-01").AddDate(0, int(n), 0)), Reason: "其他", Occupation: "电焊工"}}})
	}
	if _, err := w.TakeIn(ctx, suriya, Archive{PersonID: 2, Number: "L2025-001", Shelf: "A 区 3 架 2 层", CameFrom: "内蒙古大学", CameOn: day("2025-09-01"), Items: "履历表\n学籍档案\n党团材料"}, key()); err != nil {
		t.Fatal(err)
	}
	story, err := w.Write(ctx, suriya, Story{Area: "152921", Sector: "craft", Title: "从深圳回到巴彦浩特做驼绒", Founder: "娜仁", Firm: "巴彦浩特娜仁驼绒坊", Jobs: 6,
		Body: "在深圳做了八年服装跟单，2022 年回来，用自家的驼绒试做围巾。\n第一年没有销路，第二年在旅游点摆摊，慢慢有了回头客。", Helped: "创业担保贷款 20 万元，贴息三年；旗里免费给了半年场地。"}, key())
	if err != nil {
		t.Fatal(err)
	}
	w.Tx(func(tx *db.Tx) error { _, err := decideStory(ctx, tx, story, Published, ""); return err })
	if _, err := w.Write(ctx, suriya, Story{Area: "152921", Sector: "tourism", Title: "牧家乐", Founder: "巴图"}, key()); err != nil {
		t.Fatal(err)
	}
	if err := w.Push(ctx, suriya, Unit{Code: "911529210000000001", Name: "x", Kind: employer.Enterprise}, Demand{Area: "152921", Project: "吉兰泰光伏基地二期", Department: "盟能源局", Occupation: "电焊工", People: 30, NeededOn: day("2025-11-01")}, key()); err != nil {
		t.Fatal(err)
	}
	return w
}

func TestTheWalkOfAnOfficerAtTheCounter(t *testing.T) {
	w := busy(t)
	site := w.site(suriya)
	for i, width := range []int{1440, 390} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			p := webtest.Open(t, site+"/service", width, 900)
			look := func(name string) {
				t.Helper()
				p.Axe()
				p.NoHorizontalScroll()
				p.Screenshot(fmt.Sprintf("service-%s-%d", name, width))
			}
			look("home")
			p.Fill("#f-number", "1529")
			p.Submit("#f-number")
			look("home-wrong")
			p.Fill("#f-number", numberOf(1))
			p.Submit("#f-number")
			look("person")
			if i == 0 {
				p.Goto(personAt(1) + "/act/" + Unemployed)
				look("act")
				p.Click("form.jy-card__body button")
				look("act-wrong")
				webtest.Eval[bool](p, `(document.querySelector("#f-reason").value = "终止或解除劳动合同", document.querySelector("[name=able][value=是]").checked = document.querySelector("[name=willing][value=是]").checked = true, document.querySelector("[name=sure]").checked = true)`)
				p.Fill("#f-occupation", "保安员")
				p.Click("form.jy-card__body button")
				if got := p.Text(".jy-flash"); got != "已办理失业登记" {
					t.Errorf("after registering the page says %q", got)
				}
				look("receipt")
			}
			p.Goto("/service/figures")
			look("figures")
			p.Goto("/service/archive")
			look("archives")
			p.Click("#rows a")
			look("archive")
			p.Click(".jy-head__acts a")
			look("letter")
			p.Goto(personAt(2) + "/archive")
			look("archive-new")
			p.Goto(personAt(2) + "/act/" + Left)
			look("act-left")
			p.Goto("/service/stories")
			look("stories")
			p.Click("#rows a")
			look("story")
			p.Goto("/service/stories/new")
			look("story-new")
			p.Goto("/service/demand")
			look("demand")
			p.Goto("/service/demand/new")
			look("demand-new")
		})
	}
	if g := w.facts(1).Registered(w.Clock.Today()); g == nil || g.Occupation != "保安员" {
		t.Errorf("in the register stands %+v", g)
	}
}
