package policy

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/person"
)

// Question asks what the policies say of one person or one employer.
type Question struct {
	Policy               string // "": every policy
	PersonID, EmployerID int64
	On                   time.Time         // zero: today
	Said                 map[string]string // what somebody has stated: Chinese name of a field → 是, 800, 2025-01-31, one of its values
}

// Judgement is the answer of one policy. What registers know goes before what was stated.
type Judgement struct {
	*rule.Explanation
	Bare    *rule.Explanation // as it would be without what was stated; the same where nothing was
	Version int64
	Facts   rule.Source
	Ask     []int    // fields that nobody has told yet and that somebody can be asked for
	Rivals  []string // ids of the policies that cannot be had together with this one (互斥, 互斥组), whichever of them says so
}

// Judge answers a question with every clause. Faults: NotFound for a person, employer or policy that there is not; Invalid for
// a statement that cannot be read.
func (r *Room) Judge(ctx context.Context, q Question) ([]Judgement, error) {
	c, day, err := r.judges(ctx, q.On)
	if err != nil {
		return nil, err
	}
	var facts rule.Source
	policies := c.people
	if q.EmployerID != 0 {
		policies = c.employers
		facts, err = r.unitOn(ctx, q.EmployerID, day)
	} else {
		facts, err = r.personOn(ctx, q.PersonID, day)
	}
	if err != nil || facts == nil {
		return nil, err
	}
	over, err := overlay(policies, facts, q.Said)
	if err != nil {
		return nil, err
	}
	on := rule.DayOf(day)
	unasked := questionsFor(q.EmployerID != 0, r.library).unasked
	var list []Judgement
	for _, p := range policies {
		if q.Policy != "" && p.ID != q.Policy {
			continue
		}
		j := Judgement{Explanation: rule.Explain(p, over, on), Facts: over, Version: 1}
		if j.Bare = j.Explanation; len(q.Said) > 0 {
			j.Bare = rule.Explain(p, facts, on)
		}
		if e, err := c.entry(p.ID); err == nil {
			j.Version = e.Version
		}
		if j.Verdict != rule.No {
			for _, id := range append(j.Missing(), p.Lacks(over, on)...) {
				if p.Dictionary().Fields[id].Type != rule.Text && !slices.Contains(unasked, id) && !slices.Contains(j.Ask, id) {
					j.Ask = append(j.Ask, id)
				}
			}
		}
		j.Rivals = rivals(policies, p)
		list = append(list, j)
	}
	return list, nil
}

