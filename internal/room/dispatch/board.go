package dispatch

import (
	"cmp"
	"context"
	"slices"

	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// mostUnits is how many key enterprises the board adds up: more than the region has; where the list is longer the board says so.
const mostUnits = 20_000

// Row is one unit's month on the board.
type Row struct {
	Unit
	Reported bool
	State    string // of the report
	Late     bool
	Staff    int64
	Ahead    int64
	Train    int64
	Closing
}

// Part is a share of a month's gap: an area, an occupation or an industry.
type Part struct {
	Key         string
	Units, Late int64
	Closing
}

// Month is one month of the trend.
type Month struct {
	Month    int
	Reported int64
	Closing
}

// Board is what a manager sees of a month.
type Board struct {
	Area       string
	Month      int
	Rows       []Row
	Sum        Closing
	Reported   int64
	Late       int64
	NoOfficer  int64
	Ahead      int64
	Train      int64
	Areas      []Part
	Industries []Part
	Jobs       []Part // by occupation; only openings and what enterprises say, for insurance tells no occupation
	Trend      []Month
	Actions    []actionSum
	Requests   requestCounts
	Cut        bool // there are more units than it adds up
}

// MakeBoard adds an area's month up, with the twelve months to it. The caller has asked whether the reader may see the area.
func (r *Room) MakeBoard(ctx context.Context, code string, month int) (*Board, error) {
	b := &Board{Area: code, Month: month}
	units, err := r.units(ctx, unitFilter{area: code, state: On}, "", 0, mostUnits+1)
	if err != nil {
		return nil, err
	}
	if b.Cut = len(units) > mostUnits; b.Cut {
		units = units[:mostUnits]
	}
	from := monthAfter(month, -11)
	all, err := lines(ctx, r.DB, code, from, month)
	if err != nil {
		return nil, err
	}
	counts, err := hiredIn(ctx, r.DB, code, 0, from)
	if err != nil {
		return nil, err
	}
	gaps, err := gapsIn(ctx, r.DB, code, month)
	if err != nil {
		return nil, err
	}
	if b.Actions, err = sumActions(ctx, r.DB, code, month); err != nil {
		return nil, err
	}
	if b.Requests, err = r.countRequests(ctx, code, r.today()); err != nil {
		return nil, err
	}
	this := r.trend(b, all, counts, from)
	r.rows(b, units, this, counts)
	b.Jobs = jobsOf(gaps)
	return b, nil
}

// trend fills the months in, and returns the last one's reports by unit.
func (r *Room) trend(b *Board, all []line, counts map[int64]map[int]int64, from int) map[int64]*line {
	this := map[int64]*line{}
	for i := range 12 {
		m := monthAfter(from, i)
		b.Trend = append(b.Trend, Month{Month: m, Closing: closingOf(0, 0, m, nil, r.last())})
	}
	for i := range all {
		l := &all[i]
		at := &b.Trend[person.MonthsBetween(from, l.Month)-1]
		at.Reported++
		at.add(closingOf(l.Openings, l.Told, l.Month, counts[l.EmployerID], r.last()))
		if l.Month == b.Month {
			this[l.EmployerID] = l
		}
	}
	return this
}

// rows fills the units in, and adds them up by area and industry.
func (r *Room) rows(b *Board, units []Unit, this map[int64]*line, counts map[int64]map[int]int64) {
	areas, industries := map[string]*Part{}, map[string]*Part{}
	into := func(m map[string]*Part, key string, row *Row) {
		if m[key] == nil {
			m[key] = &Part{Key: key}
		}
		m[key].Units++
		if row.Late {
			m[key].Late++
		}
		m[key].add(row.Closing)
	}
	today := r.Clock.Today()
	for _, u := range units {
		row := Row{Unit: u}
		var report *Report
		if l := this[u.EmployerID]; l != nil {
			row.Reported, row.State, row.Staff, row.Ahead, row.Train = true, l.State, l.Staff, l.Ahead, l.Train
			row.Closing = closingOf(l.Openings, l.Told, b.Month, counts[u.EmployerID], r.last())
			report = &Report{FirstOn: l.FirstOn}
			b.Reported++
		}
		if row.Late = Late(report, u.Since, b.Month, today); row.Late {
			b.Late++
		}
		if u.OfficerID == 0 {
			b.NoOfficer++
		}
		b.Ahead, b.Train = b.Ahead+row.Ahead, b.Train+row.Train
		b.Sum.add(row.Closing)
		b.Rows = append(b.Rows, row)
		into(areas, area.At(u.Area, min(area.Level(b.Area)+1, area.Level(u.Area))), &row)
		into(industries, sectionOf(u.Industry), &row)
	}
	b.Sum.add(closingOf(0, 0, b.Month, nil, r.last()))
	b.Areas, b.Industries = sorted(areas), sorted(industries)
	slices.SortStableFunc(b.Rows, func(a, c Row) int {
		return cmp.Or(cmp.Compare(c.Openings-c.Filled, a.Openings-a.Filled), cmp.Compare(a.EmployerID, c.EmployerID))
	})
}

// sectionOf is an industry's section, C of C26; "" not told.
func sectionOf(industry string) string {
	if industry == "" {
		return ""
	}
	return industry[:1]
}

func sorted(m map[string]*Part) (list []Part) {
	for _, p := range m {
		list = append(list, *p)
	}
	slices.SortFunc(list, func(a, b Part) int {
		return cmp.Or(cmp.Compare(b.Openings, a.Openings), cmp.Compare(a.Key, b.Key))
	})
	return list
}

// jobsOf adds lines up by occupation.
func jobsOf(gaps []Gap) []Part {
	m := map[string]*Part{}
	for _, g := range gaps {
		if m[g.Occupation] == nil {
			m[g.Occupation] = &Part{Key: g.Occupation}
		}
		p := m[g.Occupation]
		p.Units, p.Openings, p.Told = p.Units+1, p.Openings+g.Openings, p.Told+g.Told
	}
	return sorted(m)
}

// Months are a unit's last months with what became of each gap, the latest first.
func (r *Room) Months(ctx context.Context, u *Unit, limit int) ([]Report, []Closing, error) {
	list, err := reportsOf(ctx, r.DB, u.EmployerID, limit)
	if err != nil || len(list) == 0 {
		return nil, nil, err
	}
	counts, err := hiredIn(ctx, r.DB, u.Area, u.EmployerID, list[len(list)-1].Month)
	out := make([]Closing, len(list))
	for i := range list {
		out[i] = closingOf(list[i].Openings, list[i].Told, list[i].Month, counts[u.EmployerID], r.last())
	}
	return list, out, err
}
