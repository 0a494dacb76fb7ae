package policy

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
	"jiuye/internal/register/crowd"
	"jiuye/internal/register/dictionary"
)

// Turn is a figure of a policy that a simulation can change: a threshold, or a parameter, which is changed by per cent.
type Turn struct {
	Key       string // in addresses: 1, 2 … of thresholds, the name of a parameter
	Text      rule.Word
	Value     int64 // now; 100 of a parameter
	Unit      rule.Word
	threshold *rule.Threshold
}

// turns are what can be changed of a policy.
func (r *Room) turns(p *rule.Policy) (list []Turn) {
	for i, t := range p.Thresholds(rule.DayOf(r.Clock.Today())) {
		list = append(list, Turn{Key: strconv.Itoa(i + 1), Text: t.Said, Value: t.Value, Unit: t.Unit, threshold: &t})
	}
	at := slices.IndexFunc(r.catalogue().entries, func(e *Entry) bool { return e.ID == p.ID })
	if at < 0 {
		return list
	}
	for _, name := range r.catalogue().entries[at].Parameters {
		if param := r.catalogue().params[name]; param != nil && slices.ContainsFunc(param.Rows, func(s rule.Setting) bool { return !s.Open }) {
			list = append(list, Turn{Key: name, Text: rule.Word{Zh: "参数：" + param.Name.Zh, En: "Parameter: " + param.Name.Zh}, Value: 100, Unit: rule.Word{Zh: "%", En: "%"}})
		}
	}
	return list
}

// turned is the policy with another value of a figure.
func (r *Room) turned(p *rule.Policy, t *Turn, value int64) (*rule.Policy, error) {
	if t.threshold != nil {
		return p.With(*t.threshold, value), nil
	}
	c := r.catalogue()
	params := maps.Clone(c.params)
	changed := *params[t.Key]
	changed.Rows = slices.Clone(changed.Rows)
	for i := range changed.Rows {
		changed.Rows[i].Value = changed.Rows[i].Value * value / 100
	}
	params[t.Key] = &changed
	for _, e := range c.entries {
		if e.ID == p.ID {
			return rule.LoadIn([]byte(e.Text), r.library.person, params)
		}
	}
	return nil, fault.New(fault.NotFound, "没有编号为 %s 的政策", p.ID)
}

// AreaShift is what a simulation changes in one area.
type AreaShift struct {
	Area               string
	Before, Gain, Loss int64
}

// Simulation is what another value of one figure would change.
type Simulation struct {
	Areas   []AreaShift // right below the area asked about
	Total   AreaShift
	Doubt   int64 // of the whole region: answers that would become unknown
	Fen     int64 // average amount now
	FenThen int64 // and then
	Priced  bool  // the amounts are known
	Groups  []crowd.Group
	X       []int64 // values tried
	Y       []int64 // how many could have it with each
	Took    time.Duration
}

// Simulate tries another value of a figure for everybody of an area. Faults: NotFound, Invalid.
func (r *Room) Simulate(ctx context.Context, p *rule.Policy, t *Turn, value int64, code string) (s Simulation, err error) {
	begun := time.Now() // how long it took is told, whatever day it is
	if err := r.UseCrowd(ctx); err != nil {
		return s, err
	}
	other, err := r.turned(p, t, value)
	if err != nil {
		return s, err
	}
	now, err := r.Crowd.Counts(ctx, p.ID)
	if err != nil {
		return s, err
	}
	changes, doubt, err := r.Crowd.Simulate(ctx, p.ID, other)
	if err != nil {
		return s, err
	}
	s.Doubt = doubt
	s.areas(now, changes, code)
	if err := r.price(ctx, p, other, &s); err != nil {
		return s, err
	}
	if s.Groups, err = r.Crowd.Groups(ctx, p, other, groupsTold, func(place string) bool { return area.Within(place, code) }); fault.KindOf(err) == fault.Invalid {
		err = nil // a formula: it is counted by area only
	}
	if err == nil && t.threshold != nil {
		err = r.sweep(ctx, p, t, value, code, &s)
	}
	s.Took = time.Since(begun)
	return s, err
}

// groupsTold are the groups that a simulation counts by.
var groupsTold = []int{dictionary.Hard, dictionary.LowIncome, dictionary.Disabled, dictionary.OutOfPoverty, dictionary.Veteran, dictionary.Graduate, dictionary.Zero, dictionary.Rural}

func (s *Simulation) areas(now []crowd.Count, changes []crowd.Change, code string) {
	for _, a := range area.Children(code) {
		s.Areas = append(s.Areas, AreaShift{Area: a.Code})
	}
	at := func(place string) *AreaShift {
		for i := range s.Areas {
			if strings.HasPrefix(place, s.Areas[i].Area) {
				return &s.Areas[i]
			}
		}
		return nil
	}
	s.Total.Area = code
	for g := range now {
		if !area.Within(now[g].Area, code) {
			continue
		}
		for _, to := range []*AreaShift{&s.Total, at(now[g].Area)} {
			if to != nil {
				to.Before += now[g].Yes
				to.Gain += changes[g].Gain
				to.Loss += changes[g].Loss
			}
		}
	}
	s.Areas = slices.DeleteFunc(s.Areas, func(a AreaShift) bool { return a.Before+a.Gain == 0 })
}

// price finds what the policy pays on average, now and then.
func (r *Room) price(ctx context.Context, p, other *rule.Policy, s *Simulation) error {
	if p.Amount.Fen != 0 {
		s.Fen, s.FenThen, s.Priced = p.Amount.Fen, other.Amount.Fen, true
		return nil
	}
	var known bool
	var err error
	if s.Fen, s.Priced, err = r.Crowd.Average(ctx, p); err != nil {
		return err
	}
	s.FenThen, known, err = r.Crowd.Average(ctx, other)
	s.Priced = s.Priced && known
	return err
}

// Cost is how much more (or less) an area would be paid, in fen.
func (s *Simulation) Cost(a AreaShift) int64 {
	return (a.Before+a.Gain-a.Loss)*s.FenThen - a.Before*s.Fen
}

// sweepSteps is how many values a threshold is tried at.
const sweepSteps = 13

// sweep tries a threshold at values around the present one and the one asked for.
func (r *Room) sweep(ctx context.Context, p *rule.Policy, t *Turn, value int64, code string, s *Simulation) error {
	low, high := min(t.Value, value), max(t.Value, value)
	reach := max(6, high-low)
	low = max(0, low-reach/2)
	step := max(1, (high+reach/2-low)/(sweepSteps-1))
	var versions []*rule.Policy
	for v := low; len(versions) < sweepSteps; v += step {
		s.X = append(s.X, v)
		versions = append(versions, p.With(*t.threshold, v))
	}
	lists, err := r.Crowd.Sweep(ctx, versions)
	if fault.KindOf(err) == fault.Invalid {
		s.X = nil
		return nil
	}
	for _, list := range lists {
		n := int64(0)
		for _, c := range list {
			if area.Within(c.Area, code) {
				n += c.Yes
			}
		}
		s.Y = append(s.Y, n)
	}
	return err
}
