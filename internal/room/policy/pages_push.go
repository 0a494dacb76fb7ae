package policy

import (
	"fmt"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

func (r *Room) pushRoutes(m *web.Mux) {
	m.Get(atHome+"/push", staffRoles, r.pushList)
	m.Get(atHome+"/push/{id}", staffRoles, r.pushOne)
	m.Post(atHome+"/push/{id}/send", writers, r.pushSend)
	m.Post(atHome+"/push/{id}/hand", writers, r.pushHand)
	m.Post(atHome+"/push/{id}/told", writers, r.pushTold)
	m.Post(atHome+"/push/{id}/unasked", account.Desk(account.Officer), r.pushUnasked)
	m.Get(atHome+"/takeup", staffRoles, r.takeup)
}

const pushRows = 20

// tabsOf are the three views of who is found.
func pushTabs(c *web.Ctx, current string) []web.Tab {
	return []web.Tab{{Text: c.T("policy.title"), Href: atHome}, {Text: c.T("policy.push"), Href: atHome + "/push", Current: current == "push"},
		{Text: c.T("policy.takeup"), Href: atHome + "/takeup", Current: current == "takeup"}}
}

type pushRow struct {
	ID, Name, For                         string
	Eligible, New, Told, Tasks, NoConsent int64
}

// pushList shows for every policy whom the latest screening has found and who has heard of it.
func (r *Room) pushList(c *web.Ctx) error {
	if err := r.refresh(c.Context()); err != nil {
		return err
	}
	last, found, text, err := r.counted(c)
	if err != nil {
		return err
	}
	sums, err := r.byPolicy(c)
	if err != nil {
		return err
	}
	var rows []pushRow
	for _, sh := range []shelf{ofEmployers, ofPeople} {
		fresh := map[string]int64{}
		if found {
			if fresh, err = r.store.newcomers(c.Context(), sh, last.ID, c.User.Area); err != nil {
				return err
			}
		}
		for _, p := range r.catalogue().all() {
			if u := sums[p.ID]; shelfOf(p) == sh && u.Eligible+u.Told+u.WithTasks > 0 && !r.unlisted(p.ID) {
				rows = append(rows, pushRow{p.ID, in(c.Lang, p.Name), in(c.Lang, rule.Subjects[p.For]), u.Eligible, fresh[p.ID], u.Told, u.WithTasks, u.Refused})
			}
		}
	}
	return c.Render("policy/push", web.Page{Title: c.T("policy.push"), Lede: text, Nav: atHome, Data: struct {
		Tabs []web.Tab
		Rows []pushRow
		Area string
	}{pushTabs(c, "push"), rows, r.AreaName(c.User.Area)}, Crumbs: []web.Crumb{{Text: c.T("policy.title"), Href: atHome}, {Text: c.T("policy.push")}}})
}

// unlisted says whether a policy is meant for everybody, so that nobody is put on a list.
func (r *Room) unlisted(id string) bool {
	e, err := r.catalogue().entry(id)
	return err == nil && e.Unlisted
}

// byPolicy adds the take-up of the reader's area up by policy.
func (r *Room) byPolicy(c *web.Ctx) (map[string]Uptake, error) {
	list, err := r.Uptake(c.Context(), c.User.Area)
	sums := map[string]Uptake{}
	for _, u := range list {
		s := sums[u.Policy]
		s.add(u)
		sums[u.Policy] = s
	}
	return sums, err
}

type foundOne struct {
	ID               int64
	Name, Area, Href string
	Person, New      bool
	Reasons          []web.Reason
}

type pushData struct {
	Policy     *rule.Policy
	Area       string
	Code       string
	Rows       []foundOne
	Paging     web.Paging
	Waiting    int64
	Places     []web.Pair
	Chips      []web.Tab
	New, Below bool
	Handed     bool // officers are to tell them
	CanSend    bool
	CanGrant   bool // officers may propose 免申即享
}

// pushOne is the candidate list of one policy: who can have it, why, and has not heard of it.
func (r *Room) pushOne(c *web.Ctx) error {
	p, code, run, err := r.pushAddress(c)
	if err != nil {
		return err
	}
	after, err := c.Cursor(2)
	if err != nil {
		return err
	}
	sh, view, now := shelfOf(p), viewOf(c), r.Clock.Now()
	list, err := r.store.candidates(c.Context(), r.DB, sh, view, p.ID, code, run, now, after.Text(0), after.Int(1), pushRows+1)
	if err != nil {
		return err
	}
	data := pushData{Policy: p, Area: r.AreaName(code), Code: code, New: c.Query("new") == "1", Handed: view == handed, CanSend: r.Messages != nil && view == untold,
		CanGrant: r.Grants != nil && c.User.Role == account.Officer && p.For != rule.Employer && view == untold}
	var next web.Cursor
	if len(list) > pushRows {
		list = list[:pushRows]
		next = web.NewCursor(list[pushRows-1].area, list[pushRows-1].owner)
	}
	below, digits := area.Children(code), len(code)
	if len(below) > 0 {
		digits = len(below[0].Code)
	}
	data.Below = len(below) > 0 && code == c.User.Area && r.Assign != nil && view == untold
	places, err := r.store.places(c.Context(), r.DB, sh, view, p.ID, code, run, now, digits)
	if err != nil {
		return err
	}
	last, _, err := r.store.latest(c.Context())
	if err != nil {
		return err
	}
	for _, at := range places {
		data.Waiting += at.n
		pair := web.Pair{Key: r.AreaName(at.area), Value: lang.Int(at.n)}
		data.Places = append(data.Places, pair)
	}
	if err := r.fillPush(c, p, list, &data, last.ID); err != nil {
		return err
	}
	data.Paging = c.Paging(data.Waiting, len(data.Rows), next)
	at := pushHref(p.ID) + "?area=" + code
	data.Chips = []web.Tab{{Text: c.T("policy.push.all"), Href: at, Current: !data.New && view == untold}, {Text: c.T("policy.push.new"), Href: at + "&new=1", Current: data.New},
		{Text: c.T("policy.push.handedTab"), Href: at + "&who=handed", Current: view == handed}}
	title := in(c.Lang, p.Name)
	return c.Render("policy/pushone", web.Page{Title: title, Lede: c.T("policy.push.lede", data.Area, lang.Int(data.Waiting)), Data: data, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("policy.title"), Href: atHome}, {Text: c.T("policy.push"), Href: atHome + "/push"}, {Text: title}}})
}

