package supervise

import (
	"context"
	"strconv"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// AddUnit enters a unit of an area by hand.
func (r *Room) AddUnit(ctx context.Context, who web.User, area, name, key string) (u Unit, err error) {
	if err := MaySupervise(who, area); err != nil {
		return u, err
	}
	if name == "" {
		return u, fault.New(fault.Invalid, "请填写单位名称")
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if u, err = r.ensureUnit(ctx, tx, area, "", name); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "unit", "unit", u.ID, area, "登记责任单位："+name)
	})
	return u, err
}

// Appoint names a unit's one liaison from today on; the one before stays in the history.
func (r *Room) Appoint(ctx context.Context, who web.User, unit int64, l Liaison, version int64, key string) error {
	u, err := unitByID(ctx, r.DB, unit)
	if err != nil {
		return err
	}
	if err := MaySupervise(who, u.Area); err != nil {
		return err
	}
	if l.Name == "" || l.Phone == "" {
		return fault.New(fault.Invalid, "请填写联络员的姓名和电话，每个单位一名")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := touchUnit(ctx, tx, unit, version); err != nil {
			return err
		}
		l.UnitID, l.ID, l.Since, l.By = unit, r.IDs.Next(), r.today(), account.Signature(who)
		if err := r.setLiaison(ctx, tx, l); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "liaison", "unit", unit, u.Area, "指定联络员："+u.Name)
	})
}
