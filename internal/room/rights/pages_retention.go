package rights

import (
	"fmt"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
)

const pageRows = 50

type retentionData struct {
	Rules  []ruleRow
	Tabs   []web.Tab
	Rows   []noticeRow
	Paging web.Paging
	State  string
}

type ruleRow struct {
	Name, Years, Source string
	Confirmed           bool
}

type noticeRow struct {
	Notice
	Name, Rule, Place, Href, Request string
}

// retention lists whose data are due, with the rules that say so.
func (r *Room) retention(c *web.Ctx) error {
	ctx := c.Context()
	rules, err := r.Rules(ctx)
	if err != nil {
		return err
	}
	counts, err := r.store.countNotices(ctx, c.User.Area)
	if err != nil {
		return err
	}
	data := retentionData{State: noticed}
	for _, st := range []string{noticed, proposed, done, back, kept} {
		if c.Query("state") == st {
			data.State = st
		}
	}
	for _, st := range []string{noticed, proposed, done, back, kept} {
		data.Tabs = append(data.Tabs, web.Tab{Text: c.T("rights.notice."+st, counts[st]), Href: "/rights/retention?state=" + st, Current: st == data.State})
	}
	for _, u := range rules {
		data.Rules = append(data.Rules, ruleRow{in(c.Lang, u.Zh, u.En), c.T("rights.years."+u.From, u.Years), u.Source, u.Confirmed()})
	}
	at, err := c.Cursor(2)
	if err != nil {
		return err
	}
	var after db.Date
	if !at.Start() {
		if err := after.Scan(at.Text(0)); err != nil {
			return fault.Wrap(fault.Invalid, err, "翻页位置无效，请从第一页看起")
		}
	}
	list, err := r.store.list(ctx, c.User.Area, data.State, after, at.Int(1), pageRows+1)
	if err != nil {
		return err
	}
	var next web.Cursor
	if len(list) > pageRows {
		list = list[:pageRows]
		next = web.NewCursor(list[pageRows-1].DueOn, list[pageRows-1].ID)
	}
	names, err := r.People.Names(ctx, idsOf(list))
	if err != nil {
		return err
	}
	for _, n := range list {
		u, _ := ruleOf(rules, n.Rule)
		row := noticeRow{Notice: n, Name: identity.MaskName(names[n.PersonID]), Rule: in(c.Lang, u.Zh, u.En), Place: area.FullName(area.At(n.Area, area.Township)), Href: fmt.Sprintf(atPerson, n.PersonID)}
		if n.State == done {
			row.Name = names[n.PersonID]
		}
		if n.RequestID != 0 {
			row.Request = approval.Href(n.RequestID)
		}
		data.Rows = append(data.Rows, row)
	}
	data.Paging = c.Paging(counts[data.State], len(data.Rows), next)
	return c.Render("rights/retention", web.Page{Title: c.T("rights.retention.title"), Lede: c.T("rights.retention.lede", noticeDays), Data: data, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("rights.menu"), Href: atHome}, {Text: c.T("rights.retention.title")}}})
}
