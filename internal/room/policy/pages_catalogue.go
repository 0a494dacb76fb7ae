package policy

import (
	"net/url"
	"slices"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
)

// fresh wraps a page so that it shows the catalogue as it is now, whichever process changed it.
func (r *Room) fresh(h web.Handler) web.Handler {
	return func(c *web.Ctx) error {
		if err := r.refresh(c.Context()); err != nil {
			return err
		}
		return h(c)
	}
}

// catalogueRoutes are the pages about the policies themselves.
func (r *Room) catalogueRoutes(m *web.Mux) {
	managers := web.Roles(account.Manager)
	m.Get(atHome+"/catalogue", staffRoles, r.fresh(r.contents))
	m.Get(atHome+"/parameters", staffRoles, r.fresh(r.parameters))
	m.Get(atHome+"/parameter", staffRoles, r.fresh(r.parameter))
	m.Post(atHome+"/parameter", managers, r.fresh(r.askParameter))
	m.Get(atHome+"/versions", staffRoles, r.fresh(r.versions))
	m.Get(atHome+"/version", staffRoles, r.fresh(r.showVersion))
	m.Post(atHome+"/version", writers, r.fresh(r.actVersion))
	m.Get(atHome+"/compare", staffRoles, r.fresh(r.compared))
	m.Get(atHome+"/new", writers, r.fresh(r.blank))
	m.Post(atHome+"/new", writers, r.fresh(r.begin))
	m.Get(atHome+"/edit", writers, r.fresh(r.edit))
	m.Post(atHome+"/edit", writers, r.fresh(r.change))
}

// entryRow is one line of the catalogue.
type entryRow struct {
	ID, Name, Href string
	Kind, Subject  string
	Source         string
	Said           string // what it gives, or where it leads
	Open           []string
	Version        int64
}

type contentsData struct {
	Kinds, Subjects, Documents []web.Tab
	Rows                       []entryRow
	Drafts                     []draftRow
	Open                       int // parameters nobody has set
}

type draftRow struct{ Name, Href, State, Author string }

// contents is the catalogue: everything the documents say, counted by kind, subject and document.
func (r *Room) contents(c *web.Ctx) error {
	cat, on := r.catalogue(), rule.DayOf(r.Clock.Today())
	q := url.Values{}
	for _, name := range []string{"kind", "subject", "document"} {
		if v := c.Query(name); v != "" {
			q.Set(name, v)
		}
	}
	data := contentsData{}
	count := map[string]map[string]int{"kind": {}, "subject": {}, "document": {}}
	var subjects, documents []string
	note := func(list *[]string, v string) {
		if !slices.Contains(*list, v) {
			*list = append(*list, v)
		}
	}
	for _, e := range cat.entries {
		note(&subjects, e.Subject)
		note(&documents, e.Document)
		is := map[string]string{"kind": string(e.Kind), "subject": e.Subject, "document": e.Document}
		fits := func(but string) bool {
			for name, v := range is {
				if name != but && q.Get(name) != "" && q.Get(name) != v {
					return false
				}
			}
			return true
		}
		for name, v := range is {
			if fits(name) {
				count[name][v]++
				count[name][""]++
			}
		}
		if fits("") {
			data.Rows = append(data.Rows, r.entryRow(c.Lang, cat, e, on))
		}
	}
	tabs := func(name string, values []string) (out []web.Tab) {
		for _, v := range append([]string{""}, values...) {
			to := url.Values{}
			for k := range q {
				to.Set(k, q.Get(k))
			}
			text := v
			switch {
			case v == "":
				text = c.T("policy.cat.all")
				to.Del(name)
			case name == "kind":
				text = c.T("policy.kind." + kindKeys[Kind(v)])
				to.Set(name, v)
			case name == "subject":
				text = subjectName(c.Lang, v)
				to.Set(name, v)
			default:
				to.Set(name, v)
			}
			href := atHome + "/catalogue"
			if len(to) > 0 {
				href += "?" + to.Encode()
			}
			out = append(out, web.Tab{Text: text + " " + lang.Int(int64(count[name][v])), Href: href, Current: q.Get(name) == v})
		}
		return out
	}
	var kinds []string
	for _, k := range Kinds {
		kinds = append(kinds, string(k))
	}
	data.Kinds, data.Subjects, data.Documents = tabs("kind", kinds), tabs("subject", subjects), tabs("document", documents)
	for name, p := range cat.params {
		if name == p.Name.Zh && unset(p, on) {
			data.Open++
		}
	}
	drafts, err := r.store.unfinished(c.Context(), c.User.Area, perPage)
	if err != nil {
		return err
	}
	for _, v := range drafts {
		d := draftRow{Name: v.Name, Href: versionHref(v.PolicyID, v.Version), State: c.T("policy.state." + string(v.State)), Author: v.Author}
		if v.State == Draft {
			d.Href = editHref(v.PolicyID, v.Version)
		}
		data.Drafts = append(data.Drafts, d)
	}
	return c.Render("policy/catalogue", web.Page{Title: c.T("policy.cat.title"), Lede: c.T("policy.cat.lede", len(cat.entries), len(cat.all()), data.Open), Data: data, Nav: atHome,
		Crumbs: []web.Crumb{{Text: c.T("policy.title"), Href: atHome}}})
}

