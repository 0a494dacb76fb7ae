package collect

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"jiuye/internal/ground/web/webtest"
)

func TestEveryTextStandsInBothLanguages(t *testing.T) {
	webtest.Words(t, New(Deps{}).Web())
}

func TestTheOfficeSeesHowFarTheAskingIs(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.send(wuyun, need(1, 71, says("able", "yes")))
		a := w.ask(chief, "/collect/progress?area=152921112", nil)
		a.says(t, 200, "吉兰泰镇入户采集进度", "应询问 4 人，近 30 天已询问 1 人，还有 3 人", "乌兰布和社区", "33.33%")
		webtest.Markup(t, "progress", a.text)
		w.ask(chief, "/collect/progress", nil).says(t, 200, "阿拉善左旗", "25%")
		w.ask(chief, "/collect/progress?area=1501", nil).says(t, 403, "权限范围")
		w.ask(chief, "/collect/progress?area=99", nil).says(t, 404, "没有区划代码 99")
		if a := w.ask(wuyun, "/collect", nil); a.to != "/collect/village/"+here {
			t.Errorf("a coordinator's home is %q", a.to)
		}
		if a := w.ask(chief, "/collect", nil); a.to != "/collect/progress?area=1529" {
			t.Errorf("a manager's home is %q", a.to)
		}
	})
}

func TestACoordinatorGoesFromTheVillageToAPersonAndBack(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		a := w.ask(wuyun, "/collect/village/"+here, nil)
		a.says(t, 200, "应询问\u00a03\u00a0人，近\u00a030\u00a0天已询问\u00a00\u00a0人；2\u00a0户中已问完\u00a00\u00a0户", "从未询问", "包娜仁 家", "3 人，应询问 2 人")
		w.ask(suriya, "/collect/village/"+here, nil).says(t, 200, "包＊＊ 家") // the banner's officer opens a household first
		webtest.Markup(t, "village", a.text)
		w.ask(other, "/collect/village/"+here, nil).says(t, 403, "权限范围")
		w.ask(wuyun, "/collect/village/"+nextDoor, nil).says(t, 403, "权限范围")
		w.ask(wuyun, "/collect/village/152921", nil).says(t, 404)

		a = w.ask(wuyun, "/collect/household/7", nil)
		a.says(t, 200, "包娜仁 家", "白音", "不在询问范围", "走访记录", "1529")
		webtest.Markup(t, "household", a.text)
		w.ask(wuyun, "/collect/household/7", url.Values{"_once": {key(1)}, "visited": {"2025-09-24"}, "headcount": {"2"}, "visit_note": {"见到户主"}}).says(t, 303)
		w.ask(wuyun, "/collect/household/7", nil).says(t, 200, "在家 2 人。见到户主", "乌云")
		w.ask(wuyun, "/collect/household/7", url.Values{"_once": {key(2)}, "visited": {"2025-09-24"}}).says(t, 422, "请填现在住几人或走访情况")

		a = w.ask(wuyun, "/collect/person/71", nil)
		a.says(t, 200, "包娜仁", "就业能力", "138****5678", "2025-09-24")
		webtest.Markup(t, "person", a.text)
		w.ask(wuyun, "/collect/person/71", url.Values{"_once": {key(3)}, "asked": {"2025-09-24"}, "able": {"yes"}, "pay": {"四千"}}).says(t, 422, "您填了“四千”", `value="yes" checked`)
		w.ask(wuyun, "/collect/person/71", url.Values{"_once": {key(3)}, "asked": {"2025-09-24"}, "able": {"yes"}, "pay": {"4000"}}).says(t, 303)
		w.ask(wuyun, "/collect/person/71", url.Values{"_once": {key(3)}, "asked": {"2025-09-24"}, "able": {"yes"}, "pay": {"4000"}}).says(t, 303)
		w.ask(wuyun, "/collect/person/71", nil).says(t, 200, "2025-09-24 由乌云询问", "4000 元")
		w.ask(chief, "/collect/person/71", nil).says(t, 403)
		w.ask(wuyun, "/collect/village/"+here, nil).says(t, 200, "还有 1 人（共 2 人），最近 2025-09-24")
		if n := len(w.needs(71)); n != 1 {
			t.Errorf("%d answers", n)
		}
	})
}