// viewOf is who is listed: those whom nobody has told or taken over, or those whom officers are to tell.
func viewOf(c *web.Ctx) waiting {
	if c.Query("who") == "handed" {
		return handed
	}
	return untold
}

// pushAddress reads the policy, the area (the reader's own where none is named) and the run of an address.
func (r *Room) pushAddress(c *web.Ctx) (p *rule.Policy, code string, run int64, err error) {
	if err := r.refresh(c.Context()); err != nil {
		return nil, "", 0, err
	}
	if p, err = r.catalogue().find(c.R.PathValue("id")); err != nil {
		return nil, "", 0, err
	}
	code = c.Query("area")
	if code == "" {
		code = c.User.Area
	}
	if !area.Exists(code) {
		return nil, "", 0, fault.New(fault.NotFound, "区划表里没有代码为 %s 的地区", code)
	}
	if err := account.CanSeeArea(c.User, code); err != nil {
		return nil, "", 0, err
	}
	if c.Query("new") == "1" {
		last, _, err := r.store.latest(c.Context())
		return p, code, last.ID, err
	}
	return p, code, 0, nil
}

// fillPush names the candidates of a page and says why they are eligible.
func (r *Room) fillPush(c *web.Ctx, p *rule.Policy, list []candidate, data *pushData, latest int64) error {
	ids := make([]int64, len(list))
	for i, k := range list {
		ids[i] = k.owner
	}
	employers := p.For == rule.Employer
	var names map[int64]string
	var why map[int64]*rule.Explanation
	var err error
	if employers {
		names, err = r.Employers.Names(c.Context(), ids)
	} else if names, err = r.People.Names(c.Context(), ids); err == nil {
		why, err = r.explained(c.Context(), p, ids)
	}
	if err != nil {
		return err
	}
	for _, k := range list {
		kind := "person"
		if employers {
			kind = "unit"
		}
		row := foundOne{ID: k.owner, Name: names[k.owner], Area: r.AreaName(k.area[:min(9, len(k.area))]), Href: fmt.Sprintf("%s/%s/%s/%d", atHome, p.ID, kind, k.owner), Person: !employers, New: k.run == latest}
		if e := why[k.owner]; e != nil {
			row.Reasons = offerOf(c.Lang, e, rule.Plain).Reasons
			if err := r.note(c, "person", k.owner, k.area, "在待告知名单上查看了“"+p.Name.Zh+"”的判断理由"); err != nil {
				return err
			}
		}
		data.Rows = append(data.Rows, row)
	}
	return nil
}

