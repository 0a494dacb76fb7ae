package intake

import (
	"math"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

const clustersShown = 50

// deskRoutes are the review desk's addresses.
func (p pages) deskRoutes(m *web.Mux, staff web.Who) {
	m.Get("/intake/cluster", staff, p.clusters)
	m.Get("/intake/cluster/{id}", staff, p.cluster)
	m.Post("/intake/cluster/{id}", staff, p.decideCluster)
	m.Post("/intake/cluster/{id}/reopen", staff, p.reopenCluster)
	m.Get("/intake/quality", staff, p.quality)
}

// deskTabs lead between the parts of the desk.
func deskTabs(c *web.Ctx, here string) []web.Tab {
	var out []web.Tab
	for _, t := range []struct{ key, href string }{{"clusters", "/intake/cluster"}, {"rowByRow", "/intake/review"}, {"quality", "/intake/quality"}, {"ledger", "/assignment?tab=ledger&kind=" + clusterTask}} {
		out = append(out, web.Tab{Text: named(c, "desk", t.key), Href: t.href, Current: t.key == here})
	}
	return out
}

type clustersView struct {
	Tabs   []web.Tab
	Rows   []clusterLine
	Filter *web.Form
	Paging web.Paging
	Total  int64
	State  string
	First  string // of the best cluster, to begin with
	Places bool   // rows may lie in several banners
}

type clusterLine struct {
	Cluster
	Name   string
	Why    string
	Kind   string
	Place  string
	Chance string
	State  string
	Sent   string // where the question went
	Href   string
}

// bands are the ranges of probability to choose from, in ten-thousandths.
var bands = map[string][2]int64{"sure": {9980, 10001}, "likely": {5000, 9980}, "maybe": {1, 5000}, "rule": {0, 1}}

func (p pages) deskFilter(c *web.Ctx) (*web.Form, deskFilter) {
	var kinds []web.Option
	for _, t := range p.Kinds.All() {
		if recipes[t.Becomes].joins {
			kinds = append(kinds, web.Option{Value: t.Kind, Text: t.Name})
		}
	}
	form := c.Form(
		web.Field{Name: "why", Label: c.T("intake.why"), Kind: "select", Options: options(c, "whyCluster", ClusterID, ClusterNoID, ClusterName, ClusterTwo, ClusterConflict, ClusterWeak, ClusterRows, ClusterNew)},
		web.Field{Name: "band", Label: c.T("intake.desk.band"), Kind: "select", Options: options(c, "band", "sure", "likely", "maybe", "rule")},
		web.Field{Name: "kind", Label: c.T("intake.source"), Kind: "select", Options: kinds},
		web.Field{Name: "whose", Label: c.T("intake.desk.whose"), Kind: "select", Options: []web.Option{{Value: "mine", Text: c.T("intake.desk.mine")}}},
		web.Field{Name: "state", Label: c.T("intake.reviewState"), Kind: "select", Options: options(c, "stateCluster", ClusterOpen, ClusterLater, ClusterSent, ClusterDone, ClusterAuto)})
	f := deskFilter{area: c.User.Area, state: ClusterOpen, why: form.Choice("why"), kind: form.Choice("kind"), high: 10001, me: c.User.ID, manager: c.User.Role == manager}
	if state := form.Choice("state"); state != "" {
		f.state = state
	}
	if form.Choice("whose") == "mine" {
		f.mine = c.User.ID
	}
	if band, has := bands[form.Choice("band")]; has {
		f.low, f.high = band[0], band[1]
	}
	return form, f
}

// clusters lists what waits on the desk, the most worthwhile first.
func (p pages) clusters(c *web.Ctx) error {
	after, err := c.Cursor(2)
	if err != nil {
		return err
	}
	form, f := p.deskFilter(c)
	benefit, id := int64(math.MaxInt64), int64(0)
	if !after.Start() {
		benefit, id = after.Int(0), after.Int(1)
	}
	list, err := listClusters(c.Context(), p.DB, f, benefit, id, clustersShown+1)
	if err != nil {
		return err
	}
	total, err := countClusters(c.Context(), p.DB, f)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > clustersShown {
		list = list[:clustersShown]
		next = web.NewCursor(list[clustersShown-1].Benefit, list[clustersShown-1].ID)
	}
	v := clustersView{Tabs: deskTabs(c, "clusters"), Filter: form, Paging: c.Paging(total, len(list), next), Total: total, State: f.state, Places: area.Level(c.User.Area) < area.Banner}
	var ids []int64
	for _, one := range list {
		ids = append(ids, one.PersonID)
	}
	names, err := p.People.Names(c.Context(), ids)
	if err != nil {
		return err
	}
	for _, one := range list {
		line := clusterLine{Cluster: one, Why: named(c, "whyCluster", one.Why), Kind: p.kindName(one.Kind), Place: placeOf(one.Area), Chance: chance(c, one.Likely),
			State: named(c, "stateCluster", one.State), Href: clusterHref(one.ID), Name: c.T("intake.desk.nobody")}
		if one.State == ClusterSent {
			line.Sent = c.T("intake.desk.sentTo", placeOf(one.SentTo))
		}
		if name := names[one.PersonID]; name != "" {
			line.Name = identity.MaskName(name)
		}
		v.Rows = append(v.Rows, line)
	}
	if len(list) > 0 && f.state == ClusterOpen {
		v.First = clusterHref(list[0].ID)
	}
	return c.Render("intake/clusters", web.Page{Title: c.T("intake.desk.title"), Lede: c.T("intake.desk.lede", lang.Int(total)),
		Crumbs: []web.Crumb{{Text: c.T("intake.menu"), Href: "/intake"}, {Text: c.T("intake.desk.clusters")}}, Data: v})
}

// chance writes a probability in ten-thousandths as people read it.
func chance(c *web.Ctx, likely int64) string {
	switch {
	case likely >= 9990:
		return c.T("intake.desk.over", "99.9%")
	case likely == 0:
		return lang.None
	}
	return lang.Percent(likely)
}
