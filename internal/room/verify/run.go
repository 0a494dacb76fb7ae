package verify

import (
	"context"
	"slices"
	"time"

	"jiuye/internal/engine/honest"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/queue"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// reporting are the areas whose figures are looked at: the region, its leagues and banners.
func reporting() []string {
	list := []string{region}
	for _, l := range area.Children(region) {
		list = append(list, l.Code)
		for _, b := range area.Children(l.Code) {
			if b.Level == area.Banner {
				list = append(list, b.Code)
			}
		}
	}
	return list
}

// Run looks at all reported figures and at people's records, and keeps what is over the limits. Running it twice changes nothing.
func (r *Room) Run(ctx context.Context) (Done, error) {
	done := Done{ID: r.IDs.Next(), At: r.now()}
	limits, err := limitsNow(ctx, r.DB)
	if err != nil {
		return done, err
	}
	asOf := r.Clock.Today()
	if last, found, err := r.Indicators.Latest(ctx, time.Time{}); err != nil {
		return done, err
	} else if found {
		asOf = last.AsOf
	}
	done.AsOf = db.On(asOf)
	tables, err := r.tables(ctx, asOf)
	if err != nil {
		return done, err
	}
	var list []Finding
	for _, t := range tables {
		found, scores, err := t.findings(limits, asOf.Format(time.DateOnly))
		if err != nil {
			return done, err
		}
		list = append(list, found...)
		done.Background = append(done.Background, t.background())
		done.Series, done.Scores = done.Series+int64(len(t.Series)), done.Scores+int64(scores)
		if list, err = r.addLate(ctx, t, list, asOf.Format(time.DateOnly)); err != nil {
			return done, err
		}
	}
	people, seen, err := r.checkPeople(ctx, asOf, limits)
	if err != nil {
		return done, err
	}
	done.People = seen
	slices.SortFunc(people, func(a, b Finding) int {
		if a.Key < b.Key {
			return -1
		}
		return 1
	})
	return done, r.keep(ctx, append(list, people...), &done)
}

// tables are the panels of all indicators with monthly reports.
func (r *Room) tables(ctx context.Context, asOf time.Time) ([]*table, error) {
	areas := reporting()
	reports, err := r.Indicators.Reports(ctx, areas, time.Time{})
	if err != nil {
		return nil, err
	}
	byIndicator := map[string][]indicator.Report{}
	var from, to indicator.Period
	for _, rep := range reports {
		byIndicator[rep.Indicator] = append(byIndicator[rep.Indicator], rep)
		if !rep.Period.IsYear() {
			if from == 0 || rep.Period < from {
				from = rep.Period
			}
			to = max(to, rep.Period)
		}
	}
	if from == 0 {
		return nil, nil
	}
	definitions, err := r.Indicators.Definitions(ctx)
	if err != nil {
		return nil, err
	}
	targets, err := r.Indicators.TargetsOf(ctx, areas)
	if err != nil {
		return nil, err
	}
	rounding, err := roundings(ctx, r.DB, region)
	if err != nil {
		return nil, err
	}
	macro, err := macros(ctx, r.DB, "")
	if err != nil {
		return nil, err
	}
	var out []*table
	for _, d := range definitions {
		if !examined(d) || len(byIndicator[d.ID]) == 0 {
			continue
		}
		m := material{of: d, reports: byIndicator[d.ID], rounding: rounding, macro: macro, last: indicator.MonthOf(asOf)}
		for _, x := range targets {
			if x.Indicator == d.ID {
				m.targets = append(m.targets, x)
			}
		}
		if d.FromRegister() {
			if m.sums, err = r.Indicators.SumsOf(ctx, areas, d.ID, indicator.Period(from.Year()*100+1), to, time.Time{}); err != nil {
				return nil, err
			}
		}
		if t := compose(m); t != nil {
			out = append(out, t)
		}
	}
	return out, nil
}

// addLate adds what was raised after its year was over, to or above the year's target, when it had been below.
func (r *Room) addLate(ctx context.Context, t *table, list []Finding, asOf string) ([]Finding, error) {
	for i := range t.reports {
		rep := &t.reports[i]
		year := rep.Period.Year()
		if rep.Version < 2 || rep.Period.IsYear() || time.UnixMilli(rep.At).Year() <= year {
			continue
		}
		k := slices.IndexFunc(t.Series, func(s honest.Series) bool { return s.Area == rep.Area })
		if k < 0 || t.Series[k].Targets[year] == 0 {
			continue
		}
		sum, want := 0.0, t.Series[k].Targets[year]
		for _, v := range t.Series[k].Reported[(year-t.First)*12 : (year-t.First)*12+12] {
			sum += v
		}
		if !(sum >= want) {
			continue // most are not, and need not be looked up
		}
		versions, err := r.Indicators.ReportVersions(ctx, rep.Area, rep.Indicator, rep.Period)
		if err != nil {
			return nil, err
		}
		before := sum - float64(rep.Value-versions[len(versions)-1].Value)
		if before >= want {
			continue
		}
		signal := Signal{Kind: Late, Value: (sum - before) / want, Seen: sum, Expected: before, From: int(rep.Period)}
		at := slices.IndexFunc(list, func(f Finding) bool { return f.Area == rep.Area && f.Indicator == rep.Indicator && f.Period == year })
		if at < 0 {
			mark := t.marks[k][year]
			at, list = len(list), append(list, Finding{Key: rep.Area + "/" + rep.Indicator + "/" + rep.Period.End().Format("2006") + "/" + mark, Kind: Late, Area: rep.Area, Indicator: rep.Indicator, Period: year, Mark: mark, Evidence: t.evidence(k, year, asOf)})
		}
		if !slices.ContainsFunc(list[at].Signals, func(s Signal) bool { return s.Kind == Late }) {
			list[at].Signals = append(list[at].Signals, signal)
		}
	}
	return list, nil
}

// keep puts new findings down, renews open ones and marks those that are gone.
func (r *Room) keep(ctx context.Context, list []Finding, done *Done) error {
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		known, err := heads(ctx, tx)
		if err != nil {
			return err
		}
		open := map[string]Finding{} // an open question goes on, whatever has changed meanwhile
		for _, f := range known {
			if f.Open() {
				open[f.about()] = f
			}
		}
		var fresh []Finding
		seen := map[int64]bool{}
		for i := range list {
			f := &list[i]
			old, there := known[f.Key]
			if o, on := open[f.about()]; on && !there {
				old, there = o, true
			}
			if !there {
				f.ID, f.State, f.On, f.Still, f.Version = r.IDs.Next(), Found, r.today(), true, 1
				fresh = append(fresh, *f)
				continue
			}
			seen[old.ID] = true
			if old.Open() || old.State == Gone {
				f.ID = old.ID
				if err := renew(ctx, tx, f); err != nil {
					return err
				}
			}
		}
		for _, f := range known {
			if seen[f.ID] || !f.Open() || !f.Still {
				continue
			}
			if f.State == Found {
				done.Gone++
			}
			if err := unseen(ctx, tx, f.ID); err != nil {
				return err
			}
		}
		done.Fresh = int64(len(fresh))
		if err := insert(ctx, tx, fresh); err != nil {
			return err
		}
		return saveRun(ctx, tx, *done)
	})
}

// RunNow asks for a run by hand. Where a queue works it is done in the background, and done is false.
func (r *Room) RunNow(ctx context.Context, who web.User, key string) (sum Done, done bool, err error) {
	if who.Role != account.Manager || account.Coordinator(who) {
		return sum, false, fault.New(fault.Denied, "只有盟市、自治区管理人员可以立即核查，每天凌晨也会自动核查一次")
	}
	if err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if r.Queue != nil {
			if _, err := r.Queue.Enqueue(ctx, tx, queue.Job{Kind: nightly, Key: "now"}); err != nil {
				return err
			}
		}
		return r.note(ctx, tx, who, "run", 0, who.Area, "立即核查上报数据")
	}); err != nil || r.Queue != nil {
		return sum, false, err
	}
	sum, err = r.Run(ctx)
	return sum, true, err
}
