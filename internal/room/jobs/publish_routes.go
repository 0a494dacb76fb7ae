package jobs

import (
	"net/http"

	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// desk lets in officers who decide and publish: no coordinators.
var desk = account.Desk(account.Officer)

// publishRoutes are the pages of employers who publish, and of officers who bring adverts from outside.
func (r *Room) publishRoutes(m *web.Mux) {
	units, officers := web.Roles(roleEmployer), desk
	m.Get("/jobs/employer/paste", units, r.pastePage)
	m.Post("/jobs/employer/paste", units, r.readPaste)
	m.Get("/jobs/employer/upload", units, r.uploadPage)
	m.Post("/jobs/employer/upload", units, r.postUpload)
	m.Get("/jobs/employer/template.xlsx", units, r.sheetTemplate)
	m.Get("/jobs/employer/still", units, r.stillPage)
	m.Post("/jobs/employer/vacancy/{id}/still", units, r.postStill)
	m.Get("/jobs/employer/vacancy/{id}/code", units, r.codePage)
	m.Post("/jobs/employer/vacancy/{id}/code", units, r.postCode)

	m.Get("/jobs/outside", staff, r.outsidePage)
	m.Post("/jobs/outside", officers, r.postOutside)
	m.Get("/jobs/outside/{id}", staff, r.deliveryPage)
	m.Get("/jobs/outside/{id}/errors.xlsx", staff, r.flawSheet)
	m.Get("/jobs/outside/units", staff, r.unitsPage)
	m.Post("/jobs/outside/units/{id}", officers, r.postUnit)
	m.Get("/jobs/hidden", staff, r.hiddenPage)
	m.Post("/jobs/hidden/{id}", officers, r.postShow)
	m.Get("/jobs/duplicates", staff, r.duplicatesPage)
	m.Post("/jobs/duplicates/{id}", officers, r.postDuplicate)
	m.Get("/jobs/coding", staff, r.codingPage)
	m.Post("/jobs/coding", officers, r.postCoding)
	m.Post("/jobs/coding/{id}/undo", officers, r.postUncode)
	m.Raw("POST /api/vacancies", http.HandlerFunc(r.apiVacancies))
}
