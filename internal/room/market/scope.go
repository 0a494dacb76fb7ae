package market

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// MaySee asks whether somebody may see what lies in an area: staff whose area reaches it.
func MaySee(u web.User, code string) error { return account.CanSeeArea(u, code) }

// MayAct asks whether somebody may act on what lies in an area: staff whose area reaches it, but no coordinators.
func MayAct(u web.User, code string) error {
	if err := account.CanSeeArea(u, code); err != nil {
		return err
	}
	if account.Coordinator(u) {
		return fault.New(fault.Denied, "市场监管由旗县（市、区）以上人员办理，您的账号不能办理")
	}
	return nil
}

// MayKeep asks whether somebody may keep the list of parks of an area: managers whose area reaches it.
func MayKeep(u web.User, code string) error {
	if u.Role != account.Manager || !area.Within(code, u.Area) {
		return fault.New(fault.Denied, "产业园名录由盟市或自治区管理人员维护，您的账号可以查看，不能修改")
	}
	return nil
}

// MayAccept asks whether somebody may accept a deliverable: whoever may act there, but for the person who submitted it.
func MayAccept(u web.User, p *Purchase, d *Deliverable) error {
	if err := MayAct(u, p.Area); err != nil {
		return err
	}
	if d.SubmittedBy == u.ID {
		return fault.New(fault.Denied, "成果由另一人验收：提交的人不能验收自己提交的成果")
	}
	return nil
}
