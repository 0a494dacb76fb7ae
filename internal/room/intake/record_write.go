package intake

import (
	"context"
	"maps"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/person"
)

// keepRecords keeps a block's rows as records of their owners and returns those that say something new, in their order. A
// row that the owner has word for word already is no news, unless the same source has said otherwise in between: then it
// counts again. fresh tells owners who have no records yet.
func (w *writing) keepRecords(ctx context.Context, t recordTable, rows []*record, owner func(*record) int64, fresh func(int64) bool) (news []*record, err error) {
	now, today := w.now, w.room.Clock.Today()
	var added, asked []Said
	var askedRows []*record
	if fresh, err = w.silent(ctx, t, rows, owner, fresh); err != nil {
		return nil, err
	}
	seen, last := make(map[[2]int64]bool, len(rows)), make(map[[2]int64]int64, len(rows))
	for _, r := range rows {
		s := r.said(owner(r), w.room.IDs.Next(), now, today)
		r.id = s.ID
		key, slot := [2]int64{s.Owner, s.Hash}, [2]int64{s.Owner, s.Slot}
		if !fresh(s.Owner) {
			if before, told := last[slot]; !told || before != s.Hash { // twice in a row is no news
				asked, askedRows = append(asked, s), append(askedRows, r)
			}
			last[slot] = s.Hash
		} else if !seen[key] {
			seen[key] = true
			added, news = append(added, s), append(news, r)
		}
	}
	if err := w.orCareful(t.addNew(ctx, w.tx, added)); err != nil {
		return nil, err
	}
	if len(asked) == 0 {
		return news, nil
	}
	doubtful, err := t.addDoubting(ctx, w.tx, asked)
	if err != nil || len(doubtful) == 0 {
		return append(news, askedRows...), err
	}
	var some []Said
	var someRows []*record
	for i, r := range askedRows {
		if len(doubtful) > 0 && doubtful[0] == i {
			some, someRows, doubtful = append(some, asked[i]), append(someRows, r), doubtful[1:]
		} else {
			news = append(news, r)
		}
	}
	again, err := w.sift(ctx, t, some, someRows)
	return append(news, again...), err
}

// silent finds the owners of whom this source and kind of file has said nothing yet: on PostgreSQL it is cheaper to ask,
// and then to copy, than to let the database look at each row. After a copy has met a row that was there already, the
// block is written the careful way.
func (w *writing) silent(ctx context.Context, t recordTable, rows []*record, owner func(*record) int64, fresh func(int64) bool) (func(int64) bool, error) {
	if w.tx.Kind() != db.Postgres || w.block.careful || len(rows) == 0 {
		return fresh, nil
	}
	var ids []int64
	for _, r := range rows {
		if id := owner(r); !fresh(id) {
			ids = append(ids, id)
		}
	}
	told, err := t.liveOf(ctx, w.tx, rows[0].t.Source, rows[0].t.Kind, ids)
	w.copies = func(id int64) bool { return fresh(id) || len(told[id]) == 0 }
	return w.copies, err
}

// orCareful asks for another try of the block, the careful way, after a copy that met a row that was there already.
func (w *writing) orCareful(err error) error {
	if db.IsDuplicate(err) && !w.block.careful {
		w.block.careful = true
		return errAgain
	}
	return err
}

// saveFacts writes a block's facts: those of people of whom this kind of file has said nothing yet are copied where that
// is cheaper. It returns how many were new or different.
func (w *writing) saveFacts(ctx context.Context) (changed int64, err error) {
	w.facts.fold()
	if w.copies == nil {
		return w.room.People.SaveFacts(ctx, w.tx, &w.facts.Batch)
	}
	fresh, others := w.facts.Batch.Split(w.copies)
	n, err := w.room.People.CopyFacts(ctx, w.tx, &fresh)
	if err != nil {
		return 0, w.orCareful(err)
	}
	changed, err = w.room.People.SaveFacts(ctx, w.tx, &others)
	return n + changed, err
}

// sift finds among rows, some of which were there already, those that are news.
func (w *writing) sift(ctx context.Context, t recordTable, list []Said, rows []*record) (news []*record, err error) {
	owners := make([]int64, len(list))
	for i := range list {
		owners[i] = list[i].Owner
	}
	live, err := t.liveOf(ctx, w.tx, list[0].Source, list[0].Kind, owners)
	if err != nil {
		return nil, err
	}
	var repeated []Said
	for i := range list {
		s := &list[i]
		told := live[s.Owner]
		if slices.ContainsFunc(told, func(x trace) bool { return x.id == s.ID }) {
			news = append(news, rows[i])
			continue
		}
		var slot []trace // what the source said of the same fact before this row
		for _, x := range told {
			if x.slot == s.Slot && (x.heard < s.HeardAt || x.heard == s.HeardAt && x.id < s.ID) {
				slot = append(slot, x)
			}
		}
		if len(slot) == 0 {
			continue
		}
		last := slot[len(slot)-1]
		if last.hash == s.Hash || slices.ContainsFunc(slot, func(x trace) bool { return last.hash == onceMore(s.Hash, x.id) }) {
			continue
		}
		s.Hash = onceMore(s.Hash, last.id)
		repeated, news = append(repeated, *s), append(news, rows[i])
		live[s.Owner] = insertTrace(told, trace{s.Owner, s.Hash, s.ID, s.Slot, s.HeardAt})
	}
	_, err = t.add(ctx, w.tx, repeated)
	return news, err
}

