package outwork

import (
	"fmt"
	"strings"
	"testing"

	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/registertest"
)

func TestAGroupIsFoundAndGoesInTheBrowser(t *testing.T) {
	for _, width := range []int{390, 1440} {
		w := newWorld(t, registertest.File(t, schemas...))
		height := map[int]int{390: 844, 1440: 900}[width]
		id := w.demand(suriya, "152921", 10)
		look := func(p *webtest.Page, name string) {
			p.Axe()
			p.NoHorizontalScroll()
			p.Screenshot(fmt.Sprintf("outwork-%s-%d", name, width))
		}
		open := func(who web.User) *webtest.Page {
			return webtest.Open(t, w.Serve(who, w.Room.Web(), w.Assignments.Web()), width, height)
		}
		says := func(p *webtest.Page, text string) {
			t.Helper()
			if all := p.Text("#main"); !strings.Contains(all, text) {
				t.Fatalf("%s does not say %q but %s", p.Location(), text, all)
			}
		}
		p := open(suriya)
		p.Goto(deskBatchAt(id) + "/people")
		look(p, "find")
		p.Click("label[for=w1]")
		p.Click("label[for=w2]")
		p.Submit(`form[action$="/people"] button`)
		says(p, "待本人确认")
		p = open(seeker(1))
		p.Goto(atMine)
		look(p, "mine")
		p.Submit(`form[action$="/confirm"] button`)
		says(p, "本人已确认")
		p = open(seeker(3))
		p.Goto(atHome)
		look(p, "home")
		p.Click("tbody a")
		look(p, "batch")
		p.Submit("#join button")
		says(p, "本人已确认")
		p = open(suriya)
		p.Goto(deskBatchAt(id))
		p.Click("#trip summary")
		for field, text := range map[string]string{"day": "2025-09-28", "vehicle": "大巴", "leader": "巴特尔", "leaderPhone": "13800001111", "pickups": "客运站"} {
			p.Fill("#f-trip_"+field, text)
		}
		p.Submit("#trip button[type=submit]")
		says(p, "巴特尔")
		p.Click("label[for=w1]")
		p.Click("label[for=w3]")
		p.Click("#move summary")
		p.Choose("#f-move_act", "book")
		trips, err := w.trips(ctx, w.Room.DB, id)
		w.Must(err)
		p.Choose("#f-move_trip", number(trips[0].ID))
		p.Fill("#f-move_pickup", "客运站")
		p.Submit("#move button[type=submit]")
		says(p, "已安排出行")
		says(p, "连续 6 个月")
		look(p, "group")
		for name, path := range map[string]string{"desk": atDesk, "trip": tripAt(id, trips[0].ID), "agreements": atAgreements, "newagreement": atAgreements + "/new", "newbatch": atDesk + "/batch/new", "brokers": atBrokers, "stable": atStable,
			"away": atAway, "centers": atCenters, "requests": atRequests, "brands": atBrands, "newbrand": atBrands + "/new", "showbrands": atShow} {
			p.Goto(path)
			look(p, name)
		}
		p = open(xie)
		p.Goto(atAway + "/new")
		look(p, "newaway")
		p.Fill("#f-away_who", "乌云其木格3")
		p.Choose("#f-away_where", "out")
		p.Fill("#f-away_awayPlace", "银川市")
		p.Fill("#f-away_work", "保洁")
		p.Fill("#f-away_since", "2025-09-01")
		p.Click(`input[name=away_contact][value=phone]`)
		p.Submit(`form[action$="/away/new"] button`)
		says(p, "银川市")
		look(p, "village")
	}
}
