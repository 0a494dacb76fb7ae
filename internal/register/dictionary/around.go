package dictionary

import (
	"cmp"
	"context"
	"strings"
	"sync"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// Around is what facts of a person need from outside of their file.
type Around struct {
	Today     time.Time
	On        rule.Day         // the same day
	AsOf      int              // last month that the departments' data cover, 202508
	Zero      map[int64]bool   // zero-employment households
	Founder   map[int64]bool   // people who are legal representatives of any employer
	Legal     map[int64]bool   // those of an enterprise
	Kinds     map[int64]string // of employers
	Builders  map[int64]bool   // employers of the construction industry
	Frail     map[int64]bool   // households with a disabled member
	Resettled []string         // areas (codes) set to be resettlement areas
}

// Names of settings in the database.
const (
	settingAsOf      = "data.asof"
	SettingResettled = "roster.resettled" // codes of resettlement areas, separated by blanks
)

// On is the day and the last month of the departments' data (setting data.asof), without anything about people yet.
func On(ctx context.Context, q db.Querier, today time.Time) (*Around, error) {
	a := &Around{Today: today, On: rule.DayOf(today), AsOf: person.MonthOf(today),
		Zero: map[int64]bool{}, Founder: map[int64]bool{}, Legal: map[int64]bool{}, Kinds: map[int64]string{},
		Builders: map[int64]bool{}, Frail: map[int64]bool{}}
	areas, err := db.Setting(ctx, q, SettingResettled)
	if err != nil {
		return a, err
	}
	a.Resettled = strings.Fields(areas)
	text, err := db.Setting(ctx, q, settingAsOf)
	if err != nil || text == "" {
		return a, err
	}
	asOf, err := time.Parse(time.DateOnly, text)
	if err == nil {
		a.AsOf = person.MonthOf(asOf)
	}
	return a, err
}

// Everybody reads what facts of all people need, all at the same time, and returns the employers, which it has to read for that.
func (a *Around) Everybody(ctx context.Context, d *db.DB, employers *employer.Store) (units []employer.Employer, err error) {
	var zero []int64
	var all sync.WaitGroup
	var failed [3]error
	all.Go(func() { zero, failed[0] = person.ZeroEmployment(ctx, d, "", a.Today) })
	all.Go(func() { a.Frail, failed[1] = frail(ctx, d, a.Today) })
	all.Go(func() {
		failed[2] = employers.Each(ctx, "", func(e *employer.Employer) error {
			units = append(units, *e)
			a.employer(e)
			return nil
		})
	})
	all.Wait()
	for _, h := range zero {
		a.Zero[h] = true
	}
	return units, cmp.Or(failed[0], failed[1], failed[2])
}

func (a *Around) employer(e *employer.Employer) {
	a.Kinds[e.ID] = e.Kind
	if strings.HasPrefix(e.Industry, construction) {
		a.Builders[e.ID] = true
	}
	if e.FounderID != 0 {
		a.Founder[e.FounderID] = true
		if e.Kind == employer.Enterprise {
			a.Legal[e.FounderID] = true
		}
	}
}

// Somebody reads what one person's facts need.
func (a *Around) Somebody(ctx context.Context, d *db.DB, f *person.Facts) error {
	founded, err := founds(ctx, d, f.ID)
	if err != nil {
		return err
	}
	for _, kind := range founded {
		a.Founder[f.ID] = true
		if kind == employer.Enterprise {
			a.Legal[f.ID] = true
		}
	}
	var units []any
	for _, s := range f.Spells {
		units = append(units, s.EmployerID)
	}
	if a.Kinds, a.Builders, err = kindsOf(ctx, d, units); err != nil {
		return err
	}
	if err = frailAmong(ctx, d, []any{f.HouseholdID}, a.Today, a.Frail); err != nil {
		return err
	}
	a.Zero[f.HouseholdID], err = person.IsZeroEmployment(ctx, d, f.HouseholdID, a.Today)
	return err
}

// construction is the section of the classification of industries (GB/T 4754).
const construction = "E"

// resettled says whether a place lies in a resettlement area.
func (a *Around) resettled(area string) bool {
	for _, code := range a.Resettled {
		if strings.HasPrefix(area, code) {
			return true
		}
	}
	return false
}
