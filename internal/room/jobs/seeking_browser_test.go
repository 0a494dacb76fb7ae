package jobs

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/db/dbtest"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/message"
)

// until waits until a script expression is true.
func until(t *testing.T, p *webtest.Page, expression string) {
	t.Helper()
	ok := webtest.Eval[bool](p, fmt.Sprintf(`new Promise((yes) => { const end = Date.now() + 20000; const look = () => { let now = false; try { now = Boolean(%s); } catch {} now || Date.now() > end ? yes(now) : setTimeout(look, 30); }; look(); })`, expression))
	if !ok {
		t.Fatalf("never came true: %s\n%s", expression, p.Text("#main"))
	}
}

// talkingSite is a town with a message centre behind a web server; pages are the same on both databases.
func talkingSite(t *testing.T, body func(t *testing.T, s site)) {
	dbtest.Run(t, append([]db.Schema{message.Schema}, schemas...), func(t *testing.T, d *db.DB) {
		if d.Kind() != db.SQLite {
			return
		}
		r := newTown(t, d)
		r.Consents = everybody{}
		r.Messages = message.New(message.Deps{DB: d, People: r.People, Sealer: r.People.Sealer, Clock: r.clock, IDs: r.IDs, Consents: everybody{}})
		must(t, r.HandleMessages())
		r.people(t, 1, 12, "保洁", bayan)
		care := employer.Vacancy{EmployerID: 51, ID: 11, Title: "居家养老护理员", Occupation: "养老护理员", Openings: 4, PayLow: 320000, PayHigh: 400000, Education: 60, Area: bayan, Contract: 24, Benefits: "缴五险，包午餐，周末双休", Hours: "full"}
		cook := employer.Vacancy{EmployerID: 52, ID: 12, Title: "学校食堂厨师", Occupation: "厨师", Openings: 2, PayLow: 450000, PayHigh: 520000, Area: ejin, Contract: 12, Benefits: "包吃住", Hours: "shift", Friendly: "rural"}
		r.work(t, cleaning(10, 2), rivalUnit, care, cook)
		body(t, r.serve(t))
	})
}

func TestASeekerOnAPhoneIsInterviewedAndHired(t *testing.T) {
	talkingSite(t, func(t *testing.T, s site) {
		p := s.as(t, "s1", "/jobs", 390)
		p.Fill("#f-q", "巴彦浩特镇保洁 3000以上")
		p.Submit("#f-q")
		if text := p.Text("#main"); !strings.Contains(text, "按地点") || !strings.Contains(text, "3000 元以上") {
			t.Errorf("the page does not say how it understood: %s", text)
		}
		s.look(t, p, "search-390")
		p.Click(`form[data-apply="20"] button`) // the hotel, with one tap
		p.Goto("/jobs/vacancy/10")
		p.Click(".jy-actbar button[form=apply]")

		u := s.as(t, "unit", "/jobs/employer/vacancy/10/candidates", 1440)
		u.Fill("#f-day", "2025-09-26")
		u.Fill("#f-time", "09:00")
		u.Fill("#f-place", "土尔扈特路 5 号二楼")
		u.Click(`form[action$="/slots"] button`)
		u.Click(`button[value="interview"]`)
		s.look(t, u, "slots-1440")

		p.Goto("/jobs/vacancy/10")
		s.look(t, p, "invited-390")
		p.Click(`form[action$="/book"] button`)
		if text := p.Text("#main"); !strings.Contains(text, "面试 9月26日 09:00，土尔扈特路 5 号二楼") {
			t.Errorf("the booked page says %s", text)
		}
		u.Goto("/jobs/employer/vacancy/10/candidates")
		u.Click(`button[value="offered"]`)
		p.Goto("/jobs/mine")
		s.look(t, p, "offered-390")
		p.Goto("/jobs/vacancy/10")
		p.Click(`form[action$="/accept"] button`)
		p.Goto("/jobs/mine")
		text := p.Text("#main")
		if !strings.Contains(text, "已录用") || !strings.Contains(text, "原因：已在别处录用") {
			t.Errorf("the seeker reads %s", text)
		}
		u = s.as(t, "rival", "/jobs/employer/vacancy/20/candidates", 1440)
		if text := u.Text("#main"); !strings.Contains(text, "还没有人应聘") {
			t.Errorf("the other employer still sees %s", text)
		}
	})
}

func TestSearchListsAndProfileOnWideAndNarrowScreens(t *testing.T) {
	talkingSite(t, func(t *testing.T, s site) {
		for _, width := range []int{390, 1440} {
			suffix := map[int]string{390: "-390", 1440: "-1440"}[width]
			p := s.as(t, "s1", "/jobs?pay=3000", width)
			s.look(t, p, "facets"+suffix)
			p.Click(`form[action="/jobs/saved"] button`)
			if width == 390 {
				s.look(t, p, "saved"+suffix)
				p.Click(`button[value="drop"]`)
			} else {
				s.look(t, p, "saved"+suffix)
			}
			p.Goto("/jobs/me")
			s.look(t, p, "me"+suffix)
			p.Goto("/jobs?flag=weekends&pay=9000")
			s.look(t, p, "relax"+suffix)
			p = s.as(t, "officer", "/jobs/lists", width)
			s.look(t, p, "lists"+suffix)
			p.Goto("/jobs/lists?list=people")
			s.look(t, p, "without"+suffix)
		}
	})
}

func TestAnApplicationMadeWithoutASignalArrivesOnce(t *testing.T) {
	talkingSite(t, func(t *testing.T, s site) {
		var pulled atomic.Bool // the cable, for tabs and service workers
		handler := s.Config.Handler
		plug := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			if pulled.Load() {
				panic(http.ErrAbortHandler)
			}
			handler.ServeHTTP(w, q)
		}))
		defer plug.Close()
		s.Server = plug
		p := s.as(t, "s1", "/jobs", 390)
		until(t, p, `document.querySelector("#jobs-app").dataset.worker === "1"`)
		pulled.Store(true)
		p.Network(false)
		until(t, p, "navigator.onLine === false")
		p.Goto("/jobs/vacancy/11")
		until(t, p, `document.querySelector("#jobs-phone [data-queue='11']")`)
		p.Forgive()
		s.look(t, p, "nosignal-390")
		p.Click(`[data-queue="11"]`)
		until(t, p, `document.querySelector("#jobs-phone [data-state=box]").textContent.includes("1 份")`)
		if a := s.state(t, 1, 11); a.State != "" {
			t.Errorf("without a signal the application is %s", a.State)
		}
		pulled.Store(false)
		p.Network(true)
		until(t, p, `document.querySelector("#jobs-phone [data-state=box]").textContent.includes("没有等待")`)
		if a := s.state(t, 1, 11); a.State != Sent || a.Version != 1 {
			t.Errorf("with a signal the application is %s, version %d", a.State, a.Version)
		}
		p.Forgive()
	})
}
