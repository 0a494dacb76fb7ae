package approval

import (
	"slices"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// maySee asks whether somebody may see a request: whoever asked, and staff whose area reaches it.
func maySee(who web.User, it *Item) error {
	switch {
	case who.ID != 0 && it.ByID == who.ID:
		return nil
	case who.Role != account.Officer && who.Role != account.Manager:
		return fault.New(fault.NotFound, "没有这件申请")
	}
	return account.CanSeeArea(who, it.Area)
}

// mayDecide asks whether somebody may decide on a request: never who asked for it, and never a person about themself.
func (s *Service) mayDecide(who web.User, it *Item) error {
	switch {
	case who.ID == 0 || who.ID == it.ByID:
		return fault.New(fault.Denied, "谁提出谁不能审批。这件申请是您提出的，请由另一位同事审批")
	case who.PersonID != 0 && who.PersonID == it.PersonID:
		return fault.New(fault.Denied, "这件申请涉及您本人，请由另一位同事审批")
	}
	if err := maySee(who, it); err != nil {
		return err
	}
	if account.Coordinator(who) {
		return fault.New(fault.Denied, "嘎查村协管员不审批，请由旗县（市、区）经办人员审批")
	}
	if !slices.Contains(s.kinds[it.Kind].roles(), who.Role) {
		return fault.New(fault.Denied, "“%s”由%s审批，您的账号可以查看，不能审批", s.kinds[it.Kind].Zh, roleNames(s.kinds[it.Kind].roles()))
	}
	return nil
}

func roleNames(codes []string) string {
	text := ""
	for i, c := range codes {
		if i > 0 {
			text += "或"
		}
		text += account.RoleOf(c).Zh
	}
	return text + "人员"
}

// decidable are the kinds that a role may decide on.
func (s *Service) decidable(who web.User) (kinds []string) {
	for _, code := range s.order {
		if slices.Contains(s.kinds[code].roles(), who.Role) {
			kinds = append(kinds, code)
		}
	}
	return kinds
}
