package jobs

import (
	"strings"

	"jiuye/internal/engine/rank/occupation"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/employer"
)

// suggested are how many occupations are offered for one tap.
const suggested = 5

// codeForm offers the likeliest occupations of a title.
func (r *Room) codeForm(c *web.Ctx, title string) (*web.Form, []occupation.Answer, error) {
	list, err := r.Suggest(c.Context(), title, suggested)
	if err != nil {
		return nil, nil, err
	}
	var options []web.Option
	for _, a := range list {
		options = append(options, web.Option{Value: a.Code, Text: a.Name + "（" + a.Code + "）", Hint: a.Why})
	}
	return c.Form(web.Field{Name: "code", Label: c.T("jobs.code.which"), Kind: "radios", Need: true, Options: options}), list, nil
}

func (r *Room) codePage(c *web.Ctx) error {
	v, err := r.ownVacancy(c)
	if err != nil {
		return err
	}
	f, list, err := r.codeForm(c, v.Title)
	if err != nil {
		return err
	}
	f.Set("code", v.Code)
	f.SetVersion(v.Version)
	return r.showCode(c, f, v, list)
}

func (r *Room) showCode(c *web.Ctx, f *web.Form, v employer.Vacancy, list []occupation.Answer) error {
	title := c.T("jobs.code.title", v.Title)
	return c.Render("jobs/code", web.Page{Title: title, Lede: c.T("jobs.code.lede"), Form: f, Nav: "/jobs/employer",
		Crumbs: []web.Crumb{{Text: c.T("jobs.unit.title"), Href: "/jobs/employer"}, {Text: title}}, Data: map[string]any{"Path": c.R.URL.Path, "Any": len(list) > 0, "Now": r.occupationName(c.Context(), v.Code)}})
}

// postCode takes the employer's choice of one of the suggested occupations.
func (r *Room) postCode(c *web.Ctx) error {
	v, err := r.ownVacancy(c)
	if err != nil {
		return err
	}
	f, list, err := r.codeForm(c, v.Title)
	if err != nil {
		return err
	}
	v.Code, v.Version = f.Choice("code"), f.Version()
	if !f.OK() {
		return r.showCode(c, f, v, list)
	}
	err = r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		if err := tx.Once(c.Context(), c.Once(), r.Clock.Now()); err != nil {
			return err
		}
		if err := r.Employers.HoldVacancy(c.Context(), tx, v.EmployerID, v.ID, v.Version); err != nil {
			return err
		}
		if err := r.Employers.SaveVacancies(c.Context(), tx, []employer.Vacancy{v}); err != nil {
			return err
		}
		return r.Audit.Write(c.Context(), tx, r.aboutVacancy(c.User, v, "jobs.code", "选择职业 "+v.Code+"："))
	})
	if err != nil {
		return err
	}
	r.boards.forget()
	c.Flash("ok", c.T("jobs.code.done"))
	return c.Redirect("/jobs/employer")
}

// codingRow is a correction as the page shows it.
type codingRow struct {
	Correction
	Name string
}

// codingPage lists the corrections, and codes a title that is asked about.
func (r *Room) codingPage(c *web.Ctx) error {
	f := c.Form(web.Field{Name: "q", Label: c.T("jobs.coding.q"), Max: 60}, web.Field{Name: "code", Label: c.T("jobs.coding.code"), Max: 12})
	return r.showCoding(c, f, f.Text("q"))
}

func (r *Room) showCoding(c *web.Ctx, f *web.Form, title string) error {
	ctx := c.Context()
	const shown = 100
	list, err := r.store.corrections(ctx, false, shown)
	if err != nil {
		return err
	}
	rows := make([]codingRow, len(list))
	for i, x := range list {
		rows[i] = codingRow{x, r.occupationName(ctx, x.Code)}
	}
	var answers []occupation.Answer
	if strings.TrimSpace(title) != "" {
		if answers, err = r.Suggest(ctx, title, suggested); err != nil {
			return err
		}
	}
	coder, err := r.coder(ctx)
	if err != nil {
		return err
	}
	return c.Render("jobs/coding", web.Page{Title: c.T("jobs.coding.title"), Lede: c.T("jobs.coding.lede", coder.Version()), Form: f, Nav: "/jobs/office",
		Crumbs: []web.Crumb{{Text: c.T("jobs.menu.office"), Href: "/jobs/office"}, {Text: c.T("jobs.coding.title")}},
		Data:   map[string]any{"Rows": rows, "Answers": answers, "Asked": title, "May": desk(c.User), "Full": len(list) == shown}})
}

