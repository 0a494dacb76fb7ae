package crowd

import (
	"slices"

	"jiuye/internal/engine/census"
	"jiuye/internal/engine/rule"
	"jiuye/internal/register/area"
	"jiuye/internal/register/dictionary"
)

// present is the column of those who are (still) in the register; it is the last one.
const present = "在册"

// bounds are what columns hold of numbers by their unit. What the dictionary bounds itself, and units that are not
// here, stay as they are: comparisons of such a number are decided person by person.
var bounds = map[string]int64{"个月": 1023, "周岁": 127, "个": 15}

// narrow are months that stay below 512: no more than a working life has since there is such a register.
var narrow = []int{dictionary.MonthsUnemployed, dictionary.UnpaidMonths, dictionary.UnemploymentPaid}

// years are the first and the last year that a column of days holds: 89 of them need 15 planes, 179 need 16. What lies
// beyond counts as the first or the last day.
func years(field int) (first, last int64) {
	switch field {
	case dictionary.Birth:
		return 1900, 2078
	case dictionary.Retires:
		return 1940, 2118
	}
	return 1950, 2038
}

// always are the fields that Fill knows of everybody, so that their columns need no plane of validity.
var always = []int{
	dictionary.Age, dictionary.Birth, dictionary.Sex, dictionary.Retires, dictionary.Area, dictionary.Rural, dictionary.Student,
	dictionary.Registered, dictionary.MonthsUnemployed, dictionary.Hard, dictionary.LowIncome, dictionary.Veteran, dictionary.Disabled,
	dictionary.OutOfPoverty, dictionary.Zero, dictionary.Graduate, dictionary.MonthsInsured, dictionary.Trained, dictionary.Dead,
	dictionary.AtWork, dictionary.InsuredNow, dictionary.Paying, dictionary.UnpaidMonths, dictionary.Resettled, dictionary.Legal,
	dictionary.Places, dictionary.Skill, dictionary.UnemploymentPaid, dictionary.SkillThisYear, dictionary.Displaced,
	dictionary.BirthBreak, dictionary.HomeDisabled, dictionary.Building, dictionary.AcrossLeagues,
}

// bounded is the dictionary of people with bounds for numbers and days.
func bounded() (*rule.Dictionary, error) {
	d, err := dictionary.Person()
	if err != nil {
		return nil, err
	}
	fields := slices.Clone(d.Fields)
	for i := range fields {
		switch f := &fields[i]; {
		case f.Low != 0 || f.High != 0:
		case f.Type == rule.Number && slices.Contains(narrow, i):
			f.High = 511
		case f.Type == rule.Number:
			f.High = bounds[f.Unit.Zh]
		case f.Type == rule.Date:
			f.Low, f.High = years(i)
		}
	}
	out, err := rule.NewDictionary(fields)
	if err == nil {
		out.Lists, out.Area = d.Lists, d.Area
	}
	return out, err
}

// agreed are days that only agreements tell: no department reports them, so their columns would be wide and empty.
var agreed = []int{dictionary.ReserveSince, dictionary.ReserveUntil, dictionary.InternSince, dictionary.InternUntil}

// held are the fields that always have a column, so that pages can ask anything of them: all but free texts, numbers
// without bounds and what only agreements tell.
func held(d *rule.Dictionary) (ids []int) {
	for i := range d.Fields {
		f := &d.Fields[i]
		if slices.Contains(agreed, i) || f.Type == rule.Text && i != dictionary.Area || f.Type == rule.Number && f.High == 0 {
			continue
		}
		if f.Type == rule.Choice && !f.Single && len(f.Values) > 16 {
			continue
		}
		ids = append(ids, i)
	}
	return ids
}

// codes numbers the areas of all levels in their order, so that a subtree is a run. A place that the reference data do not
// have counts as the smallest known area around it; places outside the region are one.
type codes struct{ rule.Sorted }

func areaCodes() codes {
	var list []string
	var walk func(code string)
	walk = func(code string) {
		list = append(list, code)
		for _, a := range area.Children(code) {
			walk(a.Code)
		}
	}
	walk(region)
	slices.Sort(list)
	return codes{list}
}

const region = "15"

// outside is the code of every place outside the region.
const outside = -1

// Code implements rule.Codes.
func (c codes) Code(text string) (int64, bool) {
	for level := area.Village; level >= area.Region; level-- {
		if code := area.At(text, level); len(code) > 0 && (len(code) == len(text) || level < area.Village) {
			if at, ok := c.Sorted.Code(code); ok {
				return at, true
			}
		}
	}
	return outside, true
}

// Text implements rule.Codes.
func (c codes) Text(code int64) string {
	if code == outside {
		return ""
	}
	return c.Sorted.Text(code)
}

// Range implements rule.Codes.
func (c codes) Range() census.Range {
	r := c.Sorted.Range()
	r.From = outside
	return r
}

// groups are the areas people are counted by: townships and everything above. The first one is for those outside the region.
func (c codes) groups() (names []string, of map[string]int) {
	names, of = []string{""}, map[string]int{}
	for _, code := range c.Sorted {
		if area.Level(code) <= area.Township {
			of[code] = len(names)
			names = append(names, code)
		}
	}
	return names, of
}

// groupOf is a place's township, or the smallest area above it that there is.
func groupOf(of map[string]int, place string) int {
	for level := area.Township; level >= area.Region; level-- {
		if n, ok := of[area.At(place, level)]; ok {
			return n
		}
	}
	return 0
}

// shape is how one day's people under some policies stand in columns.
type shape struct {
	cols    *rule.Crowd
	columns []census.Column
	names   []string
	group   map[string]int
	on      rule.Day
	print   string
}

func (c *Crowd) shapeOf(policies []*rule.Policy, on rule.Day) shape {
	s := shape{cols: rule.NewCrowd(c.dict, policies, held(c.dict), on, map[int]rule.Codes{dictionary.Area: c.codes}), on: on}
	s.columns = append(slices.Clone(s.cols.Columns), census.Column{Name: present, Max: 1, Always: true})
	for _, id := range always {
		if at := s.cols.Column(id); at >= 0 {
			s.columns[at].Always = true
		}
	}
	s.names, s.group = c.codes.groups()
	s.print = rule.Fingerprint(policies) + printOf(s.columns, s.names)
	return s
}

// present is the condition that somebody is in the register.
func (s *shape) present() census.Rule {
	return census.Rule{Column: len(s.columns) - 1, In: []census.Range{{From: 1, To: 1}}}
}

// rule is a policy for those who are in the register.
func (s *shape) rule(p *rule.Policy) (census.Rule, error) {
	r, err := s.cols.Rule(p)
	return census.Rule{Op: census.All, Kids: []census.Rule{r, s.present()}}, err
}

// row is one person as the census takes it.
type row struct {
	values []int64
	known  []bool
}

func (s *shape) row() row {
	return row{make([]int64, len(s.columns)), make([]bool, len(s.columns))}
}

// fill writes somebody who is in the register. The dead are nobody: no policy and no count is for them.
func (s *shape) fill(r row, facts rule.Source) {
	s.cols.Fill(facts, r.values, r.known)
	last := len(s.columns) - 1
	r.values[last], r.known[last] = 1, true
	if dead, known := facts.Field(dictionary.Dead); known && dead.IsYes() {
		r.values[last] = 0
	}
}
