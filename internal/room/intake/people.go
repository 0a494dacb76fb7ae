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
	if err := w.renumber(ctx, rows); err != nil {
		return err
	}
	good := rows[:0:0]
	fresh := map[int64]bool{}
	for _, r := range rows {
		ref, found := w.person(r.hash)
		if !found && area.Within(r.person.Area, w.batch.Area) {
			ref, found = refOf(w.room.IDs.Next(), r.nameKey, r.person.Area), true
			ref.housed = true
			fresh[ref.id] = true
			w.learned.people[short(r.hash)] = ref
		}
		switch {
		case !area.Within(r.person.Area, w.batch.Area), found && !area.Within(string(ref.area[:]), w.batch.Area):
			w.reject(r, w.outside("此人居住地"))
		case found && ref.name != hashName(r.nameKey):
			w.review(r, WhyName, ref)
		default:
			r.person.ID = ref.id
			good = append(good, r)
			w.count(r)
		}
	}
	news, err := w.keepRecords(ctx, ofPeople, good, func(r *record) int64 { return r.person.ID }, func(id int64) bool { return fresh[id] })
	if err != nil {
		return err
	}
	changed, err := w.savePeople(ctx, news, fresh)
	w.counts.Accepted += changed
	w.counts.Repeated += int64(len(good)) - changed
	return err
}

// savePeople writes newcomers straight, and draws those anew of whom something is known already. It returns how many are
// new or different.
func (w *writing) savePeople(ctx context.Context, news []*record, fresh map[int64]bool) (changed int64, err error) {
	rowsOf := map[int64]int{}
	for _, r := range news {
		rowsOf[r.person.ID]++
	}
	var newcomers []*record
	var others []int64
	for _, r := range news {
		if fresh[r.person.ID] {
			newcomers = append(newcomers, r)
		}
		if !fresh[r.person.ID] || rowsOf[r.person.ID] > 1 { // what two rows say together, the golden record decides
			others = append(others, r.person.ID)
		}
	}
	newcomers = fold(newcomers, func(r **record) int64 { return (*r).person.ID })
	if err := w.addPeople(ctx, newcomers); err != nil {
		return 0, err
	}
	d, err := w.drawAnew(ctx, others)
	changed = int64(len(newcomers))
	for id := range d.changed {
		if !fresh[id] {
			changed++
		}
	}
	return changed, err
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

// addPeople writes newcomers.
func (w *writing) addPeople(ctx context.Context, rows []*record) error {
	if len(rows) == 0 {
		return nil
	}
	homes, err := w.households(ctx, rows)
	if err != nil {
		return err
	}
	people, seals := make([]person.Person, len(rows)), make([]person.Sealed, len(rows))
	for i, r := range rows {
		r.person.HouseholdID = homes[r.text("household")]
		people[i], seals[i] = *r.person, r.sealed
	}
	taken, err := w.room.People.Claim(ctx, w.tx, people, seals)
	if err != nil || len(taken) > 0 {
		return errors.Join(err, again(len(taken)))
	}
	return w.room.People.AddSealed(ctx, w.tx, people, seals)
}
