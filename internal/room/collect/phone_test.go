package collect

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/registertest"
)

// plug is a server whose cable can be pulled, for all who use it: tabs and service workers.
type plug struct {
	*httptest.Server
	who          atomic.Pointer[web.User]
	pulled, deaf atomic.Bool   // deaf: a submission is carried out, and its answer is lost
	posts        chan struct{} // one for each submission that came in
}

func (w *world) plug(who web.User) *plug {
	w.t.Helper()
	p := &plug{posts: make(chan struct{}, 100)}
	p.who.Store(&who)
	site, _ := w.site(func() web.User { return *p.who.Load() })
	p.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if p.pulled.Load() {
			panic(http.ErrAbortHandler)
		}
		if r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/collect/api/") {
			defer func() { p.posts <- struct{}{} }()
			if p.deaf.Load() {
				site.ServeHTTP(httptest.NewRecorder(), r)
				panic(http.ErrAbortHandler)
			}
		}
		site.ServeHTTP(rw, r)
	}))
	p.Config.ErrorLog = nil
	w.t.Cleanup(p.Close)
	return p
}

func phoneWorld(t *testing.T) *world {
	d := registertest.File(t, schemas...)
	return newWorld(t, d)
}

// phone is a coordinator's tab on the page that works without a network.
type phone struct {
	*webtest.Page
	t    *testing.T
	plug *plug
}

func openPhone(t *testing.T, w *world, plug *plug) *phone {
	p := &phone{Page: webtest.Open(t, plug.URL+"/collect/phone", 390, 844), t: t, plug: plug}
	p.until(`document.querySelector("#collect").dataset.worker === "1"`)
	p.Click("form[data-form=take] button")
	p.until(`document.querySelector("[data-view]").innerText.includes("包娜仁")`)
	return p
}

// until waits until a script expression is true.
func (p *phone) until(expression string) {
	p.t.Helper()
	ok := webtest.Eval[bool](p.Page, fmt.Sprintf(`new Promise((yes) => { const end = Date.now() + 20000; const look = () => { let now = false; try { now = Boolean(%s); } catch {} now || Date.now() > end ? yes(now) : setTimeout(look, 30); }; look(); })`, expression))
	if !ok {
		p.t.Fatalf("never came true: %s\n%s", expression, p.Text("#main"))
	}
}

func (p *phone) network(on bool) {
	p.t.Helper()
	p.plug.pulled.Store(!on)
	p.Network(on)
	p.until(fmt.Sprintf("navigator.onLine === %v", on))
}

// reload loads the page anew, as after a killed browser.
func (p *phone) reload() {
	p.t.Helper()
	p.Goto("/collect/phone")
	p.until(`document.querySelector("#collect").dataset.ready === "1"`)
}

// box waits until so many items wait to be sent, and so many need somebody.
func (p *phone) box(waiting, stuck int) {
	p.t.Helper()
	p.until(fmt.Sprintf(`document.querySelector("#collect").dataset.waiting === "%d" && document.querySelector("#collect").dataset.stuck === "%d"`, waiting, stuck))
}

// goTo opens a part of the page.
func (p *phone) goTo(part string) {
	p.t.Helper()
	webtest.Eval[bool](p.Page, fmt.Sprintf(`(location.hash = %q, true)`, part))
}

// need fills in and keeps the form of a person.
func (p *phone) need(personID int, skill string) {
	p.t.Helper()
	p.goTo(fmt.Sprintf("p/%d", personID))
	p.until(`document.querySelector("form[data-form=need]")`)
	webtest.Eval[bool](p.Page, `(document.querySelector("[name=able][value=yes]").click(), true)`)
	p.Fill("[name=skill]", skill)
	webtest.Eval[bool](p.Page, `(document.querySelector("form[data-form=need] button").click(), true)`)
	p.until(`!document.querySelector("form[data-form=need]")`)
}

func TestThreeFormsFilledInWithoutANetworkArriveExactlyOnce(t *testing.T) {
	w := phoneWorld(t)
	plug := w.plug(wuyun)
	p := openPhone(t, w, plug)
	p.Screenshot("collect-phone-390")
	p.network(false)
	p.reload()
	if text := p.Text("#main"); !strings.Contains(text, "没有网络") || !strings.Contains(text, "包娜仁 家") {
		t.Fatalf("without a network the page says %s", text)
	}
	p.need(71, "会电焊")
	p.need(72, "会开车")
	p.goTo("new")
	p.until(`document.querySelector("form[data-form=new]")`)
	p.Fill("[name=name]", "孟和")
	p.Fill("[name=idnumber]", "152921199003070021")
	keepNew := `(document.querySelector("form[data-form=new] button").click(), true)`
	webtest.Eval[bool](p.Page, keepNew)
	p.until(`document.querySelector("[data-wrong]").textContent.includes("校验码不对")`)
	p.Fill("[name=idnumber]", mended("152921199003070021"))
	webtest.Eval[bool](p.Page, keepNew)
	p.box(3, 0)
	p.Screenshot("collect-phone-offline-390")
	p.reload()
	p.box(3, 0)
	if text := p.Text("[data-view]"); !strings.Contains(text, "2 人都已询问，最近 2025-09-24") {
		t.Errorf("who was asked on this phone is not shown: %s", text)
	}
	if n := len(w.needs(71)) + len(w.needs(72)); n != 0 {
		t.Fatalf("%d answers came without a network", n)
	}

	// The first time the answer of the server is lost on the way back.
	plug.deaf.Store(true)
	p.network(true)
	<-plug.posts
	p.box(3, 0)
	plug.deaf.Store(false)
	p.reload()
	p.box(0, 0)
	if a, b := w.needs(71), w.needs(72); len(a) != 1 || a[0].Skill != "会电焊" || len(b) != 1 || b[0].Skill != "会开车" || a[0].Asked.String() != "2025-09-24" {
		t.Errorf("arrived %+v %+v", a, b)
	}
	if people, err := w.store.newcomers(ctx, here, 0, 10); err != nil || len(people) != 1 || people[0].Name != "孟和" {
		t.Errorf("newcomers %+v, %v", people, err)
	}
	p.goTo("outbox")
	p.until(`document.querySelector("[data-view]").innerText.includes("已送达")`)
	p.Screenshot("collect-outbox-390")
	p.NoHorizontalScroll()
	p.Axe()
	p.Forgive()
}

