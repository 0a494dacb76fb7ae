package outwork

import (
	"maps"
	"slices"
	"strconv"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

func yearsOf(rows map[int]Count) []int { return slices.Sorted(maps.Keys(rows)) }

// stable shows transfers and those that lasted six months, by place and year, and where the figures come from.
func (r *Room) stable(c *web.Ctx) error {
	list, err := r.counts(c.Context(), c.User.Area)
	if err != nil {
		return err
	}
	years, rows, order := byPlace(list, c.User.Area)
	slices.Sort(years)
	t := table{ID: "stable", Head: c.T("outwork.stableHead"), Empty: c.T("outwork.emptyStable"), Heads: []cell{{Text: c.T("outwork.h.area")}}}
	if len(list) > 0 {
		t.Note = c.T("outwork.drawnOn", list[len(list)-1].DrawnOn.String())
	}
	for _, y := range years {
		t.Heads = append(t.Heads, cell{Text: c.T("outwork.yearSpells", y), Right: true}, cell{Text: c.T("outwork.yearStable", y), Right: true})
	}
	for _, place := range order {
		row := []cell{{Text: area.Name(place)}}
		for _, y := range years {
			n := rows[place][y]
			share := "—"
			if n.Spells > 0 {
				share = strconv.FormatFloat(100*float64(n.Stable)/float64(n.Spells), 'f', 1, 64) + "%"
			}
			soon := ""
			if n.TooSoon > 0 {
				soon = c.T("outwork.tooSoonN", n.TooSoon)
			}
			row = append(row, cell{Text: lang.Int(int64(n.Spells)), Right: true}, cell{Text: lang.Int(int64(n.Stable)), Small: share + "　" + soon, Right: true})
		}
		t.Rows = append(t.Rows, row)
	}
	d := screen{Tabs: r.tabs(c, atStable), Tables: []table{t}, Text: c.T("outwork.basis"), Pairs: []web.Pair{{Key: c.T("outwork.planIndicator"), Value: c.T("outwork.planGo"), Href: "/plan"}},
		Actions: []web.Tab{{Text: c.T("outwork.export"), Href: atStable + "/export"}}}
	return c.Render("outwork/sheet", web.Page{Title: c.T("outwork.tab.stable"), Lede: c.T("outwork.stableLede"), Data: d, Nav: atDesk, Crumbs: crumb(c, "outwork.deskTitle", atDesk)})
}

// brandList is the twelve leagues with their brands (at least one each), and the brands themselves.
func (r *Room) brandList(c *web.Ctx) error {
	list, err := r.brands(c.Context(), region, most)
	if err != nil {
		return err
	}
	people, err := r.brandPeople(c.Context(), region)
	if err != nil {
		return err
	}
	leagues := table{ID: "leagues", Head: c.T("outwork.leaguesHead"), Note: c.T("outwork.leaguesNote"), Heads: heads(c, "league", "+brands", "+members", "+jobs", "reached")}
	reached := 0
	for _, l := range area.Children(region) {
		var n, members, jobs int64
		for i := range list {
			if b := &list[i]; area.Within(b.Area, l.Code) {
				n, members, jobs = n+1, members+people[b.ID], jobs+int64(b.Jobs)
			}
		}
		state := cell{Text: c.T("outwork.notReached"), Kind: "warn"}
		if n > 0 {
			reached++
			state = cell{Text: c.T("outwork.isReached"), Kind: "ok"}
		}
		leagues.Rows = append(leagues.Rows, []cell{{Text: l.Name}, num64(n), num64(members), num64(jobs), state})
	}
	t := table{ID: "list", Head: c.T("outwork.brandsTitle"), Note: c.T("outwork.total", len(list)), Heads: heads(c, "brand", "area", "skill", "+members", "+jobs", "+classes", "+income"), Empty: c.T("outwork.emptyBrands")}
	for i := range list {
		href := brandAt(list[i].ID)
		if !area.Within(list[i].Area, c.User.Area) {
			href = atShow + "/" + number(list[i].ID)
		}
		t.Rows = append(t.Rows, brandRow(c, &list[i], people[list[i].ID], href))
	}
	d := screen{Tabs: r.tabs(c, atBrands), Tables: []table{t, leagues}, Figures: []web.Figure{{Label: c.T("outwork.g.brands"), Value: lang.Int(int64(len(list)))}, {Label: c.T("outwork.g.reached"), Value: lang.Int(int64(reached)), Unit: c.T("outwork.ofLeagues", len(leagues.Rows))}},
		Actions: []web.Tab{{Text: c.T("outwork.brand.new"), Href: atBrands + "/new"}, {Text: c.T("outwork.publicPage"), Href: atShow}}}
	return c.Render("outwork/sheet", web.Page{Title: c.T("outwork.brandsTitle"), Lede: c.T("outwork.brandsLede"), Data: d, Nav: atDesk, Crumbs: crumb(c, "outwork.deskTitle", atDesk)})
}

func brandFields(c *web.Ctx) []web.Field {
	jobs, classes, income, year := field(c, "jobs", "number", false, 0), field(c, "classes", "number", false, 0), field(c, "income", "number", false, 0), field(c, "year", "number", false, 0)
	jobs.Top, classes.Top, jobs.Width, classes.Width = 10_000_000, 100_000, "8", "8"
	income.Unit, income.Width, year.Min, year.Top, year.Width = c.T("outwork.yuan"), "8", 2000, 2100, "4"
	intro := field(c, "intro", "textarea", false, 400)
	intro.Rows = 3
	return []web.Field{field(c, "name", "", true, 40), field(c, "trade", "", true, 40), field(c, "skill", "", true, 60), jobs, classes, income, year, field(c, "incomeSource", "", false, 80), intro}
}

func brandOf(a answers) Brand {
	return Brand{Name: a.text("name"), Trade: a.text("trade"), Skill: a.text("skill"), Jobs: a.int("jobs"), Classes: a.int("classes"), Income: a.fen("income"), Year: a.int("year"), Source: a.text("incomeSource"), Intro: a.text("intro")}
}

func (r *Room) askBrand(c *web.Ctx) error  { return r.brandForm(c, false) }
func (r *Room) takeBrand(c *web.Ctx) error { return r.brandForm(c, true) }

func (r *Room) brandForm(c *web.Ctx, take bool) error {
	where := field(c, "area", "select", true, 0)
	where.Options = account.Places(c.User.Area)
	b := boxOf(c, "brand", atBrands+"/new", 0, nil, "", append([]web.Field{where}, brandFields(c)...)...)
	if !take {
		b.Form.Set("brand_area", c.User.Area)
	}
	if take {
		a := answers{b.Form, "brand"}
		in := brandOf(a)
		in.Area = a.pick("area")
		if a.OK() {
			id, err := r.AddBrand(c.Context(), c.User, in, c.Once())
			if err == nil {
				c.Flash("ok", c.T("outwork.done"))
				return c.Redirect(brandAt(id))
			}
			if err := a.Form.Mend(err); err != nil {
				return err
			}
		}
	}
	return c.Render("outwork/form", web.Page{Title: c.T("outwork.brand.new"), Form: b.Form, Nav: atDesk, Crumbs: crumb(c, "outwork.brandsTitle", atBrands), Data: b})
}

func (r *Room) deskBrand(c *web.Ctx) error { return r.renderBrand(c, nil, "") }

func (r *Room) renderBrand(c *web.Ctx, failing *web.Form, failed string) error {
	b, people, err := r.theBrand(c)
	if err != nil {
		return err
	}
	if err := MayKeep(c.User, b.Area); err != nil {
		return err
	}
	d := screen{Pairs: brandPairs(c, &b, people), Text: b.Intro, Actions: []web.Tab{{Text: c.T("outwork.publicPage"), Href: atShow + "/" + number(b.ID)}}}
	change := boxOf(c, "change", brandAt(b.ID)+"/change", b.Version, failing, failed, brandFields(c)...)
	if failed != "change" {
		for name, value := range map[string]string{"name": b.Name, "trade": b.Trade, "skill": b.Skill, "jobs": strconv.Itoa(b.Jobs), "classes": strconv.Itoa(b.Classes), "incomeSource": b.Source, "intro": b.Intro} {
			change.Form.Set("change_"+name, value)
		}
		if b.Income > 0 {
			change.Form.Set("change_income", web.Yuan(b.Income))
			change.Form.Set("change_year", strconv.Itoa(b.Year))
		}
	}
	enlist := boxOf(c, "enlist", brandAt(b.ID)+"/enlist", b.Version, failing, failed, field(c, "idNumber", "", true, 18))
	enlist.Note = c.T("outwork.enlistNote")
	d.Boxes = []box{enlist, change}
	return c.Render("outwork/sheet", web.Page{Title: b.Name, Form: failing, Data: d, Nav: atDesk, Crumbs: crumb(c, "outwork.brandsTitle", atBrands)})
}

func (r *Room) actBrand(c *web.Ctx) error {
	b, _, err := r.theBrand(c)
	if err != nil {
		return err
	}
	if err := MayKeep(c.User, b.Area); err != nil {
		return err
	}
	act := c.R.PathValue("act")
	var a answers
	var do func() error
	switch act {
	case "change":
		a = answering(c, act, brandFields(c)...)
		in := brandOf(a)
		in.ID = b.ID
		do = func() error { return r.ChangeBrand(c.Context(), c.User, in, a.Version(), c.Once()) }
	case "enlist":
		a = answering(c, act, field(c, "idNumber", "", true, 18))
		text := a.text("idNumber")
		if a.OK() {
			number, err := identity.ParseIDNumber(text)
			if err != nil {
				a.Fail("enlist_idNumber", fault.TextOf(fault.Wrap(fault.Invalid, err, err.Error())))
			}
			text = number.Number
		}
		do = func() error { return r.Enlist(c.Context(), c.User, b.ID, text, c.Once()) }
	default:
		return noPage
	}
	if a.OK() {
		err := do()
		if err == nil {
			c.Flash("ok", c.T("outwork.done"))
			return c.Redirect(brandAt(b.ID))
		}
		if err := a.Form.Mend(err); err != nil {
			return err
		}
	}
	return r.renderBrand(c, a.Form, act)
}
