package plan

import (
	"slices"

	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
	"jiuye/internal/register/person"
)

// stockMonths is how many months back stocks and rates are looked at, month by month.
const stockMonths = 24

// stocks is the first month that stocks and rates are looked at.
func (p Period) stocks() indicator.Period {
	return indicator.MonthOf(p.AsOf.AddDate(0, 1-stockMonths, 1-p.AsOf.Day()))
}

// cell is a sum.
type cell struct{ numerator, denominator int64 }

func (c *cell) add(numerator, denominator int64) {
	c.numerator += numerator
	c.denominator += denominator
}

// tally is what has been added up for one area: by year and by month, from the period's first on.
type tally struct {
	people int64
	years  [][count]cell
	months [][count]cell
}

// tallies add up by township and then by every area above.
type tallies struct {
	period Period
	byArea map[string]*tally
}

func newTallies(p Period) *tallies { return &tallies{period: p, byArea: map[string]*tally{}} }

// at is the tally of an area, made when first asked for.
func (t *tallies) at(code string) *tally {
	sum := t.byArea[code]
	if sum == nil {
		years := t.period.Last - t.period.First + 1
		sum = &tally{years: make([][count]cell, years), months: make([][count]cell, 12*years)}
		t.byArea[code] = sum
	}
	return sum
}

// month is the place of a month (202508) in a tally; below 0 before the period.
func (t *tallies) month(month int) int { return (month/100-t.period.First)*12 + month%100 - 1 }

// counted is a line of plan_counted.
type counted struct {
	person    int64
	indicator Index
	year      int
	area      string
	times     int64
}

// person adds everything one person stands for, and appends the lines that lead back to the person.
func (t *tallies) person(f *person.Facts, lines []counted) []counted {
	sum := t.at(area.At(f.Area, area.Township))
	sum.people++
	start := len(lines)
	countEvents(f, t.period, func(s Share) {
		sum.years[s.Year-t.period.First][s.Indicator].add(s.Numerator, 0)
		sum.months[t.month(person.MonthOf(s.Day))][s.Indicator].add(s.Numerator, 0)
		for i := start; i < len(lines); i++ {
			if l := &lines[i]; l.indicator == s.Indicator && l.year == s.Year {
				l.times += s.Numerator
				return
			}
		}
		lines = append(lines, counted{f.ID, s.Indicator, s.Year, f.Area, s.Numerator})
	})
	for year := t.period.First; year <= t.period.Last; year++ {
		countStocks(f, t.period.Day(year), func(s Share) {
			sum.years[year-t.period.First][s.Indicator].add(s.Numerator, s.Denominator)
		})
	}
	last := t.month(person.MonthOf(t.period.AsOf))
	for m := max(0, last-stockMonths+1); m <= last; m++ {
		countStocks(f, t.period.endOf(m), func(s Share) { sum.months[m][s.Indicator].add(s.Numerator, s.Denominator) })
	}
	return lines
}

// survey adds answers to the labour-force survey.
func (t *tallies) survey(code string, month int, status int, n int64) {
	m := t.month(month)
	if m < 0 || m > t.month(person.MonthOf(t.period.AsOf)) || status != person.Working && status != person.Unemployed {
		return
	}
	c := cell{denominator: n}
	if status == person.Unemployed {
		c.numerator = n
	}
	sum := t.at(code)
	sum.years[m/12][SurveyedRate].add(c.numerator, c.denominator)
	sum.months[m][SurveyedRate].add(c.numerator, c.denominator)
}

// rollUp adds the townships into the areas above them.
func (t *tallies) rollUp() {
	for _, code := range t.areas() {
		from := t.byArea[code]
		for up := area.Parent(code); up != ""; up = area.Parent(up) {
			to := t.at(up)
			to.people += from.people
			for i := range from.years {
				addAll(&to.years[i], &from.years[i])
			}
			for i := range from.months {
				addAll(&to.months[i], &from.months[i])
			}
		}
	}
}

func addAll(to, from *[count]cell) {
	for i := range to {
		to[i].add(from[i].numerator, from[i].denominator)
	}
}

// areas are the codes that have something, in order.
func (t *tallies) areas() []string {
	codes := make([]string, 0, len(t.byArea))
	for code := range t.byArea {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

// sums are everything that has been added up, as the register keeps it: all years, and the months in which there was something.
func (t *tallies) sums() []indicator.Sum {
	var list []indicator.Sum
	for _, code := range t.areas() {
		sum := t.byArea[code]
		list = append(list, indicator.Sum{Area: code, Indicator: indicator.People, Period: indicator.Period(t.period.Last), Numerator: sum.people})
		for i, d := range Indicators() {
			if !d.FromRegister() {
				continue
			}
			for y := range sum.years {
				c := sum.years[y][i]
				list = append(list, indicator.Sum{Area: code, Indicator: d.ID, Period: indicator.Period(t.period.First + y), Numerator: c.numerator, Denominator: c.denominator})
			}
			for m := range sum.months {
				if c := sum.months[m][i]; c != (cell{}) {
					list = append(list, indicator.Sum{Area: code, Indicator: d.ID, Period: indicator.MonthOf(t.period.endOf(m)), Numerator: c.numerator, Denominator: c.denominator})
				}
			}
		}
	}
	return list
}
