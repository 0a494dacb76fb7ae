package verify

import (
	"context"
	"fmt"
	"hash/maphash"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// smallest is how many people a share must rest on to be looked at.
const smallest = 20

// checkPeople runs the checks of records as of a day and returns the findings of banners over the limits, and how many people were seen.
func (r *Room) checkPeople(ctx context.Context, asOf time.Time, limits map[string]Limit) ([]Finding, int64, error) {
	day, yearAgo := db.On(asOf), db.On(asOf.AddDate(-1, 0, 1))
	since := asOf.AddDate(0, 0, 1-asOf.Day()).AddDate(0, -2, 0) // the first of three months
	month := func(t time.Time) int { return t.Year()*100 + int(t.Month()) }
	begun := db.On(since)
	for _, check := range []struct {
		kind, query string
		args        []any
	}{{TwoPlaces, hitTwoPlaces, []any{yearAgo, day}}, {Twice, hitTwice, []any{yearAgo, day}}, {Uninsured, hitUninsured, []any{begun, day, month(since), month(asOf)}}} {
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
			if err := clearHits(ctx, tx, check.kind); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, check.query, check.args...)
			return err
		}); err != nil {
			return nil, 0, err
		}
	}
	if err := r.sharedPhones(ctx, int(limits[Phone].Value)); err != nil {
		return nil, 0, err
	}
	employed, err := employedByArea(ctx, r.DB, begun, day)
	if err != nil {
		return nil, 0, err
	}
	var out []Finding
	for _, kind := range peopleKinds {
		count, err := hitsByArea(ctx, r.DB, kind)
		if err != nil {
			return nil, 0, err
		}
		value, limit := count, limits[kind].Value
		if kind == Phone {
			if value, err = phonesByArea(ctx, r.DB); err != nil {
				return nil, 0, err
			}
		}
		for code, n := range count {
			s := Signal{Kind: kind, Value: float64(value[code]), Limit: limit, Seen: float64(n), Expected: 0}
			e := Evidence{AsOf: asOf.Format(time.DateOnly), People: n}
			if kind == Uninsured {
				if employed[code] < smallest {
					continue
				}
				e.Of, s.Value = employed[code], float64(n)/float64(employed[code])
				s.Expected = limit * float64(employed[code])
			}
			if s.Value > limit && area.Exists(code) {
				out = append(out, Finding{Key: fmt.Sprintf("%s/%s/%d", code, kind, month(asOf)), Kind: kind, Area: code, Period: month(asOf), Signals: []Signal{s}, Evidence: e})
			}
		}
	}
	var seen int64
	for _, n := range employed {
		seen += n
	}
	return out, seen, nil
}

// counters is the size of the sketch of telephones: two bytes each.
const counters = 1 << 24

// sharedPhones finds telephones of more people than most. They are sealed, so the register is gone through twice: the first time counts
// them in a sketch of fixed size, the second time keeps only those whose counter was over the limit. What is kept in memory does not grow with people.
func (r *Room) sharedPhones(ctx context.Context, most int) error {
	seed := maphash.MakeSeed()
	sketch := make([]uint16, counters)
	each := func(yield func(p *person.Person, hash uint64)) error {
		return r.People.Every(ctx, region, func(p person.Person) error {
			if p.Phone != "" {
				yield(&p, maphash.String(seed, p.Phone))
			}
			return nil
		})
	}
	crowded := false
	if err := each(func(_ *person.Person, h uint64) {
		if c := &sketch[h%counters]; *c < 1<<16-1 {
			*c++
			crowded = crowded || int(*c) > most
		}
	}); err != nil {
		return err
	}
	type holder struct {
		id   int64
		area string
	}
	groups := map[uint64][]holder{}
	if crowded {
		if err := each(func(p *person.Person, h uint64) {
			if int(sketch[h%counters]) > most {
				groups[h] = append(groups[h], holder{p.ID, area.At(p.Area, area.Banner)})
			}
		}); err != nil {
			return err
		}
	}
	var rows [][]any
	for _, g := range groups {
		if len(g) > most {
			for _, p := range g {
				rows = append(rows, []any{p.id, Phone, p.area, g[0].id})
			}
		}
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := clearHits(ctx, tx, Phone); err != nil {
			return err
		}
		return saveHits(ctx, tx, rows)
	})
}
