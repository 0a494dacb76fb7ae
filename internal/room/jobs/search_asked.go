package jobs

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/engine/rank/search"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/area/refdata"
	"jiuye/internal/register/employer"
	"jiuye/internal/register/person"
)

// asked is a question as it stands in an address: of the page, of a saved search, of the open API and of a feed.
type asked struct {
	q     url.Values
	text  string
	area  string // the first one
	after string
}

func askedOf(q url.Values) asked {
	kept := url.Values{}
	for name, list := range q {
		for _, v := range list {
			if v = strings.TrimSpace(v); v != "" && len(v) <= 400 {
				kept.Add(name, v)
			}
		}
	}
	return asked{q: kept, text: kept.Get("q"), area: kept.Get("area"), after: kept.Get("after")}
}

// dim is one thing that a question may ask for.
type dim struct {
	name  string // in the address
	facet string // in search.Facet and search.Relax
	label string // word
	text  func(c *web.Ctx, value string) string
	into  func(f *search.Filter, value string, a asked, v visitor, today db.Date)
}

func number(value string) int64 { n, _ := strconv.ParseInt(value, 10, 64); return max(0, n) }

// dims are all of them. A value that nobody offers asks for nothing that exists, and finds nothing.
var dims = []dim{
	{"area", "area", "jobs.find.area", func(_ *web.Ctx, v string) string { return area.Short(v) },
		func(f *search.Filter, v string, _ asked, _ visitor, _ db.Date) { f.Areas = append(f.Areas, v) }},
	{"occ", "occupation", "jobs.find.occupation", func(_ *web.Ctx, v string) string { return occupationText(v) },
		func(f *search.Filter, v string, _ asked, _ visitor, _ db.Date) {
			f.Occupations = append(f.Occupations, v)
		}},
	{"pay", "pay", "jobs.find.payFrom", func(c *web.Ctx, v string) string { return c.T("jobs.chip.pay", lang.Int(number(v))) },
		func(f *search.Filter, v string, _ asked, _ visitor, _ db.Date) { f.PayFrom = number(v) * 100 }},
	{"education", "education", "jobs.find.education", func(c *web.Ctx, v string) string {
		return c.T("jobs.find.has", educationText(c, int(number(v))))
	},
		func(f *search.Filter, v string, _ asked, _ visitor, _ db.Date) {
			f.AtMost = searchSchooling[int(number(v))]
		}},
	{"km", "near", "jobs.find.km", func(c *web.Ctx, v string) string { return c.T("jobs.find.within", v) },
		func(f *search.Filter, v string, _ asked, who visitor, _ db.Date) {
			if seat, ok := refdata.Seat(who.home); ok {
				f.Near = search.Near{Point: search.Point{Lat: seat.Lat, Lon: seat.Lon}, Km: float64(number(v))}
			}
		}},
	{"hours", "hours", "jobs.find.hours", hoursText, func(f *search.Filter, v string, _ asked, _ visitor, _ db.Date) {
		f.Hours = append(f.Hours, searchHours[v])
	}},
	{"contract", "contract", "jobs.kv.contract", func(c *web.Ctx, v string) string { return c.T("jobs.contractKind." + strconv.Itoa(int(number(v))%7)) },
		func(f *search.Filter, v string, _ asked, _ visitor, _ db.Date) {
			f.Contracts = append(f.Contracts, search.Contract(number(v)%7))
		}},
	{"flag", "flags", "jobs.find.flags", func(c *web.Ctx, v string) string { return flagText(c, v) },
		func(f *search.Filter, v string, _ asked, _ visitor, _ db.Date) { f.Flags |= flagOf(v) }},
	{"industry", "industry", "jobs.find.industry", func(_ *web.Ctx, v string) string { return industryText(v) },
		func(f *search.Filter, v string, _ asked, _ visitor, _ db.Date) {
			f.Industries = append(f.Industries, v)
		}},
	{"since", "since", "jobs.find.since", func(c *web.Ctx, v string) string { return c.T("jobs.chip.since", v) },
		func(f *search.Filter, v string, _ asked, _ visitor, today db.Date) {
			f.Since = int32(numberOfDay(today.Time) - number(v))
		}},
}

// query is the question for the index. Without an area it is about the visitor's league.
func (a asked) query(v visitor, today db.Date) search.Query {
	q := search.Query{Text: a.text, Today: int32(numberOfDay(today.Time)), Newest: a.q.Get("sort") == "new" || a.text == "" && v.seeker == nil, OccupationDigits: 4}
	for _, d := range dims {
		for _, value := range a.q[d.name] {
			d.into(&q.Filter, value, a, v, today)
		}
	}
	if len(q.Filter.Areas) == 0 && v.league != "" && q.Filter.Near.Km == 0 {
		q.Filter.Areas = []string{v.league}
	}
	return q
}

