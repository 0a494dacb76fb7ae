package fair

import (
	"strconv"
	"strings"

	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func fileName(title, what string) string {
	return strings.NewReplacer("/", "-", "\\", "-").Replace(title) + "-" + what + ".xlsx"
}

// exportAllocation writes a fair's allocation: one sheet of who goes where and when, one of those without an invitation. It holds
// whole names, so that booths can call people up, and no numbers; the read is recorded.
func (r *Room) exportAllocation(c *web.Ctx) error {
	f, err := r.managed(c)
	if err != nil {
		return err
	}
	list, err := r.allocated(c, &f)
	if err != nil {
		return err
	}
	if len(list.Visits) == 0 {
		return fault.New(fault.Conflict, "还没有求职者报名，没有可导出的内容")
	}
	if err := r.recordExport(c, &f, len(list.Rows)); err != nil {
		return err
	}
	x := sheet.NewXLSX(c.Attachment(fileName(f.Title, c.T("fair.allocation")), xlsxType))
	if err := x.Sheet(c.T("fair.allocation"), sheet.Column{Title: c.T("fair.number"), Kind: sheet.Number}, sheet.Column{Title: c.T("fair.unit"), Width: 32}, sheet.Column{Title: c.T("fair.slot")}, sheet.Column{Title: c.T("fair.code")},
		sheet.Column{Title: c.T("fair.person")}, sheet.Column{Title: c.T("fair.vacancy"), Width: 22}, sheet.Column{Title: c.T("fair.score"), Kind: sheet.Number}, sheet.Column{Title: c.T("fair.why"), Width: 48},
		sheet.Column{Title: c.T("fair.against"), Width: 36}, sheet.Column{Title: c.T("fair.stateLabel")}); err != nil {
		return err
	}
	for i := range list.Rows {
		v := &list.Rows[i]
		w := list.Words[v.VacancyID]
		yes, no := saidFor(c, v, len(v.Why))
		if err := x.Row(strconv.Itoa(w.Number), w.Unit, clockText(v.Slot), list.Visits[v.PersonID].Code, list.Names[v.PersonID], w.Title, strconv.Itoa(v.Score), yes, no, inviteState(c, v).Text); err != nil {
			return err
		}
	}
	if err := x.Sheet(c.T("fair.nobody"), sheet.Column{Title: c.T("fair.code")}, sheet.Column{Title: c.T("fair.person")}); err != nil {
		return err
	}
	for _, id := range list.Nobody {
		if err := x.Row(list.Visits[id].Code, list.Names[id]); err != nil {
			return err
		}
	}
	return x.Close()
}

// sumLines are a fair's figures in the order they are told.
func sumLines(c *web.Ctx, s *Sums) [][2]string {
	n := func(key string, v int64) [2]string { return [2]string{word(c, "f", key), lang.Int(v)} }
	return [][2]string{n("registered", s.Registered), n("came", s.Came), n("walkIn", s.WalkIn), n("units", s.Units), n("vacancies", s.Vacancies), n("openings", s.Openings), n("intents", s.Intents),
		n("interviews", s.Interviews), n("hires", s.Hires), n("promising", s.Promising), {c.T("fair.f.month1"), knownText(c, s.Month1, s.Known1)}, {c.T("fair.f.month3"), knownText(c, s.Month3, s.Known3)}}
}

// knownText is how many of those whose outcome is known.
func knownText(c *web.Ctx, yes, known int64) string {
	if known == 0 {
		return c.T("fair.notYet")
	}
	return c.T("fair.ofN", lang.Int(yes), lang.Int(known))
}

// partName is a share's name.
func partName(c *web.Ctx, key string) string {
	if area.Exists(key) {
		return area.Name(key)
	}
	return word(c, "part", key)
}

// exportReport writes a fair's report beside like fairs.
func (r *Room) exportReport(c *web.Ctx) error {
	f, err := r.managed(c)
	if err != nil {
		return err
	}
	v, err := r.Report(c.Context(), f)
	if err != nil {
		return err
	}
	x := sheet.NewXLSX(c.Attachment(fileName(f.Title, c.T("fair.report")), xlsxType))
	columns := []sheet.Column{{Title: c.T("fair.item"), Width: 28}, {Title: f.Day.String() + " " + f.Title, Width: 24}, {Title: c.T("fair.mean"), Width: 16}}
	for _, l := range v.Like {
		columns = append(columns, sheet.Column{Title: l.Fair.Day.String() + " " + l.Fair.Title, Width: 18})
	}
	if err := x.Sheet(c.T("fair.report"), columns...); err != nil {
		return err
	}
	own, mean := sumLines(c, &v.Sums), sumLines(c, &v.Mean)
	for i, line := range own {
		row := []string{line[0], line[1], ""}
		if len(v.Like) > 0 {
			row[2] = mean[i][1]
		}
		for _, l := range v.Like {
			row = append(row, sumLines(c, &l.Sums)[i][1])
		}
		if err := x.Row(row...); err != nil {
			return err
		}
	}
	if err := x.Sheet(c.T("fair.byPart"), sheet.Columns(c.T("fair.item"), c.T("fair.f.registered"), c.T("fair.f.came"), c.T("fair.f.promising"), c.T("fair.f.month1"))...); err != nil {
		return err
	}
	for _, list := range [][]Part{v.Areas, v.Groups} {
		for _, p := range list {
			if err := x.Row(partName(c, p.Key), lang.Int(p.Registered), lang.Int(p.Came), lang.Int(p.Promising), lang.Int(p.Month1)); err != nil {
				return err
			}
		}
	}
	return x.Close()
}
