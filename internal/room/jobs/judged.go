package jobs

import (
	"context"
	"math"
	"strconv"
	"time"

	"jiuye/internal/engine/rank/allocate"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

const (
	judgedAfter  = 60  // days within which an application or a hire counts as having come of a recommendation
	judgedDays   = 365 // nights that are looked at
	fewestEvents = 30  // applications, or hires, from which on rules are compared
)

// Rules whose value is estimated. Each says how probable it is that it shows what was shown.
const (
	ruleShown  = "shown"  // as it was: the plan, with some lists at random
	rulePlan   = "plan"   // the plan alone
	ruleRandom = "random" // places at random for everybody
	ruleGain   = "gain"   // plan less random
)

var ruleNames = []string{ruleShown, rulePlan, ruleRandom, ruleGain}

// would is the probability that a rule shows what was shown. What the plan had chosen was shown to all whose lists were not drawn
// at random, so that its probability is at least that of these; the rest of it is that of the draw.
func would(rule string) func(allocate.Exposure) float64 {
	plan := func(e allocate.Exposure) float64 {
		if e.Probability >= 1-explored {
			return 1
		}
		return 0
	}
	random := func(e allocate.Exposure) float64 { return (e.Probability - (1-explored)*plan(e)) / explored }
	switch rule {
	case rulePlan:
		return plan
	case ruleRandom:
		return random
	case ruleGain:
		return func(e allocate.Exposure) float64 { return plan(e) - random(e) }
	}
	return func(e allocate.Exposure) float64 { return e.Probability }
}

// judged is an estimate in the making: outcomes added up over people, and their squares.
type judged struct {
	People, Events int
	Total, Squares float64
}

type judgedKey struct{ league, rule, outcome string }

// night is what came of one night's recommendations by one rule.
type night struct {
	judged
	day           db.Date
	rule, outcome string
}

// Judge estimates what came of the recommendations of a day within 60 days, under the plan and at random, and keeps it.
func (r *Room) Judge(ctx context.Context, day db.Date) error {
	sums := map[judgedKey]*judged{}
	var one []outcome // of one person
	flush := func() error {
		if len(one) == 0 {
			return nil
		}
		past := make([]allocate.Exposure, len(one))
		came := map[string]map[int64]float64{"applied": {}, "hired": {}}
		for i, x := range one {
			past[i] = x.Exposure
			for what, yes := range map[string]bool{"applied": x.applied, "hired": x.hired} {
				if yes {
					came[what][x.Vacancy] = 1
				}
			}
		}
		for what, list := range came {
			for _, rule := range ruleNames {
				k := judgedKey{one[0].league, rule, what}
				if sums[k] == nil {
					sums[k] = &judged{}
				}
				value, err := allocate.Judge(past, func(e allocate.Exposure) float64 { return list[e.Vacancy] }, would(rule))
				if err != nil {
					return err
				}
				sums[k].People++
				sums[k].Events += len(list)
				sums[k].Total += value
				sums[k].Squares += value * value
			}
		}
		one = one[:0]
		return nil
	}
	err := r.store.eachOutcome(ctx, day, beginning(day.Time), beginning(day.AddDate(0, 0, judgedAfter+1)), func(x *outcome) error {
		if len(one) > 0 && one[0].Seeker != x.Seeker {
			if err := flush(); err != nil {
				return err
			}
		}
		if len(one) > 0 && one[0].run != x.run { // made again on the same day: the last is what was shown
			one = one[:0]
		}
		one = append(one, *x)
		return nil
	})
	if err == nil {
		err = flush()
	}
	if err != nil || len(sums) == 0 {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error { return r.store.putJudged(ctx, tx, day, sums) })
}

// beginning is when a day begins, unix ms.
func beginning(day time.Time) int64 {
	y, m, d := day.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, clock.Zone).UnixMilli()
}

// Estimate is a rule's value: outcomes of a thousand people to whom something is shown one night, with its interval of 95 %.
type Estimate struct {
	Mean, Half float64 // a thousandth part of a thousand
	People     int     // nights of people
	Events     int     // applications, or hires, of what was shown
}

// estimate adds nights up. The same people are shown much the same on many nights, so the nights' errors are taken to point the same
// way: the interval is rather too wide than too narrow.
func estimate(list []night) (e Estimate) {
	var weighed, errors float64
	for _, x := range list {
		n := float64(x.People)
		mean := x.Total / n
		weighed += n * mean
		if n > 1 {
			errors += n * math.Sqrt(max(0, (x.Squares-n*mean*mean)/(n-1)/n))
		}
		e.People += x.People
		e.Events += x.Events
	}
	if e.People > 0 {
		e.Mean, e.Half = 1000*weighed/float64(e.People), 1000*1.96*errors/float64(e.People)
	}
	return e
}

// estimates are the rules' values of one outcome in an area.
func (r *Room) estimates(ctx context.Context, where, outcome string) (map[string]Estimate, error) {
	list, err := r.store.judgedOf(ctx, where, db.On(r.today().AddDate(0, 0, -judgedDays)))
	if err != nil {
		return nil, err
	}
	byRule := map[string][]night{}
	for _, x := range list {
		if x.outcome == outcome {
			byRule[x.rule] = append(byRule[x.rule], x)
		}
	}
	out := map[string]Estimate{}
	for _, rule := range ruleNames {
		out[rule] = estimate(byRule[rule])
	}
	return out, nil
}

// judgedPage shows managers what recommending by the plan is worth, against places at random.
func (r *Room) judgedPage(c *web.Ctx) error {
	where := area.At(c.User.Area, area.League)
	type line struct{ Rule, Applied, Hired string }
	lines := make([]line, len(ruleNames))
	var words []string
	people := 0
	for _, what := range []string{"applied", "hired"} {
		list, err := r.estimates(c.Context(), where, what)
		if err != nil {
			return err
		}
		shown := list[ruleShown]
		people = shown.People
		enough := shown.Events >= fewestEvents
		for i, rule := range ruleNames {
			text := c.T("jobs.judged.few")
			if enough {
				text = c.T("jobs.judged.value", tenth(list[rule].Mean), tenth(list[rule].Half))
			}
			lines[i].Rule = c.T("jobs.judged.rule." + rule)
			if what == "applied" {
				lines[i].Applied = text
			} else {
				lines[i].Hired = text
			}
		}
		words = append(words, r.verdictOf(c, what, shown, list[ruleGain]))
	}
	title := c.T("jobs.judged.title")
	return c.Render("jobs/judged", web.Page{Title: title, Lede: c.T("jobs.judged.lede", area.Name(where), lang.Int(int64(people))), Nav: "/jobs/office",
		Crumbs: []web.Crumb{{Text: c.T("jobs.menu.office"), Href: "/jobs/office"}, {Text: title}}, Data: map[string]any{"Lines": lines, "Words": words, "People": people}})
}

func tenth(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// verdictOf is one sentence: too few, better, worse, or no difference that could be told from chance.
func (r *Room) verdictOf(c *web.Ctx, what string, shown, gain Estimate) string {
	name := c.T("jobs.judged." + what)
	switch {
	case shown.Events < fewestEvents:
		return c.T("jobs.judged.tooFew", name, lang.Int(int64(shown.Events)), lang.Int(fewestEvents))
	case gain.Mean > gain.Half:
		return c.T("jobs.judged.better", name, tenth(gain.Mean), tenth(gain.Half))
	case -gain.Mean > gain.Half:
		return c.T("jobs.judged.worse", name, tenth(-gain.Mean), tenth(gain.Half))
	}
	return c.T("jobs.judged.same", name)
}