// rivals are the ids of those among policies that cannot be had together with one.
func rivals(policies []*rule.Policy, p *rule.Policy) (ids []string) {
	for _, o := range policies {
		if o != p && p.Rivals(o) {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// judges is the catalogue of a day.
func (r *Room) judges(ctx context.Context, day time.Time) (*catalogue, time.Time, error) {
	if today := r.Clock.Today(); day.IsZero() || day.Equal(today) {
		err := r.refresh(ctx)
		return r.catalogue(), today, err
	}
	c, err := r.on(ctx, day)
	return c, day, err
}

// earlierDays keeps the catalogue that was made last: most days have the same versions and parameters.
type earlierDays struct {
	sync.Mutex
	of   string
	made *catalogue
}

func (e *earlierDays) make(l *library, versions []Version, set []setting) (*catalogue, error) {
	var of strings.Builder
	for _, v := range versions {
		fmt.Fprint(&of, v.PolicyID, " ", v.Version, " ", v.Row, ";")
	}
	for _, s := range set {
		fmt.Fprint(&of, s.ID, ";")
	}
	e.Lock()
	defer e.Unlock()
	if e.made != nil && e.of == of.String() {
		return e.made, nil
	}
	c, err := l.make(versions, set)
	if err == nil {
		e.of, e.made = of.String(), c
	}
	return c, err
}

// personOn is what policies ask about one person on a day; nil for the dead.
func (r *Room) personOn(ctx context.Context, id int64, day time.Time) (rule.Source, error) {
	f, err := r.People.Facts(ctx, id)
	if err != nil || f.Dead(day) {
		return nil, err
	}
	a, err := dictionary.On(ctx, r.DB, day)
	if err != nil {
		return nil, err
	}
	if err := a.Somebody(ctx, r.DB, f); err != nil {
		return nil, err
	}
	row := &dictionary.Row{}
	a.Fill(row, f)
	return row, nil
}

// unitOn is what policies ask about one employer on a day.
func (r *Room) unitOn(ctx context.Context, id int64, day time.Time) (rule.Source, error) {
	e, err := r.Employers.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	a, err := dictionary.On(ctx, r.DB, day)
	if err != nil {
		return nil, err
	}
	hands, err := dictionary.WorkersOf(ctx, r.DB, id)
	if err != nil {
		return nil, err
	}
	staff := dictionary.NewStaff()
	for _, f := range hands {
		staff.Add(f, min(a.AsOf, person.MonthOf(day)), func(id int64) int64 {
			if id == e.ID {
				return e.FounderID
			}
			return 0
		})
	}
	return staff.Of(&e, rule.DayOf(day)), nil
}

// statements are facts with what was stated behind them.
type statements struct {
	rule.Source
	said map[int]rule.Value
}

// Field implements rule.Source: registers go first.
func (s statements) Field(id int) (rule.Value, bool) {
	if v, known := s.Source.Field(id); known {
		return v, true
	}
	v, known := s.said[id]
	return v, known
}

// futures are statements over facts that know how they go on.
type futures struct{ statements }

// At implements rule.Future: what was stated stays.
func (s futures) At(on rule.Day) rule.Source {
	return statements{s.Source.(rule.Future).At(on), s.said}
}

// Turns implements rule.Future.
func (s futures) Turns(field int, on, until rule.Day) []rule.Day {
	return s.Source.(rule.Future).Turns(field, on, until)
}

// overlay puts statements behind facts.
func overlay(policies []*rule.Policy, facts rule.Source, said map[string]string) (rule.Source, error) {
	if len(said) == 0 || len(policies) == 0 {
		return facts, nil
	}
	values := map[int]rule.Value{}
	for name, text := range said {
		v, id, err := Read(policies[0].Dictionary(), name, text)
		if err != nil {
			return nil, err
		}
		values[id] = v
	}
	return behind(facts, values), nil
}

// behind puts values behind facts.
func behind(facts rule.Source, said map[int]rule.Value) rule.Source {
	if len(said) == 0 {
		return facts
	}
	over := statements{facts, said}
	if _, ok := facts.(rule.Future); ok {
		return futures{over}
	}
	return over
}

// Read takes one statement as people write it. Faults: Invalid.
func Read(d *rule.Dictionary, name, text string) (rule.Value, int, error) {
	id, known := d.ID(name)
	if !known {
		return rule.Value{}, 0, fault.New(fault.Invalid, "不认识的字段“%s”，请刷新页面后重新填写", name)
	}
	v, err := valueOf(&d.Fields[id], text)
	return v, id, err
}

// Registered is what the registers say of fields that were stated all the same, in words.
func (j *Judgement) Registered(said map[string]string) map[string]string {
	dict := j.Policy.Dictionary()
	out := map[string]string{}
	s, ok := j.Facts.(interface{ registers() rule.Source })
	for name := range said {
		if id, known := dict.ID(name); known && ok {
			if v, known := s.registers().Field(id); known {
				out[name] = written(&dict.Fields[id], v)
			}
		}
	}
	return out
}

func (s statements) registers() rule.Source { return s.Source }

// written is a value as Read takes it.
func written(f *rule.Field, v rule.Value) string {
	switch f.Type {
	case rule.Date:
		return v.Day().Time().Format(time.DateOnly)
	case rule.Number:
		plain := *f
		plain.Unit = rule.Word{}
		return plain.Say(v, false)
	}
	return f.Say(v, false)
}
