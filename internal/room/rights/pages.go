package rights

import (
	"embed"
	"fmt"
	"strconv"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/approval"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

// Addresses.
const (
	atHome   = "/rights"
	atOwn    = "/rights/me"
	atPerson = "/rights/person/%d"
)

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	staff, own := web.Roles(account.Officer, account.Manager), web.Roles(account.Seeker)
	officer := web.Roles(account.Officer)
	return web.Room{Name: "rights", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/rights", staff, r.home)
			m.Get("/rights/retention", staff, r.retention)
			m.Get("/rights/person/{id}", staff, r.file)
			m.Get("/rights/person/{id}/correct/{field}", officer, r.askPage)
			m.Post("/rights/person/{id}/correct/{field}", officer, r.sendAsk)
			m.Post("/rights/person/{id}/consent", officer, r.consent)
			m.Post("/rights/person/{id}/keep", officer, r.keep)
			m.Get("/rights/file/{id}", web.Roles(account.Officer, account.Manager, account.Seeker), r.download)
			m.Get("/rights/me", own, r.file)
			m.Get("/rights/me/correct/{field}", own, r.askPage)
			m.Post("/rights/me/correct/{field}", own, r.sendAsk)
			m.Post("/rights/me/consent", own, r.consent)
			m.Post("/rights/me/keep", own, r.keep)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer, account.Manager}, Key: "rights.menu", Href: atHome, Order: 90, Icon: "lock"},
			{Roles: []string{account.Seeker}, Key: "rights.menu.me", Href: atOwn, Order: 60, Icon: "lock"},
		}}
}

// subject is the person whose data a page is about, and where the page lives.
type subject struct {
	person.Person
	Own bool
	At  string
}

func (r *Room) subject(c *web.Ctx) (s subject, err error) {
	id := c.User.PersonID
	s.Own = c.User.Role == account.Seeker
	if !s.Own {
		if id, err = c.PathID("id"); err != nil {
			return s, err
		}
	}
	if id == 0 {
		return s, fault.New(fault.NotFound, "您的账号没有对应的档案，请到就业服务窗口核对身份信息")
	}
	if s.Person, err = r.People.Get(c.Context(), id); err != nil {
		return s, err
	}
	if s.At = atOwn; !s.Own {
		s.At = fmt.Sprintf(atPerson, id)
	}
	return s, account.CanSeePerson(c.User, s.Area, s.ID)
}

type fileData struct {
	At       string
	Own      bool
	CanAsk   bool
	Values   []valueRow
	Requests []requestRow
	Consents []consentRowShown
	Duties   []Purpose
	History  []web.Event
	Notice   *Notice
	NoticeBy string
	Readers  string
	File     string
	Channels []web.Option
	Lang     string
}

type valueRow struct{ Label, Value, Href string }

type requestRow struct {
	approval.Item
	Href  string // "" for seekers, who read the answer here
	State map[string]any
	Said  string
}

type consentRowShown struct {
	Code, Name, What, Ground string
	Allowed, Said            bool
	When                     string
}

// file is what may be asked about somebody's data: the values with their corrections, the consents, the end of keeping.
func (r *Room) file(c *web.Ctx) error {
	s, err := r.subject(c)
	if err != nil {
		return err
	}
	if !s.Own {
		if err := r.Audit.Note(c.Context(), entry(c.User, "read", s.ID, s.Area, "查看了个人信息权益")); err != nil {
			return err
		}
	}
	data := fileData{At: s.At, Own: s.Own, CanAsk: r.mayAsk(c.User, &s.Person) == nil, Lang: c.Lang, Readers: "/casework/me/readers", File: "/casework/me"}
	if !s.Own {
		data.Readers, data.File = fmt.Sprintf("/casework/person/%d/readers", s.ID), fmt.Sprintf("/casework/person/%d", s.ID)
	}
	for _, f := range Fields {
		data.Values = append(data.Values, valueRow{in(c.Lang, f.Zh, f.En), masked(f, &s.Person), s.At + "/correct/" + f.Code})
	}
	if err := r.requests(c, s, &data); err != nil {
		return err
	}
	if err := r.consents(c, s, &data); err != nil {
		return err
	}
	open, err := r.store.noticesOf(c.Context(), r.DB, []int64{s.ID}, noticed, proposed)
	if err != nil {
		return err
	}
	if n, has := open[s.ID]; has {
		data.Notice = &n
		if u, known := ruleOf(r.rules, n.Rule); known {
			data.NoticeBy = in(c.Lang, u.Zh, u.En)
		}
	}
	for _, ch := range Channels[1:] {
		data.Channels = append(data.Channels, web.Option{Value: ch, Text: c.T("rights.channel." + ch)})
	}
	page := web.Page{Title: c.T("rights.file.title", s.Name), Window: c.T("rights.file.title", identity.MaskName(s.Name)), Lede: c.T("rights.file.lede"), Data: data, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("rights.menu"), Href: atHome}, {Text: s.Name, Href: data.File}}}
	if s.Own {
		page.Title, page.Window, page.Lede, page.Public, page.Nav, page.Crumbs = c.T("rights.me.title"), "", c.T("rights.me.lede"), true, atOwn, nil
	}
	return c.Render("rights/file", page)
}

// masked is a value as the page shows it: numbers never whole.
func masked(f Field, p *person.Person) string {
	value := f.Of(p)
	switch {
	case value == "":
		return "—"
	case f.Code == "idnumber":
		return identity.MaskID(value)
	case f.Code == "phone":
		return identity.MaskPhone(value)
	}
	return f.Show(value)
}

