package policy

import (
	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// Who may see what: lists and single evaluations are for officers and managers of the area; people and employers see
// their own. The rules themselves are public to staff.

var staffRoles = web.Roles(account.Officer, account.Manager)

// ownFile is the person or employer behind a user, or a fault that says what to do.
func ownFile(id int64, what string) error {
	if id == 0 {
		return fault.New(fault.NotFound, "您的账号还没有与%s对上，请带证件到就近的就业服务站办理关联", what)
	}
	return nil
}

// isFor says whether a policy is for this kind of subject; the wrong one is a fault of kind NotFound.
func isFor(p *rule.Policy, employer bool) error {
	switch {
	case (p.For == rule.Employer) == employer:
		return nil
	case employer:
		return fault.New(fault.NotFound, "“%s”面向个人，没有单位的判断结果", p.Name.Zh)
	}
	return fault.New(fault.NotFound, "“%s”面向单位，没有个人的判断结果", p.Name.Zh)
}
