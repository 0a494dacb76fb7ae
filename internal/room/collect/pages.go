package collect

import (
	"cmp"
	"embed"
	"fmt"
	"jiuye/internal/ground/audit"
	"slices"
	"strconv"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/ground/web/draw"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

//go:embed all:pages words.zh.json words.en.json
var pageFiles embed.FS

// Addresses that several pages lead to.
const (
	atHome      = "/collect"
	atProgress  = "/collect/progress?area=%s"
	atVillage   = "/collect/village/%s"
	atHousehold = "/collect/household/%d"
	atPerson    = "/collect/person/%d"
	atDesk      = "/collect/desk"
	atPhone     = "/collect/phone"
)

// Web is what people and phones see of the room.
func (r *Room) Web() web.Room {
	staff, officer := web.Roles(account.Officer, account.Manager), web.Roles(account.Officer)
	return web.Room{Name: "collect", Pages: pageFiles, Words: pageFiles,
		Routes: func(m *web.Mux) {
			m.Get("/collect", staff, r.home)
			m.Get("/collect/progress", staff, r.progress)
			m.Get("/collect/village/{code}", staff, r.village)
			m.Get("/collect/household/{id}", staff, r.household)
			m.Post("/collect/household/{id}", officer, r.saveVisit)
			m.Get("/collect/person/{id}", officer, r.person)
			m.Post("/collect/person/{id}", officer, r.savePerson)
			m.Get("/collect/village/{code}/new", officer, r.newPerson)
			m.Post("/collect/village/{code}/new", officer, r.saveNew)
			m.Get("/collect/desk", staff, r.desk)
			m.Post("/collect/desk/hint/{person}/{id}", officer, r.decideHint)
			m.Post("/collect/desk/newcomer/{id}", officer, r.decideNewcomer)
			m.Get("/collect/phone", officer, r.phone)
			m.Get("/collect/sw.js", web.Anyone, r.worker)
			m.Get("/collect/api/village/{code}", officer, r.takeVillage)
			m.Post("/collect/api/submit", officer, r.submit)
		},
		Menu: []web.MenuItem{
			{Roles: []string{account.Officer, account.Manager}, Key: "collect.menu", Href: atHome, Order: 25, Icon: "home"},
		}}
}

func readerOf(c *web.Ctx) reader { return reader{c.User, c.T, c.Lang == "en"} }

// home leads a coordinator to the own village, everybody else to the figures of the area.
func (r *Room) home(c *web.Ctx) error {
	if isVillage(c.User.Area) {
		return c.Redirect(fmt.Sprintf(atVillage, c.User.Area))
	}
	return c.Redirect(fmt.Sprintf(atProgress, c.User.Area))
}

type progressData struct {
	Figures []web.Figure
	Bars    []draw.Row
	Rows    []progressRow
	Level   string // what the rows are
	Desk    int
	Phone   bool
}

type progressRow struct {
	person.VillageAsked
	Name, Href string
	Left       int   // people who are to be asked
	Share      int64 // ten-thousandths
}

// share is a part in ten-thousandths; of nothing it is everything.
func share(part, whole int) int64 {
	if whole == 0 {
		return 10_000
	}
	return int64(part) * 10_000 / int64(whole)
}

// rowsShown is how many areas are compared as bars.
const rowsShown = 12

func (r *Room) progress(c *web.Ctx) error {
	code := cmp.Or(area.Normal(c.Query("area")), c.User.Area)
	if !area.Exists(code) {
		return fault.New(fault.NotFound, "没有区划代码 %s", code)
	}
	if err := maySee(c.User, code); err != nil {
		return err
	}
	level := area.Level(code)
	if level == area.Village {
		return c.Redirect(fmt.Sprintf(atVillage, code))
	}
	list, err := r.store.areas(c.Context(), code, len(area.At("000000000000", level+1)))
	if err != nil {
		return err
	}
	hints, err := r.store.hints(c.Context(), code, 0, deskShown+1)
	if err != nil {
		return err
	}
	people, err := r.store.newcomers(c.Context(), code, 0, deskShown+1)
	if err != nil {
		return err
	}
	data := progressData{Level: named(c, "level", strconv.Itoa(level+1)), Desk: len(hints) + len(people), Phone: c.User.Role == account.Officer}
	var sum person.VillageAsked
	for _, v := range list {
		row := progressRow{VillageAsked: v, Name: area.Name(v.Area), Href: fmt.Sprintf(atProgress, v.Area), Left: v.Wanted - v.Asked, Share: share(v.Asked, v.Wanted)}
		if level+1 == area.Village {
			row.Href = fmt.Sprintf(atVillage, v.Area)
		}
		data.Rows = append(data.Rows, row)
		sum.Households, sum.Done, sum.Wanted, sum.Asked, sum.Never = sum.Households+v.Households, sum.Done+v.Done, sum.Wanted+v.Wanted, sum.Asked+v.Asked, sum.Never+v.Never
	}
	// Where most people are left to ask comes first.
	slices.SortStableFunc(data.Rows, func(a, b progressRow) int { return cmp.Or(b.Left-a.Left, cmp.Compare(a.Area, b.Area)) })
	for _, row := range data.Rows[:min(rowsShown, len(data.Rows))] {
		data.Bars = append(data.Bars, draw.Row{Name: row.Name, Value: float64(row.Left), Text: c.T("collect.people", lang.Int(int64(row.Left))), Href: row.Href})
	}
	data.Figures = []web.Figure{
		{Label: c.T("collect.progress.asked"), Value: lang.Int(int64(sum.Asked)), Unit: c.T("collect.ofPeople", lang.Int(int64(sum.Wanted)))},
		{Label: c.T("collect.progress.done"), Value: lang.Int(int64(sum.Done)), Unit: c.T("collect.ofHomes", lang.Int(int64(sum.Households)))},
		{Label: c.T("collect.progress.left"), Value: lang.Int(int64(sum.Wanted - sum.Asked)), Unit: c.T("collect.person")},
		{Label: c.T("collect.progress.never"), Value: lang.Int(int64(sum.Never)), Unit: c.T("collect.person")},
	}
	return c.Render("collect/progress", web.Page{Title: c.T("collect.progress.title", area.Name(code)), Data: data, Crumbs: crumbs(c, code, false), Nav: atHome,
		Lede: c.T("collect.progress.lede", lang.Int(int64(sum.Wanted)), lang.Int(int64(sum.Asked)), lang.Int(int64(sum.Wanted-sum.Asked)))})
}

// crumbs lead from the reader's own area down to a code; whole includes the code itself.
func crumbs(c *web.Ctx, code string, whole bool) (out []web.Crumb) {
	for _, a := range area.Path(code) {
		if maySee(c.User, a.Code) != nil || a.Code == code && !whole {
			continue
		}
		href := fmt.Sprintf(atProgress, a.Code)
		if a.Level == area.Village {
			href = fmt.Sprintf(atVillage, a.Code)
		}
		out = append(out, web.Crumb{Text: a.Name, Href: href})
	}
	return out
}

type villageData struct {
	Code   string
	Groups []homeGroup
	Paging web.Paging
	Phone  bool
}

type homeGroup struct {
	Head  string
	Count int
	Rows  []homeRow
}

type homeRow struct {
	person.HouseholdAsked
	Href, Name, Note, Kind string
	Left                   int
}

const homesShown = 60

// The groups of a village's households, in the order of urgency.
const (
	groupNever = iota
	groupOld
	groupDone
)

func groupOf(h *person.HouseholdAsked) int {
	switch {
	case h.Asked >= h.Wanted:
		return groupDone
	case h.Last.IsZero():
		return groupNever
	}
	return groupOld
}

// homes are all households of a village: who was never asked first, then who was not asked for longest.
func (r *Room) homes(c *web.Ctx, code string) (all []person.HouseholdAsked, err error) {
	const step = 1000
	for at, id := "", int64(0); ; {
		part, err := r.People.AskedByHousehold(c.Context(), asking(code, r.Clock.Today()), at, id, step)
		if err != nil {
			return nil, err
		}
		if all = append(all, part...); len(part) == 0 {
			break
		}
		at, id = part[len(part)-1].Area, part[len(part)-1].HouseholdID
	}
	slices.SortFunc(all, compareHomes)
	return all, nil
}

func compareHomes(a, b person.HouseholdAsked) int {
	return cmp.Or(groupOf(&a)-groupOf(&b), a.Last.Compare(b.Last.Time), cmp.Compare(a.HouseholdID, b.HouseholdID))
}

func (r *Room) village(c *web.Ctx) error {
	code, err := r.villageOf(c)
	if err != nil {
		return err
	}
	all, err := r.homes(c, code)
	if err != nil {
		return err
	}
	after, err := c.Cursor(1)
	if err != nil {
		return err
	}
	data := villageData{Code: code, Phone: c.User.Role == account.Officer}
	counts, people, asked := [3]int{}, 0, 0
	begin := 0
	whole := knowsNames(c.User, code)
	for i := range all {
		counts[groupOf(&all[i])]++
		people, asked = people+all[i].Wanted, asked+all[i].Asked
		if !after.Start() && all[i].HouseholdID == after.Int(0) {
			begin = i + 1
		}
	}
	shown := all[begin:min(begin+homesShown, len(all))]
	for i := range shown {
		g := groupOf(&shown[i])
		head := named(c, "group", strconv.Itoa(g))
		if n := len(data.Groups); n == 0 || data.Groups[n-1].Head != head {
			data.Groups = append(data.Groups, homeGroup{Head: head, Count: counts[g]})
		}
		last := &data.Groups[len(data.Groups)-1]
		last.Rows = append(last.Rows, homeLine(c, &shown[i], whole))
	}
	if whole && len(shown) > 0 {
		if err := r.Audit.Note(c.Context(), audit.Entry{ActorID: c.User.ID, Actor: account.Signature(c.User), Act: "collect.names", Object: "area", Area: code,
			What: fmt.Sprintf("入户采集：查看了 %d 户户主的姓名", len(shown))}); err != nil {
			return err
		}
	}
	var next web.Cursor
	if n := len(shown); begin+n < len(all) {
		next = web.NewCursor(shown[n-1].HouseholdID)
	}
	data.Paging = c.Paging(int64(len(all)), len(shown), next)
	return c.Render("collect/village", web.Page{Title: area.Name(code), Data: data, Crumbs: crumbs(c, code, false), Nav: atHome, Public: true,
		Lede: c.T("collect.village.lede", people, asked, counts[groupDone], len(all))})
}

// homeLine is a household of the list; the head's name is whole for who goes from door to door there.
func homeLine(c *web.Ctx, h *person.HouseholdAsked, whole bool) homeRow {
	name := h.HeadName
	if !whole {
		name = web.MaskName(name)
	}
	row := homeRow{HouseholdAsked: *h, Href: fmt.Sprintf(atHousehold, h.HouseholdID), Name: c.T("collect.home", name), Left: h.Wanted - h.Asked}
	switch {
	case h.Wanted == 0:
		row.Note = c.T("collect.home.none", h.People)
	case row.Left == 0:
		row.Note, row.Kind = c.T("collect.home.done", h.Wanted, h.Last.String()), "ok"
	case h.Last.IsZero():
		row.Note = c.T("collect.home.never", h.People, h.Wanted)
	default:
		row.Note, row.Kind = c.T("collect.home.left", row.Left, h.Wanted, h.Last.String()), "warn"
	}
	return row
}

// villageOf is the village of the address, if the reader may see it.
func (r *Room) villageOf(c *web.Ctx) (string, error) {
	code := c.R.PathValue("code")
	if !isVillage(code) {
		return "", fault.New(fault.NotFound, "没有这个嘎查村（社区）")
	}
	return code, maySee(c.User, code)
}

func today(r *Room) db.Date { return db.On(r.Clock.Today()) }

// named is a text of a group: named(c, "hint", "phone") is collect.hint.phone.
func named(c *web.Ctx, group, name string, args ...any) string {
	return c.T("collect."+group+"."+name, args...)
}

// knowsNames reports whether the list of a village writes its heads' names in full: for the coordinator of this village or
// the officer of its township, who look for people at their doors. Everybody else opens a household first.
func knowsNames(who web.User, village string) bool {
	return mayWork(who, village) == nil && area.Level(who.Area) >= area.Township
}
