package jobs

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"jiuye/internal/engine/rank/search"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/feed"
	"jiuye/internal/register/employer"
)

const (
	region      = "15"
	followEvery = 500 * time.Millisecond // how often the register's feed is looked at, when people search
	followPage  = 2000                   // vacancies read at once
)

// finder keeps one index for the process: all vacancies of the region that can be applied for today. It is made of the
// register at the start or, when that has not begun, at the first question, and follows the register's feed of vacancies from
// then on. What this process writes is found by the next question, what others write half a second later.
type finder struct {
	index   atomic.Pointer[search.Index]
	written atomic.Int64 // how often something was written here
	read    atomic.Int64 // how much of that is in the index
	mu      sync.Mutex   // held by who brings the index up to date
	mark    feed.Mark
	day     db.Date
	checked time.Time
	closes  map[int64]int32 // last days of what is in the index
}

// found is the index as it stands now.
func (r *Room) found(ctx context.Context) (*search.Index, error) {
	f := &r.finder
	if ix := f.index.Load(); ix != nil && f.read.Load() >= f.written.Load() {
		if !f.mu.TryLock() {
			return ix, nil // somebody is looking for what others have written
		}
	} else {
		f.mu.Lock() // what was written here must be found, and nobody is answered without an index
	}
	defer f.mu.Unlock()
	written := f.written.Load()
	if err := r.follow(ctx, written > f.read.Load()); err != nil {
		return f.index.Load(), err
	}
	f.read.Store(written)
	return f.index.Load(), nil
}

// Warm makes what the first question of a process would wait for: the index, the coder of titles, what is known of occupations.
// Who asks meanwhile waits for the same.
func (r *Room) Warm(ctx context.Context) error {
	if _, err := r.found(ctx); err != nil { // strangers wait for no more
		return err
	}
	_, err := r.atlas(ctx)
	return err
}

// follow brings the index up to date. The finder is locked.
func (r *Room) follow(ctx context.Context, stale bool) error {
	f, now, today := &r.finder, r.Clock.Now(), r.today()
	if f.index.Load() == nil {
		return r.fill(ctx)
	}
	if !f.day.Equal(today.Time) {
		if err := r.turnDay(ctx, today); err != nil {
			return err
		}
	}
	if !stale && now.Sub(f.checked) < followEvery && !now.Before(f.checked) {
		return nil
	}
	for more := true; more; {
		list, next, again, err := r.Employers.VacancyChanges(ctx, f.mark, followPage)
		if err != nil {
			return err
		}
		ids := make([]int64, len(list))
		for i := range list {
			ids[i] = list[i].ID
		}
		if err := r.renew(ctx, ids); err != nil {
			return err
		}
		f.mark, more = next, again
	}
	f.checked = now
	return nil
}

// fill makes the index of everything that is open.
func (r *Room) fill(ctx context.Context) error {
	f, today := &r.finder, r.today()
	mark, err := r.Employers.VacancyEnd(ctx)
	if err != nil {
		return err
	}
	ix := search.New(searchWords())
	f.closes = map[int64]int32{}
	var part []employer.Vacancy
	flush := func() error {
		list, err := r.searchables(ctx, part)
		if err == nil {
			f.note(ix, list, part)
		}
		part = part[:0]
		return err
	}
	if err := r.Employers.EachOpen(ctx, region, today, func(v *employer.Vacancy) error {
		if part = append(part, *v); len(part) < followPage {
			return nil
		}
		return flush()
	}); err != nil {
		return err
	}
	if err := flush(); err != nil {
		return err
	}
	ix.Compact()
	f.mark, f.day, f.checked = mark, today, r.Clock.Now()
	f.index.Store(ix)
	return nil
}

// note puts vacancies into the index and remembers their last days.
func (f *finder) note(ix *search.Index, list []search.Vacancy, from []employer.Vacancy) {
	for i := range from {
		f.closes[from[i].ID] = int32(numberOfDay(from[i].Closes.Time))
	}
	ix.Add(list...)
}

// renew reads vacancies anew: what can be applied for is put into the index, the rest taken out.
func (r *Room) renew(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	f, ix := &r.finder, r.finder.index.Load()
	list, err := r.Employers.Vacancies(ctx, r.DB, ids)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(v employer.Vacancy) bool { return !isOpen(v, r.today()) })
	open, err := r.searchables(ctx, list)
	if err != nil {
		return err
	}
	kept := make(map[int64]bool, len(open))
	for i := range open {
		kept[open[i].ID] = true
	}
	var gone []int64
	for _, id := range ids {
		if _, there := f.closes[id]; there && !kept[id] {
			gone = append(gone, id)
			delete(f.closes, id)
		}
	}
	ix.Delete(gone...)
	f.note(ix, open, slices.DeleteFunc(list, func(v employer.Vacancy) bool { return !kept[v.ID] }))
	for ix.Merge() {
	}
	return nil
}

// turnDay takes out what closed yesterday and puts in what begins today.
func (r *Room) turnDay(ctx context.Context, today db.Date) error {
	f := &r.finder
	var gone []int64
	for id, last := range f.closes {
		if int64(last) < numberOfDay(today.Time) {
			gone = append(gone, id)
		}
	}
	f.index.Load().Delete(gone...)
	maps.DeleteFunc(f.closes, func(_ int64, last int32) bool { return int64(last) < numberOfDay(today.Time) })
	var begun []int64
	if err := r.Employers.EachPosted(ctx, db.On(f.day.AddDate(0, 0, 1)), today, func(v *employer.Vacancy) error {
		begun = append(begun, v.ID)
		return nil
	}); err != nil {
		return err
	}
	if err := r.renew(ctx, begun); err != nil {
		return err
	}
	f.day = today
	return nil
}

// searchables are those of some vacancies that have an opening left and are not hidden, as the index takes them.
func (r *Room) searchables(ctx context.Context, list []employer.Vacancy) ([]search.Vacancy, error) {
	if len(list) == 0 {
		return nil, nil
	}
	var ids, units []int64
	for i := range list {
		ids, units = append(ids, list[i].ID), append(units, list[i].EmployerID)
	}
	slices.Sort(units)
	known, err := r.Employers.ListIn(ctx, r.DB, slices.Compact(units))
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]employer.Employer, len(known))
	for _, e := range known {
		byID[e.ID] = e
	}
	counts, err := r.store.counts(ctx, ids)
	if err != nil {
		return nil, err
	}
	concealed, err := r.store.concealed(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]search.Vacancy, 0, len(list))
	for i := range list {
		if v := &list[i]; !concealed[v.ID] && counts[v.ID].hired < v.Openings {
			out = append(out, searchable(v, byID[v.EmployerID]))
		}
	}
	return out, nil
}
