package market

import (
	"strings"
	"testing"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/webtest"
	"jiuye/internal/register/approval"
)

func TestEveryWordIsThereInBothLanguages(t *testing.T) { webtest.Words(t, (&Room{}).Web()) }

func TestAComplaintGoesItsWay(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		once := key()
		code, err := w.File(ctx, guest, Reported{About: AboutVacancy, AboutID: 9, Kind: "false", Text: "广告四千，实发两千六", Contact: "13847300000"}, once)
		w.ok(err)
		_, err = w.File(ctx, guest, Reported{About: AboutVacancy, AboutID: 9, Kind: "false", Text: "广告四千"}, once)
		w.refused(err, fault.Repeat, "a double click")
		c := w.of(code)
		if c.State != Received || c.EmployerID != 6 || c.Area != "152921" || c.Due != on(2025, 9, 30) || c.Text == "" {
			t.Fatalf("%+v", c)
		}
		row, err := db.Value[string](ctx, w.DB, `SELECT said FROM market_complaint WHERE complaint_id = $1`, c.ID)
		if err != nil || strings.Contains(row, "1384730") {
			t.Errorf("the contact is stored in plain: %v", err)
		}
		w.refused(w.Handle(ctx, bold, c.ID, Do{Act: "accept", Text: "受理"}, 0, key()), fault.Denied, "another banner")
		w.refused(w.Handle(ctx, suriya, c.ID, Do{Act: "close", Text: "x", Outcome: "unfounded"}, 0, key()), fault.Conflict, "closed before it was accepted")
		w.ok(w.Handle(ctx, suriya, c.ID, Do{Act: "accept", Text: "属于本旗管辖"}, 0, key()))
		w.refused(w.Handle(ctx, suriya, c.ID, Do{Act: "off", Text: "先行下架"}, 0, key()), fault.Conflict, "a stale page")
		w.ok(w.Handle(ctx, suriya, c.ID, Do{Act: "off", Text: "先行下架"}, 1, key()))
		if !w.board[9] {
			t.Error("the advert still stands")
		}
		w.refused(w.Handle(ctx, suriya, c.ID, Do{Act: "interview", Days: 5}, 2, key()), fault.Invalid, "an empty record")
		w.ok(w.Handle(ctx, suriya, c.ID, Do{Act: "interview", Days: 6, Text: "工资如实写", Interview: Interview{On: on(2025, 9, 23), Departments: "人社局、市场监管局", Attended: "店长", Points: "工资如实写", Promise: "三日内改正"}}, 2, key()))
		if c = w.of(code); c.State != Correcting || c.Due != on(2025, 10, 9) { // the autumn holidays lie between
			t.Errorf("%+v", c)
		}
		w.refused(w.Corrected(ctx, web.User{ID: 21, Role: "employer", EmployerID: 7}, c.ID, "x", key()), fault.NotFound, "another unit")
		w.ok(w.Corrected(ctx, shop, c.ID, "工资已改为 2600～3000 元", key()))
		w.ok(w.Handle(ctx, suriya, c.ID, Do{Act: "close", Text: "已改正", Outcome: "corrected"}, 3, key()))
		if c = w.of(code); c.State != Closed || w.board[9] || c.Off {
			t.Errorf("%+v, advert off: %v", c, w.board[9])
		}
		steps, err := w.steps(ctx, c.ID)
		if err != nil || len(steps) != 5 || steps[1].What != "said" {
			t.Errorf("%+v %v", steps, err)
		}
		w.ok(w.DB.Tx(ctx, func(tx *db.Tx) error { return w.Forget(ctx, tx, []int64{77}) }))
	})
}

