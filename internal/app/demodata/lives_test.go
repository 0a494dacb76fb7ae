package demodata

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/clock"
	"jiuye/internal/register/person"
)

// demoDay is the day on which the demonstration stands.
var demoDay = clock.Date(2025, time.September, 24)

func TestEveryLifeHoldsTogether(t *testing.T) {
	for _, run := range []struct {
		area   string
		people int
	}{{"152900", 5000}, {"152900", 262361}, {"150400", 20000}, {"152922", 2000}} {
		l := &lives{t: t, numbers: map[string]bool{}, phones: map[string]bool{}}
		if err := Each(context.Background(), Options{Area: run.area, People: run.people, Seed: 5}, l.household); err != nil {
			t.Fatal(err)
		}
		if l.people != run.people {
			t.Errorf("%s: %d people, want %d", run.area, l.people, run.people)
		}
		if want := max(round(zeroHouseholds*float64(run.people)/printedPeople), 2); l.zero != want {
			t.Errorf("%s: %d households without work, want %d", run.area, l.zero, want)
		}
	}
}

// lives checks one household after the other.
type lives struct {
	t               *testing.T
	numbers, phones map[string]bool
	people, zero    int
}

func (l *lives) household(h *Household) error {
	heads, able, idle := 0, 0, 0
	for i := range h.Members {
		m := &h.Members[i]
		l.people++
		if m.Relation == "户主" {
			heads++
		}
		l.member(h, m)
		if a := m.Age(demoDay); a >= 16 && a <= 59 && !m.Student && (m.Able == nil || *m.Able) {
			able++
			if m.AtWork(demoDay) == nil && m.Registered(demoDay) != nil {
				idle++
			}
		}
	}
	zero := !h.Rural && able > 0 && idle == able
	if zero {
		l.zero++
	}
	if zero != h.Zero {
		l.t.Errorf("household %s: without work %v, made as %v", h.Number, zero, h.Zero)
	}
	if heads != 1 && len(h.Members) > 0 {
		l.t.Errorf("household %s has %d heads", h.Number, heads)
	}
	return nil
}

func (l *lives) member(h *Household, m *Member) {
	t := l.t
	n, err := identity.ParseIDNumber(m.IDNumber)
	switch {
	case err != nil:
		t.Errorf("%s: %v", m.IDNumber, err)
	case !n.Birth.Equal(m.Birth) || int(n.Sex) != m.Sex:
		t.Errorf("%s says another birth or sex than the file", m.IDNumber)
	case l.numbers[m.IDNumber]:
		t.Errorf("%s is given twice", m.IDNumber)
	}
	l.numbers[m.IDNumber] = true
	if m.Phone != "" {
		if _, err := identity.ParsePhone(m.Phone); err != nil || l.phones[m.Phone] {
			t.Errorf("phone %s: %v, or given twice", m.Phone, err)
		}
		l.phones[m.Phone] = true
	}
	if m.Name == "" || m.Area != h.Area || m.Birth.After(asOf) {
		t.Errorf("%s: %q lives in %q, born %v", h.Number, m.Name, m.Area, m.Birth)
	}
	if (m.Student || m.Age(asOf) < 16) && len(m.Spells)+len(m.Registrations)+len(m.Insurances) > 0 {
		t.Errorf("%d: a pupil or student of %d works", m.ID, m.Age(asOf))
	}
	l.work(m)
	l.once(m)
	for _, g := range m.Groups {
		if g.Since.Before(m.Birth) || !g.Until.IsZero() && g.Until.Before(g.Since.Time) || g.Since.After(asOf) {
			t.Errorf("%d: group %s from %v to %v", m.ID, g.Kind, g.Since, g.Until)
		}
	}
}

func (l *lives) work(m *Member) {
	t := l.t
	slices.SortStableFunc(m.Spells, func(a, b person.Spell) int { return a.Since.Compare(b.Since.Time) })
	for i, s := range m.Spells {
		if m.Age(s.Since.Time) < 16 || s.Since.After(asOf) || !s.Until.IsZero() && (s.Until.Before(s.Since.Time) || s.Until.After(asOf)) {
			t.Errorf("%d (%v): spell %s %v to %v", m.ID, m.kind, s.Kind, s.Since, s.Until)
		}
		if i > 0 && (m.Spells[i-1].Until.IsZero() || m.Spells[i-1].Until.After(s.Since.Time)) {
			t.Errorf("%d (%v): a spell begins before the last one ends", m.ID, m.kind)
		}
		inUnit := s.Kind == person.Unit || s.Kind == person.Post
		if inUnit != (s.EmployerID != 0) && s.Kind != person.Self {
			t.Errorf("%d: %s with employer %d", m.ID, s.Kind, s.EmployerID)
		}
		if inUnit {
			l.insured(m, &s)
		}
	}
	for _, r := range m.Registrations {
		if m.Age(r.Since.Time) < 16 || r.Since.After(asOf) || r.Until.Before(r.Since.Time) && !r.Until.IsZero() || m.Able == nil {
			t.Errorf("%d (%v): registered %v to %v", m.ID, m.kind, r.Since, r.Until)
		}
		if r.Outcome == "就业" && !slices.ContainsFunc(m.Spells, func(s person.Spell) bool { return s.Since == r.Until }) {
			t.Errorf("%d: left the register for work on %v, but no work begins", m.ID, r.Until)
		}
		if f := m.AtWork(r.Since.Time); f != nil {
			t.Errorf("%d (%v): registered while at work", m.ID, m.kind)
		}
	}
	for _, in := range m.Insurances {
		if in.To != 0 && in.To < in.From || in.From > 202508 || in.From%100 < 1 || in.From%100 > 12 {
			t.Errorf("%d: insured %s %d to %d", m.ID, in.Kind, in.From, in.To)
		}
	}
}

