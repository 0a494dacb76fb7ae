package jobs

import (
	"cmp"
	"slices"
	"strings"

	"jiuye/internal/engine/rank/search"
	"jiuye/internal/register/area/refdata"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// What the search knows of a vacancy, from what the register holds.

// searchSchooling says what the register's levels of schooling are in the search (person.Educations → search.Education).
var searchSchooling = map[int]search.Education{10: search.Master, 20: search.Bachelor, 30: search.College, 40: search.Senior, 60: search.Senior,
	70: search.Junior, 80: search.Primary}

// searchHours are the kinds of working time (employer.Hours → search.Hours).
var searchHours = map[string]search.Hours{"full": search.Standard, "shift": search.Shifts, "part": search.PartTime, "season": search.Combined,
	"day": search.ByDay, "flexible": search.Flexible, "intern": search.Standard}

// welcomes are the groups that a vacancy says it welcomes (employer.Friendly → search.Flags).
var welcomes = map[string]search.Flags{"graduate": search.Graduates, "veteran": search.Veterans, "disabled": search.Disabled, "older": search.Older,
	"rural": search.Herders, "hardship": search.Hard}

// offered are the phrases by which an advert says what comes with the work.
var offered = []struct {
	flag  search.Flags
	words []string
}{
	{search.Housing, []string{"包住", "住宿", "宿舍", "包食宿", "包吃住", "管吃住", "管住"}},
	{search.Meals, []string{"包吃", "包餐", "午餐", "工作餐", "包食宿", "管吃", "管饭"}},
	{search.Insurance, []string{"五险", "六险", "社保", "社会保险"}},
	{search.Weekends, []string{"双休", "周末休", "做五休二"}},
	{search.Training, []string{"带薪培训", "岗前培训"}},
}

func flagsOf(v *employer.Vacancy) (f search.Flags) {
	for _, key := range strings.Fields(v.Friendly) {
		f |= welcomes[key]
	}
	text := v.Benefits + "\n" + v.Body
	for _, o := range offered {
		if slices.ContainsFunc(o.words, func(w string) bool { return strings.Contains(text, w) && !strings.Contains(text, "不"+w) }) {
			f |= o.flag
		}
	}
	return f
}

func searchContract(v *employer.Vacancy) search.Contract {
	switch {
	case v.Hours == "intern":
		return search.Internship
	case v.Contract == person.OpenEnded:
		return search.OpenEnded
	case v.Contract > 0:
		return search.FixedTerm
	}
	return search.ContractUnknown
}

// searchable is a vacancy as the index takes it.
func searchable(v *employer.Vacancy, unit employer.Employer) search.Vacancy {
	code := cmp.Or(v.Code, occupationNames().codeOf(v.Occupation), occupationNames().codeOf(v.Title))
	s := search.Vacancy{ID: v.ID, Title: v.Title, Occupation: code, OccupationName: cmp.Or(v.Occupation, occupationName(code)), Employer: unit.Name,
		Body: strings.TrimSpace(v.Body + "\n" + v.Benefits + "\n" + v.Skills), Area: v.Area, Industry: unit.Industry, PayLow: v.PayLow, PayHigh: v.PayHigh,
		Education: searchSchooling[v.Education], Hours: searchHours[v.Hours], Contract: searchContract(v), Flags: flagsOf(v), Posted: int32(numberOfDay(v.Posted.Time))}
	if seat, ok := refdata.Seat(v.Area); ok {
		s.Place = search.Point{Lat: seat.Lat, Lon: seat.Lon}
	}
	return s
}
