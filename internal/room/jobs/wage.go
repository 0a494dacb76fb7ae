package jobs

import (
	"time"

	"jiuye/internal/ground/clock"
)

// wage is a minimum monthly wage in force from a day on.
type wage struct {
	from   time.Time
	fen    int64
	source string
}

// minimumWages are those of Inner Mongolia's class 1 areas, newest first. To confirm before use in service: whether a
// later notice of the region has raised it, and which class each banner belongs to.
var minimumWages = []wage{
	{clock.Date(2021, time.December, 1), 198000, "内蒙古自治区最低工资标准，一类区，2021年12月1日起"},
}

// minimumWage is the one in force on a day; the zero wage before the first.
func minimumWage(on time.Time) wage {
	for _, w := range minimumWages {
		if !on.Before(w.from) {
			return w
		}
	}
	return wage{}
}