func TestTheOutboxSurvivesTheEndOfTheSession(t *testing.T) {
	w := phoneWorld(t)
	plug := w.plug(wuyun)
	p := openPhone(t, w, plug)
	p.network(false)
	p.need(71, "会电焊")
	p.box(1, 0)
	plug.who.Store(&web.User{})
	p.network(true)
	p.until(`!document.querySelector("[data-state=signin]").hidden`)
	p.box(1, 0)
	p.reloadAway()
	// Somebody else who signs in on this phone neither sees nor sends it.
	plug.who.Store(&bayar)
	p.reload()
	p.box(0, 0)
	plug.who.Store(&wuyun)
	p.reload()
	p.box(0, 0)
	if list := w.needs(71); len(list) != 1 || list[0].ByName != "乌云" {
		t.Errorf("arrived %+v", list)
	}
	// Signing out wipes the village.
	p.Click("form[action='/signout'] button")
	p.until(`document.querySelector("#door")`)
	left := webtest.Eval[int](p.Page, `new Promise((yes) => { const r = indexedDB.open("jiuye-collect-11"); r.onsuccess = () => { const c = r.result.transaction("village").objectStore("village").count(); c.onsuccess = () => yes(c.result); }; })`)
	if left != 0 {
		t.Errorf("%d villages are left on the phone", left)
	}
	p.Forgive()
}

// reloadAway loads the page when nobody is signed in.
func (p *phone) reloadAway() {
	p.t.Helper()
	p.Goto("/collect/phone")
	p.until(`document.querySelector("#door")`)
}

func TestAConflictIsShownSideBySideAndADuplicateIsFlagged(t *testing.T) {
	w := phoneWorld(t)
	plug := w.plug(wuyun)
	p := openPhone(t, w, plug)
	p.network(false)
	p.need(71, "会电焊")
	p.need(81, "会做饭")
	p.goTo("new")
	p.until(`document.querySelector("form[data-form=new]")`)
	p.Fill("[name=name]", "孟和")
	p.Fill("[name=idnumber]", mended("152921199003070021"))
	webtest.Eval[bool](p.Page, `(document.querySelector("form[data-form=new] button").click(), true)`)
	p.box(3, 0)
	// Meanwhile a colleague has asked both, and met the same newcomer.
	w.send(bayar, need(1, 71, says("skill", "会开车")), need(2, 81, says("able", "no")), Item{Key: key(3), Kind: KindNew, Area: here, Answers: map[string]string{"name": "孟和", "idnumber": mended("152921199003070021")}})
	p.network(true)
	p.box(0, 2)
	p.goTo("outbox")
	p.until(`document.querySelectorAll("[data-view] .jy-compare").length === 2`)
	text := p.Text("[data-view]")
	for _, want := range []string{"有两份回答", "巴雅尔，2025-09-23", "会电焊", "会开车", "这个身份证号已由别的协管员报送过"} {
		if !strings.Contains(text, want) {
			t.Errorf("the outbox does not say %q: %s", want, text)
		}
	}
	p.NoHorizontalScroll()
	p.Axe()
	p.Screenshot("collect-conflict-390")
	webtest.Eval[bool](p.Page, `(document.querySelectorAll("[data-act=mine]")[0].click(), true)`)
	p.box(0, 1)
	webtest.Eval[bool](p.Page, `(document.querySelector("[data-act=theirs]:not([hidden] *)").click(), true)`)
	p.box(0, 0)
	if a, b := w.needs(71), w.needs(81); len(a) != 2 || a[0].Skill != "会电焊" || len(b) != 1 || *b[0].Able {
		t.Errorf("kept %+v %+v", a, b)
	}
	p.Forgive()
}

func TestWhatIsRefusedCanBeMendedOnThePhone(t *testing.T) {
	w := phoneWorld(t)
	plug := w.plug(wuyun)
	p := openPhone(t, w, plug)
	w.clock.Add(-48 * time.Hour) // the office's clock goes after: the day lies in the future there
	p.need(71, "会电焊")
	p.box(0, 1)
	p.goTo("outbox")
	p.until(`document.querySelector("[data-view]").innerText.includes("还没有到")`)
	webtest.Eval[bool](p.Page, `(document.querySelector("[data-act=edit]").click(), true)`)
	p.until(`document.querySelector("[name=skill]").value === "会电焊" && document.querySelector("[name=able][value=yes]").checked`)
	p.Fill("[name=asked]", "2025-09-22")
	webtest.Eval[bool](p.Page, `(document.querySelector("form[data-form=need] button").click(), true)`)
	p.box(0, 0)
	p.until(`document.querySelector("#collect")`)
	if list := w.needs(71); len(list) != 1 || list[0].Asked.String() != "2025-09-22" {
		t.Errorf("arrived %+v", list)
	}
	p.Forgive()
}
