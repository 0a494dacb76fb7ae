package intake

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// unitsDrawn is what drawing employers anew came to.
type unitsDrawn struct {
	removed, vacancies int64 // employers; vacancies taken out
	closed             int64 // vacancies that somebody has applied for: closed, not taken out
}

// drawUnits draws employers and their vacancies anew from their live records. One without a live record leaves the
// register, unless somebody works there, it recruits, or another room holds something of it.
func (r *Room) drawUnits(ctx context.Context, tx *db.Tx, ids []int64) (d unitsDrawn, err error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	records, err := ofUnits.of(ctx, tx, r.openSaid, ids)
	if err != nil {
		return d, err
	}
	if err := r.drawVacancies(ctx, tx, records, &d); err != nil {
		return d, err
	}
	list, err := r.Employers.ListIn(ctx, tx, ids)
	if err != nil {
		return d, err
	}
	var now []employer.Employer
	var silent []int64
	for _, was := range list {
		live, ended := parted(records[was.ID])
		if main := r.latestOf(live, "employer"); main != nil {
			rec, err := r.restore(main)
			if err != nil {
				return d, err
			}
			e := employerOf(rec)
			e.ID = was.ID
			if e.FounderID, err = r.founderOf(ctx, tx, rec); err != nil {
				return d, err
			}
			now = append(now, e)
		} else if m := firstMention(live); m != nil {
			now = append(now, mentioned(was.ID, m.Cells["employer"], was.CreditCode))
		} else if len(live)+len(ended) > 0 {
			silent = append(silent, was.ID)
		}
	}
	if _, err := r.Employers.SaveClaimed(ctx, tx, now); err != nil {
		return d, err
	}
	return d, r.removeUnits(ctx, tx, list, silent, &d)
}

// latestOf is the record of a recipe that was heard last; nil: there is none.
func (r *Room) latestOf(records []Said, becomes string) (last *Said) {
	for i := range records { // in the order in which they were heard
		if t := r.Kinds.Of(records[i].Kind); t != nil && t.Becomes == becomes {
			last = &records[i]
		}
	}
	return last
}

func firstMention(records []Said) *Said {
	for i := range records {
		if records[i].Kind == KindMention {
			return &records[i]
		}
	}
	return nil
}

// founderOf is the person whom a row of the 企业 sheet names as the head, 0 when nobody in the register agrees.
func (r *Room) founderOf(ctx context.Context, tx *db.Tx, rec *record) (int64, error) {
	boss := rec.text("bossid")
	if boss == "" {
		return 0, nil
	}
	h := r.People.HashOf(boss)
	found, err := r.People.Find(ctx, tx, []person.Hash{h})
	if p, known := found[h]; known && p.NameKey == person.NameKey(rec.text("boss")) {
		return p.ID, err
	}
	return 0, err
}

// removeUnits takes out those employers that nothing refers to. Of those that stay because people work there, what these
// people's records say is all that is known now.
func (r *Room) removeUnits(ctx context.Context, tx *db.Tx, list []employer.Employer, ids []int64, d *unitsDrawn) error {
	if len(ids) == 0 {
		return nil
	}
	working, err := r.People.Employing(ctx, tx, ids)
	if err != nil {
		return err
	}
	recruiting, err := r.Employers.WithVacancies(ctx, tx, ids)
	if err != nil {
		return err
	}
	held := map[int64]string{}
	if r.HeldUnits != nil {
		if held, err = r.HeldUnits(ctx, tx, ids); err != nil {
			return err
		}
	}
	var gone []int64
	for _, e := range list {
		who, works := working[e.ID]
		switch {
		case !slices.Contains(ids, e.ID):
		case works:
			if err := r.mentionAgain(ctx, tx, e, who); err != nil {
				return err
			}
		case !recruiting[e.ID] && held[e.ID] == "":
			gone = append(gone, e.ID)
		}
	}
	d.removed += int64(len(gone))
	return r.Employers.Remove(ctx, tx, gone)
}

// mentionAgain writes what a record about somebody who works there says of an employer.
func (r *Room) mentionAgain(ctx context.Context, tx *db.Tx, e employer.Employer, personID int64) error {
	all, err := ofPeople.of(ctx, tx, r.openSaid, []int64{personID})
	if err != nil {
		return err
	}
	for i := range all[personID] {
		s := &all[personID][i]
		if s.EndedAt != 0 || s.Cells["creditcode"] != e.CreditCode {
			continue
		}
		rec, err := r.restore(s)
		if err != nil || rec == nil {
			return err
		}
		again := mentioned(e.ID, rec.text("employer"), e.CreditCode)
		if _, err := ofUnits.add(ctx, tx, []Said{r.newWriting(tx, &Batch{}, nil, nil).mention(&again, rec)}); err != nil {
			return err
		}
		_, err = r.Employers.SaveClaimed(ctx, tx, []employer.Employer{again})
		return err
	}
	return nil
}

// mentioned is an employer of which only name and code are known.
func mentioned(id int64, name, code string) employer.Employer {
	e := unitNamed(name, code)
	e.ID = id
	return e
}

// drawVacancies takes out the vacancies that only ended records told of, and writes those that live ones tell of.
func (r *Room) drawVacancies(ctx context.Context, tx *db.Tx, records map[int64][]Said, d *unitsDrawn) error {
	live, ended := map[int64]employer.Vacancy{}, map[int64]bool{}
	var order, ids []int64
	for unit, list := range records {
		for i := range list {
			t := r.Kinds.Of(list[i].Kind)
			if t == nil || t.Becomes != "vacancy" {
				continue
			}
			rec, err := r.restore(&list[i])
			if err != nil {
				return err
			}
			v := vacancyOf(rec, unit)
			if list[i].EndedAt != 0 {
				ended[v.ID] = true
				continue
			}
			live[v.ID] = v
			order = append(order, v.ID)
		}
	}
	for id := range ended {
		if _, told := live[id]; !told {
			ids = append(ids, id)
		}
	}
	if err := r.withdrawVacancies(ctx, tx, ids, d); err != nil {
		return err
	}
	there, err := r.Employers.Vacancies(ctx, tx, order)
	if err != nil {
		return err
	}
	var changed []employer.Vacancy
	for _, old := range there {
		v := live[old.ID]
		v.KeepUntold(old)
		if v != old {
			changed = append(changed, v)
		}
		delete(live, old.ID)
	}
	for _, v := range live {
		changed = append(changed, v)
	}
	return r.Employers.SaveVacancies(ctx, tx, changed)
}

func (r *Room) withdrawVacancies(ctx context.Context, tx *db.Tx, ids []int64, d *unitsDrawn) error {
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	held := map[int64]string{}
	if r.HeldVacancies != nil {
		var err error
		if held, err = r.HeldVacancies(ctx, tx, ids); err != nil {
			return err
		}
	}
	list, err := r.Employers.Vacancies(ctx, tx, ids)
	if err != nil {
		return err
	}
	var gone []int64
	var closed []employer.Vacancy
	for _, v := range list {
		if held[v.ID] == "" {
			gone = append(gone, v.ID)
		} else if v.State == employer.Open {
			v.State = employer.Closed
			closed = append(closed, v)
		}
	}
	d.vacancies, d.closed = d.vacancies+int64(len(gone)), d.closed+int64(len(closed))
	if err := r.Employers.SaveVacancies(ctx, tx, closed); err != nil {
		return err
	}
	return r.Employers.RemoveVacancies(ctx, tx, gone)
}
