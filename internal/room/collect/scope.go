package collect

import (
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/person"
)

// maySee says whether somebody may see an area's households and figures.
func maySee(who web.User, area string) error { return account.CanSeeArea(who, area) }

// mayAsk says whether somebody may write down what a person says: an officer of the area, down to the village.
func mayAsk(who web.User, p *person.Person) error { return account.CanManagePerson(who, p.Area, p.ID) }

// mayWork says whether somebody may visit households and enter newcomers in an area.
func mayWork(who web.User, area string) error { return account.CanVisit(who, area) }

// mayDecide says whether somebody may decide on what was reported from an area: an officer there, but no coordinator and not
// who reported.
func mayDecide(who web.User, area string, reporter int64) error {
	if who.ID == reporter && account.CanSeeArea(who, area) == nil {
		return fault.New(fault.Denied, "这一条是您本人报送的，须由其他经办人员核实")
	}
	return account.CanManageArea(who, area)
}
