package fair

import (
	"fmt"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
)

// recordExport writes down that an allocation was taken out of the house.
func (r *Room) recordExport(c *web.Ctx, f *Fair, n int) error {
	return r.DB.Tx(c.Context(), func(tx *db.Tx) error {
		return r.Audit.Write(c.Context(), tx, entryOf(c.User, "export", f, fmt.Sprintf("导出招聘会邀请安排 %d 条：%s", n, f.Title)))
	})
}

type reportLine struct{ Name, Own, Mean string }

type reportData struct {
	At            string
	Figures       []web.Figure
	Lines         []reportLine
	HasLike       bool
	Areas, Groups []partRow
	Like          []likeRow
	Sum, ClosedOn string
}

type partRow struct {
	Name string
	Part
}

type likeRow struct {
	Href, Title, Day string
	Sums
	Month1Text string
}

// report is what a fair was, beside like fairs.
func (r *Room) report(c *web.Ctx) error {
	f, err := r.managed(c)
	if err != nil {
		return err
	}
	v, err := r.Report(c.Context(), f)
	if err != nil {
		return err
	}
	d := reportData{At: deskAt(f.ID) + "/report", HasLike: len(v.Like) > 0, Sum: f.Sum,
		Figures: []web.Figure{{Label: c.T("fair.f.came"), Value: number(v.Sums.Came), Unit: c.T("fair.u.people")}, {Label: c.T("fair.f.units"), Value: number(v.Sums.Units), Unit: c.T("fair.u.units")},
			{Label: c.T("fair.f.openings"), Value: number(v.Sums.Openings), Unit: c.T("fair.u.posts")}, {Label: c.T("fair.f.promising"), Value: number(v.Sums.Promising), Unit: c.T("fair.u.people")},
			{Label: c.T("fair.f.month1"), Value: number(v.Sums.Month1), Unit: c.T("fair.ofKnown", number(v.Sums.Known1))}, {Label: c.T("fair.f.month3"), Value: number(v.Sums.Month3), Unit: c.T("fair.ofKnown", number(v.Sums.Known3))}}}
	mean := sumLines(c, &v.Mean)
	for i, line := range sumLines(c, &v.Sums) {
		row := reportLine{Name: line[0], Own: line[1]}
		if d.HasLike {
			row.Mean = mean[i][1]
		}
		d.Lines = append(d.Lines, row)
	}
	for _, p := range v.Areas {
		d.Areas = append(d.Areas, partRow{partName(c, p.Key), p})
	}
	for _, p := range v.Groups {
		d.Groups = append(d.Groups, partRow{partName(c, p.Key), p})
	}
	for _, l := range v.Like {
		d.Like = append(d.Like, likeRow{deskAt(l.Fair.ID) + "/report", l.Fair.Title, lang.Date(c.Lang, l.Fair.Day.Time), l.Sums, knownText(c, l.Sums.Month1, l.Sums.Known1)})
	}
	if !f.ClosedOn.IsZero() {
		d.ClosedOn = lang.Date(c.Lang, f.ClosedOn.Time)
	}
	return c.Render("fair/report", web.Page{Title: c.T("fair.report"), Lede: f.Title + "　" + lang.Date(c.Lang, f.Day.Time), Data: d, Nav: atDesk,
		Crumbs: []web.Crumb{{Text: c.T("fair.deskTitle"), Href: atDesk}, {Text: f.Title, Href: deskAt(f.ID)}}})
}
