package supervise

import (
	"testing"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
)

// A form that has not come stands on the one list, is pressed as everything else, and closes by itself when it comes.
func TestALateFormIsSupervisedUntilItComes(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.to("2025-09-15")
		f := Form{ID: 77, Area: "152923", From: "1529", Title: "阿拉善盟2025年8月调度", Due: on(2025, time.September, 10), Href: "/cycle/round/77/area/152923"}
		for range 2 {
			w.Tx(func(tx *db.Tx) error { return w.Take(ctx, tx, f) })
		}
		n, late, err := w.Overdue(ctx, "1529")
		w.Must(err)
		if n != 1 || late[0].Title != "上报阿拉善盟2025年8月调度表" || late[0].Unit != "额济纳旗人力资源和社会保障局" || late[0].Days != 3 {
			t.Fatalf("on the list: %d %+v", n, late)
		}
		w.night(map[string]int{Pressed: 1})
		id := late[0].DutyID
		_, m := w.again(id)
		w.refused(fault.Conflict, w.Progress(ctx, bold, id, m.ID, 100, "已报", paper, 0, w.Once())) // it is handed in where it stands
		w.refused(fault.Conflict, w.Extend(ctx, bold, id, m.ID, on(2025, time.October, 30), "晚点报", 0, w.Once()))
		w.refused(fault.Denied, w.Stop(ctx, bold, id, "不报了", 0, w.Once()))
		w.Must(w.Answer(ctx, bold, id, m.ID, "经办人员轮换", on(2025, time.September, 18), 0, w.Once()))
		w.to("2025-09-17")
		w.Tx(func(tx *db.Tx) error { return w.Settle(ctx, tx, bold, 78, "152923", "另一期已经上报") })
		if d, _ := w.again(id); d.State != Open {
			t.Errorf("another round's form closed it: %+v", d)
		}
		w.Tx(func(tx *db.Tx) error {
			return w.Settle(ctx, tx, bold, 77, "152923", "阿拉善盟2025年8月调度已经上报")
		})
		d, m := w.again(id)
		if d.State != Done || d.Percent != 100 || m.State != Done || m.On != on(2025, time.September, 17) {
			t.Errorf("after it came: %+v %+v", d, m)
		}
		done, all, err := countInput(ctx, w.Room.DB, InputMilestones, "1529", on(2025, time.January, 1), on(2025, time.December, 31), on(2025, time.December, 31))
		w.Must(err)
		if all["152923"] != 1 || done["152923"] != 0 { // it came, but not in time
			t.Errorf("of %d forms %d were in time", all["152923"], done["152923"])
		}

		f.Due = on(2025, time.September, 19) // returned, and late again
		w.to("2025-09-24")
		w.Tx(func(tx *db.Tx) error { return w.Take(ctx, tx, f) })
		w.Tx(func(tx *db.Tx) error {
			return w.Settle(ctx, tx, chief, 77, "", "阿拉善盟2025年8月调度已经结束，不再补报")
		})
		list, err := duties(ctx, w.Room.DB, Filter{Area: "152923", Source: FromForm, Today: w.today()}, newest, 5)
		w.Must(err)
		if len(list) != 2 || list[0].State != Stopped || list[1].State != Done {
			t.Errorf("at the end: %+v", list)
		}
		w.night(nil)
	})
}