func (r *Room) postCoding(c *web.Ctx) error {
	f := c.Form(web.Field{Name: "q", Label: c.T("jobs.coding.q"), Need: true, Max: 60}, web.Field{Name: "code", Label: c.T("jobs.coding.code"), Need: true, Max: 12})
	title, code := f.Text("q"), f.Text("code")
	if !f.OK() {
		return r.showCoding(c, f, title)
	}
	if err := r.Correct(c.Context(), c.User, title, code, c.Once()); err != nil {
		if fault.Is(err, fault.Invalid) {
			f.Fail("code", fault.TextOf(err))
			return r.showCoding(c, f, title)
		}
		return err
	}
	c.Flash("ok", c.T("jobs.coding.done", title))
	return c.Redirect("/jobs/coding")
}

func (r *Room) postUncode(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	if err := r.Uncorrect(c.Context(), c.User, id, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.coding.undone"))
	return c.Redirect("/jobs/coding")
}

// hiddenRow is a vacancy that is not shown, with the reason.
type hiddenRow struct {
	Hidden
	Title, Employer, Place string
}

// hiddenKinds are the reasons that an officer may take back.
var hiddenKinds = []string{hiddenUnlawful, hiddenSilent, hiddenGone}

func (r *Room) hiddenPage(c *web.Ctx) error {
	ctx := c.Context()
	var kinds []web.Option
	for _, k := range hiddenKinds {
		kinds = append(kinds, web.Option{Value: k, Text: c.T("jobs.hidden." + k)})
	}
	f := c.Form(web.Field{Name: "why", Label: c.T("jobs.hidden.why"), Kind: "select", Options: kinds})
	why := f.Choice("why")
	if why == "" {
		why = hiddenUnlawful
	}
	after, err := c.Cursor(1)
	if err != nil {
		return err
	}
	const page = 50
	list, err := r.store.hidden(ctx, c.User.Area, why, after.Int(0), page+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > page {
		list = list[:page]
		next = web.NewCursor(list[page-1].VacancyID)
	}
	rows, err := r.hiddenRows(c, list)
	if err != nil {
		return err
	}
	var tabs []web.Tab
	for _, k := range hiddenKinds {
		tabs = append(tabs, web.Tab{Text: c.T("jobs.hidden." + k), Href: "/jobs/hidden?why=" + k, Current: k == why})
	}
	return c.Render("jobs/hidden", web.Page{Title: c.T("jobs.hidden.title"), Lede: c.T("jobs.hidden.lede"), Form: f, Nav: "/jobs/office",
		Crumbs: []web.Crumb{{Text: c.T("jobs.menu.office"), Href: "/jobs/office"}, {Text: c.T("jobs.hidden.title")}},
		Data:   map[string]any{"Rows": rows, "Tabs": tabs, "Paging": c.Paging(-1, len(rows), next), "May": desk(c.User) && why != hiddenUnlawful}})
}

func (r *Room) hiddenRows(c *web.Ctx, list []Hidden) ([]hiddenRow, error) {
	var ids, units []int64
	for _, h := range list {
		ids, units = append(ids, h.VacancyID), append(units, h.EmployerID)
	}
	vacancies, err := r.Employers.Vacancies(c.Context(), r.DB, ids)
	if err != nil {
		return nil, err
	}
	names, err := r.Employers.Names(c.Context(), units)
	if err != nil {
		return nil, err
	}
	byID := map[int64]employer.Vacancy{}
	for _, v := range vacancies {
		byID[v.ID] = v
	}
	rows := make([]hiddenRow, len(list))
	for i, h := range list {
		v := byID[h.VacancyID]
		rows[i] = hiddenRow{h, v.Title, names[h.EmployerID], placeText(c, v.Area, "")}
	}
	return rows, nil
}

func (r *Room) postShow(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	if err := r.Show(c.Context(), c.User, id, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("jobs.hidden.shown"))
	return c.Redirect("/jobs/hidden")
}