func TestWithoutScriptAConflictIsShownOnThePage(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.send(bayar, need(1, 71, says("able", "no")))
		form := url.Values{"_once": {key(2)}, "asked": {"2025-09-24"}, "able": {"yes"}, "seen": {""}}
		a := w.ask(wuyun, "/collect/person/71", form)
		a.says(t, 422, "巴雅尔 在 2025-09-23 已登记了另一份回答", "两份回答不一致", "以我的为准", `name="over" value="`+key(1)+`"`)
		webtest.Markup(t, "conflict", a.text)
		form.Set("over", key(1))
		form.Set("_once", key(3))
		w.ask(wuyun, "/collect/person/71", form).says(t, 303)
		if list := w.needs(71); len(list) != 2 || !*list[0].Able {
			t.Errorf("kept %+v", list)
		}
	})
}

func TestSomebodyNewIsReportedAndCheckedAtTheDesk(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		at := "/collect/village/" + here + "/new"
		a := w.ask(wuyun, at, nil)
		a.says(t, 200, "新增人员", "没有带证件可先填电话")
		webtest.Markup(t, "new", a.text)
		w.ask(wuyun, at, url.Values{"_once": {key(1)}, "met": {"2025-09-24"}, "name": {"孟和"}, "idnumber": {"15292119900307"}}).says(t, 422, "证件号应为 18 位")
		w.ask(wuyun, at, url.Values{"_once": {key(2)}, "met": {"2025-09-24"}, "name": {"王芳"}, "tel": {"13900001111"}}).says(t, 303)
		w.send(wuyun, need(3, 71, map[string]string{"phone": "13947380000"}))

		a = w.ask(suriya, "/collect/desk", nil)
		a.says(t, 200, "本页有线索 1 条、新增人员 1 人待核实", "包＊＊", "139****0000", "王＊", "本村名册里有同名的人", "属实")
		webtest.Markup(t, "desk", a.text)
		w.ask(wuyun, "/collect/desk", nil).says(t, 200, "由其他经办人员核实")
		hints, err := w.store.hints(ctx, here, 0, 2)
		if err != nil || len(hints) != 1 {
			t.Fatal(hints, err)
		}
		act := fmt.Sprintf("/collect/desk/hint/71/%d", hints[0].ID)
		w.ask(wuyun, act, url.Values{"_once": {key(4)}, "choice": {"right"}, "reason": {"x"}, "_version": {"1"}}).says(t, 403, "须由其他经办人员核实")
		w.ask(suriya, act, url.Values{"_once": {key(5)}, "choice": {"right"}, "_version": {"1"}}).says(t, 303)
		w.ask(suriya, act, url.Values{"_once": {key(6)}, "choice": {"right"}, "reason": {"电话打通"}, "_version": {"1"}}).says(t, 303)
		w.ask(suriya, act, url.Values{"_once": {key(7)}, "choice": {"wrong"}, "reason": {"再来"}, "_version": {"1"}}).says(t, 409, "刚刚由别人核实过")
		people, err := w.store.newcomers(ctx, here, 0, 2)
		if err != nil || len(people) != 1 {
			t.Fatal(people, err)
		}
		w.ask(suriya, fmt.Sprintf("/collect/desk/newcomer/%d", people[0].ID), url.Values{"_once": {key(8)}, "choice": {"same"}, "reason": {"就是王芳"}, "_version": {"1"}}).says(t, 303)
		w.ask(suriya, "/collect/desk", nil).says(t, 200, "没有待核实的线索", "没有待核实的新增人员")
	})
}

func TestAPhoneGetsWhatTheFormsNeedAndNoMore(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		a := w.ask(wuyun, "/collect/api/village/"+here, nil)
		a.says(t, 200, `"village":"`+here+`"`, `"name":"包娜仁"`, `"wanted":true`, `"number":"1529**********`)
		p, err := w.People.Get(ctx, 71)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{p.IDNumber, p.IDNumber[6:14], p.Phone} {
			if strings.Contains(a.text, secret) {
				t.Errorf("the download tells %s", secret)
			}
		}
		w.ask(wuyun, "/collect/api/village/"+nextDoor, nil).says(t, 403)
		w.ask(chief, "/collect/api/village/"+here, nil).says(t, 403)
		a = w.ask(wuyun, "/collect/phone", nil)
		a.says(t, 200, "没有信号也能填", `data-user="11"`)
		webtest.Markup(t, "phone", a.text)
		if strings.Contains(a.text, "包娜仁") {
			t.Error("the shell holds somebody's name")
		}
		w.ask(wuyun, "/collect/sw.js", nil).says(t, 200, "importScripts(")
	})
}
