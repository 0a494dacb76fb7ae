package intake

import (
	"time"

	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
)

// qualityDays is how far back the figures of clerks go.
const qualityDays = 90

type qualityView struct {
	Tabs []web.Tab
	Rows []clerkLine
	Own  bool // one's own figures alone
}

type clerkLine struct {
	Name, Decided, Agree, Range, Known, Median string
}

// quality shows how clerks decide: managers see everybody of their area, officers themselves.
func (p pages) quality(c *web.Ctx) error {
	v := qualityView{Tabs: deskTabs(c, "quality"), Own: c.User.Role != manager}
	me := int64(0)
	if v.Own {
		me = c.User.ID
	}
	since := p.Clock.Now().Add(-qualityDays * 24 * time.Hour).UnixMilli()
	list, err := p.Clerks(c.Context(), actorOf(c.User), c.User.Area, me, since)
	if err != nil {
		return err
	}
	for _, one := range list {
		line := clerkLine{Name: one.Name, Decided: lang.Int(one.Decided), Agree: lang.None, Range: c.T("intake.quality.few"), Known: lang.None, Median: lang.None}
		if one.Double > 0 {
			line.Agree = c.T("intake.quality.of", lang.Int(one.Agreed), lang.Int(one.Double), lang.Percent(one.Agreed*10000/one.Double))
			line.Range = c.T("intake.quality.range", lang.Percent(one.Low), lang.Percent(one.High))
		}
		if one.Known > 0 {
			line.Known = c.T("intake.quality.of", lang.Int(one.Right), lang.Int(one.Known), lang.Percent(one.Right*10000/one.Known))
		}
		if one.Median > 0 {
			line.Median = c.T("intake.quality.seconds", one.Median)
		}
		v.Rows = append(v.Rows, line)
	}
	return c.Render("intake/quality", web.Page{Title: c.T("intake.quality.title"), Lede: c.T("intake.quality.lede", qualityDays),
		Crumbs: []web.Crumb{{Text: c.T("intake.menu"), Href: "/intake"}, {Text: c.T("intake.desk.clusters"), Href: "/intake/cluster"}, {Text: c.T("intake.desk.quality")}}, Data: v})
}
