package assess

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// MaySee asks whether somebody may see an assessment: staff whose area reaches it.
func MaySee(u web.User, c *Case) error { return account.CanSeeArea(u, c.Area) }

// MayFile asks whether somebody may put something on file for an area: staff of the area or above, of a banner at least.
func MayFile(u web.User, code string) error {
	if err := account.CanSeeArea(u, code); err != nil {
		return err
	}
	if area.Level(code) > area.Banner {
		return fault.New(fault.Invalid, "评估的地区应为自治区、盟市或旗县（市、区）")
	}
	return nil
}

// MayEdit asks whether somebody may change a draft: whoever reaches it, while it is one.
func MayEdit(u web.User, c *Case) error {
	if err := MayFile(u, c.Area); err != nil {
		return err
	}
	if !c.Open() {
		return fault.New(fault.Conflict, "这份评估已经送审，内容不能再改；如要修改，请先在“审批”中撤回")
	}
	return nil
}

// MaySet asks whether somebody may set a parameter of an area: the managers of a league for its area, and of the region.
func MaySet(u web.User, code string) error {
	if u.Role != account.Manager || !area.Within(regionOr(code), u.Area) {
		return fault.New(fault.Denied, "参数由盟市或自治区管理人员在本地区范围内设定，您的账号可以查看，不能设定")
	}
	return nil
}

// MayPublish asks whether somebody may publish a conclusion: managers whose area reaches it.
func MayPublish(u web.User, c *Case) error {
	if err := MaySee(u, c); err != nil {
		return err
	}
	if u.Role != account.Manager {
		return fault.New(fault.Denied, "评估结论由盟市或自治区管理人员公布，您的账号可以查看，不能公布")
	}
	return nil
}