func (r *Room) requests(c *web.Ctx, s subject, data *fileData) error {
	items, err := r.Approvals.List(c.Context(), approval.Filter{Kind: KindCorrect, PersonID: s.ID}, 0, 20)
	if err != nil {
		return err
	}
	for _, it := range items {
		row := requestRow{Item: it, State: map[string]any{"kind": map[approval.State]string{approval.Approved: "ok", approval.Refused: "stop", approval.Waiting: "warn"}[it.State],
			"text": c.T("rights.request." + string(it.State))}}
		if !s.Own {
			row.Href = approval.Href(it.ID)
		} else if it.ByID == c.User.ID && it.State == approval.Refused {
			full, err := r.Approvals.Get(c.Context(), c.User, it.ID)
			if err != nil {
				return err
			}
			row.Said = full.Steps[0].Reason
		}
		data.Requests = append(data.Requests, row)
	}
	return nil
}

func (r *Room) consents(c *web.Ctx, s subject, data *fileData) error {
	said, err := r.store.said(c.Context(), s.ID)
	if err != nil {
		return err
	}
	for _, p := range Purposes {
		if !p.Optional {
			data.Duties = append(data.Duties, p)
			continue
		}
		row := consentRowShown{Code: p.Code, Name: in(c.Lang, p.Zh, p.En), What: in(c.Lang, p.WhatZh, p.WhatEn), Ground: in(c.Lang, p.GroundZh, p.GroundEn)}
		for _, x := range said {
			if x.Purpose == p.Code {
				row.Said, row.Allowed, row.When = true, x.Allowed, x.At.Format("2006-01-02 15:04")
				break
			}
		}
		data.Consents = append(data.Consents, row)
	}
	for _, x := range said {
		p, _ := purposeOf(x.Purpose)
		key := "rights.said.no"
		if x.Allowed {
			key = "rights.said.yes"
		}
		e := web.Event{When: x.At.Format("2006-01-02 15:04"), ISO: x.At.Format(time.RFC3339), Text: c.T(key, in(c.Lang, p.Zh, p.En)), Note: c.T("rights.channel."+x.Channel) + c.T("rights.comma") + x.ByName}
		if x.Note != "" && !s.Own {
			e.Note += c.T("rights.comma") + x.Note
		}
		data.History = append(data.History, e)
	}
	return nil
}

// consent writes down a yes or a no.
func (r *Room) consent(c *web.Ctx) error {
	s, err := r.subject(c)
	if err != nil {
		return err
	}
	f := c.Form(web.Field{Name: "note", Label: c.T("rights.note"), Max: 200})
	x := Consent{PersonID: s.ID, Purpose: f.Value("purpose"), Allowed: f.Value("allow") == "yes", Channel: f.Value("channel"), Note: f.Text("note")}
	if !f.OK() {
		return fault.New(fault.Invalid, "%s", f.Errors[0].Text)
	}
	if err := r.Say(c.Context(), c.User, x, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T(map[bool]string{true: "rights.saved.yes", false: "rights.saved.no"}[x.Allowed]))
	return c.Redirect(s.At + "#consents")
}

// keep takes somebody off the list of data that are due.
func (r *Room) keep(c *web.Ctx) error {
	s, err := r.subject(c)
	if err != nil {
		return err
	}
	why := "本人要求继续保存"
	if !s.Own {
		why = "经办人员办理：仍需要服务"
	}
	if err := r.Keep(c.Context(), c.User, s.ID, why, c.Once()); err != nil {
		return err
	}
	c.Flash("ok", c.T("rights.saved.keep"))
	return c.Redirect(s.At)
}

// homeData is the room's first page: what is going on in the area, and the purposes with their grounds.
type homeData struct {
	Figures  []web.Figure
	Optional []purposeRow
	Duty     []purposeRow
}

type purposeRow struct{ Name, What, Ground string }

func (r *Room) home(c *web.Ctx) error {
	ctx := c.Context()
	waiting, err := r.Approvals.Count(ctx, approval.Filter{Kind: KindCorrect, Area: c.User.Area, States: []approval.State{approval.Waiting}})
	if err != nil {
		return err
	}
	withdrawn, err := r.store.withdrawals(ctx, c.User.Area, r.Clock.Now().AddDate(0, 0, -30))
	if err != nil {
		return err
	}
	notices, err := r.store.countNotices(ctx, c.User.Area)
	if err != nil {
		return err
	}
	n := func(v int64) string { return strconv.FormatInt(v, 10) }
	data := homeData{Figures: []web.Figure{
		{Label: c.T("rights.figure.waiting"), Value: n(waiting), Unit: c.T("rights.unit.items"), Href: "/approval?kind=" + KindCorrect},
		{Label: c.T("rights.figure.withdrawn"), Value: n(withdrawn), Unit: c.T("rights.unit.times")},
		{Label: c.T("rights.figure.noticed"), Value: n(notices[noticed] + notices[proposed]), Unit: c.T("rights.unit.people"), Href: "/rights/retention"}}}
	for _, p := range Purposes {
		row := purposeRow{in(c.Lang, p.Zh, p.En), in(c.Lang, p.WhatZh, p.WhatEn), in(c.Lang, p.GroundZh, p.GroundEn)}
		if p.Optional {
			data.Optional = append(data.Optional, row)
		} else {
			data.Duty = append(data.Duty, row)
		}
	}
	return c.Render("rights/home", web.Page{Title: c.T("rights.menu"), Lede: c.T("rights.lede", area.Name(c.User.Area)), Data: data, Nav: atHome})
}
