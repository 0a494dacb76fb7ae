package casework

import (
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/person"
)

// mayRead says whether somebody may see a case: whose area the household lies in. The route has looked at the role.
func mayRead(who web.User, c *Case) error { return account.CanSeeArea(who, c.Area) }

// mayRecord says whether somebody may record what was done in a case.
func mayRecord(who web.User, c *Case) error { return account.CanVisit(who, c.Area) }

// mayReadFile says whether somebody may see a person's file.
func mayReadFile(who web.User, p *person.Person) error {
	return account.CanSeePerson(who, p.Area, p.ID)
}
