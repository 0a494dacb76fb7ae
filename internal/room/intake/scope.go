package intake

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// The roles that bring files and decide about rows.
const (
	officer = "officer"
	manager = "manager"
)

// actorOf is who acts in the room for a signed-in user.
func actorOf(u web.User) Actor {
	name := u.Name
	if u.RoleName != "" {
		name += "（" + u.RoleName + "）"
	}
	return Actor{ID: u.ID, Name: name, Area: u.Area, AreaName: area.Name(u.Area)}
}

// mayUse says whether what belongs to an area is within somebody's reach.
func mayUse(who Actor, code string) error {
	if who.Area == "" || !area.Within(code, who.Area) {
		return fault.New(fault.Denied, "这属于%s，不在您的地区范围内", area.Name(area.At(code, area.Banner)))
	}
	return nil
}
