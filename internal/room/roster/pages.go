package roster

import (
	"embed"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

const perPage = 50

// Web is what people see of the room.
func (r *Room) Web() web.Room {
	return web.Room{Name: "roster", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get(home, staffRoles, r.index)
			m.Get(home+"/{list}", staffRoles, r.showList)
			m.Get(home+"/{list}/person/{pid}", staffRoles, r.showMember)
			m.Get(home+"/{list}/unit/{eid}", staffRoles, r.showUnit)
			m.Post(home+"/{list}/person/{pid}/notes", staffRoles, r.addNote)
			m.Post(home+"/{list}/unit/{eid}/notes", staffRoles, r.addUnitNote)
			m.Post(home+"/{list}/person/{pid}/manual", staffRoles, r.askByHand)
			m.Get(home+"/person/{pid}", staffRoles, r.showPerson)
			m.Get(home+"/export/{list}", staffRoles, r.export)
			m.Get(home+"/resettled", staffRoles, r.showAreas)
			m.Post(home+"/resettled", staffRoles, r.saveAreas)
			m.Get(compare, staffRoles, r.compareIndex)
			m.Get(compare+"/{kind}", staffRoles, r.showKind)
			m.Post(compare+"/{kind}/send", staffRoles, r.sendDown)
			m.Get(compare+"/{kind}/person/{pid}", staffRoles, r.showFinding)
			m.Get(compare+"/{kind}/unit/{eid}", staffRoles, r.showUnitFinding)
			m.Post(compare+"/{kind}/person/{pid}/answer", staffRoles, r.answer)
			m.Post(compare+"/{kind}/unit/{eid}/answer", staffRoles, r.answerUnit)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer, account.Manager}, Key: "roster.menu", Href: home, Order: 32, Icon: "people"},
		}}
}

// in chooses a language's words; what has no English is shown in Chinese.
func in(language string, w rule.Word) string {
	if language == lang.English && w.En != "" {
		return w.En
	}
	return w.Zh
}

// drawnText is when the lists were drawn, for how many.
func (r *Room) drawnText(c *web.Ctx) (bool, string, error) {
	last, found, err := r.store.latest(c.Context())
	if err != nil || !found {
		return false, c.T("roster.never"), err
	}
	at := time.UnixMilli(last.Ended).In(r.Clock.Now().Location())
	return true, c.T("roster.drawn", at.Format("2006-01-02 15:04"), lang.Int(last.People), lang.Int(last.Units)), nil
}

// places are the tabs of an area: the ways up and down from it.
func places(c *web.Ctx, at, path string) []web.Tab {
	var tabs []web.Tab
	for _, a := range area.Path(at) {
		if account.CanSeeArea(c.User, a.Code) == nil {
			tabs = append(tabs, web.Tab{Text: area.Short(a.Code), Href: path + "?area=" + a.Code, Current: a.Code == at})
		}
	}
	return tabs
}

// below are the areas one level down that counts are kept for.
func below(at string) []area.Area {
	if area.Level(at) >= area.Township {
		return nil
	}
	return area.Children(at)
}

// count is one number with where it leads.
type countCell struct {
	Text string
	N    int64
	Href string
	Kind string // warn where it is work that waits
}

// listRow is one list with its numbers.
type listRow struct {
	ID, Name, For, Keeper, Href string
	Members, Homes, In, Out     int64
	Homely                      bool // counts households too
	Twins                       []countCell
}

type indexData struct {
	Drawn  bool
	Area   string
	Places []web.Tab
	Below  []web.Tab
	Rows   []listRow
}

// index shows every list with its numbers in an area.
func (r *Room) index(c *web.Ctx) error {
	at, err := chosen(c)
	if err != nil {
		return err
	}
	drawn, text, err := r.drawnText(c)
	if err != nil {
		return err
	}
	counts, err := r.store.tallies(c.Context(), at)
	if err != nil {
		return err
	}
	data := indexData{Drawn: drawn, Area: area.FullName(at), Places: places(c, at, home)}
	for _, a := range below(at) {
		data.Below = append(data.Below, web.Tab{Text: area.Short(a.Code), Href: home + "?area=" + a.Code})
	}
	for _, l := range r.lists {
		if l.Check == nil {
			data.Rows = append(data.Rows, rowOf(c, l, counts[l.ID], at))
		}
	}
	return c.Render("roster/index", web.Page{Title: c.T("roster.title"), Lede: text, Data: data, Nav: home})
}

// rowOf is a list's line.
func rowOf(c *web.Ctx, l *List, n tally, at string) listRow {
	row := listRow{ID: l.ID, Name: in(c.Lang, l.Name), For: in(c.Lang, rule.Subjects[l.For]), Keeper: in(c.Lang, l.Keeper.Office), Href: listHref(l) + "?area=" + at,
		Members: n[countAll], Homes: n[countHomes], In: n[countIn], Out: n[countOut], Homely: householdList(l)}
	for i := range l.Twins {
		t := &l.Twins[i]
		row.Twins = append(row.Twins, countCell{Text: in(c.Lang, t.Name), N: n[countTwin+t.ID], Href: listHref(l) + "?area=" + at + "&twin=" + t.ID + "#list"})
	}
	return row
}
