package assess

import (
	"context"
	"slices"

	"jiuye/internal/ground/db"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// Result is an assessment's sums as they came out on a day, with everything they went by.
type Result struct {
	On          string // day of the sums
	AsOf        string // last day of the data
	Month       int
	Insured     int64 // whom the unit insured then: later follow-ups count from here
	Posts       PostsResult
	Environment EnvironmentResult
	Risk        RiskResult
	Security    SecurityResult
	Checks      []Check
	Lights      Lights
	Finding     []string // policies that find the unit
}

// Compute does the sums of a case from what is on file and what the register knows today. It writes nothing.
func (r *Room) Compute(ctx context.Context, c *Case) (*Result, error) {
	lines, err := linesOf(ctx, r.DB, c.ID)
	if err != nil {
		return nil, err
	}
	values, err := settings(ctx, r.DB)
	if err != nil {
		return nil, err
	}
	today := db.On(r.Clock.Today())
	at := limitsAt(values, c.Area, c.Industry, today)
	past, err := outcomes(ctx, r.DB, c.ID)
	if err != nil {
		return nil, err
	}
	like, level := alike(c.Industry, past)
	out := &Result{On: today.String(), AsOf: db.On(r.asOf()).String(), Month: r.month()}
	times := at.get(indirectFactor)
	out.Posts = sumPosts(c, lines, like, level, times.value, times.from)
	if out.Posts.Fits, err = r.fits(ctx, c, lines); err != nil {
		return nil, err
	}
	if out.Environment, err = r.environment(ctx, c, lines); err != nil {
		return nil, err
	}
	var workers []Worker
	if c.EmployerID != 0 {
		if workers, err = r.workersOf(ctx, c.EmployerID, out.Month); err != nil {
			return nil, err
		}
		out.Insured = int64(len(workers))
	}
	if out.Risk, err = r.risk(ctx, c, workers); err != nil {
		return nil, err
	}
	out.Security = sumSecurity(c, lines, workers, max(0, at.get(contributions).value), max(0, at.get(contributeRate).value), max(0, at.get(benefitStandard).value))
	out.Checks, out.Lights = judge(c, out, at)
	if r.Policies != nil && c.EmployerID != 0 {
		found, err := r.Policies.Finding(ctx, []int64{c.EmployerID})
		if err != nil {
			return nil, err
		}
		out.Finding = found[c.EmployerID]
	}
	return out, nil
}

// nearby is where people come from to a post: the whole banner, or the whole case's area where the post is not bound to one.
func nearby(place string) string {
	if area.Level(place) > area.Banner {
		return area.At(place, area.Banner)
	}
	return place
}

// fits counts who of the register could take the lasting posts, those with the most schooling asked first.
func (r *Room) fits(ctx context.Context, c *Case, lines []Line) (list []Fit, err error) {
	if r.Crowd == nil {
		return nil, nil
	}
	type ask struct {
		place     string
		education int
	}
	type answer struct{ yes, unknown int64 }
	known, wishes := map[ask]answer{}, map[string]map[string]int64{}
	for _, l := range lines {
		if l.Temporary {
			continue
		}
		at := ask{nearby(l.Place), l.Education}
		n, ok := known[at]
		if !ok {
			if n.yes, n.unknown, err = r.Crowd.Seeking(ctx, at.place, schooled(at.education)); err != nil {
				return nil, err
			}
			known[at] = n
		}
		if wishes[at.place] == nil {
			found, err := r.People.Wishes(ctx, at.place, 2, db.On(r.Clock.Today()))
			if err != nil {
				return nil, err
			}
			wishes[at.place] = map[string]int64{}
			for _, w := range found {
				wishes[at.place][w.Occupation] += w.Count
			}
		}
		list = append(list, Fit{Occupation: l.Occupation, Education: l.Education, People: l.People, Place: at.place, Schooled: n.yes, Unknown: n.unknown, Wishing: wishes[at.place][l.Occupation]})
	}
	return list, nil
}

// environment compares the posts with the area's minimum wage and the middle of what its open vacancies pay.
func (r *Room) environment(ctx context.Context, c *Case, lines []Line) (EnvironmentResult, error) {
	var minimum int64
	var from string
	if r.Policies != nil {
		minimum, from, _ = r.Policies.MinimumWage(ctx, c.Area, r.Clock.Today())
	}
	told := pays{}
	if len(lines) > 0 {
		err := r.Employers.EachOpen(ctx, c.Area, db.On(r.Clock.Today()), func(v *employer.Vacancy) error {
			told.add(v.PayLow, v.PayHigh, int64(v.Openings))
			return nil
		})
		if err != nil {
			return EnvironmentResult{}, err
		}
	}
	median, openings := told.median()
	e := sumEnvironment(lines, c.Conditions, minimum, median)
	e.MinFrom, e.Vacant = from, openings
	return e, nil
}

// risk looks at the unit's workers and at how much of the area's work hangs on it and on its industry.
func (r *Room) risk(ctx context.Context, c *Case, workers []Worker) (RiskResult, error) {
	if c.Lost == 0 {
		return RiskResult{OfUnit: c.EmployerID != 0, Workers: int64(len(workers)), IndustryCode: c.Industry}, nil
	}
	earners, err := r.earnersOf(ctx, workers, r.month(), db.On(r.asOf()))
	if err != nil {
		return RiskResult{}, err
	}
	byEmployer, _, err := r.insuredIn(ctx, c.Area, r.month(), r.month())
	if err != nil {
		return RiskResult{}, err
	}
	industry := map[int64]string{}
	err = r.Employers.Each(ctx, c.Area, func(e *employer.Employer) error {
		industry[e.ID] = e.Industry
		return nil
	})
	return sumRisk(c, workers, earners, byEmployer, industry, r.asOf()), err
}

// lacking names the dimensions with a yellow or red light that no measure answers.
func lacking(lights Lights, measures []Measure) (list []string) {
	for i, d := range Dimensions {
		if (lights[i] == Yellow || lights[i] == Red) && !slices.ContainsFunc(measures, func(m Measure) bool { return m.Dimension == d }) {
			list = append(list, d)
		}
	}
	return list
}