var kindKeys = map[Kind]string{Rule: "rule", Item: "item", Pointer: "pointer", Process: "process"}

// subjects are the headings under which policies stand.
var subjects = []rule.Word{{Zh: "创业", En: "Start-up"}, {Zh: "培训", En: "Training"}, {Zh: "毕业生", En: "Graduates"}, {Zh: "困难援助", En: "Hardship"},
	{Zh: "农牧民与脱贫", En: "Rural people"}, {Zh: "退役军人", En: "Veterans"}, {Zh: "企业稳岗", En: "Employers"}, {Zh: "新业态", En: "New forms of work"},
	{Zh: "公共服务", En: "Public service"}, {Zh: "监测督办", En: "Monitoring"}}

func subjectName(language, zh string) string {
	for _, s := range subjects {
		if s.Zh == zh {
			return in(language, s)
		}
	}
	return zh
}

func (r *Room) entryRow(language string, cat *catalogue, e *Entry, on rule.Day) entryRow {
	row := entryRow{ID: e.ID, Name: in(language, e.Name), Href: atHome + "/" + e.ID, Kind: kindKeys[e.Kind], Subject: subjectName(language, e.Subject),
		Source: e.Document + e.Place, Said: in(language, e.Where), Version: e.Version}
	if e.Policy != nil {
		row.Said = in(language, e.Policy.Result)
	}
	for _, p := range cat.open(e, on) {
		row.Open = append(row.Open, in(language, p.Name))
	}
	return row
}

// openLine is a parameter of a policy as its page shows it.
type openLine struct{ Name, Value, By, Href string }

// uses are the parameters of an entry with their values of today.
func (r *Room) uses(c *web.Ctx, e *Entry) (list []openLine) {
	cat, on := r.catalogue(), rule.DayOf(r.Clock.Today())
	for _, name := range e.Parameters {
		p := cat.params[name]
		l := openLine{Name: in(c.Lang, p.Name), Value: valueNow(p, on), Href: parameterHref(name)}
		if unset(p, on) {
			l.Value, l.By = "", p.By
		}
		list = append(list, l)
	}
	return list
}

// valueNow is the latest value of a parameter for everywhere, or how many values there are by class and area.
func valueNow(p *rule.Parameter, on rule.Day) string {
	if v := valueText(p, on, "", ""); v != "尚未设定" {
		return v
	}
	text := ""
	for i := range p.Rows {
		s := &p.Rows[i]
		if s.Open || s.From > on {
			continue
		}
		if text != "" {
			text += "；"
		}
		text += s.Key + s.Area + " " + valueText(p, on, s.Key, s.Area)
	}
	return text
}

// itemView is what a policy about a class, an area, a project … asks for and gives.
type itemView struct {
	Head         string
	Demands      part
	Result, Pays string
	Notes        []string
	Next, Office string
}

func (r *Room) item(c *web.Ctx, e *Entry) *itemView {
	p := e.Item
	if p == nil {
		return nil
	}
	kind := in(c.Lang, p.Kind)
	if p.For == rule.Other {
		kind = c.T("policy.item.other")
	}
	return &itemView{Head: c.T("policy.item.head", kind), Demands: demands(c.Lang, p, rule.DayOf(r.Clock.Today())), Result: in(c.Lang, p.Result), Pays: in(c.Lang, p.Pays()),
		Notes: p.Notes, Next: next(c.Lang, p, rule.Plain), Office: in(c.Lang, p.Office)}
}

type plainData struct {
	Entry      *Entry
	Where      string
	Parameters []openLine
	Item       *itemView
}

// plain is the page of what is not decided for everybody: a pointer, a process, conditions on an area or a project.
func (r *Room) plain(c *web.Ctx, e *Entry) error {
	return c.Render("policy/entry", web.Page{Title: in(c.Lang, e.Name), Lede: c.T("policy.kind." + kindKeys[e.Kind] + ".lede"), Nav: atHome,
		Data:   plainData{Entry: e, Where: in(c.Lang, e.Where), Parameters: r.uses(c, e), Item: r.item(c, e)},
		Crumbs: []web.Crumb{{Text: c.T("policy.title"), Href: atHome}, {Text: c.T("policy.cat.title"), Href: atHome + "/catalogue"}, {Text: in(c.Lang, e.Name)}}})
}
