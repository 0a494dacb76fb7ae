package assess

import (
	"cmp"
	"context"
	"math"
	"slices"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/employer"
)

// compared is how many of the newest assessments a comparison looks at.
const compared = 500

type compareRow struct {
	Href, Title, Unit, Industry, Place, Invest, Interval, Intensity, PerWan string
	Posts, Temporary                                                        int64
	Actual                                                                  string // of the latest follow-up
	Lights                                                                  []light
	Policies, Finding                                                       []web.Tab

	intensity int64
}

type compareData struct {
	Tabs   []web.Tab
	Filter *web.Form
	Rows   []compareRow
	Cut    bool
	Export string
}

// ranking lists projects with an investment by lasting posts for each yuan, the most first.
func (r *Room) ranking(c *web.Ctx) (rows []compareRow, whole bool, err error) {
	ctx := c.Context()
	cases, err := r.listCases(ctx, filter{area: c.User.Area, kind: c.Query("kind")}, math.MaxInt64, compared+1)
	if err != nil {
		return nil, false, err
	}
	if whole = len(cases) <= compared; !whole {
		cases = cases[:compared]
	}
	letter := c.Query("section")
	var kept []Case
	var ids []int64
	for _, v := range cases {
		if v.Kind != Exit && v.Result != nil && v.Result.Posts.Intensity >= 0 && (letter == "" || v.Industry != "" && v.Industry[:1] == letter) {
			kept, ids = append(kept, v), append(ids, v.ID)
		}
	}
	slices.SortStableFunc(kept, func(a, b Case) int { return cmp.Compare(b.Result.Posts.Intensity, a.Result.Posts.Intensity) })
	behind, err := policiesOf(ctx, r.DB, ids)
	if err != nil {
		return nil, false, err
	}
	done, err := followUps(ctx, r.DB, ids)
	if err != nil {
		return nil, false, err
	}
	actual := map[int64]string{}
	for _, f := range done { // by month, so the latest stays
		actual[f.CaseID] = c.T("assess.actualAfter", lang.Int(f.Actual), f.Months)
	}
	links, err := r.policyLinks(c)
	for i := range kept {
		v := &kept[i]
		p := &v.Result.Posts
		row := compareRow{Href: caseAt(v.ID), Title: v.Title, Unit: v.Unit, Industry: industryText(v.Industry, english(c)), Place: area.Name(v.Area), Invest: lang.WanYuan(v.InvestFen), Posts: p.Direct(), Temporary: p.Temporary,
			Intensity: n2(p.Intensity), PerWan: perWan(p.Intensity), Lights: lightsOf(c, v.Lights), Policies: links.pick(behind[v.ID]), Finding: links.pick(v.Result.Finding), Actual: actual[v.ID], intensity: p.Intensity}
		if in := p.interval(); in.Known() {
			row.Interval = lang.Int(in.Low) + "～" + lang.Int(in.High)
		}
		rows = append(rows, row)
	}
	return rows, whole, err
}

func (r *Room) compare(c *web.Ctx) error {
	rows, whole, err := r.ranking(c)
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "kind", Label: c.T("assess.kind"), Kind: "select", Options: append([]web.Option{{Text: c.T("assess.all")}}, options(c, "assess.kind.", subjects[:3])...)},
		web.Field{Name: "section", Label: c.T("assess.section"), Kind: "select", Options: []web.Option{{Text: c.T("assess.all")}}})
	for _, s := range sections {
		f.Fields[1].Options = append(f.Fields[1].Options, web.Option{Value: s.Letter, Text: industryText(s.Letter, english(c))})
	}
	d := compareData{Tabs: tabs(c, atCompare), Filter: f, Rows: rows, Cut: !whole, Export: atCompare + "/export"}
	if c.R.URL.RawQuery != "" {
		d.Export += "?" + c.R.URL.RawQuery
	}
	return c.Render("assess/compare", web.Page{Title: c.T("assess.compare"), Lede: c.T("assess.compareLede"), Data: d, Nav: atHome})
}

// most is how many units the list of those that create work shows.
const most = 50

type unitRow struct {
	Name, Industry, Place string
	Before, Now, Grown    int64
	Policies              []web.Tab
}

type unitsData struct {
	Tabs []web.Tab
	Rows []unitRow
	More int // that are not looked at
}

// growth is a unit with the people it insured a year ago and insures now.
type growth struct{ Employer, Before, Now int64 }

// grown sorts units by how many more they insure, the most first; those that do not grow are left out.
func grown(before, now map[int64]int64) (list []growth) {
	for id, n := range now {
		if n > before[id] {
			list = append(list, growth{id, before[id], n})
		}
	}
	slices.SortFunc(list, func(a, b growth) int {
		return cmp.Or(cmp.Compare(b.Now-b.Before, a.Now-a.Before), cmp.Compare(a.Employer, b.Employer))
	})
	return list
}

// enterprises keeps the first of those that are no public institutions, with what the register knows of them; more is how many
// are left unread.
func (r *Room) enterprises(ctx context.Context, all []growth) (list []growth, known map[int64]employer.Employer, more int, err error) {
	known = map[int64]employer.Employer{}
	for len(all) > 0 && len(list) < most {
		some := all[:min(len(all), 2*most)]
		ids := make([]int64, len(some))
		for i, g := range some {
			ids[i] = g.Employer
		}
		read, err := r.Employers.ListIn(ctx, r.DB, ids)
		if err != nil {
			return nil, nil, 0, err
		}
		for _, e := range read {
			known[e.ID] = e
		}
		n := 0
		for ; n < len(some) && len(list) < most; n++ {
			if e, ok := known[some[n].Employer]; ok && e.Kind != employer.Institution {
				list = append(list, some[n])
			}
		}
		all = all[n:]
	}
	return list, known, len(all), nil
}

// units lists who has created work within a year, with the policies that find them (带动就业能力强的单位与政策对接).
func (r *Room) units(c *web.Ctx) error {
	ctx, month := c.Context(), r.month()
	now, before, err := r.insuredIn(ctx, c.User.Area, month, month-100)
	if err != nil {
		return err
	}
	list, known, more, err := r.enterprises(ctx, grown(before, now))
	if err != nil {
		return err
	}
	ids := make([]int64, len(list))
	for i, g := range list {
		ids[i] = g.Employer
	}
	found := map[int64][]string{}
	if r.Policies != nil && len(ids) > 0 {
		if found, err = r.Policies.Finding(ctx, ids); err != nil {
			return err
		}
	}
	links, err := r.policyLinks(c)
	if err != nil {
		return err
	}
	d := unitsData{Tabs: tabs(c, atUnits), More: more}
	for _, g := range list {
		e := known[g.Employer]
		d.Rows = append(d.Rows, unitRow{Name: e.Name, Industry: industryText(e.Industry, english(c)), Place: area.Name(nearby(e.Area)), Before: g.Before, Now: g.Now, Grown: g.Now - g.Before,
			Policies: links.pick(found[g.Employer])})
	}
	return c.Render("assess/units", web.Page{Title: c.T("assess.units"), Lede: c.T("assess.unitsLede", month/100, month%100), Data: d, Nav: atHome})
}
