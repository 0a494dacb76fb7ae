package jobs

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/engine/rank/allocate"
	"jiuye/internal/engine/rank/occupation"
	"jiuye/internal/ground/audit"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// besides is how many occupations are named beside a row: what the banner's people without a recommendation do, or where it
// lacks people.
const besides = 3

// Left is what the last run left over in one occupation of one banner: a need of training.
type Left struct {
	allocate.Residue
	Place, Name string
	Short       int // openings that stay open on average, whole
	Other       int // in the same banner: people without a recommendation beside open work, openings without people beside people
	Others      string
}

// leftOver reads what an area's last run left over: all rows, and the day of the run; none before the first.
func (r *Room) leftOver(ctx context.Context, where string) ([]Left, db.Date, error) {
	if where == "" {
		return nil, db.Date{}, fault.New(fault.Denied, "您的账号没有管辖地区，请联系管理员")
	}
	if err := r.codeTitles(ctx); err != nil {
		return nil, db.Date{}, err
	}
	list, day, err := r.store.residual(ctx, area.At(where, area.Banner)) // no finer: a village's would be single people
	out := make([]Left, len(list))
	for i, x := range list {
		out[i] = Left{Residue: x, Place: area.Name(x.Area), Name: r.tradeName(x.Occupation), Short: int(math.Round(x.Unfilled))}
	}
	return out, day, err
}

// tradeName is the name of an occupation or, where only a class has one, of the class above; "" when it is not known.
func (r *Room) tradeName(code string) string {
	for level := occupation.Detailed; level >= occupation.Large && code != ""; level-- {
		if name := r.className(occupation.Up(code, level)); name != "" {
			return name
		}
	}
	return ""
}

// without is how many openings, or people, a row leaves over.
func (x *Left) without(people bool) int {
	if people {
		return x.Nothing
	}
	return x.Unsought
}

// most are the rows that leave something over on one side, the most first.
func most(list []Left, people bool) (out []Left) {
	for _, x := range list {
		if x.without(people) > 0 || !people && x.Short > 0 {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b Left) int {
		return cmp.Or(cmp.Compare(b.without(people), a.without(people)), cmp.Compare(b.Unfilled, a.Unfilled))
	})
	return out
}

// needs are the rows of one side, each with the other side of its banner; unknown names an occupation that is not known.
func needs(list []Left, people bool, unknown string) []Left {
	total, names := map[string]int{}, map[string][]string{}
	for _, x := range most(list, !people) {
		n := x.without(!people)
		if total[x.Area] += n; n > 0 && len(names[x.Area]) < besides {
			names[x.Area] = append(names[x.Area], cmp.Or(x.Name, unknown)+" "+strconv.Itoa(n))
		}
	}
	out := most(list, people)
	for i := range out {
		x := &out[i]
		x.Name, x.Other, x.Others = cmp.Or(x.Name, unknown), total[x.Area], strings.Join(names[x.Area], "、")
	}
	return out
}

// residual shows officers what the last run left over: which occupations lack people where, and whose lists stayed empty.
func (r *Room) residual(c *web.Ctx) error {
	list, day, err := r.leftOver(c.Context(), c.User.Area)
	if err != nil {
		return err
	}
	after, err := c.Cursor(1)
	if err != nil {
		return err
	}
	people := c.Query("list") == "people"
	work, idle := needs(list, false, c.T("jobs.left.unknown")), needs(list, true, c.T("jobs.left.unknown"))
	rows := work
	if people {
		rows = idle
	}
	total := len(rows)
	from := int(min(max(0, after.Int(0)), int64(total)))
	var next web.Cursor
	if rows = rows[from:]; len(rows) > officeRows { // a run's rows do not change, so that counting is enough
		rows, next = rows[:officeRows], web.NewCursor(from+officeRows)
	}
	var unsought, nothing int
	for _, x := range list {
		unsought += x.Unsought
		nothing += x.Nothing
	}
	where := area.Name(area.At(c.User.Area, area.Banner))
	return c.Render("jobs/residual", web.Page{Title: c.T("jobs.left.title"), Lede: c.T("jobs.left.lede", where, lang.Int(int64(unsought)), lang.Int(int64(nothing))), Nav: "/jobs/office",
		Crumbs: []web.Crumb{{Text: c.T("jobs.menu.office"), Href: "/jobs/office"}, {Text: c.T("jobs.left.title")}},
		Data: map[string]any{"Rows": rows, "IsPeople": people, "Day": day, "Paging": c.Paging(int64(total), len(rows), next),
			"Tabs": []web.Tab{{Text: c.T("jobs.left.work", lang.Int(int64(len(work)))), Href: "/jobs/office/residual", Current: !people},
				{Text: c.T("jobs.left.people", lang.Int(int64(len(idle)))), Href: "/jobs/office/residual?list=people", Current: people}}}})
}

// residualFile gives all rows as xlsx.
func (r *Room) residualFile(c *web.Ctx) error {
	list, _, err := r.leftOver(c.Context(), c.User.Area)
	if err != nil {
		return err
	}
	where, name := area.At(c.User.Area, area.Banner), c.T("jobs.left.title")
	if err := r.Audit.Note(c.Context(), audit.Entry{ActorID: c.User.ID, Actor: actor(c.User), Act: "jobs.export", Object: "area", Area: where, What: "导出了" + area.FullName(where) + "“" + name + "”"}); err != nil {
		return err
	}
	w := sheet.NewXLSX(c.Attachment(name+" "+area.Name(where)+" "+r.Clock.Today().Format("20060102")+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
	if err := w.Sheet(name, sheet.Columns(c.T("jobs.left.place"), c.T("jobs.left.code"), c.T("jobs.left.trade"), c.T("jobs.left.seekers"), c.T("jobs.left.nothing"), c.T("jobs.left.openings"),
		c.T("jobs.left.unsought"), c.T("jobs.left.short"))...); err != nil {
		return err
	}
	for _, x := range list {
		if err := w.Row(area.FullName(x.Area), x.Occupation, cmp.Or(x.Name, c.T("jobs.left.unknown")), strconv.Itoa(x.Seekers), strconv.Itoa(x.Nothing), strconv.Itoa(x.Openings),
			strconv.Itoa(x.Unsought), strconv.FormatFloat(x.Unfilled, 'f', 1, 64)); err != nil {
			return err
		}
	}
	return w.Close()
}
