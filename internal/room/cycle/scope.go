package cycle

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// home is the area whose cycle a user sees first.
func home(u web.User) string { return area.At(u.Area, area.Banner) }

// MaySee: who sees a round, a form or a document of an area: staff whose area reaches it.
func MaySee(u web.User, code string) error {
	if u.Role == account.Admin || !area.Within(code, home(u)) {
		return fault.New(fault.Denied, "您的账号只能看%s的调度材料，看不到%s的", area.FullName(home(u)), area.FullName(code))
	}
	return nil
}

// MaySeeRound: a round is seen from its area, from above, and by those it asks.
func MaySeeRound(u web.User, code string) error {
	if u.Role != account.Admin && area.Parent(home(u)) == code {
		return nil
	}
	return MaySee(u, code)
}

// MayRun: rounds are opened and judged by managers of the area itself or above.
func MayRun(u web.User, code string) error {
	if u.Role != account.Manager || !area.Within(code, u.Area) {
		return fault.New(fault.Denied, "调度由%s的管理人员发起和审核，您的账号不能办理", area.FullName(code))
	}
	return nil
}

// MayFill: a form is filled in by its own area's staff.
func MayFill(u web.User, code string) error {
	if account.Coordinator(u) || u.Area != code || u.Role != account.Officer && u.Role != account.Manager {
		return fault.New(fault.Denied, "这张表由%s填报，您的账号不能填", area.FullName(code))
	}
	return nil
}

// MaySign: the second signature is of the same area, and never of who handed the form in.
func MaySign(u web.User, f *Form) error {
	if err := MayFill(u, f.Area); err != nil {
		return err
	}
	if u.ID == f.ByID {
		return fault.New(fault.Denied, "会签由另一人办理：填报的人不能会签自己填的表")
	}
	return nil
}

// MayWrite: documents of an area are written by its own staff.
func MayWrite(u web.User, code string) error {
	if account.Coordinator(u) || !area.Within(code, u.Area) || u.Role != account.Officer && u.Role != account.Manager {
		return fault.New(fault.Denied, "%s的简报和报告由本级或上级编写，您的账号不能编写", area.FullName(code))
	}
	return nil
}

// MayIssue: a document is checked and issued by another person than who wrote it.
func MayIssue(u web.User, p *Paper) error {
	if err := MayWrite(u, p.Area); err != nil {
		return err
	}
	if u.ID == p.ByID {
		return fault.New(fault.Denied, "简报和报告由另一人核对后印发：编写的人不能印发自己写的")
	}
	return nil
}

// MayJudge: a case is approved by a manager of the level above; the region's own by another of its managers.
func MayJudge(u web.User, c *Case) error {
	above := area.Parent(c.Area)
	if above == "" {
		above = c.Area
	}
	if u.Role != account.Manager || u.ID == c.ByID || !area.Within(above, u.Area) {
		return fault.New(fault.Denied, "典型由上一级（%s）管理人员审核，您的账号不能审核", area.FullName(above))
	}
	return nil
}
