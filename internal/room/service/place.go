package service

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// The four places by which a person may be served (四地: 户籍地、常住地、参保地、就业地).
const (
	ByHousehold = "household" // where the household is registered
	ByResidence = "residence" // where the person lives
	ByInsured   = "insured"   // where the unit that pays insurance is
	ByWork      = "work"      // where the workplace is
)

// placeOrder is the order in which a right is looked for: the nearest to the person first.
var placeOrder = []string{ByResidence, ByHousehold, ByWork, ByInsured}

// Places are a person's four places: kind → area code. A place that is not known is not there.
type Places map[string]string

// Right tells by which of the four places somebody may serve the person; "" when by none.
func (p Places) Right(who web.User) string {
	for _, kind := range placeOrder {
		if code := p[kind]; code != "" && who.Area != "" && area.Within(code, who.Area) {
			return kind
		}
	}
	return ""
}

// MayServe asks whether an officer's counter may serve a person, and by which place. Managers may look, not serve.
func MayServe(who web.User, p Places) (right string, err error) {
	if who.Role != account.Officer && who.Role != account.Manager {
		return "", fault.New(fault.NotFound, "没有这份档案")
	}
	if right = p.Right(who); right == "" {
		return "", fault.New(fault.Denied, "此人的户籍地、常住地、参保地、就业地都不在%s，这里不能办理。请其到%s办理", area.Name(who.Area), area.FullName(area.At(p[ByResidence], area.Banner)))
	}
	return right, nil
}

// Offices are the banners of the four places other than the officer's own, in the order of placeOrder: where a matter may
// be sent to.
func (p Places) Offices(who web.User) (codes []string) {
	seen := map[string]bool{area.At(who.Area, area.Banner): true}
	for _, kind := range placeOrder {
		if code := area.At(p[kind], area.Banner); code != "" && !seen[code] && area.Exists(code) {
			seen[code] = true
			codes = append(codes, code)
		}
	}
	return codes
}
