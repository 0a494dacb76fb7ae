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
		courses, err := r.courses(ctx, d, &s)
		if err != nil {
			return 0, err
		}
		for _, code := range s.areas {
			if c := courses[code]; c != nil {
				list = append(list, s.look(c, code)...)
			}
		}
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
func (r *Room) courses(ctx context.Context, d Indicator, s *seer) (map[string]*course, error) {
	out := map[string]*course{}
	if !d.FromRegister() {
		for _, code := range s.areas {
			if c := reportedCourse(d, s.reports[code]); c != nil {
				c.seed, out[code] = seedOf(code, d.ID), c
			}
		}
		return out, nil
	}
	values, err := r.Indicators.Months(ctx, s.areas, d.ID, firstYear*100+1, s.last, time.Time{})
	for _, v := range values {
		c := out[v.Area]
		if c == nil {
			c = &course{of: d, first: v.Period, seed: seedOf(v.Area, d.ID)}
			if is(d, Transfers6m) {
				c.unripe = ripening
			}
			out[v.Area] = c
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
	return out, err
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

// look makes the outlooks of one course: for this year's end, and for the target's year.
func (s *seer) look(c *course, code string) []indicator.Outlook {
	year := s.run.AsOf.Year()
	target := indicator.InForce(s.targets[code], c.of.ID, year)
	above := indicator.InForce(s.targets[area.Parent(code)], c.of.ID, year)
	years := []int{year}
	if target != nil && target.Year > year {
		years = append(years, target.Year)
	}
	var out []indicator.Outlook
	for _, y := range years {
		if o, ok := s.one(c, target, above, y); ok {
			o.Area = code
			out = append(out, o)
		}
	}
	return out
}

// one is the outlook for the end of one year.
func (s *seer) one(c *course, target, above *indicator.Target, year int) (o indicator.Outlook, ok bool) {
	from, to := c.at(indicator.Period(year*100+1)), c.at(indicator.Period(year*100+12))
	if c.first.IsYear() {
		from = c.at(indicator.Period(year))
		to = from
	}
	if target != nil && target.Cumulative && c.sums() {
		from = c.at(indicator.Period((target.BaseYear+1)*100 + 1))
	}
	known := 0
	for _, v := range c.values {
		if !math.IsNaN(v) {
			known++
		}
	}
	if from < 0 || !c.first.IsYear() && known < leastMonths {
		return o, false
	}
	outcomes, method, points, err := c.outcome(from, to)
	if err != nil || math.IsNaN(outcomes[0]) {
		return o, false // too short or broken a past says nothing: the page shows no outlook
	}
	o = indicator.Outlook{Indicator: c.of.ID, Year: year, MadeOn: s.run.On, Method: method, Points: points,
		Reached: whole(c.total(from, min(to, len(c.values)-1), c.values[len(c.values)-c.unripe:])), Error: c.pastError(s.run.AsOf.Year(), s.last)}
	weigh(&o, outcomes, goalOf(c.of, target, above, year))
	return o, true
}
