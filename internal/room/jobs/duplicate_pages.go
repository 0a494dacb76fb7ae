package jobs

import (
	"strconv"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/employer"
)

// twinRow is a vacancy of a group as the page shows it.
type twinRow struct {
	*Offer
	Place, Pay, From string
	With             string // title of the one that it was found to be the same as
	WithID           int64
	Reasons          []string
	Confirmed        bool
}

// twins is a group: the vacancy shown, and those listed under it.
type twins struct {
	Lead    twinRow
	Members []twinRow
	More    int // members that the page does not show
}

// shownTwins is how many members of a group the page shows.
const shownTwins = 50

func (r *Room) duplicatesPage(c *web.Ctx) error {
	ctx := c.Context()
	after, err := c.Cursor(1)
	if err != nil {
		return err
	}
	const page = 20
	leads, err := r.store.leads(ctx, c.User.Area, after.Int(0), page+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(leads) > page {
		leads = leads[:page]
		next = web.NewCursor(leads[page-1])
	}
	list, err := r.twins(c, leads)
	if err != nil {
		return err
	}
	groups, followers, err := r.store.countDuplicates(ctx, c.User.Area)
	if err != nil {
		return err
	}
	return c.Render("jobs/duplicates", web.Page{Title: c.T("jobs.twins.title"), Lede: c.T("jobs.twins.lede", lang.Int(groups), lang.Int(followers)), Nav: "/jobs/office",
		Crumbs: []web.Crumb{{Text: c.T("jobs.menu.office"), Href: "/jobs/office"}, {Text: c.T("jobs.twins.title")}},
		Data:   map[string]any{"Groups": list, "Paging": c.Paging(groups, len(list), next), "May": desk(c.User)}})
}

// twins dresses the groups of some leading vacancies.
func (r *Room) twins(c *web.Ctx, leads []int64) ([]twins, error) {
	ctx := c.Context()
	followers, err := r.store.followers(ctx, leads)
	if err != nil {
		return nil, err
	}
	ids := append([]int64(nil), leads...)
	for _, f := range followers {
		ids = append(ids, f.VacancyID)
	}
	vacancies, err := r.Employers.Vacancies(ctx, r.DB, ids)
	if err != nil {
		return nil, err
	}
	said, err := r.store.saidAbout(ctx, ids)
	if err != nil {
		return nil, err
	}
	byID := map[int64]*Offer{}
	var offers []*Offer
	for _, v := range vacancies {
		o := &Offer{Vacancy: v}
		byID[v.ID] = o
		offers = append(offers, o)
	}
	if err := r.dress(ctx, offers); err != nil {
		return nil, err
	}
	row := func(o *Offer) twinRow {
		return twinRow{Offer: o, Place: placeText(c, o.Area, ""), Pay: payText(c, o.PayLow, o.PayHigh), From: sourceText(c, o.Vacancy)}
	}
	var out []twins
	for _, lead := range leads {
		o := byID[lead]
		if o == nil {
			continue
		}
		g := twins{Lead: row(o)}
		for _, f := range followers {
			if m := byID[f.VacancyID]; m != nil && f.Lead == lead {
				if len(g.Members) == shownTwins {
					g.More++
					continue
				}
				x := row(m)
				x.Reasons, x.WithID, x.Confirmed = f.Reasons, f.With, said[[2]int64{f.VacancyID, f.With}]
				if w := byID[f.With]; w != nil {
					x.With = w.Title
				}
				g.Members = append(g.Members, x)
			}
		}
		out = append(out, g)
	}
	return out, nil
}

// sourceText is who brought a vacancy.
func sourceText(c *web.Ctx, v employer.Vacancy) string {
	if v.Source == "" {
		return c.T("jobs.source.own")
	}
	return v.Source
}

func (r *Room) postDuplicate(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "same", Label: c.T("jobs.twins.title"), Kind: "radios", Need: true, Options: []web.Option{{Value: "yes"}, {Value: "no"}}},
		web.Field{Name: "with", Label: c.T("jobs.twins.title"), Need: true, Max: 20})
	same := f.Choice("same")
	with, err := strconv.ParseInt(f.Text("with"), 10, 64)
	if err != nil || !f.OK() {
		return fault.New(fault.Invalid, "没有选择是不是同一岗位，请在页面上选一项")
	}
	if err := r.SayDuplicate(c.Context(), c.User, id, with, same == "yes", c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.twins.done."+same))
	return c.Redirect("/jobs/duplicates")
}
