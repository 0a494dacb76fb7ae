package jobs

import (
	"cmp"
	"net/url"
	"slices"
	"sort"
	"strconv"

	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// The two lists (S50 有活没人干, S51 有人没活干) as everybody may read them: open work by how long it has stood open and where, and
// people without work, masked, and only those who have agreed that employers see them.

// ages are how long a vacancy has stood open, in days: at least from, less than the next one's.
var ages = []int{0, 8, 31, 91}

func ageBand(days int) int {
	at := len(ages) - 1
	for at > 0 && days < ages[at] {
		at--
	}
	return at
}

// ListLine is one row of the counts by area.
type ListLine struct {
	Area, Name          string
	Href                string
	Vacancies, Openings int
	Aged                []int // vacancies by age band
	People              int64
}

// OpenRow is one vacancy of the list.
type OpenRow struct {
	*Offer
	Days       int
	Pay, Place string
}

// Without is one person without work in the list, with a masked name.
type Without struct {
	Name, Wish, Pay, Schooling, Place string
	Days                              int
}

// listed is what a list's page is about.
type listed struct {
	where string
	age   int // band, -1 all
	b     *board
}

func (r *Room) listed(c *web.Ctx) (l listed, err error) {
	l.where, l.age = cmp.Or(c.Query("area"), r.Home), -1
	if !area.Exists(l.where) || len(l.where) > 9 {
		return l, fault.New(fault.NotFound, "没有地区代码 %s，请从页面上选择地区", l.where)
	}
	if n, err := strconv.Atoi(c.Query("age")); err == nil && n >= 0 && n < len(ages) {
		l.age = n
	}
	l.b, err = r.board(c.Context(), cmp.Or(area.At(l.where, area.League), r.Home))
	return l, err
}

func (r *Room) daysOpen(o *Offer) int {
	return int(r.Clock.Today().Sub(o.Posted.Time).Hours() / 24)
}

// open is the work of the page, the longest open first.
func (r *Room) openOf(l listed) (out []*Offer) {
	for _, o := range l.b.offers {
		if area.Within(o.Area, l.where) && o.Left() > 0 && (l.age < 0 || ageBand(r.daysOpen(o)) == l.age) {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, oldest)
	return out
}

func oldest(a, b *Offer) int {
	return cmp.Or(a.Posted.Compare(b.Posted.Time), cmp.Compare(a.ID, b.ID))
}

// lists shows both lists of an area to everybody.
func (r *Room) lists(c *web.Ctx) error {
	l, err := r.listed(c)
	if err != nil {
		return err
	}
	people := c.Query("list") == "people"
	lines, err := r.listLines(c, l)
	if err != nil {
		return err
	}
	to := func(values ...string) string {
		q := url.Values{}
		for i := 0; i < len(values); i += 2 {
			if values[i+1] != "" {
				q.Set(values[i], values[i+1])
			}
		}
		return "/jobs/lists?" + q.Encode()
	}
	data := map[string]any{"Lines": lines, "IsPeople": people, "Staff": isStaff(c.User), "Where": area.Name(l.where),
		"Tabs": []web.Tab{{Text: c.T("jobs.lists.work"), Href: to("area", l.where), Current: !people}, {Text: c.T("jobs.lists.people"), Href: to("area", l.where, "list", "people"), Current: people}},
		"File": "/jobs/lists/file.xlsx?" + url.Values{"area": {l.where}, "list": {c.Query("list")}, "age": {c.Query("age")}}.Encode()}
	var bands []web.Tab
	for i := range ages {
		at := strconv.Itoa(i)
		if l.age == i {
			at = ""
		}
		bands = append(bands, web.Tab{Text: bandName(c, i), Current: l.age == i, Href: to("area", l.where, "age", at)})
	}
	data["Bands"] = bands
	if people {
		err = r.listPeople(c, l, data)
	} else {
		err = r.listWork(c, l, data)
	}
	if err != nil {
		return err
	}
	var crumbs []web.Crumb
	for _, a := range area.Path(l.where) {
		if a.Code != l.where && area.Within(a.Code, r.Home) {
			crumbs = append(crumbs, web.Crumb{Text: a.Name, Href: to("area", a.Code, "list", c.Query("list"))})
		}
	}
	return c.Render("jobs/lists", web.Page{Title: c.T("jobs.lists.title", area.Name(l.where)), Lede: c.T("jobs.lists.lede"), Crumbs: crumbs, Data: data})
}

func bandName(c *web.Ctx, i int) string {
	if i == len(ages)-1 {
		return c.T("jobs.lists.over", strconv.Itoa(ages[i]-1))
	}
	return c.T("jobs.lists.days", strconv.Itoa(ages[i]), strconv.Itoa(ages[i+1]-1))
}

// listLines counts both lists by the areas one level down.
func (r *Room) listLines(c *web.Ctx, l listed) ([]ListLine, error) {
	level := area.Level(l.where) + 1
	byArea := map[string]*ListLine{}
	var out []*ListLine
	for _, a := range area.Children(l.where) {
		if len(a.Code) > 9 {
			break
		}
		x := &ListLine{Area: a.Code, Name: area.Short(a.Code), Aged: make([]int, len(ages)), Href: "/jobs/lists?" + url.Values{"area": {a.Code}, "list": {c.Query("list")}}.Encode()}
		byArea[a.Code] = x
		out = append(out, x)
	}
	for _, o := range l.b.offers {
		if x := byArea[area.At(o.Area, level)]; x != nil && o.Left() > 0 {
			x.Vacancies++
			x.Openings += o.Left()
			x.Aged[ageBand(r.daysOpen(o))]++
		}
	}
	lines := make([]ListLine, 0, len(out))
	for _, x := range out {
		var err error
		if len(l.where) <= 6 {
			if x.People, err = r.People.CountSeekers(c.Context(), x.Area, r.today()); err != nil {
				return nil, err
			}
		}
		lines = append(lines, *x)
	}
	return lines, nil
}

func (r *Room) listWork(c *web.Ctx, l listed, data map[string]any) error {
	after, err := c.Cursor(2)
	if err != nil {
		return err
	}
	list := r.openOf(l)
	total := len(list)
	if !after.Start() {
		last := &Offer{}
		last.Posted, last.ID = db.On(dayNumber(after.Int(0))), after.Int(1)
		list = list[sort.Search(len(list), func(i int) bool { return oldest(list[i], last) > 0 }):]
	}
	var next web.Cursor
	if len(list) > officeRows {
		list = list[:officeRows]
		next = web.NewCursor(numberOfDay(list[officeRows-1].Posted.Time), list[officeRows-1].ID)
	}
	rows := make([]OpenRow, len(list))
	for i, o := range list {
		rows[i] = OpenRow{Offer: o, Days: r.daysOpen(o), Pay: payText(c, o.PayLow, o.PayHigh), Place: placeText(c, o.Area, "")}
	}
	data["Work"], data["Paging"] = rows, c.Paging(int64(total), len(rows), next)
	return nil
}

// agreed reads the next people of an area who are registered unemployed, and keeps those who agree to be seen by employers.
func (r *Room) agreed(c *web.Ctx, where string, from person.Seeker) (rows []Without, last person.Seeker, more bool, err error) {
	seekers, err := r.People.Seekers(c.Context(), where, r.today(), from, officeRows+1)
	if err != nil || len(seekers) == 0 {
		return nil, from, false, err
	}
	if more = len(seekers) > officeRows; more {
		seekers = seekers[:officeRows]
	}
	ids := make([]int64, len(seekers))
	for i, s := range seekers {
		ids[i] = s.PersonID
	}
	said := map[int64]bool{}
	if r.Consents != nil {
		if said, err = r.Consents.Allowed(c.Context(), ids); err != nil {
			return nil, from, false, err
		}
	}
	facts, err := r.People.FactsOf(c.Context(), ids)
	if err != nil {
		return nil, from, false, err
	}
	for _, s := range seekers {
		f := find(facts, s.PersonID)
		if f == nil || !said[s.PersonID] {
			continue
		}
		row := Without{Name: web.MaskName(f.Name), Wish: lang.None, Pay: lang.None, Schooling: schoolingText(c, f.Education), Place: area.Short(area.At(f.Area, area.Banner)),
			Days: int(r.Clock.Today().Sub(s.Since.Time).Hours() / 24)}
		if reg := f.Registered(r.Clock.Today()); reg != nil {
			row.Wish = cmp.Or(reg.Occupation, lang.None)
			if reg.Pay > 0 {
				row.Pay = lang.Fen(reg.Pay)
			}
		}
		rows = append(rows, row)
	}
	return rows, seekers[len(seekers)-1], more, nil
}

func (r *Room) listPeople(c *web.Ctx, l listed, data map[string]any) error {
	after, err := c.Cursor(2)
	if err != nil {
		return err
	}
	from := person.Seeker{}
	if !after.Start() {
		from = person.Seeker{PersonID: after.Int(1), Since: db.On(dayNumber(after.Int(0)))}
	}
	var rows []Without
	more := true
	for tries := 0; more && len(rows) < officeRows/2 && tries < 5; tries++ { // few may have agreed
		var part []Without
		if part, from, more, err = r.agreed(c, l.where, from); err != nil {
			return err
		}
		rows = append(rows, part...)
	}
	var next web.Cursor
	if more {
		next = web.NewCursor(numberOfDay(from.Since.Time), from.PersonID)
	}
	data["People"], data["Paging"] = rows, c.Paging(-1, len(rows), next)
	return nil
}

// listFile gives a list as xlsx: the same columns as the page, all rows.
func (r *Room) listFile(c *web.Ctx) error {
	l, err := r.listed(c)
	if err != nil {
		return err
	}
	people := c.Query("list") == "people"
	name := c.T("jobs.lists.work")
	if people {
		name = c.T("jobs.lists.people")
	}
	if err := r.Audit.Note(c.Context(), audit.Entry{ActorID: c.User.ID, Actor: actor(c.User), Act: "jobs.export", Object: "area", Area: l.where, What: "导出了" + area.FullName(l.where) + "“" + name + "”"}); err != nil {
		return err
	}
	w := sheet.NewXLSX(c.Attachment(name+" "+area.Name(l.where)+" "+r.Clock.Today().Format("20060102")+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
	if !people {
		if err := w.Sheet(name, sheet.Columns(c.T("jobs.title"), c.T("jobs.lists.unit"), c.T("jobs.kv.occupation"), c.T("jobs.kv.place"), c.T("jobs.office.left"), c.T("jobs.lists.low"), c.T("jobs.lists.high"),
			c.T("jobs.kv.education"), c.T("jobs.office.posted"), c.T("jobs.lists.open"))...); err != nil {
			return err
		}
		for _, o := range r.openOf(l) {
			if err := w.Row(o.Title, o.Employer, o.Occupation, area.FullName(o.Area), strconv.Itoa(o.Left()), strconv.FormatInt(o.PayLow/100, 10), strconv.FormatInt(o.PayHigh/100, 10),
				educationText(c, o.Education), o.Posted.String(), strconv.Itoa(r.daysOpen(o))); err != nil {
				return err
			}
		}
		return w.Close()
	}
	if err := w.Sheet(name, sheet.Columns(c.T("jobs.office.who"), c.T("jobs.person.wish"), c.T("jobs.office.wishPay"), c.T("jobs.person.education"), c.T("jobs.office.lives"), c.T("jobs.lists.idle"))...); err != nil {
		return err
	}
	from, more := person.Seeker{}, true
	for more {
		var rows []Without
		if rows, from, more, err = r.agreed(c, l.where, from); err != nil {
			return err
		}
		for _, x := range rows {
			if err := w.Row(x.Name, x.Wish, x.Pay, x.Schooling, x.Place, strconv.Itoa(x.Days)); err != nil {
				return err
			}
		}
	}
	return w.Close()
}