// once: nothing stands twice under the key by which the register knows it.
func (l *lives) once(m *Member) {
	seen := map[string]bool{}
	key := func(kind string, parts ...any) {
		if k := kind + fmt.Sprint(parts...); seen[k] {
			l.t.Errorf("%d (%v): twice %s", m.ID, m.kind, k)
		} else {
			seen[k] = true
		}
	}
	for _, s := range m.Spells {
		key("spell", s.Since, s.Kind, s.EmployerID)
	}
	for _, in := range m.Insurances {
		key("insurance ", in.Kind, in.EmployerID, in.From)
	}
	for _, g := range m.Groups {
		key("group", g.Kind, g.Since)
	}
	for _, a := range m.Surveys {
		key("survey", a.Month)
	}
	for _, c := range m.Certificates {
		key("certificate", c.Issued, c.Level)
	}
	for _, c := range m.Trainings {
		key("training", c.Class)
	}
}

// insured: whoever works in a unit is insured from the month after it began, up to the age of 60.
func (l *lives) insured(m *Member, s *person.Spell) {
	until := s.Until.Time
	if s.Until.IsZero() {
		until = asOf
	}
	for day := s.Since.AddDate(0, 1, 1-s.Since.Day()); day.Before(until) && m.Age(day) < 60; day = day.AddDate(0, 1, 0) {
		if month := person.MonthOf(day); month >= 201901 && !m.Insured(month, person.Pension) {
			l.t.Errorf("%d (%v): in a unit %v to %v, not insured in %d", m.ID, m.kind, s.Since, s.Until, month)
			return
		}
	}
}

func TestEnoughPeopleFitThePolicies(t *testing.T) {
	n := map[string]int{}
	insured := map[int64]int{} // people insured by a unit for a year
	founders := map[int64]bool{}
	err := Each(context.Background(), Options{Area: "1529", People: 60000, Seed: 1}, func(h *Household) error {
		for i := range h.Members {
			m := &h.Members[i]
			count(n, insured, founders, m)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for e := range founders {
		if insured[e] >= 3 {
			n["founders of firms with three insured people (R01)"]++
		}
	}
	for _, what := range []string{"founders of firms with three insured people (R01)", "trained before a contract of a year (R04)", "graduates of two years (R08)",
		"over 60, able and willing (R33)", "hard to employ with an own business (R36)", "new forms of work (R42)", "自主就业 veterans (R54)", "low income in the country (R72)"} {
		if n[what] < 5 {
			t.Errorf("%s: %d", what, n[what])
		}
	}
	t.Log(n)
}

func count(n map[string]int, insured map[int64]int, founders map[int64]bool, m *Member) {
	add := func(what string, yes bool) {
		if yes {
			n[what]++
		}
	}
	hard := m.InGroup(person.Hard, asOf) != nil
	for _, in := range m.Insurances {
		if in.Kind == person.Pension && in.To == 0 && in.From <= 202408 {
			insured[in.EmployerID]++
		}
	}
	for _, s := range m.Spells {
		if s.Kind == person.Self && s.EmployerID != 0 {
			founders[s.EmployerID] = true
		}
		add("hard to employ with an own business (R36)", s.Kind == person.Self && slices.ContainsFunc(m.Groups, func(g person.Group) bool { return g.Kind == person.Hard }))
		add("new forms of work (R42)", s.NewForm && s.Contract == 0 && s.Until.IsZero())
		for _, c := range m.Trainings {
			add("trained before a contract of a year (R04)", s.Contract >= 12 && s.Since.After(c.Until.Time) && !s.Since.After(c.Until.AddDate(0, 6, 0)))
		}
	}
	for _, g := range m.Graduates {
		add("graduates of two years (R08)", !g.Graduated.AddDate(2, 0, 0).Before(demoDay))
	}
	add("over 60, able and willing (R33)", m.Age(demoDay) >= 60 && m.Able != nil && *m.Able && *m.Willing)
	add("hard to employ", hard)
	add("low income in the country (R72)", m.Rural && m.InGroup(person.LowIncome, asOf) != nil)
	for _, g := range m.Groups {
		add("自主就业 veterans (R54)", g.Kind == person.Veteran && g.Detail == "自主就业")
	}
}

// Each makes the people household by household, in constant memory: what Generate writes to files.
func Each(ctx context.Context, opts Options, visit func(*Household) error) error {
	opts, err := opts.checked()
	if err != nil {
		return err
	}
	w, err := newWorld(ctx, opts)
	if err != nil {
		return err
	}
	return newStream(w).each(ctx, visit)
}
