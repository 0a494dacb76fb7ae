package jobs

import (
	"context"
	"net/url"
	"strings"
)

// Newest are the n newest vacancies in an area that answer a question as it stands in the address of /jobs, for what other rooms show.
func (r *Room) Newest(ctx context.Context, area string, q url.Values, n int) ([]Line, error) {
	ix, err := r.found(ctx)
	if err != nil {
		return nil, err
	}
	ask := askedOf(q).query(visitor{league: area}, r.today())
	ask.Newest, ask.Limit = true, n
	found, err := ix.Search(ask)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, h := range found.Hits {
		ids = append(ids, h.ID)
	}
	list, err := r.Employers.Vacancies(ctx, r.DB, ids)
	if err != nil {
		return nil, err
	}
	var units []int64
	for _, v := range list {
		units = append(units, v.EmployerID)
	}
	names, err := r.Employers.Names(ctx, units)
	if err != nil {
		return nil, err
	}
	var out []Line
	for _, id := range ids { // the register answers in an order of its own
		for _, v := range list {
			if v.ID == id {
				out = append(out, Line{VacancyID: id, Title: v.Title, Employer: names[v.EmployerID], Pay: strings.TrimSpace(pay(v.PayLow, v.PayHigh)), Km: -1})
			}
		}
	}
	return out, nil
}
