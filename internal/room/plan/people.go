package plan

import (
	"strconv"
	"time"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// PeopleList is the page of the people behind a number.
type PeopleList struct {
	Indicator  Indicator
	Name       string
	Area       string
	Year       int
	Rest       bool
	Definition string
	Back       string
	Total      string // the number they stand behind
	Tabs       []web.Tab
	Choose     []Place // areas to choose from, when the list is by banner or township
	ChooseNote string
	Rows       []MemberRow
	Paging     web.Paging
}

// MemberRow is one person, the name masked by the page.
type MemberRow struct {
	Name, Href, Place string
	Why               []string
}

// fillPeople fills the list, or the areas to choose from.
func (p pages) fillPeople(c *web.Ctx, l *PeopleList, after web.Cursor) error {
	f, err := p.read(c.Context(), l.Area, time.Time{})
	if err != nil {
		return err
	}
	here := indicatorHref(l.Indicator.ID, l.Area) + "/people?year=" + strconv.Itoa(l.Year)
	v := f.value(l.Indicator, l.Year)
	l.Total = Figure(v.Numerator, "人") + " " + c.T("plan.unit."+countUnit(l.Indicator))
	if l.Indicator.Kind == indicator.Rate {
		l.Tabs = []web.Tab{{Text: c.T("plan.in." + l.Indicator.ID), Href: here, Current: !l.Rest},
			{Text: c.T("plan.rest." + l.Indicator.ID), Href: here + "&set=rest", Current: l.Rest}}
		l.Total = ""
	}
	if l.Indicator.Kind == indicator.Mean {
		l.Total = Figure(v.Denominator, "人") + " " + c.T("plan.unit.人")
	}
	byTownship := area.Level(l.Area) == area.Banner && !l.Indicator.Counted() && !is(l.Indicator, SurveyedRate)
	if l.Indicator.FromRegister() && (byTownship || mustChoose(c.User, l.Area)) {
		l.ChooseNote = c.T("plan.people.choose." + strconv.Itoa(area.Level(l.Area)))
		l.Choose, err = p.places(c.Context(), f)
		for n, a := range area.Children(l.Area) {
			l.Choose[n].Href = indicatorHref(l.Indicator.ID, a.Code) + "/people?year=" + strconv.Itoa(l.Year)
			if l.Rest {
				l.Choose[n].Href += "&set=rest"
			}
		}
		return err
	}
	list, more, err := p.Members(c.Context(), c.T, c.User, Lookup{Indicator: l.Indicator, Area: l.Area, Year: l.Year, Rest: l.Rest, After: after})
	if err != nil {
		return err
	}
	for _, m := range list {
		place := area.Name(area.At(m.Area, area.Township))
		if len(m.Area) > 9 {
			place += " " + area.Name(m.Area)
		}
		l.Rows = append(l.Rows, MemberRow{Name: m.Name, Href: "/casework/person/" + strconv.FormatInt(m.ID, 10), Place: place, Why: m.Why})
	}
	l.Paging = c.Paging(l.total(v), len(list), more)
	return nil
}

// countUnit is what an indicator's people are counted in.
func countUnit(i Indicator) string {
	if i.Unit == "人次" {
		return "人次"
	}
	return "人"
}

// total is how many people the list has; -1 where a line is more than one or the sums do not say.
func (l *PeopleList) total(v indicator.Value) int64 {
	switch i := l.Indicator; {
	case !v.Known, i.Unit == "人次", is(i, SurveyedRate), is(i, RegisteredRate) && l.Rest:
		return -1
	case i.Kind == indicator.Mean:
		return v.Denominator
	case l.Rest:
		return v.Denominator - v.Numerator
	}
	return v.Numerator
}
