package outwork

import (
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func fileName(title, what string) string {
	return strings.NewReplacer("/", "-", "\\", "-").Replace(title) + "-" + what + ".xlsx"
}

// recordRead writes into the log that a list of people was read, once for each of them.
func (r *Room) recordRead(c *web.Ctx, b *Batch, people []int64, phones bool) error {
	what := "查看劳务输出名单（号码遮盖）：" + b.Title
	if phones {
		what = "导出带队联系电话：" + b.Title
	}
	return r.DB.Tx(c.Context(), func(tx *db.Tx) error { return r.noteOf(c.Context(), tx, c.User, "read", b.Area, what, people...) })
}

// exportGroup writes the people of a batch whom the reader may see: names masked, with what the register shows.
func (r *Room) exportGroup(c *web.Ctx) error {
	b, err := r.worked(c)
	if err != nil {
		return err
	}
	trips, err := r.trips(c.Context(), r.DB, b.ID)
	if err != nil {
		return err
	}
	if err := r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		return r.note(c.Context(), tx, c.User, "export", "batch", b.ID, b.Area, "导出劳务输出名单："+b.Title)
	}); err != nil {
		return err
	}
	x := sheet.NewXLSX(c.Attachment(fileName(b.Title, c.T("outwork.membersHead")), xlsxType))
	columns := []sheet.Column{{Title: c.T("outwork.h.person")}, {Title: c.T("outwork.h.idNumber"), Width: 22}, {Title: c.T("outwork.h.area")}, {Title: c.T("outwork.h.state")}, {Title: c.T("outwork.h.trip"), Width: 24}, {Title: c.T("outwork.f.training"), Width: 24},
		{Title: c.T("outwork.f.reason")}, {Title: c.T("outwork.h.stay"), Width: 24}, {Title: c.T("outwork.gapsHead"), Width: 32}}
	if err := x.Sheet(c.T("outwork.membersHead"), columns...); err != nil {
		return err
	}
	for after := int64(0); ; {
		list, err := r.members(c.Context(), r.DB, b.ID, reach(c.User, &b), after, chunk)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return x.Close()
		}
		after = list[len(list)-1].PersonID
		rows, err := r.memberRows(c, &b, list, trips)
		if err != nil {
			return err
		}
		for _, m := range rows {
			if err := x.Row(m.Name, m.ID18, m.Area, m.State.Text, m.Trip, m.Training, m.Reason, strings.TrimSpace(m.Stay.Text+" "+m.Stay.Small), m.Gaps); err != nil {
				return err
			}
		}
	}
}

// exportTrip writes the list of a journey: numbers masked, or for the leader with whole phones.
func (r *Room) exportTrip(c *web.Ctx) error {
	b, t, list, err := r.theTrip(c)
	if err != nil {
		return err
	}
	rows, err := r.travellers(c, &b, list, c.Query("phones") == "1")
	if err != nil {
		return err
	}
	x := sheet.NewXLSX(c.Attachment(fileName(b.Title, t.Day.String()), xlsxType))
	if err := x.Sheet(c.T("outwork.travellers"), sheet.Columns(c.T("outwork.h.person"), c.T("outwork.h.idNumber"), c.T("outwork.h.phone"), c.T("outwork.h.area"), c.T("outwork.h.pickup"))...); err != nil {
		return err
	}
	for _, row := range rows {
		if err := x.Row(row...); err != nil {
			return err
		}
	}
	return x.Close()
}

// byPlace adds counts up for the areas right below one, year by year; the area itself comes last.
func byPlace(list []Count, code string) (years []int, rows map[string]map[int]Count, order []string) {
	rows = map[string]map[int]Count{}
	known := map[int]bool{}
	add := func(place string, n Count) {
		if rows[place] == nil {
			rows[place] = map[int]Count{}
			order = append(order, place)
		}
		x := rows[place][n.Year]
		rows[place][n.Year] = Count{place, n.Year, x.Spells + n.Spells, x.Stable + n.Stable, x.TooSoon + n.TooSoon, n.DrawnOn}
	}
	level := min(area.Level(code)+1, area.Banner)
	for _, n := range list {
		if !known[n.Year] {
			known[n.Year] = true
			years = append(years, n.Year)
		}
		add(area.At(n.Area, level), n)
	}
	if len(order) > 1 {
		for _, n := range list {
			add(code, n)
		}
	}
	return years, rows, order
}

// exportStable writes the figures of six months by place and year.
func (r *Room) exportStable(c *web.Ctx) error {
	list, err := r.counts(c.Context(), c.User.Area)
	if err != nil {
		return err
	}
	if err := r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		return r.note(c.Context(), tx, c.User, "export", "area", 0, c.User.Area, "导出转移就业稳定情况")
	}); err != nil {
		return err
	}
	x := sheet.NewXLSX(c.Attachment(fileName(area.Name(c.User.Area), c.T("outwork.tab.stable")), xlsxType))
	if err := x.Sheet(c.T("outwork.tab.stable"), sheet.Columns(c.T("outwork.h.area"), c.T("outwork.h.year"), c.T("outwork.h.spells"), c.T("outwork.h.stable"), c.T("outwork.h.tooSoon"))...); err != nil {
		return err
	}
	_, rows, order := byPlace(list, c.User.Area)
	for _, place := range order {
		for _, y := range yearsOf(rows[place]) {
			n := rows[place][y]
			if err := x.Row(area.Name(place), number(int64(y)), lang.Int(int64(n.Spells)), lang.Int(int64(n.Stable)), lang.Int(int64(n.TooSoon))); err != nil {
				return err
			}
		}
	}
	return x.Close()
}
