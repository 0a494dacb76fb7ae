package jobs

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// Roles as accounts have them.
const (
	roleSeeker   = "seeker"
	roleEmployer = "employer"
	roleOfficer  = "officer"
	roleManager  = "manager"
)

func isStaff(u web.User) bool { return staff(u) }

// staff: not the administrator, who reads nobody's file.
var staff = web.Roles(roleOfficer, roleManager)

// asPerson is the person a seeker's account belongs to.
func asPerson(u web.User) (int64, error) {
	if u.Role != roleSeeker || u.PersonID == 0 {
		return 0, fault.New(fault.Denied, "应聘要用求职者账号。您现在的账号没有对应的个人档案，请用本人账号登录")
	}
	return u.PersonID, nil
}

// ownsVacancy: an employer reaches its own vacancies and does not learn of others'.
func ownsVacancy(u web.User, v employer.Vacancy) error {
	if u.Role != roleEmployer || u.EmployerID == 0 || v.EmployerID != u.EmployerID {
		return fault.New(fault.NotFound, "没有这个岗位，可能已经撤下")
	}
	return nil
}

// seesCandidates: the employer itself, and staff of the area the work lies in.
func seesCandidates(u web.User, v employer.Vacancy) error {
	if isStaff(u) {
		return reaches(u, v.Area)
	}
	return ownsVacancy(u, v)
}

// reaches: staff reach their area's subtree and nothing else.
func reaches(u web.User, code string) error {
	if !isStaff(u) || u.Area == "" || !area.Within(code, u.Area) {
		return fault.New(fault.Denied, "对象在%s，不在您的管辖地区，不能查看或办理", area.FullName(area.At(code, area.Banner)))
	}
	return nil
}
