package account

import (
	"strings"
	"testing"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
)

func TestWhoMaySeeAndDoWhat(t *testing.T) {
	var (
		officer  = web.User{ID: 1, Role: Officer, Area: "152921"}
		manager  = web.User{ID: 2, Role: Manager, Area: "1529"}
		region   = web.User{ID: 3, Role: Manager, Area: "15"}
		seeker   = web.User{ID: 4, Role: Seeker, Area: "152921100001", PersonID: 42}
		employer = web.User{ID: 5, Role: Employer, Area: "152921", EmployerID: 7}
		admin    = web.User{ID: 6, Role: Admin, Area: "15"}
		village  = web.User{ID: 10, Role: Officer, Area: "152921100001"}
		nobody   = web.User{}
		nowhere  = web.User{ID: 7, Role: Officer}
	)
	const here, next, far = "152921100001", "152923100001", "150102001001"
	for _, c := range []struct {
		name string
		got  error
		kind fault.Kind // Internal stands for yes
		text string
	}{
		{"an officer a person of the banner", CanSeePerson(officer, here, 1), 0, ""},
		{"an officer a person of the next banner", CanSeePerson(officer, next, 1), fault.Denied, "这份档案属于额济纳旗，您的权限范围是阿拉善左旗。如需查看请联系额济纳旗经办人员"},
		{"an officer a person of another league", CanSeePerson(officer, far, 1), fault.Denied, "这份档案属于呼和浩特市"},
		{"an officer a person without an area", CanSeePerson(officer, "", 1), fault.Denied, "未登记的地区"},
		{"an officer without an area anybody", CanSeePerson(nowhere, here, 1), fault.Denied, ""},
		{"a league's manager a person of the league", CanSeePerson(manager, next, 1), 0, ""},
		{"a league's manager a person of another", CanSeePerson(manager, far, 1), fault.Denied, "这份档案属于呼和浩特市，您的权限范围是阿拉善盟"},
		{"the region's manager anybody", CanSeePerson(region, far, 1), 0, ""},
		{"a seeker himself", CanSeePerson(seeker, here, 42), 0, ""},
		{"a seeker the neighbour", CanSeePerson(seeker, here, 43), fault.NotFound, "没有这份档案"},
		{"a seeker nobody", CanSeePerson(web.User{ID: 9, Role: Seeker}, here, 0), fault.NotFound, ""},
		{"an employer a person", CanSeePerson(employer, here, 42), fault.NotFound, "没有这份档案"},
		{"an administrator a person", CanSeePerson(admin, here, 42), fault.Denied, "不能查看个人档案"},
		{"a stranger a person", CanSeePerson(nobody, here, 42), fault.NotFound, ""},
		{"an officer changes a person", CanManagePerson(officer, here, 42), 0, ""},
		{"an officer changes a person elsewhere", CanManagePerson(officer, next, 42), fault.Denied, "额济纳旗"},
		{"a manager changes a person", CanManagePerson(manager, here, 42), fault.Denied, "可以查看，不能修改"},
		{"a seeker changes the own file", CanManagePerson(seeker, here, 42), fault.Denied, "经办人员办理"},
		{"an officer the banner", CanSeeArea(officer, "152921"), 0, ""},
		{"an officer a township", CanSeeArea(officer, "152921100"), 0, ""},
		{"an officer the league", CanSeeArea(officer, "1529"), fault.Denied, "您要查看的地区属于阿拉善盟，您的权限范围是阿拉善左旗"},
		{"a seeker an area", CanSeeArea(seeker, "152921"), fault.NotFound, ""},
		{"an officer works in the banner", CanManageArea(officer, "152921"), 0, ""},
		{"a manager works in the banner", CanManageArea(manager, "152921"), fault.Denied, "不能办理"},
		{"a coordinator visits the own village", CanVisit(village, here), 0, ""},
		{"a coordinator visits the next village", CanVisit(village, "152921100002"), fault.Denied, ""},
		{"a coordinator writes down what a neighbour says", CanManagePerson(village, here, 42), 0, ""},
		{"a coordinator does the desk's work", CanManageArea(village, here), fault.Denied, "由旗县（市、区）经办人员办理"},
		{"a coordinator changes an employer", CanManageEmployer(village, here, 8), fault.Denied, "由旗县（市、区）经办人员办理"},
		{"a township's officer does the desk's work", CanManageArea(web.User{ID: 11, Role: Officer, Area: "152921100"}, here), 0, ""},
		{"an employer itself", CanManageEmployer(employer, here, 7), 0, ""},
		{"an employer another", CanSeeEmployer(employer, here, 8), fault.NotFound, "没有这个单位"},
		{"a manager an employer", CanSeeEmployer(manager, here, 8), 0, ""},
		{"a manager changes an employer", CanManageEmployer(manager, here, 8), fault.Denied, ""},
		{"an administrator the accounts", CanManageAccounts(admin, here), 0, ""},
		{"a banner's administrator those of the league", CanManageAccounts(web.User{ID: 8, Role: Admin, Area: "152921"}, "1529"), fault.Denied, ""},
		{"an officer the accounts", CanManageAccounts(officer, here), fault.Denied, ""},
		{"a seeker the accounts", CanManageAccounts(seeker, here), fault.NotFound, ""},
	} {
		if c.kind == 0 && c.got != nil || c.kind != 0 && !fault.Is(c.got, c.kind) || c.kind != 0 && !strings.Contains(fault.TextOf(c.got), c.text) {
			t.Errorf("%s: %v, want %s %q", c.name, c.got, c.kind, c.text)
		}
	}
}
