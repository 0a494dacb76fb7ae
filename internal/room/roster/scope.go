package roster

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// Lists and findings are for officers and managers, in the subtree of their area.
var staffRoles = web.Roles(account.Officer, account.Manager)

// chosen is the area that an address asks for, the reader's own where it asks for none. Faults: NotFound, Denied.
func chosen(c *web.Ctx) (string, error) {
	code := c.Query("area")
	if code == "" {
		return c.User.Area, nil
	}
	if !area.Exists(code) {
		return "", fault.New(fault.NotFound, "没有这个地区，请从上一级地区进入")
	}
	return code, account.CanSeeArea(c.User, code)
}

// canSetAreas: resettlement areas are set by leagues and the region.
func canSetAreas(u web.User) error {
	if u.Role != account.Manager || area.Level(u.Area) > area.League {
		return fault.New(fault.Denied, "安置区由盟市或自治区的管理账号设置，您可以查看")
	}
	return nil
}
