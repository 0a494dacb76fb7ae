package supervise

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// MaySee asks whether somebody may see what lies in an area: staff whose area reaches it.
func MaySee(u web.User, code string) error { return account.CanSeeArea(u, code) }

// MayReport asks whether somebody may report, answer or ask for more time in a unit's name: its liaison, or staff of the very area
// that the unit belongs to.
func MayReport(u web.User, code string, liaison int64) error {
	if err := MaySee(u, code); err != nil {
		return err
	}
	if u.ID == liaison && liaison != 0 || u.Area == code && !account.Coordinator(u) {
		return nil
	}
	return fault.New(fault.Denied, "进展由责任单位的联络员或同级人员报送，您可以查看和督办，不能代为报送")
}

// MaySupervise asks whether somebody may give duties to an area's units, check and press them: managers whose area reaches it, and
// officers for the units of their own banner.
func MaySupervise(u web.User, code string) error {
	if err := MaySee(u, code); err != nil {
		return err
	}
	if u.Role == account.Manager || u.Role == account.Officer && !account.Coordinator(u) && u.Area == code {
		return nil
	}
	return fault.New(fault.Denied, "分工、核验和督办由本级领导小组办公室或上级办理，您的账号不能办理")
}

// MayStop asks whether somebody may stop a duty: whoever supervises, and what comes from above only those above.
func MayStop(u web.User, d *Duty) error {
	if err := MaySupervise(u, d.Area); err != nil {
		return err
	}
	if u.Area == d.Area && d.Giver != "" && d.Giver != d.Area {
		return fault.New(fault.Denied, "这项任务由%s下达，由上级核验和停止，您的账号不能办理", area.Name(d.Giver))
	}
	return nil
}

// MayCheck asks whether somebody may check what was reported: whoever may stop the duty, but never the person who reported it.
func MayCheck(u web.User, d *Duty, m *Milestone) error {
	if err := MayStop(u, d); err != nil {
		return err
	}
	if m.ReporterID == u.ID {
		return fault.New(fault.Denied, "核验由另一人办理：报送的人不能核验自己报送的完成情况")
	}
	return nil
}

// MayLead asks whether somebody may hold meetings, inspect and appraise for an area: managers whose area reaches it.
func MayLead(u web.User, code string) error {
	if err := MaySee(u, code); err != nil {
		return err
	}
	if u.Role != account.Manager {
		return fault.New(fault.Denied, "会议、检查和考核由盟市或自治区管理人员组织，您的账号可以查看，不能修改")
	}
	return nil
}

// MayRead asks whether somebody may read an area's meetings and appraisals: staff above it, and those whom it is about.
func MayRead(u web.User, code string) error {
	if account.RoleOf(u.Role).Staff && u.Role != account.Admin && area.Within(u.Area, code) {
		return nil
	}
	return MaySee(u, code)
}

// upper is the area that decides about another's extensions: one level up, the region itself at the top.
func upper(code string) string {
	if p := area.Parent(code); p != "" {
		return p
	}
	return code
}
