package account

import (
	"strings"
	"time"

	"golang.org/x/text/width"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// The roles.
const (
	Officer  = "officer"  // 经办, of a banner or below
	Manager  = "manager"  // 盟市或自治区管理
	Seeker   = "seeker"   // a person
	Employer = "employer" // a unit
	Admin    = "admin"    // keeps the system running; reads nobody's file
)

// Role is what a role is called and how long its sessions may be idle.
type Role struct {
	Code, Zh, En string
	Staff        bool          // works for a department
	Idle         time.Duration // after which the session ends
}

// Roles are all roles.
var Roles = []Role{
	{Officer, "经办", "Officer", true, 30 * time.Minute},
	{Manager, "管理", "Manager", true, 30 * time.Minute},
	{Seeker, "求职者", "Job seeker", false, 7 * 24 * time.Hour},
	{Employer, "用人单位", "Employer", false, 2 * time.Hour},
	{Admin, "系统管理员", "Administrator", true, 30 * time.Minute},
}

// RoleOf finds a role by its code; the zero Role when there is none.
func RoleOf(code string) Role {
	for _, r := range Roles {
		if r.Code == code {
			return r
		}
	}
	return Role{}
}

// Account is somebody who may sign in.
type Account struct {
	ID                   int64
	Login, Name          string
	Role, Area           string
	PersonID, EmployerID int64 // of a seeker, of an employer; otherwise 0
	Disabled             bool
	Created, SignedIn    time.Time // SignedIn: last time, zero when never
	Version              int64

	hash  string
	epoch int64
}

// NewAccount is an account to be made.
type NewAccount struct {
	Login, Name, Role, Area string
	PersonID, EmployerID    int64
	Password                string
}

const loginMost = 64 // characters

// plainLogin is a login as it is stored: without blanks around it, half-width, lower case.
func plainLogin(typed string) string {
	return strings.ToLower(width.Narrow.String(strings.TrimSpace(typed)))
}

// check says what is wrong with a new account.
func (n *NewAccount) check() error {
	n.Login, n.Name, n.Area = plainLogin(n.Login), strings.TrimSpace(n.Name), area.Normal(n.Area)
	least := map[string]int{Officer: area.Banner, Manager: area.Region, Admin: area.Region}[n.Role]
	switch role := RoleOf(n.Role); {
	case n.Login == "" || len(n.Login) > loginMost || strings.ContainsAny(n.Login, " \t\r\n\x00"):
		return fault.New(fault.Invalid, "账号应为 1 至 %d 个字符，中间不留空格，填的是“%s”", loginMost, n.Login)
	case n.Name == "":
		return fault.New(fault.Invalid, "账号 %s 没有填姓名或单位名称", n.Login)
	case role.Code == "":
		return fault.New(fault.Invalid, "账号 %s 的角色“%s”不存在，应为经办、管理、求职者、用人单位或系统管理员", n.Login, n.Role)
	case role.Staff && !area.Exists(n.Area):
		return fault.New(fault.Invalid, "账号 %s 的区划代码“%s”不存在，请按统计用区划代码填写", n.Login, n.Area)
	case role.Staff && area.Level(n.Area) < least:
		return fault.New(fault.Invalid, "经办账号 %s 应属于旗县（市、区）或以下，填的是%s", n.Login, area.Name(n.Area))
	case n.Role == Manager && area.Level(n.Area) > area.League:
		return fault.New(fault.Invalid, "管理账号 %s 应属于盟市或自治区，填的是%s", n.Login, area.Name(n.Area))
	case (n.Role == Seeker) != (n.PersonID != 0):
		return fault.New(fault.Invalid, "账号 %s：求职者账号须对应一个人，其他账号不得对应个人", n.Login)
	case (n.Role == Employer) != (n.EmployerID != 0):
		return fault.New(fault.Invalid, "账号 %s：用人单位账号须对应一个单位，其他账号不得对应单位", n.Login)
	}
	return CheckPassword(n.Password, n.Login)
}

// user is the account as the web tier knows it.
func (s *Service) user(a Account) web.User {
	role := RoleOf(a.Role)
	u := web.User{ID: a.ID, Login: a.Login, Name: a.Name, Role: a.Role, RoleName: role.Zh, Area: a.Area,
		AreaName: s.areaName(a.Area), PersonID: a.PersonID, EmployerID: a.EmployerID, Citizen: !role.Staff}
	if a.Role == Employer {
		u.Service = "account.forUnits"
	}
	return u
}
