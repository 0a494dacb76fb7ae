package gig

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// MaySee asks whether somebody may see what lies in an area: staff whose area reaches it.
func MaySee(u web.User, code string) error { return account.CanSeeArea(u, code) }

// MayKeep asks whether somebody may keep markets and settle things in an area: staff whose area reaches it, but no coordinators.
func MayKeep(u web.User, code string) error {
	if err := account.CanSeeArea(u, code); err != nil {
		return err
	}
	if account.Coordinator(u) {
		return fault.New(fault.Denied, "零工市场由旗县（市、区）以上人员办理，您的账号不能办理")
	}
	return nil
}

// MayRun asks whether somebody may run a job: whoever hires, or staff whose area reaches it.
func MayRun(u web.User, j *Job) error {
	if u.Role == account.Employer {
		if j.EmployerID == 0 || j.EmployerID != u.EmployerID {
			return fault.New(fault.NotFound, "没有这个零工用工")
		}
		return nil
	}
	return MayKeep(u, j.Area)
}

// maySpeak asks whether somebody may say the hirer's word on attendance and pay: an employer for itself, staff for a household that they
// have brought in. On an employer's jobs staff settle, with the reason.
func maySpeak(u web.User, j *Job) error {
	if err := MayRun(u, j); err != nil {
		return err
	}
	if u.Role != account.Employer && j.EmployerID != 0 {
		return fault.New(fault.Denied, "出勤和付款由用工单位自己登记。有出入请用“调处”办理并写明理由")
	}
	return nil
}

// MayShare asks whether somebody may see an agreement: both enterprises, and staff whose area reaches the place of work. People see
// their own part elsewhere.
func MayShare(u web.User, s *Share) error {
	if u.Role == account.Employer {
		if u.EmployerID == 0 || u.EmployerID != s.LenderID && u.EmployerID != s.BorrowerID {
			return fault.New(fault.NotFound, "没有这份共享用工协议")
		}
		return nil
	}
	return MayKeep(u, s.Area)
}
