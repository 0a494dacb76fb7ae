package fair

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// perNight is how many fairs a night looks up; the rest waits for the next one.
const perNight = 500

// insuredThere says whether an employer's insurance shows somebody at work there in a month: pension paid by it for that month, in a
// run that began no earlier than the fair's month.
func insuredThere(list []person.Insurance, employerID int64, fairMonth, month int) bool {
	return slices.ContainsFunc(list, func(i person.Insurance) bool {
		return i.Kind == person.Pension && i.EmployerID == employerID && i.From >= fairMonth && i.From <= month && (i.To == 0 || i.To >= month)
	})
}

// outcome fills in what the register shows by the last month of its data, and reports whether anything is new.
func outcome(t *Talk, f *Fair, insurances []person.Insurance, last int) (fresh bool) {
	first := person.MonthOf(f.Day.Time)
	for _, one := range []struct {
		months int
		at     *int
	}{{1, &t.Month1}, {3, &t.Month3}} {
		month := person.MonthOf(firstOf(f.Day).AddDate(0, one.months, 0))
		if *one.at != NotYet || month > last {
			continue
		}
		*one.at, fresh = No, true
		if insuredThere(insurances, t.EmployerID, first, month) {
			*one.at = Yes
		}
	}
	return fresh
}

// firstOf is the first day of a day's month: months are added to it without running over.
func firstOf(d db.Date) db.Date { return db.On(d.AddDate(0, 0, 1-d.Day())) }

// Follow looks up in the register what came of talks, one and three months after the fair, and returns how many are newly known.
func (r *Room) Follow(ctx context.Context) (n int, err error) {
	last := person.MonthOf(r.asOf())
	ids, err := dueTalks(ctx, r.DB, db.On(r.asOf()), perNight)
	if err != nil {
		return 0, err
	}
	fairs, err := fairsByID(ctx, r.DB, ids)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		f := fairs[id]
		talks, err := talksOf(ctx, r.DB, id)
		if err != nil {
			return n, err
		}
		talks = slices.DeleteFunc(talks, func(t Talk) bool { return !t.Promising() || t.Month3 != NotYet })
		for len(talks) > 0 {
			part := talks[:min(len(talks), chunk)]
			talks = talks[len(part):]
			var people []int64
			for _, t := range part {
				people = append(people, t.PersonID)
			}
			facts, err := r.People.FactsOf(ctx, slices.Compact(people))
			if err != nil {
				return n, err
			}
			known := map[int64][]person.Insurance{}
			for _, p := range facts {
				known[p.ID] = p.Insurances
			}
			var fresh []Talk
			for _, t := range part {
				if outcome(&t, &f, known[t.PersonID], last) {
					fresh = append(fresh, t)
				}
			}
			if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return saveOutcomes(ctx, tx, fresh) }); err != nil {
				return n, err
			}
			n += len(fresh)
		}
	}
	return n, nil
}
