package plan

import (
	"context"
	"math"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// Foresee forecasts, for the region, its leagues and banners, what every indicator comes to by the end of this year and of the target's
// year, and how likely the target is met then. It reads and writes sums only; the nightly count ends with it.
func (r *Room) Foresee(ctx context.Context) (made int, err error) {
	s, found, err := r.seer(ctx)
	if err != nil || !found {
		return 0, err
	}
	definitions, err := r.Indicators.Definitions(ctx)
	if err != nil {
		return 0, err
	}
	var list []indicator.Outlook
	for _, d := range definitions {
		f, err := r.courses(ctx, d, &s)
		if err != nil {
			return 0, err
		}
		list = append(list, s.look(f)...)
	}
	return len(list), r.DB.Tx(ctx, func(tx *db.Tx) error { return r.Indicators.SaveOutlook(ctx, tx, list) })
}

// seer is what a round of forecasts knows.
type seer struct {
	run     indicator.Run
	last    indicator.Period // the last full month
	areas   []string         // with people, and covered by the register
	reports map[string][]Report
	targets map[string][]indicator.Target
}

// seer is what is known by the last count; found is false before the first.
func (r *Room) seer(ctx context.Context) (s seer, found bool, err error) {
	if s.run, found, err = r.Indicators.Latest(ctx, time.Time{}); err != nil || !found {
		return s, found, err
	}
	if s.last = indicator.MonthOf(s.run.AsOf.AddDate(0, 0, 1)) - 1; s.last%100 == 0 {
		s.last -= 88
	}
	return s, true, r.gather(ctx, &s)
}

// gather finds the areas to forecast for, and what is wanted and reported there.
func (r *Room) gather(ctx context.Context, s *seer) error {
	codes := []string{"15"}
	for _, league := range area.Children("15") {
		codes = append(codes, league.Code)
		for _, banner := range area.Children(league.Code) {
			codes = append(codes, banner.Code)
		}
	}
	there, err := r.below(ctx, NewUrban.ID(), codes, time.Time{})
	if err != nil {
		return err
	}
	covered := true
	for _, league := range area.Children("15") {
		covered = covered && there[league.Code].people > 0
	}
	s.targets, s.reports = map[string][]indicator.Target{}, map[string][]Report{}
	for _, code := range codes {
		if there[code].people > 0 && (covered || code != "15") {
			s.areas = append(s.areas, code)
		}
	}
	targets, err := r.Indicators.TargetsOf(ctx, codes)
	if err != nil {
		return err
	}
	for _, t := range targets {
		s.targets[t.Area] = append(s.targets[t.Area], t)
	}
	reports, err := r.Indicators.Reports(ctx, codes, time.Time{})
	for _, rep := range reports {
		s.reports[rep.Area] = append(s.reports[rep.Area], rep)
	}
	return err
}

// courses reads an indicator's past in all areas, in one reading.
func (r *Room) courses(ctx context.Context, d Indicator, s *seer) (f family, err error) {
	if !d.FromRegister() {
		for _, code := range s.areas {
			if c := reportedCourse(d, s.reports[code]); c != nil {
				c.area, c.seed = code, seedOf(code, d.ID)
				f = append(f, c)
			}
		}
		return f, nil
	}
	values, err := r.Indicators.Months(ctx, s.areas, d.ID, firstYear*100+1, s.last, time.Time{})
	var c *course
	for _, v := range values { // area after area
		if c == nil || c.area != v.Area {
			c = &course{of: d, area: v.Area, first: v.Period, seed: seedOf(v.Area, d.ID)}
			if is(d, Transfers6m) {
				c.unripe = ripening
			}
			f = append(f, c)
		}
		n, ok := v.Number()
		x := float64(n)
		if !ok {
			x = math.NaN()
		}
		c.values = append(c.values, x)
		if is(d, SurveyedRate) {
			c.sizes = append(c.sizes, float64(v.Denominator))
		}
	}
	return f, err
}

// reportedCourse is what was reported year by year, up to the last year without a gap before it; nil where that is less than three.
func reportedCourse(d Indicator, reports []Report) *course {
	var c *course
	for _, rep := range reports { // in the order of periods
		if rep.Indicator != d.ID || !rep.Period.IsYear() || !rep.AsValue().Known {
			continue
		}
		if c == nil || c.at(rep.Period) != len(c.values) {
			c = &course{of: d, first: rep.Period}
		}
		c.values = append(c.values, float64(rep.Value))
	}
	if c == nil || len(c.values) < 3 {
		return nil
	}
	return c
}

// look makes the outlooks of one indicator in all areas: for this year's end, and for the target's year.
func (s *seer) look(f family) (out []indicator.Outlook) {
	if len(f) == 0 {
		return nil
	}
	f.fit()
	year := s.run.AsOf.Year()
	past := f.past(year, (s.last.Year()-year)*12+s.last.Month())
	by := spread(past)
	for _, c := range f {
		target := indicator.InForce(s.targets[c.area], c.of.ID, year)
		above := indicator.InForce(s.targets[area.Parent(c.area)], c.of.ID, year)
		years := []int{year}
		if target != nil && target.Year > year {
			years = append(years, target.Year)
		}
		missed := c.pastError(past)
		for _, y := range years {
			if o, ok := s.one(c, target, above, y, by); ok {
				o.Error = missed
				out = append(out, o)
			}
		}
	}
	return out
}

// one is the outlook for the end of one year.
func (s *seer) one(c *course, target, above *indicator.Target, year int, by float64) (o indicator.Outlook, ok bool) {
	from, to := c.year(year)
	if target != nil && target.Cumulative && c.sums() {
		from = c.at(indicator.Period((target.BaseYear+1)*100 + 1))
	}
	if from < 0 || !c.first.IsYear() && c.known() < leastMonths {
		return o, false
	}
	outcomes := c.foresee(from, to, by)
	if len(outcomes) == 0 || math.IsNaN(outcomes[0]) {
		return o, false // too short or broken a past says nothing: the page shows no outlook
	}
	o = indicator.Outlook{Area: c.area, Indicator: c.of.ID, Year: year, MadeOn: s.run.On, Reached: whole(c.reached(from, to))}
	o.Method, o.Points = c.method(to)
	weigh(&o, outcomes, goalOf(c.of, target, above, year))
	return o, true
}