func TestALeagueHandsAComplaintDown(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		code, err := w.File(ctx, guest, Reported{About: AboutEmployer, Kind: "unlawful", Name: "某门市", Area: "152921", Text: "只要女的"}, key())
		w.ok(err)
		c := w.of(code)
		w.refused(w.Handle(ctx, suriya, c.ID, Do{Act: "hand", Text: "请办理", Days: 5}, 0, key()), fault.Denied, "a banner hands to itself")
		w.ok(w.Handle(ctx, chief, c.ID, Do{Act: "hand", Text: "请办理", Days: 5}, 0, key()))
		if n, err := w.Assignments.WaitingFor(ctx, suriya); err != nil || n != 1 {
			t.Errorf("%d tasks, %v", n, err)
		}
		_, err = w.File(ctx, guest, Reported{About: AboutEmployer, Kind: "unlawful", Text: "没有名称"}, key())
		w.refused(err, fault.Invalid, "nobody named")
	})
}

func TestARatingHasReasons(t *testing.T) {
	day := on(2025, 9, 24)
	good := Agency{Licence: "x", From: on(2023, 1, 1), Until: on(2026, 12, 31)}
	fee := Event{Code: "fee", Points: -20, On: on(2025, 5, 1), Until: on(2027, 5, 1)}
	old := Event{Code: "lend", Points: -40, On: on(2020, 1, 1), Until: on(2023, 1, 1)}
	model := Event{Code: "standard", Points: 5, On: on(2025, 1, 1), Until: on(2027, 1, 1)}
	listed, over := good, good
	listed.Listed, over.Until = on(2025, 9, 1), on(2025, 8, 31)
	for name, c := range map[string]struct {
		a        Agency
		events   []Event
		reported bool
		grade    string
	}{
		"nothing known":      {good, nil, true, "B"},
		"a model":            {good, []Event{model}, true, "A"},
		"took fees":          {good, []Event{fee}, true, "C"},
		"long ago":           {good, []Event{old}, true, "B"},
		"did not report":     {good, []Event{model}, false, "C"},
		"licence ran out":    {over, []Event{model}, true, "D"},
		"on the list":        {listed, nil, true, "D"},
		"took fees, twice":   {good, []Event{fee, fee}, true, "D"},
		"its first year now": {Agency{Licence: "x", From: on(2025, 2, 1), Until: on(2028, 1, 31)}, nil, false, "B"},
	} {
		if r := Rate(&c.a, c.events, c.reported, day); r.Grade != c.grade || len(r.Reasons) == 0 {
			t.Errorf("%s: %+v, want %s", name, r, c.grade)
		}
	}
}

func TestTwoPeopleListAnAgency(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id := w.agency(1)
		w.refused(func() error {
			_, err := w.AddAgency(ctx, bold, Agency{Area: "152921"}, key())
			return err
		}(), fault.Denied, "another banner's")
		w.ok(w.AddEvent(ctx, suriya, Event{AgencyID: id, Code: "false", On: on(2025, 6, 1), Text: "虚假岗位", Source: "左人社监〔2025〕10 号"}, 0, key()))
		w.ok(w.AddAnnual(ctx, suriya, Annual{AgencyID: id, Year: 2024, Output: 1_000_000_00}, 1, key()))
		if r := w.rating(id); r.Points != 70 || r.Grade != "C" {
			t.Errorf("%+v", r)
		}
		w.ok(w.AskListing(ctx, suriya, id, "多次发布虚假招聘信息", key()))
		list, err := w.Approvals.List(ctx, approval.Filter{Area: "15", States: []approval.State{approval.Waiting}}, 0, 10)
		if err != nil || len(list) != 1 {
			t.Fatalf("%v %v", list, err)
		}
		w.refused(w.Approvals.Decide(ctx, suriya, list[0].ID, list[0].Version, true, "", key()), fault.Denied, "who asked decides")
		w.ok(w.Approvals.Decide(ctx, mergen, list[0].ID, list[0].Version, true, "", key()))
		if r := w.rating(id); r.Grade != "D" {
			t.Errorf("%+v", r)
		}
		_, err = w.Buy(ctx, suriya, Purchase{AgencyID: id, Area: "152921", Title: "x", Number: "1", Item: "fair", Amount: 100, From: on(2025, 1, 1), Until: on(2025, 12, 31)}, key())
		w.refused(err, fault.Conflict, "bought from a listed agency")
	})
}

