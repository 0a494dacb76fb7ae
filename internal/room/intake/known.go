package intake

import (
	"context"
	"hash/fnv"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// knownLimit bounds what a run remembers of each register: half a million people take about 50 MB. A region of 24 million
// is looked up again whenever the memory has been emptied, at a cost of one query per thousand rows.
const knownLimit = 1 << 19

// known remembers whom ID numbers and credit codes lead to, so that a person who stands in ten files is looked up once.
// It only ever holds what is committed. Another program may change a name or an area meanwhile; then this run goes by
// the old one, as if it had come a minute earlier.
type known struct {
	people map[[16]byte]personRef
	units  map[string]employer.Ref
	limit  int

	removed int64 // people taken out of the register so far

	newcomers newcomers // of a trial
}

// personRef is a person.Ref in 32 bytes.
type personRef struct {
	id     int64
	name   uint64 // hash of the name key
	area   [12]byte
	housed bool // stands in a household: the 户籍 speaks for the name
}

func newKnown(limit int) *known {
	return &known{people: map[[16]byte]personRef{}, units: map[string]employer.Ref{}, limit: limit}
}

func short(h person.Hash) [16]byte { return [16]byte(h[:16]) }

func hashName(key string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key)) // a hash takes everything
	return h.Sum64()
}

func refOf(id int64, nameKey, area string) personRef {
	r := personRef{id: id, name: hashName(nameKey)}
	copy(r.area[:], area)
	return r
}

// refresh forgets everything when somebody was taken out of the register meanwhile.
func (k *known) refresh(ctx context.Context, q db.Querier) error {
	n, err := removals(ctx, q)
	if n != k.removed {
		k.removed = n
		clear(k.people)
		clear(k.units)
	}
	return err
}

// learned is what a transaction found out, to be remembered when it is committed.
type learned struct {
	people map[[16]byte]personRef
	units  map[string]employer.Ref
}

func newLearned() *learned {
	return &learned{people: map[[16]byte]personRef{}, units: map[string]employer.Ref{}}
}

// keep remembers what is committed now.
func (k *known) keep(l *learned) {
	if len(k.people)+len(l.people) > k.limit {
		clear(k.people)
	}
	if len(k.units)+len(l.units) > k.limit {
		clear(k.units)
	}
	for h, r := range l.people {
		k.people[h] = r
	}
	for code, r := range l.units {
		k.units[code] = r
	}
}

// findPeople makes sure that everybody of the hashes who is in the register is known or learned.
func (w *writing) findPeople(ctx context.Context, hashes []person.Hash) error {
	var ask []person.Hash
	asked := make(map[[16]byte]bool, len(hashes))
	for _, h := range hashes {
		s := short(h)
		if _, has := w.known.people[s]; !has && !asked[s] {
			asked[s] = true
			ask = append(ask, h)
		}
	}
	found, err := w.room.People.Find(ctx, w.tx, ask)
	for h, r := range found {
		ref := refOf(r.ID, r.NameKey, r.Area)
		ref.housed = r.Housed
		w.learned.people[short(h)] = ref
	}
	return err
}

// person is whom a hash leads to.
func (w *writing) person(h person.Hash) (r personRef, found bool) {
	if r, found = w.learned.people[short(h)]; !found {
		r, found = w.known.people[short(h)]
	}
	return r, found
}

// findUnits makes sure that every employer of the codes that is in the register is known or learned.
func (w *writing) findUnits(ctx context.Context, codes []string) error {
	var ask []string
	asked := map[string]bool{}
	for _, code := range codes {
		if _, has := w.known.units[code]; !has && !asked[code] {
			asked[code] = true
			ask = append(ask, code)
		}
	}
	found, err := w.room.Employers.Find(ctx, w.tx, ask)
	for code, r := range found {
		w.learned.units[code] = r
	}
	return err
}

func (w *writing) unit(code string) (r employer.Ref, found bool) {
	if r, found = w.learned.units[code]; !found {
		r, found = w.known.units[code]
	}
	return r, found
}

// unitsOf finds the employers that the rows name, and adds those nobody has delivered yet with what the rows say of them.
func (w *writing) unitsOf(ctx context.Context, rows []*record) error {
	var codes []string
	for _, r := range rows {
		if code := r.text("creditcode"); code != "" {
			codes = append(codes, code)
		}
	}
	if err := w.findUnits(ctx, codes); err != nil {
		return err
	}
	var fresh []employer.Employer
	for _, r := range rows {
		code := r.text("creditcode")
		if code == "" {
			continue
		}
		if _, found := w.unit(code); !found {
			e := unitOf(r)
			e.ID = w.room.IDs.Next()
			fresh = append(fresh, e)
			w.learned.units[code] = employer.Ref{ID: e.ID, Area: e.Area}
			w.added[code] = true
			w.mentions = append(w.mentions, w.mention(&e, r))
		}
		if w.added[code] {
			w.remind(r, "newunit", "")
		}
	}
	return w.saveUnits(ctx, fresh)
}

func (w *writing) saveUnits(ctx context.Context, fresh []employer.Employer) error {
	if len(fresh) == 0 {
		return nil
	}
	taken, err := w.room.Employers.Claim(ctx, w.tx, fresh)
	if err != nil {
		return err
	}
	if len(taken) > 0 {
		return errAgain
	}
	if _, err = w.room.Employers.SaveClaimed(ctx, w.tx, fresh); err != nil {
		return err
	}
	_, err = ofUnits.add(ctx, w.tx, w.mentions)
	w.mentions = nil
	return err
}
