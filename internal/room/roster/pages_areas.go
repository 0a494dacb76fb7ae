package roster

import (
	"fmt"
	"slices"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

type areasData struct {
	Form  *web.Form
	Set   []string
	Can   bool
	Lists []web.Tab
}

// showAreas are the resettlement areas that are set.
func (r *Room) showAreas(c *web.Ctx) error { return r.areasPage(c, nil) }

func (r *Room) areasForm(c *web.Ctx) *web.Form {
	return c.Form(web.Field{Name: "codes", Label: c.T("roster.codes"), Hint: c.T("roster.codesHint"), Kind: "textarea", Max: 4000, Rows: 6})
}

func (r *Room) areasPage(c *web.Ctx, f *web.Form) error {
	codes, err := r.resettled(c.Context())
	if err != nil {
		return err
	}
	data := areasData{Form: f, Can: canSetAreas(c.User) == nil}
	for _, code := range codes {
		data.Set = append(data.Set, area.FullName(code))
	}
	if f == nil {
		data.Form = r.areasForm(c)
		data.Form.Set("codes", joinLines(slices.DeleteFunc(codes, func(code string) bool { return !area.Within(code, c.User.Area) })))
	}
	return c.Render("roster/areas", web.Page{Title: c.T("roster.areasTitle"), Lede: c.T("roster.areasLede", fmt.Sprint(len(codes))), Data: data, Nav: home, Form: f,
		Crumbs: []web.Crumb{{Text: c.T("roster.title"), Href: home}, {Text: c.T("roster.areasTitle")}}})
}

func (r *Room) saveAreas(c *web.Ctx) error {
	if err := canSetAreas(c.User); err != nil {
		return err
	}
	f := r.areasForm(c)
	codes, wrong := splitCodes(f.Text("codes"))
	if wrong != "" {
		f.Fail("codes", c.T("roster.codesWrong", wrong))
	}
	if !f.OK() {
		return r.areasPage(c, f)
	}
	for _, code := range codes {
		if err := account.CanSeeArea(c.User, code); err != nil {
			return err
		}
	}
	if err := r.setResettled(c.Context(), c.User, codes, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("roster.areasSaved"))
	return c.Redirect(home + "/resettled")
}
