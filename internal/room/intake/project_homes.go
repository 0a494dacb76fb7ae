package intake

import (
	"cmp"
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// bury takes people without a live record out of the register, unless somebody holds something of theirs.
func (p *projection) bury(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	facts, err := p.room.People.WithFacts(ctx, p.tx, ids)
	if err != nil {
		return err
	}
	held := map[int64]string{}
	if p.room.Held != nil {
		if held, err = p.room.Held(ctx, p.tx, ids); err != nil {
			return err
		}
	}
	var gone []person.Person
	for _, id := range ids {
		why := held[id]
		if why == "" && slices.ContainsFunc(p.records[id], func(s Said) bool { return s.EndedAt == 0 }) {
			why = "档案里有更正过的内容"
		}
		if why == "" && facts[id] {
			why = "档案里有不是导入来的记录"
		}
		if why != "" {
			p.held[id] = why
			continue
		}
		was := p.was[id]
		gone = append(gone, was)
		p.removed = append(p.removed, id)
		p.homes[was.HouseholdID] = true
	}
	if err := p.room.Employers.Unfound(ctx, p.tx, p.removed); err != nil {
		return err
	}
	if err := p.room.abandon(ctx, p.tx, p.removed); err != nil {
		return err
	}
	return p.room.People.RemovePeople(ctx, p.tx, gone)
}

// drawHomes says where the households are whose members have changed, and takes out those without members.
func (p *projection) drawHomes(ctx context.Context) error {
	delete(p.homes, 0)
	ids := make([]int64, 0, len(p.homes))
	for id := range p.homes {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	members, err := p.room.People.MembersIn(ctx, p.tx, ids)
	if err != nil {
		return err
	}
	var empty, doubtful []int64
	for _, id := range ids {
		if len(members[id]) == 0 {
			empty = append(empty, id)
		} else if len(headsOf(members[id])) != 1 {
			for _, m := range members[id] {
				doubtful = append(doubtful, m.ID)
			}
		}
	}
	records, err := ofPeople.of(ctx, p.tx, p.room.openSaid, doubtful)
	if err != nil {
		return err
	}
	where := map[int64]person.Person{}
	for _, id := range ids {
		if list := members[id]; len(list) > 0 {
			where[id] = p.room.placed(list, records)
		}
	}
	if err := p.room.People.PlaceHouseholds(ctx, p.tx, where); err != nil {
		return err
	}
	return p.room.People.RemoveHouseholds(ctx, p.tx, empty)
}

func headsOf(members []person.Person) (heads []person.Person) {
	for _, m := range members {
		if m.Relation == headOfHousehold {
			heads = append(heads, m)
		}
	}
	return heads
}

// placed is the member with whom a household lives: the head; of several the one told of last, and without a head the
// member told of first.
func (r *Room) placed(members []person.Person, records map[int64][]Said) person.Person {
	heads := headsOf(members)
	if len(heads) == 1 {
		return heads[0]
	}
	told := func(m person.Person) (s Said) {
		for _, one := range records[m.ID] {
			if one.EndedAt == 0 && slices.Contains(r.speaks(one.Kind), "household") && one.Cells["household"] != "" {
				s = one // they come in the order in which they were heard
			}
		}
		return s
	}
	order := func(a, b person.Person) int {
		x, y := told(a), told(b)
		return cmp.Or(cmp.Compare(x.HeardAt, y.HeardAt), cmp.Compare(x.ID, y.ID), cmp.Compare(a.ID, b.ID))
	}
	if len(heads) > 0 {
		return slices.MaxFunc(heads, order)
	}
	return slices.MinFunc(members, order)
}

// without drops those facts whose keys stand among others'.
func (f *facts) without(o *facts) {
	f.Registrations = rest(f.Registrations, o.Registrations, func(r *person.Registration) any { return [2]any{r.PersonID, r.Since} })
	f.Insurances = rest(f.Insurances, o.Insurances, func(r *person.Insurance) any { return [4]any{r.PersonID, r.Kind, r.EmployerID, r.From} })
	f.Spells = rest(f.Spells, o.Spells, func(r *person.Spell) any { return [4]any{r.PersonID, r.Since, r.Kind, r.EmployerID} })
	f.Groups = rest(f.Groups, o.Groups, func(r *person.Group) any { return [3]any{r.PersonID, r.Kind, r.Since} })
	f.Graduates = rest(f.Graduates, o.Graduates, func(r *person.Graduate) any { return [2]any{r.PersonID, r.Graduated} })
	f.Trainings = rest(f.Trainings, o.Trainings, func(r *person.Training) any { return [2]any{r.PersonID, r.Class} })
	f.Certificates = rest(f.Certificates, o.Certificates, func(r *person.Certificate) any { return [3]any{r.PersonID, r.Issued, r.Level} })
	f.Surveys = rest(f.Surveys, o.Surveys, func(r *person.Survey) any { return [2]any{r.PersonID, r.Month} })
}

func rest[T any](list, others []T, key func(*T) any) []T {
	if len(list) == 0 {
		return nil
	}
	there := make(map[any]bool, len(others))
	for i := range others {
		there[key(&others[i])] = true
	}
	return slices.DeleteFunc(list, func(v T) bool { return there[key(&v)] })
}

// mention is the record of an employer that a row about a person names.
func (w *writing) mention(e *employer.Employer, r *record) Said {
	text := `{"employer":` + string(appendText(nil, r.text("employer"))) + `,"creditcode":` + string(appendText(nil, e.CreditCode)) + `}`
	now := w.room.Clock.Now()
	return Said{Owner: e.ID, Hash: w.room.rowHash(KindMention, text), ID: w.room.IDs.Next(), Source: r.t.Source, Kind: KindMention, Batch: r.from.Batch,
		File: r.from.File, Row: r.from.Row, ValidFrom: db.On(now), HeardAt: now.UnixMilli(), KnownAt: now.UnixMilli(), sealed: w.room.Sealer.Seal(text)}
}
