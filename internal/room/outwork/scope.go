package outwork

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// MayKeep asks whether somebody may keep agreements, brokers, batches, centres and brands of an area: staff of that area or above, no
// coordinators and no administrators.
func MayKeep(u web.User, code string) error {
	if err := account.CanSeeArea(u, code); err != nil {
		return err
	}
	if u.Role != account.Officer && u.Role != account.Manager || account.Coordinator(u) {
		return fault.New(fault.Denied, "劳务协作由旗县（市、区）以上就业服务机构办理，您的账号不能办理")
	}
	if area.Level(code) > area.Banner {
		return fault.New(fault.Invalid, "所属地区应为自治区、盟市或旗县（市、区）")
	}
	return nil
}

// MaySee asks whether somebody may see a batch: everybody when it is published; otherwise its employer, and staff whose area it
// reaches or who reach its area.
func MaySee(u web.User, b *Batch) error {
	switch {
	case b.State == Open || b.State == Closed:
		return nil
	case u.Role == account.Employer && u.EmployerID == b.EmployerID && b.EmployerID != 0:
		return nil
	case (u.Role == account.Officer || u.Role == account.Manager) && !account.Coordinator(u) && concerns(u, b):
		return nil
	}
	return fault.New(fault.NotFound, "没有这批劳务需求，或者还没有公布")
}

// concerns reports whether a batch lies above or below somebody's area.
func concerns(u web.User, b *Batch) bool {
	return u.Area != "" && (area.Within(u.Area, b.Area) || area.Within(b.Area, u.Area))
}

// MayWork asks whether somebody may work at a batch's desk: staff of its area, above it, or below it.
func MayWork(u web.User, b *Batch) error {
	if (u.Role != account.Officer && u.Role != account.Manager) || account.Coordinator(u) {
		return fault.New(fault.Denied, "劳务协作由旗县（市、区）以上就业服务机构办理，您的账号不能办理")
	}
	if !concerns(u, b) {
		return account.CanSeeArea(u, b.Area)
	}
	return nil
}

// MayRecruit asks whether somebody may name people for a batch: officers of a banner, people of their own area.
func MayRecruit(u web.User, b *Batch) error {
	if err := MayWork(u, b); err != nil {
		return err
	}
	return account.CanManageArea(u, u.Area)
}

// MayMove asks whether somebody may write down where a member stands: who runs the batch, and officers of where the person lives.
func MayMove(u web.User, b *Batch, m *Member) error {
	if MayKeep(u, b.Area) == nil {
		return nil
	}
	if err := MayWork(u, b); err != nil {
		return err
	}
	return account.CanManagePerson(u, m.Area, m.PersonID)
}

// MayAnswer asks whether somebody may deal with a request: officers and managers whose area reaches the banner it lies with.
func MayAnswer(u web.User, v *Request) error {
	if err := account.CanSeeArea(u, v.Area); err != nil {
		return err
	}
	if u.Role != account.Officer && u.Role != account.Manager || account.Coordinator(u) {
		return fault.New(fault.Denied, "请求由旗县（市、区）以上人员办理，您的账号不能办理")
	}
	return nil
}
