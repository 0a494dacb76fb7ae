package dictionary

import (
	"jiuye/internal/engine/rule"
	"jiuye/internal/register/person"
)

// delay is one column of the tables annexed to the decision of 13 September 2024 on the gradual rise of the statutory
// retirement age (全国人大常委会《关于实施渐进式延迟法定退休年龄的决定》): from January 2025 on, everybody who would have retired in a
// later month retires one month later for each step, up to most.
type delay struct{ age, step, most int }

var (
	men          = delay{age: 60, step: 4, most: 36}
	womenCadres  = delay{age: 55, step: 4, most: 36}
	womenWorkers = delay{age: 50, step: 2, most: 60}
)

var reform = rule.DayOf(day(2025, 1, 1))

// from is the day on which somebody born on a day reaches the statutory retirement age.
func (d delay) from(birth rule.Day) rule.Day {
	before := birth.AddMonths(12 * d.age)
	if before < reform {
		return before
	}
	months := min(d.most, reform.Months(monthEnd(before))/d.step+1)
	return birth.AddMonths(12*d.age + months)
}

// monthEnd is a day of the same month by which every whole month since a first of January has passed.
func monthEnd(d rule.Day) rule.Day {
	t := d.Time()
	return rule.DayOf(day(t.Year(), t.Month(), 28))
}

// retirement is the statutory retirement day. The register does not know who is a cadre, so women count as workers.
func retirement(sex int, birth rule.Day) rule.Day {
	if sex == person.Female {
		return womenWorkers.from(birth)
	}
	return men.from(birth)
}
