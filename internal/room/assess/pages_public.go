package assess

import (
	"math"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

type publicRow struct {
	Href, Title, Kind, Place, Verdict string
	On                                db.Date
	Lights                            []light
}

type publicData struct {
	Tabs   []web.Tab
	Rows   []publicRow
	Paging web.Paging
}

// published lists conclusions for everybody, the latest first.
func (r *Room) published(c *web.Ctx) error {
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	before, below := db.On(r.Clock.Today().AddDate(1, 0, 0)), int64(math.MaxInt64)
	if !at.Start() {
		if err := before.Scan(at.Text(0)); err != nil {
			return fault.Wrap(fault.Invalid, err, "翻页位置无效，请从第一页看起")
		}
		below = at.Int(1)
	}
	cases, err := r.publicCases(c.Context(), before, below, shown+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(cases) > shown {
		cases = cases[:shown]
		next = web.NewCursor(cases[shown-1].PublishOn.String(), cases[shown-1].ID)
	}
	d := publicData{Paging: c.Paging(-1, len(cases), next)}
	if account.RoleOf(c.User.Role).Staff {
		d.Tabs = tabs(c, atPublic)
	}
	for i := range cases {
		v := &cases[i]
		d.Rows = append(d.Rows, publicRow{publicAt(v.ID), v.Title, word(c, "kind", v.Kind), area.Name(v.Area), word(c, "verdict", v.Verdict), v.PublishOn, lightsOf(c, v.Lights)})
	}
	return c.Render("assess/public", web.Page{Title: c.T("assess.public"), Lede: c.T("assess.publicLede"), Data: d, Nav: atHome})
}

func publicAt(id int64) string { return atPublic + caseAt(id)[len(atHome+"/case"):] }

type publicOneData struct {
	Pairs      []web.Pair
	Lights     []light
	Conclusion string
	Measures   []web.Pair
	Follow     []web.Pair
}

// publishedOne is one conclusion for everybody, without what the register tells of ages and households.
func (r *Room) publishedOne(c *web.Ctx) error {
	id, err := c.PathID("id")
	if err != nil {
		return err
	}
	v, err := caseByID(c.Context(), r.DB, id)
	if err != nil {
		return err
	}
	if v.State != Published {
		return fault.New(fault.NotFound, "没有这份已公布的评估")
	}
	d := publicOneData{Lights: lightsOf(c, v.Lights), Conclusion: v.Conclusion, Pairs: []web.Pair{{Key: c.T("assess.kind"), Value: word(c, "kind", v.Kind)}, {Key: c.T("assess.area"), Value: area.FullName(v.Area)},
		{Key: c.T("assess.unit"), Value: v.Unit}, {Key: c.T("assess.document"), Value: v.Document}, {Key: c.T("assess.verdict"), Value: word(c, "verdict", v.Verdict)},
		{Key: c.T("assess.publishedOn"), Value: lang.Date(c.Lang, v.PublishOn.Time)}}}
	if v.Kind != Exit && v.Result != nil {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("assess.f.permanent"), Value: lang.Int(v.Result.Posts.Direct())}, web.Pair{Key: c.T("assess.f.temporary"), Value: lang.Int(v.Result.Posts.Temporary)})
	}
	if v.Lost > 0 {
		d.Pairs = append(d.Pairs, web.Pair{Key: c.T("assess.lost"), Value: lang.Int(v.Lost)})
	}
	measures, err := measuresOf(c.Context(), r.DB, id)
	if err != nil {
		return err
	}
	for _, m := range measures {
		d.Measures = append(d.Measures, web.Pair{Key: word(c, "dimension", m.Dimension), Value: m.Text, Note: m.Unit})
	}
	done, err := followUps(c.Context(), r.DB, []int64{id})
	for _, f := range done {
		d.Follow = append(d.Follow, web.Pair{Key: c.T("assess.afterMonths", f.Months), Value: c.T("assess.x.follow", lang.Int(f.Estimate), lang.Int(f.Actual)), Note: f.On.Format(time.DateOnly)})
	}
	if err != nil {
		return err
	}
	return c.Render("assess/publicone", web.Page{Title: v.Title, Data: d, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("assess.public"), Href: atPublic}}})
}
