package assignment

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// Whoever is of an area answers and judges for it: managers for their own area alone, officers also for the townships of
// their banner, where nobody else may have an account.

func of(who web.User, code string) bool {
	return who.Area != "" && (who.Area == code || who.Role == account.Officer && area.Within(code, who.Area))
}

// maySee asks whether somebody may see a task: staff of either side, and of what lies above either.
func maySee(who web.User, it *Item) error {
	switch {
	case who.Role != account.Officer && who.Role != account.Manager:
		return fault.New(fault.NotFound, "没有这件交办事项")
	case account.CanSeeArea(who, it.From) == nil, of(who, it.To):
		return nil
	}
	return account.CanSeeArea(who, it.To)
}

// mayAnswer asks whether somebody may answer: the area it was sent to.
func mayAnswer(who web.User, it *Item) error {
	if err := maySee(who, it); err != nil {
		return err
	}
	if !of(who, it.To) || who.Area == it.From {
		return fault.New(fault.Denied, "这件事项交办给%s，由%s回复，您的账号可以查看，不能回复", area.Name(it.To), area.Name(it.To))
	}
	return nil
}

// mayJudge asks whether somebody may accept or return an answer: the area that sent it.
func mayJudge(who web.User, it *Item) error {
	if err := maySee(who, it); err != nil {
		return err
	}
	if !of(who, it.From) || who.Area == it.To {
		return fault.New(fault.Denied, "这件事项由%s交办，由%s验收，您的账号可以查看，不能验收", area.Name(it.From), area.Name(it.From))
	}
	return nil
}

// toUs and byUs are the lists of what somebody's area was sent, and has sent.
func toUs(who web.User, states []State) Filter {
	if who.Role == account.Officer {
		return Filter{To: who.Area, States: states}
	}
	return Filter{OnlyTo: who.Area, States: states}
}

func byUs(who web.User, states []State) Filter {
	if who.Role == account.Officer {
		return Filter{From: who.Area, States: states}
	}
	return Filter{OnlyFrom: who.Area, States: states}
}
