package policy

import (
	"embed"
	"fmt"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

const (
	atHome  = "/policy"
	perPage = 50
)

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	return web.Room{Name: "policy", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			r.catalogueRoutes(m)
			r.simulateRoutes(m)
			m.Get(atHome, staffRoles, r.fresh(r.list))
			m.Get(atHome+"/{id}", staffRoles, r.fresh(r.show))
			m.Get(atHome+"/{id}/person/{pid}", staffRoles, r.fresh(r.person))
			m.Get(atHome+"/{id}/unit/{eid}", staffRoles, r.fresh(r.unit))
			m.Get(atHome+"/mine", web.Roles(account.Seeker), r.mine)
			m.Post(atHome+"/mine", web.Roles(account.Seeker), r.mine)
			m.Get(atHome+"/employer", web.Roles(account.Employer), r.own)
			m.Post(atHome+"/employer", web.Roles(account.Employer), r.own)
			m.Post(atHome+"/mine/remind", web.Roles(account.Seeker, account.Employer), r.remind)
			m.Get(atHome+"/try", web.Anyone, r.try)
			m.Post(atHome+"/try", web.Anyone, r.try)
			m.Get(atHome+"/try/unit", web.Anyone, r.tryUnit)
			m.Post(atHome+"/try/unit", web.Anyone, r.tryUnit)
			r.pushRoutes(m)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer, account.Manager}, Key: "policy.menu", Href: atHome, Order: 40, Icon: "heart"},
			{Roles: []string{"-"}, Key: "policy.menu.try", Href: atHome + "/try", Order: 20, Icon: "heart"},
			{Roles: []string{account.Seeker}, Key: "policy.menu.mine", Href: atHome + "/mine", Order: 25, Icon: "heart"},
			{Roles: []string{account.Employer}, Key: "policy.menu.employer", Href: atHome + "/employer", Order: 20, Icon: "heart"},
		}}
}

// counted is when and for how many the lists were computed, "" before the first run.
func (r *Room) counted(c *web.Ctx) (run, bool, string, error) {
	last, found, err := r.store.latest(c.Context())
	if err != nil || !found {
		return last, false, c.T("policy.never"), err
	}
	at := time.UnixMilli(last.Ended).In(r.Clock.Now().Location())
	return last, true, c.T("policy.counted", at.Format("2006-01-02 15:04"), lang.Int(last.People), lang.Int(last.Employers)), nil
}

// summaryRow is one policy with its numbers in the user's area.
type summaryRow struct {
	ID, Name, Result, For string
	Yes, Near, Ask, No    int64
	Entered, Left         int64 // by the last run
	YesHref, NearHref     string
}

type listData struct {
	Counted bool
	Area    string
	Rows    []summaryRow
	News    bool // there are entries and exits to show
}

// list shows every policy with how many in the user's area can have it.
func (r *Room) list(c *web.Ctx) error {
	last, found, text, err := r.counted(c)
	if err != nil {
		return err
	}
	data := listData{Counted: found, Area: r.AreaName(area.At(c.User.Area, area.Banner))} // counts are kept for banners
	counts, news := map[string]tally{}, map[string]moves{}
	if found {
		if counts, err = r.store.tallies(c.Context(), last.ID, c.User.Area); err != nil {
			return err
		}
		for _, sh := range []shelf{ofPeople, ofEmployers} {
			list, err := r.store.moves(c.Context(), sh, last.ID, c.User.Area)
			if err != nil {
				return err
			}
			for _, m := range list {
				news[m.Policy], data.News = m, true
			}
		}
	}
	for _, p := range r.catalogue().all() {
		t, href := counts[p.ID], atHome+"/"+p.ID
		data.Rows = append(data.Rows, summaryRow{ID: p.ID, Name: in(c.Lang, p.Name), Result: in(c.Lang, p.Result), For: in(c.Lang, rule.Subjects[p.For]),
			Yes: t.Of(rule.Eligible), Near: t.Of(rule.Near), Ask: t.Of(rule.Unknown), No: t.Of(rule.No), Entered: news[p.ID].Entered, Left: news[p.ID].Left,
			YesHref: href + "?v=yes#list", NearHref: href + "?v=near#list"})
	}
	return c.Render("policy/list", web.Page{Title: c.T("policy.title"), Lede: text, Data: data})
}

// foundRow is one line of a policy's list.
type foundRow struct {
	Name, Area, Href, When string
	Person                 bool // the name is masked
}

type showData struct {
	Policy    *rule.Policy
	Name      string
	Result    string
	Amount    string
	Pays      string // how the amount is worked out and paid
	Place     string // whose numbers they are
	Demands   part
	Act       act
	Figures   []web.Figure
	Tabs      []web.Tab
	Rows      []foundRow
	Paging    web.Paging
	Verdict   string
	Employers bool
	Counted   bool
	Entry     *Entry
	History   string
	This      string // the version in force
	Open      []openLine
	Item      *itemView
}

