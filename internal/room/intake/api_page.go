package intake

import (
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

type apiView struct {
	Routes   []apiLine
	Purposes []account.Purpose
}

type apiLine struct {
	Method, Path, Summary, About, Purposes string
}

// api is the reading page: what there is, and how a department begins.
func (p pages) api(c *web.Ctx) error {
	v := apiView{Purposes: account.Purposes}
	for _, rt := range apiRoutes {
		v.Routes = append(v.Routes, apiLine{rt.method, rt.path, rt.summary, rt.about, namesOf(rt.purposes)})
	}
	return c.Render("intake/api", web.Page{Title: c.T("intake.apiTitle"), Lede: c.T("intake.apiLede"), Data: v})
}
