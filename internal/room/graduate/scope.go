package graduate

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// MayAct asks whether somebody may run recruitment, service and the list of leavers in an area: staff whose area reaches it, but no
// coordinators and no administrators.
func MayAct(u web.User, code string) error {
	if err := account.CanSeeArea(u, code); err != nil {
		return err
	}
	if u.Role != account.Officer && u.Role != account.Manager || account.Coordinator(u) {
		return fault.New(fault.Denied, "基层岗位招募和毕业生服务由旗县（市、区）以上人员办理，您的账号不能办理")
	}
	return nil
}

// MaySee asks whether somebody may see a round: everybody once it is announced, otherwise who may run it.
func MaySee(u web.User, r *Round) error {
	if r.Public() || MayAct(u, r.Area) == nil {
		return nil
	}
	return fault.New(fault.NotFound, "没有这次招募，或者还没有发布")
}

// MayShare asks whether somebody may set an area's quota: the manager of the area above it, and for the region its own.
func MayShare(u web.User, code string) error {
	above := area.Parent(code)
	if code == region {
		above = region
	}
	if u.Role != account.Manager || !area.Within(above, u.Area) {
		return fault.New(fault.Denied, "名额由上一级管理人员分配，您的账号可以查看，不能修改")
	}
	return nil
}

// seeker asks for a person who has signed in.
func seeker(u web.User) error {
	if u.Role != account.Seeker || u.PersonID == 0 {
		return fault.New(fault.Denied, "毕业生本人登录后办理")
	}
	return nil
}
