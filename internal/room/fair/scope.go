package fair

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// MaySee asks whether somebody may see a fair: everybody when it is published, otherwise staff whose area reaches it.
func MaySee(u web.User, f *Fair) error {
	if f.Public() || MayManage(u, f) == nil {
		return nil
	}
	return fault.New(fault.NotFound, "没有这场招聘会，或者还没有发布")
}

// MayManage asks whether somebody may run a fair: staff of the area that holds it or above, no coordinators and no administrators.
func MayManage(u web.User, f *Fair) error {
	if err := account.CanSeeArea(u, f.Area); err != nil {
		return err
	}
	if u.Role != account.Officer && u.Role != account.Manager || account.Coordinator(u) {
		return fault.New(fault.Denied, "招聘会由旗县（市、区）以上就业服务机构办理，您的账号可以查看，不能办理")
	}
	return nil
}

// MayPlan asks whether somebody may plan a fair for an area: as for MayManage, and of a banner at least.
func MayPlan(u web.User, code string) error {
	if err := MayManage(u, &Fair{Area: code}); err != nil {
		return err
	}
	if area.Level(code) > area.Banner {
		return fault.New(fault.Invalid, "举办地区应为自治区、盟市或旗县（市、区）")
	}
	return nil
}

// MayRunBooth asks whether somebody may fill a booth in: the employer itself, and who may run the fair.
func MayRunBooth(u web.User, f *Fair, employerID int64) error {
	if u.Role == account.Employer && u.EmployerID == employerID && employerID != 0 {
		return MaySee(u, f)
	}
	return MayManage(u, f)
}
