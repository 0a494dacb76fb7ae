package plan

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// Roles that use the room.
const (
	manager = "manager"
	officer = "officer"
	admin   = "admin"
)

// home is the area whose figures a user begins with.
func home(u web.User) string {
	if u.Area == "" && u.Role == admin {
		return "15"
	}
	return area.At(u.Area, area.Banner)
}

// canSee answers with a fault when an area is none, or lies outside the user's own.
func canSee(u web.User, code string) error {
	if !area.Exists(code) || area.Level(code) > area.Township {
		return fault.New(fault.NotFound, "没有这个地区，请从上一级地区进入")
	}
	if !area.Within(code, home(u)) {
		return fault.New(fault.Denied, "您的账号只能看%s的数字，看不到%s的", area.FullName(home(u)), area.FullName(code))
	}
	return nil
}

// canSeePeople: lists of people are for those who work with them, one banner or township at a time.
func canSeePeople(u web.User, code string) error {
	if err := canSee(u, code); err != nil {
		return err
	}
	if u.Role == admin {
		return fault.New(fault.Denied, "系统管理员只维护账号和系统，不能查看名单。如需查看请使用经办或管理账号")
	}
	if u.Area != "" && area.Level(u.Area) > area.Banner && !area.Within(code, u.Area) { // figures are the banner's, people are not
		return fault.New(fault.Denied, "您的账号只能看%s的人员名单，看不到%s的", area.FullName(u.Area), area.FullName(code))
	}
	if area.Level(code) < area.Banner {
		return fault.New(fault.Denied, "名单只能看到旗县或苏木乡镇一级，请先选择旗县")
	}
	return nil
}

// mustChoose says whether somebody who may see lists of people has to choose an area for one first.
func mustChoose(u web.User, code string) bool {
	return u.Role != admin && area.Level(code) < area.Banner && canSee(u, code) == nil
}

// canSeeTasks: tasks are the region's and the leagues'.
func canSeeTasks(u web.User, code string) error {
	if err := canSee(u, code); err != nil {
		return err
	}
	if area.Level(code) > area.League {
		return fault.New(fault.NotFound, "任务按自治区和盟市管理，请从盟市进入")
	}
	return nil
}

// canWrite: figures are reported, and progress of tasks noted, by managers for the region and its leagues.
func canWrite(u web.User, code string) error {
	if err := canSeeTasks(u, code); err != nil {
		return err
	}
	if u.Role != manager {
		return fault.New(fault.Denied, "只有盟市或自治区的管理账号可以填报，您可以查看")
	}
	return nil
}
