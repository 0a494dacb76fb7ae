package dispatch

import (
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// Levels of the list. A unit stands on one list, the highest that it is named for.
const (
	Region = "region"
	League = "league"
	Banner = "banner"
)

var levels = []string{Region, League, Banner}

// criteria are the grounds for entry (《自治区“十四五”就业促进规划》专栏11、12: 带动就业能力强、用工规模大的重点企业和列入调度范围的企业).
var criteria = []string{"staff", "leader", "project", "industry", "export", "gap"}

// States of a unit's place on the list.
const (
	Asked = "asked" // waits for the region's decision
	On    = "on"
	Off   = "off"
)

// Unit is a key enterprise.
type Unit struct {
	EmployerID  int64
	Area        string
	Level       string
	Criteria    []string
	Why         string
	Document    string // number of the decision; "": none
	State       string
	Since       db.Date // day of the decision
	Until       db.Date // day it was taken off; zero: on
	OfficerID   int64   // account; 0: none
	OfficerName string
	Contact     Contact
	Version     int64

	Name       string // from the register
	CreditCode string
	Industry   string
	Staff      int
}

// Contact is who to talk to at a unit; it is kept sealed.
type Contact struct{ Name, Phone string }

// Event is something that happened to a unit's place on the list.
type Event struct {
	EmployerID int64
	ID         int64
	What       string
	Text       string
	By         string
	At         int64 // unix ms
}

// Officer is somebody who may be a service officer.
type Officer struct {
	ID         int64
	Name, Area string
}

// checkEntry says what is missing to put a unit on a list.
func checkEntry(u *Unit, today db.Date) error {
	switch {
	case !slices.Contains(levels, u.Level):
		return fault.New(fault.Invalid, "请选择列入哪一级名单：自治区、盟市或旗县")
	case len(u.Criteria) == 0:
		return fault.New(fault.Invalid, "请至少选择一项列入条件")
	case u.Why == "":
		return fault.New(fault.Invalid, "请写明列入的理由，例如“职工 620 人，三季度新上二期，缺操作工 80 人”")
	case u.Since.IsZero() || u.Since.After(today.Time):
		return fault.New(fault.Invalid, "决定日期应为今天（%s）或以前的日期", today)
	}
	return nil
}

// levelArea is the area that keeps the list of a level for a unit.
func levelArea(level, unit string) string {
	return map[string]string{Region: area.At(unit, area.Region), League: area.At(unit, area.League), Banner: area.At(unit, area.Banner)}[level]
}

// mayDecide says whether somebody decides about a level's list at once (nil), or has to ask (asks). The region's list takes two people.
func mayDecide(u web.User, level, unit string) (asks bool, err error) {
	if level == Region {
		return true, MayManage(u, unit)
	}
	keeper := levelArea(level, unit)
	if err := MayManage(u, unit); err != nil {
		return false, err
	}
	if !area.Within(keeper, u.Area) {
		return false, fault.New(fault.Denied, "%s的名单由%s决定，您可以列入旗县名单，或申请列入自治区名单", area.Name(keeper), area.Name(keeper))
	}
	return false, nil
}

// MaySee asks whether somebody may see a unit's pages: staff whose area reaches it, and the unit itself.
func MaySee(u web.User, code string, employerID int64) error {
	return account.CanSeeEmployer(u, code, employerID)
}

// MayManage asks whether somebody may act for an area: staff whose area reaches it, but no coordinators and no administrators.
func MayManage(u web.User, code string) error {
	if err := account.CanSeeArea(u, code); err != nil {
		return err
	}
	if u.Role != account.Officer && u.Role != account.Manager || account.Coordinator(u) {
		return fault.New(fault.Denied, "重点企业由旗县（市、区）以上就业服务机构联系，您的账号可以查看，不能办理")
	}
	return nil
}

// MayReport asks whether somebody may fill in a unit's report: the unit itself, and who may act for its area.
func MayReport(u web.User, unit *Unit) error {
	if u.Role == account.Employer && u.EmployerID == unit.EmployerID && u.EmployerID != 0 {
		return nil
	}
	return MayManage(u, unit.Area)
}
