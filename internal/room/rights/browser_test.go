package rights

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/person"
	"jiuye/internal/register/registertest"
)

// An officer asks for a correction and cannot approve it; a colleague does, and the file shows it; the person withdraws a
// consent on a phone.
func TestTheWalkOfACorrectionAndOfAWithdrawal(t *testing.T) {
	d := registertest.File(t, schemas...)
	w := newWorld(t, d)
	w.people(person.Person{ID: 73, Name: "孛儿只斤额尔德尼达来巴特尔图"}, person.Person{ID: 74, Name: "其木格"})
	w.died("2020-05-01", 73, 74)
	w.retain(Retained{Noticed: 2})
	w.Must(w.Say(ctx, naran, Consent{PersonID: 71, Purpose: Candidates, Allowed: true}, once()))
	officer, colleague, me := w.server(suriya), w.server(bater), w.server(naran)
	for i, width := range []int{1440, 390} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			p := webtest.Open(t, officer+"/rights", width, 900)
			look := func(name string) {
				t.Helper()
				p.Axe()
				p.NoHorizontalScroll()
				p.Screenshot(fmt.Sprintf("rights-%s-%d", name, width))
			}
			look("home")
			p.Goto(officer + "/rights/retention")
			look("retention")
			p.Goto(officer + "/rights/person/71")
			look("person")
			p.Goto(officer + "/rights/person/71/correct/phone")
			p.Click("form[action$='/correct/phone'] button")
			look("ask-wrong")
			phone := fmt.Sprintf("139000011%02d", 11+i)
			p.Fill("#f-value", phone)
			webtest.Eval[bool](p, `(document.querySelector("#f-why").value = "本人换号") !== ""`)
			p.Fill("#f-evidence", "本人到窗口说明，已核对身份证")
			p.Submit("#f-evidence")
			if got := p.Text(".jy-flash"); !strings.Contains(got, "已提交更正申请") {
				t.Errorf("after asking the page says %q", got)
			}
			p.Click("#requests a")
			if got := p.Text("main"); !strings.Contains(got, "谁提出谁不能审批") || p.Has("#f-yes") {
				t.Errorf("the requester may decide: %s", got)
			}
			look("own-request")
			at := strings.TrimPrefix(p.Location(), officer)
			p.Goto(colleague + "/approval")
			look("approval")
			p.Goto(colleague + at)
			look("decide")
			p.Click("#f-yes")
			p.Click("form[aria-labelledby='decision'] button")
			if got := p.Text(".jy-flash"); !strings.Contains(got, "已记下您的同意") {
				t.Errorf("after the decision the page says %q", got)
			}
			p.Goto(officer + "/rights/person/71")
			if got := p.Text("main"); !strings.Contains(got, "139****"+phone[7:]) || !strings.Contains(got, "已更正") {
				t.Errorf("the file does not show the correction: %s", got)
			}
		})
	}
	t.Run("on a phone", func(t *testing.T) {
		w.Clock.Add(time.Minute)
		p := webtest.Open(t, me+"/rights/me", 390, 844)
		p.Axe()
		p.Screenshot("rights-me-390")
		p.Click("form[action='/rights/me/consent']:has(input[value='candidates']) button")
		if got := p.Text(".jy-flash"); !strings.Contains(got, "立即生效") {
			t.Errorf("after the withdrawal the page says %q", got)
		}
		if m, err := w.Allowed(ctx, []int64{71}, Candidates); err != nil || m[71] {
			t.Errorf("it is still allowed: %v %v", m, err)
		}
		p.NoHorizontalScroll()
		p.Screenshot("rights-me-withdrawn-390")
		p.Goto(me + "/rights/me/correct/education")
		p.Axe()
		p.Screenshot("rights-me-correct-390")
	})
}
