package policy

import (
	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// Who may see what: lists and single evaluations are for officers and managers of the area; people and employers see
// their own. The rules themselves are public to staff.

var (
	staffRoles = web.Roles(account.Officer, account.Manager)
	writers    = account.Desk(account.Officer, account.Manager) // of policies, and of messages about them
)

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

// mayDraft asks whether somebody may write the next version of a policy: the region's documents are the region's.
func mayDraft(who web.User, area string) error {
	if err := account.CanSeeArea(who, area); err != nil {
		return fault.Wrap(fault.Denied, err, "这项政策由上级制定，您可以查看、比较，要修改请向上级提出")
	}
	return nil
}

// maySee asks whether somebody may read a version: what was ever published is everybody's on the staff, what is still
// written only theirs whose area it is.
func maySee(who web.User, v *Version) error {
	if v.State == Published || v.State == Withdrawn {
		return nil
	}
	if err := account.CanSeeArea(who, v.Area); err != nil {
		return fault.Wrap(fault.NotFound, err, "没有 "+v.PolicyID+" 的这一版")
	}
	return nil
}

// mayWrite asks whether somebody may change a version: its author and colleagues of the area, while it is a draft.
func mayWrite(who web.User, v *Version) error {
	if v.State != Draft {
		return fault.New(fault.Conflict, "第 %d 版是%s，不能再改。要改请起草新的一版", v.Version, stateZh[v.State])
	}
	return mayDraft(who, v.Area)
}

// mayPublish asks whether somebody may put a version in force: a colleague of its author, once it is reviewed.
func mayPublish(who web.User, v *Version) error {
	switch {
	case v.State != Reviewed:
		return fault.New(fault.Conflict, "只有已复核的版本可以发布，这一版是%s", stateZh[v.State])
	case who.ID == v.AuthorID:
		return fault.New(fault.Denied, "编写人不能发布。这一版是您编写的，请由另一位同事发布")
	}
	return mayDraft(who, v.Area)
}

// maySet asks whether somebody may set a parameter for an area: managers of a league or the region, for their own area.
func maySet(who web.User, area string) error {
	const leagueDigits = 4
	if who.Role != account.Manager || len(who.Area) > leagueDigits {
		return fault.New(fault.Denied, "参数由盟市或自治区的管理人员设置，您的账号可以查看")
	}
	if area == "" {
		area = region
	}
	return account.CanSeeArea(who, area)
}

// stateZh are the states as people read them.
var stateZh = map[State]string{Draft: "草稿", Waiting: "待复核", Reviewed: "已复核", Published: "已发布", Withdrawn: "已撤回"}

// within asks whether a policy of a league or banner is only for people or employers there.
func within(p *rule.Policy, v *Version) error {
	if v.Area == region || v.Area == "" {
		return nil
	}
	name := "居住地"
	if p.For == rule.Employer {
		name = "登记地"
	}
	tree, err := readTree(v.Text, p.Dictionary())
	if err != nil {
		return err
	}
	if !tree.confined(name, v.Area) {
		return fault.New(fault.Invalid, "本地区的政策只能面向本地区，请在“同时符合以下各条”下加一条：%s 开头为 %s", name, v.Area)
	}
	return nil
}
