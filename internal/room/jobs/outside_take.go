package jobs

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// Why a vacancy is hidden.
const (
	hiddenUnlawful = "unlawful"
	hiddenGone     = "gone"
	hiddenSilent   = "silent"
)

// take writes a block of adverts.
func (d *delivery) take(ctx context.Context, tx *db.Tx, block []*told) error {
	if len(block) == 0 {
		return nil
	}
	if err := d.findUnits(ctx, tx, block); err != nil {
		return err
	}
	var write []employer.Vacancy
	var same []int64
	var hidden, shown []employer.Vacancy
	why := map[int64]string{}
	err := d.compare(ctx, tx, block, func(a *told, old *employer.Vacancy) {
		today := db.On(d.Clock.Today())
		if old == nil {
			a.ID = d.IDs.Next()
			if a.unlawful != "" {
				a.State = employer.Hidden
			}
		} else if a.Vacancy == *old {
			same = append(same, a.ID)
			return
		}
		if a.Code == "" {
			a.Code = d.codeOf(a.Title, a.Occupation)
		}
		a.Confirmed = today
		write = append(write, a.Vacancy)
		switch {
		case a.unlawful != "":
			hidden = append(hidden, a.Vacancy)
			why[a.ID] = "含有不得有的条件：" + a.unlawful
		case old != nil && old.State == employer.Hidden:
			shown = append(shown, a.Vacancy)
		}
	})
	if err != nil {
		return err
	}
	if err := d.Employers.SaveVacancies(ctx, tx, write); err != nil {
		return err
	}
	if err := d.Employers.Confirm(ctx, tx, same, db.On(d.Clock.Today())); err != nil {
		return err
	}
	if err := d.store.unhide(ctx, tx, shown); err != nil {
		return err
	}
	return d.store.putHidden(ctx, tx, hidden, hiddenUnlawful, why, d.Clock.Today(), d.ByName)
}

// findUnits finds each advert's employer: by credit code, by its name in the register, by its name among those that adverts brought,
// and otherwise as a new unit that is known by name only.
func (d *delivery) findUnits(ctx context.Context, tx *db.Tx, block []*told) error {
	var codes []string
	for _, a := range block {
		if a.credit != "" && !slices.Contains(codes, a.credit) {
			codes = append(codes, a.credit)
		}
	}
	known, err := d.Employers.Resolve(ctx, tx, codes)
	if err != nil {
		return err
	}
	var fresh []employer.Employer
	for _, a := range block {
		if a.credit == "" || known[a.credit] != 0 || a.name == "" {
			continue
		}
		e := employer.Employer{ID: d.IDs.Next(), CreditCode: a.credit, Name: a.name, Kind: kindOf(a.credit), Area: area.At(a.Area, area.Banner)}
		known[a.credit] = e.ID
		fresh = append(fresh, e)
	}
	if err := d.Employers.Save(ctx, tx, fresh); err != nil {
		return err
	}
	d.sum.NewUnits += len(fresh)
	leagues := map[string][]*told{}
	for _, a := range block {
		switch id := known[a.credit]; {
		case a.credit != "" && id != 0:
			a.EmployerID = id
			d.sum.ByCredit++
		case d.units[sumOf(a.league, employer.NameKey(a.name))] > 0:
			a.EmployerID = d.units[sumOf(a.league, employer.NameKey(a.name))]
			d.sum.ByName++
		default:
			leagues[a.league] = append(leagues[a.league], a)
			d.sum.Unverified++
		}
	}
	for league, list := range leagues {
		if err := d.unverified(ctx, tx, league, list); err != nil {
			return err
		}
	}
	return nil
}

// unverified leads adverts of a league to units that are known by name only.
func (d *delivery) unverified(ctx context.Context, tx *db.Tx, league string, list []*told) error {
	var keys []string
	for _, a := range list {
		if k := employer.NameKey(a.name); !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	found, err := d.Employers.ResolveNames(ctx, tx, league, keys)
	if err != nil {
		return err
	}
	var fresh []employer.Employer
	for _, a := range list {
		k := employer.NameKey(a.name)
		if found[k] == 0 {
			e := employer.Employer{ID: d.IDs.Next(), Name: a.name, Area: area.At(a.Area, area.Banner)}
			found[k] = e.ID
			fresh = append(fresh, e)
		}
	}
	taken, err := d.Employers.SaveUnverified(ctx, tx, league, fresh)
	if err != nil {
		return err
	}
	d.sum.NewUnits += len(fresh) - len(taken)
	for _, a := range list {
		a.EmployerID = found[employer.NameKey(a.name)]
		if id := taken[a.EmployerID]; id != 0 {
			a.EmployerID = id
		}
	}
	return nil
}

// kindOf is a unit's kind by the first two characters of its credit code (GB 32100: registering department and kind).
func kindOf(credit string) string {
	switch {
	case credit[:2] == "92":
		return employer.Individual
	case credit[0] == '1':
		return employer.Institution
	case credit[0] == '5':
		return employer.Organisation
	}
	return employer.Enterprise
}

// hide keeps vacancies from being shown, with the reason.
func (r *Room) hide(ctx context.Context, tx *db.Tx, list []employer.Vacancy, why, text, by string) error {
	reasons := map[int64]string{}
	for i := range list {
		list[i].State = employer.Hidden
		reasons[list[i].ID] = text
	}
	if err := r.Employers.SaveVacancies(ctx, tx, list); err != nil {
		return err
	}
	return r.store.putHidden(ctx, tx, list, why, reasons, r.Clock.Today(), by)
}
