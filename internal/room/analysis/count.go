package analysis

import (
	"context"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/area"
)

// region is the code of the autonomous region.
const region = "15"

// recount is how many months are counted anew every night; what is older is counted once and stays.
const recount = 24

// history is how many years the first count goes back.
const history = 6

// course is what is counted for one place and occupation, month by month.
type course struct{ month, quarter []Sums }

type place struct{ area, occupation string }

// tally adds up.
type tally struct {
	first, last Month // first is the first of a quarter
	sums        map[place]*course
	slots       map[place][]*course // where something of a banner and an occupation counts
}

func newTally(first, last Month) *tally {
	return &tally{first: first.begins(), last: last, sums: map[place]*course{}, slots: map[place][]*course{}}
}

func (t *tally) course(area, occupation string) *course {
	key := place{area, occupation}
	c := t.sums[key]
	if c == nil {
		n := int(t.last - t.first + 1)
		c = &course{make([]Sums, n), make([]Sums, n)}
		t.sums[key] = c
	}
	return c
}

// at is everything that something of a banner and an occupation counts in. Single occupations are kept for leagues and the
// region only: in banners there would be few people in each.
func (t *tally) at(banner, code string) []*course {
	key := place{banner, code}
	list, known := t.slots[key]
	if !known {
		for _, level := range []int{area.Region, area.League, area.Banner} {
			where := area.At(banner, level)
			list = append(list, t.course(where, AllOccupations), t.course(where, group(code)))
			if level != area.Banner && single(code) {
				list = append(list, t.course(where, code))
			}
		}
		t.slots[key] = list
	}
	return list
}

// span counts something in every month that it lasts, and in every quarter so far.
func (t *tally) span(list []*course, from, to Month, what int, n int64) {
	from = max(from, t.first)
	for m := from; m <= min(to.ends(), t.last); m++ {
		for _, c := range list {
			if m <= to {
				c.month[m-t.first][what] += n
			}
			c.quarter[m-t.first][what] += n
		}
	}
}

// event counts something in the month when it happens.
func (t *tally) event(list []*course, at Month, what int, n int64) {
	if at >= t.first {
		t.span(list, at, at, what, n)
	}
}

// person counts somebody once in every period, under the latest of the registrations that reach into it.
func (t *tally) person(list []registered) {
	if len(list) == 1 {
		r := &list[0]
		t.span(r.slots, r.from, r.to, Supply, 1)
		return
	}
	for m := t.first; m <= t.last; m++ {
		var month, quarter []*course
		for i := range list {
			r := &list[i]
			if r.from <= m && r.to >= m {
				month = r.slots
			}
			if r.from <= m && r.to >= m.begins() {
				quarter = r.slots
			}
		}
		for _, c := range month {
			c.month[m-t.first][Supply]++
		}
		for _, c := range quarter {
			c.quarter[m-t.first][Supply]++
		}
	}
}

// registered is one registration in months.
type registered struct {
	slots    []*course
	from, to Month
}

// Counted tells of a finished count.
type Counted struct {
	Month     Month // last month
	At        time.Time
	Vacancies Month // month of the first vacancy there is; 0: none
	First     Month
	Missing   int64
}

