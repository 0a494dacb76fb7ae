package graduate

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// SetQuota gives an area its places of a programme and a year. Children together never have more than their parent; every setting is
// kept with its reason. Faults: Denied, Invalid, Conflict, Repeat.
func (r *Room) SetQuota(ctx context.Context, who web.User, o Quota, why, key string) error {
	if err := MayShare(who, o.Area); err != nil {
		return err
	}
	if !slices.Contains(programmes, o.Programme) || o.Year < 2000 || o.Year > 2100 || !area.Exists(o.Area) || area.Level(o.Area) > area.Banner {
		return fault.New(fault.Invalid, "请选择项目、年度和地区")
	}
	if why == "" {
		return fault.New(fault.Invalid, "请写明依据（文件名称或调整原因）")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		o := o
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := holdQuotas(ctx, tx, o.Programme, o.Year); err != nil {
			return err
		}
		list, err := quotas(ctx, tx, o.Programme, o.Year, region)
		if err != nil {
			return err
		}
		all := map[string]int64{}
		for _, q := range list {
			all[q.Area] = q.Seats
			if q.Area == o.Area {
				o.Version = q.Version
			}
		}
		if err := fits(all, o.Area, o.Seats); err != nil {
			return err
		}
		seats, err := seatsPosted(ctx, tx, o.Programme, o.Year)
		if err != nil {
			return err
		}
		if n := under(seats, o.Area); o.Seats < n {
			return fault.New(fault.Conflict, "%s已发布 %d 个名额的岗位，名额不能少于这个数，您填了 %d", area.Name(o.Area), n, o.Seats)
		}
		if err := setQuota(ctx, tx, &o); err != nil {
			return err
		}
		if err := addChange(ctx, tx, &Change{ID: r.IDs.Next(), Programme: o.Programme, Year: o.Year, Area: o.Area, Before: all[o.Area], After: o.Seats, Why: why, By: account.Signature(who), At: r.now()}); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "quota", "area", 0, o.Area, "分配基层服务项目名额："+area.Name(o.Area))
	})
}
