package intake

import (
	"context"
	"errors"

	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// takePeople writes the rows of the 户籍 sheet: newcomers, and what has changed of the others. Whether somebody can and
// wants to work is not the police's to say and stays as it is.
func (w *writing) takePeople(ctx context.Context, rows []*record) error {
	hashes := make([]person.Hash, len(rows))
	for i, r := range rows {
		hashes[i] = r.hash
	}
	if err := w.findPeople(ctx, hashes); err != nil {
		return err
	}
	good := rows[:0:0]
	fresh := map[[16]byte]bool{}
	for _, r := range rows {
		ref, found := w.person(r.hash)
		if !found && area.Within(r.person.Area, w.batch.Area) {
			ref, found = refOf(w.room.IDs.Next(), r.nameKey, r.person.Area), true
			fresh[short(r.hash)] = true
			w.learned.people[short(r.hash)] = ref
		}
		switch {
		case !area.Within(r.person.Area, w.batch.Area), found && !area.Within(string(ref.area[:]), w.batch.Area):
			w.reject(r, w.outside("此人居住地"))
		case found && ref.name != hashName(r.nameKey):
			w.review(r, WhyName, ref)
		default:
			good = append(good, r)
			w.count(r)
		}
	}
	rowsTaken := int64(len(good))
	good = fold(good, func(r **record) [16]byte { return short((*r).hash) })
	homes, err := w.households(ctx, good)
	if err != nil {
		return err
	}
	changed, err := w.savePeople(ctx, good, fresh, homes)
	w.counts.Accepted += changed
	w.counts.Repeated += rowsTaken - changed
	return err
}

// home is a household as the rows of a block tell of it.
type home struct {
	person.Household
	head bool // the head's own row is in this block
}

// households finds and makes the households (户) of rows. A household lives where its head does.
func (w *writing) households(ctx context.Context, rows []*record) (map[string]int64, error) {
	numbers := make([]string, 0, len(rows))
	homes := map[string]home{}
	for _, r := range rows {
		number := r.text("household")
		_, seen := homes[number]
		if !seen {
			numbers = append(numbers, number)
		}
		if head := r.person.Relation == headOfHousehold; head || !seen {
			homes[number] = home{person.Household{Number: number, Area: r.person.Area, Rural: r.person.Rural}, head}
		}
	}
	ids, err := w.room.People.ResolveHouseholds(ctx, w.tx, numbers)
	if err != nil {
		return nil, err
	}
	var fresh, all []person.Household
	for _, number := range numbers {
		h := homes[number]
		id, found := ids[number]
		if h.ID = id; !found {
			h.ID = w.room.IDs.Next()
			ids[number] = h.ID
			fresh = append(fresh, h.Household)
		}
		if !found || h.head { // members whose head stands in another block do not move the household
			all = append(all, h.Household)
		}
	}
	if len(fresh) > 0 {
		taken, err := w.room.People.ClaimHouseholds(ctx, w.tx, fresh)
		if err != nil || len(taken) > 0 {
			return nil, errors.Join(err, again(len(taken)))
		}
	}
	return ids, w.room.People.SaveClaimedHouseholds(ctx, w.tx, all)
}

const headOfHousehold = "户主"

// savePeople writes newcomers and those of whom something has changed, and returns how many they were.
func (w *writing) savePeople(ctx context.Context, rows []*record, fresh map[[16]byte]bool, homes map[string]int64) (changed int64, err error) {
	var old []int64
	for _, r := range rows {
		if ref, _ := w.person(r.hash); !fresh[short(r.hash)] {
			old = append(old, ref.id)
		}
	}
	before := map[int64]person.Person{}
	list, err := w.room.People.List(ctx, old)
	if err != nil {
		return 0, err
	}
	for _, p := range list {
		before[p.ID] = p
	}
	var added, renewed []person.Person
	var addedSeals, renewedSeals []person.Sealed
	for _, r := range rows {
		ref, _ := w.person(r.hash)
		p := *r.person
		p.ID, p.HouseholdID = ref.id, homes[r.text("household")]
		if fresh[short(r.hash)] {
			added, addedSeals = append(added, p), append(addedSeals, r.sealed)
		} else if overlay(&p, before[ref.id]) {
			sealed := r.sealed
			if p.Phone != r.person.Phone {
				sealed = w.room.People.Seal(&p)
			}
			renewed, renewedSeals = append(renewed, p), append(renewedSeals, sealed)
		}
		w.learned.people[short(r.hash)] = refOf(p.ID, r.nameKey, p.Area)
	}
	if len(added) > 0 {
		taken, err := w.room.People.Claim(ctx, w.tx, added, addedSeals)
		if err != nil || len(taken) > 0 {
			return 0, errors.Join(err, again(len(taken)))
		}
		if err := w.room.People.AddSealed(ctx, w.tx, added, addedSeals); err != nil {
			return 0, err
		}
	}
	return int64(len(added) + len(renewed)), w.room.People.SaveSealed(ctx, w.tx, renewed, renewedSeals)
}

// overlay puts what a row says over what the register has, and reports whether anything is different.
func overlay(p *person.Person, was person.Person) bool {
	p.Able, p.Willing, p.Version = was.Able, was.Willing, was.Version
	if p.Phone == "" {
		p.Phone = was.Phone
	}
	if p.Education == 0 {
		p.Education = was.Education
	}
	p.UpdatedAt = was.UpdatedAt
	return *p != was
}
