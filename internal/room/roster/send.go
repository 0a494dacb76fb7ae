package roster

import (
	"context"
	"fmt"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/assignment"
)

// assignKind is the kind of tasks that send findings down.
const assignKind = "roster.compare"

// Send sends the open findings of a comparison down, one task for each chosen banner, with the deadline of the
// comparison. It says how many findings went. Faults: Denied, Invalid (no banner, nothing open), Repeat.
func (r *Room) Send(ctx context.Context, who web.User, l *List, banners []string, once string) (int64, error) {
	if err := canSend(who); err != nil {
		return 0, err
	}
	if len(banners) == 0 {
		return 0, fault.New(fault.Invalid, "请至少选择一个旗县")
	}
	total := int64(0)
	err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		var tasks []assignment.Task
		total = 0
		for _, code := range banners {
			if err := account.CanSeeArea(who, code); err != nil {
				return err
			}
			n, err := r.store.send(ctx, tx, shelfOf(l), l.ID, code)
			if err != nil {
				return err
			}
			if n == 0 {
				continue
			}
			total += n
			tasks = append(tasks, assignment.Task{Kind: assignKind, Object: "roster.compare", From: who.Area, To: code, By: who, WorkDays: l.Check.WorkDays,
				Title: fmt.Sprintf("核实疑点“%s”%d 条", l.Name.Zh, n), Body: l.Check.Act.Zh, Href: listHref(l) + "?area=" + code + "&state=sent"})
		}
		if len(tasks) == 0 {
			return fault.New(fault.Invalid, "选择的旗县没有待核实的疑点，不用交办")
		}
		if _, err := r.Assign.GiveAll(ctx, tx, tasks); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: account.Signature(who), Act: "roster.send", Object: "area", Area: who.Area,
			What: fmt.Sprintf("交办疑点“%s”%d 条，%d 个旗县", l.Name.Zh, total, len(tasks))})
	})
	return total, err
}

// canSend: findings are sent down by leagues and the region.
func canSend(who web.User) error {
	if who.Role != account.Manager || area.Level(who.Area) > area.League {
		return fault.New(fault.Denied, "疑点由盟市或自治区的管理账号交办，您可以直接核实反馈")
	}
	return nil
}
