package account

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// One function per question, for every room. An outsider of the public roles gets a fault of kind NotFound (they may not
// even learn that there is such a thing), staff one of kind Denied that says where the thing belongs.

// CanSeeArea asks whether a user may see an area's figures and lists.
func CanSeeArea(u web.User, code string) error {
	switch {
	case !RoleOf(u.Role).Staff:
		return fault.New(fault.NotFound, "没有这个地区的资料")
	case !reaches(u, code):
		return outside(u, "您要查看的地区", code)
	}
	return nil
}

// CanSeePerson asks whether a user may see a person's file; personArea is where the person lives.
func CanSeePerson(u web.User, personArea string, personID int64) error {
	switch {
	case u.Role == Seeker && u.PersonID == personID && personID != 0:
		return nil
	case u.Role == Admin:
		return fault.New(fault.Denied, "系统管理员只维护账号和系统，不能查看个人档案。如需查看请使用经办或管理账号")
	case !RoleOf(u.Role).Staff:
		return fault.New(fault.NotFound, "没有这份档案")
	case !reaches(u, personArea):
		return outside(u, "这份档案", personArea)
	}
	return nil
}

// CanManagePerson asks whether a user may change a person's file: an officer of the area where the person lives.
func CanManagePerson(u web.User, personArea string, personID int64) error {
	if err := CanSeePerson(u, personArea, personID); err != nil {
		return err
	}
	return onlyOfficers(u, "这份档案由旗县（市、区）经办人员办理，您的账号可以查看，不能修改")
}

// CanSeeEmployer asks whether a user may see an employer's own pages.
func CanSeeEmployer(u web.User, employerArea string, employerID int64) error {
	switch {
	case u.Role == Employer && u.EmployerID == employerID && employerID != 0:
		return nil
	case !RoleOf(u.Role).Staff:
		return fault.New(fault.NotFound, "没有这个单位的资料")
	case !reaches(u, employerArea):
		return outside(u, "这个单位", employerArea)
	}
	return nil
}

// Coordinator reports whether somebody is a village's coordinator (嘎查村协管员): an officer whose area is one village. They
// visit households, bring in what people say and apply for them; deciding, importing, paying and publishing are the banner's.
func Coordinator(u web.User) bool { return u.Role == Officer && area.Level(u.Area) == area.Village }

// Desk lets in the signed-in users with one of the roles, but no coordinators.
func Desk(roles ...string) web.Who {
	in := web.Roles(roles...)
	return func(u web.User) bool { return in(u) && !Coordinator(u) }
}

// CanVisit asks whether a user may visit the households of an area and write down what was said: an officer, or a village's
// coordinator.
func CanVisit(u web.User, code string) error {
	if err := CanSeeArea(u, code); err != nil {
		return err
	}
	return onlyOfficers(u, "这项工作由旗县（市、区）经办人员办理，您的账号可以查看，不能办理")
}

// CanManageEmployer asks whether a user may change an employer's data and vacancies: the unit itself, or an officer of
// its area.
func CanManageEmployer(u web.User, employerArea string, employerID int64) error {
	if err := CanSeeEmployer(u, employerArea, employerID); err != nil || u.Role == Employer {
		return err
	}
	if Coordinator(u) {
		return toBanner
	}
	return onlyOfficers(u, "单位资料由单位自己或旗县（市、区）经办人员办理，您的账号可以查看，不能修改")
}

// CanManageArea asks whether a user may do an area's daily work there: import, review, cases.
func CanManageArea(u web.User, code string) error {
	if err := CanVisit(u, code); err != nil {
		return err
	}
	if Coordinator(u) {
		return toBanner
	}
	return nil
}

var toBanner = fault.New(fault.Denied, "嘎查村协管员负责入户走访和代为申请，这项工作由旗县（市、区）经办人员办理")

// CanManageAccounts asks whether a user may make and stop accounts of an area.
func CanManageAccounts(u web.User, code string) error {
	switch {
	case u.Role != Admin && !RoleOf(u.Role).Staff:
		return fault.New(fault.NotFound, "没有这个账号")
	case u.Role != Admin:
		return fault.New(fault.Denied, "账号由系统管理员维护，您的账号不能办理")
	case !reaches(u, code):
		return outside(u, "这个账号", code)
	}
	return nil
}

// reaches reports whether a code lies in the user's subtree; a user without an area reaches nothing.
func reaches(u web.User, code string) bool { return u.Area != "" && area.Within(code, u.Area) }

func onlyOfficers(u web.User, text string) error {
	if u.Role == Officer {
		return nil
	}
	return &fault.Error{Kind: fault.Denied, Text: text}
}

// outside says where the thing belongs and how far the user reaches, and whom to ask.
func outside(u web.User, what, code string) error {
	place, mine := placeNames(code, u.Area)
	return fault.New(fault.Denied, "%s属于%s，您的权限范围是%s。如需查看请联系%s经办人员，或请上一级管理人员办理", what, place, mine, place)
}

// placeNames names two areas at the level of the second one, with their leagues when these differ.
func placeNames(code, mine string) (string, string) {
	if code == "" {
		return "未登记的地区", area.Name(mine)
	}
	level := max(area.League, area.Level(mine))
	place := area.At(code, level)
	if area.At(place, area.League) == area.At(mine, area.League) {
		return area.Name(place), area.Name(mine)
	}
	return area.FullName(place), area.FullName(mine)
}
