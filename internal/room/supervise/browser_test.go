package supervise

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/area"
	"jiuye/internal/register/registertest"
)

// rooms serves the room's pages to one user.
func (w *world) rooms(who web.User) string { return w.Serve(who, w.Web(), w.Approvals.Web()) }

func TestSupervisionInTheBrowser(t *testing.T) {
	w := newWorld(t, registertest.File(t, schemas...))
	w.to("2025-09-24")
	w.Must(w.SeedDemo(ctx, Cast{Officer: suriya, Other: bold, League: chief, Region: region}))
	n, late, err := w.Overdue(ctx, "152921")
	w.Must(err)
	if n == 0 {
		t.Fatal("the demonstration has nothing overdue")
	}
	open := late[0].DutyID
	chiefs, ours := w.rooms(chief), w.rooms(suriya)
	list, err := schemes(ctx, w.Room.DB, "1529")
	w.Must(err)
	met, err := meetings(ctx, w.Room.DB, "1529", newest, 1)
	w.Must(err)
	looked, err := inspections(ctx, w.Room.DB, "1529", newest, 1)
	w.Must(err)
	for _, width := range []int{1440, 390} {
		height := map[int]int{390: 844, 1440: 900}[width]
		look := func(p *webtest.Page, name string) {
			t.Helper()
			p.Axe()
			p.NoHorizontalScroll()
			p.Screenshot(fmt.Sprintf("supervise-%s-%d", name, width))
		}
		p := webtest.Open(t, chiefs+atHome, width, height)
		look(p, "board")
		for _, at := range []struct{ name, path string }{{"list", atDuties}, {"road", atRoad}, {"units", atUnits}, {"unit", unitAt(aUnit(w))}, {"split", atSplit}, {"new", atDuties + "/new"}, {"meetings", atMeetings}, {"meeting", meetingAt(met[0].ID)}, {"newmeeting", atMeetings + "/new"},
			{"inspections", atInspect}, {"inspection", inspectAt(looked[0].ID)}, {"newinspection", atInspect + "/new"}, {"ledger", atLedger}, {"appraisals", atAppraisal}, {"appraisal", schemeAt(list[0].ID)}, {"lines", schemeAt(list[0].ID) + "/area/152921"}} {
			if width == 390 && strings.HasPrefix(at.name, "new") { // one form is like another
				continue
			}
			p.Goto(at.path)
			look(p, at.name)
		}
	}
	for _, width := range []int{1440, 390} {
		p := webtest.Open(t, ours+dutyAt(open), width, 900)
		p.Click("#report summary")
		p.Fill("#f-report_note", "已派两组核查")
		p.Fill("#f-report_percent", "96")
		p.Submit("#report button[type=submit]")
		if text := p.Text("#main"); !strings.Contains(text, "已派两组核查") {
			t.Fatalf("after the report the page says %.600s", text)
		}
		p.Axe()
		p.NoHorizontalScroll()
		p.Screenshot(fmt.Sprintf("supervise-duty-%d", width))
	}
}

func aUnit(w *world) int64 {
	list, err := units(ctx, w.Room.DB, "152921")
	w.Must(err)
	return list[0].ID
}

func TestTheDemonstrationHasEveryState(t *testing.T) {
	w := newWorld(t, registertest.File(t, schemas...))
	w.to("2025-09-24")
	w.Must(w.SeedDemo(ctx, Cast{Officer: suriya, Other: bold, League: chief, Region: region}))
	w.Must(w.SeedDemo(ctx, Cast{Officer: suriya, Other: bold, League: chief, Region: region}))
	var sum Tally
	list, err := tallies(ctx, w.Room.DB, "1529", w.today())
	w.Must(err)
	for _, one := range list {
		sum.add(one)
	}
	if sum.Done == 0 || sum.Reported == 0 || sum.Late == 0 || sum.Pressed == 0 || sum.High == 0 {
		t.Errorf("the demonstration: %+v", sum)
	}
	got, err := schemes(ctx, w.Room.DB, "1529")
	w.Must(err)
	if len(got) != 1 || got[0].State != Final {
		t.Errorf("appraisals: %+v", got)
	}
	chiefs := w.Site(chief, w.Web(), w.Approvals.Web())
	for _, path := range []string{"/supervise/export?area=152921", schemeAt(got[0].ID) + "/export"} {
		if body := chiefs(path, nil, 200); !strings.HasPrefix(body, "PK") {
			t.Errorf("%s is no workbook", path)
		}
	}
	late, err := lateIn(ctx, w.Room.DB, "1529", w.today(), 1)
	w.Must(err)
	for _, path := range []string{atHome, atDuties, dutyAt(late[0].DutyID), atRoad, atUnits, atMeetings, atInspect, atLedger, atAppraisal, schemeAt(got[0].ID), schemeAt(got[0].ID) + "/area/152921"} {
		if body := chiefs(path, nil, 200); strings.Contains(body, ">supervise.") {
			t.Errorf("%s shows a word's key", path)
		}
	}
	others := w.Site(bold, w.Web())
	unit, err := unitByID(ctx, w.Room.DB, aUnit(w))
	w.Must(err)
	present, err := w.liaisons(ctx, w.Room.DB, unit.ID)
	w.Must(err)
	chiefs(unitAt(unit.ID), nil, 200, present[0].Phone) // who supervises rings up
	if body := chiefs(atUnits, nil, 200); strings.Contains(body, present[0].Phone) {
		t.Error("the list shows telephones in full")
	}
	others(unitAt(unit.ID), nil, 403)
	if body := others(schemeAt(got[0].ID), nil, 200, "并列"); strings.Contains(body, "/area/152921") || !strings.Contains(body, "/area/152923") {
		t.Error("a banner is led to the lines of another, or not to its own")
	}
	if body := chiefs(schemeAt(got[0].ID), nil, 200, "用现有数据核对"); strings.Contains(body, "用现有数据重算") {
		t.Error("the page computes everything again though nobody asked")
	}
	chiefs(schemeAt(got[0].ID)+"?verify=yes", nil, 200, "输入校验值相同")
	criteria, err := criteria(ctx, w.Room.DB, got[0].ID)
	w.Must(err)
	lines, err := scoresOf(ctx, w.Room.DB, got[0].ID)
	w.Must(err)
	book, err := workbook(&got[0], criteria, lines, nil)
	w.Must(err)
	for i, x := range totals(got[0].Areas(), criteria, lines, nil) {
		for row := 2; row < 2+len(got[0].Areas()); row++ {
			name, err := book.GetCellValue("总分", fmt.Sprintf("A%d", row))
			w.Must(err)
			if name != area.Name(x.Area) {
				continue
			}
			text, err := book.CalcCellValue("总分", fmt.Sprintf("F%d", row))
			w.Must(err)
			if v, err := strconv.ParseFloat(text, 64); err != nil || math.Abs(v-points(x.Points)) > 0.011 {
				t.Errorf("%d: the workbook gives %s %s, the page %s (%v)", i, name, text, hundredths(x.Points), err)
			}
		}
	}
	others(schemeAt(got[0].ID)+"/area/152921", nil, 403)
	others(schemeAt(got[0].ID)+"/area/152923", nil, 200, "min(")
}
