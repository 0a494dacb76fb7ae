package jobs

import (
	"context"
	"strings"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// LinkUnit says by its credit code which employer a unit is that adverts name. An employer that the register has takes over the
// unit's vacancies; one that it has not is entered under the code.
func (r *Room) LinkUnit(ctx context.Context, who web.User, unitID int64, credit, key string) (known employer.Employer, moved int64, err error) {
	unit, err := r.Employers.Get(ctx, unitID)
	if err != nil {
		return known, 0, err
	}
	if err := reaches(who, unit.Area); err != nil {
		return known, 0, err
	}
	if unit.Kind != employer.Unverified {
		return known, 0, fault.New(fault.Conflict, "单位“%s”已经核实过了，请刷新页面", unit.Name)
	}
	credit = strings.ToUpper(half(credit))
	if _, err := identity.ParseCreditCode(credit); err != nil {
		return known, 0, fault.Wrap(fault.Invalid, err, "统一社会信用代码“"+credit+"”不对：应为 18 位并通过校验，请对照营业执照核对")
	}
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		found, err := r.Employers.Resolve(ctx, tx, []string{credit})
		if err != nil {
			return err
		}
		id := found[credit]
		if id == 0 {
			id = r.IDs.Next()
			e := employer.Employer{ID: id, CreditCode: credit, Name: unit.Name, Kind: kindOf(credit), Area: unit.Area, Phone: unit.Phone}
			if err := r.Employers.Save(ctx, tx, []employer.Employer{e}); err != nil {
				return err
			}
		}
		if moved, err = r.Employers.Link(ctx, tx, unit.ID, id); err != nil {
			return err
		}
		if err := r.store.link(ctx, tx, unit.ID, id); err != nil {
			return err
		}
		known.ID = id
		return r.Audit.Write(ctx, tx, audit.Entry{ActorID: who.ID, Actor: actor(who), Act: "jobs.unit", Object: "employer", ObjectID: id, Area: area.At(unit.Area, area.Banner),
			What: "核实单位“" + unit.Name + "”的统一社会信用代码"})
	})
	if err != nil {
		return known, 0, err
	}
	r.boards.forget()
	known, err = r.Employers.Get(ctx, known.ID)
	return known, moved, err
}
