package verify

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// region is the code of the whole.
const region = "15"

// MaySee asks whether somebody may see findings of an area: staff whose area reaches it, but no coordinators.
func MaySee(u web.User, code string) error {
	if account.Coordinator(u) {
		return fault.New(fault.Denied, "数据核查由旗县（市、区）以上人员办理，您的账号不能查看")
	}
	return account.CanSeeArea(u, code)
}

// MayTell asks whether somebody may explain and correct an area's figures: that area's own staff.
func MayTell(u web.User, code string) error {
	if err := MaySee(u, code); err != nil {
		return err
	}
	if u.Area != code || u.Role != account.Officer && u.Role != account.Manager {
		return fault.New(fault.Denied, "这件由%s说明和更正，您的账号可以查看，不能代办", area.Name(code))
	}
	return nil
}

// MayJudge asks whether somebody may ask an area and give a verdict: managers of an area above it.
func MayJudge(u web.User, code string) error {
	if err := MaySee(u, code); err != nil {
		return err
	}
	if u.Role != account.Manager || u.Area == code {
		return fault.New(fault.Denied, "这件由%s的上级管理人员发出和作结论，您的账号可以查看，不能办理", area.Name(code))
	}
	return nil
}

// MaySet asks whether somebody may change limits: the region's managers.
func MaySet(u web.User) error {
	if u.Role != account.Manager || u.Area != region {
		return fault.New(fault.Denied, "核查的界限由自治区管理人员调整，您的账号可以查看，不能修改")
	}
	return nil
}

// MayBring asks whether somebody may bring in figures of an area: staff whose area reaches it.
func MayBring(u web.User, code string) error {
	if err := MaySee(u, code); err != nil {
		return err
	}
	if u.Role != account.Officer && u.Role != account.Manager {
		return fault.New(fault.Denied, "数据由旗县（市、区）以上人员导入，您的账号可以查看，不能导入")
	}
	return nil
}
