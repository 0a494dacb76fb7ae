package relief

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// MayAct asks whether somebody may keep projects and hospitals in an area: staff whose area reaches it, but no coordinators and no
// administrators.
func MayAct(u web.User, code string) error {
	if err := account.CanSeeArea(u, code); err != nil {
		return err
	}
	if u.Role != account.Officer && u.Role != account.Manager || account.Coordinator(u) {
		return fault.New(fault.Denied, "以工代赈和定点体检由旗县（市、区）以上人员办理，您的账号不能办理")
	}
	return nil
}

// MayRecord asks whether somebody may record a hospital's checks: its own account, and staff of its area.
func MayRecord(u web.User, h *Hospital) error {
	if u.Role == account.Employer && u.EmployerID != 0 && u.EmployerID == h.EmployerID {
		return nil
	}
	return MayAct(u, h.Area)
}
