package relief

import (
	"fmt"
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/registertest"
)

func TestAPersonShowsACheckAndAUnitSeesIt(t *testing.T) {
	w := newWorld(t, registertest.File(t, append([]db.Schema{}, schemas...)...))
	w.project()
	w.Must(w.Designate(ctx, suriya, Hospital{Area: "152921", Name: "阿拉善盟中心医院", Phone: "0483-8330000", From: on(2025, 1, 1), Until: on(2025, 12, 31)}, "", w.Once()))
	list, err := hospitals(ctx, w.DB, "1529", 10)
	w.Must(err)
	w.Must(w.Record(ctx, suriya, Result{HospitalID: list[0].ID, Number: id15(1), Class: "food", On: on(2025, 9, 20), Fit: true, Months: 12}, w.Once()))
	at := map[string]string{"officer": w.World.Serve(suriya, w.Web()), "person": w.World.Serve(someone(1), w.Web()), "unit": w.World.Serve(shop, w.Web())}
	look := func(p *webtest.Page, name string, width int) {
		p.Axe()
		p.NoHorizontalScroll()
		p.Screenshot(fmt.Sprintf("relief-%s-%d", name, width))
	}
	for _, width := range []int{390, 1440} {
		p := webtest.Open(t, at["person"]+atMine, width, 844)
		p.Click(`form[action$="/show"] button`)
		look(p, "mine", width)
		code := p.Text("[data-code]")
		p.Goto(at["unit"] + atVerify)
		p.Fill("#f-verify_code", code)
		p.Click("#verify button[type=submit]")
		if text := p.Text("#main"); !strings.Contains(text, "有效") || !strings.Contains(text, "巴＊＊") {
			t.Fatalf("the unit reads %s", text)
		}
		look(p, "verify", width)
		for name, path := range map[string]string{"list": atHome, "hospitals": atHospitals, "check": atChecks, "new": atHome + "/new"} {
			p.Goto(at["officer"] + path)
			look(p, name, width)
		}
	}
}
