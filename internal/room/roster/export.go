package roster

import (
	"fmt"
	"strings"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// exportPage is how many entries are read at once.
const exportPage = 1000

// export writes a list as filtered, or the findings of a comparison, as xlsx, row by row. Lists carry masked numbers; findings
// go back to the department whose data are in doubt and carry the whole ID number, which the log says.
func (r *Room) export(c *web.Ctx) error {
	id := c.R.PathValue("list")
	l, err := r.find(id, false)
	if fault.KindOf(err) == fault.NotFound {
		l, err = r.find(id, true)
	}
	if err != nil {
		return err
	}
	at, err := chosen(c)
	if err != nil {
		return err
	}
	_, f := r.narrowed(c, l, at)
	total, err := r.store.count(c.Context(), shelfOf(l), l.ID, f)
	if err != nil {
		return err
	}
	if err := r.Audit.Note(c.Context(), audit.Entry{ActorID: c.User.ID, Actor: account.Signature(c.User), Act: "roster.export", Object: "area", Area: at,
		What: fmt.Sprintf("导出了“%s”%s %d 条", l.Name.Zh, area.FullName(at), total)}); err != nil {
		return err
	}
	w := sheet.NewXLSX(c.Attachment(l.Name.Zh+" "+area.Name(at)+" "+r.Clock.Today().Format("20060102")+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
	if err := w.Sheet(c.T("roster.sheet"), r.columns(c, l)...); err != nil {
		return err
	}
	afterArea, after := "", int64(0)
	for {
		list, err := r.store.page(c.Context(), shelfOf(l), l.ID, f, afterArea, after, exportPage)
		if err != nil {
			return err
		}
		if err := r.exportRows(c, w, l, list); err != nil {
			return err
		}
		if len(list) < exportPage {
			return w.Close()
		}
		afterArea, after = list[len(list)-1].area, list[len(list)-1].owner
	}
}

func (r *Room) columns(c *web.Ctx, l *List) []sheet.Column {
	first := []sheet.Column{{Title: c.T("roster.name")}, {Title: c.T("roster.idNumber"), Width: 22}}
	if l.Employers() {
		first = []sheet.Column{{Title: c.T("roster.unit"), Width: 30}, {Title: c.T("roster.creditCode"), Width: 22}}
	}
	first = append(first, sheet.Column{Title: c.T("roster.place"), Width: 28}, sheet.Column{Title: c.T("roster.basis"), Kind: sheet.Date}, sheet.Column{Title: c.T("roster.entered"), Kind: sheet.Date})
	if l.Check != nil {
		return append(first, sheet.Column{Title: c.T("roster.stateHead")}, sheet.Column{Title: c.T("roster.answeredOn"), Kind: sheet.Date}, sheet.Column{Title: c.T("roster.why"), Width: 60})
	}
	return append(first, sheet.Column{Title: c.T("roster.twin"), Width: 40})
}

func (r *Room) exportRows(c *web.Ctx, w sheet.Writer, l *List, list []entry) error {
	if len(list) == 0 {
		return nil
	}
	who, err := r.identities(c, l, list)
	if err != nil {
		return err
	}
	for i := range list {
		e := &list[i]
		id := who[e.owner]
		cells := []string{id[0], id[1], area.FullName(e.area[:min(len(e.area), townshipDigits)]), e.basis.String(), e.since.String()}
		if l.Check != nil {
			cells = append(cells, stateText(c, e.state), e.answered.String(), e.whyIn)
		} else {
			cells = append(cells, strings.Join(r.memberRow(c, l, e, "").Tags, "、"))
		}
		if err := w.Row(cells...); err != nil {
			return err
		}
	}
	return nil
}

// identities are the names and numbers of owners.
func (r *Room) identities(c *web.Ctx, l *List, list []entry) (map[int64][2]string, error) {
	out := make(map[int64][2]string, len(list))
	if l.Employers() {
		return r.store.units(c.Context(), list)
	}
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].owner
	}
	people, err := r.People.List(c.Context(), ids)
	for i := range people {
		number := people[i].IDNumber
		if l.Check == nil {
			number = web.MaskID(number)
		}
		out[people[i].ID] = [2]string{people[i].Name, number}
	}
	return out, err
}
