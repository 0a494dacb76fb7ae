package policy

import (
	"context"
	"maps"
	"slices"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/area"
	"jiuye/internal/register/crowd"
)

// count puts the latest run's numbers of people right: yes and unknown as the columns count them, near by what has come
// and gone, no is the rest. Of employers, those whose data come to be missing or known wait for the next run.
func (w *following) count(ctx context.Context) error {
	r := w.room
	everybody, err := w.everybody(ctx)
	if err != nil {
		return err
	}
	old, err := r.store.numbers(ctx, w.last.ID)
	if err != nil {
		return err
	}
	now := maps.Clone(old)
	for _, p := range w.catalogue.people {
		list, err := r.Crowd.Counts(ctx, p.ID)
		if err != nil {
			return err
		}
		yes, unknown := byBanner(list)
		for banner, n := range everybody {
			close := max(0, old[slot{p.ID, banner, rule.Near}]+w.near[slot{p.ID, banner, rule.Near}])
			now[slot{p.ID, banner, rule.Eligible}], now[slot{p.ID, banner, rule.Unknown}] = yes[banner], unknown[banner]
			now[slot{p.ID, banner, rule.Near}], now[slot{p.ID, banner, rule.No}] = close, n-yes[banner]-unknown[banner]-close
		}
	}
	units, err := w.countUnits(ctx, now)
	if err != nil {
		return err
	}
	for k, n := range now {
		if n == old[k] {
			delete(now, k)
		}
	}
	total, err := r.People.Count(ctx, "")
	if err != nil {
		return err
	}
	return r.store.recount(ctx, run{ID: w.last.ID, People: total, Employers: units, Ended: max(1, r.Clock.Now().UnixMilli())}, now)
}

// everybody has the columns follow too, and counts everybody in them by banner.
func (w *following) everybody(ctx context.Context) (map[string]int64, error) {
	r := w.room
	r.Crowd.Use(w.catalogue.people)
	if _, err := r.Crowd.Fresh(ctx, progress.None{}); err != nil {
		return nil, err
	}
	list, err := r.Crowd.CountPeople(ctx)
	if err != nil {
		return nil, err
	}
	everybody, _ := byBanner(list)
	return everybody, nil
}

// countUnits corrects the employers' numbers: yes and near by the lists, unknown by the newcomers, no is the rest. What is not
// listed is known of newcomers only.
func (w *following) countUnits(ctx context.Context, now map[slot]int64) (employers int64, err error) {
	lists, err := w.room.store.listed(ctx, ofEmployers)
	if err != nil {
		return 0, err
	}
	total, err := w.room.store.unitsByBanner(ctx)
	if err != nil {
		return 0, err
	}
	banners := maps.Clone(total)
	for k := range now {
		banners[k.banner] += 0 // from where the last one has gone
	}
	for _, n := range total {
		employers += n
	}
	for _, p := range w.catalogue.employers {
		listed := !w.unlisted(p.ID)
		for banner, all := range banners {
			at := func(v rule.Verdict) slot { return slot{p.ID, banner, v} }
			if !listed {
				for v := range rule.Verdicts {
					now[at(rule.Verdict(v))] += w.fresh.counts[at(rule.Verdict(v))]
				}
				continue
			}
			yes, near := lists[at(rule.Eligible)], lists[at(rule.Near)]
			unknown := min(now[at(rule.Unknown)]+w.fresh.counts[at(rule.Unknown)], max(0, all-yes-near))
			now[at(rule.Eligible)], now[at(rule.Near)], now[at(rule.Unknown)], now[at(rule.No)] = yes, near, unknown, max(0, all-yes-near-unknown)
		}
	}
	return employers, nil
}

func (w *following) unlisted(policy string) bool {
	return slices.ContainsFunc(w.catalogue.entries, func(e *Entry) bool { return e.ID == policy && e.Unlisted })
}

// byBanner sums townships up, as far as they lie in a banner.
func byBanner(list []crowd.Count) (yes, unknown map[string]int64) {
	yes, unknown = map[string]int64{}, map[string]int64{}
	for _, c := range list {
		if c.Yes+c.Unknown > 0 {
			banner := area.At(c.Area, area.Banner)
			yes[banner] += c.Yes
			unknown[banner] += c.Unknown
		}
	}
	return yes, unknown
}