// filtered tells whether anything but words is asked for.
func (a asked) filtered() bool {
	return slices.ContainsFunc(dims, func(d dim) bool { return a.q.Get(d.name) != "" })
}

// without is the question without a name.
func (a asked) without(names ...string) url.Values {
	q := url.Values{}
	for k, v := range a.q {
		if !slices.Contains(names, k) {
			q[k] = slices.Clone(v)
		}
	}
	return q
}

// href is the page's address with one value in the place of what a name had, on its first page; "after" keeps the rest.
func (a asked) href(name, value string) string {
	q := a.without("after", name)
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return "/jobs"
	}
	return "/jobs?" + q.Encode()
}

// toggle is the page's address with a value on when it is off, and off when it is on.
func (a asked) toggle(name, value string) string {
	q := a.without("after")
	if at := slices.Index(q[name], value); at >= 0 {
		q[name] = slices.Delete(q[name], at, at+1)
	} else if name == "flag" {
		q.Add(name, value)
	} else {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return "/jobs"
	}
	return "/jobs?" + q.Encode()
}

// hidden are the values that the search box carries along, which the filter's form does not show.
func (a asked) hidden() []web.Pair {
	var list []web.Pair
	for _, d := range dims {
		for _, v := range a.q[d.name] {
			list = append(list, web.Pair{Key: d.name, Value: v})
		}
	}
	return list
}

func occupationText(code string) string {
	if name := occupationName(code); name != "" {
		return name
	}
	return code
}

func hoursText(c *web.Ctx, key string) string {
	for _, h := range employer.Hours {
		if h.Key == key {
			if c.Lang == lang.English {
				return h.En
			}
			return h.Zh
		}
	}
	return key
}

// hoursKey is the register's key of a kind of working time of the search.
func hoursKey(h search.Hours) string {
	for _, x := range employer.Hours {
		if searchHours[x.Key] == h && x.Key != "intern" {
			return x.Key
		}
	}
	return ""
}

// flagOf is a flag by its code, 0 for none.
func flagOf(code string) search.Flags {
	for f := search.Flags(1); f != 0; f <<= 1 {
		if f.String() == code && code != "" {
			return f
		}
	}
	return 0
}

func flagText(c *web.Ctx, code string) string {
	if flagOf(code) == 0 {
		return code
	}
	return c.T("jobs.flag." + code)
}

func (r *Room) findForm(c *web.Ctx, v visitor) *web.Form {
	var places, schooling, hours, flags []web.Option
	for _, a := range area.Children(v.league) {
		places = append(places, web.Option{Value: a.Code, Text: a.Name})
	}
	for _, e := range person.Educations[1:] {
		if e.Code != 90 && e.Code != 60 {
			schooling = append(schooling, web.Option{Value: strconv.Itoa(e.Code), Text: educationText(c, e.Code)})
		}
	}
	for _, h := range employer.Hours {
		hours = append(hours, web.Option{Value: h.Key, Text: hoursText(c, h.Key)})
	}
	for f := search.Flags(1); f.String() != ""; f <<= 1 {
		flags = append(flags, web.Option{Value: f.String(), Text: flagText(c, f.String())})
	}
	fields := []web.Field{
		{Name: "q", Label: c.T("jobs.find.q"), Max: 60},
		{Name: "area", Label: c.T("jobs.find.area"), Kind: "select", Options: places},
		{Name: "pay", Label: c.T("jobs.find.pay"), Kind: "number", Width: "8", Min: 0, Top: 10000000},
		{Name: "education", Label: c.T("jobs.find.education"), Kind: "select", Options: schooling},
		{Name: "hours", Label: c.T("jobs.find.hours"), Kind: "select", Options: hours},
		{Name: "flag", Label: c.T("jobs.find.flags"), Kind: "select", Options: flags},
	}
	if v.home != "" {
		fields = append(fields, web.Field{Name: "km", Label: c.T("jobs.find.km"), Kind: "select", Options: []web.Option{
			{Value: "30", Text: c.T("jobs.find.within", "30")}, {Value: "100", Text: c.T("jobs.find.within", "100")}, {Value: "300", Text: c.T("jobs.find.within", "300")}}})
	}
	return c.Form(fields...)
}