func TestWhatIsDeliveredIsAcceptedBySomebodyElse(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		p, err := w.Buy(ctx, suriya, Purchase{AgencyID: w.agency(2), Area: "152921", Title: "岗位归集", Number: "1", Item: "vacancies", Amount: 10_000_00, From: on(2025, 1, 1), Until: on(2025, 12, 31)}, key())
		w.ok(err)
		w.ok(w.Promise(ctx, suriya, Deliverable{PurchaseID: p, What: "归集岗位", Quantity: 100, Unit: "个", Due: on(2025, 10, 1), Amount: 6_000_00}, 0, key()))
		w.refused(w.Promise(ctx, suriya, Deliverable{PurchaseID: p, What: "招聘会", Quantity: 1, Unit: "场", Due: on(2025, 10, 1), Amount: 5_000_00}, 1, key()), fault.Invalid, "more than the contract")
		all, err := deliverables(ctx, w.DB, []Purchase{{ID: p}})
		w.ok(err)
		d := all[p][0].ID
		proof := &Proof{Content: []byte("%PDF-1.4"), Type: "application/pdf"}
		w.refused(w.Submit(ctx, suriya, p, d, 120, "台账见附件", nil, 1, key()), fault.Invalid, "without evidence")
		w.ok(w.Submit(ctx, suriya, p, d, 80, "台账见附件", proof, 1, key()))
		w.refused(w.Accept(ctx, suriya, p, d, true, "同意", 2, key()), fault.Denied, "who submitted accepts")
		w.refused(w.Accept(ctx, mergen, p, d, true, "同意", 2, key()), fault.Conflict, "too little")
		w.ok(w.Accept(ctx, mergen, p, d, false, "少 20 个", 2, key()))
		w.ok(w.Submit(ctx, suriya, p, d, 105, "补齐", proof, 3, key()))
		w.refused(w.Paid(ctx, suriya, p, 6_000_00, 4, key()), fault.Invalid, "paid before it was accepted")
		w.ok(w.Accept(ctx, mergen, p, d, true, "数量属实", 4, key()))
		w.ok(w.Paid(ctx, suriya, p, 6_000_00, 5, key()))
		w.refused(w.Paid(ctx, suriya, p, 7_000_00, 6, key()), fault.Invalid, "more than was accepted")
	})
}

func TestTheDemonstrationIsPlayedOnce(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		cast := Cast{Officer: suriya, League: chief, VacancyID: 9}
		w.ok(w.SeedDemo(ctx, cast))
		w.ok(w.SeedDemo(ctx, cast))
		list, err := w.agencies(ctx, "15", 0, 10)
		if err != nil || len(list) != 3 {
			t.Fatalf("%d agencies, %v", len(list), err)
		}
		counts, _, err := w.countComplaints(ctx, "152921", w.today())
		if err != nil || counts[Received] != 2 || counts[Correcting] != 1 {
			t.Errorf("%v %v", counts, err)
		}
		lines, err := w.outputs(ctx, "15")
		if err != nil || len(lines) == 0 {
			t.Errorf("%v %v", lines, err)
		}
	})
}

func TestAFirmIsFoundByItsNumberAndByItsEmployer(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		first, second := w.agency(1), w.agency(2)
		if err := w.DB.Tx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE market_agency SET employer_id = 6 WHERE agency_id = $1`, second)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		list, err := w.FirmsNumbered(ctx, []int64{first})
		if err != nil || len(list) != 1 || list[0].ID != first || list[0].Grade == "" || !list[0].Licensed {
			t.Errorf("%+v %v", list, err)
		}
		f, found, err := w.FirmOf(ctx, 6)
		if err != nil || !found || f.ID != second {
			t.Errorf("%+v %v %v", f, found, err)
		}
		for _, nobody := range []int64{0, 77} {
			if _, found, err := w.FirmOf(ctx, nobody); err != nil || found {
				t.Error(found, err)
			}
		}
	})
}