// insertTrace puts a trace at its place in the order of hearing.
func insertTrace(list []trace, x trace) []trace {
	at := len(list)
	for at > 0 && (list[at-1].heard > x.heard || list[at-1].heard == x.heard && list[at-1].id > x.id) {
		at--
	}
	return slices.Insert(list, at, x)
}

// plain reports whether a row can be written straight into the facts: its source is the first one for the fact, it tells
// no attribute that may decide between sources but the phone, and the person stands in the 户籍, whose name counts. All
// other people are drawn anew from all their records, which comes to the same and costs more.
func (w *writing) plain(r *record, ref personRef) bool {
	return recipes[r.t.Becomes].fact != nil && ref.housed && w.firstSource(r)
}

func (w *writing) firstSource(r *record) bool { return w.room.Kinds.factRank(r) == 0 }

// savePhones writes the phones of plain rows that beat whatever else was said, and returns how many people have another one
// now, and the people of whom only all their records together tell.
func (w *writing) savePhones(ctx context.Context, rows []*record) (changed int64, again []int64, err error) {
	said, today := map[int64]Voice{}, db.On(w.room.Clock.Today())
	own := map[int64]bool{} // records of these rows
	for _, r := range rows {
		ref, _ := w.person(r.hash)
		own[r.id] = true
		v := Voice{Value: r.text("phone"), RecordID: r.id, Source: r.t.Source, Since: r.saved.since, HeardAt: w.now}
		if v.Since.IsZero() {
			v.Since = today
		}
		if best, has := said[ref.id]; !has || w.room.Kinds.compare("phone", &v, &best) < 0 {
			said[ref.id] = v
		}
	}
	ids := slices.Sorted(maps.Keys(said))
	phones, err := w.room.People.Phones(ctx, w.tx, ids)
	if err != nil {
		return 0, nil, err
	}
	ids = slices.DeleteFunc(ids, func(id int64) bool { return phones[id] == said[id].Value }) // whoever wins says this
	heard, err := ofPeople.heardOf(ctx, w.tx, ids)
	if err != nil {
		return 0, nil, err
	}
	wins := map[int64]string{}
	for _, id := range ids {
		v := said[id]
		if slices.ContainsFunc(heard[id], func(s Said) bool {
			o := Voice{RecordID: s.ID, Source: s.Source, Since: s.ValidFrom, HeardAt: s.HeardAt}
			return !own[s.ID] && w.room.maySay(s.Kind, "phone") && w.room.Kinds.compare("phone", &o, &v) < 0
		}) {
			again = append(again, id)
		} else {
			wins[id] = v.Value
		}
	}
	return int64(len(ids)), again, w.room.People.SavePhones(ctx, w.tx, wins)
}

// maySay reports whether records of a kind may tell an attribute: its template has a column for it, or it has no template.
func (r *Room) maySay(kind, field string) bool {
	t := r.Kinds.Of(kind)
	if t == nil {
		return true
	}
	_, has := t.index[field]
	return has
}

// drawAnew draws people from their records, and learns where they are now.
func (w *writing) drawAnew(ctx context.Context, ids []int64) (redrawn, error) {
	d, err := w.room.project(ctx, w.tx, ids)
	if err != nil {
		return d, err
	}
	for _, p := range d.changed {
		w.learned.people[short(w.room.People.HashOf(p.IDNumber))] = refOfPerson(&p)
	}
	return d, nil
}

func refOfPerson(p *person.Person) personRef {
	r := refOf(p.ID, person.NameKey(p.Name), p.Area)
	r.housed = p.HouseholdID != 0
	return r
}

// answersToDraw parts the answers of a block: those that are simply the latest are written, and the people whose other
// answers may count are drawn anew.
func (w *writing) answersToDraw(ctx context.Context, answers []answer, ids []int64, last map[int64]db.Date) (list []person.Ability, again []int64, err error) {
	needs, err := w.room.People.NeedAbilities(ctx, w.tx, ids)
	if err != nil {
		return nil, nil, err
	}
	for _, a := range answers {
		if _, asked := needs[a.PersonID]; asked || last[a.PersonID] != a.since {
			again = append(again, a.PersonID)
			continue
		}
		list = append(list, a.Ability)
	}
	return list, again, nil
}
