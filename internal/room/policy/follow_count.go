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
// and gone, no is the rest. Those of employers whose data are missing wait for the next run.
func (w *following) count(ctx context.Context) error {
	r := w.room
	everybody, err := w.fresh(ctx)
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
	if err := w.countUnits(ctx, now); err != nil {
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
	return r.store.recount(ctx, w.last.ID, now, total, max(1, r.Clock.Now().UnixMilli()))
}

// fresh has the columns follow too, and counts everybody in them by banner.
func (w *following) fresh(ctx context.Context) (map[string]int64, error) {
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

// countUnits corrects the employers' numbers by the lists.
func (w *following) countUnits(ctx context.Context, now map[slot]int64) error {
	lists, err := w.room.store.listed(ctx, ofEmployers)
	if err != nil {
		return err
	}
	for k, n := range now {
		if k.verdict != rule.Eligible && k.verdict != rule.Near || !slices.ContainsFunc(w.catalogue.employers, func(p *rule.Policy) bool { return p.ID == k.policy }) || w.unlisted(k.policy) {
			continue
		}
		rest := slot{k.policy, k.banner, rule.No}
		now[rest] += n - lists[k]
		now[k] = lists[k]
		delete(lists, k)
	}
	for k, n := range lists { // the first of a banner
		if !w.unlisted(k.policy) {
			now[k] = n
			now[slot{k.policy, k.banner, rule.No}] -= n
		}
	}
	return nil
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