// show is one policy: the rule in plain words, where it comes from, whom it finds.
func (r *Room) show(c *web.Ctx) error {
	e, err := r.catalogue().entry(c.R.PathValue("id"))
	if err != nil {
		return err
	}
	if e.Policy == nil {
		return r.plain(c, e)
	}
	p := e.Policy
	last, found, text, err := r.counted(c)
	if err != nil {
		return err
	}
	data := showData{Policy: p, Name: in(c.Lang, p.Name), Result: in(c.Lang, p.Result), Amount: amount(c.Lang, p), Pays: in(c.Lang, p.Pays()), Act: actOf(c.Lang, p, rule.Plain),
		Demands: demands(c.Lang, p, rule.DayOf(r.Clock.Today())), Verdict: "yes", Employers: p.For == rule.Employer, Counted: found,
		Entry: e, History: historyHref(e.ID), This: versionHref(e.ID, e.Version), Open: r.uses(c, e), Item: r.item(c, e)}
	if c.Query("v") == "near" {
		data.Verdict = "near"
	}
	if found {
		counts, err := r.store.tallies(c.Context(), last.ID, c.User.Area)
		if err != nil {
			return err
		}
		data.head(c, counts[p.ID])
		data.Place = r.AreaName(c.User.Area[:min(bannerDigits, len(c.User.Area))]) // a village's are its banner's
	}
	if err := r.fillList(c, p, &data); err != nil {
		return err
	}
	return c.Render("policy/show", web.Page{Title: data.Name, Lede: text, Data: data, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("policy.title"), Href: atHome}, {Text: data.Name}}})
}

// head are the numbers and the two lists to choose from.
func (d *showData) head(c *web.Ctx, t tally) {
	unit := c.T("policy.people")
	if d.Employers {
		unit = c.T("policy.units")
	}
	for _, v := range []rule.Verdict{rule.Eligible, rule.Near, rule.Unknown, rule.No} {
		d.Figures = append(d.Figures, web.Figure{Label: c.T("frame.verdict." + marks[v]), Value: lang.Int(t.Of(v)), Unit: unit})
	}
	for _, v := range []rule.Verdict{rule.Eligible, rule.Near} {
		text := c.T("frame.verdict." + marks[v])
		if len(c.User.Area) <= bannerDigits { // the list of a township or village is shorter than the banner's count
			text += " " + lang.Int(t.Of(v))
		}
		d.Tabs = append(d.Tabs, web.Tab{Text: text,
			Href: atHome + "/" + d.Policy.ID + "?v=" + v.String() + "#list", Current: d.Verdict == v.String()})
	}
}

// fillList reads one page of the list in the user's area.
func (r *Room) fillList(c *web.Ctx, p *rule.Policy, data *showData) error {
	after, err := c.Cursor(2)
	if err != nil {
		return err
	}
	sh, kind := ofPeople, "person"
	if data.Employers {
		sh, kind = ofEmployers, "unit"
	}
	list, err := r.store.page(c.Context(), sh, p.ID, data.Verdict, c.User.Area, after.Text(0), after.Int(1), perPage+1)
	if err != nil {
		return err
	}
	total, err := r.store.count(c.Context(), sh, p.ID, data.Verdict, c.User.Area)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > perPage {
		list = list[:perPage]
		next = web.NewCursor(list[perPage-1].area, list[perPage-1].owner)
	}
	names, err := r.names(c, list, data.Employers)
	if err != nil {
		return err
	}
	for _, g := range list {
		row := foundRow{Name: names[g.owner], Area: r.AreaName(g.area[:min(9, len(g.area))]), Person: !data.Employers, Href: fmt.Sprintf("%s/%s/%s/%d", atHome, p.ID, kind, g.owner)}
		switch {
		case !g.from.IsZero():
			row.When = c.T("policy.from", g.from.String())
		case g.verdict == "near":
			row.When = c.T("policy.one")
		default:
			row.When = c.T("policy.now")
		}
		data.Rows = append(data.Rows, row)
	}
	data.Paging = c.Paging(total, len(data.Rows), next)
	return nil
}

func (r *Room) names(c *web.Ctx, list []grant, employers bool) (map[int64]string, error) {
	ids := make([]int64, len(list))
	for i, g := range list {
		ids[i] = g.owner
	}
	if employers {
		return r.Employers.Names(c.Context(), ids)
	}
	return r.People.Names(c.Context(), ids)
}

// note records that somebody read an evaluation.
func (r *Room) note(c *web.Ctx, object string, id int64, area, what string) error {
	return r.Audit.Note(c.Context(), audit.Entry{ActorID: c.User.ID, Actor: c.User.Name + "（" + c.User.RoleName + "）", Act: "policy.read",
		Object: object, ObjectID: id, Area: area, What: what})
}
