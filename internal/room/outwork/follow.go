package outwork

import (
	"context"
	"fmt"
	"slices"
	"time"

	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/queue"
	"jiuye/internal/register/person"
)

const (
	followKind   = "outwork.follow"
	followMonths = 24 // batches that began longer ago are not looked at again
	countYears   = 3  // years that the figures by area tell of
)

// Tasks registers the room's background work: every night at a quarter to five the register is asked what became of people, and
// transfers are counted.
func (r *Room) Tasks(q *queue.Queue) {
	q.Handle(followKind, func(ctx context.Context, job *queue.Running) error {
		n, err := r.Follow(ctx)
		if err == nil {
			err = r.CountTransfers(ctx)
		}
		if err != nil {
			return err
		}
		return job.Report(fmt.Sprintf("核对了 %d 名外出人员的就业登记和参保", n), n)
	})
	q.Every(followKind, "", queue.Daily(4*time.Hour+45*time.Minute))
}

// Follow asks the register about everybody who went, or said yes, in the last two years, and returns of how many it says something new.
func (r *Room) Follow(ctx context.Context) (n int, err error) {
	since := db.On(r.asOf().AddDate(0, -followMonths, 0))
	for person, batch := int64(0), int64(0); ; {
		list, err := followed(ctx, r.DB, since, person, batch, chunk)
		if err != nil || len(list) == 0 {
			return n, err
		}
		person, batch = list[len(list)-1].PersonID, list[len(list)-1].BatchID
		fresh, err := r.look(ctx, list)
		if err != nil {
			return n, err
		}
		if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return saveSeen(ctx, tx, fresh) }); err != nil {
			return n, err
		}
		n += len(fresh)
	}
}

// look draws from the register what it shows of members, and gives back those of whom that is new.
func (r *Room) look(ctx context.Context, list []seen) (fresh []seen, err error) {
	stays, err := r.stays(ctx, list)
	for i, s := range list {
		if !s.WorkFrom.Equal(stays[i].From.Time) || s.Months != stays[i].Months {
			s.WorkFrom, s.Months = stays[i].From, stays[i].Months
			fresh = append(fresh, s)
		}
	}
	return fresh, err
}

// stays are what the register shows of members, in the order of the list.
func (r *Room) stays(ctx context.Context, list []seen) ([]stay, error) {
	ids := make([]int64, len(list))
	for i, s := range list {
		ids[i] = s.PersonID
	}
	slices.Sort(ids)
	facts, err := r.People.FactsOf(ctx, slices.Compact(ids))
	if err != nil {
		return make([]stay, len(list)), err
	}
	known, employers := map[int64]*person.Facts{}, map[int64]bool{}
	for _, f := range facts {
		known[f.ID] = f
		for _, x := range f.Insurances {
			if x.Kind == person.Pension && x.EmployerID != 0 {
				employers[x.EmployerID] = true
			}
		}
	}
	areas := map[int64]string{}
	var units []int64
	for id := range employers {
		units = append(units, id)
	}
	slices.Sort(units)
	found, err := r.Employers.ListIn(ctx, r.DB, units)
	for _, e := range found {
		areas[e.ID] = e.Area
	}
	out := make([]stay, len(list))
	for i, s := range list {
		if f := known[s.PersonID]; f != nil {
			sc := scope{since: s.From.Time, asOf: r.asOf(), employerID: s.EmployerID, areas: areas}
			out[i] = sc.staying(f)
		}
	}
	return out, err
}

// CountTransfers counts transfers of the last years by banner, as the plan's indicator does: by the year in which they began, stable
// when they have lasted six months by the data's last day.
func (r *Room) CountTransfers(ctx context.Context) error {
	asOf := r.asOf()
	first := asOf.Year() - countYears + 1
	type key struct {
		area string
		year int
	}
	sums := map[key]*Count{}
	err := eachTransfer(ctx, r.DB, db.On(clock.Date(first, time.January, 1)), db.On(asOf), func(t *transfer) error {
		k := key{t.Area, t.Since.Year()}
		if sums[k] == nil {
			sums[k] = &Count{Area: t.Area, Year: k.year, DrawnOn: db.On(asOf)}
		}
		sums[k].take(t, asOf)
		return nil
	})
	if err != nil {
		return err
	}
	list := make([]Count, 0, len(sums))
	for _, n := range sums {
		list = append(list, *n)
	}
	slices.SortFunc(list, func(a, b Count) int {
		if a.Area != b.Area {
			if a.Area < b.Area {
				return -1
			}
			return 1
		}
		return a.Year - b.Year
	})
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return putCounts(ctx, tx, list, first) })
}

// take counts one transfer.
func (n *Count) take(t *transfer, asOf time.Time) {
	n.Spells++
	end := t.Until.Time
	open := t.Until.IsZero() || end.After(asOf)
	if open {
		end = asOf
	}
	switch {
	case !later(t.Since.Time, stableMonths).After(end):
		n.Stable++
	case open:
		n.TooSoon++
	}
}
