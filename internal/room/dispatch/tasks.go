package dispatch

import (
	"context"
	"fmt"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
	"jiuye/internal/register/message"
)

// countMonths is how far back hires are counted: the board's trend and the months of its first window.
const countMonths = 12 + window

// chunk is how many units are handled at once.
const chunk = 100

// CountHired counts from the insurance register whom the units of an area ("": all) have newly insured, by month, and returns how
// many units it counted for.
func (r *Room) CountHired(ctx context.Context, code string) (n int, err error) {
	from := monthAfter(r.last(), -countMonths)
	for after := int64(0); ; {
		ids, err := listedIDs(ctx, r.DB, code, after, chunk)
		if err != nil || len(ids) == 0 {
			return n, err
		}
		if err := r.countFor(ctx, ids, from); err != nil {
			return n, err
		}
		n, after = n+len(ids), ids[len(ids)-1]
	}
}

func (r *Room) countFor(ctx context.Context, ids []int64, from int) error {
	counts := map[[2]int64]int64{}
	var runs []begun
	end := func() {
		if len(runs) > 0 {
			id := runs[0].EmployerID
			newlyInsured(runs, from, func(month int) { counts[[2]int64{id, int64(month)}]++ })
		}
		runs = runs[:0]
	}
	if err := eachRun(ctx, r.DB, ids, func(b *begun) error {
		if len(runs) > 0 && (runs[0].PersonID != b.PersonID || runs[0].EmployerID != b.EmployerID) {
			end()
		}
		runs = append(runs, *b)
		return nil
	}); err != nil {
		return err
	}
	end()
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return saveHired(ctx, tx, ids, counts) })
}

// remindBefore is how many days before the deadline a unit is reminded.
const remindBefore = 3

// Remind reminds units of this month's report: three days before the deadline, and the day after it, then its service officer too. It
// returns how many messages went out. Nobody gets the same one twice.
func (r *Room) Remind(ctx context.Context) (n int, err error) {
	month, today := r.month(), r.Clock.Today()
	due := Due(month)
	late := today.After(due.Time)
	if today.Before(due.AddDate(0, 0, -remindBefore)) {
		return 0, nil
	}
	when := map[bool]string{true: "late", false: "before"}[late]
	place, id := "", int64(0)
	for {
		list, err := r.units(ctx, unitFilter{state: On}, place, id, chunk)
		if err != nil || len(list) == 0 {
			return n, err
		}
		place, id = list[len(list)-1].Area, list[len(list)-1].EmployerID
		ids := make([]int64, len(list))
		for i := range list {
			ids[i] = list[i].EmployerID
		}
		there, err := reportedIn(ctx, r.DB, ids, month)
		if err != nil {
			return n, err
		}
		var out []message.Message
		for i := range list {
			u := &list[i]
			if there[u.EmployerID] || u.Since.After(due.Time) {
				continue
			}
			once := fmt.Sprintf("dispatch-%d-%s", month, when)
			title := fmt.Sprintf("%d 月用工月报请在 %s 前填报", month%100, due)
			if late {
				title = fmt.Sprintf("%d 月用工月报已过期限（%s），请尽快填报", month%100, due)
				if u.OfficerID != 0 {
					out = append(out, message.Message{Kind: kindLate, To: message.To{AccountID: u.OfficerID}, About: fmt.Sprint(u.EmployerID), Area: u.Area, Once: fmt.Sprint(once, "-", u.EmployerID),
						Title: message.Text{Zh: u.Name + "没有按期报送用工月报", En: u.Name + ": monthly report is late"}, Body: message.Text{Zh: "请联系企业填报，或走访后代填。"}, Href: reportAt(u.EmployerID, month)})
				}
			}
			out = append(out, message.Message{Kind: kindReport, To: message.To{EmployerID: u.EmployerID}, Area: u.Area, Once: once, Title: message.Text{Zh: title, En: "Monthly report of labour demand"},
				Body: message.Text{Zh: "已按贵单位招聘中的岗位预填，核对后提交即可。服务单位：" + area.Name(area.At(u.Area, area.Banner)) + "就业服务中心"}, Href: reportAt(u.EmployerID, month)})
		}
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return r.tell(ctx, tx, out...) }); err != nil {
			return n, err
		}
		n += len(out)
	}
}
