package dictionary

import (
	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// diedOn is the day of death, zero while nobody has registered one.
func diedOn(*person.Facts) db.Date { return db.Date{} }
