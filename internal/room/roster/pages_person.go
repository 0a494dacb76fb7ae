package roster

import (
	"fmt"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/web"
)

type personData struct {
	File string
	On   []memberRow
	Past []memberRow
	Off  []memberRow
}

// showPerson is one person on all lists and comparisons.
func (r *Room) showPerson(c *web.Ctx) error {
	h, err := r.holderOf(c, &List{Name: rule.Word{Zh: "全部名单"}})
	if err != nil {
		return err
	}
	history, err := r.store.history(c.Context(), ofPeople, h.id)
	if err != nil {
		return err
	}
	data := personData{File: h.file}
	on := map[string]bool{}
	for i := range history {
		e := &history[i]
		l := r.byID(e.list)
		if l == nil {
			continue
		}
		row := r.memberRow(c, l, e, in(c.Lang, l.Name))
		if e.until.IsZero() {
			on[l.ID] = true
			data.On = append(data.On, row)
			continue
		}
		row.Note = e.until.String() + " " + e.whyOut
		data.Past = append(data.Past, row)
	}
	for _, l := range r.people {
		if l.Check == nil && !on[l.ID] {
			data.Off = append(data.Off, memberRow{Name: in(c.Lang, l.Name), Href: memberHref(l, h.id), Note: offText(c, l, h.subject)})
		}
	}
	masked := web.MaskName(h.name)
	return c.Render("roster/person", web.Page{Title: h.name, Window: masked + " " + c.T("roster.title"), Lede: c.T("roster.personLede", fmt.Sprint(len(data.On))), Data: data, Nav: home,
		Crumbs: []web.Crumb{{Text: c.T("roster.title"), Href: home}, {Text: masked}}})
}

// offText is why somebody does not stand on a list.
func offText(c *web.Ctx, l *List, s *subject) string {
	for _, reason := range reasons(c.Lang, l.Enter, s) {
		if reason.Kind != "yes" {
			return reason.Text
		}
	}
	return ""
}
