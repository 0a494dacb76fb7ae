package intake

import (
	"fmt"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/assignment"
	"jiuye/internal/register/registertest"
)

func TestTheWalkOverTheDesk(t *testing.T) {
	d := registertest.File(t, append([]db.Schema{assignment.Schema}, schemas...)...)
	r := newRoom(t, d)
	r.Assignments = assignment.New(assignment.Deps{DB: d, Sealer: r.Sealer, Clock: r.Clock, IDs: r.IDs, Audit: r.Audit})
	r.handleTasks()
	rows := []string{}
	for i := 11; i <= 17; i++ {
		rows = append(rows, aid(i, villager(i), turned(somebody(i))))
	}
	village(t, r, append(rows, aid(11, "李包娜任", turned(somebody(11))), aid(22, villager(22), ""))...)
	linkUp(t, r)
	srv := r.site(t, "left")
	choose := func(p *webtest.Page, choice, reason string) {
		t.Helper()
		p.Click(`input[name="choice"][value="` + choice + `"]`)
		if reason != "" {
			p.Fill("#f-reason", reason)
		}
		p.Submit(`form[data-keys] button`)
	}
	for _, width := range []int{1440, 390} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			p := webtest.Open(t, srv.URL+"/intake/cluster", width, 900)
			look := func(name string) {
				t.Helper()
				p.Axe()
				p.NoHorizontalScroll()
				p.Screenshot(fmt.Sprintf("desk-%s-%d", name, width))
			}
			look("list")
			p.Click(".jy-head__acts .jy-btn")
			look("cluster")
			first := p.Location()
			p.Submit(`form[data-keys] button`) // nothing chosen
			look("wrong")
			choose(p, ChoiceSame, "电话核实是本人")
			if p.Location() == first {
				t.Error("the next cluster did not open")
			}
			look("next")
			p.Goto(first)
			look("decided")
			p.Click(`form[action$="/reopen"] button`)
			if !p.Has(`form[data-keys]`) {
				t.Error("it cannot be decided again after undoing")
			}
			choose(p, ChoiceOther, "重名，不是本人")
			p.Goto("/intake/cluster?state=done")
			look("done")
			second := p.Location()
			p.Goto("/intake/cluster")
			p.Click("#rows a")
			third := p.Location()
			p.Choose("#f-to", "152921102")
			choose(p, ChoiceSent, "请上门看户口簿")
			p.Goto(third)
			if second == third || !p.Has(".jy-card") {
				t.Error("the cluster that was sent down is gone")
			}
			look("sent")
			p.Goto("/intake/quality")
			look("quality")
		})
	}
	if n := r.number(t, `SELECT count(*) FROM intake_never`); n < 2 {
		t.Errorf("%d never-links", n)
	}
	if n := r.number(t, `SELECT count(*) FROM assignment_task WHERE kind = 'intake.cluster' AND to_area = '152921102'`); n != 2 {
		t.Errorf("%d tasks were given", n)
	}
}

func TestTheAnswerFromBelowComesBackToTheDesk(t *testing.T) {
	d := registertest.File(t, append([]db.Schema{assignment.Schema}, schemas...)...)
	r := newRoom(t, d)
	r.Assignments = assignment.New(assignment.Deps{DB: d, Sealer: r.Sealer, Clock: r.Clock, IDs: r.IDs, Audit: r.Audit})
	r.handleTasks()
	c := beginDesk(t, r)
	send := decision(c, ChoiceSent)
	send.SendTo, send.WorkDays = "152921", 5
	sent := r.mustDecide(t, league, send)
	if sent.State != ClusterSent || sent.TaskID == 0 {
		t.Fatalf("%+v", sent)
	}
	below := web.User{ID: left.ID, Name: "苏日娜", Role: officer, RoleName: "经办", Area: left.Area, AreaName: left.AreaName}
	it, err := r.Assignments.Get(ctx, below, sent.TaskID)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Assignments.Answer(ctx, below, it.ID, it.Version, "same", "看了户口簿", "once-0000000000000000"); err != nil {
		t.Fatal(err)
	}
	back := onDesk(t, r, ClusterOpen)
	if len(back) != 1 || back[0].ID != c.ID || back[0].Answer != "阿拉善左旗答复：“是同一人”。看了户口簿" || back[0].Benefit < answerBonus {
		t.Errorf("%+v", back)
	}
	r.mustDecide(t, league, decision(back[0], ChoiceSame))
}
