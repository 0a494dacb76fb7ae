package policy

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/crowd"
	"jiuye/internal/register/dictionary"
)

// Turn is what a simulation can change of a policy: a threshold, a parameter, which is changed by per cent, or the whole wording.
type Turn struct {
	Key       string // in addresses: 1, 2 … of thresholds, the name of a parameter, v3 of a version
	Text      rule.Word
	Value     int64 // now; 100 of a parameter
	Unit      rule.Word
	threshold *rule.Threshold
	version   *Version
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
	switch {
	case t.threshold != nil:
		return p.With(*t.threshold, value), nil
	case t.version != nil:
		return r.library.load([]byte(t.version.Text), r.catalogue().params)
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

// wordings adds the versions that are not in force yet: somebody is writing them.
func (r *Room) wordings(ctx context.Context, who web.User, p *rule.Policy, list []Turn) ([]Turn, error) {
	versions, err := r.store.versionsOf(ctx, p.ID)
	for i := range versions {
		v := &versions[i]
		if v.State != Published && v.State != Withdrawn && maySee(who, v) == nil {
			list = append(list, Turn{Key: "v" + strconv.FormatInt(v.Version, 10), version: v,
				Text: rule.Word{Zh: fmt.Sprintf("第 %d 版的写法", v.Version), En: fmt.Sprintf("The wording of version %d", v.Version)}})
		}
	}
	return list, err
}

// Simulation is what another value of one figure would change.
type Simulation struct {
	Areas      []crowd.Moved // right below the area asked about
	Total      crowd.Moved
	Doubt      int64         // of the whole region: answers that would become unknown
	Parts      []crowd.Moved // by parts, in their order
	Paid, Pays crowd.Bill
	X          []int64 // values tried
	Y          []int64 // how many could have it with each
	Took       time.Duration
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
	var cuts []crowd.Cut
	for _, one := range parts(r.library.person) {
		cuts = append(cuts, one.Cut)
	}
	x, err := r.Crowd.Compare(ctx, p, other, cuts, func(place string) bool { return area.Within(place, code) })
	if err != nil {
		return s, err
	}
	s.Doubt, s.Parts, s.Paid, s.Pays = x.Doubt, x.Cuts, x.Paid, x.Pays
	s.areas(x.Areas, code)
	if t.threshold != nil {
		err = r.sweep(ctx, p, t, value, code, &s)
	}
	s.Took = time.Since(begun)
	return s, err
}

// segment is a part of the people that simulations are told by.
type segment struct {
	Kind string // sex, age, education, group
	Name rule.Word
	crowd.Cut
}

// ages are the bands: below working age, the young, and on to the retired.
var ages = []int64{0, 16, 25, 35, 45, 55, 60, 128}

// groupsTold are the groups that a simulation counts by.
var groupsTold = []int{dictionary.Hard, dictionary.LowIncome, dictionary.Disabled, dictionary.OutOfPoverty, dictionary.Veteran, dictionary.Graduate, dictionary.Zero, dictionary.Rural}

// parts are all segments: sex, age, education leave nobody out whose data are known, groups overlap.
func parts(dict *rule.Dictionary) (list []segment) {
	for _, one := range []struct {
		kind  string
		field int
	}{{"sex", dictionary.Sex}, {"education", dictionary.Education}} {
		for i, v := range dict.Fields[one.field].Values {
			list = append(list, segment{one.kind, rule.Word{Zh: v.Zh, En: strings.ReplaceAll(v.En, "_", " ")}, crowd.Cut{Field: one.field, Low: int64(i), High: int64(i)}})
		}
	}
	for i, from := range ages[:len(ages)-1] {
		to := ages[i+1] - 1
		name := rule.Word{Zh: fmt.Sprintf("%d～%d 岁", from, to), En: fmt.Sprintf("%d to %d", from, to)}
		if i == len(ages)-2 {
			name = rule.Word{Zh: fmt.Sprintf("%d 岁及以上", from), En: fmt.Sprintf("%d and above", from)}
		}
		list = append(list, segment{"age", name, crowd.Cut{Field: dictionary.Age, Low: from, High: to}})
	}
	for _, id := range groupsTold {
		f := &dict.Fields[id]
		list = append(list, segment{"group", rule.Word{Zh: f.Zh, En: f.Label()}, crowd.Cut{Field: id, Low: 1, High: 1}})
	}
	return list
}

// areas adds up to the areas right below one.
func (s *Simulation) areas(list []crowd.Moved, code string) {
	s.Total.Area = code
	for _, a := range area.Children(code) {
		s.Areas = append(s.Areas, crowd.Moved{Area: a.Code})
	}
	for _, m := range list {
		s.Total.Add(m)
		if i := slices.IndexFunc(s.Areas, func(a crowd.Moved) bool { return strings.HasPrefix(m.Area, a.Area) }); i >= 0 {
			s.Areas[i].Add(m)
		}
	}
	s.Areas = slices.DeleteFunc(s.Areas, func(a crowd.Moved) bool { return a.Before+a.Gain == 0 })
}

// sweepSteps is how many values a threshold is tried at.
const sweepSteps = 13

// sweep tries a threshold at values around the present one and the one asked for.
func (r *Room) sweep(ctx context.Context, p *rule.Policy, t *Turn, value int64, code string, s *Simulation) error {
	low, high := min(t.Value, value), max(t.Value, value)
	reach := max(6, high-low)
	step := (2*reach + sweepSteps - 2) / (sweepSteps - 1)
	low = t.Value - (t.Value-max(0, low-reach/2))/step*step // so that the present value is one of those tried
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
