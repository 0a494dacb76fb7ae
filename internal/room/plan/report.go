package plan

import (
	"context"
	"fmt"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// Report is a value that somebody entered for an indicator (上报值).
type Report = indicator.Report

// Report enters or corrects a value, once for each key. Faults: Denied outside of the user's area, Invalid for an
// indicator that the register counts, Conflict when it has been changed since version.
func (r *Room) Report(ctx context.Context, who web.User, key string, rep Report) error {
	if err := canWrite(who, rep.Area); err != nil {
		return err
	}
	of, err := r.Indicators.Definition(ctx, rep.Indicator)
	if err != nil {
		return err
	}
	if of.FromRegister() {
		return fault.New(fault.Invalid, "“%s”由登记库计算，不用填报。如果数字不对，请核对登记数据", of.Name)
	}
	if last := r.Clock.Today().Year(); rep.Period < firstYear || int(rep.Period) > last {
		return fault.New(fault.Invalid, "年份应在 %d～%d 之间，您填的是 %d", firstYear, last, rep.Period)
	}
	rep.ByID, rep.ByName, rep.At = who.ID, who.Name, r.Clock.Now().UnixMilli()
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.Indicators.SaveReport(ctx, tx, rep); err != nil {
			return err
		}
		if err := r.foreseeSoon(ctx, tx); err != nil {
			return err
		}
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "plan.report", Object: "indicator",
			Area: rep.Area, What: fmt.Sprintf("填报%s %d 年“%s”%s%s", area.FullName(rep.Area), rep.Period, of.Name, Figure(rep.Value, of.Unit), of.Unit)})
	})
}

// actor is how the audit log names somebody.
func actor(u web.User) string {
	if u.RoleName == "" {
		return u.Name
	}
	return u.Name + "（" + u.RoleName + "）"
}