// Count counts the months that may have changed, and what follows from them: expectations and the list of employers.
func (r *Room) Count(ctx context.Context, p progress.Reporter) error {
	last := lastWhole(r.asOf())
	run, found, err := latestRun(ctx, r.DB)
	if err != nil {
		return err
	}
	first := Month((last.year() - history) * 12)
	if found && last-recount > first {
		first = last - recount
	}
	done := Counted{Month: last, At: r.Clock.Now(), First: first.begins()}
	if found {
		done.First = min(done.First, run.First)
	}
	t := newTally(first, last)
	code := r.codes(ctx)
	p.Step("统计登记求职", 0)
	if done.Missing, err = r.countSupply(ctx, t, code); err != nil {
		return err
	}
	p.Step("统计岗位需求", 0)
	if err := r.noteEnded(ctx); err != nil {
		return err
	}
	if done.Vacancies, err = r.countDemand(ctx, t, code); err != nil {
		return err
	}
	if err := r.countHired(ctx, t, code); err != nil {
		return err
	}
	p.Step("保存供求数", 0)
	if err := r.DB.Tx(ctx, func(tx *db.Tx) error { return replaceSums(ctx, tx, t) }); err != nil {
		return err
	}
	p.Step("推算本季度和下季度", 0)
	if err := r.expect(ctx, last, done.First, done.Vacancies); err != nil {
		return err
	}
	p.Step("推算可能招人的单位", 0)
	if err := r.seek(ctx, last); err != nil {
		return err
	}
	p.End()
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return saveRun(ctx, tx, done) })
}

// codes tells occupations from texts, each text once.
func (r *Room) codes(ctx context.Context) func(text string) (string, error) {
	known := map[string]string{"": NotCoded}
	return func(text string) (string, error) {
		code, ok := known[text]
		if ok {
			return code, nil
		}
		code, err := r.Coder.Code(ctx, text)
		if err != nil {
			return "", err
		}
		if code == "" {
			code = NotCoded
		}
		known[text] = code
		return code, nil
	}
}

func (r *Room) countSupply(ctx context.Context, t *tally, code func(string) (string, error)) (missing int64, err error) {
	var of int64
	var list []registered
	err = eachRegistration(ctx, r.DB, t.first.first(), t.last.last(), func(g *registration) error {
		if g.person != of && len(list) > 0 {
			t.person(list)
			list = list[:0]
		}
		of = g.person
		if !area.Within(g.banner, region) || area.Level(g.banner) < area.Banner {
			return nil
		}
		key, err := code(g.occupation)
		if err != nil {
			return err
		}
		at := registered{t.at(g.banner, key), monthOf(g.since.Time), t.last}
		if !g.until.IsZero() {
			at.to = monthOf(g.until.AddDate(0, 0, -1)) // the day it ends is the first without it
		}
		t.event(at.slots, at.from, Arrived, 1)
		if at.to < at.from {
			return nil
		}
		if key == NotCoded {
			missing++
		}
		list = append(list, at)
		return nil
	})
	if len(list) > 0 {
		t.person(list)
	}
	return missing, err
}

func (r *Room) countDemand(ctx context.Context, t *tally, code func(string) (string, error)) (first Month, err error) {
	err = eachVacancy(ctx, r.DB, t.first.first(), t.last.last(), func(v *vacancy) error {
		if !area.Within(v.banner, region) || area.Level(v.banner) < area.Banner {
			return nil
		}
		key := v.code
		for _, text := range []string{v.occupation, v.title} {
			if key == "" || key == NotCoded {
				if key, err = code(text); err != nil {
					return err
				}
			}
		}
		slots, from, to := t.at(v.banner, key), monthOf(v.posted.Time), monthOf(v.ends.Time)
		t.event(slots, from, Posted, v.openings)
		t.span(slots, from, to, Demand, v.openings)
		t.span(slots, from, to, Vacancies, 1)
		return nil
	})
	if err != nil {
		return 0, err
	}
	return firstVacancy(ctx, r.DB)
}

func (r *Room) countHired(ctx context.Context, t *tally, code func(string) (string, error)) error {
	return eachHired(ctx, r.DB, t.first.first(), t.last.last(), func(h *hired) error {
		if !area.Within(h.banner, region) || area.Level(h.banner) < area.Banner {
			return nil
		}
		key, err := code(h.occupation)
		if err != nil {
			return err
		}
		at, err := time.Parse("2006-01", h.month)
		if err != nil {
			return err
		}
		t.event(t.at(h.banner, key), monthOf(at), Hired, h.count)
		return nil
	})
}
