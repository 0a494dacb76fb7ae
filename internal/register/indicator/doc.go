// Package indicator is the register of what is counted and what is wanted (指标): definitions with their versions, plans with
// targets and tasks, sums by area and period as they were known on any day, figures that units report, and the outlook on targets.
// Every room may read it; room plan counts into it.
//
// It serves S170 就业主要指标与目标, S171 就业统计指标体系 and lends its numbers to S172–S184.
//
//	v, err := r.Year(ctx, "1529", "new_urban", 2025, time.Time{})        // as known now; a day: as known that day
//	list, err := r.Months(ctx, areas, "new_urban", 202401, 202508, day)  // every month, areas in the order asked
//	below, err := r.Below(ctx, "1529", "registered_rate", 2025, day)     // the areas one level down
//	steps, err := r.History(ctx, "1529", "new_urban", 202507)            // value by value, each with the day it became known
//
// A sum is kept once, with the day from which it was known so. When a later count finds another, the old one goes to
// indicator_past with the day it was superseded. So nights that change nothing write nothing, and any past day can be asked;
// of days more than two years past, month-ends and corrections are exact ([Register.Thin]).
//
// Numbers are whole: people, ten-thousandths for %, hundredths for years and the like; see [Scaled] and [Figure].
package indicator
