package dictionary

import "jiuye/internal/engine/rule"

// counted are the numbers that come from insurance of the data's last month.
func (u Unit) counted(id int) rule.Value {
	paid, said := u.insured.people, int64(u.employer.Staff)
	switch id {
	case Insured:
		return rule.Int(paid)
	case InsuredDisabled:
		return rule.Int(u.insured.disabled)
	case Reported:
		return rule.Int(said)
	case StaffGap:
		return rule.Int(max(paid-said, said-paid))
	case StaffGapShare:
		if most := max(paid, said); most > 0 {
			return rule.Int(max(paid-said, said-paid) * 100 / most)
		}
		return rule.Int(0)
	}
	quota := paid * DisabledShare.On(u.on) * (rule.Scale / 10_000) // parts of people
	if id == QuotaGap {
		quota = max(0, quota-u.insured.disabled*rule.Scale)
	}
	return rule.Parts(quota)
}