// pushSend tells everybody on the list by message.
func (r *Room) pushSend(c *web.Ctx) error {
	p, code, run, err := r.pushAddress(c)
	if err != nil {
		return err
	}
	sum, err := r.Push(c.Context(), c.User, p.ID, code, run, c.Once())
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("policy.push.sent", sum.Told, sum.NoConsent, sum.Muted))
	if sum.More {
		c.Flash("warn", c.T("policy.push.more", pushMost))
	}
	return c.Redirect(pushHref(p.ID) + "?area=" + code)
}

// pushHand hands the list to officers of the areas below.
func (r *Room) pushHand(c *web.Ctx) error {
	p, _, run, err := r.pushAddress(c)
	if err != nil {
		return err
	}
	areas, people, err := r.Hand(c.Context(), c.User, p.ID, run, c.Once())
	if err != nil {
		return err
	}
	c.Flash("ok", c.T("policy.push.handed", areas, lang.Int(people)))
	return c.Redirect(pushHref(p.ID))
}

// pushTold notes that somebody handed over has been told by an officer.
func (r *Room) pushTold(c *web.Ctx) error {
	p, code, _, err := r.pushAddress(c)
	if err != nil {
		return err
	}
	if err := r.TellByHand(c.Context(), c.User, p.ID, c.Form().Int("owner"), c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("policy.push.told"))
	return c.Redirect(pushHref(p.ID) + "?who=handed&area=" + code)
}

type takeRow struct {
	Uptake
	Name, Href string
	ToldRate   string
	TakenRate  string
}

// takeup is how far policies have come: by policy, or of one policy by area.
func (r *Room) takeup(c *web.Ctx) error {
	if err := r.refresh(c.Context()); err != nil {
		return err
	}
	_, _, text, err := r.counted(c)
	if err != nil {
		return err
	}
	list, err := r.Uptake(c.Context(), c.User.Area)
	if err != nil {
		return err
	}
	data := struct {
		Tabs      []web.Tab
		Rows      []takeRow
		Head      string
		Connected bool
	}{Tabs: pushTabs(c, "takeup"), Head: c.T("policy.policy"), Connected: r.Grants != nil}
	page := web.Page{Title: c.T("policy.takeup"), Lede: text, Nav: atHome, Crumbs: []web.Crumb{{Text: c.T("policy.title"), Href: atHome}, {Text: c.T("policy.takeup")}}}
	if id := c.Query("policy"); id != "" {
		p, err := r.catalogue().find(id)
		if err != nil {
			return err
		}
		data.Head, data.Rows = c.T("policy.place"), r.byArea(list, p.ID, c.User.Area)
		page.Title = in(c.Lang, p.Name)
		page.Crumbs[1] = web.Crumb{Text: c.T("policy.takeup"), Href: atHome + "/takeup"}
		page.Crumbs = append(page.Crumbs, web.Crumb{Text: page.Title})
	} else {
		sums, err := r.byPolicy(c)
		if err != nil {
			return err
		}
		for _, p := range r.catalogue().all() {
			if u := sums[p.ID]; u != (Uptake{}) && !r.unlisted(p.ID) {
				data.Rows = append(data.Rows, takeRow{Uptake: u, Name: in(c.Lang, p.Name), Href: atHome + "/takeup?policy=" + p.ID})
			}
		}
	}
	for i := range data.Rows {
		row := &data.Rows[i]
		row.ToldRate, row.TakenRate = share(row.Told, row.Eligible), share(row.Granted, row.Eligible)
	}
	page.Data = data
	return c.Render("policy/takeup", page)
}

// byArea adds up one policy by the areas one level below; counts are kept for banners.
func (r *Room) byArea(list []Uptake, policy, code string) (rows []takeRow) {
	at := map[string]int{}
	for _, u := range list {
		if u.Policy != policy {
			continue
		}
		place := area.At(u.Area, min(area.Level(code)+1, area.Banner))
		i, known := at[place]
		if !known {
			i = len(rows)
			at[place] = i
			rows = append(rows, takeRow{Name: r.AreaName(place)})
		}
		rows[i].add(u)
	}
	return rows
}

// share is a part of a whole that may have shrunk since, at most all of it.
func share(part, whole int64) string {
	if whole == 0 {
		return lang.None
	}
	const all = 10000
	return lang.Percent(min(all, part*all/whole))
}
