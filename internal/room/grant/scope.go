package grant

import (
	"context"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
)

// maySee asks whether somebody may read an application.
func maySee(who web.User, a *Application) error {
	if a.Unit {
		return account.CanSeeEmployer(who, a.Area, a.OwnerID)
	}
	return account.CanSeePerson(who, a.Area, a.OwnerID)
}

// owns says whether an application is somebody's own.
func owns(who web.User, b Beneficiary) bool {
	if b.Unit {
		return who.Role == account.Employer && who.EmployerID == b.ID && b.ID != 0
	}
	return who.Role == account.Seeker && who.PersonID == b.ID && b.ID != 0
}

// mayOwn asks whether somebody may act for the beneficiary: themself, or an officer of the area at the window.
func mayOwn(who web.User, a *Application) error {
	if owns(who, a.Owner()) {
		return nil
	}
	return mayDesk(who, a)
}

// mayDesk asks whether somebody may handle an application: an officer of its area.
func mayDesk(who web.User, a *Application) error {
	if a.Unit {
		if who.Role == account.Employer {
			return fault.New(fault.NotFound, "没有这件申请")
		}
		return account.CanManageEmployer(who, a.Area, a.OwnerID)
	}
	if who.Role == account.Seeker {
		return fault.New(fault.NotFound, "没有这件申请")
	}
	return account.CanManagePerson(who, a.Area, a.OwnerID)
}

// recuse refuses whoever must keep away from an application (回避): it is about themself, a member of their household, or a firm that
// they or these lead or work for. Who has not said who they are cannot be compared, and is asked to.
func (r *Room) recuse(ctx context.Context, q db.Querier, who web.User, a *Application) error {
	if who.ID == 0 {
		return nil
	}
	self, declared, err := r.store.staff(ctx, q, who.ID)
	if err != nil {
		return err
	}
	if !declared {
		return fault.New(fault.Denied, "办理和审批补贴前，请先在“补贴办理－回避登记”登记本人身份证号，用来核对是否需要回避")
	}
	if self == 0 {
		return nil
	}
	if a.Unit {
		tied, err := r.store.tied(ctx, q, self, a.OwnerID, db.On(r.Clock.Today()))
		if err == nil && tied {
			err = fault.New(fault.Denied, "您本人或同户家庭成员在这个单位任职或担任法定代表人，应当回避，请由另一位同事办理")
		}
		return err
	}
	if self == a.OwnerID {
		return fault.New(fault.Denied, "这件申请是您本人的，应当回避，请由另一位同事办理")
	}
	related, err := r.store.related(ctx, q, self, a.OwnerID)
	if err == nil && related {
		err = fault.New(fault.Denied, "申请人是您的同户家庭成员，应当回避，请由另一位同事办理")
	}
	return err
}

// Declare notes who a member of staff is. The number itself is not kept, only whom it leads to in the register. Faults: Denied, Repeat.
func (r *Room) Declare(ctx context.Context, who web.User, idNumber, once string) error {
	if !account.RoleOf(who.Role).Staff {
		return fault.New(fault.Denied, "只有经办和管理人员需要登记")
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, once, r.Clock.Now()); err != nil {
			return err
		}
		id, err := r.People.ByIDNumber(ctx, tx, idNumber)
		if err != nil {
			return err
		}
		return r.store.declare(ctx, tx, who.ID, id, r.Clock.Now())
	})
}

// earlier refuses a decision to which somebody has said yes before who had to keep away: the register of approvals asks the room at the last yes only.
func (r *Room) earlier(ctx context.Context, tx *db.Tx, d *approval.Decided, list []Application) error {
	it, err := r.Approvals.Get(ctx, d.By, d.ID)
	if err != nil {
		return err
	}
	for _, s := range it.Steps {
		if s.What != "yes" || s.ByID == d.By.ID {
			continue
		}
		for i := range list {
			if err := r.recuse(ctx, tx, web.User{ID: s.ByID, Name: s.ByName}, &list[i]); fault.Is(err, fault.Denied) {
				return fault.Wrap(fault.Denied, err, "先前同意的"+s.ByName+"应当回避或还没有登记身份，这一票不能算。请选“不同意”退回后重新提出")
			} else if err != nil {
				return err
			}
		}
	}
	return nil
}
